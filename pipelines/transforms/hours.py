"""How many working hours a period holds: the conventions used when a document states none."""

from dataclasses import dataclass
from decimal import Decimal

from warehouse.vocabulary import PayPeriod

DEFAULT_HOURS_PER_YEAR = Decimal(2080)


@dataclass(frozen=True, slots=True)
class HoursConvention:
    """Hours of work in one period, where they apply, and who says so."""

    country_code: str
    pay_period: PayPeriod
    hours: Decimal
    note: str
    source: str


ANYWHERE = "ALL"
BY_DEFINITION = "definition"
FORTY_HOURS = "40 hours a week, 52 weeks a year"

# The rows for ANYWHERE convert; the rows of a country show what is usual there instead.
HOURS_CONVENTIONS = (
    HoursConvention(ANYWHERE, PayPeriod.MINUTE, Decimal(1) / 60, "a 60th", BY_DEFINITION),
    HoursConvention(ANYWHERE, PayPeriod.HOUR, Decimal(1), "itself", BY_DEFINITION),
    HoursConvention(ANYWHERE, PayPeriod.DAY, Decimal(8), "an eight-hour day", FORTY_HOURS),
    HoursConvention(ANYWHERE, PayPeriod.WEEK, Decimal(40), "five such days", FORTY_HOURS),
    HoursConvention(ANYWHERE, PayPeriod.FORTNIGHT, Decimal(80), "two weeks", FORTY_HOURS),
    HoursConvention(ANYWHERE, PayPeriod.MONTH, Decimal(2080) / 12, "a twelfth", FORTY_HOURS),
    HoursConvention(ANYWHERE, PayPeriod.QUARTER, Decimal(520), "a quarter", FORTY_HOURS),
    HoursConvention(ANYWHERE, PayPeriod.YEAR, DEFAULT_HOURS_PER_YEAR, "2,080", FORTY_HOURS),
    HoursConvention(
        "US", PayPeriod.YEAR, Decimal(2087), "usual there, not used", "US federal pay"
    ),
    HoursConvention("GB", PayPeriod.YEAR, Decimal(1950), "usual there, not used", "37.5 x 52"),
    HoursConvention("AU", PayPeriod.YEAR, Decimal(1976), "usual there, not used", "38 x 52"),
    HoursConvention("FR", PayPeriod.YEAR, Decimal(1607), "usual there, not used", "legal year"),
)

DEFAULT_HOURS: dict[str, Decimal] = {
    c.pay_period: c.hours for c in HOURS_CONVENTIONS if c.country_code == ANYWHERE
}
