"""Job boards as JSON to postings: Greenhouse, Lever, Ashby, JSON-LD, and plain objects.

Each board's contract is its public documentation: developers.greenhouse.io/job-board.html,
github.com/lever/postings-api, developers.ashbyhq.com/docs/public-job-posting-api.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from html import unescape
from itertools import islice
from pathlib import Path
from typing import Any

from sources.decoding import decode, encoding_of_file
from sources.documents import BadRecord, DocumentText, Page, PayField, RawPosting
from sources.errors import DocumentUnreadable, Reason, unmet
from sources.readers.columns import RowReader, choose_map, no_map
from sources.readers.json_records import (
    JsonRecord,
    NotRecordsError,
    are_lines,
    json_lines,
    json_records,
)
from sources.readers.jsonld import is_a, posting_of
from sources.readers.markup import text_of_fragment
from sources.readers.names import MOST_FORMS, flattened
from sources.readers.values import amount, day, matching, pay_in_words, truth, words
from sources.readers.version import READER_VERSION
from sources.registry import ColumnMap

RECORDS_PER_BATCH = 2_000
LONGEST_LINE = 1_000_000

Record = Mapping[str, Any]
Posted = tuple[Page, RawPosting]

# Names of Greenhouse metadata that mean pay, a field of work, a requirement.
NAME_WORDS = re.compile(r"[^\W_]+")
PAY_NAMES = frozenset({"pay", "salary", "compensation", "rate", "wage"})
VENDOR_NAMES = frozenset({"bill", "billing", "client", "customer", "vendor", "budget", "code"})
FIELD_NAMES = ("field", "domain", "expertise", "category")
REQUIREMENT_NAMES = ("degree", "education", "requirement", "qualification")

COUNTRY_CODE = matching("[A-Z]{2}")


def read_json(
    document_id: str, path: Path, maps: Sequence[ColumnMap]
) -> Iterator[DocumentText]:
    """Yield the postings of a board, two thousand at a time, at least one batch.

    Records have their JSON path (`jobs[3]`, from 0) and a page each, numbered from 1.

    Raises:
        DocumentUnreadable: With `damaged`, `encoding`, or `unknown_columns` when the records
            are of no known form.
    """
    numbered = enumerate(_records(path), 1)
    forms = Forms(maps)
    batch = list(islice(numbered, RECORDS_PER_BATCH))
    forms.check(record for _, record in batch)
    yield _batch(document_id, batch, forms)
    while batch := list(islice(numbered, RECORDS_PER_BATCH)):
        yield _batch(document_id, batch, forms)


def _records(path: Path) -> Iterator[JsonRecord]:
    """Yield the records; what is no JSON at all is damaged."""
    encoding = encoding_of_file(path)
    with path.open(encoding=encoding, errors="replace") as file:
        has_lines = are_lines(file.read(LONGEST_LINE))
        if has_lines:
            file.seek(0)
            yield from json_lines(file)
            return
    try:
        yield from json_records(decode(path.read_bytes()))
    except NotRecordsError as problem:
        message = unmet("JSON", "a list of postings", repr(str(problem)[:80]))
        raise DocumentUnreadable(Reason.DAMAGED, message) from None


class Forms:
    """Knows how records of each form are read; plain ones by a column map."""

    def __init__(self, maps: Sequence[ColumnMap]) -> None:
        """Take the maps for plain records."""
        self._maps = maps
        self._readers: dict[tuple[str, ...], RowReader | None] = {}

    def check(self, records: Iterable[JsonRecord]) -> None:
        """Refuse a document of which no record can be read.

        Raises:
            DocumentUnreadable: Says why the first of them cannot.
        """
        first = None
        for record in records:
            if isinstance(record.value, dict) and self.reader_of(record.value):
                return
            first = first or record
        if first is None:
            return
        if isinstance(first.value, dict):
            raise no_map(self._maps, [str(name) for name in first.value])
        got = repr(first.text or str(first.value))[:80]
        raise DocumentUnreadable(Reason.DAMAGED, unmet(first.path, "a posting", got))

    def reader_of(self, record: Record) -> Callable[[Record, int, str], Posted] | None:
        """Return what reads records of this form, or None."""
        for is_form, read in BOARDS:
            if is_form(record):
                return read
        row = flattened(record)
        names = tuple(row)
        if names not in self._readers:
            if len(self._readers) >= MOST_FORMS:
                self._readers.clear()
            self._readers[names] = choose_map(self._maps, names)
        plain = self._readers[names]
        return (lambda _, place, path: plain.read(row, place, path)) if plain else None


def _batch(
    document_id: str, batch: Sequence[tuple[int, JsonRecord]], forms: Forms
) -> DocumentText:
    pages: list[Page] = []
    postings: list[RawPosting] = []
    bad: list[BadRecord] = []
    for place, record in batch:
        try:
            page, posting = _read(record, place, forms)
        except ValueError as problem:
            excerpt = (record.text or str(record.value))[:500]
            bad.append(BadRecord(record.path, Reason.BAD_RECORD, str(problem), excerpt))
        else:
            pages.append(page)
            postings.append(posting)
    return DocumentText(
        document_id=document_id,
        media_type="application/json",
        reader_version=READER_VERSION,
        pages=tuple(pages),
        postings=tuple(postings),
        bad_records=tuple(bad),
    )


def _read(record: JsonRecord, place: int, forms: Forms) -> Posted:
    if record.value is None and record.text:
        raise ValueError(
            unmet(record.path, "JSON", "text that cannot be read; the rest is lost")
        )
    if not isinstance(record.value, dict):
        raise ValueError(unmet(record.path, "an object", type(record.value).__name__))  # noqa: TRY004 - bad data, not a bad call
    read = forms.reader_of(record.value)
    if read is None:
        raise ValueError(
            unmet(record.path, "a posting", ", ".join(map(str, record.value))[:200])
        )
    return read(record.value, place, record.path)


def _page(place: int, posting: RawPosting, *parts: str | None) -> Page:
    head = [f"Title: {posting.title}"] if posting.title else []
    head += [f"Location: {posting.location}"] if posting.location else []
    body = [part for part in parts if part]
    return Page(place, "\n\n".join(["\n".join(head), *body]).strip())


def _greenhouse(record: Record, place: int, path: str) -> Posted:
    """Read a job of the Greenhouse board API; its ranges are in cents and name no period."""
    metadata = list(_metadata(record, path))
    fields = [*_ranges(record, path), *(found for _, _, found in metadata if found)]
    said = {name: text for name, text, found in metadata if text and not found}
    posting = RawPosting(
        page_number=place,
        path=path,
        url=words(record.get("absolute_url")),
        requisition_id=words(record.get("requisition_id"))
        or words(record.get("internal_job_id")),
        title=words(record.get("title")),
        employer=words(record.get("company_name")),
        location=_name(record.get("location")),
        department=_named_like(said, FIELD_NAMES) or _names(record.get("departments")),
        requirements=_named_like(said, REQUIREMENT_NAMES),
        posted_date=day(words(record.get("first_published"))),
        language_code=matching("[a-z]{2}")(words(record.get("language"))),
        pay_fields=tuple(fields),
        source_fields=said,
    )
    lines = "\n".join(f"{name}: {text}" for name, text in said.items())
    content = words(record.get("content"))
    return _page(place, posting, lines, text_of_fragment(unescape(content or ""))), posting


def _ranges(record: Record, path: str) -> Iterator[PayField]:
    for number_, pay in enumerate(_dicts(record.get("pay_input_ranges"))):
        low, high = amount(pay.get("min_cents")), amount(pay.get("max_cents"))
        if low or high:
            yield PayField(
                path=f"{path}.pay_input_ranges[{number_}]",
                amount_min=low,
                amount_max=high,
                currency=words(pay.get("currency_type")),
                title=words(pay.get("title")),
                in_cents=True,
                note=text_of_fragment(words(pay.get("blurb")) or "") or None,
            )


def _metadata(record: Record, path: str) -> Iterator[tuple[str, str | None, PayField | None]]:
    """Yield name, text and, for pay, the pay of each custom field of a board."""
    for number_, entry in enumerate(_dicts(record.get("metadata"))):
        name, value = words(entry.get("name")) or "", entry.get("value")
        where = f"{path}.metadata[{number_}].value"
        if isinstance(value, dict):
            low, high = amount(value.get("min_value")), amount(value.get("max_value"))
            point = amount(value.get("amount"))
            if _is_pay_name(name) and (low or high or point):
                unit = words(value.get("unit"))
                yield name, None, PayField(where, low or point, high or point, unit, title=name)
        elif _is_pay_name(name) and (said := pay_in_words(value)):
            yield name, None, PayField(where, None, None, title=name, text=said)
        else:
            texts = value if isinstance(value, list) else [value]
            yield name, ", ".join(filter(None, map(words, texts))) or None, None


def _is_pay_name(name: str) -> bool:
    """Return whether a board's name for a field means pay of the person, not of a vendor."""
    said = frozenset(NAME_WORDS.findall(name.lower()))
    return bool(said & PAY_NAMES) and not said & VENDOR_NAMES


