"""What changed between an origin and the figure that repeats it."""

from decimal import Decimal

from pipelines.transforms.restatements.records import ObservedFigure
from pipelines.transforms.restatements.subjects import differ
from pipelines.transforms.restatements.values import Value, family_of, is_same_unit, value_of
from warehouse.vocabulary import RestatementChange

Change = tuple[RestatementChange, str | None, str | None]


def change_between(origin: ObservedFigure, figure: ObservedFigure) -> Change:
    """Return the change that weighs most, with both figures or subjects in readable form.

    In order: currency, period, amount, bounds, subject, statistic.
    """
    was, now = figure_in_words(origin), figure_in_words(figure)
    amounts = _amount_change(origin, figure)
    if amounts is not RestatementChange.NONE:
        return amounts, was, now
    if _is_other_subject(origin, figure):
        return (
            RestatementChange.SUBJECT_CHANGED,
            subject_in_words(origin),
            subject_in_words(figure),
        )
    if family_of(origin.statistic) != family_of(figure.statistic):
        return RestatementChange.STATISTIC_CHANGED, origin.statistic, figure.statistic
    return RestatementChange.NONE, None, None


def _amount_change(origin: ObservedFigure, figure: ObservedFigure) -> RestatementChange:
    before, after = value_of(origin), value_of(figure)
    if before is None or after is None:
        return RestatementChange.AMOUNT_CHANGED
    if before.currency != after.currency:
        return RestatementChange.CURRENCY_CHANGED
    if not is_same_unit(origin, figure):
        return RestatementChange.UNIT_CHANGED
    if before.amounts != after.amounts:
        return _bound_change(before, after)
    return _opening_change(origin, figure)


def _bound_change(before: Value, after: Value) -> RestatementChange:
    if set(after.amounts) < set(before.amounts):
        return RestatementChange.BOUND_DROPPED
    if set(before.amounts) < set(after.amounts):
        return RestatementChange.BOUND_ADDED
    return RestatementChange.AMOUNT_CHANGED


def _opening_change(origin: ObservedFigure, figure: ObservedFigure) -> RestatementChange:
    """Return whether "and up" or "up to" came or went: such words are bounds too."""
    before, after = _openings(origin), _openings(figure)
    if before == after:
        return RestatementChange.NONE
    return RestatementChange.BOUND_ADDED if after - before else RestatementChange.BOUND_DROPPED


def _openings(figure: ObservedFigure) -> frozenset[str]:
    stated = (("up to", figure.is_min_open), ("and more", figure.is_max_open))
    return frozenset(words for words, is_open in stated if is_open)


def _is_other_subject(origin: ObservedFigure, figure: ObservedFigure) -> bool:
    return differ(origin.platform_id, figure.platform_id) or differ(
        origin.domain_code, figure.domain_code
    )


def subject_in_words(figure: ObservedFigure) -> str:
    """Return the platform, field and subject of a figure, as far as they are known."""
    parts = (figure.platform_id, figure.domain_code, figure.subject_text)
    return ", ".join(part for part in parts if part) or "not stated"


def figure_in_words(figure: ObservedFigure) -> str:
    """Return a figure as `12.50 to 15.50 USD per hour` or `up to 40 USD per hour`."""
    unit = f" per {figure.pay_period}" if figure.pay_period else ""
    count = figure.per_count or 1
    unit = f" per {count} {figure.pay_period}" if unit and count != 1 else unit
    money = f"{_bounds_in_words(figure)} {figure.currency or ''}".strip()
    share = f"{_plain(figure.share_percent)} % at " if figure.share_percent is not None else ""
    return f"{share}{money}{unit}"


def _bounds_in_words(figure: ObservedFigure) -> str:
    low, high = figure.amount_min, figure.amount_max
    more = " and more" if figure.is_max_open else ""
    if low is None and high is None:
        return "no amount"
    if low is None:
        return f"up to {_plain(high)}{more}"
    if high is None or low == high:
        return f"{'up to ' if figure.is_min_open else ''}{_plain(low)}{more}"
    return f"{_plain(low)} to {_plain(high)}{more}"


def _plain(amount: Decimal | None) -> str:
    return "" if amount is None else f"{amount.normalize():f}"
