"""The published DuckDB file: built from the verified Parquet files, then only ever read."""

import shutil
from collections.abc import Sequence
from pathlib import Path

import duckdb
import pyarrow
import pyarrow.parquet as pq

from warehouse.export import BATCH
from warehouse.render import comment_sql, create_table_sql, literal, quoted
from warehouse.schema import Table
from warehouse.views import VIEWS

STORAGE_VERSION = "v1.2.0"
"""The oldest format DuckDB still writes that keeps what we need: 1.2 and later open it."""


MEMORY_LIMIT = "1GB"
"""Room to build in; what does not fit waits on disk."""

ROWS_AT_ONCE = 122_880
"""The row group of DuckDB: whole ones are written once and leave memory."""

_ALONE = (
    "TimeZone = 'UTC'",
    "python_enable_replacements = false",
    "enable_external_access = false",
    "lock_configuration = true",
)


def build_database(path: Path, tables: Sequence[Table], parquet: Path) -> None:
    """Writes a closed database file with every table, its constraints, comments and views.

    Rows lie in the order of the Parquet files in the folder `parquet`.

    Raises:
        duckdb.ConstraintException: a row breaks its table's declaration.
    """
    spill = path.parent / "spill"
    with duckdb.connect() as connection:
        connection.execute(f"SET temp_directory = {literal(str(spill))}")
        connection.execute(f"SET memory_limit = '{MEMORY_LIMIT}'")
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute(
            f"ATTACH {literal(str(path))} AS release (STORAGE_VERSION '{STORAGE_VERSION}')"
        )
        connection.execute("USE release")
        for table in tables:
            _add_table(connection, table, parquet / f"{table.name}.parquet")
        for view in VIEWS:
            connection.execute(f"CREATE VIEW {view.name} AS {view.sql}")
            connection.execute(f"COMMENT ON VIEW {view.name} IS {literal(view.question)}")
        connection.execute("CHECKPOINT release")
        connection.execute("USE memory")
        connection.execute("DETACH release")
    shutil.rmtree(spill, ignore_errors=True)


def _add_table(connection: duckdb.DuckDBPyConnection, table: Table, file: Path) -> None:
    connection.execute(create_table_sql(table))
    rows = pq.read_metadata(file).num_rows
    for start in range(0, rows, ROWS_AT_ONCE):
        connection.execute(
            f"INSERT INTO {quoted(table.name)} BY NAME "  # noqa: S608 - a declared name
            "SELECT * EXCLUDE file_row_number "
            f"FROM read_parquet({literal(str(file))}, file_row_number = true) "
            f"WHERE file_row_number >= {start} AND file_row_number < {start + ROWS_AT_ONCE}"
        )
        if rows > ROWS_AT_ONCE:
            connection.execute("CHECKPOINT release")
    for statement in comment_sql(table):
        connection.execute(statement)


def open_database(path: Path) -> duckdb.DuckDBPyConnection:
    """A connection that can read the file and nothing else: no other file, no network."""
    connection = duckdb.connect(str(path), read_only=True)
    for setting in _ALONE:
        connection.execute(f"SET {setting}")
    return connection


def read_database(
    connection: duckdb.DuckDBPyConnection, table: Table
) -> pyarrow.RecordBatchReader:
    """The rows of the table as they lie in the database, some at a time."""
    rows = connection.sql(f"SELECT * FROM {quoted(table.name)}")  # noqa: S608 - a declared name
    return rows.to_arrow_reader(BATCH)
