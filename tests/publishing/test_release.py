"""A release is whole, told apart by its version, and refused when something is wrong."""

import datetime as dt
import json
import os
import shutil
from pathlib import Path
from typing import Any

import duckdb
import pyarrow
import pyarrow.parquet as pq
import pytest

from warehouse.errors import PublishBusy, ReleaseRefused, SchemaMismatch
from warehouse.export import read_parquet
from warehouse.release import PublishedRelease, Unchanged, Versions, publish
from warehouse.render import arrow_schema
from warehouse.shelf import latest_release, only_publisher
from warehouse.tables.all import ALL_TABLES
from warehouse.verify import verify
from warehouse.views import VIEWS


def _bytes(folder: Path) -> dict[str, bytes]:
    names = ["manifest.json", "datapackage.json", "data-dictionary.md", "METHOD.md"]
    files = [*folder.glob("parquet/*"), *folder.glob("csv/*"), *(folder / n for n in names)]
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def test_a_release_holds_what_it_promises(release: PublishedRelease) -> None:
    held = {str(path.relative_to(release.folder)) for path in release.folder.rglob("*.*")}
    tables = {f"parquet/{table.name}.parquet" for table in ALL_TABLES}
    sheets = {f"csv/{table.name}.csv.gz" for table in ALL_TABLES if table.is_in_csv}
    assert held == tables | sheets | {
        "compensation.duckdb",
        "data-dictionary.md",
        "datapackage.json",
        "manifest.json",
        "METHOD.md",
        "LICENSE-DATA.md",
    }
    assert release.rows["documents"] == 3
    assert verify(release.folder) == []


def test_latest_points_at_the_release(release: PublishedRelease) -> None:
    latest = release.folder.parent / "latest"
    assert str(latest.readlink()) == release.version == "2026.11.1"
    assert latest.resolve() == release.folder.resolve()


def test_the_manifest_adds_up(release: PublishedRelease) -> None:
    counts = json.loads((release.folder / "manifest.json").read_text())["counts"]
    assert counts == {
        "raw_documents": 3,
        "accepted": 1,
        "accepted_empty": 0,
        "duplicate": 1,
        "quarantined": 1,
    }


def test_two_publishes_of_the_same_are_the_same_bytes(
    tmp_path: Path, dataset: dict, publish_rows: Any
) -> None:
    turned = {name: rows[::-1] for name, rows in dataset.items()}
    one, two = (
        publish_rows(tmp_path / "a", dataset).folder,
        publish_rows(tmp_path / "b", turned).folder,
    )
    assert _bytes(one) == _bytes(two)


def test_publishing_the_same_again_changes_nothing(
    release: PublishedRelease, dataset: dict, publish_rows: Any
) -> None:
    before = _bytes(release.folder)
    again = publish_rows(release.folder.parent, dataset)
    assert again == Unchanged(release.version, release.folder)
    assert [p.name for p in release.folder.parent.glob("2*")] == [release.version]
    assert _bytes(release.folder) == before


@pytest.mark.parametrize(
    "change",
    [
        {"inputs_digest": "b" * 64},
        {"versions": Versions("1.0.1", "1.0.0")},
    ],
)
def test_other_inputs_make_another_release(
    release: PublishedRelease, dataset: dict, publish_rows: Any, change: dict
) -> None:
    before = _bytes(release.folder)
    second = publish_rows(release.folder.parent, dataset, **change)
    assert second.version == "2026.11.2"
    assert second.rows["releases"] == 2
    assert latest_release(release.folder.parent) == second.folder
    assert _bytes(release.folder) == before
    assert verify(release.folder) == verify(second.folder) == []


def test_the_releases_table_tells_the_history(
    release: PublishedRelease, dataset: dict, publish_rows: Any
) -> None:
    second = publish_rows(release.folder.parent, dataset, inputs_digest="b" * 64)
    history = pq.read_table(second.folder / "parquet/releases.parquet").to_pylist()
    assert [(row["release"], row["previous_release"]) for row in history] == [
        ("2026.11.1", None),
        ("2026.11.2", "2026.11.1"),
    ]


