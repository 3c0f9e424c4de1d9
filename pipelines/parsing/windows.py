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
from pipelines.parsing.text import DELETED, MOJIBAKE, digits_alike

_DIGITS: Final = "0-9\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\u0e50-\u0e59\uff10-\uff19"
_SIGNS: Final = "$\u00a2-\u00a5\u0e3f\u20a0-\u20bf\uff04\uffe0-\uffe6"
_ALL_ZERO: Final = bytes.maketrans(b"123456789", b"0" * 9)
# Lists whose words may stand right after the number of an amount, and right before it.
_AFTER_NUMBER: Final = frozenset(
    {"per", "periods", "money_words", "currencies", "symbols", "scales", "tax"}
)
_BEFORE_NUMBER: Final = frozenset({"money_words", "currencies", "symbols"})
_LAST_MARK: Final = re.compile(rb"[A-Za-z./\x80-\xff]+$")
_BLANKS: Final = frozenset({b" ", b"\n", b"\t", b"\xa0", b"\xc2", b"\xaf", b"\x80", b"\xe2"})
_LONGEST_MARK: Final = 16
# A bare number is no amount before these, so they are no sign after a number.
_NEVER_AFTER_BARE: Final = frozenset({"article", "span"})


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
    signs = re.finditer(f"[{_DIGITS}{_SIGNS}]", text)
    data = text.encode("utf-8", "surrogatepass")
    return iter(sorted({*(found.start() for found in signs), *_spelled_places(text, data)}))


def _sign_places(text: str) -> Iterator[int]:
    """The places where an amount may stand, in order."""
    alike = text if text.isascii() else digits_alike(text)
    data = alike.encode("utf-8", "surrogatepass")
    places = [*_money_signs(data), *_marked_numbers(data)]
    if len(data) > len(text):
        places = [len(data[:place].decode("utf-8", "surrogatepass")) for place in places]
    return iter(sorted(places + _spelled_places(text, data)))


def _money_signs(data: bytes) -> Iterator[int]:
    """The places of currency signs in a text encoded as UTF-8."""
    place = data.find(b"$")
    while place >= 0:
        yield place
        place = data.find(b"$", place + 1)
    if data.isascii():
        return
    for lead, signs in _signs_by_lead():
        if lead in data:
            yield from (found.start() for found in signs.finditer(data))


@cache
def _signs_by_lead() -> "tuple[tuple[bytes, re.Pattern[bytes]], ...]":
    """Patterns of the signs that are not ASCII, by the bytes that they begin with."""
    signs = {chr(code) for first, last in _sign_ranges() for code in range(first, last + 1)}
    signs |= {garbled for garbled, clean in MOJIBAKE.items() if clean in signs}
    leads: dict[bytes, list[bytes]] = {}
    for sign in sorted(signs):
        encoded = sign.encode()
        leads.setdefault(encoded[: max(1, min(2, len(encoded) - 1))], []).append(encoded)
    return tuple(
        (lead, re.compile(b"|".join(map(re.escape, found)))) for lead, found in leads.items()
    )


def _sign_ranges() -> Iterator[tuple[int, int]]:
    for found in re.finditer("([^-])(?:-([^-]))?", _SIGNS.removeprefix("$")):
        yield ord(found[1]), ord(found[2] or found[1])


def _marked_numbers(data: bytes) -> Iterator[int]:
    """The places of numbers with a mark, a scale or a unit beside them.

    Most numbers count years, people or hours. One search finds them all with the word after
    each; sets tell which words matter. Digits are made zeros before, because `re` finds one
    byte faster than a class of them.
    """
    numbers, words = _followers()
    for found in numbers.finditer(data.translate(_ALL_ZERO)):
        kind = found.lastindex
        is_sign = kind == 1 or (kind == 2 and found[2] in words)
        if is_sign or _has_mark_before(data, found.start()):
            yield found.start()


@cache
def _followers() -> "tuple[re.Pattern[bytes], frozenset[bytes]]":
    """A search for numbers, and the words that make one worth reading.

    The first group is what may stand before the number instead: an entity ("&pound;20"), a
    colon, after which a heading may give the mark ("Rate (USD): 30"), markup or a character
    that cleaning takes away. The second group is the word after the number; in scripts
    without spaces it is one character.
    """
    first = rb"0(?<![0]0)(?<!0[.,']0)"
    odd = b"|".join(b"(?<=%b0)" % re.escape(character) for character in sorted(_deleted()))
    before = rb"((?<=[;*_`\\:]0)|(?<=[:][ \n]0)|(?<=:\xc2\xa00)|%b)" % odd
    blank = rb"(?:[\s(*_`\\-]|\xc2\xa0|\xe2\x80[\x80-\x8a\xaf]|\xe3\x80\x80)"
    letters = rb"[A-Za-z\xc3-\xdb][A-Za-z\x80-\xbf\xc3-\xdb]*+"
    word = rb"([/&]|%b|\xc2.|[\xe0-\xef]..)" % letters
    digits = rb"(?:[0.,'/=-]|\xc2\xa0|\xe2\x80[\x99\xaf])*+"
    after = digits + rb"[)\]*+]?" + blank + rb"{0,6}+" + word
    forms = {form.encode() for one in _suffix_words() for form in _spellings(one)}
    numbers = re.compile(rb"%b(?:%b|%b|)" % (first, before, after), re.DOTALL)
    return numbers, frozenset(forms | _deleted() | {b"/", b"&"})


