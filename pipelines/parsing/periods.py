"""What an amount is paid for: the marker after it, or the head word before it."""

from decimal import Decimal
from typing import Final, NamedTuple

from pipelines.parsing.amounts import parse_number
from pipelines.parsing.lexer import DASH, NUM, WORD
from pipelines.parsing.rules import rule
from pipelines.parsing.tagging import Tokens
from pipelines.parsing.words import Entry
from warehouse.vocabulary import Kind, PayPeriod

ATTACHED: Final = rule(
    "period.attached",
    "The unit right after an amount, with at most a bracket, a code or a tax word between.",
    reads=(
        ("Pay: $30 per hour", "30 USD/hour point base"),
        ("Salary ($30 - $34) per hour", "30..34 USD/hour range base"),
        ("Rate: £28 per 1,000 words", "28 GBP/word*1000 point base"),
        ("Tarif : 28 € par 1 000 mots", "28 EUR/word*1000 point base"),
        ("We pay $10 for each 30-minute session", "10 USD/session point base"),
        ("They take $20-an-hour jobs", "20 USD/hour point base"),
        ("She earned $612 in her first week", "612 USD/week point base"),
        ("They pay $12 for 15 minutes", "12 USD/minute*15 point base"),
        ("A $20/hour task is what they pay", "20 USD/hour point base"),
    ),
    refuses=("The call starts at 6 pm", "We gave $40 per 35 hours"),
)
HEAD: Final = rule(
    "period.head_word",
    "A head word before the amount: hourly rate, weekly pay, an adjective in brackets.",
    reads=(
        ("Hourly rate: $33", "33 USD/hour point base"),
        ("Base Pay Range (hourly)$28\u2014$39 USD", "28..39 USD/hour range base"),
        ("Rate per hour: $33", "33 USD/hour point base"),
        ("Salaire brut mensuel de 2 400 €", "2400 EUR/month point base gross"),
        ("For 1,000 words we pay $45", "45 USD/word*1000 point base"),
        ("A day of labelling earns her $9", "9 USD/day point base"),
        ("报酬: 每小时80元", "80 CNY/hour point base"),
        ("報酬は1,000字あたり800円", "800 JPY/character*1000 point base"),
        ("報酬は1件350円", "350 JPY/task point base"),
        ("급여는 월 230만원", "2300000 KRW/month point base"),
        ("薪资8000元 每周双休", "8000 CNY/month point base"),
        (
            "Office three days per week, salary range $79,000\u2013$88,000",
            "79000..88000 USD/year range base",
        ),
    ),
)

_TIME_UNITS: Final = frozenset(
    {
        PayPeriod.MINUTE,
        PayPeriod.HOUR,
        PayPeriod.DAY,
        PayPeriod.WEEK,
        PayPeriod.FORTNIGHT,
        PayPeriod.MONTH,
        PayPeriod.QUARTER,
        PayPeriod.YEAR,
    }
)
PIECES: Final = frozenset(
    {
        PayPeriod.TASK,
        PayPeriod.WORD,
        PayPeriod.CHARACTER,
        PayPeriod.PAGE,
        PayPeriod.IMAGE,
        PayPeriod.AUDIO_SECOND,
        PayPeriod.AUDIO_MINUTE,
        PayPeriod.AUDIO_HOUR,
        PayPeriod.VIDEO_MINUTE,
        PayPeriod.VIDEO_HOUR,
        PayPeriod.SESSION,
        PayPeriod.PROJECT,
    }
)
_HIGHEST_COUNT: Final = 1_000_000
# More hours than this multiply a rate ("$15 for 29 hours") and are not what one payment is for.
_LONGEST_JOB: Final = 12
_MOST_FILLERS: Final = 3
_MOST_ADJECTIVES: Final = 4
_HEAD_REACH: Final = 14
_WALLS: Final = frozenset({"wall", "hard_wall"})
_BRACKETS: Final = frozenset({")", "]", '"', "(", "+", "\u201d"})


class Unit(NamedTuple):
    """What one payment is for; `period` is None for a noun that the lexicon does not know."""

    period: PayPeriod | None
    times: int
    text: str | None
    first: int
    stop: int


