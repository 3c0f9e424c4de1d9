"""Links between figures, in a small world of invented publishers."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.transforms.restatements.linking import link_restatements
from pipelines.transforms.restatements.records import CitedDocument, Link, ObservedFigure
from warehouse.vocabulary import LinkEvidence, RestatementChange


def document(name: str, publisher: str | None = None, **facts: Any) -> CitedDocument:
    signed = {"url": f"https://{name}.example/story"} if publisher else {}
    return CitedDocument(**{"document_id": name, "publisher": publisher} | signed | facts)


def figure(
    name: str, low: str | None, high: str | None = None, **stated: Any
) -> ObservedFigure:
    """`survey.1` is the first figure of the document `survey`; one amount is a point."""
    document_id, _, place = name.partition(".")
    bounds = [None if one is None else Decimal(one) for one in (low, high or low)]
    defaults = {
        "observation_id": name,
        "document_id": document_id,
        "char_start": int(place) * 10,
        "page_number": 1,
        "amount_min": bounds[0],
        "amount_max": bounds[1],
        "currency": "USD",
        "pay_period": "hour",
        "statistic": "range" if high else "point",
        "kind": "base",
    }
    return ObservedFigure(**defaults | stated)


def up_to(name: str, high: str, **stated: Any) -> ObservedFigure:
    bounds = {"amount_min": None, "is_min_open": True, "statistic": "max"}
    return figure(name, high, **bounds | stated)


def from_up(name: str, low: str, **stated: Any) -> ObservedFigure:
    return figure(
        name, low, **{"amount_max": None, "is_max_open": True, "statistic": "starting"} | stated
    )


def links(figures: list[ObservedFigure], *documents: CitedDocument) -> list[Link]:
    return link_restatements(figures, {one.document_id: one for one in documents})


def pairs(figures: list[ObservedFigure], *documents: CitedDocument) -> dict[str, str]:
    return {
        link.restating_observation_id: link.origin_observation_id
        for link in links(figures, *documents)
    }


SURVEY = document("survey", "Orchard Institute", published_date=date(2025, 3, 1))
COPYIST = document(
    "copyist", "Copper Lane", text="According to the Orchard Institute, graders are paid well."
)
NEUTRAL = document("neutral", "Harbour Post", text="Graders are paid well.")


class TestInsideOneDocument:
    def test_a_figure_said_again_links_to_the_first_place(self) -> None:
        twice = [
            figure("survey.1", "33", "61", domain_code="law", subject_text="Counsel"),
            figure("survey.2", "33", "61", domain_code="law", subject_text="for counsel"),
        ]
        (link,) = links(twice, SURVEY)
        assert (link.restating_observation_id, link.origin_observation_id) == (
            "survey.2",
            "survey.1",
        )
        assert link.is_within_document
        assert link.evidence is LinkEvidence.SAME_DOCUMENT
        assert link.change is RestatementChange.NONE

    @pytest.mark.parametrize(
        ("attribute", "first", "second"),
        [
            ("domain_code", "law", "medicine"),
            ("platform_id", "acorn", "beech"),
            ("country_code", "KE", "PH"),
            ("expertise_tier", "E1", "E2"),
            ("as_of_date", date(2025, 1, 1), date(2025, 6, 1)),
            ("subject_text", "Acorn Works", "Beech House"),
            ("statistic", "median", "average"),
            ("pay_period", "hour", "day"),
            ("kind", "base", "bonus"),
        ],
    )
    def test_the_same_amounts_for_others_are_no_repeat(
        self, attribute: str, first: object, second: object
    ) -> None:
        figures = [
            figure("survey.1", "33", "61", **{attribute: first}),
            figure("survey.2", "33", "61", **{attribute: second}),
        ]
        assert pairs(figures, SURVEY) == {}

    def test_one_with_fewer_attributes_may_repeat_one_with_more(self) -> None:
        figures = [
            figure("survey.1", "33", "61", domain_code="law", country_code="KE"),
            figure("survey.2", "33", "61", domain_code="law"),
        ]
        assert pairs(figures, SURVEY) == {"survey.2": "survey.1"}

    def test_a_round_amount_with_fewer_attributes_needs_words_in_common(self) -> None:
        figures = [
            figure("survey.1", "40", subject_text="All of them"),
            figure("survey.2", "40", subject_text="Acorn Works", platform_id="acorn"),
        ]
        assert pairs(figures, SURVEY) == {}

    def test_a_figure_never_links_to_its_own_conversion(self) -> None:
        figures = [
            figure("survey.1", "40"),
            figure("survey.2", "80000", pay_period="year", equivalent_of="survey.1"),
        ]
        assert pairs(figures, SURVEY) == {}

    def test_money_that_is_no_pay_never_links(self) -> None:
        figures = [figure(f"survey.{n}", "33", "61", kind="not_pay") for n in (1, 2)]
        assert pairs(figures, SURVEY) == {}

    def test_two_postings_of_one_file_do_not_repeat_each_other(self) -> None:
        figures = [
            figure("survey.1", "15", "20", posting_id="p1", platform_id="acorn"),
            figure("survey.2", "15", "20", posting_id="p2", platform_id="acorn"),
        ]
        assert pairs(figures, SURVEY) == {}


class TestNamedSource:
    def test_the_words_that_name_the_source_are_the_evidence(self) -> None:
        figures = [
            figure("survey.1", "33", "61", domain_code="law"),
            figure("copyist.1", "33", "61", domain_code="law"),
        ]
        (link,) = links(figures, SURVEY, COPYIST)
        assert link.origin_observation_id == "survey.1"
        assert link.evidence is LinkEvidence.ATTRIBUTION
        assert "According to the Orchard Institute" in link.evidence_text
        assert not link.is_within_document

    def test_a_share_does_not_come_from_a_figure_that_states_none(self) -> None:
        share = {"statistic": "share", "share_percent": Decimal(30), "domain_code": "law"}
        figures = [
            figure("survey.1", "33", "61", domain_code="law"),
            figure("copyist.1", "33", "61", **share),
        ]
        assert pairs(figures, SURVEY, COPYIST) == {}

    def test_a_share_that_is_dropped_on_the_way_is_a_changed_statistic(self) -> None:
        share = {"statistic": "share", "share_percent": Decimal(30), "domain_code": "law"}
        figures = [
            figure("survey.1", "33", "61", **share),
            figure("copyist.1", "33", "61", domain_code="law"),
        ]
        (link,) = links(figures, SURVEY, COPYIST)
        assert link.change is RestatementChange.STATISTIC_CHANGED

    def test_an_equal_figure_alone_never_links(self) -> None:
        figures = [
            figure("survey.1", "33", "61", domain_code="law"),
            figure("neutral.1", "33", "61", domain_code="law"),
        ]
        assert pairs(figures, SURVEY, NEUTRAL) == {}

    def test_naming_a_platform_without_citing_it_is_no_attribution(self) -> None:
        platform = document("acorn", "Acorn Works", evidence_kind="platform_published")
        review = document("review", "Harbour Post", text="I graded for Acorn Works all summer.")
        figures = [
            figure("acorn.1", "40", platform_id="acorn"),
            figure("review.1", "40", platform_id="acorn"),
        ]
        assert pairs(figures, platform, review) == {}

    def test_a_named_source_does_not_cover_a_figure_about_others(self) -> None:
        figures = [
            figure("survey.1", "33", "61", domain_code="law"),
            figure("copyist.1", "33", "61", domain_code="medicine"),
        ]
        assert pairs(figures, SURVEY, COPYIST) == {}

    def test_a_curated_attribution_is_enough(self) -> None:
        figures = [
            figure("survey.1", "33", "61", domain_code="law"),
            figure("neutral.1", "33", "61", domain_code="law", attribution="Orchard Institute"),
        ]
        assert pairs(figures, SURVEY, NEUTRAL) == {"neutral.1": "survey.1"}

    def test_two_digests_of_an_unseen_source_link_to_the_earlier(self) -> None:
        early = document(
            "early", "Mill Notes", via="digest of The Verge", published_date=date(2025, 1, 5)
        )
        late = document("late", "Pond Notes", text="As The Verge reported, pay is uneven.")
        figures = [
            figure("early.1", "33", "61", domain_code="law"),
            figure("late.1", "33", "61", domain_code="law"),
        ]
        assert pairs(figures, early, late) == {"late.1": "early.1"}

    def test_a_text_that_quotes_the_title_names_its_source(self) -> None:
        source = document("source", "Mill Notes", title="Who Grades the Graders of Machines")
        quoting = document(
            "quoting", "Pond Notes", text='See "Who grades the graders of machines".'
        )
        figures = [
            figure("source.1", "33", "61", domain_code="law"),
            figure("quoting.1", "33", "61", domain_code="law"),
        ]
        assert pairs(figures, source, quoting) == {"quoting.1": "source.1"}

    def test_a_text_that_links_to_the_address_names_its_source(self) -> None:
        quoting = document("quoting", "Pond Notes", text="See https://www.survey.example/story")
        figures = [
            figure("survey.1", "33", "61", domain_code="law"),
            figure("quoting.1", "33", "61", domain_code="law"),
        ]
        assert pairs(figures, SURVEY, quoting) == {"quoting.1": "survey.1"}

    def test_the_one_that_is_cited_is_the_origin_even_when_it_is_undated(self) -> None:
        undated = replace(SURVEY, published_date=None)
        dated = replace(COPYIST, published_date=date(2024, 1, 1))
        figures = [
            figure("survey.1", "33", "61", domain_code="law"),
            figure("copyist.1", "33", "61", domain_code="law"),
        ]
        assert pairs(figures, undated, dated) == {"copyist.1": "survey.1"}


class TestWhatChanged:
    @pytest.mark.parametrize(
        ("origin", "retold", "change"),
        [
            (from_up("survey.1", "15"), figure("copyist.1", "15"), "bound_dropped"),
            (figure("survey.1", "150"), up_to("copyist.1", "150"), "bound_added"),
            (up_to("survey.1", "150"), figure("copyist.1", "150"), "bound_dropped"),
            (figure("survey.1", "35", "128"), up_to("copyist.1", "128"), "bound_dropped"),
            (
                figure("survey.1", "15"),
                figure("copyist.1", "15", pay_period="month"),
                "unit_changed",
            ),
            (figure("survey.1", "12.50"), figure("copyist.1", "12"), "amount_changed"),
            (figure("survey.1", "64984"), figure("copyist.1", "65000"), "amount_changed"),
            (
                figure("survey.1", "21", statistic="median"),
                figure("copyist.1", "21", statistic="average"),
                "statistic_changed",
            ),
            (
                figure("survey.1", "15", "20", statistic="share", share_percent=Decimal(30)),
                figure("copyist.1", "15", "20"),
                "statistic_changed",
            ),
        ],
    )
    def test_a_change_on_the_way_is_named(
        self, origin: ObservedFigure, retold: ObservedFigure, change: str
    ) -> None:
        figures = [one._replace(domain_code="law") for one in (origin, retold)]
        (link,) = links(figures, SURVEY, COPYIST)
        assert link.change == change
        assert link.changed_from != link.changed_to
        assert None not in (link.changed_from, link.changed_to)

    def test_a_conversion_of_a_repeated_figure_links_with_its_currency_changed(self) -> None:
        figures = [
            figure("survey.1", "15", domain_code="law"),
            figure("copyist.1", "15", domain_code="law"),
            figure("copyist.2", "276", currency="ZAR", equivalent_of="copyist.1"),
        ]
        found = links(figures, SURVEY, COPYIST)
        assert [(one.origin_observation_id, one.change) for one in found] == [
            ("survey.1", "none"),
            ("survey.1", "currency_changed"),
        ]
        assert found[1].changed_from == "15 USD per hour"
        assert found[1].changed_to == "276 ZAR per hour"

    def test_a_rewrite_that_swaps_the_company_links_with_its_subject_changed(self) -> None:
        rewrite = document("rewrite", "Copper Lane", via="rewrite of Orchard Institute")
        figures = [
            up_to("survey.1", "200", platform_id="acorn"),
            up_to("rewrite.1", "200", platform_id="beech"),
        ]
        (link,) = links(figures, SURVEY, rewrite)
        assert link.change is RestatementChange.SUBJECT_CHANGED
        assert (link.changed_from, link.changed_to) == ("acorn", "beech")

    def test_a_swapped_company_comes_along_with_another_shared_figure(self) -> None:
        figures = [
            figure("survey.1", "33", "61", domain_code="law"),
            figure("survey.2", "41", "73", platform_id="acorn"),
            figure("copyist.1", "33", "61", domain_code="law"),
            figure("copyist.2", "41", "73", platform_id="beech"),
        ]
        assert pairs(figures, SURVEY, COPYIST) == {
            "copyist.1": "survey.1",
            "copyist.2": "survey.2",
        }

    def test_another_country_is_never_a_change(self) -> None:
        figures = [
            figure("survey.1", "33", "61", country_code="KE"),
            figure("copyist.1", "33", "61", country_code="PH"),
        ]
        assert pairs(figures, SURVEY, COPYIST) == {}


REPORT = [
    figure("survey.1", "12.5", "15.5", domain_code="generalist", country_code="US"),
    figure("survey.2", "60", "180", domain_code="medicine", is_max_open=True),
    figure("survey.3", "80", "150", domain_code="law", is_max_open=True),
    from_up("survey.4", "100", domain_code="all"),
]


def retelling(name: str, figures: list[ObservedFigure]) -> list[ObservedFigure]:
    return [
        one._replace(observation_id=f"{name}.{one.observation_id[-1]}", document_id=name)
        for one in figures
    ]


class TestMatchingFigures:
    def test_a_bare_text_links_to_the_publication_it_retells(self) -> None:
        bare = document("bare")
        found = links([*REPORT, *retelling("bare", REPORT)], SURVEY, bare)
        assert [one.origin_observation_id for one in found] == [
            "survey.1",
            "survey.2",
            "survey.3",
            "survey.4",
        ]
        assert {one.evidence for one in found} == {LinkEvidence.MATCHING_FIGURES}
        assert "4 equal figures" in found[0].evidence_text

    def test_a_bare_text_links_past_another_retelling_to_the_origin(self) -> None:
        figures = [*REPORT, *retelling("copyist", REPORT), *retelling("bare", REPORT)]
        found = pairs(figures, SURVEY, COPYIST, document("bare"))
        assert set(found.values()) == {one.observation_id for one in REPORT}
        assert len(found) == 2 * len(REPORT)

    def test_a_bare_text_that_names_its_publisher_is_matched_by_its_figures(self) -> None:
        bare = document("bare", text="By benchmarks at Orchard Institute, we pay well.")
        found = links([*REPORT, *retelling("bare", REPORT)], SURVEY, bare)
        assert {one.evidence for one in found} == {LinkEvidence.MATCHING_FIGURES}

    def test_two_round_amounts_are_not_enough(self) -> None:
        round_ones = [
            figure("survey.1", "15", domain_code="generalist"),
            figure("survey.2", "50", domain_code="coding"),
        ]
        figures = [*round_ones, *retelling("neutral", round_ones)]
        assert pairs(figures, SURVEY, NEUTRAL) == {}

    def test_round_amounts_with_the_same_rare_words_are_enough(self) -> None:
        round_ones = [
            figure("survey.1", "250", domain_code="medicine", subject_text="Dermatologist"),
            figure("survey.2", "150", domain_code="creative", subject_text="Poet"),
        ]
        figures = [*round_ones, *retelling("neutral", round_ones)]
        assert len(pairs(figures, SURVEY, NEUTRAL)) == 2

    def test_round_amounts_of_one_platform_are_not_enough(self) -> None:
        round_ones = [
            figure("survey.1", "50", platform_id="acorn", subject_text="Before, at Acorn"),
            up_to("survey.2", "50", platform_id="acorn", subject_text="Acorn at best"),
            figure("survey.3", "15", platform_id="acorn", subject_text="After, at Acorn"),
        ]
        figures = [*round_ones, *retelling("neutral", round_ones)]
        assert {
            name: origin
            for name, origin in pairs(figures, SURVEY, NEUTRAL).items()
            if name.startswith("neutral") and origin.startswith("survey")
        } == {}

    def test_two_guides_that_quote_the_same_bands_are_not_one(self) -> None:
        bands = [
            figure("survey.1", "15", "20", domain_code="generalist"),
            figure("survey.2", "50", "100", domain_code="coding", subject_text="Lisp coders"),
        ]
        figures = [*bands, *retelling("neutral", bands)]
        assert pairs(figures, SURVEY, NEUTRAL) == {}

    def test_long_tables_that_share_a_few_amounts_are_not_one(self) -> None:
        table = [figure(f"survey.{n}", f"{n}1", f"{n}7") for n in range(1, 10)]
        other = [figure(f"neutral.{n}", f"{n}1", f"{n}8") for n in range(3, 10)]
        shared = retelling("neutral", table[:2])
        assert pairs([*table, *shared, *other], SURVEY, NEUTRAL) == {}

    def test_an_unsigned_text_is_never_the_origin_of_a_publication(self) -> None:
        bare = document("aaa")
        found = pairs([*REPORT, *retelling("aaa", REPORT)], SURVEY, bare)
        assert all(origin.startswith("survey") for origin in found.values())


class TestChains:
    def test_a_chain_links_to_its_origin_and_names_the_middle(self) -> None:
        third = document("third", "Rowan Times", text="A table printed in Copper Lane says so.")
        figures = [
            figure(f"{name}.1", "33", "61", domain_code="law")
            for name in ("survey", "copyist", "third")
        ]
        found = {
            one.restating_observation_id: one for one in links(figures, SURVEY, COPYIST, third)
        }
        assert found["third.1"].origin_observation_id == "survey.1"
        assert "through copyist.1" in found["third.1"].evidence_text
        assert "Copper Lane" in found["third.1"].evidence_text

    def test_documents_that_cite_each_other_still_have_one_origin(self) -> None:
        one = document("one", "Mill Notes", text="According to Pond Notes, it is so.")
        two = document("two", "Pond Notes", text="According to Mill Notes, it is so.")
        figures = [
            figure(f"{name}.1", "33", "61", domain_code="law") for name in ("one", "two")
        ]
        assert pairs(figures, one, two) == {"two.1": "one.1"}

    def test_a_figure_said_twice_in_a_retelling_links_to_the_publication_both_times(
        self,
    ) -> None:
        figures = [
            figure("survey.1", "33", "61", domain_code="law"),
            figure("copyist.1", "33", "61", domain_code="law"),
            figure("copyist.2", "33", "61", domain_code="law"),
        ]
        assert pairs(figures, SURVEY, COPYIST) == {
            "copyist.1": "survey.1",
            "copyist.2": "survey.1",
        }


def advert(name: str, url: str, title: str, rate: str = "25", **stated: Any) -> ObservedFigure:
    posting = {"posting_id": name, "posting_url": url, "posting_title": title}
    return figure(name, rate, **posting | {"platform_id": "acorn"} | stated)


class TestListings:
    @pytest.mark.parametrize(
        ("first", "second"),
        [
            (
                "https://www.acorn.example/jobs/fern-grader--17304053460987/?apply=1",
                "https://acorn.example/jobs/fern-grader--17304053460987",
            ),
            (
                "https://acorn.example/jobs/fern-grader--cmni2z6iz00020abc",
                "https://board.example/apply/cmni2z6iz00020abc",
            ),
            (
                "https://acorn.example/view?gh_jid=4411",
                "https://acorn.example/view?gh_jid=4411&x=1",
            ),
        ],
    )
    def test_a_listing_with_the_same_id_is_one(self, first: str, second: str) -> None:
        figures = [advert("a.1", first, "Fern grader"), advert("b.1", second, "Ferns, graded")]
        (link,) = links(figures)
        assert link.evidence is LinkEvidence.SAME_LISTING

    def test_a_listing_with_another_rate_is_a_new_figure(self) -> None:
        url = "https://acorn.example/jobs/fern-grader--17304053460987"
        figures = [advert("a.1", url, "Fern grader"), advert("b.1", url, "Fern grader", "31")]
        assert pairs(figures) == {}

    def test_two_titles_of_a_platform_with_one_rate_are_two(self) -> None:
        figures = [
            advert("a.1", "https://acorn.example/jobs/1", "Fern grader for moss", "15"),
            advert("b.1", "https://board.example/jobs/2", "Tide table reader", "15"),
        ]
        assert pairs(figures) == {}

    def test_two_ids_of_one_site_are_two_even_under_one_title(self) -> None:
        figures = [
            advert("a.1", "https://acorn.example/jobs/1", "Fern grader for moss"),
            advert("b.1", "https://acorn.example/jobs/2", "Fern grader for moss"),
        ]
        assert pairs(figures) == {}

    def test_two_requisitions_are_two_on_any_site(self) -> None:
        figures = [
            advert(
                "a.1", "https://acorn.example/1", "Fern and moss grader", requisition_id="R1"
            ),
            advert(
                "b.1", "https://board.example/2", "Fern and moss grader", requisition_id="R2"
            ),
        ]
        assert pairs(figures) == {}

    @pytest.mark.parametrize(
        "title", ["Remote - Fern Grader for Moss (Contract)", "Acorn: fern grader, moss"]
    )
    def test_the_same_title_and_rate_on_another_board_is_one(self, title: str) -> None:
        figures = [
            advert("a.1", "https://acorn.example/jobs/1", "Fern grader for moss"),
            advert("b.1", "https://board.example/jobs/2", title),
        ]
        assert pairs(figures) == {"b.1": "a.1"}

    def test_postings_that_share_the_address_of_a_careers_page_are_told_by_title(self) -> None:
        figures = [
            advert("a.1", "https://acorn.example/careers", "Fern grader"),
            advert("b.1", "https://acorn.example/careers", "Tide reader"),
        ]
        assert pairs(figures) == {}


def test_any_input_order_gives_the_same_links() -> None:
    figures = [*REPORT, *retelling("copyist", REPORT), *retelling("bare", REPORT)]
    known = (SURVEY, COPYIST, document("bare"))
    assert links(figures[::-1], *known[::-1]) == links(figures, *known)


def test_a_figure_of_a_document_that_was_not_given_is_no_error() -> None:
    assert pairs([figure("lost.1", "33", "61"), figure("lost.2", "33", "61")]) == {
        "lost.2": "lost.1"
    }


AMOUNTS = st.sampled_from(["15", "21", "33.50", "64984"])
PUBLISHERS = ["Mill Notes", "Pond Notes", "Rowan Times", "Copper Lane"]


@st.composite
def worlds(draw: st.DrawFn) -> tuple[list[ObservedFigure], list[CitedDocument]]:
    known = [
        document(
            f"d{number}",
            draw(st.sampled_from([publisher, None])),
            text=" ".join(
                f"According to {name}, it is so."
                for name in draw(st.lists(st.sampled_from(PUBLISHERS), max_size=2))
            ),
            published_date=draw(st.sampled_from([None, date(2024, 1, 1), date(2025, 1, 1)])),
        )
        for number, publisher in enumerate(PUBLISHERS)
    ]
    figures = [
        figure(
            f"{one.document_id}.{place}",
            draw(AMOUNTS),
            domain_code=draw(st.sampled_from(["law", "all", None])),
            platform_id=draw(st.sampled_from(["acorn", "beech", None])),
            equivalent_of=draw(st.sampled_from([None, f"{one.document_id}.0"])),
        )
        for one in known
        for place in range(draw(st.integers(0, 4)))
    ]
    return figures, known


@settings(max_examples=150, deadline=None)
@given(worlds())
def test_an_origin_never_restates_and_a_figure_restates_once(
    world: tuple[list[ObservedFigure], list[CitedDocument]],
) -> None:
    figures, known = world
    found = links(figures, *known)
    restating = [one.restating_observation_id for one in found]
    assert all(before < after for before, after in pairwise(restating))
    assert not {one.origin_observation_id for one in found} & set(restating)
    assert found == links(figures[::-1], *known)
