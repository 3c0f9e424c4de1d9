"""The layout of a page of text: headings, lists, tables, paragraphs, sentences, clauses.

Works on Markdown, on plain text and on the text left of HTML and PDF files, line by line.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final

Span = tuple[int, int]
"""Start and end in code points of the page, half-open."""


class BlockKind(StrEnum):
    """What a block of lines is."""

    HEADING = "heading"
    ITEM = "item"
    ROW = "row"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, a list item, a table row or a paragraph; `level` is a heading's depth."""

    kind: BlockKind
    start: int
    end: int
    level: int = 0

    @property
    def span(self) -> Span:
        """Return start and end."""
        return self.start, self.end


_HEADING_MARK = re.compile(r"\s{0,3}(#{1,6})\s")
_ITEM_MARK = re.compile(r"\s*(?:[-*+•·\u2013\u2014‣◦▪▸►○●✓→>]|\d{1,3}[.)]|\(?[a-z][.)])\s+\S")
_COLUMNS = re.compile(r"\S(?<!\.) {3,}(?=\S)")
_LABELLED = re.compile(r"\W*[^\W\d_][^:.!?|$€£\n]{1,40}:[*_]*\s+\S")
_RULE = re.compile(r"\s*\|?\s*:?(?:-{2,}|={2,})[\s|:+=-]*$")
_HOLDS_A_FIGURE = re.compile(r"[$€£¥₹]")
_ALL_BOLD = re.compile(r"\s*(\*\*|__)[^*_]+\1:?\s*$")
_ENDS_OPEN = re.compile(r"(?:[,(\u2013\u2014-]|\b(?:and|or|to|of|the|a|in|for|from|about))\s*$")
_ENDS_SENTENCE = re.compile(r"[.!?;,:。\uff01\uff1f][\"'”\u2019)\]*_]*\s*$")

_PLAIN_HEADING_LEVEL: Final = 7
"""Headings without marks stand below every marked one."""

_LONGEST_PLAIN_HEADING: Final = 80
_WRAPPED_LINE: Final = 50
"""A line at least this long that does not end a sentence goes on in the next line."""

_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|vs|approx|no|dr|mr|ms|mrs|st|inc|ltd|co|corp|avg|est|ca|max|min|p\.a|"
    r"u\.s|u\.k|usd|hr|hrs|std|ph\.d)|\b[A-Z])\.$",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?][\"'”\u2019)\]*_]*(?=\s)|[。\uff01\uff1f]")
_CONTRAST = re.compile(
    r";|\n\s*\n|,?\s(?:while|whereas|whilst|but|versus|vs\.?|compared\s(?:with|to)|"
    r"as opposed to|against|instead of|rather than|however|though|although|up from|down from|"
    r"than)\b",
    re.IGNORECASE,
)
_JOINT = re.compile(
    r"[\u2014\u2013](?=\s)|(?<=\s)[\u2014\u2013-](?=\s)|\s\||"
    r",\s(?:and|with|or|then|those|the|from)\b|\s(?:and|or)\s(?=[^.;]{0,60}$)",
    re.IGNORECASE,
)


def _line_kind(line: str) -> BlockKind:
    if line.lstrip()[:1] in "#*_" and (_HEADING_MARK.match(line) or _ALL_BOLD.match(line)):
        return BlockKind.HEADING
    if _is_row(line):
        return BlockKind.ROW
    if _ITEM_MARK.match(line) or is_labelled(line):
        return BlockKind.ITEM
    return BlockKind.TEXT


def is_labelled(line: str) -> bool:
    """Tell whether a line reads "Label: value", as the lines of an advert do."""
    return _LABELLED.match(line) is not None


def _is_row(line: str) -> bool:
    """Tell whether a line has cells, between pipes, tabs or wide gaps."""
    if "|" in line or "\t" in line:
        return line.count("|") > 1 or "\t" in line.strip()
    return "   " in line and _COLUMNS.search(line.strip()) is not None


def _level(line: str) -> int:
    mark = _HEADING_MARK.match(line)
    return len(mark.group(1)) if mark else _PLAIN_HEADING_LEVEL


