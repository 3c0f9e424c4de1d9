"""OFFERS_SQL: which observations count as offers; the published view and the statistics use it.

An offer is what an advertisement pays for the work itself, stated for a period the text names,
said here first, for work in this market, and convertible to US dollars per hour. Averages,
forecasts, restatements, the same pay in another unit, and piece rates are not offers.
"""

from collections.abc import Mapping
from datetime import date

import duckdb
import pyarrow

from warehouse.vocabulary import DomainCode, EvidenceKind, Kind, PeriodSource, Statistic

OFFER_STATISTICS = (Statistic.POINT, Statistic.RANGE, Statistic.STARTING, Statistic.MAX)
UNSTATED_PERIOD = (PeriodSource.MAGNITUDE, PeriodSource.COUNTRY)


def _listed(codes: tuple[str, ...]) -> str:
    return "(" + ", ".join(f"'{code}'" for code in codes) + ")"


OFFERS_SQL = f"""
WITH seen AS (
    SELECT offer_cluster_id, max(last_seen_at) AS last_seen_at
    FROM postings WHERE offer_cluster_id IS NOT NULL GROUP BY offer_cluster_id
),
said AS (
    SELECT
        o.observation_id,
        coalesce(p.offer_cluster_id, o.posting_id, o.statement_id) AS offer_id,
        coalesce(
            p.platform_id, o.platform_id, lower(p.employer), lower(d.publisher), d.document_id
        ) AS employer_id,
        coalesce(o.domain_code, p.domain_code) AS domain_code,
        coalesce(o.expertise_tier, p.expertise_tier) AS expertise_tier,
        coalesce(o.country_code, p.country_code) AS country_code,
        r.usd_hourly_min,
        r.usd_hourly_max,
        r.is_min_open,
        r.is_max_open,
        r.hours_basis,
        coalesce(
            CAST(coalesce(s.last_seen_at, p.last_seen_at) AT TIME ZONE 'UTC' AS DATE),
            p.posted_date,
            d.published_date,
            CAST(d.retrieved_at AT TIME ZONE 'UTC' AS DATE)
        ) AS last_seen_date
    FROM rate_observations AS o
    JOIN rates AS r ON r.observation_id = o.observation_id
    JOIN documents AS d ON d.document_id = o.document_id
    LEFT JOIN postings AS p ON p.posting_id = o.posting_id
    LEFT JOIN seen AS s ON s.offer_cluster_id = p.offer_cluster_id
    WHERE o.evidence_kind = '{EvidenceKind.POSTING}'
      AND o.kind = '{Kind.BASE}'
      AND o.statistic IN {_listed(OFFER_STATISTICS)}
      AND o.equivalent_of IS NULL
      AND (o.period_source IS NULL OR o.period_source NOT IN {_listed(UNSTATED_PERIOD)})
      AND p.is_in_market IS DISTINCT FROM false
      AND NOT EXISTS (
          SELECT 1 FROM restatements AS t WHERE t.observation_id = o.observation_id
      )
)
SELECT * FROM said
WHERE (usd_hourly_min IS NOT NULL OR usd_hourly_max IS NOT NULL)
  AND hours_basis IS NOT NULL
  AND domain_code IS DISTINCT FROM '{DomainCode.COMPARISON}'
"""  # noqa: S608 - only our own codes are filled in


def offers(tables: Mapping[str, pyarrow.Table], start: date, end: date) -> pyarrow.Table:
    """The offers last seen from `start` to `end`, both included: the columns of `v_offers`.

    `tables` has documents, postings, rate_observations, rates and restatements. Rows are in
    the order of observation_id, offers in US dollars per hour.
    """
    query = (
        f"SELECT * FROM ({OFFERS_SQL}) WHERE last_seen_date BETWEEN ? AND ? "  # noqa: S608
        "ORDER BY observation_id"
    )
    with duckdb.connect() as connection:
        for name in ("documents", "postings", "rate_observations", "rates", "restatements"):
            connection.register(name, tables[name])
        return connection.sql(query, params=[start, end]).to_arrow_table()
