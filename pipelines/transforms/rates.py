"""Observations made comparable: per hour and in dollars, with every assumption on the row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from pipelines.transforms.exchange import DOLLAR, ReferenceRate, reference_rate
from pipelines.transforms.hours import DEFAULT_HOURS, DEFAULT_HOURS_PER_YEAR
from warehouse.vocabulary import HoursBasis, NotComparableReason, PayPeriod, TaxTreatment

Row = Mapping[str, Any]

STATED = (
    "amount_min", "amount_max", "is_min_open", "is_max_open", "currency", "pay_period",
    "per_count", "tax_treatment", "stated_hours_per_year", "warnings",
)  # fmt: skip
RATE_INPUTS = ("observation_id", *STATED)

CENT_OF_CENT = Decimal("0.0001")

# Hourly dollars outside these bounds are not pay for the stated period. The lowest full-time
# pay of the record (60 euros a month in Madagascar) is about 0.40 an hour, the highest rate
# 350.
LOWEST_HOURLY_USD = Decimal("0.30")
HIGHEST_HOURLY_USD = Decimal(500)

PIECES = frozenset(
    {
        PayPeriod.TASK,
        PayPeriod.WORD,
        PayPeriod.CHARACTER,
        PayPeriod.PAGE,
        PayPeriod.IMAGE,
        PayPeriod.AUDIO_SECOND,
        PayPeriod.AUDIO_MINUTE,
        PayPeriod.AUDIO_HOUR,
        PayPeriod.VIDEO_MINUTE,
        PayPeriod.VIDEO_HOUR,
    }
)
UNTIMED = frozenset({PayPeriod.SHIFT, PayPeriod.SESSION, PayPeriod.PROJECT, PayPeriod.ONCE})
UNTAXED_REASON: dict[str, NotComparableReason] = {
    TaxTreatment.NET: NotComparableReason.NET_PAY,
    TaxTreatment.EX_VAT: NotComparableReason.EX_VAT_PAY,
}


@dataclass(frozen=True, slots=True)
class Hourly:
    """Hourly bounds in the stated currency, and where the hours came from."""

    amount_min: Decimal | None
    amount_max: Decimal | None
    basis: HoursBasis
    hours_per_year: Decimal


def distinct_rates(
    observations: Mapping[str, Sequence[Any]], days: Sequence[date | None]
) -> tuple[list[dict[str, Any]], list[int]]:
    """Return the rates that differ, and for each observation which of them is its own.

    A hundred thousand postings state a few thousand rates: each is made comparable once. The
    rows bear the id of the first observation that states so.

    Args:
        observations: The columns RATE_INPUTS of `rate_observations`.
        days: The day each observation's money is of.
    """
    # Dollars are dollars on any day.
    priced = [
        None if currency == DOLLAR.currency else day
        for currency, day in zip(observations["currency"], days, strict=True)
    ]
    stated = list(zip(*(observations[name] for name in STATED), priced, strict=True))
    firsts: dict[tuple[Any, ...], int] = {}
    for place, key in enumerate(stated):
        firsts.setdefault(key, place)
    rows = [
        make_rate({name: observations[name][place] for name in RATE_INPUTS}, days[place])
        for place in firsts.values()
    ]
    numbers = {key: number for number, key in enumerate(firsts)}
    return rows, [numbers[key] for key in stated]


def make_rate(observation: Row, day: date | None) -> dict[str, Any]:
    """Return the row of `rates` for one observation, priced on the given day."""
    row: dict[str, Any] = {
        "observation_id": observation["observation_id"],
        "is_min_open": observation["is_min_open"],
        "is_max_open": observation["is_max_open"],
    }
    reason = _why_not_hourly(observation)
    if reason is not None:
        return {**row, "not_comparable_reason": reason}
    hourly = _hourly(observation)
    rate = reference_rate(observation["currency"], day)
    usd_min, usd_max = _times(hourly.amount_min, rate), _times(hourly.amount_max, rate)
    if _is_implausible(usd_min) or _is_implausible(usd_max):
        return {**row, "not_comparable_reason": NotComparableReason.IMPLAUSIBLE}
    row |= {
        "hourly_min": _round(hourly.amount_min),
        "hourly_max": _round(hourly.amount_max),
        "hours_basis": hourly.basis,
        "hours_per_year": hourly.hours_per_year,
    }
    if rate is None:
        return {**row, "not_comparable_reason": NotComparableReason.NO_REFERENCE_RATE}
    return row | {
        "usd_hourly_min": _round(usd_min),
        "usd_hourly_max": _round(usd_max),
        "fx_rate": rate.usd_per_unit,
        "fx_date": rate.rate_date,
        "fx_source": rate.source,
        "usd_yearly_min": _yearly(usd_min, hourly),
        "usd_yearly_max": _yearly(usd_max, hourly),
    }


def _why_not_hourly(observation: Row) -> NotComparableReason | None:
    """Return why the amounts cannot be put per hour, or None where they can."""
    period, tax = observation["pay_period"], observation["tax_treatment"]
    if observation["amount_min"] is None and observation["amount_max"] is None:
        return NotComparableReason.NO_AMOUNT
    if "implausible_period" in (observation["warnings"] or ""):
        return NotComparableReason.IMPLAUSIBLE
    if period is None:
        return NotComparableReason.PERIOD_UNKNOWN
    if period in PIECES:
        return NotComparableReason.PIECE_RATE
    if period in UNTIMED:
        return NotComparableReason.NOT_PERIODIC
    if tax in UNTAXED_REASON:
        return UNTAXED_REASON[tax]
    if observation["currency"] is None:
        return NotComparableReason.CURRENCY_UNKNOWN
    return None


def _hourly(observation: Row) -> Hourly:
    period = observation["pay_period"]
    stated = observation["stated_hours_per_year"]
    hours_per_year = stated or DEFAULT_HOURS_PER_YEAR
    hours = DEFAULT_HOURS[period]
    basis = HoursBasis.DEFAULT
    if period in (PayPeriod.HOUR, PayPeriod.MINUTE):
        basis = HoursBasis.NATIVE
    elif stated is not None and period == PayPeriod.YEAR:
        hours, basis = stated, HoursBasis.STATED
    hours *= observation["per_count"] or 1
    low, high = observation["amount_min"], observation["amount_max"]
    return Hourly(
        None if low is None else low / hours,
        None if high is None else high / hours,
        basis,
        hours_per_year,
    )


def _is_implausible(usd: Decimal | None) -> bool:
    return usd is not None and not LOWEST_HOURLY_USD <= usd <= HIGHEST_HOURLY_USD


def _times(amount: Decimal | None, rate: ReferenceRate | None) -> Decimal | None:
    return None if amount is None or rate is None else amount * rate.usd_per_unit


def _yearly(usd_hourly: Decimal | None, hourly: Hourly) -> Decimal | None:
    return None if usd_hourly is None else _round(usd_hourly * hourly.hours_per_year)


def _round(amount: Decimal | None) -> Decimal | None:
    return None if amount is None else amount.quantize(CENT_OF_CENT)
