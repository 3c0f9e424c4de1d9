"""Fixtures: rows made up from a declaration, plain or odd."""

import datetime as dt
import random
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from warehouse.schema import Column, ColumnType, Table

Row = dict[str, Any]
MOMENT = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)


def _cell(column: Column, dice: random.Random) -> Any:
    if column.nullable and dice.random() < 0.4:
        return None
    if column.codes:
        return dice.choice([*map(str, column.codes)])
    if column.pattern:
        return "a" * 64 if "64" in column.pattern else dice.choice(["US", "DE"])
    number = dice.randrange(column.minimum or 0, min(column.maximum or 9, 9) + 1)
    return {
        ColumnType.TEXT: dice.choice(["a", "b"]),
        ColumnType.INTEGER: number,
        ColumnType.BOOLEAN: dice.random() < 0.5,
        ColumnType.AMOUNT: Decimal(number) / 8,
        ColumnType.RATE: Decimal(number) / 8,
        ColumnType.FACTOR: Decimal(number) / 8,
        ColumnType.DATE: dt.date(2026, 1, 1 + number),
        ColumnType.TIMESTAMP: MOMENT + dt.timedelta(hours=number),
    }[column.kind]


def _odd(column: Column, dice: random.Random) -> Any:
    if dice.random() < 0.5 and not column.nullable:
        return None
    if column.codes or column.pattern:
        return "no such code"
    if column.minimum is not None and column.kind is not ColumnType.TEXT:
        return column.minimum - 1
    return _cell(column, dice)


@pytest.fixture
def make_rows() -> Callable[..., list[Row]]:
    """Rows of a table: cells of the right kind; with `odd`, now and then one that is not."""

    def rows(table: Table, count: int, *, odd: float = 0.0, seed: int = 1) -> list[Row]:
        dice = random.Random(f"{table.name}{seed}")
        return [
            {
                column.name: (_odd if dice.random() < odd else _cell)(column, dice)
                for column in table.columns
            }
            for _ in range(count)
        ]

    return rows
