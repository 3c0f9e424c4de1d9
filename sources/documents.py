"""The plain records of this room: what a connector fetched, and what a reader made of it."""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """What is declared about a document, by its front matter, sidecar, source or feed.

    Null means that nobody said; nothing is guessed. `date_precision` is `day`, `month` or
    `year`, and `published_date` is then the first day of that month or year.
    """

    title: str | None = None
    publisher: str | None = None
    via: str | None = None
    url: str | None = None
    published_date: date | None = None
    date_precision: str | None = None
    evidence_kind: str | None = None
    country_code: str | None = None
    language_code: str | None = None
    text_origin: str = "verbatim"


@dataclass(frozen=True, slots=True)
class RawDocument:
    """One file as fetched, before it is archived.

    `content` is the bytes, or the path of a file too large to hold. `is_time_declared` says
    that the publisher or the person who dropped the file gave `retrieved_at`; otherwise it is
    when the file was written.
    """

    source_id: str
    file_name: str
    content: bytes | Path
    retrieved_at: datetime
    facts: DocumentFacts = DocumentFacts()
    is_time_declared: bool = False


@dataclass(frozen=True, slots=True)
class RefusedDocument:
    """One file that the connector would not take, and why.

    `document_id` is the SHA-256 of what there was: the bytes, or the text of a link.
    """

    source_id: str
    file_name: str
    document_id: str
    byte_count: int
    retrieved_at: datetime
    reason_code: str
    message: str
    content: bytes = b""


@dataclass(frozen=True, slots=True)
class FetchReport:
    """What one fetch found: files new to the archive, refused, known already, gone."""

    new: int = 0
    unchanged: int = 0
    refused: int = 0
    withdrawn: int = 0
    byte_count: int = 0


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One row of the archive's ledger: a document was seen at a source.

    `document_id` is the SHA-256 of the bytes. `refused` holds a reason code and a sentence when
    the connector would not take the file (an empty file, a link that leads out of the inbox);
    `document_id` is then the hash of what there was.
    """

    document_id: str
    source_id: str
    file_name: str
    byte_count: int
    retrieved_at: datetime
    facts: DocumentFacts = DocumentFacts()
    refused: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class PayField:
    """One structured pay field of a posting, exactly as published.

    `path` is where it stands (`rows[12].salary`, `jobs[3].pay_input_ranges[0]`); the values are
    the field's own text or number, uninterpreted. Pay that stands there in words ("25-30",
    "$25 per hour") is `text`, and then there are no amounts. `title` is the field's label,
    `note` prose beside it, `pays_for` the board's own word for the kind of money, `statistic`
    the name of the figure in a distribution. `is_estimate` means that the record says so.
    """

    path: str
    amount_min: Decimal | None
    amount_max: Decimal | None
    currency: str | None = None
    unit: str | None = None
    title: str | None = None
    in_cents: bool = False
    note: str | None = None
    pays_for: str | None = None
    statistic: str | None = None
    is_estimate: bool = False
    text: str | None = None


@dataclass(frozen=True, slots=True)
class RawPosting:
    """One advertisement as published; its text is the page it belongs to.

    `pay_spans` are the stretches of that text in which a table's cells of pay stand in words.
    """

    page_number: int
    path: str
    url: str | None = None
    requisition_id: str | None = None
    title: str | None = None
    employer: str | None = None
    platform: str | None = None
    location: str | None = None
    department: str | None = None
    engagement: str | None = None
    requirements: str | None = None
    is_remote: bool | None = None
    posted_date: date | None = None
    first_seen_at: datetime | None = None
    last_seen_at: datetime | None = None
    country_code: str | None = None
    language_code: str | None = None
    pay_fields: tuple[PayField, ...] = ()
    pay_spans: tuple[tuple[int, int], ...] = ()
    source_fields: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CuratedFigure:
    """One figure of a curated, cited table, already in the terms of the contract."""

    path: str
    values: dict[str, str | None]


@dataclass(frozen=True, slots=True)
class Page:
    """One page of text; numbers count from 1. Postings files have one page per posting."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class BadRecord:
    """One record of a file that could not be read: where it stands, why, what it said."""

    path: str
    reason_code: str
    message: str
    excerpt: str


@dataclass(frozen=True, slots=True)
class DocumentText:
    """A document, or one batch of a long file of postings, as readable text.

    A reader answers with an iterator of these. `title` and `published_date` are what the bytes
    themselves declare (an HTML title, JSON-LD); declared facts of the ledger win over them.
    """

    document_id: str
    media_type: str
    reader_version: str
    pages: tuple[Page, ...]
    postings: tuple[RawPosting, ...] = ()
    figures: tuple[CuratedFigure, ...] = ()
    bad_records: tuple[BadRecord, ...] = ()
    title: str | None = None
    published_date: date | None = None
    page_count: int | None = None
    warnings: tuple[str, ...] = ()
