"""Clean-up of raw text that keeps, for every character, the place it came from."""

import html
import re
import unicodedata
from collections.abc import Sequence
from typing import Final

_DELETED_RANGES: Final = (
    "\u00ad\u200b-\u200f\u2060\ufeff\u202a-\u202e\u2020\u2021\u00b2\u00b3\u00b9\u2070-\u2079"
    # Arabic vowel signs and the letter stretcher, the Hindi dot below.
    "\u0640\u064b-\u0652\u093c"
)
_SPACES: Final = "\u2000-\u200a\u202f\u3000"
_FORMS: Final = (
    "\uff01-\uff5e\uffe0-\uffe6\u301c\u2018\u2019\u02bc"
    "\u0660-\u066c\u06f0-\u06f9\u0966-\u096f\u0e50-\u0e59"
)
MOJIBAKE: Final = {
    "\u00c2\u00a3": "\u00a3",
    "\u00c2\u00a5": "\u00a5",
    "\u00c2\u00a0": "\u00a0",
    "\u00c2\u00a2": "\u00a2",
    "\u00e2\u201a\u00ac": "\u20ac",
    "\u00e2\u201a\u00b9": "\u20b9",
    "\u00e2\u201a\u00b1": "\u20b1",
    "\u00e2\u20ac\u201c": "\u2013",
    "\u00e2\u20ac\u201d": "\u2014",
    "\u00e2\u20ac\u2122": "'",
    "\u00e2\u20ac\u0153": '"',
    "\u00e2\u20ac\u00a2": "\u2022",
    "\u00e2\u20ac\u00a6": "\u2026",
    "\u00e2\u2020\u2019": "\u2192",
}
# Letters and marks that are written in two ways: the pointed and the bare alef, the Russian e
# with and without dots. Each stands for one character, so that no place moves. The marks of
# Arabic and Hindi sentences become the common ones.
_SAME: Final = {
    "\u0451": "\u0435",
    "\u0401": "\u0415",
    "\u0622": "\u0627",
    "\u0623": "\u0627",
    "\u0625": "\u0627",
    "\u0671": "\u0627",
    "\u0649": "\u064a",
    "\u06cc": "\u064a",
    "\u06a9": "\u0643",
    "\u0629": "\u0647",
    "\u060c": ",",
    "\u061b": ";",
    "\u061f": "?",
    "\u06d4": ".",
    "\u0964": ".",
    "\u0965": ".",
    "\u0958": "\u0915",
    "\u0959": "\u0916",
    "\u095a": "\u0917",
    "\u095b": "\u091c",
    "\u095c": "\u0921",
    "\u095d": "\u0922",
    "\u095e": "\u092b",
}
_SAME_TABLE: Final = str.maketrans(_SAME)
_SAME_SET: Final = re.compile(f"[{''.join(_SAME)}]")
_LINKS: Final = ("http", "www.")
_FIXED: Final = {
    "\u301c": "~",
    "\u2018": "'",
    "\u2019": "'",
    "\u02bc": "'",
    "\u066b": ".",
    "\u066c": ",",
    "\u066a": "%",
}

# Noise that plain ASCII can carry: entities, code spans, footnote marks, a space beside the
# decimal mark, a number broken over two lines.
_PLAIN: Final = (
    r"(?<=\])\((?:[a-z]{2,8}:|[./#?])[^()\s]{0,300}\)"
    r"|(?:https?://|www\.)[^\s<>()\[\]|\"']{1,300}"
    r"|&(?:[A-Za-z]{2,8}|#[0-9]{1,6}|#[xX][0-9a-fA-F]{1,5});"
    r"|`[^`\n]{1,80}`"
    r"|\$[A-Za-z\\][^$\n]{0,40}[=^_][^$\n]{0,40}\$"
    r"|(?<=[\d.*])(?:\[\d{1,2}\]|\(\d\))(?!\d)"
    r"|(?<=\d) (?=[.,]\d\d(?!\d))"
    r"|(?<=\d\.) (?=\d\d(?:/|\s?(?:per\b|an\b|-)))"
    r"|(?<=\d,)\n(?=\d{3}(?!\d))"
    r"|<[^<>\n]{0,60}>(?=\d)"
)
_PLAIN_NOISE: Final = re.compile(_PLAIN)
_ANY_NOISE: Final = re.compile(
    "|".join(sorted(MOJIBAKE, reverse=True))
    + f"|[{_DELETED_RANGES}{_SPACES}{_FORMS}]|"
    + _PLAIN
)
_SPECIAL: Final = re.compile(f"[{_DELETED_RANGES}{_SPACES}{_FORMS}\u00c2\u00e2]")
_DELETED_SET: Final = re.compile(f"[{_DELETED_RANGES}]")
_SPACE_SET: Final = re.compile(f"[{_SPACES}]")


