import contextlib
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipelines.cli import main

COMMAND = str(Path(sys.executable).with_name("compensation"))


@pytest.fixture
def command():
    """Runs the command in this process."""

    def invoke(*arguments, stdin=None):
        return CliRunner().invoke(main, [str(one) for one in arguments], input=stdin)

    return invoke


@pytest.fixture
def process():
    """Starts the command as a process of its own, its three streams as bytes."""
    started = []

    def start(*arguments, **options):
        streams = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
        one = subprocess.Popen([COMMAND, *map(str, arguments)], **(streams | options))
        started.append(one)
        return one

    yield start
    for one in started:
        one.kill()
        for stream in (one.stdin, one.stdout, one.stderr):
            if stream is not None:
                with contextlib.suppress(BrokenPipeError):
                    stream.close()
        one.wait()


@pytest.fixture
def release(monkeypatch, published):
    """The published release, found by commands as the newest one."""
    monkeypatch.setenv("COMPENSATION_DATA", str(published.parents[1]))
    return published


@pytest.fixture
def in_latin1():
    """The environment, with an encoding that cannot hold every character."""
    return os.environ | {"PYTHONIOENCODING": "latin-1", "PYTHONUTF8": "0"}
