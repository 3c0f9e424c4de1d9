"""Amount expressions: single sums joined into ranges, opened by bounds, split by changes."""

from decimal import Decimal
from typing import Final, NamedTuple

from pipelines.parsing.amounts import (
    BARE_RULE,
    FIGURES_RULE,
    SYMBOL_RULE,
    WORDS_RULE,
    Sum,
    fits,
)
from pipelines.parsing.lexer import DASH, NUM, WORD
from pipelines.parsing.periods import Unit, attached_unit, unit_at
from pipelines.parsing.rules import rule
from pipelines.parsing.tagging import Tokens
from warehouse.vocabulary import (
    CurrencySource,
    Kind,
    PayPeriod,
    PeriodSource,
    Statistic,
    TaxTreatment,
)

DASH_RULE: Final = rule(
    "range.dash",
    "Two amounts joined by a dash or a tilde are a range; mark, scale and unit are shared.",
    reads=(
        ("Pay: $21/hr - $26/hr", "21..26 USD/hour range base"),
        ("$55-70k base", "55000..70000 USD/year range base"),
        ("$130k-155 salary", "130000..155000 USD/year range base"),
        ("$45 - $45 hourly", "45 USD/hour point base"),
    ),
    refuses=("Read pages 20-40 in the years 2019-2021", "Take $20 - 40 hours later it is gone"),
)
TO_RULE: Final = rule(
    "range.to",
    "Two amounts joined by to (from X to Y, X up to Y) are a range.",
    reads=(
        ("Pay range $88,000 to $104,000 CAD", "88000..104000 CAD/year range base"),
        ("Pay is $40 to over $95 an hour", "40..95+ USD/hour range base"),
        ("Roles in the $15-to-$25-an-hour range", "15..25 USD/hour range base"),
        ("Pay is from under $2 to $8 an hour", "<2..8 USD/hour range base"),
        (
            "Pay goes from about $10 an hour for simple rating to $350 for a psychiatrist",
            "10..350 USD/hour range base",
        ),
    ),
)
BETWEEN_RULE: Final = rule(
    "range.between_and",
    "Between X and Y is a range.",
    reads=(
        ("Salary between $61k and $73k", "61000..73000 USD/year range base"),
        ("Pay is between $18-$24/hr", "18..24 USD/hour range base"),
    ),
)
RISING_RULE: Final = rule(
    "range.start_and_top",
    "A starting amount followed by the amount it rises to is a range.",
    reads=(
        ("Starts at $19/hr, rising to $22/hr after 90 days", "19..22 USD/hour range base"),
        ("Pay starting at $18, up to $24 an hour", "18..24 USD/hour range base"),
    ),
)
LABELS_RULE: Final = rule(
    "range.minimum_maximum",
    "Amounts labelled minimum and maximum are one range; a midpoint is kept.",
    refuses=('{"age_min": 18, "age_max": 24, "country": "US"}',),
    reads=(
        (
            "Pay range minimum: $71,400 Pay range maximum: $99,900",
            "71400..99900 USD/year range base",
        ),
        (
            "Salary: $60,000 (minimum) \u2013 $70,000 (midpoint) \u2013 $80,000 (maximum)",
            "60000..80000 USD/year range base",
        ),
        (
            '{"pay_min": 18.5, "pay_max": 24, "currency": "USD", "interval": "hourly"}',
            "18.5..24 USD/hour range base",
        ),
    ),
)
SLASH_RULE: Final = rule(
    "range.slash",
    "Two numbers with a slash, the second at most twice the first, then a unit: a range.",
    reads=(
        ("$20/25 per hour", "20..25 USD/hour range base"),
        (
            "$18/$22/$27 per hour for L1/L2/L3",
            "18 USD/hour point base ; 22 USD/hour point base ; 27 USD/hour point base",
        ),
    ),
)
FLOOR_RULE: Final = rule(
    "bound.floor",
    "A floor word before the amount (from, at least, over) or after it (+, and up, or more).",
    reads=(
        ("Starting at £12.90 per hour", "12.90.. GBP/hour starting base"),
        ("$65+ per hour", "65.. USD/hour starting base"),
        ("Pay is $50 an hour or more", "50.. USD/hour starting base"),
        ("Pay: up to $30+ an hour", "30.. USD/hour starting base"),
        ("Coders make $95-plus an hour", "95.. USD/hour starting base"),
        ("They get 60 dollars plus an hour", "60.. USD/hour starting base"),
        ("Pay of $100 to $125-plus an hour", "100..125+ USD/hour range base"),
        ("We pay $60 plus an annual bonus", "60 USD/hour point base"),
    ),
    refuses=("More than 60 people work over 20 hours", "The $20-plus plan is billed monthly"),
)
CEILING_RULE: Final = rule(
    "bound.ceiling",
    "A ceiling word before the amount: up to, under, at most.",
    reads=(
        ("Rates go up to $210/hr for radiologists", "..210 USD/hour max base"),
        ("Pay: up to $20\u201325 an hour", "<20..25 USD/hour max base"),
    ),
)
CHANGE_RULE: Final = rule(
    "change.from_to",
    "A rate that rose or fell from A to B: the new value counts, the old one is reference.",
    reads=(
        (
            "Median pay rose from $23 to $27 an hour",
            "27 USD/hour median base (23 USD/hour median reference)",
        ),
        (
            "Contractors now get $16 an hour, down from $21",
            "16 USD/hour point base (21 USD/hour point reference)",
        ),
        (
            "The offer went from $35/hr to $25/hr",
            "25 USD/hour point base (35 USD/hour point reference)",
        ),
        (
            "Average pay: $47.50 an hour (up 12% from $42.40)",
            "47.50 USD/hour average base (42.40 USD/hour point reference)",
        ),
    ),
)

