"""The lexicon: every word list of the engine, loaded once from the TSV files beside it.

One concept per file, ``<concept>.tsv`` or ``<concept>.<language>.tsv``. A row is ``surface``,
``value``, ``flags`` (comma-separated), ``example``, ``expected``; only surface and value
must be there. A line ``#! example<TAB>text<TAB>expected`` gives the rows below it an example in
which ``{surface}`` and ``{value}`` stand for the row's own. A surface may stand in several
concepts; in one concept it has one value.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any, Final

from pipelines.parsing.lexer import scan
from warehouse.vocabulary import Code, Kind, PayPeriod, Statistic, TaxTreatment


class LexiconError(ValueError):
    """A row of a lexicon file cannot be used; the message names the file and the line."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a lexicon file, with the example that shows it at work."""

    file: str
    line: int
    concept: str
    language: str | None
    surface: str
    value: str
    flags: frozenset[str]
    example: str = ""
    expected: str = ""


@dataclass(frozen=True, slots=True)
class Cue:
    """One cue of a kind of amount: the kind, and how the cue works."""

    kind: Kind
    flags: frozenset[str]


@dataclass(frozen=True, slots=True)
class Money:
    """A currency mark: an ISO code or ``~family``, and whether it divides by 100."""

    code: str
    is_minor: bool
    is_word: bool
    flags: frozenset[str]


class Entry:
    """Everything the lexicon says about one surface; a facet that does not apply is None."""

    __slots__ = (
        "approx", "assertion", "bound", "change", "connector", "country", "cues",
        "declaration", "earn", "equivalent", "figures", "filler", "flags", "fraction",
        "future", "label", "languages", "minmax", "money", "number", "pay_noun",
        "payments", "per", "period", "quantity", "rhythm", "scale", "skip_column",
        "stat", "stat_trap", "surface", "tax", "tax_trap", "unit", "unit_adjective", "vendor",
    )  # fmt: skip

    approx: str | None
    assertion: str | None
    bound: str | None
    change: str | None
    connector: str | None
    country: str | None
    cues: tuple[Cue, ...]
    declaration: str | None
    earn: str | None
    equivalent: str | None
    figures: tuple[Decimal, Decimal] | None
    filler: str | None
    flags: frozenset[str]
    fraction: Decimal | None
    future: str | None
    label: str | None
    languages: frozenset[str]
    minmax: str | None
    money: Money | None
    number: int | None
    pay_noun: str | None
    payments: Decimal | None
    per: str | None
    period: PayPeriod | None
    quantity: str | None
    rhythm: str | None
    scale: Decimal | None
    skip_column: str | None
    stat: Statistic | None
    stat_trap: str | None
    surface: str
    tax: TaxTreatment | None
    tax_trap: str | None
    unit: PayPeriod | None
    unit_adjective: str | None
    vendor: str | None

    def __init__(self, surface: str) -> None:
        """An entry without facets."""
        for slot in self.__slots__:
            setattr(self, slot, None)
        self.surface = surface
        self.cues = ()
        self.flags = frozenset()
        self.languages = frozenset()


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
    "future": "future",
    "kinds": "cues",
    "labels": "label",
    "minmax": "minmax",
    "money_words": "money",
    "numbers": "number",
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


class Node:
    """One step of the phrase tree: the entry that ends here, and the words that may follow."""

    __slots__ = ("children", "entry")

    def __init__(self) -> None:
        """A step where nothing ends and nothing follows."""
        self.entry: Entry | None = None
        self.children: dict[str, Node] = {}


_SHORTEST_COMPOUND: Final = 5


class Words(dict[str, "Node | None"]):
    """First words of phrases by spelling; a spelling is looked up once and remembered."""

    _REMEMBERED = 60_000

    def __init__(self) -> None:
        """No words."""
        super().__init__()
        self.lower = Node()
        self.exact = Node()
        self.prefixes: dict[str, Entry] = {}
        self.suffixes: dict[str, Entry] = {}

    def __missing__(self, word: str) -> "Node | None":
        """The node of a spelling seen for the first time; None for an unlisted word."""
        low = word.lower()
        node = _merged(self.exact.children.get(word), self.lower.children.get(low))
        if len(low) > _SHORTEST_COMPOUND:
            node = (
                self._compound(low) if node is None else _with_facets(node, self._compound(low))
            )
        if len(self) < self._REMEMBERED:
            self[word] = node
        return node

    def _compound(self, low: str) -> "Node | None":
        """A node for a word that begins or ends with a listed part ("Stundenlohn")."""
        starts = [part for part in self.prefixes if low.startswith(part)]
        ends = [part for part in self.suffixes if low.endswith(part)]
        parts = [self.prefixes[max(starts, key=len)]] if starts else []
        parts += [self.suffixes[max(ends, key=len)]] if ends else []
        if not parts:
            return None
        node = Node()
        node.entry = Entry(low)
        for part in parts:
            _absorb(node.entry, part)
        return node


def _with_facets(node: Node, compound: Node | None) -> Node:
    """A listed word with the facets of its parts that the list does not give it."""
    if compound is None or compound.entry is None or node.entry is None:
        return node
    rich = Node()
    rich.children = node.children
    rich.entry = Entry(node.entry.surface)
    _absorb(rich.entry, node.entry)
    if not rich.entry.cues:
        _absorb(rich.entry, compound.entry)
    elif rich.entry.period is None:
        rich.entry.period = compound.entry.period
        rich.entry.flags |= compound.entry.flags
    return rich


