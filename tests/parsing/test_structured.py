"""Structured pay fields become the same readings as text."""

from decimal import Decimal

import pytest

from pipelines.parsing.notation import write
from pipelines.parsing.structured import read_field

FIELDS = [
    (20, 30, "USD", "HOUR", None, False, "20..30 USD/hour range base"),
    (2000, 3000, "usd", "1 HOUR", None, True, "20..30 USD/hour range base"),
    (80000, None, "USD", "per-year-salary", None, False, "80000.. USD/year starting base"),
    (None, 45, "EUR", "per-hour-wage", None, False, "..45 EUR/hour max base"),
    (52000, 52000, "GBP", None, None, False, "52000 GBP/year point base"),
    (500, 500, "USD", "one-time", "Sign-on bonus", False, "500 USD/once point bonus"),
    (3, 3, "USD", "Fixed Rate Per Source Word", None, False, "3 USD/word point base"),
    (30, 20, "USD", "hourly", None, False, "20..30 USD/hour range base"),
]


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


def test_a_year_with_an_hourly_amount_keeps_the_amount_and_loses_the_unit() -> None:
    reading = read_field(Decimal(45), Decimal(45), "USD", "YEAR", None, False)
    assert reading is not None
    assert (reading.pay_period, reading.warnings) == (None, ("implausible_period",))


def test_an_unknown_unit_is_read_from_the_size_of_the_amount() -> None:
    reading = read_field(Decimal(45), None, "USD", "whatever", None, False)
    assert reading is not None
    assert (reading.pay_period, reading.period_source) == ("hour", "magnitude")


@pytest.mark.parametrize("value", [None, Decimal(0), Decimal("NaN"), Decimal(-5)])
def test_a_field_without_an_amount_gives_nothing(value: Decimal | None) -> None:
    assert read_field(value, None, "USD", "HOUR", None, False) is None