_LONGEST_JOINT: Final = 14
_LABEL_REACH: Final = 60
_CHANGE_REACH: Final = 8
_SKIPPED_BETWEEN: Final = frozenset({")", "(", '"', "]", "\u201d"})
_AIMS: Final = frozenset({"for", "in"})
_QUOTES: Final = frozenset({'"', "'"})
_FIELD_MARKS: Final = _QUOTES | {":", "="}
_UNIT_FIELDS: Final = frozenset(
    {"unit", "unittext", "interval", "period", "pay period", "frequency", "per", "rate type"}
)
_YEAR_FIRST, _YEAR_LAST = 1900, 2100


class Expression:
    """One amount expression of a sentence, with everything decided about it so far."""

    __slots__ = (
        "core_first", "core_stop", "currency", "currency_source", "equivalent_of", "first",
        "high", "hours", "is_approximate", "is_bare", "is_max_open", "is_min_open", "kind",
        "low",
        "mark_flags", "midpoint", "payments", "period_source", "place", "reason", "rule_id",
        "share", "share_max", "statistic", "stop", "tax", "trace", "unit", "warnings",
    )  # fmt: skip

    def __init__(self, low: Decimal | None, high: Decimal | None, rule_id: str) -> None:
        """The bounds as stated; everything else is still open."""
        self.low = low
        self.high = high
        self.rule_id = rule_id
        self.is_min_open = low is None
        self.is_max_open = high is None
        self.currency: str | None = None
        self.currency_source: CurrencySource | None = None
        self.mark_flags: frozenset[str] = frozenset()
        self.first = self.stop = self.core_first = self.core_stop = 0
        self.unit: Unit | None = None
        self.period_source: PeriodSource | None = None
        self.statistic: Statistic = Statistic.POINT
        self.kind: Kind | None = None
        self.reason: str | None = None
        self.tax: TaxTreatment | None = None
        self.share: Decimal | None = None
        self.share_max: Decimal | None = None
        self.payments: Decimal | None = None
        self.hours: Decimal | None = None
        self.midpoint: Decimal | None = None
        self.equivalent_of: Expression | None = None
        self.is_approximate = False
        self.is_bare = False
        self.place = 0
        self.trace: list[str] = []
        self.warnings: list[str] = []


class _Left:
    """The bound and approximation words before an amount, and where they start."""

    __slots__ = ("bound", "first", "frame", "is_approximate", "is_cell")

    def __init__(self, first: int, *, is_cell: bool = False) -> None:
        self.first = first
        self.is_cell = is_cell
        self.bound: str | None = None
        self.frame = False
        self.is_approximate = False


class _Joint(NamedTuple):
    """How two sums hang together."""

    rule_id: str
    first_unit: Unit | None
    open_top: bool = False

    @property
    def is_dash(self) -> bool:
        return self.rule_id == DASH_RULE


