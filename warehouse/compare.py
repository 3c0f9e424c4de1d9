"""What changed between two releases, row by row: added, removed, changed, with examples."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from warehouse.descriptors import parquet_path
from warehouse.query import shown
from warehouse.render import literal, quoted
from warehouse.schema import Table
from warehouse.shelf import read_manifest
from warehouse.tables.all import ALL_TABLES
from warehouse.tables.releases import RELEASES

EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class ChangedRow:
    """A row found in both releases: its key, and each changed column before and after."""

    key: tuple[Any, ...]
    columns: Mapping[str, tuple[Any, Any]]


@dataclass(frozen=True, slots=True)
class TableDiff:
    """What changed in one table; examples are the first by primary key."""

    table: str
    added: int
    removed: int
    changed: int
    changed_columns: Mapping[str, int]
    """Column → number of rows in which it changed, most first."""
    added_examples: tuple[tuple[Any, ...], ...]
    removed_examples: tuple[tuple[Any, ...], ...]
    changed_examples: tuple[ChangedRow, ...]
    new_columns: tuple[str, ...]
    lost_columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReleaseDiff:
    """What changed from one release to another; tables that are the same are left out."""

    before: str
    after: str
    new_tables: tuple[str, ...]
    lost_tables: tuple[str, ...]
    tables: tuple[TableDiff, ...]

    @property
    def text(self) -> str:
        """The changes to be read, in Markdown."""
        return "\n".join(_release_lines(self))


def diff(before: Path, after: Path) -> ReleaseDiff:
    """What changed from the release in `before` to the release in `after`.

    The table of releases is left out, since it always grows.

    Raises:
        ReleaseNotFound: there is no release in one of the folders.
    """
    old, new = read_manifest(before), read_manifest(after)
    digests = [
        {entry["table"]: entry["logical_digest"] for entry in each["files"] if "table" in entry}
        for each in (old, new)
    ]
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        tables = tuple(
            _table_diff(connection, table, before, after)
            for table in ALL_TABLES
            if table is not RELEASES and _differs(table, *digests)
        )
    return ReleaseDiff(
        before=old["release"],
        after=new["release"],
        new_tables=tuple(sorted(digests[1].keys() - digests[0].keys())),
        lost_tables=tuple(sorted(digests[0].keys() - digests[1].keys())),
        tables=tables,
    )


def _differs(table: Table, old: Mapping[str, str], new: Mapping[str, str]) -> bool:
    is_in_both = table.name in old and table.name in new
    return is_in_both and old[table.name] != new[table.name]


def _table_diff(
    connection: duckdb.DuckDBPyConnection, table: Table, before: Path, after: Path
) -> TableDiff:
    for name, folder in (("old", before), ("new", after)):
        source = literal(str(folder / parquet_path(table)))
        connection.execute(
            f"CREATE OR REPLACE TEMP VIEW {name} AS "  # noqa: S608 - a path of ours
            f"SELECT * FROM read_parquet({source})"
        )
    old_columns, new_columns = (_columns(connection, name) for name in ("old", "new"))
    both = [c for c in new_columns if c in old_columns and c not in table.primary_key]
    counts = _changed_counts(connection, table, both)
    added, removed = _only_in(connection, table, "new"), _only_in(connection, table, "old")
    return TableDiff(
        table=table.name,
        added=added[0],
        removed=removed[0],
        changed=counts.pop(""),
        changed_columns=dict(sorted(counts.items(), key=lambda item: (-item[1], item[0]))),
        added_examples=added[1],
        removed_examples=removed[1],
        changed_examples=_changed_examples(connection, table, list(counts)),
        new_columns=tuple(c for c in new_columns if c not in old_columns),
        lost_columns=tuple(c for c in old_columns if c not in new_columns),
    )


def _ask(connection: duckdb.DuckDBPyConnection, query: str) -> list[tuple[Any, ...]]:
    return connection.execute(query).fetchall()


def _columns(connection: duckdb.DuckDBPyConnection, view: str) -> list[str]:
    return [row[0] for row in _ask(connection, f"DESCRIBE {view}")]


def _keys(table: Table) -> str:
    return ", ".join(quoted(name) for name in table.primary_key)


def _only_in(
    connection: duckdb.DuckDBPyConnection, table: Table, view: str
) -> tuple[int, tuple[tuple[Any, ...], ...]]:
    """Number of rows whose key is only in `view`, and the first of their keys."""
    other = "old" if view == "new" else "new"
    rows = f"FROM {view} ANTI JOIN {other} USING ({_keys(table)})"
    ((count,),) = _ask(connection, f"SELECT count(*) {rows}")
    first = f"SELECT {_keys(table)} {rows} ORDER BY ALL LIMIT {EXAMPLES}"
    return count, tuple(_ask(connection, first))


def _changed_counts(
    connection: duckdb.DuckDBPyConnection, table: Table, columns: list[str]
) -> dict[str, int]:
    """Column → number of rows in which it changed; under "" the number of changed rows."""
    differs = [f"old.{quoted(c)} IS DISTINCT FROM new.{quoted(c)}" for c in columns]
    counted = ", ".join(
        f"count(*) FILTER ({test})" for test in [" OR ".join(differs), *differs]
    )
    query = f"SELECT {counted} FROM old JOIN new USING ({_keys(table)})"  # noqa: S608
    (counts,) = _ask(connection, query) if columns else [(0,)]
    found = dict(zip(["", *columns], counts, strict=True))
    return {name: count for name, count in found.items() if count or not name}


def _changed_examples(
    connection: duckdb.DuckDBPyConnection, table: Table, columns: list[str]
) -> tuple[ChangedRow, ...]:
    if not columns:
        return ()
    differs = " OR ".join(f"old.{quoted(c)} IS DISTINCT FROM new.{quoted(c)}" for c in columns)
    cells = ", ".join(f"old.{quoted(c)}, new.{quoted(c)}" for c in columns)
    rows = _ask(
        connection,
        f"SELECT {_keys(table)}, {cells} FROM old JOIN new USING ({_keys(table)}) "  # noqa: S608
        f"WHERE {differs} ORDER BY {_keys(table)} LIMIT {EXAMPLES}",
    )
    width = len(table.primary_key)
    return tuple(ChangedRow(row[:width], _changes(columns, row[width:])) for row in rows)


def _changes(columns: list[str], cells: tuple[Any, ...]) -> dict[str, tuple[Any, Any]]:
    pairs = zip(columns, cells[::2], cells[1::2], strict=True)
    return {name: (old, new) for name, old, new in pairs if old != new}


def _release_lines(found: ReleaseDiff) -> Iterator[str]:
    yield f"# From {found.before} to {found.after}"
    for what, names in (("New", found.new_tables), ("Lost", found.lost_tables)):
        if names:
            yield f"\n{what} tables: {', '.join(names)}."
    if not found.tables:
        yield "\nEvery table says the same."
    for table in found.tables:
        yield from _table_lines(table)


def _table_lines(found: TableDiff) -> Iterator[str]:
    yield (
        f"\n## {found.table}\n\n{found.added:,} rows added, {found.removed:,} removed, "
        f"{found.changed:,} changed.\n"
    )
    for what, names in (("new", found.new_columns), ("lost", found.lost_columns)):
        if names:
            yield f"- {what} columns: {', '.join(names)}"
    for sign, keys in (("added", found.added_examples), ("removed", found.removed_examples)):
        yield from (f"- {sign}: {_key_text(key)}" for key in keys)
    if found.changed_columns:
        counts = (f"{name} in {rows:,}" for name, rows in found.changed_columns.items())
        yield f"- changed columns: {', '.join(counts)}"
    for row in found.changed_examples:
        changes = (
            f"{name} {shown(old) or 'null'} → {shown(new) or 'null'}"
            for name, (old, new) in row.columns.items()
        )
        yield f"- {_key_text(row.key)}: {'; '.join(changes)}"


def _key_text(key: tuple[Any, ...]) -> str:
    return " ".join(shown(part) for part in key)
