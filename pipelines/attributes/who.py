"""Who is paid: the shortest readable phrase of the text that names them.

A phrase has a head, a word for people ("trainers") or for a field ("radiology"), the words
that qualify it on its left ("entry-level generalist AI") and one phrase of place or kind on its
right ("in the US", "without a degree").
"""

import re
from collections.abc import Iterable
from typing import Final

from pipelines.attributes.layout import Span
from pipelines.attributes.phrase_table import Topic
from pipelines.attributes.phrases import Hit, people
from pipelines.attributes.zones import Zone, ZoneKind
from warehouse.vocabulary import DomainCode

_LONGEST_SUBJECT: Final = 80
_LONGEST_LABEL: Final = 6
"""A label of more words is a sentence, of which only the people are taken."""

_PAY_VERB: Final = re.compile(
    r"(?<![\w-])(?<!\ba )(?<!\ban )(?<!\bthe )"
    r"(?:(?:can|could|may|might|now|often|typically|usually|generally|currently|will|would|"
    r"are|is|were|was|be|being|has|have|had|been|top)\s+)*"
    r"(?:earn(?:s|ed|ing)?|ma[dk]es?|making|"
    r"pa(?:y|ys|id|ying)|gets?|got|receiv\w+|command\w*|charg\w+|collect\w*|takes?\s+home|"
    r"ranges?|ranged|starts?|average[sd]?|offer(?:s|ed)?|advertis\w+|promis\w+|quoted|listed|"
    r"comes?\s+to|stands?\s+at|tops?\s+out|brings?\s+in|said|puts?|reach\w*|told|tells|says|"
    r"reports?|recalls?|asks?\s+for|given)\b",
    re.IGNORECASE,
)
_OF_PAY: Final = re.compile(
    r"\b(?:pay|wages?|rates?|salar(?:y|ies)|average|median|mean|reward|incomes?|earnings|range|"
    r"compensation|payout|price|median|figures?)\b|(?:19|20)\d\d|[?!]",
    re.IGNORECASE,
)
_QUALIFIES: Final = re.compile(
    r"\s+(?:rates?|pay|wages?|salar(?:y|ies)|jobs?|roles?|work|listings?|adverts?|postings?|"
    r"compensation|earnings|platforms?|market|tasks?|projects?|"
    r"training|evaluations?|label\w+|annotation|tier|background|experience|data)\b",
    re.IGNORECASE,
)
"""After these a word for people only qualifies: "contractor rates" are not paid."""

_DETERMINERS: Final = frozenset(
    [
        *("a", "an", "the", "its", "their", "our", "his", "her", "my", "each", "every", "one"),
    ]
)
_STOPS: Final = _DETERMINERS | frozenset(
    [
        *(
            "must",
            "should",
            "these",
            "this",
            "that",
            "those",
            "such",
            "any",
            "your",
            "own",
            "it",
            "they",
            "we",
            "you",
        ),
        *("of", "for", "to", "by", "at", "in", "on", "from", "with", "as", "than", "into"),
        *("and", "or", "but", "while", "whereas", "so", "then", "if", "when", "where"),
        *("because", "who", "whom", "which", "what", "how", "why", "is", "are", "was", "were"),
        *("be", "has", "have", "had", "can", "could", "will", "would", "may", "not", "no"),
        *("also", "said", "two", "three", "some", "many", "most", "few", "all", "both"),
        *("other", "only", "about", "roughly", "nearly", "almost", "over", "per", "like"),
        *("take", "before", "after", "says", "say", "pays", "pay", "paid", "between", "among"),
        *("against", "via", "give", "gives"),
    ]
)
"""What no phrase for people opens with: it ends the qualifying words on the left."""

_EMBEDDING: Final = frozenset(
    ("of", "for", "to", "by", "at", "in", "on", "from", "with", "as", "than", "among", "like")
)
_UNNAMED: Final = frozenset(
    ("people", "person", "persons", "user", "users", "member", "members", "staff", "crowd")
)
"""Words that alone name nobody."""

_WORD: Final = re.compile(r"[\w'\u2019&+#/-]+")
_GLUE: Final = frozenset(("ai", "model", "data", "highly", "super"))
_MOST_WORDS: Final = 5
_JOINT: Final = re.compile(r"\s*(?:,|,?\s(?:and|or)\s|&)\s*", re.IGNORECASE)
_TAIL: Final = re.compile(
    r"\s+(?:in|from|outside|with|without|of|on|doing|working|living|based)\s[^,;:.()\n|$€£¥₹]+?"
    r"(?=\s*(?:[,;:.()|]|$)|\s(?:who|that|which|whom|for|as)\b)",
    re.IGNORECASE,
)
_LONGEST_TAIL: Final = 5
_WHERE: Final = re.compile(r"\s+(?:in|from|outside|across)\s+(?:the\s+)?", re.IGNORECASE)
_AND_WHERE: Final = re.compile(r"(?:,|,?\s(?:and|or))\s+(?:the\s+)?", re.IGNORECASE)
_MARKUP: Final = re.compile(r"[*_#`|>\"“”]+")
_EDGES: Final = " \t\n,;:.()\u2013\u2014-•·"
_OPENING: Final = re.compile(
    r"^(?:(?:for|in|on|the|a|an|of|our|their|its|his|her|own|those)\s+)+", re.IGNORECASE
)

