"""Countries, cities, platforms, fields and languages: what the words name, and the tables."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from pipelines.attributes.decisions import Found, distinct, found, of_topic
from pipelines.attributes.lexicons import SEVERAL, record_rows
from pipelines.attributes.phrase_table import Register, Topic
from pipelines.attributes.phrases import Hit, find_phrases
from warehouse.vocabulary import DomainCode

_AMBIGUOUS_LETTERS: Final = frozenset(
    [
        *("AL", "AR", "CA", "CO", "DE", "GA", "ID", "IL", "IN", "LA", "MA", "MD"),
        *("ME", "MN", "MO", "MS", "MT", "NC", "NE", "PA", "SC", "SD", "TN", "VA"),
    ]
)
"""Two letters that are a state of the US and an ISO country code alike."""

_REMOTE = re.compile(
    r"\b(?:remote(?:ly)?|work from home|home[- ]based|wfh|worldwide|world wide|anywhere|"
    r"remoto|remota|à distance|télétravail|home ?office|teletrabajo)\b",
    re.IGNORECASE,
)
_ON_SITE = re.compile(
    r"\b(?:on[- ]?site|in[- ]person|hybrid|in[- ]office|presencial|vor ort)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Place:
    """What a text says about where: one country, or that it is several or any."""

    country_code: str | None = None
    is_several: bool = False
    words: str = ""


NOWHERE: Final = Place()


@dataclass(frozen=True, slots=True)
class Country:
    """One row of the published countries table."""

    country_code: str
    name: str
    region: str
    currency: str | None


@dataclass(frozen=True, slots=True)
class Platform:
    """One row of the published platforms table; `kind` is how it stands to the workers."""

    platform_id: str
    name: str
    operator: str
    kind: str
    aliases: tuple[str, ...]


def _follows_a_place(text: str, hit: Hit) -> bool:
    """Tell whether two letters stand where a state stands: after a comma, "Seattle, WA"."""
    return text[: hit.start].rstrip().endswith(",")


def _with_letters(places: list[Hit], letters: list[Hit], text: str) -> list[Hit]:
    """Let state letters correct a city ("Cambridge, MA"), unless they are its country code."""
    stated = [hit for hit in letters if _follows_a_place(text, hit)]
    if not stated:
        return places
    iso = {text[hit.start : hit.end].upper() for hit in stated}
    kept = [hit for hit in places if hit.code in iso or "letters" in hit.flags]
    if kept:
        return kept
    nearest = max((hit for hit in places if hit.end <= stated[-1].start), default=None)
    others = [hit for hit in places if hit is not nearest]
    return [*others, stated[-1]]


def _settled(hits: Sequence[Hit]) -> list[str]:
    """Return the countries meant, an ambiguous place (Georgia) read by the company it keeps."""
    plain = [hit.code for hit in distinct(hits) if "," not in hit.code]
    for hit in hits:
        readings = hit.code.split(",")
        if len(readings) > 1 and not set(readings) & set(plain):
            plain.append(SEVERAL)
    return list(dict.fromkeys(plain))


def place_of_hits(text: str, hits: Sequence[Hit]) -> Place:
    """Return where the hits point to; "worldwide" beside one country is the country."""
    countries = of_topic(hits, Topic.COUNTRY)
    letters = [hit for hit in countries if "letters" in hit.flags]
    places = [hit for hit in countries if "letters" not in hit.flags]
    places = _with_letters(places, letters, text)
    if not places:
        return NOWHERE
    codes = _settled(places)
    named = [code for code in codes if code != SEVERAL]
    said = text[places[0].start : places[-1].end]
    if len(named) == 1:
        return Place(named[0], words=said)
    return Place(is_several=True, words=said)


@lru_cache(maxsize=4096)
def place_of(text: str) -> Place:
    """Return where a location text points to ("Toronto", "Remote - India", "DE")."""
    bare = text.strip()
    if len(bare) == 2 and bare.isupper() and bare not in _AMBIGUOUS_LETTERS:
        bare = "GB" if bare == "UK" else bare
        return Place(bare, words=bare) if bare in _country_codes() else NOWHERE
    return place_of_hits(text, find_phrases(text, Register.PLACE))


def country_of(text: str) -> str | None:
    """Return the ISO 3166-1 alpha-2 code of the one country a text names, or None.

    Cities, states, native names and adjectives count; several countries give None.
    """
    return place_of(text).country_code


@lru_cache(maxsize=4096)
def is_remote_place(text: str) -> bool | None:
    """Return whether a text says the work is remote; on site or hybrid is False, else None."""
    if _ON_SITE.search(text):
        return False
    return True if _REMOTE.search(text) else None


@lru_cache(maxsize=1)
def countries() -> tuple[Country, ...]:
    """Return the countries of ISO 3166-1 with region and currency, by code."""
    return tuple(
        Country(row["country_code"], row["name"], row["region"], row["currency"] or None)
        for row in record_rows("countries.tsv")
    )


@lru_cache(maxsize=1)
def _country_codes() -> frozenset[str]:
    return frozenset(row.country_code for row in countries())


@lru_cache(maxsize=1)
def platforms() -> tuple[Platform, ...]:
    """Return the platforms known by name, with operator and other names."""
    return tuple(
        Platform(
            row["platform_id"],
            row["name"],
            row["operator"],
            row["kind"],
            tuple(part.strip() for part in row["aliases"].split(";") if part.strip()),
        )
        for row in record_rows("platforms.tsv")
    )


@lru_cache(maxsize=1)
def _platform_kinds() -> dict[str, str]:
    return {row.platform_id: row.kind for row in platforms()}


def platform_kind(platform_id: str | None) -> str | None:
    """Return `lab`, `vendor`, `marketplace` or `crowd`, or None for an unknown platform."""
    return _platform_kinds().get(platform_id or "")


@lru_cache(maxsize=4096)
def platform_of(text: str) -> Found | None:
    """Return the one platform a short text (id, publisher, title) names, or None."""
    if text in _platform_kinds():
        return Found(text, text)
    named = distinct(of_topic(find_phrases(text, Register.TITLE), Topic.PLATFORM))
    is_one = len(named) == 1 and named[0].code != SEVERAL
    return found(text, named[0]) if is_one else None


_SAYS: Final = {code.value: code.says for code in DomainCode}


@dataclass(frozen=True, slots=True)
class Domain:
    """One row of the published domains table; `(weak)` marks a distant classification code."""

    domain_code: str
    description: str
    typical_titles: str | None
    soc_2018: str | None
    isco_08: str | None


@lru_cache(maxsize=1)
def domains() -> tuple[Domain, ...]:
    """Return the fields of work with typical titles and their nearest official classes."""
    return tuple(
        Domain(
            row["domain_code"],
            _SAYS[row["domain_code"]],
            row["typical_titles"] or None,
            row["soc_2018"] or None,
            row["isco_08"] or None,
        )
        for row in record_rows("fields.tsv")
    )


@dataclass(frozen=True, slots=True)
class Language:
    """One language: its ISO 639 code and English name."""

    language_code: str
    name: str


@lru_cache(maxsize=1)
def languages() -> tuple[Language, ...]:
    """Return the languages known by name."""
    return tuple(
        Language(row["language_code"], row["name"]) for row in record_rows("languages.tsv")
    )
