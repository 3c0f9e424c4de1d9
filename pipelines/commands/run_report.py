"""What came of a run, in plain words: the release, each file of the inbox, a few answers."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pipelines.workspace import Workspace
from warehouse.query import render, run_sql
from warehouse.tables.all import ALL_TABLES
from warehouse.vocabulary import DocumentStatus

MOST_FILES = 40
MOST_RECORDS = 3
INBOX = "inbox"

EXAMPLES = {
    "What do offers advertise per hour, by field?": (
        "SELECT domain_code, n_offers, n_employers, floor, ceiling, status FROM v_typical_pay "
        "WHERE expertise_tier = 'ALL' AND country_code = 'WORLD' ORDER BY n_offers DESC LIMIT 6"
    ),
    "What do payrolls and surveys say, rather than adverts?": (
        "SELECT publisher, statistic, amount_min, amount_max, currency, country_code "
        "FROM v_reported_pay WHERE origin_observation_id IS NULL AND pay_period = 'hour' "
        "AND statistic <> 'share' AND evidence_kind IN ('payroll_aggregate', 'worker_survey') "
        "ORDER BY amount_max DESC, publisher LIMIT 6"
    ),
    "Who repeats whom?": (
        "SELECT repeats, origin, change, figures FROM v_who_repeats_whom "
        "ORDER BY figures DESC, repeats, change LIMIT 6"
    ),
}

FILES = """
SELECT
    d.document_id, d.file_name, d.status, d.reason_code, d.page_count,
    original.file_name AS original_name, original.source_id AS original_source,
    (
        SELECT count(DISTINCT statement_id) FROM rate_observations o
        WHERE o.document_id = d.document_id
    ) AS figures,
    (SELECT count(*) FROM postings p WHERE p.document_id = d.document_id) AS postings
FROM documents d
LEFT JOIN documents original ON original.document_id = d.duplicate_of
WHERE d.source_id = 'inbox'
ORDER BY d.status <> 'quarantined', d.file_name
"""
SET_ASIDE = (
    "SELECT document_id, path, reason_code, message FROM quarantine WHERE source_id = 'inbox' "
    "ORDER BY ALL"
)
STALE = "SELECT source_id, stale_reason FROM sources WHERE is_stale ORDER BY source_id"
FIND_FILES = (
    "compensation sql \"SELECT file_name, status FROM documents WHERE source_id = 'inbox'\""
)

STATES = {
    DocumentStatus.ACCEPTED: "accepted",
    DocumentStatus.ACCEPTED_EMPTY: "no pay found",
    DocumentStatus.DUPLICATE: "duplicate",
    DocumentStatus.QUARANTINED: "set aside",
}

Row = dict[str, Any]


def report(place: Workspace, before: Path | None) -> Iterator[str]:
    """Yield what to tell the person who ran it.

    Args:
        place: The workspace, with the release that stands now.
        before: The folder of the release that stood before, if there was one.
    """
    folder = place.latest.resolve()
    if folder == before:
        yield f"Nothing new: release {folder.name} stands, at {folder}"
        yield from stale_lines(folder)
        return
    yield f"Release {folder.name} is at {folder}"
    yield ""
    yield from row_counts(folder)
    yield ""
    yield from stale_lines(folder)
    yield from inbox_lines(folder, before)
    for question, query in EXAMPLES.items():
        yield question
        yield f"  {query}"
        yield render(run_sql(folder, query), "table")
    yield 'Ask your own: .venv/bin/compensation sql "SELECT ..."'


def row_counts(folder: Path) -> Iterator[str]:
    """Yield the number of rows of each table, in the order in which they are declared."""
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    rows = {file["table"]: file["rows"] for file in manifest["files"] if "table" in file}
    yield from (f"  {rows[table.name]:>8,} {table.name}" for table in ALL_TABLES)


def stale_lines(folder: Path) -> Iterator[str]:
    """Yield the sources that could not be fetched, each with its reason."""
    stale = _rows(folder, STALE)
    if stale:
        yield "Not fetched this time; their rows are those of the last fetch, marked as stale:"
        yield from (f"  {row['source_id']}: {row['stale_reason']}" for row in stale)
        yield ""


def inbox_lines(folder: Path, before: Path | None) -> Iterator[str]:
    """Yield what became of each file that was dropped since the release before."""
    seen = {(row["document_id"], row["file_name"]) for row in _rows(before, FILES)}
    files = _rows(folder, FILES)
    new = [row for row in files if (row["document_id"], row["file_name"]) not in seen]
    old = f" ({counted(len(files) - len(new), 'file')} from before)" if seen else ""
    yield f"From data/inbox/: {counted(len(new), 'new file')}{old}"
    records: dict[str, list[Row]] = {}
    for row in _rows(folder, SET_ASIDE):
        records.setdefault(row["document_id"], []).append(row)
    width = max((len(row["file_name"]) for row in new[:MOST_FILES]), default=0)
    for row in new[:MOST_FILES]:
        refused = records.get(row["document_id"], [])
        head = f"{row['file_name']:<{width}}  {STATES[row['status']]:<12}"
        yield f"  {head}  {_came(row, refused)}"
        yield from _record_lines(refused)
    if len(new) > MOST_FILES:
        yield f"  and {counted(len(new) - MOST_FILES, 'more file')}: {FIND_FILES}"
    yield ""


def _came(row: Row, refused: list[Row]) -> str:
    """Return what came of one file: its figures, or why there are none."""
    match row["status"]:
        case DocumentStatus.DUPLICATE:
            elsewhere = row["original_source"] != INBOX
            return f"of {row['original_name']}" + (
                f" of {row['original_source']}" if elsewhere else ""
            )
        case DocumentStatus.QUARANTINED:
            whole = [one["message"] for one in refused if one["path"] is None]
            return _reason(row, row["reason_code"], whole[0] if whole else "no row is valid")
    found = counted(row["figures"], "figure") if row["figures"] else ""
    if row["postings"]:
        return f"{found or 'nothing'} in {counted(row['postings'], 'posting')}"
    pages = counted(row["page_count"] or 1, "page")
    return f"{found} on {pages}" if found else f"on {pages}"


def _reason(row: Row, code: str, message: str) -> str:
    return f"{code}: {message.removeprefix(row['file_name'] + ': ')}"


def _record_lines(refused: list[Row]) -> Iterator[str]:
    """Yield the records of a file that were set aside, the first few with their reasons."""
    records = [row for row in refused if row["path"] is not None]
    for row in records[:MOST_RECORDS]:
        yield f"    set aside {row['path']}: {row['reason_code']}: {row['message']}"
    if len(records) > MOST_RECORDS:
        yield f"    and {counted(len(records) - MOST_RECORDS, 'more record')}, in quarantine"


def counted(number: int, noun: str) -> str:
    """Return a number of things in words: `1 file`, `1,200 files`, `no files`."""
    if number == 0:
        return f"no {noun}s"
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


def _rows(folder: Path | None, query: str) -> list[Row]:
    if folder is None:
        return []
    answer = run_sql(folder, query)
    return [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]
