"""The words of the lexicon as a tree of phrases, with what is said about each.

A phrase is looked up by its first word; a spelling is looked up once and remembered. Most rows
count in every text. A row flagged ``local`` counts only in a sentence of its own language,
because elsewhere the same letters mean something else ("a", "an", "die", "do"). With the flag
``own`` as well, what other languages say of it does not count there ("fine" in Italian).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from warehouse.vocabulary import Kind, PayPeriod, Statistic, TaxTreatment

# Spellings kept in memory: enough for the words of a language, few enough for a laptop.
REMEMBERED: Final = 60_000
_SHORTEST_COMPOUND: Final = 5
_LONGEST_CLITIC: Final = 3
_SHORTEST_STEM: Final = 3
_OWN_ROLES: Final = frozenset({"clitic", "plain"})
_NO_ROLES: Final[frozenset[str]] = frozenset()


# What the lists may say of a surface, beside its cues, flags, languages and roles.
FACETS: Final = (
    "approx", "assertion", "bound", "change", "connector", "country", "declaration", "earn",
    "equivalent", "figures", "filler", "fraction", "future", "label", "minmax", "money",
    "number", "pay_noun", "payments", "per", "period", "quantity", "rhythm", "scale",
    "skip_column", "stat", "stat_trap", "tax", "tax_trap", "unit", "unit_adjective", "vendor",
)  # fmt: skip


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

    __slots__ = (*FACETS, "cues", "flags", "languages", "roles", "surface")

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
    roles: frozenset[str]
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
        """An entry without facets; spelled out, because tens of thousands are made."""
        self.approx = self.assertion = self.bound = self.change = self.connector = None
        self.country = self.declaration = self.earn = self.equivalent = self.figures = None
        self.filler = self.fraction = self.future = self.label = self.minmax = None
        self.money = self.number = self.pay_noun = self.payments = self.per = None
        self.period = self.quantity = self.rhythm = self.scale = self.skip_column = None
        self.stat = self.stat_trap = self.tax = self.tax_trap = self.unit = None
        self.unit_adjective = self.vendor = None
        self.surface = surface
        self.cues = ()
        self.flags = self.languages = self.roles = _NO_ROLES

    def add(self, facet: str, value: Any, flags: frozenset[str], language: str | None) -> None:
        """Says one thing more about the surface; a facet that is already there stays."""
        if facet == "cues":
            self.cues += tuple(cue for cue in value if cue not in self.cues)
        elif facet == "roles":
            self.roles |= value
        elif getattr(self, facet) is None:
            setattr(self, facet, value)
        if flags:
            self.flags |= flags
        if language is not None:
            self.languages |= {language}

    def absorb(self, other: "Entry") -> None:
        """Adds the facets of another entry; what is already there stays."""
        self.cues += tuple(cue for cue in other.cues if cue not in self.cues)
        self.flags |= other.flags
        self.languages |= other.languages
        self.roles |= other.roles
        for slot in FACETS:
            if getattr(self, slot) is None:
                setattr(self, slot, getattr(other, slot))

    @property
    def says_more(self) -> bool:
        """Whether the word means more than its part in the grammar of the sentence."""
        return bool(self.cues) or any(getattr(self, slot) is not None for slot in FACETS)


class Node:
    """One step of the phrase tree: the entry that ends here, and the words that may follow."""

    __slots__ = ("children", "entry")

    def __init__(self) -> None:
        """A step where nothing ends and nothing follows."""
        self.entry: Entry | None = None
        self.children: dict[str, Node] = {}


class Compounds:
    """The parts of compounds ("stunden*", "*lohn"), by their first or last three letters."""

    _KEY = 3

    def __init__(self) -> None:
        """No parts."""
        self._starts: dict[str, dict[str, Entry]] = {}
        self._ends: dict[str, dict[str, Entry]] = {}

    def start(self, part: str) -> Entry:
        """The entry of words that begin with a part, made when it is not there yet."""
        return self._starts.setdefault(part[: self._KEY], {}).setdefault(part, Entry(part))

    def end(self, part: str) -> Entry:
        """The entry of words that end with a part, made when it is not there yet."""
        return self._ends.setdefault(part[-self._KEY :], {}).setdefault(part, Entry(part))

    def find(self, low: str) -> Node | None:
        """A node for a word that begins or ends with a listed part ("Stundenlohn")."""
        starts = _longest(self._starts.get(low[: self._KEY], {}), low.startswith)
        ends = _longest(self._ends.get(low[-self._KEY :], {}), low.endswith)
        if starts is None and ends is None:
            return None
        node = Node()
        node.entry = Entry(low)
        for part in (starts, ends):
            if part is not None:
                node.entry.absorb(part)
        return node


def _longest(parts: Mapping[str, Entry], fits: Callable[[str], bool]) -> Entry | None:
    found = [part for part in parts if fits(part)]
    return parts[max(found, key=len)] if found else None


class Words(dict[str, "Node | None"]):
    """First words of phrases by spelling, as one language reads them."""

    def __init__(
        self,
        lower: Node,
        exact: Node,
        compounds: Compounds,
        home: Node,
        clitics: dict[str, Entry],
    ) -> None:
        """A view on the shared trees, with those of its own language on top."""
        super().__init__()
        self.clitics = clitics
        self.lower = lower
        self.exact = exact
        self.compounds = compounds
        self.home = home

    def __missing__(self, word: str) -> "Node | None":
        """The node of a spelling seen for the first time; None for an unlisted word."""
        low = word.lower()
        home = None if _is_acronym(word) else self.home.children.get(low)
        node = _merged(
            _merged(home, self.exact.children.get(word)), self.lower.children.get(low)
        )
        node = _own(node, home)
        if len(low) > _SHORTEST_COMPOUND:
            node = _with_facets(node, self.compounds.find(low))
        if word[0] > "\x7f" and (node is None or node.entry is None):
            node = _merged(node, self._behind_clitic(low))
        if len(self) < REMEMBERED:
            self[word] = node
        return node

    def _behind_clitic(self, low: str) -> "Node | None":
        """The node of a listed word with a small word glued to it (Arabic "and the pay")."""
        for length in range(min(_LONGEST_CLITIC, len(low) - _SHORTEST_STEM), 0, -1):
            clitic = self.clitics.get(low[:length])
            stem = self[low[length:]] if clitic is not None else None
            if clitic is not None and stem is not None:
                return _with_roles(stem, clitic)
        return None


class Vocabulary:
    """All words: those of every text, and those that only their own language reads so."""

    def __init__(self) -> None:
        """No words."""
        self.lower = Node()
        self.exact = Node()
        self.compounds = Compounds()
        self.homes: dict[str, Node] = {}
        self._views: dict[str, Words] = {}
        self._said_in: dict[str, frozenset[str]] = {}
        self.ambiguous: set[str] = set()
        """First words, in every capitalization, that some language reads in its own way."""
        self.clitics: dict[str, Entry] = {}
        """Small words that are written in one with the word behind them."""
        self.common = Words(self.lower, self.exact, self.compounds, Node(), self.clitics)

    def home(self, language: str) -> Node:
        """The tree of the phrases that count in one language only."""
        return self.homes.setdefault(language, Node())

    def of(self, language: str) -> Words:
        """The words as one language reads them."""
        known = self._views.get(language)
        if known is None:
            home = self.homes.get(language, Node())
            known = Words(self.lower, self.exact, self.compounds, home, self.clitics)
            self._views[language] = known
        return known

    def said_in(self, word: str) -> frozenset[str]:
        """The languages that list a word."""
        known = self._said_in.get(word)
        if known is None:
            known = frozenset(self._languages(word))
            if len(self._said_in) < REMEMBERED:
                self._said_in[word] = known
        return known

    def _languages(self, word: str) -> Iterable[str]:
        if _is_acronym(word):
            return
        node = self.common[word]
        if node is not None and node.entry is not None:
            yield from node.entry.languages
        low = word.lower()
        for language, home in self.homes.items():
            if low in home.children and home.children[low].entry is not None:
                yield language


def _with_roles(stem: Node, clitic: Entry) -> Node:
    """A word that also has the roles of the small word glued to it."""
    node = Node()
    node.children = stem.children
    if stem.entry is not None:
        node.entry = Entry(stem.entry.surface)
        node.entry.absorb(stem.entry)
        node.entry.roles |= clitic.roles - _OWN_ROLES
    return node


def _with_facets(node: Node | None, compound: Node | None) -> Node | None:
    """A listed word with the facets of its parts that the list does not give it."""
    if compound is None or compound.entry is None:
        return node
    if node is None:
        return compound
    if node.entry is None:
        return node
    rich = Node()
    rich.children = node.children
    rich.entry = Entry(node.entry.surface)
    rich.entry.absorb(node.entry)
    if not rich.entry.cues:
        rich.entry.absorb(compound.entry)
    elif rich.entry.period is None:
        rich.entry.period = compound.entry.period
        rich.entry.flags |= compound.entry.flags
    return rich


def _is_acronym(word: str) -> bool:
    """Whether capitals say a name and no short word of some language ("AI", "DE")."""
    return len(word) in {2, 3} and word.isupper()


def _own(node: Node | None, home: Node | None) -> Node | None:
    """A word that its language reads in no other way ("pays", "fine"): the home entry alone."""
    if node is None or home is None or home.entry is None or "own" not in home.entry.flags:
        return node
    alone = Node()
    alone.children = node.children
    alone.entry = home.entry
    return alone


def _merged(first: Node | None, second: Node | None) -> Node | None:
    """Both trees in one; where both say something, the first one's facets stay."""
    if first is None or second is None:
        return first or second
    node = Node()
    node.children = dict(second.children)
    for word, child in first.children.items():
        merged = _merged(child, second.children.get(word))
        if merged is not None:
            node.children[word] = merged
    if first.entry and second.entry:
        node.entry = Entry(first.entry.surface)
        node.entry.absorb(first.entry)
        node.entry.absorb(second.entry)
    else:
        node.entry = first.entry or second.entry
    return node
