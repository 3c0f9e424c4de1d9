"""Statements in German, Dutch, the Nordic languages and Hungarian, with traps among them."""

from pathlib import Path

import pytest

from pipelines.parsing.engine import read, read_whole
from pipelines.parsing.notation import example_text, expected_readings, summarize

LINES = [
    line
    for line in Path(__file__)
    .with_name("germanic_nordic_hungarian.txt")
    .read_text("utf-8")
    .splitlines()
    if line
]


@pytest.mark.parametrize("line", LINES)
def test_reads_a_statement_of_another_language(line: str) -> None:
    written, _, expected = line.partition(" \u21d2 ")
    text, country = example_text(written)
    default, beyond = expected_readings(expected)
    assert summarize(read(text, country=country)) == default
    everything = read(text, country=country, include_all=True)
    assert [one for one in beyond if one not in summarize(everything)] == []
    assert everything == read_whole(text, country=country, include_all=True)
