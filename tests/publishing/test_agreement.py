"""Published shares and medians are set beside the bounds of our offers."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pyarrow
import pytest

from warehouse.frames import empty, from_records
from warehouse.statistics.agreement import benchmark_agreement
from warehouse.tables.all import TABLES
from warehouse.tables.statistics import BENCHMARK_AGREEMENT
from warehouse.validate import split_valid

MOMENT = dt.datetime(2026, 10, 1, tzinfo=dt.UTC)
DOCUMENT = "d" * 64


def _observation(name: str, **more: Any) -> dict[str, Any]:
    return {
        "observation_id": name,
        "statement_id": name,
        "document_id": DOCUMENT,
        "field_path": name,
        "rule_id": "r",
        "parser_version": "1",
        "is_min_open": False,
        "is_max_open": False,
        "per_count": 1,
        "statistic": "range",
        "kind": "base",
        "is_approximate": False,
        **more,
    }


def _rate(name: str, low: int | None, high: int | None) -> dict[str, Any]:
    return {
        "observation_id": name,
        "is_min_open": low is None,
        "is_max_open": high is None,
        "hours_basis": "native",
        "usd_hourly_min": low,
        "usd_hourly_max": high,
    }


def _agreement(published: dict[str, Any], low: int | None, high: int | None) -> dict[str, Any]:
    """The verdict on one published figure against ten employers paying n0 to n0 + 15."""
    names = [f"o{n}" for n in range(1, 11)]
    observations = [
        _observation(name, evidence_kind="posting", platform_id=name) for name in names
    ]
    rows: dict[str, list[dict[str, Any]]] = {
        "documents": [
            {
                "document_id": DOCUMENT,
                "source_id": "s",
                "file_name": "f",
                "retrieved_at": MOMENT,
                "text_origin": "verbatim",
                "byte_count": 1,
                "status": "accepted",
            }
        ],
        "rate_observations": [*observations, _observation("figure", **published)],
        "rates": [_rate(f"o{n}", 10 * n, 10 * n + 15) for n in range(1, 11)]
        + [_rate("figure", low, high)],
        "postings": [],
        "restatements": [],
    }
    tables: dict[str, pyarrow.Table] = {
        name: from_records(TABLES[name], some) if some else empty(TABLES[name])
        for name, some in rows.items()
    }
    table = benchmark_agreement(tables, MOMENT.date())
    assert split_valid(BENCHMARK_AGREEMENT, table)[1].num_rows == 0
    return table.to_pylist()[0]


def _share(percent: int, **more: Any) -> dict[str, Any]:
    return {"statistic": "share", "share_percent": Decimal(percent), **more}


def test_the_share_above_a_threshold_lies_between_lower_and_upper_bounds() -> None:
    row = _agreement(_share(20, is_max_open=True), 90, None)
    assert (row["measure"], row["threshold_min"], row["threshold_max"]) == (
        "share_above",
        90,
        None,
    )
    assert (row["our_min"], row["our_max"]) == (10, 30)
    assert row["agrees"] is True
    assert row["distance"] == 0


def test_a_share_far_outside_disagrees_by_its_distance() -> None:
    row = _agreement(_share(95, is_max_open=True), 90, None)
    assert row["agrees"] is False
    assert row["distance"] == 95 - row["interval_max"] > 0


def test_a_span_of_percentages_agrees_where_it_meets() -> None:
    row = _agreement(_share(30, share_percent_max=Decimal(99), is_max_open=True), 90, None)
    assert (row["published_min"], row["published_max"], row["agrees"]) == (30, 99, True)


def test_the_share_below_a_threshold() -> None:
    row = _agreement(_share(15, is_min_open=True), None, 30)
    assert row["measure"] == "share_below"
    assert (row["our_min"], row["our_max"]) == (10, 20)


def test_the_share_inside_a_band() -> None:
    row = _agreement(_share(15), 50, 75)
    assert row["measure"] == "share_between"
    assert (row["our_min"], row["our_max"]) == (20, 40)


@pytest.mark.parametrize(("median", "agrees"), [(60, True), (200, False), (10, False)])
def test_a_median_is_held_against_the_band_of_ours(median: int, *, agrees: bool) -> None:
    row = _agreement({"statistic": "median"}, median, median)
    assert (row["our_min"], row["our_max"]) == (50, 65)
    assert row["agrees"] is agrees


def test_too_few_offers_give_no_verdict() -> None:
    row = _agreement(_share(20, is_max_open=True, domain_code="medicine"), 90, None)
    assert (row["domain_code"], row["n_offers"], row["agrees"]) == ("medicine", 0, None)


def test_the_bounds_are_inside_their_interval() -> None:
    row = _agreement(_share(20, is_max_open=True), 90, None)
    assert row["interval_min"] <= row["our_min"] <= row["our_max"] <= row["interval_max"]
