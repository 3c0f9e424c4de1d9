"""Two sums as one range: joined by a dash, by words, by labels or by a slash."""

from decimal import Decimal
from typing import Final, NamedTuple

from pipelines.parsing.amounts import Sum, fits
from pipelines.parsing.bounds import Left, close, may_stand_bare
from pipelines.parsing.changes import cases_join
from pipelines.parsing.expression import Expression, place_at, take_mark
from pipelines.parsing.lexer import DASH, WORD
from pipelines.parsing.periods import Unit, attached_unit
from pipelines.parsing.rules import rule
from pipelines.parsing.tagging import Tokens
from warehouse.vocabulary import Statistic

DASH_RULE: Final = rule(
    "range.dash",
    "Two amounts joined by a dash or a tilde are a range; mark, scale and unit are shared.",
    reads=(
        ("Pay: $21/hr - $26/hr", "21..26 USD/hour range base"),
        ("$55-70k base", "55000..70000 USD/year range base"),
        ("$130k-155 salary", "130000..155000 USD/year range base"),
        ("$45 - $45 hourly", "45 USD/hour point base"),
        ("Pay: 2000\u20132500 EUR per month", "2000..2500 EUR/month range base"),
    ),
    refuses=("Read pages 20-40 in the years 2019-2021", "Take $20 - 40 hours later it is gone"),
)
TO_RULE: Final = rule(
    "range.to",
    "Two amounts joined by to (from X to Y, X up to Y) are a range.",
    reads=(
        ("Pay range $88,000 to $104,000 CAD", "88000..104000 CAD/year range base"),
        ("Pay is $40 to over $95 an hour", "40..95+ USD/hour range base"),
        ("Roles in the $15-to-$25-an-hour range", "15..25 USD/hour range base"),
        ("Pay is from under $2 to $8 an hour", "<2..8 USD/hour range base"),
        (
            "Pay goes from about $10 an hour for simple rating to $350 for a psychiatrist",
            "10..350 USD/hour range base",
        ),
        ("Pay goes from $20 to 30 an hour after a year", "20..30 USD/hour range base"),
        ("Crew pay: from $42 to $37 an hour", "37..42 USD/hour range base"),
        ("Sueldo de 1.350 € a 1.500 tras seis meses", "1350..1500 EUR/month range base"),
    ),
)
BETWEEN_RULE: Final = rule(
    "range.between_and",
    "Between X and Y is a range.",
    reads=(
        ("Salary between $61k and $73k", "61000..73000 USD/year range base"),
        ("Pay is between $18-$24/hr", "18..24 USD/hour range base"),
        (
            "Az \u00f3rab\u00e9r 2 900 \u00e9s 3 600 Ft k\u00f6z\u00f6tt mozog",
            "2900..3600 HUF/hour range base",
        ),
    ),
)
FLOOR_RULE: Final = rule(
    "range.floor_and_ceiling",
    "A floor word behind one amount and a ceiling word behind the next are a range.",
    reads=(
        ("時給1,200円以上1,500円以下", "1200..1500 JPY/hour range base"),
        ("시급 11,000원 이상 13,000원 이하", "11000..13000 KRW/hour range base"),
    ),
    refuses=("20,000円以上50,000円以下の商品",),
)
RISING_RULE: Final = rule(
    "range.start_and_top",
    "A starting amount followed by the amount it rises to is a range.",
    reads=(
        ("Starts at $19/hr, rising to $22/hr after 90 days", "19..22 USD/hour range base"),
        ("Pay starting at $18, up to $24 an hour", "18..24 USD/hour range base"),
    ),
)
LABELS_RULE: Final = rule(
    "range.minimum_maximum",
    "Amounts labelled minimum and maximum are one range; a midpoint is kept.",
    refuses=('{"age_min": 18, "age_max": 24, "country": "US"}',),
    reads=(
        (
            "Pay range minimum: $71,400 Pay range maximum: $99,900",
            "71400..99900 USD/year range base",
        ),
        (
            "Salary: $60,000 (minimum) \u2013 $70,000 (midpoint) \u2013 $80,000 (maximum)",
            "60000..80000 USD/year range base",
        ),
        (
            '{"pay_min": 18.5, "pay_max": 24, "currency": "USD", "interval": "hourly"}',
            "18.5..24 USD/hour range base",
        ),
    ),
)
SLASH_RULE: Final = rule(
    "range.slash",
    "Two numbers with a slash, the second at most twice the first, then a unit: a range.",
    reads=(
        ("$20/25 per hour", "20..25 USD/hour range base"),
        (
            "$18/$22/$27 per hour for L1/L2/L3",
            "18 USD/hour point base ; 22 USD/hour point base ; 27 USD/hour point base",
        ),
    ),
)

