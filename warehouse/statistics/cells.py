"""A cell of offers: whose they are, what weight each has, and how sure its quantiles are."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from warehouse.statistics.quantiles import TOLERANCE, Floats, quantiles
from warehouse.vocabulary import HoursBasis, Weighting

Places = NDArray[np.intp]

REPLICATES = 999
INTERVAL = (0.05, 0.95)

IDS = ["observation_id", "offer_id", "employer_id", "hours_basis", "last_seen_date"]
BOUNDS = ["low", "high", "bottom", "top", "is_min_open", "is_max_open"]


def with_bounds(offers: pd.DataFrame) -> pd.DataFrame:
    """The offers with what their words allow and what they state, US dollars per hour.

    `low` to `high` is every pay the words allow: from zero where the lower end is open, without
    limit where the upper end is. `bottom` and `top` are the smallest and the largest amount
    that is stated. `offer`, `employer` and `pay` are numbers that tell offers, employers and
    bounds apart; they stand for the names, which are left out.
    """
    stated_low = offers["usd_hourly_min"].astype("float64")
    stated_high = offers["usd_hourly_max"].astype("float64")
    is_min_open = offers["is_min_open"].astype(bool) | stated_low.isna()
    is_max_open = offers["is_max_open"].astype(bool) | stated_high.isna()
    bounded = offers.drop(columns=IDS, errors="ignore").assign(
        offer=pd.factorize(offers["offer_id"], sort=True)[0],
        employer=pd.factorize(offers["employer_id"], sort=True)[0],
        is_min_open=is_min_open,
        is_max_open=is_max_open,
        low=stated_low.where(~is_min_open, 0.0),
        high=stated_high.where(~is_max_open, np.inf),
        bottom=stated_low.fillna(stated_high),
        top=stated_high.fillna(stated_low),
        is_converted=offers["hours_basis"].eq(HoursBasis.DEFAULT).astype(bool),
    )
    pay = bounded.groupby(BOUNDS).ngroup()
    return bounded.assign(pay=pay).sort_values(["employer", "offer", "pay"], ignore_index=True)


@dataclass(frozen=True)
class Cell:
    """The offers of one cell under one weighting; a row is one pay that one offer states."""

    rows: pd.DataFrame
    weighting: Weighting

    @classmethod
    def of(cls, offers: pd.DataFrame, weighting: Weighting) -> "Cell":
        """The cell of `offers` (from `with_bounds`); the same pay in one offer counts once."""
        stated = offers["offer"] * (offers["pay"].max() + 1) + offers["pay"]
        return cls(offers[~stated.duplicated()], weighting)

    @cached_property
    def employer(self) -> Places:
        """Number of the employer of each row, from 0: that of its offer."""
        employer, offer, _ = self._offers
        return np.asarray(employer[offer])

    @cached_property
    def n_employers(self) -> int:
        """Number of independent employers."""
        return int(self.employer.max()) + 1

    @cached_property
    def n_offers(self) -> int:
        """Number of offers."""
        return len(self.offer_weights)

    @cached_property
    def _offers(self) -> tuple[Places, Places, Places]:
        """Employer of each offer, offer of each row, number of rows of each offer."""
        _, first, offer, sizes = np.unique(
            self.rows["offer"], return_index=True, return_inverse=True, return_counts=True
        )
        # An offer that two employers share belongs to the first of them by name.
        employer = self.rows["employer"].to_numpy()[first]
        return np.unique(employer, return_inverse=True)[1], offer, sizes

    @cached_property
    def offer_weights(self) -> Floats:
        """Weight of each offer, adding up to 1."""
        employer = self._offers[0]
        if self.weighting is Weighting.OFFER:
            return np.full(len(employer), 1.0 / len(employer))
        counts = np.bincount(employer)
        return np.asarray(1.0 / (len(counts) * counts[employer]))

    @cached_property
    def weights(self) -> Floats:
        """Weight of each row: that of its offer, shared by the rows of the offer."""
        _, offer, sizes = self._offers
        return np.asarray((self.offer_weights / sizes)[offer])

    @cached_property
    def pays(self) -> pd.DataFrame:
        """One row per distinct pay, with the `weight` of the rows that state it."""
        pay = self.rows["pay"]
        weights = np.bincount(pd.factorize(pay)[0], self.weights)
        return self.rows.loc[~pay.duplicated(), BOUNDS].assign(weight=weights)

    @property
    def n_effective(self) -> float:
        """Effective number of offers under the weights."""
        return float(1.0 / np.sum(self.offer_weights**2))

    @property
    def top_share(self) -> float:
        """Largest employer's share of the weight."""
        return float(np.bincount(self.employer, self.weights).max())

    @property
    def top_share_offers(self) -> float:
        """Largest employer's share of the offers."""
        return float(np.bincount(self._offers[0]).max() / self.n_offers)

    def values(self, name: str) -> Floats:
        """A column of the rows as numbers."""
        return self.rows[name].to_numpy("float64")

    def share(self, holds: NDArray[np.bool_]) -> float:
        """Weight of the rows where `holds` is true."""
        return float(np.sum(self.weights[holds]))

    @cached_property
    def median_band(self) -> tuple[float, float, float, float]:
        """The medians of `low` and `high`, and the outer ends of their intervals."""
        low, high = (
            float(
                quantiles(self.pays[name].to_numpy(), self.pays["weight"].to_numpy(), [0.5])[0]
            )
            for name in ("low", "high")
        )
        lowest, highest = (
            float(self.resampled_quantiles(name, [0.5], share)[0])
            for name, share in zip(("low", "high"), INTERVAL, strict=True)
        )
        return low, high, lowest, highest

    def resampled_shares(self, holds: NDArray[np.bool_]) -> Floats:
        """That share in each resampling of the employers."""
        drawn = resamplings(self.n_employers)
        total = drawn @ np.bincount(self.employer, self.weights)
        held = drawn @ np.bincount(self.employer, self.weights * holds)
        return np.asarray(held / total)

    def resampled_quantiles(self, name: str, at: Sequence[float], share: float) -> Floats:
        """For each p in `at`, what a `share` of the resampled quantiles of a column not exceed.

        No quantile is found resampling by resampling: one is at most a value when the weight up
        to that value reaches p, so the value is sought for which enough resamplings say so.
        """
        values, places = np.unique(self.values(name), return_inverse=True)
        shape = self.n_employers, len(values)
        cells = np.bincount(self.employer * shape[1] + places, self.weights, math.prod(shape))
        reached = np.cumsum(cells.reshape(shape), axis=1)
        drawn = resamplings(self.n_employers)
        wanted = np.outer(drawn @ reached[:, -1], np.asarray(at) - TOLERANCE)
        enough = math.ceil(share * REPLICATES)
        first, last = np.zeros(len(at), int), np.full(len(at), shape[1] - 1)
        while (first < last).any():
            middle = (first + last) // 2
            is_enough = np.sum(drawn @ reached[:, middle] >= wanted, axis=0) >= enough
            first, last = (
                np.where(is_enough, first, middle + 1),
                np.where(is_enough, middle, last),
            )
        return np.asarray(values[first])


@lru_cache(maxsize=16)
def resamplings(employers: int) -> Floats:
    """How often each of so many employers is drawn, one row per resampling.

    Decided by their number alone, so that the same offers always give the same interval.
    """
    even = np.full(employers, 1.0 / employers)
    drawn = np.random.default_rng(employers).multinomial(employers, even, REPLICATES)
    return drawn.astype("float64")


def four_places(value: float) -> Decimal | None:
    """The value as published; None where there is no limit."""
    return None if np.isinf(value) else Decimal(f"{value:.4f}")


def percentile(values: Floats, at: float) -> float:
    """The smallest of `values` that a share `at` of them does not exceed."""
    return float(np.quantile(values, at, method="inverted_cdf"))
