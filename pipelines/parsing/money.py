"""Which currency an amount is in."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import Final

from pipelines.parsing.amounts import fits
from pipelines.parsing.context import (
    DECLARING,
    Context,
    countries_in,
    declaration_of,
    family_default,
    has_any,
    named_countries,
)
from pipelines.parsing.expression import Expression
from pipelines.parsing.lexer import NUM, WORD
from pipelines.parsing.lexicon import lexicon
from pipelines.parsing.rules import rule
from pipelines.parsing.tagging import Tokens
from pipelines.parsing.words import Money
from warehouse.vocabulary import CurrencySource

RULE: Final = rule(
    "currency.resolve",
    "The mark at the amount, else the other end of the range, a declaration, the caller's hint,"
    " the country named, the default of the language; a shared sign keeps to its own family.",
    reads=(
        ("[AU] $96,000 + super", "96000 AUD/year point base"),
        ("Remote (Canada): $48-$56/hr", "48..56 CAD/hour range base"),
        ("Compensation (AUD)\u23ce\u23cePay: $40 per hour", "40 AUD/hour point base"),
        ("[DE] Pay: $40 per hour", "40 USD/hour point base"),
        ("CAD Specialist \u2013 $40/hr", "40 USD/hour point base"),
    ),
    refuses=("| Planet | R (km) |\u23ce|---|---|\u23ce| Earth | 6371 |",),
)

# A code, or a country that has a dollar or peso of its own, in other words than the five below.
_CAPITALS: Final = re.compile(
    r"[A-Z]{2}|M[e\u00e9]xic|Colomb|Argentin|Chile|Urug|Jamaic|Domini|Taiwan|(?i:dollar)"
)
_DOLLAR_COUNTRIES: Final = ("Canad", "Austral", "Zealand", "Singapore", "Hong Kong")

# Prose about these countries means their own dollar; elsewhere the language decides.
_DOLLAR_PROSE: Final = frozenset({"AUD", "CAD", "NZD", "SGD", "HKD"})


def resolve_currency(tokens: Tokens, one: Expression, context: Context, place: int) -> None:
    """Sets the currency of an expression and how it is known."""
    mark = one.currency
    if mark is not None and mark[0] != "~":
        one.currency_source = one.currency_source or CurrencySource.STATED
        return
    for source, code in _candidates(tokens, one, context, place):
        if code is not None and code[0] == "~":
            mark = mark or code
        elif code is not None and (mark is None or fits(mark, code)):
            one.currency, one.currency_source = code, source
            one.trace.append(f"cur:{source}={code}")
            return
    one.currency = one.currency_source = None
    if mark is not None:
        _by_language(tokens, one, mark, context)


def _by_language(tokens: Tokens, one: Expression, mark: str, context: Context) -> None:
    one.currency = family_default(mark, context.variety(tokens))
    if one.currency is not None:
        one.currency_source = CurrencySource.DEFAULT
        one.trace.append(f"cur:default={one.currency}")


def _candidates(
    tokens: Tokens, one: Expression, context: Context, place: int
) -> Iterator[tuple[CurrencySource, str | None]]:
    yield CurrencySource.DECLARED, _in_sentence(tokens, one)
    if one.currency is None:
        yield CurrencySource.COUNTRY, _implied(tokens)
    heading = context.heading(place) if _may_name_money(one, context, place) else None
    declared = declaration_of(heading, needs_noun=False) if heading is not None else None
    yield CurrencySource.DECLARED, declared.currency if declared else None
    if one.currency is None or context.contains(DECLARING):
        above = context.declared(place)
        yield CurrencySource.DECLARED, above.currency if above else None
    yield CurrencySource.HINT, context.currency
    yield CurrencySource.COUNTRY, currency_of(context.country)
    yield CurrencySource.COUNTRY, _country_beside(tokens, one)
    if heading is not None:
        yield CurrencySource.COUNTRY, _sole(heading)
    if one.currency != "~dollar" or context.contains(_DOLLAR_COUNTRIES):
        yield CurrencySource.COUNTRY, currency_of(context.only_country())


def _may_name_money(one: Expression, context: Context, place: int) -> bool:
    """Whether the heading may say what a dollar is: it has capitals or a dollar country."""
    if one.currency != "~dollar":
        return True
    written = context.heading_text(place)
    return _CAPITALS.search(written) is not None or has_any(written, _DOLLAR_COUNTRIES)


def currency_of(country: str | None) -> str | None:
    """The currency of a country; None when it is not listed."""
    known = lexicon().countries.get(country) if country else None
    return known[0] if known else None


def _in_sentence(tokens: Tokens, one: Expression) -> str | None:
    """A code in the sentence that marks no other amount ("(USD)", "all in AUD")."""
    for place, code in _loose_codes(tokens):
        if not one.first <= place < one.stop:
            return code
    return None


def _loose_codes(tokens: Tokens) -> list[tuple[int, str]]:
    """The codes of a stretch that stand beside no number."""
    known: list[tuple[int, str]] | None = tokens.memo.get("codes")
    if known is None:
        known = [
            (place, entry.money.code)
            for place, entry in enumerate(tokens.entries)
            if entry is not None and entry.money is not None and _is_code(entry.money)
            if tokens.kind(place + 1) != NUM and tokens.kind(place - 1) != NUM
            if not _is_attribute(tokens, place)
        ]
        tokens.memo["codes"] = known
    return known


def _is_attribute(tokens: Tokens, place: int) -> bool:
    """Whether a code stands before a noun that no list has ("CAD drawings")."""
    is_bare = tokens.kind(place + 1) == WORD and tokens.gap(place + 1) == 1
    after = tokens.entry(place + 1)
    return is_bare and (after is None or "person" in after.roles)


def _is_code(mark: Money) -> bool:
    return not (mark.is_minor or mark.is_word or mark.code[0] == "~" or "letters" in mark.flags)


def _implied(tokens: Tokens) -> str | None:
    """The currency that a word of one country implies ("RAL", "14\u85aa")."""
    if "implied" not in tokens.memo:
        flags = (
            flag
            for entry in tokens.entries
            if entry is not None
            for flag in sorted(entry.flags)
        )
        tokens.memo["implied"] = next(
            (flag[9:] for flag in flags if flag.startswith("currency:")), None
        )
    implied: str | None = tokens.memo["implied"]
    return implied


def _country_beside(tokens: Tokens, one: Expression) -> str | None:
    """The currency of the country that labels the amount, or the only one in the sentence."""
    named = named_countries(tokens)
    if not named:
        return None
    before = bisect_left(named, (one.first, ""))
    is_label = before > 0 and _is_label(tokens, one)
    if len(countries_in(tokens)) > 1:
        return currency_of(named[before - 1][1]) if is_label else None
    code = currency_of(named[0][1])
    return code if is_label or code in _DOLLAR_PROSE or one.currency != "~dollar" else None


def _is_label(tokens: Tokens, one: Expression) -> bool:
    """Whether the words before an amount are a label, set off by a colon or the like.

    A country right before the amount is one as well ("UK £12, Japan \u00a51,200").
    """
    before = tokens.entry(one.first - 1)
    if before is not None and before.country is not None:
        return True
    for back in range(one.first - 1, max(-1, one.first - 4), -1):
        if tokens.word(back) in {":", "\u2013", "-", ")", "|"}:
            return True
    return False


def _sole(heading: Tokens) -> str | None:
    named = countries_in(heading)
    return currency_of(next(iter(named))) if len(named) == 1 else None
