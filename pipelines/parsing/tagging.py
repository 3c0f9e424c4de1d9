"""Tokens with their meanings: the longest phrase of the lexicon at every place."""

from typing import Any, Final

from pipelines.parsing.lexer import NUM, WORD, scan
from pipelines.parsing.lexicon import Entry, Node, lexicon

# Numbers that begin a phrase of the lexicon: plan and form names, "24/7", "6 figures".
_LONGEST_PHRASE: Final = 12


class Tokens:
    """The tagged tokens of one stretch of normalized text, as parallel lists.

    `kinds` has the token classes of the lexer (a phrase of several tokens is a WORD), `entries`
    the lexicon entry or None, `starts` and `ends` the places in `text`, `words` their texts.
    """

    __slots__ = ("ends", "entries", "kinds", "memo", "starts", "text", "words")

    def __init__(self, text: str) -> None:
        """No tokens yet."""
        self.text = text
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

    def gap(self, place: int) -> int:
        """How many characters lie between a token and the one before it; large outside."""
        if 0 < place < len(self.kinds):
            return self.starts[place] - self.ends[place - 1]
        return 99


def tag(text: str) -> Tokens:
    """The tokens of a normalized text, each with its longest phrase of the lexicon."""
    words = lexicon().words
    kinds, starts, ends, texts = scan(text)
    tokens = Tokens(text)
    count = len(kinds)
    place = 0
    while place < count:
        node = (
            words[texts[place]]
            if kinds[place] != NUM
            else words.lower.children.get(texts[place])
        )
        stop = place + 1
        entry = None
        kind = kinds[place]
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