def find_expressions(
    tokens: Tokens, sums: list[Sum], *, is_cell: bool = False
) -> list[Expression]:
    """The amount expressions of a sentence, in order.

    `is_cell` lets unmarked numbers stand alone, as in a table column that has a unit.
    """
    found: list[Expression] = []
    place = 0
    while place < len(sums):
        made, used = _expression_at(tokens, sums, place, is_cell=is_cell)
        found.extend(made)
        place += used
    return found


def _expression_at(
    tokens: Tokens, sums: list[Sum], place: int, *, is_cell: bool
) -> tuple[list[Expression], int]:
    one = sums[place]
    is_cell = is_cell or _follows_unit_label(tokens, one)
    left = _left_of(tokens, one.first, is_cell=is_cell)
    if place + 1 < len(sums):
        for attempt in (_changed, _labelled, _slashed, _joined):
            made, used = attempt(tokens, sums, place, left)
            if used:
                return made, used
    if one.is_latent and not is_cell and not _may_stand_bare(tokens, one):
        return [], 1
    return [_single(tokens, one, left)], 1


def _follows_unit_label(tokens: Tokens, one: Sum) -> bool:
    """Whether a label right before a bare number names its currency ("Rate (USD): 30")."""
    if not one.is_latent or tokens.word(one.first - 1) != ":" or one.is_word_number:
        return False
    for back in range(one.first - 2, max(-1, one.first - 8), -1):
        entry = tokens.entries[back]
        if entry is not None and entry.money is not None and not entry.money.is_minor:
            return tokens.kind(back - 1) != NUM
    return False


def _may_stand_bare(tokens: Tokens, one: Sum) -> bool:
    """An unmarked number counts only with its unit right after it, or with a scale."""
    if one.is_word_number:
        return False
    if one.scale is not None:
        return True
    if tokens.entry(one.stop) is None and tokens.word(one.stop) != "/":
        return False
    unit = attached_unit(tokens, one.stop)
    if unit is None or unit.first != one.stop or unit.period is None:
        return False
    entry = tokens.entry(one.stop)
    if entry is not None and "clock" in entry.flags:
        return one.value >= 1000
    if entry is not None and "adjective" in entry.flags and tokens.kind(unit.stop) == WORD:
        return False
    return tokens.word(one.stop).lower() not in {"a", "an", "in", "for", "over", "within"}


def _left_of(tokens: Tokens, first: int, *, is_cell: bool) -> _Left:
    """Reads the bound words before an amount from right to left."""
    left = _Left(first, is_cell=is_cell)
    back = first - 1
    while back >= 0 and _read_left(tokens, left, back):
        back -= 1
    return left


def _read_left(tokens: Tokens, left: _Left, back: int) -> bool:
    """Takes in one token before an amount; whether the search goes on."""
    entry = tokens.entries[back]
    if entry is None:
        return tokens.word(back) == "of" and _is_stat(tokens, back - 1)
    if back == 0 and tokens.word(0) in {">", "<"}:
        return False
    if entry.bound == "from":
        left.frame = True
    elif entry.bound is not None and not entry.bound.endswith("_after"):
        _take_bound(left, entry.bound, back, is_frame="frame" in entry.flags)
    elif entry.approx is not None:
        left.is_approximate = True
        left.first = back if left.bound is None else left.first
    else:
        return entry.stat is not None or tokens.word(back).lower() in {"a", "an"}
    return True


def _take_bound(left: _Left, bound: str, place: int, *, is_frame: bool) -> None:
    """The bound nearest the amount counts; only "between" overrides it."""
    if left.bound is None or bound == "between":
        left.bound = bound
    left.frame = left.frame or is_frame
    left.first = place


def _is_stat(tokens: Tokens, place: int) -> bool:
    entry = tokens.entry(place)
    return entry is not None and entry.stat is not None


def _single(tokens: Tokens, one: Sum, left: _Left) -> Expression:
    value = one.value
    rule_id = _single_rule(one)
    made = Expression(value, value, rule_id)
    if one.figures is not None:
        made.low, made.high = one.figures
        made.is_approximate = True
        made.statistic = Statistic.RANGE
    _place(made, left.first, one.first, one.stop)
    _take_mark(made, one)
    made.is_approximate = made.is_approximate or left.is_approximate
    _close(tokens, made, left, None)
    if one.figures is not None and made.unit is None:
        made.unit = Unit(PayPeriod.YEAR, 1, None, made.stop, made.stop)
    return made


