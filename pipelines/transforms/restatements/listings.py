"""The same listing seen again: by its address, its id, or its title on another site."""

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from pipelines.transforms.restatements.records import CitedDocument, ObservedFigure
from pipelines.transforms.restatements.values import ROUND_SINGLE, Value, weight_of
from warehouse.vocabulary import EvidenceKind

WORD = re.compile(r"[^\W_]+")
ADDRESS = re.compile(r"(?i:https?://)?(?i:www\.)?([^/?#\s]+)([^?#\s]*)\??([^#\s]*)")
# An id of a listing: long, and mostly made by a machine (it holds digits).
LISTING_ID = re.compile(r"(?<![0-9a-z])(?=(?:[a-z]*\d){4})[0-9a-z]{8,}(?:-[0-9a-z]{4,})*")
ID_PARAMETER = re.compile(r"(?:^|&)(?:gh_jid|jk|job_?id|jid|req|id|p|wr_id)=([^&]+)", re.I)
# Shorter ids are only told apart within one site.
SURE_ID_LENGTH = 12

# Titles say the same when this much of their words is shared and one adds nothing but words.
SAME_TITLE = 0.75
FEWEST_WORDS = 2
FEWEST_WORDS_OF_ROUND_RATE = 3
# A rate that more adverts of one platform share than this is not searched for likely titles.
MOST_TITLES = 40


class Address(NamedTuple):
    """An address reduced to what names a listing."""

    host: str
    path: str
    listing_id: str | None


@cache
def noise_words() -> frozenset[str]:
    """Return the words that boards add to the title of a listing."""
    lines = files(__package__).joinpath("title_noise.txt").read_text("utf-8").splitlines()
    kept = (line for line in lines if not line.startswith("#"))
    return frozenset(word for line in kept for word in line.split())


@lru_cache(maxsize=1024)
def read_address(url: str) -> Address | None:
    """Return what names a listing in an address, or nothing where it is none."""
    parts = ADDRESS.match(url)
    if parts is None:
        return None
    host, path = parts[1].lower(), parts[2].rstrip("/").lower()
    named = ID_PARAMETER.search(parts[3]) if parts[3] else None
    if named:
        return Address(host, f"{path}?{named[1]}", named[1])
    ids = LISTING_ID.findall(path)
    return Address(host, path, ids[-1] if ids else None)


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
    title: str | None
    rate: tuple[object, ...]
    """What two sightings of one listing must have in common."""

    def may_be(self, other: "Advert") -> bool:
        """Return whether two adverts may be sightings of one listing.

        Different ids of one site never are, nor is one sighting read twice.
        """
        if self.figure.document_id == other.figure.document_id and (
            self.figure.posting_id == other.figure.posting_id
        ):
            return False
        ids = self.figure.requisition_id, other.figure.requisition_id
        if None not in ids and ids[0] != ids[1]:
            return False
        mine, theirs = self.address, other.address
        if mine is None or theirs is None or mine.host != theirs.host:
            return True
        is_same_id = mine.listing_id is not None and mine.listing_id == theirs.listing_id
        return is_same_id or mine.path == theirs.path


def read_advert(figure: ObservedFigure, value: Value, document: CitedDocument) -> Advert:
    """Return the advert a figure of a posting belongs to.

    A figure without posting belongs to a document that is one listing itself.
    """
    if figure.posting_id is not None:
        url, title = figure.posting_url, figure.posting_title
    else:
        url, title = document.url, document.title
    rate = _rate(value, figure.pay_period, figure.per_count)
    return Advert(figure, value, read_address(url) if url else None, title, rate)


@lru_cache(maxsize=65536)
def _rate(*parts: object) -> tuple[object, ...]:
    """Return one and the same tuple for equal parts, which few rates of a run differ in."""
    return parts


def sightings(adverts: list[Advert]) -> Iterator[tuple[Advert, Advert, str]]:
    """Yield (later, first, words of evidence) for adverts of one listing, given in order."""
    # Strings and numbers, not tuples of tuples: a hundred thousand of those slow memory down.
    first_by_key: dict[str, Advert] = {}
    rates: dict[tuple[object, ...], int] = {}
    found: set[str] = set()
    for advert in adverts:
        rate = rates.setdefault(advert.rate, len(rates))
        for key in _keys(advert):
            first = first_by_key.setdefault(f"{rate} {key}", advert)
            if first is not advert and advert.may_be(first):
                found.add(advert.figure.observation_id)
                yield advert, first, key
                break
    yield from _by_title(one for one in adverts if one.figure.observation_id not in found)


