"""Postings as published to rows of `postings`, and the offers they cluster into."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from pipelines.attributes.posting import PostingAttributes, attributes_of_posting
from pipelines.transforms.documents import Provenance
from pipelines.transforms.observations import content_id
from sources.documents import RawPosting

Row = dict[str, Any]

CLUSTER_INPUTS = ("posting_id", "platform_id", "employer", "title", "url")
PAY_INPUTS = ("posting_id", "amount_min", "amount_max", "currency", "pay_period")

NOT_A_WORD = re.compile(r"[^\w+#]+")


def posting_id_of(posting: RawPosting, known: Provenance) -> str:
    """Return the name of one posting as seen in one document."""
    return content_id(known.document_id, posting.path)


def describe(posting: RawPosting, known: Provenance, text: str) -> PostingAttributes:
    """Return what the posting's own fields and words give, and its source for want of them."""
    found = attributes_of_posting(
        title=posting.title,
        location=posting.location,
        department=posting.department,
        requirements=posting.requirements,
        engagement=posting.engagement,
        text=text,
        platform=posting.platform or known.platform,
        url=posting.url,
        employer=posting.employer,
    )
    # A posting that names several countries says so in its notes; no default speaks against it.
    usual = None if found.notes else known.country_code
    country = posting.country_code or found.country_code or usual
    language = posting.language_code or found.language_code
    return replace(found, country_code=country, language_code=language)


def posting_row(posting: RawPosting, known: Provenance, found: PostingAttributes) -> Row:
    """Return the row of `postings`; its offer cluster is known only beside all others."""
    return {
        "posting_id": posting_id_of(posting, known),
        "document_id": known.document_id,
        "url": posting.url or known.url,
        "requisition_id": posting.requisition_id,
        "title": posting.title,
        "employer": posting.employer,
        "platform_id": found.platform_id,
        "domain_code": found.domain_code,
        "expertise_tier": found.expertise_tier,
        "work_kind": found.work_kind,
        "engagement_type": found.engagement_type,
        "country_code": found.country_code,
        "language_code": found.language_code,
        "is_remote": posting.is_remote if posting.is_remote is not None else found.is_remote,
        "is_in_market": found.is_in_market,
        "posted_date": posting.posted_date,
        "first_seen_at": posting.first_seen_at,
        "last_seen_at": posting.last_seen_at,
        "offer_cluster_id": None,
    }


def cluster_offers(
    postings: Mapping[str, Sequence[Any]], stated: Mapping[str, Sequence[Any]]
) -> list[str]:
    """Return the offer of each posting: the same job, in however many cities and copies.

    Postings of one platform (or employer) with the same title words and the same pay are one
    offer. Different pay keeps them apart, as do different titles.

    Args:
        postings: The columns CLUSTER_INPUTS of `postings`.
        stated: The columns PAY_INPUTS of the observations of postings.
    """
    pay = _pay_of_postings(stated)
    named = zip(*(postings[name] for name in CLUSTER_INPUTS), strict=True)
    return [
        content_id(
            platform_id or employer,
            _title_words(title or url or posting_id),
            pay.get(posting_id),
        )
        for posting_id, platform_id, employer, title, url in named
    ]


def _pay_of_postings(stated: Mapping[str, Sequence[Any]]) -> dict[str, tuple[Any, ...]]:
    pay: dict[str, set[tuple[str, ...]]] = {}
    for posting_id, *amounts in zip(*(stated[name] for name in PAY_INPUTS), strict=True):
        pay.setdefault(posting_id, set()).add(_in_words(*amounts))
    return {posting_id: tuple(sorted(found)) for posting_id, found in pay.items()}


@lru_cache(maxsize=65536)
def _in_words(*amounts: object) -> tuple[str, ...]:
    return tuple(map(str, amounts))


@lru_cache(maxsize=65536)
def _title_words(title: str) -> str:
    return " ".join(NOT_A_WORD.sub(" ", title.casefold()).split())
