"""The same pay said twice, in another unit ("$50/hour, $100,000/year") or currency."""

from decimal import Decimal
from itertools import pairwise
from typing import Final

from pipelines.parsing.expression import Expression
from pipelines.parsing.inherit import amount_of
from pipelines.parsing.lexer import DASH
from pipelines.parsing.periods import PIECES, attached_unit
from pipelines.parsing.rules import rule
from pipelines.parsing.tagging import Tokens
from pipelines.parsing.words import Entry
from warehouse.vocabulary import Kind, PayPeriod, PeriodSource, Statistic

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
        (
            "They take home 40,000 Kenyan shillings a month, roughly $310",
            "40000 KES/month point base ; 310 USD/month point base",
        ),
        (
            "They make 600 pesos a day \u2013 nearly $10",
            "600 ?/day point base ; 10 USD/day point base",
        ),
        (
            "They earn 500 rupees a day, and spend about $3 on lunch",
            "500 INR/day point base (3 USD/? point not_pay)",
        ),
        (
            "They get 300 naira, or 20 cents, an hour",
            "300 NGN/hour point base ; 0.20 USD/hour point base",
        ),
    ),
)

CARRIED: Final = frozenset({Statistic.MEDIAN, Statistic.AVERAGE, Statistic.PERCENTILE})
_PLAIN: Final = frozenset({Statistic.POINT, Statistic.RANGE})
_MOST_BETWEEN: Final = 14
_ASIDES: Final = frozenset({",", "(", "["})
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
            if first.statistic in CARRIED and second.statistic in _PLAIN:
                second.statistic = first.statistic
            _state_hours(first, second)


def share_units(tokens: Tokens, found: list[Expression]) -> None:
    """Gives an amount the unit of the same amount in another currency beside it."""
    for first, second in pairwise(found):
        if first.currency != second.currency and _is_joined(tokens, first, second):
            _take_unit_behind(tokens, first, second)
            _other_currency(first, second)


def share_kinds(tokens: Tokens, found: list[Expression], silent: list[bool]) -> None:
    """Gives an amount of which nothing is said the kind of that which it restates."""
    for place, (first, second) in enumerate(pairwise(found), 1):
        if silent[place] and _is_joined(tokens, first, second):
            is_same = _other_currency(first, second)
            second.kind = first.kind if is_same else second.kind


def _take_unit_behind(tokens: Tokens, first: Expression, second: Expression) -> None:
    """Reads the unit of both behind the aside: "300 naira, or 20 cents, an hour"."""
    is_open = first.unit is None and second.unit is None
    if not is_open or tokens.word(second.stop) != ",":
        return
    unit = attached_unit(tokens, second.stop + 1)
    if unit is not None and unit.first == second.stop + 1:
        second.unit, second.period_source = unit, PeriodSource.STATED
        second.stop = unit.stop


def _is_joined(tokens: Tokens, first: Expression, second: Expression) -> bool:
    start, stop = first.stop, second.core_first
    if stop - start > _MOST_BETWEEN:
        return False
    if _says_so(tokens, start, stop):
        return True
    between = [tokens.word(place) for place in range(start, stop)]
    if "(" in between[-3:] or tokens.word(second.first) == "(":
        return True
    if first.currency == second.currency:
        return False
    return between == ["/"] or (stop - start == 1 and tokens.kind(start) == DASH)


def _says_so(tokens: Tokens, start: int, stop: int) -> bool:
    """Whether the words between say the same again: "that is", ", roughly", "or some"."""
    words = [entry for entry in tokens.entries[start:stop] if entry is not None]
    if any(entry.equivalent and "aside" not in entry.flags for entry in words):
        return True
    return any(_is_loose(entry) for entry in words) and all(
        _is_aside(tokens, place) for place in range(start, stop)
    )


def _is_loose(entry: Entry) -> bool:
    """Whether a word may open an aside: "roughly", "less than"."""
    return entry.approx is not None or entry.equivalent is not None


def _is_aside(tokens: Tokens, place: int) -> bool:
    entry = tokens.entry(place)
    is_loose = entry is not None and _is_loose(entry)
    return is_loose or tokens.kind(place) == DASH or tokens.word(place) in _ASIDES


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
    if first.currency == second.currency or first.is_bare or second.is_bare:
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
