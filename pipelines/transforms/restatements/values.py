"""The amounts of a figure as a key to look up by, and how much an equal key tells."""

from collections.abc import Iterator
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import NamedTuple

from pipelines.transforms.restatements.records import ObservedFigure
from warehouse.vocabulary import Statistic

# How much two equal figures tell about a common origin. Pay gathers on round numbers, so an
# equal "$50" tells next to nothing, an equal "$64,984" almost everything, and a pair of bounds
# more than either bound alone. Equal figures of two documents count as one origin from
# ENOUGH_ALONE upward; with words or a platform in common, from ENOUGH_WITH_SUBJECT.
ROUND_SINGLE = 0.25
PLAIN_SINGLE = 1.0
PRECISE_SINGLE = 2.0
LOW_ROUND_RANGE = 0.9
ROUND_RANGE = 1.25
PRECISE_RANGE = 2.0
OPEN_RANGE_BONUS = 0.25
DISTINCTIVE = 1.25
ENOUGH_ALONE = 3.0
ENOUGH_WITH_SUBJECT = 2.0

# Both bounds at most this: the bands that every guide quotes ($15 to $20, $20 to $40).
LOW_BAND = Decimal(50)

AS_ADVERTISED = frozenset({Statistic.POINT, Statistic.RANGE, Statistic.STARTING, Statistic.MAX})


class Value(NamedTuple):
    """The distinct amounts of a figure in ascending order; a bare share when there are none."""

    currency: str | None
    amounts: tuple[Decimal, ...]
    share: Decimal | None


def value_of(figure: ObservedFigure) -> Value | None:
    """Return what a figure is looked up by, whatever its bounds, period and statistic."""
    low, high = figure.amount_min, figure.amount_max
    if low is None or (not low and high):
        low = high
    if low is None:
        share = figure.share_percent
        return None if share is None else Value(None, (), share)
    if high is None or high == low:
        return Value(figure.currency, (low,), None)
    return Value(figure.currency, (min(low, high), max(low, high)), None)


@lru_cache(maxsize=65536)
def weight_of(value: Value, *, is_open: bool) -> float:
    """Return how much an equal figure tells, from ROUND_SINGLE to PRECISE_RANGE and a bit."""
    if len(value.amounts) < 2:
        return _single_weight(value.amounts[0]) if value.amounts else ROUND_SINGLE
    if any(_single_weight(amount) > ROUND_SINGLE for amount in value.amounts):
        weight = PRECISE_RANGE
    elif value.amounts[1] <= LOW_BAND:
        weight = LOW_ROUND_RANGE
    else:
        weight = ROUND_RANGE
    return weight + (OPEN_RANGE_BONUS if is_open else 0)


def _single_weight(amount: Decimal) -> float:
    if amount and not amount % 25 and amount < 1000:
        return ROUND_SINGLE
    digits = amount.normalize().as_tuple().digits
    is_round = len(digits) == 1 or (len(digits) == 2 and digits[1] == 5 and not amount % 5)
    if is_round:
        return ROUND_SINGLE
    return PLAIN_SINGLE if len(digits) == 2 else PRECISE_SINGLE


def rounded(value: Value) -> Iterator[Value]:
    """Yield the value with its small change dropped: cents below 1,000, hundreds above."""
    for mode in (ROUND_FLOOR, ROUND_HALF_UP):
        amounts = tuple(_rounded(amount, mode) for amount in value.amounts)
        yield value._replace(amounts=amounts)


def _rounded(amount: Decimal, mode: str) -> Decimal:
    unit = Decimal(1000) if amount >= 1000 else Decimal(1)
    return (amount / unit).to_integral_value(rounding=mode) * unit


def ends(value: Value) -> Iterator[Value]:
    """Yield each bound of a range as a value of its own."""
    if len(value.amounts) == 2:
        for amount in value.amounts:
            yield value._replace(amounts=(amount,))


def is_same_unit(one: ObservedFigure, other: ObservedFigure) -> bool:
    """Return whether both amounts are for the same period and count of it."""
    same_count = (one.per_count or 1) == (other.per_count or 1)
    return one.pay_period == other.pay_period and same_count


def may_lose_share(figure: ObservedFigure, origin: ObservedFigure) -> bool:
    """Return whether a figure has the share of people of its origin, or says none any more.

    A retelling may drop "30 % of them"; it cannot get a share from where none is stated.
    """
    return figure.share_percent in (None, origin.share_percent)


def family_of(statistic: str | None) -> str | None:
    """Return the statistic, with all that is simply stated under one name."""
    return "stated" if statistic in AS_ADVERTISED else statistic


def may_be_one(one: str | None, other: str | None) -> bool:
    """Return whether a retelling may turn one statistic into the other unawares.

    Retellings say "$21 an hour" and "$21 an hour on average" of the same thing; a median, a
    share or a forecast stays what it is.
    """
    families = {family_of(one), family_of(other)}
    return len(families) == 1 or families <= {"stated", Statistic.AVERAGE, None}