_LABEL_REACH: Final = 60
_SKIPPED_BETWEEN: Final = frozenset({")", "(", '"', "]", "\u201d"})
_QUOTES: Final = frozenset({'"', "'"})
_FIELD_MARKS: Final = _QUOTES | {":", "="}
_UNIT_FIELDS: Final = frozenset(
    {"unit", "unittext", "interval", "period", "pay period", "frequency", "per", "rate type"}
)
_YEAR_FIRST, _YEAR_LAST = 1900, 2100
_LONGEST_JOINT: Final = 14
# Words that open another phrase, so that the number before them counts nothing.
_CLOSING: Final = frozenset({"break", "wall"})


class _Joint(NamedTuple):
    """How two sums hang together."""

    rule_id: str
    first_unit: Unit | None
    open_top: bool = False

    @property
    def is_dash(self) -> bool:
        return self.rule_id == DASH_RULE


def joined(
    tokens: Tokens, sums: list[Sum], place: int, left: Left
) -> tuple[list[Expression], int]:
    """Two sums joined by a dash or by words, and how many sums that used; 0 when not joined."""
    one, other = sums[place], sums[place + 1]
    if left.bound is None and _is_between_behind(tokens, other.stop):
        left = left.between()
    joint = _joint_between(tokens, one, other, left)
    if joint is None or not _may_join(tokens, one, other, joint, left):
        return [], 0
    made = _range_of(one, other, joint)
    place_at(made, left.first, one.first, other.stop)
    made.is_approximate = left.is_approximate
    close(tokens, made, left, joint.first_unit)
    if joint.first_unit is not None and _units_differ(joint.first_unit, made.unit):
        return [], 0
    return [made], 2


def _is_between_behind(tokens: Tokens, place: int) -> bool:
    """Whether a word behind both sums says between them ("20 és 25 euro között")."""
    for ahead in range(place, place + 3):
        entry = tokens.entry(ahead)
        if entry is None:
            return False
        if entry.bound == "between_after":
            return True
        if not (entry.per or entry.unit or entry.period or entry.tax):
            return False
    return False


def _units_differ(first: Unit, second: Unit | None) -> bool:
    return second is not None and second.period is not None and first.period != second.period


def _joint_between(tokens: Tokens, one: Sum, other: Sum, left: Left) -> _Joint | None:
    """Reads what stands between two sums: unit, brackets, connector, bound words."""
    place, end = one.stop, other.first
    if cases_join(tokens, one, other):
        return _Joint(TO_RULE, None)
    if end - place > _LONGEST_JOINT or end <= place:
        return None
    plus = tokens.word(place) == "+" and tokens.gap(place) == 0
    place += plus
    unit = attached_unit(tokens, place)
    if unit is not None and unit.stop <= end:
        place = unit.stop
    else:
        unit = None
    place = _past_trifles(tokens, place, end)
    if left.frame and "aim" in tokens.roles(place):
        place = _past_aim(tokens, place, end)
    connector = _connector_at(tokens, place, left) or _floor_at(tokens, place, other)
    if connector is None:
        return None
    rule_id, place = connector
    open_top, place = _bounds_until(tokens, place, end)
    if place != end:
        return None
    return _Joint(rule_id, unit, open_top)


def _past_trifles(tokens: Tokens, place: int, end: int) -> int:
    while place < end:
        entry = tokens.entry(place)
        is_trifle = tokens.word(place) in _SKIPPED_BETWEEN or (
            entry is not None and bool(entry.tax or entry.filler)
        )
        if not is_trifle:
            break
        place += 1
    return place


