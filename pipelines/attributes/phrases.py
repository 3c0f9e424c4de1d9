"""Finding the phrases of the word lists in a text: longest first, whole words only."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import accumulate
from typing import Final, NamedTuple

from pipelines.attributes.lexicons import NOTHING, phrase_rows
from pipelines.attributes.phrase_table import (
    Phrase,
    Register,
    Topic,
    lower,
    parts_of,
    phrases_of,
    spellings,
)


class Hit(NamedTuple):
    """A phrase found: what it says and where it stands, half-open, in code points."""

    start: int
    end: int
    topic: Topic
    code: str
    weight: int
    flags: frozenset[str]

    def moved(self, by: int) -> "Hit":
        """Return the same hit some code points further on."""
        start, end, topic, code, weight, flags = self
        return Hit(start + by, end + by, topic, code, weight, flags)


def by_topic(hits: Iterable[Hit]) -> dict[Topic, list[Hit]]:
    """Return the hits of each topic that speaks, in order of place."""
    found: dict[Topic, list[Hit]] = {}
    for hit in hits:
        found.setdefault(hit.topic, []).append(hit)
    return found


_SPEAKING: Final = frozenset(
    [
        *("speaker", "speakers", "speaking", "language", "languages", "fluency", "fluent"),
        *("voice", "audio", "accent", "dialect", "conversation", "conversations", "prompts"),
        *("native", "bilingual", "in", "into", "from", "to", "and", "translation", "speech"),
        *("translator", "transcriber", "transcribers", "writer", "writers", "evaluator"),
        *("evaluators", "tutor", "tutors", "localization", "localisation", "prompt", "text"),
        *("transcript", "chat", "documents", "content", "rater", "raters"),
    ]
)
_WALL = re.compile(r"[,;:()\[\]|!?•]")
"""What a phrase does not reach across: "law, experts" is no "law expert"."""
_ACROSS: Final = frozenset({Topic.COUNTRY, Topic.PLATFORM})
"""Names may: "Congo, Republic of the"."""
_PLATFORM: Final = Topic.PLATFORM
_OF_MONEY: Final = frozenset({Topic.COUNTRY, Topic.LANGUAGE})
_MONEY: Final = frozenset(
    [
        *(
            "dollar",
            "dollars",
            "cent",
            "cents",
            "pound",
            "pounds",
            "peso",
            "pesos",
            "yuan",
            "yen",
        ),
        *(
            "rupee",
            "rupees",
            "franc",
            "francs",
            "rand",
            "real",
            "reais",
            "shilling",
            "shillings",
        ),
        *("won", "krone", "kroner", "krona", "zloty", "naira", "money", "currency"),
    ]
)
_KEPT_IN_NAMES: Final = frozenset({Topic.PLATFORM, Topic.ENGAGEMENT, Topic.PEOPLE})
"""What still speaks inside the name of a platform: "MOVE Fellow"; "Babel Audio" is no field."""


@cache
def people() -> frozenset[str]:
    """Return the words for people who work, singular and plural."""
    return frozenset(
        spelling
        for row in phrase_rows("people.tsv")
        for spelling in spellings(row.surface, Topic.PEOPLE)
    )


def find_phrases(text: str, register: Register) -> list[Hit]:
    """Return what the word lists say about a text, in order of place.

    At each place the longest phrase of a topic wins, and phrases of one topic never overlap.
    """
    reading = _Reading(text, register)
    words = reading.words
    following = [*words[1:], ""]
    for at, opening in enumerate(map(phrases_of(register).get, words)):
        if opening is None:
            continue
        alone, longer = opening
        for phrase in longer.get(following[at], ()) if longer else ():
            length = len(phrase.words)
            if length == 2 or tuple(words[at : at + length]) == phrase.words:
                reading.take(at, length, phrase)
        for phrase in alone:
            reading.take(at, 1, phrase)
    return reading.hits


class _Reading:
    """The words of one text, and the hits found so far."""

    __slots__ = ("ends", "hits", "in_label", "in_title", "starts", "text", "until", "words")

    def __init__(self, text: str, register: Register) -> None:
        self.text = text
        self.in_title = register is Register.TITLE
        self.in_label = register is Register.LABEL
        parts = parts_of(lower(text))
        edges = list(accumulate(map(len, parts)))
        self.starts, self.ends = edges[0::2], edges[1::2]
        self.words = parts[1::2]
        self.until = [0] * len(Topic)
        self.hits: list[Hit] = []

    def take(self, at: int, length: int, phrase: Phrase) -> None:
        """Take what a phrase of some words says at a place, where it may say it there."""
        if phrase.cased and not self._case_fits(at, phrase.cased):
            return
        start, end = self.starts[at], self.ends[at + length - 1]
        walled = length > 1 and _WALL.search(self.text, start, end) is not None
        until = self.until
        for meaning in phrase.meanings:
            topic = meaning.topic
            beside = meaning.beside
            if until[topic] > at or (beside and not self._fits(beside, at, length)):
                continue
            if topic in _OF_MONEY and self._is_money(end, at + length):
                continue
            if walled and topic not in _ACROSS and meaning.code != NOTHING:
                continue
            if topic is _PLATFORM:
                self._close_name(at + length)
            until[topic] = at + length
            if meaning.code != NOTHING:
                self.hits.append(
                    Hit(start, end, topic, meaning.code, meaning.weight, meaning.flags)
                )

    def _is_money(self, end: int, after: int) -> bool:
        """Tell whether the name only qualifies a currency: "US$", "Chinese yuan"."""
        if self.text.startswith("$", end):
            return True
        return after < len(self.words) and self.words[after] in _MONEY

    def _close_name(self, end: int) -> None:
        """Let nothing else be read in the words of a platform's name."""
        for topic in Topic:
            if topic not in _KEPT_IN_NAMES:
                self.until[topic] = max(self.until[topic], end)

    def _case_fits(self, at: int, cased: tuple[str, ...]) -> bool:
        """Tell whether a phrase with capitals stands there with capitals."""
        return all(
            word.islower() or raw == word or (raw.isupper() and len(raw) > 2)
            for word, raw in zip(cased, self._written(at, len(cased)), strict=True)
        )

    def _written(self, at: int, length: int) -> Iterator[str]:
        """Yield some words as the text writes them."""
        for number in range(at, at + length):
            yield self.text[self.starts[number] : self.ends[number]]

    def _fits(self, beside: str, at: int, length: int) -> bool:
        """Tell whether the words around allow it: "German workers", "fluent German"."""
        if self.in_title:
            return True
        words, after = self.words, at + length
        if beside == "people":
            following = words[after : after + 3]
            return not people().isdisjoint(following) and _SPEAKING.isdisjoint(following)
        if self.in_label:
            return people().isdisjoint(words[after : after + 2])
        around = words[max(0, at - 2) : at] + words[after : after + 2]
        return not _SPEAKING.isdisjoint(around)
