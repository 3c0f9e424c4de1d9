"""The lexicon: every word list of the engine, loaded once from the TSV files beside it.

One concept per file, ``<concept>.tsv`` or ``<concept>.<language>.tsv``. A row is ``surface``,
``value``, ``flags`` (comma-separated), ``example``, ``expected``; only surface and value
must be there. A line ``#! example<TAB>text<TAB>expected`` gives the rows below it an example in
which ``{surface}`` and ``{value}`` stand for the row's own. A surface may stand in several
concepts; in one concept it has one value. The flag ``local`` lets a language read a surface in
a way of its own: the row then counts only in sentences of that language.
"""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache, wraps
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Final, NamedTuple, TypeVar, cast

from pipelines.parsing.lexer import scan
from pipelines.parsing.text import folded
from pipelines.parsing.words import Cue, Entry, Money, Node, Vocabulary
from warehouse.vocabulary import Code, Kind, PayPeriod, Statistic, TaxTreatment

Made = TypeVar("Made")
_NO_FLAGS: Final[frozenset[str]] = frozenset()


class LexiconError(ValueError):
    """A row of a lexicon file cannot be used; the message names the file and the line."""


class Row(NamedTuple):
    """One row of a lexicon file, with the example that shows it at work."""

    file: str
    line: int
    concept: str
    language: str | None
    surface: str
    value: str
    flags: frozenset[str]
    example_template: str = ""
    expected_template: str = ""

    @property
    def example(self) -> str:
        """The text of the example; empty without one."""
        return self._filled(self.example_template)

    @property
    def expected(self) -> str:
        """What is to be read in the example."""
        return self._filled(self.expected_template)

    def _filled(self, template: str) -> str:
        shown = self.surface.strip("*")
        return template.replace("{surface}", shown).replace("{value}", self.value)


# Concept of a file -> facet of an entry.
_FACETS: Final = {
    "abbreviations": None,
    "approx": "approx",
    "assertion": "assertion",
    "bounds": "bound",
    "change": "change",
    "connectors": "connector",
    "country_names": "country",
    "currencies": "money",
    "declarations": "declaration",
    "earn": "earn",
    "equivalents": "equivalent",
    "figures": "figures",
    "fillers": "filler",
    "fractions": "fraction",
    "grammar": "roles",
    "future": "future",
    "kinds": "cues",
    "labels": "label",
    "minmax": "minmax",
    "money_words": "money",
    "numbers": "number",
    "ordinals": None,
    "pay_nouns": "pay_noun",
    "payment_rhythm": "rhythm",
    "payments": "payments",
    "per": "per",
    "periods": "period",
    "quantities": "quantity",
    "scales": "scale",
    "skip_columns": "skip_column",
    "statistic_traps": "stat_trap",
    "statistics": "stat",
    "symbols": "money",
    "tax": "tax",
    "tax_traps": "tax_trap",
    "unit_adjectives": "unit_adjective",
    "units": "unit",
    "vendors": "vendor",
}
_TABLES: Final = frozenset({"bands", "countries", "families"})


@dataclass(frozen=True, slots=True)
class Family:
    """A sign shared by several currencies: its members, and its meaning by language."""

    members: frozenset[str]
    default: str | None
    by_language: dict[str, str | None]


@dataclass(frozen=True, slots=True)
class Band:
    """Which amounts of one currency are an hour's, a month's or a year's pay (inclusive)."""

    period: PayPeriod
    low: Decimal
    high: Decimal | None


@dataclass(slots=True)
class Lexicon:
    """All lists, ready for lookup."""

    words: Vocabulary
    rows: tuple[Row, ...]
    qualified: dict[tuple[str, str], Money] = field(default_factory=dict)
    families: dict[str, Family] = field(default_factory=dict)
    countries: dict[str, tuple[str, PayPeriod | None]] = field(default_factory=dict)
    bands: dict[str, tuple[Band, ...]] = field(default_factory=dict)
    abbreviations: frozenset[str] = frozenset()
    ordinals: frozenset[str] = frozenset()
    codes: frozenset[str] = frozenset()
    made: dict[Callable[[], Any], Any] = field(default_factory=dict)
    """What other modules made of the lists, kept with them."""


def read_rows(file: str, text: str) -> Iterator[Row]:
    """The rows of one lexicon file. Raises LexiconError with the line that cannot be used."""
    stem = file.removesuffix(".tsv").split(".")
    template = ("", "")
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("#!"):
            cells = line.split("\t")
            template = (cells[1], cells[2]) if len(cells) == 3 else ("", "")
        elif line and not line.startswith("# "):
            yield _row(file, number, stem, line, template)


