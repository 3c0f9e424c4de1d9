"""The bundled PDF reports come from their sources, byte for byte, and can be read back."""

import io
import re
from pathlib import Path

import pdfplumber
import pytest

from sources.bundled.make import (
    SourceTextError,
    files,
    main,
    pdf_bytes,
    reports,
    stale,
)

FACTS = '---\ntitle: "Pay of raters"\npublisher: "An index"\n---\n'
TABLE = "| Field | Pay per hour |\n| --- | ---: |\n| Law | €60 to £70 |\n| Medicine | $100+ |\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def _write(folder: Path, body: str, facts: str = FACTS) -> None:
    (folder / "one.md").write_text(facts + body, encoding="utf-8")


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def test_the_bundled_pdfs_are_what_their_sources_make():
    assert sorted(stale(files(reports()))) == []


def test_check_says_nothing_when_all_is_up_to_date(capsys):
    assert main(["--check"]) == 0
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("report", reports(), ids=lambda report: report.slug)
def test_every_word_of_a_source_can_be_read_from_its_pdf(report):
    with pdfplumber.open(io.BytesIO(pdf_bytes(report))) as pdf:
        text = "\n".join(page.extract_text() for page in pdf.pages)
        assert 1 <= len(pdf.pages) <= 3

    missing = set(_words(report.body)) - set(_words(text))
    assert missing == set()
    assert "(cid:" not in text


def test_a_table_comes_back_cell_by_cell(folder):
    _write(folder, f"# Rates\n\nBy field.\n\n{TABLE}\n- A remark.\n")

    with pdfplumber.open(io.BytesIO(pdf_bytes(*reports(folder)))) as pdf:
        (table,) = pdf.pages[0].extract_tables()
        text = pdf.pages[0].extract_text()

    assert table == [["Field", "Pay per hour"], ["Law", "€60 to £70"], ["Medicine", "$100+"]]
    assert "• A remark." in text
    assert "Figures from An index, wording ours" in text
    assert "Page 1" in text


def test_a_missing_or_changed_file_is_written_and_then_left_alone(folder):
    _write(folder, "# Rates\n\nText.\n")
    made = list(files(reports(folder)))

    behind = stale(made, folder)
    for name, data in behind.items():
        (folder / name).write_bytes(data)

    assert sorted(behind) == ["one.pdf", "one.pdf.yml"]
    assert stale(files(reports(folder)), folder) == {}
    (folder / "one.pdf").write_bytes(b"%PDF")
    assert list(stale(made, folder)) == ["one.pdf"]


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ("The rate is ₹500.\n", "one.md, line 5: expected a letter of cp1252, got '₹'"),
        ("| a | b |\n| --- | --- |\n| 1 |\n", "expected as many cells"),
        ("A line of text.\n\n" * 200, "expected at most 3 pages"),
    ],
)
def test_a_mistake_in_a_source_is_named(folder, body, says):
    _write(folder, body)

    with pytest.raises(SourceTextError, match=re.escape(says)):
        list(files(reports(folder)))


def test_refuses_a_source_without_front_matter(folder):
    _write(folder, "# Rates\n", facts="")

    with pytest.raises(SourceTextError, match="expected front matter"):
        reports(folder)
