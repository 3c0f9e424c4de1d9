"""The decisions: which field, tier, kind of work, engagement and language the phrases mean.

Every function takes hits of one zone (a title, a clause, a label) and answers with the hit or
hits that decide, or nothing. The tier rules: a licence, a bar admission, a doctorate or a
profession closed without one is E3; other professions and skills E2; no credential asked E1;
an open crowd E0; *senior, lead, principal, elite* and scarce specialties raise by one, to E4 at
most; *expert* or *specialist* in a title alone does not.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from pipelines.attributes.phrase_table import Topic
from pipelines.attributes.phrases import Hit, people
from warehouse.vocabulary import DomainCode, EngagementType, ExpertiseTier

TIERS: Final = tuple(tier.value for tier in ExpertiseTier)

_MOST_FIELDS_SPLIT: Final = 2
"""Up to two fields in one breath are two subjects; more are a figure that spans fields."""

EMPLOYEE: Final = "employee"
"""What a text says before the platform tells whose employee it is."""


class Found(NamedTuple):
    """A decided code and the words it was decided on."""

    code: str
    words: str


def of_topic(hits: Iterable[Hit], topic: Topic) -> list[Hit]:
    """Return the hits of one topic, in order of place."""
    return [hit for hit in hits if hit.topic is topic]


def strongest(hits: Sequence[Hit]) -> list[Hit]:
    """Return the hits of the greatest weight, in order of place."""
    if len(hits) < 2:
        return list(hits)
    top = max(hit.weight for hit in hits)
    return [hit for hit in hits if hit.weight == top]


def distinct(hits: Iterable[Hit]) -> list[Hit]:
    """Return the first hit of every code, in order of place."""
    first: dict[str, Hit] = {}
    for hit in hits:
        first.setdefault(hit.code, hit)
    return list(first.values())


def words(text: str, hit: Hit) -> str:
    """Return the words of a hit."""
    return text[hit.start : hit.end]


def found(text: str, hit: Hit | None) -> Found | None:
    """Return the code of a hit with its words, or None."""
    return None if hit is None else Found(hit.code, words(text, hit))


def first_of(hits: Iterable[Hit], topic: Topic) -> Hit | None:
    """Return the strongest hit of a topic; of equals the first."""
    return max(of_topic(hits, topic), key=lambda hit: hit.weight, default=None)


def raised(tier: str) -> str:
    """Return the tier one step up, E4 at most."""
    return TIERS[min(TIERS.index(tier) + 1, len(TIERS) - 1)]


def tier_of_words(hits: Sequence[Hit]) -> Hit | None:
    """Return the hit that states a tier: the strongest; of equals the highest.

    Degrees speak last and the lowest accepted one decides, since "Master's or PhD" asks for a
    master's only.
    """
    tiers = of_topic(hits, Topic.TIER)
    degrees = [hit for hit in tiers if "degree" in hit.flags]
    stated = [hit for hit in tiers if hit.code in TIERS and "degree" not in hit.flags]
    if stated:
        return max(strongest(stated), key=lambda hit: hit.code)
    return min(degrees, key=lambda hit: hit.code, default=None)


def lowest_degree(hits: Iterable[Hit]) -> Hit | None:
    """Return the lowest degree named, or None."""
    degrees = [hit for hit in of_topic(hits, Topic.TIER) if "degree" in hit.flags]
    return min(degrees, key=lambda hit: hit.code, default=None)


def raising(hits: Iterable[Hit]) -> Hit | None:
    """Return the word that raises the tier by one ("senior"), or None."""
    return next((hit for hit in of_topic(hits, Topic.TIER) if hit.code == "raise"), None)


def profession_tier(hit: Hit) -> str | None:
    """Return the tier that a profession or field word carries itself, or None."""
    return next((flag for flag in TIERS if flag in hit.flags), None)


def spans_fields(fields: Sequence[Hit]) -> bool:
    """Tell whether so many fields are named together that the figure spans fields."""
    return len(fields) > _MOST_FIELDS_SPLIT


def all_fields(fields: Sequence[Hit]) -> Hit:
    """Return one hit for several fields named together: it says `all`."""
    return Hit(
        fields[0].start, fields[-1].end, Topic.DOMAIN, DomainCode.ALL.value, 2, frozenset()
    )


def language_of(text: str, hits: Iterable[Hit]) -> Found | None:
    """Return the language needed: the one beside English, or `mul` where there are more."""
    codes = distinct(of_topic(hits, Topic.LANGUAGE))
    named = [hit for hit in codes if hit.code not in _COMMON] or codes[:1]
    if not named:
        return None
    if len(named) == 1:
        return found(text, named[0])
    return Found("mul", text[named[0].start : named[-1].end])


_COMMON: Final = frozenset({"en", "mul"})
"""A language beside these is the one that the work needs."""


def engagement_of(hits: Iterable[Hit], platform_kind: str | None) -> tuple[str, Hit] | None:
    """Return the engagement type and its hit.

    "Employee" alone is a vendor's or an employer's own: the kind of platform tells which; where
    it is not known, nothing is answered.
    """
    hit = first_of(hits, Topic.ENGAGEMENT)
    if hit is None:
        return None
    if hit.code != EMPLOYEE:
        return hit.code, hit
    if platform_kind is None:
        return None
    direct = platform_kind == "lab"
    kind = EngagementType.EMPLOYEE_DIRECT if direct else EngagementType.EMPLOYEE_VENDOR
    return kind.value, hit


def without_qualifiers(hits: Sequence[Hit], text: str) -> list[Hit]:
    """Return the fields but a bare one that only qualifies the next: "*retail* finance"."""
    qualifying = {
        hit
        for hit, head in pairwise(hits)
        if "label" in hit.flags and _is_head(head) and not text[hit.end : head.start].strip()
    }
    return [hit for hit in hits if hit not in qualifying]


def _is_head(hit: Hit) -> bool:
    """Tell whether a field holds against the word before it; a teacher of music does not."""
    return hit.code == DomainCode.ENGINEERING or (
        hit.weight > 1 and hit.code != DomainCode.GENERALIST
    )


_AND: Final = re.compile(r"[\s,/&+]*(?:\b(?:and|or|und|y|e|et|oder|as well as)\b)?[\s,/]*")


def joined_with(anchor: Hit, hits: Sequence[Hit], text: str) -> list[Hit]:
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
