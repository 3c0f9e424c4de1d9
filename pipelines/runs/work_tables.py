"""The tables of a run, each kept with the digest of what it was made from."""

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow
import pyarrow.parquet

from warehouse.frames import sorted_rows
from warehouse.schema import Table

DIGEST = b"inputs_digest"


def cells(rows: pyarrow.Table) -> dict[str, list[Any]]:
    """Return the cells of each column as Python objects.

    Equal cells of a column are one object: a hundred thousand amounts are few different ones.
    """
    return {name: _cells(rows[name].combine_chunks()) for name in rows.column_names}


def _cells(column: pyarrow.Array) -> list[Any]:
    coded = column.dictionary_encode()
    distinct = [*coded.dictionary.to_pylist(), None]
    return [distinct[code] for code in coded.indices.fill_null(len(distinct) - 1).to_pylist()]


def with_column(
    rows: pyarrow.Table, name: str, column: pyarrow.Array | pyarrow.ChunkedArray
) -> pyarrow.Table:
    """Return the rows with other cells in one of their columns."""
    place = rows.schema.get_field_index(name)
    return rows.set_column(place, rows.schema.field(place), column)


@contextmanager
def _no_search_for_cycles() -> Iterator[None]:
    """Leave memory alone during a build: a million new cells, all in use, are no garbage.

    The search for cycles among them takes a third of the time otherwise.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


@dataclass(frozen=True, slots=True)
class WorkTables:
    """The tables made from one set of inputs; a table made from the same inputs is kept."""

    folder: Path
    inputs_digest: str

    def path(self, table: Table) -> Path:
        """Return where a table lies."""
        return self.folder / f"{table.name}.parquet"

    def is_current(self, table: Table) -> bool:
        """Return whether the table is there and was made from these inputs."""
        path = self.path(table)
        if not path.exists():
            return False
        metadata = pyarrow.parquet.read_schema(path).metadata or {}
        return bool(metadata.get(DIGEST) == self.inputs_digest.encode())

    def make(self, table: Table, build: Callable[[], pyarrow.Table]) -> int:
        """Return the table's row count, building it only when it is not current."""
        if not self.is_current(table):
            with _no_search_for_cycles():
                self._write(table, build())
        return int(pyarrow.parquet.read_metadata(self.path(table)).num_rows)

    def read(self, table: Table, columns: Sequence[str] | None = None) -> pyarrow.Table:
        """Return the table, or only some columns of it.

        Raises:
            FileNotFoundError: It was not made yet.
        """
        wanted = None if columns is None else list(columns)
        return pyarrow.parquet.read_table(self.path(table), columns=wanted)

    def head(self, table: Table, rows: int = 5) -> pyarrow.Table:
        """Return the first rows, without reading the rest."""
        first = next(pyarrow.parquet.ParquetFile(self.path(table)).iter_batches(rows), None)
        schema = pyarrow.parquet.read_schema(self.path(table))
        return pyarrow.Table.from_batches([] if first is None else [first], schema)

    def is_checked(self, table: Table) -> bool:
        """Return whether the table of these inputs passed its checks already."""
        mark = self._mark(table)
        return mark.exists() and mark.read_text("utf-8") == self.inputs_digest

    def mark_checked(self, table: Table) -> None:
        """Remember that the table of these inputs passed its checks."""
        self._mark(table).write_text(self.inputs_digest, "utf-8")

    def _mark(self, table: Table) -> Path:
        return self.folder / f"{table.name}.checked"

    def _write(self, table: Table, data: pyarrow.Table) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        data = sorted_rows(table, data)
        known = {**(data.schema.metadata or {}), DIGEST: self.inputs_digest.encode()}
        partial = self.path(table).with_suffix(".partial")
        pyarrow.parquet.write_table(data.replace_schema_metadata(known), partial)
        partial.replace(self.path(table))