def _single_rule(one: Sum) -> str:
    if one.figures is not None:
        return FIGURES_RULE
    if one.is_word_number:
        return WORDS_RULE
    return BARE_RULE if one.is_latent else SYMBOL_RULE


def _place(made: Expression, first: int, core_first: int, stop: int) -> None:
    made.first, made.core_first = first, core_first
    made.core_stop = made.stop = stop


def _take_mark(made: Expression, *sums: Sum) -> None:
    """The currency of an expression is that of whichever sum carries a mark."""
    for one in sums:
        if one.currency is not None and (made.currency is None or made.currency[0] == "~"):
            made.currency = one.currency
            is_own = one is sums[0] or one.currency[0] == "~"
            made.currency_source = CurrencySource.STATED if is_own else CurrencySource.RANGE
            made.mark_flags = one.mark_flags
        if one.warning:
            made.warnings.append(one.warning)
    made.is_bare = made.currency is None


def _close(tokens: Tokens, made: Expression, left: _Left, first_unit: Unit | None) -> None:
    """Adds the unit after the expression and the bounds on both sides of it."""
    floor = _floor_after(tokens, made.stop)
    if floor:
        made.stop = floor
    unit = attached_unit(tokens, made.stop) or first_unit or _scale_unit(tokens, made.stop)
    if unit is not None and _clock_misread(tokens, made, unit):
        unit = None
    if unit is not None:
        made.unit = unit
        if unit is not first_unit:
            made.stop = max(made.stop, unit.stop)
            floor = floor or _floor_after(tokens, made.stop)
            made.stop = max(made.stop, floor)
    _open_ends(tokens, made, left, has_floor_after=bool(floor))


def _scale_unit(tokens: Tokens, stop: int) -> Unit | None:
    """The unit inside a scale word ("LPA" is lakh per annum)."""
    entry = tokens.entry(stop - 1)
    if entry is None or entry.scale is None or entry.period is None:
        return None
    return Unit(entry.period, 1, None, stop - 1, stop)


def _clock_misread(tokens: Tokens, made: Expression, unit: Unit) -> bool:
    entry = tokens.entry(unit.first)
    if entry is None or "clock" not in entry.flags:
        return False
    return made.is_bare and (made.low or 0) < 1000


def _floor_after(tokens: Tokens, place: int) -> int:
    """Where a floor sign or phrase after an amount stops; 0 when there is none."""
    if tokens.word(place) == "+":
        is_glued = tokens.gap(place) == 0
        if is_glued or attached_unit(tokens, place + 1) or _ends_clause(tokens, place + 1):
            return place + 1
        return 0
    entry = tokens.entry(place)
    if entry is None or entry.bound is None:
        return _plus_after(tokens, place)
    if entry.bound == "floor_after":
        return place + 1
    is_minimum = tokens.word(place).lower() in {"minimum", "min"}
    return place + 1 if is_minimum and _ends_clause(tokens, place + 1) else 0


def _plus_after(tokens: Tokens, place: int) -> int:
    """Where "plus" used as a floor sign stops: glued by a dash, or right before the unit."""
    is_glued = (
        tokens.kind(place) == DASH and tokens.gap(place) == 0 and tokens.gap(place + 1) == 0
    )
    word = place + is_glued
    if tokens.word(word).lower() != "plus":
        return 0
    if is_glued:
        return word + 1
    unit = unit_at(tokens, word + 1)
    if unit is None or unit.period is None:
        return 0
    last, after = tokens.entry(unit.stop - 1), tokens.entry(unit.stop)
    names_more = (last is not None and "adjective" in last.flags) or (
        after is not None and (after.pay_noun is not None or bool(after.cues))
    )
    return 0 if names_more else word + 1


def _ceiling_after(tokens: Tokens, place: int) -> int:
    entry = tokens.entry(place)
    if entry is None or entry.bound is None:
        return 0
    if entry.bound == "ceiling_after":
        return place + 1
    is_maximum = tokens.word(place).lower() in {"maximum", "max"}
    return place + 1 if is_maximum and _ends_clause(tokens, place + 1) else 0


