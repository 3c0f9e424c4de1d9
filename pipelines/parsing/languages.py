"""Which language a sentence or a text is in, as far as its words tell."""

import re
from collections import Counter
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


def language_of(
    listed: Iterable[frozenset[str]],
    usual: Callable[[], tuple[str | None, ...]] = tuple,
) -> str:
    """The language of a stretch whose words are listed in the given languages.

    A word of several languages counts for each by its share. Where two are alike, the first of
    the `usual` languages (that of the caller, of the text) among them is taken, then English.
    """
    votes: Counter[str] = Counter()
    for languages in listed:
        for language in languages:
            votes[language] += 12 // len(languages)
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
    return language_of(map(lexicon().words.said_in, scan(sample)[3]))
