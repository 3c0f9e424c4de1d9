"""Structured pay fields: schema.org salaries, applicant-tracking intervals, bare columns.

The door is `read_pay`: one field as a source hands it over, to the readings it states. What is
where in which board's records is the business of `sources`; what a unit, a cent, a label or a
statistic means is decided here, by the word lists, bands and D-rules that read texts.
"""

import re
from dataclasses import replace
from decimal import Decimal
from typing import Any, Final, Protocol

from pipelines.parsing.amounts import fits
from pipelines.parsing.context import family_default
from pipelines.parsing.engine import read
from pipelines.parsing.expression import Expression
from pipelines.parsing.field_units import spelled_out, tagged, unit_said
from pipelines.parsing.inherit import amount_of, check_plausible, hour_ceiling, magnitude_period
from pipelines.parsing.kinds import Scores, add_heading
from pipelines.parsing.lexicon import lexicon
from pipelines.parsing.money import currency_of
from pipelines.parsing.periods import Unit
from pipelines.parsing.readings import Reading
from pipelines.parsing.rules import rule
from warehouse.vocabulary import (
    CurrencySource,
    Kind,
    PayPeriod,
    PeriodSource,
    ReadingWarning,
    Statistic,
)

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

UNSTATED: Final = frozenset({None, PeriodSource.MAGNITUDE, PeriodSource.COUNTRY})
"""How a period is known that nobody named."""

_CENT: Final = Decimal("0.01")
_PAY: Final = frozenset({Kind.BASE, Kind.TOTAL})
_LABELLED: Final = frozenset({Kind.BONUS, Kind.BENEFIT, Kind.TOTAL})
_QUANTILE: Final = re.compile(r"percentile ?(\d{1,2})")
_STATISTICS: Final = {
    "median": Statistic.MEDIAN,
    "average": Statistic.AVERAGE,
    "mean": Statistic.AVERAGE,
}
# The engine reads a number beside a currency. Bare numbers of a field without one borrow this.
_BORROWED: Final = "USD"
_BARE: Final = re.compile(r"\d(?:[\d.,'\u2019\s+~\u2013\u2014-]|to)*")


class PayField(Protocol):
    """One structured pay field as a source found it, uninterpreted.

    Amounts stand in numbers or in `text`. `title` is the field's own label, `note` prose beside
    it, `pays_for` the board's word for the kind of money, `statistic` the name of the figure in
    a distribution ("percentile25"). `is_estimate` says that nobody who pays stated it.
    """

    @property
    def amount_min(self) -> Decimal | None: ...  # noqa: D102 - the record explains itself
    @property
    def amount_max(self) -> Decimal | None: ...  # noqa: D102
    @property
    def currency(self) -> str | None: ...  # noqa: D102
    @property
    def unit(self) -> str | None: ...  # noqa: D102
    @property
    def title(self) -> str | None: ...  # noqa: D102
    @property
    def in_cents(self) -> bool: ...  # noqa: D102
    @property
    def note(self) -> str | None: ...  # noqa: D102
    @property
    def pays_for(self) -> str | None: ...  # noqa: D102
    @property
    def statistic(self) -> str | None: ...  # noqa: D102
    @property
    def is_estimate(self) -> bool: ...  # noqa: D102
    @property
    def text(self) -> str | None: ...  # noqa: D102


def read_pay(
    field: PayField,
    *,
    country: str | None = None,
    language: str | None = None,
    currency: str | None = None,
) -> tuple[Reading, ...]:
    """The readings of one structured pay field, of any kind; none when it states no amount.

    Words go through the engine as if a pay label stood before them; the field's own currency
    and unit hold where the words name none. `country`, `language` and `currency` are the hints
    of `read`. Spans are (0, 0); `matched_text` has the words of a field in words, else nothing.
    The caller adds the path of the field. Never raises for any field.
    """
    if field.text is not None:
        return _read_words(field, field.text, country, language, currency)
    reading = read_field(
        field.amount_min,
        field.amount_max,
        field.currency or currency,
        field.unit,
        field.title,
        field.in_cents,
        country=country,
        language=language,
        note=field.note,
        pays_for=field.pays_for,
    )
    if reading is None:
        return ()
    if not field.currency and reading.currency_source is CurrencySource.FIELD:
        reading = replace(reading, currency_source=CurrencySource.HINT)
    return (_as_said(reading, field),)


