"""What `compensation extract` and `explain` do: files and streams in, readings out."""

import json
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, TextIO

from pipelines.extraction import answer_lines, lines_for_people, to_json
from pipelines.parsing.engine import read
from pipelines.parsing.explain import explain, render


def answer_stream(lines: TextIO, out: TextIO) -> int:
    """Answer each request line as it comes; return 1 when any line was bad, else 0."""
    code = 0
    for answer, is_good in answer_lines(lines):
        out.write(answer + "\n")
        out.flush()
        code = code if is_good else 1
    return code


def extract_files(
    files: Sequence[Path], *, as_json: bool, include_all: bool, **hints: str | None
) -> int:
    """Print the rates of each file, or of stdin; return 1 when a file could not be read."""
    code = 0
    for name, page, text, problem in texts_of(files):
        if problem:
            print(f"compensation: {problem}", file=sys.stderr)  # noqa: T201
            code = 1
            continue
        readings = read(text, include_all=include_all, **hints)
        where = f"{name}:{page}:" if name else ""
        lines: Iterator[str] = lines_for_people(readings, where)
        if as_json:
            lines = (to_json(reading, file=name or None, page=page) for reading in readings)
        sys.stdout.writelines(line + "\n" for line in lines)
    return code


def texts_of(files: Sequence[Path]) -> Iterator[tuple[str, int, str, str | None]]:
    """Yield file name, page number, text and, for a file that cannot be read, the problem."""
    if not files:
        data = sys.stdin.buffer.read()
        yield "", 1, data.decode("utf-8", "replace"), None
        return
    for path in files:
        yield from _pages_of(path)


def _pages_of(path: Path) -> Iterator[tuple[str, int, str, str | None]]:
    from sources.documents import LedgerEntry
    from sources.errors import DocumentUnreadable
    from sources.readers.reading import read as read_document

    name = str(path)
    try:
        content = path.read_bytes()
        entry = LedgerEntry(
            document_id=sha256(content).hexdigest(),
            source_id="extract",
            file_name=path.name,
            byte_count=len(content),
            retrieved_at=datetime.fromtimestamp(path.stat().st_mtime, UTC),
        )
        for text in read_document(entry, path):
            for page in text.pages:
                yield name, page.number, page.text, None
    except OSError as problem:
        yield name, 0, "", f"{name}: {problem.strerror}"
    except DocumentUnreadable as problem:
        yield name, 0, "", f"{name}: {problem}"


def explain_text(text: str, *, as_json: bool, colour: bool, **hints: Any) -> str:
    """Return every decision on a text, for people or for machines."""
    explanation = explain(text, **hints)
    if as_json:
        return json.dumps(explanation, ensure_ascii=False, indent=2, default=str)
    return render(explanation, colour)
