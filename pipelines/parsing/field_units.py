"""What a field of pay says it is paid for: words, codes of standards, counted units.

The codes are those of UN/CEFACT recommendation 20 (HUR, DAY, WEE, MON, ANN), the durations
those of ISO 8601 (PT1H, P2W); everything else goes through the word lists of the engine.
"""

import re
from typing import Final

from pipelines.parsing.periods import Unit, unit_at
from pipelines.parsing.tagging import Tokens, tag
from pipelines.parsing.text import normalize
from warehouse.vocabulary import PayPeriod

_CODES: Final[dict[str, PayPeriod | None]] = {
    "hur": PayPeriod.HOUR,
    "wee": PayPeriod.WEEK,
    "mon": PayPeriod.MONTH,
    "ann": PayPeriod.YEAR,
    "bw": PayPeriod.FORTNIGHT,
    "once": PayPeriod.ONCE,
    "fixed": PayPeriod.ONCE,
    "time": PayPeriod.ONCE,
    "fee": PayPeriod.ONCE,
}
# Units with no code of ours: the amount is not of a calendar year, nor of any other guess.
_WITHOUT_CODE: Final = frozenset(
    {"school year", "academic year", "student stipend paid", "semi monthly", "twice a month"}
)
_DURATION: Final = re.compile(r"p(t?)(\d{1,3})([hdwmy])", re.IGNORECASE)
_DURATIONS: Final = {
    "th": PayPeriod.HOUR,
    "d": PayPeriod.DAY,
    "w": PayPeriod.WEEK,
    "m": PayPeriod.MONTH,
    "y": PayPeriod.YEAR,
}
_COUNTED: Final = re.compile(r"(\d{1,4}) +(\S.*)")
_CAMELS: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")


def unit_said(said: str | None) -> Unit | None:
    """The first unit that a field's value names, whatever its spelling; None if it names none.

    A unit that is known to be none of ours ("school year") has no period, so that nobody takes
    it for one that was left out.
    """
    if not said:
        return None
    plain = " ".join(spelled_out(said).split())
    if plain.lower() in _WITHOUT_CODE:
        return Unit(None, 1, plain.lower(), 0, 0)
    return _of_duration(plain) or _of_count(plain) or _in_words(plain) or _of_code(plain)


def spelled_out(said: str) -> str:
    """The words of a value that a program wrote, as "per-hour_wage" or "EquityCashValue"."""
    return _CAMELS.sub(" ", said.replace("_", " ").replace("-", " "))


def tagged(said: str) -> Tokens:
    """The tokens of a short text with their meanings."""
    return tag(normalize(said)[0])


def _of_duration(said: str) -> Unit | None:
    found = _DURATION.fullmatch(said)
    period = _DURATIONS.get(f"{found[1]}{found[3]}".lower()) if found else None
    return Unit(period, int(found[2]) or 1, None, 0, 0) if found and period else None


def _of_count(said: str) -> Unit | None:
    """Reads "2 WEEK" as one payment for two weeks, "1 HOUR" as one for an hour."""
    found = _COUNTED.fullmatch(said)
    unit = (_in_words(found[2]) or _of_code(found[2])) if found else None
    is_one_of_many = found is not None and unit is not None and unit.times == 1
    return (
        unit._replace(times=int(found[1]) or 1) if found and unit and is_one_of_many else unit
    )


def _in_words(said: str) -> Unit | None:
    tokens = tagged(said)
    for place, entry in enumerate(tokens.entries):
        if entry is None:
            continue
        if entry.per is not None and (unit := unit_at(tokens, place)) and unit.period:
            return unit
        if entry.period is not None:
            return Unit(entry.period, 1, None, 0, 0)
        if entry.unit is not None:
            return _named(tokens, place, entry.unit)
    return None


def _named(tokens: Tokens, place: int, period: PayPeriod) -> Unit:
    is_task = period is PayPeriod.TASK
    return Unit(period, 1, tokens.word(place).lower() if is_task else None, 0, 0)


def _of_code(said: str) -> Unit | None:
    for word in said.lower().split():
        period = _CODES.get(word)
        if period is not None:
            return Unit(period, 1, None, 0, 0)
    return None
