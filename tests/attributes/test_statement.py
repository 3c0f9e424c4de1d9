"""The statement door: each pay figure takes the words that are its own."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.attributes.posting import attributes_of_posting
from pipelines.attributes.statement import (
    DocumentContext,
    PostingContext,
    StatementAttributes,
    attributes_of_statement,
)

NO_DOCUMENT = DocumentContext()


def read(
    text: str,
    *amounts: str,
    document: DocumentContext = NO_DOCUMENT,
    posting: PostingContext | None = None,
) -> list[tuple[StatementAttributes, ...]]:
    """Return the answers for the amounts of a text, each at its first place after the last."""
    spans, at = [], 0
    for amount in amounts:
        at = text.index(amount, at)
        spans.append((at, at + len(amount)))
        at += len(amount)
    return [
        attributes_of_statement(
            text,
            *span,
            [other for other in spans if other != span],
            document=document,
            posting=posting,
        )
        for span in spans
    ]


def one(text: str, amount: str, document: DocumentContext = NO_DOCUMENT) -> StatementAttributes:
    [[answer]] = read(text, amount, document=document)
    return answer


def who(answer: StatementAttributes) -> tuple[str | None, str | None, str | None]:
    return answer.domain_code, answer.expertise_tier, answer.country_code


def test_gives_each_statement_of_a_sentence_its_own_clause() -> None:
    text = (
        "Beginners, generalist raters in the US, get $11 to $14 an hour, while highly skilled "
        "expert raters can make over $90 an hour."
    )
    [[low], [high]] = read(text, "$11 to $14", "$90")
    assert who(low) == ("generalist", "E1", "US")
    assert who(high) == ("all", "E3", None)


def test_gives_one_answer_per_field_joined_by_and() -> None:
    [answers] = read(
        "In chemistry and law, experts are paid $75 to $140 an hour.", "$75 to $140"
    )
    assert [answer.domain_code for answer in answers] == ["science", "law"]
    assert {answer.expertise_tier for answer in answers} == {"E3"}
    assert [answer.subject_text for answer in answers] == ["chemistry", "law"]


def test_joins_people_of_two_fields_too() -> None:
    [answers] = read("Lawyers and software engineers earn $90 an hour.", "$90")
    assert [answer.domain_code for answer in answers] == ["law", "coding"]


def test_says_all_for_three_fields_or_more() -> None:
    assert one("In law, medicine and finance, experts earn $95.", "$95").domain_code == "all"


def test_says_all_only_when_the_text_spans_fields() -> None:
    assert one("Across all fields the rate is $40.", "$40").domain_code == "all"
    assert one("Contractors get $40 an hour.", "$40").domain_code is None


@pytest.mark.parametrize(
    "text",
    [
        "Rates of twelve firms.\n\nFirm\tRate\nTuring\t$40\n\nAll fields are taken together.",
        "## Pay\n\nWhatever the field, adverts count.\n\n- lower quartile: $40\n",
        "Across all platforms together the median is $40 an hour.",
        "Turing | training work of all kinds | $40\n",
    ],
)
def test_says_all_where_section_or_table_says_that_it_spans_fields(text: str) -> None:
    assert one(text, "$40").domain_code == "all"


def test_does_not_take_a_note_of_another_section() -> None:
    text = "## Method\n\nAll fields are taken together.\n\n## One case\n\nHe got $40 an hour.\n"
    assert one(text, "$40").domain_code is None


def test_takes_the_field_that_a_language_qualifies() -> None:
    assert one("Bilingual safety evaluators earn $20.", "$20").domain_code == "safety"


def test_does_not_place_a_figure_where_a_share_of_the_work_is_done() -> None:
    text = "The median came to $5 an hour, and 70 percent of it was done in Peru."
    assert one(text, "$5").country_code is None


def test_asks_colleagues_in_a_posting_for_no_tier_but_degrees_for_one() -> None:
    posting = PostingContext("Spanish Linguist", attributes_of_posting("Spanish Linguist"))
    [[plain]] = read(
        "We are a large and growing team of experts from many places. Pay is $30 an hour.",
        "$30",
        posting=posting,
    )
    [[doctor]] = read("A doctorate is required. Pay is $30 an hour.", "$30", posting=posting)
    assert (plain.expertise_tier, doctor.expertise_tier) == ("E2", "E3")
    assert plain.subject_text == "Spanish Linguist"


def test_pairs_fields_off_with_respectively() -> None:
    text = "Doctors and lawyers earn $120 and $95 an hour respectively."
    [[first], [second]] = read(text, "$120", "$95")
    assert (first.domain_code, second.domain_code) == ("medicine", "law")


def test_takes_the_label_of_a_list_item() -> None:
    text = "Rates by field:\n\n- Radiology: up to $210\n- Poetry: $60\n"
    [[doctor], [poet]] = read(text, "$210", "$60")
    assert who(doctor) == ("medicine", "E4", None)
    assert poet.domain_code == "creative"
    assert doctor.subject_text == "Radiology"


def test_takes_the_head_of_a_label_for_its_field() -> None:
    text = "Rates:\n\n- Retail finance analysts: $60\n- Design and finance: $70\n"
    [[analyst], both] = read(text, "$60", "$70")
    assert analyst.domain_code == "finance"
    assert [answer.domain_code for answer in both] == ["creative", "finance"]


def test_takes_the_tier_that_all_items_of_a_list_of_fields_share() -> None:
    text = "Pay by field:\n• Medicine: Top experts can earn $190\n• Engineering: up to $140\n"
    [_, [engineer]] = read(text, "$190", "$140")
    assert who(engineer) == ("engineering", "E3", None)


def test_does_not_lend_a_generalist_tier_to_a_field() -> None:
    text = "• Generalist: $15\n• Engineering: $80\n"
    [_, [engineer]] = read(text, "$15", "$80")
    assert who(engineer) == ("engineering", None, None)


def test_takes_row_label_and_other_cells_of_a_table() -> None:
    text = (
        "| Field | Country | Rate ($/hr) |\n|---|---|---|\n"
        "| Law | Canada | $95 |\n| Red teaming | Kenya | $12 |\n"
    )
    [[lawyer], [attacker]] = read(text, "$95", "$12")
    assert (lawyer.domain_code, lawyer.country_code) == ("law", "CA")
    assert (attacker.domain_code, attacker.country_code) == ("safety", "KE")
    assert attacker.work_kind == "red_teaming"


def test_takes_the_column_head_of_a_table() -> None:
    text = "Level\tLawyers\tNurses\nsenior\t$130\t$70\n"
    [[lawyer], [nurse]] = read(text, "$130", "$70")
    assert (lawyer.domain_code, nurse.domain_code) == ("law", "medicine")


def test_takes_the_bracket_after_the_amount_first() -> None:
    text = "Rates: $42/hr (finance), $58/hr (law), $17/hr (generalist)."
    answers = read(text, "$42/hr", "$58/hr", "$17/hr")
    assert [answer.domain_code for [answer] in answers] == ["finance", "law", "generalist"]


def test_takes_the_heading_where_the_item_names_no_field() -> None:
    text = "## Medicine\n\n- Top experts: $200\n\n## Law\n\n- Top experts: $120\n"
    [[doctor], [lawyer]] = read(text, "$200", "$120")
    assert (doctor.domain_code, lawyer.domain_code) == ("medicine", "law")


def test_takes_the_sentence_before_where_a_sentence_names_nobody() -> None:
    text = "Applicants must be licensed attorneys. The rate is $100 an hour."
    assert who(one(text, "$100")) == ("law", "E3", None)


def test_does_not_take_the_people_of_the_sentence_before() -> None:
    text = "Physicists were offered $60 an hour. Generalists got $15 an hour."
    [_, [generalist]] = read(text, "$60", "$15")
    assert who(generalist) == ("generalist", "E1", None)


@pytest.mark.parametrize(
    ("words", "tier"),
    [
        ("Crowdworkers get", "E0"),
        ("Generalist trainers get", "E1"),
        ("Entry-level trainers get", "E1"),
        ("Bilingual raters get", "E2"),
        ("Subject-matter experts get", "E3"),
        ("Trainers with a PhD get", "E3"),
        ("Trainers with a master's or a PhD get", "E2"),
        ("Physicians get", "E3"),
        ("Dermatologists get", "E4"),
        ("Elite trainers get", "E4"),
        ("Senior domain experts get", "E4"),
        ("Senior nurses get", "E4"),
        ("Trainers get", None),
    ],
)
def test_reads_the_tier_from_the_words_and_never_defaults(words: str, tier: str | None) -> None:
    assert one(f"{words} $50 an hour.", "$50").expertise_tier == tier


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Workers in Nairobi get $2.", "KE"),
        ("Malagasy annotators get $2.", "MG"),
        ("German speakers get $2.", None),
        ("German workers get $2.", "DE"),
        ("Pay in the U.S. is $2.", "US"),
        ("They pay us $2.", None),
        ("In the US and India it is $2.", None),
        ("Workers outside the US get $2.", None),
        ("It is $2 in US dollars.", None),
        ("The firm pays A$2, or US$2.", None),
    ],
)
def test_reads_the_country_of_the_worker(text: str, country: str | None) -> None:
    assert one(text, "$2").country_code == country


def test_uses_the_declared_country_unless_the_text_says_another_or_none() -> None:
    document = DocumentContext(country_code="US")
    assert one("Raters get $9.", "$9", document).country_code == "US"
    assert one("Raters in Peru get $9.", "$9", document).country_code == "PE"
    assert one("Raters worldwide get $9.", "$9", document).country_code is None


def test_marks_the_pay_of_others_as_comparison() -> None:
    assert one("California's minimum wage is $16.50.", "$16.50").domain_code == "comparison"
    text = "Annotators earn $12 an hour, less than the minimum wage."
    assert one(text, "$12").domain_code == "generalist"
    document = DocumentContext(evidence_kind="comparator")
    assert one("Lawyers earn $61 an hour.", "$61", document).domain_code == "comparison"


def test_takes_the_platform_nearest_then_the_publisher() -> None:
    text = "Mercor pays poets $150. Outlier pays generalists $15."
    [[poet], [generalist]] = read(text, "$150", "$15")
    assert (poet.platform_id, generalist.platform_id) == ("mercor", "outlier")
    assert one(
        "Experts earn $35.", "$35", DocumentContext(publisher="Labelbox")
    ).platform_id == ("alignerr")
    assert one("Turing and micro1 pay $30.", "$30").platform_id is None
    assert one("It passed the Turing test for $30.", "$30").platform_id is None


@pytest.mark.parametrize(
    ("text", "platform"),
    [
        ("Generalists on other platforms earn $15.", None),
        ("At rival firms, raters get $15.", None),
        ("Elsewhere raters get $15.", None),
        ("Mercor and other companies pay $15.", None),
        ("En otras plataformas se paga $15.", None),
        ("Raters get $15.", "alignerr"),
        ("Unlike other platforms, it pays raters $15.", "alignerr"),
        ("Raters get $15, more than on other platforms.", "alignerr"),
        ("Mercor pays $15, and competitors pay less.", "mercor"),
    ],
)
def test_gives_pay_at_other_firms_no_platform(text: str, platform: str | None) -> None:
    document = DocumentContext(publisher="Labelbox")
    assert one(text, "$15", document).platform_id == platform


@pytest.mark.parametrize(
    ("text", "is_comparison"),
    [
        ("Some 6 percent made more than $7.25, the federal minimum wage.", False),
        ("A third stayed below $7.25 an hour, the minimum wage.", False),
        ("Few got at least $7.25, the US minimum wage.", False),
        ("The federal minimum wage is more than $7.25.", True),
        ("The floor is $7.25, the federal minimum wage.", True),
    ],
)
def test_tells_a_threshold_from_the_pay_of_others(text: str, is_comparison: bool) -> None:
    assert (one(text, "$7.25").domain_code == "comparison") is is_comparison


def test_reads_engagement_language_and_kind_of_work() -> None:
    answer = one("Freelance Japanese-speaking transcribers get $18 an hour.", "$18")
    assert (answer.engagement_type, answer.language_code) == ("contractor", "ja")
    assert answer.work_kind == "transcription"
    assert one("Taskers got $0.02 per task.", "$0.02 per task").engagement_type == "piecework"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("As of May 2025, raters get $9.", date(2025, 5, 1)),
        ("The 2024 survey found $9.", date(2024, 1, 1)),
        ("On 12 March 2026 the rate was $9.", date(2026, 3, 12)),
        ("By 2027 raters could get $9.", None),
        ("Raters get $9.", None),
    ],
)
def test_reads_the_date_from_words_only(text: str, day: date | None) -> None:
    assert one(text, "$9").as_of_date == day


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("Entry-level raters in the US earn $12 an hour.", "Entry-level raters in the US"),
        ("Mercor pays poets $12 an hour.", "poets"),
        ("**Code reviewers:** $12 an hour", "Code reviewers"),
        ("As of May 2025, nurses in Peru make $12.", "nurses in Peru"),
        ("Going by its own records at Turing, tax advisers now earn $12.", "tax advisers"),
        ("The poll reached 700 people. Contract tutors, it adds, earn $12.", "Contract tutors"),
        ("Key points: contract tutors earn $12.", "contract tutors"),
        ("We see that about 30% of our AI raters are making $12.", "AI raters"),
        ("Fees for elite AI tutors will reach $12.", "elite AI tutors"),
        ("Coders who work as contractors for banks get $12.", "Coders"),
        ("Raters in Kenya, Peru and Fiji get $12.", "Raters in Kenya, Peru and Fiji"),
        ("Reviewers and super raters make $12.", "Reviewers and super raters"),
        ("Medicine pays best: a notary can make $12.", "notary"),
        ("Median wage of raters, breaks included: $12", "raters"),
        ("The site ranks annotators. The top level is $12.", "annotators"),
        ("The average contractor rate is $12.", None),
        ("People get $12.", None),
        ("It is $12.", None),
    ],
)
def test_names_who_is_paid_in_words_of_the_text(text: str, subject: str | None) -> None:
    assert one(text, "$12").subject_text == subject


def test_fills_from_the_posting_what_the_words_leave_open() -> None:
    posting = PostingContext(
        "Polish Law Expert", attributes_of_posting("Polish Law Expert", "Warsaw", None)
    )
    [[answer]] = read("Pay: $70 an hour.", "$70", posting=posting)
    assert who(answer) == ("law", "E3", "PL")
    assert (answer.language_code, answer.subject_text) == ("pl", "Polish Law Expert")


def test_shows_the_words_behind_each_attribute() -> None:
    answer = one("Nurses in Peru make $12.", "$12")
    assert answer.evidence == {
        "country_code": "Peru",
        "expertise_tier": "Nurses",
        "domain_code": "Nurses",
    }


@given(text=st.text(max_size=300), cut=st.tuples(st.integers(0, 300), st.integers(0, 300)))
def test_answers_any_text_and_twice_the_same(text: str, cut: tuple[int, int]) -> None:
    start, end = sorted(min(place, len(text)) for place in cut)
    first = attributes_of_statement(text, start, end, [], document=NO_DOCUMENT)
    assert first == attributes_of_statement(text, start, end, [], document=NO_DOCUMENT)
    assert first
    for answer in first:
        assert all(isinstance(words, str) for words in answer.evidence.values())


PIECES = [
    *("law", "and", "experts", "\n", "- ", "| ", "$5", "US", ", ", ". ", ": ", "(", ")", "\t"),
    *("while", "Kenya", "# ", "per task", "2025", "senior", "Mercor", "医師", "\u2028", "\x00"),
]


@given(pieces=st.lists(st.sampled_from(PIECES), max_size=60), pick=st.integers(0, 20))
def test_answers_any_layout(pieces: list[str], pick: int) -> None:
    text = " ".join(pieces)
    spans = [(at, at + 2) for at in range(len(text)) if text.startswith("$5", at)]
    for span in spans[pick : pick + 1]:
        others = [other for other in spans if other != span]
        assert attributes_of_statement(text, *span, others, document=NO_DOCUMENT)
