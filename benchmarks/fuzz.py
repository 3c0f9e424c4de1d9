"""Coverage-guided search for a text that breaks what the engine promises; see `make fuzz`.

For every text: no exception; spans lie in the text and slice to the matched words; the windows
give what the whole text gives. It starts from every example of the rules and lexicons. A text
that breaks a promise is printed and kept as a file; put it among the tests.
"""

import os
import sys
import tempfile
from pathlib import Path
from typing import Final

import atheris

with atheris.instrument_imports(include=["pipelines.parsing"]):
    from pipelines.parsing.engine import read, read_whole
    from pipelines.parsing.lexicon import lexicon
    from pipelines.parsing.notation import example_text
    from pipelines.parsing.rulebook import all_rules

_RUNS: Final = int(os.environ.get("RUNS", "200000"))
_SECONDS: Final = int(os.environ.get("SECONDS_AT_MOST", "600"))
_LONGEST: Final = 200
_LONGEST_WORD: Final = 60


def check(text: str) -> None:
    """Raise AssertionError, or whatever the engine raises, for a text that breaks a promise."""
    readings = read(text, include_all=True)
    for one in readings:
        in_text = 0 <= one.char_start < one.char_end <= len(text)
        assert in_text, f"span outside the text: {one}"
        assert text[one.char_start : one.char_end] == one.matched_text, f"other words: {one}"
    assert readings == read_whole(text, include_all=True), "windows differ from the whole text"


def _check_bytes(data: bytes) -> None:
    """Texts of up to four bytes a character; half of a surrogate pair is a character too."""
    check(data.decode("utf-8", "surrogatepass" if is_clean(data) else "replace"))


def is_clean(data: bytes) -> bool:
    try:
        data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return False
    return True


def _seeds() -> list[str]:
    texts = [text for one in all_rules() for text, _ in one.reads]
    texts += [text for one in all_rules() for text in one.refuses]
    texts += [row.example for row in lexicon().rows if row.example]
    return sorted({example_text(text)[0] for text in texts})


def _entry(word: str) -> str:
    """A word as a line of libFuzzer's dictionary."""
    return '"' + "".join(f"\\x{byte:02x}" for byte in word.encode()) + '"\n'


def main() -> None:
    folder = Path(tempfile.mkdtemp(prefix="fuzz-"))
    corpus = folder / "corpus"
    corpus.mkdir()
    for number, text in enumerate(_seeds()):
        (corpus / f"{number:05}").write_bytes(text.encode("utf-8", "surrogatepass"))
    words = sorted({row.surface for row in lexicon().rows if len(row.surface) < _LONGEST_WORD})
    dictionary = folder / "words"
    dictionary.write_text("".join(map(_entry, words)), "utf-8")
    print(f"{len(_seeds())} seeds; texts that break a promise are kept in {folder}")
    options = [
        f"-runs={_RUNS}",
        f"-max_total_time={_SECONDS}",
        f"-max_len={_LONGEST}",
        f"-dict={dictionary}",
        f"-artifact_prefix={folder}/",
        "-print_final_stats=1",
        str(corpus),
    ]
    atheris.Setup([sys.argv[0], *options], _check_bytes)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
