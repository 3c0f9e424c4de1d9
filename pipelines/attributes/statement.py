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
    TIERS,
    Found,
    all_fields,
    distinct,
    engagement_of,
    found,
    language_of,
    of_topic,
    profession_tier,
    raised,
    raising,
    spans_fields,
    strongest,
)
from pipelines.attributes.geography import (
    place_of_hits,
    platform_kind,
    platform_of,
)
from pipelines.attributes.phrase_table import Register, Topic
from pipelines.attributes.phrases import Hit, find_phrases, people
from pipelines.attributes.posting import PostingAttributes
from pipelines.attributes.who import who_is_paid
from pipelines.attributes.zones import (
    Surroundings,
    Zone,
    ZoneKind,
    surroundings_of,
    zones_of,
)
from warehouse.vocabulary import DomainCode, EvidenceKind


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


_ABOVE: Final = frozenset({ZoneKind.INTRO, ZoneKind.HEADING, ZoneKind.TITLE})
_SPOKEN: Final = frozenset(ZoneKind) - _ABOVE
_DATELINE: Final = 16
_NEAR: Final = 50
_COMPARED: Final = re.compile(
    r"\b(?:than|below|above|under|over|beyond|times|twice|exceed\w*|beat\w*|match\w*)\b",
    re.IGNORECASE,
)
_VAGUE: Final = frozenset({DomainCode.ALL, DomainCode.GENERALIST})
_UNTITLED: Final = frozenset({DomainCode.ALL, DomainCode.COMPARISON, DomainCode.GENERALIST})
_NO_FIELD: Final = frozenset({DomainCode.ALL.value, DomainCode.COMPARISON.value})
_FIELD_ZONES: Final = frozenset(ZoneKind) - {ZoneKind.SIBLING}
_AND: Final = re.compile(r"[\s,/&+]*(?:\b(?:and|or|und|y|e|et|oder|as well as)\b)?[\s,/]*")


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
    zones = list(zones_of(around))
    shared = _shared(zones, document, posting)
    fields, field_zone = _fields(zones, document, posting)
    fields = _in_turn(around, fields)
    tier = _tier(zones, fields, field_zone, posting)
    day = _as_of(around, zones)
    subject = who_is_paid(zones) or (posting.title if posting else None)
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


# --- Field -----------------------------------------------------------------------------------


def _fields(
    zones: Sequence[Zone], document: DocumentContext, posting: PostingContext | None
) -> tuple[list[Found], Zone | None]:
    """Return the field or the two fields a statement is about, and the zone that says so."""
    compared = _compared(zones, document)
    if compared:
        return [compared], None
    has_own_subject = False
    vague: list[Found] = []
    for zone in zones:
        if not _may_inherit(zone, has_own_subject=has_own_subject or bool(vague)):
            continue
        hits = _field_hits(zone)
        if not hits or (has_own_subject and hits[0].code == DomainCode.GENERALIST):
            pass
        elif _is_activity(hits[0]) and not _is_unskilled(zone):
            vague = vague or [Found(hits[0].code, zone.text[hits[0].start : hits[0].end])]
        else:
            return [Found(hit.code, zone.text[hit.start : hit.end]) for hit in hits], zone
        has_own_subject = has_own_subject or _names_a_group(zone)
    if posting and (offered := _of(posting.attributes, "domain_code")):
        return [offered], None
    return _field_of_title(document, zones) or vague, None


def _in_turn(around: Surroundings, fields: list[Found]) -> list[Found]:
    """Return the one field of a statement where "respectively" pairs fields off."""
    *_, (start, end) = around.sentences() or [around.block.span]
    if len(fields) < 2 or "respectively" not in around.text[start:end].lower():
        return fields
    spans = sorted(s for s in (*around.neighbours, around.span) if start <= s[0] < end)
    return [fields[spans.index(around.span)]] if len(spans) == len(fields) else fields


