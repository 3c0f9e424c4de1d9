"""PDF files to text, page by page: text in reading order, tables as rows with tabs.

The words of a table stand once, in its rows, whether it is ruled or marked by white space
alone. Elsewhere, words of one line that stand far apart have a tab between them.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from itertools import groupby, pairwise
from typing import Any

import pdfplumber
from pdfplumber.page import Page as PdfPage
from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

from sources.decoding import tidy
from sources.documents import DocumentText, Page
from sources.errors import DocumentUnreadable, Reason, unmet
from sources.readers.pdf_tables import Line, Table, Word, tables_in
from sources.readers.values import words
from sources.readers.version import READER_VERSION

MOST_PAGES = 5_000
LONGEST_PAGE = 100_000
LONGEST_TEXT = 20_000_000

# Above this share of pages without a letter, the file is pictures of pages.
MOST_EMPTY = 0.9

# In heights of a line: what is one line, what a tab, what a paragraph.
SAME_LINE = 0.4
TAB_GAP = 1.5
PARAGRAPH_GAP = 1.7

# Two columns of prose: lines on either side of a gap, each with this much in it.
FEWEST_LINES = 5
FEWEST_WORDS = 4.0
GUTTER = 6.0


def read_pdf(document_id: str, content: bytes) -> DocumentText:
    """Return the text of a PDF with a text layer.

    Raises:
        DocumentUnreadable: With `encrypted`, `damaged`, `no_text_layer` or `too_large`.
    """
    try:
        with pdfplumber.open(BytesIO(content)) as pdf:
            _check_whole(pdf, content)
            if len(pdf.pages) > MOST_PAGES:
                raise _too_large(len(pdf.pages), MOST_PAGES, "pages")
            pages = tuple(_pages(pdf))
            title = words(str((pdf.metadata or {}).get("Title") or ""))
    except (PdfminerException, MalformedPDFException) as problem:
        raise _unreadable(problem) from None
    empty = sum(not page.text.strip() for page in pages)
    if empty > MOST_EMPTY * len(pages) or not pages:
        got = f"none on {empty} of {len(pages)} pages"
        message = unmet("PDF", "text", got, "Run text recognition over it first.")
        raise DocumentUnreadable(Reason.NO_TEXT_LAYER, message)
    return DocumentText(
        document_id=document_id,
        media_type="application/pdf",
        reader_version=READER_VERSION,
        pages=pages,
        title=None if title == "untitled" else title,
        page_count=len(pages),
    )


def _pages(pdf: Any) -> Iterator[Page]:
    total = 0
    for number, page in enumerate(pdf.pages, 1):
        text = tidy(_text(page))
        page.close()
        total += len(text)
        if len(text) > LONGEST_PAGE:
            raise _too_large(len(text), LONGEST_PAGE, "characters on a page")
        if total > LONGEST_TEXT:
            raise _too_large(total, LONGEST_TEXT, "characters")
        yield Page(number, text)


def _check_whole(pdf: Any, content: bytes) -> None:
    """Refuse a file that ends early: no table of contents could be found, nor an end."""
    is_guessed = any("Fallback" in type(table).__name__ for table in pdf.doc.xrefs)
    if is_guessed and b"%%EOF" not in content[-2048:]:
        message = unmet("PDF", "a whole file", "one that ends early", "Fetch it again.")
        raise DocumentUnreadable(Reason.DAMAGED, message)


def _unreadable(problem: Exception) -> DocumentUnreadable:
    name = type(problem.args[0] if problem.args else problem).__name__
    if "Password" in name or "Encryption" in name:
        message = unmet("PDF", "a file without a password", "an encrypted one", "Decrypt it.")
        return DocumentUnreadable(Reason.ENCRYPTED, message)
    message = unmet("PDF", "a whole file", f"a broken one ({name})", "Fetch it again.")
    return DocumentUnreadable(Reason.DAMAGED, message)


def _too_large(got: int, limit: int, what: str) -> DocumentUnreadable:
    message = unmet("PDF", f"at most {limit:,} {what}", f"{got:,}")
    return DocumentUnreadable(Reason.TOO_LARGE, message)


@dataclass(frozen=True, slots=True)
class Block:
    """Lines of text that stand at a height of the page."""

    top: float
    bottom: float
    text: str


def _text(page: PdfPage) -> str:
    """Return the text of a page from top to bottom."""
    page = page.dedupe_chars()
    tables = [(table.bbox, rows) for table in page.find_tables() if (rows := _rows(table))]
    free = [
        Word(word["text"], word["x0"], word["x1"], word["top"], word["bottom"])
        for word in page.extract_words()
        if not any(_is_inside(word, box) for box, _ in tables)
    ]
    blocks = [Block(box[1], box[3], "\n".join(rows)) for box, rows in tables]
    for stretch in _between(free, [box for box, _ in tables]):
        blocks += _blocks(stretch, float(page.width))
    blocks.sort(key=lambda block: block.top)
    return _joined(blocks)


def _rows(table: Any) -> list[str]:
    """Return the rows of a ruled table; none if the rules are a frame or a drawing."""
    grid = [[" ".join((cell or "").split()) for cell in row] for row in table.extract()]
    filled = [sum(map(bool, row)) for row in grid]
    is_table = len(grid) > 1 and max(map(len, grid)) > 1 and max(filled) > 1
    if not is_table or sum(filled) * 3 < sum(map(len, grid)):
        return []
    return ["\t".join(row).rstrip("\t") for row in grid if any(row)]


def _is_inside(word: dict[str, Any], box: tuple[float, float, float, float]) -> bool:
    across, down = (word["x0"] + word["x1"]) / 2, (word["top"] + word["bottom"]) / 2
    return bool(box[0] <= across <= box[2] and box[1] <= down <= box[3])


def _between(free: list[Word], boxes: Iterable[tuple[float, ...]]) -> Iterator[list[Word]]:
    """Yield the words above, between and below the tables, so that no line spans a table."""
    start = 0.0
    for end in [*sorted(box[1] for box in boxes), float("inf")]:
        stretch = [word for word in free if start <= word.top < end]
        if stretch:
            yield stretch
        start = end


def _blocks(free: list[Word], width: float) -> Iterator[Block]:
    """Yield the lines of a stretch in reading order: a column of prose before the next."""
    lines = _lines(free)
    middle = _gutter(lines, width)
    whole: list[Line] = []
    for is_apart, group in groupby(lines, partial(_stands_apart, middle=middle)):
        run = list(group)
        columns = _prose_columns(run, middle) if is_apart and middle is not None else []
        if not columns:
            whole += run
            continue
        yield from map(_block, tables_in(whole))
        whole = []
        text = "\n\n".join(_joined([*map(_block, tables_in(column))]) for column in columns)
        yield Block(run[0][0].top, run[-1][0].bottom, text)
    yield from map(_block, tables_in(whole))


def _stands_apart(line: Line, middle: float | None) -> bool:
    return middle is not None and not _crosses(line, middle)


def _prose_columns(run: list[Line], middle: float) -> list[list[Line]]:
    """Return the lines left of a place and those right of it; none unless both are prose."""
    sides = [
        [word for line in run for word in line if (word.left < middle) == is_left]
        for is_left in (True, False)
    ]
    columns = [_lines(side) for side in sides]
    return columns if all(map(_is_prose, columns)) else []


def _lines(free: list[Word]) -> list[Line]:
    """Return the words as lines from top to bottom, each from left to right."""
    lines: list[Line] = []
    for word in sorted(free, key=lambda word: (word.top, word.left)):
        first = lines[-1][0] if lines else None
        if first and abs(word.bottom - first.bottom) <= SAME_LINE * max(
            word.height, first.height
        ):
            lines[-1].append(word)
        else:
            lines.append([word])
    for line in lines:
        line.sort(key=lambda word: word.left)
    return lines


def _gutter(lines: list[Line], width: float) -> float | None:
    """Return where the fewest lines cross the middle of the page, if some do not."""
    places = [width * share / 100 for share in range(35, 66)]
    crossing = {place: sum(_crosses(line, place) for line in lines) for place in places}
    best = min(places, key=lambda place: (crossing[place], abs(place - width / 2)))
    return best if crossing[best] <= len(lines) - FEWEST_LINES else None


def _crosses(line: Line, middle: float) -> bool:
    """Return whether a line runs across a place without a gap there."""
    left = [word.right for word in line if word.left < middle]
    right = [word.left for word in line if word.left >= middle]
    if left and max(left) > middle:
        return True
    return bool(left and right) and min(right) - max(left) < GUTTER


def _is_prose(lines: list[Line]) -> bool:
    """Return whether lines are full of words and most follow the one above without a break."""
    count = sum(map(len, lines))
    breaks = sum(
        line[0].top - above[0].bottom > (PARAGRAPH_GAP - 1) * line[0].height
        for above, line in pairwise(lines)
    )
    is_full = len(lines) >= FEWEST_LINES and count >= FEWEST_WORDS * len(lines)
    return is_full and 2 * breaks < len(lines)


def _block(table: Table) -> Block:
    rows = ["\t".join(row).rstrip("\t") for row in table.cells] or map(_spaced, table.lines)
    return Block(table.lines[0][0].top, table.lines[-1][0].bottom, "\n".join(rows))


def _spaced(line: Line) -> str:
    parts = [line[0].text]
    for before, word in pairwise(line):
        parts.append("\t" if word.left - before.right > TAB_GAP * word.height else " ")
        parts.append(word.text)
    return "".join(parts)


def _joined(blocks: list[Block]) -> str:
    """Return blocks as text, with a blank line where there is room for one."""
    parts: list[str] = []
    for before, block in zip([None, *blocks], blocks, strict=False):
        if before is not None:
            height = max(block.bottom - block.top, 1.0) / (block.text.count("\n") + 1)
            parts.append(
                "\n\n" if block.top - before.bottom > (PARAGRAPH_GAP - 1) * height else "\n"
            )
        parts.append(block.text)
    return "".join(parts)