def _lever(record: Record, place: int, path: str) -> Posted:
    """Read a posting of the Lever API."""
    categories = _dict(record.get("categories"))
    pay = _dict(record.get("salaryRange"))
    low, high = amount(pay.get("min")), amount(pay.get("max"))
    interval = words(pay.get("interval"))
    field = PayField(f"{path}.salaryRange", low, high, words(pay.get("currency")), interval)
    posting = RawPosting(
        page_number=place,
        path=path,
        url=words(record.get("hostedUrl")),
        requisition_id=words(record.get("id")),
        title=words(record.get("text")),
        location=words(categories.get("location")),
        department=words(categories.get("department")) or words(categories.get("team")),
        engagement=words(categories.get("commitment")),
        is_remote=True if record.get("workplaceType") == "remote" else None,
        posted_date=day(words(record.get("createdAt"))),
        country_code=COUNTRY_CODE(words(record.get("country"))),
        pay_fields=(field,) if low or high else (),
    )
    lists = [_heading_and_items(part) for part in _dicts(record.get("lists"))]
    parts = [
        _lever_text(record, name) for name in ("description", "additional", "salaryDescription")
    ]
    return _page(place, posting, parts[0], *lists, *parts[1:]), posting


def _lever_text(record: Record, name: str) -> str | None:
    plain = words(record.get(f"{name}Plain"))
    return plain or text_of_fragment(words(record.get(name)) or "") or None


