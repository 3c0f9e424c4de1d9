"""Sentences in Polish, Arabic, Russian, Czech, Hindi and Ukrainian, and what they say."""

from pathlib import Path

import pytest

from pipelines.parsing.engine import read, read_whole
from pipelines.parsing.notation import example_text, expected_readings, summarize

LINES = Path(__file__).with_name("languages_east.txt").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("line", LINES)
def test_reads_a_sentence(line: str) -> None:
    written, expected = line.split(" \u21d2 ")
    text, country = example_text(written)
    readings = read(text, country=country)
    assert summarize(readings) == expected_readings(expected)[0]
    assert readings == read_whole(text, country=country)


@pytest.mark.parametrize(
    "pay", ["\u0627\u0644\u0627\u062c\u0631", "\u0627\u0644\u0623\u064e\u062c\u0631"]
)
def test_letters_written_in_two_ways_move_no_place(pay: str) -> None:
    text = f"{pay} 25 \u062f\u0631\u0647\u0645 \u0644\u0644\u0633\u0627\u0639\u0629"
    (one,) = read(text)
    assert text[one.char_start : one.char_end] == text.removeprefix(f"{pay} ")
    assert str(one.pay_period) == "hour"
