"""What `compensation extract` and `explain` do: files and streams in, readings out."""

import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, BinaryIO

from pipelines.commands.reading_lines import (
    Placed,
    answer_lines,
    in_utf8,
    lines_for_people,
    placed_json,
)
from pipelines.parsing.engine import read
from pipelines.parsing.explain import explain, render
from sources.errors import DocumentUnreadable, Reason, unmet

if TYPE_CHECKING:
    from sources.documents import DocumentText, LedgerEntry
    from sources.registry import Source

Hints = Mapping[str, Any]

STDIN = "-"
OTHER_MONEY = " (--include-all shows other amounts too)"
SPACE = b"\t\n\r\x0c \xef\xbb\xbf"
MARKUP = (b"<", b"{", b"[", b"%PDF")


def answer_stream(lines: Iterable[bytes], out: BinaryIO) -> int:
    """Answer each request line as it comes; return 1 when any line was bad, else 0."""
    code = 0
    for answer, is_good in answer_lines(lines):
        out.write(answer)
        out.flush()
        code = code if is_good else 1
    return code


def extract_files(
    files: Sequence[str], *, as_json: bool, include_all: bool, **hints: str | None
) -> int:
    """Print the rates of each file, or of stdin; return 1 when a file could not be read."""
    names = files or [STDIN]
    code = 0
    for name in names:
        try:
            found = list(_readings(name, include_all=include_all, hints=hints))
        except DocumentUnreadable as problem:
            _note(f"{_shown(name)}: {problem.message.removeprefix(f'{_shown(name)}: ')}")
            code = 1
        else:
            if not found:
                _note(f"{_shown(name)}: no pay found{'' if include_all else OTHER_MONEY}")
            _print(found, as_json=as_json, heading=name if len(names) > 1 else None)
    return code


def _print(found: Sequence[Placed], *, as_json: bool, heading: str | None) -> None:
    if as_json:
        sys.stdout.flush()
        sys.stdout.buffer.writelines(in_utf8(placed_json(placed)) for placed in found)
        return
    if found and heading:
        print(_shown(heading))  # noqa: T201
    indent = "  " if heading else ""
    sys.stdout.writelines(f"{indent}{line}\n" for line in lines_for_people(found))


def _note(message: str) -> None:
    print(f"compensation: {message}", file=sys.stderr)  # noqa: T201


def _shown(name: str) -> str:
    return "stdin" if name == STDIN else name


def _readings(name: str, *, include_all: bool, hints: Hints) -> Iterator[Placed]:
    """Yield what a file or stdin states.

    Raises:
        DocumentUnreadable: It cannot be read; says why and what to do.
    """
    if name != STDIN:
        yield from _of_file(Path(name), name, include_all=include_all, hints=hints)
        return
    if sys.stdin.isatty():
        _note("reading what you type; end with Ctrl-D")
    content = sys.stdin.buffer.read()
    text = plain_text(content)
    if text is not None:
        found = read(text, include_all=include_all, **hints)
        yield from (Placed(reading) for reading in found)
        return
    with TemporaryDirectory() as folder:
        path = Path(folder) / "stdin"
        path.write_bytes(content)
        yield from _of_file(path, "stdin", include_all=include_all, hints=hints)


def plain_text(content: bytes) -> str | None:
    """Return bytes that are plainly a text as that text, or None: a reader must look at them.

    So that a text on stdin is answered before the readers, which are many, could be loaded.
    """
    if b"\0" in content or content.lstrip(SPACE).startswith(MARKUP):
        return None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None


def _of_file(path: Path, name: str, *, include_all: bool, hints: Hints) -> Iterator[Placed]:
    """Yield what a document states, read as the inbox would read it."""
    from sources.readers.reading import read as read_document
    from sources.registry import load_registry

    inbox = next(source for source in load_registry() if source.id == "inbox")
    entry = _entry(path, name, inbox)
    known = {"country": entry.facts.country_code, "language": entry.facts.language_code}
    given = known | {key: value for key, value in hints.items() if value}
    for text in read_document(entry, path, inbox):
        yield from _of_text(text, name, include_all=include_all, hints=given)


def _entry(path: Path, name: str, source: "Source") -> "LedgerEntry":
    from sources.documents import LedgerEntry
    from sources.front_matter import declared_in

    try:
        content = path.read_bytes()
        written = path.stat().st_mtime
    except IsADirectoryError:
        message = unmet(name, "a file", "a folder", f"Name its files: {name}/*")
        raise DocumentUnreadable(Reason.READER_FAILED, message) from None
    except OSError as problem:
        reason = (problem.strerror or str(problem)).lower()
        message = unmet(name, "a file to read", reason, "Check the name.")
        raise DocumentUnreadable(Reason.READER_FAILED, message) from None
    return LedgerEntry(
        document_id=sha256(content).hexdigest(),
        source_id=source.id,
        file_name=name,
        byte_count=len(content),
        retrieved_at=datetime.fromtimestamp(written, UTC),
        facts=declared_in(name, content, None, source.defaults.text_origin).facts,
    )


def _of_text(
    text: "DocumentText", name: str, *, include_all: bool, hints: Hints
) -> Iterator[Placed]:
    from pipelines.transforms.posting_pay import read_posting

    postings = {posting.page_number: posting for posting in text.postings}
    for page in text.pages:
        posting = postings.get(page.number)
        if posting is None:
            found = read(page.text, include_all=include_all, **hints)
        else:
            stated = read_posting(posting, page.text, include_all=include_all, **hints)
            for one in stated.fields:
                yield Placed(one.reading, name, posting.page_number, one.path)
            found = stated.texts
        yield from (Placed(reading, name, page.number) for reading in found)


def explain_text(text: str, *, as_json: bool, colour: bool, **hints: Any) -> str:
    """Return every decision on a text, for people or for machines; it ends in a line feed."""
    explanation = explain(text, **hints)
    if as_json:
        return json.dumps(explanation, ensure_ascii=False, indent=2, default=str) + "\n"
    return render(explanation, colour)
