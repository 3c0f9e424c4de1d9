"""The process that reads PDF and HTML files, each in a child of its own.

It is started once, knows the readers, and never touches a document itself: for each request it
forks a child with limits, passes on what the child answers, and says how it ended. A request is
a line of JSON; an answer is a line of JSON and then as many bytes as it says.
"""

import json
import os
import pickle
import resource
import select
import signal
import sys
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import IO, Any

from sources.documents import DocumentText
from sources.errors import DocumentUnreadable, Reason, unmet
from sources.readers.limits import Limits

Reader = Callable[[str, bytes], DocumentText]

READERS = {
    "html": ("sources.readers.html", "read_html"),
    "pdf": ("sources.readers.pdf", "read_pdf"),
}

OUT_OF_MEMORY = 3
FAILED = 4


def serve(requests: IO[bytes], answers: IO[bytes]) -> None:
    """Answer requests until there are no more."""
    for line in requests:
        request = json.loads(line)
        module, name = READERS[request["kind"]]
        reader: Reader = getattr(import_module(module), name)
        limits = Limits(**request["limits"])
        output, problem = _in_child(reader, request, limits)
        head = {"size": len(output), "problem": problem}
        answers.write(json.dumps(head).encode() + b"\n" + output)
        answers.flush()


def _in_child(
    reader: Reader, request: dict[str, Any], limits: Limits
) -> tuple[bytes, tuple[str, str] | None]:
    """Return what a child of its own makes of a document, or how the child ended."""
    receiving, sending = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(receiving)
        _live(reader, request, limits, sending)
    os.close(sending)
    output, cut_short = _receive(receiving, limits)
    os.close(receiving)
    if cut_short:
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    problem = cut_short or _ending(os.waitstatus_to_exitcode(status), limits)
    return (b"", problem) if problem else (output, None)


def _receive(pipe: int, limits: Limits) -> tuple[bytes, tuple[str, str] | None]:
    """Return what comes through a pipe, or why it was not waited for any longer."""
    deadline = time.monotonic() + limits.wall_time
    parts: list[bytes] = []
    size = 0
    while True:
        left = deadline - time.monotonic()
        if left <= 0 or not select.select([pipe], [], [], left)[0]:
            return b"", _too_much(Reason.LIMIT_TIME, f"{limits.wall_time:g} seconds")
        part = os.read(pipe, 1 << 20)
        if not part:
            return b"".join(parts), None
        parts.append(part)
        size += len(part)
        if size > limits.output:
            return b"", _too_much(Reason.TOO_LARGE, f"{limits.output:,} bytes of text")


def _ending(exit_code: int, limits: Limits) -> tuple[str, str] | None:
    """Return what the end of a child says of the document; nothing if it ended well."""
    if exit_code == 0:
        return None
    if exit_code == -signal.SIGXCPU:
        return _too_much(Reason.LIMIT_TIME, f"{limits.processor_time} seconds of the processor")
    if exit_code in {OUT_OF_MEMORY, -signal.SIGKILL}:
        return _too_much(Reason.LIMIT_MEMORY, f"{limits.memory:,} bytes of memory")
    got = f"an end with {exit_code}"
    return Reason.READER_FAILED, unmet("reader", "the text of the document", got)


def _too_much(reason: Reason, limit: str) -> tuple[str, str]:
    return reason, unmet("reader", f"to need at most {limit}", "a document that needs more")


def _live(reader: Reader, request: dict[str, Any], limits: Limits, sending: int) -> None:
    """Read the document, send what comes of it through the pipe, and end this process."""
    code = FAILED
    try:
        _confine(limits)
        output = _answer(reader, request)
        with os.fdopen(sending, "wb") as pipe:
            pipe.write(output)
        code = 0
    except MemoryError:
        code = OUT_OF_MEMORY
    finally:
        os._exit(code)


def _confine(limits: Limits) -> None:
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nothing, stream)
    for limit, value in (
        (resource.RLIMIT_AS, limits.memory),
        (resource.RLIMIT_CPU, limits.processor_time),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(limit)[1]
        allowed = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(limit, (allowed, hard))


def _answer(reader: Reader, request: dict[str, Any]) -> bytes:
    """Return the pickled text of a document, or the reason why it has none."""
    content = Path(request["path"]).read_bytes()
    try:
        return pickle.dumps(reader(request["document_id"], content))
    except DocumentUnreadable as problem:
        return pickle.dumps(problem)
    except MemoryError:
        raise
    except Exception as problem:  # noqa: BLE001 - the edge of a process that reads what it may
        got = f"{type(problem).__name__}: {problem}"[:300]
        message = unmet("reader", "a document that it can read", got)
        return pickle.dumps(DocumentUnreadable(Reason.READER_FAILED, message))


if __name__ == "__main__":
    try:
        serve(sys.stdin.buffer, sys.stdout.buffer)
    except BrokenPipeError:
        os._exit(FAILED)  # whoever asked is gone, and nobody waits for what is left to write
