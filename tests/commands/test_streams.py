"""compensation extract --jsonl-in: one answer per line, whatever the line is."""

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.commands.reading_lines import answer_lines

GOOD = {"id": 1, "text": "Raters get $15.50 an hour."}


def answers(command, *lines):
    sent = b"".join(line if isinstance(line, bytes) else line.encode() for line in lines)
    done = command("extract", "--jsonl-in", stdin=sent)
    return done, [json.loads(line) for line in done.stdout.splitlines()]


def test_a_line_is_answered_by_its_readings_under_its_id(command):
    done, (answer,) = answers(command, json.dumps(GOOD))
    assert done.exit_code == 0
    assert answer["id"] == 1
    assert [one["amount_min"] for one in answer["readings"]] == [15.5]
    assert '"amount_min":15.50,' in done.stdout


def test_hints_and_the_request_for_everything_are_followed(command):
    text = "Raters get $15 an hour and a bonus of $500."
    _, (canada, all_of_it) = answers(
        command,
        json.dumps({"id": "a", "text": text, "country": "CA", "language": None}) + "\n",
        json.dumps({"id": "b", "text": text, "include_all": True, "currency": "USD"}) + "\n",
    )
    assert [one["currency"] for one in canada["readings"]] == ["CAD"]
    assert [one["kind"] for one in all_of_it["readings"]] == ["base", "bonus"]


@pytest.mark.parametrize(
    ("line", "got"),
    [
        ("not json", "not json"),
        ("", "an empty line"),
        ("[1, 2]", "no object"),
        ('"text"', "no object"),
        ('{"id": 1}', "without text"),
        ('{"text": "x"}', "without id"),
        ('{"id": 1, "text": 5}', "text is 5"),
        ('{"id": 1, "text": null}', "text is null"),
        ('{"id": true, "text": "x"}', "id is true"),
        ('{"id": null, "text": "x"}', "id is null"),
        ('{"id": 1, "text": "x", "include_all": 1}', "include_all is 1"),
        ('{"id": 1, "text": "x", "country": 1}', "country is 1"),
        ('{"id": 1, "text": "x", "colour": 1}', "colour"),
        ('{"id": NaN, "text": "x"}', "id is NaN"),
        ("[" * 100_000, "no JSON"),
        ('{"id": ' + "9" * 5_000 + ', "text": "x"}', "no JSON"),
        (b'{"id": 1, "text": "caf\xe9"}', "UTF-8"),
        (b"\x00\x01", "no JSON"),
    ],
)
def test_a_bad_line_is_answered_in_its_place_and_the_rest_goes_on(command, line, got):
    bad = line if isinstance(line, bytes) else line.encode()
    done, (first, second, third) = answers(
        command, json.dumps(GOOD) + "\n", bad + b"\n", json.dumps(GOOD | {"id": 3}) + "\n"
    )
    assert done.exit_code == 1
    assert (first["id"], third["id"]) == (1, 3)
    assert second["id"] is None
    assert second["error"]["line"] == 2
    assert got in second["error"]["got"]
    assert '{"id", "text"' in second["error"]["expected"]
    assert len(third["readings"]) == 1


def test_lone_surrogates_come_back_as_they_went_in(command):
    line = '{"id": "\\ud800", "text": "\\udfff pays $20 per \\ud83d hour"}'
    done, (answer,) = answers(command, line)
    assert done.exit_code == 0
    assert answer["id"] == "\ud800"


def test_every_script_is_written_as_it_is_and_counted_in_code_points(command):
    text = "時給は🎉1,500円です。"
    done, (answer,) = answers(command, json.dumps({"id": "é日", "text": text}))
    assert '"id":"é日"' in done.stdout
    (found,) = answer["readings"]
    assert text[found["char_start"] : found["char_end"]] == found["matched_text"]


def test_only_a_line_feed_ends_a_line(command):
    text = "Raters\x85 get\u2028 $15 an hour.\x0c"
    line = json.dumps({"id": 1, "text": text}, ensure_ascii=False)
    done, found = answers(command, f"{line}\r\n", "\ufeff", line)
    assert [one["id"] for one in found] == [1, None]
    done, found = answers(command, "\ufeff", line)
    assert (done.exit_code, len(found)) == (0, 1)


def test_a_line_of_megabytes_is_answered(command):
    text = "The panel met. " * 200_000 + "Raters get $15 an hour."
    _, (answer,) = answers(command, json.dumps({"id": 1, "text": text}))
    assert answer["readings"][0]["char_end"] == len(text) - 1


def test_no_lines_give_no_answers(command):
    done, found = answers(command)
    assert (done.exit_code, found, done.stderr) == (0, [], "")


def test_the_stream_takes_no_other_arguments(command, tmp_path):
    for arguments in ([tmp_path / "a.txt"], ["--jsonl"], ["--country", "US"]):
        done = command("extract", "--jsonl-in", *arguments)
        assert done.exit_code == 2
        assert "use it alone" in done.stderr


def test_each_answer_comes_before_the_next_question(process):
    stream = process("extract", "--jsonl-in")
    for number in range(3):
        stream.stdin.write(json.dumps(GOOD | {"id": number}).encode() + b"\n")
        stream.stdin.flush()
        assert json.loads(stream.stdout.readline())["id"] == number
    stream.stdin.write(b"oops\n")
    stream.stdin.close()
    assert json.loads(stream.stdout.readline())["error"]["line"] == 4
    assert stream.wait(20) == 1


def test_ten_thousand_lines_keep_their_order(process):
    lines = [
        json.dumps({"id": n, "text": f"Raters get ${n}.05 an hour."}) for n in range(10_000)
    ]
    out, err = process("extract", "--jsonl-in").communicate("\n".join(lines).encode(), 60)
    found = [json.loads(line, parse_float=Decimal) for line in out.splitlines()]
    assert [one["id"] for one in found] == list(range(10_000))
    assert [one["readings"][0]["amount_min"] for one in found[:3]] == [
        Decimal("0.05"),
        Decimal("1.05"),
        Decimal("2.05"),
    ]
    assert err == b""


def test_the_stream_is_utf8_whatever_the_terminal_speaks(process, in_latin1):
    line = json.dumps({"id": "日", "text": "時給1,500円"}, ensure_ascii=False).encode()
    out, _ = process("extract", "--jsonl-in", env=in_latin1).communicate(line, 20)
    assert json.loads(out.decode("utf-8"))["readings"][0]["matched_text"] == "1,500円"


@given(st.lists(st.binary(max_size=40)))
def test_every_line_of_any_bytes_has_one_answer(lines):
    sent = [line.replace(b"\n", b" ") + b"\n" for line in lines]
    found = [json.loads(answer) for answer, _ in answer_lines(sent)]
    assert len(found) == len(sent)
    assert all(one["id"] is None for one in found)


@given(st.text(), st.one_of(st.integers(-(10**18), 10**18), st.text()))
def test_every_text_has_an_answer_under_its_id(text, name):
    line = json.dumps({"id": name, "text": text}).encode() + b"\n"
    ((answer, is_good),) = answer_lines([line])
    assert is_good
    assert json.loads(answer)["id"] == name
