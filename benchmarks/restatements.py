"""Restatement links against a hand-made table of figures: precision, recall, what is wrong.

`python -m benchmarks.restatements <folder with ai_trainer_pay_facts.csv>`

Every row of the table becomes a figure and every address a document, with the text of the
bundled report where there is one. A link is right when both rows are of one group of the
table's own `restates` column, followed through.
"""

import csv
import re
import sys
import time
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path

import yaml

from pipelines.transforms.restatements.attribution import sentence_at
from pipelines.transforms.restatements.linking import link_restatements
from pipelines.transforms.restatements.records import CitedDocument, Link, ObservedFigure

Fact = dict[str, str]
BUNDLED = Path(__file__).resolve().parents[1] / "sources" / "bundled"

STATISTICS = {"range": "range", "average": "average", "median": "median", "share": "share"}
STATISTICS |= {"projection": "projection", "starting": "starting", "top": "max"}
PERIODS = {"six_months": "month", "label": "task"}
PLATFORMS = {
    "alignerr|labelbox": "alignerr",
    "outlier": "outlier",
    "remotasks": "remotasks",
    "dataannotation": "dataannotation",
    "mindrift": "mindrift",
    "appen|crowdgen|raterlabs": "crowdgen",
    "telus": "telus_digital",
    "sme careers|superannotate": "sme_careers",
    "handshake|move fellow": "move_fellowship",
    "xai": "xai_tutor",
    "babel audio": "babel_audio",
    "globallogic": "globallogic",
    "mercor": "mercor",
    "micro1": "micro1",
    "turing": "turing",
    "prolific": "prolific",
    "clickworker": "clickworker",
    "sama": "sama",
    "opentrain": "opentrain",
    "braintrust": "braintrust",
    "welocalize": "welocalize",
    "invisible": "invisible",
    "mturk": "mturk",
    "surge ai": "surge",
}
TIERS = {"expert": "E3", "senior": "E3", "elite": "E4", "entry": "E1", "junior": "E1"}


def main(folder: str) -> None:
    facts = list(csv.DictReader((Path(folder) / "ai_trainer_pay_facts.csv").open()))
    texts, declared, curated = bundled_texts()
    documents = {fact["url"]: document_of(fact, texts, declared) for fact in facts}
    figures = [figure_of(fact, documents[fact["url"]], curated) for fact in facts]
    figures = [
        with_equivalent(*pair)
        for pair in zip(facts, figures, [None, *figures[:-1]], strict=True)
    ]
    started = time.perf_counter()
    links = link_restatements(figures, documents)
    seconds = time.perf_counter() - started
    report(links, {fact["fact_id"]: fact for fact in facts})
    print(f"{len(figures)} figures in {seconds:.2f} s")


def document_of(
    fact: Fact, texts: Mapping[str, str], declared: Mapping[str, Fact]
) -> CitedDocument:
    known = declared[fact["url"]]
    stated = str(known["published_date"] or "")
    return CitedDocument(
        document_id=fact["url"],
        publisher=known["publisher"],
        via=known["via"] or None,
        title=known["title"],
        url=fact["url"],
        published_date=full_date(stated),
        date_precision={4: "year", 7: "month", 10: "day"}.get(len(stated)),
        evidence_kind=known["evidence_kind"],
        text=texts.get(fact["url"]),
    )


def with_equivalent(
    fact: Fact, figure: ObservedFigure, previous: ObservedFigure | None
) -> ObservedFigure:
    words = f"{fact['subject']} {fact['note']}".lower()
    if previous is None or previous.document_id != figure.document_id:
        return figure
    if not re.search("equivalent|conversion|paired", words):
        return figure
    return figure._replace(equivalent_of=previous.observation_id)


def figure_of(
    fact: Fact, document: CitedDocument, curated: Mapping[str, str]
) -> ObservedFigure:
    low, high = amount(fact["amount_low"]), amount(fact["amount_high"])
    return ObservedFigure(
        observation_id=fact["fact_id"],
        document_id=document.document_id,
        char_start=int(fact["fact_id"][1:]),
        page_number=1,
        amount_min=low,
        amount_max=high,
        is_min_open=fact["open_low"] == "true",
        is_max_open=fact["open_high"] == "true",
        currency=fact["currency"] or None,
        pay_period=PERIODS.get(fact["period"], fact["period"]) or None,
        per_count=6 if fact["period"] == "six_months" else 1,
        statistic=statistic(fact, low, high),
        kind="base",
        share_percent=amount(fact["share_percent"].split("-")[0]),
        domain_code=fact["domain"],
        expertise_tier=next(
            (t for word, t in TIERS.items() if word in fact["seniority_or_education"]), None
        ),
        country_code=fact["country"] or None,
        platform_id=platform(fact),
        as_of_date=full_date(fact["as_of"]),
        subject_text=fact["subject"],
        evidence_kind=document.evidence_kind,
        attribution=curated.get(curated_key(fact)) or None,
        nearby_text=nearby(document.text, low, high),
    )


