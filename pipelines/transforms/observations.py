"""Texts, structured pay fields and curated figures to rows of `rate_observations`."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from hashlib import blake2b
from itertools import groupby
from operator import attrgetter
from typing import Any

from pipelines.attributes.statement import (
    DocumentContext,
    PostingContext,
    StatementAttributes,
    attributes_of_statement,
)
from pipelines.parsing.engine import read
from pipelines.parsing.readings import Reading
from pipelines.parsing.version import PARSER_VERSION
from pipelines.transforms.documents import Provenance
from pipelines.transforms.posting_pay import FieldReading
from sources.documents import CuratedFigure, Page, RawPosting
from warehouse.vocabulary import Kind

Row = dict[str, Any]

# An amount that is no pay at all is shown by `compensation explain`, not published as a rate.
UNPUBLISHED = frozenset({Kind.NOT_PAY})

# The words of a curated row that name whom its publication repeats, kept in the trace.
ATTRIBUTION = "attribution:"


def content_id(*parts: object) -> str:
    """Return a short hexadecimal name made from the parts; equal parts give equal names."""
    joined = "\x1f".join("" if part is None else str(part) for part in parts)
    return blake2b(joined.encode("utf-8", "surrogatepass"), digest_size=10).hexdigest()


def observe_page(page: Page, known: Provenance) -> Iterator[Row]:
    """Yield the rows stated in one page of a text that is no posting."""
    readings = read(
        page.text,
        country=known.country_code,
        language=known.language_code,
        currency=known.currency,
        include_all=True,
    )
    yield from observe_text(page, readings, known, None)


def observe_text(
    page: Page,
    readings: Sequence[Reading],
    known: Provenance,
    context: PostingContext | None,
) -> Iterator[Row]:
    """Yield the rows of the readings of one page, one per subject of each statement.

    `statement_id` names the words; the rows of one statement about several subjects share it.
    """
    spans = [(reading.char_start, reading.char_end) for reading in readings]
    named: list[list[Row]] = []
    for place, reading in enumerate(readings):
        if reading.kind in UNPUBLISHED:
            named.append([])
            continue
        others = spans[:place] + spans[place + 1 :]
        subjects = attributes_of_statement(
            page.text,
            reading.char_start,
            reading.char_end,
            others,
            document=_document_context(known),
            posting=context,
        )
        where = (known.document_id, page.number, reading.char_start, reading.char_end)
        statement = _statement(reading, known, page.number, content_id(*where, reading.rule_id))
        named.append(list(_per_subject(statement, subjects)))
    _link_equivalents(readings, named)
    for rows in named:
        yield from rows


def observe_fields(
    placed: Sequence[FieldReading],
    posting: RawPosting,
    known: Provenance,
    context: PostingContext,
) -> Iterator[Row]:
    """Yield one row per reading of a posting's pay fields, with its path in place of a span."""
    subject = _subject_of_posting(context)
    for _, group in groupby(placed, key=attrgetter("number")):
        together = list(group)
        named = [
            list(_per_subject(_field_row(one, further, posting, known), (subject,)))
            if one.reading.kind not in UNPUBLISHED
            else []
            for further, one in enumerate(together)
        ]
        _link_equivalents([one.reading for one in together], named)
        for rows in named:
            yield from rows


def _field_row(one: FieldReading, further: int, posting: RawPosting, known: Provenance) -> Row:
    """Return the columns of a field's reading; a field in words may have further ones."""
    place = (one.path, one.number, further) if further else (one.path, one.number)
    statement_id = content_id(known.document_id, *place)
    row = _statement(one.reading, known, posting.page_number, statement_id)
    return row | {
        "field_path": one.path,
        "matched_text": one.reading.matched_text or None,
        "char_start": None,
        "char_end": None,
    }


def _subject_of_posting(context: PostingContext) -> StatementAttributes:
    offered = context.attributes
    return StatementAttributes(
        domain_code=offered.domain_code,
        expertise_tier=offered.expertise_tier,
        work_kind=offered.work_kind,
        engagement_type=offered.engagement_type,
        country_code=offered.country_code,
        language_code=offered.language_code,
        platform_id=offered.platform_id,
        subject_text=context.title,
        evidence=offered.evidence,
    )


