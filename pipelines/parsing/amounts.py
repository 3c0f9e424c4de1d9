"""Single amounts: a number with its scale and its currency mark."""

import re
from decimal import Decimal
from typing import Final

from pipelines.parsing.lexer import DASH, FIRST_SPACELESS, NUM, SYMBOL, WORD
from pipelines.parsing.lexicon import lexicon
from pipelines.parsing.numerals import numeral_at
from pipelines.parsing.rules import rule
from pipelines.parsing.tagging import Tokens
from pipelines.parsing.words import Entry, Money

SYMBOL_RULE: Final = rule(
    "amount.marked",
    "A number with a currency sign, code or word beside it is an amount.",
    reads=(
        ("Rate: $1,234.50 per week", "1234.50 USD/week point base"),
        ("Pay: 45 EUR per hour", "45 EUR/hour point base"),
        ("Pay: $.25 per image", "0.25 USD/image point base"),
        ("Pay: USD $48 per hour", "48 USD/hour point base"),
        ("Pay \\$19.50 to \\$23 an hour", "19.50..23 USD/hour range base"),
        ("Pay in 2024 € 54 per hour", "54 EUR/hour point base"),
    ),
    refuses=(
        "AutoCAD 2024 and 3 years of drafting",
        "echo `$5` per hour of pay",
        "ALL 25 roles pay",
        "Pay key 5961R09CS",
        "They arrive at a rate of $3$ per hour",
    ),
)
BARE_RULE: Final = rule(
    "amount.bare",
    "A number without a mark is an amount when its unit follows at once and a pay word is by.",
    reads=(
        ("[US] Pay: 24-28/hr DOE", "24..28 USD/hour range base"),
        ("Hourly rate (USD): 30 - 45", "30..45 USD/hour range base"),
    ),
    refuses=(
        "Reviewers close about 14 tickets per hour",
        "Typing speed of 55 words per minute",
    ),
)
WORDS_RULE: Final = rule(
    "amount.number_words",
    "Number words before a money word are an amount.",
    reads=(
        ("They pay thirty-two dollars an hour", "32 USD/hour point base"),
        ("It pays one hundred and twenty dollars an hour", "120 USD/hour point base"),
        ("Pagan treinta y cinco euros la hora", "35 EUR/hour point base"),
        ("fifteen to eighteen bucks an hour", "15..18 USD/hour range base"),
        ("月薪三千五百元到五千元", "3500..5000 CNY/month range base"),
        ("月給は二十五万円です", "250000 JPY/month point base"),
        ("월급은 삼백이십만원", "3200000 KRW/month point base"),
    ),
    refuses=(
        "Specialists can make hundreds of dollars an hour",
        "時給は数千円です",
        "每月工资三四千元",
    ),
)
COMPOUND_RULE: Final = rule(
    "amount.compound",
    "A number set together from parts with scales: each smaller part is added, a larger scale"
    " multiplies what stands before it.",
    reads=(
        ("月給28万5,000円", "285000 JPY/month point base"),
        ("想定年収1億2,000万円", "120000000 JPY/year point total"),
        ("월급 3천5백만원", "35000000 KRW/month point base"),
        ("연봉 3천~4천만원", "30000000..40000000 KRW/year range base"),
        ("lương 2 triệu 500 nghìn đồng/tháng", "2500000 VND/month point base"),
        ("lương 8 triệu rưỡi/tháng", "8500000 VND/month point base"),
        ("lương 12tr5/tháng", "12500000 VND/month point base"),
    ),
    refuses=("売上は28万5,000円",),
)
FIGURES_RULE: Final = rule(
    "amount.figures",
    "Six figures, with low, mid or high, are the band of a year's pay they name.",
    reads=(("A low-six-figure salary", "100000..399999 USD/year range base"),),
    refuses=("The population is in six figures",),
)

_LONGEST_NUMBER: Final = 40
# Words for money longer than this stand after their number only.
LONGEST_PREFIX: Final = 6
_GROUPED: Final = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d+)?")
_DOT_GROUPED: Final = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?")
_SPLIT_GROUPED: Final = re.compile(
    r"\d{1,3}(?:(?P<mark>['\u00a0])\d{3})(?:(?P=mark)\d{3})*(?:[.,]\d+)?"
)
_DECIMAL: Final = re.compile(r"\d+[.,]\d+")
_DOUBLE_SCALE_FROM: Final = 10_000
# Scales from here on close a group of a compound numeral; the smaller ones fill it.
_GROUP_FROM: Final = 10_000
_HUNDREDTH: Final = Decimal("0.01")


