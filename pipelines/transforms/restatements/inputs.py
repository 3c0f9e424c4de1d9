"""The published rows as linking wants them, and the links as rows again."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from typing import Any

from pipelines.transforms.observations import ATTRIBUTION
from pipelines.transforms.restatements.records import CitedDocument, Link, ObservedFigure

Row = Mapping[str, Any]

SHARED = (
    "observation_id", "document_id", "posting_id", "char_start", "page_number", "amount_min",
    "amount_max", "is_min_open", "is_max_open", "currency", "pay_period", "per_count",
    "statistic", "kind", "share_percent", "domain_code", "expertise_tier", "country_code",
    "platform_id", "as_of_date", "subject_text", "equivalent_of", "evidence_kind",
)  # fmt: skip
FIGURE_INPUTS = [*SHARED, "char_end", "trace"]

CITED = (
    "document_id", "publisher", "via", "title", "url", "published_date", "date_precision",
    "evidence_kind", "text_origin", "source_id",
)  # fmt: skip

# Where the words around a statement end: a sentence, a line, a cell.
EDGE = re.compile(r"(?<=[.!?])\s|\n|\t")


def observed_figures(
    observations: Iterable[Row], postings: Iterable[Row], pages: Iterable[Row]
) -> list[ObservedFigure]:
    """Return the figures with the words near them and the posting they belong to."""
    adverts = {row["posting_id"]: row for row in postings}
    texts = {(row["document_id"], row["page_number"]): row["text"] for row in pages}
    edges: dict[tuple[str, int], list[int]] = {}
    found = []
    for row in observations:
        place = (row["document_id"], row["page_number"])
        text = texts.get(place)
        if text is not None and place not in edges:
            edges[place] = [match.start() for match in EDGE.finditer(text)]
        advert = adverts.get(row["posting_id"], {})
        found.append(
            ObservedFigure(
                **{name: row[name] for name in SHARED},
                attribution=_attribution(row["trace"]),
                nearby_text=text and _nearby(text, edges[place], row),
                posting_title=advert.get("title"),
                posting_url=advert.get("url"),
                requisition_id=advert.get("requisition_id"),
            )
        )
    return found


def _nearby(text: str, edges: list[int], row: Row) -> str | None:
    if row["char_start"] is None:
        return None
    left = bisect_right(edges, row["char_start"]) - 1
    right = bisect_left(edges, row["char_end"])
    start = edges[left] if left >= 0 else 0
    end = edges[right] if right < len(edges) else len(text)
    return text[start:end].strip()


def _attribution(trace: str | None) -> str | None:
    for part in (trace or "").split(" | "):
        if part.startswith(ATTRIBUTION):
            return part.removeprefix(ATTRIBUTION)
    return None


def cited_documents(documents: Iterable[Row], pages: Iterable[Row]) -> dict[str, CitedDocument]:
    """Return the publications by document id, each with its text where it was kept."""
    texts: dict[str, list[str]] = {}
    for page in sorted(pages, key=lambda row: (row["document_id"], row["page_number"])):
        texts.setdefault(page["document_id"], []).append(page["text"])
    return {
        row["document_id"]: CitedDocument(
            **{name: row[name] for name in CITED},
            text="\n".join(texts[row["document_id"]]) if row["document_id"] in texts else None,
        )
        for row in documents
    }


def restatement_row(link: Link) -> dict[str, Any]:
    """Return the row of `restatements` for a link."""
    return {
        "observation_id": link.restating_observation_id,
        "origin_observation_id": link.origin_observation_id,
        "is_within_document": link.is_within_document,
        "evidence": link.evidence,
        "evidence_text": link.evidence_text,
        "change": link.change,
        "changed_from": link.changed_from,
        "changed_to": link.changed_to,
    }
