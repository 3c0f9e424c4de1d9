"""Tables as files: Parquet for programs, CSV for spreadsheets; the same bytes every time."""

import gzip
from collections.abc import Mapping
from pathlib import Path

import pyarrow
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet as pq

from warehouse.digest import of_distinct, plain_decimals
from warehouse.errors import SchemaMismatch
from warehouse.render import arrow_schema
from warehouse.schema import Column, ColumnType, Table

ROW_GROUP = 100_000
ROW_GROUP_BYTES = 64 << 20
BATCH = 10_000
ZSTD_LEVEL = 3
GZIP_LEVEL = 6

STARTS_A_FORMULA = r"^[=+\-@\t\r\n\x{FF1D}\x{FF0B}\x{FF0D}\x{FF20}]"
"""A spreadsheet runs a cell that starts so (or with a full-width = + - @): CSV adds a tab."""


def write_parquet(
    table: Table, data: pyarrow.Table, path: Path, facts: Mapping[str, str]
) -> None:
    """Writes `data` as one Parquet file that explains itself.

    `facts` go into the file's own metadata, so that a lone file still says where it is from.
    Page checksums are on, so that a reader that asks is told of a damaged file.
    """
    described = {key: value.encode() for key, value in sorted(facts.items())}
    pq.write_table(
        data.replace_schema_metadata(described),
        path,
        version="2.6",
        data_page_version="1.0",
        compression="zstd",
        compression_level=ZSTD_LEVEL,
        row_group_size=_row_group(table, data),
        use_dictionary=[column.name for column in table.columns if _recurs(column)],
        write_statistics=True,
        write_page_index=True,
        write_page_checksum=True,
        store_decimal_as_integer=True,
        sorting_columns=pq.SortingColumn.from_ordering(
            data.schema, [(name, "ascending") for name in table.sort_key]
        ),
    )


def _row_group(table: Table, data: pyarrow.Table) -> int:
    """Rows per group: as many as declared, fewer where texts are long, to spare readers."""
    texts = [data[c.name] for c in table.columns if c.kind is ColumnType.TEXT]
    size = sum(pc.sum(pc.binary_length(text)).as_py() or 0 for text in texts)
    per_row = 1 + size // max(data.num_rows, 1)
    return max(1, min(ROW_GROUP, ROW_GROUP_BYTES // int(per_row)))


def _recurs(column: Column) -> bool:
    return column.repeats or bool(column.codes)


def read_parquet(table: Table, path: Path) -> pyarrow.RecordBatchReader:
    """The rows of the Parquet file, some at a time, with page checksums verified on the way.

    Raises:
        SchemaMismatch: the file's columns are not the declared ones.
        OSError: while reading, when a page does not match its checksum.
    """
    file = pq.ParquetFile(path, page_checksum_verification=True)
    schema = file.schema_arrow
    if not schema.equals(arrow_schema(table)):
        message = f"{path}: expected the columns of {table.name}, got {schema.names}"
        raise SchemaMismatch(message)
    return pyarrow.RecordBatchReader.from_batches(schema, file.iter_batches(BATCH))


def write_csv(table: Table, data: pyarrow.Table, path: Path) -> None:
    """Writes `data` as compressed CSV for spreadsheets.

    UTF-8, line feeds, a header, empty for null, ISO dates, decimals without trailing zeros. A
    text that a spreadsheet would run as a formula begins with a tab; Parquet and DuckDB carry
    the exact text.
    """
    with (
        path.open("wb") as packed,
        gzip.GzipFile("", "wb", compresslevel=GZIP_LEVEL, fileobj=packed, mtime=0) as plain,
        pyarrow.csv.CSVWriter(plain, _csv_schema(table)) as writer,
    ):
        for batch in data.to_batches(max_chunksize=BATCH):
            writer.write_batch(_csv_batch(table, batch))


def _csv_schema(table: Table) -> pyarrow.Schema:
    return pyarrow.schema(
        [
            (column.name, arrow_schema(table).field(column.name).type)
            if column.kind in _KEPT
            else (column.name, pyarrow.string())
            for column in table.columns
        ]
    )


_KEPT = {ColumnType.INTEGER, ColumnType.BOOLEAN, ColumnType.DATE}
_DECIMAL = {ColumnType.AMOUNT, ColumnType.RATE, ColumnType.FACTOR}


def _csv_batch(table: Table, batch: pyarrow.RecordBatch) -> pyarrow.RecordBatch:
    cells = [_csv_cells(column, batch[column.name]) for column in table.columns]
    return pyarrow.RecordBatch.from_arrays(cells, schema=_csv_schema(table))


def _csv_cells(column: Column, cells: pyarrow.Array) -> pyarrow.Array:
    if column.kind in _KEPT:
        return cells
    if column.kind is ColumnType.TIMESTAMP:
        return pc.strftime(cells, "%Y-%m-%dT%H:%M:%SZ")
    if column.kind in _DECIMAL:
        return of_distinct(cells, _short_decimals)
    is_risky = pc.match_substring_regex(cells, STARTS_A_FORMULA)
    return pc.if_else(is_risky, pc.binary_join_element_wise("\t", cells, ""), cells)


def _short_decimals(cells: pyarrow.Decimal128Array) -> pyarrow.StringArray:
    return pc.replace_substring_regex(plain_decimals(cells), r"\.?0+$", "")
