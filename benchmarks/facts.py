"""Hold a release against a file of known figures, figure by figure.

    python benchmarks/facts.py FACTS.csv [RELEASE]

Says how many figures of the file are published with the same amounts, open ends, currency,
period, share and statistic, at the same address; and lists those that differ, and the published
figures of those addresses that the file does not know. Leaves with 1 when a figure is missing.
"""

import csv
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow
import pyarrow.parquet

Row = Mapping[str, Any]

PERIODS = {"label": "task", "six_months": "month", "": None}


def wanted(fact: Row) -> dict[str, Any]:
    """Return a known figure in the terms of `rate_observations`."""
    low, high = amount(fact["amount_low"]), amount(fact["amount_high"])
    share = fact["share_percent"].split("-")
    return {
        "amount_min": low,
        "amount_max": high,
        "is_min_open": fact["open_low"] == "true",
        "is_max_open": fact["open_high"] == "true",
        "currency": fact["currency"] or None,
        "pay_period": PERIODS.get(fact["period"], fact["period"]),
        "per_count": 6 if fact["period"] == "six_months" else 1,
        "statistics": statistics(fact, low, high),
        "share_percent": amount(share[0]),
        "share_percent_max": amount(share[1]) if len(share) > 1 else None,
    }


def alternatives(fact: Row) -> list[dict[str, Any]]:
    """Return the ways a known figure may be published.

    A starting rate has equal ends in the file; said as a floor, its upper end is open.
    """
    found = [wanted(fact)]
    if fact["statistic"] == "starting" and fact["amount_low"] == fact["amount_high"]:
        found.append(wanted({**fact, "amount_high": "", "open_high": "true"}))
    return found


def agrees(fact: Row, row: Row) -> bool:
    return any(not differences(want, row) for want in alternatives(fact))


def statistics(fact: Row, low: Decimal | None, high: Decimal | None) -> set[str]:
    """Return the statistics that say the same as the file's word."""
    by_shape = {shape(fact, low, high)}
    said = fact["statistic"]
    if said == "projection":
        return by_shape | {"projection"}
    if said == "range" and "percentile" in fact["note"]:
        return {"percentile"}
    if said in ("range", "top", "starting", "piece-rate"):
        return by_shape
    if said == "average" and by_shape == {"point"}:
        # The file calls one person's rate an average too; stated once, a rate is a point.
        return {"average", "point"}
    return {said}


def shape(fact: Row, low: Decimal | None, high: Decimal | None) -> str:
    if high is None:
        return "starting"
    if low is None:
        return "max"
    if low == high and fact["open_high"] != "true":
        return "point"
    return "range"


def amount(text: str) -> Decimal | None:
    return Decimal(text) if text else None


def differences(want: Row, row: Row) -> list[str]:
    """Return the fields in which a published figure is not the known one."""
    if want["amount_min"] is None and want["amount_max"] is None:
        is_same = want["share_percent"] == row["share_percent"]
        return [] if is_same and row["statistic"] == "share" else ["share"]
    fields = [name for name in want if name != "statistics" and want[name] != row[name]]
    return fields + (["statistic"] if row["statistic"] not in want["statistics"] else [])


def compare(facts: list[Row], published: Mapping[str, list[Row]]) -> int:
    missing = 0
    used: set[str] = set()
    for fact in facts:
        rows = published.get(fact["url"], [])
        exact = [row for row in rows if agrees(fact, row)]
        if exact:
            used.update(row["observation_id"] for row in exact)
            continue
        missing += 1
        print(f"MISSING {fact['fact_id']} {line(fact)} | {nearest(wanted(fact), rows)}")
    unknown = [
        (url, row)
        for url in sorted({fact["url"] for fact in facts})
        for row in published.get(url, [])
        if row["observation_id"] not in used and row["kind"] in ("base", "total")
    ]
    for url, row in unknown:
        print(f"UNKNOWN {said(row)} [{row['rule_id']}] {row['matched_text']!r} {url[:70]}")
    print(f"{len(facts) - missing} of {len(facts)} figures published, {len(unknown)} unknown")
    return missing


def compare_links(
    facts: list[Row], published: Mapping[str, list[Row]], links: list[Row]
) -> None:
    """Print how many published links the column `restates` bears out, and the wrong ones."""
    origin = {fact["fact_id"]: fact["restates"] for fact in facts if fact["restates"]}
    group_of: dict[str, set[str]] = defaultdict(set)
    for fact in facts:
        for row in published.get(fact["url"], []):
            if agrees(fact, row):
                group_of[row["observation_id"]].add(root(fact["fact_id"], origin))
    across = [link for link in links if not link["is_within_document"]]
    known = [
        (group_of[link["observation_id"]], group_of[link["origin_observation_id"]], link)
        for link in across
        if group_of[link["observation_id"]] and group_of[link["origin_observation_id"]]
    ]
    for _, _, link in (pair for pair in known if not pair[0] & pair[1]):
        print(f"WRONG LINK {link}")
    right = sum(bool(one & other) for one, other, _ in known)
    found = {name for one, other, _ in known for name in one & other}
    origins = {root(name, origin) for name in origin}
    print(f"{right} of {len(known)} links right, {len(found)} of {len(origins)} origins found")


def root(name: str, origin: Mapping[str, str]) -> str:
    """Return the fact that a fact goes back to."""
    while name in origin:
        name = origin[name]
    return name


def line(fact: Row) -> str:
    names = ("subject", "amount_low", "amount_high", "statistic", "currency", "period")
    return " ".join(str(fact[name]) for name in names) + " " + fact["url"][:60]


def nearest(want: Row, rows: Iterable[Row]) -> str:
    """Return the published figure with the fewest differences, and those."""
    ranked = sorted(
        (len(differences(want, row)), said(row), differences(want, row)) for row in rows
    )
    return f"nearest {ranked[0][1]}: {ranked[0][2]}" if ranked else "nothing at this address"


def said(row: Row) -> str:
    low = "" if row["amount_min"] is None else f"{row['amount_min']:f}".rstrip("0").rstrip(".")
    high = "" if row["amount_max"] is None else f"{row['amount_max']:f}".rstrip("0").rstrip(".")
    open_end = "+" if row["is_max_open"] else ""
    unit = f"{row['currency']}/{row['pay_period']}"
    return f"{low}..{high}{open_end} {unit} {row['statistic']} {row['kind']}"


def main(arguments: list[str]) -> int:
    facts_file, release = (
        Path(arguments[0]),
        Path((arguments[1:] or ["data/releases/latest"])[0]),
    )
    with facts_file.open(encoding="utf-8", newline="") as file:
        facts = list(csv.DictReader(file))
    documents = pyarrow.parquet.read_table(release / "parquet/documents.parquet").to_pylist()
    urls = {row["document_id"]: row["url"] for row in documents}
    published: dict[str, list[Row]] = defaultdict(list)
    for row in pyarrow.parquet.read_table(
        release / "parquet/rate_observations.parquet"
    ).to_pylist():
        published[urls[row["document_id"]] or ""].append(row)
    links = pyarrow.parquet.read_table(release / "parquet/restatements.parquet").to_pylist()
    compare_links(facts, published, links)
    return 1 if compare(facts, published) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