def _ends_clause(tokens: Tokens, place: int) -> bool:
    return place >= len(tokens) or tokens.word(place) in {".", ",", ";", ")", "|", ":"}


def _open_ends(tokens: Tokens, made: Expression, left: _Left, *, has_floor_after: bool) -> None:
    if made.high != made.low:
        _open_range(made, left, has_floor_after=has_floor_after)
        return
    ceiling = _ceiling_after(tokens, made.stop)
    if has_floor_after or (left.bound == "floor" and not ceiling):
        made.high, made.is_max_open = None, True
        made.statistic, made.rule_id = Statistic.STARTING, FLOOR_RULE
    elif left.bound == "ceiling" or ceiling:
        made.low, made.is_min_open = None, True
        made.statistic, made.rule_id = Statistic.MAX, CEILING_RULE
        made.stop = max(made.stop, ceiling)


def _open_range(made: Expression, left: _Left, *, has_floor_after: bool) -> None:
    made.is_max_open = made.is_max_open or has_floor_after
    if left.bound == "ceiling":
        made.is_min_open = True
        if made.rule_id == DASH_RULE:
            made.statistic, made.rule_id = Statistic.MAX, CEILING_RULE


# --- joining two sums -------------------------------------------------------------------------


def _joined(
    tokens: Tokens, sums: list[Sum], place: int, left: _Left
) -> tuple[list[Expression], int]:
    one, other = sums[place], sums[place + 1]
    joint = _joint_between(tokens, one, other, left)
    if joint is None or not _may_join(tokens, one, other, joint, left):
        return [], 0
    made = _range_of(one, other, joint)
    _place(made, left.first, one.first, other.stop)
    made.is_approximate = left.is_approximate
    _close(tokens, made, left, joint.first_unit)
    if joint.first_unit is not None and _units_differ(joint.first_unit, made.unit):
        return [], 0
    return [made], 2


def _units_differ(first: Unit, second: Unit | None) -> bool:
    return second is not None and second.period is not None and first.period != second.period


def _joint_between(tokens: Tokens, one: Sum, other: Sum, left: _Left) -> _Joint | None:
    """Reads what stands between two sums: unit, brackets, connector, bound words."""
    place, end = one.stop, other.first
    if end - place > _LONGEST_JOINT or end <= place:
        return None
    plus = tokens.word(place) == "+" and tokens.gap(place) == 0
    place += plus
    unit = attached_unit(tokens, place)
    if unit is not None and unit.stop <= end:
        place = unit.stop
    else:
        unit = None
    place = _past_trifles(tokens, place, end)
    if left.frame and tokens.word(place).lower() in _AIMS:
        place = _past_aim(tokens, place, end)
    connector = _connector_at(tokens, place, left)
    if connector is None:
        return None
    rule_id, place = connector
    open_top, place = _bounds_until(tokens, place, end)
    if place != end:
        return None
    return _Joint(rule_id, unit, open_top)


def _past_trifles(tokens: Tokens, place: int, end: int) -> int:
    while place < end:
        entry = tokens.entry(place)
        is_trifle = tokens.word(place) in _SKIPPED_BETWEEN or (
            entry is not None and bool(entry.tax or entry.filler)
        )
        if not is_trifle:
            break
        place += 1
    return place


def _past_aim(tokens: Tokens, place: int, end: int) -> int:
    """Skips what the lower end is for: "from $10 for rating to $350 for a psychiatrist"."""
    for ahead in range(place, end):
        entry = tokens.entry(ahead)
        if entry is not None and entry.connector == "to":
            return ahead
        if tokens.kind(ahead) != WORD:
            break
    return place


def _connector_at(tokens: Tokens, place: int, left: _Left) -> tuple[str, int] | None:
    """The connector that starts at a place: its rule, and where it stops."""
    if tokens.kind(place) == DASH and tokens.word(place + 1).lower() == "to":
        return TO_RULE, place + 2 + (tokens.kind(place + 2) == DASH)
    if tokens.kind(place) == DASH or tokens.word(place) in {"~", "\u2026", "\uff5e"}:
        return (BETWEEN_RULE if left.bound == "between" else DASH_RULE), place + 1
    entry = tokens.entry(place)
    if entry is not None and entry.connector == "to":
        return TO_RULE, place + 1
    if entry is not None and left.bound == "between":
        if entry.connector == "and":
            return BETWEEN_RULE, place + 1
        if entry.bound == "floor_after":
            return BETWEEN_RULE, place
    if left.bound == "floor":
        return _rise_at(tokens, place)
    return None


