"""Tables of postings to postings: any delimiter, any usual encoding, any length.

Records are read as they come and handed on in batches, so memory stays flat. A record that does
not fit the header is set aside alone; what follows it is read.
"""

import csv
import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import IO

from sources.decoding import encoding_of_file
from sources.documents import BadRecord, DocumentText, Page, RawPosting
from sources.errors import Reason, unmet
from sources.readers.columns import RowReader, choose_map, no_map
from sources.readers.version import READER_VERSION
from sources.registry import ColumnMap

ROWS_PER_BATCH = 2_000
DELIMITERS = (",", ";", "\t", "|")
SAYS_DELIMITER = re.compile(r"sep=(.)\s*", re.IGNORECASE)

# A quoted cell longer than this was never closed.
LONGEST_RECORD = 1_000_000
MOST_LINES = 5_000


def read_csv(document_id: str, path: Path, maps: Sequence[ColumnMap]) -> Iterator[DocumentText]:
    """Yield the postings of a table, two thousand at a time, at least one batch.

    Rows count from 1 below the header, as in `rows[12]`, and so do the pages of their texts.

    Raises:
        DocumentUnreadable: With `unknown_columns`, naming the closest map; or `encoding`.
    """
    with path.open(encoding=encoding_of_file(path), errors="replace", newline="") as file:
        table = _open_table(file, maps)
        records = table.records()
        yield _batch(document_id, table, list(islice(records, ROWS_PER_BATCH)))
        while batch := list(islice(records, ROWS_PER_BATCH)):
            yield _batch(document_id, table, batch)


@dataclass(frozen=True, slots=True)
class Record:
    """One record of the table: its cells, or why it has none."""

    number: int
    cells: list[str]
    text: str
    problem: str | None = None


class _RunawayQuoteError(Exception):
    """A quoted cell does not end."""


@dataclass(slots=True)
class Table:
    """The open table: its header, how its rows are read, the lines not read yet."""

    header: list[str]
    reader: RowReader
    delimiter: str
    lines: Iterator[str]
    number: int = 0
    taken: list[str] = field(default_factory=list)
    returned: deque[str] = field(default_factory=deque)

    def records(self) -> Iterator[Record]:
        """Yield the records from where the last one ended."""
        while True:
            record = self._next()
            if record is None:
                return
            if record.cells or record.problem:
                self.number += 1
                yield record

    def _next(self) -> Record | None:
        """Return the next record; None at the end of the table."""
        self.taken.clear()
        try:
            cells = next(csv.reader(self._feed(), delimiter=self.delimiter), None)
        except (_RunawayQuoteError, csv.Error):
            return self._set_aside("a cell whose closing quote is missing")
        if cells is None:
            return None
        while len(cells) > len(self.header) and not cells[-1].strip():
            cells.pop()
        if not any(cell.strip() for cell in cells):
            return Record(self.number, [], "")
        if len(cells) == len(self.header):
            return Record(self.number + 1, cells, "")
        return self._set_aside(f"{len(cells)} cells")

    def _feed(self) -> Iterator[str]:
        """Yield lines to one record, noting them, as far as a record may go."""
        size = 0
        while line := self.returned.popleft() if self.returned else next(self.lines, ""):
            self.taken.append(line)
            size += len(line)
            if size > LONGEST_RECORD or len(self.taken) > MOST_LINES:
                raise _RunawayQuoteError
            yield line

    def _set_aside(self, got: str) -> Record:
        """Return the bad record; lines that a stray quote drew in are read again."""
        first, rest = self.taken[0], self.taken[1:]
        if rest and any(len(self._split(line)) == len(self.header) for line in rest[:3]):
            self.returned.extendleft(reversed(rest))
        else:
            first = "".join(self.taken)
        message = unmet(f"rows[{self.number + 1}]", f"{len(self.header)} cells", got)
        return Record(self.number + 1, [], first.rstrip("\r\n"), message)

    def _split(self, line: str) -> list[str]:
        return next(csv.reader([line], delimiter=self.delimiter), [])


def _open_table(file: IO[str], maps: Sequence[ColumnMap]) -> Table:
    """Return the table with the delimiter under which a registered map fits its header."""
    csv.field_size_limit(LONGEST_RECORD)
    start = _first_line(file)
    said = SAYS_DELIMITER.fullmatch(start)
    if said:
        start = _first_line(file)
    delimiters = (said[1],) if said else DELIMITERS
    headers = list(headers_of(start, delimiters))
    for delimiter, header in zip(delimiters, headers, strict=True):
        reader = choose_map(maps, header)
        if reader is not None:
            return Table(header, reader, delimiter, iter(file))
    raise no_map(maps, max(headers, key=len))


def headers_of(line: str, delimiters: Sequence[str] = DELIMITERS) -> Iterator[list[str]]:
    """Yield the column names that a line holds under each delimiter."""
    for delimiter in delimiters:
        header = [name.strip() for name in next(csv.reader([line], delimiter=delimiter), [])]
        while header and not header[-1]:
            header.pop()
        yield header


def _first_line(file: IO[str]) -> str:
    return next((line for line in file if line.strip()), "").removeprefix("\ufeff")


def _batch(document_id: str, table: Table, records: Sequence[Record]) -> DocumentText:
    pages: list[Page] = []
    postings: list[RawPosting] = []
    bad: list[BadRecord] = []
    for record in records:
        path = f"rows[{record.number}]"
        problem = record.problem
        if problem is None:
            row = dict(zip(table.header, record.cells, strict=True))
            try:
                page, posting = table.reader.read(row, record.number, path)
            except ValueError as unfit:
                problem = str(unfit)
            else:
                pages.append(page)
                postings.append(posting)
        if problem is not None:
            excerpt = record.text or table.delimiter.join(record.cells)
            bad.append(BadRecord(path, Reason.BAD_RECORD, problem, excerpt[:500]))
    return DocumentText(
        document_id=document_id,
        media_type="text/csv",
        reader_version=READER_VERSION,
        pages=tuple(pages),
        postings=tuple(postings),
        bad_records=tuple(bad),
        warnings=table.reader.warnings(),
    )
