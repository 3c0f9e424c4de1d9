"""Tables of postings: column maps, dialects, and rows that do not fit."""
# ruff: noqa: RUF001 - one text is encoded twice

import csv
import io
import unicodedata
from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.documents import DocumentText, RawPosting
from sources.errors import DocumentUnreadable
from sources.readers import postings_csv
from sources.readers.columns import choose_map
from sources.registry import ColumnMap, load_registry

ReadFile = Callable[..., list[DocumentText]]

LISTINGS = """\
company,title,location,expertise/department,commitment,url,first_seen_at,last_seen_at,is_active
Handshake AI,Poet,Remote,Design,"Rate: $125/hr; Degree filters: Master's",https://x.example/1,\
2026-06-19T02:52:44+00:00,2026-06-19T02:53:31+00:00,1
Alignerr,Biologist,Toronto,STEM,CONTRACT,https://x.example/2,2026-06-16T02:12:32Z,,1
"""

PROGRAMME = """\
platform,title,field,rate_as_written,degree_filters,url,first_seen_at,last_seen_at,is_active
Handshake AI,Poet,Design,$125/hr,"Master's, Ph.Ds",https://x.example/1,\
2026-06-19T02:52:44+00:00,2026-06-19T02:53:31+00:00,1
"""

JOBSPY = """\
id,site,job_url,job_url_direct,title,company,location,date_posted,job_type,salary_source,\
interval,min_amount,max_amount,currency,is_remote,emails,description
in-1,indeed,https://i.example/1,,AI Trainer,Fern,"Boise, ID, US",2026-05-04,contract,\
direct_data,hourly,22,30.5,USD,True,a@b.example,Train models.
li-2,linkedin,https://l.example/2,https://q.example/2,AI Tutor,Quill,United States,2026-05-05,,\
description,yearly,90000,60000,USD,False,,"Pay 60,000 to 90,000"
li-3,linkedin,https://l.example/3,,Rater,Quill,,04/05/2026,,,,,,,nan,,"First line

Second line"
"""


def read_one(read_file: ReadFile, text: str, name: str = "t.csv") -> DocumentText:
    (document,) = read_file(name, text.encode())
    return document


def maps() -> tuple[ColumnMap, ...]:
    return next(source.column_maps for source in load_registry() if source.id == "inbox")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (LISTINGS, "wahojobs_listings"),
        (PROGRAMME, "programme_postings"),
        (JOBSPY, "jobspy"),
        ("Job Title;Employer;Salary\n", "plain_postings"),
    ],
)
def test_chooses_the_map_by_the_header(text: str, expected: str) -> None:
    header = text.splitlines()[0].replace(";", ",").split(",")
    chosen = choose_map(maps(), header)
    assert chosen is not None
    assert chosen.map.name == expected


def test_reads_listings_whose_rate_hides_in_the_commitment(read_file: ReadFile) -> None:
    document = read_one(read_file, LISTINGS)
    poet, biologist = document.postings
    assert document.pages[0].text == (
        "Title: Poet\nCompany: Handshake AI\nLocation: Remote\n"
        "commitment: Rate: $125/hr; Degree filters: Master's"
    )
    assert (poet.platform, poet.department, poet.path) == ("Handshake AI", "Design", "rows[1]")
    assert poet.first_seen_at is not None
    assert poet.first_seen_at.isoformat() == "2026-06-19T02:52:44+00:00"
    assert poet.source_fields == {"is_active": "1"}
    assert (biologist.engagement, biologist.last_seen_at) == ("CONTRACT", None)
    assert "commitment" not in document.pages[1].text


def test_reads_the_postings_of_a_programme(read_file: ReadFile) -> None:
    document = read_one(read_file, PROGRAMME)
    assert document.pages[0].text == (
        "Title: Poet\nCompany: Handshake AI\n"
        "rate_as_written: $125/hr\ndegree_filters: Master's, Ph.Ds"
    )
    assert document.postings[0].requirements == "Master's, Ph.Ds"


def test_reads_jobspy_with_its_numbers_as_fields(read_file: ReadFile) -> None:
    document = read_one(read_file, JOBSPY)
    trainer, tutor, rater = document.postings
    (pay,) = trainer.pay_fields
    assert (pay.path, pay.amount_min, pay.amount_max) == (
        "rows[1].min_amount",
        22,
        Decimal("30.5"),
    )
    assert (pay.currency, pay.unit, trainer.is_remote) == ("USD", "hourly", True)
    assert document.pages[0].text.endswith("Location: Boise, ID, US\n\nTrain models.")
    assert "a@b.example" not in str(document)
    assert tutor.pay_fields[0].currency is None, "the exporter filled it in"
    assert (tutor.pay_fields[0].amount_min, tutor.url) == (90000, "https://q.example/2")
    assert (rater.pay_fields, rater.is_remote, rater.posted_date) == ((), None, None)
    assert document.pages[2].text == "Title: Rater\nCompany: Quill\n\nFirst line\n\nSecond line"
    assert document.warnings == (
        "date_posted: 1 cells could not be read, the first rows[3] '04/05/2026'",
    )


def test_pay_in_words_of_a_number_column_is_text_with_its_unit(read_file: ReadFile) -> None:
    text = "title,min_salary,pay_period,salary,currency\nRater,from 20,hourly,20 - 30,EUR\n"
    document = read_one(read_file, text)
    assert document.postings[0].pay_fields == ()
    assert document.pages[0].text == (
        "Title: Rater\nsalary: 20 - 30 EUR hourly\nmin_salary: from 20 EUR hourly"
    )


