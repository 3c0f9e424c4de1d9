"""The explanation shows what was read, refused and why."""

import json

from pipelines.parsing.explain import explain, render

TEXT = "Pay: $30-$40/hr plus a $500 bonus."


def test_shows_the_accepted_and_the_refused_amount() -> None:
    readings = explain(TEXT)["readings"]
    assert [(one["accepted"], one["refused_as"]) for one in readings] == [
        (True, None),
        (False, "bonus"),
    ]


def test_names_the_cues_with_weight_zone_and_word_for_each_amount() -> None:
    pay, bonus = explain(TEXT)["readings"]
    attached = {"zone": "attached"}
    assert pay["cues"][0] == {"kind": "base", "word": "pay", "weight": 8.0, **attached}
    assert bonus["cues"][0] == {"kind": "bonus", "word": "bonus", "weight": 12.0, **attached}
    assert bonus["sums"]["bonus"] > bonus["sums"]["base"]


def test_says_why_a_number_is_no_amount() -> None:
    (part,) = explain("Pay for Tier 2 raters is $30 an hour, 20 hours a week, up 5%")[
        "stretches"
    ]
    assert {one["text"]: one["because"].split()[0] for one in part["passed_over"]} == {
        "2": "the",
        "20": "no",
        "5": "a",
    }


def test_shows_what_a_table_gives_its_cells() -> None:
    found = explain("| Field | Rate ($/hr) |\n| Law | 95 |")
    assert found["stretches"][0]["is_table"]
    assert found["readings"][0]["accepted"]
    assert "table:cell" in found["readings"][0]["trace"]


def test_is_plain_data() -> None:
    assert json.loads(json.dumps(explain(TEXT))) == explain(TEXT)


def test_renders_with_and_without_colour() -> None:
    plain = render(explain(TEXT), colour=False)
    assert "\033" not in plain
    assert "refused as bonus" in plain
    assert "\033" in render(explain(TEXT), colour=True)


def test_says_so_when_nothing_was_found() -> None:
    assert "none" in render(explain("Nothing here."), colour=False)
