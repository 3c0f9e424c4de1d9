"""Job boards as JSON: each board's contract, and the forms that files have."""

import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.documents import DocumentText, Page, RawPosting
from sources.errors import DocumentUnreadable
from sources.readers.json_records import NotRecordsError, json_records

ReadFile = Callable[..., list[DocumentText]]

GREENHOUSE: dict[str, Any] = {
    "jobs": [
        {
            "id": 4417001,
            "internal_job_id": 4300551,
            "requisition_id": "R-88",
            "title": "AI Trainer, Chemistry (Contract)",
            "company_name": "Quill Data",
            "language": "en",
            "absolute_url": "https://boards.example/quill/4417001",
            "location": {"name": "Remote, US"},
            "first_published": "2026-03-02T09:00:00-05:00",
            "updated_at": "2026-05-20T11:42:10-04:00",
            "metadata": [
                {"id": 71, "name": "Pay band", "value_type": "currency_range",
                 "value": {"unit": "USD", "min_value": "44.00", "max_value": "61.00"}},
                {"id": 72, "name": "Budget", "value": {"unit": "USD", "min_value": "900000"}},
                {"id": 73, "name": "Degree filters", "value": ["Master's", "PhD"]},
                {"id": 74, "name": "Field", "value": "Chemistry"},
                {"id": 75, "name": "Notes", "value": None},
            ],
            "content": "&lt;p&gt;Grade answers.&lt;/p&gt;&lt;div&gt;"
                       "&lt;span&gt;$44&lt;/span&gt;"
                       "&lt;span&gt;&amp;mdash;&lt;/span&gt;&lt;span&gt;$61 USD&lt;/span&gt;",
            "departments": [{"id": 900, "name": "Experts"}],
            "pay_input_ranges": [
                {"min_cents": 4400, "max_cents": 5200, "currency_type": "USD",
                 "title": "Zone 1", "blurb": "<p>Paid per hour worked.</p>"},
                {"min_cents": 0, "max_cents": None, "currency_type": "USD", "title": "Zone 2"},
            ],
        },
        {"id": 4417002, "internal_job_id": None, "title": "Expert pool",
         "metadata": None, "absolute_url": "https://boards.example/quill/4417002",
         "content": "", "location": None},
    ],
    "meta": {"total": 2},
}  # fmt: skip

LEVER: list[dict[str, Any]] = [
    {
        "id": "2f6a", "text": "Search Quality Rater, Finnish", "country": "FI",
        "categories": {"commitment": "Contractor", "department": "Data", "location": "Finland"},
        "workplaceType": "remote", "createdAt": 1771495200000,
        "descriptionPlain": "Rate search results.\nTen hours a week.",
        "lists": [{"text": "Requirements", "content": "<li>Native Finnish</li><li>PC</li>"}],
        "additional": "<div>Equal opportunity.</div>",
        "salaryRange": {"currency": "USD", "interval": "per-hour-wage", "min": 14.25,
                        "max": 14.25},
        "salaryDescriptionPlain": "Paid monthly.", "hostedUrl": "https://jobs.example/fern/2f6a",
    }
]  # fmt: skip

SALARY = {"compensationType": "Salary", "interval": "1 HOUR", "currencyCode": "USD"}
ASHBY: dict[str, Any] = {
    "apiVersion": "1",
    "jobs": [
        {
            "id": "0c0f", "title": "AI Tutor, Mathematics", "department": "Experts",
            "employmentType": "Contract", "location": "Remote (US)", "workplaceType": "Remote",
            "publishedAt": "2026-04-17T15:03:22.101+00:00", "descriptionPlain": "Check proofs.",
            "jobUrl": "https://jobs.example/quill/0c0f",
            "compensation": {
                "compensationTiers": [
                    {"title": "Bachelor",
                     "components": [SALARY | {"minValue": 40, "maxValue": 50}]},
                    {"title": "PhD",
                     "components": [
                         SALARY | {"minValue": 55, "maxValue": None},
                         {"compensationType": "Bonus", "summary": "Offers Bonus"}]}],
                "summaryComponents": [SALARY | {"minValue": 40, "maxValue": 55}]},
        },
        {"id": "7d9f", "title": "Lead", "jobUrl": "https://jobs.example/quill/7d9f",
         "descriptionHtml": "<p>Run things.</p>",
         "compensation": {"compensationTiers": [],
                          "summaryComponents": [SALARY | {"minValue": 0, "maxValue": 90}]}},
    ],
}  # fmt: skip


