"""Places to countries, and the small tables that are published."""

import pytest

from pipelines.attributes.geography import (
    countries,
    country_of,
    domains,
    languages,
    place_of,
    platforms,
)
from warehouse.vocabulary import DomainCode


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Toronto", "CA"),
        ("São Paulo", "BR"),
        ("Sao Paulo", "BR"),
        ("Deutschland", "DE"),
        ("Türkiye", "TR"),
        ("日本", "JP"),
        ("Hyderabad, Telangana, India", "IN"),
        ("Pune, Maharashtra, India (Remote)", "IN"),
        ("US", "US"),
        ("U.S.A.", "US"),
        ("UK", "GB"),
        ("DK", "DK"),
        ("US East Coast", "US"),
        ("Seattle, WA", "US"),
        ("Cambridge", "GB"),
        ("Cambridge, MA", "US"),
        ("Vancouver, WA", "US"),
        ("Vancouver, BC", "CA"),
        ("Toronto, CA", "CA"),
        ("Berlin, DE", "DE"),
        ("Dover, DE", "US"),
        ("Atlanta, Georgia", "US"),
        ("Tbilisi, Georgia", "GE"),
        ("New Mexico", "US"),
        ("Jersey City", "US"),
        ("Korea, Republic of", "KR"),
        ("Remote - Taiwan, Province of China", "TW"),
        ("Worldwide (Peru only)", "PE"),
    ],
)
def test_finds_the_country_of_a_place(text: str, country: str) -> None:
    assert country_of(text) == country


@pytest.mark.parametrize(
    "text",
    [
        "Worldwide",
        "Remote",
        "Georgia",
        "CA",
        "IN",
        "USA/Canada",
        "EMEA",
        "",
        "us",
        "outside the US",
    ],
)
def test_gives_no_country_where_there_is_not_exactly_one(text: str) -> None:
    assert country_of(text) is None


def test_tells_several_countries_from_no_country() -> None:
    assert place_of("Kenya, India").is_several
    assert place_of("Worldwide").is_several
    assert not place_of("Remote").is_several


def test_lists_the_countries_of_iso_3166_once_each() -> None:
    codes = [row.country_code for row in countries()]
    assert len(codes) == len(set(codes)) == 249
    assert all(len(code) == 2 and code.isupper() for code in codes)
    assert {row.region for row in countries()} == {
        *("Africa", "Americas", "Antarctica", "Asia", "Europe", "Oceania")
    }
    assert all(row.currency is None or len(row.currency) == 3 for row in countries())


def test_lists_every_domain_of_the_vocabulary_in_its_order() -> None:
    assert [row.domain_code for row in domains()] == [code.value for code in DomainCode]
    assert all(row.description for row in domains())


def test_lists_platforms_and_languages_once_each() -> None:
    ids = [row.platform_id for row in platforms()]
    assert len(ids) == len(set(ids))
    codes = [row.language_code for row in languages()]
    assert len(codes) == len(set(codes))
