"""Tokens with their meanings: the longest phrase of the lexicon at every place."""

import re
from collections.abc import Callable
from typing import Any, Final

from pipelines.parsing.languages import language_of, language_of_script
from pipelines.parsing.lexer import FIRST_SPACELESS, NUM, SPACELESS, WORD, scan
from pipelines.parsing.lexicon import lexicon
from pipelines.parsing.words import Entry, Node

_LONGEST_PHRASE: Final = 24
_NO_ROLES: Final[frozenset[str]] = frozenset()
_SPACELESS: Final = re.compile(f"[{SPACELESS}]")

# The languages to prefer where the words of a sentence leave the choice open.
Usual = Callable[[], tuple[str | None, ...]]


class Tokens:
    """The tagged tokens of one stretch of normalized text, as parallel lists.

    `kinds` has the token classes of the lexer (a phrase of several tokens is a WORD), `entries`
    the lexicon entry or None, `starts` and `ends` the places in `text`, `words` their texts.
    `language` is set where a word of the stretch means different things in two languages.
    """

    __slots__ = ("ends", "entries", "kinds", "language", "memo", "starts", "text", "words")

    def __init__(self, text: str) -> None:
        """No tokens yet."""
        self.text = text
        self.language: str | None = None
        self.kinds: list[int] = []
        self.entries: list[Entry | None] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.words: list[str] = []
        self.memo: dict[str, Any] = {}
        """Facts about the whole stretch that later stages look up more than once."""

    def __len__(self) -> int:
        """The number of tokens, a phrase counting once."""
        return len(self.kinds)

    def word(self, place: int) -> str:
        """The text of one token; an empty string outside the stretch."""
        if 0 <= place < len(self.kinds):
            return self.words[place]
        return ""

    def kind(self, place: int) -> int:
        """The class of one token; 0 outside the stretch."""
        return self.kinds[place] if 0 <= place < len(self.kinds) else 0

    def entry(self, place: int) -> Entry | None:
        """The lexicon entry of one token; None outside the stretch."""
        return self.entries[place] if 0 <= place < len(self.kinds) else None

    def roles(self, place: int) -> frozenset[str]:
        """The roles of one token in the grammar of its sentence; none outside the stretch."""
        if 0 <= place < len(self.kinds):
            entry = self.entries[place]
            return _NO_ROLES if entry is None else entry.roles
        return _NO_ROLES

    def gap(self, place: int) -> int:
        """How many characters lie between a token and the one before it; large outside."""
        if 0 < place < len(self.kinds):
            return self.starts[place] - self.ends[place - 1]
        return 99


def tag(text: str, usual: Usual = tuple) -> Tokens:
    """The tokens of a normalized text, each with its longest phrase of the lexicon.

    Where a word belongs to several languages, the sentence's own decides; `usual` gives the
    languages to prefer when the sentence leaves it open.
    """
    lists = lexicon().words
    kinds, starts, ends, texts = scan(text)
    tokens = Tokens(text)
    words = lists.common
    if not lists.ambiguous.isdisjoint(texts):
        listed = map(lists.said_in, texts)
        tokens.language = language_of_script(text) or language_of(listed, usual)
        words = lists.of(tokens.language)
    numbers = lists.lower.children
    nodes = [
        words[text] if kind != NUM else numbers.get(text)
        for kind, text in zip(kinds, texts, strict=True)
    ]
    tokens.kinds, tokens.starts, tokens.ends, tokens.words = kinds, starts, ends, texts
    tokens.entries = [None if node is None else node.entry for node in nodes]
    _join_phrases(tokens, nodes)
    if not text.isascii() and _SPACELESS.search(text):
        _fold(tokens)
    return tokens


def _join_phrases(tokens: Tokens, nodes: list[Node | None]) -> None:
    """Makes one token of every phrase of several, from the last to the first."""
    phrases: list[tuple[int, int, Entry]] = []
    done = 0
    for place, node in enumerate(nodes):
        if node is not None and node.children and place >= done:
            entry, done = _longest(node, tokens.words, place)
            if entry is not None and done > place + 1:
                phrases.append((place, done, entry))
    for first, stop, entry in reversed(phrases):
        tokens.kinds[first:stop] = [WORD]
        tokens.entries[first:stop] = [entry]
        tokens.words[first:stop] = [tokens.text[tokens.starts[first] : tokens.ends[stop - 1]]]
        del tokens.starts[first + 1 : stop]
        del tokens.ends[first : stop - 1]


def _fold(tokens: Tokens) -> None:
    """Makes one word of every run of unlisted characters of a script without spaces.

    Cues are looked for so many words from an amount; a character is less than a word.
    """
    last = -1
    was_part = False
    for place in range(len(tokens)):
        is_part = _is_unlisted(tokens, place)
        if is_part and was_part and tokens.ends[last] == tokens.starts[place]:
            tokens.ends[last] = tokens.ends[place]
            tokens.words[last] += tokens.words[place]
            continue
        was_part = is_part
        last += 1
        for column in _columns(tokens):
            column[last] = column[place]
    for column in _columns(tokens):
        del column[last + 1 :]


def _is_unlisted(tokens: Tokens, place: int) -> bool:
    return (
        tokens.kinds[place] == WORD
        and tokens.entries[place] is None
        and tokens.words[place] >= FIRST_SPACELESS
    )


def _columns(tokens: Tokens) -> "tuple[list[Any], ...]":
    return tokens.kinds, tokens.entries, tokens.starts, tokens.ends, tokens.words


def _longest(node: Node, texts: list[str], place: int) -> tuple[Entry | None, int]:
    """The longest phrase that starts at a place, and where it stops."""
    entry, stop = node.entry, place + 1
    for text in texts[place + 1 : place + _LONGEST_PHRASE]:
        follower = node.children.get(text.lower())
        if follower is None:
            break
        node = follower
        place += 1
        if node.entry is not None:
            entry, stop = node.entry, place + 1
    return entry, stop