class Sum:
    """One number with what is attached to it.

    `first` and `stop` are token places; `value` is in major units with the scale applied,
    `written` is the number as written. `currency` is a code, a ``~family`` or None.
    """

    __slots__ = (
        "currency", "figures", "first", "group", "has_prefix", "is_latent", "is_minor",
        "is_word_number", "mark_flags", "number_place", "scale", "stop", "value", "warning",
        "written",
    )  # fmt: skip

    def __init__(self, written: Decimal, first: int, stop: int) -> None:
        """A number without scale or mark."""
        self.written = written
        self.value = written
        self.first = first
        self.number_place = first
        self.stop = stop
        self.currency: str | None = None
        self.scale: Decimal | None = None
        self.group: Decimal | None = None
        """The last scale of a compound numeral: "4천만" counts in 만."""
        self.is_minor = False
        self.is_latent = True
        self.is_word_number = False
        self.has_prefix = False
        self.mark_flags: frozenset[str] = frozenset()
        self.figures: tuple[Decimal, Decimal] | None = None
        self.warning: str | None = None

    def apply(self, scale: Decimal | None, *, is_minor: bool) -> None:
        """Applies a scale and the minor unit to the written number."""
        self.scale = scale
        self.is_minor = is_minor
        value = self.written
        if scale is not None:
            if scale == 1000 and value >= _DOUBLE_SCALE_FROM:
                self.warning = "double_scale"
            else:
                value *= scale
        self.value = value * _HUNDREDTH if is_minor else value


def parse_number(raw: str) -> Decimal | None:
    """The value of a written number, whatever its separators; None when it is not one."""
    text = raw.rstrip("/-=\u2013\u2014.,")
    if text.isdigit():
        return Decimal(text) if len(text) <= _LONGEST_NUMBER else None
    if len(text) > _LONGEST_NUMBER:
        return None
    if "'" in text or "\u00a0" in text:
        if not _SPLIT_GROUPED.fullmatch(text):
            return None
        return Decimal(text.replace("'", "").replace("\u00a0", "").replace(",", "."))
    return _parse_separated(text)


def _parse_separated(text: str) -> Decimal | None:
    dots, commas = text.count("."), text.count(",")
    if text.startswith("."):
        return Decimal(text) if dots == 1 and not commas else None
    if dots + commas == 1:
        whole, _, rest = text.replace(",", ".").partition(".")
        if len(rest) == 3 and len(whole) <= 3 and whole != "0":
            return Decimal(whole + rest)
        return Decimal(f"{whole}.{rest}") if _DECIMAL.fullmatch(text) else None
    if _GROUPED.fullmatch(text):
        return Decimal(text.replace(",", ""))
    if _DOT_GROUPED.fullmatch(text):
        return Decimal(text.replace(".", "").replace(",", "."))
    return None


def find_amounts(tokens: Tokens, country: str | None = None) -> list[Sum]:
    """Every number that may be an amount, in order; without a currency mark it is latent."""
    found: list[Sum] = []
    place = 0
    kinds, entries = tokens.kinds, tokens.entries
    while place < len(kinds):
        entry = entries[place]
        one: Sum | None = None
        if kinds[place] == NUM:
            one = _numeric(tokens, place, country)
        elif entry is not None and (
            entry.number is not None or entry.scale is not None or entry.figures is not None
        ):
            one = _spelled(tokens, place, entry)
        if one is not None:
            found.append(one)
            place = max(one.stop, place + 1)
        else:
            place += 1
    return found


def _spelled(tokens: Tokens, place: int, entry: Entry) -> Sum | None:
    """An amount written in words or characters."""
    if entry.number is not None or entry.scale is not None:
        if tokens.words[place] >= FIRST_SPACELESS:
            return _in_characters(tokens, place)
        return _in_words(tokens, place) if entry.number is not None else None
    return _vague(entry.figures, place) if entry.figures is not None else None


