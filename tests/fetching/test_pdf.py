"""PDF files: text and tables in reading order, and files that cannot be read."""

import io
from collections.abc import Callable, Iterable
from typing import Any

import pytest
from reportlab.lib import pagesizes, pdfencrypt
from reportlab.lib.enums import TA_JUSTIFY
from reportlab.lib.styles import ParagraphStyle, getSampleStyleSheet
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Table

from sources.documents import DocumentText
from sources.errors import DocumentUnreadable

ReadFile = Callable[..., list[DocumentText]]

STYLE = getSampleStyleSheet()["BodyText"]
GRID = [("GRID", (0, 0), (-1, -1), 0.5, "black")]
RATES = [
    ["Role", "Level", "Pay per hour"],
    ["Rater", "entry", "$18 - $22"],
    ["Physician", "expert", "$180+"],
]


def report(parts: Iterable[Any], **options: Any) -> bytes:
    file = io.BytesIO()
    SimpleDocTemplate(file, pagesize=pagesizes.A4, invariant=1, **options).build(list(parts))
    return file.getvalue()


def drawing(draw: Callable[[Canvas], None], **options: Any) -> bytes:
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=pagesizes.A4, invariant=1, **options)
    draw(canvas)
    canvas.showPage()
    canvas.save()
    return file.getvalue()


def two_pages() -> bytes:
    return report(
        [
            Paragraph("Trainers earn $20 to $40 an hour at Quill Data.", STYLE),
            Table(RATES, style=GRID),
            Paragraph("All rates are before tax.", STYLE),
            PageBreak(),
            Paragraph("The second page says that the median is $27.50.", STYLE),
        ],
        title="Pay at Quill",
    )


def reason(read_file: ReadFile, content: bytes) -> str:
    with pytest.raises(DocumentUnreadable) as caught:
        read_file("report.pdf", content)
    return caught.value.reason_code


def test_reads_text_and_tables_in_order_and_says_nothing_twice(read_file: ReadFile) -> None:
    (document,) = read_file("report.pdf", two_pages())
    first, second = document.pages
    lines = [line for line in first.text.split("\n") if line]
    assert lines == [
        "Trainers earn $20 to $40 an hour at Quill Data.",
        "Role\tLevel\tPay per hour",
        "Rater\tentry\t$18 - $22",
        "Physician\texpert\t$180+",
        "All rates are before tax.",
    ]
    assert second.text == "The second page says that the median is $27.50."
    assert (document.title, document.page_count) == ("Pay at Quill", 2)


def test_a_table_without_rules_keeps_its_columns(read_file: ReadFile) -> None:
    def draw(canvas: Canvas) -> None:
        for row, (role, level, pay) in enumerate(RATES):
            canvas.drawString(72, 700 - 14 * row, role)
            canvas.drawString(220, 700 - 14 * row, level)
            canvas.drawRightString(450, 700 - 14 * row, pay)

    (document,) = read_file("report.pdf", drawing(draw))
    assert document.pages[0].text.split("\n") == ["\t".join(row) for row in RATES]


UNRULED = [
    ["Role", "Country", "Low ($/hr)", "High ($/hr)"],
    ["Chemistry", "US", "$48", "$71"],
    ["Software engineering", "IN", "", "$75"],
    ["Law", "DE", "$105", "$1,100"],
    ["Rater", "US", "$9", "$12"],
]
LOOKS = {
    "no style": [],
    "a line under the header": [("LINEBELOW", (0, 0), (-1, 0), 1, "black")],
    "a line under every row": [("LINEBELOW", (0, 0), (-1, -1), 1, "black")],
    "numbers on the right": [("ALIGN", (2, 1), (-1, -1), "RIGHT")],
    "cells in the middle": [("ALIGN", (0, 0), (-1, -1), "CENTER")],
    "a wide padding": [("BOTTOMPADDING", (0, 0), (-1, -1), 12)],
}


@pytest.mark.parametrize("widths", [None, (150, 90, 120, 90)], ids=["close", "wide"])
@pytest.mark.parametrize("count", [2, 3, 4])
@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
def test_rows_without_rules_stand_together_with_a_tab_between_cells(
    read_file: ReadFile, look: list[Any], count: int, widths: tuple[int, ...] | None
) -> None:
    rows = [row[:count] for row in UNRULED]
    table = Table(rows, style=look, colWidths=widths and widths[:count])
    prose = Paragraph("Trainers are paid by the hour for the work they do. " * 4, STYLE)
    (document,) = read_file("report.pdf", report([prose, table, prose, PageBreak(), table]))
    expected = "\n".join("\t".join(row).rstrip("\t") for row in rows)
    first, second = document.pages
    assert f"\n{expected}\n" in first.text
    assert second.text == expected


