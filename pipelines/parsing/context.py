"""What the rest of the text says about a sentence: heading, declarations, country, language.

Everything is looked up only when a sentence leaves it open, and remembered for the text.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from pipelines.parsing.blocks import heading_above, line_end, line_start, sentences
from pipelines.parsing.languages import (
    FALLBACK,
    language_of,
    language_of_script,
    language_of_text,
)
from pipelines.parsing.lexer import NUM, SYMBOL
from pipelines.parsing.lexicon import lexicon, made_of_lists
from pipelines.parsing.periods import Unit, unit_at
from pipelines.parsing.tagging import Tokens, tag
from pipelines.parsing.text import normalize
from pipelines.parsing.words import Entry, Money
from warehouse.vocabulary import Statistic

# Characters of traditional Chinese that the simplified script writes otherwise.
_TRADITIONAL: Final = re.compile(
    "[\u500b\u5011\u54e1\u55ae\u5716\u5be6\u5c08\u5c0d\u5f8c\u61c9\u64da\u6578\u6642\u66f8\u6703"
    "\u689d\u696d\u6a19\u70ba\u7121\u734e\u767c\u7a31\u7d1a\u7d93\u7e3d\u8072\u8077\u81fa\u8207\u842c\u85dd"
    "\u8a3b\u8a9e\u8acb\u8b49\u8b6f\u8b80\u8cbb\u8cc7\u9019\u904e\u9084\u9593\u958b\u95dc\u9801\u984c]"
)
_LONGEST_HEADING: Final = 300
_LONGEST_NAME: Final = 48
_CAPITALIZED: Final = re.compile("[A-Z][A-Za-z]*")
_MORE_DECLARING: Final = ("USD", "EUR", "GBP", "currency")
_WORDS: Final = re.compile(r"[a-z]+")
# How much text around a place tells whether it is about prices, and how far one look serves.
_SURROUNDINGS: Final = 400
_NEIGHBOURHOOD: Final = 250
_JUST_BEFORE, _JUST_AFTER = 120, 60
_PRICE_ROLES: Final = frozenset({"price", "payer"})
_WORK_ROLES: Final = frozenset({"person", "workplace", "work"})
# A text that declares units for its figures ("all amounts are in") has one of these.
DECLARING: Final = ("mounts ", "igures ", "ates are", "olumns ")


@dataclass(frozen=True, slots=True)
class Declared:
    """What a sentence or heading declares for the figures below it."""

    currency: str | None
    unit: Unit | None
    statistic: Statistic | None


class Context:
    """The text around the sentences, with the caller's hints."""

    def __init__(
        self, text: str, country: str | None, language: str | None, currency: str | None
    ) -> None:
        """The text with the caller's hints; nothing is looked up yet."""
        self.text = text
        self.country = country.upper() if country else None
        self.currency = currency.upper() if currency else None
        self._given_language = language.split("-")[0].lower() if language else None
        self._language: str | None = None
        self.is_posting = False
        self._heading_texts: dict[int, str] = {}
        self._headings: dict[str, Tokens] = {}
        self._declarations: list[tuple[int, Declared]] | None = None
        self._countries: frozenset[str] | None = None
        self._contains: dict[tuple[str, ...], bool] = {}
        self._may_declare: bool | None = None
        self._leads: dict[int, int] = {}
        self.last_range: tuple[int, str | None] | None = None
        """Where the last range of a year's pay stood, and its currency."""

    def heading_text(self, place: int) -> str:
        """The heading that governs the line at a place, as written; empty without one."""
        start = line_start(self.text, place)
        if start not in self._heading_texts:
            span = heading_above(self.text, start)
            is_short = span is not None and span[1] - span[0] <= _LONGEST_HEADING
            self._heading_texts[start] = self.text[slice(*span)] if span and is_short else ""
        return self._heading_texts[start]

    def heading(self, place: int) -> Tokens | None:
        """The heading that governs the line at a place, tagged; None when there is none."""
        written = self.heading_text(place)
        if not written:
            return None
        if written not in self._headings:
            self._headings[written] = self.tagged(written)
        return self._headings[written]

    def declared(self, place: int) -> Declared | None:
        """The nearest declaration above a place ("All amounts are in US dollars per hour")."""
        if self._declarations is None:
            self._declarations = _accumulated(_declarations(self))
        before = bisect_left(self._declarations, place, key=_start_of)
        return self._declarations[before - 1][1] if before else None

    def language(self, tokens: Tokens) -> str:
        """The language given by the caller, else that of the sentence, else of the text."""
        if self._given_language:
            return self._given_language
        if tokens.language is None:
            listed = (entry.languages for entry in tokens.entries if entry is not None)
            script = language_of_script(tokens.text)
            tokens.language = script or language_of(listed, self.usual_languages)
        return tokens.language

    def variety(self, tokens: Tokens) -> str:
        """The language of a sentence, or the script that parts two money areas of it."""
        language = self.language(tokens)
        is_traditional = language == "zh" and _TRADITIONAL.search(self.text) is not None
        return "hant" if is_traditional else language

    def usual_languages(self) -> tuple[str | None, ...]:
        """The languages to prefer where a sentence leaves it open: the caller's, the text's."""
        if self._language is None:
            self._language = language_of_text(self.text)
        return self._given_language, self._language

    def tagged(self, raw: str) -> Tokens:
        """The tokens of a part of the text, cleaned and tagged."""
        return tag(normalize(raw)[0], self.usual_languages)

    def contains(self, words: tuple[str, ...]) -> bool:
        """Whether the text holds any of some words, as written."""
        if words not in self._contains:
            self._contains[words] = has_any(self.text, words)
        return self._contains[words]

    def may_declare(self) -> bool:
        """Whether the text has a word that may declare units for the figures around it."""
        if self.contains(DECLARING):
            return True
        if self._may_declare is None:
            language = self.usual_languages()[1]
            self._may_declare = language != FALLBACK and bool(_declares().search(self.text))
        return self._may_declare

    def price_lead(self, place: int) -> int:
        """By how many words the text around a place speaks more of prices than of work.

        A word of work right around the place settles it. The wider text is looked at once for a
        neighbourhood, so that a long list costs no more than its length.
        """
        if self.tells_work(place):
            return 0
        near = place // _NEIGHBOURHOOD
        if near not in self._leads:
            start = max(0, near * _NEIGHBOURHOOD - _SURROUNDINGS)
            part = self.text[start : (near + 1) * _NEIGHBOURHOOD + _SURROUNDINGS]
            self._leads[near] = _price_lead(part)
        return self._leads[near]

    def tells_work(self, place: int) -> bool:
        """Whether a word of paid work stands right around a place."""
        return _tells_work(self.text[max(0, place - _JUST_BEFORE) : place + _JUST_AFTER])

    def only_country(self) -> str | None:
        """The country of the text when it names exactly one."""
        if self._countries is None:
            self._countries = frozenset(_countries_of(self))
        return next(iter(self._countries)) if len(self._countries) == 1 else None