def attached_unit(tokens: Tokens, place: int) -> Unit | None:
    """The unit after an amount that stops at a place, with few fillers between."""
    if _is_joining_dash(tokens, place):
        place += 1
    for skipped in range(_MOST_FILLERS + 1):
        unit = unit_at(tokens, place + skipped) or _apiece(tokens, place + skipped)
        if unit is not None:
            return unit
        if not _is_filler(tokens, place + skipped):
            return None
    return None


def _is_joining_dash(tokens: Tokens, place: int) -> bool:
    """Whether a dash glues the unit to the amount: "$25-an-hour"."""
    if tokens.kind(place) != DASH or tokens.gap(place) or tokens.gap(place + 1):
        return False
    after = tokens.entry(place + 1)
    return after is not None and after.per is not None


def _apiece(tokens: Tokens, place: int) -> Unit | None:
    """Reads "tasks pay $4 each": the noun counted stands before the amount."""
    if "apiece" not in tokens.roles(place):
        return None
    for back in range(place - 1, max(-1, place - _HEAD_REACH), -1):
        entry = tokens.entries[back]
        if entry is not None and entry.unit in PIECES and entry.unit is not None:
            return _named(tokens, place, back, entry.unit, 1)._replace(stop=place + 1)
    return None


def _is_filler(tokens: Tokens, place: int) -> bool:
    if tokens.word(place) in _BRACKETS:
        return True
    entry = tokens.entry(place)
    if entry is None:
        return False
    return bool(
        entry.filler
        or entry.tax
        or (entry.bound and entry.bound.endswith("_after"))
        or (entry.money and not entry.money.is_minor and tokens.kind(place + 1) != NUM)
    )


def unit_at(tokens: Tokens, place: int) -> Unit | None:
    """The unit that starts exactly at a place."""
    entry = tokens.entry(place)
    if tokens.word(place) == "/" or (entry is not None and entry.per is not None):
        unit = _counted_unit(tokens, place)
        may_open = entry is None or "opens" in entry.flags
        return None if may_open and _opens_clause(tokens, place, unit) else unit
    if entry is None:
        return _unit_of_postposed(tokens, place) if tokens.kind(place) == NUM else None
    if entry.period is not None and "before" not in entry.flags:
        unit = Unit(entry.period, 1, None, place, _past_noise(tokens, place + 1, entry.period))
        may_open = "opens" in entry.flags
        return None if may_open and _opens_clause(tokens, place, unit) else unit
    if "span" in entry.roles:
        return _span_of_time(tokens, place)
    return _unit_of_postposed(tokens, place) if entry.unit is not None else None


def _opens_clause(tokens: Tokens, place: int, unit: Unit | None) -> bool:
    """Whether a per-word opens what follows: "300元 每周至少3天", "3,000円/週10時間"."""
    if unit is None:
        return False
    if tokens.word(place) == "/":
        return tokens.kind(unit.stop) == NUM and tokens.gap(unit.stop) == 0
    return tokens.gap(place) > 0 and tokens.kind(unit.stop) in {NUM, WORD}


def _unit_of_postposed(tokens: Tokens, place: int) -> Unit | None:
    """Reads "(1件あたり)" after an amount: the noun, and behind it the word for per."""
    per = place + 1 + (tokens.kind(place) == NUM)
    entry = tokens.entry(per)
    if entry is None or "postposed" not in entry.flags or tokens.kind(per + 1) == NUM:
        return None
    unit = _unit_before(tokens, per)
    return unit._replace(first=place, stop=per + 1) if unit is not None else None


def _past_noise(tokens: Tokens, place: int, period: PayPeriod) -> int:
    """Skips the same unit said twice ("per/hr hourly")."""
    entry = tokens.entry(place)
    if tokens.word(place) == "/" and _same_unit(tokens.entry(place + 1), period):
        return place + 2
    if entry is not None and entry.period == period and "adjective" in entry.flags:
        return place + 1
    return place


def _same_unit(entry: Entry | None, period: PayPeriod) -> bool:
    return entry is not None and period in {entry.unit, entry.period}


def _counted_unit(tokens: Tokens, place: int) -> Unit | None:
    after = place + 1
    for _ in range(2):
        entry = tokens.entry(after)
        is_per = entry is not None and entry.per is not None and entry.unit is None
        if tokens.word(after) == "/" or is_per:
            after += 1
    entry = tokens.entry(after)
    if entry is not None and entry.period is not None and entry.unit is None:
        return Unit(entry.period, 1, None, place, after + 1)
    count, after = _count_at(tokens, after)
    unit = _noun_unit(tokens, place, after, count)
    is_job = unit is not None and unit.period is PayPeriod.HOUR and count > _LONGEST_JOB
    return None if is_job else unit


