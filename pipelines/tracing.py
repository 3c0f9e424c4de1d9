"""What `compensation trace` shows: one published figure back to the words it was read from."""

from pathlib import Path
from typing import Any

from warehouse.errors import QueryRefused
from warehouse.query import run_sql

CONTEXT = 160

FIGURE = """
SELECT o.*, d.title, d.publisher, d.via, d.url, d.published_date, d.retrieved_at,
       d.file_name, d.source_id, d.text_origin, p.text AS page_text,
       r.hourly_min, r.hourly_max, r.hours_basis, r.hours_per_year, r.usd_hourly_min,
       r.usd_hourly_max, r.fx_rate, r.fx_date, r.fx_source, r.not_comparable_reason,
       u.says AS rule_says
FROM rate_observations o
JOIN documents d ON d.document_id = o.document_id
LEFT JOIN pages p ON p.document_id = o.document_id AND p.page_number = o.page_number
LEFT JOIN rates r USING (observation_id)
LEFT JOIN rules u USING (rule_id)
WHERE o.observation_id = '{name}'
"""

LINKS = """
SELECT s.observation_id, s.origin_observation_id, s.evidence, s.evidence_text, s.change,
       s.changed_from, s.changed_to, d.publisher, d.url, o.matched_text
FROM restatements s
JOIN rate_observations o ON o.observation_id = CASE WHEN s.observation_id = '{name}'
    THEN s.origin_observation_id ELSE s.observation_id END
JOIN documents d ON d.document_id = o.document_id
WHERE s.observation_id = '{name}' OR s.origin_observation_id = '{name}'
ORDER BY d.published_date, s.observation_id
"""


def trace_observation(release: Path, observation_id: str) -> str:
    """Return the way back of one figure as text.

    Raises:
        QueryRefused: The release has no such observation.
    """
    if not observation_id.isalnum():
        raise QueryRefused(_unknown(observation_id))
    figure = _rows(release, FIGURE, observation_id)
    if not figure:
        raise QueryRefused(_unknown(observation_id))
    links = _rows(release, LINKS, observation_id)
    return "\n".join(_lines(figure[0], links))


def _unknown(name: str) -> str:
    return (
        f"no observation {name!r} in this release. Find one with: "
        'compensation sql "SELECT observation_id, matched_text FROM rate_observations LIMIT 5"'
    )


def _rows(release: Path, query: str, name: str) -> list[dict[str, Any]]:
    answer = run_sql(release, query.format(name=name))
    return [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]


def _lines(figure: dict[str, Any], links: list[dict[str, Any]]) -> list[str]:
    return [
        *_section("figure", _stated(figure)),
        *_section("words", _words(figure)),
        *_section("said by", _document(figure)),
        *_section("read by", _rule(figure)),
        *_section("made comparable", _conversion(figure)),
        *_section("restatements", [_link(figure["observation_id"], link) for link in links]),
    ]


def _section(name: str, lines: list[str]) -> list[str]:
    return [name, *(f"    {line}" for line in lines or ["none"])]


def _stated(figure: dict[str, Any]) -> list[str]:
    low, high = (_number(figure[name]) for name in ("amount_min", "amount_max"))
    ends = f"{low or 'open'} to {high or 'open'}{'+' if figure['is_max_open'] and high else ''}"
    unit = f"{figure['currency'] or 'currency not stated'} per {figure['pay_period'] or '?'}"
    about = [
        figure[k] for k in ("subject_text", "domain_code", "expertise_tier", "country_code")
    ]
    return [
        f"{ends} {unit}, {figure['statistic']}, {figure['kind']}",
        "about: " + ", ".join(str(part) for part in about if part),
    ]


def _words(figure: dict[str, Any]) -> list[str]:
    if figure["field_path"]:
        return [f"the field {figure['field_path']}"]
    start, end = figure["char_start"], figure["char_end"]
    place = f"page {figure['page_number']}, characters {start} to {end}"
    text = figure["page_text"]
    if text is None:
        return [place, f"“{figure['matched_text']}”", "(the licence does not let us show more)"]
    before, after = text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
    shown = " ".join(f"…{before}[[{text[start:end]}]]{after}…".split())
    origin = [] if figure["text_origin"] == "verbatim" else ["figures theirs, wording ours"]
    return [place, shown, *origin]


def _document(figure: dict[str, Any]) -> list[str]:
    names = ("publisher", "via", "title", "url", "published_date", "retrieved_at")
    known = [f"{name}: {figure[name]}" for name in names if figure[name] is not None]
    return [*known, f"file: {figure['file_name']} of {figure['source_id']}",
            f"document: {figure['document_id']}"]  # fmt: skip


def _rule(figure: dict[str, Any]) -> list[str]:
    decisions = (figure["trace"] or "").split(" | ")
    says = f"{figure['rule_id']}: {figure['rule_says'] or 'a structured field'}"
    return [says, *(part for part in decisions if part)]


def _conversion(figure: dict[str, Any]) -> list[str]:
    if figure["not_comparable_reason"]:
        return [f"not comparable: {figure['not_comparable_reason']}"]
    own = f"{_number(figure['hourly_min'])} to {_number(figure['hourly_max'])} per hour"
    usd = f"{_number(figure['usd_hourly_min'])} to {_number(figure['usd_hourly_max'])} USD"
    rate = f"at {figure['fx_rate']} of {figure['fx_date'] or 'no date'} ({figure['fx_source']})"
    hours = f"hours: {figure['hours_basis']}, {_number(figure['hours_per_year'])} per year"
    return [own, f"{usd} {rate}", hours]


def _link(name: str, link: dict[str, Any]) -> str:
    way = "repeats" if link["observation_id"] == name else "repeated by"
    other = link["origin_observation_id" if way == "repeats" else "observation_id"]
    changed = f"; {link['change']}" if link["change"] != "none" else ""
    return (
        f"{way} {other} ({link['publisher']}: “{link['matched_text']}”), "
        f"by {link['evidence']}: {link['evidence_text']}{changed}"
    )


def _number(value: Any) -> str:
    return "" if value is None else f"{value:,f}".rstrip("0").rstrip(".")
