"""Makes the bundled PDF reports from their Markdown sources.

A source is `pdf/<slug>.md`: YAML front matter, then headings, paragraphs, `-` bullets and pipe
tables. It gives `reports/<slug>.pdf` and the sidecar `reports/<slug>.pdf.yml`, the unchanged
front matter. The same source and the same reportlab give the same bytes on every machine:
reportlab runs in its invariant mode, and streams stay uncompressed because zlib builds differ.

    python -m sources.bundled.make           # write what is missing or out of date
    python -m sources.bundled.make --check   # write nothing; exit 1 if something is out of date
"""

import argparse
import io
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from pathlib import Path
from xml.sax.saxutils import escape

import yaml
from reportlab.lib import colors
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, LongTable, Paragraph, SimpleDocTemplate, TableStyle

BUNDLED = Path(__file__).parent
SOURCES = BUNDLED / "pdf"
REPORTS = BUNDLED / "reports"

MARGIN = 24 * mm
CELL_PADDING = 5
MOST_PAGES = 3
# The standard fonts of PDF need no embedding, and hold what this code page holds.
ENCODING = "cp1252"

BODY = ParagraphStyle("body", fontName="Times-Roman", fontSize=10.5, leading=14.5, spaceAfter=6)
BULLET = ParagraphStyle(
    "bullet", BODY, leftIndent=14, bulletIndent=3, bulletFontName="Symbol", spaceAfter=3
)
CELL = ParagraphStyle(
    "cell", BODY, fontName="Helvetica", fontSize=9, leading=11.5, spaceAfter=0
)
HEAD_CELL = ParagraphStyle("head cell", CELL, fontName="Helvetica-Bold")
HEADINGS = {
    1: ParagraphStyle(
        "title",
        fontName="Helvetica-Bold",
        fontSize=17,
        leading=21,
        spaceAfter=10,
        keepWithNext=1,
    ),
    2: ParagraphStyle(
        "heading",
        fontName="Helvetica-Bold",
        fontSize=12,
        leading=15,
        spaceBefore=8,
        spaceAfter=4,
        keepWithNext=1,
    ),
    3: ParagraphStyle(
        "minor heading",
        fontName="Helvetica-BoldOblique",
        fontSize=10.5,
        leading=14,
        spaceBefore=4,
        spaceAfter=3,
        keepWithNext=1,
    ),
}
RULES = TableStyle(
    [
        ("GRID", (0, 0), (-1, -1), 0.5, colors.grey),
        ("BACKGROUND", (0, 0), (-1, 0), colors.whitesmoke),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), CELL_PADDING),
        ("RIGHTPADDING", (0, 0), (-1, -1), CELL_PADDING),
    ]
)

FRONT_MATTER = re.compile(r"\A---\n(?P<facts>.*?\n)---\n(?P<body>.*)\Z", re.DOTALL)
BLOCKS = (
    ("heading", re.compile(r"#{1,3} ")),
    ("bullet", re.compile(r"- ")),
    ("table", re.compile(r"\|")),
    ("blank", re.compile(r"\s*\Z")),
    ("text", re.compile(r"\S")),
)
INLINE = (
    (re.compile(r"\*\*(.+?)\*\*"), r"<b>\1</b>"),
    (re.compile(r"\*(.+?)\*"), r"<i>\1</i>"),
)


class SourceTextError(ValueError):
    """A Markdown source that cannot be made into a PDF: where, expected, got, what to do."""


@dataclass(frozen=True, slots=True)
class Report:
    """One Markdown source: its name, its front matter as written, and its body."""

    slug: str
    front_matter: str
    body: str

    @property
    def facts(self) -> dict[str, str | None]:
        """The front matter, read."""
        facts = yaml.safe_load(self.front_matter)
        return dict(facts)


def reports(folder: Path = SOURCES) -> list[Report]:
    """All Markdown sources of the folder, by name.

    Raises:
        SourceTextError: front matter is missing, or a character is not in the standard fonts.
    """
    return [_report(path) for path in sorted(folder.glob("*.md"))]


def pdf_bytes(report: Report) -> bytes:
    """The report as PDF; the same bytes for the same report.

    Raises:
        SourceTextError: a table row lacks cells, or the PDF gets longer than three pages.
    """
    facts = report.facts
    out = io.BytesIO()
    document = SimpleDocTemplate(
        out,
        pagesize=A4,
        leftMargin=MARGIN,
        rightMargin=MARGIN,
        topMargin=MARGIN,
        bottomMargin=MARGIN,
        title=facts["title"],
        author=facts["publisher"],
        subject=f"Figures from {facts['publisher']}, wording ours",
        pageCompression=0,
        invariant=1,
    )
    footer = partial(_draw_footer, f"Figures from {facts['publisher']}, wording ours")
    document.build(
        list(_flowables(report, document.width)), onFirstPage=footer, onLaterPages=footer
    )
    if document.page > MOST_PAGES:
        message = (
            f"{report.slug}.md: expected at most {MOST_PAGES} pages, got {document.page}. "
            "Shorten the text."
        )
        raise SourceTextError(message)
    return out.getvalue()


