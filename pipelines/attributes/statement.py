"""What one pay statement is about: who is paid, for what, where, read from the words around it.

The narrowest zone that speaks decides, attribute by attribute: the bracket after the amount,
the label before it, its clause, its sentence, the sentences before, the introduction of its
list, the headings, then the posting and the document. Nothing said gives None; nothing is a
default.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from pipelines.attributes.dates import AsOf, as_of
from pipelines.attributes.decisions import (
    Found,
    distinct,
    engagement_of,
    found,
    joined_with,
    language_of,
    strongest,
)
from pipelines.attributes.geography import (
    place_of_hits,
    platform_kind,
    platform_of,
)
from pipelines.attributes.lexicons import SEVERAL
from pipelines.attributes.phrase_table import Topic
from pipelines.attributes.phrases import Hit
from pipelines.attributes.posting import PostingAttributes
from pipelines.attributes.stated_fields import in_turn, stated_fields
from pipelines.attributes.stated_tiers import names_a_group, stated_tier
from pipelines.attributes.who import who_is_paid
from pipelines.attributes.zones import (
    ABOVE,
    Surroundings,
    Zone,
    ZoneKind,
    surroundings_of,
    zones_of,
)
from warehouse.vocabulary import EvidenceKind


@dataclass(frozen=True, slots=True)
class DocumentContext:
    """What is declared about the document a statement stands in; None where nobody said."""

    title: str | None = None
    publisher: str | None = None
    country_code: str | None = None
    platform: str | None = None
    language_code: str | None = None
    evidence_kind: str | None = None


@dataclass(frozen=True, slots=True)
class PostingContext:
    """The posting a statement belongs to."""

    title: str | None
    attributes: PostingAttributes


@dataclass(frozen=True, slots=True)
class StatementAttributes:
    """The attributes of one pay statement; None means not stated.

    `as_of_date` is the first day of the month or year where only that is said. `subject_text`
    is a phrase of the text that names who is paid. `evidence` tells the words behind each
    attribute.
    """

    domain_code: str | None = None
    expertise_tier: str | None = None
    work_kind: str | None = None
    engagement_type: str | None = None
    country_code: str | None = None
    language_code: str | None = None
    platform_id: str | None = None
    as_of_date: date | None = None
    subject_text: str | None = None
    evidence: dict[str, str] = field(default_factory=dict)


_PERCENT: Final = re.compile(r"%|\bper ?cent\b", re.IGNORECASE)
_PRINTED: Final = re.compile(r"\b(?:published|posted|updated)\b", re.IGNORECASE)
_DATELINE: Final = 16
"""A heading with fewer other signs than this is a date line, not a statement of time."""

_COMPARING: Final = re.compile(
    r"\b(?:than|unlike|versus|vs\.?|above|below|(?:compared|relative) (?:to|with)|against)"
    r"(?:\s(?:the|that|those|what|of|on|at|in|by|from|all|many|most|any)\b){0,3}\s$",
    re.IGNORECASE,
)
_NOT_WHERE: Final = frozenset({ZoneKind.SIBLING, ZoneKind.TITLE})
_NOT_FAR: Final = frozenset(ZoneKind) - {ZoneKind.SIBLING, ZoneKind.BEFORE, ZoneKind.TITLE}


def attributes_of_statement(
    page_text: str,
    char_start: int,
    char_end: int,
    neighbours: Sequence[tuple[int, int]] = (),
    *,
    document: DocumentContext,
    posting: PostingContext | None = None,
) -> tuple[StatementAttributes, ...]:
    """Return who one pay statement is about: one answer per subject it names.

    Spans count code points of `page_text`, half-open; `neighbours` are the other statements of
    the page. "In engineering and law, experts earn ..." gives two answers.
    """
    around = surroundings_of(page_text, (char_start, char_end), neighbours)
    everything = list(zones_of(around))
    offered = posting.attributes if posting else PostingAttributes()
    zones = [zone for zone in everything if zone.hits or zone.kind is ZoneKind.TITLE]
    shared = _shared(zones, document, offered)
    fields, field_zone = stated_fields(
        around,
        zones,
        _of(offered, "domain_code"),
        document.title,
        is_comparator=document.evidence_kind == EvidenceKind.COMPARATOR,
    )
    fields = in_turn(around, fields)
    tier = stated_tier(zones, fields, field_zone, _of(offered, "expertise_tier"))
    day = _as_of(around, everything)
    subject = who_is_paid(zones, is_posting=posting is not None)
    if posting and posting.title and " " not in (subject or ""):
        subject = posting.title
    evidence = {name: answer.words for name, answer in shared.items() if answer}
    codes = {name: answer.code if answer else None for name, answer in shared.items()}
    if tier:
        evidence["expertise_tier"] = tier.words
    if day:
        evidence["as_of_date"] = day[1]
    common = StatementAttributes(
        **codes,
        expertise_tier=tier.code if tier else None,
        as_of_date=day[0] if day else None,
        subject_text=subject,
        evidence=evidence,
    )
    return _one_per_field(common, fields)


def _one_per_field(
    common: StatementAttributes, fields: Sequence[Found]
) -> tuple[StatementAttributes, ...]:
    if not fields:
        return (common,)
    alone = len(fields) == 1
    return tuple(
        replace(
            common,
            domain_code=answer.code,
            subject_text=common.subject_text if alone else answer.words,
            evidence=common.evidence | {"domain_code": answer.words},
        )
        for answer in fields
    )


def _shared(
    zones: Sequence[Zone], document: DocumentContext, offered: PostingAttributes
) -> dict[str, Found | None]:
    """Return country, language, kind of work, platform and engagement."""
    platform = _platform(zones, document, offered)
    kind = platform_kind(platform.code if platform else None)
    return {
        "country_code": _country(zones, document, offered),
        "language_code": _language(zones) or _of(offered, "language_code"),
        "work_kind": _work_kind(zones) or _of(offered, "work_kind"),
        "engagement_type": _engagement(zones, kind) or _of(offered, "engagement_type"),
        "platform_id": platform,
    }


def _of(offered: PostingAttributes, name: str) -> Found | None:
    """Return an attribute of the posting with its words."""
    code = getattr(offered, name)
    return Found(code, offered.evidence.get(name, "")) if code else None


def _language(zones: Iterable[Zone]) -> Found | None:
    answers = (
        language_of(zone.text, zone.of(Topic.LANGUAGE))
        for zone in zones
        if zone.kind in _NOT_FAR
    )
    return next((answer for answer in answers if answer), None)


def _work_kind(zones: Iterable[Zone]) -> Found | None:
    """Return the strongest activity in the narrowest zone that names one."""
    for zone in zones:
        hits = strongest(zone.of(Topic.WORK_KIND)) if zone.kind in _NOT_FAR else []
        if hits:
            hit = min(hits, key=zone.distance)
            return Found(hit.code, zone.text[hit.start : hit.end])
    return None


def _country(
    zones: Sequence[Zone], document: DocumentContext, offered: PostingAttributes
) -> Found | None:
    """Return the one country said nearest; "worldwide" or several countries end the search."""
    named = False
    for zone in zones:
        if zone.kind in _NOT_WHERE or (named and zone.kind is ZoneKind.BEFORE):
            continue
        named = named or names_a_group(zone)
        place = place_of_hits(zone.text, _own_places(zone))
        if place.country_code:
            return Found(place.country_code, place.words)
        if place.is_several:
            return None
    if offered.country_code:
        return _of(offered, "country_code")
    return Found(document.country_code, "declared") if document.country_code else None


def _own_places(zone: Zone) -> list[Hit]:
    """Return the places of a zone, but those of a share of the work: "80 % is done in Peru"."""
    hits, end = zone.of(Topic.COUNTRY), zone.statement[1]
    return [hit for hit in hits if not _PERCENT.search(zone.text, end, max(end, hit.start))]


def _engagement(zones: Sequence[Zone], kind: str | None) -> Found | None:
    for zone in zones:
        hits = () if zone.kind is ZoneKind.SIBLING else zone.of(Topic.ENGAGEMENT)
        answer = engagement_of(hits, kind)
        if answer:
            code, hit = answer
            return Found(code, zone.text[hit.start : hit.end])
    return None


def _platform(
    zones: Sequence[Zone], document: DocumentContext, offered: PostingAttributes
) -> Found | None:
    """Return the platform said nearest; "Turing and micro1" or "other firms" are none."""
    for zone in zones:
        hits = _own_platforms(zone) if zone.kind is not ZoneKind.SIBLING else []
        if hits:
            joined = distinct(joined_with(min(hits, key=zone.distance), hits, zone.text))
            is_one = len(joined) == 1 and joined[0].code != SEVERAL
            return found(zone.text, joined[0]) if is_one else None
    return _platform_above(document, offered)


def _own_platforms(zone: Zone) -> list[Hit]:
    """Return the platforms of a zone, but firms it only compares with: "unlike other firms"."""
    return [
        hit
        for hit in zone.of(Topic.PLATFORM)
        if hit.code != SEVERAL or not _COMPARING.search(zone.text, zone.span[0], hit.start)
    ]


def _platform_above(document: DocumentContext, offered: PostingAttributes) -> Found | None:
    """Return the platform of the posting, the document, its publisher or its title."""
    if offered.platform_id:
        return Found(offered.platform_id, "posting")
    for words in (document.platform, document.publisher, document.title):
        platform = platform_of(words) if words else None
        if platform:
            return platform
    return None


def _as_of(around: Surroundings, zones: Sequence[Zone]) -> tuple[date, str] | None:
    """Return the date said in the narrowest zone that says one."""
    for zone in zones:
        if zone.kind in (ZoneKind.SIBLING, ZoneKind.BEFORE):
            continue
        text = around.text[zone.span[0] : zone.span[1]]
        answer = as_of(text)
        if answer and not _is_dateline(zone, text, answer):
            return answer.date, answer.words
    return None


def _is_dateline(zone: Zone, text: str, answer: AsOf) -> bool:
    """Tell whether a heading is only the date of the page, not of its figures."""
    return zone.kind in ABOVE and (
        len(text) - len(answer.words) < _DATELINE or _PRINTED.search(text) is not None
    )
