"""What one posting states in its pay fields and in its text, read together."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipelines.parsing.agreement import reconcile
from pipelines.parsing.engine import read
from pipelines.parsing.readings import Reading
from pipelines.parsing.structured import read_pay
from sources.documents import RawPosting
from warehouse.vocabulary import Kind

OFFERED = frozenset({Kind.BASE, Kind.TOTAL})


class FieldReading(NamedTuple):
    """A reading of a pay field: where the field stands, and which of the posting's it is."""

    path: str
    number: int
    reading: Reading


class PostingReadings(NamedTuple):
    """What a posting states: in its pay fields, and in the words of its page."""

    fields: tuple[FieldReading, ...]
    texts: tuple[Reading, ...]


def read_posting(
    posting: RawPosting,
    text: str,
    *,
    country: str | None = None,
    language: str | None = None,
    currency: str | None = None,
    include_all: bool = False,
) -> PostingReadings:
    """Return the readings of a posting's pay fields and of its text, each knowing the other.

    Cells of a table in which pay stands in words are fields that are read in the text. Where
    fields and text say different pay, both bear the warning `field_text_disagree`. The hints
    are those of `read`; the posting's own country and language come first. `include_all` adds
    what is not the price of the work.
    """
    country = posting.country_code or country
    language = posting.language_code or language
    placed = [
        FieldReading(pay.path, number, reading)
        for number, pay in enumerate(posting.pay_fields)
        for reading in read_pay(pay, country=country, language=language, currency=currency)
        if include_all or reading.kind in OFFERED
    ]
    said = read(
        text,
        country=country,
        language=language,
        currency=currency,
        kind_of_text="posting",
        include_all=include_all,
    )
    fields, texts = _reconciled(posting, [one.reading for one in placed], said)
    told = (one._replace(reading=field) for one, field in zip(placed, fields, strict=True))
    return PostingReadings(tuple(told), texts)


def _reconciled(
    posting: RawPosting, fields: Sequence[Reading], texts: Sequence[Reading]
) -> tuple[tuple[Reading, ...], tuple[Reading, ...]]:
    """Return fields and texts in their order, the cells of pay held against the other text."""
    is_cell = [
        any(start <= text.char_start < end for start, end in posting.pay_spans)
        for text in texts
    ]
    cells = list(_only(texts, is_cell))
    prose = list(_only(texts, [not is_field for is_field in is_cell]))
    told, said = reconcile([*fields, *cells], prose)
    of_cells, of_prose = iter(told[len(fields) :]), iter(said)
    merged = tuple(next(of_cells if is_field else of_prose) for is_field in is_cell)
    return told[: len(fields)], merged


def _only(texts: Sequence[Reading], is_wanted: Sequence[bool]) -> Iterator[Reading]:
    return (text for text, wanted in zip(texts, is_wanted, strict=True) if wanted)
