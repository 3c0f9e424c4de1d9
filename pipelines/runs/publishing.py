"""Publishes the tables of a run as a release, unless the newest was made from the same."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import pyarrow

from pipelines.parsing.version import PARSER_VERSION
from pipelines.runs.run import Run
from sources.readers.version import READER_VERSION
from warehouse.release import Unchanged, Versions, publish
from warehouse.shelf import latest_release, read_manifest
from warehouse.tables.all import ALL_TABLES
from warehouse.tables.releases import RELEASES

VERSIONS = Versions(PARSER_VERSION, READER_VERSION)


@dataclass(frozen=True, slots=True)
class Published:
    """The release that stands after a run, and whether this run made it."""

    version: str
    folder: Path
    is_new: bool
    rows: Mapping[str, int] = field(default_factory=dict)


def publish_release(run: Run, scheduled_at: str | None) -> Published:
    """Return the release of the run's tables; nothing is read when the newest is the same."""
    standing = latest_release(run.workspace.releases)
    if standing is not None and read_manifest(standing)["inputs_digest"] == run.inputs_digest:
        return Published(standing.name, standing, is_new=False)
    made = publish(
        _tables(run),
        root=run.workspace.releases,
        as_of=datetime.fromisoformat(scheduled_at) if scheduled_at else run.as_of,
        inputs_digest=run.inputs_digest,
        versions=VERSIONS,
    )
    if isinstance(made, Unchanged):
        return Published(made.version, made.folder, is_new=False)
    return Published(made.version, made.folder, is_new=True, rows=made.rows)


def _tables(run: Run) -> dict[str, pyarrow.Table]:
    reference = run.reference_tables()
    return {
        table.name: reference[table.name] if table.name in reference else run.tables.read(table)
        for table in ALL_TABLES
        if table is not RELEASES
    }
