"""The hand-labelled texts are read as well as the bars of the project ask."""

import runpy
from pathlib import Path

import pytest

GOLD = runpy.run_path(str(Path(__file__).resolve().parents[2] / "benchmarks" / "gold.py"))


@pytest.fixture(scope="module")
def outcomes():
    return [GOLD["judge"](row) for row in GOLD["load"]()]


def test_rates_of_the_gold_set_are_found_and_right(outcomes):
    rates = GOLD["total"](outcomes).rates
    assert rates.precision >= 0.97
    assert rates.recall >= 0.97


def test_texts_without_pay_give_hardly_ever_an_answer(outcomes):
    traps = GOLD["total"](outcomes).traps
    assert traps.wanted > 90
    assert traps.found <= 0.02 * traps.wanted


def test_full_records_and_the_kinds_of_the_rest_are_right(outcomes):
    score = GOLD["total"](outcomes)
    assert score.full.recall >= 0.95
    assert score.rest.recall >= 0.9


def test_every_language_of_the_gold_set_is_read(outcomes):
    by_language = GOLD["grouped"](outcomes, GOLD["by_language"])
    weak = [
        name
        for name, members in by_language.items()
        if (GOLD["total"](members).rates.recall or 0) < 0.8
    ]
    assert weak == []
    assert len(by_language) >= 25
