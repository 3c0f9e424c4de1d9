"""The word lists as one table of phrases, in the spellings and registers they are read in."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from enum import IntEnum, StrEnum
from functools import cache
from typing import Final, NamedTuple

from pipelines.attributes.lexicons import (
    LexiconError,
    PhraseRow,
    listed,
    phrase_rows,
    record_rows,
)


class Topic(IntEnum):
    """What a phrase speaks of."""

    DOMAIN = 0
    TIER = 1
    WORK_KIND = 2
    ENGAGEMENT = 3
    PLATFORM = 4
    COUNTRY = 5
    LANGUAGE = 6
    PEOPLE = 7
    MARKET = 8


class Register(StrEnum):
    """What sort of text is read: the same word can mean more in a title than in a sentence."""

    TITLE = "title"
    LABEL = "label"
    PROSE = "prose"
    PLACE = "place"


class Meaning(NamedTuple):
    """What a phrase says, and where its row stands.

    `beside` tells what must stand near: `people`, words of `speaking`, or nothing.
    """

    topic: Topic
    code: str
    weight: int
    flags: frozenset[str]
    where: str
    beside: str = ""


class Phrase(NamedTuple):
    """The words of a phrase in lower case, as written where capitals matter, its meanings."""

    words: tuple[str, ...]
    cased: tuple[str, ...] | None
    meanings: tuple[Meaning, ...]


class Openings(NamedTuple):
    """The phrases that open with one word: it alone, or longer ones by their second word."""

    alone: tuple[Phrase, ...]
    longer: dict[str, tuple[Phrase, ...]]


# Scripts written without spaces are read sign by sign; "C++" and "C#" are one word each.
_SIGNS = "\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
_HAS_SIGNS = re.compile(f"[{_SIGNS}]")
_ASCII_WORD = re.compile(r"([A-Za-z0-9]+(?:\+\+|\#)?)")
_WORD = re.compile(r"([^\W_]+(?:\+\+|\#)?)")
_WORD_OR_SIGN = re.compile(rf"([^\W_{_SIGNS}]+(?:\+\+|\#)?|[{_SIGNS}])")


def parts_of(text: str) -> list[str]:
    """Return a text cut into what stands between words (even places) and words (odd places)."""
    if text.isascii():
        return _ASCII_WORD.split(text)
    pattern = _WORD_OR_SIGN if _HAS_SIGNS.search(text) else _WORD
    return pattern.split(text)


def lower(text: str) -> str:
    """Return a text in lower case, sign by sign: every sign keeps its place."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(small if len(small := sign.lower()) == 1 else sign for sign in text)


_UNREAD: Final = {
    Register.TITLE: frozenset({"prose", "place"}),
    Register.LABEL: frozenset({"title", "place", "letters"}),
    Register.PROSE: frozenset({"title", "label", "place", "letters"}),
}
_PLURAL_TOPICS: Final = frozenset(Topic) - {Topic.PLATFORM, Topic.LANGUAGE}


def _plain(surface: str) -> str:
    """Return a surface without accents, as people type it on an English keyboard."""
    if not any("\u00c0" <= sign <= "\u024f" for sign in surface):
        return surface
    apart = unicodedata.normalize("NFKD", surface)
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


def _plurals(word: str) -> tuple[str, ...]:
    """Return the plurals of a word; "doctor" has an English and a Spanish one."""
    if not word.isalpha() or len(word) < 3 or word.endswith("s"):
        return ()
    if word.endswith("y") and word[-2] not in "aeiou":
        return (word[:-1] + "ies",)
    if word.endswith(("x", "ch", "sh", "z")):
        return (word + "es",)
    return (word + "s", word + "es") if word.endswith("or") else (word + "s",)


def spellings(surface: str, topic: Topic) -> Iterator[str]:
    """Yield a surface as written, without accents, and in the plural."""
    yield surface
    plain = _plain(surface)
    if plain != surface:
        yield plain
    head, _, last = surface.rpartition(" ")
    if topic in _PLURAL_TOPICS and not last.isupper():
        for plural in _plurals(last):
            yield f"{head} {plural}".strip()


def _weight(flags: frozenset[str]) -> int:
    return 1 if "weak" in flags else 3 if "strong" in flags else 2


def _from_rows(topic: Topic, rows: Iterable[PhraseRow]) -> Iterator[tuple[str, Meaning]]:
    for row in rows:
        yield row.surface, Meaning(topic, row.code, _weight(row.flags), row.flags, row.where)


