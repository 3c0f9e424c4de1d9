"""Amount expressions: single sums joined into ranges, opened by bounds, split by changes."""

from decimal import Decimal
from typing import Final

from pipelines.parsing.amounts import Sum, counts_things
from pipelines.parsing.bounds import left_of, may_stand_bare, single
from pipelines.parsing.changes import changed
from pipelines.parsing.expression import Expression
from pipelines.parsing.lexer import NUM
from pipelines.parsing.lexicon import lexicon
from pipelines.parsing.ranges import joined, labelled, slashed
from pipelines.parsing.rules import rule
from pipelines.parsing.tagging import Tokens
from pipelines.parsing.words import Entry
from warehouse.vocabulary import PayPeriod

GOVERNED: Final = rule(
    "amount.governed",
    "A bare number right behind a word that names pay and unit in one is an amount, unless it"
    " counts something or is too small for the unit.",
    reads=(
        ("月薪8000, 双休", "8000 CNY/month point base"),
        ("時給1,400〜", "1400.. JPY/hour starting base"),
    ),
    refuses=("月薪3年未涨", "연봉 4500", "時給2024年改定"),
)

_MOST_LINKS: Final = 3
_LEAST_SALARY: Final = Decimal(1000)
_OF_FAMILY: Final = {"~yuan": "CNY"}

# How far after the colon of a label its number may stand ("Rate (USD): **30**").
_FARTHEST_LABEL: Final = 3


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
    is_cell = is_cell or _follows_unit_label(tokens, one) or _follows_head(tokens, one)
    left = left_of(tokens, one.first, is_cell=is_cell)
    if place + 1 < len(sums):
        for attempt in (changed, labelled, slashed, joined):
            made, used = attempt(tokens, sums, place, left)
            if used:
                return made, used
    if one.is_latent and not is_cell and not may_stand_bare(tokens, one):
        return [], 1
    return [single(tokens, one, left)], 1


def _follows_head(tokens: Tokens, one: Sum) -> bool:
    """Whether a bare number stands at a word that names both pay and unit ("月薪8000")."""
    if not one.is_latent or one.is_word_number:
        return False
    back = one.first - 1
    while back >= one.first - _MOST_LINKS and _is_link(tokens, back):
        back -= 1
    entry = tokens.entry(back)
    if entry is None or "governs" not in entry.flags or counts_things(tokens, one.stop):
        return False
    return one.value >= _least_pay(entry)


def _least_pay(head: Entry) -> Decimal:
    """The least that a bare number is believed to be behind a word for pay and unit."""
    marks = (flag[9:] for flag in head.flags if flag.startswith("currency:"))
    code = next(marks, "")
    code = _OF_FAMILY.get(code, code)
    lows = {band.period: band.low for band in lexicon().bands.get(code, ())}
    least = lows.get(PayPeriod.HOUR, _LEAST_SALARY)
    return lows.get(head.period, least) if head.period is not None else least


def _is_link(tokens: Tokens, place: int) -> bool:
    entry = tokens.entry(place)
    return entry is not None and bool(entry.approx or entry.bound or "link" in entry.roles)


def _follows_unit_label(tokens: Tokens, one: Sum) -> bool:
    """Whether a label right before a bare number names its currency ("Rate (USD): 30")."""
    if not one.is_latent or tokens.word(one.first - 1) != ":" or one.is_word_number:
        return False
    if tokens.gap(one.first) > _FARTHEST_LABEL:
        return False
    for back in range(one.first - 2, max(-1, one.first - 8), -1):
        entry = tokens.entries[back]
        if entry is not None and entry.money is not None and not entry.money.is_minor:
            return tokens.kind(back - 1) != NUM
    return False