def _heading_and_items(part: Record) -> str:
    content = words(part.get("content")) or ""
    return f"{words(part.get('text')) or ''}\n{text_of_fragment(f'<ul>{content}</ul>')}".strip()


def _ashby(record: Record, place: int, path: str) -> Posted:
    """Read a job of the Ashby board API; pay stands in tiers, or else in their summary."""
    pay = _dict(record.get("compensation"))
    components = list(_components(pay, f"{path}.compensation"))
    fields = [field for where, part, title in components for field in _paid(part, where, title)]
    posting = RawPosting(
        page_number=place,
        path=path,
        url=words(record.get("jobUrl")),
        requisition_id=words(record.get("id")),
        title=words(record.get("title")),
        location=words(record.get("location")),
        department=words(record.get("department")) or words(record.get("team")),
        engagement=words(record.get("employmentType")),
        is_remote=truth("yes" if record.get("workplaceType") == "Remote" else None),
        posted_date=day(words(record.get("publishedAt"))),
        pay_fields=tuple(fields or _summaries(pay, f"{path}.compensation")),
    )
    # What is offered beside pay without an amount ("Offers Bonus") is prose and says no pay.
    others = [words(part.get("summary")) for _, part, _ in components if _is_mere_offer(part)]
    plain = words(record.get("descriptionPlain"))
    body = plain or text_of_fragment(words(record.get("descriptionHtml")) or "")
    return _page(place, posting, body, "\n".join(filter(None, others))), posting


