"""Pay fields of postings beside the text of the same postings, from file to offers."""

import json
from datetime import date

import pytest

from warehouse.frames import from_records
from warehouse.statistics.offers import offers
from warehouse.tables.all import TABLES

FLAG = "field_text_disagree"


def lever(number, pay, text, interval="per-hour-wage", **more):
    """A posting of the Lever API with a pay range of US dollars."""
    low, high = pay
    return {
        "id": f"id-{number}",
        "text": f"AI trainer for essays {number}",
        "hostedUrl": f"https://jobs.example/fern/{number}a5f0c",
        "createdAt": 1771495200000,
        "descriptionPlain": text,
        "categories": {"location": "Remote"},
        "salaryRange": {"currency": "USD", "interval": interval, "min": low, "max": high},
    } | more


def greenhouse(text, *ranges, metadata=()):
    """A board of Greenhouse with one job."""
    job = {
        "id": 1,
        "title": "AI trainer for essays",
        "company_name": "Fern",
        "absolute_url": "https://boards.example/fern/4417001",
        "location": {"name": "Remote"},
        "metadata": list(metadata),
        "content": text,
        "pay_input_ranges": list(ranges),
    }
    return {"jobs": [job]}


@pytest.fixture
def tables(desk):
    def made(board, name="board.json"):
        desk.drop(name, board if isinstance(board, str) else json.dumps(board))
        return desk.run()

    return made


def observed(made):
    return made["rate_observations"]


def offered(made):
    arrow = {name: from_records(TABLES[name], rows) for name, rows in made.items()}
    return offers(arrow, date(2020, 1, 1), date(2100, 1, 1)).to_pylist()


def test_a_field_that_repeats_the_text_is_two_observations_and_one_offer(tables):
    made = tables([lever(1, (22, 31), "Grade essays. Pay: $22 to $31 per hour.")])
    assert [row["field_path"] for row in observed(made)] == [None, "[0].salaryRange"]
    assert [row["warnings"] for row in observed(made)] == [None, None]
    (link,) = made["restatements"]
    assert link["evidence"] == "same_document"
    (offer,) = offered(made)
    assert (offer["usd_hourly_min"], offer["usd_hourly_max"]) == (22, 31)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Zone 1", "Pay: $22 to $31 per hour."),
        ("Hourly rate", "Pay: $22 - $31"),
        ("Hourly rate", "Pay: $22 - $31 per hour"),
    ],
)
def test_a_unit_on_one_side_only_does_not_cost_the_offer(tables, title, text):
    pay = {"min_cents": 2200, "max_cents": 3100, "currency_type": "USD", "title": title}
    made = tables(greenhouse(text, pay))
    assert [row["pay_period"] for row in observed(made)] == ["hour", "hour"]
    assert len(offered(made)) == 1


def test_a_field_and_a_text_that_differ_are_both_kept_and_both_flagged(tables):
    made = tables([lever(1, (22, 31), "Grade essays. Pay: $40 to $55 per hour.")])
    stated = {
        row["field_path"]: (row["amount_min"], row["amount_max"], row["warnings"])
        for row in observed(made)
    }
    assert stated == {None: (40, 55, FLAG), "[0].salaryRange": (22, 31, FLAG)}
    assert made["restatements"] == []
    assert len({row["offer_id"] for row in offered(made)}) == 1


def test_another_period_for_the_same_amounts_is_flagged(tables):
    board = [lever(1, (400, 400), "We pay $400 per day.", interval="per-week-salary")]
    assert [row["warnings"] for row in observed(tables(board))] == [FLAG, FLAG]


def test_a_year_that_must_be_an_hour_is_a_data_error_and_the_text_is_the_offer(tables):
    board = [lever(1, (22, 31), "Pay: $22 to $31 per hour.", interval="per-year-salary")]
    made = tables(board)
    periods = {
        row["field_path"]: (row["pay_period"], row["warnings"]) for row in observed(made)
    }
    assert periods == {None: ("hour", None), "[0].salaryRange": (None, "implausible_period")}
    assert [offer["usd_hourly_min"] for offer in offered(made)] == [22]


