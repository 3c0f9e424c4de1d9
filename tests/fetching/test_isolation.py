"""A document that needs too much, or kills its reader, is set aside; the next one is read."""

import pickle
from pathlib import Path

import pytest

from sources.errors import DocumentUnreadable
from sources.readers import isolated
from sources.readers.isolated import read_isolated
from sources.readers.limits import Limits

NAME = "0" * 64


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.html"
    path.write_text("<p>Pay: $20 an hour", "utf-8")
    return path


@pytest.fixture
def costly(tmp_path: Path) -> Path:
    """A page of thirty megabytes."""
    path = tmp_path / "costly.html"
    path.write_text("<p>$20 an hour" * 2_000_000, "utf-8")
    return path


def reason(kind: str, path: Path, limits: Limits) -> str:
    with pytest.raises(DocumentUnreadable) as caught:
        read_isolated(kind, NAME, path, limits)
    return caught.value.reason_code


def test_reads_a_page_in_a_child(page: Path) -> None:
    document = read_isolated("html", NAME, page)
    assert (document.pages[0].text, document.document_id) == ("Pay: $20 an hour", NAME)


@pytest.mark.parametrize(
    ("limits", "code"),
    [
        (Limits(processor_time=1), "limit_time"),
        (Limits(wall_time=0.3), "limit_time"),
        (Limits(memory=300_000_000), "limit_memory"),
    ],
)
def test_a_document_that_needs_too_much_harms_no_other(
    page: Path, costly: Path, limits: Limits, code: str
) -> None:
    assert reason("html", costly, limits) == code
    assert read_isolated("html", NAME, page).pages[0].text == "Pay: $20 an hour"


def test_a_document_with_too_much_text_is_too_large(page: Path) -> None:
    assert reason("html", page, Limits(output=10)) == "too_large"


def test_a_reader_that_fails_says_how(tmp_path: Path) -> None:
    assert reason("html", tmp_path / "gone.html", Limits()) == "reader_failed"


def test_a_killed_helper_process_is_replaced(page: Path) -> None:
    read_isolated("html", NAME, page)
    isolated._running[0]._process.kill()  # noqa: SLF001 - there is no door to kill it by
    isolated._running[0]._process.wait()  # noqa: SLF001
    assert read_isolated("html", NAME, page).pages[0].text == "Pay: $20 an hour"


def test_an_answer_can_be_made_of_our_records_only(
    page: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(isolated.Nursery, "ask", lambda *_: pickle.dumps(Path("/")))
    assert reason("html", page, Limits()) == "reader_failed"
    monkeypatch.setattr(isolated.Nursery, "ask", lambda *_: pickle.dumps("a text"))
    assert reason("html", page, Limits()) == "reader_failed"
