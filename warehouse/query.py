"""Questions to a release in SQL, and their answers as text; nothing can be changed by them."""

import csv
import difflib
import io
import json
import math
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from warehouse.errors import QueryRefused, ReleaseNotFound
from warehouse.identity import DATABASE_FILE
from warehouse.store import open_database
from warehouse.tables.all import ALL_TABLES
from warehouse.views import VIEWS

WIDEST_CELL = 60
LONGEST_TABLE = 1_000
"""Rows that a person is shown at most."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a query: column names, rows as Python values, whether there are more."""

    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]
    is_cut: bool = False


def run_sql(folder: Path, sql: str, most: int | None = None) -> Answer:
    """The answer of the release in `folder` to `sql`, which may read nothing but the release.

    Args:
        folder: The folder of the release.
        sql: The query; of several statements the last is answered.
        most: How many rows to return at most; all of them if not given.

    Raises:
        ReleaseNotFound: there is no release there.
        QueryRefused: the query cannot be answered; the message says what to write instead.
    """
    path = folder / DATABASE_FILE
    if not path.is_file():
        message = f"{folder} holds no release: there is no {DATABASE_FILE} in it"
        raise ReleaseNotFound(message)
    with open_database(path) as connection:
        try:
            result = connection.execute(sql)
            # An empty query has no result, which the library's types do not say.
            columns = tuple(column[0] for column in (result and result.description) or ())
            if not columns:
                raise QueryRefused(_NO_QUESTION)
            rows = result.fetchall() if most is None else result.fetchmany(most + 1)
        except duckdb.Error as error:
            raise QueryRefused(_friendly(error)) from None
    return Answer(columns, rows[:most], is_cut=most is not None and len(rows) > most)


_NO_QUESTION = (
    "expected a query that gives rows; got none. "
    "Begin with: SELECT table_name, comment FROM duckdb_tables()"
)


def _friendly(error: duckdb.Error) -> str:
    said = str(error).split("\n\n")[0].strip()
    missing = re.search(r"(?:Table|View).* with name \"?(\w+)\"? does not exist", said)
    if missing:
        return _unknown_table(missing[1])
    if (
        "read-only" in said
        or "disabled" in said
        or isinstance(error, duckdb.PermissionException)
    ):
        return f"a release is read-only and stands alone; ask with SELECT. ({said})"
    if isinstance(error, duckdb.BinderException):
        return f"{said}\nSee the columns of a table with: DESCRIBE rate_observations"
    return said


def _unknown_table(name: str) -> str:
    names = [table.name for table in ALL_TABLES] + [view.name for view in VIEWS]
    close = difflib.get_close_matches(name.lower(), names, n=3, cutoff=0.5)
    guess = f"Did you mean {' or '.join(close)}? " if close else ""
    return f"there is no table {name!r}. {guess}There are: {', '.join(names)}"


def render(answer: Answer, form: str) -> str:
    """The answer as text that ends in a line feed; `form` is table, csv or json.

    Decimals are written exactly and without trailing zeros; a null is empty in a table and in
    CSV, and null in JSON.
    """
    return _FORMS[form](answer)


def _table(answer: Answer) -> str:
    head = [shown(name) for name in answer.columns]
    rows = [[shown(cell) for cell in row] for row in answer.rows]
    widths = [max(_width(row[place]) for row in [head, *rows]) for place in range(len(head))]
    right = [
        any(isinstance(row[place], int | float | Decimal) for row in answer.rows)
        for place in range(len(head))
    ]
    lines = [_line(head, widths, right), "  ".join("-" * width for width in widths)]
    lines += [_line(row, widths, right) for row in rows]
    count = f"{len(rows):,} row{'' if len(rows) == 1 else 's'}"
    if answer.is_cut:
        count = (
            f"the first {count}; there are more: add LIMIT, or write them all as CSV or JSON"
        )
    return "\n".join([*lines, f"({count})"]) + "\n"


def _line(cells: list[str], widths: list[int], right: list[bool]) -> str:
    padded = (
        " " * (width - _width(cell)) + cell if is_right else cell + " " * (width - _width(cell))
        for cell, width, is_right in zip(cells, widths, right, strict=True)
    )
    return "  ".join(padded).rstrip()


def _width(text: str) -> int:
    """Columns a terminal gives the text: two for a wide character."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def shown(cell: Any) -> str:
    """The cell as one short line; a null is empty."""
    text = "".join(char if char.isprintable() else " " for char in _text(cell))
    return text if len(text) <= WIDEST_CELL else text[: WIDEST_CELL - 1] + "…"


def _csv(answer: Answer) -> str:
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(answer.columns)
    writer.writerows([_text(cell) for cell in row] for row in answer.rows)
    return file.getvalue()


def _json(answer: Answer) -> str:
    keys = [json.dumps(name, ensure_ascii=False) for name in answer.columns]
    rows = [
        "{" + ", ".join(f"{k}: {_json_cell(c)}" for k, c in zip(keys, row, strict=True)) + "}"
        for row in answer.rows
    ]
    return "[" + ",\n ".join(rows) + "]\n"


def _json_cell(cell: Any) -> str:
    """JSON of one cell; a Decimal is written exactly, which the json module cannot do.

    What JSON has no number for (infinity, not a number) is null.
    """
    if isinstance(cell, Decimal):
        return _text(cell)
    if isinstance(cell, list | tuple):
        return "[" + ", ".join(map(_json_cell, cell)) + "]"
    if isinstance(cell, dict):
        pairs = (
            f"{json.dumps(str(k), ensure_ascii=False)}: {_json_cell(cell[k])}" for k in cell
        )
        return "{" + ", ".join(pairs) + "}"
    if isinstance(cell, float) and not math.isfinite(cell):
        return "null"
    return json.dumps(cell, ensure_ascii=False, default=_text)


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, Decimal):
        return f"{cell.normalize():f}"
    if hasattr(cell, "isoformat"):
        return str(cell.isoformat()).replace("+00:00", "Z")
    return str(cell).lower() if isinstance(cell, bool) else str(cell)


_FORMS: dict[str, Callable[[Answer], str]] = {"table": _table, "csv": _csv, "json": _json}
