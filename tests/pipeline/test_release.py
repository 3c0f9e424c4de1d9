"""The release of the bundled corpus, made by the real job."""

import json
from collections import Counter

import pyarrow.parquet
import pytest

from pipelines.commands.trace import trace_observation
from warehouse.errors import QueryRefused
from warehouse.query import run_sql
from warehouse.verify import verify


def rows_of(release, table):
    return pyarrow.parquet.read_table(release / "parquet" / f"{table}.parquet").to_pylist()


def test_a_release_verifies(published):
    assert verify(published) == []


def test_every_delivered_document_ends_in_one_state(published):
    counts = json.loads((published / "manifest.json").read_text())["counts"]
    states = Counter(row["status"] for row in rows_of(published, "documents"))
    assert counts["raw_documents"] == sum(states.values())
    assert {name: counts[name] for name in states} == dict(states)


def test_the_corpus_spans_the_field(published):
    rows = rows_of(published, "rate_observations")
    assert len({row["domain_code"] for row in rows} - {None, "all", "comparison"}) == 16
    assert {"E0", "E1", "E2", "E3", "E4"} <= {row["expertise_tier"] for row in rows}
    assert len({row["country_code"] for row in rows} - {None}) >= 21
    assert len({row["currency"] for row in rows} - {None}) == 11
    assert {
        "point",
        "range",
        "starting",
        "max",
        "average",
        "median",
        "share",
        "projection",
    } <= {row["statistic"] for row in rows}


def test_words_shown_are_where_the_row_says(published):
    pages = {
        (row["document_id"], row["page_number"]): row["text"]
        for row in rows_of(published, "pages")
    }
    spanned = [
        row for row in rows_of(published, "rate_observations") if row["char_start"] is not None
    ]
    assert spanned
    for row in spanned:
        text = pages[row["document_id"], row["page_number"]]
        assert text[row["char_start"] : row["char_end"]] == row["matched_text"]


def test_figures_that_cannot_be_pay_for_their_period_are_flagged(published):
    flagged = run_sql(
        published,
        "SELECT count(*) FROM rates WHERE not_comparable_reason = 'implausible'",
    )
    assert flagged.rows[0][0] >= 3


def test_a_figure_is_traced_to_its_words_and_its_publisher(published):
    name = run_sql(
        published,
        "SELECT observation_id FROM rate_observations JOIN documents USING (document_id) "
        "WHERE publisher = 'Labelbox' AND amount_max = 125",
    ).rows[0][0]
    shown = trace_observation(published, name)
    assert "[[" in shown
    assert "publisher: Labelbox" in shown
    assert "figures theirs, wording ours" in shown


def test_tracing_an_unknown_figure_says_how_to_find_one(published):
    with pytest.raises(QueryRefused, match="compensation sql"):
        trace_observation(published, "nosuchfigure")
