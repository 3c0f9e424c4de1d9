"""The folder of releases: which there are, which is newest, and how one more is put there."""

import fcntl
import json
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from warehouse.descriptors import MANIFEST
from warehouse.errors import PublishBusy, ReleaseNotFound

LATEST = "latest"
STAGING = ".staging"
_LOCK = ".lock"
_NEXT_POINTER = ".latest"
_JOURNAL = ".publishing"
"""Names the release being put there, so that a crash half-way is undone and not inherited."""

_VERSION = re.compile(r"\d{4}\.\d{1,2}\.\d+")


def latest_release(root: Path) -> Path | None:
    """The folder of the newest release under `root`; None when there is none."""
    pointer = root / LATEST
    return root / pointer.readlink() if pointer.is_symlink() else None


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of the release in `folder`.

    Raises:
        ReleaseNotFound: there is no release there, or its manifest is damaged.
    """
    path = folder / MANIFEST
    if not path.is_file():
        message = f"{folder} holds no release: there is no {MANIFEST} in it"
        raise ReleaseNotFound(message)
    try:
        manifest: dict[str, Any] = json.loads(path.read_text("utf-8"))
    except ValueError as problem:
        message = f"{path}: expected JSON; got {problem}. Restore the release from a copy."
        raise ReleaseNotFound(message) from None
    return manifest


def next_version(root: Path, as_of: datetime) -> str:
    """The version of the next release: year, month, and one more than the last of the month."""
    month = f"{as_of.year}.{as_of.month}."
    taken = [path.name for path in root.glob(f"{month}*") if _VERSION.fullmatch(path.name)]
    return month + str(1 + max((int(name.rpartition(".")[2]) for name in taken), default=0))


@contextmanager
def only_publisher(root: Path) -> Iterator[None]:
    """Holds the publishing lock of `root`; the system frees it when the process ends, however.

    Raises:
        PublishBusy: another process holds it.
    """
    root.mkdir(parents=True, exist_ok=True)
    with (root / _LOCK).open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            message = (
                f"process {lock.read()} is publishing into {root}; try again when it is done"
            )
            raise PublishBusy(message) from None
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield


def clean_up(root: Path) -> None:
    """Removes what a publish that died left behind; call it with the lock held."""
    shutil.rmtree(root / STAGING, ignore_errors=True)
    (root / _NEXT_POINTER).unlink(missing_ok=True)
    journal = root / _JOURNAL
    if journal.exists():
        half_way = journal.read_text("utf-8")
        if _VERSION.fullmatch(half_way) and latest_release(root) != root / half_way:
            shutil.rmtree(root / half_way, ignore_errors=True)
        journal.unlink()


def put(root: Path, version: str) -> Path:
    """The staged release, now standing under its version with `latest` pointing at it.

    Everything staged is on disk before the folder is renamed, and the folder before the
    pointer is replaced, which is the moment the release is out.
    """
    for path in sorted((root / STAGING).rglob("*")):
        _sync(path)
    _sync(root / STAGING)
    (root / _JOURNAL).write_text(version, "utf-8")
    _sync(root / _JOURNAL)
    os.rename(root / STAGING, root / version)  # noqa: PTH104 - the one step that must be atomic
    _sync(root)
    (root / _NEXT_POINTER).symlink_to(version)
    os.replace(root / _NEXT_POINTER, root / LATEST)  # noqa: PTH105 - replaces a link, not its target
    _sync(root)
    (root / _JOURNAL).unlink()
    return root / version


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