def _rise_at(tokens: Tokens, place: int) -> tuple[str, int] | None:
    """Reads ", up to" or "and going up to" after a starting amount."""
    for _ in range(2):
        entry = tokens.entry(place)
        if tokens.word(place) == "," or (entry is not None and entry.connector == "and"):
            place += 1
    entry = tokens.entry(place)
    if entry is None or entry.bound != "ceiling":
        return None
    return RISING_RULE, place + 1


def _bounds_until(tokens: Tokens, place: int, end: int) -> tuple[bool, int]:
    """Bound and approximation words before the second sum; whether they open its top."""
    open_top = False
    while place < end:
        entry = tokens.entry(place)
        if entry is None:
            break
        if entry.bound in {"floor", "floor_after"}:
            open_top = True
        elif not (entry.bound == "ceiling" or entry.approx or _is_article(tokens, place)):
            break
        place += 1
    return open_top, place


def _is_article(tokens: Tokens, place: int) -> bool:
    return tokens.word(place).lower() in {"a", "an"}


def _may_join(tokens: Tokens, one: Sum, other: Sum, joint: _Joint, left: _Left) -> bool:
    if one.currency and other.currency and not _same_money(one.currency, other.currency):
        return False
    if one.is_latent and other.is_latent:
        return _both_bare(tokens, one, other, is_cell=left.is_cell)
    if other.is_latent:
        return _tail_fits(tokens, one, other, joint)
    if one.is_latent:
        return _head_fits(one, other, left)
    return True


def _same_money(first: str, second: str) -> bool:
    if first == second:
        return True
    if first[0] == "~" and second[0] != "~":
        return fits(first, second)
    return second[0] == "~" and first[0] != "~" and fits(second, first)


def _both_bare(tokens: Tokens, one: Sum, other: Sum, *, is_cell: bool) -> bool:
    """Two unmarked numbers are a range only when a unit or a scale follows the second."""
    if one.is_word_number or other.is_word_number or one.written > other.written:
        return False
    if any(_is_year(each) for each in (one, other)):
        return False
    return is_cell or _may_stand_bare(tokens, other)


def _is_year(one: Sum) -> bool:
    return (
        one.scale is None
        and _YEAR_FIRST <= one.written <= _YEAR_LAST
        and one.written == int(one.written)
    )


def _tail_fits(tokens: Tokens, one: Sum, other: Sum, joint: _Joint) -> bool:
    """Whether an unmarked second number belongs to a marked first one."""
    is_scaled_up = one.scale is None and other.scale is not None
    if other.written < one.written and not is_scaled_up and other.value <= one.value:
        return False
    entry = tokens.entry(other.stop)
    if entry is not None and (entry.quantity or entry.unit) and not entry.per:
        return False
    if tokens.word(other.stop) == "%" or (_is_year(other) and one.value < 1000):
        return False
    if attached_unit(tokens, other.stop) is not None or (
        joint.is_dash and tokens.gap(other.first) == 0
    ):
        return True
    return tokens.kind(other.stop) != WORD or entry is not None


def _head_fits(one: Sum, other: Sum, left: _Left) -> bool:
    """Whether an unmarked first number belongs to a marked second one."""
    if one.written > other.written and one.value > other.value:
        return False
    if one.is_word_number and other.is_word_number:
        return True
    if other.has_prefix and not (left.bound == "between" or left.frame):
        return False
    return (
        not _is_year(one)
        and other.value <= max(one.value, one.written * (other.scale or 1)) * 20
    )


def _range_of(one: Sum, other: Sum, joint: _Joint) -> Expression:
    low, high = _shared_scale(one, other)
    made = Expression(low, high, joint.rule_id)
    made.is_min_open = made.is_max_open = False
    made.statistic = Statistic.RANGE
    if low > high:
        made.low, made.high = high, low
        made.warnings.append("swapped")
    elif low == high:
        made.statistic = Statistic.POINT
    made.is_max_open = joint.open_top
    _take_mark(made, one, other)
    return made


