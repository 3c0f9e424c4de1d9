"""Fixtures: a small dataset that holds together, and a release made of it."""

import datetime as dt
import hashlib
import shutil
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow
import pytest
from hypothesis import settings

from warehouse.frames import empty, from_records
from warehouse.release import PublishedRelease, Versions, publish
from warehouse.tables.all import TABLES

settings.register_profile("no_clock", deadline=None)
settings.load_profile("no_clock")

Row = dict[str, Any]
Dataset = dict[str, list[Row]]
Publish = Callable[..., Any]

AS_OF = dt.datetime(2026, 11, 2, 6, tzinfo=dt.UTC)
PAGE = "Physicians earn $60 to over $180 an hour; =1+1 is not pay. Köln pays 40 €."
REPORT = hashlib.sha256(b"report").hexdigest()
BROKEN = hashlib.sha256(b"broken").hexdigest()


def _document(document_id: str, file_name: str, status: str, **more: Any) -> Row:
    return {
        "document_id": document_id,
        "source_id": "inbox",
        "file_name": file_name,
        "retrieved_at": AS_OF,
        "text_origin": "restated_by_us",
        "byte_count": 99,
        "status": status,
        "publisher": "A Review",
        **more,
    }


def _observation(name: str, matched_text: str, **more: Any) -> Row:
    start = PAGE.index(matched_text)
    return {
        "observation_id": name,
        "statement_id": name,
        "document_id": REPORT,
        "page_number": 1,
        "char_start": start,
        "char_end": start + len(matched_text),
        "matched_text": matched_text,
        "rule_id": "range.between",
        "parser_version": "1.0.0",
        "is_min_open": False,
        "is_max_open": False,
        "per_count": 1,
        "statistic": "range",
        "kind": "base",
        "is_approximate": False,
        **more,
    }


@pytest.fixture
def dataset() -> Dataset:
    """Rows by table: one report with two figures, one copy of it, one broken file."""
    return _dataset()


def _dataset() -> Dataset:
    rows: Dataset = {name: [] for name in TABLES if name != "releases"}
    rows["sources"] = [
        {
            "source_id": "inbox",
            "title": "Inbox",
            "connector": "folder",
            "is_enabled": True,
            "cadence": "daily",
            "is_stale": False,
        }
    ]
    rows["documents"] = [
        _document(REPORT, "report.md", "accepted", evidence_kind="secondary_guide"),
        _document("c" * 64, "copy.md", "duplicate", duplicate_of=REPORT),
        _document(BROKEN, "broken.pdf", "quarantined", reason_code="damaged"),
    ]
    rows["pages"] = [{"document_id": REPORT, "page_number": 1, "text": PAGE}]
    rows["quarantine"] = [
        {
            "quarantine_id": "q1",
            "document_id": BROKEN,
            "source_id": "inbox",
            "file_name": "broken.pdf",
            "reason_code": "damaged",
            "message": "The file ends early; fetch it again.",
            "excerpt": "=cmd|' /C calc'!A0",
        }
    ]
    rows["rules"] = [{"rule_id": "range.between", "says": "A range.", "reads": "$1 to $2"}]
    rows["domains"] = [{"domain_code": "medicine", "description": "Clinical training."}]
    rows["countries"] = [
        {"country_code": "NA", "name": "Namibia", "currency": "NAD"},
        {"country_code": "DE", "name": "Germany", "currency": "EUR"},
    ]
    rows["rate_observations"] = [
        _observation(
            "o1",
            "$60 to over $180 an hour",
            amount_min=Decimal(60),
            amount_max=Decimal(180),
            is_max_open=True,
            currency="USD",
            pay_period="hour",
            domain_code="medicine",
            country_code="NA",
            subject_text="Physicians",
        ),
        _observation(
            "o2",
            "40 €",
            amount_min=Decimal(40),
            amount_max=Decimal(40),
            statistic="point",
            currency="EUR",
            country_code="DE",
        ),
    ]
    rows["rates"] = [
        {
            "observation_id": "o1",
            "hourly_min": Decimal(60),
            "hourly_max": Decimal(180),
            "is_min_open": False,
            "is_max_open": True,
            "hours_basis": "native",
            "usd_hourly_min": Decimal(60),
            "usd_hourly_max": Decimal(180),
        },
        {
            "observation_id": "o2",
            "is_min_open": False,
            "is_max_open": False,
            "not_comparable_reason": "period_unknown",
        },
    ]
    rows["exchange_rates"] = [
        {
            "currency": "VND",
            "rate_date": dt.date(2026, 10, 30),
            "usd_per_unit": Decimal("0.000039120000"),
            "source": "a central bank",
        }
    ]
    return rows


@pytest.fixture(scope="session")
def new_dataset() -> Callable[[], Dataset]:
    """Makes the rows of `dataset`, for fixtures that outlive a test."""
    return _dataset


@pytest.fixture(scope="session")
def publish_rows() -> Publish:
    """Publishes rows by table under a root."""
    return _publish_rows


def _publish_rows(root: Path, rows: Dataset, **more: Any) -> Any:
    tables: dict[str, pyarrow.Table] = {
        name: from_records(TABLES[name], some) if some else empty(TABLES[name])
        for name, some in rows.items()
    }
    stated = {
        "as_of": AS_OF,
        "inputs_digest": "a" * 64,
        "versions": Versions("1.0.0", "1.0.0"),
    }
    return publish(tables, root=root, **(stated | more))


@pytest.fixture
def release(tmp_path: Path, shared_release: PublishedRelease) -> PublishedRelease:
    """The first release of the small dataset, in a folder of its own that a test may change."""
    root = tmp_path / "releases"
    shutil.copytree(shared_release.folder.parent, root, symlinks=True)
    return replace(shared_release, folder=root / shared_release.version)


@pytest.fixture(scope="session")
def shared_release(tmp_path_factory: pytest.TempPathFactory) -> PublishedRelease:
    """The first release of the small dataset, only to be read."""
    made = _publish_rows(tmp_path_factory.mktemp("shared"), _dataset())
    assert isinstance(made, PublishedRelease)
    return made
