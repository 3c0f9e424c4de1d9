"""The small tables that explain the others: sources, code lists, rates, conventions, rules."""

from warehouse.schema import Column, ColumnType, Table
from warehouse.vocabulary import DomainCode, PayPeriod


def _text(name: str, description: str) -> Column:
    return Column(name, ColumnType.TEXT, description)


def _maybe(name: str, description: str) -> Column:
    return Column(name, ColumnType.TEXT, description, nullable=True)


SOURCES = Table(
    name="sources",
    description="The registered places documents come from, their terms and freshness.",
    grain="one registered source",
    primary_key=("source_id",),
    columns=(
        _text("source_id", "Permanent identifier."),
        _text("title", "Title."),
        _maybe("publisher", "Who publishes it; null when each document names its own."),
        _maybe("publisher_url", "Address of the publisher; null when not declared."),
        _text("connector", "How documents are fetched from it."),
        Column("is_enabled", ColumnType.BOOLEAN, "Whether runs fetch from it."),
        _text("cadence", "How often it is fetched."),
        _maybe("terms_url", "Address of its terms of use; null when there are none."),
        Column(
            "terms_checked_on",
            ColumnType.DATE,
            "Day the terms were read; null when there are none.",
            nullable=True,
        ),
        _maybe("licence", "Licence of its content; null when none is stated."),
        _maybe("attribution", "How to credit it; null when nothing is asked for."),
        _maybe("redistribution", "What of it may be published; null when not settled."),
        Column(
            "is_stale",
            ColumnType.BOOLEAN,
            "The last fetch failed, so that its rows are older than they should be.",
        ),
        _maybe("stale_reason", "Why the last fetch failed; null when it did not."),
        Column(
            "newest_retrieved_at",
            ColumnType.TIMESTAMP,
            "Moment (UTC) its newest document was retrieved; null when it has none.",
            nullable=True,
        ),
        _maybe("notes", "What else to know; null when nothing."),
    ),
)

PLATFORMS = Table(
    name="platforms",
    description="The platforms that offer this work, who runs them, and their other names.",
    grain="one platform",
    primary_key=("platform_id",),
    columns=(
        _text("platform_id", "Permanent identifier."),
        _text("name", "Name."),
        _maybe("operator", "Company that runs it; null when not known."),
        _maybe("aliases", "Other names, joined by ' | '; null when none."),
    ),
)

DOMAINS = Table(
    name="domains",
    description="The fields of knowledge, with the nearest occupational classification codes.",
    grain="one field of knowledge",
    primary_key=("domain_code",),
    columns=(
        Column("domain_code", ColumnType.TEXT, "The code.", codes=tuple(DomainCode)),
        _text("description", "What it covers."),
        _maybe("typical_titles", "Titles of typical work; null when none."),
        _maybe("soc_2018", "Nearest codes of SOC 2018, our proposal; null when none is near."),
        _maybe("isco_08", "Nearest codes of ISCO-08, our proposal; null when none is near."),
    ),
)

COUNTRIES = Table(
    name="countries",
    description="The countries, with region and currency.",
    grain="one country",
    primary_key=("country_code",),
    columns=(
        Column(
            "country_code",
            ColumnType.TEXT,
            "ISO 3166-1 alpha-2 code. Beware of readers that take NA (Namibia) for a null.",
            pattern="^[A-Z]{2}$",
        ),
        _text("name", "English name."),
        _maybe("region", "Region; null when not assigned."),
        Column(
            "currency",
            ColumnType.TEXT,
            "ISO 4217 code of the currency wages are paid in; null when not one.",
            nullable=True,
            pattern="^[A-Z]{3}$",
            repeats=True,
        ),
    ),
)

EXCHANGE_RATES = Table(
    name="exchange_rates",
    description="The reference exchange rates that conversions in this release used.",
    grain="one currency on one day",
    primary_key=("currency", "rate_date"),
    columns=(
        Column(
            "currency",
            ColumnType.TEXT,
            "ISO 4217 code.",
            pattern="^[A-Z]{3}$",
            repeats=True,
        ),
        Column("rate_date", ColumnType.DATE, "Day of the rate."),
        Column(
            "usd_per_unit",
            ColumnType.FACTOR,
            "US dollars for one unit of the currency.",
            minimum=0,
        ),
        Column("source", ColumnType.TEXT, "Who published it.", repeats=True),
    ),
)

HOURS_CONVENTIONS = Table(
    name="hours_conventions",
    description="Default working hours per pay period, used where a document states none.",
    grain="one pay period in one country, or everywhere",
    primary_key=("country_code", "pay_period"),
    columns=(
        Column(
            "country_code",
            ColumnType.TEXT,
            "ISO 3166-1 alpha-2 code, or ALL where no country has its own.",
            pattern="^([A-Z]{2}|ALL)$",
        ),
        Column(
            "pay_period",
            ColumnType.TEXT,
            "The period.",
            codes=tuple(PayPeriod),
        ),
        Column("hours", ColumnType.RATE, "Working hours in one such period.", minimum=0),
        _maybe("note", "How the figure is made; null when plain."),
        _text("source", "Where the figure comes from."),
    ),
)

RULES = Table(
    name="rules",
    description="The rules that read pay, each with texts it reads and texts it refuses.",
    grain="one rule",
    primary_key=("rule_id",),
    columns=(
        _text("rule_id", "Permanent identifier."),
        _text("says", "What it does, in a sentence."),
        _maybe("reads", "Examples it reads, one per line; null when it reads a field."),
        _maybe("refuses", "Examples it refuses, one per line; null when none."),
    ),
)

PAY_TRANSPARENCY_RULES = Table(
    name="pay_transparency_rules",
    description=(
        "Rules on disclosing pay, as a cited page describes them. They bind employers; whether "
        "they cover contractors is not said. Not legal advice."
    ),
    grain="one rule of one jurisdiction",
    primary_key=("transparency_rule_id",),
    columns=(
        _text("transparency_rule_id", "Permanent identifier."),
        _text(
            "jurisdiction", "ISO 3166 code of country or state, with the city where it is one."
        ),
        _text("instrument", "Name of the law."),
        _maybe("effective_from", "Day, month or year it takes effect; null when not stated."),
        _maybe("employer_threshold", "Smallest employer bound by it; null when not stated."),
        _maybe("when_disclosed", "When pay is to be disclosed; null when not stated."),
        _maybe("what_disclosed", "What is to be disclosed; null when not stated."),
        _maybe("remote_or_scope", "Whether remote work is covered; null when not stated."),
        _text("url", "Address of the page that describes it."),
        _maybe("note", "What else to know; null when nothing."),
    ),
)

WORKFORCE_FACTS = Table(
    name="workforce_facts",
    description="Published figures on the people who do this work, other than pay.",
    grain="one published figure",
    primary_key=("fact_id",),
    columns=(
        _text("fact_id", "Permanent identifier."),
        _text("platform", "The platform or group it is about, as named."),
        _maybe("as_of_text", "Day, month or year it held; null when not stated."),
        _text("url", "Address of the page that states it."),
        _text("category", "Group of figures."),
        _text("metric", "What is measured."),
        _maybe("value", "The figure or words as stated; null when the page gives none."),
        _maybe("unit", "Unit of the value; null when it has none."),
        Column(
            "country_code",
            ColumnType.TEXT,
            "ISO 3166-1 alpha-2 code of the country concerned; null when worldwide.",
            nullable=True,
            references="countries.country_code",
        ),
        _maybe("tier", "Tier the page assigns; null when none."),
        _maybe("note", "What else to know; null when nothing."),
    ),
)
