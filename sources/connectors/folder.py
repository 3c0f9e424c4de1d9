"""Gets the files of a folder: the inbox, or a folder of documents that comes with the code."""

import json
import os
from collections.abc import Mapping, Set
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import file_digest, sha256
from pathlib import Path

from sources.archive import Archive, Delivery
from sources.connectors.walking import FoundFile, walk
from sources.documents import FetchReport, RawDocument, RefusedDocument
from sources.errors import DocumentUnreadable, Reason, unmet
from sources.front_matter import Declared, declared_in
from sources.registry import Source

# In bytes. Tables are read row by row, so they may be longer. What is not held is copied in
# pieces.
LARGEST_FILE = 200_000_000
LARGEST_TABLE = 4_000_000_000
LARGEST_HELD = 50_000_000
TABLES = frozenset({".csv", ".tsv", ".jsonl", ".ndjson"})


def fetch_folder(
    source: Source,
    archive: Archive,
    folder: Path,
    *,
    is_whole: bool = False,
    apart: Set[Path] = frozenset(),
) -> FetchReport:
    """Bring the files of a folder into the archive; return what was new, known, refused.

    An unchanged folder is not read again: size and time of each file are remembered beside the
    archive.

    Args:
        source: The source that the folder belongs to.
        archive: Where the files go.
        folder: The folder; one that is not there is an empty one.
        is_whole: The folder is all that the source ever holds: what is no longer there is
            withdrawn, and each document must declare when it was retrieved.
        apart: Folders below it that belong to other sources.
    """
    found = list(walk(folder, apart))
    memory = Memory.load(source, archive)
    fresh = [file for file in found if not memory.holds(file)]
    report = FetchReport()
    if fresh:
        deliveries = (_delivery(file, source, must_declare=is_whole) for file in fresh)
        report = archive.keep_all(deliveries)
    names = {file.name for file in found}
    gone: set[str] = set()
    if is_whole and (fresh or names != memory.files.keys()):
        gone = archive.file_names(source.id) - names
        if gone:
            archive.withdraw(source.id, gone)
    if fresh or names != memory.files.keys():
        memory.keep(found, archive)
    known = report.unchanged + len(found) - len(fresh)
    return replace(report, unchanged=known, withdrawn=len(gone))


@dataclass(frozen=True)
class Memory:
    """What the folder looked like when it was last read; only ever saves work.

    A file written no earlier than the memory itself may have changed since within one tick of
    the clock, so it is read again.
    """

    path: Path
    declared: str
    files: Mapping[str, object]
    kept_ns: int

    @classmethod
    def load(cls, source: Source, archive: Archive) -> "Memory":
        """Return the memory of a source; an empty one if it is missing, stale or unreadable."""
        path = archive.root / f"seen-{source.id}.json"
        declared = source.model_dump_json()
        try:
            kept_ns = path.stat().st_mtime_ns
            kept = json.loads(path.read_bytes())
            if kept["declared"] == declared and kept["ledger"] <= archive.ledger_size():
                return cls(path, declared, kept["files"], kept_ns)
        except (OSError, ValueError, KeyError, TypeError):
            pass
        return cls(path, declared, {}, 0)

    def holds(self, file: FoundFile) -> bool:
        """Return whether a file is as it was."""
        state = self.files.get(file.name)
        return state == _plain(file) and file.touched_ns < self.kept_ns

    def keep(self, found: list[FoundFile], archive: Archive) -> None:
        """Remember what was found."""
        content = {
            "declared": self.declared,
            "ledger": archive.ledger_size(),
            "files": {file.name: _plain(file) for file in found},
        }
        self.path.parent.mkdir(parents=True, exist_ok=True)
        partial = self.path.with_suffix(".partial")
        partial.write_text(json.dumps(content), "utf-8")
        partial.replace(self.path)


def _plain(file: FoundFile) -> list[object]:
    return [list(state) if state else None for state in file.state]


def _delivery(file: FoundFile, source: Source, *, must_declare: bool) -> Delivery:
    """Return a file as it goes into the archive, or why it does not."""
    content = b""
    try:
        _check_size(file)
        is_large = file.size > LARGEST_HELD
        content = _bytes_of(file.path, file.name, LARGEST_HELD if is_large else -1)
        declared = _declared(file, content, source, must_declare=must_declare)
    except DocumentUnreadable as problem:
        return RefusedDocument(
            source_id=source.id,
            file_name=file.name,
            document_id=_identity(file, content),
            byte_count=file.size,
            retrieved_at=_written_at(file),
            reason_code=problem.reason_code,
            message=problem.message,
            content=content if len(content) == file.size else b"",
        )
    return RawDocument(
        source_id=source.id,
        file_name=file.name,
        content=file.path if is_large else content,
        retrieved_at=declared.retrieved_at or _written_at(file),
        facts=declared.facts,
        is_time_declared=declared.retrieved_at is not None,
    )


def _check_size(file: FoundFile) -> None:
    """Refuse what the walk refused, and a file of no bytes or too many."""
    if file.refusal is not None:
        raise DocumentUnreadable(*file.refusal)
    largest = LARGEST_TABLE if file.path.suffix.lower() in TABLES else LARGEST_FILE
    if file.size > largest:
        limit, size = f"at most {largest:,} bytes", f"{file.size:,}"
        message = unmet(file.name, limit, size, "Split it into smaller files.")
        raise DocumentUnreadable(Reason.TOO_LARGE, message)
    if not file.size:
        message = unmet(file.name, "a document", "a file of no bytes")
        raise DocumentUnreadable(Reason.EMPTY_FILE, message)


def _declared(
    file: FoundFile, content: bytes, source: Source, *, must_declare: bool
) -> Declared:
    sidecar = _bytes_of(file.sidecar, file.name) if file.sidecar else None
    declared = declared_in(file.name, content, sidecar, source.defaults.text_origin)
    if must_declare and declared.retrieved_at is None:
        message = unmet(f"{file.name}: retrieved_at", "a moment", "nothing")
        raise DocumentUnreadable(Reason.BAD_FRONT_MATTER, message)
    return declared


def _bytes_of(path: Path, name: str, most: int = -1) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(most)
    except OSError as problem:
        message = unmet(name, "a file to open", str(problem.strerror))
        raise DocumentUnreadable(Reason.READER_FAILED, message) from None


def _identity(file: FoundFile, content: bytes) -> str:
    """Return the hash of what there is of a refused file: its bytes, link text or name."""
    if file.path.is_symlink() and not content:
        return sha256(os.fsencode(file.path.readlink())).hexdigest()
    if file.refusal is not None:
        return sha256(file.name.encode()).hexdigest()
    if len(content) == file.size:
        return sha256(content).hexdigest()
    with file.path.open("rb") as large:
        return file_digest(large, "sha256").hexdigest()


def _written_at(file: FoundFile) -> datetime:
    """Return when the file was written, to the second; a date in the future is not believed."""
    written = datetime.fromtimestamp(file.state[0][1] // 1_000_000_000, UTC)
    return min(written, datetime.now(UTC).replace(microsecond=0))