def _continues(block: Block | None, line: str, text: str) -> bool:
    """Tell whether a line of text goes on with the block above it."""
    if block is None or block.kind in (BlockKind.HEADING, BlockKind.ROW):
        return False
    above = text[block.start : block.end].rsplit("\n", 1)[-1]
    if line.lstrip().startswith(": ") or line[:1].isspace() or line[:1].islower():
        return True
    if block.kind is BlockKind.ITEM:
        return len(above) >= _WRAPPED_LINE and not _ENDS_SENTENCE.search(above)
    return len(above) >= _WRAPPED_LINE or _ENDS_OPEN.search(above) is not None


def _looks_like_heading(line: str) -> bool:
    bare = line.strip()
    return (
        bare != ""
        and (not _ENDS_SENTENCE.search(bare) or bare.endswith("?"))
        and bare[0] != "("
        and not _HOLDS_A_FIGURE.search(bare)
    )


def _lines(text: str) -> Iterator[tuple[int, int, str]]:
    at = 0
    for line in text.split("\n"):
        yield at, at + len(line), line
        at += len(line) + 1


def _raw_blocks(text: str) -> Iterator[Block]:
    """Yield blocks in order; plain headings are still paragraphs of one line here."""
    block: Block | None = None
    for start, end, line in _lines(text):
        bare = line.strip()
        if not bare or (bare[0] in "|:-=" and _RULE.match(bare)):
            if block:
                yield block
            block = None
            continue
        kind = _line_kind(line)
        if block and kind is BlockKind.TEXT and _continues(block, line, text):
            block = Block(block.kind, block.start, end, block.level)
            continue
        if block:
            yield block
        block = Block(kind, start, end, _level(line) if kind is BlockKind.HEADING else 0)
    if block:
        yield block


def _with_plain_headings(blocks: list[Block], text: str) -> Iterator[Block]:
    """Turn short, open lines that something follows into headings."""
    for number, block in enumerate(blocks, 1):
        if block.end - block.start > _LONGEST_PLAIN_HEADING or number == len(blocks):
            yield block
            continue
        line = text[block.start : block.end]
        around = blocks[max(0, number - 2) : number - 1] + blocks[number : number + 1]
        is_open = "\n" not in line and _looks_like_heading(line)
        if is_open and _may_be_heading(block, line, around):
            yield Block(BlockKind.HEADING, block.start, block.end, _PLAIN_HEADING_LEVEL)
        else:
            yield block


def _may_be_heading(block: Block, line: str, around: Sequence[Block]) -> bool:
    """Tell whether a block is a bare line, or a label line ("Note: pay") that stands alone."""
    if block.kind is BlockKind.TEXT:
        return True
    return (
        block.kind is BlockKind.ITEM
        and not _ITEM_MARK.match(line)
        and all(other.kind is not BlockKind.ITEM for other in around)
    )


@dataclass(frozen=True, slots=True)
class Layout:
    """The blocks of a page in order, with the starts to look them up by."""

    text: str
    blocks: tuple[Block, ...]
    starts: tuple[int, ...]

    def index_at(self, place: int) -> int:
        """Return the number of the block at a place of the page."""
        return max(0, bisect_right(self.starts, place) - 1)

    def run_of(self, index: int) -> tuple[int, int]:
        """Return first and end of the list or table that a block is part of."""
        kind = self.blocks[index].kind
        first = index
        while first > 0 and self.blocks[first - 1].kind is kind:
            first -= 1
        end = index + 1
        while end < len(self.blocks) and self.blocks[end].kind is kind:
            end += 1
        return first, end

    def headings_over(self, index: int) -> list[Block]:
        """Return the headings over a block, the nearest first."""
        level = self.blocks[index].level or _PLAIN_HEADING_LEVEL + 1
        over = []
        for block in reversed(self.blocks[:index]):
            if block.kind is BlockKind.HEADING and block.level < level:
                over.append(block)
                level = block.level
        return over

    def section_of(self, index: int, *, whole_page: bool) -> list[int]:
        """Return the paragraphs under the same heading as a block, or those of the page."""
        first, end = index, index + 1
        while first > 0 and (whole_page or self.blocks[first].kind is not BlockKind.HEADING):
            first -= 1
        while end < len(self.blocks) and (
            whole_page or self.blocks[end].kind is not BlockKind.HEADING
        ):
            end += 1
        return [n for n in range(first, end) if self.blocks[n].kind is BlockKind.TEXT]

    def intro_of(self, index: int) -> Block | None:
        """Return the paragraph that introduces the list or table of a block."""
        first, _ = self.run_of(index)
        before = self.blocks[first - 1] if first else None
        return before if before and before.kind is BlockKind.TEXT else None


