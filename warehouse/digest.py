"""Digests: of a file's bytes, and of what a table says whatever file it is kept in."""

import hashlib
import struct
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyarrow
import pyarrow.compute as pc


def file_digest(path: Path) -> str:
    """The SHA-256 of the file's bytes, as lower-case hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def logical_digest(data: pyarrow.Table | pyarrow.RecordBatchReader) -> str:
    """The SHA-256 of what `data` says, as lower-case hex; the same for any file format.

    Rows count in the order given, columns in theirs. Each column adds its name and two digests:
    that of its cells' lengths (eight bytes each, little-endian, -1 for null) and that of their
    texts, one after the other. A cell's text is UTF-8; decimals keep every declared place,
    dates and times are ISO 8601, moments in UTC with microseconds, booleans true or false.
    A reader is read to its end, some rows at a time.
    """
    columns = {name: (hashlib.sha256(), hashlib.sha256()) for name in data.schema.names}
    rows = 0
    for batch in data.to_batches() if isinstance(data, pyarrow.Table) else data:
        rows += batch.num_rows
        for name, (lengths, texts) in columns.items():
            text = _text(batch.column(name))
            lengths.update(_sizes(text))
            texts.update(_characters(pc.fill_null(text, "")))
    total = hashlib.sha256(struct.pack("<q", rows))
    for name, (lengths, texts) in columns.items():
        total.update(name.encode() + b"\0" + lengths.digest() + texts.digest())
    return total.hexdigest()


def _text(cells: pyarrow.Array) -> pyarrow.Array:
    is_decimal = pyarrow.types.is_decimal(cells.type)
    text = of_distinct(cells, plain_decimals) if is_decimal else cells
    return text.cast(pyarrow.large_string())


def of_distinct(
    cells: pyarrow.Array, spell: Callable[[pyarrow.Array], pyarrow.Array]
) -> pyarrow.Array:
    """What `spell` makes of the cells; equal cells, of which there are many, are spelt once."""
    coded = cells.dictionary_encode()
    return spell(coded.dictionary).take(coded.indices)


def plain_decimals(cells: pyarrow.Decimal128Array) -> pyarrow.StringArray:
    """The cells as text with every declared place and no exponent, which a cast would use.

    Works for up to 18 digits, so that the low half of each 16-byte cell is the whole number of
    its smallest steps.
    """
    scale = cells.type.scale
    halves = np.frombuffer(cells.buffers()[1], "<i8").reshape(-1, 2)
    low = halves[cells.offset : cells.offset + len(cells), 0]
    is_null = np.asarray(cells.is_null())
    steps = pyarrow.array(low, mask=is_null)
    digits = pc.utf8_lpad(pc.abs(steps).cast(pyarrow.string()), scale + 1, "0")
    return pc.binary_join_element_wise(
        pc.if_else(pc.less(steps, 0), "-", ""),
        pc.utf8_slice_codeunits(digits, 0, -scale),
        ".",
        pc.utf8_slice_codeunits(digits, -scale),
        "",
    )


def _sizes(text: pyarrow.LargeStringArray) -> memoryview:
    sizes = pc.fill_null(pc.binary_length(text), -1).cast(pyarrow.int64())
    return memoryview(sizes.to_numpy())


def _characters(text: pyarrow.LargeStringArray) -> memoryview:
    """The cells' bytes one after the other, without a copy."""
    if not len(text):
        return memoryview(b"")
    _, offsets, characters = text.buffers()
    starts = memoryview(offsets).cast("q")
    return memoryview(characters or b"")[starts[text.offset] : starts[text.offset + len(text)]]
