"""The field of one statement: what kind of knowledge the people paid have."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from pipelines.attributes.decisions import (
    Found,
    all_fields,
    distinct,
    joined_with,
    of_topic,
    spans_fields,
    without_qualifiers,
)
from pipelines.attributes.layout import BlockKind
from pipelines.attributes.phrase_table import Register, Topic
from pipelines.attributes.phrases import Hit, find_phrases, people
from pipelines.attributes.stated_tiers import names_a_group, names_tier
from pipelines.attributes.zones import ABOVE, Surroundings, Zone, ZoneKind
from warehouse.vocabulary import DomainCode

_SPOKEN: Final = frozenset(ZoneKind) - ABOVE - {ZoneKind.CARD}
_NEAR: Final = 50
_COMPARED: Final = re.compile(
    r"\b(?:than|below|above|under|over|beyond|times|twice|exceed\w*|beat\w*|match\w*)\b",
    re.IGNORECASE,
)
_THRESHOLD: Final = re.compile(
    r"\b(?:(?:more|less|higher|lower|fewer) than|at (?:least|most)|above|below|under|over|"
    r"beyond|exceed\w*|beat\w*|match\w*)\s(?:(?:about|around|just)\s)?(?:[A-Z]{2,3}\s?)?\W*$",
    re.IGNORECASE,
)
"""What stands before an amount that pay is measured by: "more than $7.25, the minimum"."""
_DIGIT: Final = re.compile(r"\d")
_VAGUE: Final = frozenset({DomainCode.ALL, DomainCode.GENERALIST})
_UNTITLED: Final = frozenset({DomainCode.ALL, DomainCode.COMPARISON, DomainCode.GENERALIST})
_NO_FIELD: Final = frozenset({DomainCode.ALL.value, DomainCode.COMPARISON.value})


def stated_fields(
    around: Surroundings,
    zones: Sequence[Zone],
    offered: Found | None,
    title: str | None,
    *,
    is_comparator: bool,
) -> tuple[list[Found], Zone | None]:
    """Return the field or the two fields a statement is about, and the zone that says so.

    `offered` is the posting's field and `title` the document's, asked where no zone answers; a
    note nearby that all fields are taken together is asked last.
    `is_comparator` tells that the whole document is about other people's pay.
    """
    compared = _compared(zones, is_comparator=is_comparator)
    if compared:
        return [compared], None
    is_titled = offered is not None and offered.code != DomainCode.GENERALIST
    grouped = has_experts = False
    vague: list[Found] = []
    for zone in zones:
        has_own_subject = grouped or bool(vague) or is_titled
        if not _may_inherit(zone, has_own_subject=has_own_subject):
            continue
        hits = _field_hits(zone)
        if not hits or (has_experts and hits[0].code == DomainCode.GENERALIST):
            pass
        elif _is_activity(hits[0]) and not names_tier(zone, "E0", "E1"):
            vague = vague or [Found(hits[0].code, zone.text[hits[0].start : hits[0].end])]
        else:
            return [Found(hit.code, zone.text[hit.start : hit.end]) for hit in hits], zone
        grouped = grouped or names_a_group(zone)
        has_experts = has_experts or names_tier(zone, "E3", "E4")
    if offered:
        return [offered], None
    spanning = _note_of_all(around)
    return _field_of_title(title, zones) or vague or spanning, None


def in_turn(around: Surroundings, fields: list[Found]) -> list[Found]:
    """Return the one field of a statement where "respectively" pairs fields off."""
    if len(fields) < 2:
        return fields
    *_, (start, end) = around.sentences() or [around.block.span]
    if "respectively" not in around.text[start:end].lower():
        return fields
    spans = sorted(s for s in (*around.neighbours, around.span) if start <= s[0] < end)
    return [fields[spans.index(around.span)]] if len(spans) == len(fields) else fields


def _compared(zones: Sequence[Zone], *, is_comparator: bool) -> Found | None:
    """Return `comparison` where the text or the document says that it is others' pay."""
    for zone in zones:
        if zone.kind in (ZoneKind.BEFORE, ZoneKind.SIBLING, ZoneKind.TITLE):
            continue
        for hit in zone.of(Topic.DOMAIN):
            if hit.code == DomainCode.COMPARISON and not _is_only_compared(hit, zone):
                return Found(hit.code, zone.text[hit.start : hit.end])
    if is_comparator:
        return Found(DomainCode.COMPARISON.value, "evidence kind")
    return None


