"""An amount expression of a sentence, with everything decided about it so far."""

from decimal import Decimal
from typing import TYPE_CHECKING

from pipelines.parsing.amounts import Sum
from pipelines.parsing.periods import Unit
from warehouse.vocabulary import CurrencySource, Kind, PeriodSource, Statistic, TaxTreatment

if TYPE_CHECKING:
    from pipelines.parsing.kinds import Scores


class Expression:
    """One amount expression of a sentence, with everything decided about it so far."""

    __slots__ = (
        "core_first", "core_stop", "currency", "currency_source", "equivalent_of", "first",
        "high", "hours", "is_approximate", "is_bare", "is_dashed", "is_max_open", "is_min_open",
        "kind", "low", "mark_flags", "midpoint", "payments", "period_source", "place", "reason",
        "rule_id", "scores", "share", "share_max", "statistic", "stop", "tax", "trace", "unit",
        "warnings",
    )  # fmt: skip

    def __init__(self, low: Decimal | None, high: Decimal | None, rule_id: str) -> None:
        """The bounds as stated; everything else is still open."""
        self.low = low
        self.high = high
        self.rule_id = rule_id
        self.is_min_open = low is None
        self.is_max_open = high is None
        self.currency: str | None = None
        self.currency_source: CurrencySource | None = None
        self.mark_flags: frozenset[str] = frozenset()
        self.first = self.stop = self.core_first = self.core_stop = 0
        self.unit: Unit | None = None
        self.period_source: PeriodSource | None = None
        self.statistic: Statistic = Statistic.POINT
        self.kind: Kind | None = None
        self.reason: str | None = None
        self.tax: TaxTreatment | None = None
        self.share: Decimal | None = None
        self.share_max: Decimal | None = None
        self.payments: Decimal | None = None
        self.hours: Decimal | None = None
        self.midpoint: Decimal | None = None
        self.equivalent_of: Expression | None = None
        self.is_approximate = False
        self.is_bare = False
        self.is_dashed = False
        self.place = 0
        self.scores: Scores | None = None
        self.trace: list[str] = []
        self.warnings: list[str] = []


def place_at(made: Expression, first: int, core_first: int, stop: int) -> None:
    """Says which tokens an expression takes, and where its first amount starts."""
    made.first, made.core_first = first, core_first
    made.core_stop = made.stop = stop


def take_mark(made: Expression, *sums: Sum) -> None:
    """The currency of an expression is that of whichever sum carries a mark."""
    for one in sums:
        if one.currency is not None and (made.currency is None or made.currency[0] == "~"):
            made.currency = one.currency
            is_own = one is sums[0] or one.currency[0] == "~"
            made.currency_source = CurrencySource.STATED if is_own else CurrencySource.RANGE
            made.mark_flags = one.mark_flags
        if one.warning:
            made.warnings.append(one.warning)
    made.is_bare = made.currency is None
