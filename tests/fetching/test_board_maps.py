"""Boards, feeds and marketplaces that are read by a registered map: where their pay stands."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from sources.documents import DocumentText, PayField, RawPosting

ReadFile = Callable[..., list[DocumentText]]

SMART = {
    "id": "7440", "name": "Data annotator, German", "refNumber": "REF9",
    "releasedDate": "2026-05-11T10:15:00.000Z", "company": {"name": "Fern Labs"},
    "location": {"city": "Leipzig", "remote": False},
    "compensation": {"min": 2100, "max": 2600, "currency": "EUR", "period": "MONTHLY"},
    "jobAd": {"sections": {"jobDescription": {"text": "<p>Label images.</p>"},
                           "qualifications": {"text": "<ul><li>German C1</li></ul>"}}},
}  # fmt: skip
RECRUITEE = {
    "id": 18, "title": "Reviewer", "company_name": "Fern", "country_code": "NL",
    "salary": {"min": "18.50", "max": "21.00", "period": "month", "currency": "EUR"},
    "published_at": "2026-05-03 08:00:00 UTC", "description": "<p>Review.</p>",
    "careers_url": "https://fern.example/o/reviewer",
}  # fmt: skip
BAMBOO = {
    "meta": [],
    "result": {"jobOpening": {"jobOpeningName": "Associate", "description": "<p>Label.</p>",
                              "compensation": "$19.00 - $27.00 / hr"}},
}  # fmt: skip
RIPPLING = {
    "uuid": "0d3b", "name": "Reviewer", "companyName": "Fern", "workLocations": ["Remote"],
    "description": {"company": "<p>Fern.</p>", "role": "<p>Review data.</p>"},
    "payRangeDetails": [
        {"location": "US", "currency": "USD", "frequency": "HOUR", "rangeStart": 21.0,
         "rangeEnd": 26.5},
        {"location": "UK", "currency": "GBP", "frequency": "HOUR", "rangeStart": 15},
    ],
}  # fmt: skip
BREEZY = {
    "id": "9f8e", "friendly_id": "9f8e-rater", "name": "Rater", "salary": "$18 - $22 / hr",
    "url": "https://fern.example/p/9f8e-rater", "company": {"name": "Fern"},
    "location": {"country": {"id": "US"}, "name": "Austin, TX", "is_remote": True},
}  # fmt: skip
WORKDAY = {
    "jobPostingInfo": {"title": "Linguist", "jobDescription": "<p>28 to 34 PLN per hour.</p>",
                       "location": "Remote - Poland", "startDate": "2026-04-01"},
    "hiringOrganization": {"name": "Fern"},
}  # fmt: skip


def usajobs(code: str) -> dict[str, Any]:
    pay = {"MinimumRange": "61722.0", "MaximumRange": "80243.0", "RateIntervalCode": code}
    descriptor = {
        "PositionTitle": "Training instructor",
        "OrganizationName": "Example Bureau",
        "PositionRemuneration": [pay],
        "UserArea": {"Details": {"JobSummary": "Teaches staff."}},
    }
    found = [{"MatchedObjectId": "1", "MatchedObjectDescriptor": descriptor}]
    return {"LanguageCode": "EN", "SearchResult": {"SearchResultItems": found}}


def adzuna(is_predicted: str) -> dict[str, Any]:
    return {
        "title": "AI <strong>trainer</strong>", "redirect_url": "https://feed.example/1",
        "company": {"display_name": "Fern"}, "description": "A snippet",
        "salary_min": 41250.5, "salary_max": 41250.5, "salary_is_predicted": is_predicted,
    }  # fmt: skip


REED = {
    "jobId": 56,
    "jobTitle": "AI trainer",
    "employerName": "Fern",
    "currency": "GBP",
    "minimumSalary": 30000.0,
    "maximumSalary": 36000.0,
    "salaryType": "per annum",
}
REMOTEOK = {
    "slug": "trainer-1",
    "id": "11",
    "company": "Fern",
    "position": "AI trainer",
    "salary_min": 60000,
    "salary_max": 0,
    "description": "<p>Train.</p>",
}
HIMALAYAS = {
    "title": "AI trainer",
    "companyName": "Fern",
    "minSalary": 25,
    "maxSalary": 40,
    "salaryPeriod": "hourly",
    "currency": "USD",
    "locationRestrictions": ["Canada", "Peru"],
    "description": "<p>Train.</p>",
}
JOBICY = {
    "jobTitle": "AI trainer",
    "companyName": "Fern",
    "jobGeo": "USA",
    "jobDescription": "<p>Train.</p>",
}
JOBICY_NEW = {
    "salaryMin": 30,
    "salaryMax": 45,
    "salaryCurrency": "USD",
    "salaryPeriod": "hourly",
}
JOBICY_OLD = {"annualSalaryMin": 60000, "annualSalaryMax": 70000, "salaryCurrency": "EUR"}
REMOTIVE = {
    "title": "AI trainer",
    "company_name": "Fern",
    "salary": "$20-$40 /hour",
    "candidate_required_location": "Worldwide",
    "description": "<p>Train.</p>",
}
MERCOR = {
    "listingId": "l1",
    "title": "Expert",
    "rateMin": 12,
    "rateMax": 12,
    "payRateFrequency": "per-task",
    "referralAmount": 250,
}
OUTLIER = {
    "id": 902,
    "title": "Reviewer",
    "location": {"name": "India"},
    "content": "<p>Review.",
    "absolute_url": "https://app.example/902",
    "maxHourlyRateUsd": 25,
}
MICRO1 = {"job_id": "j-5", "job_name": "Legal expert", "skills": ["Contracts", "Tax"]}
TELUS = {
    "title": "Map evaluator",
    "description": "<p>Maps.</p>",
    "compensation": {"amount": 1450, "currency": "JPY", "unit": "per_hour"},
}
DUMP = {
    "job_posting_url": "https://dump.example/1",
    "title": "Rater",
    "med_salary": 31.5,
    "min_salary": None,
    "max_salary": None,
    "pay_period": "HOURLY",
    "currency": "USD",
    "compensation_type": "BASE_SALARY",
}

FEDERAL = "SearchResult.SearchResultItems[0].MatchedObjectDescriptor"
PLACES = [
    ({"content": [SMART]}, "content[0].compensation.min", 2100, 2600, "EUR", "MONTHLY"),
    ({"offers": [RECRUITEE]}, "offers[0].salary.min", 18.5, 21, "EUR", "month"),
    (RIPPLING, "$.payRangeDetails[0].rangeStart", 21, 26.5, "USD", "HOUR"),
    (usajobs("PA"), f"{FEDERAL}.PositionRemuneration[0].MinimumRange", 61722, 80243, "USD",
     "per year"),
    ({"results": [adzuna("0")]}, "results[0].salary_min", 41250.5, 41250.5, None, "year"),
    ({"results": [REED]}, "results[0].minimumSalary", 30000, 36000, "GBP", "per annum"),
    ([REMOTEOK], "[0].salary_min", 60000, None, "USD", "year"),
    ({"jobs": [HIMALAYAS]}, "jobs[0].minSalary", 25, 40, "USD", "hourly"),
    ({"jobs": [JOBICY | JOBICY_NEW]}, "jobs[0].salaryMin", 30, 45, "USD", "hourly"),
    ({"jobs": [JOBICY | JOBICY_OLD]}, "jobs[0].annualSalaryMin", 60000, 70000, "EUR", "year"),
    ({"listings": [MERCOR]}, "listings[0].rateMin", 12, 12, None, "per-task"),
    ({"jobs": [OUTLIER]}, "jobs[0].maxHourlyRateUsd", None, 25, "USD", "hour"),
    ({"data": [MICRO1 | {"ideal_hourly_rate": {"min": 60, "max": 95},
                         "ideal_yearly_compensation": None}]},
     "data[0].ideal_hourly_rate.min", 60, 95, None, "hour"),
    ({"data": [MICRO1 | {"ideal_yearly_compensation": {"min": 90000, "max": 99000}}]},
     "data[0].ideal_yearly_compensation.min", 90000, 99000, None, "year"),
    ({"data": [TELUS]}, "data[0].compensation.amount", 1450, 1450, "JPY", "per_hour"),
    ([DUMP], "[0].med_salary", 31.5, 31.5, "USD", "HOURLY"),
]  # fmt: skip


def only_posting(read_file: ReadFile, board: object) -> tuple[RawPosting, str]:
    (document,) = read_file("board.json", json.dumps(board).encode())
    (posting,) = document.postings
    return posting, document.pages[0].text


def first_pay(read_file: ReadFile, board: object) -> PayField:
    return only_posting(read_file, board)[0].pay_fields[0]


@pytest.mark.parametrize(("board", "path", "low", "high", "currency", "unit"), PLACES)
def test_finds_the_pay_of_a_board_and_says_where_it_stood(
    read_file: ReadFile,
    board: object,
    path: str,
    low: float | None,
    high: float | None,
    currency: str | None,
    unit: str | None,
) -> None:
    pay = first_pay(read_file, board)
    assert (pay.path, pay.amount_min, pay.amount_max) == (path, low, high)
    assert (pay.currency, pay.unit) == (currency, unit)


@pytest.mark.parametrize(
    ("board", "line"),
    [
        (BAMBOO, "result.jobOpening.compensation: $19.00 - $27.00 / hr"),
        ([BREEZY], "salary: $18 - $22 / hr"),
        ({"jobs": [REMOTIVE]}, "salary: $20-$40 /hour"),
    ],
)
def test_pay_in_words_stands_in_the_text_and_the_posting_says_where(
    read_file: ReadFile, board: object, line: str
) -> None:
    posting, text = only_posting(read_file, board)
    ((start, end),) = posting.pay_spans
    assert text[start:end] == line
    assert posting.pay_fields == ()


def test_every_range_of_a_list_is_a_field_with_its_label(read_file: ReadFile) -> None:
    posting, text = only_posting(read_file, RIPPLING)
    assert [(pay.currency, pay.title) for pay in posting.pay_fields] == [
        ("USD", "US"),
        ("GBP", "UK"),
    ]
    assert text == "Title: Reviewer\nCompany: Fern\nLocation: Remote\n\nReview data."


@pytest.mark.parametrize(
    ("code", "unit"),
    [("PH", "per hour"), ("PW", "per piece"), ("SY", "school year"), ("ZZ", "ZZ")],
)
def test_a_code_of_a_board_is_handed_on_as_its_documentation_explains_it(
    read_file: ReadFile, code: str, unit: str
) -> None:
    assert first_pay(read_file, usajobs(code)).unit == unit


@pytest.mark.parametrize(("said", "is_estimate"), [("1", True), ("0", False)])
def test_a_record_may_say_that_its_pay_is_an_estimate(
    read_file: ReadFile, said: str, is_estimate: bool
) -> None:
    assert first_pay(read_file, {"results": [adzuna(said)]}).is_estimate is is_estimate


def test_the_boards_word_for_the_kind_of_money_goes_with_it(read_file: ReadFile) -> None:
    assert first_pay(read_file, [DUMP]).pays_for == "BASE_SALARY"


@pytest.mark.parametrize("board", [{"jobs": [JOBICY]}, WORKDAY, [REMOTEOK | {"salary_min": 0}]])
def test_a_posting_without_a_pay_field_is_a_posting(read_file: ReadFile, board: object) -> None:
    posting, text = only_posting(read_file, board)
    assert posting.pay_fields == posting.pay_spans == ()
    assert text.startswith("Title: ")


def test_reads_the_posting_within_an_item_of_a_feed(read_file: ReadFile) -> None:
    salary = {"currency": "SEK", "value": {"minValue": 190, "unitText": "HOUR"}}
    inner = {"@type": "JobPosting", "title": "Evaluator", "baseSalary": salary}
    item = {
        "id": "b1f0",
        "url": "https://fern.example/jobs/61",
        "content_html": "<p>Evaluate prompts.</p>",
        "_jobposting": inner,
    }
    posting, text = only_posting(read_file, {"version": "1.1", "items": [item]})
    assert (posting.path, posting.url) == ("items[0]", "https://fern.example/jobs/61")
    assert posting.pay_fields[0].path == "items[0]._jobposting.baseSalary.value"
    assert text == "Title: Evaluator\n\nEvaluate prompts."


def test_names_of_pay_in_custom_fields_are_whole_words_and_of_the_worker(
    read_file: ReadFile,
) -> None:
    band = {"unit": "USD", "min_value": "44.00", "max_value": "61.00"}
    names = ["Pay band", "Corporate fund", "Bill rate", "Client rate card"]
    metadata: list[dict[str, Any]] = [{"name": name, "value": band} for name in names]
    metadata.append({"name": "Pay rate", "value": "$40/hr"})
    job = {"title": "Rater", "absolute_url": "https://boards.example/1", "metadata": metadata}
    posting, text = only_posting(read_file, {"jobs": [job]})
    assert [pay.title for pay in posting.pay_fields] == ["Pay band", "Pay rate"]
    assert (posting.pay_fields[1].text, posting.pay_fields[1].path) == (
        "$40/hr",
        "jobs[0].metadata[4].value",
    )
    assert "$40/hr" not in text


def test_a_summary_in_words_counts_where_no_component_has_an_amount(
    read_file: ReadFile,
) -> None:
    pay = {
        "compensationTierSummary": "$120K - $150K, offers equity",
        "scrapeableCompensationSalarySummary": "$120K - $150K",
        "compensationTiers": [{"components": [{"compensationType": "EquityPercentage",
                                               "minValue": 0.1, "maxValue": 0.2}]}],
    }  # fmt: skip
    job = {"title": "Lead", "jobUrl": "https://jobs.example/1", "compensation": pay}
    posting, _ = only_posting(read_file, {"jobs": [job]})
    (found,) = posting.pay_fields
    assert found.text == "$120K - $150K"
    assert found.path == "jobs[0].compensation.scrapeableCompensationSalarySummary"
