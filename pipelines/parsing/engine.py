"""The engine: text in, readings out. One cascade, one pass, every decision on the reading."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from pipelines.parsing.amounts import FIGURES_RULE, Sum, find_amounts
from pipelines.parsing.changes import CHANGE_RULE
from pipelines.parsing.context import Context, declaration_of
from pipelines.parsing.equivalents import CARRIED, link_equivalents, share_kinds, share_units
from pipelines.parsing.expression import Expression
from pipelines.parsing.expressions import find_expressions
from pipelines.parsing.inherit import (
    amount_of,
    by_magnitude,
    check_plausible,
    from_above,
    from_declaration,
    from_siblings,
    is_yearly_range,
    kinds_from_siblings,
    magnitude_period,
)
from pipelines.parsing.kinds import (
    Scores,
    add_heading,
    follows_price,
    is_price,
    is_separator,
    score,
)
from pipelines.parsing.lexer import NUM
from pipelines.parsing.money import resolve_currency
from pipelines.parsing.periods import Unit, head_unit
from pipelines.parsing.readings import Reading
from pipelines.parsing.rules import rule
from pipelines.parsing.statistics import decide_statistic, structure_of
from pipelines.parsing.tables import read_table
from pipelines.parsing.tagging import Tokens, tag
from pipelines.parsing.text import normalize
from pipelines.parsing.windows import Stretch, stretches
from warehouse.vocabulary import Kind, PayPeriod, PeriodSource, Statistic, TaxTreatment

_DEFAULT_KINDS: Final = frozenset({Kind.BASE, Kind.TOTAL})
_CLEAR_LEAD: Final = 3
_LARGE_AMOUNT: Final = 1000
_LONGEST_ITEM: Final = 12
_TAX_REACH: Final = 3
_LABEL_REACH: Final = 14
_NOUN_REACH: Final = 3
_LABEL_GAP: Final = 4
_NEXT_RANGE: Final = 400
NEXT_RANGE: Final = rule(
    "kind.next_range",
    "A range of which nothing is said, as large as a year's pay, shortly after such a range of"
    " pay, is the pay elsewhere.",
    reads=(
        (
            "Salary in Austin: $91,000 - $99,000. Elsewhere in the state: $81,000 - $88,000.",
            "91000..99000 USD/year range base ; 81000..88000 USD/year range base",
        ),
    ),
    refuses=("Houses in Austin: $391,000 - $499,000. Elsewhere: $281,000 - $388,000.",),
)
# A text with one of these holds code.
_CODE: Final = ("```", "${", "$(", "#!/")
PARAMETERS: Final = rule(
    "amount.parameter",
    "In a text that holds code, a dollar sign and a single digit are no amount.",
    reads=(("Run `${rate}` to see it. We pay $5 an hour.", "5 USD/hour point base"),),
    refuses=('for f in $1 $2; do echo "${rate}"; done # prints the pay',),
)
LISTED: Final = rule(
    "amount.listed",
    "A bare number after a label counts under a heading that states currency and unit.",
    reads=(
        (
            "Rates by field (USD per hour)\u23ce\u23ceMedicine: 80\u2013170\u23ceLaw: 95",
            "80..170 USD/hour range base ; 95 USD/hour point base",
        ),
    ),
    refuses=("Openings by field\u23ce\u23ceMedicine: 80\u2013170\u23ceLaw: 95",),
)


def read(
    text: str,
    *,
    country: str | None = None,
    language: str | None = None,
    currency: str | None = None,
    kind_of_text: str = "auto",
    include_all: bool = False,
) -> tuple[Reading, ...]:
    """The amounts of pay that a text states, in the order of the text.

    >>> (one,) = read("Pay: from $30 an hour, with a $500 sign-on bonus.")
    >>> one.amount_min, one.amount_max, one.currency, str(one.pay_period)
    (Decimal('30'), None, 'USD', 'hour')
    >>> one.is_max_open, str(one.statistic), str(one.kind), one.matched_text
    (True, 'starting', 'base', 'from $30 an hour')
    >>> [str(one.kind) for one in read("Rate: $9/hr; bonus: $50", include_all=True)]
    ['base', 'bonus']
    >>> read("Pay: $30 an hour", country="CA")[0].currency
    'CAD'
    >>> read("We raised $40 million.")
    ()

    Args:
        text: Any string, of any length and language: a posting, a report, one line. HTML is
            turned into text before.
        country: ISO 3166 code of the country the text is about. Like the other hints it only
            breaks ties: what the text says wins.
        language: ISO 639 code of its language.
        currency: ISO 4217 code for amounts whose mark leaves the currency open.
        kind_of_text: "posting", "report" or "auto". In a posting a promise ("will be paid") is
            an offer and no forecast.
        include_all: Whether to add what is not the price of the work: the kinds bonus, benefit,
            reference and not_pay.

    Returns:
        A `Reading` for each statement of an amount; none where the text states no pay. Amounts
        are Decimal, in major units of `currency` per `per_count` pay periods ("2 cents a word"
        is 0.02 a word), as stated: never converted, never made a yearly sum. A bound that is
        not stated is None and open; a field that nothing decides is None. `char_start` and
        `char_end` count characters of `text`, so that ``text[char_start:char_end]`` is
        `matched_text`; `trace` and `warnings` say why. Equal arguments give equal answers, in
        every thread and process; time is linear in the length of the text.

    No string and no hint makes it raise.
    """
    context = Context(text, country, language, currency)
    context.is_posting = kind_of_text == "posting"
    return answer(context, stretches(text), include_all=include_all)


def read_whole(
    text: str,
    *,
    country: str | None = None,
    language: str | None = None,
    currency: str | None = None,
    include_all: bool = False,
) -> tuple[Reading, ...]:
    """The answer of `read`, found by reading every sentence: the yardstick of the windows."""
    context = Context(text, country, language, currency)
    return answer(context, stretches(text, whole=True), include_all=include_all)


def answer(
    context: Context, parts: "Iterator[Stretch]", *, include_all: bool
) -> tuple[Reading, ...]:
    """Readings of the given stretches of a text."""
    made = [pair for part in parts for pair in read_stretch(context, part)]
    return linked(made, include_all=include_all)


def linked(made: list[tuple[Expression, Reading]], *, include_all: bool) -> tuple[Reading, ...]:
    """The readings of the answer, each restated amount pointing at the one it restates."""
    kept = [pair for pair in made if include_all or pair[1].kind in _DEFAULT_KINDS]
    places = {id(one): place for place, (one, _) in enumerate(kept)}
    return tuple(_linked(one, reading, places) for one, reading in kept)


def _linked(one: Expression, reading: Reading, places: dict[int, int]) -> Reading:
    if one.equivalent_of is None:
        return reading
    place = places.get(id(one.equivalent_of))
    return reading if place is None else replace(reading, equivalent_of=place)


def read_stretch(context: Context, part: Stretch) -> list[tuple[Expression, Reading]]:
    """Every amount of a stretch, refused ones too, with its reading."""
    if part.is_table:
        cells = read_table(context, part.start, part.end)
        return [(one, to_reading(one, context.text, start, end)) for one, start, end in cells]
    clean, index = normalize(context.text[part.start : part.end])
    tokens = tag(clean, context.usual_languages)
    return [
        (one, to_reading(one, context.text, *span_of(one, tokens, part.start, index)))
        for one in read_sentence(tokens, context, part.start)
    ]


def read_sentence(tokens: Tokens, context: Context, place: int) -> list[Expression]:
    """The expressions of one sentence with everything decided; `place` is where it starts."""
    sums = find_amounts(tokens, context.country)
    if not sums:
        return []
    found = find_expressions(tokens, sums) or _listed(tokens, sums, context, place)
    found = [one for one in found if one.high != 0 and one.low != 0]
    if context.contains(_CODE):
        found = [one for one in found if not _is_parameter(one)]
    if not found:
        return []
    walls = _walls(tokens, found)
    for one in found:
        resolve_currency(tokens, one, context, place)
        _head(tokens, one, walls)
    share_units(tokens, found)
    scores = [_decide_kind(tokens, one, context, place, walls) for one in found]
    _follow_prices(found)
    _follow_label(tokens, found, scores)
    found, scores = _drop_weak(found, scores)
    silent = [each.is_silent for each in scores]
    share_kinds(tokens, found, silent)
    kinds_from_siblings(found, silent)
    from_siblings(found)
    for at, (one, each) in enumerate(zip(found, scores, strict=True)):
        _statistic(tokens, found, at, context)
        _inherit(tokens, one, each, context, place)
    if len(found) > 1:
        from_siblings(found)
        _carry_statistic(found)
    _follow(found, context, place)
    link_equivalents(tokens, found)
    for one in found:
        finish(tokens, one)
    return found


def _follow(found: list[Expression], context: Context, place: int) -> None:
    """Takes a range of which nothing is said for the same pay elsewhere, shortly after a range.

    Both must be as large as a year's pay in one currency.
    """
    for one in found:
        if one.unit is None and one.kind is Kind.NOT_PAY and "kind:no_cue" in one.trace:
            last = context.last_range
            is_near = last is not None and place - last[0] <= _NEXT_RANGE
            if (
                is_near
                and last is not None
                and last[1] == one.currency
                and is_yearly_range(one)
            ):
                one.kind = Kind.BASE
                one.unit = Unit(PayPeriod.YEAR, 1, None, one.stop, one.stop)
                one.period_source = PeriodSource.SIBLING
                one.trace.append("kind:next_range")
        if one.kind is Kind.BASE and is_yearly_range(one):
            context.last_range = place, one.currency


def _is_parameter(one: Expression) -> bool:
    """Whether a dollar sign and a digit are a parameter of a script ("$1")."""
    is_digit = one.low is not None and one.low == one.high and len(str(one.low)) == 1
    return is_digit and one.unit is None and one.currency == "~dollar"


def _listed(tokens: Tokens, sums: list[Sum], context: Context, place: int) -> list[Expression]:
    """Bare amounts after a label ("Law: 70-140") under a heading that states money and unit."""
    first = sums[0].first
    is_item = (
        len(tokens) <= _LONGEST_ITEM
        and tokens.word(first - 1) == ":"
        and tokens.gap(first) == 1
        and sums[-1].stop >= len(tokens) - 1
    )
    heading = context.heading(place) if is_item else None
    declared = declaration_of(heading, needs_noun=False) if heading is not None else None
    if declared is None or declared.currency is None or declared.unit is None:
        return []
    return find_expressions(tokens, sums, is_cell=True)


def _walls(tokens: Tokens, found: list[Expression]) -> dict[int, tuple[int, int]]:
    """For each expression, where its own stretch of the sentence begins and ends."""
    walls: dict[int, tuple[int, int]] = {}
    begin = 0
    for place, one in enumerate(found):
        end = following = len(tokens)
        if place + 1 < len(found):
            end, following = _border(tokens, one.stop, found[place + 1].first)
        if place and one.rule_id == CHANGE_RULE == found[place - 1].rule_id:
            begin = walls[id(found[place - 1])][0]
        walls[id(one)] = (begin, end)
        begin = following
    return walls


def _border(tokens: Tokens, start: int, stop: int) -> tuple[int, int]:
    """Where the stretch of one expression ends and that of the next begins.

    Without a separator between them the words belong to the next; the first few also to the
    one before, whose noun they may be ("a $100 bonus after spending $500").
    """
    for place in range(start, stop):
        if is_separator(tokens.roles(place)):
            return place, place
    end = start
    while end < min(stop, start + _NOUN_REACH) and "break" not in tokens.roles(end):
        end += 1
    return end, start


def _head(tokens: Tokens, one: Expression, walls: dict[int, tuple[int, int]]) -> None:
    if one.unit is not None:
        one.period_source = PeriodSource.STATED
        return
    one.unit = head_unit(tokens, one.first, walls[id(one)][0])
    if one.unit is None and one.core_first - one.first > 1:
        one.unit = head_unit(tokens, one.core_first, one.first)
    if one.unit is not None:
        one.period_source = PeriodSource.STATED
        one.trace.append(f"per:head={one.unit.period}")
        one.tax = _tax_of_head(tokens, one.unit.first)


def _tax_of_head(tokens: Tokens, place: int) -> TaxTreatment | None:
    """The tax treatment that a head word names ("Bruttojahresgehalt", "brutto månedslønn")."""
    for at in (place, place - 1):
        entry = tokens.entry(at)
        if entry is not None and entry.tax is not None:
            return entry.tax
    return None


def _decide_kind(
    tokens: Tokens,
    one: Expression,
    context: Context,
    place: int,
    walls: dict[int, tuple[int, int]],
) -> Scores:
    scores = one.scores = score(tokens, one, *walls[id(one)])
    kind, lead = scores.winner()
    if lead <= _CLEAR_LEAD:
        heading = context.heading(place)
        if heading is not None:
            add_heading(heading, scores)
            kind, lead = scores.winner()
    if one.unit is None and scores.is_silent:
        kind = None
    if kind is Kind.BASE and is_price(scores, context, place):
        kind = None
    if one.reason == "prior":
        kind = Kind.REFERENCE
    one.kind = kind or Kind.NOT_PAY
    one.trace.extend(_kind_trace(scores, kind))
    return scores


def _follow_prices(found: list[Expression]) -> None:
    """Refuses an amount that only goes on in a list of prices."""
    for first, second in pairwise(found):
        if second.kind is Kind.BASE and follows_price(first, second):
            second.kind = Kind.NOT_PAY
            second.trace.append("kind:sibling=not_pay")


def _follow_label(tokens: Tokens, found: list[Expression], scores: list[Scores]) -> None:
    """Gives the amounts of a list after a label ("Median pay: A (x), B (y)") what it says."""
    first = found[0]
    near = range(max(0, first.first - _LABEL_GAP), first.first)
    is_label = any(tokens.word(place) == ":" for place in near)
    if not is_label or first.kind not in _DEFAULT_KINDS or not scores[0].has_pay_cue:
        return
    for one, each in zip(found[1:], scores[1:], strict=True):
        is_open = one.unit is None and not one.is_bare and one.kind is Kind.NOT_PAY
        if not is_open or not each.is_silent:
            return
        one.kind, one.trace[:] = first.kind, [*one.trace[:-1], "kind:label"]
        each.has_pay_cue = True
        if "per:head" in "".join(first.trace) and first.unit is not None:
            period = magnitude_period(one)
            if period in {None, first.unit.period}:
                one.unit, one.period_source = first.unit, PeriodSource.HEADER
                one.trace.append("per:label")


def _carry_statistic(found: list[Expression]) -> None:
    """Gives the amounts of a labelled list the statistic of its first ("Median pay: A, B")."""
    for one in found[1:]:
        if "kind:label" in one.trace and one.statistic is Statistic.POINT:
            one.statistic = (
                found[0].statistic if found[0].statistic in CARRIED else one.statistic
            )


def _kind_trace(scores: Scores, kind: Kind | None) -> list[str]:
    if kind is None:
        return ["kind:no_cue"]
    return [
        f"kind:{each.zone}={each.word}@{each.place}"
        for each in scores.best.values()
        if each.kind is kind
    ]


def _drop_weak(
    found: list[Expression], scores: list[Scores]
) -> tuple[list[Expression], list[Scores]]:
    """Without a mark, or with a code that is also a word, it takes a pay word or a unit."""
    kept = [
        (one, each)
        for one, each in zip(found, scores, strict=True)
        if _is_supported(one, has_pay_cue=each.has_pay_cue)
    ]
    return [one for one, _ in kept], [each for _, each in kept]


def _is_supported(one: Expression, *, has_pay_cue: bool) -> bool:
    if (one.is_bare or one.rule_id == FIGURES_RULE) and not has_pay_cue:
        return False
    if one.unit is not None:
        return True
    if "trap" in one.mark_flags:
        return _is_large(one)
    return has_pay_cue or "prefix" not in one.mark_flags


def _is_large(one: Expression) -> bool:
    """Whether an amount is too large to be a count ("ALL 25 roles")."""
    return amount_of(one) >= _LARGE_AMOUNT


def _statistic(tokens: Tokens, found: list[Expression], place: int, context: Context) -> None:
    one = found[place]
    before = found[place - 1] if place else None
    if before is not None and before.reason == "prior":
        before = found[place - 2] if place > 1 else None
    wall = before.stop if before is not None else 0
    limit = found[place + 1].first if place + 1 < len(found) else len(tokens)
    after_share = before is not None and before.statistic is Statistic.SHARE
    decide_statistic(tokens, one, wall, limit, after_share=after_share)
    if context.is_posting and one.statistic is Statistic.PROJECTION:
        one.statistic = structure_of(one)


def _inherit(
    tokens: Tokens, one: Expression, scores: Scores, context: Context, place: int
) -> None:
    if one.unit is None and one.kind in {Kind.BONUS, Kind.BENEFIT}:
        one.unit = Unit(PayPeriod.ONCE, 1, None, one.stop, one.stop)
        one.trace.append("per:once")
    elif one.unit is None and one.kind is not Kind.NOT_PAY:
        _from_around(tokens, one, context, place, has_pay_cue=scores.has_pay_cue)
    check_plausible(one)


def _from_around(
    tokens: Tokens, one: Expression, context: Context, place: int, *, has_pay_cue: bool
) -> None:
    """Looks for the unit in the heading, then in declarations, then in the size."""
    from_above(one, context, place)
    if one.unit is None and has_pay_cue:
        _by_declaration(one, context, place)
    if one.unit is None and has_pay_cue:
        near = range(max(0, one.first - 8), min(len(tokens), one.stop + 4))
        entries = (tokens.entries[at] for at in near)
        flags = (entry.flags for entry in entries if entry is not None)
        by_magnitude(one, context, frozenset[str]().union(*flags))


def _by_declaration(one: Expression, context: Context, place: int) -> None:
    if context.may_declare():
        from_declaration(one, context, place)


def _doubt(one: Expression) -> None:
    """Marks an amount that is asked about, denied or imagined."""
    if "nonassertive" not in one.warnings:
        one.warnings.append("nonassertive")


def finish(tokens: Tokens, one: Expression) -> None:
    """The last small facts: tax words beside the amount, payments per year, negation."""
    near = range(max(0, one.first - _TAX_REACH), min(len(tokens), one.stop + 4))
    for at in near:
        entry = tokens.entries[at]
        if entry is None:
            continue
        if entry.tax is not None and (one.tax is None or entry.tax == TaxTreatment.EX_VAT):
            one.tax = one.tax if _leads_on(tokens, one, at) else entry.tax
        if entry.assertion is not None and at < one.first:
            _doubt(one)
    if "question" in tokens.roles(len(tokens) - 1):
        _doubt(one)
    one.tax = one.tax or _tax_of_label(tokens, one)
    for at in range(one.first, min(len(tokens), one.stop + 12)):
        entry = tokens.entries[at]
        if entry is not None and entry.payments is not None:
            one.payments = entry.payments


def _tax_of_label(tokens: Tokens, one: Expression) -> TaxTreatment | None:
    """Gross or net said of a word of pay before ("the net salary of a clerk is $900")."""
    for back in range(one.first - 1, max(-1, one.first - _LABEL_REACH), -1):
        entry = tokens.entries[back]
        if _ends_label(tokens, back):
            return None
        if entry is None or entry.tax is None:
            continue
        if entry.cues or _is_beside_pay(tokens, back):
            return entry.tax
    return None


def _ends_label(tokens: Tokens, place: int) -> bool:
    """Whether a label reaches no farther: a separator, or a number that is no year."""
    word = tokens.word(place)
    is_year = len(word) == 4 and word.startswith(("19", "20")) and word.isdigit()
    return is_separator(tokens.roles(place)) or (tokens.kinds[place] == NUM and not is_year)


def _is_beside_pay(tokens: Tokens, place: int) -> bool:
    sides = (tokens.entry(place + side) for side in (-2, -1, 1))
    return any(side is not None and side.pay_noun is not None for side in sides)


def _leads_on(tokens: Tokens, one: Expression, place: int) -> bool:
    """Whether a word after an amount belongs to the next one: ", of it net 300"."""
    is_apart = any(tokens.word(at) in {",", ";"} for at in range(one.stop, place))
    return is_apart and any(tokens.kind(at) == NUM for at in range(place + 1, place + 4))


def to_reading(one: Expression, text: str, start: int, end: int) -> Reading:
    """The published form of an expression that stands at a span of the original text."""
    unit = one.unit
    return Reading(
        amount_min=one.low,
        amount_max=one.high,
        is_min_open=one.is_min_open,
        is_max_open=one.is_max_open,
        currency=one.currency,
        pay_period=unit.period if unit else None,
        statistic=one.statistic,
        kind=one.kind or Kind.NOT_PAY,
        char_start=start,
        char_end=end,
        matched_text=text[start:end],
        rule_id=one.rule_id,
        per_count=unit.times if unit else 1,
        tax_treatment=one.tax,
        currency_source=one.currency_source,
        period_source=one.period_source if unit else None,
        unit_text=unit.text if unit else None,
        share_percent=one.share,
        share_percent_max=one.share_max,
        is_approximate=one.is_approximate,
        payments_per_year=one.payments,
        stated_hours_per_year=one.hours,
        midpoint=one.midpoint,
        trace=tuple(one.trace),
        warnings=tuple(one.warnings),
    )


def span_of(
    one: Expression, tokens: Tokens, offset: int, index: Sequence[int] | None
) -> tuple[int, int]:
    """Where an expression stands in the original text."""
    start, end = tokens.starts[one.first], tokens.ends[one.stop - 1]
    if index is not None:
        start, end = index[start], max(index[end], index[end - 1] + 1)
    return offset + start, offset + end
