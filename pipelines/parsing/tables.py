"""Tables: a column gives its cells currency, unit, scale, statistic and kind."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Final, NamedTuple

from pipelines.parsing.amounts import Sum, find_amounts, fits, parse_number
from pipelines.parsing.blocks import column_starts
from pipelines.parsing.context import Context, Declared, declaration_of
from pipelines.parsing.expression import Expression
from pipelines.parsing.expressions import find_expressions
from pipelines.parsing.inherit import (
    are_alike,
    by_magnitude,
    check_plausible,
    from_above,
    magnitude_period,
)
from pipelines.parsing.kinds import (
    Scores,
    add_heading,
    add_title,
    is_price,
    names_title,
    score,
)
from pipelines.parsing.lexer import NUM, WORD
from pipelines.parsing.money import resolve_currency
from pipelines.parsing.periods import head_unit
from pipelines.parsing.ranges import LABELS_RULE
from pipelines.parsing.rules import rule
from pipelines.parsing.statistics import decide_statistic
from pipelines.parsing.tagging import Tokens, tag
from pipelines.parsing.text import normalize
from pipelines.parsing.words import Entry
from warehouse.vocabulary import CurrencySource, Kind, PeriodSource, Statistic, TaxTreatment

CELL: Final = rule(
    "table.cell",
    "A column gives its cells currency, unit, scale and statistic; bare numbers then count.",
    reads=(
        (
            "| Domain | Rate ($/hr) |\u23ce| Law | 95 |\u23ce| Biology | 48-60 |",
            "95 USD/hour point base ; 48..60 USD/hour range base",
        ),
        (
            "| Site | Rating | Code |\u23ce| A | $20/hr | $40/hr |\u23ce| B | $15 | - |",
            "20 USD/hour point base ; 40 USD/hour point base ; 15 USD/hour point base",
        ),
        (
            "Field\u21e5Median ($/hr)\u21e5P75\u21e5n\u23ceLaw\u21e562\u21e580\u21e541",
            "62 USD/hour median base ; 80 USD/hour percentile base",
        ),
        ("Level\u21e5Median salary (£k)\u23ceSenior\u21e567", "67000 GBP/year median base"),
        (
            "| Band | Hourly rate | Share of raters |\u23ce| Entry | $15 to $20 | 30 percent |",
            "15..20 USD/hour share base",
        ),
    ),
    refuses=("| Domain | Openings |\u23ce| Law | 95 |",),
)
COLUMNS: Final = rule(
    "table.minimum_maximum",
    "A minimum and a maximum column make one range per row; an empty cell leaves its end open.",
    reads=(
        (
            "Role\u21e5Min (€/hour)\u21e5Max (€/hour)\u23ceEditor\u21e522\u21e531",
            "22..31 EUR/hour range base",
        ),
        (
            "| In | Min $/hr | Median $/hr | Max $/hr |\u23ce| Kenya | 1.30 | 1.70 | 3.74 |",
            "1.30..3.74 USD/hour range base ; 1.70 USD/hour median base",
        ),
        (
            "| In | Min $/hr | Max $/hr |\u23ce| UK | 15 | 26+ |\u23ce| US | 40+ | up to 90 |",
            "15..26+ USD/hour range base ; 40..90 USD/hour range base",
        ),
        (
            "| In | Min $/hr | Max $/hr |\u23ce| UK | 60 | \u2013 |\u23ce| US | | 90 |",
            "60.. USD/hour starting base ; ..90 USD/hour max base",
        ),
        (
            "Field\u21e5Rate from ($/hour)\u21e5Rate to ($/hour)\u23ceLaw\u21e560\u21e590",
            "60..90 USD/hour range base",
        ),
        (
            "Hourly pay (USD)\u23ce\u23ce| Field | From | To |\u23ce| Law | 60 | 90 |",
            "60..90 USD/hour range base",
        ),
    ),
    refuses=(
        "Pay per hour (USD)\u23ce\u23ce| In | Min age | Max age |\u23ce| Law | 20 | 90 |",
    ),
)

_SHARES: Final = frozenset({"percent", "share"})
_RULE_LINE: Final = re.compile(r"[\s|:+=\u2013-]*$")
_PAY: Final = frozenset({Kind.BASE, Kind.TOTAL})
_PARTNERS: Final = {"low": "high", "high": "low"}
# Enough cells with a unit to find one of a like size.
_MOST_STATED: Final = 20


@dataclass(slots=True)
class Cell:
    """One cell: its place in the text, and its tagged tokens."""

    start: int
    end: int
    tokens: Tokens
    index: Sequence[int] | None


@dataclass(slots=True)
class Column:
    """What a header cell says about the cells below it."""

    tokens: Tokens
    declared: Declared | None
    is_skipped: bool
    is_share: bool
    minmax: str | None
    scale: Decimal | None
    has_cue: bool

    @property
    def gives_unit(self) -> bool:
        """Whether bare numbers below are amounts by the header alone."""
        if self.declared is None or self.is_share:
            return False
        has_unit = self.declared.unit is not None and (self.has_cue or self.declared.statistic)
        return self.declared.currency is not None or bool(has_unit and not self.is_skipped)


class Found(NamedTuple):
    """One expression of a table and where its span comes from."""

    one: Expression
    first: Cell
    last: Cell
    stop: int
    column: Column | None


def read_table(context: Context, start: int, end: int) -> list[tuple[Expression, int, int]]:
    """The expressions of a table with their spans in the text."""
    rows = [row for row in _rows(context, start, end) if row]
    if not rows:
        return []
    columns = [] if _has_amounts(rows[0]) else [_column(cell) for cell in rows[0]]
    _pair_from_to(columns)
    _lend(columns)
    above = context.declared(start)
    found: list[tuple[Expression, int, int]] = []
    for row in rows[1 if columns else 0 :]:
        read = _read_row(row, columns, above, context, start)
        found.extend((each.one, *_span(each)) for each in read)
    _share_unit([one for one, _, _ in found])
    return found


def _share_unit(group: list[Expression]) -> None:
    """Gives cells of which nothing is said the one unit that other cells state."""
    stated = [one for one in group if one.unit is not None and one.kind in _PAY]
    if len({one.unit.period for one in stated if one.unit is not None}) != 1:
        return
    for one in group:
        near = next((other for other in stated[:_MOST_STATED] if _may_share(one, other)), None)
        is_open = one.unit is None and (one.reason == "silent" or one.kind in _PAY)
        if near is not None and is_open:
            one.kind, one.unit = near.kind, near.unit
            one.period_source = PeriodSource.SIBLING
            one.trace.append("per:sibling")
            check_plausible(one)


def _may_share(one: Expression, near: Expression) -> bool:
    if one.currency == near.currency:
        return are_alike(one, near)
    return near.unit is not None and magnitude_period(one) == near.unit.period


def _rows(context: Context, start: int, end: int) -> Iterator[list[Cell]]:
    text = context.text
    place = start
    columns = column_starts(text, start, end) if "|" not in text[start:end] else []
    for line in text[start:end].split("\n"):
        if line.strip() and not _RULE_LINE.match(line):
            if columns:
                yield _sliced(context, line, place, columns)
            else:
                yield _cells(context, line, place)
        place += len(line) + 1


def _sliced(context: Context, line: str, place: int, columns: list[int]) -> list[Cell]:
    """The cells of a line set in columns."""
    edges = [0, *columns[1:], max(len(line), columns[-1])]
    return [_cell(context, line[first:last], place + first) for first, last in pairwise(edges)]


def _cell(context: Context, part: str, place: int) -> Cell:
    clean, index = normalize(part)
    return Cell(place, place + len(part), tag(clean, context.usual_languages), index)


def _cells(context: Context, line: str, place: int) -> list[Cell]:
    mark = "|" if "|" in line else "\t"
    cells: list[Cell] = []
    parts = line.split(mark)
    for number, part in enumerate(parts):
        is_edge = number in {0, len(parts) - 1} and not part.strip() and mark == "|"
        if not is_edge:
            cells.append(_cell(context, part, place))
        place += len(part) + 1
    return cells


def _has_amounts(row: list[Cell]) -> bool:
    return any(not one.is_latent for cell in row for one in find_amounts(cell.tokens))


def _column(cell: Cell) -> Column:
    tokens = cell.tokens
    entries = [entry for entry in tokens.entries if entry is not None]
    has_cue = any(
        cue.kind in {Kind.BASE, Kind.TOTAL} and "weak" not in cue.flags
        for entry in entries
        for cue in entry.cues
    )
    return Column(
        tokens,
        declaration_of(tokens, needs_noun=False),
        any(entry.skip_column for entry in entries),
        any(not entry.roles.isdisjoint(_SHARES) for entry in entries),
        next((entry.minmax for entry in entries if entry.minmax), None),
        _scale(tokens),
        has_cue,
    )


def _pair_from_to(columns: list[Column]) -> None:
    """Takes a column headed "To" or "Up to" beside a minimum column for its maximum.

    The word may follow what both headers share ("Rate from", "Rate to").
    """
    for low, high in pairwise(columns):
        if low.minmax == "low" and high.minmax is None:
            shared = 0
            while low.tokens.word(shared) == high.tokens.word(shared) != "":
                shared += 1
            entry = high.tokens.entry(shared)
            if shared and not _names_pay(high.tokens.entries[:shared]):
                continue
            if entry is not None and (entry.connector == "to" or entry.bound == "ceiling"):
                high.minmax = "high"


def _names_pay(entries: list[Entry | None]) -> bool:
    """Whether one of the words is of pay or of its unit ("Rate to", but not "Changed to")."""
    return any(
        entry is not None and (bool(entry.cues) or entry.period is not None)
        for entry in entries
    )


def _lend(columns: list[Column]) -> None:
    """Gives a percentile, minimum or maximum column the unit of the first that states one.

    "Median ($/hr) | P25 | P75" says the unit of its figures once.
    """
    lender = next((one.declared for one in columns if one.gives_unit), None)
    if lender is None:
        return
    for column in columns:
        declared = column.declared
        statistic = declared.statistic if declared is not None else None
        is_open = declared is None or (declared.currency is None and declared.unit is None)
        names_figure = statistic is not None or column.minmax is not None
        if is_open and names_figure and not (column.is_skipped or column.is_share):
            column.declared = Declared(lender.currency, lender.unit, statistic)
            column.has_cue = True


def _scale(tokens: Tokens) -> Decimal | None:
    """The scale that a header states for its column: "(k)", "in thousands"."""
    scales = (entry.scale for entry in tokens.entries if entry is not None)
    return next((scale for scale in scales if scale is not None), None)


def _read_row(
    row: list[Cell], columns: list[Column], above: Declared | None, context: Context, place: int
) -> list[Found]:
    label = row[0].tokens if columns else _label_of(row)
    found: list[Found] = []
    share: Decimal | None = None
    for number, cell in enumerate(row):
        column = columns[number] if number < len(columns) else None
        if column is not None and column.is_share:
            share = share or _share_in(cell)
        if number == 0 and len(row) > 1 and not _has_amounts([cell]):
            continue
        found.extend(_read_cell(cell, column, label, above, context, place))
    found = _merge_columns(found)
    _open_lone(found, row, columns)
    if share is not None and len(found) == 1:
        found[0].one.share = share
        found[0].one.statistic = Statistic.SHARE
        found[0].one.trace.append(f"stat:share={share}")
    return found


def _label_of(row: list[Cell]) -> Tokens:
    """The cell of a row without header that names a job, else the first ("Acme | Engineer")."""
    return next((cell.tokens for cell in row if names_title(cell.tokens)), row[0].tokens)


def _share_in(cell: Cell) -> Decimal | None:
    tokens = cell.tokens
    for place in range(len(tokens)):
        if "percent" in tokens.roles(place):
            return parse_number(tokens.word(place - 1))
    return None


def _read_cell(
    cell: Cell,
    column: Column | None,
    label: Tokens,
    above: Declared | None,
    context: Context,
    place: int,
) -> list[Found]:
    tokens = cell.tokens
    sums = find_amounts(tokens, context.country)
    if not sums:
        return []
    may_be_bare = column is not None and _bare_allowed(column, above)
    sums = [one for one in sums if may_be_bare or not one.is_latent or len(sums) > 1]
    if column is not None and column.scale is not None:
        _apply_scale(sums, column.scale)
    is_plain = may_be_bare and len(tokens) <= 12
    made = find_expressions(tokens, sums, is_cell=is_plain)
    kept: list[Found] = []
    for one in made:
        if one.low == 0 or one.high == 0 or (one.is_bare and not is_plain):
            continue
        _decide(one, cell, column, label, above, context, place)
        if one.kind is not None:
            kept.append(Found(one, cell, cell, _stop(one), column))
    return kept


def _bare_allowed(column: Column, above: Declared | None) -> bool:
    if column.gives_unit:
        return True
    if above is None or above.currency is None or column.is_skipped or column.is_share:
        return False
    if column.has_cue or (above.unit is not None and _is_bare_label(column)):
        return True
    return column.declared is not None and column.declared.statistic is not None


def _is_bare_label(column: Column) -> bool:
    """Whether a header says "Min" or "Maximum" and nothing else."""
    tokens = column.tokens
    words = [place for place, kind in enumerate(tokens.kinds) if kind == WORD]
    return column.minmax is not None and len(words) == 1


def _apply_scale(sums: list[Sum], scale: Decimal) -> None:
    for one in sums:
        if one.scale is None:
            one.apply(scale, is_minor=one.is_minor)


def _decide(
    one: Expression,
    cell: Cell,
    column: Column | None,
    label: Tokens,
    above: Declared | None,
    context: Context,
    place: int,
) -> None:
    declared = column.declared if column is not None else None
    one.trace.append("table:cell")
    _decide_currency(one, cell, declared, above, context, place)
    _decide_unit(one, cell, declared)
    scores = _decide_kind(one, cell, column, label, above, context, place)
    _decide_statistic(one, cell, declared, label, above)
    one.tax = one.tax or _tax_in(cell.tokens) or (_tax_in(column.tokens) if column else None)
    if one.unit is None and one.kind in {Kind.BASE, Kind.TOTAL}:
        _inherit_unit(one, above, context, place, scores)
    check_plausible(one)


def _decide_currency(
    one: Expression,
    cell: Cell,
    declared: Declared | None,
    above: Declared | None,
    context: Context,
    place: int,
) -> None:
    for source in (declared, above):
        code = source.currency if source is not None else None
        if code is None or (one.currency is not None and one.currency[0] != "~"):
            continue
        if one.currency is None or (code[0] != "~" and fits(one.currency, code)):
            one.currency = code
            one.currency_source = CurrencySource.DECLARED
    resolve_currency(cell.tokens, one, context, place)


def _decide_unit(one: Expression, cell: Cell, declared: Declared | None) -> None:
    if one.unit is not None:
        one.period_source = PeriodSource.STATED
        return
    one.unit = head_unit(cell.tokens, one.first, 0)
    if one.unit is not None:
        one.period_source = PeriodSource.STATED
    elif declared is not None and declared.unit is not None:
        one.unit = declared.unit
        one.period_source = PeriodSource.HEADER
        one.trace.append("per:column")


def _decide_kind(
    one: Expression,
    cell: Cell,
    column: Column | None,
    label: Tokens,
    above: Declared | None,
    context: Context,
    place: int,
) -> Scores:
    scores = one.scores = score(cell.tokens, one, 0, len(cell.tokens))
    if column is not None:
        add_heading(column.tokens, scores)
    add_heading(label, scores)
    add_title(label, one, scores)
    kind, lead = scores.winner()
    if lead <= 3:
        heading = context.heading(place)
        if heading is not None:
            add_heading(heading, scores)
            kind, lead = scores.winner()
    if kind is None and _unit_is_declared(column, above):
        kind = Kind.BASE
    is_declared = above is not None and above.unit is not None
    if kind is Kind.BASE and not is_declared and is_price(scores, context, place):
        kind = Kind.NOT_PAY
    one.kind = kind or Kind.NOT_PAY
    one.reason = "silent" if kind is None else one.reason
    return scores


def _unit_is_declared(column: Column | None, above: Declared | None) -> bool:
    if column is None:
        return False
    return column.gives_unit or (
        above is not None and above.unit is not None and _bare_allowed(column, above)
    )


def _decide_statistic(
    one: Expression,
    cell: Cell,
    declared: Declared | None,
    label: Tokens,
    above: Declared | None,
) -> None:
    decide_statistic(cell.tokens, one, 0, len(cell.tokens))
    if any(note.startswith("stat:") for note in one.trace):
        return
    column_says = declared.statistic if declared is not None else None
    found = column_says or _stat_in(label)
    if found is None and above is not None and one.statistic == Statistic.POINT:
        found = above.statistic
    if found is not None:
        one.statistic = found
        one.trace.append(f"stat:table={found}")


def _tax_in(tokens: Tokens) -> TaxTreatment | None:
    return next(
        (entry.tax for entry in tokens.entries if entry is not None and entry.tax), None
    )


def _stat_in(tokens: Tokens) -> Statistic | None:
    return next(
        (entry.stat for entry in tokens.entries if entry is not None and entry.stat), None
    )


def _inherit_unit(
    one: Expression, above: Declared | None, context: Context, place: int, scores: Scores
) -> None:
    from_above(one, context, place)
    if one.unit is None and above is not None and above.unit is not None:
        one.unit = above.unit
        one.period_source = PeriodSource.HEADER
        one.trace.append("per:declared")
    if one.unit is None and scores.has_pay_cue:
        by_magnitude(one, context, frozenset())


def _merge_columns(found: list[Found]) -> list[Found]:
    """Joins the amounts of a minimum and a maximum column into one range."""
    merged: list[Found] = []
    lowest = -1
    for each in found:
        if lowest >= 0 and _is_pair(merged[lowest], each):
            merged[lowest] = _join(merged[lowest], each)
            lowest = -1
            continue
        if _side(each) == "low":
            lowest = len(merged)
        merged.append(each)
    return merged


def _side(each: Found) -> str | None:
    return each.column.minmax if each.column is not None else None


def _is_pair(low: Found, high: Found) -> bool:
    sides = [_side(low), _side(high)]
    return sides == ["low", "high"] and low.one.currency == high.one.currency


def _join(low: Found, high: Found) -> Found:
    """One range from both cells; a cell with one bound ("260+", "up to 260") gives that."""
    one, top = low.one, high.one
    one.low = one.high if one.low is None else one.low
    one.high = top.low if top.high is None else top.high
    one.is_max_open = top.is_max_open
    if one.low is not None and one.high is not None and one.low > one.high:
        one.low, one.high = one.high, one.low
        one.warnings.append("swapped")
    is_point = one.low == one.high and not (one.is_min_open or one.is_max_open)
    one.statistic = Statistic.POINT if is_point else Statistic.RANGE
    one.rule_id = COLUMNS
    one.unit = one.unit or top.unit
    one.trace.append(f"rule:{LABELS_RULE}")
    return Found(one, low.first, high.first, high.stop, None)


def _open_lone(found: list[Found], row: list[Cell], columns: list[Column]) -> None:
    """Opens the other end of an amount whose partner in the row is empty or a dash."""
    stated = {
        column.minmax
        for column, cell in zip(columns, row, strict=False)
        if NUM in cell.tokens.kinds
    }
    offered = {column.minmax for column in columns}
    for each in found:
        other = _PARTNERS.get(_side(each) or "")
        if other is not None and other in offered and other not in stated:
            _open_end(each.one, other)


def _open_end(one: Expression, side: str) -> None:
    if one.statistic is not Statistic.POINT:
        return
    one.rule_id = COLUMNS
    if side == "high":
        one.high, one.is_max_open, one.statistic = None, True, Statistic.STARTING
    else:
        one.low, one.is_min_open, one.statistic = None, True, Statistic.MAX


def _stop(one: Expression) -> int:
    return max(one.stop, one.core_stop)


def _span(each: Found) -> tuple[int, int]:
    start = _source(each.first, each.first.tokens.starts[each.one.first])
    end = _source_end(each.last, each.last.tokens.ends[each.stop - 1])
    return start, end


def _source(cell: Cell, place: int) -> int:
    return cell.start + (place if cell.index is None else cell.index[place])


def _source_end(cell: Cell, place: int) -> int:
    if cell.index is None:
        return cell.start + place
    return cell.start + max(cell.index[place], cell.index[place - 1] + 1)