def postings(read_file: ReadFile, board: object) -> list[tuple[Page, RawPosting]]:
    documents = read_file("board.json", json.dumps(board).encode())
    pages = [page for document in documents for page in document.pages]
    found = [posting for document in documents for posting in document.postings]
    return list(zip(pages, found, strict=True))


def test_reads_a_greenhouse_board(read_file: ReadFile) -> None:
    (page, job), (_, pool) = postings(read_file, GREENHOUSE)
    assert (job.path, job.page_number, page.number) == ("jobs[0]", 1, 1)
    assert (job.requisition_id, job.employer) == ("R-88", "Quill Data")
    assert (job.department, job.requirements) == ("Chemistry", "Master's, PhD")
    assert str(job.posted_date) == "2026-03-02"
    zone, band = job.pay_fields
    assert zone.path == "jobs[0].pay_input_ranges[0]"
    assert (zone.amount_min, zone.amount_max, zone.in_cents) == (4400, 5200, True)
    assert (zone.currency, zone.unit, zone.title) == ("USD", None, "Zone 1")
    assert zone.note == "Paid per hour worked."
    assert band.path == "jobs[0].metadata[0].value"
    assert (band.amount_min, band.in_cents, band.title) == (Decimal("44.00"), False, "Pay band")
    assert page.text == (
        "Title: AI Trainer, Chemistry (Contract)\nLocation: Remote, US\n\n"
        "Degree filters: Master's, PhD\nField: Chemistry\n\nGrade answers.\n\n$44—$61 USD"
    )
    assert (pool.title, pool.pay_fields, pool.path) == ("Expert pool", (), "jobs[1]")


def test_reads_a_lever_board(read_file: ReadFile) -> None:
    ((page, job),) = postings(read_file, LEVER)
    (pay,) = job.pay_fields
    assert (pay.path, pay.amount_min, pay.unit) == (
        "[0].salaryRange",
        Decimal("14.25"),
        "per-hour-wage",
    )
    assert (job.country_code, job.is_remote, job.engagement) == ("FI", True, "Contractor")
    assert str(job.posted_date) == "2026-02-19"
    assert page.text == (
        "Title: Search Quality Rater, Finnish\nLocation: Finland\n\n"
        "Rate search results.\nTen hours a week.\n\n"
        "Requirements\n• Native Finnish\n• PC\n\nEqual opportunity.\n\nPaid monthly."
    )


def test_reads_an_ashby_board_by_tier_or_else_by_summary(read_file: ReadFile) -> None:
    (page, tutor), (_, lead) = postings(read_file, ASHBY)
    low, high = tutor.pay_fields
    assert low.path == "jobs[0].compensation.compensationTiers[0].components[0]"
    assert (low.amount_min, low.amount_max, low.unit, low.title) == (
        40,
        50,
        "1 HOUR",
        "Bachelor",
    )
    assert (high.amount_min, high.amount_max, high.title) == (55, None, "PhD")
    assert page.text.endswith("Check proofs.\n\nOffers Bonus")
    (summary,) = lead.pay_fields
    assert summary.path == "jobs[1].compensation.summaryComponents[0]"
    assert (summary.amount_min, summary.amount_max) == (None, 90)


PLAIN = {"job_title": "Rater", "Company": "Fern", "pay": "$20-30/hr", "description": "<p>Rate."}


@pytest.mark.parametrize(
    ("content", "path"),
    [
        (json.dumps([PLAIN]), "[0]"),
        (json.dumps({"meta": {"a": [1]}, "postings": [PLAIN], "next": None}), "postings[0]"),
        (json.dumps(PLAIN), "$"),
        (json.dumps(PLAIN) + "\n" + json.dumps(PLAIN) + "\n", "[0]"),
        ("\ufeff" + json.dumps([PLAIN], indent=2), "[0]"),
    ],
)
def test_reads_plain_records_by_the_names_of_plain_tables(
    read_file: ReadFile, content: str, path: str
) -> None:
    document = read_file("board.json", content.encode())[0]
    posting = document.postings[0]
    assert (posting.title, posting.employer, posting.path) == ("Rater", "Fern", path)
    assert document.pages[0].text == "Title: Rater\nCompany: Fern\npay: $20-30/hr\n\nRate."