def observe_figure(figure: CuratedFigure, known: Provenance) -> Row:
    """Return the row of one figure of a curated table, whose cells are already in our terms.

    Its path is the id of its row; `equivalent_of_row` names the row it re-expresses.

    Raises:
        ValueError: A cell is not a number, date or flag where one is due.
    """
    cells = figure.values
    statement_id = content_id(known.document_id, figure.path)
    twin = cells.get("equivalent_of_row")
    attribution = cells.get("attribution")
    row: Row = {name: cells.get(name) for name in CURATED_TEXT}
    row |= {name: _amount(cells, name) for name in CURATED_AMOUNTS}
    row |= {name: cells.get(name) == "true" for name in CURATED_FLAGS}
    return row | {
        "statement_id": statement_id,
        "observation_id": content_id(statement_id, 0),
        "document_id": known.document_id,
        "page_number": 1,
        "rule_id": "field.curated",
        "parser_version": PARSER_VERSION,
        "field_path": figure.path,
        "per_count": int(cells.get("per_count") or 1),
        "currency_source": "field" if cells.get("currency") else None,
        "period_source": "field" if cells.get("pay_period") else None,
        "evidence_kind": cells.get("evidence_kind") or known.evidence_kind,
        "as_of_date": _first_day(cells.get("as_of_date")),
        "equivalent_of": twin and content_id(content_id(known.document_id, twin), 0),
        "trace": attribution and f"{ATTRIBUTION}{attribution}",
        "warnings": cells.get("note"),
    }


CURATED_TEXT = (
    "currency", "pay_period", "unit_text", "statistic", "kind", "tax_treatment", "domain_code",
    "expertise_tier", "work_kind", "engagement_type", "country_code", "language_code",
    "platform_id", "subject_text",
)  # fmt: skip
CURATED_AMOUNTS = ("amount_min", "amount_max", "share_percent", "share_percent_max")
CURATED_FLAGS = ("is_min_open", "is_max_open", "is_approximate")


def _first_day(text: str | None) -> date | None:
    """Return the day, or the first day of the month or year, that a cell names."""
    return date.fromisoformat(f"{text}-01-01"[:10]) if text else None


def _amount(cells: dict[str, str | None], name: str) -> Decimal | None:
    text = cells.get(name)
    if not text:
        return None
    try:
        return Decimal(text)
    except InvalidOperation:
        message = f"{name}: expected a number, got {text!r}"
        raise ValueError(message) from None


def _statement(reading: Reading, known: Provenance, page_number: int, statement_id: str) -> Row:
    """Return the columns that a statement has whatever its subjects."""
    return {
        "statement_id": statement_id,
        "document_id": known.document_id,
        "posting_id": None,
        "page_number": page_number,
        "char_start": reading.char_start,
        "char_end": reading.char_end,
        "matched_text": reading.matched_text,
        "rule_id": reading.rule_id,
        "parser_version": PARSER_VERSION,
        "amount_min": reading.amount_min,
        "amount_max": reading.amount_max,
        "is_min_open": reading.is_min_open,
        "is_max_open": reading.is_max_open,
        "currency": reading.currency,
        "currency_source": reading.currency_source,
        "pay_period": reading.pay_period,
        "period_source": reading.period_source,
        "per_count": reading.per_count,
        "unit_text": reading.unit_text,
        "statistic": reading.statistic,
        "kind": reading.kind,
        "tax_treatment": reading.tax_treatment,
        "share_percent": reading.share_percent,
        "share_percent_max": reading.share_percent_max,
        "midpoint": reading.midpoint,
        "evidence_kind": known.evidence_kind,
        "is_approximate": reading.is_approximate,
        "payments_per_year": reading.payments_per_year,
        "stated_hours_per_year": reading.stated_hours_per_year,
        "equivalent_of": None,
        "field_path": None,
        "trace": _joined(reading.trace),
        "warnings": _joined(reading.warnings),
    }


def _per_subject(statement: Row, subjects: Sequence[StatementAttributes]) -> Iterator[Row]:
    for number, subject in enumerate(subjects):
        evidence = tuple(f"attr:{name}={words}" for name, words in subject.evidence.items())
        yield statement | {
            "observation_id": content_id(statement["statement_id"], number),
            "domain_code": subject.domain_code,
            "expertise_tier": subject.expertise_tier,
            "work_kind": subject.work_kind,
            "engagement_type": subject.engagement_type,
            "country_code": subject.country_code,
            "language_code": subject.language_code,
            "platform_id": subject.platform_id,
            "as_of_date": subject.as_of_date,
            "subject_text": subject.subject_text,
            "trace": _joined((statement["trace"], *evidence)),
        }


def _link_equivalents(readings: Sequence[Reading], named: Sequence[list[Row]]) -> None:
    """Point each re-expressed figure at the observation it re-expresses, subject by subject."""
    for reading, rows in zip(readings, named, strict=True):
        if reading.equivalent_of is None:
            continue
        origins = named[reading.equivalent_of]
        for number, row in enumerate(rows if origins else ()):
            row["equivalent_of"] = origins[min(number, len(origins) - 1)]["observation_id"]


def _joined(parts: Sequence[str | None]) -> str | None:
    return " | ".join(part for part in parts if part) or None


def _document_context(known: Provenance) -> DocumentContext:
    return DocumentContext(
        title=known.title,
        publisher=known.publisher,
        country_code=known.country_code,
        language_code=known.language_code,
        platform=known.platform,
        evidence_kind=known.evidence_kind,
    )
