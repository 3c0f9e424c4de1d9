"""Two sums of which one replaced the other: a rate that rose or fell."""

from typing import Final

from pipelines.parsing.amounts import Sum
from pipelines.parsing.bounds import Left, single
from pipelines.parsing.expression import Expression
from pipelines.parsing.lexer import DASH, NUM
from pipelines.parsing.rules import rule
from pipelines.parsing.tagging import Tokens
from pipelines.parsing.words import Entry
from warehouse.vocabulary import Statistic

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
            "時給は1,200円から1,350円に引き上げられた",
            "1350 JPY/hour point base (1200 JPY/hour point reference)",
        ),
        (
            "时薪从22元涨到26元",
            "26 CNY/hour point base (22 CNY/hour point reference)",
        ),
        (
            "The offer went from $35/hr to $25/hr",
            "25 USD/hour point base (35 USD/hour point reference)",
        ),
        (
            "Average pay: $47.50 an hour (up 12% from $42.40)",
            "47.50 USD/hour average base (42.40 USD/hour point reference)",
        ),
        (
            "Saatlik ücret 200 TL'den 260 TL'ye yükseldi",
            "260 TRY/hour point base (200 TRY/hour point reference)",
        ),
        (
            "Tuntipalkka nousi 14 eurosta 16 euroon",
            "16 EUR/hour point base (14 EUR/hour point reference)",
        ),
        (
            "Der Lohn ist von 17 auf 19 Euro pro Stunde gestiegen",
            "19 EUR/hour point base (17 EUR/hour point reference)",
        ),
    ),
)

_CHANGE_REACH: Final = 8
_CLAUSE_ENDS: Final = frozenset({".", ";", ":"})
_BEHIND: Final = 6
_WALLS: Final = frozenset({"wall", "hard_wall"})
_LONGEST_JOINT: Final = 14
# A case ending set off by an apostrophe ("200'den") is all that parts two sums of a verb-final
# clause; the verb follows them closely.
_LONGEST_CASE: Final = 2


def changed(
    tokens: Tokens, sums: list[Sum], place: int, left: Left
) -> tuple[list[Expression], int]:
    """Two sums of which one replaced the other."""
    one, other = sums[place], sums[place + 1]
    if one.is_latent and other.is_latent:
        return [], 0
    if _are_cased(tokens, one, other) and _changes_behind(tokens, other.stop):
        return _change_pair(tokens, one, other, new_is_first=False), 2
    joint = _to_before(tokens, one, other)
    if joint is not None and not _may_change(tokens, one, other, left, joint):
        joint = None
    if joint is None and cases_join(tokens, one, other):
        joint = tokens.entries[other.stop - 1]
    if joint is not None and _is_change(tokens, one, other, left, joint):
        return _change_pair(tokens, one, other, new_is_first=False), 2
    if not one.is_latent and _prior_between(tokens, one, other, left):
        return _change_pair(tokens, one, other, new_is_first=True), 2
    return [], 0


def _may_change(tokens: Tokens, one: Sum, other: Sum, left: Left, joint: Entry) -> bool:
    """Whether "to" may lead to a new amount: a "from" before, a case or a verb says so."""
    return left.frame or "case" in joint.flags or _changes_between(tokens, one, other)


def cases_join(tokens: Tokens, one: Sum, other: Sum) -> bool:
    """Whether the cases of two money words say from and to ("14 eurosta 16 euroon")."""
    if one.stop != other.first:
        return False
    first, second = tokens.entry(one.stop - 1), tokens.entry(other.stop - 1)
    return (
        first is not None
        and second is not None
        and "from_case" in first.flags
        and "to_case" in second.flags
    )


def _is_change(tokens: Tokens, one: Sum, other: Sum, left: Left, joint: Entry) -> bool:
    """Whether "from A to B" is a change: a verb says so, or the joint itself."""
    return (
        "change" in joint.flags
        or _changes_before(tokens, left.first)
        or _changes_between(tokens, one, other)
        or _changes_behind(tokens, other.stop)
    )