def test_numbers_of_plain_records_are_fields(read_file: ReadFile) -> None:
    record = {"title": "Rater", "rate": 25.5, "currency": "EUR", "pay_period": "hourly"}
    ((page, posting),) = postings(read_file, {"results": [record]})
    (pay,) = posting.pay_fields
    assert (pay.path, pay.amount_min, pay.amount_max) == ("results[0].rate", 25.5, 25.5)
    assert (pay.currency, pay.unit) == ("EUR", "hourly")
    assert "25.5" not in page.text


def test_reads_records_of_schema_org(read_file: ReadFile) -> None:
    record = {"@type": "JobPosting", "title": "Rater", "baseSalary": {"value": 20}}
    ((_, posting),) = postings(read_file, [record])
    assert posting.pay_fields[0].path == "[0].baseSalary"


def test_one_bad_record_costs_no_other(read_file: ReadFile) -> None:
    board = [PLAIN, "text", {"colour": "red"}, {"title": "", "company": ""}, None, PLAIN]
    (document,) = read_file("board.json", json.dumps(board).encode())
    assert [posting.path for posting in document.postings] == ["[0]", "[5]"]
    assert [bad.path for bad in document.bad_records] == ["[1]", "[2]", "[3]", "[4]"]
    assert {bad.reason_code for bad in document.bad_records} == {"bad_record"}


def test_a_bad_line_costs_no_other(read_file: ReadFile) -> None:
    lines = [json.dumps(PLAIN), '{"title": "torn', "", json.dumps(PLAIN), "[1]", "{} {}"]
    (document,) = read_file("board.jsonl", "\n".join(lines).encode())
    assert [posting.path for posting in document.postings] == ["[0]", "[2]"]
    assert [bad.path for bad in document.bad_records] == ["[1]", "[3]", "[4]"]


def test_a_file_that_ends_early_keeps_what_came_before(read_file: ReadFile) -> None:
    whole = json.dumps({"jobs": [PLAIN, PLAIN, PLAIN]})
    (document,) = read_file("board.json", whole[:-60].encode())
    assert len(document.postings) == 2
    (bad,) = document.bad_records
    assert bad.path == "jobs[2]"
    assert "the rest is lost" in bad.message


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b'{"jobs": [{"title', "damaged"),
        (b'{"jobs"', "damaged"),
        (b"not json", "damaged"),
        (b"[[[[", "damaged"),
        (b"[" * 200_000, "damaged"),
        (b'{"a":' * 200_000, "damaged"),
        (b'[{"colour": "red", "size": 3}]', "unknown_columns"),
        (b'{"error": "not found"}', "unknown_columns"),
    ],
)
def test_a_file_without_postings_is_set_aside(
    read_file: ReadFile, content: bytes, reason: str
) -> None:
    with pytest.raises(DocumentUnreadable) as caught:
        read_file("board.json", content)
    assert caught.value.reason_code == reason


def test_a_board_with_nothing_open_is_read(read_file: ReadFile) -> None:
    (document,) = read_file("board.json", b'{"jobs": [], "meta": {"total": 0}}')
    assert (document.pages, document.postings, document.bad_records) == ((), (), ())


def test_surrogates_that_stand_alone_do_not_get_through(read_file: ReadFile) -> None:
    content = b'[{"title": "Rater \\ud800", "company": "Fern"}]'
    (document,) = read_file("board.json", content)
    assert document.pages[0].text.encode()
    assert document.postings[0].title == "Rater \ufffd"


def test_long_boards_come_in_batches(read_file: ReadFile) -> None:
    documents = read_file("board.json", json.dumps([PLAIN] * 4_001).encode())
    assert [len(document.postings) for document in documents] == [2_000, 2_000, 1]
    assert documents[2].pages[0].number == 4_001


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=10,
)


@given(st.lists(values))
def test_finds_the_records_that_json_holds(records: list[object]) -> None:
    for text in (json.dumps(records), json.dumps(records, indent=1)):
        assert [record.value for record in json_records(text)] == records


@given(st.text(alphabet='[]{}",: \n1ax'))
def test_any_text_gives_records_or_is_none(text: str) -> None:
    try:
        found = [record.path for record in json_records(text)]
    except NotRecordsError:
        found = []
    assert len(set(found)) == len(found)
