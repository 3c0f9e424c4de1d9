"""compensation sql, trace, verify, diff and docs: questions to a release."""

import csv
import io
import json
import shutil
from pathlib import Path

import pytest

pytestmark = pytest.mark.usefixtures("release")

FIRST = "SELECT observation_id FROM rate_observations ORDER BY 1 LIMIT 1"


def test_an_answer_is_a_table_csv_or_json(command):
    query = "SELECT currency, count(*) AS n FROM rates JOIN rate_observations USING "
    query += "(observation_id) WHERE currency = 'USD' GROUP BY ALL"
    table = command("sql", query).stdout.splitlines()
    assert [line.split() for line in table[:2]] == [["currency", "n"], ["--------", "---"]]
    assert table[-1] == "(1 row)"
    (row,) = csv.DictReader(io.StringIO(command("sql", "--csv", query).stdout))
    assert json.loads(command("sql", "--json", query).stdout) == [
        {"currency": "USD", "n": int(row["n"])}
    ]


def test_a_query_may_come_from_stdin(command):
    answer = command("sql", "-", stdin="-- how many\nSELECT 1 AS one;\n")
    assert answer.stdout == "one\n---\n  1\n(1 row)\n"


@pytest.mark.parametrize(
    ("query", "advice"),
    [
        ("SELECT * FROM rate_observation", "Did you mean rate_observations"),
        ("SELECT amount FROM rates", "DESCRIBE"),
        ("SELEC 1", "syntax error"),
        ("", "expected a query"),
        (";", "expected a query"),
        ("/* nothing */", "expected a query"),
        ("DROP TABLE rates", "read-only"),
        ("UPDATE rates SET hourly_min = 1", "read-only"),
        ("SELECT 1; DELETE FROM rates", "read-only"),
        ("COPY rates TO 'out.csv'", "stands alone"),
        ("SELECT * FROM read_text('/etc/hostname')", "stands alone"),
        ("SELECT * FROM read_csv('https://example.org/a.csv')", "stands alone"),
        ("ATTACH 'other.duckdb'", "stands alone"),
        ("SET enable_external_access = true", "locked"),
    ],
)
def test_a_query_that_cannot_be_answered_is_refused(command, query, advice):
    answer = command("sql", query)
    assert answer.exit_code == 1
    assert answer.stdout == ""
    assert answer.stderr.startswith("compensation: ")
    assert advice in answer.stderr
    assert isinstance(answer.exception, SystemExit)


def test_a_table_too_long_to_read_is_cut_and_says_so_but_csv_is_whole(command):
    query = "SELECT range AS n FROM range(5000)"
    shown = command("sql", query).stdout.splitlines()
    assert len(shown) == 1_003
    assert shown[-1].startswith("(the first 1,000 rows; there are more")
    assert len(command("sql", "--csv", query).stdout.splitlines()) == 5_001


def test_json_has_only_what_json_knows(command):
    query = (
        "SELECT 'inf'::DOUBLE AS a, [1.50::DECIMAL(9,2)] AS b, {'c': 2.50::DECIMAL(9,2)} AS d,"
        " NULL AS e, DATE '2026-01-02' AS f, true AS g"
    )
    answer = command("sql", "--json", query).stdout
    assert json.loads(answer, parse_constant=pytest.fail) == [
        {"a": None, "b": [1.5], "d": {"c": 2.5}, "e": None, "f": "2026-01-02", "g": True}
    ]


def test_without_a_release_every_question_says_how_to_make_one(command, monkeypatch, tmp_path):
    monkeypatch.setenv("COMPENSATION_DATA", str(tmp_path))
    for arguments in (["sql", "SELECT 1"], ["trace", "a"], ["verify"], ["diff", "a", "b"]):
        answer = command(*arguments)
        assert answer.exit_code == 1
        assert "no release yet" in answer.stderr
        assert "make run" in answer.stderr


def test_an_unknown_release_is_answered_with_those_there_are(command, release):
    for arguments in (["sql", "--release", "1.1.1", "SELECT 1"], ["verify", "1.1.1"]):
        answer = command(*arguments)
        assert answer.exit_code == 1
        assert f"There are: {release.name}, latest" in answer.stderr


