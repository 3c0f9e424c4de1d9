"""Files of every kind dropped at once: each ends where it should, and the run says so."""

import io
import json
import os
import shutil
import signal
import subprocess
import sys
from decimal import Decimal

import dagster as dg
import pytest
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Table

from pipelines.commands.run import run_pipeline
from pipelines.commands.run_report import MOST_FILES
from pipelines.workspace import REPOSITORY, Workspace
from sources.errors import SourceUnreachable
from warehouse.compare import diff
from warehouse.query import run_sql
from warehouse.verify import verify

pytestmark = pytest.mark.slow

RATES = [
    ["Field", "Minimum rate", "Maximum rate", "Unit"],
    ["Law", "$62", "$95", "per hour"],
    ["Chemistry", "$48", "$71", "per hour"],
]
PARAGRAPH = (
    "Reviewers of model answers in medicine earn between $103 and $157 an hour, the survey of "
    "four hundred people found, while generalists start at $17 an hour."
)
JSON_LD = {
    "@context": "https://schema.org",
    "@type": "JobPosting",
    "title": "AI trainer, Korean language",
    "hiringOrganization": {"@type": "Organization", "name": "Example Labs"},
    "datePosted": "2026-05-04",
    "jobLocation": {"@type": "Place", "address": {"addressCountry": "KR"}},
    "baseSalary": {
        "@type": "MonetaryAmount",
        "currency": "USD",
        "value": {
            "@type": "QuantitativeValue",
            "minValue": 22.5,
            "maxValue": 31,
            "unitText": "HOUR",
        },
    },
}
HTML = f"""<!doctype html><html><head><title>AI trainer</title>
<script type="application/ld+json">{json.dumps(JSON_LD)}</script></head>
<body><h1>AI trainer, Korean language</h1><p>Judge model answers in Korean.</p></body></html>"""
BOARD = {
    "jobs": [
        {
            "id": 4011,
            "title": "Data annotation specialist, physics",
            "absolute_url": "https://boards.example.org/jobs/4011",
            "location": {"name": "Remote, United States"},
            "content": "&lt;p&gt;Label physics questions for our models.&lt;/p&gt;",
            "updated_at": "2026-05-02T10:00:00Z",
            "pay_input_ranges": [
                {
                    "min_cents": 4100,
                    "max_cents": 6650,
                    "currency_type": "USD",
                    "title": "Hourly pay",
                }
            ],
        }
    ],
    "meta": {"total": 1},
}
TABLE = """\
title,company,location,salary,url
Math tutor for AI models,Example Labs,United Kingdom,£33 - £44 per hour,https://example.org/1
Poetry reviewer,Example Labs,United States,,https://example.org/2
"""
LONG_TEXT_BYTES = 20_000_000


def pdf():
    ruled = [("GRID", (0, 0), (-1, -1), 1, "black")]
    table = Table(RATES, style=ruled)
    story = [table, PageBreak(), Paragraph(PARAGRAPH, getSampleStyleSheet()["BodyText"])]
    file = io.BytesIO()
    SimpleDocTemplate(file, invariant=1).build(story)
    return file.getvalue()


