"""Frames and SQL refuse the same rows."""

from collections.abc import Callable

import duckdb
import pytest

from warehouse.frames import from_records, to_pandas
from warehouse.render import create_table_sql
from warehouse.schema import RowRule, Table
from warehouse.tables.all import ALL_TABLES
from warehouse.validate import split_valid

WITH_RULES = [(table, rule) for table in ALL_TABLES for rule in table.row_rules]


@pytest.mark.parametrize(
    ("table", "rule"), WITH_RULES, ids=[f"{t.name}.{r.name}" for t, r in WITH_RULES]
)
def test_a_row_rule_says_the_same_in_both_languages(
    table: Table, rule: RowRule, make_rows: Callable[..., list[dict]]
) -> None:
    data = from_records(table, make_rows(table, 400))
    in_frames = rule.holds(to_pandas(data)).fillna(value=True).astype(bool).tolist()
    with duckdb.connect() as connection:
        connection.register("data", data)
        found = connection.execute(f"SELECT coalesce({rule.sql}, true) FROM data").fetchall()
    assert in_frames == [row[0] for row in found]
    assert set(in_frames) == {True, False}, "the rows should keep and break the rule"


@pytest.mark.parametrize("table", ALL_TABLES, ids=lambda table: table.name)
def test_the_database_refuses_exactly_what_validation_rejects(
    table: Table, make_rows: Callable[..., list[dict]]
) -> None:
    data = from_records(table, make_rows(table, 40, odd=0.02))
    accepted, rejected = split_valid(table, data)
    assert accepted.num_rows + rejected.num_rows == data.num_rows
    with duckdb.connect() as connection:
        connection.execute(create_table_sql(table))
        assert _refused(connection, table, accepted) == 0
        assert _refused(connection, table, rejected.select(table.column_names)) == len(rejected)


def _refused(connection: duckdb.DuckDBPyConnection, table: Table, data: object) -> int:
    refused = 0
    for row in range(data.num_rows):
        connection.register("one", data.slice(row, 1))
        try:
            connection.execute(f"INSERT INTO {table.name} BY NAME SELECT * FROM one")
        except duckdb.ConstraintException:
            refused += 1
        connection.unregister("one")
    return refused
