"""The published rows as linking wants them, and the links as rows again."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from pipelines.transforms.observations import ATTRIBUTION
from pipelines.transforms.restatements.records import CitedDocument, Link, ObservedFigure

Row = Mapping[str, Any]
Columns = Mapping[str, Sequence[Any]]

SHARED = ObservedFigure._fields[: ObservedFigure._fields.index("attribution")]
FIGURE_INPUTS = [*SHARED, "char_end", "trace"]
ADVERT_INPUTS = ["posting_id", "title", "url", "requisition_id"]

CITED = (
    "document_id", "publisher", "via", "title", "url", "published_date", "date_precision",
    "evidence_kind", "text_origin", "source_id",
)  # fmt: skip

# Where the words around a statement end: a sentence, a line, a cell.
EDGE = re.compile(r"(?<=[.!?])\s|\n|\t")


def observed_figures(
    observations: Columns, postings: Columns, pages: Iterable[Row]
) -> list[ObservedFigure]:
    """Return the figures with the words near them and the posting they belong to.

    Args:
        observations: The columns FIGURE_INPUTS of `rate_observations`.
        postings: The columns ADVERT_INPUTS of `postings`.
        pages: The pages that reports were read from.
    """
    named = zip(*(postings[name] for name in ADVERT_INPUTS), strict=True)
    adverts = {posting_id: advert for posting_id, *advert in named}
    told = [adverts.get(name, (None, None, None)) for name in observations["posting_id"]]
    return list(
        map(
            ObservedFigure,
            *(observations[name] for name in SHARED),
            map(_attribution, observations["trace"]),
            _nearby_words(observations, pages),
            *([advert[place] for advert in told] for place in range(len(ADVERT_INPUTS) - 1)),
        )
    )


def _nearby_words(observations: Columns, pages: Iterable[Row]) -> Iterator[str | None]:
    texts = {(row["document_id"], row["page_number"]): row["text"] for row in pages}
    edges: dict[tuple[str, int], list[int]] = {}
    spans = ("document_id", "page_number", "char_start", "char_end")
    for *where, start, end in zip(*(observations[name] for name in spans), strict=True):
        place = (where[0], where[1])
        text = texts.get(place)
        if text is None or start is None:
            yield None
            continue
        if place not in edges:
            edges[place] = [match.start() for match in EDGE.finditer(text)]
        yield _nearby(text, edges[place], start, end)


def _nearby(text: str, edges: list[int], start: int, end: int) -> str:
    left, right = bisect_right(edges, start) - 1, bisect_left(edges, end)
    first = edges[left] if left >= 0 else 0
    last = edges[right] if right < len(edges) else len(text)
    return text[first:last].strip()


def _attribution(trace: str | None) -> str | None:
    if trace is None or ATTRIBUTION not in trace:
        return None
    for part in trace.split(" | "):
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
