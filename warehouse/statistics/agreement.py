"""benchmark_agreement: shares and medians that others published, against our offers."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from functools import cache, partial
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import pyarrow
from numpy.typing import NDArray

from warehouse.frames import from_records
from warehouse.statistics.benchmarks import FEWEST_EMPLOYERS, TOGETHER, window_start
from warehouse.statistics.cells import INTERVAL, Cell, four_places, percentile, with_bounds
from warehouse.statistics.offers import offers
from warehouse.tables.statistics import BENCHMARK_AGREEMENT
from warehouse.vocabulary import AgreementMeasure, DomainCode, Kind, Statistic, Weighting

Row = dict[str, Any]
Mask = NDArray[np.bool_]

PUBLISHED_SQL = f"""
SELECT
    o.observation_id, o.statistic, o.is_min_open, o.is_max_open,
    o.share_percent, o.share_percent_max, r.usd_hourly_min, r.usd_hourly_max,
    o.domain_code, o.expertise_tier, o.country_code
FROM rate_observations AS o
JOIN rates AS r ON r.observation_id = o.observation_id
WHERE o.statistic IN ('{Statistic.SHARE}', '{Statistic.MEDIAN}')
  AND o.kind = '{Kind.BASE}'
  AND o.equivalent_of IS NULL
  AND o.domain_code IS DISTINCT FROM '{DomainCode.COMPARISON}'
  AND (r.usd_hourly_min IS NOT NULL OR r.usd_hourly_max IS NOT NULL)
  AND NOT EXISTS (SELECT 1 FROM restatements AS t WHERE t.observation_id = o.observation_id)
ORDER BY o.observation_id
"""  # noqa: S608 - only our own codes are filled in


def benchmark_agreement(tables: Mapping[str, pyarrow.Table], as_of: date) -> pyarrow.Table:
    """The table benchmark_agreement, over the same offers as the headline benchmarks.

    `tables` has documents, postings, rate_observations, rates and restatements.
    """
    counted = with_bounds(offers(tables, window_start(as_of), as_of).to_pandas())
    counted = counted[~counted["is_converted"]]
    with duckdb.connect() as connection:
        for name in ("rate_observations", "rates", "restatements"):
            connection.register(name, tables[name])
        published = connection.sql(PUBLISHED_SQL).to_arrow_table().to_pylist()
    cell_of = cache(partial(_cell, counted))
    return from_records(BENCHMARK_AGREEMENT, [_row(figure, cell_of) for figure in published])


def _row(figure: Row, cell_of: Callable[..., Cell | None]) -> Row:
    key = {name: figure[name] or together for name, together in TOGETHER.items()}
    row = {"observation_id": figure["observation_id"], **key, **_published(figure)}
    cell = cell_of(**key)
    if cell is None:
        return row | {"n_offers": 0, "n_employers": 0}
    row |= {"n_offers": cell.n_offers, "n_employers": cell.n_employers}
    if cell.n_employers < FEWEST_EMPLOYERS:
        return row
    is_median = row["measure"] is AgreementMeasure.MEDIAN
    ours = _our_median(cell) if is_median else _our_share(cell, row)
    return row | ours | _verdict(row, ours)


def _cell(counted: pd.DataFrame, **key: str) -> Cell | None:
    """The cell of the offers that are as `key` says; none where there are no such offers."""
    is_in = pd.Series(data=True, index=counted.index)
    for name, value in key.items():
        if value != TOGETHER[name]:
            is_in &= counted[name].eq(value)
    return Cell.of(counted[is_in], Weighting.EMPLOYER) if is_in.any() else None


def _published(figure: Row) -> Row:
    low, high = figure["usd_hourly_min"], figure["usd_hourly_max"]
    if figure["statistic"] == Statistic.MEDIAN:
        ends = {"published_min": _or(low, high), "published_max": _or(high, low)}
        return {"measure": AgreementMeasure.MEDIAN, **{k: _round(v) for k, v in ends.items()}}
    if figure["is_max_open"] or high is None:
        measure, high = AgreementMeasure.SHARE_ABOVE, None
    elif figure["is_min_open"] or low is None:
        measure, low = AgreementMeasure.SHARE_BELOW, None
    else:
        measure = AgreementMeasure.SHARE_BETWEEN
    share = figure["share_percent"]
    return {
        "measure": measure,
        "threshold_min": _round(low),
        "threshold_max": _round(high),
        "published_min": share,
        "published_max": _or(figure["share_percent_max"], share),
    }


def _our_median(cell: Cell) -> Row:
    """The band of our median; without upper limit where open ranges reach it."""
    names = ("our_min", "our_max", "interval_min", "interval_max")
    return dict(zip(names, map(four_places, cell.median_band), strict=True))


def _our_share(cell: Cell, row: Row) -> Row:
    """Percent of the weight that must, and that can, lie where the published share does."""
    must, can = _must_and_can(cell, row)
    return {
        "our_min": four_places(100 * cell.share(must)),
        "our_max": four_places(100 * cell.share(can)),
        "interval_min": four_places(100 * percentile(cell.resampled_shares(must), INTERVAL[0])),
        "interval_max": four_places(100 * percentile(cell.resampled_shares(can), INTERVAL[1])),
    }


def _must_and_can(cell: Cell, row: Row) -> tuple[Mask, Mask]:
    low, high = cell.values("low"), cell.values("high")
    if row["measure"] is AgreementMeasure.SHARE_ABOVE:
        above = float(row["threshold_min"])
        return low > above, high > above
    if row["measure"] is AgreementMeasure.SHARE_BELOW:
        below = float(row["threshold_max"])
        return high < below, low < below
    start, end = float(row["threshold_min"]), float(row["threshold_max"])
    return (low >= start) & (high <= end), (high >= start) & (low <= end)


def _verdict(row: Row, ours: Row) -> Row:
    below = max(Decimal(0), ours["interval_min"] - row["published_max"])
    limit = ours["interval_max"]
    above = Decimal(0) if limit is None else max(Decimal(0), row["published_min"] - limit)
    return {"agrees": not below and not above, "distance": max(below, above)}


def _round(value: Decimal | None) -> Decimal | None:
    return None if value is None else round(value, 4)


def _or(value: Decimal | None, other: Decimal | None) -> Decimal | None:
    return other if value is None else value
