"""A release answers SQL, exactly and read-only, and says what to do when it cannot."""

import csv
import io
import json
from pathlib import Path

import pytest

from warehouse.errors import QueryRefused, ReleaseNotFound
from warehouse.query import render, run_sql
from warehouse.release import PublishedRelease

FIGURES = "SELECT observation_id, amount_min, currency FROM rate_observations ORDER BY 1"


def test_a_query_is_answered(release: PublishedRelease) -> None:
    answer = run_sql(release.folder, FIGURES)
    assert answer.columns == ("observation_id", "amount_min", "currency")
    assert answer.rows == [("o1", 60, "USD"), ("o2", 40, "EUR")]


def test_a_table_is_aligned(release: PublishedRelease) -> None:
    assert render(run_sql(release.folder, FIGURES), "table") == (
        "observation_id  amount_min  currency\n"
        "--------------  ----------  --------\n"
        "o1                      60  USD\n"
        "o2                      40  EUR\n"
        "(2 rows)\n"
    )


def test_csv_is_csv(release: PublishedRelease) -> None:
    text = render(run_sql(release.folder, "SELECT matched_text, as_of_date, is_max_open FROM "
                          "rate_observations ORDER BY 1"), "csv")  # fmt: skip
    assert list(csv.reader(io.StringIO(text))) == [
        ["matched_text", "as_of_date", "is_max_open"],
        ["$60 to over $180 an hour", "", "true"],
        ["40 €", "", "false"],
    ]


def test_json_numbers_are_exact(release: PublishedRelease) -> None:
    answer = run_sql(
        release.folder,
        "SELECT usd_per_unit AS rate, rate_date, NULL AS nothing, 'Köln' AS t"
        " FROM exchange_rates",
    )
    text = render(answer, "json")
    assert '"rate": 0.00003912,' in text
    assert json.loads(text) == [
        {"rate": 0.00003912, "rate_date": "2026-10-30", "nothing": None, "t": "Köln"}
    ]


def test_moments_are_given_in_utc(release: PublishedRelease) -> None:
    answer = run_sql(release.folder, "SELECT max(retrieved_at) AS at FROM documents")
    assert json.loads(render(answer, "json")) == [{"at": "2026-11-02T06:00:00Z"}]


@pytest.mark.parametrize(
    ("sql", "advice"),
    [
        ("SELECT * FROM rate_observation", "Did you mean rate_observations"),
        ("SELECT * FROM nonsense", "There are: documents, pages"),
        ("SELECT amount FROM rate_observations", "DESCRIBE rate_observations"),
        ("SELEC 1", "syntax error"),
        ("DELETE FROM rates", "read-only"),
        ("SELECT * FROM read_csv('/etc/passwd')", "stands alone"),
        ("SELECT * FROM '/etc/passwd'", "."),
        ("COPY rates TO 'x.csv'", "stands alone"),
        ("ATTACH 'x.duckdb'", "stands alone"),
        ("INSTALL httpfs", "."),
        ("SET enable_external_access = true", "."),
        ("SELECT 1 FROM tables", "there is no table"),
    ],
)
def test_what_cannot_be_answered_is_refused_with_advice(
    release: PublishedRelease, sql: str, advice: str
) -> None:
    with pytest.raises(QueryRefused, match=advice):
        run_sql(release.folder, sql)


def test_a_query_cannot_see_the_variables_of_the_program(release: PublishedRelease) -> None:
    import pandas as pd

    secret = pd.DataFrame({"a": [1]})
    with pytest.raises(QueryRefused, match="no table 'secret'"):
        run_sql(release.folder, "SELECT * FROM secret")
    assert len(secret) == 1


def test_an_empty_answer_is_still_a_table(release: PublishedRelease) -> None:
    answer = run_sql(release.folder, "SELECT release FROM releases WHERE false")
    assert render(answer, "table") == "release\n-------\n(0 rows)\n"
    assert render(answer, "json") == "[]\n"


def test_a_folder_that_is_no_release_is_said_to_be_none(tmp_path: Path) -> None:
    with pytest.raises(ReleaseNotFound, match="holds no release"):
        run_sql(tmp_path, "SELECT 1")
