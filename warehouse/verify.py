"""Whether a release is what was published."""

import re
from pathlib import Path

from warehouse.descriptors import CHECKSUMS, MANIFEST
from warehouse.digest import file_digest
from warehouse.errors import ReleaseNotFound
from warehouse.shelf import read_manifest

_LINE = re.compile(r"([0-9a-f]{64})  ([^\0]+)")


def verify(folder: Path) -> list[str]:
    """What is wrong with the release in `folder`, by path; empty when it is as published.

    Every file is hashed anew and compared with SHA256SUMS, and SHA256SUMS with the manifest.

    Raises:
        ReleaseNotFound: there is no release there.
    """
    if not (folder / CHECKSUMS).is_file():
        message = f"{folder} holds no release: there is no {CHECKSUMS} in it"
        raise ReleaseNotFound(message)
    stated, found = _stated(folder / CHECKSUMS)
    present = {
        str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()
    } - {CHECKSUMS}
    for path in sorted(stated.keys() | present):
        found += _file_problems(folder, path, stated.get(path), present)
    return found or _manifest_problems(folder, stated)


def _stated(path: Path) -> tuple[dict[str, str], list[str]]:
    """Path → hash of every line of SHA256SUMS, and what is wrong with the other lines."""
    text = path.read_bytes().decode("utf-8", "replace")
    lines = [(line, _LINE.fullmatch(line)) for line in text.removesuffix("\n").split("\n")]
    broken = [
        f"{CHECKSUMS}: cannot be read: {line!r:.100}" for line, match in lines if not match
    ]
    if not text.endswith("\n"):
        broken.append(f"{CHECKSUMS}: ends early")
    return {match[2]: match[1] for _, match in lines if match}, broken


def _file_problems(folder: Path, path: str, stated: str | None, present: set[str]) -> list[str]:
    if path not in present:
        return [f"{path}: is missing"]
    if stated is None:
        return [f"{path}: is not part of the release"]
    found = file_digest(folder / path)
    return [] if found == stated else [f"{path}: expected SHA-256 {stated}, got {found}"]


def _manifest_problems(folder: Path, stated: dict[str, str]) -> list[str]:
    """Where the manifest disagrees, as when both a file and its line were changed."""
    if MANIFEST not in stated:
        return [f"{MANIFEST}: is missing"]
    return [
        f"{entry['path']}: the manifest says SHA-256 {entry['sha256']}"
        for entry in read_manifest(folder)["files"]
        if stated.get(entry["path"]) != entry["sha256"]
    ]
