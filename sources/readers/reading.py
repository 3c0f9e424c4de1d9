"""Reads an archived document by the reader that its bytes ask for."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from sources.documents import DocumentText, LedgerEntry, RawPosting
from sources.errors import DocumentUnreadable, Reason, unmet
from sources.readers.curated import read_curated
from sources.readers.isolated import read_isolated
from sources.readers.plain import read_plain
from sources.readers.postings_csv import read_csv
from sources.readers.postings_json import read_json
from sources.readers.sniffing import HEAD, FileKind, kind_of
from sources.registry import ColumnMap, Source

POSTING = "posting"


def read(
    entry: LedgerEntry, path: Path, source: Source | None = None
) -> Iterator[DocumentText]:
    """Yield the text of a document, in batches if it is a long file of postings.

    PDF and HTML files are read in a process of their own, with limits.

    Args:
        entry: The ledger's row; its file name is what the bytes are held against.
        path: Where the bytes are.
        source: The source, for the column maps of its tables of postings.

    Raises:
        DocumentUnreadable: The document cannot be read; says why, by a published code.
    """
    maps = source.column_maps if source else ()
    with path.open("rb") as file:
        kind = kind_of(entry.file_name, file.read(HEAD), maps)
    try:
        for text in _texts(kind, entry, path, maps):
            yield _as_posting(entry, text) if _is_posting(entry, text) else text
    except (ValueError, ArithmeticError, RecursionError) as problem:
        message = unmet(
            entry.file_name, f"a {kind} file", f"{type(problem).__name__}: {problem}"
        )
        raise DocumentUnreadable(Reason.READER_FAILED, message) from problem


def _texts(
    kind: FileKind, entry: LedgerEntry, path: Path, maps: Sequence[ColumnMap]
) -> Iterator[DocumentText]:
    name = entry.document_id
    match kind:
        case FileKind.PDF | FileKind.HTML:
            yield read_isolated(kind, name, path)
        case FileKind.CSV:
            yield from read_csv(name, path, maps)
        case FileKind.JSON:
            yield from read_json(name, path, maps)
        case FileKind.CURATED:
            yield read_curated(name, path.read_bytes())
        case FileKind.PLAIN:
            yield read_plain(name, path.read_bytes())


def _is_posting(entry: LedgerEntry, text: DocumentText) -> bool:
    """Return whether a document is declared as a posting and has no posting in its markup."""
    is_declared = entry.facts.evidence_kind == POSTING
    is_prose = text.media_type in {"text/plain", "text/html", "application/pdf"}
    return is_declared and is_prose and not text.postings


def _as_posting(entry: LedgerEntry, text: DocumentText) -> DocumentText:
    """Return a text that is one posting as a whole, with what its front matter says of it."""
    facts = entry.facts
    posting = RawPosting(
        page_number=1,
        path="$",
        url=facts.url,
        title=facts.title or text.title,
        employer=facts.publisher,
        posted_date=facts.published_date if facts.date_precision == "day" else None,
        country_code=facts.country_code,
        language_code=facts.language_code,
    )
    return replace(text, postings=(posting,))
