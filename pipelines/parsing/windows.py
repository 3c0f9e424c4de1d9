"""Which stretches of a text are worth reading: a cheap scan for signs of an amount.

The scan only chooses. An amount needs a currency mark, a scale or a unit at its number, or
number words before a money word; the scan finds every place where one of these may stand, so
reading the chosen stretches gives what reading the whole text gives.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Final, NamedTuple

from pipelines.parsing.blocks import logical_line, ruled_table, sentences, table_around
from pipelines.parsing.lexicon import Row, lexicon

# An unmarked number is no amount before these, so they are no sign after a number.
_NEVER_AFTER_BARE: Final = frozenset({"a", "an", "for", "in", "by", "die", "la", "al", "on"})
_DIGITS: Final = "0-9\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\u0e50-\u0e59\uff10-\uff19"
_SIGNS: Final = "$\u00a2-\u00a5\u0e3f\u20a0-\u20bf\uff04\uffe0-\uffe6"
_DIGITS_ALIKE: Final = bytes.maketrans(b"123456789", b"000000000")
_SPELLED: Final = ("dollar", "buck", "pound", "quid", "euro", "rupee", "peso", "cents", "pence")

_SPELLED_STEMS: Final = (*_SPELLED, "figure")


class Stretch(NamedTuple):
    """A part of a text to read: a sentence or a table."""

    start: int
    end: int
    is_table: bool


def stretches(text: str, *, whole: bool = False) -> Iterator[Stretch]:
    """The stretches worth reading, in order; with `whole`, every stretch of the text."""
    places = iter(()) if whole else _sign_places(text)
    has_tables = "|" in text or "\t" in text
    has_rules = has_tables or "---" in text or ("=" in text and "===" in text)
    if has_rules and not whole:
        places = _table_signs(text)
    floor = 0
    place = 0 if whole else next(places, None)
    while place is not None and floor < len(text):
        block = _table(text, place, has_tables=has_tables) if has_rules else None
        if block is not None:
            yield Stretch(max(block[0], floor), block[1], is_table=True)
            floor = block[1] + 1
        else:
            start, floor = logical_line(text, place, floor)
            for first, last in sentences(text, start, floor):
                place = _next_from(places, place, first)
                if whole or (place is not None and place < last):
                    yield Stretch(first, last, is_table=False)
            floor += 1
        place = floor if whole else _next_from(places, place, floor)


def _next_from(places: Iterator[int], place: int | None, floor: int) -> int | None:
    """The first of the places, the one in hand included, that is not before the floor."""
    while place is not None and place < floor:
        place = next(places, None)
    return place


def _table(text: str, place: int, *, has_tables: bool) -> tuple[int, int] | None:
    found = table_around(text, place) if has_tables else None
    return found or ruled_table(text, place)


def _table_signs(text: str) -> Iterator[int]:
    """In a text with tables every digit is a sign: a column may give the unit."""
    spelled = "|".join(_SPELLED)
    signs = re.finditer(f"[{_DIGITS}{_SIGNS}]|(?i:figures?|{spelled})", text)
    return (found.start() for found in signs)


def _sign_places(text: str) -> Iterator[int]:
    """The places where an amount may stand, in order."""
    spelled = _spelled_places(text)
    is_ascii = text.isascii()
    if is_ascii and _lacks_marks(text):
        places = _dollar_places(text)
    else:
        signs = _ascii_signs() if is_ascii else _general_signs()
        places = (found.start() for found in signs.finditer(text))
    return iter(sorted([*places, *spelled])) if spelled else places


def _dollar_places(text: str) -> Iterator[int]:
    place = text.find("$")
    while place >= 0:
        yield place
        place = text.find("$", place + 1)


def _lacks_marks(text: str) -> bool:
    """Whether no number, but for those after a sign, has a mark, scale or unit beside it.

    One search collects the words after all numbers (an empty one for a mark before the number);
    most texts are settled by comparing two sets. All digits are made zeros before, because
    `re` finds one character faster than a class of them.
    """
    words, marks = _followers()
    alike = text.encode().translate(_DIGITS_ALIKE).decode()
    return marks.isdisjoint(words.findall(alike))


@cache
def _followers() -> "tuple[re.Pattern[str], frozenset[str]]":
    before = _before("0", "[A-Z]")
    first = r"0(?<![$0]0)(?<!0[.,']0)"
    after = r"[0.,']*+[)\]*+]?[\s(-]{0,2}(/|[A-Za-z]++)"
    words = re.compile(rf"{first}(?:{before}|{after})")
    suffixes = _suffix_words()
    spellings = {form for word in suffixes for form in (word, word.title(), word.upper())}
    return words, frozenset(spellings | {"", "/"})


def _spelled_places(text: str) -> list[int]:
    """Places of number words before a money word, and of "six figures"."""
    low = text.lower()
    for stem in _SPELLED_STEMS:
        if stem in low:
            return [found.start() for found in _spelled_signs().finditer(text)]
    return []


@cache
def _spelled_signs() -> "re.Pattern[str]":
    numbers = _surfaces("numbers")
    figures = _surfaces("figures")
    money = "|".join(stem.strip() for stem in _SPELLED)
    return re.compile(
        rf"(?i)(?<![A-Za-z])(?:(?:{_tree(numbers)})[\s-]+(?:[A-Za-z]+[\s-]+){{0,2}}?(?:{money})"
        rf"|{'|'.join('[ -]+'.join(one.split()) for one in figures)})"
    )


@cache
def _ascii_signs() -> "re.Pattern[str]":
    return _signs("0-9", "$", r"[A-Z]", "")


@cache
def _general_signs() -> "re.Pattern[str]":
    ordinary = "\u00a0\u2000-\u2015\u2018-\u2022\u2026\u202f"
    other = rf"[^\x00-\x7f{ordinary}]"
    return _signs(_DIGITS, _SIGNS, rf"(?:[A-Z]|{other})", f"|{other}")


def _signs(digits: str, signs: str, mark_end: str, other: str) -> "re.Pattern[str]":
    """A search for a currency sign, or a number with a mark, scale or unit beside it.

    It starts with one character class, which `re` scans quickly; the tests behind it run only
    at the first digit of a number.
    """
    before = _before(digits, mark_end)
    after = _branches(_suffix_words())
    number = rf"[{digits}.,'\u2019\u00a0]*+[)\]*+]?[\s\u00a0(-]{{0,2}}"
    is_first = rf"(?<![{digits}][{digits}])(?<![{digits}][.,'][{digits}])"
    return re.compile(
        rf"[{signs}{digits}](?:(?<=[{signs}])"
        rf"|{is_first}(?:{before}|{number}(?:/|{after}{other})))"
    )


def _before(digits: str, mark_end: str) -> str:
    """What may stand before a number that has its mark in front.

    A letter or sign glued to it, a capital, full stop or colon and a space ("USD 20",
    "Rs. 500", "Rate (USD): 30"), or a listed mark that ends in a small letter ("Rs 500",
    "Euro 20").
    """
    marks = _small_marks()
    lengths = sorted({len(mark) for mark in marks})
    alike = ([mark for mark in marks if len(mark) == length] for length in lengths)
    listed = "|".join(rf"(?<=\b{_tree(group)}[ \u00a0][{digits}])" for group in alike)
    ends = "".join(sorted({mark[-1] for mark in marks}))
    glued = (
        mark_end[:-1] + "a-z#;./]" if mark_end.startswith("[") else f"(?:{mark_end}|[a-z#;./])"
    )
    spaced = mark_end[:-1] + ".:]" if mark_end.startswith("[") else f"(?:{mark_end}|[.:])"
    return (
        f"(?<={glued}[{digits}])|(?<={spaced}[ \u00a0][{digits}])"
        f"|(?<=[{ends}][ \u00a0][{digits}])(?:{listed})"
    )


def _small_marks() -> list[str]:
    """Marks before a number that end in a small letter."""
    marks = {
        row.surface
        for row in lexicon().rows
        if row.concept in {"symbols", "money_words"}
        if row.surface.isascii() and row.surface[-1:].islower() and row.surface.isalpha()
        if row.concept != "money_words" or row.value in {"EUR", "GBP"}
    }
    marks |= {mark.lower() for mark in marks} | {mark.title() for mark in marks}
    marks |= {row.surface.lower() for row in lexicon().rows if "any_case" in row.flags}
    return sorted(marks)


def _suffix_words() -> list[str]:
    """The first words of everything that may stand right after the number of an amount."""
    wanted = {"per", "periods", "money_words", "currencies", "symbols", "scales"}
    words: set[str] = set()
    for row in lexicon().rows:
        if row.concept in wanted:
            words |= set(_first_word(row))
    return sorted(words - _NEVER_AFTER_BARE)


def _first_word(row: Row) -> Iterator[str]:
    found = re.match(r"[A-Za-z]+", row.surface)
    if found is not None:
        yield found[0].lower()


def _surfaces(concept: str) -> list[str]:
    return sorted(row.surface for row in lexicon().rows if row.concept == concept)


def _branches(words: list[str]) -> str:
    """Alternatives by first letter: `re` skips a class without trying its branch."""
    letters = sorted({word[0] for word in words})
    parts = (
        f"[{first}{first.upper()}](?i:{_tree(word[1:] for word in words if word[0] == first)})"
        for first in letters
    )
    return f"(?:{'|'.join(parts)})(?![A-Za-z])"


def _tree(words: Iterable[str]) -> str:
    """A pattern for a list of words that shares their beginnings, so that few are tried."""
    branches: dict[str, list[str]] = {}
    ends = False
    for word in words:
        if word:
            branches.setdefault(word[0], []).append(word[1:])
        else:
            ends = True
    if not branches:
        return ""
    parts = [re.escape(letter) + _tree(rest) for letter, rest in sorted(branches.items())]
    joined = parts[0] if len(parts) == 1 else f"(?:{'|'.join(parts)})"
    return f"(?:{joined})?" if ends else joined
