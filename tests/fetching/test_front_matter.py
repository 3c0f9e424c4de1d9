"""Front matter: what it may say, and how it complains."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.documents import DocumentFacts
from sources.errors import DocumentUnreadable
from sources.front_matter import Declared, declared_in, split

FULL = b"""\
---
title: "What trainers earn: a look"
publisher: Quill Data
via: null
url: https://quill.example/pay
published_date: 2025-07-17
retrieved_at: 2026-11-01T00:00:00Z
evidence_kind: worker_survey
country: NO
language: en
text_origin: restated_by_us
---
The median is $20 an hour.
"""


def declared(content: bytes, sidecar: bytes | None = None, name: str = "a.md") -> Declared:
    return declared_in(name, content, sidecar, "verbatim")


def complaint(content: bytes, sidecar: bytes | None = None) -> str:
    with pytest.raises(DocumentUnreadable) as caught:
        declared(content, sidecar)
    assert caught.value.reason_code == "bad_front_matter"
    return caught.value.message


def test_reads_every_key_without_converting_it() -> None:
    said = declared(FULL)
    facts = said.facts
    assert (facts.title, facts.via) == ("What trainers earn: a look", None)
    assert (facts.country_code, facts.text_origin) == ("NO", "restated_by_us")
    assert str(facts.published_date) == "2025-07-17"
    assert said.retrieved_at is not None
    assert said.retrieved_at.isoformat() == "2026-11-01T00:00:00+00:00"


@pytest.mark.parametrize("newline", [b"\n", b"\r\n"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_reads_it_under_any_newline_and_mark(newline: bytes, mark: bytes) -> None:
    said = declared(mark + FULL.replace(b"\n", newline))
    assert said.facts.publisher == "Quill Data"


@pytest.mark.parametrize(
    ("text", "day", "precision"),
    [("2025", "2025-01-01", "year"), ("2025-07", "2025-07-01", "month")],
)
def test_a_partial_date_is_its_first_day_with_its_precision(
    text: str, day: str, precision: str
) -> None:
    facts = declared(f"---\npublished_date: {text}\n---\n".encode()).facts
    assert (str(facts.published_date), facts.date_precision) == (day, precision)


@pytest.mark.parametrize(
    ("line", "key", "expected"),
    [
        ("titel: T", "titel", "title, publisher"),
        ("published_date: 17 July 2025", "published_date", '"2025-07-17"'),
        ("published_date: 2025-13", "published_date", '"2025-07-17"'),
        ("evidence_kind: rumour", "evidence_kind", "posting or platform_published"),
        ("country: USA", "country", "two capital letters"),
        ("language: English", "language", "two or three letters"),
        ("url: ftp://x.example", "url", "http(s)://"),
        ("retrieved_at: 2026-11-01T00:00:00", "retrieved_at", "2026-11-01T00:00:00Z"),
        ("text_origin: ours", "text_origin", "verbatim or restated_by_us"),
        ("title: [a, b]", "a.md", "one value for each key"),
    ],
)
def test_names_the_key_what_it_may_be_and_what_it_is(
    line: str, key: str, expected: str
) -> None:
    message = complaint(f"---\n{line}\n---\ntext".encode())
    assert message.startswith(key)
    assert expected in message


def test_refuses_a_key_said_twice() -> None:
    assert "title" in complaint(b"---\ntitle: a\ntitle: b\n---\n")


def test_refuses_two_declarations() -> None:
    assert "one declaration" in complaint(FULL, b"title: T\n")


def test_refuses_yaml_that_cannot_be_read() -> None:
    assert "`key: value` lines" in complaint(b"---\ntitle: 'open\n---\ntext")


@pytest.mark.parametrize(
    "text",
    [
        "No front matter at all.",
        "---\nA heading between two rules\n---\nText",
        "---\nNever closed: text\nand more",
        "Text\n---\ntitle: T\n---\n",
        "----\ntitle: T\n----\n",
        "",
    ],
)
def test_other_text_is_text(text: str) -> None:
    assert split(text) == (None, text)
    assert declared(text.encode()).facts == DocumentFacts()


def test_only_text_files_have_front_matter() -> None:
    assert declared(FULL, name="a.csv").facts == DocumentFacts()


def test_a_long_file_is_not_decoded_in_the_middle_of_a_character() -> None:
    text = '---\ntitle: "Größe"\n---\n' + "é" * 100_000
    assert declared(text.encode()).facts.title == "Größe"


@given(st.binary(max_size=400))
def test_any_bytes_give_facts_or_a_reason(content: bytes) -> None:
    for start in (b"", b"---\n"):
        with suppress(DocumentUnreadable):
            assert declared(start + content).facts.text_origin