@made_of_lists
def _declares() -> "re.Pattern[str]":
    """A search for the words of a sentence that declares, in every language."""
    listed = {row.surface for row in lexicon().rows if row.concept == "declarations"}
    words = "|".join(re.escape(word) for word in sorted({*listed, *_MORE_DECLARING}))
    return re.compile(rf"\b(?:{words})\b", re.IGNORECASE)


def has_any(text: str, words: tuple[str, ...]) -> bool:
    """Whether a text holds any of some words, as written."""
    for word in words:  # noqa: SIM110 - a generator would cost more than the searches
        if word in text:
            return True
    return False


def _tells_work(written: str) -> bool:
    """Whether a stretch has a word of paid work."""
    return not _topics()[1].isdisjoint(_WORDS.findall(written.lower()))


def _price_lead(written: str) -> int:
    """How many more words of price there are than of work.

    Words and pairs of words are looked up as written: tagging them would cost far more.
    """
    prices, work = _topics()
    words = _WORDS.findall(written.lower())
    words += [f"{first} {second}" for first, second in pairwise(words)]
    return sum(map(prices.__contains__, words)) - sum(map(work.__contains__, words))


@made_of_lists
def _topics() -> tuple[frozenset[str], frozenset[str]]:
    """The words that tell a text about prices, and those that tell one about paid work."""
    prices: set[str] = set()
    work: set[str] = set()
    for row in lexicon().rows:
        roles = set(row.value.split(",")) if row.concept == "grammar" else set()
        is_price_phrase = row.concept == "kinds" and "price" in row.flags and " " in row.surface
        if is_price_phrase or not _PRICE_ROLES.isdisjoint(roles):
            prices.add(row.surface)
        if not _WORK_ROLES.isdisjoint(roles):
            work.add(row.surface)
    return frozenset(prices), frozenset(work)


def _start_of(declaration: tuple[int, Declared]) -> int:
    return declaration[0]


def _accumulated(declarations: list[tuple[int, Declared]]) -> list[tuple[int, Declared]]:
    """Each declaration completed by what those before it said."""
    nearest: Declared | None = None
    result: list[tuple[int, Declared]] = []
    for start, declared in declarations:
        nearest = _combined(nearest, declared)
        result.append((start, nearest))
    return result


def countries_in(tokens: Tokens) -> frozenset[str]:
    """The countries a stretch of text names."""
    known: frozenset[str] | None = tokens.memo.get("country_codes")
    if known is None:
        known = frozenset(country for _, country in named_countries(tokens))
        tokens.memo["country_codes"] = known
    return known


def named_countries(tokens: Tokens) -> list[tuple[int, str]]:
    """The places and codes of all country names of a stretch, in order."""
    known: list[tuple[int, str]] | None = tokens.memo.get("countries")
    if known is None:
        known = [
            (place, entry.country)
            for place, entry in enumerate(tokens.entries)
            if entry is not None and entry.country is not None and _is_name(tokens, place)
        ]
        tokens.memo["countries"] = known
    return known


