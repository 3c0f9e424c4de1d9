"""Verifying finds any file that is not as published, and names it."""

import random
from pathlib import Path

import pytest

from warehouse.errors import ReleaseNotFound
from warehouse.release import PublishedRelease
from warehouse.verify import verify


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def test_an_untouched_release_has_no_problems(release: PublishedRelease) -> None:
    assert verify(release.folder) == []
    assert verify(release.folder.parent / "latest") == []


def test_a_flipped_bit_is_found_in_every_file(release: PublishedRelease) -> None:
    dice = random.Random(7)
    for path in _files(release.folder):
        content = path.read_bytes()
        place = dice.randrange(len(content))
        changed = bytearray(content)
        changed[place] ^= 1 << dice.randrange(8)
        path.write_bytes(changed)
        problems = verify(release.folder)
        assert problems, f"bit {place} of {path.name}"
        if path.name != "SHA256SUMS":
            assert problems[0].startswith(str(path.relative_to(release.folder)))
        path.write_bytes(content)
    assert verify(release.folder) == []


@pytest.mark.parametrize(
    ("name", "problem"),
    [("csv/rates.csv.gz", "is missing"), ("manifest.json", "is missing")],
)
def test_a_missing_file_is_named(release: PublishedRelease, name: str, problem: str) -> None:
    (release.folder / name).unlink()
    assert verify(release.folder) == [f"{name}: {problem}"]


def test_an_added_file_is_named(release: PublishedRelease) -> None:
    (release.folder / "csv" / "more.csv").write_text("1")
    assert verify(release.folder) == ["csv/more.csv: is not part of the release"]


def test_a_truncated_file_is_named(release: PublishedRelease) -> None:
    path = release.folder / "compensation.duckdb"
    path.write_bytes(path.read_bytes()[:-100])
    assert verify(release.folder)[0].startswith("compensation.duckdb: expected SHA-256")


def test_changing_a_file_and_its_checksum_together_is_found(release: PublishedRelease) -> None:
    import hashlib

    path, sums = release.folder / "csv/rates.csv.gz", release.folder / "SHA256SUMS"
    before = hashlib.sha256(path.read_bytes()).hexdigest()
    path.write_bytes(b"other")
    after = hashlib.sha256(b"other").hexdigest()
    sums.write_text(sums.read_text().replace(before, after))
    assert verify(release.folder) == [f"csv/rates.csv.gz: the manifest says SHA-256 {before}"]


def test_a_folder_that_is_no_release_is_said_to_be_none(tmp_path: Path) -> None:
    with pytest.raises(ReleaseNotFound, match="holds no release"):
        verify(tmp_path)
