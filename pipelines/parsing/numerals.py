"""Numbers written in the characters of scripts without spaces: "三千五百", "삼백만"."""

from decimal import Decimal
from typing import Final

from pipelines.parsing.lexer import FIRST_SPACELESS, WORD
from pipelines.parsing.tagging import Tokens

_MOST_CHARACTERS: Final = 12
_GROUP_FROM: Final = 10_000


class Numeral:
    """A numeral read so far: whole groups, the group in hand, the last digit."""

    __slots__ = ("digit", "group", "scale", "stop", "whole")

    def __init__(self, stop: int) -> None:
        """Nothing read yet; `stop` is where the next character stands."""
        self.whole = Decimal(0)
        self.group = Decimal(0)
        self.digit: Decimal | None = None
        self.scale = Decimal(1)
        self.stop = stop

    @property
    def value(self) -> Decimal:
        """What has been read; a digit behind a scale counts tenths of it ("三千五")."""
        rest = self.digit or Decimal(0)
        return self.whole + self.group + (rest * self.scale / 10 if self.scale > 10 else rest)

    def take_digit(self, digit: int) -> bool:
        """Takes in a digit; two in a row ("三四千") are a guess and no number."""
        if self.digit is not None:
            return False
        self.digit = Decimal(digit)
        return True

    def take_scale(self, scale: Decimal) -> None:
        """Takes in a scale: it counts the digit before it, a large one the whole group."""
        if scale < _GROUP_FROM:
            self.group += (self.digit if self.digit is not None else 1) * scale
        else:
            self.whole += ((self.group + (self.digit or 0)) or Decimal(1)) * scale
            self.group = Decimal(0)
        self.digit, self.scale = None, scale


def numeral_at(tokens: Tokens, place: int) -> Numeral | None:
    """The numeral that starts at a place; None when the characters are part of a word.

    A scale alone is none either: it names a unit (a column of "千円").
    """
    if not _starts(tokens, place):
        return None
    read = Numeral(place)
    while read.stop < place + _MOST_CHARACTERS and _take(tokens, read, place):
        read.stop += 1
    entry = tokens.entry(read.stop)
    is_guess = entry is not None and entry.number is not None and tokens.gap(read.stop) == 0
    is_bare_scale = read.stop == place + 1 and read.digit is None
    return None if is_guess or is_bare_scale or read.stop == place else read


def _starts(tokens: Tokens, place: int) -> bool:
    """Whether no unlisted character is glued in front, which may say "several" ("数千円")."""
    if tokens.gap(place) > 0 or tokens.kind(place - 1) != WORD:
        return True
    before = tokens.entry(place - 1)
    return before is not None and before.number is None and before.scale is None


def _take(tokens: Tokens, read: Numeral, start: int) -> bool:
    entry = tokens.entry(read.stop)
    is_glued = read.stop == start or tokens.gap(read.stop) == 0
    if entry is None or not is_glued or tokens.word(read.stop) < FIRST_SPACELESS:
        return False
    if entry.number is not None:
        return read.take_digit(entry.number)
    if entry.scale is None:
        return False
    read.take_scale(entry.scale)
    return True