def _past_aim(tokens: Tokens, place: int, end: int) -> int:
    """Skips what the lower end is for: "from $10 for rating to $350 for a psychiatrist"."""
    for ahead in range(place, end):
        entry = tokens.entry(ahead)
        if entry is not None and entry.connector == "to":
            return ahead
        if tokens.kind(ahead) != WORD:
            break
    return place


def _connector_at(tokens: Tokens, place: int, left: Left) -> tuple[str, int] | None:
    """The connector that starts at a place: its rule, and where it stops."""
    if tokens.kind(place) == DASH and _is_to(tokens, place + 1):
        return TO_RULE, place + 2 + (tokens.kind(place + 2) == DASH)
    if tokens.kind(place) == DASH or tokens.word(place) in {"~", "\u2026", "\uff5e"}:
        return (BETWEEN_RULE if left.bound == "between" else DASH_RULE), place + 1
    entry = tokens.entry(place)
    if entry is not None and entry.connector == "to":
        return TO_RULE, place + 1
    if entry is not None and left.bound == "between":
        if entry.connector == "and":
            return BETWEEN_RULE, place + 1
        if entry.bound == "floor_after":
            return BETWEEN_RULE, place
    if left.bound == "floor":
        return _rise_at(tokens, place)
    return None


def _floor_at(tokens: Tokens, place: int, other: Sum) -> tuple[str, int] | None:
    """Reads "X以上Y以下": a floor behind the first sum, a ceiling behind the second."""
    entry, ceiling = tokens.entry(place), tokens.entry(other.stop)
    if entry is None or entry.bound != "floor_after" or ceiling is None:
        return None
    if ceiling.bound != "ceiling_after":
        return None
    return FLOOR_RULE, place + 1 + (tokens.word(place + 1) in {",", "、"})


def _is_to(tokens: Tokens, place: int) -> bool:
    entry = tokens.entry(place)
    return entry is not None and entry.connector == "to"


def _rise_at(tokens: Tokens, place: int) -> tuple[str, int] | None:
    """Reads ", up to" or "and going up to" after a starting amount."""
    for _ in range(2):
        entry = tokens.entry(place)
        if tokens.word(place) == "," or (entry is not None and entry.connector == "and"):
            place += 1
    entry = tokens.entry(place)
    if entry is None or entry.bound != "ceiling":
        return None
    return RISING_RULE, place + 1


def _bounds_until(tokens: Tokens, place: int, end: int) -> tuple[bool, int]:
    """Bound and approximation words before the second sum; whether they open its top."""
    open_top = False
    while place < end:
        entry = tokens.entry(place)
        if entry is None:
            break
        if entry.bound in {"floor", "floor_after"}:
            open_top = True
        elif not (entry.bound == "ceiling" or entry.approx or "article" in entry.roles):
            break
        place += 1
    return open_top, place


def _may_join(tokens: Tokens, one: Sum, other: Sum, joint: _Joint, left: Left) -> bool:
    if one.currency and other.currency and not _same_money(one.currency, other.currency):
        return False
    if one.is_latent and other.is_latent:
        return _both_bare(tokens, one, other, is_cell=left.is_cell)
    if other.is_latent:
        return _tail_fits(tokens, one, other, joint)
    if one.is_latent:
        return _head_fits(tokens, one, other, left)
    return True


def _same_money(first: str, second: str) -> bool:
    if first == second:
        return True
    if first[0] == "~" and second[0] != "~":
        return fits(first, second)
    return second[0] == "~" and first[0] != "~" and fits(second, first)


def _both_bare(tokens: Tokens, one: Sum, other: Sum, *, is_cell: bool) -> bool:
    """Two unmarked numbers are a range only when a unit or a scale follows the second."""
    if one.is_word_number or other.is_word_number:
        return False
    if one.written > other.written and (one.scale is None or one.value > other.value):
        return False
    if any(_is_year(tokens, each) for each in (one, other)):
        return False
    return is_cell or may_stand_bare(tokens, other)


