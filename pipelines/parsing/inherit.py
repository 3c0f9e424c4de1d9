"""Units that are not stated at the amount: from siblings, headings, declarations, magnitude."""

from decimal import Decimal
from typing import Final

from pipelines.parsing.context import Context, declaration_of
from pipelines.parsing.expression import Expression
from pipelines.parsing.lexicon import Band, lexicon
from pipelines.parsing.periods import Unit
from pipelines.parsing.rules import rule
from warehouse.vocabulary import Kind, PayPeriod, PeriodSource

SIBLING: Final = rule(
    "period.sibling",
    "Another amount of the sentence, at most 20 times larger or smaller or of the same band,"
    " names the unit.",
    reads=(
        (
            "They earn as little as $1.50 an hour in Kenya and as much as $50 at home",
            "1.50.. USD/hour starting base ; ..50 USD/hour max base",
        ),
        (
            "Entry-level raters earn $13 to $16, while experts earn more than $95 an hour",
            "13..16 USD/hour range base ; 95.. USD/hour starting base",
        ),
        (
            "The lower quartile is $16, the upper quartile $34 an hour",
            "16 USD/hour percentile base ; 34 USD/hour percentile base",
        ),
        (
            "Hourly pay by site: Leeds £13.10, Bath £13.65",
            "13.10 GBP/hour point base ; 13.65 GBP/hour point base",
        ),
    ),
)
MAGNITUDE: Final = rule(
    "period.magnitude",
    "Beside a pay word and with no unit stated, its size tells hour, month or year"
    " by the bands of its currency; between the bands the unit stays open.",
    reads=(
        ("Salary: $84,000", "84000 USD/year point base"),
        ("Pay range: $31 - $36", "31..36 USD/hour range base"),
        ("Salary: $4,500", "4500 USD/? point base"),
        ("[IN] Salary ₹22,000", "22000 INR/month point base"),
    ),
)
IMPLAUSIBLE: Final = rule(
    "period.implausible",
    "A stated hour above 20 times the hour band, or a stated year inside it, cannot be right:"
    " the amount stays, the unit goes, with a warning.",
    reads=(("Pay: $72,000 per hour", "72000 USD/? point base"),),
)

_FACTOR: Final = 20
_SIBLING_REACH: Final = 10
# A sentence with more amounts than this is no sentence.
_MOST_SIBLINGS: Final = 60
_NO_RATE: Final = frozenset({None, PayPeriod.ONCE})
_PAY: Final = frozenset({Kind.BASE, Kind.TOTAL, Kind.REFERENCE})


def amount_of(one: Expression) -> Decimal:
    """The amount that stands for an expression when sizes are compared."""
    value = one.high if one.high is not None else one.low
    return value if value is not None else Decimal(0)


def kinds_from_siblings(group: list[Expression], is_uncued: list[bool]) -> None:
    """Gives amounts of which nothing at all is said the kind of their nearest sibling."""
    if len(group) > _MOST_SIBLINGS:
        return
    stated = [one for one in group if one.unit is not None and one.kind in _PAY]
    for one, uncued in zip(group, is_uncued, strict=True):
        if not uncued or one.unit is not None or not stated:
            continue
        near = min(stated, key=lambda other: (abs(other.first - one.first), other.first))
        if _has_neighbour(one, group) and are_alike(one, near):
            one.kind = near.kind
            one.trace.append(f"kind:sibling={near.kind}")


def _has_neighbour(one: Expression, group: list[Expression]) -> bool:
    """Whether an amount of pay stands a few words before or after another."""
    return any(
        max(other.first - one.stop, one.first - other.stop) <= _SIBLING_REACH
        for other in group
        if other is not one and other.kind in _PAY
    )


def from_siblings(group: list[Expression]) -> None:
    """Gives expressions without a unit that of the nearest sibling with one."""
    before = _nearest_stated(group)
    after = _nearest_stated(group[::-1])[::-1]
    for one, *sides in zip(group, before, after, strict=True):
        near = [side for side in sides if side is not None]
        if one.unit is None and near:
            nearest = min(near, key=lambda other: (abs(other.first - one.first), other.first))
            if _are_siblings(one, nearest):
                one.unit = nearest.unit
                one.period_source = PeriodSource.SIBLING
                one.trace.append("per:sibling")


