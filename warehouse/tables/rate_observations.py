"""rate_observations: pay as stated, word for word."""

from typing import TYPE_CHECKING

from warehouse.schema import Column, ColumnType, RowRule, Table
from warehouse.tables.attributes import PLATFORM_ID, WHO_IS_PAID
from warehouse.vocabulary import (
    CurrencySource,
    EvidenceKind,
    Kind,
    PayPeriod,
    PeriodSource,
    Statistic,
    TaxTreatment,
)

if TYPE_CHECKING:
    import pandas as pd


def _has_place(rows: "pd.DataFrame") -> "pd.Series[bool]":
    in_text = rows.page_number.notna() & rows.char_start.notna() & rows.char_end.notna()
    return in_text | rows.field_path.notna()


def _says_something(rows: "pd.DataFrame") -> "pd.Series[bool]":
    return rows.amount_min.notna() | rows.amount_max.notna() | rows.statistic.eq("share")


def _lower_end_known(rows: "pd.DataFrame") -> "pd.Series[bool]":
    return rows.amount_min.notna() | rows.is_min_open | rows.statistic.eq("share")


def _upper_end_known(rows: "pd.DataFrame") -> "pd.Series[bool]":
    return rows.amount_max.notna() | rows.is_max_open | rows.statistic.eq("share")