def test_rows_set_apart_are_no_columns_of_prose(read_file: ReadFile) -> None:
    rows = [[f"Senior reviewer of texts {n}", f"${n}0 to ${n}5 per hour"] for n in range(2, 9)]
    (document,) = read_file("report.pdf", report([Table(rows, colWidths=(240, 200))]))
    assert document.pages[0].text.split("\n") == ["\t".join(row) for row in rows]


@pytest.mark.parametrize("width", [180, 260, 340, 450])
def test_justified_prose_has_no_columns(read_file: ReadFile, width: int) -> None:
    style = ParagraphStyle("justified", STYLE, alignment=TA_JUSTIFY)
    text = (
        "Organisations commissioning extraordinarily specialised annotation compensate "
        "contributors according to qualifications, responsibilities, and the country. "
    ) * 8
    margin = (pagesizes.A4[0] - width) / 2
    content = report([Paragraph(text, style)], leftMargin=margin, rightMargin=margin)
    (document,) = read_file("report.pdf", content)
    page = document.pages[0].text
    assert page.split() == text.split()
    assert "\n\n" not in page


@pytest.mark.parametrize(
    "rows",
    [
        [("-", "First item"), ("-", "Second item"), ("-", "Third item of the list")],
        [("1.", "First item"), ("2.", "Second item"), ("3.", "Third item of the list")],
        [("1. Introduction", "3"), ("2. How we pay", "7"), ("3. Appeals", "12")],
    ],
    ids=["bullets", "numbers", "contents"],
)
def test_a_list_set_apart_stays_a_list(
    read_file: ReadFile, rows: list[tuple[str, str]]
) -> None:
    def draw(canvas: Canvas) -> None:
        for number, (left, right) in enumerate(rows):
            canvas.drawString(72, 700 - 26 * number, left)
            canvas.drawRightString(520, 700 - 26 * number, right)

    (document,) = read_file("report.pdf", drawing(draw))
    assert document.pages[0].text == "\n\n".join(map("\t".join, rows))


def test_columns_of_prose_are_read_one_after_the_other(read_file: ReadFile) -> None:
    left = [f"Left line {n} tells about raters" for n in range(8)]
    right = [f"right line {n} tells about nurses" for n in range(8)]

    def draw(canvas: Canvas) -> None:
        canvas.drawString(72, 760, "A headline that runs over both of the columns of this page")
        for n in range(8):
            canvas.drawString(60, 720 - 14 * n, left[n])
            canvas.drawString(310, 720 - 14 * n, right[n])

    (document,) = read_file("report.pdf", drawing(draw))
    lines = [line for line in document.pages[0].text.split("\n") if line]
    assert lines[1:] == left + right


def test_a_frame_around_text_is_no_table(read_file: ReadFile) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.rect(60, 600, 400, 150)
        canvas.drawString(72, 700, "Pay: $20 an hour")

    (document,) = read_file("report.pdf", drawing(draw))
    assert document.pages[0].text == "Pay: $20 an hour"


def test_a_file_cut_short_is_damaged(read_file: ReadFile) -> None:
    whole = two_pages()
    for share in (0.3, 0.6, 0.9):
        assert reason(read_file, whole[: int(len(whole) * share)]) == "damaged"


def test_a_file_of_rubbish_is_damaged(read_file: ReadFile) -> None:
    assert reason(read_file, b"%PDF-1.7\n" + b"rubbish \x00\xff" * 100) == "damaged"


def test_a_file_with_a_password_is_encrypted(read_file: ReadFile) -> None:
    locked = pdfencrypt.StandardEncryption("secret", canPrint=0)
    parts = [Paragraph("Pay: $20 an hour", STYLE)]
    assert reason(read_file, report(parts, encrypt=locked)) == "encrypted"


def test_a_file_that_only_forbids_changes_is_read(read_file: ReadFile) -> None:
    locked = pdfencrypt.StandardEncryption("", ownerPassword="owner", canModify=0)
    (document,) = read_file("a.pdf", report([Paragraph("$20 an hour", STYLE)], encrypt=locked))
    assert document.pages[0].text == "$20 an hour"


def test_pictures_of_pages_have_no_text_layer(read_file: ReadFile) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.rect(60, 60, 400, 600, fill=1)

    assert reason(read_file, drawing(draw)) == "no_text_layer"


def test_reading_twice_gives_the_same(read_file: ReadFile) -> None:
    assert read_file("a.pdf", two_pages()) == read_file("a.pdf", two_pages())
