"""What a table declaration turns into: frame schema, SQL, Arrow schema, dictionary text.

Pure functions of the declaration; nothing here opens a file or a database.
"""

from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING

import pyarrow

from warehouse.schema import Column, ColumnType, Table

if TYPE_CHECKING:
    import pandera.pandas as pa

ARROW_TYPES: dict[ColumnType, pyarrow.DataType] = {
    ColumnType.TEXT: pyarrow.string(),
    ColumnType.INTEGER: pyarrow.int64(),
    ColumnType.BOOLEAN: pyarrow.bool_(),
    ColumnType.AMOUNT: pyarrow.decimal128(18, 6),
    ColumnType.RATE: pyarrow.decimal128(18, 8),
    ColumnType.FACTOR: pyarrow.decimal128(18, 12),
    ColumnType.DATE: pyarrow.date32(),
    ColumnType.TIMESTAMP: pyarrow.timestamp("us", tz="UTC"),
}

SQL_TYPES: dict[ColumnType, str] = {
    ColumnType.TEXT: "VARCHAR",
    ColumnType.INTEGER: "BIGINT",
    ColumnType.BOOLEAN: "BOOLEAN",
    ColumnType.AMOUNT: "DECIMAL(18,6)",
    ColumnType.RATE: "DECIMAL(18,8)",
    ColumnType.FACTOR: "DECIMAL(18,12)",
    ColumnType.DATE: "DATE",
    ColumnType.TIMESTAMP: "TIMESTAMPTZ",
}


@cache
def arrow_schema(table: Table) -> pyarrow.Schema:
    """The Arrow schema of `table`, with each column's meaning in its field metadata.

    Nullability comes from the declaration, never from the data.
    """
    return pyarrow.schema([_arrow_field(column) for column in table.columns])


def _arrow_field(column: Column) -> pyarrow.Field:
    facts = {"description": column.description}
    if column.codes:
        facts["values"] = " ".join(column.codes)
    if column.references:
        facts["references"] = column.references
    return pyarrow.field(column.name, ARROW_TYPES[column.kind], column.nullable, metadata=facts)


def create_table_sql(table: Table) -> str:
    """The CREATE TABLE statement of `table`, with its NOT NULL and CHECK constraints."""
    lines = [_column_sql(column) for column in table.columns]
    lines += [f"CHECK ({rule.sql})" for rule in table.row_rules]
    return f"CREATE TABLE {quoted(table.name)} (\n  " + ",\n  ".join(lines) + "\n)"


def _column_sql(column: Column) -> str:
    name = quoted(column.name)
    parts = [name, SQL_TYPES[column.kind]]
    if not column.nullable:
        parts.append("NOT NULL")
    parts += [f"CHECK ({condition})" for condition in _conditions(column, name)]
    return " ".join(parts)


def _conditions(column: Column, name: str) -> Iterable[str]:
    if column.codes:
        yield f"{name} IN ({', '.join(literal(code) for code in column.codes)})"
    if column.minimum is not None:
        yield f"{name} >= {column.minimum}"
    if column.maximum is not None:
        yield f"{name} <= {column.maximum}"
    if column.pattern:
        yield f"regexp_matches({name}, {literal(column.pattern)})"


def comment_sql(table: Table) -> list[str]:
    """The COMMENT statements that carry the dictionary of `table` inside the database file."""
    what = literal(f"{table.description} One row: {table.grain}.")
    name = quoted(table.name)
    return [f"COMMENT ON TABLE {name} IS {what}"] + [
        f"COMMENT ON COLUMN {name}.{quoted(column.name)} IS {literal(column.description)}"
        for column in table.columns
    ]


def quoted(name: str) -> str:
    """`name` as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """`text` as an SQL string."""
    return "'" + text.replace("'", "''") + "'"


@cache
def pandera_schema(table: Table) -> "pa.DataFrameSchema":
    """The frame schema of `table`: its columns in order and no others, Arrow dtypes, all rules.

    The import waits until here because it costs a second that most commands need not pay.
    """
    import pandas as pd
    import pandera.pandas as pa

    def checks(column: Column) -> list[pa.Check]:
        found = []
        if column.codes:
            found.append(pa.Check.isin([str(c) for c in column.codes], error="codes"))
        if column.minimum is not None:
            found.append(pa.Check.ge(column.minimum, error="minimum"))
        if column.maximum is not None:
            found.append(pa.Check.le(column.maximum, error="maximum"))
        if column.pattern:
            found.append(pa.Check.str_matches(column.pattern, error="pattern"))
        return found

    columns = {
        column.name: pa.Column(
            pd.ArrowDtype(ARROW_TYPES[column.kind]),
            nullable=column.nullable,
            checks=checks(column),
            description=column.description,
        )
        for column in table.columns
    }
    rules = [
        pa.Check(
            lambda rows, holds=rule.holds: holds(rows).fillna(value=True).astype(bool),
            error=rule.name,
        )
        for rule in table.row_rules
    ]
    return pa.DataFrameSchema(columns, checks=rules, strict=True, ordered=True, name=table.name)


def sql_type(column: Column) -> str:
    """The SQL type of `column`."""
    return SQL_TYPES[column.kind]


def dictionary_markdown(table: Table) -> str:
    """The section of the data dictionary about `table`."""
    head = [
        f"## {table.name}",
        "",
        table.description,
        "",
        f"One row: {table.grain}.",
        "",
        f"Primary key: {_code_list(table.primary_key)}.",
        "",
        f"Sorted by {_code_list(table.sort_key)}.",
        "",
        "| column | type | null | meaning |",
        "| --- | --- | --- | --- |",
    ]
    rows = [
        f"| `{column.name}` | {SQL_TYPES[column.kind]} | {'yes' if column.nullable else 'no'} "
        f"| {_meaning(column)} |"
        for column in table.columns
    ]
    rules = [f"- `{rule.name}`: {rule.description}" for rule in table.row_rules]
    tail = ["", "Every row obeys:", "", *rules] if rules else []
    return "\n".join([*head, *rows, *tail]) + "\n"


def _meaning(column: Column) -> str:
    parts = [column.description.replace("|", "\\|")]
    if column.codes:
        parts.append("One of " + _code_list(column.codes) + ".")
    if column.references:
        parts.append(f"Found in `{column.references}`.")
    return " ".join(parts)


def _code_list(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)
