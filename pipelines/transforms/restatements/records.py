"""What linking reads (figures and their documents) and what it answers (links)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from warehouse.vocabulary import LinkEvidence, RestatementChange


class ObservedFigure(NamedTuple):
    """One figure of pay, where it stands and whom it is about; null means not stated.

    `document_id` names one publication: the rows of a curated table each belong to the
    publication they cite, not to the file of the table. `posting_id` is set for figures of a
    posting, with the title, address and requisition of that posting where they are known.

    `attribution` holds the words of a curated row that name the origin. `nearby_text` is the
    sentence around the statement (with its list item, table row or heading): it lends words to
    the subject and may name the origin.
    """

    observation_id: str
    document_id: str
    posting_id: str | None = None
    char_start: int | None = None
    page_number: int | None = None
    amount_min: Decimal | None = None
    amount_max: Decimal | None = None
    is_min_open: bool = False
    is_max_open: bool = False
    currency: str | None = None
    pay_period: str | None = None
    per_count: int | None = 1
    statistic: str | None = None
    kind: str | None = None
    share_percent: Decimal | None = None
    domain_code: str | None = None
    expertise_tier: str | None = None
    country_code: str | None = None
    platform_id: str | None = None
    as_of_date: date | None = None
    subject_text: str | None = None
    equivalent_of: str | None = None
    evidence_kind: str | None = None
    attribution: str | None = None
    nearby_text: str | None = None
    posting_title: str | None = None
    posting_url: str | None = None
    requisition_id: str | None = None


@dataclass(frozen=True, slots=True)
class CitedDocument:
    """One publication: who published it, through whom, when, and its text if it is at hand."""

    document_id: str
    publisher: str | None = None
    via: str | None = None
    title: str | None = None
    url: str | None = None
    published_date: date | None = None
    date_precision: str | None = None
    evidence_kind: str | None = None
    text_origin: str | None = None
    source_id: str | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """One figure that repeats another; the origin itself repeats none.

    `evidence_text` holds the words that name the origin, or the figures two documents share;
    a figure in between is named there. `changed_from` and `changed_to` are null when nothing
    changed.
    """

    restating_observation_id: str
    origin_observation_id: str
    is_within_document: bool
    evidence: LinkEvidence
    evidence_text: str
    change: RestatementChange
    changed_from: str | None
    changed_to: str | None
