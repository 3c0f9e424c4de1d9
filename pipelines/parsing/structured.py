"""Structured pay fields: schema.org salaries, applicant-tracking intervals, bare columns."""

from decimal import Decimal
from typing import Final

from pipelines.parsing.expression import Expression
from pipelines.parsing.inherit import check_plausible, magnitude_period
from pipelines.parsing.kinds import Scores, add_heading
from pipelines.parsing.lexicon import lexicon
from pipelines.parsing.periods import Unit, unit_at
from pipelines.parsing.readings import Reading
from pipelines.parsing.rules import rule
from pipelines.parsing.tagging import Tokens, tag
from pipelines.parsing.text import normalize
from warehouse.vocabulary import CurrencySource, Kind, PayPeriod, PeriodSource, Statistic

RANGE_RULE: Final = rule(
    "field.range",
    "A structured field with a lower and an upper amount.",
    reads=(),
)
POINT_RULE: Final = rule("field.point", "A structured field with one amount.", reads=())
FLOOR_RULE: Final = rule(
    "field.floor", "A structured field with a lower amount only.", reads=()
)
CEILING_RULE: Final = rule(
    "field.ceiling", "A structured field with an upper amount only.", reads=()
)

_CENT: Final = Decimal("0.01")


def read_field(
    amount_min: Decimal | None,
    amount_max: Decimal | None,
    currency: str | None,
    unit: str | None,
    title: str | None,
    in_cents: bool,  # noqa: FBT001 - the fields come in the order of the record
    *,
    country: str | None = None,
) -> Reading | None:
    """The reading of one structured pay field; None when it states no amount above zero.

    Amounts are in major units unless `in_cents`. `unit` is whatever the field says ("HOUR",
    "per-year-salary", "1 HOUR"); one that is not known leaves the unit to the magnitude bands.
    `title` is the field's own label and may make it a bonus or a benefit. Spans are (0, 0) and
    there is no matched text; the caller adds the path of the field.
    """
    low, high = (_amount(value, in_cents=in_cents) for value in (amount_min, amount_max))
    if low is None and high is None:
        return None
    one = _expression(low, high)
    _set_currency(one, currency, country)
    _set_unit(one, unit, title)
    _set_kind(one, title)
    check_plausible(one)
    return _reading(one)


def _amount(value: Decimal | None, *, in_cents: bool) -> Decimal | None:
    if value is None or not value.is_finite() or value <= 0:
        return None
    return value * _CENT if in_cents else value


def _expression(low: Decimal | None, high: Decimal | None) -> Expression:
    if low is not None and high is not None and low > high:
        one = Expression(high, low, RANGE_RULE)
        one.warnings.append("swapped")
    else:
        one = Expression(low, high, RANGE_RULE)
    if low is None:
        one.statistic, one.rule_id = Statistic.MAX, CEILING_RULE
    elif high is None:
        one.statistic, one.rule_id = Statistic.STARTING, FLOOR_RULE
    elif low == high:
        one.rule_id = POINT_RULE
    else:
        one.statistic = Statistic.RANGE
    return one


def _set_currency(one: Expression, currency: str | None, country: str | None) -> None:
    code = (currency or "").strip().upper()
    known = lexicon().words.exact.children.get(code)
    if known is not None and known.entry is not None and known.entry.money is not None:
        mark = known.entry.money.code
        if mark[0] != "~":
            one.currency, one.currency_source = mark, CurrencySource.FIELD
            return
    custom = lexicon().countries.get((country or "").upper())
    if custom is not None:
        one.currency, one.currency_source = custom[0], CurrencySource.COUNTRY


def _set_unit(one: Expression, unit: str | None, title: str | None) -> None:
    for said in (unit, title):
        found = _unit_in(said)
        if found is not None:
            one.unit, one.period_source = found, PeriodSource.FIELD
            one.trace.append(f"per:field={said}")
            return
    period = magnitude_period(one)
    if period is not None:
        one.unit = Unit(period, 1, None, 0, 0)
        one.period_source = PeriodSource.MAGNITUDE
        one.trace.append(f"per:magnitude={period}")


def _unit_in(said: str | None) -> Unit | None:
    """The first unit that a field value names, whatever its spelling."""
    if not said:
        return None
    tokens = _tagged(said.replace("_", " ").replace("-", " "))
    for place, entry in enumerate(tokens.entries):
        if entry is None:
            continue
        if entry.per is not None and (unit := unit_at(tokens, place)) and unit.period:
            return unit
        if entry.period is not None:
            return Unit(entry.period, 1, None, 0, 0)
        if entry.unit is not None:
            return _named(tokens, place, entry.unit)
    return None


def _named(tokens: Tokens, place: int, period: PayPeriod) -> Unit:
    is_task = period is PayPeriod.TASK
    return Unit(period, 1, tokens.word(place).lower() if is_task else None, 0, 0)


def _tagged(said: str) -> Tokens:
    return tag(normalize(said)[0])


def _set_kind(one: Expression, title: str | None) -> None:
    """A pay field is pay; only its label may say bonus, benefit or total."""
    one.kind = Kind.BASE
    if not title:
        return
    scores = Scores()
    add_heading(_tagged(title), scores)
    kind, _ = scores.winner()
    if kind in {Kind.BONUS, Kind.BENEFIT, Kind.TOTAL}:
        one.kind = kind
        one.trace.append(f"kind:label={title}")


def _reading(one: Expression) -> Reading:
    unit = one.unit
    return Reading(
        amount_min=one.low,
        amount_max=one.high,
        is_min_open=one.is_min_open,
        is_max_open=one.is_max_open,
        currency=one.currency,
        pay_period=unit.period if unit else None,
        statistic=one.statistic,
        kind=one.kind or Kind.BASE,
        char_start=0,
        char_end=0,
        matched_text="",
        rule_id=one.rule_id,
        per_count=unit.times if unit else 1,
        currency_source=one.currency_source,
        period_source=one.period_source if unit else None,
        unit_text=unit.text if unit else None,
        trace=tuple(one.trace),
        warnings=tuple(one.warnings),
    )
