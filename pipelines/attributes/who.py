"""Who is paid: the phrase of the text that names them."""

import re
from collections.abc import Iterable
from typing import Final

from pipelines.attributes.layout import Span
from pipelines.attributes.phrase_table import Topic
from pipelines.attributes.phrases import Hit
from pipelines.attributes.zones import Zone, ZoneKind

_LONGEST_SUBJECT: Final = 80
_PAY_VERB: Final = re.compile(
    r"\b(?:(?:can|could|may|might|now|often|typically|usually|generally|currently|will|would|"
    r"are|is|were|was|be|being|has|have|had|been|top)\s+)*"
    r"(?:earn(?:s|ed|ing)?|ma[dk]es?|making|"
    r"pa(?:y|ys|id|ying)|gets?|got|receiv\w+|command\w*|charg\w+|collect\w*|takes?\s+home|"
    r"ranges?|ranged|starts?|average[sd]?|offer(?:s|ed)?|advertis\w+|promis\w+|quoted|listed|"
    r"comes?\s+to|stands?\s+at|tops?\s+out|brings?\s+in|said|puts?|reach\w*|told|tells|says|"
    r"reports?|recalls?)\b",
    re.IGNORECASE,
)
_MARKUP: Final = re.compile(
    r"[*_#`|>]+|^\s*(?:[-+•·\u2013\u2014‣◦▪▸►]|\d{1,3}[.)])\s+", re.MULTILINE
)
_PERCENT: Final = r"[\d.]+\s?(?:%|percent\b|per cent\b)"
_LEADING: Final = re.compile(
    r"^(?:[\s,;:.)\u2013\u2014-]+|"
    r"(?:and|but|while|whereas|whilst|or|so|then|by contrast|in contrast|however|meanwhile|"
    r"for comparison|that|those|thus|of (?:our|its|the|all|their))\b|"
    r"(?:we|they|you)\s\w+\sthat\b|according to\s[^,]{1,60},|"
    r"(?:as of|in|since|during|by)\s[^,]{0,16}(?:19|20)\d\d\b|"
    rf"(?:(?:only|roughly|about|nearly|almost|around|some|over)\s+)?{_PERCENT})+",
    re.IGNORECASE,
)
_TRAILING: Final = re.compile(
    r"(?:[\s,;:.(\u2013\u2014-]|\b(?:they|she|he|we|who|that|which|it))+$"
)
_WHO: Final = frozenset({Topic.PEOPLE, Topic.DOMAIN, Topic.TIER})
"""Who works; a platform alone pays, and is not paid."""

_NAMING: Final = _WHO | {Topic.COUNTRY, Topic.PLATFORM}
_GAP: Final = re.compile(
    r"[\s,&/'\u2019\"-]*(?:\b(?:s|ai|of|on|at|for|in|the|a|an|with|from|and|who|are|model|data|"
    r"de|do|da|en|del|la|los|von|aus)\b[\s,&/'\u2019\"-]*)*",
    re.IGNORECASE,
)
_WHOLE: Final = frozenset({ZoneKind.PARENTHESIS, ZoneKind.LABEL, ZoneKind.HEADING})
_SPOKEN: Final = frozenset({ZoneKind.CLAUSE, ZoneKind.SENTENCE})
_GROUPED: Final = frozenset({ZoneKind.BEFORE, ZoneKind.INTRO})


def who_is_paid(zones: Iterable[Zone]) -> str | None:
    """Return the shortest phrase of the nearest zone that names who is paid, or None."""
    for zone in zones:
        if zone.kind in _WHOLE:
            phrase = _whole(zone)
        elif zone.kind in _SPOKEN:
            phrase = _before_verb(zone) or _group(zone)
        else:
            phrase = _group(zone) if zone.kind in _GROUPED else None
        if phrase:
            return phrase
    return None


def _names_who(zone: Zone, start: int, end: int) -> bool:
    return any(hit.topic in _WHO and start <= hit.start and hit.end <= end for hit in zone.hits)


def _clean(text: str) -> str:
    bare = _LEADING.sub("", " ".join(_MARKUP.sub(" ", text).split()))
    return _TRAILING.sub("", bare)


def _whole(zone: Zone) -> str | None:
    start, end = zone.span
    phrase = _clean(zone.text[start:end])
    if not _names_who(zone, start, end) or len(phrase) > _LONGEST_SUBJECT:
        return None
    return phrase or None


def _before_verb(zone: Zone) -> str | None:
    """Return what stands before the verb of paying: "Entry-level trainers in the US (earn)"."""
    start = zone.span[0]
    verb = _PAY_VERB.search(zone.text, start, min(zone.statement[0], zone.span[1]))
    if verb is None or not _names_who(zone, start, verb.start()):
        return None
    phrase = _clean(zone.text[start : verb.start()])
    return phrase if 0 < len(phrase) <= _LONGEST_SUBJECT else None


def _group(zone: Zone) -> str | None:
    """Return the words from the first to the last of the hits that hang together."""
    hits = [
        hit for hit in zone.hits if hit.topic in _NAMING and not _overlaps(hit, zone.statement)
    ]
    anchors = [hit for hit in hits if hit.topic in _WHO]
    if not anchors:
        return None
    anchor = min(anchors, key=zone.distance)
    start, end = anchor.start, anchor.end
    for hit in sorted(hits, key=lambda h: abs(h.start - anchor.start)):
        gap = zone.text[hit.end : start] if hit.end <= start else zone.text[end : hit.start]
        low, high = min(start, hit.start), max(end, hit.end)
        if high - low <= _LONGEST_SUBJECT and _links(gap):
            start, end = low, high
    return _clean(zone.text[start:end]) or None


def _overlaps(hit: Hit, span: Span) -> bool:
    return hit.start < span[1] and span[0] < hit.end


def _links(gap: str) -> bool:
    """Tell whether words between two hits tie them together: "trainers in (the) US"."""
    return _GAP.fullmatch(gap) is not None
