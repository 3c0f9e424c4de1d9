"""Text to pages: at form feeds, and long texts at blank lines."""

from collections.abc import Iterator

from sources.documents import Page

LONGEST_PAGE = 100_000

# Where a long text is best cut, first choice first.
BREAKS = ("\n\n", "\n", " ")


def pages_of(text: str) -> tuple[Page, ...]:
    """Return the pages of a text; there is always one, and joined they hold all of the text.

    A page ends at a form feed. One of more than 100,000 characters is cut at the last blank
    line before that, else at a line's end, else at a space, else in the middle of a word.
    """
    pieces = [piece for page in text.split("\f") for piece in _pieces(page)]
    return tuple(Page(number, piece) for number, piece in enumerate(pieces, 1))


def _pieces(text: str) -> Iterator[str]:
    start = 0
    while len(text) - start > LONGEST_PAGE:
        end = _cut(text, start)
        yield text[start:end]
        start = end
    yield text[start:]


def _cut(text: str, start: int) -> int:
    end = start + LONGEST_PAGE
    for mark in BREAKS:
        found = text.rfind(mark, start + 1, end)
        if found >= 0:
            return found + len(mark)
    return end
