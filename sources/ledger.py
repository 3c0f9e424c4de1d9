"""The archive's ledger: one JSON object per line, only ever added to.

A file name at a source stands for one document at a time: its newest row counts. A row that was
torn by a crash can only be the last one; the next writer cuts it off.
"""

import fcntl
import json
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, fields
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO

from sources.documents import DocumentFacts, LedgerEntry
from sources.errors import ArchiveDamaged, unmet

log = logging.getLogger(__name__)

Key = tuple[str, str]

RESTORE = "Restore the file from a copy of the archive."

FACT_NAMES = frozenset(field.name for field in fields(DocumentFacts))


class Ledger:
    """The rows of one ledger file, read as far as they are whole."""

    def __init__(self, path: Path) -> None:
        """Take the file; it is read when it is needed, and made by the first row."""
        self.path = path
        self._current: dict[Key, tuple[LedgerEntry, bytes]] = {}
        self._read_to = 0

    def current(self) -> dict[Key, LedgerEntry]:
        """Return what each source holds now, by source and file name in order."""
        self.catch_up()
        return {key: self._current[key][0] for key in sorted(self._current)}

    def find(self, key: Key) -> LedgerEntry | None:
        """Return the row that counts for a file name at a source, as read so far."""
        found = self._current.get(key)
        return found[0] if found else None

    def digest(self) -> str:
        """Return the digest of the rows that count, whatever the order they came in."""
        self.catch_up()
        total = sha256()
        for line in sorted(line for _, line in self._current.values()):
            total.update(line + b"\n")
        return total.hexdigest()

    def size(self) -> int:
        """Return the size of the file in bytes."""
        return self.path.stat().st_size if self.path.exists() else 0

    def catch_up(self) -> bytes:
        """Read the rows added since the last look; return the torn last one, or nothing.

        Raises:
            ArchiveDamaged: A row before the last cannot be read.
        """
        if self.size() == self._read_to:
            return b""
        with self.path.open("rb") as file:
            file.seek(self._read_to)
            *lines, torn = file.read().split(b"\n")
        for number, line in enumerate(lines, 1):
            try:
                row = json.loads(line)
            except ValueError:
                if number == len(lines) and not torn:
                    return line + b"\n"
                place = f"{self.path}, byte {self._read_to}"
                message = unmet(place, "a JSON object", repr(line[:80]), RESTORE)
                raise ArchiveDamaged(message) from None
            self._apply(row, line)
            self._read_to += len(line) + 1
        return torn

    @contextmanager
    def locked(self) -> Iterator[BinaryIO]:
        """Hold the file for writing, alone, with every row read and a torn last one cut off."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("a+b") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            torn = self.catch_up()
            if torn:
                log.warning("%s: cut off a torn last row of %d bytes", self.path, len(torn))
                file.truncate(self._read_to)
            yield file

    def append(self, rows: list[dict[str, Any]], file: BinaryIO) -> None:
        """Add rows to the file held by `locked`; they are on disk when this returns."""
        lines = [_to_line(row) for row in rows]
        file.write(b"".join(line + b"\n" for line in lines))
        file.flush()
        os.fsync(file.fileno())
        for row, line in zip(rows, lines, strict=True):
            self._apply(row, line)
            self._read_to += len(line) + 1

    def _apply(self, row: dict[str, Any], line: bytes) -> None:
        key = row["source_id"], row["file_name"]
        if row.get("withdrawn"):
            self._current.pop(key, None)
        else:
            self._current[key] = _from_row(row), line


def to_row(entry: LedgerEntry) -> dict[str, Any]:
    """Return an entry as the ledger writes it; facts that nobody declared are left out."""
    facts = {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in asdict(entry.facts).items()
        if value is not None
    }
    row = {
        "document_id": entry.document_id,
        "source_id": entry.source_id,
        "file_name": entry.file_name,
        "byte_count": entry.byte_count,
        "retrieved_at": entry.retrieved_at.isoformat(),
        "facts": facts,
    }
    return row if entry.refused is None else row | {"refused": list(entry.refused)}


def _to_line(row: dict[str, Any]) -> bytes:
    return json.dumps(row, sort_keys=True, separators=(",", ":")).encode()


def _from_row(row: dict[str, Any]) -> LedgerEntry:
    facts = {name: value for name, value in row["facts"].items() if name in FACT_NAMES}
    if "published_date" in facts:
        facts["published_date"] = date.fromisoformat(facts["published_date"])
    refused = row.get("refused")
    return LedgerEntry(
        document_id=row["document_id"],
        source_id=row["source_id"],
        file_name=row["file_name"],
        byte_count=row["byte_count"],
        retrieved_at=datetime.fromisoformat(row["retrieved_at"]),
        facts=DocumentFacts(**facts),
        refused=(refused[0], refused[1]) if refused else None,
    )