def _in_characters(tokens: Tokens, place: int) -> Sum | None:
    """A number in characters with its money word, or the lower end of such a range."""
    read = numeral_at(tokens, place)
    if read is None:
        return None
    one = Sum(read.value, place, read.stop)
    one.is_word_number = True
    if read.scale > 1 and read.digit is None and read.value % read.scale == 0:
        one.written = read.value / read.scale
        one.scale = read.scale
    mark, stop = _suffix_mark(tokens, one)
    if mark is not None:
        _mark(one, mark)
        one.value = read.value / 100 if mark.is_minor else read.value
        one.stop = stop
        return one
    one.currency = _implied_currency(tokens.entry(one.stop - 1))
    one.is_latent = one.currency is None
    after = tokens.entry(one.stop)
    is_lower_end = after is not None and after.connector == "to"
    return one if is_lower_end or not one.is_latent else None


def _vague(figures: tuple[Decimal, Decimal], place: int) -> Sum:
    one = Sum(figures[0], place, place + 1)
    one.figures = figures
    one.currency = "~dollar"
    one.is_latent = False
    return one


def _numeric(tokens: Tokens, place: int, country: str | None) -> Sum | None:
    prefix = _prefix_mark(tokens, place, country)
    if prefix is None and _is_identifier(tokens, place):
        return None
    stop, value = _grouped_number(tokens, place, prefix)
    if value is None:
        return None
    one = Sum(value, place, stop)
    if prefix is not None:
        if _is_formula(tokens, prefix[0], stop):
            return None
        one.first, mark = prefix
        one.has_prefix = True
        _mark(one, mark)
    _attach_suffix(tokens, one, country)
    if one.is_latent and tokens.word(one.stop) == "%":
        return None
    return one


def _is_formula(tokens: Tokens, first: int, stop: int) -> bool:
    """Whether dollar signs enclose a number, as in a formula ("$3$ per hour")."""
    is_closed = tokens.word(stop) == "$" and not tokens.gap(stop)
    return is_closed and tokens.word(first) == "$" and tokens.kind(stop + 1) != NUM


def _mark(one: Sum, mark: Money) -> None:
    one.currency = mark.code
    one.is_latent = False
    one.mark_flags = mark.flags
    if mark.is_minor:
        one.apply(one.scale, is_minor=True)


def _grouped_number(
    tokens: Tokens, place: int, prefix: tuple[int, Money] | None
) -> tuple[int, Decimal | None]:
    """The number at a place, with following blocks of three digits set off by a space."""
    raw = tokens.word(place)
    stop = place + 1
    blocks = [raw]
    if len(raw) <= 3 and raw.isdigit():
        while _is_block(tokens, stop):
            blocks.append(tokens.word(stop))
            stop += 1
    is_grouped = _may_group(tokens, place, stop, prefix) or _ends_grouped_range(tokens, place)
    if len(blocks) > 1 and is_grouped:
        return stop, parse_number("".join(blocks))
    return place + 1, parse_number(raw)


def _is_block(tokens: Tokens, place: int) -> bool:
    if tokens.kind(place) != NUM or tokens.gap(place) != 1:
        return False
    word = tokens.word(place)
    return (len(word) == 3 and word.isdigit()) or (
        len(word) in {5, 6} and word[3] in ",." and word[:3].isdigit()
    )


def _may_group(tokens: Tokens, place: int, stop: int, prefix: tuple[int, Money] | None) -> bool:
    """Whether a mark, a scale or a range around the blocks confirms that they group.

    So does a cell that holds nothing else.
    """
    if prefix is not None:
        return tokens.word(prefix[0]) not in {"$", "\u00a3", "\u20b9"}
    if stop == len(tokens) and (place == 0 or tokens.kind(place - 1) == DASH):
        return True
    after = tokens.entry(stop)
    if after is not None and (after.money is not None or after.scale is not None):
        return True
    return tokens.kind(stop) == DASH or bool(after is not None and after.connector)


def _ends_grouped_range(tokens: Tokens, place: int) -> bool:
    """Whether a number in blocks follows another and a dash or "to": "kr 550 000 - 620 000"."""
    joint = tokens.entry(place - 1)
    is_joined = tokens.kind(place - 1) == DASH or (
        joint is not None and joint.connector is not None
    )
    return is_joined and tokens.kind(place - 2) == NUM and _is_block(tokens, place - 2)