def _count_at(tokens: Tokens, place: int) -> tuple[int, int]:
    """A count before the noun ("1,000 words", "30-minute"), and where the noun starts."""
    value: Decimal | None = None
    entry = tokens.entry(place)
    if tokens.kind(place) == NUM:
        value = parse_number(tokens.word(place))
        place += 1
        if tokens.kind(place) == NUM and tokens.word(place) == "000" and value is not None:
            value *= 1000
            place += 1
    elif entry is not None and entry.number is not None and entry.unit is None:
        value = Decimal(entry.number)
        place += 1
    entry = tokens.entry(place)
    if entry is not None and entry.scale is not None and entry.unit is None:
        value = (value or Decimal(1)) * entry.scale
        place += 1
    if value is not None and tokens.kind(place) == DASH:
        place += 1
    if value is None or value != int(value) or not 0 < value <= _HIGHEST_COUNT:
        return 1, place
    return int(value), place


def _noun_unit(tokens: Tokens, place: int, noun: int, count: int) -> Unit | None:
    """The unit whose noun stands at or shortly after a place, past its adjectives."""
    unknown = 0
    for ahead in range(noun, noun + _MOST_ADJECTIVES):
        entry = tokens.entry(ahead)
        if entry is not None and entry.unit is not None:
            return _known_unit(tokens, place, ahead, entry.unit, count)
        if entry is not None and entry.unit_adjective is not None:
            continue
        if tokens.kind(ahead) != WORD or (entry is not None and not _is_neutral(entry)):
            break
        unknown += 1
        if unknown > 2:
            break
    return _unknown_unit(tokens, place, noun)


def _is_neutral(entry: Entry) -> bool:
    """Whether a listed word may still be an adjective of a unit noun ("per expert review")."""
    return not (
        "plain" in entry.roles
        or entry.money
        or entry.connector
        or entry.bound
        or entry.per
        or entry.period
        or entry.rhythm
    )


def _known_unit(tokens: Tokens, place: int, noun: int, period: PayPeriod, count: int) -> Unit:
    following = tokens.entry(noun + 1)
    is_uncounted = noun == place + 1 and _is_adjectival(tokens, place)
    if following is not None and following.unit is not None and not is_uncounted:
        if following.unit is PayPeriod.TASK and period in PIECES:
            return _named(tokens, place, noun + 1, PayPeriod.TASK, count)
        if period in _TIME_UNITS and following.unit in PIECES | {
            PayPeriod.DAY,
            PayPeriod.SHIFT,
        }:
            return _named(tokens, place, noun + 1, following.unit, 1)
    stop = _past_noise(tokens, noun + 1, period)
    unit = _named(tokens, place, noun, period, count)
    return unit._replace(stop=stop)


def _is_adjectival(tokens: Tokens, place: int) -> bool:
    """Whether a unit of time after this, before a noun, is an adjective: "the $20/hour job"."""
    return tokens.word(place) == "/" or "article" in tokens.roles(place)


def _named(tokens: Tokens, place: int, noun: int, period: PayPeriod, count: int) -> Unit:
    text = None if period in _TIME_UNITS else tokens.word(noun)
    return Unit(period, count, text, place, noun + 1)


def _unknown_unit(tokens: Tokens, place: int, noun: int) -> Unit | None:
    """Reads "per widget": the noun is kept, the unit stays open."""
    entry = tokens.entry(noun)
    if not _is_per(tokens, place) or tokens.kind(noun) != WORD:
        return None
    if tokens.word(place) == "/" and tokens.gap(noun) > 0:
        return None
    if entry is not None and (entry.money or entry.connector):
        return None
    return Unit(None, 1, tokens.word(noun), place, noun + 1)


def _is_per(tokens: Tokens, place: int) -> bool:
    """Whether a word says "per" and nothing else, so that any noun behind it is a unit."""
    entry = tokens.entry(place)
    return tokens.word(place) == "/" or (entry is not None and "plain" in entry.flags)


