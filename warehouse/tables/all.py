"""ALL_TABLES: every published table, in the order of publication."""

from warehouse.schema import Table
from warehouse.tables.documents import DOCUMENTS, PAGES
from warehouse.tables.postings import POSTINGS
from warehouse.tables.quarantine import QUARANTINE
from warehouse.tables.rate_observations import RATE_OBSERVATIONS
from warehouse.tables.rates import RATES, RESTATEMENTS
from warehouse.tables.reference import (
    COUNTRIES,
    DOMAINS,
    EXCHANGE_RATES,
    HOURS_CONVENTIONS,
    PAY_TRANSPARENCY_RULES,
    PLATFORMS,
    RULES,
    SOURCES,
    WORKFORCE_FACTS,
)
from warehouse.tables.releases import RELEASES
from warehouse.tables.statistics import BENCHMARK_AGREEMENT, PAY_BENCHMARKS

ALL_TABLES: tuple[Table, ...] = (
    DOCUMENTS,
    PAGES,
    POSTINGS,
    RATE_OBSERVATIONS,
    RATES,
    RESTATEMENTS,
    PAY_BENCHMARKS,
    BENCHMARK_AGREEMENT,
    QUARANTINE,
    SOURCES,
    PLATFORMS,
    DOMAINS,
    COUNTRIES,
    EXCHANGE_RATES,
    HOURS_CONVENTIONS,
    RULES,
    RELEASES,
    PAY_TRANSPARENCY_RULES,
    WORKFORCE_FACTS,
)

TABLES: dict[str, Table] = {table.name: table for table in ALL_TABLES}
