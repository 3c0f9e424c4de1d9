"""Rows of a table of postings to postings, by a registered column map."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sources.documents import Page, RawPosting
from sources.errors import DocumentUnreadable, Reason, unmet
from sources.readers.markup import text_of_fragment
from sources.readers.names import bound_all, bound_first, plain_name, plain_names
from sources.readers.pay_columns import PayReader
from sources.readers.values import day, matching, moment, truth, words
from sources.registry import ColumnMap

Cells = Mapping[str, str | None]

# How the cells of an attribute are read; all others are words.
READ_AS: dict[str, Callable[[str | None], Any]] = {
    "is_remote": truth,
    "posted_date": day,
    "first_seen_at": moment,
    "last_seen_at": moment,
    "country_code": matching("[A-Z]{2}"),
    "language_code": matching("[a-z]{2,3}"),
}

# The attributes that stand in the text of a posting, before its pay and its description.
SHOWN = {"title": "Title", "employer": "Company", "location": "Location"}


def choose_map(maps: Sequence[ColumnMap], header: Sequence[str]) -> "RowReader | None":
    """Return a reader of rows by the first map that the header fits."""
    there = plain_names(header)
    fitting = (candidate for candidate in maps if not _missing(candidate, there))
    chosen = next(fitting, None)
    return RowReader.bound(chosen, there) if chosen else None


def no_map(maps: Sequence[ColumnMap], header: Sequence[str]) -> DocumentUnreadable:
    """Return the error of a header that no map fits: the closest map, and what it misses."""
    there = plain_names(header)
    got = ", ".join(header)[:300] or "no columns"
    expected = "those of a registered map"
    if maps:
        closest = min(maps, key=lambda one: len(_missing(one, there)) / len(one.identified_by))
        missing = ", ".join(" or ".join(group) for group in _missing(closest, there))
        expected = f"{expected} (the closest, {closest.name}, also needs {missing})"
    message = unmet("columns", expected, got, "Rename the columns or register a map.")
    return DocumentUnreadable(Reason.UNKNOWN_COLUMNS, message)


def _missing(candidate: ColumnMap, there: Mapping[str, str]) -> list[tuple[str, ...]]:
    return [
        group
        for group in candidate.identified_by
        if not any(plain_name(name) in there for name in group)
    ]


@dataclass(slots=True)
class RowReader:
    """A column map bound to the header of one file: each attribute with its own column."""

    map: ColumnMap
    columns: dict[str, str]
    pay: PayReader
    kept: list[str]
    unread: Counter[str] = field(default_factory=Counter)
    first_unread: dict[str, str] = field(default_factory=dict)

    @classmethod
    def bound(cls, chosen: ColumnMap, there: Mapping[str, str]) -> "RowReader":
        """Return a map bound to the columns that are there, by their plain names."""
        return cls(
            map=chosen,
            columns=bound_first(chosen.columns, there),
            pay=PayReader.bound(chosen.pay, there),
            kept=bound_all(chosen.kept, there),
        )

    def read(self, row: Mapping[str, Any], place: int, path: str) -> tuple[Page, RawPosting]:
        """Return a row as a page of text and a posting.

        Args:
            row: The cells by column name.
            place: The number of the record, from 1, which is the number of its page.
            path: Where the row stands in the file (`rows[12]`).

        Raises:
            ValueError: There is nothing in the row to make a posting of.
        """
        cells = {name: words(value) for name, value in row.items()}
        said = {name: cells.get(column) for name, column in self.columns.items()}
        description = said.pop("description", None)
        fields = tuple(self.pay.fields(row, path))
        lines = [f"{label}: {said[name]}" for name, label in SHOWN.items() if said.get(name)]
        spans = self._add_pay(row, lines)
        if not (lines or fields or description):
            message = unmet(path, "a title, pay or a description", "a row without any")
            raise ValueError(message)
        if said.get("requirements"):
            needed = text_of_fragment(said["requirements"] or "")
            lines.append(f"{self.columns['requirements']}: {needed}")
        text = "\n".join(lines)
        if description:
            text = f"{text}\n\n{text_of_fragment(description)}".strip()
        attributes = self.map.constants.model_dump(exclude_none=True)
        read = ((name, self._read(name, text, path)) for name, text in said.items())
        attributes |= {name: value for name, value in read if value is not None}
        kept = {name: value for name in self.kept if (value := cells.get(name))}
        posting = RawPosting(
            place,
            path,
            **attributes,
            pay_fields=fields,
            pay_spans=spans,
            source_fields=kept,
        )
        return Page(place, text), posting

    def warnings(self) -> tuple[str, ...]:
        """Return which cells could not be read so far; they are null."""
        return tuple(
            f"{column}: {count} cells could not be read, the first {self.first_unread[column]}"
            for column, count in sorted(self.unread.items())
        )

    def _read(self, name: str, said: str | None, path: str) -> Any:
        """Return the value of an attribute; one that cannot be read is counted, and null."""
        read = READ_AS.get(name)
        if said is None or read is None:
            return said
        value = read(said)
        if value is None:
            column = self.columns[name]
            self.unread[column] += 1
            self.first_unread.setdefault(column, f"{path} {said[:60]!r}")
        return value

    def _add_pay(self, row: Mapping[str, Any], lines: list[str]) -> tuple[tuple[int, int], ...]:
        """Add the pay that stands in words, each under the name of its column; say where."""
        spans = []
        beside = self.pay.beside(row)
        for column in self.pay.in_words(row):
            start = sum(len(line) + 1 for line in lines)
            lines.append(" ".join([f"{column}: {words(row[column])}", *beside]))
            spans.append((start, start + len(lines[-1])))
        return tuple(spans)
