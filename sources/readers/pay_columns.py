"""The pay of a row or a plain record, found by a registered column map and not interpreted."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from sources.documents import PayField
from sources.readers.names import MOST_FORMS, bound_all, bound_first, flattened, plain_names
from sources.readers.values import amount, pay_in_words, words
from sources.registry import PayColumns

Cells = Mapping[str, Any]

# What a pay field says of itself, each from the first of its columns that is there.
PARTS = ("min", "max", "point", "currency", "unit", "title", "pays_for")


@dataclass(slots=True)
class PayReader:
    """The pay columns of a map, bound to the names that one file has."""

    pay: PayColumns
    columns: dict[str, str]
    text: list[str]
    lists: list[str]
    inner: dict[tuple[str, ...], "PayReader"] = field(default_factory=dict)

    @classmethod
    def bound(cls, pay: PayColumns, there: Mapping[str, str]) -> "PayReader":
        """Return the columns that are there, by their plain names."""
        lists = [(name, getattr(pay, name)) for name in PARTS]
        text = bound_all(pay.text, there)
        return cls(pay, bound_first(lists, there), text, bound_all(pay.each, there))

    def fields(self, row: Cells, path: str) -> Iterator[PayField]:
        """Yield the pay that stands in numbers, and all that stands in a list of records."""
        low, high, point = (amount(self._cell(row, name)) for name in ("min", "max", "point"))
        if low or high or point:
            name = "min" if low else "max" if high else "point"
            where = f"{path}.{self.columns[name]}"
            yield self._field(row, where, low or point, high or point)
        for column in self.text:
            lone = amount(row.get(column))
            if lone:
                yield replace(self._field(row, f"{path}.{column}", lone, lone), title=column)
        for name in self.lists:
            held = row.get(name)
            for place, item in enumerate(held if isinstance(held, list) else ()):
                if isinstance(item, dict):
                    yield from self._inner(flattened(item), f"{path}.{name}[{place}]")

    def _inner(self, row: Cells, path: str) -> Iterator[PayField]:
        names = tuple(row)
        if names not in self.inner:
            if len(self.inner) >= MOST_FORMS:
                self.inner.clear()
            self.inner[names] = PayReader.bound(self.pay, plain_names(names))
        inner = self.inner[names]
        yield from inner.fields(row, path)
        yield from inner.spoken(row, path)

    def spoken(self, row: Cells, path: str) -> Iterator[PayField]:
        """Yield the pay in words as fields, for records whose words are in no text."""
        for column in self.in_words(row):
            where = f"{path}.{column}"
            yield self._field(row, where, None, None, text=words(row[column]))

    def in_words(self, row: Cells) -> Iterator[str]:
        """Yield the columns in which pay stands in words."""
        amounts = (self.columns.get(name) for name in ("min", "max", "point"))
        for column in (*self.text, *amounts):
            if column and pay_in_words(row.get(column)):
                yield column

    def beside(self, row: Cells) -> list[str]:
        """Return the currency and the unit that stand beside an amount."""
        return [said for said in (self._currency(row), self._unit(row)) if said]

    def _field(
        self,
        row: Cells,
        path: str,
        low: Decimal | None,
        high: Decimal | None,
        text: str | None = None,
    ) -> PayField:
        told = self.pay.estimate_when.items()
        return PayField(
            path=path,
            amount_min=low,
            amount_max=high,
            currency=self._currency(row),
            unit=self._unit(row),
            title=self._said(row, "title"),
            pays_for=self._said(row, "pays_for"),
            is_estimate=any(words(row.get(column)) == value for column, value in told),
            text=text,
        )

    def _cell(self, row: Cells, name: str) -> Any:
        column = self.columns.get(name)
        return row.get(column) if column else None

    def _said(self, row: Cells, name: str) -> str | None:
        return words(self._cell(row, name))

    def _unit(self, row: Cells) -> str | None:
        """Return the unit; where the board writes a code of its own, what its contract says."""
        said = self._said(row, "unit") or self.pay.says.unit
        return self.pay.unit_codes.get(said, said) if said else None

    def _currency(self, row: Cells) -> str | None:
        """Return the currency that the row states; one that the exporter filled in is none."""
        filled_in = self.pay.default_currency_when.items()
        if any(words(row.get(column)) == value for column, value in filled_in):
            return None
        return self._said(row, "currency") or self.pay.says.currency