def test_a_missing_table_is_named(tmp_path: Path) -> None:
    with pytest.raises(SchemaMismatch, match="'rate_observations'"):
        publish(
            {},
            root=tmp_path,
            as_of=dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
            inputs_digest="",
            versions=Versions("1", "1"),
        )


BREAKS = {
    "a row that breaks its rule": (
        lambda d: d["rate_observations"][0].update(kind="gift"),
        "kind: expected one of",
    ),
    "a key found twice": (
        lambda d: d["countries"].append(d["countries"][0]),
        "countries: 1 primary keys are found twice",
    ),
    "a reference to nothing": (
        lambda d: d["rules"].clear(),
        "rate_observations.rule_id: 1 values are not in rules.rule_id",
    ),
    "an observation without its document": (
        lambda d: d["rate_observations"][0].update(document_id="f" * 64),
        "rate_observations.document_id: 1 values are not in",
    ),
    "a document told twice": (
        lambda d: d["documents"][1].update(document_id=d["documents"][0]["document_id"]),
        "documents: 1 primary keys are found twice",
    ),
    "an accepted document without a figure": (
        lambda d: d["documents"][2].update(status="accepted", reason_code=None),
        "1 accepted but has no rate observation",
    ),
    "a quarantined document without a reason told": (
        lambda d: d["quarantine"].clear(),
        "1 quarantined but is not in quarantine",
    ),
    "figures of a document that is called empty": (
        lambda d: d["documents"][0].update(status="accepted_empty"),
        "1 with observations are not accepted",
    ),
    "a span that slices to other words": (
        lambda d: d["rate_observations"][1].update(matched_text="41 €"),
        r"1 spans do not slice to their matched_text: \['o2'\]",
    ),
}


@pytest.mark.parametrize(("break_it", "complaint"), BREAKS.values(), ids=BREAKS)
def test_a_failing_gate_refuses_and_the_old_release_stands(
    release: PublishedRelease,
    dataset: dict,
    publish_rows: Any,
    break_it: Any,
    complaint: str,
) -> None:
    before = _bytes(release.folder)
    break_it(dataset)
    with pytest.raises(ReleaseRefused, match=complaint):
        publish_rows(release.folder.parent, dataset, inputs_digest="c" * 64)
    assert latest_release(release.folder.parent) == release.folder
    assert _bytes(release.folder) == before
    assert [p.name for p in release.folder.parent.glob("2*")] == [release.version]


def test_losing_a_fifth_of_the_rows_must_be_on_purpose(
    release: PublishedRelease, dataset: dict, publish_rows: Any
) -> None:
    dataset["rate_observations"].pop()
    dataset["rates"].pop()
    with pytest.raises(ReleaseRefused, match="1 rows, 2 in the release before"):
        publish_rows(release.folder.parent, dataset, inputs_digest="d" * 64)
    made = publish_rows(
        release.folder.parent, dataset, inputs_digest="d" * 64, accept_shrink=True
    )
    assert made.rows["rate_observations"] == 1


def test_two_publishers_do_not_meet(
    release: PublishedRelease, dataset: dict, publish_rows: Any
) -> None:
    root = release.folder.parent
    with only_publisher(root), pytest.raises(PublishBusy, match=f"process {os.getpid()} "):
        publish_rows(root, dataset, inputs_digest="e" * 64)
    assert publish_rows(root, dataset, inputs_digest="e" * 64).version == "2026.11.2"


class PowerCut(Exception):  # noqa: N818
    """Stands for the process dying at this point."""


DEATHS = [("fsync", 0), ("fsync", 40), ("rename", 0), ("symlink", 0), ("replace", 0)]


