"""The curated figures obey the contract and the closed code lists."""

import csv
import re
from decimal import Decimal
from enum import StrEnum

import pytest

from sources.bundled.make import BUNDLED
from warehouse.vocabulary import (
    DomainCode,
    EngagementType,
    EvidenceKind,
    ExpertiseTier,
    Kind,
    PayPeriod,
    Statistic,
    TaxTreatment,
    WorkKind,
)

REQUIRED: dict[str, type[StrEnum]] = {
    "evidence_kind": EvidenceKind,
    "domain_code": DomainCode,
    "statistic": Statistic,
    "kind": Kind,
}
OPTIONAL: dict[str, type[StrEnum]] = {
    "expertise_tier": ExpertiseTier,
    "pay_period": PayPeriod,
    "work_kind": WorkKind,
    "engagement_type": EngagementType,
    "tax_treatment": TaxTreatment,
}
SHAPES = {
    "row_id": r"r\d{3}",
    "url": r"https?://\S+",
    "published_date": r"(\d{4}(-\d{2}(-\d{2})?)?)?",
    "as_of_date": r"(\d{4}(-\d{2}(-\d{2})?)?)?",
    "retrieved_at": r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z",
    "currency": r"([A-Z]{3})?",
    "country_code": r"([A-Z]{2})?",
    "language_code": r"([a-z]{2,3})?",
    "platform_id": r"([a-z0-9_]+)?",
    "amount_min": r"(\d+(\.\d+)?)?",
    "amount_max": r"(\d+(\.\d+)?)?",
    "is_min_open": "true|false",
    "is_max_open": "true|false",
    "is_approximate": "true|false",
    "per_count": r"[1-9]\d*",
    "note": r"(\S+( \S+){0,11})?",
}
NOT_AN_OFFER = {EvidenceKind.BILL_RATE, EvidenceKind.COMPARATOR, EvidenceKind.LEGAL_FLOOR}

Row = dict[str, str]


@pytest.fixture(scope="module")
def figures() -> list[Row]:
    with (BUNDLED / "figures.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("column", REQUIRED)
def test_a_required_code_is_one_of_its_list(figures, column):
    assert {row[column] for row in figures} <= set(REQUIRED[column])


@pytest.mark.parametrize("column", OPTIONAL)
def test_an_optional_code_is_blank_or_one_of_its_list(figures, column):
    assert {row[column] for row in figures} - {""} <= set(OPTIONAL[column])


@pytest.mark.parametrize("column", SHAPES)
def test_a_column_is_written_in_its_own_way(figures, column):
    wrong = [row["row_id"] for row in figures if not re.fullmatch(SHAPES[column], row[column])]

    assert wrong == []


def _bounds_fit(row: Row) -> bool:
    low = Decimal(row["amount_min"]) if row["amount_min"] else None
    high = Decimal(row["amount_max"]) if row["amount_max"] else None
    open_ends = (row["is_min_open"] == "true", row["is_max_open"] == "true")
    if _is_bare_share(row):
        return low is None and high is None and bool(row["share_percent"])
    match Statistic(row["statistic"]):
        case Statistic.POINT:
            return low is not None and low == high and not any(open_ends)
        case Statistic.STARTING:
            return low is not None and high is None and open_ends == (False, True)
        case Statistic.MAX:
            return low is None and high is not None and open_ends == (True, False)
        case Statistic.RANGE:
            return low is not None and high is not None and low < high and not open_ends[0]
        case _:
            # An average or share may be said of an open band: "more than $20 on average".
            return (low is None, high is None) == open_ends or (None not in (low, high))


def test_every_amount_has_a_currency_and_a_period(figures):
    amounts = [row for row in figures if not _is_bare_share(row)]

    assert [r["row_id"] for r in amounts if not (r["currency"] and r["pay_period"])] == []


def test_bounds_and_open_ends_fit_the_statistic(figures):
    assert [row["row_id"] for row in figures if not _bounds_fit(row)] == []


def test_rows_are_numbered_and_point_only_to_rows_before_them(figures):
    ids = [row["row_id"] for row in figures]

    assert ids == [f"r{number:03}" for number in range(1, len(ids) + 1)]
    assert all(row["equivalent_of_row"] < row["row_id"] for row in figures)
    assert {row["equivalent_of_row"] for row in figures} - {""} <= set(ids)


def test_the_two_sides_of_an_equivalence_share_their_publication(figures):
    by_id = {row["row_id"]: row for row in figures}
    pairs = [
        (row, by_id[row["equivalent_of_row"]]) for row in figures if row["equivalent_of_row"]
    ]

    assert pairs
    assert all(row["url"] == other["url"] for row, other in pairs)


def test_what_nobody_is_offered_is_a_reference(figures):
    wrong = [
        row["row_id"]
        for row in figures
        if row["evidence_kind"] in NOT_AN_OFFER and row["kind"] != Kind.REFERENCE
    ]

    assert wrong == []


def test_a_price_per_piece_names_the_piece(figures):
    pieces = [row for row in figures if row["pay_period"] == PayPeriod.TASK]

    assert pieces
    assert all(row["unit_text"] for row in pieces)


def _is_bare_share(row: Row) -> bool:
    """A percentage without an amount: no sentence about pay, so no text can carry it."""
    return row["statistic"] == Statistic.SHARE and not row["currency"]


def test_a_publication_is_a_text_or_in_the_table_but_for_bare_shares(figures, reports):
    texts = {facts["url"] for facts in reports.values()}
    tabled = {row["url"] for row in figures if not _is_bare_share(row)}

    assert tabled & texts == set()
    assert {row["url"] for row in figures if _is_bare_share(row)} <= texts
