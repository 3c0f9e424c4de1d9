"""HTML: what a person sees, what markup declares, and what must not break it."""
# ruff: noqa: RUF001 - the texts hold dashes as pages do

import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.documents import DocumentFacts, DocumentText, RawPosting
from sources.errors import DocumentUnreadable
from sources.readers.html import read_html
from sources.readers.markup import text_of_fragment

ARTICLE = """\
<!doctype html><html lang="en"><head><meta charset="utf-8"><title>What  AI trainers
earn</title><meta property="article:published_time" content="2026-03-02T08:00:00+01:00">
<style>p{}</style></head><body><nav><a href=/>Home</a> <a href=/r>Reports</a></nav>
<article><h1>What AI trainers earn</h1>
<p>The <b>median</b> rate was $27.50&nbsp;an
hour; half earned &euro;18&ndash;&euro;41.</p>
<table><caption>Pay</caption><tr><th rowspan="2">Group</th><th colspan="2">US$/h</th></tr>
<tr><th>2025</th><th>2026</th></tr>
<tr><td>Generalist</td><td>17</td><td>18<sup>1</sup></td></tr>
<tr><td rowspan=2>Expert</td><td>52</td><td rowspan=2>60</td></tr><tr><td>55</td></tr></table>
<ul><li>Law: $80<li>Medicine: <p>$180+</p><ul><li>Surgery</ul></ul>
<dl><dt>Rate<dd>$100/hr<dt>Terms<dt>Level<dd>Expert</dl>
<pre>Role     Pay
Rater    $20</pre>
<aside>Top: $350</aside><div hidden>no 1</div><p style="color:red; display : none">no 2</p>
<script>var pay = "$9"</script><noscript>no 3</noscript><template>no 4</template>
<select><option>no 5</select>First<br>second<!-- no 6 --></article></body></html>"""

SEEN = """\
Home Reports

What AI trainers earn

The median rate was $27.50\xa0an hour; half earned €18–€41.

Pay
Group\tUS$/h\tUS$/h
Group\t2025\t2026
Generalist\t17\t18¹
Expert\t52\t60
Expert\t55

• Law: $80
• Medicine:
$180+
• Surgery

Rate\t$100/hr
Terms
Level\tExpert

Role     Pay
Rater    $20

Top: $350
First
second"""


def read(page: str | bytes) -> DocumentText:
    return read_html("0" * 64, page.encode() if isinstance(page, str) else page)


def posting(node: dict[str, Any], body: str = "<p>Apply") -> tuple[RawPosting, str]:
    """Return the posting and the text of a page with one JobPosting."""
    block = json.dumps({"@type": "JobPosting", "title": "AI Trainer"} | node)
    document = read(f'<script type="application/ld+json">{block}</script>{body}')
    (found,) = document.postings
    return found, document.pages[0].text


def test_reads_all_that_is_seen_and_nothing_else() -> None:
    document = read(ARTICLE)
    assert document.pages[0].text == SEEN
    assert document.title == "What AI trainers earn"
    assert str(document.published_date) == "2026-03-02"


def test_a_table_made_for_the_layout_is_read_as_blocks() -> None:
    long = "Trainers earn $20 an hour. " * 30
    page = f"<table><tr><td><p>Menu<td><p>{long}<p>More</table>"
    assert read(page).pages[0].text.startswith("Menu\n\nTrainers earn")


def test_words_of_neighbouring_elements_are_not_torn_apart_or_glued() -> None:
    page = "<div><span>$44</span><span>&mdash;</span><span>$61 USD</span><div>an</div>hour"
    assert read(page).pages[0].text == "$44—$61 USD\nan\nhour"


@pytest.mark.parametrize(("tag", "depth"), [("div", 1_000_000), ("b", 30_000), ("ul", 30_000)])
def test_a_million_nested_tags_lose_no_text(tag: str, depth: int) -> None:
    opened, closed = f"<{tag}>" * depth, f"</{tag}>" * depth
    text = read(f"<p>first $20/hr</p>{opened}deep $30 an hour{closed}<p>last $40").pages[0].text
    seen = [line for line in text.split("\n") if line]
    assert seen == ["first $20/hr", "deep $30 an hour", "last $40"]


