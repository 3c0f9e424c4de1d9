"""Two releases are compared row by row, by primary key."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from warehouse.compare import diff
from warehouse.errors import ReleaseNotFound
from warehouse.release import PublishedRelease


@pytest.fixture
def corrected(release: PublishedRelease, dataset: dict, publish_rows: Any) -> PublishedRelease:
    """The next release: a country added, one removed, a figure corrected."""
    dataset["countries"].append({"country_code": "FR", "name": "France"})
    dataset["rates"][0].update(usd_hourly_min=Decimal("61.5"), hours_basis="stated")
    dataset["exchange_rates"].clear()
    made: PublishedRelease = publish_rows(release.folder.parent, dataset)
    return made


def test_rows_added_removed_and_changed_are_told_by_table(
    release: PublishedRelease, corrected: PublishedRelease
) -> None:
    found = diff(release.folder, corrected.folder)
    assert (found.before, found.after) == ("2026.11.1", "2026.11.2")
    told = {t.table: (t.added, t.removed, t.changed) for t in found.tables}
    assert told == {"rates": (0, 0, 1), "countries": (1, 0, 0), "exchange_rates": (0, 1, 0)}


def test_a_changed_row_says_what_it_was_and_is(
    release: PublishedRelease, corrected: PublishedRelease
) -> None:
    rates = next(t for t in diff(release.folder, corrected.folder).tables if t.table == "rates")
    assert rates.changed_columns == {"hours_basis": 1, "usd_hourly_min": 1}
    assert rates.changed_examples[0].key == ("o1",)
    assert rates.changed_examples[0].columns == {
        "hours_basis": ("native", "stated"),
        "usd_hourly_min": (60, Decimal("61.5")),
    }


def test_the_text_can_be_read(release: PublishedRelease, corrected: PublishedRelease) -> None:
    text = diff(release.folder, corrected.folder).text
    assert "# From 2026.11.1 to 2026.11.2" in text
    assert "## countries\n\n1 rows added, 0 removed, 0 changed." in text
    assert "- added: FR" in text
    assert "- o1: hours_basis native → stated; usd_hourly_min 60 → 61.5" in text
    assert "- removed: VND 2026-10-30" in text


def test_going_back_undoes_the_changes(
    release: PublishedRelease, corrected: PublishedRelease
) -> None:
    there, back = (
        diff(release.folder, corrected.folder),
        diff(corrected.folder, release.folder),
    )
    assert [(t.added, t.removed, t.changed) for t in back.tables] == [
        (t.removed, t.added, t.changed) for t in there.tables
    ]


def test_a_release_does_not_differ_from_itself(release: PublishedRelease) -> None:
    found = diff(release.folder, release.folder.parent / "latest")
    assert found.tables == ()
    assert "Every table says the same." in found.text


def test_a_folder_that_is_no_release_is_said_to_be_none(
    release: PublishedRelease, tmp_path: Path
) -> None:
    with pytest.raises(ReleaseNotFound, match="holds no release"):
        diff(release.folder, tmp_path)
