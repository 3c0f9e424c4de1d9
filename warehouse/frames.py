"""Records and columns in, Arrow tables of the declared shape out; and Arrow to pandas and back.

Whole columns are converted at once. A cell is looked at in Python only where a figure must be
rounded, or where a column did not fit and the cells that did not are sought.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Context, Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pyarrow
import pyarrow.compute as pc

from warehouse.errors import SchemaMismatch
from warehouse.render import ARROW_TYPES, arrow_schema
from warehouse.schema import Column, ColumnType, Table

if TYPE_CHECKING:
    import pandas as pd

_ROUNDED = {ColumnType.RATE: Decimal("1e-8"), ColumnType.FACTOR: Decimal("1e-12")}
_WIDE = Context(prec=60)
_UNFIT = (pyarrow.ArrowException, TypeError, ValueError, ArithmeticError)


class UnfitRecord(NamedTuple):
    """A record with a cell its column cannot hold: which, what column, what was there."""

    row: int
    column: str
    message: str


def empty(table: Table) -> pyarrow.Table:
    """An Arrow table of the declared shape, without rows."""
    return arrow_schema(table).empty_table()


def from_columns(table: Table, columns: Mapping[str, Sequence[Any]]) -> pyarrow.Table:
    """An Arrow table of the declared shape, from one sequence of cells per column.

    Computed figures (rates, exchange rates) are rounded half to even to their declared
    decimals; stated amounts are never rounded. A nullable column may be left out.

    Raises:
        SchemaMismatch: a column is missing, unknown, of another length, or holds a cell that
            does not fit; the message names column, row and cell.
    """
    _refuse_other_columns(table, columns)
    rows = len(next(iter(columns.values()))) if columns else 0
    arrays = [_array(table, column, columns.get(column.name), rows) for column in table.columns]
    return pyarrow.Table.from_arrays(arrays, schema=arrow_schema(table))


def from_records(table: Table, records: Sequence[Mapping[str, Any]]) -> pyarrow.Table:
    """An Arrow table of the declared shape, from one mapping per row.

    A nullable column may be absent from a record.

    Raises:
        SchemaMismatch: as `from_columns`.
    """
    return from_columns(table, _turned(table, records))


def split_records(
    table: Table, records: Sequence[Mapping[str, Any]]
) -> tuple[pyarrow.Table, list[UnfitRecord]]:
    """The Arrow table of the records that fit their columns, and the records that do not.

    For records that come from outside: an amount of thirty digits sets its own row aside and
    no other.

    Raises:
        SchemaMismatch: a record has an unknown column, or a column is missing.
    """
    try:
        return from_records(table, records), []
    except SchemaMismatch:
        columns = _turned(table, records)
        _refuse_other_columns(table, columns)
    unfit = sorted(
        UnfitRecord(index, column.name, message)
        for column in table.columns
        for index, message in _unfit_cells(column, columns.get(column.name, ()))
    )
    refused = {record.row for record in unfit}
    kept = [record for index, record in enumerate(records) if index not in refused]
    return from_records(table, kept), unfit


def conform(table: Table, data: pyarrow.Table) -> pyarrow.Table:
    """`data` with the declared columns in the declared order and types; never loses a digit.

    Raises:
        SchemaMismatch: a column is missing or unknown, or cannot be cast without loss.
    """
    schema = arrow_schema(table)
    if data.schema.equals(schema, check_metadata=True):
        return data
    _refuse_other_columns(table, dict.fromkeys(data.column_names))
    try:
        arrays = [_cast(data, column) for column in table.columns]
        return pyarrow.Table.from_arrays(arrays, schema=schema)
    except pyarrow.ArrowException as error:
        message = f"{table.name}: a column cannot be cast to its declared type: {error}"
        raise SchemaMismatch(message) from error


def _cast(data: pyarrow.Table, column: Column) -> pyarrow.ChunkedArray:
    if column.name not in data.column_names:
        return pyarrow.nulls(data.num_rows, ARROW_TYPES[column.kind])
    return data[column.name].cast(ARROW_TYPES[column.kind])


def to_pandas(data: pyarrow.Table) -> "pd.DataFrame":
    """`data` as a frame of Arrow dtypes, so that nulls, decimals and dates stay as they are."""
    import pandas as pd

    frame: pd.DataFrame = data.to_pandas(types_mapper=pd.ArrowDtype)
    return frame


def from_pandas(table: Table, frame: "pd.DataFrame") -> pyarrow.Table:
    """`frame` as an Arrow table of the declared shape.

    Raises:
        SchemaMismatch: as `conform`.
    """
    return conform(table, pyarrow.Table.from_pandas(frame, preserve_index=False))


def sorted_rows(table: Table, data: pyarrow.Table) -> pyarrow.Table:
    """`data` in the declared order; the table itself when it already is, without a copy."""
    order = pc.sort_indices(
        data.select(list(table.sort_key)),
        sort_keys=[(name, "ascending") for name in table.sort_key],
    )
    is_in_place = bool(np.array_equal(order.to_numpy(), np.arange(len(order))))
    return data if is_in_place else data.take(order)


def _turned(table: Table, records: Sequence[Mapping[str, Any]]) -> dict[str, list[Any]]:
    names: Iterable[str] = table.column_names
    unknown = set().union(*records) - set(table.column_names)
    if unknown:
        _refuse_other_columns(table, dict.fromkeys(sorted(unknown)))
    return {name: [record.get(name) for record in records] for name in names}


def _refuse_other_columns(table: Table, columns: Mapping[str, Any]) -> None:
    needed = {column.name for column in table.columns if not column.nullable}
    unknown = sorted(set(columns) - set(table.column_names))
    missing = sorted(needed - set(columns)) if not unknown else []
    if unknown or missing:
        message = (
            f"{table.name}: unknown columns {unknown}, missing columns {missing}; "
            f"declared are {list(table.column_names)}"
        )
        raise SchemaMismatch(message)


def _array(
    table: Table, column: Column, cells: Sequence[Any] | None, rows: int
) -> pyarrow.Array:
    kind = ARROW_TYPES[column.kind]
    if cells is None:
        return pyarrow.nulls(rows, kind)
    if len(cells) != rows:
        message = f"{table.name}.{column.name}: {len(cells)} cells where {rows} were expected"
        raise SchemaMismatch(message)
    try:
        return _converted(column, cells)
    except _UNFIT as error:
        index, why = next(iter(_unfit_cells(column, cells)), (None, str(error)))
        message = f"{table.name}.{column.name}, row {index}: {why}"
        raise SchemaMismatch(message) from error


def _converted(column: Column, cells: Sequence[Any]) -> pyarrow.Array:
    kind = ARROW_TYPES[column.kind]
    if isinstance(cells, pyarrow.Array | pyarrow.ChunkedArray):
        return cells.cast(kind)
    if column.kind in _ROUNDED:
        cells = _rounded(cells, _ROUNDED[column.kind])
    return pyarrow.array(cells, kind)


def _rounded(cells: Sequence[Any], step: Decimal) -> list[Decimal | None]:
    quantize: Callable[..., Decimal] = Decimal.quantize
    return [
        None if cell is None else quantize(Decimal(cell), step, context=_WIDE) for cell in cells
    ]


def _unfit_cells(column: Column, cells: Sequence[Any]) -> Iterable[tuple[int, str]]:
    for index, cell in enumerate(cells):
        try:
            _converted(column, [cell])
        except _UNFIT as error:
            yield index, f"{cell!r:.80} does not fit {column.kind} ({error})"