def _shared_scale(one: Sum, other: Sum) -> tuple[Decimal, Decimal]:
    """Both values, after a scale or a minor unit written once was given to both."""
    low, high = one.value, other.value
    if one.scale is None and other.scale is not None and _shares_down(one, other):
        low = one.written * other.scale
    elif other.scale is None and one.scale is not None and _shares_up(one, other):
        high = other.written * one.scale
    if other.is_minor and not one.is_minor and one.is_latent:
        low = one.written / 100
    return low, high


def _shares_down(one: Sum, other: Sum) -> bool:
    ceiling = 10_000 if other.scale == 10_000 else 1000
    return one.written < other.written and one.written < ceiling


def _shares_up(one: Sum, other: Sum) -> bool:
    return one.written < other.written < 1000


# --- labels, slashes, changes -----------------------------------------------------------------


def _labelled(
    tokens: Tokens, sums: list[Sum], place: int, _left: _Left
) -> tuple[list[Expression], int]:
    """Minimum and maximum labels before or after the amounts."""
    used = _bracket_labels(tokens, sums, place) or _plain_labels(tokens, sums, place)
    if not used:
        return [], 0
    one, other = sums[place], sums[place + used - 1]
    record_unit = _record_unit(tokens)
    if one.is_latent and other.is_latent and record_unit is None:
        return [], 0
    made = _range_of(one, other, _Joint(LABELS_RULE, None))
    if used == 3:
        made.midpoint = sums[place + 1].value
    _place(made, one.first, one.first, other.stop)
    _close(tokens, made, _Left(one.first), attached_unit(tokens, one.stop) or record_unit)
    return [made], used


def _record_unit(tokens: Tokens) -> Unit | None:
    """The unit that a record of fields names beside its currency, as in JSON."""
    has_code = any(
        entry is not None and entry.money is not None and tokens.word(place - 1) in _QUOTES
        for place, entry in enumerate(tokens.entries)
    )
    for place in range(len(tokens) if has_code else 0):
        value = place + 1
        while tokens.word(value) in _FIELD_MARKS:
            value += 1
        entry = tokens.entry(value)
        is_field = value > place + 1 and tokens.word(place).lower() in _UNIT_FIELDS
        period = (entry.unit or entry.period) if entry is not None and is_field else None
        if period is not None:
            return Unit(period, 1, None, place, value + 1)
    return None


def _bracket_labels(tokens: Tokens, sums: list[Sum], place: int) -> int:
    """How many sums are labelled in brackets behind them: minimum, (midpoint,) maximum."""
    if _label_behind(tokens, sums[place]) != "low":
        return 0
    second = _label_behind(tokens, sums[place + 1])
    if second == "high":
        return 2
    is_three = second == "mid" and place + 2 < len(sums)
    return 3 if is_three and _label_behind(tokens, sums[place + 2]) == "high" else 0


def _label_behind(tokens: Tokens, one: Sum) -> str | None:
    if tokens.word(one.stop) != "(":
        return None
    entry = tokens.entry(one.stop + 1)
    return entry.minmax if entry is not None else None


def _plain_labels(tokens: Tokens, sums: list[Sum], place: int) -> int:
    one, other = sums[place], sums[place + 1]
    if tokens.starts[other.first] - tokens.ends[one.stop - 1] > _LABEL_REACH:
        return 0
    is_pair = (
        _label_before(tokens, one.first) == "low"
        and _label_before(tokens, other.first) == "high"
    )
    return 2 if is_pair and (one.currency is not None) == (other.currency is not None) else 0


def _label_before(tokens: Tokens, first: int) -> str | None:
    """A minimum or maximum label directly before an amount, with or without a colon."""
    back = first - 1
    if tokens.word(back) in {":", "="}:
        back -= 1
        back -= tokens.word(back) == '"'
    entry = tokens.entry(back)
    if entry is None or entry.minmax is None:
        return None
    return None if "frame" in entry.flags and back == first - 1 else entry.minmax


def _slashed(
    tokens: Tokens, sums: list[Sum], place: int, left: _Left
) -> tuple[list[Expression], int]:
    stop = place + 1
    while stop < len(sums) and _slash_joins(tokens, sums[stop - 1], sums[stop]):
        stop += 1
    used = stop - place
    if used < 2 or sums[place].is_latent:
        return [], 0
    chain = sums[place:stop]
    unit = attached_unit(tokens, chain[-1].stop)
    if used == 2 and not (unit and chain[0].value < chain[1].value <= 2 * chain[0].value):
        return [], 0
    if used == 2:
        made = _range_of(chain[0], chain[1], _Joint(SLASH_RULE, None))
        _place(made, left.first, chain[0].first, chain[1].stop)
        _close(tokens, made, left, None)
        return [made], 2
    return [_slash_point(chain, one, unit) for one in chain], used