def _prefix_mark(tokens: Tokens, place: int, country: str | None) -> tuple[int, Money] | None:
    """The currency mark before a number and the token where it starts."""
    before = tokens.entry(place - 1)
    if before is None or before.money is None or tokens.gap(place) > 1:
        return None
    mark = before.money
    first = place - 1
    if tokens.kind(first) == WORD and _is_inside_name(tokens, first):
        return None
    if tokens.kind(first) == SYMBOL:
        first, mark = _qualified(tokens, first, mark)
    elif not _prefix_allowed(tokens, first, mark, country):
        return None
    return _doubled_prefix(tokens, first, mark)


def _is_inside_name(tokens: Tokens, place: int) -> bool:
    """Whether letters are glued between two numbers, as in a part number ("61R09")."""
    is_glued = not (tokens.gap(place) or tokens.gap(place + 1))
    return is_glued and tokens.kind(place - 1) == NUM


def _qualified(tokens: Tokens, place: int, mark: Money) -> tuple[int, Money]:
    """The mark of a symbol together with letters glued before it ("US$")."""
    if tokens.gap(place) == 0:
        known = lexicon().qualified.get((tokens.word(place - 1), tokens.word(place)))
        if known is not None:
            return place - 1, known
    return place, mark


def _prefix_allowed(tokens: Tokens, first: int, mark: Money, country: str | None) -> bool:
    if mark.is_minor or "suffix" in mark.flags:
        return False
    if mark.is_word:
        if len(tokens.word(first)) > LONGEST_PREFIX:
            return False
        return mark.code in {"EUR", "GBP"} or not tokens.word(first).islower()
    hint = next((flag[5:] for flag in mark.flags if flag.startswith("hint:")), None)
    return hint is None or hint == country


def _doubled_prefix(tokens: Tokens, first: int, mark: Money) -> tuple[int, Money]:
    """The code before a symbol ("USD $48") is the same mark said twice."""
    before = tokens.entry(first - 1)
    if (
        before is not None
        and before.money is not None
        and tokens.gap(first) <= 1
        and not before.money.is_word
        and before.money.code[0] != "~"
        and tokens.kind(first - 2) != NUM
        and fits(mark.code, before.money.code)
    ):
        return first - 1, before.money
    return first, mark


def fits(mark: str, code: str) -> bool:
    """Whether a code may stand for a mark: it is the same code, or a member of its family."""
    if mark[0] != "~":
        return mark == code
    return code in lexicon().families[mark[1:]].members


def _is_identifier(tokens: Tokens, place: int) -> bool:
    """Whether an unmarked number belongs to a name or a label ("Tier 1", "H100")."""
    before = tokens.entry(place - 1)
    if before is not None and before.label is not None and tokens.gap(place) <= 1:
        return len(tokens.word(place)) <= 2 and not _is_marked_after(tokens, place + 1)
    if tokens.gap(place) > 0:
        return False
    return _is_glued_name(tokens, place - 1) or (
        tokens.kind(place - 1) == DASH
        and tokens.gap(place - 1) == 0
        and _is_glued_name(tokens, place - 2)
    )


def _is_marked_after(tokens: Tokens, place: int) -> bool:
    after = tokens.entry(place)
    return after is not None and (after.money is not None or after.scale is not None)


def _is_glued_name(tokens: Tokens, place: int) -> bool:
    word = tokens.word(place)
    if tokens.kind(place) != WORD or word[-1:] >= "\u0e00":
        return False
    entry = tokens.entry(place)
    if entry is None:
        return True
    is_clitic = "clitic" in entry.roles
    return not (is_clitic or entry.money or entry.scale or entry.unit or entry.period)


def _attach_suffix(tokens: Tokens, one: Sum, country: str | None) -> None:
    """Takes in the scale and the currency mark that follow a number."""
    scale = _scale_after(tokens, one, country)
    implied: str | None = None
    if scale is not None:
        one.stop += 1
        one.apply(scale, is_minor=one.is_minor)
        implied = _implied_currency(tokens.entry(one.stop - 1))
        _compound(tokens, one)
    mark, stop = _suffix_mark(tokens, one)
    if mark is None:
        if implied is not None and one.is_latent and not counts_things(tokens, one.stop):
            one.currency, one.is_latent = implied, False
        return
    if one.is_latent:
        _mark(one, mark)
    elif mark.code[0] != "~" and one.currency is not None and fits(one.currency, mark.code):
        one.currency = mark.code
    elif not _says_again(one, mark):
        return
    one.stop = stop


