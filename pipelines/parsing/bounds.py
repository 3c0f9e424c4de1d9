"""One end of an amount: the bound and approximation words on both sides of it."""

from typing import Final

from pipelines.parsing.amounts import (
    BARE_RULE,
    FIGURES_RULE,
    SYMBOL_RULE,
    WORDS_RULE,
    Sum,
    counts_things,
)
from pipelines.parsing.expression import Expression, place_at, take_mark
from pipelines.parsing.lexer import DASH, FIRST_SPACELESS, WORD
from pipelines.parsing.periods import Unit, attached_unit, unit_at
from pipelines.parsing.rules import rule
from pipelines.parsing.tagging import Tokens
from warehouse.vocabulary import PayPeriod, Statistic

FLOOR_RULE: Final = rule(
    "bound.floor",
    "A floor word before the amount (from, at least, over) or after it (+, and up, or more).",
    reads=(
        ("Starting at £12.90 per hour", "12.90.. GBP/hour starting base"),
        ("$65+ per hour", "65.. USD/hour starting base"),
        ("Pay is $50 an hour or more", "50.. USD/hour starting base"),
        ("Pay: $50,000 a year gross or more", "50000.. USD/year starting base gross"),
        ("Pay: up to $30+ an hour", "30.. USD/hour starting base"),
        ("Coders make $95-plus an hour", "95.. USD/hour starting base"),
        ("They get 60 dollars plus an hour", "60.. USD/hour starting base"),
        ("Pay of $100 to $125-plus an hour", "100..125+ USD/hour range base"),
        ("We pay $60 plus an annual bonus", "60 USD/hour point base"),
        ("The minimum rate is $31 an hour", "31.. USD/hour starting base"),
        (
            "Das Mindestgehalt für diese Stelle beträgt 2.900 € im Monat",
            "2900.. EUR/month starting base",
        ),
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

_STATED_REACH: Final = 3
# Words that never join a bare number to its unit ("3 in a day").
_LABEL_FLAGS: Final = frozenset({"label", "label_after"})
_LABEL_REACH: Final = 12
_NO_BARE_UNIT: Final = frozenset({"article", "span"})


class Left:
    """The bound and approximation words before an amount, and where they start."""

    __slots__ = ("bound", "first", "frame", "is_approximate", "is_cell")

    def __init__(self, first: int, *, is_cell: bool = False) -> None:
        """No words before the amount yet."""
        self.first = first
        self.is_cell = is_cell
        self.bound: str | None = None
        self.frame = False
        self.is_approximate = False

    def between(self) -> "Left":
        """The same, with a word behind both amounts that says between."""
        other = Left(self.first, is_cell=self.is_cell)
        other.bound, other.frame = "between", self.frame
        other.is_approximate = self.is_approximate
        return other


def may_stand_bare(tokens: Tokens, one: Sum) -> bool:
    """An unmarked number counts only with its unit right after it, or with a scale."""
    if one.is_word_number:
        return False
    if one.scale is not None:
        return not counts_things(tokens, one.stop)
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
    if entry is not None and "head" in entry.flags:
        return False
    return tokens.roles(one.stop).isdisjoint(_NO_BARE_UNIT)


def left_of(tokens: Tokens, first: int, *, is_cell: bool) -> Left:
    """Reads the bound words before an amount from right to left."""
    left = Left(first, is_cell=is_cell)
    back = first - 1
    while back >= 0 and _read_left(tokens, left, back):
        back -= 1
    if left.bound is None:
        left.bound = _stated_bound(tokens, back)
    return left


def _stated_bound(tokens: Tokens, place: int) -> str | None:
    """The bound that a sentence is about: "The minimum is $30", "Maximum rate: $44"."""
    if tokens.word(place) != ":" and "copula" not in tokens.roles(place):
        return None
    for back in range(place - 1, max(-1, place - 1 - _STATED_REACH), -1):
        entry = tokens.entries[back]
        if entry is None or not (entry.minmax or entry.pay_noun or entry.period):
            return None
        if entry.minmax is not None and entry.bound in {"floor", "ceiling"}:
            return entry.bound
    return None


def _read_left(tokens: Tokens, left: Left, back: int) -> bool:
    """Takes in one token before an amount; whether the search goes on."""
    entry = tokens.entries[back]
    if entry is None:
        return False
    if back == 0 and tokens.word(0) in {">", "<"}:
        return False
    if entry.bound == "from":
        left.frame = True
    elif entry.bound is not None and not entry.bound.endswith("_after"):
        _take_bound(left, entry.bound, back, is_frame="frame" in entry.flags)
    elif entry.approx is not None:
        left.is_approximate = True
        left.first = back if left.bound is None else left.first
    elif "of" in entry.roles:
        return _is_stat(tokens, back - 1)
    else:
        return entry.stat is not None or "article" in entry.roles or "near" in entry.flags
    return True


def _labelled_bound(tokens: Tokens, first: int, stop: int) -> str | None:
    """The bound that a word names from a few words away: a label before, a remark behind.

    Austrian postings state the least pay of a collective agreement so ("Das Mindestgehalt für
    diese Stelle beträgt", "Überzahlung möglich").
    """
    if not _bound_labels(tokens):
        return None
    for place, flags in _bound_labels(tokens):
        is_before = "label" in flags and 0 < first - place <= _LABEL_REACH
        is_behind = "label_after" in flags and 0 <= place - stop <= _LABEL_REACH
        if is_before or is_behind:
            return tokens.entries[place].bound  # type: ignore[union-attr]
    return None


def _bound_labels(tokens: Tokens) -> list[tuple[int, frozenset[str]]]:
    """The bound words of a stretch that work from a distance."""
    known: list[tuple[int, frozenset[str]]] | None = tokens.memo.get("bound_labels")
    if known is None:
        known = [
            (place, entry.flags)
            for place, entry in enumerate(tokens.entries)
            if entry is not None and entry.bound is not None
            if not entry.flags.isdisjoint(_LABEL_FLAGS)
        ]
        tokens.memo["bound_labels"] = known
    return known


def _take_bound(left: Left, bound: str, place: int, *, is_frame: bool) -> None:
    """The bound nearest the amount counts; only "between" overrides it."""
    if left.bound is None or bound == "between":
        left.bound = bound
    left.frame = left.frame or is_frame
    left.first = place


def _is_stat(tokens: Tokens, place: int) -> bool:
    entry = tokens.entry(place)
    return entry is not None and entry.stat is not None


def single(tokens: Tokens, one: Sum, left: Left) -> Expression:
    """The expression of one sum that stands alone, with its unit and bounds."""
    value = one.value
    rule_id = _single_rule(one)
    made = Expression(value, value, rule_id)
    if one.figures is not None:
        made.low, made.high = one.figures
        made.is_approximate = True
        made.statistic = Statistic.RANGE
    place_at(made, left.first, one.first, one.stop)
    take_mark(made, one)
    made.is_approximate = made.is_approximate or left.is_approximate
    close(tokens, made, left, None)
    if one.figures is not None and made.unit is None:
        made.unit = Unit(PayPeriod.YEAR, 1, None, made.stop, made.stop)
    return made


def _single_rule(one: Sum) -> str:
    if one.figures is not None:
        return FIGURES_RULE
    if one.is_word_number:
        return WORDS_RULE
    return BARE_RULE if one.is_latent else SYMBOL_RULE


def close(tokens: Tokens, made: Expression, left: Left, first_unit: Unit | None) -> None:
    """Adds the unit after the expression and the bounds on both sides of it."""
    floor = _floor_after(tokens, made.stop)
    if floor:
        made.stop = floor
    ceiling = _ceiling_after(tokens, made.stop)
    unit = attached_unit(tokens, made.stop) or first_unit or _scale_unit(tokens, made.stop)
    if unit is not None and _clock_misread(tokens, made, unit):
        unit = None
    if unit is not None:
        made.unit = unit
        if unit is not first_unit:
            made.stop = max(made.stop, unit.stop)
            floor = floor or _floor_after(tokens, made.stop)
            made.stop = max(made.stop, floor)
    ceiling = ceiling or _ceiling_after(tokens, made.stop)
    _open_ends(tokens, made, left, floor, ceiling)


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
        is_glued = tokens.gap(place) == 0 and not _is_added(tokens, place + 1)
        if is_glued or attached_unit(tokens, place + 1) or _ends_clause(tokens, place + 1):
            return place + 1
        return 0
    entry = tokens.entry(place)
    if entry is None or entry.bound is None:
        is_tax = entry is not None and entry.tax is not None
        return _more_behind_tax(tokens, place) if is_tax else _plus_after(tokens, place)
    if entry.bound == "floor_after" or (entry.bound == "floor" and "either" in entry.flags):
        return place + 1
    is_minimum = entry.minmax == "low"
    return place + 1 if is_minimum and _ends_clause(tokens, place + 1) else 0


def _more_behind_tax(tokens: Tokens, place: int) -> int:
    """Where "or more" stops that follows a tax word: "5000 net or more"."""
    after = tokens.entry(place + 1)
    return place + 2 if after is not None and after.bound == "floor_after" else 0


def _is_added(tokens: Tokens, place: int) -> bool:
    """Whether a plus without spaces around it adds something: "12,000円+交通費"."""
    is_word = tokens.kind(place) == WORD and tokens.gap(place) == 0
    return is_word and tokens.word(place) >= FIRST_SPACELESS


def _plus_after(tokens: Tokens, place: int) -> int:
    """Where "plus" used as a floor sign stops: glued by a dash, or right before the unit."""
    is_glued = (
        tokens.kind(place) == DASH and tokens.gap(place) == 0 and tokens.gap(place + 1) == 0
    )
    word = place + is_glued
    if "plus" not in tokens.roles(word):
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
    if entry.bound == "ceiling_after" or (entry.bound == "ceiling" and "either" in entry.flags):
        return place + 1
    is_maximum = entry.minmax == "high"
    return place + 1 if is_maximum and _ends_clause(tokens, place + 1) else 0


def _ends_clause(tokens: Tokens, place: int) -> bool:
    return place >= len(tokens) or tokens.word(place) in {".", ",", ";", ")", "|", ":"}


def _open_ends(tokens: Tokens, made: Expression, left: Left, floor: int, ceiling: int) -> None:
    """Opens the ends; the numbers are where a bound word behind the amount stops, or 0."""
    if made.high != made.low:
        _open_range(made, left, has_floor_after=bool(floor))
        return
    if left.bound is None and not ceiling:
        left.bound = _labelled_bound(tokens, made.first, made.stop)
    if floor or (left.bound == "floor" and not ceiling):
        made.high, made.is_max_open = None, True
        made.statistic, made.rule_id = Statistic.STARTING, FLOOR_RULE
    elif left.bound == "ceiling" or ceiling:
        made.low, made.is_min_open = None, True
        made.statistic, made.rule_id = Statistic.MAX, CEILING_RULE
        made.stop = max(made.stop, ceiling)


def _open_range(made: Expression, left: Left, *, has_floor_after: bool) -> None:
    made.is_max_open = made.is_max_open or has_floor_after
    if left.bound == "ceiling":
        made.is_min_open = True
        if made.is_dashed:
            made.statistic, made.rule_id = Statistic.MAX, CEILING_RULE