def test_tags_that_are_never_closed_lose_no_text() -> None:
    page = "<b><font>$20 an hour<div>" * 2_000 + "<p>last $40"
    text = read(page).pages[0].text
    assert text.count("$20 an hour") == 2_000
    assert text.endswith("last $40")


def test_formatting_that_is_never_closed_does_not_multiply() -> None:
    bold = "".join(f"<b id={n}>" for n in range(900))
    pages = read(f"<p>{bold}" + "<p>$20 an hour" * 9_000).pages
    assert sum(page.text.count("$20 an hour") for page in pages) == 9_000


def test_hidden_formatting_stays_hidden() -> None:
    page = "<b class=x>$20</b> <i hidden>no 1</i><a href=/ style='display:none'>no 2</a>an hour"
    assert read(page).pages[0].text == "$20 an hour"


@pytest.mark.parametrize("end", ["<script>x", "<!-- x", "<p class='", "<style>", "<textarea>"])
def test_a_page_that_ends_where_text_is_swallowed_is_set_aside(end: str) -> None:
    with pytest.raises(DocumentUnreadable) as caught:
        read(f"<p>$20 an hour</p>{end} and $30 an hour")
    assert caught.value.reason_code == "text_lost"


@pytest.mark.parametrize(
    "head",
    ['<meta charset="iso-8859-1">', '<meta http-equiv=x content="text/html; charset=latin1">'],
)
def test_reads_the_declared_encoding_as_browsers_do(head: str) -> None:
    assert read(f"{head}<p>35 €–50 €".encode("cp1252")).pages[0].text == "35 €–50 €"


def test_a_declared_encoding_that_nobody_knows_is_passed_over() -> None:
    assert read("<meta charset=x-nonsense><p>35 € für".encode("cp1252")).pages[0].text


@given(st.text(alphabet="<>/ap b=\"'!-tdr&;$1", max_size=80))
def test_any_markup_gives_text_or_a_reason(page: str) -> None:
    try:
        read(page)
    except DocumentUnreadable as problem:
        reason = problem.reason_code
    else:
        reason = "text_lost"
    assert reason == "text_lost"


def test_reads_the_pay_of_a_posting_with_its_path() -> None:
    salary = {"currency": "USD", "value": {"minValue": 35, "maxValue": 50, "unitText": "HOUR"}}
    found, _ = posting({"baseSalary": salary})
    (pay,) = found.pay_fields
    assert (pay.amount_min, pay.amount_max) == (Decimal(35), Decimal(50))
    assert (pay.currency, pay.unit, pay.path) == ("USD", "HOUR", "$.baseSalary.value")


@pytest.mark.parametrize(
    ("salary", "low", "high", "currency", "unit"),
    [
        ({"currency": "GBP", "value": {"value": "18.50", "unitText": "DAY"}}, 18.5, 18.5, "GBP",
         "DAY"),
        ({"minValue": "18.50", "maxValue": 24, "unitText": "HOUR"}, 18.5, 24, "EUR", "HOUR"),
        ({"currency": "USD", "value": 60000}, 60000, 60000, "USD", None),
        (30, 30, 30, "EUR", None),
        ([{"currency": "USD", "value": {"minValue": 40}}], 40, None, "USD", None),
        ({"priceCurrency": "USD", "value": [{"maxValue": 90, "minValue": 0}]}, None, 90, "EUR",
         None),
    ],
)  # fmt: skip
def test_accepts_the_shapes_that_pages_send(
    salary: object, low: float | None, high: float | None, currency: str, unit: str | None
) -> None:
    found, _ = posting({"baseSalary": salary, "salaryCurrency": "EUR"})
    (pay,) = found.pay_fields
    assert (pay.amount_min, pay.amount_max, pay.currency, pay.unit) == (
        low,
        high,
        currency,
        unit,
    )