@pytest.mark.parametrize("nothing", ["", "0", "0.00", "nan", "None", "n/a", "Competitive"])
def test_no_amount_is_no_pay(read_file: ReadFile, nothing: str) -> None:
    text = f"title,company,salary,min_amount\nRater,Q,{nothing},{nothing}\n"
    document = read_one(read_file, text)
    assert document.postings[0].pay_fields == ()
    assert document.pages[0].text == "Title: Rater\nCompany: Q"


@pytest.mark.parametrize(
    "content",
    [
        "title;company;salary\nRater;Fern;20,50 € pro Stunde\n".encode("cp1252"),
        "\ufefftitle\tcompany\tsalary\r\nRater\tFern\t20,50 € pro Stunde\r\n".encode(),
        "title|company|salary\nRater|Fern|20,50 € pro Stunde\n".encode("utf-16"),
        'sep=;\r\n"title";"company";"salary"\r\nRater;Fern;"20,50 € pro Stunde"'.encode(),
        '\n\n TITLE , Company,Salary,,\nRater,Fern,"20,50 € pro Stunde",,\n\n,,,,\n'.encode(),
        'title,company,salary\nRater,"Fern","20,50 â‚¬ pro Stunde"\n'.encode(),
    ],
)
def test_reads_any_dialect(read_file: ReadFile, content: bytes) -> None:
    (document,) = read_file("t.csv", content)
    assert [(p.title, p.employer) for p in document.postings] == [("Rater", "Fern")]
    assert document.pages[0].text.casefold().endswith("salary: 20,50 € pro stunde")
    assert document.bad_records == ()


BAD_ROWS = '''\
title,company,salary
Rater,Fern,$20
Too,many,cells,here
Few
"Runaway,Fern,$30
Judge,Quill,$40
"Two
lines",Quill,$50
,,
"",,0
Poet,"said ""hi""",$60
'''


def test_a_bad_row_costs_no_other(read_file: ReadFile) -> None:
    document = read_one(read_file, BAD_ROWS)
    assert [p.title for p in document.postings] == ["Rater", "Judge", "Two\nlines", "Poet"]
    assert [(bad.path, bad.excerpt) for bad in document.bad_records] == [
        ("rows[2]", "Too,many,cells,here"),
        ("rows[3]", "Few"),
        ("rows[4]", '"Runaway,Fern,$30'),
        ("rows[7]", ",,0"),
    ]
    assert document.bad_records[0].message == "rows[2]: expected 3 cells; got 4 cells."
    assert [page.number for page in document.pages] == [1, 5, 6, 8]


def test_a_quote_that_never_ends_costs_one_row(
    read_file: ReadFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postings_csv, "MOST_LINES", 50)
    rows = [f"Rater {n},Fern,${n}" for n in range(1, 401)]
    rows[99] = '"' + rows[99]
    document = read_one(read_file, "title,company,salary\n" + "\n".join(rows))
    assert len(document.postings) == 399
    assert [bad.path for bad in document.bad_records] == ["rows[100]"]


def test_every_row_may_be_bad(read_file: ReadFile) -> None:
    text = "title,company,salary\n" + '"a,b\n' * 30_001
    documents = read_file("t.csv", text.encode())
    bad = [record for document in documents for record in document.bad_records]
    kept = [posting for document in documents for posting in document.postings]
    assert kept == []
    assert "".join(record.excerpt for record in bad)[:5] == '"a,b\n'


def test_an_unknown_header_names_the_closest_map_and_what_it_misses(
    read_file: ReadFile,
) -> None:
    with pytest.raises(DocumentUnreadable) as caught:
        read_one(read_file, "platform,title_text,rate_as_written,field\nA,B,$20,C\n")
    assert caught.value.reason_code == "unknown_columns"
    assert "programme_postings, also needs title)" in caught.value.message
    assert "platform, title_text, rate_as_written, field" in caught.value.message


def test_a_table_with_a_header_only_is_read(read_file: ReadFile) -> None:
    document = read_one(read_file, "title,company\n")
    assert (document.pages, document.postings) == ((), ())


def test_long_tables_come_in_batches(read_file: ReadFile) -> None:
    rows = "".join(f"Rater {n},Fern,${n}\n" for n in range(1, 4_002))
    documents = read_file("t.csv", ("title,company,salary\n" + rows).encode())
    assert [len(document.postings) for document in documents] == [2_000, 2_000, 1]
    last = documents[-1].postings[0]
    assert (last.page_number, last.path, last.title) == (4_001, "rows[4001]", "Rater 4001")


# What looks like text that was encoded twice is repaired on purpose; it begins with these.
TWICE_ENCODED_LEADS = "".join(map(chr, range(0xC2, 0xF5)))
words = st.text(
    st.characters(exclude_categories=["C", "Z"], exclude_characters=TWICE_ENCODED_LEADS),
    min_size=5,
    max_size=12,
)


@given(st.lists(st.tuples(words, words), min_size=1, max_size=5), st.sampled_from(",;\t|"))
def test_what_a_spreadsheet_writes_is_what_is_read(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]], delimiter: str
) -> None:
    file = io.StringIO()
    csv.writer(file, delimiter=delimiter).writerows([("title", "company"), *rows])
    path = tmp_path_factory.mktemp("table") / "t.csv"
    path.write_bytes(file.getvalue().encode())
    (document,) = postings_csv.read_csv("0" * 64, path, maps())
    found: list[RawPosting] = list(document.postings)
    assert [(p.title, p.employer) for p in found] == [
        (unicodedata.normalize("NFC", title), unicodedata.normalize("NFC", company))
        for title, company in rows
    ]
