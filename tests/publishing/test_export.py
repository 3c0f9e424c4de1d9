"""CSV files are safe in a spreadsheet and say the same as the other files."""

import csv
import gzip

import pandas as pd
import pyarrow
import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse.digest import logical_digest
from warehouse.export import write_csv
from warehouse.frames import from_records
from warehouse.release import PublishedRelease
from warehouse.tables.reference import PLATFORMS


def _read(release: PublishedRelease, table: str) -> list[dict[str, str]]:
    with gzip.open(release.folder / f"csv/{table}.csv.gz", "rt", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_no_cell_runs_as_a_formula(release: PublishedRelease) -> None:
    assert _read(release, "quarantine")[0]["excerpt"] == "\t=cmd|' /C calc'!A0"


def test_decimals_have_no_exponent_and_no_trailing_zeros(release: PublishedRelease) -> None:
    assert _read(release, "exchange_rates")[0]["usd_per_unit"] == "0.00003912"
    assert [row["usd_hourly_max"] for row in _read(release, "rates")] == ["180", ""]


def test_moments_dates_and_flags_are_plain(release: PublishedRelease) -> None:
    row = _read(release, "documents")[0]
    assert row["retrieved_at"] == "2026-11-02T06:00:00.000000Z"
    assert _read(release, "exchange_rates")[0]["rate_date"] == "2026-10-30"
    assert _read(release, "rates")[0]["is_max_open"] == "true"


def test_namibia_survives(release: PublishedRelease) -> None:
    path = release.folder / "csv/countries.csv.gz"
    frame = pd.read_csv(path, keep_default_na=False)
    assert list(frame["country_code"]) == ["DE", "NA"]


def test_every_row_is_there_whatever_its_text(tmp_path_factory: pytest.TempPathFactory) -> None:
    names = ["=1", "+1", "-1", "@a", "\ta", "a,b", 'a"b', "a\nb", "＝1", "", " =1", "é"]  # noqa: RUF001
    records = [{"platform_id": f"p{n:02}", "name": name} for n, name in enumerate(names)]
    path = tmp_path_factory.mktemp("csv") / "platforms.csv.gz"
    write_csv(PLATFORMS, from_records(PLATFORMS, records), path)
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        found = [row["name"] for row in csv.DictReader(file)]
    assert found == [f"\t{name}" if name[:1] in "=+-@\t＝" and name else name for name in names]  # noqa: RUF001


CELLS = st.lists(st.none() | st.text(max_size=8), max_size=12)


@given(CELLS, st.data())
def test_the_logical_digest_does_not_depend_on_chunks(cells: list, data: st.DataObject) -> None:
    table = pyarrow.table({"a": pyarrow.array(cells, pyarrow.string())})
    cut = data.draw(st.integers(0, len(cells)))
    chunked = pyarrow.concat_tables([table.slice(0, cut), table.slice(cut)])
    assert logical_digest(chunked) == logical_digest(table)


@given(CELLS, CELLS)
def test_the_logical_digest_tells_different_tables_apart(one: list, two: list) -> None:
    tables = [pyarrow.table({"a": pyarrow.array(c, pyarrow.string())}) for c in (one, two)]
    assert (logical_digest(tables[0]) == logical_digest(tables[1])) == (one == two)
