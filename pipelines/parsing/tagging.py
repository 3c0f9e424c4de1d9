"""Tokens with their meanings: the longest phrase of the lexicon at every place."""

from collections.abc import Callable
from typing import Any, Final

from pipelines.parsing.languages import language_of
from pipelines.parsing.lexer import NUM, WORD, scan
from pipelines.parsing.lexicon import lexicon
from pipelines.parsing.words import Entry, Node

_LONGEST_PHRASE: Final = 12
_NO_ROLES: Final[frozenset[str]] = frozenset()

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
        tokens.language = language_of(map(lists.said_in, texts), usual)
        words = lists.of(tokens.language)
    numbers = lists.lower.children
    count = len(kinds)
    place = 0
    while place < count:
        kind = kinds[place]
        node = words[texts[place]] if kind != NUM else numbers.get(texts[place])
        stop = place + 1
        entry = None
        if node is not None:
            entry = node.entry
            if node.children:
                entry, stop = _longest(node, texts, place, count)
                if stop > place + 1:
                    kind = WORD
        tokens.kinds.append(kind)
        tokens.entries.append(entry)
        tokens.starts.append(starts[place])
        tokens.ends.append(ends[stop - 1])
        is_phrase = stop > place + 1
        tokens.words.append(text[starts[place] : ends[stop - 1]] if is_phrase else texts[place])
        place = stop
    return tokens


def _longest(node: Node, texts: list[str], place: int, count: int) -> tuple[Entry | None, int]:
    """The longest phrase that starts at a place, and where it stops."""
    entry, stop = node.entry, place + 1
    ahead = stop
    limit = min(count, place + _LONGEST_PHRASE)
    while ahead < limit and node.children:
        follower = node.children.get(texts[ahead].lower())
        if follower is None:
            break
        node = follower
        ahead += 1
        if node.entry is not None:
            entry, stop = node.entry, ahead
    return entry, stop