def _components(pay: Record, path: str) -> Iterator[tuple[str, Record, str | None]]:
    """Yield the components of every tier with path and tier, or else those of the summary."""
    found = [
        (f"{path}.compensationTiers[{tier}].components[{number_}]", part, title)
        for tier, held in enumerate(_dicts(pay.get("compensationTiers")))
        for title in [words(held.get("title"))]
        for number_, part in enumerate(_dicts(held.get("components")))
    ]
    yield from found or (
        (f"{path}.summaryComponents[{number_}]", part, None)
        for number_, part in enumerate(_dicts(pay.get("summaryComponents")))
    )


def _paid(part: Record, path: str, title: str | None) -> Iterator[PayField]:
    """Yield the money of a component; a share of the company has no currency and is none."""
    low, high = amount(part.get("minValue")), amount(part.get("maxValue"))
    kind = words(part.get("compensationType"))
    field = PayField(
        path=path,
        amount_min=low,
        amount_max=high,
        currency=words(part.get("currencyCode")),
        unit=words(part.get("interval")),
        title=title,
        pays_for=kind,
    )
    if kind and kind.endswith("Percentage"):
        return
    if low or high:
        yield field
    elif kind == "Salary" and (said := pay_in_words(part.get("summary"))):
        yield replace(field, path=f"{path}.summary", text=said)


def _is_mere_offer(part: Record) -> bool:
    has_amount = amount(part.get("minValue")) or amount(part.get("maxValue"))
    return part.get("compensationType") != "Salary" and not has_amount


def _summaries(pay: Record, path: str) -> Iterator[PayField]:
    """Yield the pay that a board sums up in words, the plainer of two summaries."""
    for name in ("scrapeableCompensationSalarySummary", "compensationTierSummary"):
        said = pay_in_words(pay.get(name))
        if said:
            yield PayField(f"{path}.{name}", None, None, text=said)
            return


def _jsonld(record: Record, place: int, path: str) -> Posted:
    found = posting_of(dict(record), path, place)
    return _page(place, found.posting, found.description), found.posting


def _teamtailor(record: Record, place: int, path: str) -> Posted:
    """Read an item of a JSON feed that carries a JobPosting; the item has its address."""
    found = posting_of(dict(_dict(record.get("_jobposting"))), f"{path}._jobposting", place)
    posting = replace(found.posting, path=path, url=words(record.get("url")))
    body = found.description or text_of_fragment(words(record.get("content_html")) or "")
    return _page(place, posting, body), posting


# The forms, each with what only records of that form have.
BOARDS: tuple[tuple[Callable[[Record], bool], Callable[[Record, int, str], Posted]], ...] = (
    (lambda record: isinstance(record.get("_jobposting"), dict), _teamtailor),
    (lambda record: is_a(dict(record), "JobPosting"), _jsonld),
    (
        lambda record: (
            {"absolute_url", "title"} <= record.keys() and "maxHourlyRateUsd" not in record
        ),
        _greenhouse,
    ),
    (lambda record: "hostedUrl" in record and "text" in record, _lever),
    (lambda record: "jobUrl" in record and "title" in record, _ashby),
)


def _dict(value: Any) -> Record:
    return value if isinstance(value, dict) else {}


def _dicts(value: Any) -> list[Record]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _name(value: Any) -> str | None:
    return words(value.get("name")) if isinstance(value, dict) else words(value)


def _names(value: Any) -> str | None:
    return ", ".join(filter(None, (words(item.get("name")) for item in _dicts(value)))) or None


def _named_like(said: Mapping[str, str], names: Sequence[str]) -> str | None:
    return next(
        (text for name, text in said.items() if any(n in name.lower() for n in names)), None
    )