def read_field(
    amount_min: Decimal | None,
    amount_max: Decimal | None,
    currency: str | None,
    unit: str | None,
    title: str | None,
    in_cents: bool,  # noqa: FBT001 - the fields come in the order of the record
    *,
    country: str | None = None,
    language: str | None = None,
    note: str | None = None,
    pays_for: str | None = None,
) -> Reading | None:
    """The reading of a pay field in numbers; None when it states no amount above zero.

    Amounts are in major units unless `in_cents`. `unit` is whatever the field says ("HOUR",
    "per-year-salary", "2 WEEK"); where it names none the label does, then the prose beside it,
    then the magnitude bands. `pays_for`, or else `title`, may make it a bonus, a benefit or a
    total; the prose of `note` never does, because it tells of much that the amount is not.
    """
    low, high = (_amount(value, in_cents=in_cents) for value in (amount_min, amount_max))
    if low is None and high is None:
        return None
    one = _expression(low, high)
    _set_currency(one, currency, country, language)
    _set_kind(one, pays_for, title)
    _set_unit(one, (unit, title, note))
    _check_plausible(one)
    return _reading(one)


def _amount(value: Decimal | None, *, in_cents: bool) -> Decimal | None:
    if value is None or not value.is_finite() or value <= 0:
        return None
    return value * _CENT if in_cents else value


def _expression(low: Decimal | None, high: Decimal | None) -> Expression:
    if low is not None and high is not None and low > high:
        one = Expression(high, low, RANGE_RULE)
        one.warnings.append(ReadingWarning.SWAPPED)
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


def _set_currency(
    one: Expression, said: str | None, country: str | None, language: str | None
) -> None:
    """Takes the currency named; only where none is named that of the country."""
    if said is None or not said.strip():
        one.currency = currency_of((country or "").upper())
        one.currency_source = CurrencySource.COUNTRY if one.currency else None
        return
    mark = _mark_in(said)
    if mark is not None and mark[0] == "~":
        custom = currency_of((country or "").upper())
        is_custom = custom is not None and fits(mark, custom)
        one.currency = custom if is_custom else family_default(mark, language or "")
        source = CurrencySource.COUNTRY if is_custom else CurrencySource.DEFAULT
        one.currency_source = source if one.currency else None
    elif mark is not None:
        one.currency, one.currency_source = mark, CurrencySource.FIELD


def _mark_in(said: str) -> str | None:
    """The code of the currency that a field names, or the family of its sign; else None."""
    known = lexicon().words.exact.children.get(said.strip().upper())
    if known is not None and known.entry is not None and known.entry.money is not None:
        return known.entry.money.code
    marks = (entry.money for entry in tagged(said).entries if entry is not None)
    return next((mark.code for mark in marks if mark is not None and not mark.is_minor), None)


def _set_unit(one: Expression, places: tuple[str | None, ...]) -> None:
    if not _take_named_unit(one, places):
        _guess_unit(one, places[1])


def _take_named_unit(one: Expression, places: tuple[str | None, ...]) -> bool:
    """Takes the unit that the first of some values names; whether one does."""
    for said in places:
        found = unit_said(said)
        if found is not None:
            one.trace.append(f"per:field={said}")
            one.unit = found if found.period is not None else None
            one.period_source = PeriodSource.FIELD if found.period is not None else None
            return True
    return False


def _guess_unit(one: Expression, title: str | None) -> None:
    """Bonus and benefit are paid once if nothing else is said; for pay its size tells.

    A label that says salary rules out the hour, as it does in texts.
    """
    if one.kind in {Kind.BONUS, Kind.BENEFIT}:
        one.unit = Unit(PayPeriod.ONCE, 1, None, 0, 0)
        one.trace.append("per:once")
        return
    entries = tagged(title or "").entries
    flags = frozenset[str]().union(*(entry.flags for entry in entries if entry is not None))
    period = magnitude_period(one, flags)
    if period is not None:
        one.unit = Unit(period, 1, None, 0, 0)
        one.period_source = PeriodSource.MAGNITUDE
        one.trace.append(f"per:magnitude={period}")


def _set_kind(one: Expression, pays_for: str | None, title: str | None) -> None:
    """A pay field is pay; only its own word or its label may say bonus, benefit or total."""
    label = pays_for or title
    kind = _kind_in(label)
    one.kind = kind or Kind.BASE
    if kind is not None:
        one.trace.append(f"kind:label={label}")


def _kind_in(label: str | None) -> Kind | None:
    if not label:
        return None
    scores = Scores()
    add_heading(tagged(spelled_out(label)), scores)
    kind, _ = scores.winner()
    return kind if kind in _LABELLED else None


def _check_plausible(one: Expression) -> None:
    """Takes away a unit that cannot be right, as in texts; and a month that must be an hour.

    Fields often name the month because the form had no hour to choose. Texts do not, and there
    a few dollars a month may be meant.
    """
    unit, ceiling = one.unit, hour_ceiling(one.currency)
    is_month = unit is not None and unit.period is PayPeriod.MONTH and unit.times == 1
    is_hourly = is_month and ceiling is not None and amount_of(one) <= ceiling
    if is_hourly and one.kind in _PAY and one.period_source is PeriodSource.FIELD:
        one.unit = one.period_source = None
        one.warnings.append(ReadingWarning.IMPLAUSIBLE_PERIOD)
    check_plausible(one)


