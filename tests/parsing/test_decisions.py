"""Every decision of the ambiguity register, on texts of our own."""

from pathlib import Path

import pytest

from pipelines.parsing.engine import read
from pipelines.parsing.notation import example_text, expected_readings, summarize

LINES = Path(__file__).with_name("decisions.txt").read_text("utf-8").splitlines()


@pytest.mark.parametrize("line", LINES)
def test_decides_an_ambiguous_statement_as_registered(line: str) -> None:
    written, _, expected = line.partition("\t")[2].partition(" \u21d2 ")
    text, country = example_text(written)
    default, beyond = expected_readings(expected)
    assert summarize(read(text, country=country)) == default
    everything = summarize(read(text, country=country, include_all=True))
    assert [one for one in beyond if one not in everything] == []


def test_every_decision_of_the_register_has_a_text() -> None:
    assert {line.partition("\t")[0] for line in LINES} == {f"D{n}" for n in range(1, 52)}


def test_a_question_and_a_negation_are_marked() -> None:
    (question,) = read("Would you label images for $4/hr?")
    assert question.warnings == ("nonassertive",)
    _, denied = read("She was paid $20, not $45 an hour")
    assert denied.warnings == ("nonassertive",)


def test_nearly_and_about_are_marked_as_approximate() -> None:
    (nearly,) = read("Labelers earn nearly $26 an hour")
    assert nearly.is_approximate
