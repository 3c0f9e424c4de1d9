"""The word lists: every row says what it claims, and a bad row is refused with its place."""

import pytest

from pipelines.attributes.geography import countries, country_of, languages, platforms
from pipelines.attributes.lexicons import (
    NOTHING,
    SEVERAL,
    LexiconError,
    PhraseRow,
    listed,
    parse_phrase_row,
    phrase_rows,
    record_rows,
)
from pipelines.attributes.phrase_table import Register, Topic
from pipelines.attributes.phrases import find_phrases
from pipelines.attributes.posting import attributes_of_posting
from warehouse.vocabulary import DomainCode, EngagementType, ExpertiseTier, WorkKind

TOPICS = {
    "domains.tsv": Topic.DOMAIN,
    "tiers.tsv": Topic.TIER,
    "work_kinds.tsv": Topic.WORK_KIND,
    "engagement.tsv": Topic.ENGAGEMENT,
    "places.tsv": Topic.COUNTRY,
    "people.tsv": Topic.PEOPLE,
    "market.tsv": Topic.MARKET,
    "not_platforms.tsv": Topic.PLATFORM,
}
ANSWERS = {
    "domains.tsv": "domain_code",
    "work_kinds.tsv": "work_kind",
    "engagement.tsv": "engagement_type",
}
CODES = {
    "domains.tsv": {*DomainCode, NOTHING},
    "tiers.tsv": {*ExpertiseTier, "raise"},
    "work_kinds.tsv": {*WorkKind, NOTHING},
    "engagement.tsv": {*EngagementType, "employee", NOTHING},
    "places.tsv": {*(row.country_code for row in countries()), "GE,US", "*", NOTHING},
    "people.tsv": {"person"},
    "market.tsv": {"market", "staff", "sector"},
    "not_platforms.tsv": {SEVERAL, NOTHING},
}


def register_of(row: PhraseRow) -> Register:
    if row.flags & {"place", "letters"}:
        return Register.PLACE
    return Register.PROSE if "prose" in row.flags else Register.TITLE


def says(row: PhraseRow, topic: Topic) -> bool:
    hits = [hit for hit in find_phrases(row.surface, register_of(row)) if hit.topic is topic]
    if row.code == NOTHING:
        return not hits
    return [(hit.code, hit.end - hit.start) for hit in hits] == [(row.code, len(row.surface))]


@pytest.mark.parametrize("table", TOPICS)
def test_every_row_is_found_as_written(table: str) -> None:
    silent = [row for row in phrase_rows(table) if not says(row, TOPICS[table])]
    assert silent == []


@pytest.mark.parametrize("table", ANSWERS)
def test_every_example_of_a_row_gets_the_expected_answer(table: str) -> None:
    rows = [
        row
        for row in phrase_rows(table)
        if row.example != row.surface and not row.flags & {"prose"} and row.code != NOTHING
    ]
    answers = {
        row.example: getattr(attributes_of_posting(row.example), ANSWERS[table]) for row in rows
    }
    assert answers == {row.example: row.expected for row in rows}


def test_every_example_of_a_place_gets_its_country() -> None:
    rows = [row for row in phrase_rows("places.tsv") if row.example != row.surface]
    answers = {row.example: country_of(row.example) for row in rows if len(row.code) == 2}
    assert answers == {row.example: row.expected for row in rows if len(row.code) == 2}


@pytest.mark.parametrize("table", TOPICS)
def test_rows_hold_known_codes_only(table: str) -> None:
    assert {row.code for row in phrase_rows(table)} <= CODES[table]


def test_every_country_name_adjective_and_alias_names_its_country() -> None:
    wrong = [
        (name, country_of(name))
        for row in record_rows("countries.tsv")
        for name in [row["name"], *listed(row["aliases"])]
        if country_of(name) != row["country_code"] and name != "Georgia"
    ]
    assert wrong == []


def test_every_platform_is_found_by_its_names() -> None:
    wrong = [
        (row.platform_id, name)
        for row in platforms()
        for name in (row.name, *row.aliases)
        if attributes_of_posting("AI Trainer", platform=name).platform_id != row.platform_id
    ]
    assert wrong == []


def test_every_language_is_found_in_a_title() -> None:
    wrong = [
        row.name
        for row in languages()
        if row.language_code != "mul"
        and attributes_of_posting(f"{row.name} expert").language_code != row.language_code
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        (["lawyer"], "domains.tsv:7: expected surface, code"),
        (["lawyer", ""], "domains.tsv:7: expected surface, code"),
        (["lawyer", "law", "loud"], "domains.tsv:7: unknown flag"),
    ],
)
def test_refuses_a_bad_row_and_names_its_place(cells: list[str], message: str) -> None:
    with pytest.raises(LexiconError, match=message):
        parse_phrase_row("domains.tsv:7", cells)