def _compared(zones: Sequence[Zone], document: DocumentContext) -> Found | None:
    """Return `comparison` where the text or the document says that it is others' pay."""
    for zone in zones:
        if zone.kind in (ZoneKind.BEFORE, ZoneKind.SIBLING, ZoneKind.TITLE):
            continue
        for hit in of_topic(zone.hits, Topic.DOMAIN):
            if hit.code == DomainCode.COMPARISON and not _is_only_compared(hit, zone):
                return Found(hit.code, zone.text[hit.start : hit.end])
    if document.evidence_kind == EvidenceKind.COMPARATOR:
        return Found(DomainCode.COMPARISON.value, "evidence kind")
    return None


def _names_a_group(zone: Zone) -> bool:
    """Tell whether a zone says which people: a tier is named."""
    return any(hit.code in TIERS for hit in of_topic(zone.hits, Topic.TIER))


def _is_activity(hit: Hit) -> bool:
    """Tell whether a hit is a mere activity ("evaluators"): a wider zone may name the field."""
    return hit.code == DomainCode.GENERALIST and hit.weight == 1


def _is_unskilled(zone: Zone) -> bool:
    """Tell whether a zone says that nobody special is asked for: no field then."""
    return any(hit.code in ("E0", "E1") for hit in of_topic(zone.hits, Topic.TIER))


def _may_inherit(zone: Zone, *, has_own_subject: bool) -> bool:
    """Tell whether a zone may name the field: sentences before may not after a group."""
    if zone.kind is ZoneKind.BEFORE:
        return not has_own_subject
    return zone.kind is not ZoneKind.SIBLING and zone.kind is not ZoneKind.TITLE


def _field_hits(zone: Zone) -> list[Hit]:
    """Return the deciding field hits: one, two joined by "and", or one for `all`."""
    hits = [
        hit for hit in of_topic(zone.hits, Topic.DOMAIN) if not _is_only_compared(hit, zone)
    ]
    spoken = [hit for hit in hits if hit.weight > 1]
    if not spoken:
        return _vague_field(zone, hits)
    overall = [hit for hit in spoken if hit.code in _NO_FIELD]
    if overall:
        return [min(overall, key=zone.distance)]
    joinable = [hit for hit in hits if hit.weight > 1 or hit.code not in _VAGUE]
    joined = distinct(_joined_with(min(spoken, key=zone.distance), joinable, zone.text))
    return [all_fields(joined)] if spans_fields(joined) else joined


def _vague_field(zone: Zone, hits: Sequence[Hit]) -> list[Hit]:
    """Return the field where no word is plain: a language, experts at large, raters."""
    foreign = _foreign_languages(zone) if zone.kind in _SPOKEN else []
    others = [hit for hit in hits if not _is_activity(hit)]
    vague = foreign or others or hits
    return [min(vague, key=zone.distance)] if vague else []


def _foreign_languages(zone: Zone) -> list[Hit]:
    """Return `languages` for each language but English: "Hebrew evaluators" are paid for it."""
    return [
        hit._replace(topic=Topic.DOMAIN, code=DomainCode.LANGUAGES.value, weight=2)
        for hit in of_topic(zone.hits, Topic.LANGUAGE)
        if hit.code not in ("en", "mul")
    ]


def _is_only_compared(hit: Hit, zone: Zone) -> bool:
    """Tell whether another pay stands beside only to compare: "$12, below the minimum wage"."""
    if hit.code != DomainCode.COMPARISON:
        return False
    start, end = zone.statement
    if zone.kind not in (ZoneKind.CLAUSE, ZoneKind.SENTENCE):
        return False
    if hit.end <= start:
        return start - hit.end > _NEAR
    return _COMPARED.search(zone.text, end, hit.start) is not None or hit.start - end > _NEAR


def _joined_with(anchor: Hit, hits: Sequence[Hit], text: str) -> list[Hit]:
    """Return the hits in one list with the anchor: "engineering and law"."""
    at = hits.index(anchor)
    first = last = at
    while first > 0 and _is_joint(text[hits[first - 1].end : hits[first].start]):
        first -= 1
    while last + 1 < len(hits) and _is_joint(text[hits[last].end : hits[last + 1].start]):
        last += 1
    return list(hits[first : last + 1])


