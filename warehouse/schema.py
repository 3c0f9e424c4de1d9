"""Column, RowRule and Table: the words in which a published table is declared.

A declaration is plain data and knows nothing of storage; `warehouse.render` turns it into
everything else.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from warehouse.vocabulary import Code

if TYPE_CHECKING:
    import pandas as pd


class ColumnType(StrEnum):
    """What a cell holds, whatever the storage calls it."""

    TEXT = "text"
    INTEGER = "integer"
    BOOLEAN = "boolean"
    AMOUNT = "amount"
    """Money or a percentage as stated, six decimals: a sub-cent piece rate is kept whole."""
    RATE = "rate"
    """A figure computed by us, rounded half to even at eight decimals."""
    FACTOR = "factor"
    """An exchange rate, twelve decimals: the dollar value of one dong needs them."""
    DATE = "date"
    TIMESTAMP = "timestamp"
    """A moment in UTC, to the microsecond."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, what a cell holds, and what it means.

    The description gives the unit and, for a nullable column, what null means. `codes` closes
    the column; `references` names `table.column` where every value must be found; `repeats`
    says that few distinct values recur, so that files may keep them as a dictionary.
    """

    name: str
    kind: ColumnType
    description: str
    nullable: bool = False
    codes: tuple[Code, ...] = ()
    minimum: int | None = None
    maximum: int | None = None
    pattern: str | None = None
    references: str | None = None
    repeats: bool = False


@dataclass(frozen=True, slots=True)
class RowRule:
    """A rule on one row, said twice: for frames and for SQL.

    Both follow three-valued logic: a rule is broken only where it is plainly false, so that a
    missing value never breaks a comparison.
    """

    name: str
    description: str
    holds: Callable[["pd.DataFrame"], "pd.Series[bool]"]
    sql: str


@dataclass(frozen=True, slots=True)
class Table:
    """One published table: what a row is, how rows are told apart and how they are sorted."""

    name: str
    description: str
    grain: str
    primary_key: tuple[str, ...]
    columns: tuple[Column, ...]
    order: tuple[str, ...] = ()
    """Columns that rows are sorted by, before the primary key."""
    row_rules: tuple[RowRule, ...] = ()
    is_in_csv: bool = True

    @property
    def sort_key(self) -> tuple[str, ...]:
        """The columns rows are sorted by; ends in the primary key, so the order is total."""
        return (*self.order, *(name for name in self.primary_key if name not in self.order))

    @property
    def column_names(self) -> tuple[str, ...]:
        """The column names, in published order."""
        return tuple(column.name for column in self.columns)

    def column(self, name: str) -> Column:
        """The column called `name`.

        Raises:
            KeyError: there is none.
        """
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(self.name, name)
