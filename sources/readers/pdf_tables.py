"""Tables without rules on a page of a PDF: rows whose words fall into the same columns.

Nothing but white space marks the cells of such a table. A gap in one line says little, since
justified prose has wide gaps too; a gap at the same place in line after line parts two columns.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean

# In heights of a line: the narrowest gap between two cells, the widest between two rows.
CELL_GAP = 0.8
ROW_GAP = 2.0
# A gap between cells is this many times as wide as the spaces in them. Justified lines spread
# all their spaces alike.
WIDER_THAN_SPACES = 2.0

# In points: how far apart edges may be that are meant to stand at the same place.
SAME_EDGE = 3.0
FEWEST_ALIGNED = 2

MARKER = re.compile(r"[^\w\s]+|\(cid:\d+\)|\(?(?:\d{1,3}|[A-Za-z]|[ivx]+)[.)]?")
PAGE_NUMBER = re.compile(r"\d{1,4}|[ivxlc]+")


@dataclass(frozen=True, slots=True)
class Word:
    """A word and where it stands, in points from the upper left corner."""

    text: str
    left: float
    right: float
    top: float
    bottom: float

    @property
    def height(self) -> float:
        """Return the height, which is about the size of the type."""
        return self.bottom - self.top


Line = list[Word]
Grid = list[list[str]]


@dataclass(frozen=True, slots=True)
class Table:
    """Some lines that are the rows of a table, with their cells; no cells, no table."""

    lines: list[Line]
    cells: Grid


@dataclass(frozen=True, slots=True)
class Column:
    """The place of a column, and its cells by the number of their row."""

    left: float
    right: float
    cells: dict[int, Line]


def tables_in(lines: Sequence[Line]) -> Iterator[Table]:
    """Yield the lines from top to bottom: those of a table together, any other alone."""
    start = 0
    while start < len(lines):
        end, columns = _longest(lines, start)
        grid = _grid(columns, end - start)
        is_table = _is_aligned(columns) and not (_is_list(grid) or _is_contents(grid))
        end = end if is_table else start + 1
        yield Table(list(lines[start:end]), grid if is_table else [])
        start = end


def _longest(lines: Sequence[Line], start: int) -> tuple[int, list[Column]]:
    """Return where the rows end that begin at a line, and the columns they share.

    A line of one cell may stand between rows (a heading, a cell of two lines), not at an end.
    """
    end, found, columns = start + 1, list[Column](), list[Column]()
    for number, line in enumerate(lines[start:]):
        cells = _cells(line)
        is_row = len(cells) > 1
        is_near = not number or _is_near(lines[start + number - 1], line)
        grown = _with_row(columns, number, cells) if is_near and (is_row or number) else []
        if not grown:
            break
        columns = grown
        if is_row:
            end, found = start + number + 1, columns
    return end, _without_gaps(found)


def _is_near(above: Line, line: Line) -> bool:
    return line[0].top - above[0].bottom <= ROW_GAP * max(line[0].height, above[0].height)


def _cells(line: Line) -> list[Line]:
    """Return the words of a line in groups that stand far apart."""
    gaps = [word.left - before.right for before, word in pairwise(line)]
    narrowest = CELL_GAP * max(word.height for word in line)
    spaces = max((gap for gap in gaps if gap <= narrowest), default=0.0)
    least = max(narrowest, WIDER_THAN_SPACES * spaces)
    cells = [[line[0]]]
    for gap, word in zip(gaps, line[1:], strict=True):
        if gap > least:
            cells.append([])
        cells[-1].append(word)
    return cells


def _with_row(columns: Sequence[Column], number: int, cells: Iterable[Line]) -> list[Column]:
    """Return the columns with one more row; none if two cells of a row were in one column."""
    new = [Column(cell[0].left, cell[-1].right, {number: cell}) for cell in cells]
    grown: list[Column] = []
    for column in sorted([*columns, *new], key=lambda column: column.left):
        if not grown or column.left > grown[-1].right:
            grown.append(column)
        elif grown[-1].cells.keys() & column.cells.keys():
            return []
        else:
            grown[-1] = _merged(grown[-1], column)
    return grown


def _merged(one: Column, other: Column) -> Column:
    right = max(one.right, other.right)
    return Column(min(one.left, other.left), right, one.cells | other.cells)


def _without_gaps(columns: Sequence[Column]) -> list[Column]:
    """Return the columns, a head on the left and its numbers on the right in one."""
    joined: list[Column] = []
    for column in columns:
        if joined and not joined[-1].cells.keys() & column.cells.keys():
            joined[-1] = _merged(joined[-1], column)
        else:
            joined.append(column)
    return joined


def _is_aligned(columns: Sequence[Column]) -> bool:
    aligned = sum(_share_an_edge(list(column.cells.values())) for column in columns)
    return aligned >= FEWEST_ALIGNED


def _share_an_edge(cells: Sequence[Line]) -> bool:
    """Return whether half of some cells begin, end or have their middle at the same place."""
    lefts = [cell[0].left for cell in cells]
    rights = [cell[-1].right for cell in cells]
    middles = [fmean(edges) for edges in zip(lefts, rights, strict=True)]
    most = max(_most_alike(places) for places in (lefts, rights, middles))
    return most >= FEWEST_ALIGNED and 2 * most >= len(cells)


def _most_alike(places: Iterable[float]) -> int:
    """Return how many places at most lie within the width of an edge."""
    ordered = sorted(places)
    first, most = 0, 0
    for last, place in enumerate(ordered):
        while place - ordered[first] > SAME_EDGE:
            first += 1
        most = max(most, last - first + 1)
    return most


def _grid(columns: Sequence[Column], height: int) -> Grid:
    return [
        [" ".join(word.text for word in column.cells.get(row, [])) for column in columns]
        for row in range(height)
    ]


def _is_list(grid: Grid) -> bool:
    """Return whether rows are the items of a list, each after a bullet or a number."""
    return all(len(row) == 2 and (not row[0] or MARKER.fullmatch(row[0])) for row in grid)


def _is_contents(grid: Grid) -> bool:
    """Return whether rows are headings with the rising numbers of their pages."""
    pages = [row[-1] for row in grid if row]
    if not all(map(PAGE_NUMBER.fullmatch, pages)):
        return False
    numbers = [int(page) for page in pages if page.isdecimal()]
    return numbers == sorted(numbers)