def _merged(first: Node | None, second: Node | None) -> Node | None:
    if first is None or second is None:
        return first or second
    node = Node()
    node.children = {**second.children, **first.children}
    if first.entry and second.entry:
        node.entry = Entry(first.entry.surface)
        _absorb(node.entry, first.entry)
        _absorb(node.entry, second.entry)
    else:
        node.entry = first.entry or second.entry
    return node


def _absorb(entry: Entry, other: Entry) -> None:
    """Adds the facets of another entry; what is already there stays."""
    entry.cues += tuple(cue for cue in other.cues if cue not in entry.cues)
    entry.flags |= other.flags
    entry.languages |= other.languages
    for slot in Entry.__slots__:
        if getattr(entry, slot) is None:
            setattr(entry, slot, getattr(other, slot))


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

    words: Words
    rows: tuple[Row, ...]
    qualified: dict[tuple[str, str], Money] = field(default_factory=dict)
    families: dict[str, Family] = field(default_factory=dict)
    countries: dict[str, tuple[str, PayPeriod | None]] = field(default_factory=dict)
    bands: dict[str, tuple[Band, ...]] = field(default_factory=dict)
    abbreviations: frozenset[str] = frozenset()
    codes: frozenset[str] = frozenset()


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
    shown = surface.strip("*")
    return Row(
        file,
        number,
        stem[0],
        stem[1] if len(stem) > 1 else None,
        surface,
        value,
        frozenset(filter(None, flags.split(","))),
        example.replace("{surface}", shown).replace("{value}", value),
        expected.replace("{surface}", shown).replace("{value}", value),
    )


def build(rows: tuple[Row, ...]) -> Lexicon:
    """A lexicon from rows. Raises LexiconError for an unknown concept, value or a conflict."""
    lexicon = Lexicon(Words(), rows)
    seen: dict[tuple[str, str], Row] = {}
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


def _refuse_conflict(seen: dict[tuple[str, str], Row], row: Row) -> None:
    """A surface has one value per concept, whatever the language; a cue may have several."""
    key = (row.concept, row.surface if row.concept in _CASED else row.surface.lower())
    first = seen.setdefault(key, row)
    if first is row:
        return
    same_file = first.file == row.file
    if same_file or (row.concept != "kinds" and first.value != row.value):
        problem = "stands twice" if same_file else f"already has the value {first.value!r}"
        message = (
            f"{row.file} line {row.line}: {row.surface!r} {problem}; see {first.file} line"
            f" {first.line}. Keep one of the two rows."
        )
        raise LexiconError(message)


_CASED: Final = frozenset({"symbols", "currencies", "countries"})


def _add(lexicon: Lexicon, row: Row) -> None:
    if row.concept in _TABLES:
        _add_table_row(lexicon, row)
    elif row.concept == "abbreviations":
        lexicon.abbreviations |= {row.surface.lower()}
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
        return (Cue(Kind[value.upper()], row.flags),)
    if concept == "figures":
        low, _, high = value.partition("..")
        return Decimal(low), Decimal(high)
    parse = _PARSERS.get(concept)
    return parse(value) if parse else value


def _code(codes: type[Code]) -> Callable[[str], Code]:
    return lambda value: codes[value.upper()]


_PARSERS: Final[dict[str, Any]] = {
    "fractions": Decimal,
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
    addition = Entry(row.surface.strip("*"))
    setattr(addition, facet, _facet_value(row))
    addition.languages = frozenset([row.language] if row.language else [])
    if row.concept != "kinds":
        addition.flags = row.flags
    for entry in _targets(lexicon, row):
        _absorb(entry, addition)
    if row.concept == "currencies":
        lexicon.codes |= {row.surface}


def _targets(lexicon: Lexicon, row: Row) -> Iterator[Entry]:
    """The entries a row belongs to, made when they are not there yet."""
    words = lexicon.words
    if row.surface.endswith("*"):
        yield words.prefixes.setdefault(row.surface[:-1].lower(), Entry(row.surface))
    elif row.surface.startswith("*"):
        yield words.suffixes.setdefault(row.surface[1:].lower(), Entry(row.surface))
    else:
        is_exact = row.concept in {"symbols", "currencies"}
        root = words.exact if is_exact else words.lower
        yield _entry_at(root, row.surface, is_exact=is_exact)
        if "any_case" in row.flags:
            yield _entry_at(words.lower, row.surface, is_exact=False)


def _entry_at(root: Node, surface: str, *, is_exact: bool) -> Entry:
    texts = scan(surface)[3]
    if not texts:
        message = "no token in the surface"
        raise ValueError(message)
    node = root
    for place, text in enumerate(texts):
        key = text if is_exact and place == 0 else text.lower()
        node = node.children.setdefault(key, Node())
    if node.entry is None:
        node.entry = Entry(surface)
    return node.entry


@cache
def lexicon() -> Lexicon:
    """The lexicon of the package, loaded at the first call and then kept."""
    folder = files("pipelines.parsing").joinpath("lexicon")
    rows: list[Row] = []
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(".tsv"):
            rows.extend(read_rows(file.name, file.read_text(encoding="utf-8")))
    return build(tuple(rows))
