"""Fixtures of the sources room: a source, an archive, and a way to read a dropped file."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sources.archive import Archive
from sources.documents import DocumentFacts, DocumentText, LedgerEntry
from sources.readers.reading import read
from sources.registry import Source, load_registry

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)


@pytest.fixture(scope="session")
def inbox_source() -> Source:
    return next(source for source in load_registry() if source.id == "inbox")


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path / "archive")


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


@pytest.fixture
def read_file(tmp_path: Path, inbox_source: Source) -> Callable[..., list[DocumentText]]:
    """Return a function that reads bytes as if they had been dropped under a name."""

    def read_bytes(
        name: str, content: bytes, facts: DocumentFacts | None = None
    ) -> list[DocumentText]:
        path = tmp_path / "object"
        path.write_bytes(content)
        known = facts or DocumentFacts()
        entry = LedgerEntry("0" * 64, "inbox", name, len(content), NOON, known)
        return list(read(entry, path, inbox_source))

    return read_bytes
