"""The unit of work: one batch of documents in, batches of checked rows out.

Plain functions over plain records, importable without Dagster. A process pool runs them when
there is enough to read; a cluster of machines could run the same function.
"""

from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field, replace
from multiprocessing import get_context
from os import cpu_count
from typing import Any

import pyarrow

from pipelines.attributes.statement import PostingContext
from pipelines.transforms.documents import Provenance
from pipelines.transforms.observations import (
    content_id,
    observe_fields,
    observe_figure,
    observe_page,
    observe_text,
)
from pipelines.transforms.posting_pay import read_posting
from pipelines.transforms.postings import describe, posting_row
from sources.documents import BadRecord, DocumentText, Page, RawPosting
from warehouse.frames import UnfitRecord, from_records, split_records
from warehouse.schema import Table
from warehouse.tables.documents import PAGES
from warehouse.tables.postings import POSTINGS
from warehouse.tables.quarantine import QUARANTINE
from warehouse.tables.rate_observations import RATE_OBSERVATIONS
from warehouse.validate import split_valid
from warehouse.vocabulary import EvidenceKind, ReasonCode

Row = dict[str, Any]

# One batch is about this many pages: enough to make the fixed cost of validation small, few
# enough to keep memory flat whatever the size of a file.
PAGES_PER_BATCH = 2_000
CHARACTERS_PER_BATCH = 8_000_000


@dataclass(frozen=True, slots=True)
class Batch:
    """Texts to read together, each with what is known about its document."""

    texts: tuple[tuple[Provenance, DocumentText], ...]


@dataclass(slots=True)
class BatchRows:
    """The checked rows of one batch, by table, and counts by document."""

    tables: dict[str, pyarrow.Table] = field(default_factory=dict)
    observations: Counter[str] = field(default_factory=Counter)
    rejected: Counter[str] = field(default_factory=Counter)
    pages: int = 0


def batches_of(texts: Iterable[tuple[Provenance, DocumentText]]) -> Iterator[Batch]:
    """Yield the texts in order, gathered into batches of bounded size."""
    waiting: list[tuple[Provenance, DocumentText]] = []
    pages = characters = 0
    for known, text in texts:
        waiting.append((known, text))
        pages += len(text.pages)
        characters += sum(len(page.text) for page in text.pages)
        if pages >= PAGES_PER_BATCH or characters >= CHARACTERS_PER_BATCH:
            yield Batch(tuple(waiting))
            waiting, pages, characters = [], 0, 0
    if waiting:
        yield Batch(tuple(waiting))


def read_all(batches: Iterable[Batch], processes: int | None = None) -> Iterator[BatchRows]:
    """Yield the rows of each batch, in order; a second batch starts a pool of processes."""
    coming = iter(batches)
    first = next(coming, None)
    if first is None:
        return
    second = next(coming, None)
    workers = processes or cpu_count() or 1
    if second is None or workers == 1:
        yield read_batch(first)
        if second is not None:
            yield read_batch(second)
        yield from map(read_batch, coming)
        return
    yield from _in_pools(_chain((first, second), coming), workers)


def _chain(first: Sequence[Batch], rest: Iterator[Batch]) -> Iterator[Batch]:
    yield from first
    yield from rest


def _in_pools(batches: Iterator[Batch], workers: int) -> Iterator[BatchRows]:
    """Hand the rows out in order; when a worker dies, read its batch apart and go on."""
    waiting: deque[Batch] = deque()
    is_done = False
    while not is_done:
        try:
            with _pool(workers) as pool:
                yield from _in_order(pool, batches, waiting, ahead=workers + 1)
        except BrokenProcessPool:
            yield from _one_by_one(waiting.popleft())
        else:
            is_done = True


