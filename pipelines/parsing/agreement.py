"""A posting's pay fields against its text: what they tell each other, and where they differ.

The rules are those of the source contracts: a board that leaves the unit out of its field often
has it in the text, and where field and text differ both stay and both are flagged.
"""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import product
from typing import Final

from pipelines.parsing.lexicon import lexicon
from pipelines.parsing.readings import Reading
from pipelines.parsing.structured import UNSTATED
from warehouse.vocabulary import (
    CurrencySource,
    Kind,
    PayPeriod,
    PeriodSource,
    ReadingWarning,
    Statistic,
)

Readings = tuple[Reading, ...]

_OFFERED: Final = frozenset({Kind.BASE, Kind.TOTAL})
_ADVERTISED: Final = frozenset(
    {Statistic.POINT, Statistic.RANGE, Statistic.STARTING, Statistic.MAX}
)
# Fewest and most hours that one payment of a period may stand for. What is paid by the piece or
# the job is another offer than what is paid by time, and never compared with it.
_HOURS: Final = {
    PayPeriod.HOUR: (Decimal(1), Decimal(1)),
    PayPeriod.DAY: (Decimal(4), Decimal(12)),
    PayPeriod.WEEK: (Decimal(10), Decimal(60)),
    PayPeriod.FORTNIGHT: (Decimal(20), Decimal(120)),
    PayPeriod.MONTH: (Decimal(40), Decimal(260)),
    PayPeriod.QUARTER: (Decimal(120), Decimal(780)),
    PayPeriod.YEAR: (Decimal(500), Decimal(3200)),
}


def reconcile(fields: Sequence[Reading], texts: Sequence[Reading]) -> tuple[Readings, Readings]:
    """The readings of a posting's fields and of its text, each knowing of the other.

    An amount takes a unit that only the other side names for the same amounts, and a dollar of
    no named country the currency of the fields. Then every field that nothing in the text
    agrees with, and every amount of the text that no field agrees with, is flagged
    `field_text_disagree` if there is one of like meaning on the other side that is flagged too.
    Amounts are never changed, and both come back in their order.
    """
    told = tuple(_with_currency(text, fields) for text in texts)
    shared = tuple(_with_unit(text, fields, PeriodSource.FIELD) for text in told)
    asked = tuple(_with_unit(field, told, PeriodSource.SIBLING) for field in fields)
    return _flagged(asked, shared)


def _with_currency(text: Reading, fields: Sequence[Reading]) -> Reading:
    """Reads a sign of several countries as the fields' currency, if nothing else did."""
    codes = {
        field.currency for field in fields if field.currency_source is CurrencySource.FIELD
    }
    if text.currency_source is not CurrencySource.DEFAULT or len(codes) != 1:
        return text
    (code,) = codes
    families = lexicon().families.values()
    if text.currency == code or not any({code, text.currency} <= f.members for f in families):
        return text
    return replace(
        text,
        currency=code,
        currency_source=CurrencySource.FIELD,
        trace=(*text.trace, f"cur:field={code}"),
    )


def _with_unit(one: Reading, others: Sequence[Reading], source: PeriodSource) -> Reading:
    """Takes the unit that another reading names for the same amounts; warned ones stay open."""
    if one.period_source not in UNSTATED or one.warnings or one.kind not in _OFFERED:
        return one
    named = [
        other
        for other in others
        if other.period_source not in UNSTATED and not other.warnings and _is_same(one, other)
    ]
    if len({(other.pay_period, other.per_count) for other in named}) != 1:
        return one
    return replace(
        one,
        pay_period=named[0].pay_period,
        per_count=named[0].per_count,
        unit_text=named[0].unit_text,
        period_source=source,
        trace=(*one.trace, f"per:posting={named[0].pay_period}"),
    )


def _is_same(one: Reading, other: Reading) -> bool:
    """Whether two readings are the same amounts of the same kind of money."""
    mine = (one.amount_min, one.amount_max, one.kind)
    theirs = (other.amount_min, other.amount_max, other.kind)
    return mine == theirs and _may_be_one_currency(one, other)


def _may_be_one_currency(one: Reading, other: Reading) -> bool:
    return one.currency == other.currency or None in (one.currency, other.currency)


def _flagged(fields: Readings, texts: Readings) -> tuple[Readings, Readings]:
    agreeing: set[int] = set()
    differing: list[tuple[int, int]] = []
    for (place, field), (other, text) in product(enumerate(fields), enumerate(texts)):
        agrees = _agrees(field, text)
        if agrees:
            agreeing |= {place, ~other}
        elif agrees is not None:
            differing.append((place, ~other))
    pairs = [pair for pair in differing if agreeing.isdisjoint(pair)]
    flagged = {place for pair in pairs for place in pair}
    return (
        tuple(_warned(one, place in flagged) for place, one in enumerate(fields)),
        tuple(_warned(one, ~place in flagged) for place, one in enumerate(texts)),
    )


def _warned(one: Reading, is_flagged: bool) -> Reading:  # noqa: FBT001 - a fact of the row
    flag = ReadingWarning.FIELD_TEXT_DISAGREE
    return replace(one, warnings=(*one.warnings, flag)) if is_flagged else one


def _agrees(field: Reading, text: Reading) -> bool | None:
    """Whether a field and a text say the same pay; None if they speak of different things."""
    if field.kind is not text.kind or not (_is_offer(field) and _is_offer(text)):
        return None
    if not _may_be_one_currency(field, text):
        return False
    if UNSTATED.isdisjoint((field.period_source, text.period_source)):
        return _agrees_by_period(field, text)
    return _is_within(_ends(field), _ends(text))


def _is_offer(one: Reading) -> bool:
    is_said = not {ReadingWarning.NONASSERTIVE, ReadingWarning.ESTIMATED} & set(one.warnings)
    return one.kind in _OFFERED and one.statistic in _ADVERTISED and is_said


def _agrees_by_period(field: Reading, text: Reading) -> bool | None:
    if (field.pay_period, field.per_count) == (text.pay_period, text.per_count):
        return _is_within(_ends(field), _ends(text))
    hours = _hours_of(field), _hours_of(text)
    if hours[0] is None or hours[1] is None:
        return None
    if _ends(field) == _ends(text):
        return False
    mine, theirs = _hourly(field, *hours[0]), _hourly(text, *hours[1])
    return mine[0] <= theirs[1] and theirs[0] <= mine[1]


def _hours_of(one: Reading) -> tuple[Decimal, Decimal] | None:
    return None if one.pay_period is None else _HOURS.get(one.pay_period)


def _ends(one: Reading) -> tuple[Decimal, Decimal]:
    """The smallest and the largest pay that the words allow."""
    low = Decimal(0) if one.is_min_open or one.amount_min is None else one.amount_min
    is_open = one.is_max_open or one.amount_max is None
    high = Decimal("Infinity") if is_open or one.amount_max is None else one.amount_max
    return low, high


def _hourly(one: Reading, fewest: Decimal, most: Decimal) -> tuple[Decimal, Decimal]:
    """The least and the most that the pay may come to in an hour."""
    low, high = _ends(one)
    return low / (most * one.per_count), high / (fewest * one.per_count)


def _is_within(one: tuple[Decimal, Decimal], other: tuple[Decimal, Decimal]) -> bool:
    """Whether one of two stretches holds the other."""
    return (one[0] <= other[0] and other[1] <= one[1]) or (
        other[0] <= one[0] and one[1] <= other[1]
    )
