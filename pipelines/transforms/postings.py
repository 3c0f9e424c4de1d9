"""Postings as published to rows of `postings`, and the offers they cluster into."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from pipelines.attributes.posting import PostingAttributes, attributes_of_posting
from pipelines.transforms.documents import Provenance
from pipelines.transforms.observations import content_id
from sources.documents import RawPosting

Row = dict[str, Any]

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
    postings: Iterable[Mapping[str, Any]], pay: Mapping[str, tuple[Any, ...]]
) -> dict[str, str]:
    """Return the offer of each posting: the same job, in however many cities and copies.

    Postings of one platform (or employer) with the same title words and the same pay are one
    offer. Different pay keeps them apart, as do different titles.

    Args:
        postings: Rows of `postings`.
        pay: The pay of each posting that states any, by posting id.
    """
    return {
        row["posting_id"]: content_id(
            row["platform_id"] or row["employer"],
            _title_words(row["title"] or row["url"] or row["posting_id"]),
            pay.get(row["posting_id"]),
        )
        for row in postings
    }


def _title_words(title: str) -> str:
    return " ".join(NOT_A_WORD.sub(" ", title.casefold()).split())