def _is_joint(gap: str) -> bool:
    """Tell whether only "and", commas and a word for people stand between two fields."""
    words = [word for word in re.findall(r"\w+", gap) if word.lower() not in people()]
    return len(gap) < 40 and _AND.fullmatch(" ".join(words)) is not None and "." not in gap


def _names_people(text: str, hit: Hit) -> bool:
    """Tell whether a hit is a word for people ("data workers"), not for their work."""
    return _is_activity(hit) and text[hit.start : hit.end].split()[-1].lower() in people()


def _field_of_title(document: DocumentContext, zones: Sequence[Zone]) -> list[Found]:
    """Return the one field of the document's title; a title with several says none."""
    titles = [zone.text[slice(*zone.span)] for zone in zones if zone.kind is ZoneKind.TITLE]
    for title in (document.title, *titles):
        hits = of_topic(find_phrases(title or "", Register.PROSE), Topic.DOMAIN)
        fields = distinct(hit for hit in hits if hit.weight > 1 and hit.code not in _UNTITLED)
        fields = fields or distinct(hit for hit in hits if _names_people(title or "", hit))
        if title and len(fields) == 1:
            return [Found(fields[0].code, title[fields[0].start : fields[0].end])]
    return []


# --- Tier ------------------------------------------------------------------------------------


def _tier(
    zones: Sequence[Zone],
    fields: Sequence[Found],
    field_zone: Zone | None,
    posting: PostingContext | None,
) -> Found | None:
    """Return the tier of the narrowest zone that names one; professions carry their own."""
    named = {answer.code for answer in fields}
    if DomainCode.COMPARISON in named:
        return None
    senior: Found | None = None
    for zone in zones:
        if not _may_name_tier(zone, field_zone, named):
            continue
        answer = _tier_of_zone(zone, named)
        senior = senior or found(zone.text, _unmatched_senior(zone))
        if answer:
            return _raised_by(senior, answer) if senior else answer
    return _of(posting.attributes, "expertise_tier") if posting else None


def _unmatched_senior(zone: Zone) -> Hit | None:
    """Return the word "senior" of a zone, unless it is part of a stated tier."""
    tiers = of_topic(zone.hits, Topic.TIER)
    senior = raising(tiers)
    inside = any(senior and hit.code in TIERS and _overlap(senior, hit) for hit in tiers)
    return None if inside else senior


def _raised_by(senior: Found, base: Found) -> Found:
    return Found(raised(base.code), f"{senior.words} {base.words}")


def _may_name_tier(zone: Zone, field_zone: Zone | None, named: set[str]) -> bool:
    """Tell whether a zone may name the tier: sentences before only with the field."""
    if zone.kind is ZoneKind.BEFORE:
        return field_zone is None or field_zone.kind is ZoneKind.BEFORE
    if zone.kind is ZoneKind.SIBLING:
        return _is_sibling_of_fields(zone, named)
    return zone.kind is not ZoneKind.TITLE


def _is_sibling_of_fields(zone: Zone, named: set[str]) -> bool:
    """Tell whether an item of the list names a field too: then the list varies by field."""
    others = {hit.code for hit in of_topic(zone.hits, Topic.DOMAIN) if hit.weight > 1}
    return bool(named) and bool(others - {DomainCode.GENERALIST})


def _tier_of_zone(zone: Zone, named: set[str]) -> Found | None:
    tiers = of_topic(zone.hits, Topic.TIER)
    stated = [hit for hit in tiers if hit.code in TIERS]
    own = [
        hit
        for hit in of_topic(zone.hits, Topic.DOMAIN)
        if profession_tier(hit) and (not named or hit.code in named)
    ]
    return _nearest_tier(zone, stated, own)


