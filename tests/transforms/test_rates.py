from datetime import date
from decimal import Decimal

import pytest

from pipelines.transforms.exchange import reference_rate
from pipelines.transforms.rates import make_rate

DAY = date(2025, 7, 17)


def observation(**stated):
    row = dict.fromkeys(
        (
            "amount_min",
            "amount_max",
            "currency",
            "pay_period",
            "tax_treatment",
            "stated_hours_per_year",
            "warnings",
        )
    )
    row |= {"observation_id": "a", "is_min_open": False, "is_max_open": False, "per_count": 1}
    return row | stated


def dollars(low, high, period, **more):
    amounts = {"amount_min": low and Decimal(low), "amount_max": high and Decimal(high)}
    return observation(**amounts, currency="USD", pay_period=period, **more)


def test_an_hourly_dollar_rate_is_kept_as_it_is():
    rate = make_rate(dollars("12.50", "15.50", "hour"), DAY)
    assert (rate["hourly_min"], rate["hourly_max"]) == (Decimal("12.50"), Decimal("15.50"))
    assert rate["usd_hourly_max"] == Decimal("15.50")
    assert rate["hours_basis"] == "native"
    assert rate["fx_rate"] == 1


def test_a_yearly_rate_uses_the_hours_that_the_document_states():
    rate = make_rate(
        dollars("70000", "70000", "year", stated_hours_per_year=Decimal(2000)), DAY
    )
    assert rate["hourly_min"] == Decimal(35)
    assert (rate["hours_basis"], rate["hours_per_year"]) == ("stated", 2000)
    assert rate["usd_yearly_min"] == Decimal(70000)


def test_a_yearly_rate_without_stated_hours_says_that_the_default_was_used():
    rate = make_rate(dollars("62400", "62400", "year"), DAY)
    assert rate["hourly_min"] == Decimal(30)
    assert (rate["hours_basis"], rate["hours_per_year"]) == ("default", 2080)


def test_pay_for_six_months_is_divided_by_the_hours_of_six_months():
    rate = make_rate(dollars("52000", None, "month", per_count=6, is_max_open=True), DAY)
    assert rate["hourly_min"] == Decimal(50)
    assert rate["hourly_max"] is None


def test_other_currencies_carry_rate_date_and_source():
    rate = make_rate(
        observation(amount_min=Decimal(20), amount_max=Decimal(20), currency="GBP",
                    pay_period="hour"),
        date(2025, 7, 19),
    )  # fmt: skip
    assert rate["fx_date"] == date(2025, 7, 18), "a Saturday takes the Friday before"
    assert rate["usd_hourly_min"] == (20 * rate["fx_rate"]).quantize(Decimal("0.0001"))
    assert "ECB" in rate["fx_source"]


@pytest.mark.parametrize(
    ("stated", "reason"),
    [
        (dollars("0.5", "0.5", "task"), "piece_rate"),
        (dollars("0.08", "0.08", "audio_second"), "piece_rate"),
        (dollars("450", "450", "project"), "not_periodic"),
        (dollars("4500", "4500", None), "period_unknown"),
        (dollars("20", "20", "hour", tax_treatment="net"), "net_pay"),
        (dollars("20", "20", "hour", tax_treatment="ex_vat"), "ex_vat_pay"),
        (dollars(None, None, "hour"), "no_amount"),
        (dollars("1500", "3500", "hour"), "implausible"),
        (dollars("15", "15", "month"), "implausible"),
        (observation(amount_min=Decimal(9), amount_max=Decimal(9), pay_period="hour"),
         "currency_unknown"),
    ],
)  # fmt: skip
def test_what_cannot_be_compared_says_why(stated, reason):
    rate = make_rate(stated, DAY)
    assert rate["not_comparable_reason"] == reason
    assert rate.get("hourly_min") is None
    assert rate.get("usd_hourly_min") is None


def test_a_currency_without_reference_rate_stays_in_its_own_currency():
    ariary = observation(
        amount_min=Decimal(400000),
        amount_max=Decimal(400000),
        currency="MGA",
        pay_period="month",
    )
    rate = make_rate(ariary, DAY)
    assert rate["not_comparable_reason"] == "no_reference_rate"
    assert rate["hourly_min"] > 2000
    assert rate.get("usd_hourly_min") is None


def test_a_day_long_after_the_last_rate_has_none():
    assert reference_rate("GBP", date(2090, 1, 1)) is None
    assert reference_rate("GBP", date(1990, 1, 1)) is None
    assert reference_rate("GBP", None) is None


def test_a_euro_is_worth_the_published_dollars():
    # ECB, 17 July 2025: 1 EUR = 1.1579 USD
    assert reference_rate("EUR", DAY).usd_per_unit == Decimal("1.15790000")
