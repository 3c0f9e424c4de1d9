"""The same pay said twice, in another unit ("$50/hour, $100,000/year") or currency."""

from decimal import Decimal
from itertools import pairwise
from typing import Final

from pipelines.parsing.expressions import Expression
from pipelines.parsing.inherit import amount_of
from pipelines.parsing.lexer import DASH
from pipelines.parsing.periods import PIECES
from pipelines.parsing.rules import rule
from pipelines.parsing.tagging import Tokens
from warehouse.vocabulary import Kind, PayPeriod, Statistic

RULE: Final = rule(
    "equivalent.restated_unit",
    "The same pay in another unit or currency, joined by an arrow, a bracket or a word like"
    " equivalent, is a second reading that points to the first.",
    reads=(
        ("• $28/hour → $56,000/year", "28 USD/hour point base ; 56000 USD/year point base"),
        (
            "$4 per task, which works out to $22/hour",
            "4 USD/task point base ; 22 USD/hour point base",
        ),
        (
            "Roughly $2.10 (R$ 11) an hour",
            "2.10 USD/hour point base ; 11 BRL/hour point base",
        ),
        (
            "They earned a median of $15 an hour, about $22,620 a year",
            "15 USD/hour median base ; 22620 USD/year median base",
        ),
    ),
)

_CARRIED: Final = frozenset({Statistic.MEDIAN, Statistic.AVERAGE, Statistic.PERCENTILE})
_PLAIN: Final = frozenset({Statistic.POINT, Statistic.RANGE})
_MOST_BETWEEN: Final = 14
# How many of the first unit make one of the second, loosely.
_RATIOS: Final = {
    (PayPeriod.HOUR, PayPeriod.DAY): (3, 16),
    (PayPeriod.HOUR, PayPeriod.WEEK): (8, 80),
    (PayPeriod.HOUR, PayPeriod.MONTH): (60, 260),
    (PayPeriod.HOUR, PayPeriod.YEAR): (900, 3200),
    (PayPeriod.DAY, PayPeriod.MONTH): (12, 31),
    (PayPeriod.DAY, PayPeriod.YEAR): (150, 320),
    (PayPeriod.WEEK, PayPeriod.YEAR): (40, 53),
    (PayPeriod.MONTH, PayPeriod.YEAR): (10, 15),
    (PayPeriod.MINUTE, PayPeriod.HOUR): (30, 61),
}
_LEAST_HOURS, _MOST_HOURS = 1000, 3000


def link_equivalents(tokens: Tokens, found: list[Expression]) -> None:
    """Points every expression that restates its neighbour in the sentence to it."""
    for first, second in pairwise(found):
        if first.kind != second.kind or second.reason == "prior":
            continue
        if not _is_joined(tokens, first, second):
            continue
        if _other_unit(first, second) or _other_currency(first, second):
            second.equivalent_of = first.equivalent_of or first
            second.trace.append("equivalent")
            if first.statistic in _CARRIED and second.statistic in _PLAIN:
                second.statistic = first.statistic
            _state_hours(first, second)


def share_units(tokens: Tokens, found: list[Expression]) -> None:
    """Gives an amount the unit of the same amount in another currency beside it."""
    for first, second in pairwise(found):
        if first.currency != second.currency and _is_joined(tokens, first, second):
            _other_currency(first, second)


def _is_joined(tokens: Tokens, first: Expression, second: Expression) -> bool:
    start, stop = first.stop, second.core_first
    if stop - start > _MOST_BETWEEN:
        return False
    if any(entry is not None and entry.equivalent for entry in tokens.entries[start:stop]):
        return True
    between = [tokens.word(place) for place in range(start, stop)]
    if "(" in between[-3:] or tokens.word(second.first) == "(":
        return True
    if first.currency == second.currency:
        return False
    return between == ["/"] or (stop - start == 1 and tokens.kind(start) == DASH)


def _other_unit(first: Expression, second: Expression) -> bool:
    if first.currency != second.currency or not first.unit or not second.unit:
        return False
    units = first.unit.period, second.unit.period
    if None in units or units[0] == units[1]:
        return False
    if units[0] in PIECES or units[1] in PIECES:
        return True
    ratio = _ratio(first, second)
    bounds = _RATIOS.get((units[0], units[1]))  # type: ignore[arg-type]
    if bounds is None:
        bounds = _RATIOS.get((units[1], units[0]))  # type: ignore[arg-type]
        ratio = 1 / ratio if ratio else None
    return bounds is not None and ratio is not None and bounds[0] <= ratio <= bounds[1]


def _ratio(first: Expression, second: Expression) -> Decimal | None:
    small, large = amount_of(first), amount_of(second)
    return large / small if small else None


def _other_currency(first: Expression, second: Expression) -> bool:
    if first.currency == second.currency or not first.currency or not second.currency:
        return False
    if second.unit is None:
        second.unit, second.period_source = first.unit, first.period_source
    elif first.unit is None:
        first.unit, first.period_source = second.unit, second.period_source
    return first.unit is None or second.unit is None or first.unit.period == second.unit.period


def _state_hours(first: Expression, second: Expression) -> None:
    """Keeps the hours a year that the report's own equivalence reveals."""
    units = {one.unit.period: one for one in (first, second) if one.unit is not None}
    hourly, yearly = units.get(PayPeriod.HOUR), units.get(PayPeriod.YEAR)
    if hourly is None or yearly is None or Kind.BASE not in {first.kind, second.kind}:
        return
    hours = [
        high / low
        for low, high in ((hourly.low, yearly.low), (hourly.high, yearly.high))
        if low is not None and high is not None
    ]
    if (
        hours
        and len(set(hours)) == 1
        and _LEAST_HOURS <= hours[0] <= _MOST_HOURS
        and hours[0] == int(hours[0])
    ):
        hourly.hours = yearly.hours = Decimal(int(hours[0]))