def _names(topic: Topic, table: str, key: str) -> Iterator[tuple[str, Meaning]]:
    """Yield the names and aliases of a table of records."""
    for record in record_rows(table):
        for name in dict.fromkeys([record["name"], *listed(record["aliases"])]):
            yield name, Meaning(topic, record[key], 2, frozenset(), record["where"])


def _demonyms() -> Iterator[tuple[str, Meaning]]:
    """Yield "Kenyan" and "German"; the latter, being a language too, needs people beside it."""
    languages = {name for name, _ in _names(Topic.LANGUAGE, "languages.tsv", "language_code")}
    for record in record_rows("countries.tsv"):
        for name in listed(record["demonyms"]):
            is_language = name in languages
            flags = frozenset({"prose"} if is_language else ())
            beside = "people" if is_language else ""
            code, where = record["country_code"], record["where"]
            yield name, Meaning(Topic.COUNTRY, code, 2, flags, where, beside)


def _languages() -> Iterator[tuple[str, Meaning]]:
    demonyms = {
        name for record in record_rows("countries.tsv") for name in listed(record["demonyms"])
    }
    for name, meaning in _names(Topic.LANGUAGE, "languages.tsv", "language_code"):
        yield name, meaning._replace(beside="speaking" if name in demonyms else "")


def _everything() -> Iterator[tuple[str, Meaning]]:
    yield from _from_rows(Topic.DOMAIN, phrase_rows("domains.tsv"))
    yield from _from_rows(Topic.TIER, phrase_rows("tiers.tsv"))
    yield from _from_rows(Topic.WORK_KIND, phrase_rows("work_kinds.tsv"))
    yield from _from_rows(Topic.ENGAGEMENT, phrase_rows("engagement.tsv"))
    yield from _from_rows(Topic.PEOPLE, phrase_rows("people.tsv"))
    yield from _from_rows(Topic.MARKET, phrase_rows("market.tsv"))
    yield from _names(Topic.PLATFORM, "platforms.tsv", "platform_id")
    yield from _from_rows(Topic.PLATFORM, phrase_rows("not_platforms.tsv"))
    yield from _names(Topic.COUNTRY, "countries.tsv", "country_code")
    yield from _demonyms()
    yield from _from_rows(Topic.COUNTRY, phrase_rows("places.tsv"))
    yield from _languages()


def _is_read(meaning: Meaning, register: Register) -> bool:
    if register is Register.PLACE:
        return meaning.topic is Topic.COUNTRY and meaning.beside != "people"
    if meaning.topic is Topic.MARKET and register is Register.LABEL:
        return False
    return _UNREAD[register].isdisjoint(meaning.flags)


def _add(found: dict[str, dict[Topic, Meaning]], surface: str, meaning: Meaning) -> None:
    """Keep one meaning per topic; a place that is ambiguous on purpose replaces the country."""
    old = found.setdefault(surface, {}).get(meaning.topic)
    if old is not None and old.code != meaning.code and "ambiguous" not in meaning.flags:
        raise LexiconError(
            meaning.where,
            f"{surface!r} means {meaning.code} here and {old.code} at {old.where}; "
            "flag one `ambiguous` or drop it",
        )
    found[surface][meaning.topic] = meaning


def _spelled(register: Register) -> dict[str, dict[Topic, Meaning]]:
    """Return every spelling with its meanings; a written one wins over a built plural."""
    found: dict[str, dict[Topic, Meaning]] = {}
    for surface, meaning in _everything():
        if _is_read(meaning, register):
            _add(found, surface, meaning)
    spelled = {surface: dict(meanings) for surface, meanings in found.items()}
    for surface, meanings in found.items():
        for topic, meaning in meanings.items():
            for spelling in spellings(surface, topic):
                spelled.setdefault(spelling, {}).setdefault(topic, meaning)
    return spelled


@cache
def phrases_of(register: Register) -> dict[str, Openings]:
    """Return the phrases read in a register by their first word, the longest first.

    Raises:
        LexiconError: a row of a word list that cannot be used.
    """
    by_words: dict[tuple[str, str], list[Phrase]] = {}
    for surface, meanings in _spelled(register).items():
        raw = tuple(parts_of(surface)[1::2])
        words = tuple(map(lower, raw))
        phrase = Phrase(words, None if raw == words else raw, tuple(meanings.values()))
        by_words.setdefault((words[0], words[1] if len(words) > 1 else ""), []).append(phrase)
    table: dict[str, Openings] = {}
    for (first, second), phrases in by_words.items():
        opening = table.setdefault(first, Openings((), {}))
        ordered = tuple(sorted(phrases, key=lambda phrase: -len(phrase.words)))
        if second:
            opening.longer[second] = ordered
        else:
            table[first] = Openings(ordered, opening.longer)
    return table