def files(found: Iterable[Report]) -> Iterator[tuple[str, bytes]]:
    """File name and bytes of everything that is made from the sources."""
    for report in found:
        yield f"{report.slug}.pdf", pdf_bytes(report)
        yield f"{report.slug}.pdf.yml", report.front_matter.encode()


def stale(made: Iterable[tuple[str, bytes]], folder: Path = REPORTS) -> dict[str, bytes]:
    """Of the files given, those that the folder lacks or holds with other bytes."""
    return {name: data for name, data in made if _bytes_of(folder / name) != data}


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code: 0 when all is up to date at the end, 1 otherwise."""
    parser = argparse.ArgumentParser(prog="python -m sources.bundled.make")
    parser.add_argument("--check", action="store_true", help="write nothing, only compare")
    check = parser.parse_args(arguments).check
    try:
        behind = stale(files(reports()))
    except SourceTextError as mistake:
        sys.stderr.write(f"{mistake}\n")
        return 1
    for name, data in behind.items():
        sys.stdout.write(f"{'out of date' if check else 'written'}: {name}\n")
        if not check:
            (REPORTS / name).write_bytes(data)
    return int(check and bool(behind))


def _report(path: Path) -> Report:
    text = path.read_text(encoding="utf-8")
    parts = FRONT_MATTER.match(text)
    if parts is None:
        message = f"{path.name}: expected front matter between two '---' lines at the top."
        raise SourceTextError(message)
    for number, line in enumerate(text.splitlines(), start=1):
        _check_letters(path.name, number, line)
    return Report(path.stem, parts["facts"], parts["body"])


def _check_letters(name: str, number: int, line: str) -> None:
    try:
        line.encode(ENCODING)
    except UnicodeEncodeError as error:
        letter = line[error.start]
        message = (
            f"{name}, line {number}: expected a letter of {ENCODING}, got {letter!r}. "
            "Write a currency as its code, a name in Latin letters."
        )
        raise SourceTextError(message) from error


def _bytes_of(path: Path) -> bytes | None:
    return path.read_bytes() if path.exists() else None


def _draw_footer(words: str, canvas: Canvas, document: SimpleDocTemplate) -> None:
    width, _ = document.pagesize
    canvas.setFont("Helvetica", 8)
    canvas.line(MARGIN, MARGIN - 4 * mm, width - MARGIN, MARGIN - 4 * mm)
    canvas.drawString(MARGIN, MARGIN - 8 * mm, words)
    canvas.drawRightString(width - MARGIN, MARGIN - 8 * mm, f"Page {document.page}")


def _flowables(report: Report, width: float) -> Iterator[Flowable]:
    for kind, group in groupby(report.body.splitlines(), key=_kind):
        lines = list(group)
        if kind == "heading":
            yield from map(_heading, lines)
        elif kind == "bullet":
            yield from (Paragraph(_markup(line[2:]), BULLET, bulletText="•") for line in lines)
        elif kind == "table":
            yield _table(lines, width)
        elif kind == "text":
            yield Paragraph(_markup(" ".join(lines)), BODY)


def _kind(line: str) -> str:
    return next(kind for kind, starts in BLOCKS if starts.match(line))


def _heading(line: str) -> Paragraph:
    marks, _, words = line.partition(" ")
    return Paragraph(_markup(words), HEADINGS[len(marks)])


def _markup(text: str) -> str:
    marked = escape(text.strip())
    for found, put in INLINE:
        marked = found.sub(put, marked)
    return marked


def _table(lines: Sequence[str], width: float) -> LongTable:
    header, divider, *body = (_cells(line, lines[0]) for line in lines)
    at_right = [cell.endswith("-:") for cell in divider]
    rows = [_row(header, HEAD_CELL, at_right), *(_row(row, CELL, at_right) for row in body)]
    widths = _widths([header, *body], width)
    return LongTable(rows, widths, style=RULES, repeatRows=1, spaceBefore=4, spaceAfter=10)


def _cells(line: str, first_line: str) -> list[str]:
    if line.count("|") != first_line.count("|"):
        message = (
            f"Table row {line!r}: expected as many cells as in {first_line!r}. "
            "Add or remove a '|'."
        )
        raise SourceTextError(message)
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def _row(
    cells: Sequence[str], style: ParagraphStyle, at_right: Sequence[bool]
) -> list[Paragraph]:
    ranged = ParagraphStyle(f"{style.name} at right", style, alignment=TA_RIGHT)
    return [
        Paragraph(_markup(cell), ranged if right else style)
        for cell, right in zip(cells, at_right, strict=True)
    ]


def _widths(rows: Sequence[Sequence[str]], available: float) -> list[float]:
    """Widths by the longest cell of each column, shrunk in proportion when the page is full."""
    wanted = [
        max(stringWidth(cell, HEAD_CELL.fontName, CELL.fontSize) for cell in column)
        + 2 * CELL_PADDING
        + 1
        for column in zip(*rows, strict=True)
    ]
    return [width * min(1, available / sum(wanted)) for width in wanted]


if __name__ == "__main__":
    raise SystemExit(main())
