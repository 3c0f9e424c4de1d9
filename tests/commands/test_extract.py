"""compensation extract and explain: files and stdin in, rates out."""

import io
import json
import os
import subprocess
import sys
from decimal import Decimal

import pytest
from reportlab.pdfgen.canvas import Canvas

TEXT = (
    "Contract attorneys earn between $62 and $95 an hour. Biologists get $125+ per hour. "
    "Up to £40/h for coders. Translators get €25 per 1,000 words. "
    "Contracts pay $120,000 - $180,000 a year, and a signing bonus of $500."
)
HTML = "<!doctype html><html><body><p>Raters get $15 an hour.</p></body></html>"
BOARD = {
    "jobs": [
        {
            "id": 1,
            "title": "Physics annotator",
            "absolute_url": "https://example.org/jobs/1",
            "content": "",
            "pay_input_ranges": [
                {
                    "min_cents": 4100,
                    "max_cents": 6650,
                    "currency_type": "USD",
                    "title": "Hourly pay",
                }
            ],
        }
    ]
}


def pdf(*pages):
    file = io.BytesIO()
    canvas = Canvas(file)
    for page in pages:
        canvas.drawString(72, 700, page)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def columns(line):
    return [cell for cell in line.strip().split("  ") if cell]


def test_text_on_stdin_becomes_aligned_lines_in_words(command):
    answer = command("extract", stdin=TEXT)
    assert answer.exit_code == 0
    assert [columns(line)[0] for line in answer.stdout.splitlines()] == [
        "62 to 95 USD per hour",
        "125 or more USD per hour",
        "up to 40 GBP per hour",
        "25 EUR per 1,000 words",
        "120,000 to 180,000 USD per year",
    ]
    first, *others = answer.stdout.splitlines()
    assert "range, base" in first
    assert "“between $62 and $95 an hour”" in first
    assert {line.index("“") for line in others} == {first.index("“")}


def test_what_is_not_the_price_of_work_is_shown_on_request(command):
    answer = command("extract", "--include-all", stdin=TEXT)
    assert "500 USD once" in answer.stdout
    assert "point, bonus" in answer.stdout


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("note.txt", b"Raters get $15 an hour."),
        ("note.md", b"---\ntitle: Pay\n---\nRaters get $15 an hour."),
        ("page.html", HTML.encode()),
        ("report.pdf", pdf("Raters get $15 an hour.")),
        ("utf16.txt", "Raters get $15 an hour.".encode("utf-16")),
    ],
)
def test_a_file_of_each_kind_is_read(command, tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content)
    answer = command("extract", path)
    assert answer.exit_code == 0, answer.stderr
    assert columns(answer.stdout)[0] == "15 USD per hour"
    assert command("extract", "-", stdin=content).stdout.startswith("15 USD per hour")


def test_figures_of_a_pdf_name_their_page(command, tmp_path):
    path = tmp_path / "report.pdf"
    path.write_bytes(pdf("Nothing here.", "Raters get $15 an hour."))
    assert "page 2, " in command("extract", path).stdout
    found = json.loads(command("extract", "--jsonl", path).stdout)
    assert (found["file"], found["page"]) == (str(path), 2)


def test_a_structured_pay_field_is_shown_by_its_path(command, tmp_path):
    path = tmp_path / "board.json"
    path.write_text(json.dumps(BOARD))
    found = json.loads(command("extract", "--jsonl", path).stdout)
    assert found["field_path"] == "jobs[0].pay_input_ranges[0]"
    assert (found["amount_min"], found["amount_max"]) == (41, 66.5)
    assert found["char_start"] is found["matched_text"] is None
    assert "jobs[0].pay_input_ranges[0]" in command("extract", path).stdout


def test_the_country_in_front_matter_is_a_hint_and_an_option_wins(command, tmp_path):
    path = tmp_path / "note.md"
    path.write_text("---\ncountry: CA\n---\nRaters get $15 an hour.")
    assert "15 CAD per hour" in command("extract", path).stdout
    assert "15 AUD per hour" in command("extract", "--country", "au", path).stdout