@pytest.mark.parametrize(("call", "survived"), DEATHS)
def test_dying_at_any_step_leaves_a_whole_release_and_the_same_next_one(
    release: PublishedRelease,
    undisturbed: Path,
    dataset: dict,
    publish_rows: Any,
    monkeypatch: pytest.MonkeyPatch,
    call: str,
    survived: int,
) -> None:
    root = release.folder.parent
    real, left = getattr(os, call), iter([True] * survived)

    def dies(*args: Any, **kwargs: Any) -> Any:
        if next(left, False):
            return real(*args, **kwargs)
        raise PowerCut

    with monkeypatch.context() as patched:
        patched.setattr(os, call, dies)
        with pytest.raises(PowerCut):
            publish_rows(root, dataset, inputs_digest="f" * 64)
    assert latest_release(root) == release.folder
    assert verify(release.folder) == []
    again = publish_rows(root, dataset, inputs_digest="f" * 64).folder
    assert _bytes(again) == _bytes(undisturbed)
    assert sorted(p.name for p in root.glob("2*")) == ["2026.11.1", "2026.11.2"]


@pytest.fixture(scope="module")
def undisturbed(
    shared_release: PublishedRelease,
    tmp_path_factory: pytest.TempPathFactory,
    publish_rows: Any,
    new_dataset: Any,
) -> Path:
    """The second release as it comes when nothing dies."""
    root = tmp_path_factory.mktemp("undisturbed")
    shutil.copytree(shared_release.folder.parent, root, symlinks=True, dirs_exist_ok=True)
    made: PublishedRelease = publish_rows(root, new_dataset(), inputs_digest="f" * 64)
    return made.folder


def test_going_back_to_an_older_release_by_hand_deletes_nothing(
    release: PublishedRelease, dataset: dict, publish_rows: Any
) -> None:
    root = release.folder.parent
    second = publish_rows(root, dataset, inputs_digest="b" * 64)
    (root / "latest").unlink()
    (root / "latest").symlink_to(release.version)
    third = publish_rows(root, dataset, inputs_digest="c" * 64)
    assert third.version == "2026.11.3"
    assert verify(second.folder) == []


@pytest.mark.parametrize("table", ALL_TABLES, ids=lambda table: table.name)
def test_every_file_has_the_declared_columns(release: PublishedRelease, table: Any) -> None:
    data = read_parquet(table, release.folder / f"parquet/{table.name}.parquet").read_all()
    assert data.schema.equals(arrow_schema(table))
    assert data.num_rows == release.rows[table.name]


def test_a_lone_parquet_file_explains_itself(release: PublishedRelease) -> None:
    schema = pq.read_schema(release.folder / "parquet/rates.parquet")
    assert schema.metadata[b"release"] == b"2026.11.1"
    assert schema.metadata[b"license"] == b"CC-BY-4.0"
    assert b"dollars per hour" in schema.field("usd_hourly_min").metadata[b"description"]


def test_a_damaged_parquet_page_is_noticed(release: PublishedRelease) -> None:
    table = next(table for table in ALL_TABLES if table.name == "pages")
    path = release.folder / "parquet/pages.parquet"
    content = bytearray(path.read_bytes())
    content[60] ^= 4
    path.write_bytes(content)
    with pytest.raises((OSError, pyarrow.ArrowException)):
        read_parquet(table, path).read_all()


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.name)
def test_every_view_answers_its_example(release: PublishedRelease, view: Any) -> None:
    with duckdb.connect(str(release.folder / "compensation.duckdb"), read_only=True) as con:
        con.execute(view.example).fetchall()
        comment = con.execute(
            "SELECT comment FROM duckdb_views() WHERE view_name = ?", [view.name]
        ).fetchall()
    assert comment == [(view.question,)]


def test_the_trace_view_walks_back_to_the_words(release: PublishedRelease) -> None:
    with duckdb.connect(str(release.folder / "compensation.duckdb"), read_only=True) as con:
        found = con.execute(
            "SELECT matched_text, publisher, rule_says, usd_hourly_max FROM v_trace "
            "WHERE observation_id = 'o1'"
        ).fetchall()
    assert found == [("$60 to over $180 an hour", "A Review", "A range.", 180)]


def test_the_database_refuses_rows_that_break_the_declaration(
    release: PublishedRelease, tmp_path: Path
) -> None:
    path = tmp_path / "mine.duckdb"
    path.write_bytes((release.folder / "compensation.duckdb").read_bytes())
    with duckdb.connect(str(path)) as con, pytest.raises(duckdb.ConstraintException):
        con.execute("UPDATE rates SET hourly_min = 999 WHERE observation_id = 'o1'")
