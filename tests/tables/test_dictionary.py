"""The dictionary says everything the declarations say."""

import duckdb
import pytest

from warehouse.render import comment_sql, create_table_sql, dictionary_markdown
from warehouse.schema import Table
from warehouse.tables.all import ALL_TABLES


@pytest.mark.parametrize("table", ALL_TABLES, ids=lambda table: table.name)
class TestEveryTable:
    def test_has_every_column_in_the_dictionary(self, table: Table) -> None:
        text = dictionary_markdown(table)
        assert [c.name for c in table.columns if f"| `{c.name}` |" not in text] == []

    def test_carries_its_comments_inside_the_database(self, table: Table) -> None:
        with duckdb.connect() as connection:
            connection.execute(create_table_sql(table))
            for statement in comment_sql(table):
                connection.execute(statement)
            found = connection.execute(
                "SELECT column_name, comment FROM duckdb_columns() WHERE NOT internal"
            ).fetchall()
        assert found == [(c.name, c.description) for c in table.columns]
