"""The published DuckDB file: built from the verified Parquet files, then only ever read."""

from collections.abc import Sequence
from pathlib import Path

import duckdb
import pyarrow

from warehouse.frames import conform
from warehouse.render import comment_sql, create_table_sql, literal, quoted
from warehouse.schema import Table
from warehouse.views import VIEWS

STORAGE_VERSION = "v1.2.0"
"""The oldest format DuckDB still writes that keeps what we need: 1.2 and later open it."""


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
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute(
            f"ATTACH {literal(str(path))} AS release (STORAGE_VERSION '{STORAGE_VERSION}')"
        )
        connection.execute("USE release")
        connection.execute("BEGIN")
        for table in tables:
            _add_table(connection, table, parquet / f"{table.name}.parquet")
        for view in VIEWS:
            connection.execute(f"CREATE VIEW {view.name} AS {view.sql}")
            connection.execute(f"COMMENT ON VIEW {view.name} IS {literal(view.question)}")
        connection.execute("COMMIT")
        connection.execute("CHECKPOINT release")
        connection.execute("USE memory")
        connection.execute("DETACH release")


def _add_table(connection: duckdb.DuckDBPyConnection, table: Table, file: Path) -> None:
    connection.execute(create_table_sql(table))
    connection.execute(
        f"INSERT INTO {quoted(table.name)} BY NAME "  # noqa: S608 - a declared name
        f"SELECT * FROM read_parquet({literal(str(file))})"
    )
    for statement in comment_sql(table):
        connection.execute(statement)


def open_database(path: Path) -> duckdb.DuckDBPyConnection:
    """A connection that can read the file and nothing else: no other file, no network."""
    connection = duckdb.connect(str(path), read_only=True)
    for setting in _ALONE:
        connection.execute(f"SET {setting}")
    return connection


def read_database(connection: duckdb.DuckDBPyConnection, table: Table) -> pyarrow.Table:
    """The table as the database has it, in the order it lies there."""
    data = connection.sql(f"SELECT * FROM {quoted(table.name)}").to_arrow_table()  # noqa: S608
    return conform(table, data)
