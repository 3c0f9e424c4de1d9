"""Which language a sentence or a text is in, as far as its words tell."""

import re
from collections.abc import Callable, Iterable
from typing import Final

from pipelines.parsing.lexer import scan
from pipelines.parsing.lexicon import lexicon

FALLBACK: Final = "en"
_SAMPLE: Final = 4000
_SCRIPTS: Final = (
    ("ja", re.compile("[\u3040-\u30ff]")),
    ("ko", re.compile("[\uac00-\ud7af]")),
    ("zh", re.compile("[\u4e00-\u9fff]")),
    ("th", re.compile("[\u0e00-\u0e7f]")),
    ("ar", re.compile("[\u0600-\u06ff]")),
    ("hi", re.compile("[\u0900-\u097f]")),
    ("el", re.compile("[\u0370-\u03ff]")),
)
_OWN_SCRIPTS: Final = tuple(pair for pair in _SCRIPTS if pair[0] in {"ja", "ko", "th"})


# What tells two languages apart whose words are mostly the same: Danish shortens "kr." and
# groups by dots, Norwegian by spaces.
_KIN: Final = (
    ("da", re.compile(r"\bkr\.(?= [a-z\u00e5\u00e6\u00f8])|\b\d{1,3}\.\d{3} ?kr")),
    ("nb", re.compile(r"\d[ \u00a0\u202f]\d{3}\b|\bkr\b(?!\.)|\bkroner timen\b")),
)


def language_of(
    listed: Iterable[frozenset[str]],
    usual: Callable[[], tuple[str | None, ...]] = tuple,
) -> str:
    """The language of a stretch whose words are listed in the given languages.

    A word of several languages counts for each by its share. Where two are alike, the first of
    the `usual` languages (that of the caller, of the text) among them is taken, then English.
    """
    votes: dict[str, int] = {}
    for languages in listed:
        if languages:
            weight = 12 // len(languages)
            for language in languages:
                votes[language] = votes.get(language, 0) + weight
    most = max(votes.values(), default=0)
    best = [language for language, count in votes.items() if count == most]
    if len(best) == 1:
        return best[0]
    for preferred in (*usual(), FALLBACK):
        if preferred is not None and (not best or preferred in best):
            return preferred
    return min(best)


def language_of_script(text: str) -> str | None:
    """The language that the letters alone tell; None for a script of several languages."""
    for language, script in () if text.isascii() else _OWN_SCRIPTS:
        if script.search(text):
            return language
    return None


def language_of_text(text: str) -> str:
    """The language of a text: by its script, else by the listed words of its beginning."""
    sample = text[:_SAMPLE]
    for language, script in () if sample.isascii() else _SCRIPTS:
        if script.search(sample):
            return language
    listed = list(map(lexicon().words.said_in, scan(sample)[3]))
    return language_of(listed, lambda: _kin(sample) if any(listed) else ())


def _kin(text: str) -> tuple[str | None, ...]:
    """The languages that a text is spelled like, for a choice that its words leave open."""
    return tuple(language for language, mark in _KIN if mark.search(text))
