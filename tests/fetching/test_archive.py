"""The archive: what is kept stays, what is known is not kept twice, what is torn is mended."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.archive import Archive
from sources.documents import DocumentFacts, RawDocument, RefusedDocument
from sources.errors import ArchiveDamaged

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
LATER = datetime(2026, 11, 2, 12, tzinfo=UTC)


def raw(name: str = "a.txt", content: bytes = b"$20 an hour", **more: object) -> RawDocument:
    return replace(RawDocument("inbox", name, content, NOON), **more)


def ledger_rows(archive: Archive) -> int:
    return len((archive.root / "ledger.jsonl").read_bytes().splitlines())


@given(st.lists(st.tuples(st.text(), st.binary(max_size=200)), max_size=8))
def test_returns_the_bytes_that_were_kept(
    tmp_path_factory: pytest.TempPathFactory, files: list[tuple[str, bytes]]
) -> None:
    root = tmp_path_factory.mktemp("archive")
    for name, content in files:
        entry = Archive(root).keep(raw(name, content or b"x"))
        assert Archive(root).read(entry.document_id) == (content or b"x")
    reopened = Archive(root)
    newest = {name: sha256(content or b"x").hexdigest() for name, content in files}
    assert {e.file_name: e.document_id for e in reopened.entries()} == newest


def test_keeps_bytes_under_their_hash_and_nowhere_else(archive: Archive) -> None:
    entry = archive.keep(raw("../../escape.txt"))
    objects = [path for path in archive.root.rglob("*") if path.is_file()]
    assert entry.document_id == sha256(b"$20 an hour").hexdigest()
    assert archive.path(entry.document_id) in objects
    assert len(objects) == 2, "the object and the ledger"
    assert entry.file_name == "../../escape.txt"


def test_the_same_delivery_again_adds_no_row(archive: Archive) -> None:
    archive.keep(raw())
    again = archive.keep_all([raw(retrieved_at=LATER)])
    assert (again.new, again.unchanged, ledger_rows(archive)) == (0, 1, 1)
    assert archive.entries()[0].retrieved_at == NOON


def test_the_same_bytes_under_another_name_are_another_row(archive: Archive) -> None:
    first, second = archive.keep(raw("a.txt")), archive.keep(raw("b.txt"))
    assert first.document_id == second.document_id
    assert [entry.file_name for entry in archive.entries()] == ["a.txt", "b.txt"]


def test_a_changed_file_replaces_itself_and_its_old_bytes_stay(archive: Archive) -> None:
    old = archive.keep(raw(content=b"old"))
    new = archive.keep(raw(content=b"new"))
    assert archive.entries() == (new,)
    assert archive.read(old.document_id) == b"old"


def test_a_changed_declaration_counts_though_the_bytes_are_the_same(archive: Archive) -> None:
    archive.keep(raw())
    facts = DocumentFacts(title="T", published_date=date(2025, 7, 1), date_precision="month")
    archive.keep(raw(facts=facts))
    assert Archive(archive.root).entries()[0].facts == facts


def test_a_changed_declared_moment_counts_too(archive: Archive) -> None:
    archive.keep(raw(is_time_declared=True))
    archive.keep(raw(is_time_declared=True, retrieved_at=LATER))
    assert archive.entries()[0].retrieved_at == LATER


def test_keeps_why_a_file_was_refused(archive: Archive) -> None:
    refused = RefusedDocument("inbox", "e.txt", "0" * 64, 0, NOON, "empty_file", "no bytes")
    archive.refuse(refused)
    (entry,) = Archive(archive.root).entries()
    assert entry.refused == ("empty_file", "no bytes")
    assert archive.keep_all([refused]).unchanged == 1


def test_a_withdrawn_file_is_no_longer_there(archive: Archive) -> None:
    archive.keep_all([raw("a.txt"), raw("b.txt", b"other")])
    archive.withdraw("inbox", ["a.txt"])
    assert archive.file_names("inbox") == {"b.txt"}
    archive.keep(raw("a.txt"))
    assert archive.file_names("inbox") == {"a.txt", "b.txt"}


@pytest.mark.parametrize("torn", [b'{"document_id": "ab', b"\x00\x00\x00", b'{"broken": \n'])
def test_a_torn_last_row_is_cut_off_by_the_next_writer(
    archive: Archive, torn: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    archive.keep(raw("a.txt"))
    ledger = archive.root / "ledger.jsonl"
    whole = ledger.read_bytes()
    ledger.write_bytes(whole + torn)
    reopened = Archive(archive.root)
    assert len(reopened.entries()) == 1
    assert ledger.read_bytes() == whole + torn, "reading mends nothing"
    reopened.keep(raw("b.txt", b"more"))
    assert "cut off a torn last row" in caplog.text
    assert [e.file_name for e in Archive(archive.root).entries()] == ["a.txt", "b.txt"]
    assert all(json.loads(line) for line in ledger.read_bytes().splitlines())


def test_a_broken_row_before_the_last_is_an_error(archive: Archive) -> None:
    archive.keep_all([raw("a.txt"), raw("b.txt", b"other")])
    ledger = archive.root / "ledger.jsonl"
    first, second = ledger.read_bytes().splitlines(keepends=True)
    ledger.write_bytes(first[:-9] + b"\n" + second)
    with pytest.raises(ArchiveDamaged, match="expected a JSON object"):
        Archive(archive.root).entries()


def test_notices_bytes_that_were_changed(archive: Archive) -> None:
    entry = archive.keep(raw())
    archive.path(entry.document_id).write_bytes(b"$99 an hour")
    with pytest.raises(ArchiveDamaged, match="other bytes"):
        archive.read(entry.document_id)


@pytest.mark.parametrize("name", ["", "../etc/passwd", "A" * 64, "ab" * 31])
def test_gives_no_path_for_what_is_no_hash(archive: Archive, name: str) -> None:
    with pytest.raises(ArchiveDamaged):
        archive.path(name)


def test_the_digest_depends_on_what_is_there_and_not_on_the_order(tmp_path: Path) -> None:
    files = [raw("a.txt"), raw("b.txt", b"other")]
    one, two = Archive(tmp_path / "1"), Archive(tmp_path / "2")
    one.keep_all(files)
    two.keep_all(reversed(files))
    assert one.digest() == two.digest()
    two.keep(raw("c.txt"))
    assert one.digest() != two.digest()


def test_keeps_what_came_before_a_failure(archive: Archive) -> None:
    def failing() -> object:
        yield raw("a.txt")
        message = "the source went away"
        raise ConnectionError(message)

    with pytest.raises(ConnectionError):
        archive.keep_all(failing())
    assert [entry.file_name for entry in Archive(archive.root).entries()] == ["a.txt"]


def test_keeps_a_file_too_large_to_hold(archive: Archive, tmp_path: Path) -> None:
    large = tmp_path / "large.csv"
    large.write_bytes(b"title,salary\n" * 1000)
    entry = archive.keep(raw("large.csv", large))
    assert archive.read(entry.document_id) == large.read_bytes()
    assert entry.byte_count == large.stat().st_size


def test_two_archives_of_one_folder_see_each_other(archive: Archive) -> None:
    other = Archive(archive.root)
    archive.keep(raw("a.txt"))
    other.keep(raw("b.txt", b"other"))
    archive.keep(raw("c.txt", b"third"))
    assert archive.entries() == other.entries()
    assert ledger_rows(archive) == 3
