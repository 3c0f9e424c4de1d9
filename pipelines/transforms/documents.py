"""What is known about a document before reading it, and its row in `documents` after."""

from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from sources.documents import DocumentText, LedgerEntry
from sources.registry import Source
from warehouse.vocabulary import DocumentStatus


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a document comes from: its own declared facts, else the defaults of its source."""

    document_id: str
    source_id: str
    file_name: str
    byte_count: int
    retrieved_at: datetime
    title: str | None
    publisher: str | None
    via: str | None
    url: str | None
    published_date: date | None
    date_precision: str | None
    evidence_kind: str | None
    country_code: str | None
    language_code: str | None
    text_origin: str
    currency: str | None
    platform: str | None
    may_show_text: bool


def provenance_of(entry: LedgerEntry, source: Source) -> Provenance:
    """Return the facts of a document; what neither it nor its source declares stays null."""
    facts, defaults = entry.facts, source.defaults
    return Provenance(
        document_id=entry.document_id,
        source_id=entry.source_id,
        file_name=entry.file_name,
        byte_count=entry.byte_count,
        retrieved_at=entry.retrieved_at,
        title=facts.title,
        publisher=facts.publisher or (source.publisher.name if source.publisher else None),
        via=facts.via,
        url=facts.url,
        published_date=facts.published_date,
        date_precision=facts.date_precision,
        evidence_kind=facts.evidence_kind or defaults.evidence_kind,
        country_code=facts.country_code or defaults.country,
        language_code=facts.language_code or defaults.language,
        text_origin=facts.text_origin,
        currency=defaults.currency,
        platform=defaults.platform,
        may_show_text=source.terms.may_show_text,
    )


@dataclass(slots=True)
class Outcome:
    """What reading one document came to, added up over its batches."""

    media_type: str | None = None
    title: str | None = None
    published_date: date | None = None
    page_count: int = 0
    postings: int = 0
    observations: int = 0
    rejected: int = 0
    reason_code: str | None = None
    message: str | None = None

    def add_text(self, text: DocumentText) -> None:
        """Count the pages and postings of one batch and keep what the bytes declare."""
        self.media_type = text.media_type
        self.title = self.title or text.title
        self.published_date = self.published_date or text.published_date
        self.page_count += text.page_count if text.page_count is not None else len(text.pages)
        self.postings += len(text.postings)

    @property
    def status(self) -> DocumentStatus:
        """Return the terminal state; every document has exactly one."""
        if self.reason_code is not None:
            return DocumentStatus.QUARANTINED
        if self.observations:
            return DocumentStatus.ACCEPTED
        if self.rejected:
            return DocumentStatus.QUARANTINED
        return DocumentStatus.ACCEPTED_EMPTY


def document_row(known: Provenance, outcome: Outcome) -> dict[str, Any]:
    """Return the row of `documents` for a document that was read, or could not be."""
    dated = known.published_date or outcome.published_date
    return _described(known) | {
        "document_id": known.document_id,
        "media_type": outcome.media_type,
        "title": known.title or outcome.title,
        "published_date": dated,
        "date_precision": (known.date_precision or "day") if dated else None,
        "page_count": outcome.page_count or None,
        "status": outcome.status,
        "reason_code": outcome.reason_code or ("row_rule" if outcome.rejected else None)
        if outcome.status is DocumentStatus.QUARANTINED
        else None,
        "duplicate_of": None,
    }


def duplicate_row(known: Provenance) -> dict[str, Any]:
    """Return the row of a delivery whose bytes are already here under another name.

    Its `document_id` is the hash of its place, since the hash of its bytes is `duplicate_of`.
    """
    place = f"{known.source_id}\n{known.file_name}\n{known.document_id}"
    return _described(known) | {
        "document_id": sha256(place.encode()).hexdigest(),
        "media_type": None,
        "page_count": None,
        "status": DocumentStatus.DUPLICATE,
        "reason_code": None,
        "duplicate_of": known.document_id,
    }


def _described(known: Provenance) -> dict[str, Any]:
    return {
        "source_id": known.source_id,
        "file_name": known.file_name,
        "url": known.url,
        "title": known.title,
        "publisher": known.publisher,
        "via": known.via,
        "published_date": known.published_date,
        "date_precision": known.date_precision,
        "retrieved_at": known.retrieved_at,
        "language_code": known.language_code,
        "evidence_kind": known.evidence_kind,
        "text_origin": known.text_origin,
        "byte_count": known.byte_count,
    }