def _pool(workers: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(workers, mp_context=get_context("spawn"))


def _in_order(
    pool: ProcessPoolExecutor, batches: Iterator[Batch], waiting: deque[Batch], ahead: int
) -> Iterator[BatchRows]:
    """Keep a few batches in the pool; `waiting` holds those whose rows were not handed out."""
    running = deque(pool.submit(read_batch, batch) for batch in waiting)
    for batch in batches:
        waiting.append(batch)
        running.append(pool.submit(read_batch, batch))
        if len(running) >= ahead:
            yield _first(running, waiting)
    while running:
        yield _first(running, waiting)


def _first(running: deque[Future[BatchRows]], waiting: deque[Batch]) -> BatchRows:
    rows = running.popleft().result()
    waiting.popleft()
    return rows


def _one_by_one(batch: Batch) -> Iterator[BatchRows]:
    """Read the texts of a batch in a process each; one that kills its process is set aside."""
    for known, text in batch.texts:
        try:
            with _pool(1) as pool:
                yield pool.submit(read_batch, Batch(((known, text),))).result()
        except BrokenProcessPool:
            yield _killed(known, text)


def _killed(known: Provenance, text: DocumentText) -> BatchRows:
    pages = f"pages {text.pages[0].number} to {text.pages[-1].number}" if text.pages else ""
    message = (
        "the process that read it was killed; look at these pages with: compensation extract"
    )
    bad = BadRecord(pages, ReasonCode.READER_FAILED, message, "")
    rows: dict[str, list[Row]] = defaultdict(list)
    rows[QUARANTINE.name].append(quarantined_record(known, bad))
    result = _checked(rows, {known.document_id: known})
    result.rejected[known.document_id] += 1
    return result


def read_batch(batch: Batch) -> BatchRows:
    """Return the checked rows of a batch; rejected rows are among its quarantine rows."""
    rows: dict[str, list[Row]] = defaultdict(list)
    for known, text in batch.texts:
        _read_text(known, text, rows)
    checked = _checked(rows, {known.document_id: known for known, _ in batch.texts})
    checked.pages = sum(len(text.pages) for _, text in batch.texts)
    return checked


def _read_text(known: Provenance, text: DocumentText, rows: dict[str, list[Row]]) -> None:
    postings = {posting.page_number: posting for posting in text.postings}
    for page in text.pages:
        posting = postings.get(page.number)
        if known.may_show_text or posting is None:
            rows[PAGES.name].append(
                {
                    "document_id": known.document_id,
                    "page_number": page.number,
                    "text": page.text,
                }
            )
        if posting is None:
            rows[RATE_OBSERVATIONS.name].extend(observe_page(page, known))
        else:
            _read_posting(posting, page, known, rows)
    for figure in text.figures:
        try:
            rows[RATE_OBSERVATIONS.name].append(observe_figure(figure, known))
        except ValueError as problem:
            bad = BadRecord(figure.path, "bad_record", str(problem), str(figure.values))
            rows[QUARANTINE.name].append(quarantined_record(known, bad))
    rows[QUARANTINE.name].extend(quarantined_record(known, bad) for bad in text.bad_records)


def _read_posting(
    posting: RawPosting, page: Page, source: Provenance, rows: dict[str, list[Row]]
) -> None:
    """Add the row of a posting, and the rows of its own fields and of its text."""
    known = replace(source, evidence_kind=source.evidence_kind or EvidenceKind.POSTING)
    found = describe(posting, known, page.text)
    row = posting_row(posting, known, found)
    rows[POSTINGS.name].append(row)
    context = PostingContext(title=posting.title, attributes=found)
    readings = read_posting(
        posting,
        page.text,
        country=known.country_code,
        language=known.language_code,
        currency=known.currency,
        include_all=True,
    )
    stated = [
        *observe_fields(readings.fields, posting, known, context),
        *observe_text(page, readings.texts, known, context),
    ]
    named = {"posting_id": row["posting_id"]}
    rows[RATE_OBSERVATIONS.name].extend(one | named for one in stated)


def quarantined_record(known: Provenance, bad: BadRecord) -> Row:
    """Return the quarantine row of one record, or of a whole document where path is empty."""
    return {
        "quarantine_id": content_id(known.document_id, known.file_name, bad.path, bad.message),
        "document_id": known.document_id,
        "source_id": known.source_id,
        "file_name": known.file_name,
        "path": bad.path or None,
        "rule": None,
        "reason_code": bad.reason_code,
        "message": bad.message,
        "excerpt": bad.excerpt[:500] or None,
        "observation_id": None,
    }


def _checked(rows: dict[str, list[Row]], documents: dict[str, Provenance]) -> BatchRows:
    """Split every table into accepted rows and quarantined ones; nothing is dropped."""
    result = BatchRows()
    for table in (PAGES, POSTINGS, RATE_OBSERVATIONS):
        fitting, unfit = split_records(table, rows[table.name])
        accepted, rejected = split_valid(table, fitting)
        result.tables[table.name] = accepted
        refused = [_unfit_row(table, rows[table.name][bad[0]], bad) for bad in unfit]
        refused += [_rejected_row(table, row) for row in rejected.to_pylist()]
        for row in refused:
            known = documents[row["document_id"]]
            row |= {"source_id": known.source_id, "file_name": known.file_name}
        rows[QUARANTINE.name].extend(refused)
        result.rejected.update(row["document_id"] for row in refused)
    observed = result.tables[RATE_OBSERVATIONS.name]["document_id"].value_counts()
    result.observations.update(
        {pair["values"]: pair["counts"] for pair in observed.to_pylist()}
    )
    result.tables[QUARANTINE.name] = from_records(QUARANTINE, rows[QUARANTINE.name])
    return result


def _unfit_row(table: Table, row: Row, bad: UnfitRecord) -> Row:
    return _refused(table, row, f"{bad.column}:fits", f"{bad.column}: {bad.message}")


def _rejected_row(table: Table, row: Row) -> Row:
    return _refused(table, row, row["broken_rules"], row["reasons"])


def _refused(table: Table, row: Row, rule: str, reason: str) -> Row:
    """Return the quarantine row of a row that breaks a rule of its table, but for its file."""
    place = f"page {row.get('page_number')}" if row.get("page_number") else None
    return {
        "quarantine_id": content_id(table.name, rule, *(row.get(k) for k in table.primary_key)),
        "document_id": row["document_id"],
        "path": row.get("field_path") or place,
        "rule": f"{table.name}.{rule}",
        "reason_code": ReasonCode.ROW_RULE,
        "message": reason,
        "excerpt": row.get("matched_text") or row.get("title"),
        "observation_id": row.get("observation_id"),
    }
