"""Amount expressions: single sums joined into ranges, opened by bounds, split by changes."""

from typing import Final

from pipelines.parsing.amounts import Sum
from pipelines.parsing.bounds import left_of, may_stand_bare, single
from pipelines.parsing.changes import changed
from pipelines.parsing.expression import Expression
from pipelines.parsing.lexer import NUM
from pipelines.parsing.ranges import joined, labelled, slashed
from pipelines.parsing.tagging import Tokens

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
    is_cell = is_cell or _follows_unit_label(tokens, one)
    left = left_of(tokens, one.first, is_cell=is_cell)
    if place + 1 < len(sums):
        for attempt in (changed, labelled, slashed, joined):
            made, used = attempt(tokens, sums, place, left)
            if used:
                return made, used
    if one.is_latent and not is_cell and not may_stand_bare(tokens, one):
        return [], 1
    return [single(tokens, one, left)], 1


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
