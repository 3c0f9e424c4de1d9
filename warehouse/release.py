"""Publishes a release: written beside the others, verified from disk, then swapped in."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from importlib.resources import files as package_files
from pathlib import Path
from typing import Any

import pyarrow
import pyarrow.parquet as pq

from warehouse.descriptors import (
    CHECKSUMS,
    MANIFEST,
    Identity,
    checksums_text,
    csv_path,
    data_package,
    iso,
    json_text,
    manifest,
    parquet_path,
)
from warehouse.dictionary import dictionary_markdown
from warehouse.digest import file_digest, logical_digest
from warehouse.errors import ReleaseRefused, SchemaMismatch
from warehouse.export import read_parquet, write_csv, write_parquet
from warehouse.frames import conform, from_records, sorted_rows
from warehouse.gates import problems
from warehouse.identity import DATABASE_FILE, METHOD_VERSION, SCHEMA_VERSION
from warehouse.shelf import (
    STAGING,
    clean_up,
    latest_release,
    next_version,
    only_publisher,
    put,
    read_manifest,
)
from warehouse.store import build_database, open_database, read_database
from warehouse.tables.all import ALL_TABLES
from warehouse.tables.releases import RELEASES

_TEXTS = ("METHOD.md", "LICENSE-DATA.md")


@dataclass(frozen=True, slots=True)
class Versions:
    """The versions of the code that made the rows."""

    parser_version: str
    reader_version: str


@dataclass(frozen=True, slots=True)
class PublishedRelease:
    """A release that stands: its version, its folder, and the number of rows of each table."""

    version: str
    folder: Path
    rows: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Unchanged:
    """Nothing was published: the newest release was made from the same and says the same."""

    version: str
    folder: Path


@dataclass(frozen=True, slots=True)
class _Content:
    """What goes into a release: its tables in declared order, and what each says."""

    tables: Mapping[str, pyarrow.Table]
    digests: Mapping[str, str]

    def with_table(self, name: str, data: pyarrow.Table) -> "_Content":
        return _Content(
            {**self.tables, name: data}, {**self.digests, name: logical_digest(data)}
        )


def publish(
    tables: Mapping[str, pyarrow.Table],
    *,
    root: Path,
    as_of: datetime,
    inputs_digest: str,
    versions: Versions,
    checks: Mapping[str, int] | None = None,
    accept_shrink: bool = False,
) -> PublishedRelease | Unchanged:
    """The release made of `tables`, standing under `root` with `latest` pointing at it.

    Args:
        tables: Every declared table but `releases`, which is made here.
        root: The folder of releases.
        as_of: The moment the release describes, with its time zone; it decides the version.
        inputs_digest: Digest of everything the tables were made from.
        versions: The versions of the code that made them.
        checks: Counts of the checks already run, for the manifest.
        accept_shrink: Let a table lose over a fifth of its rows, as when a source is removed.

    Raises:
        SchemaMismatch: A table is missing, unknown or of another shape.
        ReleaseRefused: A gate failed or a file did not verify; the newest release stands.
        PublishBusy: Another process is publishing into `root`.
    """
    with only_publisher(root):
        clean_up(root)
        previous = _manifest_of_latest(root)
        content = _content(tables)
        identity = Identity(
            release=next_version(root, as_of),
            previous_release=previous.get("release"),
            as_of=as_of,
            inputs_digest=inputs_digest,
            parser_version=versions.parser_version,
            reader_version=versions.reader_version,
        )
        if _says_the_same(previous, identity, content):
            return Unchanged(previous["release"], root / previous["release"])
        content = content.with_table("releases", _releases(root, identity, content.tables))
        _refuse(problems(content.tables, _rows(previous), accept_shrink=accept_shrink))
        _write(root / STAGING, identity, content, checks or {})
        folder = put(root, identity.release)
    rows = {name: data.num_rows for name, data in content.tables.items()}
    return PublishedRelease(identity.release, folder, rows)


def _manifest_of_latest(root: Path) -> dict[str, Any]:
    newest = latest_release(root)
    return read_manifest(newest) if newest else {}


def _content(tables: Mapping[str, pyarrow.Table]) -> _Content:
    names = [table.name for table in ALL_TABLES if table is not RELEASES]
    missing, unknown = set(names) - set(tables), set(tables) - set(names)
    if missing or unknown:
        message = (
            f"a release holds every declared table: missing {sorted(missing)}, "
            f"unknown {sorted(unknown)}; pass warehouse.frames.empty() for one without rows"
        )
        raise SchemaMismatch(message)
    ready = {
        table.name: sorted_rows(table, conform(table, tables[table.name]))
        for table in ALL_TABLES
        if table is not RELEASES
    }
    return _Content(ready, {name: logical_digest(data) for name, data in ready.items()})


def _says_the_same(previous: Mapping[str, Any], identity: Identity, content: _Content) -> bool:
    """Whether the release before was made from the same and has the same in every table."""
    made_from = {
        "inputs_digest": identity.inputs_digest,
        "parser_version": identity.parser_version,
        "reader_version": identity.reader_version,
        "schema_version": SCHEMA_VERSION,
        "method_version": METHOD_VERSION,
    }
    before = {entry["table"]: entry["logical_digest"] for entry in _table_entries(previous)}
    before.pop("releases", None)
    return made_from.items() <= previous.items() and before == content.digests


def _table_entries(manifest_: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [entry for entry in manifest_.get("files", ()) if "table" in entry]


def _rows(previous: Mapping[str, Any]) -> dict[str, int]:
    return {entry["table"]: entry["rows"] for entry in _table_entries(previous)}


def _releases(
    root: Path, identity: Identity, tables: Mapping[str, pyarrow.Table]
) -> pyarrow.Table:
    """The releases table of the release before, and one row more."""
    row = {
        "release": identity.release,
        "previous_release": identity.previous_release,
        "as_of": identity.as_of,
        "schema_version": SCHEMA_VERSION,
        "parser_version": identity.parser_version,
        "inputs_digest": identity.inputs_digest,
        "documents": tables["documents"].num_rows,
        "postings": tables["postings"].num_rows,
        "observations": tables["rate_observations"].num_rows,
        "restatements": tables["restatements"].num_rows,
        "quarantined": tables["quarantine"].num_rows,
    }
    newest = latest_release(root)
    known = (
        [conform(RELEASES, pq.read_table(newest / parquet_path(RELEASES)))] if newest else []
    )
    return sorted_rows(RELEASES, pyarrow.concat_tables([*known, from_records(RELEASES, [row])]))


def _refuse(found: list[str]) -> None:
    if found:
        message = "nothing was published, the newest release stands:\n- " + "\n- ".join(found)
        raise ReleaseRefused(message)


def _write(
    staging: Path, identity: Identity, content: _Content, checks: Mapping[str, int]
) -> None:
    """Writes every file of the release, verifying each table as its file on disk has it."""
    for folder in ("parquet", "csv"):
        (staging / folder).mkdir(parents=True)
    for table in ALL_TABLES:
        data, digest = content.tables[table.name], content.digests[table.name]
        facts = identity.facts() | {
            "table": table.name,
            "row_count": str(data.num_rows),
            "primary_key": " ".join(table.primary_key),
            "sort_key": " ".join(table.sort_key),
            "logical_digest": digest,
        }
        path = staging / parquet_path(table)
        write_parquet(table, data, path, facts)
        _verify(path, digest, logical_digest(read_parquet(table, path)))
    # The database needs one core and the packing of texts another.
    with ThreadPoolExecutor(max_workers=1) as beside:
        packed = beside.submit(_write_csv_files, staging, content)
        _write_database(staging, content)
        packed.result()
    _write_texts(staging, identity)
    _write_descriptors(staging, identity, content, checks)


def _write_csv_files(staging: Path, content: _Content) -> None:
    for table in ALL_TABLES:
        if table.is_in_csv:
            write_csv(table, content.tables[table.name], staging / csv_path(table))


def _write_database(staging: Path, content: _Content) -> None:
    path = staging / DATABASE_FILE
    build_database(path, ALL_TABLES, staging / "parquet")
    with open_database(path) as connection:
        for table in ALL_TABLES:
            found = logical_digest(read_database(connection, table))
            _verify(path, content.digests[table.name], found)


def _verify(path: Path, expected: str, found: str) -> None:
    if found != expected:
        _refuse([f"{path.name} does not read back as written: {expected} became {found}"])


def _write_texts(staging: Path, identity: Identity) -> None:
    head = f"Release {identity.release}, as of {iso(identity.as_of)}.\n"
    for name in _TEXTS:
        text = package_files("warehouse").joinpath("texts", name).read_text("utf-8")
        (staging / name).write_text(f"{text}\n{head}", "utf-8")
    (staging / "data-dictionary.md").write_text(dictionary_markdown(), "utf-8")


def _write_descriptors(
    staging: Path, identity: Identity, content: _Content, checks: Mapping[str, int]
) -> None:
    """Writes the files that describe the others; each file is hashed once, from disk."""
    hashed = {
        str(path.relative_to(staging)): (path.stat().st_size, file_digest(path))
        for path in sorted(staging.rglob("*"))
        if path.is_file()
    }
    described = {path: facts for path, facts in hashed.items() if path != DATABASE_FILE}

    def add(name: str, text: str) -> None:
        (staging / name).write_text(text, "utf-8")
        size = (staging / name).stat().st_size
        hashed[name] = described[name] = (size, file_digest(staging / name))

    add("datapackage.json", json_text(data_package(identity, ALL_TABLES, described)))
    facts = manifest(identity, content.tables, content.digests, described, ALL_TABLES, checks)
    add(MANIFEST, json_text(facts))
    hashes = {path: sha256 for path, (_, sha256) in hashed.items()}
    (staging / CHECKSUMS).write_text(checksums_text(hashes), "utf-8")
