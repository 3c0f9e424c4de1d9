"""The notation of the examples: ``TEXT => AMOUNT CUR/PERIOD statistic kind [tax]``.

A point is ``50``, a range ``50..75``, a floor ``50..``, a ceiling ``..50``, an open top
``35..125+``, an open bottom ``<2..8``; ``word*1000`` is per 1,000 words, ``?`` stands for null
and the empty-set sign for nothing. What follows in brackets is seen only with `include_all`.
``[CA]`` before the text is the caller's country. Line breaks and tabs are spelled with
their own signs, so that an example stays on one line.
"""

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Final, NamedTuple

from pipelines.parsing.readings import Reading

_SIGNS: Final = {"\u23ce": "\n", "\u21e5": "\t", "\u237d": "\u00a0", "\u2027": "\u00ad"}
_HINT: Final = re.compile(r"\[([A-Z]{2})\] ")
NOTHING: Final = "\u2205"


class Expected(NamedTuple):
    """One expected or found reading, reduced to what the notation can say."""

    low: Decimal | None
    high: Decimal | None
    is_min_open: bool
    is_max_open: bool
    unit: str
    statistic: str
    kind: str
    tax: str | None


def example_text(written: str) -> tuple[str, str | None]:
    """The text of an example, and the country hint in front of it."""
    hint = _HINT.match(written)
    text = written[hint.end() :] if hint else written
    for sign, character in _SIGNS.items():
        text = text.replace(sign, character)
    return text, hint[1] if hint else None


def expected_readings(written: str) -> tuple[list[Expected], list[Expected]]:
    """The readings an example asks for: in the default answer, and beyond it."""
    default, _, beyond = written.partition("(")
    return _parse_list(default), _parse_list(beyond.rstrip(") "))


def _parse_list(written: str) -> list[Expected]:
    parts = [part.strip() for part in written.split(";")]
    return [_parse(part) for part in parts if part and not part.startswith((NOTHING, "\u2026"))]


def _parse(written: str) -> Expected:
    amount, unit, statistic, kind, *tax = written.split()
    low, high, min_open, max_open = _parse_amount(amount)
    return Expected(
        low, high, min_open, max_open, unit, statistic, kind, tax[0] if tax else None
    )


def _parse_amount(written: str) -> tuple[Decimal | None, Decimal | None, bool, bool]:
    low, dots, high = written.partition("..")
    if not dots:
        return Decimal(low), Decimal(low), False, False
    is_min_open = low == "" or low.startswith("<")
    is_max_open = high == "" or high.endswith("+")
    low, high = low.lstrip("<"), high.rstrip("+")
    return (
        Decimal(low) if low else None,
        Decimal(high) if high else None,
        is_min_open,
        is_max_open,
    )


def summarize(readings: Iterable[Reading]) -> list[Expected]:
    """Readings in the terms of the notation."""
    return [
        Expected(
            reading.amount_min,
            reading.amount_max,
            reading.is_min_open,
            reading.is_max_open,
            _unit(reading),
            str(reading.statistic),
            str(reading.kind),
            str(reading.tax_treatment) if reading.tax_treatment else None,
        )
        for reading in readings
    ]


def _unit(reading: Reading) -> str:
    period = str(reading.pay_period) if reading.pay_period else "?"
    count = f"*{reading.per_count}" if reading.per_count != 1 else ""
    return f"{reading.currency or '?'}/{period}{count}"


def write(reading: Reading) -> str:
    """A reading in the notation, for people."""
    summary = summarize([reading])[0]
    words = [_amount(summary), summary.unit, summary.statistic, summary.kind, summary.tax or ""]
    return " ".join(filter(None, words))


def _amount(one: Expected) -> str:
    if one.low == one.high and not one.is_min_open and not one.is_max_open:
        return f"{one.low:f}" if one.low is not None else "?"
    low = "" if one.low is None else f"{'<' if one.is_min_open else ''}{one.low:f}"
    high = "" if one.high is None else f"{one.high:f}{'+' if one.is_max_open else ''}"
    return f"{low}..{high}"
