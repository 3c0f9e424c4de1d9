"""What `compensation trace` shows: one published figure back to the words it was read from."""

from decimal import Decimal
from pathlib import Path
from typing import Any

from pipelines.commands.reading_lines import span_text, unit_text
from warehouse.errors import QueryRefused
from warehouse.query import run_sql
from warehouse.vocabulary import ReadingWarning

CONTEXT = 160
MOST_NAMED = 5
FIND = 'compensation sql "SELECT observation_id, matched_text FROM rate_observations LIMIT 5"'

NAMES = """
SELECT observation_id FROM rate_observations
WHERE starts_with(observation_id, '{name}') ORDER BY ALL LIMIT {most}
"""

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
       s.changed_from, s.changed_to, d.publisher, d.url, o.matched_text, o.field_path
FROM restatements s
JOIN rate_observations o ON o.observation_id = CASE WHEN s.observation_id = '{name}'
    THEN s.origin_observation_id ELSE s.observation_id END
JOIN documents d ON d.document_id = o.document_id
WHERE s.observation_id = '{name}' OR s.origin_observation_id = '{name}'
ORDER BY d.published_date, s.observation_id
"""


def trace_observation(release: Path, observation_id: str) -> str:
    """Return the way back of one figure as text; its name may be shortened to what is unique.

    Raises:
        QueryRefused: The release has no such observation, or several.
    """
    name = _whole_name(release, observation_id.strip().lower())
    (figure,) = _rows(release, FIGURE, name)
    return "\n".join(_lines(figure, _rows(release, LINKS, name)))


def _whole_name(release: Path, given: str) -> str:
    is_name = given.isascii() and given.isalnum()
    found = _rows(release, NAMES, given, MOST_NAMED + 1) if is_name else []
    names = [row["observation_id"] for row in found]
    if given in names or len(names) == 1:
        return str(names[0])
    if names:
        more = " and more" if len(names) > MOST_NAMED else ""
        listed = ", ".join(names[:MOST_NAMED])
        message = f"expected the name of one observation; {given!r} begins {listed}{more}"
    else:
        message = f"no observation {given!r} in this release. Find one with: {FIND}"
    raise QueryRefused(message)


def _rows(release: Path, query: str, name: str, most: int = 0) -> list[dict[str, Any]]:
    answer = run_sql(release, query.format(name=name, most=most))
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
    ends = _span(figure, "amount_min", "amount_max")
    unit = unit_text(figure["pay_period"], figure["per_count"])
    meaning = str(figure["statistic"])
    if figure["share_percent"] is not None:
        meaning += f" of {_number(figure['share_percent'])} %"
    tax = f", {figure['tax_treatment']}" if figure["tax_treatment"] else ""
    known = [(name, figure[column]) for name, column in ABOUT.items() if figure[column]]
    return [
        f"{ends} {figure['currency'] or '(currency not stated)'} {unit}",
        f"{meaning}, {figure['kind']}{tax}",
        *(f"{name}: {value}" for name, value in known),
    ]


ABOUT = {
    "subject": "subject_text",
    "field": "domain_code",
    "tier": "expertise_tier",
    "work": "work_kind",
    "country": "country_code",
    "platform": "platform_id",
}


def _words(figure: dict[str, Any]) -> list[str]:
    if figure["field_path"]:
        words = figure["matched_text"]
        return [f"the field {figure['field_path']}", *([f"“{words}”"] if words else [])]
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
    return [says, *(part for part in decisions if part), *_warnings(figure)]


def _warnings(figure: dict[str, Any]) -> list[str]:
    """Return what to be careful about; codes are explained, a curator's note is as it is."""
    explained = {str(code): f"{code}: {code.says}" for code in ReadingWarning}
    parts = (figure["warnings"] or "").split(" | ")
    return [f"careful: {explained.get(part, part)}" for part in parts if part]


def _conversion(figure: dict[str, Any]) -> list[str]:
    if figure["not_comparable_reason"]:
        return [f"not comparable: {figure['not_comparable_reason']}"]
    own = _span(figure, "hourly_min", "hourly_max")
    hours = f"{_number(figure['hours_per_year'])} hours a year"
    lines = [f"{own} {figure['currency']} per hour ({figure['hours_basis']}: {hours})"]
    if figure["fx_date"] is not None:
        usd = _span(figure, "usd_hourly_min", "usd_hourly_max")
        rate = f"at {_number(figure['fx_rate'])} of {figure['fx_date']}, {figure['fx_source']}"
        lines.append(f"{usd} USD per hour, {rate}")
    return lines


def _span(figure: dict[str, Any], low: str, high: str) -> str:
    ends = [None if figure[name] is None else _plain(figure[name]) for name in (low, high)]
    return span_text(*ends, is_max_open=figure["is_max_open"])


def _plain(amount: Decimal) -> Decimal:
    """Return an amount without trailing zeros, never in powers of ten."""
    return Decimal(f"{amount.normalize():f}")


def _link(name: str, link: dict[str, Any]) -> str:
    way = "repeats" if link["observation_id"] == name else "repeated by"
    other = link["origin_observation_id" if way == "repeats" else "observation_id"]
    changed = f"; {link['change']}" if link["change"] != "none" else ""
    words = f"“{link['matched_text']}”" if link["matched_text"] else link["field_path"]
    return (
        f"{way} {other} ({link['publisher'] or 'no publisher named'}: {words}), "
        f"by {link['evidence']}: {link['evidence_text']}{changed}"
    )


def _number(value: Decimal) -> str:
    return f"{_plain(value):,f}"