def test_what_is_no_pay_for_the_work_is_no_offer_and_in_no_dispute(tables):
    salary = {"compensationType": "Salary", "interval": "1 HOUR", "currencyCode": "USD",
              "minValue": 40, "maxValue": 50}  # fmt: skip
    bonus = {"compensationType": "Bonus", "interval": "1 YEAR", "currencyCode": "USD",
             "minValue": 3000, "maxValue": 5000}  # fmt: skip
    share = {"compensationType": "EquityPercentage", "interval": "NONE",
             "minValue": 0.1, "maxValue": 0.5}  # fmt: skip
    commission = {"compensationType": "Commission", "interval": "NONE", "minValue": None,
                  "maxValue": None, "summary": "Offers Commission"}  # fmt: skip
    tier = {"title": "PhD", "components": [salary, bonus, share, commission]}
    text = "Grade proofs. We add $750 a year to your HSA. A seat at the fair costs $60."
    job = {
        "id": "0c0f", "title": "AI trainer for proofs", "jobUrl": "https://jobs.example/fern/0c0f",
        "descriptionPlain": text, "compensation": {"compensationTiers": [tier]},
    }  # fmt: skip
    made = tables({"jobs": [job]})
    kinds = {(row["kind"], int(row["amount_min"]), row["warnings"]) for row in observed(made)}
    assert kinds == {("base", 40, None), ("bonus", 3000, None), ("benefit", 750, None)}
    assert [offer["usd_hourly_min"] for offer in offered(made)] == [40]


def test_an_estimate_is_published_as_a_statistic_and_is_no_offer(tables):
    estimate = {"@type": "MonetaryAmountDistribution", "name": "base", "currency": "USD",
                "duration": "P1Y", "percentile25": 61000, "median": 74000}  # fmt: skip
    posting = {
        "@type": "JobPosting", "title": "AI trainer for essays", "url": "https://jobs.example/1",
        "description": "Pay: $35 per hour", "estimatedSalary": [estimate],
    }  # fmt: skip
    made = tables([posting])
    stated = {
        (row["statistic"], row["kind"], int(row["amount_min"]), row["warnings"])
        for row in observed(made)
    }
    assert stated == {
        ("point", "base", 35, None),
        ("percentile", "reference", 61000, "estimated"),
        ("median", "reference", 74000, "estimated"),
    }
    assert [offer["usd_hourly_min"] for offer in offered(made)] == [35]


def test_pay_in_words_of_a_field_has_a_path_and_its_words_in_place_of_a_span(tables):
    salary = {"currency": "USD", "value": {"value": "25-30", "unitText": "HOUR"}}
    made = tables(
        [{"@type": "JobPosting", "title": "AI trainer for essays", "baseSalary": salary}]
    )
    (row,) = observed(made)
    assert (row["field_path"], row["matched_text"]) == ("[0].baseSalary.value", "25-30")
    assert (row["char_start"], row["amount_min"], row["amount_max"]) == (None, 25, 30)


def test_a_cell_of_pay_in_a_table_is_held_against_the_description(tables):
    rows = 'title,company,salary,description\nGrader,Fern,$20-30/hr,"We pay $45 an hour."\n'
    made = tables(rows, "jobs.csv")
    stated = {row["matched_text"]: row["warnings"] for row in observed(made)}
    assert stated == {"$20-30/hr": FLAG, "$45 an hour": FLAG}
    alike = 'title,company,salary,description\nGrader,Fern,$20-30/hr,"We pay $25 an hour."\n'
    stated = {row["matched_text"]: row["warnings"] for row in observed(tables(alike, "2.csv"))}
    assert stated["$25 an hour"] is None


def test_fields_of_one_posting_never_speak_to_the_text_of_another(tables):
    board = [
        lever(1, (22, 31), "Grade essays with care."),
        lever(2, (40, 55), "Pay: $40 to $55 per hour."),
    ]
    assert [row["warnings"] for row in observed(tables(board))] == [None, None, None]