def _says_again(one: Sum, mark: Money) -> bool:
    """Whether the mark behind a marked number names the same money ("新台幣4萬元")."""
    if one.currency is None or mark.code == one.currency:
        return mark.code == one.currency
    is_shared = one.currency[0] == "~" and "suffix" in mark.flags
    return mark.code[0] == "~" and (is_shared or fits(mark.code, one.currency))


def _compound(tokens: Tokens, one: Sum) -> None:
    """Takes in the further parts of a compound numeral ("28万5,000", "3천5백만")."""
    scale = one.scale or Decimal(1)
    sums = _Parts(one.written, scale)
    place = one.stop
    while True:
        number, after = _part_number(tokens, place, sums.least)
        entry = tokens.entry(after)
        factor = entry.scale if entry is not None and tokens.gap(after) <= 1 else None
        if number is None and factor is None:
            break
        if not sums.take(number, factor):
            break
        place = after + (factor is not None)
    half = tokens.entry(place)
    if half is not None and "half" in half.flags:
        sums.add(sums.least / 2)
        place += 1
    if place > one.stop:
        one.stop, one.value = place, sums.value
        one.group = sums.last if sums.last >= _GROUP_FROM else None
        one.scale = sums.scale


class _Parts:
    """A compound numeral read so far: whole groups, and the group being read."""

    __slots__ = ("group", "last", "least", "scale", "whole")

    def __init__(self, number: Decimal, scale: Decimal) -> None:
        """The first part: a number and its scale."""
        is_large = scale >= _GROUP_FROM
        self.whole = number * scale if is_large else Decimal(0)
        self.group = Decimal(0) if is_large else number * scale
        self.least = self.last = self.scale = scale

    @property
    def value(self) -> Decimal:
        """What the parts amount to."""
        return self.whole + self.group

    def take(self, number: Decimal | None, factor: Decimal | None) -> bool:
        """Takes in a number, a scale or both; whether they belong to the numeral."""
        if number is None:
            return factor is not None and self._multiply(factor)
        part = number * (factor if factor is not None and factor < _GROUP_FROM else 1)
        if part >= self.least:
            return False
        self.group += part
        self.least = factor if factor is not None and factor < self.least else Decimal(1)
        return factor is None or factor < _GROUP_FROM or self._multiply(factor)

    def add(self, part: Decimal) -> None:
        """Adds a part of which nothing more is said."""
        self.group += part

    def _multiply(self, factor: Decimal) -> bool:
        """A scale behind a scale: it multiplies the group ("3천" + "만")."""
        if not self.group:
            return False
        if self.group % self.scale == 0 and not self.whole:
            self.scale *= factor
        self.group *= factor
        self.least = self.last = factor
        if factor >= _GROUP_FROM:
            self.whole, self.group = self.whole + self.group, Decimal(0)
        return True


def _part_number(tokens: Tokens, place: int, least: Decimal) -> tuple[Decimal | None, int]:
    """The number of a further part, which a scale or a currency mark has to follow."""
    gap = tokens.gap(place)
    if tokens.kind(place) != NUM or gap > 1:
        return None, place
    before = tokens.entry(place - 1)
    word = tokens.word(place)
    if before is not None and "tenths" in before.flags and _is_tenth(tokens, place):
        return Decimal(word) * least / 10, place + 1
    value = parse_number(word)
    if value is None or value >= least or not _is_marked_after(tokens, place + 1):
        return None, place
    is_plain = (after := tokens.entry(place + 1)) is None or after.scale is None
    if tokens.gap(place + 1) > 1 or (is_plain and tokens.word(place - 1) < FIRST_SPACELESS):
        return None, place
    return value, place + 1


def _is_tenth(tokens: Tokens, place: int) -> bool:
    """Whether a digit glued to a scale counts tenths of it: "12tr5", "1万2"."""
    after = tokens.entry(place + 1)
    has_scale = after is not None and after.scale is not None
    is_digit = tokens.gap(place) == 0 and len(tokens.word(place)) == 1
    return is_digit and not has_scale and not counts_things(tokens, place + 1)


def _implied_currency(entry: Entry | None) -> str | None:
    """The currency that a scale word implies ("LPA" is rupees)."""
    flags = entry.flags if entry is not None else frozenset()
    return next((flag[9:] for flag in sorted(flags) if flag.startswith("currency:")), None)


