"""Benchmarks keep the laws of interval statistics, and count offers and nothing else."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd
import pyarrow
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from warehouse.frames import empty, from_records
from warehouse.statistics.benchmarks import (
    cell_rows,
    estimates_and_shifts,
    pay_benchmarks,
    window_start,
)
from warehouse.statistics.cells import Cell, with_bounds
from warehouse.statistics.quantiles import quantiles, spread_quantiles
from warehouse.tables.all import TABLES
from warehouse.tables.statistics import PAY_BENCHMARKS
from warehouse.validate import split_valid
from warehouse.vocabulary import Weighting

AS_OF = dt.date(2026, 11, 2)
Pay = tuple[str, float | None, float | None]
"""Employer, lower and upper end; None is open; "+" after the employer's name opens the top."""


def _cell(pays: list[Pay], weighting: Weighting = Weighting.EMPLOYER) -> Cell:
    frame = pd.DataFrame(
        [
            {
                "offer_id": f"offer{n}",
                "employer_id": employer.rstrip("+"),
                "usd_hourly_min": low,
                "usd_hourly_max": high,
                "is_min_open": low is None,
                "is_max_open": high is None or employer.endswith("+"),
                "hours_basis": "native",
            }
            for n, (employer, low, high) in enumerate(pays)
        ]
    )
    return Cell.of(with_bounds(frame), weighting)


def _rows(cell: Cell) -> dict[int, dict[str, Any]]:
    return {row["p"]: row for row in cell_rows(cell)}


FIVE: list[Pay] = [
    ("A", 30, 50),
    ("B", 40, 60),
    ("C", 45, 45),
    ("D", 50, None),
    ("E+", 35, 125),
]


def test_the_worked_example_of_five_employers() -> None:
    cell = _cell(FIVE)
    assert list(quantiles(cell.values("low"), cell.weights, [0.25, 0.5, 0.75])) == [35, 40, 45]
    assert list(quantiles(cell.values("high"), cell.weights, [0.25, 0.5])) == [50, 60]
    assert np.isinf(quantiles(cell.values("high"), cell.weights, [0.75])[0])
    assert list(quantiles(cell.values("top"), cell.weights, [0.25, 0.5, 0.75])) == [50, 50, 60]
    estimates, shifts = estimates_and_shifts(cell, [0.25, 0.5, 0.75])
    assert estimates == pytest.approx([45, 48.5, 51.364], abs=0.0005)
    assert estimates * (1 + shifts) == pytest.approx([45, 49.571, 104.545], abs=0.0005)


def test_the_worked_example_as_it_is_published() -> None:
    rows = _rows(_cell(FIVE))
    median = rows[50]
    assert median["claim"] == "inferential"
    assert (median["floor"], median["ceiling"], median["estimate"]) == (40, 60, Decimal("48.5"))
    assert median["status"] == "ok"
    assert {p: row["status"] for p, row in rows.items() if p != 50} == dict.fromkeys(
        (10, 25, 75, 90), "suppressed_few"
    )
    assert "floor" not in rows[75]


def test_a_tail_that_decides_the_estimate_withholds_it() -> None:
    nine: list[Pay] = [(f"e{n}", 40 + n, 50 + n) for n in range(6)]
    nine += [(f"o{n}", 60, None) for n in range(3)]
    row = _rows(_cell(nine))[75]
    assert row["status"] == "tail_dependent"
    assert row["estimate"] is None
    assert (row["floor"], row["is_ceiling_open"], row["ceiling"]) == (60, True, None)


@pytest.mark.parametrize(
    ("employers", "offers_each", "claims"),
    [
        (2, 9, {}),
        (3, 1, {}),
        (3, 2, {50: "descriptive"}),
        (5, 1, {50: "inferential"}),
        (5, 2, {25: "descriptive", 50: "inferential", 75: "descriptive"}),
        (9, 1, {25: "inferential", 50: "inferential", 75: "inferential"}),
        (22, 1, dict.fromkeys((10, 25, 50, 75, 90), "inferential")),
    ],
)
def test_what_is_shown_depends_on_employers_first(
    employers: int, offers_each: int, claims: dict[int, str]
) -> None:
    pays: list[Pay] = [(f"e{e}", 20 + e, 30 + e) for e in range(employers)] * offers_each
    rows = _rows(_cell(pays))
    assert {p: row["claim"] for p, row in rows.items() if "claim" in row} == claims
    assert {p for p, row in rows.items() if "ci_low" in row} == {
        p for p, claim in claims.items() if claim == "inferential"
    }


