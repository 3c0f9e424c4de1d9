"""Finding the phrases of the word lists in a text: longest first, whole words only."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from functools import cache
from typing import Final, NamedTuple

from pipelines.attributes.lexicons import (
    NOTHING,
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


class Hit(NamedTuple):
    """A phrase found: what it says and where it stands, half-open, in code points."""

    start: int
    end: int
    topic: Topic
    code: str
    weight: int
    flags: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Meaning:
    topic: Topic
    code: str
    weight: int
    flags: frozenset[str]
    where: str


class _Phrase(NamedTuple):
    words: tuple[str, ...]
    cased: tuple[str, ...] | None
    meanings: tuple[_Meaning, ...]


# Scripts written without spaces are read sign by sign; "C++", "C#" and "U.S." are one word.
_SIGNS = "\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
_WORD = re.compile(
    rf"(?<!\w)(?:[^\W\d_]{{1,2}}\.)+[^\W\d_]{{1,2}}(?!\w)|[^\W_{_SIGNS}]+(?:\+\+|\#)?|[{_SIGNS}]"
)
_UNREAD: Final = {
    Register.TITLE: frozenset({"prose", "place"}),
    Register.LABEL: frozenset({"title", "place", "letters"}),
    Register.PROSE: frozenset({"title", "label", "place", "letters"}),
}
_PLURAL_TOPICS: Final = frozenset(Topic) - {Topic.PLATFORM, Topic.LANGUAGE}
_SPEAKING: Final = frozenset(
    [
        *("speaker", "speakers", "speaking", "language", "languages", "fluency", "fluent"),
        *("native", "bilingual", "in", "into", "from", "to", "and", "translation", "speech"),
        *("translator", "transcriber", "transcribers", "writer", "writers", "evaluator"),
        *("evaluators", "tutor", "tutors", "localization", "localisation", "prompt", "text"),
        *("transcript", "chat", "documents", "audio", "voice", "content", "rater", "raters"),
    ]
)


def words_of(text: str) -> list[str]:
    """Return the words of a text in lower case, as the phrase tables are compared."""
    return [word.lower() for word in _WORD.findall(text)]


def _plain(surface: str) -> str:
    """Return a surface without accents, as people type it on an English keyboard."""
    if not any("\u00c0" <= sign <= "\u024f" for sign in surface):
        return surface
    apart = unicodedata.normalize("NFKD", surface)
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


def _plural(word: str) -> str | None:
    """Return the English plural of a word, or None where there is none to build."""
    if not word.isascii() or not word.isalpha() or len(word) < 3 or word.endswith("ss"):
        return None
    if word.endswith("s"):
        return None
    if word.endswith("y") and word[-2] not in "aeiou":
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("x", "ch", "sh", "z")) else "s")


def _spellings(surface: str, topic: Topic) -> Iterator[str]:
    yield surface
    plain = _plain(surface)
    if plain != surface:
        yield plain
    head, _, last = surface.rpartition(" ")
    plural = _plural(last) if topic in _PLURAL_TOPICS and not last.isupper() else None
    if plural:
        yield f"{head} {plural}".strip()


def _weight(flags: frozenset[str]) -> int:
    return 1 if "weak" in flags else 3 if "strong" in flags else 2


def _from_rows(topic: Topic, rows: Iterable[PhraseRow]) -> Iterator[tuple[str, _Meaning]]:
    for row in rows:
        yield row.surface, _Meaning(topic, row.code, _weight(row.flags), row.flags, row.where)


def _names(topic: Topic, table: str, key: str) -> Iterator[tuple[str, _Meaning]]:
    """Yield the names and aliases of a table of records."""
    for record in record_rows(table):
        for name in dict.fromkeys([record["name"], *listed(record["aliases"])]):
            yield name, _Meaning(topic, record[key], 2, frozenset(), record["where"])


def _demonyms() -> Iterator[tuple[str, _Meaning]]:
    """Yield "Kenyan" and "German"; the latter, being a language too, needs people beside it."""
    languages = {name for name, _ in _names(Topic.LANGUAGE, "languages.tsv", "language_code")}
    for record in record_rows("countries.tsv"):
        for name in listed(record["demonyms"]):
            flags = frozenset({"prose", "people"} if name in languages else ())
            yield (
                name,
                _Meaning(Topic.COUNTRY, record["country_code"], 2, flags, record["where"]),
            )


def _languages() -> Iterator[tuple[str, _Meaning]]:
    demonyms = {
        name for record in record_rows("countries.tsv") for name in listed(record["demonyms"])
    }
    for name, meaning in _names(Topic.LANGUAGE, "languages.tsv", "language_code"):
        flags = frozenset({"speaking"}) if name in demonyms else frozenset[str]()
        yield name, _Meaning(Topic.LANGUAGE, meaning.code, 2, flags, meaning.where)


def _everything() -> Iterator[tuple[str, _Meaning]]:
    yield from _from_rows(Topic.DOMAIN, phrase_rows("domains.tsv"))
    yield from _from_rows(Topic.TIER, phrase_rows("tiers.tsv"))
    yield from _from_rows(Topic.WORK_KIND, phrase_rows("work_kinds.tsv"))
    yield from _from_rows(Topic.ENGAGEMENT, phrase_rows("engagement.tsv"))
    yield from _from_rows(Topic.PEOPLE, phrase_rows("people.tsv"))
    yield from _from_rows(Topic.MARKET, phrase_rows("market.tsv"))
    yield from _names(Topic.PLATFORM, "platforms.tsv", "platform_id")
    yield from _names(Topic.COUNTRY, "countries.tsv", "country_code")
    yield from _demonyms()
    yield from _from_rows(Topic.COUNTRY, phrase_rows("places.tsv"))
    yield from _languages()


def _is_read(meaning: _Meaning, register: Register) -> bool:
    if register is Register.PLACE:
        return meaning.topic is Topic.COUNTRY and "people" not in meaning.flags
    if meaning.topic is Topic.MARKET and register is Register.LABEL:
        return False
    return _UNREAD[register].isdisjoint(meaning.flags)


def _add(found: dict[str, dict[Topic, _Meaning]], surface: str, meaning: _Meaning) -> None:
    """Keep one meaning per topic; a place that is ambiguous on purpose replaces the country."""
    old = found.setdefault(surface, {}).get(meaning.topic)
    if old is not None and old.code != meaning.code and "ambiguous" not in meaning.flags:
        raise LexiconError(
            meaning.where,
            f"{surface!r} means {meaning.code} here and {old.code} at {old.where}; "
            "flag one `ambiguous` or drop it",
        )
    found[surface][meaning.topic] = meaning


@cache
def _table(register: Register) -> dict[str, tuple[_Phrase, ...]]:
    """Return the phrases by their first word, longest first."""
    found: dict[str, dict[Topic, _Meaning]] = {}
    for surface, meaning in _everything():
        if _is_read(meaning, register):
            _add(found, surface, meaning)
    spelled: dict[str, dict[Topic, _Meaning]] = {}
    for surface, meanings in found.items():
        for topic, meaning in meanings.items():
            for spelling in _spellings(surface, topic):
                spelled.setdefault(spelling, {}).setdefault(topic, meaning)
    table: dict[str, list[_Phrase]] = {}
    for surface, meanings in spelled.items():
        words = _WORD.findall(surface)
        folded = tuple(word.lower() for word in words)
        cased = None if surface == surface.lower() else tuple(words)
        phrase = _Phrase(folded, cased, tuple(meanings.values()))
        table.setdefault(folded[0], []).append(phrase)
    return {
        first: tuple(sorted(phrases, key=lambda phrase: -len(phrase.words)))
        for first, phrases in table.items()
    }


def _case_fits(wanted: tuple[str, ...], text: str, spans: list[tuple[int, int]]) -> bool:
    """Tell whether a phrase with capitals stands there with capitals."""
    return all(
        (raw := text[start:end]) == word or (raw.isupper() and len(raw) > 2)
        for word, (start, end) in zip(wanted, spans, strict=True)
    )


def _context_fits(meaning: _Meaning, words: list[str], at: int, length: int) -> bool:
    """Tell whether the words around allow the meaning: "German workers", "fluent German"."""
    flags = meaning.flags
    if "people" in flags:
        after = words[at + length : at + length + 3]
        return any(word in people() for word in after) and not _SPEAKING.intersection(after)
    if "speaking" in flags:
        around = words[max(0, at - 2) : at] + words[at + length : at + length + 2]
        return not _SPEAKING.isdisjoint(around)
    return True


@cache
def people() -> frozenset[str]:
    """Return the words for people who work, singular and plural."""
    return frozenset(
        spelling
        for row in phrase_rows("people.tsv")
        for spelling in _spellings(row.surface, Topic.PEOPLE)
    )


def find_phrases(text: str, register: Register) -> list[Hit]:
    """Return what the word lists say about a text, in order of place.

    At each place the longest phrase of a topic wins, and phrases of one topic never overlap.
    """
    table = _table(register)
    spans = [match.span() for match in _WORD.finditer(text)]
    words = [text[start:end].lower() for start, end in spans]
    hits: list[Hit] = []
    until = [0] * len(Topic)
    for at, word in enumerate(words):
        for phrase in table.get(word, ()):
            length = len(phrase.words)
            if length > 1 and tuple(words[at : at + length]) != phrase.words:
                continue
            if phrase.cased and not _case_fits(phrase.cased, text, spans[at : at + length]):
                continue
            for meaning in phrase.meanings:
                topic = meaning.topic
                if until[topic] > at or (
                    register is not Register.TITLE
                    and meaning.flags
                    and not _context_fits(meaning, words, at, length)
                ):
                    continue
                if topic is Topic.COUNTRY and text.startswith("$", spans[at + length - 1][1]):
                    continue
                if topic is Topic.PLATFORM:
                    until = [max(last, at + length) for last in until]
                until[topic] = at + length
                if meaning.code != NOTHING:
                    hits.append(
                        Hit(
                            spans[at][0],
                            spans[at + length - 1][1],
                            topic,
                            meaning.code,
                            meaning.weight,
                            meaning.flags,
                        )
                    )
    return hits
