"""Every example of the catalogue of pay expressions, in the catalogue's own notation."""

from pathlib import Path

import pytest

from pipelines.parsing.engine import read
from pipelines.parsing.notation import example_text, expected_readings, summarize

LINES = [
    line
    for line in Path(__file__).with_name("catalogue.txt").read_text("utf-8").splitlines()
    if line
]


@pytest.mark.parametrize("line", LINES)
def test_reads_a_catalogue_example(line: str) -> None:
    written, _, expected = line.partition(" \u21d2 ")
    text, country = example_text(written)
    default, beyond = expected_readings(expected)
    assert summarize(read(text, country=country)) == default
    everything = summarize(read(text, country=country, include_all=True))
    assert [one for one in beyond if one not in everything] == []


def test_the_catalogue_is_complete() -> None:
    assert len(LINES) == 139
