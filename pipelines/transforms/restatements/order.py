"""Which of two documents is nearer the origin: written rules that end in a total order."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta

from pipelines.transforms.restatements.names import read_title, read_via
from pipelines.transforms.restatements.records import CitedDocument
from warehouse.vocabulary import EvidenceKind, TextOrigin

# Primary before secondary: who pays or was paid, who asked them, who counts, who retells.
NEARNESS: Mapping[str | None, int] = {
    EvidenceKind.POSTING: 0,
    EvidenceKind.PLATFORM_PUBLISHED: 0,
    EvidenceKind.EMPLOYER_STATEMENT: 0,
    EvidenceKind.PAYROLL_AGGREGATE: 0,
    EvidenceKind.WORKER_SURVEY: 0,
    EvidenceKind.WORKER_REPORT: 0,
    EvidenceKind.COURT_FILING: 0,
    EvidenceKind.LEGAL_FLOOR: 0,
    EvidenceKind.JOURNALISM_INTERVIEW: 1,
    EvidenceKind.BILL_RATE: 1,
    EvidenceKind.THIRD_PARTY_INDEX: 2,
    EvidenceKind.COMPARATOR: 2,
    EvidenceKind.FORECAST: 2,
    EvidenceKind.SECONDARY_GUIDE: 3,
}
UNKNOWN_KIND = 4


def nearest_first(
    documents: Iterable[CitedDocument],
    cited: Mapping[str, Collection[str]],
    names_sources: Collection[str],
) -> dict[str, int]:
    """Return each document's place in the order, the nearest to the origin first.

    A document stands after every document it cites (`cited`: document to documents). Otherwise:
    a publication before a text without publisher and address; primary before secondary
    evidence; one that others cite before one that none cites; the earlier date; own words or a
    mirror before a digest; one that names an outside source before one that names none; the
    lower id.
    """
    citing: dict[str, int] = {}
    for sources in cited.values():
        for source in sources:
            citing[source] = citing.get(source, 0) + 1
    ranked = sorted(
        documents,
        key=lambda document: _rank(
            document,
            citing.get(document.document_id, 0),
            names_source=document.document_id in names_sources,
        ),
    )
    by_rank = {document.document_id: place for place, document in enumerate(ranked)}
    return _sources_first(list(by_rank), by_rank, cited)


def _rank(
    document: CitedDocument, citing: int, *, names_source: bool
) -> tuple[bool, int, int, date, bool, bool, bool, str]:
    is_retold = read_via(document.via).is_retold or read_title(document.title).is_retold
    return (
        is_unsigned(document),
        NEARNESS.get(document.evidence_kind, UNKNOWN_KIND),
        -citing,
        latest_date(document),
        is_retold,
        not names_source,
        document.text_origin == TextOrigin.VERBATIM,
        document.document_id,
    )


def is_unsigned(document: CitedDocument) -> bool:
    """Return whether nothing tells where a text comes from, as when a bare file is dropped."""
    return document.publisher is None and document.url is None


def latest_date(document: CitedDocument) -> date:
    """Return the last day a document may be of: the end of a stated year or month."""
    stated = document.published_date
    if stated is None:
        return date.max
    if document.date_precision == "year":
        return date(stated.year, 12, 31)
    if document.date_precision == "month":
        return (stated.replace(day=1) + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return stated


def _sources_first(
    ranked: list[str], by_rank: Mapping[str, int], cited: Mapping[str, Collection[str]]
) -> dict[str, int]:
    """Return the places, each document after those it cites.

    Of two that cite each other the one of better rank is the source; a longer circle is cut
    where it closes.
    """

    def is_source(one: str, citing: str) -> bool:
        is_mutual = citing in cited.get(one, ())
        return one in by_rank and (not is_mutual or by_rank[one] < by_rank[citing])

    places: dict[str, int] = {}
    for start in ranked:
        waiting, opened = [start], set[str]()
        while waiting:
            current = waiting[-1]
            if current not in opened:
                opened.add(current)
                sources = [one for one in cited.get(current, ()) if is_source(one, current)]
                missing = [one for one in sources if one not in places and one not in opened]
                waiting += sorted(missing, key=by_rank.__getitem__, reverse=True)
            if waiting[-1] == current:
                waiting.pop()
                places.setdefault(current, len(places))
    return places