def _spellings(word: str) -> set[str]:
    return {word, word.lower(), word.title(), word.upper(), word.capitalize()}


def _deleted() -> set[bytes]:
    """Characters that cleaning takes away: what comes after them may be a mark."""
    return {character.encode() for character in DELETED}


def _has_mark_before(data: bytes, start: int) -> bool:
    """Whether a listed mark stands right before a number: "USD 20", "R28", "Rs. 500"."""
    marks, ends = _prefix_marks()
    stop = start
    while stop > start - 3 and data[stop - 1 : stop] in _BLANKS:
        stop -= 1
    if data[stop - 1 : stop] not in ends:
        return False
    word = _LAST_MARK.search(data, max(0, stop - _LONGEST_MARK), stop)
    return word is not None and not marks.isdisjoint(_endings(word[0]))


def _endings(word: bytes) -> Iterator[bytes]:
    """The word, and its last characters where a mark is glued to a word ("VIPRs")."""
    yield word
    yield word.rstrip(b".")


@cache
def _prefix_marks() -> tuple[frozenset[bytes], frozenset[bytes]]:
    """Marks in letters that may stand before a number, and the bytes that they end with."""
    marks: set[bytes] = set()
    for row in lexicon().rows:
        if row.concept in _BEFORE_NUMBER and row.surface[-1:] not in "$\u20b5\u00a3":
            marks |= {form.encode() for form in _spellings(row.surface.split()[-1])}
    return frozenset(marks), frozenset({mark[-1:] for mark in marks} | {b"."})


def _suffix_words() -> set[str]:
    """The first words of everything that may stand right after the number of an amount."""
    words: set[str] = set()
    for row in lexicon().rows:
        if row.concept in _AFTER_NUMBER:
            words |= set(_first_word(row))
    never = {row.surface for row in lexicon().rows if _parts_only(row)}
    return words - never


def _parts_only(row: Row) -> bool:
    return row.concept == "grammar" and not _NEVER_AFTER_BARE.isdisjoint(row.value.split(","))


def _first_word(row: Row) -> Iterator[str]:
    """The first word of a surface; in a script without spaces its first character."""
    found = re.match(r"[A-Za-z\u0080-\u06ff]+|.", row.surface.lstrip("*"))
    if found is not None:
        yield found[0].lower()


def _spelled_places(text: str, data: bytes) -> list[int]:
    """Places of number words before a money word, and of "six figures"."""
    low = data.lower()
    for stem in _spelled_stems(is_ascii=len(data) == len(text)):
        if stem in low:
            return [found.start() for found in _spelled_signs().finditer(text)]
    return []


@cache
def _spelled_stems(*, is_ascii: bool) -> tuple[bytes, ...]:
    """Beginnings of the words one of which every spelled amount has."""
    stems = [stem for stem in _stems() if not is_ascii or stem.isascii()]
    return tuple(stem.encode() for stem in stems)


def _stems() -> list[str]:
    """The shortest beginnings of the words for money that people count in words.

    One that begins many other words ("cent" is in "recent" and "percent") counts only after a
    break.
    """
    words = {one.split()[-1] for one in _surfaces("figures")}
    for row in lexicon().rows:
        if "spelled" in row.flags:
            word = row.surface.lower().split()[-1]
            words |= {mark + word for mark in " -\n"} if "common" in row.flags else {word}
    stems: list[str] = []
    for word in sorted(words):
        if not stems or not word.startswith(stems[-1]):
            stems.append(word)
    return stems


@cache
def _spelled_signs() -> "re.Pattern[str]":
    numbers = _surfaces("numbers")
    figures = _surfaces("figures")
    money = "|".join(stem.strip(" -\n") for stem in _stems())
    return re.compile(
        rf"(?i)(?<![A-Za-z])(?:(?:{_tree(numbers)})[\s-]+(?:[A-Za-z]+[\s-]+){{0,2}}?(?:{money})"
        rf"|{'|'.join('[ -]+'.join(one.split()) for one in figures)})"
    )


def _surfaces(concept: str) -> list[str]:
    return sorted(row.surface for row in lexicon().rows if row.concept == concept)


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