def _is_activity(hit: Hit) -> bool:
    """Tell whether a hit is a mere activity ("evaluators"): a wider zone may name the field."""
    return hit.code == DomainCode.GENERALIST and hit.weight == 1


def _may_inherit(zone: Zone, *, has_own_subject: bool) -> bool:
    """Tell whether a zone may name the field: sentences before may not after a group."""
    if zone.kind is ZoneKind.BEFORE:
        return not has_own_subject
    return zone.kind is not ZoneKind.SIBLING and zone.kind is not ZoneKind.TITLE


def _field_hits(zone: Zone) -> list[Hit]:
    """Return the deciding field hits: one, two joined by "and", or one for `all`."""
    hits = [hit for hit in zone.of(Topic.DOMAIN) if not _is_only_compared(hit, zone)]
    hits = without_qualifiers(_without_their_language(hits, zone.text), zone.text)
    spoken = [hit for hit in hits if hit.weight > 1]
    if not spoken:
        return _vague_field(zone, hits)
    overall = [hit for hit in spoken if hit.code in _NO_FIELD]
    if overall:
        return [min(overall, key=zone.distance)]
    joinable = [hit for hit in hits if hit.weight > 1 or hit.code not in _VAGUE]
    joined = distinct(joined_with(min(spoken, key=zone.distance), joinable, zone.text))
    return [all_fields(joined)] if spans_fields(joined) else joined


def _without_their_language(hits: list[Hit], text: str) -> list[Hit]:
    """Leave out a language that only qualifies a field: "bilingual safety evaluators"."""
    qualifying = {
        hit
        for hit, following in pairwise(hits)
        if hit.code == DomainCode.LANGUAGES
        and following.code != hit.code
        and not text[hit.end : following.start].strip()
    }
    return [hit for hit in hits if hit not in qualifying]


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
        for hit in zone.of(Topic.LANGUAGE)
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
    if any(other.end <= start for other in zone.of(Topic.PEOPLE)):
        return True
    if _is_threshold(zone):
        return True
    return _COMPARED.search(zone.text, end, hit.start) is not None or hit.start - end > _NEAR


def _is_threshold(zone: Zone) -> bool:
    """Tell whether the amount opens with, or follows, words that measure other pay by it."""
    start, end = zone.statement
    amount = _DIGIT.search(zone.text, start, end)
    edge = amount.start() if amount else start
    return _THRESHOLD.search(zone.text[zone.span[0] : edge]) is not None


def _note_of_all(around: Surroundings) -> list[Found]:
    """Return `all` where the section, or for a table the page, says that it spans fields."""
    whole_page = around.block.kind is BlockKind.ROW
    for index in around.page.layout.section_of(around.index, whole_page=whole_page):
        for hit in around.page.hits_of(index):
            if hit.topic is Topic.DOMAIN and hit.code == DomainCode.ALL and hit.weight > 2:
                return [Found(hit.code, around.text[hit.start : hit.end])]
    return []


def _names_people(text: str, hit: Hit) -> bool:
    """Tell whether a hit is a word for people ("data workers"), not for their work."""
    return _is_activity(hit) and text[hit.start : hit.end].split()[-1].lower() in people()


def _field_of_title(declared: str | None, zones: Sequence[Zone]) -> list[Found]:
    """Return the one field of the document's title; a title with several says none."""
    titles = [zone.text[slice(*zone.span)] for zone in zones if zone.kind is ZoneKind.TITLE]
    for title in (declared, *titles):
        hits = of_topic(find_phrases(title or "", Register.PROSE), Topic.DOMAIN)
        fields = distinct(hit for hit in hits if hit.weight > 1 and hit.code not in _UNTITLED)
        fields = fields or distinct(hit for hit in hits if _names_people(title or "", hit))
        if title and len(fields) == 1:
            return [Found(fields[0].code, title[fields[0].start : fields[0].end])]
    return []