@pytest.mark.parametrize("said", ["35.00 - 50.00", "$120-150k", "€ 45.000", "45,000"])
def test_pay_in_words_is_handed_on_uninterpreted(said: str) -> None:
    salary = {"currency": "USD", "value": {"value": said, "unitText": "YEAR"}}
    found, text = posting({"baseSalary": salary})
    (pay,) = found.pay_fields
    assert (pay.text, pay.amount_min, pay.currency, pay.unit) == (said, None, "USD", "YEAR")
    assert said not in text


@pytest.mark.parametrize(
    ("salary", "said"),
    [
        ("$25 per hour", "$25 per hour"),
        ({"minValue": 20, "maxValue": "30/hr"}, "20 - 30/hr"),
        ({"value": {"minValue": "$20", "maxValue": "$30"}}, "$20 - $30"),
    ],
)
def test_one_bound_in_words_makes_words_of_both(salary: object, said: str) -> None:
    (pay,) = posting({"baseSalary": salary})[0].pay_fields
    assert (pay.text, pay.amount_min, pay.amount_max) == (said, None, None)


def test_each_of_several_salaries_has_its_own_path() -> None:
    zones = [{"minValue": 20, "unitText": "HOUR"}, {"minValue": 25, "unitText": "HOUR"}]
    found, _ = posting({"baseSalary": {"currency": "USD", "value": zones}})
    assert [pay.path for pay in found.pay_fields] == [
        "$.baseSalary.value[0]",
        "$.baseSalary.value[1]",
    ]
    found, _ = posting({"baseSalary": {"currency": "USD", "value": [20, 30]}})
    assert [pay.amount_min for pay in found.pay_fields] == [20, 30]


def test_a_price_with_a_code_for_its_unit_is_a_salary_too() -> None:
    price = {"minPrice": 20, "maxPrice": 25, "priceCurrency": "GBP", "unitCode": "HUR"}
    (pay,) = posting({"baseSalary": price})[0].pay_fields
    assert (pay.amount_min, pay.amount_max, pay.currency, pay.unit) == (20, 25, "GBP", "HUR")


@pytest.mark.parametrize(
    "nothing",
    [0, "0", "", "0-0", None, {"value": {}}, "competitive", -5, True, float("nan"), [], [None]],
)
def test_no_amount_is_no_pay(nothing: object) -> None:
    found, text = posting({"baseSalary": {"value": nothing}})
    assert found.pay_fields == ()
    assert "Base salary" not in text


def test_an_estimated_salary_is_handed_on_as_nobodys_offer() -> None:
    estimate = {"currency": "USD", "value": {"value": 99, "unitText": "HOUR"}}
    found, text = posting({"estimatedSalary": estimate, "baseSalary": 40})
    stated, estimated = found.pay_fields
    assert (stated.amount_min, stated.is_estimate) == (40, False)
    assert (estimated.amount_min, estimated.is_estimate) == (99, True)
    assert "99" not in text


def test_each_figure_of_a_distribution_has_its_name_and_its_path() -> None:
    distribution = {
        "@type": "MonetaryAmountDistribution",
        "name": "base",
        "currency": "USD",
        "duration": "P1Y",
        "percentile10": 61000,
        "median": "74000",
        "percentile90": 0,
    }
    found, _ = posting({"estimatedSalary": [distribution]})
    tenth, middle = found.pay_fields
    assert (tenth.statistic, tenth.amount_min, tenth.amount_max) == (
        "percentile10",
        61000,
        61000,
    )
    assert (middle.statistic, middle.path) == ("median", "$.estimatedSalary[0].median")
    assert (middle.unit, middle.title, middle.is_estimate) == ("P1Y", "base", True)


