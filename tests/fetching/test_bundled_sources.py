"""The sources that come with the code: all of them arrive, and are all there is."""

import csv
from importlib.resources import files
from pathlib import Path

import pytest

from sources.archive import Archive
from sources.connectors.curated import fetch_curated
from sources.connectors.fetching import fetch
from sources.connectors.folder import fetch_folder
from sources.documents import FetchReport
from sources.errors import SourceChanged, SourceUnreachable
from sources.readers.reading import read
from sources.registry import Source, load_registry

BUNDLED = Path(str(files("sources"))) / "bundled"
TABLE = """\
row_id,publisher,via,title,url,published_date,retrieved_at,evidence_kind,amount_min
r1,Quill,,What we pay,https://quill.example/pay,2025-07,2026-11-01T00:00:00Z,posting,20
r2,Quill,,What we pay,https://quill.example/pay,2025-07,2026-11-01T00:00:00Z,posting,30
r3,Fern,Digest,Rates,https://fern.example,,2026-11-01T00:00:00Z,secondary_guide,
"""


def source(name: str) -> Source:
    return next(one for one in load_registry() if one.id == name)


@pytest.mark.parametrize("name", ["bundled_reports", "bundled_postings", "bundled_figures"])
def test_everything_bundled_is_taken_and_nothing_twice(archive: Archive, name: str) -> None:
    first = fetch(source(name), archive, inbox=Path("none"))
    again = fetch(source(name), archive, inbox=Path("none"))
    assert first.new > 30
    assert first.refused == 0
    assert again == FetchReport(unchanged=first.new)
    assert all(entry.facts.text_origin == "restated_by_us" for entry in archive.entries())


def test_every_figure_of_the_curated_table_is_read(archive: Archive) -> None:
    figures = source("bundled_figures")
    fetch(figures, archive, inbox=Path("none"))
    texts = [
        text
        for entry in archive.entries()
        for text in read(entry, archive.path(entry.document_id), figures)
    ]
    with (BUNDLED / "figures.csv").open(encoding="utf-8", newline="") as file:
        expected = [row["row_id"] for row in csv.DictReader(file)]
    assert sorted(f.path for text in texts for f in text.figures) == sorted(expected)


def test_a_publication_is_one_document_with_its_own_facts(
    archive: Archive, tmp_path: Path
) -> None:
    table = tmp_path / "figures.csv"
    table.write_text(TABLE, "utf-8")
    fetch_curated(source("bundled_figures"), archive, table)
    fern, quill = archive.entries()
    assert (fern.facts.via, fern.facts.published_date) == ("Digest", None)
    assert (quill.facts.date_precision, quill.facts.evidence_kind) == ("month", "posting")
    (text,) = read(quill, archive.path(quill.document_id))
    assert [figure.values["amount_min"] for figure in text.figures] == ["20", "30"]


def test_a_publication_no_longer_cited_is_withdrawn(archive: Archive, tmp_path: Path) -> None:
    table = tmp_path / "figures.csv"
    table.write_text(TABLE, "utf-8")
    fetch_curated(source("bundled_figures"), archive, table)
    table.write_text("\n".join(TABLE.splitlines()[:3]) + "\n", "utf-8")
    report = fetch_curated(source("bundled_figures"), archive, table)
    assert report == FetchReport(unchanged=1, withdrawn=1)
    assert len(archive.entries()) == 1


def test_a_table_that_says_two_things_of_one_publication_is_refused(
    archive: Archive, tmp_path: Path
) -> None:
    table = tmp_path / "figures.csv"
    table.write_text(TABLE.replace("r2,Quill", "r2,Fern"), "utf-8")
    with pytest.raises(SourceChanged, match="publisher: expected one value"):
        fetch_curated(source("bundled_figures"), archive, table)


def test_a_table_without_a_column_is_refused(archive: Archive, tmp_path: Path) -> None:
    table = tmp_path / "figures.csv"
    table.write_text("row_id,publisher\n", "utf-8")
    with pytest.raises(SourceChanged, match=r"none called .*title"):
        fetch_curated(source("bundled_figures"), archive, table)


def test_a_document_that_left_the_bundle_is_withdrawn(archive: Archive, tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    for name in ("a.txt", "b.txt"):
        text = f'---\nretrieved_at: "2026-11-01T00:00:00Z"\n---\n{name}'
        (folder / name).write_text(text, "utf-8")
    fetch_folder(source("bundled_reports"), archive, folder, is_whole=True)
    (folder / "a.txt").unlink()
    report = fetch_folder(source("bundled_reports"), archive, folder, is_whole=True)
    assert report.withdrawn == 1
    assert archive.file_names("bundled_reports") == {"b.txt"}


def test_a_bundled_document_must_say_when_it_was_retrieved(
    archive: Archive, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text("Pay: $20 an hour", "utf-8")
    report = fetch_folder(source("bundled_reports"), archive, tmp_path, is_whole=True)
    assert report.refused == 1


def test_says_when_the_bundle_is_not_there(archive: Archive) -> None:
    reports = source("bundled_reports")
    moved = reports.model_copy(
        update={"config": reports.config.model_copy(update={"path": "no"})}
    )
    with pytest.raises(SourceUnreachable, match="Install the project again"):
        fetch(moved, archive, inbox=Path("none"))