@pytest.mark.parametrize(
    "which",
    [
        "field_path IS NOT NULL",
        "char_start IS NOT NULL AND currency <> 'USD'",
        "statistic = 'share'",
        "pay_period IS NULL",
        "is_min_open",
        "observation_id IN (SELECT observation_id FROM restatements)",
        "observation_id IN (SELECT observation_id FROM rates WHERE hours_basis IS NULL)",
    ],
)
def test_figures_of_every_kind_are_traced(command, which):
    query = f"SELECT observation_id FROM rate_observations WHERE {which} ORDER BY 1 LIMIT 1"
    (row,) = json.loads(command("sql", "--json", query).stdout)
    answer = command("trace", row["observation_id"])
    assert answer.exit_code == 0, answer.output
    for section in ("figure", "words", "said by", "read by", "made comparable", "restatements"):
        assert f"{section}\n" in answer.stdout
    assert "None" not in answer.stdout


def test_a_figure_may_be_named_by_the_start_of_its_name(command):
    name = command("sql", "--csv", FIRST).stdout.split()[1]
    whole = command("trace", name)
    assert command("trace", name[:12].upper()).stdout == whole.stdout
    several = command("trace", name[0])
    assert several.exit_code == 1
    assert f"{name[0]!r} begins {name}" in several.stderr


@pytest.mark.parametrize("name", ["zzzz", "", "x' OR '1'='1", "日"])
def test_a_figure_that_is_not_there_says_how_to_find_one(command, name):
    answer = command("trace", name)
    assert answer.exit_code == 1
    assert "compensation sql" in answer.stderr


@pytest.fixture
def copy(release, tmp_path):
    """A copy of the release, to be damaged."""
    return Path(shutil.copytree(release, tmp_path / "copy"))


def test_a_release_as_published_verifies(command, release):
    for arguments in ([], ["latest"], [release.name], [release]):
        answer = command("verify", *arguments)
        assert answer.exit_code == 0
        assert answer.stdout == f"{release.name}: every file is as published\n"


@pytest.mark.parametrize(
    "name", ["compensation.duckdb", "parquet/rates.parquet", "manifest.json", "SHA256SUMS"]
)
def test_a_flipped_byte_and_a_lost_file_are_named(command, copy, name):
    content = bytearray((copy / name).read_bytes())
    content[10] ^= 1
    (copy / name).write_bytes(content)
    flipped = command("verify", copy)
    (copy / name).unlink()
    lost = command("verify", copy)
    for answer in (flipped, lost):
        assert answer.exit_code == 1
        assert answer.stdout == ""
        assert answer.stderr.startswith("compensation: ")
        assert isinstance(answer.exception, SystemExit)
    assert name in lost.stderr
    if name != "SHA256SUMS":
        assert f"{name}: expected SHA-256" in flipped.stderr


def test_a_release_is_compared_with_itself_and_with_another(command, release):
    same = command("diff", release.name, "latest")
    assert (same.exit_code, "Every table says the same" in same.stdout) == (0, True)
    unknown = command("diff", release.name, "nope")
    assert (unknown.exit_code, "no release 'nope'" in unknown.stderr) == (1, True)


def test_a_damaged_release_cannot_be_compared_or_asked(command, copy):
    (copy / "manifest.json").write_text("{")
    (copy / "compensation.duckdb").write_bytes(b"no database")
    for arguments in (["diff", copy], ["sql", "--release", copy, "SELECT 1"]):
        answer = command(*arguments)
        assert answer.exit_code == 1
        assert isinstance(answer.exception, SystemExit)
        assert "compensation: " in answer.stderr


def test_a_reader_that_goes_away_is_no_error_worth_a_traceback(process):
    for arguments in (["sql", "--csv", "SELECT range FROM range(100000)"], ["trace", "0"]):
        writer = process(*arguments)
        writer.stdin.close()
        writer.stdout.readline()
        writer.stdout.close()
        assert b"Traceback" not in writer.stderr.read()
        writer.wait(20)
