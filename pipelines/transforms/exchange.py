"""Dated exchange rates to the US dollar, from the euro reference rates of the ECB."""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cache

from currency_converter import CurrencyConverter

SOURCE = "ECB euro foreign exchange reference rates"
STALE_AFTER = timedelta(days=31)
PLACES = Decimal("0.00000001")


@dataclass(frozen=True, slots=True)
class ReferenceRate:
    """US dollars for one unit of a currency on one day."""

    currency: str
    rate_date: date | None
    usd_per_unit: Decimal
    source: str = SOURCE


DOLLAR = ReferenceRate("USD", None, Decimal(1), "stated in US dollars")


@cache
def _history(currency: str) -> tuple[tuple[date, ...], tuple[Decimal, ...]]:
    """Return the days with a rate, in order, and the units per euro of each."""
    if currency == "EUR":
        days, _ = _history("USD")
        return days, (Decimal(1),) * len(days)
    rates = _reference_rates()._rates.get(currency, {})  # noqa: SLF001 - the series itself, undoubled
    known = sorted((day, rate) for day, rate in rates.items() if rate is not None)
    return tuple(day for day, _ in known), tuple(rate for _, rate in known)


@cache
def _reference_rates() -> CurrencyConverter:
    return CurrencyConverter(decimal=True)


def _on_or_before(currency: str, day: date) -> tuple[date, Decimal] | None:
    days, rates = _history(currency)
    place = bisect_right(days, day) - 1
    if place < 0 or day - days[place] > STALE_AFTER:
        return None
    return days[place], rates[place]


@cache
def reference_rate(currency: str, day: date | None) -> ReferenceRate | None:
    """Return dollars per unit on the day, or on the last business day before it.

    Crossed through the euro: units of each per euro on the same day. None where the day is not
    known, the ECB has no rate for the currency, or none within 31 days before the day.
    """
    if currency == "USD":
        return DOLLAR
    if day is None:
        return None
    unit = _on_or_before(currency, day)
    if unit is None:
        return None
    rate_day, units_per_euro = unit
    dollar = _on_or_before("USD", rate_day)
    if dollar is None:
        return None
    return ReferenceRate(currency, rate_day, (dollar[1] / units_per_euro).quantize(PLACES))
