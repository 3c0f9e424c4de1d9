"""Readings as people and programs want them: one line each, JSON lines in and out."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from decimal import Decimal
from typing import Any

from pipelines.parsing.engine import read
from pipelines.parsing.readings import Reading

REQUEST_KEYS = {
    "id": (str, int),
    "text": (str,),
    "country": (str, type(None)),
    "language": (str, type(None)),
    "currency": (str, type(None)),
    "include_all": (bool,),
}
EXPECTED = (
    'an object {"id", "text", "country"?, "language"?, "currency"?, "include_all"?}, '
    "the texts as strings, include_all as true or false"
)


class BadLineError(ValueError):
    """A line that is not a request; says what was there instead."""


def answer_lines(lines: Iterable[str]) -> Iterator[tuple[str, bool]]:
    """Yield one JSON line per input line, in order, and whether the input line was good.

    A good line gives `{"id", "readings"}`; a bad one `{"id": null, "error": {"line", "expected",
    "got"}}`.
    """
    for number, line in enumerate(lines, start=1):
        try:
            request = parse_request(line)
        except BadLineError as problem:
            error = {"line": number, "expected": EXPECTED, "got": str(problem)}
            yield json.dumps({"id": None, "error": error}, ensure_ascii=False), False
            continue
        name = json.dumps(request.pop("id"), ensure_ascii=False)
        found = ",".join(to_json(reading) for reading in read(request.pop("text"), **request))
        yield f'{{"id":{name},"readings":[{found}]}}', True


def parse_request(line: str) -> dict[str, Any]:
    """Return the request on a line.

    Raises:
        BadLineError: It is no JSON object, a key is missing or unknown, or a value of another type.
    """
    try:
        request = json.loads(line)
    except (ValueError, RecursionError):
        shown = line.strip()[:80]
        message = f"no JSON: {shown!r}" if shown else "an empty line"
        raise BadLineError(message) from None
    if not isinstance(request, dict):
        message = f"JSON, but no object: {line.strip()[:80]!r}"
        raise BadLineError(message)
    missing = [key for key in ("id", "text") if key not in request]
    unknown = [key for key in request if key not in REQUEST_KEYS]
    if missing or unknown:
        message = f"missing keys {missing}, unknown keys {unknown}"
        raise BadLineError(message)
    for key, value in request.items():
        if not isinstance(value, REQUEST_KEYS[key]) or (
            isinstance(value, bool) and key != "include_all"
        ):
            message = f"{key} is {json.dumps(value, ensure_ascii=False)[:80]}"
            raise BadLineError(message)
    return request


def to_json(reading: Reading, **first: object) -> str:
    """Return a reading as one JSON object; amounts are numbers with every digit as read."""
    named = {**first, **{field.name: getattr(reading, field.name) for field in fields(Reading)}}
    return "{" + ",".join(f"{json.dumps(k)}:{_value(v)}" for k, v in named.items()) + "}"


def _value(value: object) -> str:
    if isinstance(value, Decimal):
        return format(value, "f")
    return json.dumps(value, ensure_ascii=False)


def amount_text(reading: Reading) -> str:
    """Return the amounts in words: `35 to 125+ USD per hour`."""
    low, high = _plain(reading.amount_min), _plain(reading.amount_max)
    if reading.amount_min is None:
        amounts = f"up to {high}"
    elif reading.amount_max is None:
        amounts = f"{low} or more"
    elif low == high and not reading.is_max_open:
        amounts = low
    else:
        amounts = f"{low} to {high}{'+' if reading.is_max_open else ''}"
    return f"{amounts} {reading.currency or '(currency not stated)'} {period_text(reading)}"


def period_text(reading: Reading) -> str:
    """Return the pay period in words: `per 1000 words`, `(period not stated)`."""
    if reading.pay_period is None:
        return "(period not stated)"
    unit = reading.pay_period.replace("_", " ")
    return f"per {reading.per_count} {unit}s" if reading.per_count != 1 else f"per {unit}"


def _plain(amount: Decimal | None) -> str:
    return "" if amount is None else f"{amount:,f}"


def lines_for_people(readings: Sequence[Reading], where: str = "") -> Iterator[str]:
    """Yield one readable line per reading: amounts, meaning, place, the words, the rule."""
    for reading in readings:
        meaning = [str(reading.statistic)]
        if reading.share_percent is not None:
            meaning.append(f"{_plain(reading.share_percent)} %")
        if reading.kind != "base":
            meaning.append(str(reading.kind))
        place = f"{where}{reading.char_start}-{reading.char_end}"
        words = " ".join(reading.matched_text.split())
        yield (
            f"{amount_text(reading):<34} {', '.join(meaning):<18} "
            f"{place:<16} “{words}”  {reading.rule_id}"
        )
