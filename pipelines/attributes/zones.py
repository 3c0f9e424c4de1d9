"""The places to look for a statement's attributes, the narrowest first."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final

from pipelines.attributes.layout import (
    Block,
    BlockKind,
    Span,
    cells_of,
    clause_around,
    is_labelled,
    label_before,
    layout_of,
    parenthesis_after,
    sentences_of,
)
from pipelines.attributes.phrase_table import Register, Topic
from pipelines.attributes.phrases import Hit, by_topic, find_phrases


class ZoneKind(StrEnum):
    """Where a zone lies, seen from the statement."""

    PARENTHESIS = "parenthesis"
    LABEL = "label"
    CLAUSE = "clause"
    SENTENCE = "sentence"
    BEFORE = "before"
    COLUMN = "column"
    CARD = "card"
    SIBLING = "sibling"
    INTRO = "intro"
    HEADING = "heading"
    TITLE = "title"


ABOVE: Final = frozenset({ZoneKind.INTRO, ZoneKind.HEADING, ZoneKind.TITLE})
"""What stands over a statement and may speak of more than it."""


@dataclass(frozen=True, slots=True)
class Zone:
    """A stretch of the page with its hits, and how far each stands from the statement."""

    kind: ZoneKind
    text: str
    span: Span
    hits: Sequence[Hit]
    statement: Span
    topics: Mapping[Topic, Sequence[Hit]]

    def of(self, topic: Topic) -> Sequence[Hit]:
        """Return the hits of one topic, in order of place."""
        return self.topics.get(topic, ())

    def distance(self, hit: Hit) -> int:
        """Return the code points between a hit and the statement; what follows counts double.

        Words before an amount name who is paid more often than words after it.
        """
        start, end = self.statement
        return start - hit.end if hit.end <= start else 2 * max(0, hit.start - end)


class Page:
    """A page of text with its layout; blocks are read when a statement asks, and once."""

    def __init__(self, text: str) -> None:
        """Lay the page out; nothing is read yet."""
        self.layout = layout_of(text)
        self._read: dict[int, list[Hit]] = {}
        self._sentences: dict[int, list[Span]] = {}

    def hits_in(self, span: Span) -> list[Hit]:
        """Return the hits inside a span, which lies in one block."""
        hits = self.hits_of(self.layout.index_at(span[0]))
        return [hit for hit in hits if span[0] <= hit.start and hit.end <= span[1]]

    def hits_of(self, index: int) -> list[Hit]:
        """Return the hits of a block, read as prose."""
        hits = self._read.get(index)
        if hits is None:
            hits = self._read[index] = self._hits_of(index)
        return hits

    def sentences_of(self, index: int) -> list[Span]:
        """Return the sentences of a block, in order."""
        sentences = self._sentences.get(index)
        if sentences is None:
            span = self.layout.blocks[index].span
            sentences = self._sentences[index] = sentences_of(self.layout.text, span)
        return sentences

    def _hits_of(self, index: int) -> list[Hit]:
        start, end = self.layout.blocks[index].span
        return [
            hit.moved(start)
            for hit in find_phrases(self.layout.text[start:end], Register.PROSE)
        ]


@lru_cache(maxsize=16)
def page_of(text: str) -> Page:
    """Return a page that is laid out once for all its statements."""
    return Page(text)


def _zone(page: Page, kind: ZoneKind, span: Span, statement: Span) -> Zone:
    hits = page.hits_in(span)
    return Zone(kind, page.layout.text, span, hits, statement, by_topic(hits))


def _label_zone(page: Page, kind: ZoneKind, span: Span, statement: Span) -> Zone:
    """Return a zone read as a label, where bare words ("Business") name a field."""
    text = page.layout.text
    hits = _label_hits(text[span[0] : span[1]], span[0])
    return Zone(kind, text, span, hits, statement, by_topic(hits))


@lru_cache(maxsize=1024)
def _label_hits(text: str, at: int) -> tuple[Hit, ...]:
    """Return the hits of a label that stands at a place of its page."""
    return tuple(hit.moved(at) for hit in find_phrases(text, Register.LABEL))


@dataclass(frozen=True, slots=True)
class Surroundings:
    """One statement on its page: the block it stands in and the other statements."""

    page: Page
    span: Span
    neighbours: tuple[Span, ...]
    index: int

    @property
    def block(self) -> Block:
        """Return the block of the statement."""
        return self.page.layout.blocks[self.index]

    @property
    def text(self) -> str:
        """Return the text of the page."""
        return self.page.layout.text

    def has_statement(self, span: Span) -> bool:
        """Tell whether another statement stands in a span."""
        return any(span[0] <= other[0] < span[1] for other in self.neighbours)

    def sentences(self) -> list[Span]:
        """Return the sentences of the block up to the one with the statement."""
        return [s for s in self.page.sentences_of(self.index) if s[0] <= self.span[0]]


def surroundings_of(text: str, span: Span, neighbours: Sequence[Span]) -> Surroundings:
    """Return a statement with the page around it."""
    page = page_of(text)
    others = tuple(sorted(n for n in neighbours if tuple(n) != span))
    return Surroundings(page, span, others, page.layout.index_at(span[0]))


def zones_of(around: Surroundings) -> Iterator[Zone]:
    """Yield the zones of a statement, the narrowest first; none is built before it is asked."""
    yield from _parenthesis(around)
    if around.block.kind is BlockKind.ROW:
        yield from _row(around)
    else:
        yield from _prose(around)
    yield from _siblings(around)
    yield from _above(around)


def _parenthesis(around: Surroundings) -> Iterator[Zone]:
    span = parenthesis_after(around.text, around.span[1])
    if span and not around.has_statement(span):
        yield _label_zone(around.page, ZoneKind.PARENTHESIS, span, around.span)


def _row(around: Surroundings) -> Iterator[Zone]:
    """Yield the other cells of the row, the own cell, and the header cells over them."""
    cells = cells_of(around.text, around.block.span)
    own = next((n for n, cell in enumerate(cells) if cell[0] <= around.span[0] < cell[1]), 0)
    for number, cell in enumerate(cells):
        if number != own and not around.has_statement(cell):
            yield _label_zone(around.page, ZoneKind.LABEL, cell, around.span)
    if cells:
        yield _label_zone(around.page, ZoneKind.CLAUSE, cells[own], around.span)
    first, _ = around.page.layout.run_of(around.index)
    if first != around.index:
        header = cells_of(around.text, around.page.layout.blocks[first].span)
        for cell in [*header[own : own + 1], *header[:own]]:
            yield _label_zone(around.page, ZoneKind.COLUMN, cell, around.span)


def _prose(around: Surroundings) -> Iterator[Zone]:
    """Yield label, clause, sentence and the sentences before it in the same block."""
    sentences = around.sentences() or [around.block.span]
    *earlier, sentence = sentences
    clause = clause_around(around.text, sentence, around.span, around.neighbours)
    yield from _labels(around, sentence)
    yield _zone(around.page, ZoneKind.CLAUSE, clause, around.span)
    for span in _rest_of_sentence(around, sentence, clause):
        yield _zone(around.page, ZoneKind.SENTENCE, span, around.span)
    if sentence[0] < clause[0]:
        yield _zone(around.page, ZoneKind.BEFORE, (sentence[0], clause[0]), around.span)
    for span in reversed(earlier):
        yield _zone(around.page, ZoneKind.BEFORE, span, around.span)


def _labels(around: Surroundings, sentence: Span) -> Iterator[Zone]:
    """Yield the labels that open the sentence and the block, unless they hold other figures."""
    for opening in dict.fromkeys((sentence, around.block.span)):
        label = label_before(around.text, opening, around.span)
        if label and not around.has_statement((label[0], around.span[0])):
            yield _label_zone(around.page, ZoneKind.LABEL, label, around.span)


def _rest_of_sentence(around: Surroundings, sentence: Span, clause: Span) -> Iterator[Span]:
    """Yield what of the sentence belongs to no other statement: its opening words, its end.

    "In the US, generalists earn 15 while experts earn 100": the country holds for both.
    """
    inside = [n for n in around.neighbours if sentence[0] <= n[0] and n[1] <= sentence[1]]
    if not inside:
        yield sentence
        return
    comma = around.text.find(",", sentence[0], inside[0][0])
    if sentence[0] < comma < clause[0]:
        yield sentence[0], comma
    if clause[1] < sentence[1] and inside[-1][1] <= clause[1]:
        yield clause[1], sentence[1]


def _siblings(around: Surroundings) -> Iterator[Zone]:
    """Yield the other items, the nearest first: lines of one advert, or other jobs."""
    if around.block.kind is not BlockKind.ITEM:
        return
    first, end = around.page.layout.run_of(around.index)
    others = sorted(
        (n for n in range(first, end) if n != around.index), key=lambda n: abs(n - around.index)
    )
    for number in others:
        span = around.page.layout.blocks[number].span
        shared = is_labelled(around.text[slice(*span)]) and not around.has_statement(span)
        kind = ZoneKind.CARD if shared else ZoneKind.SIBLING
        yield _label_zone(around.page, kind, span, around.span)


def _above(around: Surroundings) -> Iterator[Zone]:
    """Yield what introduces the list or table, then the headings, the nearest first."""
    layout = around.page.layout
    if around.block.kind in (BlockKind.ITEM, BlockKind.ROW):
        intro = layout.intro_of(around.index)
        if intro:
            others = around.has_statement(intro.span)
            kind = ZoneKind.BEFORE if others else ZoneKind.INTRO
            yield _zone(around.page, kind, intro.span, around.span)
    for heading in layout.headings_over(around.index):
        if not around.has_statement(heading.span):
            kind = ZoneKind.TITLE if heading is layout.blocks[0] else ZoneKind.HEADING
            yield _label_zone(around.page, kind, heading.span, around.span)