def _plain_form(character: str) -> str:
    digit = unicodedata.digit(character, None)
    return str(digit) if digit is not None else unicodedata.normalize("NFKC", character)[:1]


# Every character that cleaning takes away.
DELETED: Final = "".join(
    chr(code)
    for found in re.finditer("(.)(?:-(.))?", _DELETED_RANGES)
    for code in range(ord(found[1]), ord(found[2] or found[1]) + 1)
)
# Digits and letters of other widths and scripts, one character for one.
_ALIKE: Final = {
    code: _clean_form
    for first, last in (
        (0xFF01, 0xFF5E),
        (0x660, 0x669),
        (0x6F0, 0x6F9),
        (0x966, 0x96F),
        (0xE50, 0xE59),
    )
    for code in range(first, last + 1)
    for _clean_form in [_plain_form(chr(code))]
} | _SAME_TABLE
_FOREIGN: Final = re.compile(
    f"[{''.join(_SAME)}\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\u0e50-\u0e59\uff01-\uff5e]"
)


def digits_alike(text: str) -> str:
    """The text with fullwidth forms and digits of other scripts as ASCII, place by place.

    Letters that are written in two ways become alike, as in `normalize`.
    """
    return text.translate(_ALIKE) if _FOREIGN.search(text) else text


def normalize(raw: str) -> tuple[str, Sequence[int] | None]:
    """The clean text, and the source index of each of its characters.

    The index has one more place than the text, for the end. It is None when nothing had to be
    changed, which is the usual case.
    """
    if not raw.isascii() and _SAME_SET.search(raw):
        raw = raw.translate(_SAME_TABLE)
    noise = _PLAIN_NOISE if raw.isascii() or not _SPECIAL.search(raw) else _ANY_NOISE
    if noise is _PLAIN_NOISE and not _may_have_plain_noise(raw):
        return raw, None
    pieces: list[str] = []
    index: list[int] = []
    done = 0
    for found in noise.finditer(raw):
        start, end = found.span()
        clean = _clean(found[0])
        pieces += (raw[done:start], clean)
        index.extend(range(done, start))
        index.extend([start] * len(clean))
        done = end
    if not index and done == 0:
        return raw, None
    pieces.append(raw[done:])
    index.extend(range(done, len(raw) + 1))
    return "".join(pieces), index


def folded(word: str) -> str:
    """A listed word with its letters as `normalize` leaves them."""
    return _DELETED_SET.sub("", word.translate(_SAME_TABLE))


def _may_have_plain_noise(raw: str) -> bool:
    return (
        "&" in raw
        or "`" in raw
        or "[" in raw
        or " ." in raw
        or " ," in raw
        or ",\n" in raw
        or ". " in raw
        or "_" in raw
        or "://" in raw
        or "www." in raw
        or "<" in raw
        or "=" in raw
        or ")" in raw
    )


def _clean(noise: str) -> str:
    """What stands for one piece of noise; an empty string deletes it."""
    if noise in MOJIBAKE:
        return MOJIBAKE[noise]
    if noise[0] == "&":
        return _one_line(html.unescape(noise))
    if noise[0] in "`$" or noise.startswith(_LINKS):
        return " "
    if len(noise) > 1:
        return ""
    if _SPACE_SET.match(noise):
        return "\u00a0"
    if noise in " \n" or _DELETED_SET.match(noise):
        return ""
    return _FIXED.get(noise) or _plain_form(noise)


def _one_line(text: str) -> str:
    """An entity's character in the form the lexer knows."""
    if text == "\u00ad" or _DELETED_SET.fullmatch(text):
        return ""
    return _FIXED.get(text, text)
