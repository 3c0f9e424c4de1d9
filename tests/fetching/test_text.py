"""Plain text: decoding, pages, and telling kinds of files apart."""
# ruff: noqa: RUF001 - the texts are in many languages

import codecs
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.decoding import decode, tidy
from sources.documents import DocumentFacts, DocumentText
from sources.errors import DocumentUnreadable
from sources.readers.pages import LONGEST_PAGE, pages_of

ReadFile = Callable[..., list[DocumentText]]

TEXTS = {
    "cp1252": "Gehalt: 35 € – 50 € pro Stunde für „Trainer“. Größe übrig. ",
    "cp932": "データ注釈者の時給は1500円から2500円です。経験者を優遇します。",
    "euc_jp": "データ注釈者の時給は1500円から2500円です。経験者を優遇します。",
    "gb18030": "数据标注员的工资为每小时25元至40元，按件计酬，多劳多得。",
    "big5": "資料標註員的時薪為一百五十元至二百元，經驗者優先。",
    "cp949": "데이터 라벨러 시급은 12000원에서 15000원입니다. 경력자 우대.",
    "cp1251": "Оплата труда разметчика данных: от 300 до 500 рублей в час.",
    "koi8_r": "Оплата труда разметчика данных: от 300 до 500 рублей в час.",
    "utf-8": "Pay: €20–£30 an hour",
    "utf-8-sig": "Pay: €20–£30 an hour",
    "utf-16": "Pay: €20–£30 an hour",
    "utf-16-le": "Pay: $20 to $30 an hour",
    "utf-16-be": "Pay: $20 to $30 an hour",
    "utf-32": "Pay: €20–£30 an hour",
}


@pytest.mark.parametrize("encoding", TEXTS)
def test_decodes_the_encodings_that_files_have(encoding: str) -> None:
    text = TEXTS[encoding] * 3
    assert decode(text.encode(encoding)) == text


def test_repairs_text_that_was_encoded_twice() -> None:
    text = "Pay: €20–30 for “experts” é"
    letters = {byte: bytes([byte]).decode("cp1252", "replace") for byte in range(256)}
    letters |= {byte: chr(byte) for byte, letter in letters.items() if letter == "\ufffd"}
    twice = "".join(letters[byte] for byte in text.encode())
    assert decode(twice.encode()) == text


@pytest.mark.parametrize("text", ["Âge: 30 ans", "Ça coûte 20 €", "â Ã Â", "São Paulo â€"])
def test_leaves_real_letters_alone(text: str) -> None:
    assert decode(text.encode()) == text


def test_refuses_what_is_no_text(read_file: ReadFile) -> None:
    with pytest.raises(DocumentUnreadable) as caught:
        read_file("a.txt", codecs.BOM_UTF8 + b"Pay: \xff\xfe\xfd" * 20)
    assert caught.value.reason_code == "encoding"


@given(st.text())
def test_tidy_text_can_be_written_anywhere_and_stays_tidy(text: str) -> None:
    clean = tidy(text)
    assert clean.encode().decode() == clean
    assert "\x00" not in clean
    assert "\r" not in clean
    assert tidy(clean) == clean


@given(st.text(alphabet="a \n\f", max_size=300))
def test_pages_lose_nothing(text: str) -> None:
    pages = pages_of(text)
    assert "\f".join(page.text for page in pages) == text
    assert [page.number for page in pages] == list(range(1, len(pages) + 1))


@pytest.mark.parametrize("gap", ["\n\n", "\n", " ", ""])
def test_twenty_megabytes_of_text_are_pages_of_at_most_a_hundred_thousand_characters(
    read_file: ReadFile, gap: str
) -> None:
    text = ("Trainers earn $20 an hour." + gap) * (20_000_000 // (26 + len(gap)))
    (document,) = read_file("long.txt", text.encode())
    assert "".join(page.text for page in document.pages) == text
    assert max(len(page.text) for page in document.pages) <= LONGEST_PAGE
    assert document.page_count == len(document.pages) >= 190
    if "\n" in gap:
        assert all(page.text.startswith("Trainers") for page in document.pages)


def test_cuts_the_front_matter_off_and_keeps_the_rest(read_file: ReadFile) -> None:
    (document,) = read_file("a.md", b"---\ntitle: T\n---\n# Pay\f$20 an hour\n")
    assert [page.text for page in document.pages] == ["# Pay", "$20 an hour\n"]


def test_a_declared_posting_is_one_posting(read_file: ReadFile) -> None:
    url = "https://q.example/1"
    facts = DocumentFacts("AI Trainer", "Quill", url=url, evidence_kind="posting")
    (document,) = read_file("a.txt", b"Pay: $20 an hour", facts)
    (posting,) = document.postings
    assert (posting.title, posting.employer, posting.page_number) == ("AI Trainer", "Quill", 1)
    assert posting.url == "https://q.example/1"
    assert read_file("a.txt", b"Pay: $20 an hour")[0].postings == ()


PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 64
CSV_BYTES = b"title,company,salary\nTrainer,Quill,$20/hr\n"


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("report.pdf", PNG, "wrong_type"),
        ("report.pdf", b"<!doctype html><p>Please log in", "wrong_type"),
        ("report.txt", b"%PDF-1.4\n...", "wrong_type"),
        ("report.html", PNG, "wrong_type"),
        ("report.md", b"PK\x03\x04" + b"\x00" * 30, "wrong_type"),
        ("report.txt", bytes(range(256)) * 4, "wrong_type"),
        ("picture.png", PNG, "unknown_type"),
        ("report.docx", b"PK\x03\x04" + b"\x00" * 30, "unknown_type"),
        ("feed.xml", b'<?xml version="1.0"?><rss><item/></rss>', "unknown_type"),
        ("letter.rtf", b"{\\rtf1 $20 an hour}", "unknown_type"),
        ("gone.txt.yml", b"title: T\n", "unknown_type"),
    ],
)
def test_refuses_bytes_that_are_not_what_the_name_says_or_that_nothing_reads(
    read_file: ReadFile, name: str, content: bytes, reason: str
) -> None:
    with pytest.raises(DocumentUnreadable) as caught:
        read_file(name, content)
    assert caught.value.reason_code == reason
    assert name in caught.value.message


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("README", b"Pay: $20 an hour", "text/plain"),
        ("notes.v2", b"Pay: $20 an hour", "text/plain"),
        ("saved", b"<!-- x --><html><p>Pay", "text/html"),
        ("page.html", b"Pay: $20 an hour", "text/html"),
        ("page.txt", b"<!DOCTYPE html><p>$20 an hour</p>", "text/html"),
        ("notes.md", b"<div align=center>Pay</div>\n$20 an hour", "text/plain"),
        ("notes.txt", b"[Update] trainers earn $20", "text/plain"),
        ("notes.txt", b'{"a": "json by accident"}', "text/plain"),
        ("table.txt", CSV_BYTES, "text/csv"),
        ("table", CSV_BYTES, "text/csv"),
        ("list.txt", b"Trainers, raters, judges\nall earn $20\n", "text/plain"),
        ("board", b'[{"title": "Trainer", "company": "Q"}]', "application/json"),
        ("page.HTML", b"<p>$20</p>", "text/html"),
    ],
)
def test_reads_what_the_bytes_are(
    read_file: ReadFile, name: str, content: bytes, media_type: str
) -> None:
    assert read_file(name, content)[0].media_type == media_type
