"""The shipped names and cues, and how a `via` line and an order of origin are read."""

from datetime import date
from importlib.resources import files

import pytest

from pipelines.transforms import restatements
from pipelines.transforms.restatements.attribution import credits_in
from pipelines.transforms.restatements.names import (
    NameBook,
    add_publishers,
    known_organisations,
    publisher_names,
    read_via,
    shipped_book,
)
from pipelines.transforms.restatements.order import nearest_first
from pipelines.transforms.restatements.records import CitedDocument


def cue_rows() -> list[list[str]]:
    rows = files(restatements).joinpath("cues.tsv").read_text("utf-8").splitlines()[1:]
    return [row.split("\t") for row in rows]


@pytest.mark.parametrize(("place", "words", "example"), cue_rows())
def test_every_cue_makes_its_example_a_citation(place: str, words: str, example: str) -> None:
    book = NameBook()
    add_publishers(book, ["Dunmore Weekly"])
    assert place in {"before", "after"}
    assert words in example.lower()
    assert [credit.org_id for credit in credits_in(example, book)] == ["dunmore weekly"]


@pytest.mark.parametrize(
    "text",
    [
        "She has graded for Dunmore Weekly since spring.",
        "The cost of living reports were dull. Dunmore Weekly pays well.",
        "dunmore weekly reports",
    ],
)
def test_a_name_without_a_cue_or_its_capitals_is_no_citation(text: str) -> None:
    book = NameBook()
    add_publishers(book, ["Dunmore Weekly"])
    assert credits_in(text, book) == ()


@pytest.mark.parametrize("name", sorted(known_organisations()))
def test_every_shipped_name_is_found_when_it_is_cited(name: str) -> None:
    found = credits_in(f"According to {name}, pay is uneven.", shipped_book())
    assert known_organisations()[name].org_id in {credit.org_id for credit in found}


def test_the_longest_name_at_a_place_wins_and_the_end_of_the_text_cuts_none() -> None:
    book = NameBook()
    for name in ("Moss", "Moss Weekly", "Moss Weekly Review"):
        book.add_name(name, name, needs_cue=False)
    found = [mention.org_id for mention in book.mentions("Moss Weekly Review, Moss Weekly")]
    assert found == ["Moss Weekly Review", "Moss Weekly"]


def test_a_news_name_that_is_a_common_word_needs_a_cue() -> None:
    assert credits_in("IT TAKES TIME TO LEARN.", shipped_book()) == ()


@pytest.mark.parametrize(
    ("via", "origins", "is_retold"),
    [
        (None, (), False),
        ("mirror lanes.example", (), False),
        ("on Job Lane", (), False),
        ("digest of ZDNET", ("ZDNET",), True),
        ("second digest of ZDNET", ("ZDNET",), True),
        ("digest lanes.example", (), True),
        ("summary of Copper Lane story", ("Copper Lane",), True),
        ("ZDNET in Chinese", ("ZDNET",), True),
        ("repost, original not named", (), False),
        ("rewrite", (), True),
        ("WSJ excerpt", ("WSJ",), True),
        ("MIT TR, LA Times", ("MIT TR", "LA Times"), True),
        ("on Job Lane, employer shown as Moss", (), False),
        ("repost of agency story", ("agency story",), False),
    ],
)
def test_a_via_line_tells_sources_from_carriers(
    via: str | None, origins: tuple[str, ...], *, is_retold: bool
) -> None:
    assert read_via(via) == (origins, is_retold)


def test_a_publisher_line_may_hold_two_names() -> None:
    assert publisher_names("Fern / The Moss (on Job Lane)") == ("Fern", "The Moss")


def order(*documents: CitedDocument, **cited: list[str]) -> list[str]:
    places = nearest_first(documents, cited, {"named"})
    return sorted(places, key=places.__getitem__)


@pytest.mark.parametrize(
    ("nearer", "further"),
    [
        ({"publisher": "Fern"}, {"text": "a bare file"}),
        ({"evidence_kind": "worker_survey"}, {"evidence_kind": "secondary_guide"}),
        ({"published_date": date(2024, 1, 1)}, {"published_date": date(2024, 1, 2)}),
        (
            {"published_date": date(2024, 5, 9)},
            {"published_date": date(2024, 1, 1), "date_precision": "year"},
        ),
        ({"published_date": date(2024, 5, 9)}, {}),
        ({"via": "mirror lanes.example"}, {"via": "digest of Fern"}),
        ({"document_id": "named"}, {}),
        ({"text_origin": "restated_by_us"}, {"text_origin": "verbatim"}),
    ],
)
def test_the_rules_of_order(nearer: dict[str, str], further: dict[str, str]) -> None:
    # The bare file is the only one without an address, and the lower id never decides.
    address = {"url": "https://moss.example"} if "text" not in further else {}
    first = CitedDocument(**{"document_id": "z", "url": "https://moss.example"} | nearer)
    last = CitedDocument(**{"document_id": "a"} | address | further)
    assert order(first, last) == [first.document_id, "a"]
    assert order(last, first) == [first.document_id, "a"]


def test_a_document_stands_after_those_it_cites_however_it_ranks() -> None:
    early = CitedDocument("early", "Fern", published_date=date(2020, 1, 1))
    late = CitedDocument("late", "Moss", published_date=date(2025, 1, 1))
    assert order(early, late, early=["late"]) == ["late", "early"]


def test_a_circle_of_citations_still_gives_an_order() -> None:
    documents = [CitedDocument(name, name) for name in "abc"]
    assert sorted(order(*documents, a=["b"], b=["c"], c=["a"])) == ["a", "b", "c"]
