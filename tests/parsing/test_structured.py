"""Structured pay fields become the same readings as text."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.parsing.engine import read
from pipelines.parsing.notation import write
from pipelines.parsing.readings import Reading
from pipelines.parsing.structured import read_field, read_pay
from warehouse.vocabulary import Kind, ReadingWarning

FIELDS = [
    (20, 30, "USD", "HOUR", None, False, "20..30 USD/hour range base"),
    (2000, 3000, "usd", "1 HOUR", None, True, "20..30 USD/hour range base"),
    (80000, None, "USD", "per-year-salary", None, False, "80000.. USD/year starting base"),
    (None, 45, "EUR", "per-hour-wage", None, False, "..45 EUR/hour max base"),
    (0, 45, "EUR", "per-hour-wage", None, False, "..45 EUR/hour max base"),
    (52000, 52000, "GBP", None, None, False, "52000 GBP/year point base"),
    (500, 500, "USD", "one-time", "Sign-on bonus", False, "500 USD/once point bonus"),
    (3, 3, "USD", "Fixed Rate Per Source Word", None, False, "3 USD/word point base"),
    (30, 20, "USD", "hourly", None, False, "20..30 USD/hour range base"),
]


@dataclass(frozen=True)
class Field:
    """A pay field as a source would hand it over."""

    amount_min: Decimal | None = None
    amount_max: Decimal | None = None
    currency: str | None = None
    unit: str | None = None
    title: str | None = None
    in_cents: bool = False
    note: str | None = None
    pays_for: str | None = None
    statistic: str | None = None
    is_estimate: bool = False
    text: str | None = None


def field(low: float | None = None, high: float | None = None, **facts: Any) -> Field:
    amounts = [None if value is None else Decimal(str(value)) for value in (low, high)]
    return Field(*amounts, **facts)


def point(amount: float, **facts: Any) -> Reading:
    """The reading of a field with one amount in US dollars, unless the facts say otherwise."""
    (reading,) = read_pay(field(amount, amount, **{"currency": "USD"} | facts))
    return reading


def words(text: str, **facts: Any) -> list[str]:
    return [write(reading) for reading in read_pay(field(text=text, **facts))]


@pytest.mark.parametrize(
    ("low", "high", "currency", "unit", "title", "cents", "expected"), FIELDS
)
def test_reads_a_field(
    low: int | None,
    high: int | None,
    currency: str,
    unit: str,
    title: str,
    cents: bool,
    expected: str,
) -> None:
    amounts = [None if value is None else Decimal(value) for value in (low, high)]
    reading = read_field(amounts[0], amounts[1], currency, unit, title, cents)
    assert reading is not None
    assert write(reading).replace(".00", "") == expected
    assert (reading.char_start, reading.char_end, reading.matched_text) == (0, 0, "")
    assert reading.rule_id.startswith("field.")


UNITS = [
    ("hour", 1, ["HOUR", "Hourly", "PER_HOUR", "per hour", "hr", "HUR", "PT1H", "1 HOUR",
                 "per-hour-wage", "HOURLY_PT", "per_hour"]),
    ("day", 1, ["DAY", "DAILY", "per-day-wage", "P1D", "per day"]),
    ("week", 1, ["WEEK", "WEEKLY", "WEE", "per-week-salary"]),
    ("week", 2, ["2 WEEK", "P2W"]),
    ("fortnight", 1, ["BIWEEKLY", "bi-weekly", "BW", "fortnightly"]),
    ("month", 1, ["MONTH", "MONTHLY", "MON", "per-month-salary"]),
    ("month", 6, ["6 MONTH"]),
    ("year", 1, ["YEAR", "ANNUAL", "YEARLY", "annually", "ANN", "P1Y", "per annum"]),
    ("once", 1, ["one-time", "1 TIME", "ONCE", "fixed", "one-time-payment"]),
    ("task", 1, ["per-task", "per piece"]),
    ("project", 1, ["PER_PROJECT", "per project"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("period", "count", "said"),
    [(period, count, said) for period, count, spellings in UNITS for said in spellings],
)
def test_knows_the_spellings_of_a_unit(period: str, count: int, said: str) -> None:
    reading = point(4800, unit=said)
    assert (reading.pay_period, reading.per_count) == (period, count)
    assert reading.period_source == "field"


@pytest.mark.parametrize("said", ["school year", "semi-monthly", "Student Stipend Paid"])
def test_a_unit_that_has_no_code_of_ours_is_not_guessed(said: str) -> None:
    reading = point(41000, unit=said)
    assert (reading.pay_period, reading.period_source) == (None, None)


def test_the_unit_is_in_the_label_or_else_in_the_prose_beside_it() -> None:
    assert point(38, title="Hourly rate, zone 1", note="Paid monthly.").pay_period == "hour"
    noted = point(38, title="Zone 1", note="This role is paid per hour worked.")
    assert (noted.pay_period, noted.period_source) == ("hour", "field")


def test_a_year_with_an_hourly_amount_keeps_the_amount_and_loses_the_unit() -> None:
    reading = read_field(Decimal(45), Decimal(45), "USD", "YEAR", None, False)
    assert reading is not None
    assert (reading.pay_period, reading.warnings) == (None, ("implausible_period",))


def test_a_month_with_an_hourly_amount_loses_its_unit_unless_it_is_a_benefit() -> None:
    wage = point(18.5, unit="month", currency="EUR")
    assert (wage.pay_period, wage.warnings) == (None, ("implausible_period",))
    assert point(60, unit="month", title="Internet stipend").pay_period == "month"


def test_a_label_that_says_salary_rules_out_the_hour() -> None:
    assert point(45, title="Base salary").pay_period is None
    assert point(45, title="Base pay").pay_period == "hour"
    assert point(45000, title="Base salary").pay_period == "year"


def test_an_unknown_unit_is_read_from_the_size_of_the_amount() -> None:
    reading = read_field(Decimal(45), None, "USD", "whatever", None, False)
    assert reading is not None
    assert (reading.pay_period, reading.period_source) == ("hour", "magnitude")


@pytest.mark.parametrize("value", [None, Decimal(0), Decimal("NaN"), Decimal(-5)])
def test_a_field_without_an_amount_gives_nothing(value: Decimal | None) -> None:
    assert read_field(value, None, "USD", "HOUR", None, False) is None


@pytest.mark.parametrize(
    ("said", "country", "currency", "source"),
    [
        ("eur", None, "EUR", "field"),
        ("\u20ac", "US", "EUR", "field"),
        ("z\u0142", None, "PLN", "field"),
        ("USD ($)", None, "USD", "field"),
        ("$", "CA", "CAD", "country"),
        ("$", "DE", "USD", "default"),
        (None, "GB", "GBP", "country"),
        (None, None, None, None),
        ("points", "GB", None, None),
        ("XQZ", "US", None, None),
    ],
)
def test_the_currency_is_the_one_named_and_the_countrys_only_where_none_is(
    said: str | None, country: str | None, currency: str | None, source: str | None
) -> None:
    (reading,) = read_pay(field(20, 30, currency=said, unit="HOUR"), country=country)
    assert (reading.currency, reading.currency_source) == (currency, source)


@pytest.mark.parametrize("amounts", [{"amount_min": Decimal(25)}, {"text": "25-30"}])
def test_a_currency_that_only_the_caller_names_is_a_hint(amounts: dict[str, Any]) -> None:
    (hinted,) = read_pay(Field(unit="HOUR", **amounts), currency="EUR")
    assert (hinted.currency, hinted.currency_source) == ("EUR", "hint")
    (stated,) = read_pay(Field(unit="HOUR", currency="CHF", **amounts), currency="EUR")
    assert (stated.currency, stated.currency_source) == ("CHF", "field")


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"pays_for": "Bonus"}, "5000 USD/once point bonus"),
        ({"pays_for": "Commission", "unit": "1 YEAR"}, "5000 USD/year point bonus"),
        ({"pays_for": "EquityCashValue"}, "5000 USD/once point benefit"),
        ({"title": "HSA contribution"}, "5000 USD/once point benefit"),
        ({"title": "On-target earnings", "unit": "YEAR"}, "5000 USD/year point total"),
        ({"pays_for": "Salary", "title": "Bonus round"}, "5000 USD/? point base"),
        ({"pays_for": "BASE_SALARY"}, "5000 USD/? point base"),
        ({"note": "Eligible for a bonus, equity and a 401(k)."}, "5000 USD/? point base"),
    ],
)  # fmt: skip
def test_only_its_own_word_or_its_label_makes_a_field_anything_but_pay(
    facts: dict[str, str], expected: str
) -> None:
    assert write(point(5000, **facts)) == expected


@pytest.mark.parametrize(
    ("name", "statistic"),
    [
        ("median", "median"),
        ("percentile50", "median"),
        ("percentile10", "percentile"),
        ("percentile90", "percentile"),
        ("average", "average"),
    ],
)
def test_a_figure_of_a_distribution_is_a_statistic_and_no_offer(
    name: str, statistic: str
) -> None:
    reading = point(74000, unit="P1Y", statistic=name, is_estimate=True)
    assert (reading.statistic, reading.kind, reading.pay_period) == (
        statistic,
        "reference",
        "year",
    )
    assert f"stat:field={name}" in reading.trace


def test_what_nobody_who_pays_stated_is_a_reference_with_a_warning() -> None:
    reading = point(41250, unit="year", is_estimate=True)
    assert (reading.kind, reading.warnings) == ("reference", ("estimated",))


@pytest.mark.parametrize(
    ("text", "facts", "expected"),
    [
        ("$25 per hour", {}, "25 USD/hour point base"),
        ("$25 per hour", {"currency": "CAD", "unit": "YEAR"}, "25 CAD/hour point base"),
        ("25.00 USD", {}, "25.00 USD/hour point base"),
        ("25-30", {"currency": "USD", "unit": "HOUR"}, "25..30 USD/hour range base"),
        ("25 to 30", {"currency": "EUR"}, "25..30 EUR/hour range base"),
        ("25-30", {}, "25..30 ?/? range base"),
        ("45,000", {"currency": "USD", "unit": "YEAR"}, "45000 USD/year point base"),
        ("\u20ac 45.000", {"currency": "USD", "unit": "ANNUAL"}, "45000 EUR/year point base"),
        ("$120-150k", {"unit": "per year"}, "120000..150000 USD/year range base"),
        ("30k-40k", {"currency": "GBP"}, "30000..40000 GBP/year range base"),
        ("Up to $45/hr", {}, "..45 USD/hour max base"),
        ("$18 - $22 / hr", {}, "18..22 USD/hour range base"),
        ("$120K \u2013 $150K \u2022 Offers equity", {}, "120000..150000 USD/year range base"),
        ("$20/hr", {"title": "Referral bonus"}, "20 USD/hour point bonus"),
        ("45", {"currency": "USD", "unit": "YEAR"}, "45 USD/? point base"),
    ],
)
def test_reads_words_as_it_reads_a_text_with_the_field_for_a_pay_label(
    text: str, facts: dict[str, str], expected: str
) -> None:
    assert words(text, **facts) == [expected]


def test_words_may_state_several_amounts_of_different_kinds() -> None:
    assert words("$60,000 + $500 HSA") == [
        "60000 USD/year point base",
        "500 USD/once point benefit",
    ]
    twice = read_pay(field(text="\u00a317.20/hr (\u00a333,540 pa)"))
    assert [reading.equivalent_of for reading in twice] == [None, 0]


def test_words_are_kept_as_the_text_of_the_reading_without_a_span() -> None:
    (reading,) = read_pay(field(text="25-30", currency="USD"))
    assert (reading.matched_text, reading.char_start, reading.char_end) == ("25-30", 0, 0)


@pytest.mark.parametrize(
    "text", ["Competitive", "DOE", "401(k)", "0", "-5", "12 weeks of leave", "24/7", "", " "]
)
def test_words_without_pay_give_none(text: str) -> None:
    readings = read_pay(field(text=text, currency="USD", unit="HOUR"))
    assert [write(one) for one in readings if one.kind is not Kind.NOT_PAY] == []


said = (
    st.none() | st.text(max_size=12) | st.sampled_from(["HOUR", "$", "USD", "bonus", "1 TIME"])
)


@given(
    st.none() | st.decimals(allow_nan=True, allow_infinity=True),
    st.none() | st.decimals(allow_nan=True, allow_infinity=True),
    *[said] * 5,
    st.booleans(),
)
def test_any_field_gives_readings_in_order(
    low: Decimal | None,
    high: Decimal | None,
    currency: str | None,
    unit: str | None,
    title: str | None,
    statistic: str | None,
    text: str | None,
    is_flagged: bool,
) -> None:
    one = Field(
        low, high, currency, unit, title, is_flagged, statistic=statistic, text=text,
        is_estimate=is_flagged,
    )  # fmt: skip
    for reading in read_pay(one):
        if reading.amount_min is not None and reading.amount_max is not None:
            assert reading.amount_min <= reading.amount_max
        assert (reading.pay_period is None) <= (reading.period_source is None)


@pytest.mark.parametrize(
    ("text", "warning"),
    [
        ("Pay: $30 - $20 per hour", "swapped"),
        ("Salary: $50,000k", "double_scale"),
        ("Pay: $72,000 per hour", "implausible_period"),
        ("Would you work for $5/hr?", "nonassertive"),
    ],
)
def test_every_warning_of_the_engine_is_explained(text: str, warning: str) -> None:
    (reading,) = read(text, include_all=True)
    assert reading.warnings == (ReadingWarning(warning),)
