"""What a person declares about a file: YAML at its start, or in a sidecar beside it.

    ---
    title: What trainers are paid
    publisher: Quill Data
    published_date: "2025-07"
    ---

Every key may be left out; an unknown key or a value of another kind is an error that says so.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

import yaml

from sources.decoding import decode
from sources.documents import DocumentFacts
from sources.errors import DocumentUnreadable, Reason, unmet

# Files that may begin with front matter; any file may have a sidecar.
TEXT_SUFFIXES = frozenset({".md", ".markdown", ".txt", ".text"})
SIDECAR_SUFFIX = ".yml"

LONGEST = 64_000
FENCED = re.compile(
    r"\A\ufeff?---[ \t]*\r?\n(.*?)^---[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE
)

EVIDENCE_KINDS = (
    "posting", "platform_published", "employer_statement", "payroll_aggregate", "worker_survey",
    "worker_report", "court_filing", "journalism_interview", "third_party_index",
    "secondary_guide", "bill_rate", "forecast", "legal_floor", "comparator",
)  # fmt: skip
TEXT_ORIGINS = ("verbatim", "restated_by_us")

PARTIAL_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
PRECISIONS = {1: "year", 2: "month", 3: "day"}


@dataclass(frozen=True, slots=True)
class Declared:
    """What was declared: facts, and the moment of retrieval where that was said too."""

    facts: DocumentFacts = field(default_factory=DocumentFacts)
    retrieved_at: datetime | None = None


def declared_in(file_name: str, content: bytes, sidecar: bytes | None, origin: str) -> Declared:
    """Return what the start of a file, or else its sidecar, declares.

    Args:
        file_name: The name of the file; only text files have front matter of their own.
        content: Its bytes.
        sidecar: The bytes of the sidecar, if there is one.
        origin: Whose words the text is where nobody says.

    Raises:
        DocumentUnreadable: With `bad_front_matter`, naming the key, what it may be, what it is.
    """
    own = front_matter_of(file_name, content)
    if own is not None and sidecar is not None:
        got = f"front matter at its start and in {file_name}{SIDECAR_SUFFIX}"
        raise _bad(file_name, "one declaration", got)
    if sidecar is not None:
        return _declared(_mapping(decode(sidecar), file_name + SIDECAR_SUFFIX), origin)
    return _declared(_mapping(own, file_name) if own is not None else {}, origin)


def front_matter_of(file_name: str, content: bytes) -> str | None:
    """Return the YAML at the start of a text file, or None when it has none."""
    if not file_name.lower().endswith(tuple(TEXT_SUFFIXES)) or b"-" not in content[:16]:
        return None
    return split(decode(_whole_lines(content[:LONGEST])))[0]


def _whole_lines(start: bytes) -> bytes:
    """Return the start of a file without a last line that was cut within a character."""
    return start[: start.rfind(b"\n") + 1] if len(start) == LONGEST else start


def split(text: str) -> tuple[str | None, str]:
    """Return the front matter of a text and the rest; prose between two rules is no YAML."""
    found = FENCED.match(text[:LONGEST])
    if found is None or not re.search(r"^[\w-]+[ \t]*:(?:\s|$)", found[1], re.MULTILINE):
        return None, text
    return found[1], text[found.end() :]


def _mapping(text: str, where: str) -> dict[str, str | None]:
    """Return the keys and values of flat YAML; every value is the text as it is written.

    Nodes are read rather than values, because `country: NO` is not a truth value here.
    """
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError) as problem:
        raise _bad(where, "`key: value` lines", " ".join(str(problem).split())) from None
    if node is None:
        return {}
    if not isinstance(node, yaml.MappingNode):
        raise _bad(where, "`key: value` lines", repr(text[:80]))
    found: dict[str, str | None] = {}
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode) or not isinstance(value, yaml.ScalarNode):
            raise _bad(where, "one value for each key", "lists or keys within")
        if key.value in found:
            raise _bad(where, f"each key once, {key.value} too", "it twice")
        is_null = value.tag.endswith(":null") or not value.value.strip()
        found[key.value] = None if is_null else value.value.strip()
    return found


def _declared(values: Mapping[str, str | None], origin: str) -> Declared:
    facts: dict[str, Any] = {"text_origin": origin}
    for key, text in values.items():
        if key not in READERS:
            raise _bad(key, f"one of the keys {', '.join(READERS)}", "an unknown key")
        if text is None:
            continue
        name, read, expected = READERS[key]
        try:
            facts[name] = read(text)
        except ValueError:
            raise _bad(key, expected, repr(text)) from None
    retrieved_at = facts.pop("retrieved_at", None)
    if "published_date" in facts:
        facts["published_date"], facts["date_precision"] = facts["published_date"]
    return Declared(DocumentFacts(**facts), retrieved_at)


def partial_date(text: str) -> tuple[date, str]:
    """Return the first day of a year, month or day, and which of the three it is.

    Raises:
        ValueError: The text is none of `2025`, `2025-07` and `2025-07-17`.
    """
    found = PARTIAL_DATE.fullmatch(text)
    if found is None:
        raise ValueError(text)
    parts = [int(part) for part in found.groups() if part]
    year, month, day = (*parts, 1, 1)[:3]
    return date(year, month, day), PRECISIONS[len(parts)]


def moment(text: str) -> datetime:
    """Return a moment with its time zone, in UTC; a bare day is its midnight.

    Raises:
        ValueError: The text is no moment, or says no time zone.
    """
    found = datetime.fromisoformat(text)
    if len(text) == len("2026-11-01"):
        found = found.replace(tzinfo=UTC)
    if found.tzinfo is None:
        raise ValueError(text)
    return found.astimezone(UTC)


def _words(text: str) -> str:
    return text


def _matching(pattern: str) -> Callable[[str], str]:
    def check(text: str) -> str:
        if not re.fullmatch(pattern, text):
            raise ValueError(text)
        return text

    return check


def _one_of(codes: tuple[str, ...]) -> Callable[[str], str]:
    return _matching("|".join(codes))


# Key as written, then: the fact it gives, how it is read, what it may be.
READERS: dict[str, tuple[str, Callable[[str], Any], str]] = {
    "title": ("title", _words, "text"),
    "publisher": ("publisher", _words, "text"),
    "via": ("via", _words, "text"),
    "url": ("url", _matching(r"https?://[^\s/]+\S*"), "an address that begins with http(s)://"),
    "published_date": ("published_date", partial_date, '"2025-07-17", "2025-07" or "2025"'),
    "retrieved_at": ("retrieved_at", moment, 'a moment such as "2026-11-01T00:00:00Z"'),
    "evidence_kind": ("evidence_kind", _one_of(EVIDENCE_KINDS), " or ".join(EVIDENCE_KINDS)),
    "country": ("country_code", _matching("[A-Z]{2}"), "two capital letters such as US"),
    "language": ("language_code", _matching("[a-z]{2,3}"), "two or three letters such as en"),
    "text_origin": ("text_origin", _one_of(TEXT_ORIGINS), " or ".join(TEXT_ORIGINS)),
}


def _bad(where: str, expected: str, got: str) -> DocumentUnreadable:
    return DocumentUnreadable(Reason.BAD_FRONT_MATTER, unmet(where, expected, got))
