"""Names of publishers and other sources, and where a text mentions one of them."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

TOKEN = re.compile(r"[^\W_]+")

# Titles shorter than this turn up in texts by chance.
TITLE_WORDS = 5

# One document passes another's words on (`mirror`), or retells them (`digest`).
CARRIED = frozenset({"mirror", "reprint", "repost", "copy", "on", "via", "quoted", "employer"})
RETOLD = frozenset({"digest", "summary", "rewrite", "excerpt", "translation", "rendering"})
RELATION = re.compile(
    rf"(?-i:[a-z]+ )?({'|'.join(sorted(CARRIED | RETOLD))})\b"
    r"(?: shown as| (of|from|by)\b)?\s*(.*)",
    re.IGNORECASE,
)
KIND_OF_TEXT = re.compile(
    r"\s+(?:story|stories|article|excerpt|report|reports|study|post|in [A-Z]\w+)$"
)
UNNAMED = "not named"


class Organisation(NamedTuple):
    """A known source: its kind, and whether only a cue beside it makes a mention a citation."""

    org_id: str
    kind: str
    needs_cue: bool


class Mention(NamedTuple):
    """A name found in a text, and the span of it."""

    org_id: str
    start: int
    end: int
    needs_cue: bool


class Descent(NamedTuple):
    """What `via` says: the sources behind a page, and whether it retells or only carries."""

    origins: tuple[str, ...]
    is_retold: bool


@cache
def known_organisations() -> Mapping[str, Organisation]:
    """Return the organisations of the shipped list by each of their names.

    Raises:
        ValueError: A row has not four columns, or repeats a name.
    """
    rows = files(__package__).joinpath("organisations.tsv").read_text("utf-8").splitlines()
    known: dict[str, Organisation] = {}
    for line, row in enumerate(rows[1:], 2):
        cells = row.split("\t")
        if len(cells) != 4:
            msg = f"organisations.tsv:{line}: expected 4 columns, got {len(cells)}"
            raise ValueError(msg)
        org_id, kind, needs_cue, names = cells
        for name in names.split("; "):
            if name in known:
                msg = f"organisations.tsv:{line}: {name!r} is already {known[name].org_id!r}"
                raise ValueError(msg)
            known[name] = Organisation(org_id, kind, needs_cue == "yes")
    return known


def organisation_of(name: str) -> str:
    """Return the id of an organisation; one that is not on the list is known by its name."""
    known = known_organisations().get(name)
    return known.org_id if known else " ".join(TOKEN.findall(name.lower()))


@lru_cache(maxsize=4096)
def publisher_names(publisher: str | None) -> tuple[str, ...]:
    """Return the names a publisher line holds: `IANS / The Hawk` holds two."""
    plain = re.sub(r"\s*\([^)]*\)", "", publisher or "")
    return tuple(name for part in re.split(r" / | via ", plain) if (name := part.strip()))


@lru_cache(maxsize=4096)
def read_via(via: str | None) -> Descent:
    """Return the sources that a `via` line names.

    `digest of ZDNET` names the source; `mirror today24.pro` and `on BoostGrad` only name the
    site that carries the publisher's words.
    """
    origins: list[str] = []
    is_retold = False
    for part in re.split(r"[,;]", via or ""):
        words = part.strip()
        relation = RELATION.fullmatch(words)
        if not words or UNNAMED in words:
            continue
        if relation is None:
            origins.append(_source_name(words))
            is_retold = True
            continue
        is_retold = is_retold or relation[1].lower() in RETOLD
        if relation[2]:
            origins.append(_source_name(relation[3]))
    return Descent(tuple(name for name in origins if name), is_retold)


def _source_name(words: str) -> str:
    return words if words in known_organisations() else KIND_OF_TEXT.sub("", words)


def read_title(title: str | None) -> Descent:
    """Return the sources named by the brackets of a title: `(digest of ZDNET)`."""
    asides = re.findall(r"\(([^)]*)\)", title or "")
    told = [aside for aside in asides if (m := RELATION.fullmatch(aside)) and m[2]]
    return read_via(", ".join(told))


Words = tuple[str, ...]


@dataclass(slots=True)
class NameBook:
    """All names worth looking for in a text: the shipped list, publishers, titles.

    A name is looked up by its words; `lengths` tells how many words to take from an opening.
    """

    names: dict[Words, tuple[str, bool]] = field(default_factory=dict)
    titles: dict[Words, str] = field(default_factory=dict)
    lengths: dict[Words, list[int]] = field(default_factory=dict)

    def add_name(self, name: str, org_id: str, *, needs_cue: bool) -> None:
        """Look for a name from now on, written as it is here."""
        words = tuple(TOKEN.findall(name))
        if words and words not in self.names:
            self.names[words] = org_id, needs_cue
            self._note_length(words, 1)

    def add_title(self, title: str, org_id: str) -> None:
        """Look for a title from now on, in any case."""
        words = tuple(word.lower() for word in TOKEN.findall(title))
        if len(words) >= TITLE_WORDS:
            self.titles[words] = org_id
            self._note_length(words, TITLE_WORDS)

    def _note_length(self, words: Words, opening: int) -> None:
        lengths = self.lengths.setdefault(words[:opening], [])
        if len(words) not in lengths:
            lengths.append(len(words))
            lengths.sort(reverse=True)

    def mentions(self, text: str) -> Iterator[Mention]:
        """Yield every name and title in a text, in order; the longest name at a place wins."""
        found = list(TOKEN.finditer(text))
        words = tuple(match.group() for match in found)
        lowered = tuple(word.lower() for word in words)
        for place, match in enumerate(found):
            for length in self.lengths.get(words[place : place + 1], ()):
                taken = words[place : place + length]
                if taken in self.names:
                    end = found[place + len(taken) - 1].end()
                    yield Mention(
                        self.names[taken][0], match.start(), end, self.names[taken][1]
                    )
                    break
            for length in self.lengths.get(lowered[place : place + TITLE_WORDS], ()):
                taken = lowered[place : place + length]
                if taken in self.titles:
                    end = found[place + len(taken) - 1].end()
                    yield Mention(self.titles[taken], match.start(), end, needs_cue=False)


def shipped_book() -> NameBook:
    """Return a book with the names of the shipped list."""
    book = NameBook()
    for name, known in known_organisations().items():
        book.add_name(name, known.org_id, needs_cue=known.needs_cue)
    return book


def add_publishers(book: NameBook, publishers: Iterable[str]) -> None:
    """Look for publishers too.

    A publisher that the list does not hold may be a common word or a platform that the text is
    about, so only a cue beside its name makes a citation.
    """
    for name in publishers:
        if name not in known_organisations():
            book.add_name(name, organisation_of(name), needs_cue=True)
