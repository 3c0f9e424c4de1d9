"""The word lists of this package, read from the tables under `lexicon/`.

A phrase table (`domains.tsv`, `places.tsv` ...) has the columns surface, code, flags, example
and expected. A surface is written in lower case; one that is written with capitals (`US`,
`Turing`) is found only with capitals. The code `-` means "this phrase says nothing here", so
that "health insurance" is not medicine. Where example is empty, the surface itself must give
the code.

Flags: `weak` and `strong` rank a phrase among others of its kind; `title` (posting titles
only), `label` (not in sentences), `prose` (not in posting titles), `place` (location fields
only) say where it is read; `letters` marks state letters ("WA"), `ambiguous` a name of two
countries, `degree` an academic degree; `E0` to `E4` is the tier a profession carries itself.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

NOTHING: Final = "-"
"""The code of a phrase that looks like one of the list and is not."""

SEVERAL: Final = "*"
"""The code of a place that is not one country, and of firms that are not one platform: country
or platform is then known to be none."""

FLAGS: Final = frozenset(
    {
        *("weak", "strong"),
        *("title", "label", "prose", "place", "letters", "ambiguous"),
        *("degree", "E0", "E1", "E2", "E3", "E4"),
    }
)


class LexiconError(ValueError):
    """A row of a word list that cannot be used; says the file, the line and what to write."""

    def __init__(self, where: str, problem: str) -> None:
        """Say where (`domains.tsv:12`) and what is wrong there."""
        super().__init__(f"{where}: {problem}")


@dataclass(frozen=True, slots=True)
class PhraseRow:
    """One row of a phrase table and where it stands."""

    surface: str
    code: str
    flags: frozenset[str]
    example: str
    expected: str
    where: str


def _lines(name: str) -> Iterator[tuple[str, list[str]]]:
    """Yield place (`domains.tsv:12`) and cells of every row; the first row is the header."""
    text = files("pipelines.attributes").joinpath("lexicon", name).read_text(encoding="utf-8")
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip() and not line.startswith("#"):
            yield f"{name}:{number}", [cell.strip() for cell in line.split("\t")]


def parse_phrase_row(where: str, cells: list[str]) -> PhraseRow:
    """Return one row of a phrase table.

    Raises:
        LexiconError: a missing surface or code, too many columns, or an unknown flag.
    """
    if not 2 <= len(cells) <= 5 or not all(cells[:2]):
        raise LexiconError(
            where, f"expected surface, code, flags, example, expected; got {cells}"
        )
    surface, code, flags, example, expected = [*cells, "", "", ""][:5]
    names = frozenset(flags.split(",")) if flags else frozenset()
    if names - FLAGS:
        raise LexiconError(
            where, f"unknown flag {sorted(names - FLAGS)}; expected some of {sorted(FLAGS)}"
        )
    return PhraseRow(surface, code, names, example or surface, expected or code, where)


@cache
def phrase_rows(name: str) -> tuple[PhraseRow, ...]:
    """Return the rows of one phrase table, e.g. `phrase_rows("domains.tsv")`.

    Raises:
        LexiconError: a row that cannot be read, or a surface that stands there twice.
    """
    rows = tuple(parse_phrase_row(where, cells) for where, cells in list(_lines(name))[1:])
    seen: dict[str, str] = {}
    for row in rows:
        if row.surface in seen:
            raise LexiconError(
                row.where, f"{row.surface!r} stands already at {seen[row.surface]}; keep one"
            )
        seen[row.surface] = row.where
    return rows


@cache
def record_rows(name: str) -> tuple[dict[str, str], ...]:
    """Return the rows of a table of records (`countries.tsv`) as dicts keyed by its header.

    Raises:
        LexiconError: a row with more cells than the header.
    """
    (_, header), *rows = _lines(name)
    records = []
    for where, cells in rows:
        if len(cells) > len(header):
            raise LexiconError(where, f"expected {len(header)} columns, got {len(cells)}")
        filled = cells + [""] * (len(header) - len(cells))
        records.append(dict(zip(header, filled, strict=True)) | {"where": where})
    return tuple(records)


def listed(cell: str) -> list[str]:
    """Return the parts of a cell that holds several values separated by semicolons."""
    return [part.strip() for part in cell.split(";") if part.strip()]
