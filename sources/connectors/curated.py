"""Gets a curated table of cited figures: one document per publication that it cites.

The document of a publication is its rows as canonical JSON, so that a changed row is a new
document and an unchanged one is not.
"""

import csv
import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from sources.archive import Archive
from sources.documents import DocumentFacts, FetchReport, RawDocument
from sources.errors import SourceChanged, unmet
from sources.front_matter import moment, partial_date
from sources.registry import Source

# What the rows of one publication say of the publication itself.
ABOUT_DOCUMENT = ("publisher", "via", "title", "url", "published_date", "retrieved_at")

Row = dict[str, str]


def fetch_curated(source: Source, archive: Archive, table: Path) -> FetchReport:
    """Bring the publications that a table cites into the archive.

    Raises:
        SourceChanged: The table lacks a column, or says two things of one publication.
    """
    documents = list(_documents(source, table))
    report = archive.keep_all(documents)
    gone = archive.file_names(source.id) - {document.file_name for document in documents}
    if gone:
        archive.withdraw(source.id, gone)
    return FetchReport(
        new=report.new,
        unchanged=report.unchanged,
        withdrawn=len(gone),
        byte_count=report.byte_count,
    )


def _documents(source: Source, table: Path) -> Iterator[RawDocument]:
    with table.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        missing = set(ABOUT_DOCUMENT) - set(reader.fieldnames or ())
        if missing:
            expected = f"the columns {', '.join(ABOUT_DOCUMENT)}"
            got = f"none called {' or '.join(sorted(missing))}"
            raise SourceChanged(unmet(table.name, expected, got))
        cited: dict[str, list[Row]] = {}
        for row in reader:
            cited.setdefault(row["url"], []).append(row)
    for url, rows in cited.items():
        yield _document(source, table.name, url, rows)


def _document(source: Source, table: str, url: str, rows: list[Row]) -> RawDocument:
    about = {name: _only(name, table, url, rows) for name in ABOUT_DOCUMENT}
    retrieved_at = about["retrieved_at"]
    if retrieved_at is None:
        raise SourceChanged(unmet(f"{table}: {url}: retrieved_at", "a moment", "nothing"))
    dated = partial_date(about["published_date"]) if about["published_date"] else (None, None)
    kinds = {row.get("evidence_kind") or None for row in rows}
    return RawDocument(
        source_id=source.id,
        file_name=f"{table}#{url}",
        content=_canonical(rows),
        retrieved_at=moment(retrieved_at),
        facts=DocumentFacts(
            title=about["title"],
            publisher=about["publisher"],
            via=about["via"],
            url=url,
            published_date=dated[0],
            date_precision=dated[1],
            evidence_kind=kinds.pop() if len(kinds) == 1 else None,
            text_origin=source.defaults.text_origin,
        ),
        is_time_declared=True,
    )


def _only(name: str, table: str, url: str, rows: Iterable[Row]) -> str | None:
    """Return what all rows of a publication say of it."""
    values = sorted({row[name] for row in rows})
    if len(values) > 1:
        got = " and ".join(map(repr, values))
        message = unmet(f"{table}: {url}: {name}", "one value for the publication", got)
        raise SourceChanged(message)
    return values[0] or None


def _canonical(rows: list[Row]) -> bytes:
    """Return the figures of a publication as JSON: same figures, same bytes."""
    figures = [
        {name: value or None for name, value in row.items() if name not in ABOUT_DOCUMENT}
        for row in rows
    ]
    content = {"cited_figures": figures, "url": rows[0]["url"]}
    return json.dumps(content, sort_keys=True, ensure_ascii=False, indent=1).encode()
