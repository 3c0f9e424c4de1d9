"""A column of texts in, an Arrow table of readings out: `read` for many texts at once.

A scan over whole columns finds the texts that may state an amount; only those are handed to
the engine, in this process or in several.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import fields, replace
from functools import cache
from itertools import chain, islice
from multiprocessing import get_context
from os import cpu_count
from typing import Any, Final, NamedTuple

import pyarrow
import pyarrow.compute as pc

from pipelines.parsing.engine import read
from pipelines.parsing.readings import Reading
from pipelines.parsing.windows import column_scan
from warehouse.render import ARROW_TYPES
from warehouse.tables.rate_observations import RATE_OBSERVATIONS

# A Series or sequence is taken as well; what Arrow makes a column of, is one.
Column = Any

_ROWS_PER_SCAN: Final = 4_096
_TEXTS_PER_GROUP: Final = 500
_CHARACTERS_PER_GROUP: Final = 1_000_000
# What a reading holds otherwise than the published row made from it.
_OWN_TYPES: Final = {
    "equivalent_of": pyarrow.int64(),
    "trace": pyarrow.list_(pyarrow.string()),
    "warnings": pyarrow.list_(pyarrow.string()),
}


class _Hints(NamedTuple):
    """What the caller says of a text, or of all; the keywords of `read`."""

    country: Any
    language: Any
    currency: Any
    kind_of_text: Any
    include_all: Any


# A text to read, with its row in the column.
_Work = tuple[int, str, _Hints]


def read_column(
    texts: Column,
    *,
    country: Column | str | None = None,
    language: Column | str | None = None,
    currency: Column | str | None = None,
    kind_of_text: Column | str = "auto",
    include_all: Column | bool = False,
    processes: int | None = 1,
) -> pyarrow.Table:
    """The readings of a column of texts: what `read` gives for each, one row a reading.

    `texts` is an Arrow array or chunked array, a pandas Series or a sequence of strings; a null
    has no readings. Each hint of `read` is one value for all texts or a column as long as
    `texts`, in which a null says nothing. `processes` reads in that many processes, None in one
    per core; a script that asks for more than one needs ``if __name__ == "__main__":`` around
    what it does.

    The table has `row` (place in the column, from 0) and the fields of `Reading`, typed as
    `rate_observations` types them; rows are in the order of the texts, and of their readings in
    a text. `equivalent_of` counts the readings of one text. An amount that no published column
    could hold (more than 12 digits before or 6 after the point) is null, and `warnings` has it:
    ``unfit:amount_min=...``.

    Raises:
        TypeError: `texts` is no column of text.
        ValueError: a column of hints has another length than `texts`.
    """
    column = _text_column(texts)
    hints = _Hints(country, language, currency, kind_of_text, include_all)
    told = _Hints(
        *(_hint_column(name, hint, len(column)) for name, hint in hints._asdict().items())
    )
    found = list(_read_groups(_groups(column, told), processes or cpu_count() or 1))
    return pyarrow.concat_tables(found) if found else readings_schema().empty_table()


@cache
def readings_schema() -> pyarrow.Schema:
    """The columns of the table that `read_column` returns."""
    published = {column.name: ARROW_TYPES[column.kind] for column in RATE_OBSERVATIONS.columns}
    types = published | _OWN_TYPES
    own = [pyarrow.field(one.name, types[one.name]) for one in fields(Reading)]
    return pyarrow.schema([pyarrow.field("row", pyarrow.int64(), nullable=False), *own])


def worth_reading(texts: pyarrow.ChunkedArray) -> pyarrow.Array:
    """The places of the texts that may state an amount; of all others `read` gives nothing."""
    found = pc.match_substring_regex(texts, column_scan())
    return pc.indices_nonzero(pc.fill_null(found, fill_value=False))


def _text_column(texts: Column) -> pyarrow.ChunkedArray:
    column = _chunked(texts)
    kind = column.type.value_type if pyarrow.types.is_dictionary(column.type) else column.type
    if not any(test(kind) for test in _TEXT_TYPES):
        message = f"texts: expected a column of text, got {kind}"
        raise TypeError(message)
    return column


_TEXT_TYPES: Final = (
    pyarrow.types.is_string,
    pyarrow.types.is_large_string,
    pyarrow.types.is_string_view,
    pyarrow.types.is_null,
)


def _hint_column(name: str, hint: Any, length: int) -> Any:
    """A hint as it is, when it is for all texts; else as a column of the right length."""
    if hint is None or isinstance(hint, str | bool):
        return hint
    column = _chunked(hint)
    if len(column) != length:
        message = f"{name}: expected a column of {length} values, got {len(column)}"
        raise ValueError(message)
    return column


def _chunked(column: Column) -> pyarrow.ChunkedArray:
    if isinstance(column, pyarrow.ChunkedArray):
        return column
    if isinstance(column, str):
        message = "texts: expected a column of text, got one text; `read` is for that"
        raise TypeError(message)
    made = pyarrow.array(column, from_pandas=True)
    return made if isinstance(made, pyarrow.ChunkedArray) else pyarrow.chunked_array([made])


def _groups(texts: pyarrow.ChunkedArray, hints: _Hints) -> Iterator[list[_Work]]:
    """The texts worth reading, in order, in groups of bounded size."""
    group: list[_Work] = []
    size = 0
    for work in _work(texts, hints):
        group.append(work)
        size += len(work[1])
        if len(group) >= _TEXTS_PER_GROUP or size >= _CHARACTERS_PER_GROUP:
            yield group
            group, size = [], 0
    if group:
        yield group


def _work(texts: pyarrow.ChunkedArray, hints: _Hints) -> Iterator[_Work]:
    for start in range(0, len(texts), _ROWS_PER_SCAN):
        # Large strings: what is taken from a slice may exceed the two gigabytes of the others.
        part = texts.slice(start, _ROWS_PER_SCAN).cast(pyarrow.large_string())
        places = worth_reading(part)
        told = [_told(hint, start, places) for hint in hints]
        rows = (start + place for place in places.to_pylist())
        for row, text, *hint in zip(rows, part.take(places).to_pylist(), *told, strict=True):
            yield row, text, _Hints(*hint)


def _told(hint: Any, start: int, places: pyarrow.Array) -> list[Any]:
    """One hint for each of the texts at some places of a slice."""
    if not isinstance(hint, pyarrow.ChunkedArray):
        return [hint] * len(places)
    cells: list[Any] = hint.slice(start, _ROWS_PER_SCAN).take(places).to_pylist()
    return cells


def _read_groups(groups: Iterator[list[_Work]], processes: int) -> Iterator[pyarrow.Table]:
    """The readings of each group, in order; a second group starts the processes."""
    first = list(islice(groups, 2))
    if len(first) < 2 or processes == 1:
        yield from map(_read_group, chain(first, groups))
        return
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        running: deque[Future[pyarrow.Table]] = deque()
        for group in chain(first, groups):
            running.append(pool.submit(_read_group, group))
            if len(running) > processes:
                yield running.popleft().result()
        while running:
            yield running.popleft().result()


def _read_group(group: Iterable[_Work]) -> pyarrow.Table:
    rows: list[int] = []
    readings: list[Reading] = []
    for row, text, hints in group:
        found = read(
            text,
            country=hints.country,
            language=hints.language,
            currency=hints.currency,
            kind_of_text=hints.kind_of_text or "auto",
            include_all=bool(hints.include_all),
        )
        rows += [row] * len(found)
        readings += found
    try:
        return _table(rows, readings)
    except pyarrow.ArrowInvalid:
        return _table(rows, [_fitting(reading) for reading in readings])


def _table(rows: list[int], readings: list[Reading]) -> pyarrow.Table:
    schema = readings_schema()
    cells = [[getattr(one, name) for one in readings] for name in schema.names[1:]]
    arrays = [
        pyarrow.array(column, kind)
        for column, kind in zip((rows, *cells), schema.types, strict=True)
    ]
    return pyarrow.Table.from_arrays(arrays, schema=schema)


def _fitting(reading: Reading) -> Reading:
    """The reading without the amounts that their columns cannot hold; a warning keeps them."""
    unfit = {
        field.name: getattr(reading, field.name)
        for field in readings_schema()
        if pyarrow.types.is_decimal(field.type)
        and not _fits(getattr(reading, field.name), field.type)
    }
    notes = tuple(f"unfit:{name}={value:f}" for name, value in unfit.items())
    missing: dict[str, Any] = dict.fromkeys(unfit)
    return replace(reading, warnings=(*reading.warnings, *notes), **missing)


def _fits(value: Any, kind: pyarrow.DataType) -> bool:
    try:
        pyarrow.scalar(value, kind)
    except pyarrow.ArrowInvalid:
        return False
    return True
