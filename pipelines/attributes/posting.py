"""What a posting is about: one answer per posting, from its title first."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import Final

from pipelines.attributes.decisions import (
    Found,
    all_fields,
    distinct,
    engagement_of,
    first_of,
    found,
    language_of,
    lowest_degree,
    of_topic,
    profession_tier,
    raised,
    raising,
    spans_fields,
    strongest,
    tier_of_words,
    without_qualifiers,
)
from pipelines.attributes.geography import (
    NOWHERE,
    Place,
    is_remote_place,
    place_of,
    place_of_hits,
    platform_kind,
    platform_of,
)
from pipelines.attributes.lexicons import record_rows
from pipelines.attributes.phrase_table import Register, Topic
from pipelines.attributes.phrases import Hit, find_phrases
from warehouse.vocabulary import DomainCode, ExpertiseTier

_TEXT_READ: Final = 1200
"""How much of a posting's text is read when its title and fields leave a question open."""

_NOT_STAFF: Final = frozenset({"contractor", "piecework", "fellowship"})


@dataclass(frozen=True, slots=True)
class PostingAttributes:
    """The attributes of one posting; None means that the posting does not say.

    `evidence` tells the words behind each attribute; `notes` say why one was left open.
    """

    domain_code: str | None = None
    expertise_tier: str | None = None
    work_kind: str | None = None
    engagement_type: str | None = None
    country_code: str | None = None
    language_code: str | None = None
    platform_id: str | None = None
    is_remote: bool | None = None
    is_in_market: bool = True
    evidence: dict[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Zone:
    """One field of a posting with its hits."""

    text: str
    hits: tuple[Hit, ...]

    def topic(self, topic: Topic) -> list[Hit]:
        return of_topic(self.hits, topic)


@lru_cache(maxsize=8192)
def _read(text: str) -> _Zone:
    """Return a short field with its hits; fields repeat, so answers are kept."""
    return _Zone(text, tuple(find_phrases(text, Register.TITLE)))


_NO_ZONE: Final = _Zone("", ())


def _field(zone: _Zone) -> tuple[Hit, bool] | None:
    """Return the field a zone names and whether it says so plainly (not by a weak word)."""
    named = without_qualifiers(zone.topic(Topic.DOMAIN), zone.text)
    plain = [hit for hit in named if hit.code != DomainCode.GENERALIST and hit.weight > 1]
    hits = strongest(plain or named)
    if not hits:
        return None
    codes = distinct(hits)
    if spans_fields(codes) and hits[0].weight > 1 and _are_listed(zone.text, codes):
        return all_fields(codes), True
    return hits[0], hits[0].weight > 1


def _are_listed(text: str, hits: Sequence[Hit]) -> bool:
    """Tell whether the fields stand in one list: "law, medicine & finance"."""
    gaps = [text[a.end : b.start] for a, b in pairwise(hits)]
    return all(gap.strip(" ,/&+") in ("", "and", "or") for gap in gaps)


def _language_field(zone: _Zone) -> Hit | None:
    """Return `languages` where a title names one but English and no field: "Hindi Expert"."""
    hits = [hit for hit in zone.topic(Topic.LANGUAGE) if hit.code != "en"]
    if not hits:
        return None
    hit = hits[0]
    return hit._replace(topic=Topic.DOMAIN, code=DomainCode.LANGUAGES.value, weight=1)


def _domain(title: _Zone, department: _Zone, text: str | None) -> tuple[_Zone, Hit] | None:
    """Return the field: a plain word of the title, the department, a weak word, the text."""
    stated = [(zone, _field(zone)) for zone in (title, department)]
    for zone, answer in stated:
        if answer and answer[1] and not _is_broad(zone, answer[0], title):
            return zone, answer[0]
    language = _language_field(title)
    if language:
        return title, language
    for zone, answer in stated:
        if answer:
            return zone, answer[0]
    body = _body(text)
    last = _field(body)
    return (body, last[0]) if last else None


def _is_broad(zone: _Zone, hit: Hit, title: _Zone) -> bool:
    """Tell whether a department must give way to a weak word of the title ("Project Engineer").

    "AI trainer" and the like stand in every title and hold against no department.
    """
    own = {other.code for other in title.topic(Topic.DOMAIN)} - {DomainCode.GENERALIST.value}
    return zone is not title and hit.weight < 3 and bool(own)


@lru_cache(maxsize=1)
def _posting_tiers() -> dict[str, str]:
    """Return the tier of a field where the posting asks for nothing beyond the field."""
    return {row["domain_code"]: row["posting_tier"] for row in record_rows("fields.tsv")}


def _tier(zones: Sequence[_Zone], domain: tuple[_Zone, Hit] | None) -> Found | None:
    """Return the tier by the rules of `decisions`, degree filters included."""
    title = zones[0]
    base = _base_tier(zones, domain)
    if base is None:
        return None
    senior = raising(title.hits)
    if senior:
        return Found(raised(base.code), f"{title.text[senior.start : senior.end]} {base.words}")
    return base


def _base_tier(zones: Sequence[_Zone], domain: tuple[_Zone, Hit] | None) -> Found | None:
    title = zones[0]
    stated = tier_of_words([hit for hit in title.hits if "degree" not in hit.flags])
    profession = _profession(domain)
    doctorate = _doctorate(zones)
    answers = [found(title.text, stated), profession, doctorate]
    known = [answer for answer in answers if answer]
    if known:
        return max(known, key=lambda answer: answer.code)
    return _field_tier(domain)


def _profession(domain: tuple[_Zone, Hit] | None) -> Found | None:
    if domain is None:
        return None
    zone, hit = domain
    same = [other for other in zone.topic(Topic.DOMAIN) if other.code == hit.code]
    own = [profession_tier(other) for other in same]
    tier = max((code for code in own if code), default=None)
    return Found(tier, zone.text[hit.start : hit.end]) if tier else None


def _field_tier(domain: tuple[_Zone, Hit] | None) -> Found | None:
    if domain is None:
        return None
    zone, hit = domain
    tier = _posting_tiers().get(hit.code)
    return Found(tier, zone.text[hit.start : hit.end]) if tier else None


def _doctorate(zones: Sequence[_Zone]) -> Found | None:
    """Return E3 where every degree that the posting accepts is a doctorate."""
    for zone in zones:
        degree = lowest_degree(zone.hits)
        if degree is not None:
            return found(zone.text, degree) if degree.code == ExpertiseTier.E3 else None
    return None


def _place(title: _Zone, location: str) -> Place:
    """Return where: the location's one country, else the title's; several stay several."""
    there = place_of(location) if location else NOWHERE
    if there.country_code:
        return there
    here = place_of_hits(title.text, title.hits)
    return here if here.country_code else there if there.is_several else here


def _work_kind(title: _Zone, department: _Zone) -> Found | None:
    """Return the activity named; a department that names two different ones names none."""
    hit = first_of(title.hits, Topic.WORK_KIND)
    if hit:
        return found(title.text, hit)
    codes = distinct(strongest(department.topic(Topic.WORK_KIND)))
    return found(department.text, codes[0]) if len(codes) == 1 else None


def _language(zones: Sequence[_Zone]) -> Found | None:
    """Return the language needed, named in the first zone that names one."""
    answers = (language_of(zone.text, zone.hits) for zone in zones)
    return next((answer for answer in answers if answer), None)


def _is_in_market(
    title: _Zone,
    department: _Zone,
    text: str | None,
    platform: str | None,
    engagement: str | None,
) -> bool:
    """Tell whether the work trains models, rather than being a staff job at such a firm."""
    if engagement in _NOT_STAFF:
        return True
    said = [hit.code for zone in (title, department) for hit in zone.topic(Topic.MARKET)]
    if "market" in said:
        return True
    if "staff" in said and "sector" not in said:
        return False
    if platform is not None or _names_training(title):
        return True
    return any(hit.code == "market" for hit in _body(text).topic(Topic.MARKET))


def _names_training(title: _Zone) -> bool:
    return any(hit.code == DomainCode.GENERALIST for hit in title.topic(Topic.DOMAIN))


def attributes_of_posting(
    title: str | None,
    location: str | None = None,
    department: str | None = None,
    requirements: str | None = None,
    engagement: str | None = None,
    text: str | None = None,
    platform: str | None = None,
    url: str | None = None,
    employer: str | None = None,
) -> PostingAttributes:
    """Return what a posting says of itself; the title speaks first, the text last.

    `platform` and `employer` are names or ids as published; `text` is the posting's body, of
    which only the beginning is read, and only where the other fields leave the field open.
    """
    heading, dept = _read(title or ""), _read(department or "")
    terms, needs = _read(engagement or ""), _read((requirements or "")[:_TEXT_READ])
    platform_id = _platform(platform, employer, url)
    evidence: dict[str, str] = {}
    notes: list[str] = []
    domain = _domain(heading, dept, text)
    place = _place(heading, location or "")
    if place.is_several:
        notes.append(f"several countries: {place.words}")
    hired = _engagement((terms, heading, needs), platform_kind(platform_id))
    answers = {
        "domain_code": found(domain[0].text, domain[1]) if domain else None,
        "expertise_tier": _tier((heading, needs, terms), domain),
        "work_kind": _work_kind(heading, dept),
        "engagement_type": hired,
        "country_code": Found(place.country_code, place.words) if place.country_code else None,
        "language_code": _language((heading, dept)),
    }
    evidence.update({name: answer.words for name, answer in answers.items() if answer})
    codes = {name: answer.code if answer else None for name, answer in answers.items()}
    return PostingAttributes(
        **codes,
        platform_id=platform_id,
        is_remote=_is_remote(location, engagement, title),
        is_in_market=_is_in_market(heading, dept, text, platform_id, codes["engagement_type"]),
        evidence=evidence,
        notes=tuple(notes),
    )


@lru_cache(maxsize=1)
def _body(text: str | None) -> _Zone:
    """Return the beginning of the text; kept, since the last questions of a posting ask it."""
    if not text:
        return _NO_ZONE
    start = text[:_TEXT_READ]
    return _Zone(start, tuple(find_phrases(start, Register.PROSE)))


def _platform(platform: str | None, employer: str | None, url: str | None) -> str | None:
    """Return the platform that the platform name, the employer or the address names."""
    for name in (platform, employer):
        if name and (known := platform_of(name)):
            return known.code
    hosted = platform_of(_host(url)) if url else None
    return hosted.code if hosted else None


def _host(url: str) -> str:
    """Return the host of an address, where a job board's firm may be named."""
    return url.split("//", 1)[-1].split("/", 1)[0].removeprefix("www.")


def _engagement(zones: Sequence[_Zone], kind: str | None) -> Found | None:
    for zone in zones:
        answer = engagement_of(zone.hits, kind)
        if answer:
            code, hit = answer
            return Found(code, zone.text[hit.start : hit.end])
    return None


def _is_remote(location: str | None, engagement: str | None, title: str | None) -> bool | None:
    """Return what location, engagement or title, in this order, say about working remotely."""
    for text in (location, engagement, title):
        if text and (answer := is_remote_place(text)) is not None:
            return answer
    return None
