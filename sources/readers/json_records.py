"""The records of a JSON document one by one, without holding them all at once.

A document is a list of records, one record, records line by line, or an object that holds the
list under one of the usual names.
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

LIST_NAMES = frozenset({
    "jobs", "postings", "listings", "results", "data", "items", "records", "offers",
    "positions", "content", "SearchResultItems",
})  # fmt: skip

# What the list may be wrapped in once more.
WRAPPERS = frozenset({"SearchResult"})

SPACE = re.compile(r"[\s\ufeff]*")
DECODER = json.JSONDecoder(parse_float=Decimal, strict=False)


@dataclass(frozen=True, slots=True)
class JsonRecord:
    """One record and its path; `value` is None where it cannot be read, with the text there."""

    path: str
    value: Any
    text: str = ""


class NotRecordsError(ValueError):
    """The text is no JSON, or JSON without records in it."""


def json_records(text: str) -> Iterator[JsonRecord]:
    """Yield the records of a JSON document in order.

    What cannot be read ends the document, and comes as a record without a value.

    Raises:
        NotRecordsError: There is no record at the start.
    """
    start = _skip(text, 0)
    first = text[start : start + 1]
    if first == "[":
        yield from _elements(text, start, "")
    elif first == "{":
        yield from _members(text, start)
    else:
        raise NotRecordsError(text[start : start + 80])


def json_lines(lines: Iterable[str]) -> Iterator[JsonRecord]:
    """Yield the records of a document that has one on each line; blank lines do not count.

    A line that cannot be read comes as a record without a value.
    """
    number = 0
    for whole in lines:
        line = whole.strip("\ufeff \t\r\n")
        if not line:
            continue
        try:
            value, behind = _value(line, 0)
        except ValueError:
            value, behind = None, 0
        yield JsonRecord(f"[{number}]", value if behind == len(line) else None, line[:500])
        number += 1


def are_lines(head: str) -> bool:
    """Return whether a document has a record on each line, judged by its first characters."""
    first, _, rest = head.lstrip("\ufeff \t\r\n").partition("\n")
    if first[:1] != "{" or rest.lstrip()[:1] != "{":
        return False
    try:
        return _value(first, 0)[1] == len(first.rstrip())
    except ValueError:
        return False


def _skip(text: str, place: int) -> int:
    found = SPACE.match(text, place)
    return found.end() if found else place


def _value(text: str, place: int) -> tuple[Any, int]:
    """Return the value at a place and the place behind it.

    Raises:
        ValueError: There is none, or it is nested absurdly deep.
    """
    try:
        return DECODER.raw_decode(text, place)
    except RecursionError:
        raise ValueError(place) from None


def _elements(text: str, start: int, path: str) -> Iterator[JsonRecord]:
    """Yield the elements of the list that begins at a place."""
    place = _skip(text, start + 1)
    number = 0
    while text[place : place + 1] != "]":
        here = f"{path}[{number}]"
        try:
            value, behind = _value(text, place)
        except ValueError:
            yield JsonRecord(here, None, text[place : place + 500])
            return
        yield JsonRecord(here, value)
        number += 1
        place = _skip(text, behind)
        if text[place : place + 1] == ",":
            place = _skip(text, place + 1)
        elif text[place : place + 1] != "]":
            yield JsonRecord(f"{path}[{number}]", None, text[place : place + 500])
            return


def _members(text: str, start: int, path: str = "") -> Iterator[JsonRecord]:
    """Yield the records of the list that an object holds, or the object as the one record."""
    place = _skip(text, start + 1)
    while text[place : place + 1] == '"':
        try:
            name, behind = _value(text, place)
            place = _skip(text, _skip(text, behind) + 1)
            if name in LIST_NAMES and text[place : place + 1] == "[":
                yield from _elements(text, place, f"{path}{name}")
                return
            if name in WRAPPERS and text[place : place + 1] == "{":
                yield from _members(text, place, f"{path}{name}.")
                return
            _, behind = _value(text, place)
        except ValueError:
            raise NotRecordsError(text[place : place + 80]) from None
        place = _skip(text, behind)
        if text[place : place + 1] == ",":
            place = _skip(text, place + 1)
    try:
        yield JsonRecord(path.removesuffix(".") or "$", _value(text, start)[0])
    except ValueError:
        raise NotRecordsError(text[place : place + 80]) from None
