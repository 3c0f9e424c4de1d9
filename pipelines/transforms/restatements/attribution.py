"""Which sources a document, or the words around one figure, names."""

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from pipelines.transforms.restatements.names import (
    Mention,
    NameBook,
    known_organisations,
    organisation_of,
    publisher_names,
    read_title,
    read_via,
)
from pipelines.transforms.restatements.records import CitedDocument

# A cue stands at most this many words from the name: "a report first told by ...".
WORDS_BETWEEN = 3
REACH = 80
EVIDENCE_LENGTH = 160
LONGEST_SENTENCE = 600
SENTENCE_END = re.compile(r"[.!?](?=\s)|\n\s*\n|\|\s*\n|\n(?=\s*[-*•|])")
WEB_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s)\]>\"']+")

NEWS_AGENCY = "news_agency"


class Credit(NamedTuple):
    """A source that was named, and the words that name it."""

    org_id: str
    words: str


@cache
def _cues() -> tuple[re.Pattern[str], re.Pattern[str]]:
    rows = files(__package__).joinpath("cues.tsv").read_text("utf-8").splitlines()[1:]
    cells = [row.split("\t") for row in rows]
    before, after = (
        "|".join(sorted({re.escape(words) for at, words, _ in cells if at == place}))
        for place in ("before", "after")
    )
    between = rf"(?:\W+\w+){{0,{WORDS_BETWEEN}}}?\W+"
    return (
        re.compile(rf"\b(?:{before}){between}$", re.IGNORECASE),
        re.compile(rf"(?:['\u2019]s?)?{between}(?:{after})\b", re.IGNORECASE),
    )


def credits_in(text: str, book: NameBook) -> tuple[Credit, ...]:
    """Return the sources a text names as such, each once, with the words that name it first."""
    found: dict[str, Credit] = {}
    for mention in book.mentions(text):
        if mention.org_id in found or (mention.needs_cue and not _has_cue(text, mention)):
            continue
        found[mention.org_id] = Credit(mention.org_id, words_around(text, mention))
    return tuple(found.values())


def _has_cue(text: str, mention: Mention) -> bool:
    before, after = _cues()
    start, end = sentence_at(text, mention.start)
    return bool(
        before.search(text[max(start, mention.start - REACH) : mention.start])
        or after.match(text[mention.end : min(end, mention.end + REACH)])
    )


def sentence_at(text: str, place: int) -> tuple[int, int]:
    """Return the span of the sentence, list item or table row at a place.

    Where none ends within LONGEST_SENTENCE characters, the span is cut there.
    """
    start = max(0, place - LONGEST_SENTENCE)
    limit = min(len(text), place + LONGEST_SENTENCE)
    for stop in SENTENCE_END.finditer(text, start, limit):
        if stop.end() > place:
            return start, stop.end()
        start = stop.end()
    return start, limit


def words_around(text: str, mention: Mention) -> str:
    """Return the sentence that holds a mention, on one line, cut to EVIDENCE_LENGTH."""
    start, end = sentence_at(text, mention.start)
    if end - start > EVIDENCE_LENGTH:
        start = max(start, mention.start - EVIDENCE_LENGTH // 2)
        end = min(end, start + EVIDENCE_LENGTH)
    return " ".join(text[start:end].split())


def stands_for(document: CitedDocument) -> tuple[str, ...]:
    """Return the organisations whose publication a document is."""
    return tuple(map(organisation_of, publisher_names(document.publisher)))


def declared_credits(document: CitedDocument) -> tuple[Credit, ...]:
    """Return the sources that the `via` line and the title of a document declare."""
    named = [(name, f"via {document.via}") for name in read_via(document.via).origins]
    named += [(name, document.title or "") for name in read_title(document.title).origins]
    return tuple(Credit(organisation_of(name), words) for name, words in named)


def document_credits(document: CitedDocument, book: NameBook) -> Mapping[str, str]:
    """Return the sources a document names anywhere, with the words that name each.

    What names the document itself is left out; any named news agency stands for "an agency
    story" too.
    """
    heading = credits_in(document.title or "", book)
    body = credits_in(document.text or "", book)
    found: dict[str, str] = {}
    for org_id, words in (*declared_credits(document), *heading, *body):
        found.setdefault(org_id, words)
    for own in (*stands_for(document), document_name(document.document_id)):
        found.pop(own, None)
    return with_agencies(found)


def with_agencies(found: dict[str, str]) -> dict[str, str]:
    """Return the sources, with the unnamed agency added where a news agency is among them."""
    named = next((words for org_id, words in found.items() if org_id in _agencies()), None)
    return found if named is None else {NEWS_AGENCY: named} | found


@cache
def _agencies() -> frozenset[str]:
    known = known_organisations().values()
    return frozenset(one.org_id for one in known if one.kind == "agency")


def document_name(document_id: str) -> str:
    """Return the name under which one document itself is cited, by its title or address."""
    return f"document {document_id}"