def _span_of_time(tokens: Tokens, place: int) -> Unit | None:
    """Reads "$12 for 15 minutes", "$50,000 in six months": a counted stretch of time."""
    if "owner" in tokens.roles(place + 1):
        return _ordinal_span(tokens, place)
    if "loose" in tokens.roles(place + 1):
        return None
    count, noun = _count_at(tokens, place + 1)
    if noun == place + 1:
        return None
    entry = tokens.entry(noun)
    if entry is None or entry.unit not in _TIME_UNITS or entry.unit is None:
        return None
    following = tokens.entry(noun + 1)
    if following is not None and following.unit is not None:
        return None
    if entry.unit is PayPeriod.HOUR and count > _LONGEST_JOB:
        return None
    return Unit(entry.unit, count, None, place, noun + 1)


def _ordinal_span(tokens: Tokens, place: int) -> Unit | None:
    """Reads "in her first week": one stretch of time, named by its rank."""
    noun = tokens.entry(place + 3)
    if "rank" not in tokens.roles(place + 2) or noun is None:
        return None
    if noun.unit not in _TIME_UNITS or noun.unit is None:
        return None
    return Unit(noun.unit, 1, None, place, place + 4)


def head_unit(tokens: Tokens, place: int, wall: int) -> Unit | None:
    """The unit named by a head word before an amount, looking back to a wall."""
    nearest = max(wall, place - _HEAD_REACH)
    for back in range(place - 1, nearest - 1, -1):
        unit = _head_at(tokens, back, place)
        if unit is not None:
            return unit
    return None


def _head_at(tokens: Tokens, back: int, place: int) -> Unit | None:
    """The unit that one token names as a head word of the amount at a place."""
    entry = tokens.entries[back]
    if entry is None:
        return _bracketed(tokens, back, place) if tokens.word(back) == "/" else None
    if entry.period is not None and _is_head(tokens, back, place, entry):
        return Unit(entry.period, 1, None, back, back + 1)
    if entry.unit is not None:
        unit = _counted_head(tokens, back, place, entry.unit)
        if unit is not None:
            return unit
    if "postposed" in entry.flags:
        return _unit_before(tokens, back)
    if "span" in entry.roles and "of" not in entry.roles:
        return _counted_pieces(tokens, back)
    return _bracketed(tokens, back, place) if entry.per is not None else None


def _is_counted_subject(tokens: Tokens, back: int, unit: PayPeriod) -> bool:
    """Whether a counted noun is the subject: "Each hour of work pays $2"."""
    before = tokens.roles(back - 1)
    if unit in PIECES and unit is not PayPeriod.PROJECT and "one" in before:
        return True
    if "one" in before and "of" in tokens.roles(back + 1):
        return back <= 2 or tokens.word(back - 2) in {";", ","}
    return "every" in before and back <= 2


def _counted_pieces(tokens: Tokens, back: int) -> Unit | None:
    """Reads "For 1,000 words we pay $45": a count of pieces before the amount."""
    count, noun = _count_at(tokens, back + 1)
    entry = tokens.entry(noun)
    if count < 2 or entry is None or entry.unit is None or entry.unit not in PIECES:
        return None
    return _named(tokens, back, noun, entry.unit, count)


def _counted_head(tokens: Tokens, back: int, place: int, unit: PayPeriod) -> Unit | None:
    """The unit of a counted noun before its amount: "Each hour pays $2", "1件350円"."""
    if _is_counted_subject(tokens, back, unit):
        return _named(tokens, back, back, unit, 1)
    before = tokens.entry(back - 1)
    if before is not None and before.scale is not None and _touches(tokens, back, place):
        return _unit_before(tokens, back + 1)
    if tokens.kind(back - 1) != NUM or not _touches(tokens, back, place):
        return None
    if not _stands_apart(tokens, back - 1):
        return None
    count, _ = _count_at(tokens, back - 1)
    if count != 1 and (unit in _TIME_UNITS or tokens.gap(back)):
        return None
    is_one = count != 1 or tokens.word(back - 1) == "1"
    return _named(tokens, back - 1, back, unit, count) if is_one else None


def _touches(tokens: Tokens, back: int, place: int) -> bool:
    """Whether only words that link or bound stand between a noun and its amount."""
    for ahead in range(back + 1, place):
        entry = tokens.entry(ahead)
        if entry is None or not (entry.approx or entry.bound or "link" in entry.roles):
            return False
    return True


