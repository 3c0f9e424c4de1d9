"""Finding the phrases of the word lists in a text: longest first, whole words only."""

import re
from functools import cache
from itertools import accumulate
from typing import Final, NamedTuple

from pipelines.attributes.lexicons import NOTHING, phrase_rows
from pipelines.attributes.phrase_table import (
    Meaning,
    Openings,
    Phrase,
    Register,
    Topic,
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
    openings = phrases_of(register)
    for at, word in enumerate(reading.words):
        opening = openings.get(word)
        if opening is not None:
            reading.take(at, opening)
    return reading.hits


class _Reading:
    """The words of one text, and the hits found so far."""

    __slots__ = (
        "ends",
        "hits",
        "in_label",
        "in_title",
        "raw",
        "starts",
        "text",
        "until",
        "words",
    )

    def __init__(self, text: str, register: Register) -> None:
        self.text = text
        self.in_title = register is Register.TITLE
        self.in_label = register is Register.LABEL
        parts = parts_of(text)
        edges = list(accumulate(map(len, parts)))
        self.starts, self.ends = edges[0::2], edges[1::2]
        self.raw = parts[1::2]
        self.words = list(map(str.lower, self.raw))
        self.until = [0] * len(Topic)
        self.hits: list[Hit] = []

    def take(self, at: int, opening: Openings) -> None:
        """Take what the phrases that open at a word say there, the longest first."""
        words = self.words
        if opening.longer and at + 1 < len(words):
            for phrase in opening.longer.get(words[at + 1], ()):
                length = len(phrase.words)
                if length == 2 or tuple(words[at : at + length]) == phrase.words:
                    self._say(at, length, phrase)
        for phrase in opening.alone:
            self._say(at, 1, phrase)

    def _say(self, at: int, length: int, phrase: Phrase) -> None:
        if phrase.cased and not self._case_fits(at, phrase.cased):
            return
        start, end = self.starts[at], self.ends[at + length - 1]
        walled = length > 1 and _WALL.search(self.text, start, end) is not None
        until = self.until
        for meaning in phrase.meanings:
            topic = meaning.topic
            if until[topic] > at or (meaning.flags and not self._fits(meaning, at, length)):
                continue
            if topic in _OF_MONEY and self._is_money(end, at + length):
                continue
            if walled and topic not in _ACROSS and meaning.code != NOTHING:
                continue
            if topic is Topic.PLATFORM:
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
        there = self.raw[at : at + len(cased)]
        return all(
            word.islower() or raw == word or (raw.isupper() and len(raw) > 2)
            for word, raw in zip(cased, there, strict=True)
        )

    def _fits(self, meaning: Meaning, at: int, length: int) -> bool:
        """Tell whether the words around allow it: "German workers", "fluent German"."""
        if self.in_title:
            return True
        words, after = self.words, at + length
        if "people" in meaning.flags:
            following = words[after : after + 3]
            return not people().isdisjoint(following) and _SPEAKING.isdisjoint(following)
        if "speaking" in meaning.flags and self.in_label:
            return people().isdisjoint(words[after : after + 2])
        if "speaking" in meaning.flags:
            around = words[max(0, at - 2) : at] + words[after : after + 2]
            return not _SPEAKING.isdisjoint(around)
        return True