def _nearest_stated(group: list[Expression]) -> list[Expression | None]:
    """For each expression the last one before it that states a unit."""
    last: Expression | None = None
    result: list[Expression | None] = []
    for one in group:
        result.append(last)
        if one.unit is not None and one.unit.period not in _NO_RATE:
            last = one
    return result


def _are_siblings(one: Expression, near: Expression) -> bool:
    if one.kind not in _PAY or (one.kind == Kind.TOTAL) != (near.kind == Kind.TOTAL):
        return False
    return are_alike(one, near)


def are_alike(one: Expression, near: Expression) -> bool:
    """Whether one amount may have the unit of another: currency and size fit it."""
    if one.currency != near.currency:
        return False
    small, large = sorted((amount_of(one), amount_of(near)))
    if small <= 0 or near.unit is None:
        return False
    return large <= _FACTOR * small or magnitude_period(one) == near.unit.period


def from_above(one: Expression, context: Context, place: int) -> None:
    """Gives an expression the unit of the heading over its line."""
    heading = context.heading(place)
    declared = declaration_of(heading, needs_noun=False) if heading is not None else None
    if declared is not None and declared.unit is not None and _is_plausible(one, declared.unit):
        one.unit = declared.unit
        one.period_source = PeriodSource.HEADER
        one.trace.append("per:heading")


def from_declaration(one: Expression, context: Context, place: int) -> None:
    """Gives an expression the unit that a sentence above declares for all figures."""
    declared = context.declared(place)
    if declared is not None and declared.unit is not None and _is_plausible(one, declared.unit):
        one.unit = declared.unit
        one.period_source = PeriodSource.HEADER
        one.trace.append("per:declared")


def _is_plausible(one: Expression, unit: Unit) -> bool:
    return unit.period is not PayPeriod.HOUR or not _beyond_hours(one)


def by_magnitude(one: Expression, context: Context, flags: frozenset[str]) -> None:
    """Reads the unit from the size of the amount; both ends must lie in the same band.

    `flags` are those of the words around: "salaried" rules out an hour.
    """
    period = magnitude_period(one, flags)
    if period is None:
        return
    one.unit = Unit(period, 1, None, one.stop, one.stop)
    is_custom = context.country is not None and period is PayPeriod.MONTH
    one.period_source = PeriodSource.COUNTRY if is_custom else PeriodSource.MAGNITUDE
    one.trace.append(f"per:magnitude={period}")


def magnitude_period(one: Expression, flags: frozenset[str] = frozenset()) -> PayPeriod | None:
    """The unit whose band of the currency holds both ends of an expression; None otherwise."""
    bands = lexicon().bands.get(one.currency or "", ())
    ends = [end for end in (one.low, one.high) if end is not None]
    periods = {_band_of(bands, end, flags) for end in ends}
    return periods.pop() if len(periods) == 1 else None


def is_yearly_range(one: Expression) -> bool:
    """Whether both ends of a range are as large as a year's pay."""
    is_range = one.low is not None and one.high is not None and one.low != one.high
    return is_range and magnitude_period(one) is PayPeriod.YEAR


def _band_of(
    bands: tuple[Band, ...], amount: Decimal, flags: frozenset[str]
) -> PayPeriod | None:
    for band in bands:
        if band.low <= amount and (band.high is None or amount <= band.high):
            is_hour = band.period is PayPeriod.HOUR
            return None if is_hour and "salaried" in flags else band.period
    return None


def check_plausible(one: Expression) -> None:
    """Takes away a stated unit that cannot be right for the amount."""
    unit = one.unit
    if unit is None or one.currency is None or unit.times != 1:
        return
    is_wrong = (unit.period is PayPeriod.HOUR and _beyond_hours(one)) or (
        unit.period is PayPeriod.YEAR and _within_hours(one)
    )
    if is_wrong:
        one.unit = None
        one.period_source = None
        one.warnings.append("implausible_period")


def hour_ceiling(currency: str | None) -> Decimal | None:
    """The largest hourly amount of the bands of a currency; None without an hour band."""
    for band in lexicon().bands.get(currency or "", ()):
        if band.period is PayPeriod.HOUR:
            return band.high
    return None


def _beyond_hours(one: Expression) -> bool:
    ceiling = hour_ceiling(one.currency)
    return ceiling is not None and amount_of(one) > _FACTOR * ceiling


def _within_hours(one: Expression) -> bool:
    ceiling = hour_ceiling(one.currency)
    return ceiling is not None and amount_of(one) <= ceiling