def _countries_of(context: Context) -> Iterator[str]:
    """The countries a whole text names, found from the first words of their names."""
    firsts, others = _country_names()
    text = context.text
    places = [found.start() for found in _CAPITALIZED.finditer(text) if found[0] in firsts]
    for name in () if text.isascii() else others:
        place = text.find(name)
        places += [place] if place >= 0 else []
    for place in places:
        tokens = context.tagged(text[place : place + _LONGEST_NAME])
        entry = tokens.entry(0)
        if entry is not None and entry.country is not None and _is_name(tokens, 0):
            yield entry.country


@made_of_lists
def _country_names() -> tuple[frozenset[str], tuple[str, ...]]:
    """The first words of country names in Latin letters, and the names in other scripts."""
    names = [row.surface for row in lexicon().rows if row.concept == "country_names"]
    latin = [name for name in names if name.isascii()]
    firsts = {form for name in latin for form in _capitalized(name)}
    return frozenset(firsts), tuple(name for name in names if not name.isascii())


def _capitalized(name: str) -> tuple[str, ...]:
    found = _CAPITALIZED.match(name.title())
    first = found[0] if found is not None else name
    return first, first.upper()


def _is_name(tokens: Tokens, place: int) -> bool:
    """Country names are capitalized; "us" is a pronoun, "US" is not."""
    word = tokens.word(place)
    return (word[:1].isupper() and (len(word) > 2 or word.isupper())) or word[:1] >= "\u0590"


def _declarations(context: Context) -> "list[tuple[int, Declared]]":
    text = context.text
    found: list[tuple[int, Declared]] = []
    done = -1
    for mark in _declares().finditer(text):
        if mark.start() < done:
            continue
        start, end = line_start(text, mark.start()), line_end(text, mark.start())
        for first, last in sentences(text, start, end):
            declared = (
                declaration_of(context.tagged(text[first:last]))
                if "|" not in text[first:last]
                else None
            )
            if declared is not None:
                found.append((first, declared))
        done = end
    return found


def declaration_of(tokens: Tokens, *, needs_noun: bool = True) -> Declared | None:
    """What a sentence, heading or header cell declares; None when it declares nothing.

    A sentence that holds an amount states it and declares nothing.
    """
    currency: str | None = None
    unit: Unit | None = None
    statistic: Statistic | None = None
    has_noun = not needs_noun
    for place, entry in enumerate(tokens.entries):
        if entry is None:
            continue
        if entry.money is not None and not _is_vague(tokens, place, entry.money):
            if tokens.kind(place + 1) == NUM or tokens.kind(place - 1) == NUM:
                return None
            currency = _more_exact(currency, _code_at(tokens, place, entry.money))
        has_noun = has_noun or entry.declaration is not None or bool(entry.cues)
        statistic = statistic or entry.stat
        unit = unit or _declared_unit(tokens, place, entry)
    if not has_noun or (currency is None and unit is None and statistic is None):
        return None
    if needs_noun and currency is None:
        return None
    return Declared(currency, unit, statistic)


def _code_at(tokens: Tokens, place: int, mark: Money) -> str:
    """The currency of a mark, or of the qualified sign that it begins ("R$")."""
    if tokens.gap(place + 1) == 0 and mark.code[0] != "~":
        letters, sign = tokens.word(place), tokens.word(place + 1)
        return lexicon().qualified.get((letters, sign), mark).code
    return mark.code


def _is_vague(tokens: Tokens, place: int, mark: Money) -> bool:
    """Whether a mark alone declares nothing: cents, or an R or N, which stand for much else.

    Letters glued to a sign ("R$") are no such mark.
    """
    if mark.is_minor:
        return True
    is_letter = any(flag[:5] in {"rand", "hint:"} for flag in mark.flags)
    return is_letter and tokens.kind(place + 1) != SYMBOL


def _more_exact(known: str | None, code: str) -> str | None:
    if known is not None and (code[0] == "~" or known[0] != "~"):
        return known
    return code


def _declared_unit(tokens: Tokens, place: int, entry: Entry) -> Unit | None:
    if entry.per is not None or entry.period is not None:
        unit = unit_at(tokens, place)
        return unit if unit is not None and unit.period is not None else None
    if tokens.word(place - 1) == "/" and entry.unit is not None:
        return Unit(entry.unit, 1, None, place - 1, place + 1)
    return None


def _combined(older: Declared | None, newer: Declared) -> Declared:
    if older is None:
        return newer
    return Declared(newer.currency or older.currency, newer.unit or older.unit, newer.statistic)


def family_default(mark: str, language: str) -> str | None:
    """What a shared sign means when nothing else speaks."""
    family = lexicon().families[mark[1:]]
    if language in family.by_language:
        return family.by_language[language]
    return family.default
