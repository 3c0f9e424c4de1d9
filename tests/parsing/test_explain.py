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


def test_names_the_cues_and_their_weights() -> None:
    cues = explain(TEXT)["stretches"][0]["cues"]
    assert {
        "amount": "$500",
        "kind": "bonus",
        "weight": 8.0,
        "zone": "attached",
        "word": "bonus",
    } in cues


def test_is_plain_data() -> None:
    assert json.loads(json.dumps(explain(TEXT))) == explain(TEXT)


def test_renders_with_and_without_colour() -> None:
    plain = render(explain(TEXT), colour=False)
    assert "\033" not in plain
    assert "refused as bonus" in plain
    assert "\033" in render(explain(TEXT), colour=True)


def test_says_so_when_nothing_was_found() -> None:
    assert "none" in render(explain("Nothing here."), colour=False)