def _slash_joins(tokens: Tokens, one: Sum, other: Sum) -> bool:
    is_slash = other.first == one.stop + 1 and tokens.word(one.stop) == "/"
    return is_slash and (
        not one.currency or not other.currency or _same_money(one.currency, other.currency)
    )


def _slash_point(chain: list[Sum], one: Sum, unit: Unit | None) -> Expression:
    made = Expression(one.value, one.value, SLASH_RULE)
    _place(made, one.first, one.first, one.stop)
    _take_mark(made, one, chain[0])
    made.unit = unit
    if unit is not None and one is chain[-1]:
        made.stop = unit.stop
    return made


def _changed(
    tokens: Tokens, sums: list[Sum], place: int, left: _Left
) -> tuple[list[Expression], int]:
    """Two sums of which one replaced the other."""
    one, other = sums[place], sums[place + 1]
    if one.is_latent and other.is_latent:
        return [], 0
    is_change = _changes_before(tokens, left.first) or _falls(one, other)
    if left.frame and is_change and _to_before(tokens, one, other):
        return _change_pair(tokens, one, other, new_is_first=False), 2
    if not one.is_latent and _prior_between(tokens, one, other, left):
        return _change_pair(tokens, one, other, new_is_first=True), 2
    return [], 0


def _falls(one: Sum, other: Sum) -> bool:
    """Whether "from A to B" goes down, as changes do and ranges do not."""
    is_marked = not one.is_latent and not other.is_latent
    return is_marked and one.scale == other.scale and one.value > other.value


def _changes_before(tokens: Tokens, first: int) -> bool:
    for back in range(first - 1, max(-1, first - 1 - _CHANGE_REACH), -1):
        entry = tokens.entries[back]
        if entry is not None and entry.change == "verb":
            return True
        if tokens.word(back) in {".", ";", ":"}:
            return False
    return False


def _to_before(tokens: Tokens, one: Sum, other: Sum) -> bool:
    if other.first - one.stop > _LONGEST_JOINT:
        return False
    for back in range(other.first - 1, one.stop - 1, -1):
        entry = tokens.entries[back]
        if entry is None:
            return False
        if entry.connector == "to":
            return True
        if not (entry.approx or entry.bound or entry.per or entry.stat):
            return False
    return False


def _prior_between(tokens: Tokens, one: Sum, other: Sum, left: _Left) -> bool:
    """Whether the second is older: ", up from B", "(was B)", "raised to A from B"."""
    back = other.first - 1
    if back - one.stop > _LONGEST_JOINT:
        return False
    entry = tokens.entry(back)
    while entry is not None and (entry.approx or entry.per or entry.stat) and back > one.stop:
        back -= 1
        entry = tokens.entry(back)
    if entry is None or back < one.stop:
        return False
    if entry.change == "prior":
        return True
    if entry.change == "was":
        back -= tokens.word(back - 1).lower() in {"it", "that", "they"}
        return tokens.word(back - 1) in {"(", ",", ";"}
    if "frame" in entry.flags and tokens.word(back - 1).lower() in {"%", "percent"}:
        return tokens.word(back - 3).lower() in {"up", "down"}
    is_raised_to = "frame" in entry.flags and entry.bound is not None
    to = tokens.entry(left.first - 1)
    return (
        is_raised_to
        and to is not None
        and to.connector == "to"
        and _changes_before(tokens, left.first)
    )


def _change_pair(
    tokens: Tokens, one: Sum, other: Sum, *, new_is_first: bool
) -> list[Expression]:
    made = [_single(tokens, each, _Left(each.first)) for each in (one, other)]
    for each in made:
        each.rule_id = CHANGE_RULE
        each.currency = each.currency or next(e.currency for e in made if e.currency)
        each.is_bare = False
    new, old = made if new_is_first else reversed(made)
    old.reason = "prior"
    if old.unit is None:
        old.unit = new.unit
    elif new.unit is None:
        new.unit = old.unit
    return made
