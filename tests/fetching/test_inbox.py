"""The inbox: what dropped files become, and what is not opened at all."""

import os
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sources.archive import Archive
from sources.connectors import folder as folder_module
from sources.connectors.fetching import fetch
from sources.documents import FetchReport
from sources.registry import Source

AN_HOUR_AGO = time.time() - 3600


def drop(folder: Path, name: str, content: bytes = b"Pay: $20 an hour") -> Path:
    """Put a file into a folder as if an hour ago."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    os.utime(path, (AN_HOUR_AGO, AN_HOUR_AGO))
    return path


def take(source: Source, archive: Archive, inbox: Path) -> FetchReport:
    return fetch(source, archive, inbox=inbox)


def refusal(archive: Archive, name: str) -> str | None:
    entry = next(entry for entry in archive.entries() if entry.file_name == name)
    return entry.refused[0] if entry.refused else None


def test_takes_files_of_all_folders_but_hidden_ones(
    inbox_source: Source, archive: Archive, inbox: Path
) -> None:
    for name in ("b.txt", "a/deep/c.md", ".hidden", ".git/config", "a/.DS_Store"):
        drop(inbox, name, name.encode())
    report = take(inbox_source, archive, inbox)
    assert report.new == 2
    assert archive.file_names("inbox") == {"a/deep/c.md", "b.txt"}


def test_a_missing_inbox_is_an_empty_one(
    inbox_source: Source, archive: Archive, tmp_path: Path
) -> None:
    assert take(inbox_source, archive, tmp_path / "none") == FetchReport()


def test_a_plain_file_has_no_facts_but_the_time_it_was_written(
    inbox_source: Source, archive: Archive, inbox: Path
) -> None:
    drop(inbox, "a.txt")
    take(inbox_source, archive, inbox)
    (entry,) = archive.entries()
    assert entry.retrieved_at == datetime.fromtimestamp(int(AN_HOUR_AGO), UTC)
    assert (entry.facts.title, entry.facts.url, entry.facts.evidence_kind) == (None,) * 3
    assert entry.facts.text_origin == "verbatim"


def test_a_sidecar_describes_its_file_and_is_no_document(
    inbox_source: Source, archive: Archive, inbox: Path
) -> None:
    drop(inbox, "a.html", b"<p>Pay</p>")
    drop(inbox, "a.html.yml", b'title: T\npublished_date: "2025-07"\ncountry: NO\n')
    assert take(inbox_source, archive, inbox).new == 1
    (entry,) = archive.entries()
    assert (entry.facts.title, entry.facts.country_code) == ("T", "NO")
    assert entry.facts.date_precision == "month"


def test_a_corrected_sidecar_is_noticed_though_the_file_is_the_same(
    inbox_source: Source, archive: Archive, inbox: Path
) -> None:
    drop(inbox, "a.html", b"<p>Pay</p>")
    drop(inbox, "a.html.yml", b"titel: T\n")
    assert take(inbox_source, archive, inbox).refused == 1
    assert refusal(archive, "a.html") == "bad_front_matter"
    drop(inbox, "a.html.yml", b"title: T\n")
    assert take(inbox_source, archive, inbox).new == 1
    assert refusal(archive, "a.html") is None


def test_an_empty_file_is_refused(inbox_source: Source, archive: Archive, inbox: Path) -> None:
    drop(inbox, "a.txt", b"")
    assert take(inbox_source, archive, inbox).refused == 1
    assert refusal(archive, "a.txt") == "empty_file"


def test_a_file_over_the_limit_is_refused_unless_it_is_a_table(
    inbox_source: Source, archive: Archive, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folder_module, "LARGEST_FILE", 10)
    monkeypatch.setattr(folder_module, "LARGEST_HELD", 5)
    drop(inbox, "long.txt", b"01234567890")
    drop(inbox, "long.csv", b"title,salary\nTrainer,20\n")
    take(inbox_source, archive, inbox)
    assert refusal(archive, "long.txt") == "too_large"
    assert refusal(archive, "long.csv") is None


def test_a_link_that_leads_out_is_refused_and_never_opened(
    inbox_source: Source, archive: Archive, inbox: Path, tmp_path: Path
) -> None:
    secret = drop(tmp_path, "secret.txt", b"secret")
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    (inbox / "file.txt").symlink_to(secret)
    (inbox / "relative.txt").symlink_to("../secret.txt")
    (inbox / "folder").symlink_to(folder)
    (inbox / "nowhere.txt").symlink_to("gone.txt")
    assert take(inbox_source, archive, inbox) == FetchReport(refused=4)
    assert refusal(archive, "file.txt") == "symlink_outside"
    assert refusal(archive, "relative.txt") == "symlink_outside"
    assert refusal(archive, "folder") == "symlink_outside"
    assert refusal(archive, "nowhere.txt") == "damaged"
    assert not (archive.root / "objects").exists()


def test_a_link_within_the_inbox_is_followed_and_a_loop_is_not(
    inbox_source: Source, archive: Archive, inbox: Path
) -> None:
    drop(inbox, "a.txt")
    (inbox / "b.txt").symlink_to("a.txt")
    (inbox / "loop").symlink_to(".")
    assert take(inbox_source, archive, inbox).new == 2
    assert len({entry.document_id for entry in archive.entries()}) == 1


def test_a_pipe_is_refused_and_not_waited_for(
    inbox_source: Source, archive: Archive, inbox: Path
) -> None:
    os.mkfifo(inbox / "pipe.txt")
    take(inbox_source, archive, inbox)
    assert refusal(archive, "pipe.txt") == "unknown_type"


def test_a_name_that_is_no_text_is_written_as_one(
    inbox_source: Source, archive: Archive, inbox: Path
) -> None:
    (Path(os.fsdecode(os.fsencode(inbox) + b"/\xff.txt"))).write_bytes(b"Pay")
    take(inbox_source, archive, inbox)
    assert archive.file_names("inbox") == {"\\xff.txt"}


def test_an_unchanged_inbox_is_not_read_again(
    inbox_source: Source, archive: Archive, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drop(inbox, "a.txt")
    drop(inbox, "b.txt", b"")
    time.sleep(0.05)  # longer than a tick of the file system's clock
    first = take(inbox_source, archive, inbox)
    monkeypatch.setattr(Archive, "keep_all", None)
    second = take(inbox_source, Archive(archive.root), inbox)
    assert (first.new, first.refused) == (1, 1)
    assert second == FetchReport(unchanged=2)


def test_a_file_changed_since_is_read_again(
    inbox_source: Source, archive: Archive, inbox: Path
) -> None:
    drop(inbox, "a.txt", b"$20 an hour")
    take(inbox_source, archive, inbox)
    time.sleep(0.05)
    drop(inbox, "a.txt", b"$30 an hour")
    assert take(inbox_source, archive, inbox).new == 1


def test_a_file_written_within_the_tick_of_the_last_look_is_read_again(
    inbox_source: Source, archive: Archive, inbox: Path
) -> None:
    path = drop(inbox, "a.txt", b"$20 an hour")
    os.utime(path, (time.time() + 60, time.time() + 60))
    stamp = path.stat().st_mtime_ns
    take(inbox_source, archive, inbox)
    path.write_bytes(b"$30 an hour")
    os.utime(path, ns=(stamp, stamp))
    assert take(inbox_source, archive, inbox).new == 1


def test_a_lost_ledger_is_noticed(inbox_source: Source, archive: Archive, inbox: Path) -> None:
    drop(inbox, "a.txt")
    take(inbox_source, archive, inbox)
    (archive.root / "ledger.jsonl").unlink()
    assert take(inbox_source, Archive(archive.root), inbox).new == 1


def test_a_time_in_the_future_is_not_believed(
    inbox_source: Source, archive: Archive, inbox: Path
) -> None:
    path = drop(inbox, "a.txt")
    os.utime(path, (4e9, 4e9))
    take(inbox_source, archive, inbox)
    assert archive.entries()[0].retrieved_at <= datetime.now(UTC)