def test_several_files_are_read_and_those_that_cannot_are_named(command, tmp_path):
    good, empty, other = (tmp_path / name for name in ("a.txt", "b.txt", "c.html"))
    good.write_text("Raters get $15 an hour.")
    empty.write_text("")
    other.write_text(HTML)
    picture = tmp_path / "p.pdf"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n")
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(pdf("Raters get $15 an hour.")[:300])
    answer = command(
        "extract", good, tmp_path / "missing.txt", tmp_path, empty, picture, broken, other
    )
    assert answer.exit_code == 1
    assert answer.stdout.splitlines()[0] == str(good)
    assert answer.stdout.count("15 USD per hour") == 2
    missing, folder, without_pay, wrong, damaged = answer.stderr.splitlines()
    assert missing.startswith(f"compensation: {tmp_path / 'missing.txt'}: expected a file")
    assert "got a folder" in folder
    assert f"{empty}: no pay found" in without_pay
    assert "a PNG picture" in wrong
    assert damaged.startswith(f"compensation: {broken}: ")


@pytest.mark.parametrize("content", ["", "\n", "The panel met on Tuesday."])
def test_a_text_without_pay_says_so_beside_an_empty_answer(command, content):
    answer = command("extract", stdin=content)
    assert (answer.exit_code, answer.stdout) == (0, "")
    assert "stdin: no pay found" in answer.stderr


def test_bytes_that_are_no_text_are_refused_without_a_traceback(command):
    answer = command("extract", stdin=bytes(range(256)) * 40)
    assert answer.exit_code == 1
    assert answer.stdout == ""
    assert answer.stderr.startswith("compensation: stdin: expected")
    assert isinstance(answer.exception, SystemExit)


def test_amounts_in_json_lines_are_numbers_with_every_digit(command):
    answer = command(
        "extract", "--jsonl", stdin="Raters get $12.50 an hour or $0.0300 per word."
    )
    found = [json.loads(line, parse_float=Decimal) for line in answer.stdout.splitlines()]
    assert [str(one["amount_min"]) for one in found] == ["12.50", "0.0300"]


@pytest.mark.parametrize(
    ("option", "value"), [("--country", "USA"), ("--currency", "bogus"), ("--language", "1")]
)
def test_an_option_that_is_no_code_is_refused(command, option, value):
    answer = command("extract", option, value, stdin=TEXT)
    assert answer.exit_code == 2
    assert f"got '{value}'" in answer.stderr


def test_explain_shows_tokens_cues_and_what_was_refused(command):
    answer = command("explain", TEXT)
    assert answer.exit_code == 0
    assert "refused as bonus" in answer.stdout
    assert "rule range.between_and" in answer.stdout
    assert "\033[" not in answer.stdout
    assert command("explain", "-", stdin=TEXT).stdout == answer.stdout


def test_explain_gives_the_same_as_json(command):
    explained = json.loads(command("explain", "--json", TEXT).stdout)
    assert [one["refused_as"] for one in explained["readings"]][-1] == "bonus"


def test_explain_is_coloured_in_a_terminal_unless_told_otherwise(process, monkeypatch):
    terminal, end = os.openpty()
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert process("explain", "$5/h", stdout=end).wait(20) == 0
    assert b"\033[" in os.read(terminal, 10_000)
    monkeypatch.setenv("NO_COLOR", "1")
    assert process("explain", "$5/h", stdout=end).wait(20) == 0
    assert b"\033[" not in os.read(terminal, 10_000)
    os.close(terminal)
    os.close(end)


def test_text_on_stdin_is_read_without_loading_what_it_does_not_need():
    program = (
        "import sys; from click.testing import CliRunner; from pipelines.cli import main; "
        "answer = CliRunner().invoke(main, ['extract'], input='Raters get $15 an hour.'); "
        "assert answer.stdout.startswith('15 USD per hour'), answer.output; "
        "heavy = {'dagster', 'pandas', 'duckdb', 'pandera', 'pyarrow', 'numpy', 'pydantic', "
        "'pdfplumber', 'selectolax', 'yaml'}; "
        "print(sorted(heavy & set(sys.modules)))"
    )
    found = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert found.stdout == "[]\n"