def _leads(tokens: Tokens, back: int, place: int) -> bool:
    """Whether a marker stands in the clause of the amount behind it, no number between."""
    if tokens.kind(back - 1) == NUM and tokens.gap(back) <= 1:
        return False
    if "apart" in _flags(tokens, back) and not _stands_apart(tokens, back):
        return False
    return all(
        tokens.kind(ahead) != NUM and tokens.roles(ahead).isdisjoint(_WALLS)
        for ahead in range(back + 1, place)
    )


def _flags(tokens: Tokens, place: int) -> frozenset[str]:
    entry = tokens.entry(place)
    return entry.flags if entry is not None else frozenset()


def _stands_apart(tokens: Tokens, place: int) -> bool:
    """Whether a short word is a word of its own and no part of an unlisted longer one."""
    return all(
        tokens.gap(edge) > 0 or tokens.kind(side) != WORD or tokens.entry(side) is not None
        for edge, side in ((place, place - 1), (place + 1, place + 1))
    )


def _unit_before(tokens: Tokens, back: int) -> Unit | None:
    """The noun in front of a per-word that follows it, and how many of it."""
    entry = tokens.entry(back - 1)
    if entry is None or entry.unit is None:
        return None
    first = back - 1
    scale = tokens.entry(first - 1)
    first -= scale is not None and scale.scale is not None
    first -= tokens.kind(first - 1) == NUM
    count, _ = _count_at(tokens, first) if first < back - 1 else (1, first)
    return _named(tokens, first, back - 1, entry.unit, count)


def _is_head(tokens: Tokens, back: int, place: int, entry: Entry) -> bool:
    if "near" in entry.flags:
        return _leads(tokens, back, place)
    if "head" in entry.flags:
        return True
    if tokens.word(back + 1) in {")", ":"} or back + 1 == place:
        return back + 1 != place or "adjective" in entry.flags
    if "trails" in entry.flags and _trails_pay(tokens, back):
        return True
    if "adjective" not in entry.flags:
        return False
    if _is_pay_noun(tokens.entry(back - 1)):
        return True
    return any(
        _is_pay_noun(tokens.entry(ahead)) for ahead in range(back + 1, min(back + 4, place))
    )


def _trails_pay(tokens: Tokens, back: int) -> bool:
    """Whether an adjective follows its pay noun, with one word between at most."""
    return any(_is_pay_noun(tokens.entry(noun)) for noun in range(max(0, back - 2), back))


def _is_pay_noun(entry: Entry | None) -> bool:
    if entry is None:
        return False
    return entry.pay_noun is not None or any(cue.kind is not Kind.NOT_PAY for cue in entry.cues)


def _is_paid(tokens: Tokens, place: int) -> bool:
    """Whether a verb of paying follows: "la hora de audio se paga a 25 dólares"."""
    entries = (tokens.entry(ahead) for ahead in (place, place + 1))
    cues = (cue for entry in entries if entry is not None for cue in entry.cues)
    return any(cue.kind is Kind.BASE and "verb" in cue.flags for cue in cues)


def _opens_amount(tokens: Tokens, back: int) -> bool:
    """Whether a per-word names the unit of the amount behind it, as in Hindi."""
    entry = tokens.entry(back)
    return entry is not None and "forward" in entry.flags


def _bracketed(tokens: Tokens, back: int, place: int) -> Unit | None:
    """Reads "(per hour)", "rate per hour: " or "per-hour rate" before the amount."""
    unit = _counted_unit(tokens, back)
    if unit is None or unit.period is None or unit.stop > place:
        return None
    if unit.stop == place and _opens_amount(tokens, back):
        return unit
    if tokens.word(unit.stop) in {")", ":", "]", "|"}:
        return unit
    if unit.period not in _TIME_UNITS:
        is_noun = "article" in tokens.roles(back) and unit.period is not PayPeriod.ONCE
        return None if is_noun and not _is_paid(tokens, unit.stop) else unit
    per = tokens.entry(back)
    if per is not None and "forward" in per.flags and _leads(tokens, unit.stop - 1, place):
        return unit
    entry = tokens.entry(unit.stop)
    return unit if entry is not None and entry.pay_noun is not None else None
