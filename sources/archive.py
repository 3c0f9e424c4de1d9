"""Keeps what was fetched: bytes under their own hash, and a ledger of what was seen where.

Bytes are on disk before the ledger row that names them, and neither is ever changed. Files of
the archive are named after hashes only; a file name from outside is data, never a path.
"""

import os
import re
from collections.abc import Iterable
from dataclasses import replace
from hashlib import file_digest, sha256
from pathlib import Path
from shutil import copyfileobj
from typing import Any

from sources.documents import FetchReport, LedgerEntry, RawDocument, RefusedDocument
from sources.errors import ArchiveDamaged, SourceChanged, unmet
from sources.ledger import RESTORE, Ledger, to_row

Delivery = RawDocument | RefusedDocument

# Rows per fsync of the ledger: few enough to lose little, many enough not to wait for the disk.
ROWS_PER_BATCH = 256

DOCUMENT_ID = re.compile(r"[0-9a-f]{64}")


class Archive:
    """The archive in one folder; any number of processes may read it while one writes."""

    def __init__(self, root: Path) -> None:
        """Take the folder; nothing is read or made until it is needed."""
        self.root = root
        self._ledger = Ledger(root / "ledger.jsonl")

    def keep(self, raw: RawDocument) -> LedgerEntry:
        """Keep one document; return its row, the earlier one when it was here already."""
        self.keep_all([raw])
        return self._ledger.current()[raw.source_id, raw.file_name]

    def refuse(self, refused: RefusedDocument) -> LedgerEntry:
        """Keep the fact that a file was not taken; return its row."""
        self.keep_all([refused])
        return self._ledger.current()[refused.source_id, refused.file_name]

    def keep_all(self, deliveries: Iterable[Delivery]) -> FetchReport:
        """Keep what comes, refusals included; return how many were new, known and refused.

        The same bytes from the same place with the same facts add no row. When fetching fails
        halfway, what came before stays.
        """
        unchanged = 0
        added: list[LedgerEntry] = []
        waiting: list[LedgerEntry] = []
        with self._ledger.locked() as file:
            try:
                for delivery in deliveries:
                    entry = _entry_of(delivery)
                    if self._is_known(entry, delivery):
                        unchanged += 1
                        continue
                    self._keep_bytes(entry, delivery.content)
                    waiting.append(entry)
                    if len(waiting) == ROWS_PER_BATCH:
                        added += self._note(waiting, file)
                        waiting = []
            finally:
                added += self._note(waiting, file)
        taken = [entry for entry in added if entry.refused is None]
        return FetchReport(
            new=len(taken),
            unchanged=unchanged,
            refused=len(added) - len(taken),
            byte_count=sum(entry.byte_count for entry in taken),
        )

    def withdraw(self, source_id: str, file_names: Iterable[str]) -> None:
        """Note that files are gone from their source. Their bytes and rows stay."""
        rows: list[dict[str, Any]] = [
            {"source_id": source_id, "file_name": name, "withdrawn": True}
            for name in sorted(file_names)
        ]
        with self._ledger.locked() as file:
            self._ledger.append(rows, file)

    def entries(self) -> tuple[LedgerEntry, ...]:
        """Return what each source holds now, by source and file name in order.

        A file name at a source stands for one document at a time: its newest delivery.
        """
        return tuple(self._ledger.current().values())

    def file_names(self, source_id: str) -> set[str]:
        """Return the names of the files that a source holds now."""
        return {name for owner, name in self._ledger.current() if owner == source_id}

    def read(self, document_id: str) -> bytes:
        """Return the bytes of a document.

        Raises:
            ArchiveDamaged: They are missing, or are no longer the bytes that were kept.
        """
        path = self.path(document_id)
        try:
            content = path.read_bytes()
        except FileNotFoundError:
            message = unmet(path, "the bytes of a document", "no file", RESTORE)
            raise ArchiveDamaged(message) from None
        if sha256(content).hexdigest() != document_id:
            message = unmet(path, "the bytes that give this hash", "other bytes", RESTORE)
            raise ArchiveDamaged(message)
        return content

    def path(self, document_id: str) -> Path:
        """Return where the bytes of a document are kept.

        Raises:
            ArchiveDamaged: The name is no hash, and so names no document.
        """
        if not DOCUMENT_ID.fullmatch(document_id):
            expected = "a SHA-256 in 64 hexadecimal digits"
            raise ArchiveDamaged(unmet("document_id", expected, repr(document_id)))
        return self.root / "objects" / document_id[:2] / document_id

    def digest(self) -> str:
        """Return the digest of what the sources hold now, whatever the order it came in."""
        return self._ledger.digest()

    def ledger_size(self) -> int:
        """Return the size of the ledger in bytes; it never shrinks."""
        return self._ledger.size()

    def _is_known(self, entry: LedgerEntry, delivery: Delivery) -> bool:
        known = self._ledger.find((entry.source_id, entry.file_name))
        if known is None:
            return False
        if isinstance(delivery, RawDocument) and delivery.is_time_declared:
            return known == entry
        return replace(known, retrieved_at=entry.retrieved_at) == entry

    def _keep_bytes(self, entry: LedgerEntry, content: bytes | Path) -> None:
        path = self.path(entry.document_id)
        if not content or (path.exists() and path.stat().st_size == entry.byte_count):
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = path.with_suffix(".partial")
        with partial.open("wb") as file:
            if isinstance(content, Path):
                with content.open("rb") as large:
                    copyfileobj(large, file)
            else:
                file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if isinstance(content, Path) and _hash_of(partial) != entry.document_id:
            partial.unlink()
            message = unmet(content, "a file that stays as it is", "one that changes", "Wait.")
            raise SourceChanged(message)
        partial.replace(path)

    def _note(self, entries: list[LedgerEntry], file: Any) -> list[LedgerEntry]:
        """Add the rows of documents whose bytes were written, once their names are on disk."""
        if not entries:
            return []
        folders = {self.path(entry.document_id).parent for entry in entries}
        for folder in sorted(folders | {self.root / "objects", self.root}):
            if folder.exists():
                _sync_folder(folder)
        self._ledger.append([to_row(entry) for entry in entries], file)
        return entries


def _sync_folder(folder: Path) -> None:
    """Make the names in a folder durable; renaming alone is not."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _hash_of(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def _entry_of(delivery: Delivery) -> LedgerEntry:
    if isinstance(delivery, RefusedDocument):
        return LedgerEntry(
            document_id=delivery.document_id,
            source_id=delivery.source_id,
            file_name=delivery.file_name,
            byte_count=delivery.byte_count,
            retrieved_at=delivery.retrieved_at,
            refused=(delivery.reason_code, delivery.message),
        )
    content = delivery.content
    if isinstance(content, Path):
        document_id, byte_count = _hash_of(content), content.stat().st_size
    else:
        document_id, byte_count = sha256(content).hexdigest(), len(content)
    return LedgerEntry(
        document_id=document_id,
        source_id=delivery.source_id,
        file_name=delivery.file_name,
        byte_count=byte_count,
        retrieved_at=delivery.retrieved_at,
        facts=delivery.facts,
    )
