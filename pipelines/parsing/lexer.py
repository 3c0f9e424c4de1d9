"""Tokens: one left-to-right scan of normalized text, no backtracking beyond one token."""

import re
from typing import Final

NUM: Final = 1
WORD: Final = 2
SYMBOL: Final = 3
DASH: Final = 4
MARK: Final = 5

# Scripts written without spaces: every character is a token of its own, so that the lexicon can
# match words inside a run.
SPACELESS: Final = (
    "\u0e00-\u0eff\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff"
)
# The words of these scripts sort from here on.
FIRST_SPACELESS: Final = "\u0e00"
CURRENCY_SYMBOLS: Final = "$\u00a2-\u00a5\u0e3f\u20a0-\u20bf"
DASHES: Final = "\u2010-\u2015\u2212-"
_LETTER: Final = (
    "A-Za-z\u00aa\u00b5\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0300-\u0373\u0376-\u037d"
    "\u0386\u0388-\u0481\u0483-\u058f\u0591-\u05f4\u0610-\u065f\u066e-\u06d3\u06d5-\u06ef"
    "\u06fa-\u0963"
    "\u0971-\u0dff\u1e00-\u1fff\u2c00-\u2dff\u1000-\u1cff"
)
# The separators of one number; a space groups only through its no-break form (see amounts).
# Right after a currency sign a number may lack the zero before its point ("$.69").
_NUMBER: Final = (
    rf"(?:\d++|(?<=[{CURRENCY_SYMBOLS}])\.\d++)(?:[.,'\u2019\u00a0]\d++)*+"
    r"(?:/[-=](?![\d$])|[.,][-\u2013\u2014]{1,2}(?![\d$\u20ac\u00a3]))?+"
)

_GENERAL: Final = re.compile(
    rf"({_NUMBER})"
    rf"|([{_LETTER}]++(?:['\u2019][{_LETTER}]++)*+|[{SPACELESS}])"
    rf"|([{CURRENCY_SYMBOLS}])"
    rf"|(-{{2,3}}|[{DASHES}])"
    r"|([^\s\w*\\`_]|\t)"
)
_ASCII: Final = re.compile(
    r"((?:[0-9]++|(?<=\$)\.[0-9]++)(?:[.,'][0-9]++)*+(?:/[-=](?![0-9$])|[.,]-{1,2}(?![0-9$]))?+)"
    r"|([A-Za-z]++(?:'[A-Za-z]++)*+)"
    r"|(\$)"
    r"|(-{1,3})"
    r"|([^\s\w*\\`_]|\t)"
)


def scan(text: str) -> tuple[list[int], list[int], list[int], list[str]]:
    """The tokens of a normalized text: kinds, starts, ends, texts.

    A hyphen between two letters joins one expression and gives no token, so that "sign-on" and
    "sign on" are the same two tokens. Markdown stars, backslashes, backticks and underscores
    give none either.
    """
    found = list((_ASCII if text.isascii() else _GENERAL).finditer(text))
    kinds = [one.lastindex or 0 for one in found]
    if DASH in kinds:
        found = [one for one in found if one.lastindex != DASH or not _joins_letters(text, one)]
        kinds = [one.lastindex or 0 for one in found]
    starts = [one.start() for one in found]
    ends = [one.end() for one in found]
    return kinds, starts, ends, [one[0] for one in found]


def _joins_letters(text: str, dash: "re.Match[str]") -> bool:
    start, end = dash.span()
    return (
        end - start == 1
        and text[start] in "-\u2010\u2011"
        and text[start - 1 : start].isalpha()
        and text[end : end + 1].isalpha()
    )
