"""pay_benchmarks: quantiles of advertised pay, with what they can bear."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import product
from typing import Any

import numpy as np
import pandas as pd
import pyarrow

from warehouse.frames import from_records
from warehouse.statistics.cells import INTERVAL, Cell, four_places, with_bounds
from warehouse.statistics.offers import offers
from warehouse.statistics.quantiles import Floats, quantiles, spread_quantiles
from warehouse.tables.statistics import PAY_BENCHMARKS
from warehouse.vocabulary import (
    BenchmarkClaim,
    BenchmarkStatus,
    BenchmarkVariant,
    DomainCode,
    Rollup,
    Weighting,
)

Row = dict[str, Any]

FEWEST_EMPLOYERS = 3
FEWEST = {10: 22, 25: 9, 50: 5, 75: 9, 90: 22}
"""Fewest employers for which a 90 % interval for the percentile exists, whatever the pay is."""

MOST_DOMINANT = 0.5
TAIL_FACTOR = 3.0
TAIL_SENSITIVE = 0.10
TAIL_DEPENDENT = 0.25

TOGETHER = {
    "domain_code": str(DomainCode.ALL),
    "expertise_tier": str(Rollup.ALL),
    "country_code": str(Rollup.WORLD),
}
"""What a cell holds in each of its dimensions where it is not split by it."""


def pay_benchmarks(tables: Mapping[str, pyarrow.Table], as_of: date) -> pyarrow.Table:
    """The table pay_benchmarks, over offers last seen in the twelve months up to `as_of`.

    `tables` has documents, postings, rate_observations, rates and restatements.
    """
    start = window_start(as_of)
    # Codes instead of texts: every offer is sorted into eight cells, twice.
    coded = offers(tables, start, as_of).to_pandas().astype(dict.fromkeys(TOGETHER, "category"))
    counted = with_bounds(coded)
    window = {"window_start": start, "window_end": as_of}
    rows = [row | window for row in _rows(counted)]
    return from_records(PAY_BENCHMARKS, rows)


def window_start(as_of: date) -> date:
    """The first day of the twelve months that end with `as_of`."""
    is_leap_day = (as_of.month, as_of.day) == (2, 29)
    return as_of.replace(year=as_of.year - 1, day=28 if is_leap_day else as_of.day) + timedelta(
        days=1
    )


def _rows(counted: pd.DataFrame) -> Iterator[Row]:
    # Many cells hold the same offers, as where a country's are all of one tier.
    made: dict[tuple[Weighting, bytes], list[Row]] = {}
    for variant in BenchmarkVariant:
        is_headline = variant is BenchmarkVariant.OFFERS
        some = counted[~counted["is_converted"]] if is_headline else counted
        for key, members in cells(some):
            for weighting in Weighting:
                names = {"variant": str(variant), "weighting": str(weighting), **key}
                same = weighting, members.index.to_numpy().tobytes()
                if same not in made:
                    made[same] = list(cell_rows(Cell.of(members, weighting)))
                yield from (names | row for row in made[same])


def cells(counted: pd.DataFrame) -> Iterator[tuple[dict[str, str], pd.DataFrame]]:
    """Every cell that has an offer: its key, and its offers.

    An offer is in each cell that holds it, split or together; one that does not say its field,
    tier or country is only where that is not split.
    """
    for split in product((True, False), repeat=len(TOGETHER)):
        names = [name for name, is_split in zip(TOGETHER, split, strict=True) if is_split]
        if not names:
            if len(counted):
                yield dict(TOGETHER), counted
            continue
        known = counted[counted["domain_code"].ne(DomainCode.ALL)] if split[0] else counted
        for values, members in known.groupby(names, sort=True):
            yield TOGETHER | dict(zip(names, map(str, values), strict=True)), members


def cell_rows(cell: Cell) -> Iterator[Row]:
    """One row per quantile of the cell."""
    counts = {
        "n_offers": cell.n_offers,
        "n_employers": cell.n_employers,
        "n_effective": four_places(cell.n_effective),
        "top_share": four_places(cell.top_share),
        "top_share_offers": four_places(cell.top_share_offers),
        "share_open_top": four_places(cell.share(cell.rows["is_max_open"].to_numpy(bool))),
        "share_converted": four_places(cell.share(cell.rows["is_converted"].to_numpy(bool))),
    }
    claims = {p: _claim(cell, least) for p, least in FEWEST.items()}
    is_dominated = cell.top_share > MOST_DOMINANT
    shown = [] if is_dominated else [p for p, claim in claims.items() if claim]
    found = {p: row | {"claim": claims[p]} for p, row in _quantile_rows(cell, shown)}
    sure = [p for p in shown if claims[p] is BenchmarkClaim.INFERENTIAL]
    intervals = dict(_interval_rows(cell, sure))
    for p, claim in claims.items():
        hidden = _SUPPRESSED[bool(claim)]
        yield {"p": p, "status": hidden, **counts, **found.get(p, {}), **intervals.get(p, {})}


_SUPPRESSED = {
    False: BenchmarkStatus.SUPPRESSED_FEW,
    True: BenchmarkStatus.SUPPRESSED_DOMINANCE,
}
"""Why a quantile is not shown, by whether there are enough offers and employers for it."""


def _claim(cell: Cell, least: int) -> BenchmarkClaim | None:
    if cell.n_employers >= least:
        return BenchmarkClaim.INFERENTIAL
    is_enough = cell.n_employers >= FEWEST_EMPLOYERS and cell.n_offers >= least
    return BenchmarkClaim.DESCRIPTIVE if is_enough else None


def _quantile_rows(cell: Cell, shown: Sequence[int]) -> Iterator[tuple[int, Row]]:
    at = [p / 100 for p in shown]
    pays = cell.pays
    weights = pays["weight"].to_numpy()
    floors, ceilings, at_least = (
        quantiles(pays[name].to_numpy(), weights, at) for name in ("low", "high", "top")
    )
    estimates, shifts = estimates_and_shifts(cell, at)
    for place, p in enumerate(shown):
        status = _tail_status(shifts[place])
        is_shown = status is not BenchmarkStatus.TAIL_DEPENDENT
        yield (
            p,
            {
                "floor": four_places(floors[place]),
                "ceiling": four_places(ceilings[place]),
                "is_ceiling_open": bool(np.isinf(ceilings[place])),
                "ceiling_at_least": four_places(at_least[place]),
                "estimate": four_places(estimates[place]) if is_shown else None,
                "tail_shift": four_places(shifts[place]),
                "status": status,
            },
        )


def estimates_and_shifts(cell: Cell, at: Sequence[float]) -> tuple[Floats, Floats]:
    """The estimates, and their largest relative moves when open ends reach further."""
    pays = cell.pays
    weights, bottom, top = (pays[name].to_numpy() for name in ("weight", "bottom", "top"))
    further_up = np.where(pays["is_max_open"], top * TAIL_FACTOR, top)
    further_down = np.where(pays["is_min_open"], bottom / TAIL_FACTOR, bottom)
    estimates, up, down = (
        spread_quantiles(low, high, weights, at)
        for low, high in ((bottom, top), (bottom, further_up), (further_down, top))
    )
    moved = np.maximum(np.abs(up - estimates), np.abs(down - estimates))
    unmoved = np.zeros_like(moved)
    return estimates, np.divide(moved, estimates, out=unmoved, where=estimates > 0)


def _tail_status(shift: float) -> BenchmarkStatus:
    if shift > TAIL_DEPENDENT:
        return BenchmarkStatus.TAIL_DEPENDENT
    return BenchmarkStatus.TAIL_SENSITIVE if shift > TAIL_SENSITIVE else BenchmarkStatus.OK


def _interval_rows(cell: Cell, sure: Sequence[int]) -> Iterator[tuple[int, Row]]:
    if not sure:
        return
    at = [p / 100 for p in sure]
    lows, highs = (
        cell.resampled_quantiles(name, at, share)
        for name, share in zip(("low", "high"), INTERVAL, strict=True)
    )
    for p, low, high in zip(sure, lows, highs, strict=True):
        yield (
            p,
            {
                "ci_low": four_places(low),
                "ci_high": four_places(high),
                "is_ci_high_open": bool(np.isinf(high)),
            },
        )