_WHO: Final = (Topic.PEOPLE, Topic.DOMAIN, Topic.TIER)
"""Who works; a platform alone pays, and is not paid."""

_QUALIFYING: Final = (*_WHO, Topic.COUNTRY, Topic.LANGUAGE, Topic.ENGAGEMENT)
_WHOLE: Final = frozenset({ZoneKind.PARENTHESIS, ZoneKind.LABEL, ZoneKind.HEADING})
_SPOKEN: Final = frozenset({ZoneKind.CLAUSE, ZoneKind.SENTENCE})
_FAR: Final = frozenset({ZoneKind.BEFORE, ZoneKind.INTRO, ZoneKind.COLUMN})


def who_is_paid(zones: Iterable[Zone], *, is_posting: bool = False) -> str | None:
    """Return the phrase of the nearest zone that names who is paid, or None.

    In a posting only the statement's own words are asked, since the title names the people.
    """
    for zone in zones:
        if zone.kind in _SPOKEN:
            phrase = _spoken(zone)
        elif is_posting and zone.kind not in (ZoneKind.LABEL, ZoneKind.PARENTHESIS):
            continue
        elif zone.kind in _WHOLE:
            phrase = _whole(zone)
        else:
            phrase = _nearest_people(zone, *zone.span) if zone.kind in _FAR else None
        if phrase:
            return phrase
    return None


def _whole(zone: Zone) -> str | None:
    """Return a label that names somebody, or the people in a label that says more.

    A label that ends with a full stop may be a sentence: of it, only the people are taken.
    """
    start, end = zone.span
    if zone.text.startswith(".", end):
        return _nearest_people(zone, start, end)
    label = zone.text[start:end]
    colon = label.rfind(":")
    for begin, stop in ((start + colon + 1, end), (start, start + max(0, colon))):
        part = _MARKUP.sub(" ", zone.text[begin:stop])
        if not _names_who(zone, begin, stop):
            continue
        is_name = not _OF_PAY.search(part) and not _PAY_VERB.search(part)
        if is_name and len(part.split()) <= _LONGEST_LABEL:
            return _tidy(part)
        phrase = _nearest_people(zone, begin, stop)
        if phrase:
            return phrase
    return None


def _names_who(zone: Zone, start: int, end: int) -> bool:
    """Tell whether people, a tier or a field of theirs is named in a span."""
    hits = (hit for topic in _WHO for hit in zone.of(topic))
    return any(
        start <= hit.start and hit.end <= end and hit.code != DomainCode.COMPARISON
        for hit in hits
    )


def _spoken(zone: Zone) -> str | None:
    """Return who stands before the verb of paying ("trainers earn"), else the people nearest.

    Where no people stand there, a field may: "Radiology pays $210".
    """
    start, end = zone.span[0], min(zone.statement[0], zone.span[1])
    verbs = [verb.start() for verb in _PAY_VERB.finditer(zone.text, start, max(start, end))]
    for verb in verbs:
        phrase = _subject(zone, start, verb)
        if phrase:
            return phrase
    return _nearest_people(zone, *zone.span) or (_field(zone, verbs[0]) if verbs else None)


def _subject(zone: Zone, start: int, end: int) -> str | None:
    """Return the people before a verb: the last that no "of" or "for" subordinates."""
    heads = _heads(zone, start, end)
    free = [head for head in heads if not _is_embedded(zone, head, start)]
    for head in reversed(free or heads):
        phrase = _phrase(zone, head, (start, end), is_subject=True)
        if phrase:
            return phrase
    return None


def _nearest_people(zone: Zone, start: int, end: int) -> str | None:
    """Return the people of a span who stand nearest to the statement."""
    for head in sorted(_heads(zone, start, end), key=zone.distance):
        phrase = _phrase(zone, head, (start, end), is_subject=False)
        if phrase:
            return phrase
    return None


def _field(zone: Zone, verb: int) -> str | None:
    """Return the field that opens what stands before a verb."""
    start = zone.span[0]
    hit = next((hit for hit in zone.of(Topic.DOMAIN) if hit.weight > 1), None)
    if hit is None or hit.end > verb:
        return None
    edge = _left_edge(zone, hit, start, is_subject=False)
    if _STOPS.issuperset(_WORD.findall(zone.text[start:edge].lower())):
        return _phrase(zone, hit, (start, verb), is_subject=False)
    return None