def _keys(advert: Advert) -> Iterator[str]:
    """Yield the keys of the listing of an advert, the surest first."""
    address, figure = advert.address, advert.figure
    if figure.requisition_id and figure.platform_id:
        yield f"requisition {figure.platform_id} {figure.requisition_id}"
    if address is None:
        return
    if address.listing_id and len(address.listing_id) >= SURE_ID_LENGTH:
        yield f"listing id {address.listing_id}"
    elif address.listing_id or address.path.count("-") >= FEWEST_WORDS:
        yield f"address {address.host}{address.path}"
    else:
        # A page of many listings: the title says which.
        yield f"address {address.host}{address.path} {advert.title or ''}"


def _by_title(adverts: Iterable[Advert]) -> Iterator[tuple[Advert, Advert, str]]:
    """Yield adverts of one platform and rate on two sites whose titles say the same."""
    by_rate: dict[tuple[object, ...], list[Advert]] = {}
    for advert in adverts:
        if advert.figure.platform_id and advert.address is not None:
            by_rate.setdefault((advert.figure.platform_id, advert.rate), []).append(advert)
    for alike in by_rate.values():
        if len({advert.address.host for advert in alike if advert.address}) > 1:
            yield from _same_titles(alike)


def _same_titles(adverts: list[Advert]) -> Iterator[tuple[Advert, Advert, str]]:
    """Yield adverts with the same title words, one from each further site; then likely ones."""
    by_title: dict[str, Advert] = {}
    by_site: dict[str, Advert] = {}
    for advert in adverts:
        words = title_words(advert.title, advert.figure.platform_id)
        title = " ".join(sorted(words))
        first = by_title.setdefault(title, advert)
        host = advert.address.host if advert.address else ""
        if by_site.setdefault(f"{host} {title}", advert) is not advert or first is advert:
            continue
        if _is_telling(words, first.value) and advert.may_be(first):
            yield advert, first, f"title {title}"
    if len(by_site) <= MOST_TITLES:
        yield from _likely(list(by_site.values()))


@lru_cache(maxsize=1024)
def title_words(title: str | None, platform_id: str | None) -> frozenset[str]:
    """Return the words of a title that name the work, without what boards add to it."""
    words = frozenset(WORD.findall((title or "").lower()))
    return words - noise_words() - frozenset((platform_id or "").split("_"))


def _is_telling(words: frozenset[str], value: Value) -> bool:
    is_round = weight_of(value, is_open=False) <= ROUND_SINGLE
    return len(words) >= (FEWEST_WORDS_OF_ROUND_RATE if is_round else FEWEST_WORDS)


def _likely(adverts: list[Advert]) -> Iterator[tuple[Advert, Advert, str]]:
    """Yield adverts on two sites whose titles, or addresses, are nearly the same."""
    for place, advert in enumerate(adverts):
        for first in adverts[:place]:
            shared = _shared_name(advert, first)
            if shared and advert.may_be(first):
                yield advert, first, f"title {' '.join(sorted(shared))}"
                break


def _shared_name(one: Advert, other: Advert) -> frozenset[str]:
    """Return the words two titles, or two addresses, share when they name the same listing."""
    mine, theirs = one.address, other.address
    if mine is None or theirs is None or mine.host == theirs.host:
        return frozenset()
    titles = [title_words(each.title, each.figure.platform_id) for each in (one, other)]
    slugs = [
        title_words(max(LISTING_ID.sub(" ", path).split("/"), key=len), one.figure.platform_id)
        for path in (mine.path, theirs.path)
    ]
    for first, second in (titles, slugs):
        smaller, larger = sorted((first, second), key=len)
        is_long = len(smaller) >= FEWEST_WORDS_OF_ROUND_RATE
        if is_long and smaller <= larger and len(smaller) >= SAME_TITLE * len(larger):
            return smaller
    return frozenset()
