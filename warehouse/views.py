"""The views of the published database: each answers one question, with a query to start."""

from typing import NamedTuple

from warehouse.statistics.offers import OFFERS_SQL


class View(NamedTuple):
    """A view: its name, the question it answers, its SQL, and an example that uses it."""

    name: str
    question: str
    sql: str
    example: str


VIEWS = (
    View(
        "v_offers",
        "Which advertised offers do the benchmarks count?",
        OFFERS_SQL,
        "SELECT domain_code, count(DISTINCT offer_id) AS offers FROM v_offers"
        " GROUP BY domain_code ORDER BY offers DESC",
    ),
    View(
        "v_advertised_pay",
        "What does advertised work pay in US dollars per hour, and who says so?",
        """
        SELECT
            f.observation_id, p.title, coalesce(n.name, p.employer, d.publisher) AS who_pays,
            f.domain_code, f.expertise_tier, f.country_code,
            f.usd_hourly_min, f.usd_hourly_max, f.is_min_open, f.is_max_open, f.hours_basis,
            o.matched_text, f.last_seen_date, d.publisher, d.text_origin,
            coalesce(p.url, d.url) AS url
        FROM v_offers AS f
        JOIN rate_observations AS o ON o.observation_id = f.observation_id
        JOIN documents AS d ON d.document_id = o.document_id
        LEFT JOIN postings AS p ON p.posting_id = o.posting_id
        LEFT JOIN platforms AS n ON n.platform_id = coalesce(o.platform_id, p.platform_id)
        """,
        "SELECT who_pays, title, usd_hourly_min, usd_hourly_max FROM v_advertised_pay"
        " ORDER BY usd_hourly_max DESC NULLS LAST, title LIMIT 10",
    ),
    View(
        "v_typical_pay",
        "What is the median advertised pay by field, and how far can it be trusted?",
        """
        SELECT
            domain_code, expertise_tier, country_code, floor, ceiling, is_ceiling_open,
            estimate, status, claim, n_offers, n_employers
        FROM pay_benchmarks
        WHERE variant = 'offers' AND weighting = 'employer' AND p = 50
        """,
        "SELECT domain_code, floor, ceiling, n_offers, n_employers FROM v_typical_pay"
        " WHERE expertise_tier = 'ALL' AND country_code = 'WORLD' ORDER BY domain_code",
    ),
    View(
        "v_reported_pay",
        "Which averages, medians, shares and forecasts did others publish?",
        """
        SELECT
            o.observation_id, d.publisher, d.published_date, o.statistic, o.share_percent,
            o.amount_min, o.amount_max, o.is_min_open, o.is_max_open, o.currency,
            o.pay_period, o.subject_text, o.domain_code, o.country_code, o.evidence_kind,
            t.origin_observation_id, d.url
        FROM rate_observations AS o
        JOIN documents AS d ON d.document_id = o.document_id
        LEFT JOIN restatements AS t ON t.observation_id = o.observation_id
        WHERE o.statistic IN ('average', 'median', 'percentile', 'share', 'projection')
          AND o.kind IN ('base', 'total')
        """,
        "SELECT publisher, statistic, amount_min, amount_max, currency, pay_period"
        " FROM v_reported_pay WHERE origin_observation_id IS NULL"
        " ORDER BY publisher, observation_id LIMIT 10",
    ),
    View(
        "v_figures",
        "Which pay figures stand on their own, each origin once, and what are they per hour?",
        """
        SELECT
            o.observation_id, o.statement_id, d.publisher, d.published_date,
            o.evidence_kind, o.statistic,
            coalesce(o.platform_id, p.platform_id) AS platform_id,
            coalesce(o.domain_code, p.domain_code) AS domain_code,
            coalesce(o.expertise_tier, p.expertise_tier) AS expertise_tier,
            coalesce(o.country_code, p.country_code) AS country_code,
            coalesce(o.subject_text, p.title) AS who, o.matched_text, o.unit_text,
            o.amount_min, o.amount_max, o.currency, o.pay_period, o.tax_treatment,
            r.hourly_min, r.hourly_max, r.usd_hourly_min, r.usd_hourly_max,
            r.is_min_open, r.is_max_open, r.hours_basis, r.fx_date, r.not_comparable_reason,
            coalesce(p.url, d.url) AS url
        FROM rate_observations AS o
        JOIN rates AS r ON r.observation_id = o.observation_id
        JOIN documents AS d ON d.document_id = o.document_id
        LEFT JOIN postings AS p ON p.posting_id = o.posting_id
        WHERE o.kind IN ('base', 'total')
          AND o.statistic NOT IN ('share', 'projection')
          AND coalesce(o.evidence_kind, '') NOT IN ('bill_rate', 'legal_floor', 'comparator')
          AND o.domain_code IS DISTINCT FROM 'comparison'
          AND o.equivalent_of IS NULL
          AND coalesce(o.period_source, '') NOT IN ('magnitude', 'country')
          AND p.is_in_market IS DISTINCT FROM false
          AND NOT EXISTS (
              SELECT 1 FROM restatements AS t WHERE t.observation_id = o.observation_id
          )
        """,
        "SELECT evidence_kind, count(DISTINCT statement_id) AS figures,"
        " count(DISTINCT publisher) AS publishers FROM v_figures"
        " GROUP BY evidence_kind ORDER BY figures DESC, evidence_kind",
    ),
    View(
        "v_trace",
        "Where does each figure come from, and what was done to it?",
        """
        SELECT
            o.observation_id, d.publisher, d.title, d.published_date, d.url, d.file_name,
            d.text_origin, o.document_id, o.page_number, o.char_start, o.char_end,
            o.field_path, o.matched_text, o.rule_id, k.says AS rule_says, o.parser_version,
            o.trace, o.warnings, r.hourly_min, r.hourly_max, r.hours_basis, r.hours_per_year,
            r.fx_rate, r.fx_date, r.fx_source, r.usd_hourly_min, r.usd_hourly_max,
            r.not_comparable_reason, t.origin_observation_id, t.evidence, t.change
        FROM rate_observations AS o
        JOIN documents AS d ON d.document_id = o.document_id
        LEFT JOIN rules AS k ON k.rule_id = o.rule_id
        LEFT JOIN rates AS r ON r.observation_id = o.observation_id
        LEFT JOIN restatements AS t ON t.observation_id = o.observation_id
        """,
        "SELECT observation_id, publisher, matched_text, rule_id, usd_hourly_min, fx_date"
        " FROM v_trace ORDER BY observation_id LIMIT 5",
    ),
    View(
        "v_who_repeats_whom",
        "Which publishers repeat whose figures, and what changes on the way?",
        """
        SELECT
            a.publisher AS repeats, b.publisher AS origin, t.change,
            count(*) AS figures, min(t.evidence_text) AS example
        FROM restatements AS t
        JOIN rate_observations AS o ON o.observation_id = t.observation_id
        JOIN rate_observations AS q ON q.observation_id = t.origin_observation_id
        JOIN documents AS a ON a.document_id = o.document_id
        JOIN documents AS b ON b.document_id = q.document_id
        WHERE NOT t.is_within_document
        GROUP BY ALL
        """,
        "SELECT repeats, origin, change, figures FROM v_who_repeats_whom"
        " ORDER BY figures DESC, repeats, origin, change LIMIT 10",
    ),
    View(
        "v_set_aside",
        "What was set aside, by source and reason?",
        """
        SELECT
            source_id, reason_code, count(*) AS things,
            count(DISTINCT document_id) AS documents, min(message) AS example
        FROM quarantine
        GROUP BY ALL
        """,
        "SELECT source_id, reason_code, things FROM v_set_aside"
        " ORDER BY things DESC, source_id, reason_code",
    ),
)