def _row(file: str, number: int, stem: list[str], line: str, template: tuple[str, str]) -> Row:
    cells = line.split("\t")
    if not 2 <= len(cells) <= 5 or not cells[0] or not cells[1]:
        message = (
            f"{file} line {number}: expected surface, value and at most flags, example and"
            f" expected, separated by tabs; got {line!r}"
        )
        raise LexiconError(message)
    cells += [""] * (5 - len(cells))
    surface, value, flags, example, expected = cells
    if not example:
        example, expected = template
    return Row(
        file,
        number,
        stem[0],
        stem[1] if len(stem) > 1 else None,
        surface,
        value,
        frozenset(filter(None, flags.split(","))) if flags else _NO_FLAGS,
        example,
        expected,
    )


def build(rows: tuple[Row, ...]) -> Lexicon:
    """A lexicon from rows. Raises LexiconError for an unknown concept, value or a conflict."""
    lexicon = Lexicon(Vocabulary(), rows)
    seen: dict[tuple[str, str, str | None], Row] = {}
    for row in rows:
        _refuse_conflict(seen, row)
        try:
            _add(lexicon, row)
        except (ArithmeticError, KeyError, ValueError) as error:
            message = (
                f"{row.file} line {row.line}: {row.surface!r} has a value that the concept"
                f" {row.concept!r} does not know: {row.value!r} ({error})"
            )
            raise LexiconError(message) from error
    return lexicon


def _refuse_conflict(seen: dict[tuple[str, str, str | None], Row], row: Row) -> None:
    """A surface has one value per concept, whatever the language; a cue may have several.

    A local row is apart: its surface has one value in its language.
    """
    surface = row.surface if row.concept in _CASED else row.surface.lower()
    key = (row.concept, surface, row.language if "local" in row.flags else None)
    first = seen.setdefault(key, row)
    if first is row:
        return
    same_file = first.file == row.file
    if same_file or (row.concept not in _MANY_VALUED and first.value != row.value):
        problem = "stands twice" if same_file else f"already has the value {first.value!r}"
        message = (
            f"{row.file} line {row.line}: {row.surface!r} {problem}; see {first.file} line"
            f" {first.line}. Keep one of the two rows."
        )
        raise LexiconError(message)


_MANY_VALUED: Final = frozenset({"grammar", "kinds"})
_CASED: Final = frozenset({"symbols", "currencies", "countries"})


def _add(lexicon: Lexicon, row: Row) -> None:
    if row.concept in _TABLES:
        _add_table_row(lexicon, row)
    elif row.concept == "abbreviations":
        lexicon.abbreviations |= {row.surface.lower()}
    elif row.concept == "ordinals":
        lexicon.ordinals |= {row.surface.lower()}
    elif row.concept == "symbols" and _is_qualified(row.surface):
        letters = row.surface.rstrip("$\u20b5\u00a3")
        lexicon.qualified[letters, row.surface[len(letters)]] = _money(row)
    else:
        _add_phrase(lexicon, row)


def _is_qualified(surface: str) -> bool:
    return len(surface) > 1 and surface[0].isalpha() and surface[-1] in "$\u20b5\u00a3"


def _add_table_row(lexicon: Lexicon, row: Row) -> None:
    if row.concept == "bands":
        lexicon.bands[row.surface] = tuple(_band(part) for part in row.value.split(","))
    elif row.concept == "countries":
        period = next((PayPeriod[flag.upper()] for flag in sorted(row.flags)), None)
        lexicon.countries[row.surface] = (row.value, period)
    else:
        lexicon.families[row.surface] = _family(row)


def _band(part: str) -> Band:
    name, _, bounds = part.partition(":")
    low, _, high = bounds.partition("-")
    return Band(PayPeriod[name.upper()], Decimal(low), Decimal(high) if high else None)


def _family(row: Row) -> Family:
    default = None
    by_language: dict[str, str | None] = {}
    for flag in sorted(row.flags):
        key, _, value = flag.partition(":")
        if key == "default":
            default = value
        elif key == "none":
            by_language[value] = None
        else:
            by_language[key] = value
    return Family(frozenset(row.value.split(",")), default, by_language)


def _money(row: Row) -> Money:
    is_word = row.concept == "money_words"
    return Money(row.value, "minor" in row.flags, is_word, row.flags)


