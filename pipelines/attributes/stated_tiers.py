"""The tier of one statement: the narrowest zone that names one decides."""

import re
from collections.abc import Sequence
from typing import Final

from pipelines.attributes.decisions import (
    TIERS,
    Found,
    found,
    lowest_degree,
    profession_tier,
    raised,
    raising,
)
from pipelines.attributes.phrase_table import Topic
from pipelines.attributes.phrases import Hit
from pipelines.attributes.zones import Zone, ZoneKind
from warehouse.vocabulary import DomainCode

_SENTENCE: Final = frozenset({ZoneKind.CLAUSE, ZoneKind.SENTENCE})
_ANAPHORA: Final = re.compile(
    r"\b(?:the|these|those|such|its|their|our|his|her|same|of|one)\s+(?:\w+\s)?$", re.IGNORECASE
)


def names_tier(zone: Zone, *tiers: str) -> bool:
    """Tell whether a zone names one of some tiers."""
    return any(hit.code in tiers for hit in zone.of(Topic.TIER))


def names_a_group(zone: Zone) -> bool:
    """Tell whether a zone says which people: a tier, or people not named before ("the")."""
    if names_tier(zone, *TIERS):
        return True
    return zone.kind in _SENTENCE and any(
        not _ANAPHORA.search(zone.text, max(0, hit.start - 16), hit.start)
        for hit in zone.of(Topic.PEOPLE)
    )


def stated_tier(
    zones: Sequence[Zone],
    fields: Sequence[Found],
    field_zone: Zone | None,
    offered: Found | None,
) -> Found | None:
    """Return the tier of the narrowest zone that names one; professions carry their own.

    `offered` is the posting's tier: over it, the sentences before may set a degree only, since
    their experts may be colleagues.
    """
    named = {answer.code for answer in fields}
    if DomainCode.COMPARISON in named:
        return None
    senior: Found | None = None
    grouped = False
    for zone in zones:
        if not _may_name_tier(zone, field_zone, named) or (grouped and _is_before(zone)):
            continue
        grouped = grouped or names_a_group(zone)
        if offered and _is_before(zone):
            answer = found(zone.text, lowest_degree(zone.of(Topic.TIER)))
        else:
            answer = _tier_of_zone(zone, named)
        senior = senior or found(zone.text, _unmatched_senior(zone))
        if answer:
            return _raised_by(senior, answer) if senior else answer
    return offered


def _is_before(zone: Zone) -> bool:
    return zone.kind is ZoneKind.BEFORE


def _unmatched_senior(zone: Zone) -> Hit | None:
    """Return the word "senior" of a zone, unless it is part of a stated tier."""
    tiers = zone.of(Topic.TIER)
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
    others = {hit.code for hit in zone.of(Topic.DOMAIN) if hit.weight > 1}
    return bool(named) and bool(others - {DomainCode.GENERALIST})


def _tier_of_zone(zone: Zone, named: set[str]) -> Found | None:
    tiers = zone.of(Topic.TIER)
    stated = [hit for hit in tiers if hit.code in TIERS]
    own = [
        hit
        for hit in zone.of(Topic.DOMAIN)
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