@lru_cache(maxsize=16)
def layout_of(text: str) -> Layout:
    """Return the blocks of a page; kept for the statements of the same page."""
    blocks = tuple(_with_plain_headings(list(_raw_blocks(text)), text))
    if not blocks:
        blocks = (Block(BlockKind.TEXT, 0, len(text)),)
    return Layout(text, blocks, tuple(block.start for block in blocks))


def sentences_of(text: str, span: Span) -> list[Span]:
    """Return the sentences of a block, in order; together they cover it."""
    start, end = span
    found = []
    for match in _SENTENCE_END.finditer(text, start, end):
        tail = text[max(start, match.end() - 8) : match.end()]
        if match.end() >= end or _ABBREVIATION.search(tail):
            continue
        found.append((start, match.end()))
        start = match.end()
    if start < end:
        found.append((start, end))
    return found


def clause_around(text: str, sentence: Span, span: Span, neighbours: Sequence[Span]) -> Span:
    """Return the part of a sentence that belongs to one statement, given the other ones.

    Towards another statement the clause ends at the first edge ("while", ";") after that one;
    on the open side it ends at a strong edge or with the sentence.
    """
    start, end = sentence
    before = max((n[1] for n in neighbours if start <= n[0] and n[1] <= span[0]), default=None)
    after = min((n[0] for n in neighbours if span[1] <= n[0] and n[1] <= end), default=None)
    if before is not None:
        start = _edge_between(text, before, span[0], otherwise=before)
    if after is not None:
        end = _edge_between(text, span[1], after, otherwise=after)
    return start, end


def _edge_between(text: str, start: int, end: int, *, otherwise: int) -> int:
    """Return where one statement's words end and the next one's begin."""
    edge = _CONTRAST.search(text, start, end) or _JOINT.search(text, start, end)
    if edge:
        return edge.start()
    comma = text.rfind(",", start, end)
    return comma if comma >= 0 else otherwise


def cells_of(text: str, row: Span) -> list[Span]:
    """Return the cells of a table row, empty ones included, outer pipes not."""
    start, end = row
    line = text[start:end]
    edge = "\t" if "\t" in line.strip() else r"\|" if "|" in line else " {3,}"
    cells, at = [], start
    for match in re.finditer(edge, line):
        cells.append((at, start + match.start()))
        at = start + match.end()
    cells.append((at, end))
    return cells[1:] if not text[slice(*cells[0])].strip() else cells


_LABEL_EDGE = re.compile(r":(?=[\s*_])|\s[\u2014\u2013-]\s|\s\|\s|\uff1a|\*\*\s|\.\s|\.\*+\s")
_LONGEST_LABEL: Final = 90
_LONGEST_LEAD: Final = 45
"""A first sentence at most this long is a label: "Generalist trainer. Reads, rates."
"""


def label_before(text: str, block: Span, span: Span) -> Span | None:
    """Return the label a block or sentence opens with: "Medical Field:", "**Reviewer.**"."""
    edge = _LABEL_EDGE.search(text, block[0], span[0])
    if edge is None or edge.start() - block[0] > _LONGEST_LABEL:
        return None
    if edge.group().startswith(".") and edge.start() - block[0] > _LONGEST_LEAD:
        return None
    return block[0], edge.start()


_PARENTHESIS = re.compile(r"[^\n.;()\[\]]{0,24}[(\[]([^()\[\]]{1,80})[)\]]")


def parenthesis_after(text: str, end: int) -> Span | None:
    """Return what stands in brackets right after a statement."""
    match = _PARENTHESIS.match(text, end)
    return match.span(1) if match else None