def counts_things(tokens: Tokens, place: int) -> bool:
    """Whether the word after a number says what it counts ("5万人", "50k users")."""
    entry = tokens.entry(place)
    if entry is None:
        is_glued = tokens.kind(place) == WORD and tokens.gap(place) == 0
        return is_glued and tokens.word(place) >= FIRST_SPACELESS
    return entry.quantity is not None or (entry.unit is not None and entry.per is None)


def _scale_after(tokens: Tokens, one: Sum, country: str | None) -> Decimal | None:
    entry = tokens.entry(one.stop)
    if entry is None or entry.scale is None:
        return None
    gap = tokens.gap(one.stop)
    word = tokens.word(one.stop)
    if gap > 1 or (len(word) == 1 and word < "\u0e00" and gap == 1 and word not in "kKM"):
        return None
    if "glued" in entry.flags and (gap or not (one.currency == "INR" or country == "IN")):
        return None
    return entry.scale


def _suffix_mark(tokens: Tokens, one: Sum) -> tuple[Money | None, int]:
    """The currency mark after a number, and where it stops."""
    place = one.stop
    entry = tokens.entry(place)
    if tokens.word(place) == "(" and tokens.gap(place) <= 1 and tokens.word(place + 2) == ")":
        entry = tokens.entry(place + 1)
        place += 2
    if entry is None or entry.money is None or tokens.gap(one.stop) > 1:
        return _qualified_suffix(tokens, one.stop)
    mark = entry.money
    if any(flag == "rand" or flag.startswith("hint:") for flag in mark.flags):
        return None, one.stop
    if _belongs_to_next(tokens, one, place):
        return None, one.stop
    return mark, place + 1


def _qualified_suffix(tokens: Tokens, place: int) -> tuple[Money | None, int]:
    """A qualified sign after the number ("20 US$")."""
    if (
        tokens.kind(place + 1) == SYMBOL
        and tokens.gap(place + 1) == 0
        and tokens.gap(place) <= 1
    ):
        known = lexicon().qualified.get((tokens.word(place), tokens.word(place + 1)))
        if known is not None and tokens.kind(place + 2) != NUM:
            return known, place + 2
    return None, place


def _belongs_to_next(tokens: Tokens, one: Sum, place: int) -> bool:
    """Whether a mark between two numbers is the prefix of the second."""
    if tokens.kind(place + 1) != NUM or tokens.gap(place + 1) > 1:
        return False
    if tokens.gap(place + 1) == 0:
        return one.has_prefix or tokens.gap(place) > 0 or tokens.kind(place) == SYMBOL
    return tokens.gap(place) > 0 and (one.has_prefix or _is_year_before(tokens, one, place))


def _is_year_before(tokens: Tokens, one: Sum, place: int) -> bool:
    """Whether a sign stands apart between a year and an amount: "in 2024 € 54"."""
    word = tokens.word(place - 1)
    return (
        tokens.kind(place) == SYMBOL
        and one.scale is None
        and len(word) == 4
        and word.startswith(("19", "20"))
    )


def _in_words(tokens: Tokens, place: int) -> Sum | None:
    """An amount in number words; latent unless a money word follows."""
    total = 0
    stop = place
    while True:
        entry = tokens.entry(stop)
        if entry is None or entry.number is None:
            break
        total = _compose(total, entry.number)
        stop += 1
        stop += _is_and_inside(tokens, stop, total)
    one = Sum(Decimal(total), place, stop)
    one.is_word_number = True
    entry = tokens.entry(stop)
    if entry is not None and entry.scale is not None:
        one.stop += 1
        one.apply(entry.scale, is_minor=False)
    mark, stop = _suffix_mark(tokens, one)
    if mark is not None and "spelled" in mark.flags:
        _mark(one, mark)
        one.stop = stop
    return one


def _is_and_inside(tokens: Tokens, place: int, total: int) -> bool:
    """Whether "and" joins hundreds to the rest of one number ("one hundred and twenty")."""
    if not total or "joins" not in tokens.roles(place):
        return False
    room = 100 if total % 100 == 0 else 10
    rest, after = tokens.entry(place + 1), tokens.entry(place + 2)
    if total % room or total < room or total == 10:
        return False
    if rest is None or rest.number is None or rest.number >= room:
        return False
    return after is None or after.number is None or after.number < 10


def _compose(total: int, number: int) -> int:
    if number in {100, 1000} and 0 < total < number:
        return total * number
    return total + number
