"""The posting door: title first, then department, then the rest."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.attributes.posting import attributes_of_posting


@pytest.mark.parametrize(
    ("title", "domain", "tier"),
    [
        ("AI Response Evaluator", "generalist", "E1"),
        ("Python Game Developer", "coding", "E2"),
        ("Cybersecurity Analyst", "coding", "E2"),
        ("Machine Learning Researcher", "coding", "E2"),
        ("Actuary", "finance", "E3"),
        ("Insurance Claims Expert", "finance", "E2"),
        ("HR Manager", "business", "E2"),
        ("GIS Analyst", "engineering", "E2"),
        ("Project Engineer", "engineering", "E2"),
        ("Psychology Expert", "education", "E2"),
        ("Clinical Psychologist", "medicine", "E3"),
        ("Health Informatics Analyst", "medicine", "E2"),
        ("STEM Specialist", "science", "E2"),
        ("Chemistry Teacher", "science", "E2"),
        ("High School Teacher", "education", "E2"),
        ("Polish Law Expert", "law", "E3"),
        ("Hindi Language Specialist", "languages", "E2"),
        ("Korean Voice Actor", "audio", None),
        ("Ads Quality Rater - Catalan (Spain)", "search_evaluation", "E1"),
        ("Senior Dermatologist - Clinical Reviewer", "medicine", "E4"),
        ("Mathematician, PhD", "math", "E3"),
        ("Mathematics Expert (Masters/PhDs)", "math", "E2"),
        ("Lead Penetration Tester", "coding", "E3"),
        ("Lawyers (Medical Malpractice)", "law", "E3"),
        ("Ingeniera de Software (Entrenamiento de IA)", "coding", "E2"),
        ("社群媒體評估員", "search_evaluation", "E1"),
        ("Store the goods", None, None),
        ("Wind Farm Design Engineer", "engineering", "E2"),
        ("Card Games Manager", "business", "E2"),
        ("Construction Project Manager", "engineering", "E2"),
        ("Nuclear Chemistry Expert", "science", "E2"),
        ("Game Designer", "creative", "E2"),
        ("Retail Finance Analyst", "finance", "E2"),
        ("App Developing Professional", "coding", "E2"),
        ("Warehouse Operation Manager", "business", "E2"),
        ("Power Plant Asset Analyst", "engineering", "E2"),
        ("Generation Z Analyst", None, None),
        ("Medical Insurance Specialist", "finance", "E2"),
        ("Hospital Administration Specialist", "medicine", "E2"),
        ("Moderator, Audio Recording Study", "audio", None),
        ("Content Moderator", "safety", "E2"),
        ("Geoscience Teacher", "science", "E2"),
    ],
)
def test_reads_field_and_tier_from_the_title(
    title: str, domain: str | None, tier: str | None
) -> None:
    answer = attributes_of_posting(title)
    assert (answer.domain_code, answer.expertise_tier) == (domain, tier)


def test_reads_the_department_where_the_title_says_only_trainer() -> None:
    answer = attributes_of_posting("Freelance AI Trainer", None, "Sciences")
    assert answer.domain_code == "science"


def test_lets_the_title_win_over_a_broad_department() -> None:
    assert attributes_of_posting("Accounting Instructor", None, "STEM").domain_code == "finance"


@pytest.mark.parametrize(
    ("title", "department", "domain"),
    [
        ("Hydro Design Engineer", "Design", "engineering"),
        ("Fraud Risk Manager", "Creator (Writer)", "business"),
        ("Data Security Analyst", "STEM", "coding"),
        ("Economic Analyst", "STEM", "finance"),
        ("Layout Expert", "Design", "creative"),
        ("Music Teacher", "Education", "creative"),
    ],
)
def test_weighs_the_title_against_the_department(
    title: str, department: str, domain: str
) -> None:
    assert attributes_of_posting(title, None, department).domain_code == domain


def test_asks_for_a_doctorate_only_where_every_degree_accepted_is_one() -> None:
    only = attributes_of_posting(
        "Physics Specialist", engagement="Degree filters: Ph.Ds, Postdocs"
    )
    some = attributes_of_posting(
        "Physics Specialist", engagement="Degree filters: Bachelor's, Master's, Ph.Ds"
    )
    assert (only.expertise_tier, some.expertise_tier) == ("E3", "E2")


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Code Reviewer", "reviewing"),
        ("AI Safety Red Teaming Specialist", "red_teaming"),
        ("Senior Physics Adjudicator", "adjudication"),
        ("Image Annotator", "labelling"),
        ("Slovak Transcriber", "transcription"),
        ("Russian Translator", "translation"),
        ("Translation Evaluator", "rating"),
        ("Voice Recording Specialist", "recording"),
        ("Software Engineer (Trajectory)", "agent_trajectory"),
        ("Chemistry Specialist", None),
    ],
)
def test_reads_the_kind_of_work_and_never_defaults(title: str, kind: str | None) -> None:
    assert attributes_of_posting(title).work_kind == kind


@pytest.mark.parametrize(
    ("title", "location", "country"),
    [
        ("Data Annotator", "Toronto", "CA"),
        ("Data Annotator", "Remote - India", "IN"),
        ("Data Annotator", "Redmond, WA", "US"),
        ("Apps Grading - Norway", "Worldwide", "NO"),
        ("AI Data Specialist - Georgia (US)", "Georgia", "US"),
        ("Georgian Rater", "Tbilisi", "GE"),
        ("Data Annotator", "Georgia", None),
        ("Data Annotator", "United States, Canada", None),
        ("Data Annotator", "Worldwide", None),
        ("Translation: German (Germany) - Dutch (Netherlands)", "Worldwide", None),
        ("German Voice Actor", "Remote", None),
        ("Data Annotator", None, None),
    ],
)
def test_reads_the_country(title: str, location: str | None, country: str | None) -> None:
    assert attributes_of_posting(title, location).country_code == country


def test_notes_why_several_countries_give_none() -> None:
    answer = attributes_of_posting("Data Annotator", "United States, Canada")
    assert answer.notes == ("several countries: United States, Canada",)


@pytest.mark.parametrize(
    ("engagement", "platform", "kind"),
    [
        ("CONTRACT", None, "contractor"),
        ("Freelance-Remote", None, "contractor"),
        ("Fixed Rate Per Source Word", None, "piecework"),
        ("Fellowship", None, "fellowship"),
        ("Part-time Employee", "RWS TrainAI", "employee_vendor"),
        ("Employee", "xAI", "employee_direct"),
        ("Employee", None, None),
        ("Full Time", None, None),
    ],
)
def test_reads_the_engagement(engagement: str, platform: str | None, kind: str | None) -> None:
    answer = attributes_of_posting("Annotator", engagement=engagement, platform=platform)
    assert answer.engagement_type == kind


@pytest.mark.parametrize(
    ("title", "language"),
    [
        ("Japanese Finance Professional", "ja"),
        ("AI Safety Experts — English & Telugu", "te"),
        ("Lyric Translation, Korean > Japanese", "mul"),
        ("English Writer", "en"),
        ("Python Engineer", None),
    ],
)
def test_reads_the_language_needed(title: str, language: str | None) -> None:
    assert attributes_of_posting(title).language_code == language


@pytest.mark.parametrize(
    ("words", "platform"),
    [
        ({"platform": "Alignerr"}, "alignerr"),
        ({"platform": "telus_digital"}, "telus_digital"),
        ({"employer": "Labelbox"}, "alignerr"),
        ({"platform": "Handshake AI"}, "move_fellowship"),
        ({"url": "https://work.mercor.com/jobs/1"}, "mercor"),
        ({"url": "https://example.org/mercor"}, None),
        ({"employer": "Acme"}, None),
    ],
)
def test_reads_the_platform(words: dict[str, str], platform: str | None) -> None:
    assert attributes_of_posting("Annotator", **words).platform_id == platform


@pytest.mark.parametrize(
    ("location", "is_remote"),
    [("Remote - India", True), ("On Site", False), ("hybrid", False), ("Toronto", None)],
)
def test_reads_whether_the_work_is_remote(location: str, is_remote: bool | None) -> None:
    assert attributes_of_posting("Annotator", location).is_remote is is_remote


@pytest.mark.parametrize(
    ("title", "department", "engagement", "is_in_market"),
    [
        ("Technical Recruiter", "People", "FULL_TIME", False),
        ("Engineering Manager", "Engineering", "Full Time", False),
        ("Account Executive", "Sales", None, False),
        ("Recruiter", "Freelance AI Trainer Project", None, True),
        ("Engineering Manager", None, "CONTRACT", True),
        ("Marketing Manager", None, None, False),
        ("Hotel Marketing Manager", None, None, True),
        ("Radiologist", None, None, True),
    ],
)
def test_keeps_staff_jobs_of_a_platform_outside_the_market(
    title: str, department: str | None, engagement: str | None, is_in_market: bool
) -> None:
    answer = attributes_of_posting(title, None, department, None, engagement, platform="Mercor")
    assert answer.is_in_market is is_in_market


def test_keeps_a_job_that_has_nothing_to_do_with_models_outside_the_market() -> None:
    assert not attributes_of_posting("Bus driver", "Leeds", employer="City Buses").is_in_market
    assert not attributes_of_posting("Hotel Manager", "Leeds", employer="Inn").is_in_market


@given(st.text(max_size=80), st.text(max_size=40), st.text(max_size=40), st.text(max_size=200))
def test_answers_any_posting(title: str, location: str, department: str, text: str) -> None:
    first = attributes_of_posting(title, location, department, text=text)
    assert first == attributes_of_posting(title, location, department, text=text)
