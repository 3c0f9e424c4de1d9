"""What kind of file some bytes are: by what they say, held against what the name says."""

import re
from collections.abc import Sequence
from enum import StrEnum
from pathlib import PurePosixPath

from sources.decoding import encoding_of
from sources.errors import DocumentUnreadable, Reason, unmet
from sources.readers import curated
from sources.readers.columns import choose_map
from sources.readers.postings_csv import headers_of
from sources.registry import ColumnMap

HEAD = 64_000


class FileKind(StrEnum):
    """The kinds of file that have a reader."""

    PDF = "pdf"
    HTML = "html"
    JSON = "json"
    CSV = "csv"
    PLAIN = "plain"
    CURATED = "curated"


# What a name promises, and the kinds of bytes that keep the promise, the usual one first.
PROMISES: dict[str, tuple[FileKind, ...]] = {
    ".pdf": (FileKind.PDF,),
    ".html": (FileKind.HTML,),
    ".htm": (FileKind.HTML,),
    ".xhtml": (FileKind.HTML,),
    ".json": (FileKind.JSON,),
    ".jsonl": (FileKind.JSON,),
    ".ndjson": (FileKind.JSON,),
    ".csv": (FileKind.CSV,),
    ".tsv": (FileKind.CSV,),
    ".txt": (FileKind.PLAIN, FileKind.HTML, FileKind.CSV),
    ".text": (FileKind.PLAIN, FileKind.HTML, FileKind.CSV),
    ".md": (FileKind.PLAIN,),
    ".markdown": (FileKind.PLAIN,),
}

# Kinds that the bytes do not always give away: then the name decides.
TEXTS = frozenset({FileKind.PLAIN, FileKind.HTML, FileKind.JSON, FileKind.CSV})

# A file beside the one that it describes; alone it is nothing.
SIDECARS = frozenset({".yml", ".yaml"})

BINARIES = (
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"II*\x00", "a TIFF picture"),
    (b"MM\x00*", "a TIFF picture"),
    (b"PK\x03\x04", "a ZIP archive or an Office document"),
    (b"\xd0\xcf\x11\xe0", "an Office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"PAR1", "a Parquet file"),
    (b"SQLite format 3", "a SQLite database"),
    (b"RIFF", "a sound, film or picture"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
)

# What the first characters of a text show; XML that is no page has no reader.
SHAPES: tuple[tuple[re.Pattern[str], FileKind | None], ...] = (
    (re.compile(re.escape(curated.MARK)), FileKind.CURATED),
    (
        re.compile(
            r"\s*(?:<!--.*?-->\s*|<\?xml[^>]*>\s*)*"
            r"<(?:!doctype\s+html|html|head|body|meta|title|article|main|section|div|table|h1|p|ul)\b",
            re.IGNORECASE | re.DOTALL,
        ),
        FileKind.HTML,
    ),
    (re.compile(r"\s*(?:<\?xml|<rss|<feed|<source)\b", re.IGNORECASE), None),
    (re.compile(r'\s*(?:\[\s*)?\{\s*"|\s*\[\s*\]'), FileKind.JSON),
)


def kind_of(file_name: str, head: bytes, maps: Sequence[ColumnMap]) -> FileKind:
    """Return the kind of a file from its first bytes and its name.

    Raises:
        DocumentUnreadable: With `wrong_type`, when the bytes are not what the name says; or
            `unknown_type`, when nothing reads them.
    """
    suffix = PurePosixPath(file_name).suffix.lower()
    kind, other = _sniffed(head, maps)
    if kind is FileKind.CURATED:
        return kind
    promised = PROMISES.get(suffix)
    if promised is None:
        if kind is None or suffix in SIDECARS:
            message = unmet(file_name, f"one of {' '.join(PROMISES)}", other or suffix)
            raise DocumentUnreadable(Reason.UNKNOWN_TYPE, message)
        return kind
    if kind in promised:
        return kind
    if kind in TEXTS and promised[0] in TEXTS:
        return promised[0]
    got = other or f"{kind} content"
    message = unmet(file_name, f"a {suffix} file", got, "Give it the name of what it is.")
    raise DocumentUnreadable(Reason.WRONG_TYPE, message)


def _sniffed(head: bytes, maps: Sequence[ColumnMap]) -> tuple[FileKind | None, str]:
    """Return the kind that the bytes themselves show, or the name of one without a reader."""
    if b"%PDF-" in head[:1024]:
        return FileKind.PDF, ""
    for start, name in BINARIES:
        if head.startswith(start):
            return None, name
    encoding, mark = encoding_of(head)
    text = head[mark:].decode(encoding, "replace")
    if "\x00" in text:
        return None, "binary data"
    for pattern, kind in SHAPES:
        if pattern.match(text):
            return kind, "" if kind else "XML"
    first_line = text[: text.find("\n") + 1]
    if any(len(names) > 2 and choose_map(maps, names) for names in headers_of(first_line)):
        return FileKind.CSV, ""
    return FileKind.PLAIN, ""
