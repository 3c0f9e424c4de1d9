"""Reads a document in a process of its own, so that no document can harm another."""

import atexit
import io
import json
import os
import pickle
import subprocess
import sys
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from threading import Lock
from typing import IO, Any

from sources import documents
from sources.documents import DocumentText
from sources.errors import DocumentUnreadable, Reason, unmet
from sources.readers.limits import Limits

DEFAULT_LIMITS = Limits()

# What an answer may be made of; a child that was taken over can make nothing else.
SAFE = {
    *(("sources.documents", name) for name in vars(documents) if name[0].isupper()),
    ("sources.errors", "DocumentUnreadable"),
    ("sources.errors", "Reason"),
    ("decimal", "Decimal"),
    ("datetime", "date"),
    ("datetime", "datetime"),
    ("datetime", "timezone"),
    ("datetime", "timedelta"),
}


class Nursery:
    """The helper process of this process; one document at a time, whoever asks."""

    def __init__(self) -> None:
        """Start the process."""
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "sources.readers.nursery"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        self.owner = os.getpid()

    @property
    def is_alive(self) -> bool:
        """Return whether this process may still ask it."""
        return self.owner == os.getpid() and self._process.poll() is None

    def ask(self, request: dict[str, Any]) -> bytes:
        """Return the bytes that the child made of a document.

        Raises:
            DocumentUnreadable: The child came to its limits, or failed.
        """
        asking, answering = _open(self._process.stdin), _open(self._process.stdout)
        try:
            asking.write(json.dumps(request).encode() + b"\n")
            asking.flush()
            head = json.loads(answering.readline())
            output = answering.read(head["size"])
        except (OSError, ValueError):
            self._process.kill()
            self.close()
            message = unmet("reader", "an answer", "none; the reading process was killed")
            raise DocumentUnreadable(Reason.READER_FAILED, message) from None
        if head["problem"]:
            raise DocumentUnreadable(*head["problem"])
        return output

    def close(self) -> None:
        """End the process, which ends when nobody can ask it any more."""
        if self.owner != os.getpid():
            return
        for stream in (self._process.stdin, self._process.stdout):
            with suppress(BrokenPipeError):
                _open(stream).close()
        self._process.wait()


def _open(stream: IO[bytes] | None) -> IO[bytes]:
    if stream is None:
        message = "the reading process has no pipe"
        raise ValueError(message)
    return stream


class _Answer(pickle.Unpickler):
    """Makes the records of this room from an answer, and refuses to make anything else."""

    def find_class(self, module: str, name: str) -> Any:
        """Return a class that an answer may hold."""
        if (module, name) not in SAFE:
            message = f"an answer may not hold {module}.{name}"
            raise pickle.UnpicklingError(message)
        return super().find_class(module, name)


_lock = Lock()
_running: list[Nursery] = []


def read_isolated(
    kind: str, document_id: str, path: Path, limits: Limits = DEFAULT_LIMITS
) -> DocumentText:
    """Return the text of a PDF or HTML file, read in a fresh process with limits.

    Args:
        kind: `pdf` or `html`.
        document_id: The hash of the file.
        path: The file.
        limits: How much reading may cost.

    Raises:
        DocumentUnreadable: The reader refuses it, it needs too much, or the reader failed.
    """
    request = {
        "kind": kind,
        "document_id": document_id,
        "path": str(path.absolute()),
        "limits": asdict(limits),
    }
    with _lock:
        output = _nursery().ask(request)
    try:
        answer = _Answer(io.BytesIO(output)).load()
    except (pickle.UnpicklingError, EOFError) as problem:
        message = unmet("reader", "the text of a document", str(problem))
        raise DocumentUnreadable(Reason.READER_FAILED, message) from None
    if isinstance(answer, DocumentUnreadable):
        raise answer
    if not isinstance(answer, DocumentText):
        message = unmet("reader", "the text of a document", type(answer).__name__)
        raise DocumentUnreadable(Reason.READER_FAILED, message)
    return answer


def _nursery() -> Nursery:
    """Return the running helper of this process; another process's is never used."""
    if not _running or not _running[0].is_alive:
        _end()
        _running[:] = [Nursery()]
    return _running[0]


@atexit.register
def _end() -> None:
    for nursery in _running:
        nursery.close()
