"""Batches of documents: bounded, in order, and nothing lost when a worker dies."""

import os
from datetime import UTC, datetime

import pytest

from pipelines.transforms import batches
from pipelines.transforms.batches import PAGES_PER_BATCH, Batch, batches_of, read_all
from pipelines.transforms.documents import Provenance
from sources.documents import DocumentText, Page

SPELL = "this text kills the process that reads it"


def known(name):
    return Provenance(
        document_id=f"{name:0>64}",
        source_id="inbox",
        file_name=f"{name}.txt",
        byte_count=1,
        retrieved_at=datetime(2026, 11, 1, tzinfo=UTC),
        title=None,
        publisher=None,
        via=None,
        url=None,
        published_date=None,
        date_precision=None,
        evidence_kind=None,
        country_code=None,
        language_code=None,
        text_origin="verbatim",
        currency=None,
        platform=None,
        may_show_text=False,
    )


def text(name, *pages):
    numbered = tuple(Page(number, content) for number, content in enumerate(pages, 1))
    return known(name), DocumentText(f"{name:0>64}", "text/plain", "1", numbered)


def test_a_batch_holds_a_bounded_number_of_pages():
    texts = [text(str(n), *["x"] * 100) for n in range(50)]
    made = list(batches_of(texts))
    assert [len(batch.texts) for batch in made] == [20, 20, 10]
    assert PAGES_PER_BATCH == 2_000


def test_rows_come_in_the_order_of_the_documents_whatever_the_processes():
    made = [Batch((text(str(n), f"Raters get ${20 + n} an hour."),)) for n in range(5)]
    alone = [rows.tables["rate_observations"] for rows in read_all(made, processes=1)]
    together = [rows.tables["rate_observations"] for rows in read_all(made, processes=2)]
    assert alone == together
    assert [int(rows["amount_min"][0].as_py()) for rows in alone] == [20, 21, 22, 23, 24]


def deadly_read_batch(batch):
    if any(SPELL in page.text for _, one in batch.texts for page in one.pages):
        os._exit(1)
    return REAL(batch)


REAL = batches.read_batch


def test_a_document_that_kills_its_reader_is_set_aside_and_no_other(monkeypatch):
    monkeypatch.setattr(batches, "read_batch", deadly_read_batch)
    # A forked pool carries the replaced reader into its children.
    monkeypatch.setattr(batches, "get_context", lambda _: batches_context())
    made = [
        Batch((text("1", "Raters get $21 an hour."), text("2", SPELL))),
        Batch((text("3", "Raters get $23 an hour."),)),
        Batch((text("4", "Raters get $24 an hour."),)),
    ]
    rows = list(read_all(made, processes=2))
    amounts = [
        int(amount.as_py())
        for one in rows
        for amount in one.tables["rate_observations"]["amount_min"]
    ]
    assert amounts == [21, 23, 24]
    refused = [row for one in rows for row in one.tables["quarantine"].to_pylist()]
    assert [(row["file_name"], row["reason_code"]) for row in refused] == [
        ("2.txt", "reader_failed")
    ]


def batches_context():
    import multiprocessing

    return multiprocessing.get_context("fork")


@pytest.mark.parametrize("number", [0, 1])
def test_few_batches_are_read_without_a_pool(number, monkeypatch):
    monkeypatch.setattr(batches, "ProcessPoolExecutor", None)
    made = [Batch((text(str(n), "Raters get $20 an hour."),)) for n in range(number)]
    assert len(list(read_all(made, processes=2))) == number