def _are_cased(tokens: Tokens, one: Sum, other: Sum) -> bool:
    """Whether a case ending is all that parts two sums: "200 TL'den 260 TL'ye"."""
    between = range(one.stop, other.first)
    return len(between) <= _LONGEST_CASE and all(
        tokens.kind(place) != DASH and not _is_connector(tokens, place) for place in between
    )


def _is_connector(tokens: Tokens, place: int) -> bool:
    entry = tokens.entry(place)
    return entry is not None and entry.connector is not None


def _changes_between(tokens: Tokens, one: Sum, other: Sum) -> bool:
    """Whether the word for "to" is itself the verb: "从22元涨到26元"."""
    for place in range(one.stop, min(other.first, one.stop + _BEHIND)):
        entry = tokens.entries[place]
        if entry is not None and entry.change == "verb" and entry.connector == "to":
            return True
        if not _WALLS.isdisjoint(tokens.roles(place)):
            return False
    return False


def _changes_behind(tokens: Tokens, stop: int) -> bool:
    """Whether a verb that ends its clause says so: "1,200円から1,350円に引き上げた"."""
    for ahead in range(stop, min(len(tokens), stop + _CHANGE_REACH)):
        entry = tokens.entries[ahead]
        if entry is not None and entry.change == "verb":
            return "final" in entry.flags
        if tokens.kind(ahead) == NUM or not _WALLS.isdisjoint(tokens.roles(ahead)):
            return False
    return False


def _changes_before(tokens: Tokens, first: int) -> bool:
    for back in range(first - 1, max(-1, first - 1 - _CHANGE_REACH), -1):
        entry = tokens.entries[back]
        if entry is not None and entry.change == "verb":
            return True
        if tokens.word(back) in _CLAUSE_ENDS:
            return False
    return False


def _to_before(tokens: Tokens, one: Sum, other: Sum) -> Entry | None:
    """The word "to" right before the second sum, with at most an "about" between."""
    if other.first - one.stop > _LONGEST_JOINT:
        return None
    for back in range(other.first - 1, one.stop - 1, -1):
        entry = tokens.entries[back]
        if entry is None:
            return None
        if entry.connector == "to":
            return entry
        if not (entry.approx or entry.bound or entry.per or entry.stat):
            return None
    return None


def _prior_between(tokens: Tokens, one: Sum, other: Sum, left: Left) -> bool:
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
        back -= "pronoun" in tokens.roles(back - 1)
        return tokens.word(back - 1) in {"(", ",", ";"}
    if "frame" in entry.flags and "percent" in tokens.roles(back - 1):
        return "trend" in tokens.roles(back - 3)
    is_raised_to = "frame" in entry.flags and entry.bound is not None
    to = tokens.entry(left.first - 1)
    return (
        is_raised_to
        and to is not None
        and to.connector == "to"
        and _changes_before(tokens, left.first)
    )


def _close_first(made: Expression, one: Sum) -> None:
    """The word for "from" behind the first value is no floor here: "1,200円から1,350円に"."""
    if made.is_max_open and made.low is not None:
        made.high, made.is_max_open, made.statistic = made.low, False, Statistic.POINT
        made.stop = max(one.stop, made.unit.stop if made.unit is not None else 0)


def _change_pair(
    tokens: Tokens, one: Sum, other: Sum, *, new_is_first: bool
) -> list[Expression]:
    made = [single(tokens, each, Left(each.first)) for each in (one, other)]
    for each in made:
        each.rule_id = CHANGE_RULE
        each.currency = each.currency or next(e.currency for e in made if e.currency)
        each.is_bare = False
    if not new_is_first:
        _close_first(made[0], one)
    new, old = made if new_is_first else reversed(made)
    old.reason = "prior"
    if old.unit is None:
        old.unit = new.unit
    elif new.unit is None:
        new.unit = old.unit
    return made
