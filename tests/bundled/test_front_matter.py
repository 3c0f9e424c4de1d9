"""Every bundled document says where its figures come from, in full and in closed codes."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from sources.bundled.make import BUNDLED
from warehouse.vocabulary import EvidenceKind, TextOrigin

KEYS = {
    "title",
    "publisher",
    "via",
    "url",
    "published_date",
    "retrieved_at",
    "evidence_kind",
    "country",
    "language",
    "text_origin",
}
DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z")


@pytest.fixture
def documents(reports, postings) -> dict[Path, dict[str, object]]:
    return {**reports, **postings}


def _faults(facts: dict[str, object]) -> Iterator[str]:
    if set(facts) != KEYS:
        yield f"keys: {sorted(set(facts) ^ KEYS)}"
        return
    if not all(facts[key] for key in ("title", "publisher", "url")):
        yield "title, publisher or url is empty"
    if facts["published_date"] is not None and not DATE.fullmatch(str(facts["published_date"])):
        yield f"published_date: {facts['published_date']}"
    if not INSTANT.fullmatch(str(facts["retrieved_at"])):
        yield f"retrieved_at: {facts['retrieved_at']}"
    if facts["evidence_kind"] not in set(EvidenceKind):
        yield f"evidence_kind: {facts['evidence_kind']}"
    if facts["country"] is not None and not re.fullmatch("[A-Z]{2}", str(facts["country"])):
        yield f"country: {facts['country']}"
    if (facts["language"], facts["text_origin"]) != ("en", TextOrigin.RESTATED_BY_US):
        yield f"language or text_origin: {facts['language']}, {facts['text_origin']}"


def test_every_document_declares_all_facts_in_closed_codes(documents):
    faults = {
        path.name: found for path, facts in documents.items() if (found := [*_faults(facts)])
    }

    assert faults == {}


def test_every_sidecar_stands_beside_its_document(documents):
    sidecars = [*BUNDLED.glob("reports/*.yml"), *BUNDLED.glob("postings/*.yml")]

    assert [path for path in sidecars if not path.with_suffix("").exists()] == []
    assert len(sidecars) == sum(
        path.with_name(f"{path.name}.yml").exists() for path in documents
    )


def test_no_publication_is_bundled_as_two_texts(reports):
    times = Counter(facts["url"] for facts in reports.values())

    assert {url: count for url, count in times.items() if count > 1} == {}
