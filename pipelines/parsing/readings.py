"""Reading: what the engine returns, one statement of an amount at one place."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field, fields, replace
from decimal import Decimal
from typing import Final

from warehouse.vocabulary import (
    CurrencySource,
    Kind,
    PayPeriod,
    PeriodSource,
    Statistic,
    TaxTreatment,
)


@dataclass(frozen=True, slots=True)
class Reading:
    """One amount of money as stated: bounds, unit, meaning, place and every decision.

    Amounts are in major currency units as stated, never annualised. The span is half-open and
    counts code points of the text given to the engine, so that
    ``text[char_start:char_end] == matched_text``.
    """

    amount_min: Decimal | None
    amount_max: Decimal | None
    is_min_open: bool
    is_max_open: bool
    currency: str | None
    pay_period: PayPeriod | None
    statistic: Statistic
    kind: Kind
    char_start: int
    char_end: int
    matched_text: str
    rule_id: str
    per_count: int = 1
    tax_treatment: TaxTreatment | None = None
    currency_source: CurrencySource | None = None
    period_source: PeriodSource | None = None
    unit_text: str | None = None
    share_percent: Decimal | None = None
    share_percent_max: Decimal | None = None
    is_approximate: bool = False
    payments_per_year: Decimal | None = None
    stated_hours_per_year: Decimal | None = None
    midpoint: Decimal | None = None
    equivalent_of: int | None = None
    """Place in the answer of the reading this one re-expresses in another unit or currency."""
    trace: tuple[str, ...] = ()
    warnings: tuple[str, ...] = field(default=())


# Where a reading stands and how it was found out; everything else is what it says.
_PLACE_AND_REASONS: Final = frozenset(
    {
        "char_start", "char_end", "matched_text", "rule_id", "currency_source",
        "period_source", "equivalent_of", "trace", "warnings",
    }
)  # fmt: skip
_SAID: Final = tuple(one.name for one in fields(Reading) if one.name not in _PLACE_AND_REASONS)


@dataclass(frozen=True, slots=True)
class Merged:
    """A reading and every place of the text that says the same."""

    reading: Reading
    """The first of them; its `equivalent_of` counts the merged readings."""
    spans: tuple[tuple[int, int], ...]
    """`char_start` and `char_end` of each, in the order given."""


def dedupe(readings: Sequence[Reading]) -> tuple[Merged, ...]:
    """The readings of one text, those that say the same merged into one.

    `readings` is an answer of `read`. Two say the same when they differ at most in their place
    and words, and in how they were found out (`rule_id`, the sources, `equivalent_of`, `trace`,
    `warnings`); 20 and 20.00 are the same amount. The order is that of the first of each.

    >>> from pipelines.parsing import read
    >>> [one.spans for one in dedupe(read("Nurse, $40/hr. You earn $40.00 per hour."))]
    [((7, 13), (24, 39))]
    """
    places: dict[Hashable, list[int]] = {}
    for place, reading in enumerate(readings):
        places.setdefault(_said(reading), []).append(place)
    merged_at = {one: at for at, group in enumerate(places.values()) for one in group}
    return tuple(
        _merged([readings[one] for one in group], merged_at) for group in places.values()
    )


def _said(reading: Reading) -> Hashable:
    return tuple(getattr(reading, name) for name in _SAID)


def _merged(same: Sequence[Reading], merged_at: dict[int, int]) -> Merged:
    first = same[0]
    origin = None if first.equivalent_of is None else merged_at.get(first.equivalent_of)
    spans = tuple((one.char_start, one.char_end) for one in same)
    return Merged(replace(first, equivalent_of=origin), spans)
