"""The source registry: what is registered, and how it complains."""

from pathlib import Path

import pytest

from sources.errors import Reason, RegistryError
from sources.front_matter import EVIDENCE_KINDS, TEXT_ORIGINS
from sources.registry import load_registry
from warehouse.vocabulary import EvidenceKind, ReasonCode, TextOrigin

GOOD = """\
id: acme
title: Acme careers board
connector: folder
terms: {checked_on: 2026-11-01, redistribution: derived_facts}
cadence: daily
"""


def registry(folder: Path, text: str, name: str = "acme.yml") -> Path:
    (folder / name).write_text(text, "utf-8")
    return folder


def test_every_registered_source_says_its_terms_and_has_its_name() -> None:
    sources = load_registry()
    assert [source.id for source in sources] == [
        "bundled_figures",
        "bundled_postings",
        "bundled_reports",
        "inbox",
    ]
    assert all(source.terms.attribution for source in sources)


def test_only_bundled_texts_may_be_shown() -> None:
    shown = {source.id: source.terms.may_show_text for source in load_registry()}
    assert not shown.pop("inbox")
    assert all(shown.values())


def test_postings_of_the_bundle_are_read_by_the_column_maps_of_the_inbox() -> None:
    by_id = {source.id: source for source in load_registry()}
    assert by_id["bundled_postings"].column_maps == by_id["inbox"].column_maps != ()


def test_reads_a_registered_file(tmp_path: Path) -> None:
    (source,) = load_registry(registry(tmp_path, GOOD))
    assert (source.id, source.enabled, source.defaults.text_origin) == (
        "acme",
        True,
        "verbatim",
    )


@pytest.mark.parametrize(
    ("added", "key", "expected", "got"),
    [
        ("colour: red\n", "colour", "id, title, publisher", "an unknown key"),
        ("defaults: {land: GB}\n", "defaults.land", "country, currency", "an unknown key"),
        ("enabled: maybe\n", "enabled", "a valid boolean", "'maybe'"),
        ("defaults: {country: uk}\n", "defaults.country", "^[A-Z]{2}$", "'uk'"),
        ("publisher: {url: x}\n", "publisher.name", "a value", "nothing"),
        ("config: {path: 7}\n", "config.path", "a valid string", "7"),
    ],
)
def test_names_the_file_the_key_what_it_expects_and_what_it_got(
    tmp_path: Path, added: str, key: str, expected: str, got: str
) -> None:
    with pytest.raises(RegistryError) as caught:
        load_registry(registry(tmp_path, GOOD + added))
    message = str(caught.value)
    assert message.startswith(f"acme.yml: {key}")
    assert expected in message
    assert got in message


@pytest.mark.parametrize("text", ["- a list\n", "id: [unclosed\n", "just words\n"])
def test_refuses_a_file_that_is_no_mapping(tmp_path: Path, text: str) -> None:
    with pytest.raises(RegistryError, match=r"^acme\.yml: expected"):
        load_registry(registry(tmp_path, text))


def test_refuses_an_id_that_is_not_the_name_of_the_file(tmp_path: Path) -> None:
    with pytest.raises(RegistryError, match="id: expected 'other'"):
        load_registry(registry(tmp_path, GOOD, "other.yml"))


def test_refuses_column_maps_of_a_source_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(RegistryError, match="column_maps_from: expected one of acme"):
        load_registry(registry(tmp_path, GOOD + "column_maps_from: nobody\n"))


def test_speaks_the_codes_of_the_vocabulary() -> None:
    assert set(EVIDENCE_KINDS) == set(EvidenceKind)
    assert set(TEXT_ORIGINS) == set(TextOrigin)
    assert set(Reason) <= set(ReasonCode)
