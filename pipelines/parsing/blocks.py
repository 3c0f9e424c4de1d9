"""Where a statement begins and ends: logical lines, sentences, tables, headings.

Every boundary is decided from the characters around it, so that a stretch found from a place
inside it is the stretch found by walking through the whole text.
"""

import re
from collections.abc import Iterator
from typing import Final

from pipelines.parsing.lexicon import lexicon

_WRAPPED_FROM: Final = 58
_SHORT_HEADING: Final = 72
# A count of pieces, the only number that a heading may hold ("Pay per 1,000 words").
_COUNT: Final = re.compile(r"(?<![\d.,])1(?:00|[.,'\u00a0\u202f ]?000)(?![\d.,])")
_HEADING_REACH: Final = 4000
_HEADING_LINES: Final = 60

_OPENS_ITEM: Final = re.compile(
    r"(?:[-*+\u2022\u00b7\u25cf\u25aa\u25e6\u2013>#|]|\d{1,2}[.)])(?:\s|\||#|$)"
)
_HANGING: Final = re.compile(
    r"(?:[,/(&\u2013\u2014-]|\b(?:to|per|an?|and|or|of|the|from|between|over|than|about|in))$"
)
_SENTENCE_END: Final = re.compile(
    r"[.!?\u3002\uff01\uff1f]['\"\u201d\u2019)\]*_]*(?=\s)\s*|[\u3002\uff01\uff1f]+"
    r"|[\u2022\u25cf\u25aa\u25e6](?=\s)"
)
_LAST_WORD: Final = re.compile(r"([^\W\d_]+(?:\.[^\W\d_]+)*)$")
_COLUMN_RULE: Final = re.compile(r"[ \t]*(?:-{3,}|={3,})(?:[ \t]+(?:-{3,}|={3,}))+[ \t]*")
_MOST_RULED_ROWS: Final = 60
# Words set apart by wide gaps or dot leaders are the cells of a row.
_ALIGNED: Final = re.compile(r"\S(?:[ \u00a0]{3,}|[ ]?\.{4,}[ ]?)(?=\S)")
_TABLE_LINE: Final = re.compile(r"[^|\n]*\|[^|\n]*\|")


def line_start(text: str, place: int) -> int:
    """Where the physical line around a place starts."""
    return text.rfind("\n", 0, place) + 1


def line_end(text: str, place: int) -> int:
    """Where the physical line around a place ends."""
    end = text.find("\n", place)
    return len(text) if end < 0 else end


def logical_line(text: str, place: int, floor: int = 0) -> tuple[int, int]:
    """The line around a place, joined with those it was hard-wrapped from."""
    start = line_start(text, place)
    while start > floor and _is_soft(text, start - 1):
        start = line_start(text, start - 1)
    end = line_end(text, place)
    while end < len(text) and _is_soft(text, end):
        end = line_end(text, end + 1)
    return max(start, floor), end


def _is_soft(text: str, newline: int) -> bool:
    """Whether a line break only wraps one statement over two lines."""
    before = text[line_start(text, newline) : newline].rstrip()
    after = text[newline + 1 : newline + 1 + 400].split("\n", 1)[0].strip()
    if not before or not after or before[0] == "#" or _is_row(before) or _is_row(after):
        return False
    if _OPENS_ITEM.match(after) or after.startswith("---") or _ALIGNED.search(after):
        return False
    if _ALIGNED.search(before.lstrip()):
        return _continues_cell(text, newline, before)
    last = before[-1]
    if _HANGING.search(before):
        return True
    if after[0].islower() and last not in ":|;":
        return True
    return len(before) >= _WRAPPED_FROM and last not in ":|"


def _continues_cell(text: str, newline: int, before: str) -> bool:
    """Whether the line after a row of cells goes on below its last cell."""
    *_, last_gap = _ALIGNED.finditer(before)
    follower = text[newline + 1 : newline + 1 + 400].split("\n", 1)[0]
    return len(follower) - len(follower.lstrip()) >= last_gap.end() - 1


def _is_row(line: str) -> bool:
    return "\t" in line or ("|" in line and _TABLE_LINE.match(line) is not None)


def sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentences of a logical line, as half-open spans."""
    begin = start
    for mark in _SENTENCE_END.finditer(text, start, end):
        if _ends_sentence(text, begin, mark, end):
            yield begin, mark.end()
            begin = mark.end()
    if begin < end:
        yield begin, end


def _ends_sentence(text: str, begin: int, mark: "re.Match[str]", end: int) -> bool:
    if mark[0][0] in "\u3002\uff01\uff1f\u2022\u25cf\u25aa\u25e6":
        return mark.start() > begin
    following = text[mark.end() : mark.end() + 1]
    if mark.end() >= end or following.islower():
        return mark.end() >= end
    if mark[0][0] != ".":
        return True
    before = _LAST_WORD.search(text, max(begin, mark.start() - 24), mark.start())
    if before is None:
        return not text[begin : mark.start()].strip().isdigit()
    word = before[1]
    return len(word.rpartition(".")[2]) > 1 and word.lower() not in lexicon().abbreviations


def is_table_line(text: str, start: int, end: int) -> bool:
    """Whether a physical line is a row of a table drawn with pipes or tabs."""
    return _is_row(text[start:end].strip())


def table_around(text: str, place: int) -> tuple[int, int] | None:
    """The block of table rows around a place, or None."""
    start, end = line_start(text, place), line_end(text, place)
    if not is_table_line(text, start, end):
        return None
    while (above := _row_above(text, start)) is not None:
        start = above
    while (below := _row_below(text, end)) is not None:
        end = below
    return start, end


def ruled_table(text: str, place: int) -> tuple[int, int] | None:
    """The block of a table set in columns under a rule of dashes, from its header, or None."""
    start, end = line_start(text, place), line_end(text, place)
    header = start if _COLUMN_RULE.fullmatch(text, end + 1, line_end(text, end + 1)) else None
    for _ in range(_MOST_RULED_ROWS if header is None else 0):
        above = line_start(text, start - 1) if start else 0
        if start == 0 or not text[above : start - 1].strip():
            break
        if _COLUMN_RULE.fullmatch(text, above, start - 1):
            header = line_start(text, above - 1) if above else None
            break
        start = above
    if header is None:
        return None
    while end < len(text) and text[end + 1 : line_end(text, end + 1)].strip():
        end = line_end(text, end + 1)
    return header, end


def column_starts(text: str, start: int, end: int) -> list[int]:
    """Where the columns of a ruled table start, as offsets in a line."""
    for line in text[start:end].split("\n"):
        if _COLUMN_RULE.fullmatch(line):
            return [mark.start() for mark in re.finditer(r"-+|=+", line)]
    return []


def _row_above(text: str, start: int) -> int | None:
    """Where the table row above starts; an empty line may part rows set with tabs."""
    end = start - 1
    if end > 0 and text[end - 1] == "\n" and _are_tabbed(text, end - 1, start):
        end -= 1
    if end < 0:
        return None
    above = line_start(text, end)
    return above if is_table_line(text, above, end) else None


def _row_below(text: str, end: int) -> int | None:
    """Where the table row below a line ends."""
    start = end + 1
    if text[start : start + 1] == "\n" and _are_tabbed(text, end, start + 1):
        start += 1
    if start >= len(text):
        return None
    below = line_end(text, start)
    return below if is_table_line(text, start, below) else None


def _are_tabbed(text: str, end: int, start: int) -> bool:
    """Whether neither the row ending at one place nor that starting at another has pipes.

    It is asked of the two rows beside a gap, so that a table is the same from each of its rows.
    """
    return "|" not in text[line_start(text, end) : end] + text[start : line_end(text, start)]


def heading_above(text: str, place: int) -> tuple[int, int] | None:
    """The heading or lead-in that governs the line at a place, or None.

    It is the nearest line above that is marked as a heading, ends with a colon, or is short and
    not a sentence. The search stops after some thousand characters.
    """
    start = line_start(text, place)
    floor = max(0, start - _HEADING_REACH)
    for _ in range(_HEADING_LINES):
        if start <= floor:
            return None
        end = start - 1
        start = line_start(text, end)
        line = text[start:end].strip()
        if _is_heading(line):
            return start, end
    return None


def _is_heading(line: str) -> bool:
    if not line:
        return False
    if line[0] == "#" or line.endswith((":", ":**", ":</b>")):
        return not _OPENS_ITEM.match(line) or line[0] in "#"
    if _OPENS_ITEM.match(line) or "|" in line or "\t" in line:
        return False
    bare = line.strip("*_ ")
    return (
        len(bare) <= _SHORT_HEADING
        and bare[-1:] not in {".", "!", "?", ";", ","}
        and not any(character.isdigit() for character in _COUNT.sub("", bare))
    )