def test_one_employer_with_over_half_of_the_weight_hides_the_cell() -> None:
    pays: list[Pay] = [(f"e{n}", 20, 30) for n in range(4)] + [("big", 90, 99)] * 9
    by_offer, by_employer = (
        _rows(_cell(pays, w)) for w in (Weighting.OFFER, Weighting.EMPLOYER)
    )
    assert by_offer[50]["status"] == "suppressed_dominance"
    assert by_employer[50]["status"] == "ok"
    assert by_employer[50]["floor"] == 20
    assert by_employer[50]["top_share_offers"] == Decimal("0.6923")


AMOUNT = st.integers(1, 40)


@st.composite
def pays(draw: st.DrawFn) -> list[Pay]:
    made = []
    for _ in range(draw(st.integers(1, 12))):
        low, high = sorted((draw(AMOUNT), draw(AMOUNT)))
        name = draw(st.sampled_from(["a", "b", "c", "d", "d+"]))
        ends = draw(st.sampled_from([(low, high), (low, None), (None, high), (low, low)]))
        made.append((name, *ends))
    return made


AT = (0.1, 0.25, 0.5, 0.75, 0.9)


def _figures(cell: Cell) -> dict[str, np.ndarray]:
    found = {n: quantiles(cell.values(n), cell.weights, AT) for n in ("low", "top", "high")}
    found["estimate"] = spread_quantiles(
        cell.values("bottom"), cell.values("top"), cell.weights, AT
    )
    return found


def _same(one: dict[str, np.ndarray], two: dict[str, np.ndarray]) -> None:
    for name, values in one.items():
        assert two[name] == pytest.approx(values), name


def test_an_offer_of_two_employers_counts_once_and_for_one() -> None:
    cell = _cell([("A", 10, 20), ("B", 30, 40), ("C", 50, 60)])
    shared = cell.rows.assign(offer=[0, 0, 1])
    twice = Cell.of(shared, Weighting.EMPLOYER)
    assert (twice.n_offers, twice.n_employers) == (2, 2)
    assert list(twice.weights) == [0.25, 0.25, 0.5]
    assert twice.top_share == 0.5


@given(pays())
def test_the_figures_are_in_order_and_rise_with_p(some: list[Pay]) -> None:
    found = _figures(_cell(some))
    assert np.all(found["low"] <= found["estimate"] + 1e-9)
    assert np.all(found["estimate"] <= found["top"] + 1e-9)
    assert np.all(found["top"] <= found["high"])
    for values in found.values():
        assert list(values) == sorted(values)


@given(pays(), st.randoms())
def test_the_order_of_rows_changes_nothing(some: list[Pay], dice: Any) -> None:
    mixed = list(some)
    dice.shuffle(mixed)
    _same(_figures(_cell(some)), _figures(_cell(mixed)))


@given(pays(), st.sampled_from([0.5, 2.0, 8.0]))
def test_multiplying_pay_multiplies_every_figure(some: list[Pay], factor: float) -> None:
    times = [(e, low and low * factor, high and high * factor) for e, low, high in some]
    scaled = {name: values * factor for name, values in _figures(_cell(some)).items()}
    _same(scaled, _figures(_cell(times)))


@given(pays())
def test_splitting_offers_in_two_changes_nothing_weighted_by_employer(some: list[Pay]) -> None:
    _same(_figures(_cell(some)), _figures(_cell(some * 2)))


@given(pays())
def test_closing_an_open_top_never_lowers_the_floor(some: list[Pay]) -> None:
    closed = [(e.rstrip("+"), low, 50 if high is None else high) for e, low, high in some]
    assert np.all(_figures(_cell(closed))["low"] >= _figures(_cell(some))["low"])


@given(st.lists(st.tuples(st.sampled_from("abc"), AMOUNT), min_size=1, max_size=12))
def test_points_give_the_ordinary_quantile(points: list[tuple[str, int]]) -> None:
    found = _figures(_cell([(e, amount, amount) for e, amount in points]))
    _same(found, dict.fromkeys(found, found["low"]))


