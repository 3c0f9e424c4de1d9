"""Weighted quantiles of amounts that are known only as intervals.

A quantile is the smallest value whose cumulative weight reaches p, without interpolation.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

TOLERANCE = 1e-12
"""Weights that add up to p but for rounding do reach it."""


def quantiles(values: Floats, weights: Floats, at: Sequence[float]) -> Floats:
    """The quantile of weighted `values` for each p in `at`; a value may be infinite."""
    order = np.argsort(values, kind="stable")
    cumulative = np.cumsum(weights[order]) / np.sum(weights)
    return np.asarray(values[order][_first_reaching(cumulative, at)])


def spread_quantiles(
    bottoms: Floats, tops: Floats, weights: Floats, at: Sequence[float]
) -> Floats:
    """The quantiles when each weight lies evenly between its bottom and its top.

    Where the two are equal the weight stays in one point.
    """
    ends, places = np.unique(np.concatenate([bottoms, tops]), return_inverse=True)
    lower, upper = places[: len(bottoms)], places[len(bottoms) :]
    is_point = lower == upper
    jumps: Floats = np.bincount(lower[is_point], weights[is_point], len(ends)).astype("f8")
    wide = ~is_point
    density = weights[wide] / (tops[wide] - bottoms[wide])
    starts = np.bincount(lower[wide], density, len(ends))
    slopes = np.cumsum(starts - np.bincount(upper[wide], density, len(ends)))[:-1]
    reached = np.cumsum(jumps + np.concatenate([[0.0], slopes * np.diff(ends)]))
    total = np.sum(weights)
    return np.array([_on_line(ends, reached, jumps, p * total) for p in at])


def _on_line(ends: Floats, reached: Floats, jumps: Floats, wanted: float) -> float:
    """Where the rising line, with its jumps, first gets to `wanted`."""
    place = int(_first_reaching(reached, [wanted])[0])
    before_jump = reached[place] - jumps[place]
    if place == 0 or before_jump < wanted - TOLERANCE:
        return float(ends[place])
    low, high = ends[place - 1], ends[place]
    share = (wanted - reached[place - 1]) / (before_jump - reached[place - 1])
    return float(low + np.clip(share, 0.0, 1.0) * (high - low))


def _first_reaching(cumulative: Floats, at: Sequence[float]) -> NDArray[np.intp]:
    places = np.searchsorted(cumulative, np.asarray(at) - TOLERANCE)
    return np.minimum(places, len(cumulative) - 1)
