"""What the engine promises about any text, and whole texts of the kinds it is for."""

import sys
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.parsing.engine import read, read_whole
from pipelines.parsing.notation import expected_readings, summarize
from pipelines.parsing.version import PARSER_VERSION

REPORT = """\
What trainers are paid

By the platform's own records its specialists make between $40 and $130+ an hour, with an
average rate of $55-80/hr. For people who work the whole year that means:

  \u2022 $40/hour \u2192 $80,000/year
  \u2022 $60/hour \u2192 $120,000/year

Roughly 25% of the trainers are earning over $95/hour with nearly 12% earning over $125/hour. A
combined 82% hold a degree. We project that over the next 12 months, pay for the best will reach
the $160 to $240 per hour range.
"""
DIGEST = """\
Key facts

  \u2022 Newcomers without a field earn $13.25 to $16.75 per hour in the US.
  \u2022 Proven specialists can make more than $110 an hour.
  \u2022 The best physicians can earn between $65 and over $190 per hour.
  \u2022 In finance and physics, hourly pay for specialists ranges from $70 to more than $140.
  \u2022 The study used over 120 sources of the year 2025.
"""
STATEMENTS = [
    ("The yearly median is $57,090 for translators.", "57090 USD/year median base"),
    ("Piece rates run from 2.2 cents to 50 cents per task.", "0.022..0.50 USD/task range base"),
    ("Each approved second of audio pays $0.08.", "0.08 USD/audio_second point base"),
    ("He made $50,000 in six months.", "50000 USD/month*6 point base"),
    ("Workers get 400,000 ariary a month.", "400000 MGA/month point base"),
    ("Pay is 296,000 Colombian pesos a day.", "296000 COP/day point base"),
    ("Annotators earn 15 to 50 yuan an hour.", "15..50 CNY/hour range base"),
    ("She is paid R276 an hour.", "276 ZAR/hour point base"),
    ("Some 20 to 40 percent of raters earn under $10 an hour.", "..10 USD/hour share base"),
    ("She was paid $25 an hour, then $12.", "25 USD/hour point base ; 12 USD/hour point base"),
    ("Rates: junior $20, mid $35 and senior $60 per hour.",
     "20 USD/hour point base ; 35 USD/hour point base ; 60 USD/hour point base"),
    ("Tasks pay $4-$7 each.", "4..7 USD/task range base"),
    ("Hourly pay (USD):30-45", "30..45 USD/hour range base"),
    ("Hourly pay (USD): **30**", "30 USD/hour point base"),
]  # fmt: skip
WITHOUT_PAY = [
    "We raised $40 million in our Series B and serve 2,000 customers.",
    "Plans start at $19/month; the API costs $3 per million tokens.",
    "You get a $500 sign-on bonus and a $75/month internet stipend.",
    "Answer 100 questions per hour, 20 hours per week, for 6 months.",
    "Trusted by firms with over $10B in assets.",
    "Meta invested $14.3 billion in the company.",
    "The minimum payout is $10.",
    "Tuition is $12,000 per year.",
    "Office hours are 9-5, call 555-1234, room H100, GPT-4, section 401(k).",
    "",
    "\ud800 \x00 lone",
]
# fmt: off
PIECES = st.sampled_from(
    [
        *["$", "€", "20", "25.50", "1,200", "50k", "-", "\u2013", " to ", " per hour", "/hr"],
        *[". ", " a year", "Pay: ", "bonus ", "\t", "from ", "up to ", "over ", " and "],
        *["20%", "| "],
        *[" of trainers earn ", "USD ", " EUR", "\u00a0", "\u00ad", "&#36;", "\u5186", "**"],
        *["\u6642\u7d66", "\ufeff", "(", ")", "average ", "- ", ": ", "---", "thirty dollars"],
        *["six figures", "\ud83d", "Rs", " each", "median ", "Canada", "\n", "\n\n"],
    ]
)
# fmt: on
TEXTS = st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=25).map("".join))


def test_reads_a_platform_report() -> None:
    readings = read(REPORT)
    assert (
        summarize(readings)
        == expected_readings(
            "40..130+ USD/hour range base ; 55..80 USD/hour average base"
            " ; 40 USD/hour point base ; 80000 USD/year point base"
            " ; 60 USD/hour point base ; 120000 USD/year point base"
            " ; 95.. USD/hour share base ; 125.. USD/hour share base"
            " ; 160..240 USD/hour projection base"
        )[0]
    )
    assert [reading.equivalent_of for reading in readings[2:6]] == [None, 2, None, 4]
    assert {reading.stated_hours_per_year for reading in readings[2:6]} == {Decimal(2000)}
    assert [reading.share_percent for reading in readings[6:8]] == [Decimal(25), Decimal(12)]


def test_reads_a_digest_of_a_report() -> None:
    assert (
        summarize(read(DIGEST))
        == expected_readings(
            "13.25..16.75 USD/hour range base ; 110.. USD/hour starting base"
            " ; 65..190+ USD/hour range base ; 70..140+ USD/hour range base"
        )[0]
    )


