"""rates and restatements: what we make of the observations."""

from typing import TYPE_CHECKING

from warehouse.schema import Column, ColumnType, RowRule, Table
from warehouse.vocabulary import (
    HoursBasis,
    LinkEvidence,
    NotComparableReason,
    RestatementChange,
)

if TYPE_CHECKING:
    import pandas as pd


def _hourly_is_explained(rows: "pd.DataFrame") -> "pd.Series[bool]":
    return rows.hours_basis.notna() | rows.not_comparable_reason.notna()


def _computed(name: str, description: str) -> Column:
    return Column(name, ColumnType.RATE, description, nullable=True, minimum=0)


RATES = Table(
    name="rates",
    description=(
        "Each observation made comparable, with every assumption on the row: the hours, the "
        "exchange rate and its date. Stated pay, not pay received."
    ),
    grain="one rate observation",
    primary_key=("observation_id",),
    columns=(
        Column(
            "observation_id",
            ColumnType.TEXT,
            "The observation converted.",
            references="rate_observations.observation_id",
        ),
        _computed(
            "hourly_min",
            "Lower bound per hour, in the observation's own currency; null when there is none "
            "or it cannot be converted.",
        ),
        _computed(
            "hourly_max",
            "Upper bound per hour, in the observation's own currency; null when there is none "
            "or it cannot be converted.",
        ),
        Column("is_min_open", ColumnType.BOOLEAN, "The lower end is not known."),
        Column("is_max_open", ColumnType.BOOLEAN, "The upper end is not known."),
        Column(
            "hours_basis",
            ColumnType.TEXT,
            "Where the hours come from; null when there is no hourly figure.",
            nullable=True,
            codes=tuple(HoursBasis),
        ),
        Column(
            "hours_per_year",
            ColumnType.RATE,
            "Working hours per year used, also for usd_yearly_*; null when none were needed.",
            nullable=True,
            minimum=0,
        ),
        _computed("usd_hourly_min", "Lower bound in US dollars per hour; null when unknown."),
        _computed("usd_hourly_max", "Upper bound in US dollars per hour; null when unknown."),
        Column(
            "fx_rate",
            ColumnType.FACTOR,
            "US dollars for one unit of the currency; null when there is no dollar figure.",
            nullable=True,
            minimum=0,
        ),
        Column(
            "fx_date",
            ColumnType.DATE,
            "Day of the exchange rate; null when none was needed.",
            nullable=True,
        ),
        Column(
            "fx_source",
            ColumnType.TEXT,
            "Who published the exchange rate; null when none was needed.",
            nullable=True,
            repeats=True,
        ),
        _computed("usd_yearly_min", "Lower bound in US dollars per year; null when unknown."),
        _computed("usd_yearly_max", "Upper bound in US dollars per year; null when unknown."),
        Column(
            "not_comparable_reason",
            ColumnType.TEXT,
            "Why there is no hourly or no dollar figure; null when there is one.",
            nullable=True,
            codes=tuple(NotComparableReason),
        ),
    ),
    row_rules=(
        RowRule(
            name="hourly_in_order",
            description="The lower hourly bound never exceeds the upper one.",
            holds=lambda rows: rows.hourly_min <= rows.hourly_max,
            sql="hourly_min <= hourly_max",
        ),
        RowRule(
            name="usd_hourly_in_order",
            description="The lower dollar bound never exceeds the upper one.",
            holds=lambda rows: rows.usd_hourly_min <= rows.usd_hourly_max,
            sql="usd_hourly_min <= usd_hourly_max",
        ),
        RowRule(
            name="usd_yearly_in_order",
            description="The lower yearly dollar bound never exceeds the upper one.",
            holds=lambda rows: rows.usd_yearly_min <= rows.usd_yearly_max,
            sql="usd_yearly_min <= usd_yearly_max",
        ),
        RowRule(
            name="hourly_is_explained",
            description="Without hours there is a reason.",
            holds=_hourly_is_explained,
            sql="hours_basis IS NOT NULL OR not_comparable_reason IS NOT NULL",
        ),
    ),
)

RESTATEMENTS = Table(
    name="restatements",
    description=(
        "Who repeats whom: a figure said again, the figure it goes back to, why the two are "
        "held to be one, and what changed on the way. Restatements never enter a statistic."
    ),
    grain="one observation that repeats another",
    primary_key=("observation_id",),
    columns=(
        Column(
            "observation_id",
            ColumnType.TEXT,
            "The observation that repeats.",
            references="rate_observations.observation_id",
        ),
        Column(
            "origin_observation_id",
            ColumnType.TEXT,
            "The observation it goes back to; never itself a restatement.",
            references="rate_observations.observation_id",
        ),
        Column(
            "is_within_document",
            ColumnType.BOOLEAN,
            "The same document says both.",
        ),
        Column(
            "evidence",
            ColumnType.TEXT,
            "Why the two are held to be one.",
            codes=tuple(LinkEvidence),
        ),
        Column(
            "evidence_text",
            ColumnType.TEXT,
            "The words or figures that show it; null when the link needs none.",
            nullable=True,
        ),
        Column(
            "change",
            ColumnType.TEXT,
            "What changed on the way.",
            codes=tuple(RestatementChange),
        ),
        Column(
            "changed_from",
            ColumnType.TEXT,
            "How the origin has it; null when nothing changed.",
            nullable=True,
        ),
        Column(
            "changed_to",
            ColumnType.TEXT,
            "How the restatement has it; null when nothing changed.",
            nullable=True,
        ),
    ),
    row_rules=(
        RowRule(
            name="not_its_own_origin",
            description="Nothing repeats itself.",
            holds=lambda rows: rows.observation_id != rows.origin_observation_id,
            sql="observation_id <> origin_observation_id",
        ),
    ),
)