def _by_hand(bottoms: list[int], tops: list[int], p: Fraction) -> Fraction:
    """The quantile of evenly spread intervals of equal weight, in exact fractions."""

    def reached(x: Fraction) -> Fraction:
        shares = [
            Fraction(int(x >= b))
            if b == t
            else min(max((x - b) / (t - b), Fraction(0)), Fraction(1))
            for b, t in zip(bottoms, tops, strict=True)
        ]
        return sum(shares, Fraction(0)) / len(shares)

    ends = sorted({Fraction(e) for e in bottoms + tops})
    place = next(n for n, end in enumerate(ends) if reached(end) >= p)
    if place == 0:
        return ends[0]
    low, high = ends[place - 1], ends[place]
    left = reached(low)
    jump = Fraction(sum(b == t == high for b, t in zip(bottoms, tops, strict=True)), len(tops))
    before = reached(high) - jump
    return high if before < p else low + (p - left) / (before - left) * (high - low)


@given(st.lists(st.tuples(AMOUNT, AMOUNT).map(sorted), min_size=1, max_size=10))
@settings(max_examples=200)
def test_a_second_implementation_agrees(intervals: list[list[int]]) -> None:
    bottoms, tops = [i[0] for i in intervals], [i[1] for i in intervals]
    expected = [float(_by_hand(bottoms, tops, Fraction(p).limit_denominator(100))) for p in AT]
    weights = np.full(len(tops), 1 / len(tops))
    found = spread_quantiles(np.array(bottoms, float), np.array(tops, float), weights, AT)
    assert found == pytest.approx(expected, abs=1e-6)


# From tables to the published table.

Change = Callable[[dict[str, list[dict[str, Any]]]], None]


def _tables(change: Change | None = None) -> dict[str, pyarrow.Table]:
    """Six employers with one posting each, paying 30 to 40 up to 35 to 45 dollars per hour."""
    moment = dt.datetime(2026, 10, 1, tzinfo=dt.UTC)
    rows: dict[str, list[dict[str, Any]]] = {
        "documents": [
            {
                "document_id": "d" * 64,
                "source_id": "s",
                "file_name": "jobs.csv",
                "retrieved_at": moment,
                "text_origin": "verbatim",
                "byte_count": 1,
                "status": "accepted",
            }
        ],
        "postings": [
            {
                "posting_id": f"p{n}",
                "document_id": "d" * 64,
                "employer": f"Employer {n}",
                "domain_code": "law",
                "country_code": "US",
                "is_in_market": True,
                "last_seen_at": moment,
            }
            for n in range(6)
        ],
        "rate_observations": [
            {
                "observation_id": f"o{n}",
                "statement_id": f"o{n}",
                "document_id": "d" * 64,
                "posting_id": f"p{n}",
                "field_path": f"rows[{n}].pay",
                "rule_id": "r",
                "parser_version": "1",
                "amount_min": Decimal(30 + n),
                "amount_max": Decimal(40 + n),
                "is_min_open": False,
                "is_max_open": False,
                "pay_period": "hour",
                "period_source": "stated",
                "per_count": 1,
                "statistic": "range",
                "kind": "base",
                "evidence_kind": "posting",
                "is_approximate": False,
            }
            for n in range(6)
        ],
        "rates": [
            {
                "observation_id": f"o{n}",
                "is_min_open": False,
                "is_max_open": False,
                "hours_basis": "native",
                "usd_hourly_min": Decimal(30 + n),
                "usd_hourly_max": Decimal(40 + n),
            }
            for n in range(6)
        ],
        "restatements": [],
    }
    if change:
        change(rows)
    return {
        name: from_records(TABLES[name], some) if some else empty(TABLES[name])
        for name, some in rows.items()
    }


def _cell_of(table: pyarrow.Table, **key: Any) -> dict[str, Any]:
    wanted = {
        "variant": "offers",
        "weighting": "employer",
        "domain_code": "all",
        "expertise_tier": "ALL",
        "country_code": "WORLD",
        "p": 50,
        **key,
    }
    rows = [row for row in table.to_pylist() if wanted.items() <= row.items()]
    assert len(rows) <= 1
    return rows[0] if rows else {"n_offers": 0}


def test_offers_are_counted_in_every_cell_that_holds_them() -> None:
    table = pay_benchmarks(_tables(), AS_OF)
    for key in ({}, {"domain_code": "law"}, {"country_code": "US"},
                {"domain_code": "law", "country_code": "US"}):  # fmt: skip
        row = _cell_of(table, **key)
        assert (row["n_offers"], row["floor"], row["ceiling"]) == (6, 32, 42)
    assert _cell_of(table, expertise_tier="E3") == {"n_offers": 0}
    assert row["window_start"] == dt.date(2025, 11, 3)