RATE_OBSERVATIONS = Table(
    name="rate_observations",
    description=(
        "Pay as stated, never corrected or converted, with the place it was found, the rule "
        "that read it, and whom it is about. What we make of it is in rates."
    ),
    grain="one statement of an amount about one subject at one place of one document",
    primary_key=("observation_id",),
    order=("document_id", "page_number", "char_start", "field_path"),
    columns=(
        Column(
            "observation_id",
            ColumnType.TEXT,
            "Identifier derived from document, place and subject.",
        ),
        Column(
            "statement_id",
            ColumnType.TEXT,
            "Shared by the rows of one statement with several subjects.",
        ),
        Column(
            "document_id",
            ColumnType.TEXT,
            "The document that says it.",
            references="documents.document_id",
            repeats=True,
        ),
        Column(
            "posting_id",
            ColumnType.TEXT,
            "The advertisement that says it; null outside advertisements.",
            nullable=True,
            references="postings.posting_id",
        ),
        Column(
            "page_number",
            ColumnType.INTEGER,
            "Page, from 1; null where field_path gives the place.",
            nullable=True,
            minimum=1,
        ),
        Column(
            "char_start",
            ColumnType.INTEGER,
            "First code point of the statement in the page's text, from 0; null where "
            "field_path gives the place.",
            nullable=True,
            minimum=0,
        ),
        Column(
            "char_end",
            ColumnType.INTEGER,
            "Code point after the last one of the statement; null where field_path gives the "
            "place.",
            nullable=True,
            minimum=0,
        ),
        Column(
            "matched_text",
            ColumnType.TEXT,
            "The statement's own characters, or those of a field in words; null for a field in "
            "numbers.",
            nullable=True,
        ),
        Column(
            "rule_id",
            ColumnType.TEXT,
            "The rule that read the amount; permanent.",
            references="rules.rule_id",
            repeats=True,
        ),
        Column(
            "parser_version",
            ColumnType.TEXT,
            "Version of the rules.",
            repeats=True,
        ),
        Column(
            "amount_min",
            ColumnType.AMOUNT,
            "Lower bound as stated, in currency per per_count pay periods; null when only an "
            "upper bound, or no amount, is stated.",
            nullable=True,
            minimum=0,
        ),
        Column(
            "amount_max",
            ColumnType.AMOUNT,
            "Upper bound as stated, in currency per per_count pay periods; null when only a "
            "lower bound, or no amount, is stated.",
            nullable=True,
            minimum=0,
        ),
        Column(
            "is_min_open",
            ColumnType.BOOLEAN,
            "The lower end is not stated, or is itself only an upper bound.",
        ),
        Column(
            "is_max_open",
            ColumnType.BOOLEAN,
            "The upper end is not stated, or is itself only a floor ($125+).",
        ),
        Column(
            "currency",
            ColumnType.TEXT,
            "ISO 4217 code; null when it cannot be determined.",
            nullable=True,
            pattern="^[A-Z]{3}$",
            repeats=True,
        ),
        Column(
            "currency_source",
            ColumnType.TEXT,
            "How the currency is known; null when it is not.",
            nullable=True,
            codes=tuple(CurrencySource),
        ),
        Column(
            "pay_period",
            ColumnType.TEXT,
            "What one payment of the amount is for; null when not stated.",
            nullable=True,
            codes=tuple(PayPeriod),
        ),
        Column(
            "period_source",
            ColumnType.TEXT,
            "How the pay period is known; null when it is not.",
            nullable=True,
            codes=tuple(PeriodSource),
        ),
        Column(
            "per_count",
            ColumnType.INTEGER,
            "How many pay periods one payment covers (1,000 words, 6 months).",
            minimum=1,
        ),
        Column(
            "unit_text",
            ColumnType.TEXT,
            "The word used for a piece of work; null when there is none.",
            nullable=True,
            repeats=True,
        ),
        Column(
            "statistic",
            ColumnType.TEXT,
            "What kind of figure the amounts are.",
            codes=tuple(Statistic),
        ),
        Column("kind", ColumnType.TEXT, "What the amount pays for.", codes=tuple(Kind)),
        Column(
            "tax_treatment",
            ColumnType.TEXT,
            "Whether tax is in the amount; null when not stated.",
            nullable=True,
            codes=tuple(TaxTreatment),
        ),
        Column(
            "share_percent",
            ColumnType.AMOUNT,
            "Percent of people paid inside the bounds, the lower figure of a span; null unless "
            "statistic is share.",
            nullable=True,
            minimum=0,
            maximum=100,
        ),
        Column(
            "evidence_kind",
            ColumnType.TEXT,
            "What kind of document says it; null when not declared.",
            nullable=True,
            codes=tuple(EvidenceKind),
        ),
        *WHO_IS_PAID,
        PLATFORM_ID,
        Column(
            "as_of_date",
            ColumnType.DATE,
            "Day, or first day of the month or year, the text says the figure held; null when "
            "it does not say.",
            nullable=True,
        ),
        Column(
            "subject_text",
            ColumnType.TEXT,
            "The text's own words for who is paid; null when it names nobody.",
            nullable=True,
        ),
        Column(
            "equivalent_of",
            ColumnType.TEXT,
            "observation_id of the figure this one repeats in another unit or currency; null "
            "when it stands alone.",
            nullable=True,
            references="rate_observations.observation_id",
        ),
        Column(
            "field_path",
            ColumnType.TEXT,
            "Place of a structured field; null where a span exists.",
            nullable=True,
        ),
        Column(
            "is_approximate",
            ColumnType.BOOLEAN,
            "The text says about, roughly, nearly or the like.",
        ),
        Column(
            "payments_per_year",
            ColumnType.AMOUNT,
            "Monthly payments per year where the text says so (13, 14); null when it does not.",
            nullable=True,
            minimum=0,
        ),
        Column(
            "stated_hours_per_year",
            ColumnType.AMOUNT,
            "Working hours per year the text states or uses; null when it states none.",
            nullable=True,
            minimum=0,
        ),
        Column(
            "trace",
            ColumnType.TEXT,
            "Every further decision of the reader, joined by ' | '; null when none.",
            nullable=True,
        ),
        Column(
            "warnings",
            ColumnType.TEXT,
            "What to be careful about, codes of ReadingWarning or a curator's note, joined by "
            "' | '; field_text_disagree is on the field's row and on the text's; null when "
            "nothing.",
            nullable=True,
            repeats=True,
        ),
        Column(
            "share_percent_max",
            ColumnType.AMOUNT,
            "Upper figure of a span of percentages (20-40 %); null for a single percentage.",
            nullable=True,
            minimum=0,
            maximum=100,
        ),
        Column(
            "midpoint",
            ColumnType.AMOUNT,
            "Midpoint the text states beside its range, in the same unit; null when none.",
            nullable=True,
            minimum=0,
        ),
    ),
    row_rules=(
        RowRule(
            name="bounds_in_order",
            description="The lower bound never exceeds the upper bound.",
            holds=lambda rows: rows.amount_min <= rows.amount_max,
            sql="amount_min <= amount_max",
        ),
        RowRule(
            name="says_something",
            description="There is a bound, unless the figure is a share.",
            holds=_says_something,
            sql="amount_min IS NOT NULL OR amount_max IS NOT NULL OR statistic = 'share'",
        ),
        RowRule(
            name="lower_end_known",
            description="A missing lower bound is marked as open.",
            holds=_lower_end_known,
            sql="amount_min IS NOT NULL OR is_min_open OR statistic = 'share'",
        ),
        RowRule(
            name="upper_end_known",
            description="A missing upper bound is marked as open.",
            holds=_upper_end_known,
            sql="amount_max IS NOT NULL OR is_max_open OR statistic = 'share'",
        ),
        RowRule(
            name="has_place",
            description="It stands at a span of a page or at a field path.",
            holds=_has_place,
            sql=(
                "(page_number IS NOT NULL AND char_start IS NOT NULL AND char_end IS NOT NULL)"
                " OR field_path IS NOT NULL"
            ),
        ),
        RowRule(
            name="span_in_order",
            description="A span ends after it starts.",
            holds=lambda rows: rows.char_start < rows.char_end,
            sql="char_start < char_end",
        ),
        RowRule(
            name="share_has_percent",
            description="A share states a percentage.",
            holds=lambda rows: rows.statistic.ne("share") | rows.share_percent.notna(),
            sql="statistic <> 'share' OR share_percent IS NOT NULL",
        ),
        RowRule(
            name="percentages_in_order",
            description="A span of percentages is in order.",
            holds=lambda rows: rows.share_percent <= rows.share_percent_max,
            sql="share_percent <= share_percent_max",
        ),
    ),
)