def _overlap(a: Hit, b: Hit) -> bool:
    return a.start < b.end and b.start < a.end


def _nearest_tier(zone: Zone, stated: Sequence[Hit], own: Sequence[Hit]) -> Found | None:
    """Return the higher of what is stated nearest and what the profession itself implies."""
    answers = []
    if stated:
        degrees = [hit for hit in stated if "degree" in hit.flags]
        plain = [hit for hit in stated if "degree" not in hit.flags]
        hit = min(plain, key=zone.distance) if plain else min(degrees, key=lambda d: d.code)
        answers.append(Found(hit.code, zone.text[hit.start : hit.end]))
    if own:
        hit = min(own, key=zone.distance)
        answers.append(Found(profession_tier(hit) or "", zone.text[hit.start : hit.end]))
    return max(answers, key=lambda answer: answer.code, default=None)


# --- What does not depend on the field -------------------------------------------------------


def _shared(
    zones: Sequence[Zone], document: DocumentContext, posting: PostingContext | None
) -> dict[str, Found | None]:
    """Return country, language, kind of work, platform and engagement."""
    offered = posting.attributes if posting else PostingAttributes()
    platform = _platform(zones, document, offered)
    kind = platform_kind(platform.code if platform else None)
    return {
        "country_code": _country(zones, document, offered),
        "language_code": _language(zones) or _of(offered, "language_code"),
        "work_kind": _nearest(zones, Topic.WORK_KIND, _NOT_FAR) or _of(offered, "work_kind"),
        "engagement_type": _engagement(zones, kind) or _of(offered, "engagement_type"),
        "platform_id": platform,
    }


_NOT_WHERE: Final = frozenset({ZoneKind.SIBLING, ZoneKind.TITLE})
_NOT_FAR: Final = frozenset(ZoneKind) - {ZoneKind.SIBLING, ZoneKind.BEFORE, ZoneKind.TITLE}


def _of(offered: PostingAttributes, name: str) -> Found | None:
    """Return an attribute of the posting with its words."""
    code = getattr(offered, name)
    return Found(code, offered.evidence.get(name, "")) if code else None


def _language(zones: Iterable[Zone]) -> Found | None:
    answers = (language_of(zone.text, zone.hits) for zone in zones if zone.kind in _NOT_FAR)
    return next((answer for answer in answers if answer), None)


def _nearest(
    zones: Iterable[Zone], topic: Topic, kinds: frozenset[ZoneKind] = _FIELD_ZONES
) -> Found | None:
    """Return the nearest strongest hit of a topic in the narrowest zone that has one."""
    for zone in zones:
        hits = strongest(of_topic(zone.hits, topic)) if zone.kind in kinds else []
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
        named = named or _names_a_group(zone)
        place = place_of_hits(zone.text, zone.hits)
        if place.country_code:
            return Found(place.country_code, place.words)
        if place.is_several:
            return None
    if offered.country_code:
        return _of(offered, "country_code")
    return Found(document.country_code, "declared") if document.country_code else None


def _engagement(zones: Sequence[Zone], kind: str | None) -> Found | None:
    for zone in zones:
        answer = None if zone.kind is ZoneKind.SIBLING else engagement_of(zone.hits, kind)
        if answer:
            code, hit = answer
            return Found(code, zone.text[hit.start : hit.end])
    return None


def _platform(
    zones: Sequence[Zone], document: DocumentContext, offered: PostingAttributes
) -> Found | None:
    """Return the platform said nearest; "Turing and micro1" together are none."""
    for zone in zones:
        hits = of_topic(zone.hits, Topic.PLATFORM) if zone.kind is not ZoneKind.SIBLING else []
        if hits:
            joined = distinct(_joined_with(min(hits, key=zone.distance), hits, zone.text))
            return found(zone.text, joined[0]) if len(joined) == 1 else None
    return _platform_above(document, offered)


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
    return zone.kind in _ABOVE and (
        len(text) - len(answer.words) < _DATELINE or "ublished" in text
    )