def test_the_published_table_is_valid() -> None:
    accepted, rejected = split_valid(PAY_BENCHMARKS, pay_benchmarks(_tables(), AS_OF))
    assert rejected.num_rows == 0
    assert accepted.num_rows == 2 * 2 * 4 * 5


def test_the_same_offers_give_the_same_table() -> None:
    turned = {
        name: data.take(pyarrow.array(range(len(data) - 1, -1, -1), pyarrow.int64()))
        for name, data in _tables().items()
    }
    assert pay_benchmarks(turned, AS_OF).equals(pay_benchmarks(_tables(), AS_OF))


NOT_AN_OFFER: dict[str, Change] = {
    "an average": lambda r: r["rate_observations"][0].update(statistic="average"),
    "a forecast": lambda r: r["rate_observations"][0].update(statistic="projection"),
    "a bonus": lambda r: r["rate_observations"][0].update(kind="bonus"),
    "a guide's figure": lambda r: r["rate_observations"][0].update(
        evidence_kind="secondary_guide"
    ),
    "the same pay in another unit": lambda r: r["rate_observations"][0].update(
        equivalent_of="o1"
    ),
    "a period read from the amount": lambda r: r["rate_observations"][0].update(
        period_source="magnitude"
    ),
    "a staff job": lambda r: r["postings"][0].update(is_in_market=False),
    "another occupation": lambda r: r["rate_observations"][0].update(domain_code="comparison"),
    "an old offer": lambda r: r["postings"][0].update(
        last_seen_at=dt.datetime(2025, 11, 2, tzinfo=dt.UTC)
    ),
    "pay without a dollar figure": lambda r: r["rates"][0].update(
        usd_hourly_min=None, usd_hourly_max=None
    ),
    "pay by default hours": lambda r: r["rates"][0].update(hours_basis="default"),
    "a restatement": lambda r: r["restatements"].append(
        {
            "observation_id": "o0",
            "origin_observation_id": "o1",
            "is_within_document": False,
            "evidence": "copy",
            "change": "none",
        }
    ),
}


@pytest.mark.parametrize("change", NOT_AN_OFFER.values(), ids=NOT_AN_OFFER)
def test_only_offers_are_counted(change: Change) -> None:
    assert _cell_of(pay_benchmarks(_tables(change), AS_OF))["n_offers"] == 5


def test_default_hours_count_in_the_converted_variant_only() -> None:
    table = pay_benchmarks(_tables(NOT_AN_OFFER["pay by default hours"]), AS_OF)
    row = _cell_of(table, variant="offers_converted")
    assert (row["n_offers"], row["share_converted"]) == (6, Decimal("0.1667"))


def test_a_platform_counts_as_the_employer() -> None:
    def on_one_platform(rows: dict[str, list[dict[str, Any]]]) -> None:
        for posting in rows["postings"]:
            posting["platform_id"] = "outlier"

    row = _cell_of(pay_benchmarks(_tables(on_one_platform), AS_OF))
    assert (row["n_offers"], row["n_employers"]) == (6, 1)
    assert row["status"] == "suppressed_few"


def test_a_relisted_offer_is_one_offer_and_as_new_as_its_newest_listing() -> None:
    def relisted(rows: dict[str, list[dict[str, Any]]]) -> None:
        first, again = rows["postings"][:2]
        first["offer_cluster_id"] = again["offer_cluster_id"] = "p0"
        first["last_seen_at"] = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)
        NOT_AN_OFFER["a restatement"](rows)
        rows["restatements"][0].update(observation_id="o1", origin_observation_id="o0")

    assert _cell_of(pay_benchmarks(_tables(relisted), AS_OF))["n_offers"] == 5


def test_no_offers_give_an_empty_table() -> None:
    def none(rows: dict[str, list[dict[str, Any]]]) -> None:
        for some in rows.values():
            some.clear()

    assert pay_benchmarks(_tables(none), AS_OF).num_rows == 0


def test_the_window_is_twelve_months() -> None:
    assert window_start(dt.date(2026, 11, 2)) == dt.date(2025, 11, 3)
    assert window_start(dt.date(2028, 2, 29)) == dt.date(2027, 3, 1)
