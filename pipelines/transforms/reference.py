"""The small tables that explain the others, from the lexicons and lists that are in use."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from importlib.resources import files
from typing import Any

from pipelines.attributes.geography import countries, domains, platforms
from pipelines.parsing.rulebook import all_rules
from pipelines.transforms.exchange import DOLLAR
from pipelines.transforms.hours import HOURS_CONVENTIONS
from sources.registry import Source

Row = dict[str, Any]

# Rules that are no text rules: they say where a structured figure came from.
FIELD_RULES = {
    "field.curated": "A figure of a curated, cited table, already in our terms.",
}


def country_rows() -> Iterator[Row]:
    """Yield the countries with region and currency."""
    for country in countries():
        yield {
            "country_code": country.country_code,
            "name": country.name,
            "region": country.region or None,
            "currency": country.currency,
        }


def platform_rows() -> Iterator[Row]:
    """Yield the platforms with operator and other names."""
    for platform in platforms():
        yield {
            "platform_id": platform.platform_id,
            "name": platform.name,
            "operator": platform.operator or None,
            "aliases": " | ".join(platform.aliases) or None,
        }


def domain_rows() -> Iterator[Row]:
    """Yield the fields of knowledge with their nearest official classes."""
    for domain in domains():
        yield {name: getattr(domain, name) for name in domain.__slots__}


def hours_rows() -> Iterator[Row]:
    """Yield the hours conventions that conversions use."""
    for convention in HOURS_CONVENTIONS:
        yield {name: getattr(convention, name) for name in convention.__slots__}


def rule_rows() -> Iterator[Row]:
    """Yield the rules that read pay, with what they read and refuse."""
    for rule in all_rules():
        yield {
            "rule_id": rule.id,
            "says": rule.says,
            "reads": "\n".join(f"{text} ⇒ {out}" for text, out in rule.reads) or None,
            "refuses": "\n".join(rule.refuses) or None,
        }
    for rule_id, says in FIELD_RULES.items():
        yield {"rule_id": rule_id, "says": says, "reads": None, "refuses": None}


def exchange_rows(rates: Iterable[Row]) -> Iterator[Row]:
    """Yield each exchange rate that the rows of `rates` used, once."""
    used = {}
    for row in rates:
        if row["fx_date"] is not None and row["fx_source"] != DOLLAR.source:
            used[row["currency"], row["fx_date"]] = row
    for (currency, day), row in sorted(used.items()):
        yield {
            "currency": currency,
            "rate_date": day,
            "usd_per_unit": row["fx_rate"],
            "source": row["fx_source"],
        }


def source_rows(
    sources: Iterable[Source],
    failures: Mapping[str, str | None],
    newest: Mapping[str, datetime],
) -> Iterator[Row]:
    """Yield the registered sources, their terms, and whether the last fetch failed."""
    for source in sources:
        publisher = source.publisher
        yield {
            "source_id": source.id,
            "title": source.title,
            "publisher": publisher.name if publisher else None,
            "publisher_url": publisher.url if publisher else None,
            "connector": source.connector,
            "is_enabled": source.enabled,
            "cadence": source.cadence,
            "terms_url": source.terms.url,
            "terms_checked_on": source.terms.checked_on,
            "licence": source.terms.licence,
            "attribution": source.terms.attribution,
            "redistribution": source.terms.redistribution,
            "is_stale": failures.get(source.id) is not None,
            "stale_reason": failures.get(source.id),
            "newest_retrieved_at": newest.get(source.id),
            "notes": source.notes,
        }


def bundled_rows(name: str) -> Iterator[Row]:
    """Yield the rows of a bundled reference file, empty cells as null."""
    text = (files("sources.bundled") / name).read_text("utf-8")
    for row in csv.DictReader(text.splitlines(keepends=True)):
        yield {key: value or None for key, value in row.items()}