def _facet_value(row: Row) -> Any:
    """The value of a row in the type of its facet."""
    concept, value = row.concept, row.value
    if concept in {"money_words", "currencies", "symbols"}:
        return _money(row)
    if concept == "kinds":
        return (Cue(Kind[value.upper()], row.flags - {"local"}),)
    if concept == "figures":
        low, _, high = value.partition("..")
        return Decimal(low), Decimal(high)
    parse = _PARSERS.get(concept)
    return parse(value) if parse else value


def _code(codes: type[Code]) -> Callable[[str], Code]:
    return lambda value: codes[value.upper()]


_PARSERS: Final[dict[str, Any]] = {
    "fractions": Decimal,
    "grammar": lambda value: frozenset(value.split(",")),
    "numbers": int,
    "payments": Decimal,
    "periods": _code(PayPeriod),
    "scales": Decimal,
    "statistics": _code(Statistic),
    "tax": _code(TaxTreatment),
    "units": _code(PayPeriod),
}


def _add_phrase(lexicon: Lexicon, row: Row) -> None:
    facet = _FACETS[row.concept]
    if facet is None:
        raise KeyError(row.concept)
    value = _facet_value(row)
    flags = _NO_FLAGS if row.concept == "kinds" else row.flags - {"local"}
    for entry in _targets(lexicon, row):
        entry.add(facet, value, flags, row.language)
        if facet == "roles" and "clitic" in value:
            lexicon.words.clitics[folded(row.surface)] = entry
    if row.concept == "currencies":
        lexicon.codes |= {row.surface}


def _targets(lexicon: Lexicon, row: Row) -> Iterator[Entry]:
    """The entries a row belongs to, made when they are not there yet."""
    words = lexicon.words
    surface = row.surface if row.surface.isascii() else folded(row.surface)
    if surface.endswith("*"):
        yield words.compounds.start(surface[:-1].lower())
    elif surface.startswith("*"):
        yield words.compounds.end(surface[1:].lower())
    elif "local" in row.flags:
        first = scan(surface)[3][:1]
        words.ambiguous |= {form for one in first for form in (one, one.title(), one.upper())}
        yield _entry_at(words.home(row.language or ""), surface, is_exact=False)
    else:
        is_exact = row.concept in {"symbols", "currencies"}
        root = words.exact if is_exact else words.lower
        yield _entry_at(root, surface, is_exact=is_exact)
        if "any_case" in row.flags:
            yield _entry_at(words.lower, surface, is_exact=False)


def _entry_at(root: Node, surface: str, *, is_exact: bool) -> Entry:
    texts = _tokens(surface)
    if not texts:
        message = "no token in the surface"
        raise ValueError(message)
    node = root
    for place, text in enumerate(texts):
        key = text if is_exact and place == 0 else text.lower()
        child = node.children.get(key)
        if child is None:
            child = node.children[key] = Node()
        node = child
    if node.entry is None:
        node.entry = Entry(surface)
    return node.entry


def _tokens(surface: str) -> list[str]:
    """The texts of the tokens of a surface; plain words need no lexer."""
    words = surface.split()
    is_plain = surface.isascii() and all(map(str.isalpha, words))
    return words if is_plain else scan(surface)[3]


def lexicon() -> Lexicon:
    """The lexicon in use: that of the package, loaded at the first call and then kept."""
    return _IN_USE[-1] if _IN_USE else _of_package()


_IN_USE: list[Lexicon] = []


def made_of_lists(make: Callable[[], Made]) -> Callable[[], Made]:
    """A function that makes something of the lists, made once for each lexicon in use."""

    @wraps(make)
    def kept() -> Made:
        made = lexicon().made
        if make not in made:
            made[make] = make()
        return cast(Made, made[make])

    return kept


@cache
def _of_package() -> Lexicon:
    folder = files("pipelines.parsing").joinpath("lexicon")
    # All that is made here stays; looking for garbage in it would take a third of the time.
    was_collecting = gc.isenabled()
    gc.disable()
    try:
        return build(_rows_in(folder))
    finally:
        if was_collecting:
            gc.enable()


def _rows_in(folder: Traversable) -> tuple[Row, ...]:
    rows: list[Row] = []
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(".tsv"):
            rows.extend(read_rows(file.name, file.read_text(encoding="utf-8")))
    return tuple(rows)


@contextmanager
def added_lists(folder: Traversable) -> Iterator[Lexicon]:
    """The lexicon with the lists of another folder on top, for as long as the block lasts.

    For trying a language before it joins the package. It counts for the whole process. Raises
    LexiconError for a row that cannot be used.
    """
    _IN_USE.append(build((*_of_package().rows, *_rows_in(folder))))
    try:
        yield _IN_USE[-1]
    finally:
        _IN_USE.pop()