@pytest.mark.parametrize(("text", "expected"), STATEMENTS)
def test_reads_a_statement(text: str, expected: str) -> None:
    assert summarize(read(text)) == expected_readings(expected)[0]


@pytest.mark.parametrize("text", WITHOUT_PAY)
def test_finds_no_pay_where_there_is_none(text: str) -> None:
    assert read(text) == ()


def test_a_row_of_aligned_cells_keeps_its_words_to_itself() -> None:
    rows = (
        "   rating of adverts, hourly pay     around USD 6 an hour on average\n"
        "   one advert of the first tier      USD 0.051 per task\n"
    )
    assert (
        summarize(read(rows))
        == expected_readings("6 USD/hour average base ; 0.051 USD/task point base")[0]
    )


def test_a_sentence_wrapped_over_lines_stays_one_sentence() -> None:
    text = (
        "The typical rater in the survey of two thousand people was paid on\n"
        "average $14.50 an hour, and the median for coders was, by the\n"
        "authors' account, $31 per hour.\n"
    )
    assert (
        summarize(read(text))
        == expected_readings("14.50 USD/hour average base ; 31 USD/hour median base")[0]
    )


def test_the_address_of_a_link_is_no_text() -> None:
    text = "Pay: **$25**/hr, see [the list](https://jobs.example/pay/$55-per-hour/120)."
    assert summarize(read(text)) == expected_readings("25 USD/hour point base")[0]


def test_an_empty_answer_of_a_heading_is_still_carried_to_the_list_below_it() -> None:
    readings = read("Hourly rates (AUD)\n\n- Law: $95\n- Biology: $48 to $60\n")
    assert (
        summarize(readings)
        == expected_readings("95 AUD/hour point base ; 48..60 AUD/hour range base")[0]
    )


@given(TEXTS)
@settings(max_examples=300, deadline=None)
def test_spans_slice_and_repeated_reading_is_equal(text: str) -> None:
    readings = read(text, include_all=True)
    assert [text[one.char_start : one.char_end] for one in readings] == [
        one.matched_text for one in readings
    ]
    assert read(text, include_all=True) == readings
    assert all(one.matched_text for one in readings)


@given(TEXTS)
@settings(max_examples=300, deadline=None)
def test_windows_give_what_the_whole_text_gives(text: str) -> None:
    assert read(text, include_all=True) == read_whole(text, include_all=True)


@pytest.mark.parametrize(
    "text",
    [
        "y USD*20 for",
        "\u5831\u916c\u306f\u7c73\u30c9\u30eb1500\u3067\u3059",
        "Pay (USD):30",
        "Pay (USD):   30",
        "Pay (USD):     30",
        "Hourly pay (EUR):\u00a0\u00a020",
        "| Pay | per hour |\n\nPay $40\t)\tP75\tn\nLaw|ur",
        "a|b|$5\nx\t$5 per hour\n\nz\t$6\n",
    ],
)
def test_windows_give_what_the_whole_text_gives_where_they_once_did_not(text: str) -> None:
    assert read(text, include_all=True) == read_whole(text, include_all=True)


@pytest.mark.parametrize("text", [REPORT, DIGEST, *(text for text, _ in STATEMENTS)])
def test_noise_that_means_nothing_changes_no_value(text: str) -> None:
    plain = summarize(read(text))
    assert summarize(read(text.replace(" $", "\u00a0$"))) == plain
    assert summarize(read(text.replace("hour", "ho\u00adur"))) == plain
    assert summarize(read(text.replace("$", "&#36;"))) == plain


def test_a_bonus_word_turns_a_rate_into_a_bonus() -> None:
    assert [one.kind for one in read("The rate is $500", include_all=True)] == ["base"]
    assert [one.kind for one in read("The sign-on bonus is $500", include_all=True)] == [
        "bonus"
    ]


def test_reads_the_same_in_threads() -> None:
    with ThreadPoolExecutor(4) as pool:
        answers = set(pool.map(read, [REPORT] * 16))
    assert answers == {read(REPORT)}


def test_the_version_is_three_numbers() -> None:
    assert [part.isdigit() for part in PARSER_VERSION.split(".")] == [True, True, True]


def calls_made(text: str) -> int:
    """How many functions reading a text calls: work counted without a clock."""
    made = 0

    def count(_frame: object, event: str, _argument: object) -> None:
        nonlocal made
        made += event == "call"

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        read(text)
    finally:
        sys.setprofile(before)
    return made


@pytest.mark.parametrize(
    "seed",
    [
        "7", "$", "1,1,1 ", "(", "- $", "| $5 ", "$5 to ", "per hour ", "and $5 ", "a", "\n",
        "$5 bonus ", "bonus $5 ", "$5 an hour\n", "$5, roughly \u20ac4 ", "to reach $5 ",
    ],
)  # fmt: skip
def test_twice_the_hostile_text_takes_about_twice_the_work(seed: str) -> None:
    read("$5 an hour")
    text = seed * (3000 // len(seed))
    assert calls_made(text + text) <= 2.2 * calls_made(text)
