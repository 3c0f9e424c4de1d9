"""The same listing seen again: by its address, its id, or its title on another site."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple
from urllib.parse import parse_qsl, urlsplit

from pipelines.transforms.restatements.records import CitedDocument, ObservedFigure
from pipelines.transforms.restatements.values import ROUND_SINGLE, Value, value_of, weight_of
from warehouse.vocabulary import EvidenceKind

# An id of a listing: long, and mostly made by a machine (it holds digits).
LISTING_ID = re.compile(r"(?=(?:[a-z]*\d){4})[0-9a-z]{8,}(?:-[0-9a-z]{4,})*", re.IGNORECASE)
# Shorter ids are only told apart within one site.
SURE_ID_LENGTH = 12
ID_PARAMETERS = frozenset({"gh_jid", "jk", "job_id", "jobid", "jid", "req", "id", "p", "wr_id"})
WORD = re.compile(r"[^\W_]+")

# Titles say the same when this much of their words is shared and one adds nothing but words.
SAME_TITLE = 0.75
FEWEST_WORDS = 2
FEWEST_WORDS_OF_ROUND_RATE = 3
# A rate that more titles of one platform share than this is not searched for likely titles.
MOST_TITLES = 40


class Address(NamedTuple):
    """An address reduced to what names a listing."""

    host: str
    path: str
    listing_id: str | None
    words: frozenset[str]


@cache
def noise_words() -> frozenset[str]:
    """Return the words that boards add to the title of a listing."""
    lines = files(__package__).joinpath("title_noise.txt").read_text("utf-8").splitlines()
    return frozenset(
        word for line in lines if not line.startswith("#") for word in line.split()
    )


@lru_cache(maxsize=4096)
def read_address(url: str) -> Address | None:
    """Return what names a listing in an address, or nothing where it has no host."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    host = (parts.hostname or "").removeprefix("www.")
    if not host:
        return None
    path = parts.path.rstrip("/").lower()
    asked = {key.lower(): value for key, value in parse_qsl(parts.query)}
    named = next((value for key, value in sorted(asked.items()) if key in ID_PARAMETERS), None)
    ids = LISTING_ID.findall(path)
    slug = max(path.split("/"), key=len)
    words = frozenset(WORD.findall(LISTING_ID.sub(" ", slug)))
    return Address(
        host, f"{path}?{named}" if named else path, named or (ids or [None])[-1], words
    )


def is_advert(figure: ObservedFigure, document: CitedDocument | None) -> bool:
    """Return whether a figure is the rate of a posting."""
    if figure.posting_id is not None or figure.evidence_kind == EvidenceKind.POSTING:
        return True
    return document is not None and document.evidence_kind == EvidenceKind.POSTING


class Advert(NamedTuple):
    """The rate of a posting, with what tells its listing from others."""

    figure: ObservedFigure
    value: Value
    address: Address | None
    title: frozenset[str]

    @property
    def rate(self) -> tuple[object, ...]:
        """Return what two sightings of one listing must have in common."""
        return self.value, self.figure.pay_period, self.figure.per_count or 1

    def may_be(self, other: "Advert") -> bool:
        """Return whether two adverts may be one listing: different ids of a site never are."""
        ids = self.figure.requisition_id, other.figure.requisition_id
        if None not in ids and ids[0] != ids[1]:
            return False
        if self.address is None or other.address is None:
            return True
        if self.address.host != other.address.host:
            return True
        return self.address.path == other.address.path or (
            self.address.listing_id is not None
            and self.address.listing_id == other.address.listing_id
        )


def read_advert(figure: ObservedFigure, document: CitedDocument | None) -> Advert | None:
    """Return the advert a figure of a posting belongs to, or nothing without an amount."""
    value = value_of(figure)
    if value is None:
        return None
    url = figure.posting_url or (document.url if document else None)
    title = figure.posting_title or (document.title if document else None)
    return Advert(
        figure,
        value,
        read_address(url) if url else None,
        title_words(title, figure.platform_id),
    )


@lru_cache(maxsize=4096)
def title_words(title: str | None, platform_id: str | None) -> frozenset[str]:
    """Return the words of a title that name the work, without what boards add to it."""
    words = frozenset(WORD.findall((title or "").lower()))
    return words - noise_words() - frozenset((platform_id or "").split("_"))


def sightings(adverts: list[Advert]) -> Iterator[tuple[Advert, Advert, str]]:
    """Yield (later, first, words of evidence) for adverts of one listing, given in order."""
    first_by_key: dict[tuple[object, ...], Advert] = {}
    for advert in adverts:
        for key, evidence in _keys(advert):
            first = first_by_key.setdefault((*key, advert.rate), advert)
            if first is not advert and advert.may_be(first):
                yield advert, first, evidence
                break
    yield from _likely_titles(adverts)


def _keys(advert: Advert) -> Iterator[tuple[tuple[object, ...], str]]:
    """Yield the keys of the listing of an advert, the surest first, and what each tells."""
    address, figure = advert.address, advert.figure
    if figure.requisition_id and figure.platform_id:
        yield (
            ("requisition", figure.platform_id, figure.requisition_id),
            f"requisition {figure.requisition_id}",
        )
    if address is not None:
        yield ("address", address.host, address.path), f"address {address.host}{address.path}"
        if address.listing_id and len(address.listing_id) >= SURE_ID_LENGTH:
            yield ("id", address.listing_id), f"listing id {address.listing_id}"
    if figure.platform_id and _has_telling_title(advert):
        words = tuple(sorted(advert.title))
        yield ("title", figure.platform_id, words), f"title words {' '.join(words)}"


def _has_telling_title(advert: Advert) -> bool:
    is_round = weight_of(advert.value, is_open=False) <= ROUND_SINGLE
    return len(advert.title) >= (FEWEST_WORDS_OF_ROUND_RATE if is_round else FEWEST_WORDS)


def _likely_titles(adverts: list[Advert]) -> Iterator[tuple[Advert, Advert, str]]:
    """Yield adverts of one platform and rate on two sites whose titles are nearly the same."""
    by_rate: dict[tuple[object, ...], dict[tuple[str, frozenset[str]], Advert]] = {}
    for advert in adverts:
        if advert.figure.platform_id and advert.address is not None:
            titles = by_rate.setdefault((advert.figure.platform_id, advert.rate), {})
            titles.setdefault((advert.address.host, advert.title), advert)
    for titles in by_rate.values():
        if len({host for host, _ in titles}) > 1 and len(titles) <= MOST_TITLES:
            yield from _alike(list(titles.values()))


def _alike(adverts: list[Advert]) -> Iterator[tuple[Advert, Advert, str]]:
    for place, advert in enumerate(adverts):
        for first in adverts[:place]:
            shared = _shared_name(advert, first)
            if shared and advert.may_be(first) and first.address != advert.address:
                yield advert, first, f"title words {' '.join(sorted(shared))}"
                break


def _shared_name(one: Advert, other: Advert) -> frozenset[str]:
    """Return the words two titles, or two addresses, share when they name the same listing."""
    if one.address is None or other.address is None or one.address.host == other.address.host:
        return frozenset()
    slugs = tuple(
        advert.address.words - noise_words() for advert in (one, other) if advert.address
    )
    for first, second in ((one.title, other.title), slugs):
        shared = first & second
        smaller, larger = sorted((first, second), key=len)
        if (
            len(shared) >= FEWEST_WORDS_OF_ROUND_RATE
            and smaller == shared
            and len(shared) >= SAME_TITLE * len(larger)
        ):
            return shared
    return frozenset()