def _is_year(tokens: Tokens, one: Sum) -> bool:
    return (
        one.scale is None
        and tokens.word(one.number_place).isdigit()
        and one.stop - one.number_place == 1
        and _YEAR_FIRST <= one.written <= _YEAR_LAST
        and one.written == int(one.written)
    )


def _tail_fits(tokens: Tokens, one: Sum, other: Sum, joint: _Joint) -> bool:
    """Whether an unmarked second number belongs to a marked first one."""
    is_scaled_up = one.scale is None and other.scale is not None
    if other.written < one.written and not is_scaled_up and other.value <= one.value:
        return False
    entry = tokens.entry(other.stop)
    if entry is not None and (entry.quantity or entry.unit) and not entry.per:
        return False
    if tokens.word(other.stop) == "%" or (_is_year(tokens, other) and one.value < 1000):
        return False
    if attached_unit(tokens, other.stop) is not None or (
        joint.is_dash and tokens.gap(other.first) == 0
    ):
        return True
    if tokens.kind(other.stop) != WORD or entry is None:
        return tokens.kind(other.stop) != WORD
    is_close = not joint.is_dash and not entry.roles.isdisjoint(_CLOSING)
    return is_close or entry.says_more


def _head_fits(tokens: Tokens, one: Sum, other: Sum, left: Left) -> bool:
    """Whether an unmarked first number belongs to a marked second one."""
    if one.written > other.written and one.value > other.value:
        return False
    if one.is_word_number and other.is_word_number:
        return True
    if other.has_prefix and not (left.bound == "between" or left.frame):
        return False
    is_glued = tokens.gap(one.stop) == 0 and tokens.gap(other.first) == 0
    return (
        not (
            _is_year(tokens, one) and (_is_year(tokens, other) or not (is_glued or left.frame))
        )
        and other.value <= max(one.value, one.written * (other.scale or 1)) * 20
    )


def _range_of(one: Sum, other: Sum, joint: _Joint) -> Expression:
    low, high = _shared_scale(one, other)
    made = Expression(low, high, joint.rule_id)
    made.is_min_open = made.is_max_open = False
    made.statistic = Statistic.RANGE
    if low > high:
        made.low, made.high = high, low
        made.warnings.append("swapped")
    elif low == high:
        made.statistic = Statistic.POINT
    made.is_max_open = joint.open_top
    made.is_dashed = joint.is_dash
    take_mark(made, one, other)
    return made


def _shared_scale(one: Sum, other: Sum) -> tuple[Decimal, Decimal]:
    """Both values, after a scale or a minor unit written once was given to both."""
    low, high = one.value, other.value
    if one.scale is None and other.scale is not None and _shares_down(one, other):
        low = one.written * other.scale
    elif _shares_group(one, other):
        low = one.value * (other.group or 1)
    elif other.scale is None and one.scale is not None and _shares_up(one, other):
        high = other.written * one.scale
    if other.is_minor and not one.is_minor and one.is_latent:
        low = one.written / 100
    return low, high


def _shares_down(one: Sum, other: Sum) -> bool:
    ceiling = 10_000 if other.scale == 10_000 else 1000
    return one.written < other.written and one.written < ceiling


def _shares_group(one: Sum, other: Sum) -> bool:
    """Whether the last scale of a compound numeral counts for both ("3천~4천만")."""
    if one.scale is None or other.group is None or one.group is not None or not one.is_latent:
        return False
    return one.scale < other.group and one.value * other.group < other.value


def _shares_up(one: Sum, other: Sum) -> bool:
    return one.written < other.written < 1000


def labelled(
    tokens: Tokens, sums: list[Sum], place: int, _left: Left
) -> tuple[list[Expression], int]:
    """Minimum and maximum labels before or after the amounts."""
    used = _bracket_labels(tokens, sums, place) or _plain_labels(tokens, sums, place)
    if not used:
        return [], 0
    one, other = sums[place], sums[place + used - 1]
    record_unit = _record_unit(tokens)
    if one.is_latent and other.is_latent and record_unit is None:
        return [], 0
    made = _range_of(one, other, _Joint(LABELS_RULE, None))
    if used == 3:
        made.midpoint = sums[place + 1].value
    place_at(made, one.first, one.first, other.stop)
    close(tokens, made, Left(one.first), attached_unit(tokens, one.stop) or record_unit)
    return [made], used


