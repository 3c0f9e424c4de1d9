"""Reading: what the engine returns, one statement of an amount at one place."""

from dataclasses import dataclass, field
from decimal import Decimal

from warehouse.vocabulary import (
    CurrencySource,
    Kind,
    PayPeriod,
    PeriodSource,
    Statistic,
    TaxTreatment,
)


@dataclass(frozen=True, slots=True)
class Reading:
    """One amount of money as stated: bounds, unit, meaning, place and every decision.

    Amounts are in major currency units as stated, never annualised. The span is half-open and
    counts code points of the text given to the engine, so that
    ``text[char_start:char_end] == matched_text``.
    """

    amount_min: Decimal | None
    amount_max: Decimal | None
    is_min_open: bool
    is_max_open: bool
    currency: str | None
    pay_period: PayPeriod | None
    statistic: Statistic
    kind: Kind
    char_start: int
    char_end: int
    matched_text: str
    rule_id: str
    per_count: int = 1
    tax_treatment: TaxTreatment | None = None
    currency_source: CurrencySource | None = None
    period_source: PeriodSource | None = None
    unit_text: str | None = None
    share_percent: Decimal | None = None
    share_percent_max: Decimal | None = None
    is_approximate: bool = False
    payments_per_year: Decimal | None = None
    stated_hours_per_year: Decimal | None = None
    midpoint: Decimal | None = None
    equivalent_of: int | None = None
    """Place in the answer of the reading this one re-expresses in another unit or currency."""
    trace: tuple[str, ...] = ()
    warnings: tuple[str, ...] = field(default=())