def _heads(zone: Zone, start: int, end: int) -> list[Hit]:
    """Return the phrases inside a span that end in a word for people, in order of place."""
    found: dict[int, Hit] = {}
    for topic in _WHO:
        for hit in zone.of(topic):
            inside = start <= hit.start and hit.end <= end and not _overlaps(hit, zone)
            if inside and _is_people(zone.text, hit):
                longest = min(hit, found.get(hit.end, hit), key=lambda other: other.start)
                found[hit.end] = longest
    return [found[place] for place in sorted(found)]


def _is_people(text: str, hit: Hit) -> bool:
    if _QUALIFIES.match(text, hit.end) and not text[: hit.end].endswith("s"):
        return False
    if hit.topic is Topic.PEOPLE or (hit.topic is Topic.DOMAIN and _has_profession(hit)):
        return True
    return text[hit.start : hit.end].split()[-1].lower() in people()


def _has_profession(hit: Hit) -> bool:
    return "E3" in hit.flags or "E4" in hit.flags


def _overlaps(hit: Hit, zone: Zone) -> bool:
    start, end = zone.statement
    return hit.start < end and start < hit.end


def _is_embedded(zone: Zone, head: Hit, start: int) -> bool:
    """Tell whether a preposition governs the people: "paid as contractors"."""
    before = zone.text[start : _left_edge(zone, head, start, is_subject=True)].lower().split()
    while before and before[-1] in _STOPS - _EMBEDDING:
        before.pop()
    return bool(before) and before[-1] in _EMBEDDING


def _left_edge(zone: Zone, head: Hit, start: int, *, is_subject: bool) -> int:
    """Return where the words that qualify a head begin: "(the) entry-level AI trainers".

    Before a verb any word may qualify, and so may one after "a" or "the"; elsewhere only words
    that the word lists know.
    """
    at = sure = head.start
    unknown = 0
    words = list(_WORD.finditer(zone.text, start, at))
    for word in reversed(words[-_MOST_WORDS:]):
        lowered, gap = word.group().lower(), zone.text[word.end() : at]
        if gap.strip() not in ("", ",") or lowered[0].isdigit():
            break
        if lowered in _STOPS:
            is_one = unknown == 1 and lowered in _DETERMINERS and not gap.strip()
            return at if is_one else sure
        if "," in gap and not _is_part(zone, word.span(), (Topic.TIER,)):
            break
        at = word.start()
        known = lowered in _GLUE or _is_part(zone, word.span(), _QUALIFYING)
        unknown += not known
        sure = at if is_subject or (known and not unknown) else sure
    return sure


def _is_part(zone: Zone, word: Span, topics: Iterable[Topic]) -> bool:
    """Tell whether a word is part of a hit of some topics."""
    hits = (hit for topic in topics for hit in zone.of(topic))
    return any(hit.start <= word[0] and word[1] <= hit.end for hit in hits)


def _phrase(zone: Zone, head: Hit, within: Span, *, is_subject: bool) -> str | None:
    """Return a head with the words that qualify it and the heads joined to it by "and"."""
    start, end = within
    at = _left_edge(zone, head, start, is_subject=is_subject)
    for other in reversed(_heads(zone, start, at)):
        if _JOINT.fullmatch(zone.text, other.end, at):
            at = _left_edge(zone, other, start, is_subject=is_subject)
    phrase = _tidy(_MARKUP.sub(" ", zone.text[at : _right_edge(zone, head, end)]))
    if phrase is None or phrase.lower() in _UNNAMED or len(phrase) > _LONGEST_SUBJECT:
        return None
    return phrase


def _right_edge(zone: Zone, head: Hit, end: int) -> int:
    """Return the end of a head with what follows about it: "trainers in the US"."""
    where = _end_of_places(zone, head.end, end)
    tail = _TAIL.match(zone.text[head.end : end])
    if where > head.end or tail is None or len(tail.group().split()) > _LONGEST_TAIL:
        return where
    stop = head.end + tail.end()
    named = (hit for topic in (*_QUALIFYING, Topic.PLATFORM) for hit in zone.of(topic))
    tells = any(head.end <= hit.start and hit.end <= stop for hit in named)
    return stop if tells else head.end


def _end_of_places(zone: Zone, at: int, end: int) -> int:
    """Return the end of the countries named right there: "in Kenya, Uganda and Peru"."""
    link = _WHERE
    for hit in zone.of(Topic.COUNTRY):
        if at <= hit.start and hit.end <= end and link.fullmatch(zone.text, at, hit.start):
            at, link = hit.end, _AND_WHERE
    return at


def _tidy(phrase: str) -> str | None:
    bare = _OPENING.sub("", " ".join(phrase.split()).strip(_EDGES), count=1)
    return bare + ")" * (bare.count("(") - bare.count(")")) or None