def _record_unit(tokens: Tokens) -> Unit | None:
    """The unit that a record of fields names beside its currency, as in JSON."""
    has_code = any(
        entry is not None and entry.money is not None and tokens.word(place - 1) in _QUOTES
        for place, entry in enumerate(tokens.entries)
    )
    for place in range(len(tokens) if has_code else 0):
        value = place + 1
        while tokens.word(value) in _FIELD_MARKS:
            value += 1
        entry = tokens.entry(value)
        is_field = value > place + 1 and tokens.word(place).lower() in _UNIT_FIELDS
        period = (entry.unit or entry.period) if entry is not None and is_field else None
        if period is not None:
            return Unit(period, 1, None, place, value + 1)
    return None


def _bracket_labels(tokens: Tokens, sums: list[Sum], place: int) -> int:
    """How many sums are labelled in brackets behind them: minimum, (midpoint,) maximum."""
    if _label_behind(tokens, sums[place]) != "low":
        return 0
    second = _label_behind(tokens, sums[place + 1])
    if second == "high":
        return 2
    is_three = second == "mid" and place + 2 < len(sums)
    return 3 if is_three and _label_behind(tokens, sums[place + 2]) == "high" else 0


def _label_behind(tokens: Tokens, one: Sum) -> str | None:
    if tokens.word(one.stop) != "(":
        return None
    entry = tokens.entry(one.stop + 1)
    return entry.minmax if entry is not None else None


def _plain_labels(tokens: Tokens, sums: list[Sum], place: int) -> int:
    one, other = sums[place], sums[place + 1]
    if tokens.starts[other.first] - tokens.ends[one.stop - 1] > _LABEL_REACH:
        return 0
    is_pair = (
        _label_before(tokens, one.first) == "low"
        and _label_before(tokens, other.first) == "high"
    )
    return 2 if is_pair and (one.currency is not None) == (other.currency is not None) else 0


def _label_before(tokens: Tokens, first: int) -> str | None:
    """A minimum or maximum label directly before an amount, with or without a colon."""
    back = first - 1
    if tokens.word(back) in {":", "="}:
        back -= 1
        back -= tokens.word(back) == '"'
    entry = tokens.entry(back)
    if entry is None or entry.minmax is None:
        return None
    return None if "frame" in entry.flags and back == first - 1 else entry.minmax


def slashed(
    tokens: Tokens, sums: list[Sum], place: int, left: Left
) -> tuple[list[Expression], int]:
    """Sums parted by slashes: two are a range, more are points."""
    stop = place + 1
    while stop < len(sums) and _slash_joins(tokens, sums[stop - 1], sums[stop]):
        stop += 1
    used = stop - place
    if used < 2 or sums[place].is_latent:
        return [], 0
    chain = sums[place:stop]
    unit = attached_unit(tokens, chain[-1].stop)
    if used == 2 and not (unit and chain[0].value < chain[1].value <= 2 * chain[0].value):
        return [], 0
    if used == 2:
        made = _range_of(chain[0], chain[1], _Joint(SLASH_RULE, None))
        place_at(made, left.first, chain[0].first, chain[1].stop)
        close(tokens, made, left, None)
        return [made], 2
    return [_slash_point(chain, one, unit) for one in chain], used


def _slash_joins(tokens: Tokens, one: Sum, other: Sum) -> bool:
    is_slash = other.first == one.stop + 1 and tokens.word(one.stop) == "/"
    return is_slash and (
        not one.currency or not other.currency or _same_money(one.currency, other.currency)
    )


def _slash_point(chain: list[Sum], one: Sum, unit: Unit | None) -> Expression:
    made = Expression(one.value, one.value, SLASH_RULE)
    place_at(made, one.first, one.first, one.stop)
    take_mark(made, one, chain[0])
    made.unit = unit
    if unit is not None and one is chain[-1]:
        made.stop = unit.stop
    return made