def _reading(one: Expression) -> Reading:
    return Reading(
        amount_min=one.low,
        amount_max=one.high,
        is_min_open=one.is_min_open,
        is_max_open=one.is_max_open,
        statistic=one.statistic,
        char_start=0,
        char_end=0,
        matched_text="",
        rule_id=one.rule_id,
        **_decided(one),
    )


def _decided(one: Expression) -> dict[str, Any]:
    """What a field decides about an amount, by the names of a reading."""
    unit = one.unit
    return {
        "currency": one.currency,
        "currency_source": one.currency_source,
        "pay_period": unit.period if unit else None,
        "per_count": unit.times if unit else 1,
        "unit_text": unit.text if unit else None,
        "period_source": one.period_source if unit else None,
        "kind": one.kind or Kind.BASE,
        "trace": tuple(one.trace),
        "warnings": tuple(one.warnings),
    }


def _as_said(reading: Reading, field: PayField) -> Reading:
    """The reading as the statistic that its field is, and as nobody's offer if it is none."""
    statistic, trace, warnings = _statistic_of(field.statistic), reading.trace, reading.warnings
    if statistic is not None:
        trace = (*trace, f"stat:field={field.statistic}")
    kind = reading.kind
    if field.is_estimate:
        kind = Kind.REFERENCE if kind in _PAY else kind
        warnings = (*warnings, ReadingWarning.ESTIMATED)
    return replace(
        reading,
        statistic=statistic or reading.statistic,
        kind=kind,
        trace=trace,
        warnings=warnings,
    )


def _statistic_of(name: str | None) -> Statistic | None:
    said = (name or "").lower()
    quantile = _QUANTILE.fullmatch(said)
    if quantile is not None:
        is_middle = int(quantile[1]) == 50
        return Statistic.MEDIAN if is_middle else Statistic.PERCENTILE
    return _STATISTICS.get(said)


def _read_words(
    field: PayField, text: str, country: str | None, language: str | None, currency: str | None
) -> tuple[Reading, ...]:
    """Reads the words of a field with the field as their label."""
    mark = _mark_in(field.currency) if field.currency else None
    own = mark if mark is not None and mark[0] != "~" else None
    found = read(
        f"Pay: {text}",
        country=country,
        language=language,
        currency=own or currency,
        include_all=True,
    )
    if not found and _BARE.fullmatch(text.strip()):
        found = _read_bare(text, own or currency)
    return tuple(_completed(reading, field, text, own) for reading in found)


def _read_bare(text: str, currency: str | None) -> tuple[Reading, ...]:
    """Reads "25-30" or "45,000" of a field that names the currency elsewhere, or nowhere."""
    found = read(f"Pay: {currency or _BORROWED} {text}", include_all=True)
    if currency is not None:
        # Not stated at the amount: the code was put there for the engine.
        return tuple(replace(one, currency_source=CurrencySource.HINT) for one in found)
    return tuple(
        replace(
            reading, currency=None, currency_source=None, pay_period=None, period_source=None
        )
        for reading in found
    )


def _completed(reading: Reading, field: PayField, text: str, own: str | None) -> Reading:
    """The reading of a field's words with the unit, currency and kind that the field adds."""
    one = _reopened(reading)
    is_new_currency = one.currency is None and own is not None
    if own is not None and (is_new_currency or one.currency_source is CurrencySource.HINT):
        one.currency, one.currency_source = own, CurrencySource.FIELD
    if reading.kind is Kind.BASE:
        _set_kind(one, field.pays_for, field.title)
    is_open = one.period_source in UNSTATED and not reading.warnings
    is_named = is_open and _take_named_unit(one, (field.unit, field.title, field.note))
    if is_new_currency and one.unit is None and is_open and not is_named:
        _guess_unit(one, field.title)
    _check_plausible(one)
    made = replace(
        reading,
        **_decided(one),
        char_start=0,
        char_end=0,
        matched_text=text,
    )
    return _as_said(made, field)


def _reopened(reading: Reading) -> Expression:
    """A reading as an expression of which more may be decided."""
    one = Expression(reading.amount_min, reading.amount_max, reading.rule_id)
    one.kind = reading.kind
    one.currency, one.currency_source = reading.currency, reading.currency_source
    if reading.pay_period is not None:
        one.unit = Unit(reading.pay_period, reading.per_count, reading.unit_text, 0, 0)
        one.period_source = reading.period_source
    one.trace.extend((*reading.trace, "field:words"))
    one.warnings.extend(reading.warnings)
    return one