def statistic(fact: Fact, low: Decimal | None, high: Decimal | None) -> str:
    if fact["statistic"] == "top" and low is not None:
        return "starting" if fact["open_high"] == "true" else "point"
    if fact["statistic"] == "range" and low == high:
        return "point"
    return STATISTICS.get(fact["statistic"], "point")


def platform(fact: Fact) -> str | None:
    words = fact["subject"].lower()
    if fact["url"].count("/job"):
        words += " " + fact["publisher"].lower()
    for names, platform_id in PLATFORMS.items():
        if re.search(rf"\b(?:{names})\b", words):
            return platform_id
    return None


def amount(text: str) -> Decimal | None:
    return Decimal(text) if text else None


def full_date(text: str) -> date | None:
    parts = [int(part) for part in text.split("-")] if text else []
    return date(*[*parts, 1, 1][:3]) if parts else None


def bundled_texts() -> tuple[dict[str, str], dict[str, Fact], dict[str, str]]:
    """Return the report texts, what is declared of every document, curated attributions."""
    texts, declared = {}, {}
    for path in sorted([*BUNDLED.glob("reports/*"), *BUNDLED.glob("pdf/*.md")]):
        if path.suffix not in {".md", ".txt", ".html"}:
            continue
        text = path.read_text("utf-8")
        if path.suffix == ".html":
            head = path.with_name(path.name + ".yml").read_text("utf-8")
            text = re.sub(r"<(script|style).*?</\1>|<[^>]*>", " ", text, flags=re.DOTALL)
        else:
            head, text = re.match(r"---\n(.*?)\n---\n(.*)", text, re.DOTALL).groups()
        known = yaml.safe_load(head)
        texts[known["url"]], declared[known["url"]] = text, known
    with (BUNDLED / "figures.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    declared |= {row["url"]: row for row in rows}
    curated = {f"{row['url']} {row['subject_text']}": row["attribution"] for row in rows}
    return texts, declared, curated


def curated_key(fact: Fact) -> str:
    return f"{fact['url']} {fact['subject']}"


def nearby(text: str | None, low: Decimal | None, high: Decimal | None) -> str | None:
    sought = [f"{one:,.2f}".removesuffix(".00") for one in (low, high) if one is not None]
    for match in re.finditer(re.escape(sought[0]) + r"\b", text) if text and sought else ():
        start, end = sentence_at(text, match.start())
        if all(one in text[start:end] for one in sought):
            return text[start:end]
    return None


def groups(facts: Mapping[str, Fact]) -> dict[str, str]:
    def root(name: str) -> str:
        while facts[name]["restates"]:
            name = facts[name]["restates"]
        return name

    return {name: root(name) for name in facts}


def report(links: Iterable[Link], facts: Mapping[str, Fact]) -> None:
    group = groups(facts)
    linked = list(links)
    wrong = [
        link
        for link in linked
        if group[link.restating_observation_id] != group[link.origin_observation_id]
    ]
    found = {
        name
        for link in linked
        if link not in wrong
        for name in (link.restating_observation_id, link.origin_observation_id)
    }
    restating = [name for name, fact in facts.items() if fact["restates"]]
    missed = [name for name in restating if name not in found]
    for link in wrong:
        print("WRONG", *lines(link, facts), sep="\n   ")
    for name in missed:
        print("MISSED", brief(facts[facts[name]["restates"]]), brief(facts[name]), sep="\n   ")
    print(f"links {len(linked)}, precision {1 - len(wrong) / max(1, len(linked)):.3f}")
    print(f"recall {1 - len(missed) / len(restating):.3f} of {len(restating)}")


def lines(link: Link, facts: Mapping[str, Fact]) -> list[str]:
    return [
        brief(facts[link.origin_observation_id]),
        brief(facts[link.restating_observation_id]),
        f"{link.evidence}: {link.evidence_text} [{link.change}]",
    ]


def brief(fact: Fact) -> str:
    names = ("fact_id", "publisher", "subject", "amount_low", "amount_high", "period")
    return " | ".join(fact[name] for name in names)


if __name__ == "__main__":
    main(sys.argv[1])