def test_reads_the_other_facts_of_a_posting() -> None:
    found, _ = posting(
        {
            "url": "https://quill.example/1",
            "hiringOrganization": {"name": "Quill Data"},
            "identifier": {"name": "Quill", "value": "QD-1007"},
            "datePosted": "2026-05-04",
            "employmentType": ["CONTRACTOR", "PART_TIME"],
            "jobLocationType": "TELECOMMUTE",
            "applicantLocationRequirements": {"@type": "Country", "name": "US"},
            "educationRequirements": {"credentialCategory": "doctorate degree"},
            "industry": "Biology",
        }
    )
    assert (found.employer, found.requisition_id) == ("Quill Data", "QD-1007")
    assert (found.engagement, found.requirements) == (
        "CONTRACTOR, PART_TIME",
        "doctorate degree",
    )
    assert (found.is_remote, found.country_code, found.department) == (True, "US", "Biology")
    assert str(found.posted_date) == "2026-05-04"


def test_reads_graphs_and_repairs_what_can_be_and_loses_no_good_block() -> None:
    document = read("""\
<script type="application/ld+json">{"@type": "Organization", "name": "Fern",}</script>
<script TYPE='Application/LD+JSON; charset=utf-8'><!-- {"@graph": [ /* two */
  {"@type": "WebPage"},
  {"@type": ["http://schema.org/JobPosting"], "title": "Rater // tester",
   "description": "&lt;p&gt;Paid per
hour.&lt;/p&gt;", "baseSalary": 20}]}; --></script>
<script type="application/ld+json">{"@type": "JobPosting", "title": "broken" "x"}</script>
<p>Apply""")
    (found,) = document.postings
    assert (found.title, found.path) == ("Rater // tester", "$[1].@graph[1]")
    assert found.pay_fields[0].path == "$[1].@graph[1].baseSalary"
    assert document.warnings == ("$[2]: JSON-LD that cannot be read",)
    assert document.pages[0].text == "Apply\n\nPaid per hour."


def test_a_description_that_the_page_shows_is_not_said_twice() -> None:
    description = "<p>Rate answers.</p><ul><li>Pay: $30 an hour</li></ul><p>Only here.</p>"
    _, text = posting(
        {"description": description}, "<p>Rate <b>answers.</b></p>Pay: $30 an hour"
    )
    assert text == "Rate answers.\n\nPay: $30 an hour\n\nOnly here."


def test_each_of_several_postings_has_a_page_of_its_own() -> None:
    nodes = [
        {"@type": "JobPosting", "title": f"Trainer {n}", "description": f"${n}0 an hour"}
        for n in (1, 2)
    ]
    document = read(
        f'<script type="application/ld+json">{json.dumps(nodes)}</script><p>Two jobs'
    )
    assert [page.text for page in document.pages] == [
        "Two jobs",
        "Title: Trainer 1\n\n$10 an hour",
        "Title: Trainer 2\n\n$20 an hour",
    ]
    assert [found.page_number for found in document.postings] == [2, 3]


@pytest.mark.parametrize(
    ("fragment", "text"),
    [
        ("plain text, $5 < $6 & more", "plain text, $5 < $6 & more"),
        ("<p>One<p>Two", "One\n\nTwo"),
        ("&lt;p&gt;One&lt;br&gt;two&lt;/p&gt;", "One\ntwo"),
        ("&amp;lt;p&amp;gt;Once&amp;lt;/p&amp;gt;", "Once"),
        ("$44&nbsp;&ndash;&nbsp;$61", "$44\xa0–\xa0$61"),
        ("pay < 20 and > 10", "pay < 20 and > 10"),
    ],
)
def test_fragments_are_read_whether_they_are_markup_escaped_or_neither(
    fragment: str, text: str
) -> None:
    assert text_of_fragment(fragment) == text


def test_a_page_declared_as_a_posting_is_one(
    read_file: Callable[..., list[DocumentText]],
) -> None:
    facts = DocumentFacts(title="Aviator", evidence_kind="posting")
    (document,) = read_file("a.html", b"<p>Rate: $100/hr", facts)
    assert [found.title for found in document.postings] == ["Aviator"]
