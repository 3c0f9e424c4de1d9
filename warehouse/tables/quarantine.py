"""quarantine: what was set aside, and why."""

from warehouse.schema import Column, ColumnType, Table
from warehouse.vocabulary import ReasonCode

QUARANTINE = Table(
    name="quarantine",
    description="Documents, records and rows that were set aside, each with its reason.",
    grain="one thing set aside",
    primary_key=("quarantine_id",),
    order=("source_id", "file_name", "path"),
    columns=(
        Column("quarantine_id", ColumnType.TEXT, "Identifier derived from place and reason."),
        Column(
            "document_id",
            ColumnType.TEXT,
            "The document concerned.",
            references="documents.document_id",
            repeats=True,
        ),
        Column(
            "source_id",
            ColumnType.TEXT,
            "The source that delivered it.",
            references="sources.source_id",
            repeats=True,
        ),
        Column(
            "file_name",
            ColumnType.TEXT,
            "Name under which the source delivered it.",
            repeats=True,
        ),
        Column(
            "path",
            ColumnType.TEXT,
            "Record, page or span concerned; null when it is the whole document.",
            nullable=True,
        ),
        Column(
            "rule",
            ColumnType.TEXT,
            "The table rule or check that refused it; null when a reader did.",
            nullable=True,
            repeats=True,
        ),
        Column(
            "reason_code",
            ColumnType.TEXT,
            "Why, in one word.",
            codes=tuple(ReasonCode),
        ),
        Column("message", ColumnType.TEXT, "Why, in a sentence that says what to do next."),
        Column(
            "excerpt",
            ColumnType.TEXT,
            "The first characters of what was refused; null when there is nothing to show.",
            nullable=True,
        ),
        Column(
            "observation_id",
            ColumnType.TEXT,
            "The observation it would have been; null when it never became one.",
            nullable=True,
        ),
    ),
)
