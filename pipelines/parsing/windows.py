"""Which stretches of a text are worth reading: a cheap scan for signs of an amount.

The scan only chooses. Every sentence that could yield a reading holds a digit or a number word
with a money word, so reading the chosen stretches gives what reading the whole text gives.
"""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from pipelines.parsing.blocks import logical_line, ruled_table, sentences, table_around

_SIGN: Final = re.compile(r"\d|dollar|buck|quid|pound|euro|cent|figure", re.IGNORECASE)


class Stretch(NamedTuple):
    """A part of a text to read: a sentence or a table."""

    start: int
    end: int
    is_table: bool


def stretches(text: str, *, whole: bool = False) -> Iterator[Stretch]:
    """The stretches worth reading, in order; with `whole`, every stretch of the text."""
    place = 0
    floor = 0
    has_tables = "|" in text or "\t" in text
    has_rules = "---" in text or "===" in text
    while place < len(text):
        if not whole:
            sign = _SIGN.search(text, place)
            if sign is None:
                return
            place = sign.start()
        table = table_around(text, place) if has_tables else None
        if table is None and has_rules:
            table = ruled_table(text, place)
        if table is not None:
            yield Stretch(max(table[0], floor), table[1], True)
            place = floor = table[1] + 1
            continue
        start, end = logical_line(text, place, floor)
        for first, last in sentences(text, start, end):
            if last > place and (whole or _SIGN.search(text, max(first, place), last)):
                yield Stretch(first, last, False)
        place = floor = max(end, place) + 1
