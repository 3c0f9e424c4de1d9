"""The command as a whole: help, mistakes, interruptions, readers that go away."""

import json
import signal
import time

import pytest

COMMANDS = ["run", "extract", "explain", "sql", "trace", "diff", "verify", "docs"]


def test_help_lists_the_commands_in_the_order_of_their_use(command):
    listed = command("--help").stdout.split("Commands:\n")[1].splitlines()
    assert [line.split()[0] for line in listed] == COMMANDS
    assert not any(line.endswith("...") for line in listed)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help(command, name):
    answer = command(name, "-h")
    assert answer.exit_code == 0
    assert answer.stdout.startswith(f"Usage: main {name}")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "Usage:"),
        (["bogus"], "No such command 'bogus'"),
        (["extract", "--bogus"], "No such option '--bogus'"),
        (["sql"], "Missing argument 'QUERY'"),
        (["trace"], "Missing argument"),
        (["diff"], "Missing argument"),
        (["explain"], "Missing argument 'TEXT'"),
    ],
)
def test_a_mistake_in_the_command_shows_how_it_is_used(command, arguments, said):
    answer = command(*arguments)
    assert answer.exit_code == 2
    assert said in answer.stderr
    assert answer.stdout == ""


def test_the_version_is_the_one_that_was_installed(command):
    from importlib.metadata import version

    assert version("ai-trainer-compensation") in command("--version").stdout


def test_a_reader_that_goes_away_ends_the_stream_quietly(process):
    stream = process("extract", "--jsonl-in")
    line = json.dumps({"id": 1, "text": "Raters get $15 an hour."}).encode() + b"\n"
    stream.stdin.write(line)
    stream.stdin.flush()
    stream.stdout.readline()
    stream.stdout.close()
    with pytest.raises(BrokenPipeError):
        stream.stdin.write(line * 100_000)
    assert stream.stderr.read() == b""
    assert stream.wait(20) != 0


def test_a_short_answer_that_nobody_reads_ends_quietly(process):
    reader = process("explain", "$5 an hour")
    reader.stdout.close()
    reader.stdin.close()
    assert reader.stderr.read() == b""


def test_an_interruption_ends_without_a_traceback(process):
    stream = process("extract", "--jsonl-in")
    stream.stdin.write(b"{}\n")
    stream.stdin.flush()
    stream.stdout.readline()
    stream.send_signal(signal.SIGINT)
    assert stream.wait(20) == 130
    assert stream.stderr.read() == b"compensation: interrupted\n"


def test_an_interrupted_query_ends_at_once(process, monkeypatch, published):
    monkeypatch.setenv("COMPENSATION_DATA", str(published.parents[1]))
    endless = "SELECT sum(a.range * b.range) FROM range(10000000) a, range(10000000) b"
    asked = process("sql", endless)
    time.sleep(3)
    asked.send_signal(signal.SIGINT)
    assert asked.wait(20) == -signal.SIGINT
    assert asked.stderr.read() == b""


def test_a_data_folder_that_cannot_be_made_is_named(command, monkeypatch, tmp_path):
    file = tmp_path / "data"
    file.write_text("")
    monkeypatch.setenv("COMPENSATION_DATA", str(file))
    answer = command("run")
    assert answer.exit_code == 1
    assert str(file) in answer.stderr
    assert "COMPENSATION_DATA" in answer.stderr


def test_docs_says_whether_the_pages_are_current(command, monkeypatch):
    monkeypatch.setattr("pipelines.commands.docs.stale_pages", list)
    assert command("docs", "--check").stdout == "the generated pages are current\n"
    monkeypatch.setattr("pipelines.commands.docs.stale_pages", lambda: ["docs/a.md"])
    answer = command("docs", "--check")
    assert (answer.exit_code, "make docs" in answer.stderr) == (1, True)
