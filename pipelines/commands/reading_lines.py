"""Readings as people and programs want them: aligned lines, JSON lines in and out."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any

from pipelines.parsing.engine import read
from pipelines.parsing.readings import Reading
from warehouse.vocabulary import PayPeriod

REQUEST_KEYS = {
    "id": (str, int),
    "text": (str,),
    "country": (str, type(None)),
    "language": (str, type(None)),
    "currency": (str, type(None)),
    "include_all": (bool,),
}
EXPECTED = (
    'an object {"id", "text", "country"?, "language"?, "currency"?, "include_all"?}: the id a '
    "text or whole number, include_all true or false, the others texts"
)
LONGEST_SHOWN = 80


class BadLineError(ValueError):
    """A line that is not a request; says what was there instead."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A reading and where it stands; `field_path` in place of a span for a structured field."""

    reading: Reading
    file: str | None = None
    page: int | None = None
    field_path: str | None = None


def answer_lines(lines: Iterable[bytes]) -> Iterator[tuple[bytes, bool]]:
    """Yield one JSON line in UTF-8 per input line, in order, and whether the input was good.

    A good line gives `{"id", "readings"}`; a bad one `{"id": null, "error": {"line",
    "expected", "got"}}`.
    """
    for number, line in enumerate(lines, start=1):
        try:
            request = parse_request(_decoded(line, is_first=number == 1))
        except BadLineError as problem:
            error = {"line": number, "expected": EXPECTED, "got": str(problem)}
            yield in_utf8(_json({"id": None, "error": error})), False
            continue
        name = _json(request.pop("id"))
        found = ",".join(to_json(reading) for reading in read(request.pop("text"), **request))
        yield in_utf8(f'{{"id":{name},"readings":[{found}]}}'), True


def in_utf8(line: str) -> bytes:
    """Return a line of JSON and its line feed in UTF-8; a lone surrogate is written escaped."""
    return line.encode("utf-8", "backslashreplace") + b"\n"


def _decoded(line: bytes, *, is_first: bool) -> str:
    try:
        return line.decode("utf-8-sig" if is_first else "utf-8")
    except UnicodeDecodeError as problem:
        message = f"bytes that are not UTF-8, the first at {problem.start}"
        raise BadLineError(message) from None


def parse_request(line: str) -> dict[str, Any]:
    """Return the request on a line.

    Raises:
        BadLineError: It is no JSON object, or one with other keys or types of value.
    """
    try:
        request = json.loads(line)
    except (ValueError, RecursionError):
        shown = line.strip()[:LONGEST_SHOWN]
        message = f"no JSON: {shown!r}" if shown else "an empty line"
        raise BadLineError(message) from None
    if not isinstance(request, dict):
        message = f"JSON, but no object: {line.strip()[:LONGEST_SHOWN]}"
        raise BadLineError(message)
    for problem in _problems(request):
        raise BadLineError(problem)
    return request


def _problems(request: dict[str, Any]) -> Iterator[str]:
    for key in ("id", "text"):
        if key not in request:
            yield f"an object without {key}"
    for key, value in request.items():
        if key not in REQUEST_KEYS:
            yield f"the unknown key {_json(key)}"
        elif not isinstance(value, REQUEST_KEYS[key]) or (
            isinstance(value, bool) and key != "include_all"
        ):
            yield f"{key} is {_json(value)[:LONGEST_SHOWN]}"


def placed_json(placed: Placed) -> str:
    """Return a reading with its place as one JSON object; a field has a path and no span."""
    place = {"file": placed.file, "page": placed.page, "field_path": placed.field_path}
    if placed.field_path is None:
        return to_json(placed.reading, **place)
    spanless = dict.fromkeys(("char_start", "char_end"))
    spanless["matched_text"] = placed.reading.matched_text or None
    return to_json(placed.reading, **place, **spanless)


def to_json(reading: Reading, **known: object) -> str:
    """Return a reading as one JSON object; amounts are numbers with every digit as read.

    What is `known` comes first, and stands in place of what the reading says.
    """
    said = {field.name: getattr(reading, field.name) for field in fields(Reading)}
    named = {**known, **{name: value for name, value in said.items() if name not in known}}
    return "{" + ",".join(f"{_json(name)}:{_value(named[name])}" for name in named) + "}"


def _value(value: object) -> str:
    return format(value, "f") if isinstance(value, Decimal) else _json(value)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def lines_for_people(found: Sequence[Placed]) -> Iterator[str]:
    """Yield one line per reading, in columns: amounts, meaning, place, rule, the words."""
    rows = [_cells(placed) for placed in found]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)][:-1]
    for *cells, words in rows:
        padded = (cell.ljust(width) for cell, width in zip(cells, widths, strict=True))
        yield "  ".join([*padded, words]).rstrip()


def _cells(placed: Placed) -> list[str]:
    reading = placed.reading
    words = " ".join(reading.matched_text.split())
    return [
        amount_text(reading),
        meaning_text(reading),
        _place(placed),
        reading.rule_id,
        f"“{words}”" if words else "",
    ]


def _place(placed: Placed) -> str:
    span = f"{placed.reading.char_start}-{placed.reading.char_end}"
    where = placed.field_path or span
    return where if placed.page is None else f"page {placed.page:,}, {where}"


def amount_text(reading: Reading) -> str:
    """Return the amounts in words: `35 to 125 or more USD per hour`, `up to 40 GBP per day`."""
    low, high = reading.amount_min, reading.amount_max
    amounts = span_text(low, high, is_max_open=reading.is_max_open)
    unit = unit_text(reading.pay_period, reading.per_count)
    about = "about " if reading.is_approximate else ""
    return f"{about}{amounts} {reading.currency or '(currency not stated)'} {unit}"


def span_text(low: Decimal | None, high: Decimal | None, *, is_max_open: bool) -> str:
    """Return two bounds in words: `15`, `62 to 95`, `up to 40`, `35 to 125 or more`."""
    if low is None:
        return "an amount not stated" if high is None else f"up to {high:,f}"
    if high is None:
        return f"{low:,f} or more"
    ends = f"{low:,f}" if low == high else f"{low:,f} to {high:,f}"
    return f"{ends} or more" if is_max_open else ends


def unit_text(period: str | None, count: int) -> str:
    """Return what is paid for in words: `per 1,000 words`, `once`, `(period not stated)`."""
    if period is None:
        return "(period not stated)"
    if period == PayPeriod.ONCE:
        return "once"
    unit = period.replace("_", " ")
    return f"per {unit}" if count == 1 else f"per {count:,} {unit}s"


def meaning_text(reading: Reading) -> str:
    """Return what the amounts are: `range, base`, `share of 20 %, base, gross`."""
    meaning = str(reading.statistic)
    if reading.share_percent is not None:
        meaning += f" of {reading.share_percent:f} %"
    tax = [str(reading.tax_treatment)] if reading.tax_treatment else []
    return ", ".join([meaning, str(reading.kind), *tax])
