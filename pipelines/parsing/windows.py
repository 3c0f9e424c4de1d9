"""Which stretches of a text are worth reading: a cheap scan for signs of an amount.

The scan only chooses. An amount needs a currency mark, a scale or a unit at its number, or
number words before a money word; the scan finds every place where one of these may stand, so
reading the chosen stretches gives what reading the whole text gives.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from pipelines.parsing.amounts import LONGEST_PREFIX
from pipelines.parsing.blocks import logical_line, ruled_table, sentences, table_around
from pipelines.parsing.lexer import FIRST_SPACELESS
from pipelines.parsing.lexicon import Row, lexicon, made_of_lists
from pipelines.parsing.text import DELETED, MOJIBAKE, digits_alike, folded

_DIGITS: Final = "0-9\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\u0e50-\u0e59\uff10-\uff19"
_SIGNS: Final = "$\u00a2-\u00a5\u0e3f\u20a0-\u20bf\uff04\uffe0-\uffe6"
# The bytes that begin characters of scripts without spaces in UTF-8.
_SPACELESS_BYTES: Final = re.compile(b"[\xe0\xe1\xe3-\xed]")
_ALL_ZERO: Final = bytes.maketrans(b"123456789", b"0" * 9)
# Lists whose words may stand right after the number of an amount, and right before it.
_UNITS: Final = frozenset({"per", "periods", "tax"})
_MARKS: Final = frozenset({"money_words", "currencies", "symbols", "scales"})
# Flags of markers that stand before the number.
_LEADING: Final = frozenset({"head", "before"})
_BEFORE_NUMBER: Final = frozenset({"money_words", "currencies", "symbols"})
_LAST_MARK: Final = re.compile(
    rb"([A-Za-z./\x80-\xff]+?)(?:\s|\xc2\xa0|\xe2\x80[\x80-\x8a\xaf]|\xe3\x80\x80)?$"
)
_HIDES_MARK: Final = frozenset({b";", b"*", b"_", b"`", b"\\", b":"})
# The colon of a label, with what may part it from its number ("Rate (USD): **30**").
_AFTER_LABEL: Final = re.compile(rb":[^0-9A-Za-z]{0,9}$")
_LONGEST_MARK: Final = 16
# How far before a word for money a number in words may begin, and the longest such word.
_SPELLED_REACH, _LONGEST_STEM = 90, 24
# How far from a word that names pay and unit its number may stand.
_GOVERNED: Final = 8
_ENDS_OF_RUNS: Final = (3, 6, 9, 12)
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
    data = text.encode("utf-8", "surrogatepass")
    if len(data) > len(text) and _may_be_foreign(data):
        data = digits_alike(text).encode("utf-8", "surrogatepass")
    places = [*_money_signs(data), *_marked_numbers(data)]
    if len(data) > len(text):
        places = _in_text(data, sorted(places))
        if _SPACELESS_BYTES.search(data):
            places += [found.end() - 1 for found in _character_signs().finditer(text)]
    return iter(sorted(places + _spelled_places(text, data)))


def _in_text(data: bytes, places: list[int]) -> list[int]:
    """Places in an encoded text as places in the text itself."""
    result: list[int] = []
    done = count = 0
    for place in places:
        count += len(data[done:place].decode("utf-8", "surrogatepass"))
        done = place
        result.append(count)
    return result


@made_of_lists
def _character_signs() -> "re.Pattern[str]":
    """A search for amounts that only other scripts write.

    A number in characters, one of them right before a money word; or a number soon after a word
    that names pay and unit in one ("月薪8000").
    """
    ends, starts, coins, heads = _character_words()
    spelled = f"{ends}(?= ?{starts})|{ends}(?= ?{coins})"
    return re.compile(f"{spelled}|{heads}[^\\d\\n]{{0,{_GOVERNED}}}\\d")


def _character_words() -> tuple[str, str, str, str]:
    """Patterns of scripts without spaces.

    Ends of number words, beginnings of words for money, scales that name a currency, and words
    that name pay and unit.
    """
    rows = lexicon().rows
    numbers = {one[-1] for one in (*_surfaces("numbers"), *_surfaces("scales"))}
    money = {one[0] for one in _surfaces("money_words")}
    ends, starts = (
        "".join(one for one in sorted(each) if one >= FIRST_SPACELESS)
        for each in (numbers, money)
    )
    coins = {
        row.surface
        for row in rows
        if row.concept == "scales" and row.surface >= FIRST_SPACELESS
        if any(flag.startswith("currency:") for flag in row.flags)
    }
    heads = {row.surface for row in rows if "governs" in row.flags}
    coined, named = (_tree(sorted(each)) for each in (coins, heads))
    return f"[{ends}]", f"[{starts}]", f"(?:{coined})", f"(?:{named})"


def _may_be_foreign(data: bytes) -> bool:
    """Whether there may be fullwidth forms or digits of other scripts."""
    return any(lead in data for lead in (b"\xef\xbc", b"\xef\xbd", b"\xe0", b"\xd9", b"\xdb"))


def _money_signs(data: bytes) -> list[int]:
    """The places of currency signs in a text encoded as UTF-8."""
    places: list[int] = []
    place = data.find(b"$")
    while place >= 0:
        places.append(place)
        place = data.find(b"$", place + 1)
    if data.isascii():
        return places
    for rare, signs in _foreign_signs():
        if rare in data:
            places += [found.start() for found in signs.finditer(data)]
    return places


@made_of_lists
def _foreign_signs() -> "tuple[tuple[int, re.Pattern[bytes]], ...]":
    """Patterns of the signs that are not ASCII, each with a byte that few texts hold."""
    signs = {chr(code) for first, last in _sign_ranges() for code in range(first, last + 1)}
    signs |= {garbled for garbled, clean in MOJIBAKE.items() if clean in signs}
    by_byte: dict[int, list[bytes]] = {}
    for sign in sorted(signs):
        encoded = sign.encode()
        by_byte.setdefault(encoded[-2] if len(encoded) > 2 else encoded[-1], []).append(encoded)
    return tuple(
        (rare, re.compile(b"|".join(map(re.escape, found)))) for rare, found in by_byte.items()
    )


def _sign_ranges() -> Iterator[tuple[int, int]]:
    for found in re.finditer("([^-])(?:-([^-]))?", _SIGNS.removeprefix("$")):
        yield ord(found[1]), ord(found[2] or found[1])


def _marked_numbers(data: bytes) -> list[int]:
    """The places of numbers with a mark, a scale or a unit beside them.

    Most numbers count years, people or hours. One search collects the words after all numbers
    (an empty one where a mark may stand before); most texts are settled by comparing two sets.
    Digits are made zeros before, because `re` finds one byte faster than a class of them.
    """
    alike = data.translate(_ALL_ZERO)
    numbers, words = _followers()
    if words.isdisjoint(numbers.findall(alike)):
        return []
    places: list[int] = []
    for found in numbers.finditer(alike):
        start = found.start()
        if found[1] is None and _has_sign_before(data, start):
            places.append(start)
            continue
        after = found if found[1] is not None else _after_number().match(alike, start)
        if after is not None and after[1] in words and _goes_on(after, alike):
            places.append(start)
    return places


def _goes_on(after: "re.Match[bytes]", alike: bytes) -> bool:
    """Whether the one character found of a script without spaces begins a listed word."""
    seconds = _second_characters().get(after[1])
    return seconds is None or alike[after.end() : after.end() + 3] in seconds


@made_of_lists
def _second_characters() -> dict[bytes, frozenset[bytes]]:
    """What may follow the first character of a word that is no word by itself."""
    seconds: dict[bytes, set[bytes]] = {}
    alone: set[bytes] = set()
    for surface in _suffix_surfaces(_UNITS | _MARKS):
        first, second = surface[:1].encode(), surface[1:2].encode()
        if len(first) == 3 and first >= b"\xe3" and len(second) in {0, 3}:
            seconds.setdefault(first, set()).add(second)
        if not second or len(second) != 3:
            alone.add(first)
    return {first: frozenset(each) for first, each in seconds.items() if first not in alone}


# A small bare number before these is a time of day ("3 pm").
_NO_CLOCK: Final = rb"(?!0{1,3}\s?[pP][mM]\b)"
_GROUPS: Final = rb"0(?:(?:[.,'/]|\xc2\xa0|\xe2\x80[\x99\xaf])?0)*+"
_DECORATION: Final = rb"(?:[.,](?:-|\xe2\x80[\x93\x94]){1,2}|/[-=])?"
_BLANK: Final = rb"(?:[\s(*_`\\-]|\xc2\xa0|\xe2\x80[\x80-\x8a\xaf]|\xe3\x80\x80){0,6}+"
# A word; in scripts without spaces one character.
_WORD: Final = rb"([/&]|[A-Za-z\xc3-\xdb][A-Za-z\x80-\xbf\xc3-\xdb]*+|\xc2.|[\xe0-\xef]..)"
_AFTER: Final = _NO_CLOCK + _GROUPS + _DECORATION + rb"[)\]*+]?" + _BLANK + _WORD


@made_of_lists
def _after_number() -> "re.Pattern[bytes]":
    return re.compile(_AFTER, re.DOTALL)


@made_of_lists
def _followers() -> "tuple[re.Pattern[bytes], frozenset[bytes]]":
    """A search for numbers, and the words that make one worth reading.

    The group is the word after the number; it is empty where a mark may stand before: after a
    capital, a capitalized word or a listed mark in small letters, after a colon (a heading may
    give the mark), markup, an entity or a character that is not ASCII.
    """
    first = rb"0(?<![0]0)(?<!0[.,']0)"
    after = _NO_CLOCK.replace(b"{1,3}", b"{0,2}") + _AFTER.removeprefix(_NO_CLOCK + b"0")
    glued = rb"(?<=[A-Za-z;*_`\\:./\x80-\xff]0)"
    spaced = rb"(?<=[A-Z:./\x80-\xff][ \n]0)"
    label = b"|".join(rb"(?<=:[^0-9A-Za-z]{%d}0)" % gap for gap in range(2, 6))
    before = rb"(?:%b|%b|%b|%b)" % (glued, spaced, label, _spaced_marks())
    numbers = re.compile(rb"%b(?:%b|%b)" % (first, before, after), re.DOTALL)
    forms = {form.encode() for one in _suffix_words() for form in _spellings(one)}
    return numbers, frozenset(forms | _deleted() | {b"/", b"&", b""})


def _spaced_marks() -> bytes:
    """Listed marks that end in a small letter, before a space and a number.

    A look behind has one length, and a check of the last letter spares most numbers the rest.
    """
    marks = sorted(mark for mark in _prefix_marks() if mark[-1:].islower() and mark.isascii())
    by_length = {len(mark): rb"" for mark in marks}
    for mark in marks:
        by_length[len(mark)] += b"|" + re.escape(mark)
    listed = b"|".join(rb"(?<=\b(?:%b)[ \n]0)" % group[1:] for group in by_length.values())
    ends = b"".join(sorted({mark[-1:] for mark in marks}))
    return rb"(?<=[%b][ \n]0)(?:%b)" % (ends, listed)


def _spellings(word: str) -> set[str]:
    return {word, word.lower(), word.title(), word.upper(), word.capitalize()}


@made_of_lists
def _deleted() -> frozenset[bytes]:
    """Characters that cleaning takes away: what comes after them may be a mark."""
    return frozenset(character.encode() for character in DELETED)


def _has_sign_before(data: bytes, start: int) -> bool:
    """Whether a mark, or what may hide one, stands right before a number.

    A listed mark ("USD 20", "R28", "Rs. 500"), an entity ("&pound;20"), a colon, markup, or a
    character that cleaning takes away.
    """
    before = data[max(0, start - _LONGEST_MARK) : start]
    if before[-1:] in _HIDES_MARK or _AFTER_LABEL.search(before):
        return True
    if before[-1:] >= b"\x80" and not _deleted().isdisjoint({before[-2:], before[-3:]}):
        return True
    word = _LAST_MARK.search(before)
    if word is None:
        return False
    # In scripts without spaces a mark is the last characters of a run, of three bytes each.
    ends = (word[1][-size:] for size in _ENDS_OF_RUNS)
    return not _prefix_marks().isdisjoint({word[1], word[1].rstrip(b"."), *ends})


@made_of_lists
def _prefix_marks() -> frozenset[bytes]:
    """Marks in letters that may stand before a number, in the spellings that count there.

    A word for money counts with a capital only ("Dollar 20"), but for euros and pounds.
    """
    marks: set[str] = set()
    for row in lexicon().rows:
        if row.concept not in _BEFORE_NUMBER or row.surface[-1:] in "$\u20b5\u00a3":
            continue
        last = row.surface.split()[-1]
        if "minor" in row.flags or "suffix" in row.flags:
            continue
        if row.concept == "money_words" and len(row.surface) > LONGEST_PREFIX:
            continue
        is_free = row.concept != "money_words" or row.value in {"EUR", "GBP"}
        keeps_case = row.concept != "money_words" and "any_case" not in row.flags
        marks |= {last} if keeps_case else {last.title(), last.upper()}
        marks |= {last.lower()} if is_free and not keeps_case else set()
    return frozenset(mark.encode() for mark in marks)


def _suffix_words() -> set[str]:
    """The first words of everything that may stand right after the number of an amount."""
    never = {row.surface for row in lexicon().rows if _parts_only(row)}
    units = {word for one in _suffix_surfaces(_UNITS) for word in _first_word(one)}
    marks = {word for one in _suffix_surfaces(_MARKS) for word in _first_word(one)}
    return units - never | marks


def _suffix_surfaces(concepts: frozenset[str]) -> Iterator[str]:
    for row in lexicon().rows:
        if row.concept in concepts and _LEADING.isdisjoint(row.flags):
            yield row.surface


def _parts_only(row: Row) -> bool:
    return row.concept == "grammar" and not _NEVER_AFTER_BARE.isdisjoint(row.value.split(","))


def _first_word(surface: str) -> Iterator[str]:
    """The first word of a surface; in a script without spaces its first character."""
    for form in {surface, digits_alike(surface), folded(surface)}:
        found = re.match(r"[A-Za-z\u0080-\u06ff]+|[^\x00-\x7f]", form.lstrip("*"))
        if found is not None:
            yield found[0].lower()


def _spelled_places(text: str, data: bytes) -> list[int]:
    """Places of number words before a money word, and of "six figures"."""
    low = data.lower()
    stems = _ascii_stems() if len(data) == len(text) else _all_stems()
    found = [stem.decode() for stem in stems if stem in low]
    return sorted({place for stem in found for place in _spelled_before(text, stem)})


def _spelled_before(text: str, stem: str) -> Iterator[int]:
    """The places of spelled amounts that end near a word for money."""
    low = text.lower()
    if len(low) != len(text):
        yield from (found.start() for found in _spelled_signs().finditer(text))
        return
    place = low.find(stem)
    while place >= 0:
        start, stop = max(0, place - _SPELLED_REACH), place + _LONGEST_STEM
        # A short word after a break begins many others (" lei" is in "leisure").
        is_whole = stem[0] not in " -" or not low[place + len(stem) : stop][:1].isalpha()
        if is_whole or low.startswith("s", place + len(stem)):
            for found in _spelled_signs().finditer(text, start, stop):
                yield found.start()
        place = low.find(stem, place + 1)


@made_of_lists
def _all_stems() -> tuple[bytes, ...]:
    """Beginnings of the words one of which every spelled amount has."""
    return tuple(stem.encode() for stem in _stems())


@made_of_lists
def _ascii_stems() -> tuple[bytes, ...]:
    return tuple(stem for stem in _all_stems() if stem.isascii())


def _stems() -> list[str]:
    """The shortest beginnings of the words for money that people count in words.

    One that begins many other words ("cent" is in "recent" and "percent") counts only after a
    break.
    """
    rows = [row for row in lexicon().rows if "spelled" in row.flags]
    single = {row.surface.lower() for row in rows if " " not in row.surface}
    words = {one.split()[-1] for one in _surfaces("figures")}
    for row in rows:
        *others, word = row.surface.lower().split()
        if not single.intersection(others):
            words |= {mark + word for mark in " -"} if "common" in row.flags else {word}
    stems: list[str] = []
    for word in sorted(words):
        if not stems or not word.startswith(stems[-1]):
            stems.append(word)
    return stems


@made_of_lists
def _spelled_signs() -> "re.Pattern[str]":
    numbers = _surfaces("numbers")
    figures = _surfaces("figures")
    money = "|".join(stem.strip(" -") for stem in _stems())
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


@made_of_lists
def column_scan() -> str:
    """A regular expression that finds in a column the texts that may state an amount.

    `read` surely finds nothing in a text without a match: it has no digit, no currency sign, no
    word for money that people count in words and no number in characters. It has no look-around
    and few words, so that RE2 and its like are quick with it.
    """
    letters = "\uff10-\uff19\uff21-\uff3a\uff41-\uff5a"
    garbled = "|".join(
        mark for mark, clean in MOJIBAKE.items() if re.match(f"[{_SIGNS}]", clean)
    )
    words = _folded("|".join(stem.strip(" -") for stem in _stems()))
    ends, starts, coins, _ = _character_words()
    characters = f"{ends} ?{starts}|{ends} ?{coins}"
    return f"[{_SIGNS}{_DIGITS}{letters}]|{garbled}|(?i:{words})|{characters}"


def _folded(words: str) -> str:
    """Words as `re` compares them without regard to case: to it, these are an i as well."""
    return words.replace("i", "[i\u0130\u0131]")
