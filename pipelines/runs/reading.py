"""Reads what lies in the archive and was not read before: bytes to texts to checked rows."""

import logging
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pipelines.runs.fingerprints import reading_key
from pipelines.runs.kept_readings import Readings
from pipelines.transforms.batches import BatchRows, batches_of, read_all
from pipelines.transforms.documents import Outcome, Provenance, provenance_of
from sources.archive import Archive
from sources.documents import DocumentText, LedgerEntry
from sources.errors import DocumentUnreadable
from sources.readers.reading import read
from sources.registry import Source

log = logging.getLogger("compensation")


@dataclass(frozen=True, slots=True)
class Delivery:
    """One row of the ledger with its source; `is_first` when no earlier row has these bytes."""

    entry: LedgerEntry
    source: Source
    is_first: bool

    @property
    def provenance(self) -> Provenance:
        """Return what is known about the document before it is read."""
        return provenance_of(self.entry, self.source)

    @property
    def key(self) -> str:
        """Return the name under which its reading is kept."""
        return reading_key(self.entry.document_id, self.source)


def deliveries(entries: Iterable[LedgerEntry], sources: Iterable[Source]) -> list[Delivery]:
    """Return the ledger's rows in order; rows of sources no longer registered are left out."""
    registered = {source.id: source for source in sources}
    seen: set[str] = set()
    found = []
    for entry in entries:
        source = registered.get(entry.source_id)
        if source is not None:
            found.append(Delivery(entry, source, entry.document_id not in seen))
            seen.add(entry.document_id)
    return found


def read_new(delivered: Iterable[Delivery], archive: Archive, readings: Readings) -> int:
    """Read every document that has no current reading, keep the readings, return how many."""
    new = [
        delivery
        for delivery in delivered
        if delivery.is_first
        and delivery.entry.refused is None
        and not readings.is_current(delivery.entry.document_id, delivery.key)
    ]
    if not new:
        return 0
    log.info("reading %d new documents", len(new))
    outcomes = {delivery.entry.document_id: Outcome() for delivery in new}
    texts = _texts(new, archive, outcomes)
    keys = {delivery.entry.document_id: delivery.key for delivery in new}
    readings.add(_counted(read_all(batches_of(texts)), outcomes), keys, outcomes)
    return len(new)


def _texts(
    new: Iterable[Delivery], archive: Archive, outcomes: Mapping[str, Outcome]
) -> Iterator[tuple[Provenance, DocumentText]]:
    """Yield the texts of the documents; one that cannot be read is noted and passed over."""
    for delivery in new:
        entry, outcome = delivery.entry, outcomes[delivery.entry.document_id]
        try:
            for text in read(entry, archive.path(entry.document_id), delivery.source):
                outcome.add_text(text)
                yield delivery.provenance, text
        except DocumentUnreadable as problem:
            outcome.reason_code = problem.reason_code
            outcome.message = str(problem)


def _counted(
    coming: Iterable[BatchRows], outcomes: Mapping[str, Outcome]
) -> Iterator[BatchRows]:
    pages = 0
    for rows in coming:
        for document_id, number in rows.observations.items():
            outcomes[document_id].observations += number
        for document_id, number in rows.rejected.items():
            outcomes[document_id].rejected += number
        pages += rows.pages
        log.info("read %d pages and postings", pages)
        yield rows
