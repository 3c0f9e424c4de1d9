"""documents and pages: what was delivered, and the text read from it."""

from warehouse.schema import Column, ColumnType, RowRule, Table
from warehouse.vocabulary import (
    DatePrecision,
    DocumentStatus,
    EvidenceKind,
    ReasonCode,
    TextOrigin,
)

DOCUMENT_ID = "SHA-256 of the document's bytes, in lower-case hex."

DOCUMENTS = Table(
    name="documents",
    description=(
        "Every file that was delivered, and how reading it ended. Nothing is lost: each is "
        "accepted, accepted without pay in it, a duplicate, or quarantined with a reason."
    ),
    grain="one file as delivered by one source",
    primary_key=("document_id",),
    columns=(
        Column(
            "document_id",
            ColumnType.TEXT,
            f"{DOCUMENT_ID} Of a duplicate, whose bytes are those of duplicate_of: the SHA-256 "
            "of its source, file name and bytes, so that every row has a name of its own.",
            pattern="^[0-9a-f]{64}$",
        ),
        Column(
            "source_id",
            ColumnType.TEXT,
            "The registered source that delivered the file.",
            references="sources.source_id",
            repeats=True,
        ),
        Column("file_name", ColumnType.TEXT, "Name under which the source delivered the file."),
        Column(
            "url",
            ColumnType.TEXT,
            "Address of the publication; null when none is declared.",
            nullable=True,
        ),
        Column(
            "media_type",
            ColumnType.TEXT,
            "Media type found in the bytes; null when the file was not read.",
            nullable=True,
            repeats=True,
        ),
        Column(
            "title",
            ColumnType.TEXT,
            "Title as declared, else as the bytes say; null when neither has one.",
            nullable=True,
        ),
        Column(
            "publisher",
            ColumnType.TEXT,
            "Who published it; null when not declared.",
            nullable=True,
            repeats=True,
        ),
        Column(
            "published_date",
            ColumnType.DATE,
            "Day of publication, or the first day of the month or year in date_precision; "
            "null when not known.",
            nullable=True,
        ),
        Column(
            "retrieved_at",
            ColumnType.TIMESTAMP,
            "Moment (UTC) the file was retrieved, as declared or as the file system says.",
        ),
        Column(
            "language_code",
            ColumnType.TEXT,
            "ISO 639 code of the text's language; null when not declared.",
            nullable=True,
            repeats=True,
        ),
        Column(
            "evidence_kind",
            ColumnType.TEXT,
            "What kind of document it is, and so how far to trust it; null when not declared.",
            nullable=True,
            codes=tuple(EvidenceKind),
        ),
        Column(
            "text_origin",
            ColumnType.TEXT,
            "Whose words the text is.",
            codes=tuple(TextOrigin),
        ),
        Column(
            "page_count",
            ColumnType.INTEGER,
            "Number of pages, or of postings in a file of postings; null when not read.",
            nullable=True,
            minimum=0,
        ),
        Column("byte_count", ColumnType.INTEGER, "Size in bytes.", minimum=0),
        Column(
            "status",
            ColumnType.TEXT,
            "How reading ended.",
            codes=tuple(DocumentStatus),
        ),
        Column(
            "reason_code",
            ColumnType.TEXT,
            "Why it was quarantined; null unless status is quarantined.",
            nullable=True,
            codes=tuple(ReasonCode),
        ),
        Column(
            "duplicate_of",
            ColumnType.TEXT,
            "The document whose bytes it repeats; null unless status is duplicate.",
            nullable=True,
            references="documents.document_id",
        ),
        Column(
            "via",
            ColumnType.TEXT,
            "Who carried the publication when that is not the publisher; null when direct.",
            nullable=True,
            repeats=True,
        ),
        Column(
            "date_precision",
            ColumnType.TEXT,
            "How much of published_date is known; null when published_date is null.",
            nullable=True,
            codes=tuple(DatePrecision),
        ),
    ),
    row_rules=(
        RowRule(
            name="quarantine_has_reason",
            description="A reason is given exactly when the status is quarantined.",
            holds=lambda rows: rows.status.eq("quarantined") == rows.reason_code.notna(),
            sql="(status = 'quarantined') = (reason_code IS NOT NULL)",
        ),
        RowRule(
            name="duplicate_names_original",
            description="A duplicate, and only a duplicate, names what it repeats.",
            holds=lambda rows: rows.status.eq("duplicate") == rows.duplicate_of.notna(),
            sql="(status = 'duplicate') = (duplicate_of IS NOT NULL)",
        ),
        RowRule(
            name="date_has_precision",
            description="A date of publication comes with its precision, and only then.",
            holds=lambda rows: rows.published_date.notna() == rows.date_precision.notna(),
            sql="(published_date IS NOT NULL) = (date_precision IS NOT NULL)",
        ),
    ),
)

PAGES = Table(
    name="pages",
    description=(
        "The text of the documents whose licence lets us show it, as the spans of "
        "rate_observations count it. Too long for a spreadsheet, so there is no CSV of it."
    ),
    grain="one page of one document; in a file of postings, one posting",
    primary_key=("document_id", "page_number"),
    columns=(
        Column("document_id", ColumnType.TEXT, DOCUMENT_ID, references="documents.document_id"),
        Column("page_number", ColumnType.INTEGER, "Page number, from 1.", minimum=1),
        Column("text", ColumnType.TEXT, "The page's text exactly as it was read for pay."),
    ),
    is_in_csv=False,
)