def long_text():
    """Twenty megabytes without pay, and one figure in the middle."""
    line = "The panel met again and discussed the guidelines for the next batch at length.\n"
    lines = [line] * (LONG_TEXT_BYTES // len(line) + 1)
    lines[len(lines) // 2] = "Moderators are paid $23.40 per hour.\n"
    return "".join(lines).encode()


def everything():
    return {
        "rates.pdf": pdf(),
        "posting.html": HTML.encode(),
        "board.json": json.dumps(BOARD).encode(),
        "postings.csv": TABLE.encode(),
        "empty.txt": b"",
        "picture.pdf": b"\x89PNG\r\n\x1a\n" + bytes(200),
        "truncated.pdf": pdf()[:900],
        "long.txt": long_text(),
    }


def copy_of(published, folder):
    """A workspace in which the bundled corpus was read and published already."""
    shutil.copytree(published.parents[1], folder, symlinks=True)
    return Workspace(folder)


@pytest.fixture(scope="module")
def dagster_home(tmp_path_factory):
    home = tmp_path_factory.mktemp("dagster")
    shutil.copy(REPOSITORY / "dagster.yaml", home)
    return home


@pytest.fixture
def run(monkeypatch, dagster_home, capsys):
    """Runs the command on a workspace, with Dagster's state apart from the checkout's."""

    def run_command(place):
        monkeypatch.chdir(place.data.parent)
        monkeypatch.setenv("COMPENSATION_DATA", place.data.name)
        monkeypatch.setenv("DAGSTER_HOME", "")
        monkeypatch.setattr("pipelines.commands.run.REPOSITORY", dagster_home)
        out = io.StringIO()
        code = run_pipeline(out)
        return code, out.getvalue(), capsys.readouterr().err

    return run_command


@pytest.fixture(scope="module")
def place(published, tmp_path_factory):
    """The workspace of the story; the tests below tell it in order."""
    return copy_of(published, tmp_path_factory.mktemp("everything") / "data")


FIGURES = """
SELECT file_name, page_number, field_path, amount_min, amount_max, currency, pay_period,
       statistic, matched_text
FROM rate_observations JOIN documents USING (document_id)
WHERE source_id = 'inbox' GROUP BY ALL ORDER BY ALL
"""
ENDS = """
SELECT file_name, status, documents.reason_code, page_count, message
FROM documents LEFT JOIN quarantine USING (document_id, file_name)
WHERE documents.source_id = 'inbox' ORDER BY ALL
"""


def test_each_of_eight_files_dropped_at_once_ends_where_it_should(place, run):
    before = place.latest.resolve()
    place.inbox.mkdir(exist_ok=True)
    for name, content in everything().items():
        (place.inbox / name).write_bytes(content)

    code, out, err = run(place)

    assert code == 0, err
    assert place.latest.resolve() != before
    assert verify(place.latest) == []
    found = run_sql(place.latest, FIGURES).rows
    assert [(*row[:3], *map(text_of, row[3:5]), *row[5:]) for row in found] == [
        ("board.json", 1, "jobs[0].pay_input_ranges[0]", "41", "66.5", "USD", "hour", "range",
         None),
        ("long.txt", 101, None, "23.4", "23.4", "USD", "hour", "point", "$23.40 per hour"),
        ("posting.html", 1, "$.baseSalary.value", "22.5", "31", "USD", "hour", "range", None),
        ("postings.csv", 1, None, "33", "44", "GBP", "hour", "range", "£33 - £44 per hour"),
        ("rates.pdf", 1, None, "48", "71", "USD", "hour", "range", "$48\t$71"),
        ("rates.pdf", 1, None, "62", "95", "USD", "hour", "range", "$62\t$95"),
        ("rates.pdf", 2, None, "17", None, "USD", "hour", "starting", "start at $17 an hour"),
        ("rates.pdf", 2, None, "103", "157", "USD", "hour", "range",
         "between $103 and $157 an hour"),
    ]  # fmt: skip
    ends = {row[0]: row[1:3] for row in run_sql(place.latest, ENDS).rows}
    assert ends == {
        "board.json": ("accepted", None),
        "empty.txt": ("quarantined", "empty_file"),
        "long.txt": ("accepted", None),
        "picture.pdf": ("quarantined", "wrong_type"),
        "posting.html": ("accepted", None),
        "postings.csv": ("accepted", None),
        "rates.pdf": ("accepted", None),
        "truncated.pdf": ("quarantined", "damaged"),
    }
    assert all(row[4] for row in run_sql(place.latest, ENDS).rows if row[1] == "quarantined")

    lines = [line.split("  ") for line in out.splitlines()]
    told = {cells[1]: [cell.strip() for cell in cells[2:] if cell] for cells in lines if
            len(cells) > 2 and cells[1] in ends}  # fmt: skip
    assert told["rates.pdf"] == ["accepted", "4 figures on 2 pages"]
    assert told["postings.csv"] == ["accepted", "1 figure in 2 postings"]
    assert told["empty.txt"][0] == "set aside"
    assert "PNG picture" in told["picture.pdf"][1]
    assert "From data/inbox/: 8 new files" in out
    assert "Traceback" not in out + err
    assert "## documents\n\n8 rows added, 0 removed" in diff(before, place.latest).text


def text_of(amount):
    return None if amount is None else f"{Decimal(amount).normalize():f}"


def test_a_second_run_with_nothing_new_says_so_and_publishes_nothing(place, run):
    before = place.latest.resolve()
    code, out, err = run(place)
    assert code == 0, err
    assert out == f"Nothing new: release {before.name} stands, at {before}\n"
    assert place.latest.resolve() == before


def test_the_same_bytes_again_and_a_text_without_pay_are_told_apart(place, run):
    (place.inbox / "notes.md").write_text("The panel met on Tuesday.\n")
    (place.inbox / "same.html").write_text(HTML)
    code, out, err = run(place)
    assert code == 0, err
    assert "From data/inbox/: 2 new files (8 files from before)" in out
    assert "  notes.md   no pay found  on 1 page\n" in out
    assert "  same.html  duplicate     of posting.html\n" in out


def test_a_failing_check_leaves_the_old_release_standing(place, run, monkeypatch):
    before = place.latest.resolve()
    (place.inbox / "more.txt").write_text("Dictation graders get $14 an hour.\n")
    monkeypatch.setattr(
        "warehouse.release.problems", lambda *_, **__: ["rates: 3 rows break their rules"]
    )
    code, out, err = run(place)
    assert code == 1
    assert out == ""
    assert "the run failed at release: nothing was published" in err
    assert "rates: 3 rows break their rules" in err
    assert f"Release {before.name} still stands." in err
    assert "Traceback" not in err
    assert place.latest.resolve() == before
    assert verify(before) == []


def unreachable(*names):
    """Return a way to fetch that fails for the named sources."""
    from sources.connectors.fetching import fetch

    def fetch_some(source, archive, **known):
        if source.id in names or not names:
            message = f"{source.id}: expected an answer; got none. Try again later."
            raise SourceUnreachable(message)
        return fetch(source, archive, **known)

    return fetch_some


def test_a_source_that_cannot_be_fetched_is_stale_and_the_release_goes_out(
    place, run, monkeypatch
):
    monkeypatch.setattr(
        "pipelines.runs.fetching.fetch", unreachable("bundled_reports", "inbox")
    )
    code, out, err = run(place)
    assert code == 0, err
    stale = run_sql(place.latest, "SELECT source_id, stale_reason FROM sources WHERE is_stale")
    assert sorted(row[0] for row in stale.rows) == ["bundled_reports", "inbox"]
    assert "  inbox: expected an answer; got none. Try again later.\n" in out
    assert "  more.txt  accepted      1 figure on 1 page\n" in out
    counts = run_sql(place.latest, "SELECT DISTINCT source_id FROM documents").rows
    assert ("bundled_reports",) in counts


def test_when_no_source_can_be_fetched_the_run_fails_and_says_why(place, run, monkeypatch):
    before = place.latest.resolve()
    monkeypatch.setattr("pipelines.runs.fetching.fetch", unreachable())
    code, out, err = run(place)
    assert code == 1
    assert out == ""
    assert "the run failed at documents: expected at least one source to be fetched" in err
    assert "- bundled_figures: expected an answer; got none." in err
    assert "Traceback" not in err
    assert place.latest.resolve() == before


def test_the_next_good_run_is_fresh_again_and_names_forty_of_many_files(place, run):
    for number in range(45):
        (place.inbox / f"memo{number:02}.txt").write_text(
            f"Graders get ${number + 10} an hour."
        )
    code, out, err = run(place)
    assert code == 0, err
    assert "From data/inbox/: 45 new files (11 files from before)" in out
    assert sum(line.startswith("  memo") for line in out.splitlines()) == MOST_FILES
    assert "  and 5 more files: compensation sql" in out
    assert run_sql(place.latest, "SELECT count(*) FROM sources WHERE is_stale").rows == [(0,)]


INTERRUPTED_RUN = """
import sys
from pathlib import Path
import pipelines.commands.run as command
command.REPOSITORY = Path(sys.argv[1])
sys.exit(command.run_pipeline(sys.stdout))
"""


def test_an_interrupted_run_ends_at_once_and_does_not_hold_up_the_next(
    tmp_path, dagster_home, monkeypatch
):
    monkeypatch.chdir(dagster_home)  # dagster.yaml names its folders from here
    run = subprocess.Popen(
        [sys.executable, "-c", INTERRUPTED_RUN, str(dagster_home)],
        stderr=subprocess.PIPE,
        env=os.environ | {"COMPENSATION_DATA": str(tmp_path)},
        start_new_session=True,
    )
    while not run.stderr.readline().startswith(b"reading"):
        assert run.poll() is None
    os.killpg(run.pid, signal.SIGINT)
    _, err = run.communicate(timeout=60)
    assert run.returncode == 130
    assert err == b"compensation: interrupted.\n"
    with dg.DagsterInstance.from_config(str(dagster_home)) as instance:
        (newest,) = instance.get_runs(limit=1)
    assert newest.status == dg.DagsterRunStatus.CANCELED
