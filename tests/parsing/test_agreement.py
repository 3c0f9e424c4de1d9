"""What a posting's pay fields and its text tell each other, and where they differ."""

from dataclasses import replace
from decimal import Decimal

import pytest

from pipelines.parsing.agreement import reconcile
from pipelines.parsing.engine import read
from pipelines.parsing.readings import Reading
from pipelines.parsing.structured import read_field
from warehouse.vocabulary import Kind

FLAG = "field_text_disagree"


def field(
    low: float | None,
    high: float | None,
    unit: str | None = "HOUR",
    currency: str | None = "USD",
    title: str | None = None,
) -> Reading:
    amounts = [None if value is None else Decimal(str(value)) for value in (low, high)]
    reading = read_field(amounts[0], amounts[1], currency, unit, title, False)
    assert reading is not None
    return reading


def text(words: str) -> tuple[Reading, ...]:
    return read(words, kind_of_text="posting", include_all=True)


def flags(fields: list[Reading], words: str) -> tuple[list[bool], list[bool]]:
    told, said = reconcile(fields, text(words))
    return [FLAG in one.warnings for one in told], [FLAG in one.warnings for one in said]


AGREEING = [
    (field(20, 30), "Pay: $20-30/hr"),
    (field(20, 30), "Pay: $20-30"),
    (field(20, 30), "You earn $25 an hour."),
    (field(25, 25), "Pay: $20-30/hr"),
    (field(20, 30), "Earn up to $30/hour."),
    (field(20, 30), "Pay starts at $20/hour."),
    (field(None, 60), "Pay: $20-60/hr"),
    (field(20, 30, None), "Pay: $20-30/hr"),
    (field(20, 30, "HOUR", None), "Pay: £20-30/hr"),
    (field(35, 35), "Pay: $35/hour ($72,800/year)"),
    (field(72800, 72800, "YEAR"), "Pay: $35 an hour"),
    (field(40, 50, "HOUR", "CAD"), "Pay: $40-50/hr"),
]


@pytest.mark.parametrize(("stated", "words"), AGREEING)
def test_the_same_pay_or_a_part_of_it_is_agreement(stated: Reading, words: str) -> None:
    told, said = flags([stated], words)
    assert not any(told)
    assert not any(said)


DIFFERING = [
    (field(20, 30), "Pay: $40-50/hr"),
    (field(20, 30), "Pay: $25-40/hr"),
    (field(20, 30), "Pay: $31 per hour"),
    (field(50, None), "Pay: $20-30/hr"),
    (field(20, 30), "Pay: €20-30/hr"),
    (field(20, 30, "HOUR", "EUR"), "Pay: $20-30/hr"),
    (field(400, 400, "WEEK"), "Pay: $400 per day"),
    (field(40, 50), "Salary: $300,000 a year"),
    (field(100000, 120000, "YEAR", None, "OTE"), "OTE $150k"),
]


@pytest.mark.parametrize(("stated", "words"), DIFFERING)
def test_other_amounts_currency_or_period_are_flagged_on_both_sides(
    stated: Reading, words: str
) -> None:
    told, said = flags([stated], words)
    assert all(told)
    assert all(said)


def test_nothing_else_about_a_flagged_reading_changes() -> None:
    stated, said = field(20, 30), text("Pay: $40-50/hr")
    told, heard = reconcile([stated], said)
    assert told[0] == replace(stated, warnings=(FLAG,))
    assert heard[0] == replace(said[0], warnings=(FLAG,))


@pytest.mark.parametrize(
    "words",
    [
        "Refer a friend and earn $300.",
        "We add $500 a year for your HSA.",
        "A sign-on bonus of $2,000.",
        "The average rater earns $55 an hour.",
        "Would you work for $5/hr?",
        "OTE $150k",
        "They pay $4 per task.",
        "A subscription costs $12/month.",
    ],
)
def test_only_like_is_compared_with_like(words: str) -> None:
    told, said = flags([field(20, 30)], words)
    assert not any(told)
    assert not any(said)


def test_a_bonus_field_is_no_match_for_the_pay_of_the_text() -> None:
    bonus = field(5000, 5000, "YEAR", "USD", "Bonus")
    assert bonus.kind is Kind.BONUS
    assert flags([bonus], "Pay: $20-30/hr") == ([False], [False])


def test_tiers_agree_with_the_text_that_spans_them_all() -> None:
    tiers = [field(40, 50), field(55, 65)]
    assert flags(tiers, "Pay: $40-65/hr") == ([False, False], [False])


def test_of_several_only_what_nothing_confirms_is_flagged() -> None:
    tiers = [field(40, 50), field(55, 65)]
    assert flags(tiers, "Juniors: $40-50/hr\n\nSeniors: $70-80/hr") == (
        [False, True],
        [False, True],
    )


def test_further_pay_in_the_text_of_a_confirmed_field_is_no_disagreement() -> None:
    words = "Pay: $20-30/hr\n\nTraining is paid at $15/hour."
    assert flags([field(20, 30)], words) == ([False], [False, False])


def test_a_field_without_a_unit_takes_the_one_that_the_text_has_for_its_amounts() -> None:
    (told,), _ = reconcile([field(1500, 1500, None)], text("Pay: $1,500 per week"))
    assert (told.pay_period, told.period_source) == ("week", "sibling")
    assert "per:posting=week" in told.trace


def test_a_text_without_a_unit_takes_the_one_of_the_field_with_its_amounts() -> None:
    _, (said,) = reconcile([field(45, 61)], text("Pay: $45 - $61"))
    assert (said.pay_period, said.period_source) == ("hour", "field")


def test_a_unit_is_only_taken_for_the_same_amounts() -> None:
    (told,), _ = reconcile([field(1500, 1500, None)], text("Pay: $1,400 per week"))
    assert told.pay_period is None


def test_a_field_with_an_impossible_unit_is_left_without_one() -> None:
    (told,), (said,) = reconcile([field(45, 45, "YEAR")], text("Pay: $45 per hour"))
    assert (told.pay_period, told.warnings) == (None, ("implausible_period",))
    assert said.warnings == ()


def test_a_dollar_of_no_named_country_is_that_of_the_field() -> None:
    _, (said,) = reconcile([field(40, 50, "HOUR", "CAD")], text("Pay: $40-50/hr"))
    assert (said.currency, said.currency_source) == ("CAD", "field")
    _, (named,) = reconcile([field(40, 50, "HOUR", "CAD")], text("Pay: US$40-50/hr"))
    assert named.currency == "USD"


def test_without_the_other_side_nothing_happens() -> None:
    stated, said = field(20, 30), text("Pay: $40-50/hr")
    assert reconcile([stated], ()) == ((stated,), ())
    assert reconcile([], said) == ((), said)
