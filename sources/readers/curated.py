"""The figures of one cited publication, as the curated connector keeps them."""

import json
from typing import Any

from sources.documents import CuratedFigure, DocumentText
from sources.errors import DocumentUnreadable, Reason, unmet
from sources.readers.values import words
from sources.readers.version import READER_VERSION

MARK = '{\n "cited_figures": ['


def read_curated(document_id: str, content: bytes) -> DocumentText:
    """Return the figures, each with the id of its row as its path.

    Raises:
        DocumentUnreadable: With `damaged`, when it is not what the connector writes.
    """
    try:
        rows: list[dict[str, Any]] = json.loads(content)["cited_figures"]
        figures = tuple(_figure(row) for row in rows)
    except (ValueError, KeyError, TypeError, AttributeError) as problem:
        message = unmet("cited figures", "rows with an id", repr(problem))
        raise DocumentUnreadable(Reason.DAMAGED, message) from None
    return DocumentText(
        document_id=document_id,
        media_type="application/json",
        reader_version=READER_VERSION,
        pages=(),
        figures=figures,
        page_count=0,
    )


def _figure(row: dict[str, Any]) -> CuratedFigure:
    return CuratedFigure(row["row_id"], {name: words(value) for name, value in row.items()})
