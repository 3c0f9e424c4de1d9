"""The loader of the word lists says what is wrong with a file, and where."""

import pytest

from pipelines.parsing.lexicon import LexiconError, build, read_rows


def test_names_the_file_and_line_of_a_row_without_a_value() -> None:
    with pytest.raises(LexiconError, match=r"units\.en\.tsv line 2"):
        list(read_rows("units.en.tsv", "# nouns\nhour\n"))


def test_names_both_places_of_a_surface_that_stands_twice() -> None:
    rows = tuple(read_rows("units.en.tsv", "hour\thour\nHour\thour\n"))
    with pytest.raises(
        LexiconError, match=r"line 2: 'Hour' stands twice; see units\.en\.tsv line 1"
    ):
        build(rows)


def test_refuses_two_values_of_one_surface_in_two_languages() -> None:
    rows = (*read_rows("units.en.tsv", "tag\ttask\n"), *read_rows("units.de.tsv", "tag\tday\n"))
    with pytest.raises(LexiconError, match="already has the value 'task'"):
        build(rows)


def test_names_a_value_that_the_concept_does_not_know() -> None:
    with pytest.raises(LexiconError, match="'moon'"):
        build(tuple(read_rows("units.en.tsv", "hour\tmoon\n")))


def test_names_an_unknown_concept() -> None:
    with pytest.raises(LexiconError, match="'clouds'"):
        build(tuple(read_rows("clouds.en.tsv", "hour\thour\n")))


def test_a_template_line_gives_rows_their_example() -> None:
    text = "#! example\t$2 per {surface}\t2 USD/{value} point base\nhr\thour\n"
    (row,) = read_rows("units.en.tsv", text)
    assert (row.example, row.expected) == ("$2 per hr", "2 USD/hour point base")
