"""What kind of figure an amount is: mean, median, share of people, forecast."""

from decimal import Decimal
from typing import Final

from pipelines.parsing.amounts import parse_number
from pipelines.parsing.expression import Expression
from pipelines.parsing.lexer import DASH, NUM
from pipelines.parsing.rules import rule
from pipelines.parsing.tagging import Tokens
from pipelines.parsing.words import Entry
from warehouse.vocabulary import Kind, Statistic

AVERAGE: Final = rule(
    "statistic.cue",
    "A word like average or median in the clause before the amount, or right after it.",
    reads=(
        ("Annotators average $21.40 an hour", "21.40 USD/hour average base"),
        ("Pay averages between $24 and $31/hr", "24..31 USD/hour average base"),
        ("The median rate was £17 per hour", "17 GBP/hour median base"),
        ("They make $30 an hour on average", "30 USD/hour average base"),
    ),
    refuses=("The average applicant has a score of 20",),
)
SHARE: Final = rule(
    "statistic.share",
    "A percentage or fraction of people who earn the amount.",
    reads=(
        (
            "About one in six contributors earns above $80 an hour",
            "80.. USD/hour share base",
        ),
        ("Half of respondents earned under $10 an hour", "..10 USD/hour share base"),
        ("回答者の20%が時給1,500円以上を得ている", "1500.. JPY/hour share base"),
        (
            "30 percent of them earn $15 to $20 an hour, 6 percent more than $100",
            "15..20 USD/hour share base ; 100.. USD/hour share base",
        ),
        ("20 % des annotateurs dépassent 30 € de l'heure", "30.. EUR/hour share base"),
        ("Çevirmenlerin %20'si saatte 250 TL elde ediyor", "250 TRY/hour share base"),
        (
            "Es heißt, dass 20 Prozent der Prüfer mehr als 30 € pro Stunde verdienen",
            "30.. EUR/hour share base",
        ),
    ),
    refuses=(
        "About 20% of trainers hold a doctorate",
        "Sie hat ein Pensum von 80 Prozent und verdient keine 20 Punkte",
    ),
)
PROJECTION: Final = rule(
    "statistic.projection",
    "A forecast: a future outcome verb, or a forecasting word in the sentence.",
    reads=(
        (
            "We forecast that legal experts will reach $140 to $190 an hour by 2027",
            "140..190 USD/hour projection base",
        ),
        ("You will be paid $45 an hour", "45 USD/hour point base"),
        (
            "We expect rates for nurses to top $200 per hour by the end of 2027",
            "200 USD/hour projection base",
        ),
        (
            "Pay is projected to climb from $25 to $40 an hour",
            "40 USD/hour projection base (25 USD/hour projection reference)",
        ),
        ("We expect to pay $50/hr", "50 USD/hour point base"),
        ("The salary is expected to be $90k-$110k", "90000..110000 USD/year range base"),
        (
            "You are expected to work 20 hours to reach $500 a week",
            "500 USD/week point base",
        ),
        ("Pay is expected to be $90 an hour in 2028", "90 USD/hour projection base"),
        (
            "Bis 2028 dürfte der Stundenlohn auf 35 Euro steigen",
            "35 EUR/hour projection base",
        ),
        ("2028年には時給が4,000円に達する見通し", "4000 JPY/hour projection base"),
    ),
)

_REACH: Final = 16
_FORECAST_REACH: Final = 30
_ANNOUNCE_REACH: Final = 14
_SHARE_REACH: Final = 18
_AFTER: Final = 4
_FINAL_REACH: Final = 5
_VERB_REACH: Final = 3
_CLAUSE_ENDS: Final = frozenset({".", ",", ";"})
_VERB_FIRST: Final = frozenset({"final", "first"})
_NO_FORECAST: Final = frozenset({"announce", "final"})
_BEFORE_NOUN: Final = frozenset({"article", "owner"})
_PRECEDENCE: Final = {
    Statistic.MEDIAN: 3,
    Statistic.PERCENTILE: 2,
    Statistic.AVERAGE: 1,
}


def decide_statistic(
    tokens: Tokens, one: Expression, wall: int, limit: int, *, after_share: bool = False
) -> None:
    """Sets the statistic of an expression from the cues between two walls."""
    if is_projection(tokens, one, wall):
        one.statistic = Statistic.PROJECTION
        one.trace.append("stat:projection")
        return
    if _share(tokens, one, wall, has_verb=after_share):
        one.statistic = Statistic.SHARE
        one.trace.append(f"stat:share={one.share}")
        return
    found = _cue_before(tokens, one, wall) or _cue_after(tokens, one, limit)
    if found is not None:
        one.statistic = found
        one.trace.append(f"stat:{found}")


def structure_of(one: Expression) -> Statistic:
    """The statistic that the bounds alone give: point, range, starting or max."""
    if one.low is None or one.high is None:
        return Statistic.MAX if one.low is None else Statistic.STARTING
    return Statistic.POINT if one.low == one.high else Statistic.RANGE


def is_projection(tokens: Tokens, one: Expression, wall: int) -> bool:
    """Whether the words before an amount announce a future outcome."""
    if _foretold_behind(tokens, one):
        return True
    for back in range(one.core_first - 1, max(-1, one.first - _FORECAST_REACH), -1):
        entry = tokens.entries[back]
        if entry is None or entry.future is None or not _foretells(tokens, entry, back):
            continue
        if back >= wall or "noun" in entry.flags:
            return True
    return _is_closed_by(tokens, one, "future") and _is_foretold(tokens, one.core_first)


def _is_closed_by(tokens: Tokens, one: Expression, facet: str) -> bool:
    """Whether a verb of some meaning ends the clause behind an amount ("auf 30 € steigen")."""
    for ahead in range(one.core_stop, min(len(tokens), one.stop + _FINAL_REACH)):
        entry = tokens.entries[ahead]
        if entry is not None and "final" in entry.flags and getattr(entry, facet) is not None:
            return True
        if tokens.word(ahead) in _CLAUSE_ENDS:
            return False
    return False


def _is_foretold(tokens: Tokens, place: int) -> bool:
    """Whether a word announces what the verb at the end says, for a time to come."""
    return _is_announced(tokens, place) and (_has_horizon(tokens) or _has_year(tokens))


def _foretold_behind(tokens: Tokens, one: Expression) -> bool:
    """Whether a verb that ends its clause announces the amount: "2,000円に達する見込み"."""
    for ahead in range(one.stop, min(len(tokens), one.stop + _VERB_REACH)):
        entry = tokens.entries[ahead]
        if entry is not None and entry.future is not None and "closing" in entry.flags:
            return "weak" not in entry.flags or _has_horizon(tokens)
        if tokens.kinds[ahead] == NUM or "wall" in tokens.roles(ahead):
            return False
    return False


def _foretells(tokens: Tokens, entry: Entry, place: int) -> bool:
    """Whether a word of the future is a forecast here; a weak one takes a time to come.

    An outcome ("to top") takes an announcing word before it, or when timed a time to come.
    """
    if not entry.flags.isdisjoint(_NO_FORECAST):
        return False
    is_weak = "weak" in entry.flags
    if "outcome" in entry.flags and _is_announced(tokens, place):
        return not is_weak or _has_horizon(tokens) or _has_year(tokens)
    if "outcome" in entry.flags:
        return "timed" in entry.flags and _has_horizon(tokens)
    return not is_weak or _has_horizon(tokens)


def _is_announced(tokens: Tokens, place: int) -> bool:
    """Whether "to reach" is expected, likely or due, with no other number between."""
    for back in range(place - 1, max(-1, place - 1 - _ANNOUNCE_REACH), -1):
        entry = tokens.entries[back]
        if entry is not None and "announce" in entry.flags:
            return True
        if tokens.kinds[back] == NUM and not _is_coming_year(tokens, back):
            return False
    return False


def _has_horizon(tokens: Tokens) -> bool:
    """Whether the sentence names a time to come ("by 2027", "over the next year")."""
    known: bool | None = tokens.memo.get("horizon")
    if known is None:
        roles = {role for entry in tokens.entries if entry is not None for role in entry.roles}
        known = "next" in roles or ("until" in roles and _has_year(tokens))
        tokens.memo["horizon"] = known
    return known


def _has_year(tokens: Tokens) -> bool:
    known: bool | None = tokens.memo.get("year")
    if known is None:
        known = any(_is_coming_year(tokens, place) for place in range(len(tokens)))
        tokens.memo["year"] = known
    return known


def _is_coming_year(tokens: Tokens, place: int) -> bool:
    return (
        tokens.kinds[place] == NUM
        and tokens.word(place).startswith("20")
        and len(tokens.word(place)) == 4
    )


def _cue_before(tokens: Tokens, one: Expression, wall: int) -> Statistic | None:
    best: Statistic | None = None
    for back in range(one.core_first - 1, max(wall - 1, one.first - _REACH), -1):
        entry = tokens.entries[back]
        if entry is None:
            if tokens.word(back) == ";":
                break
            continue
        if entry.stat is None or _is_of_other_number(tokens, one, back):
            continue
        if best is None or _PRECEDENCE[entry.stat] > _PRECEDENCE[best]:
            best = entry.stat
    return best


def _is_of_other_number(tokens: Tokens, one: Expression, cue: int) -> bool:
    """Whether a statistic word stands right before a number that is no part of the amount."""
    return tokens.kind(cue + 1) == NUM and cue + 1 < one.first


def _cue_after(tokens: Tokens, one: Expression, limit: int) -> Statistic | None:
    for ahead in range(one.stop, min(one.stop + _AFTER, limit)):
        entry = tokens.entry(ahead)
        if entry is not None and entry.stat is not None:
            is_verb = "verb" in entry.flags
            return (
                None if is_verb or (limit < len(tokens) and limit - ahead <= 3) else entry.stat
            )
        if "small" not in tokens.roles(ahead):
            return None
    return None


def _share(tokens: Tokens, one: Expression, wall: int, *, has_verb: bool) -> bool:
    """Looks back for a share of people and the verb that says they are paid."""
    verb = has_verb or _is_closed_by(tokens, one, "earn")
    for back in range(one.core_first - 1, max(wall - 1, one.first - _SHARE_REACH), -1):
        entry = tokens.entries[back]
        if entry is not None and entry.earn is not None:
            verb = True
        if (verb or _follows_verb(tokens, back)) and _take_share(tokens, one, back):
            return True
    return _share_behind(tokens, one)


def _share_behind(tokens: Tokens, one: Expression) -> bool:
    """Reads "Weniger als 10 Euro verdient die Hälfte": verb and share behind the amount."""
    entry = tokens.entry(one.stop)
    if entry is None or entry.earn is None or "final" not in entry.flags:
        return False
    ahead = range(one.stop + 1, min(len(tokens), one.stop + 1 + _VERB_REACH))
    return any(_take_share(tokens, one, place) for place in ahead)


def _follows_verb(tokens: Tokens, place: int) -> bool:
    """Whether a share follows its verb ("Laut Umfrage verdienen 31 Prozent ...")."""
    entry = tokens.entries[place]
    if tokens.kinds[place] != NUM and (entry is None or entry.fraction is None):
        return False
    for back in range(place - 1, max(-1, place - 1 - _VERB_REACH), -1):
        before = tokens.entries[back]
        if before is not None and before.earn is not None:
            return not before.flags.isdisjoint(_VERB_FIRST)
    return False


def _take_share(tokens: Tokens, one: Expression, place: int) -> bool:
    entry = tokens.entries[place]
    if entry is not None and entry.fraction is not None:
        one.share = entry.fraction
        return True
    if tokens.kinds[place] != NUM:
        return False
    is_led = _is_led_by_percent(tokens, place)
    if not is_led and "percent" not in tokens.roles(place + 1):
        return False
    if "trend" in tokens.roles(place - 1):
        return False
    after = place + (1 if is_led else 2)
    if _is_of_money(tokens, after) or _is_of_work(tokens, place):
        return False
    one.share = parse_number(tokens.word(place))
    is_band = tokens.kind(place - 1) == DASH or _joins_numbers(tokens, place - 1)
    if is_band and tokens.kind(place - 2) == NUM:
        one.share_max, one.share = one.share, parse_number(tokens.word(place - 2))
    return one.share is not None and one.share <= Decimal(100)


def _is_led_by_percent(tokens: Tokens, place: int) -> bool:
    """Whether the percentage has its sign or word in front: "%20", "yüzde 20"."""
    roles = tokens.roles(place - 1)
    return "percent" in roles and ("leads" in roles or tokens.gap(place) == 0)


def _is_of_work(tokens: Tokens, place: int) -> bool:
    """Whether the percentage is of working time: "jobber 80 prosent", "50 % Pensum"."""
    return any("workload" in tokens.roles(place + step) for step in (-2, -1, 2, 3))


def _joins_numbers(tokens: Tokens, place: int) -> bool:
    entry = tokens.entry(place)
    return entry is not None and entry.connector in {"to", "and"}


def _is_of_money(tokens: Tokens, place: int) -> bool:
    """Whether the percentage is of money: "20% of the salary", "20% more"."""
    first = place + 1 if "of" in tokens.roles(place) else place
    if not tokens.roles(first).isdisjoint(_BEFORE_NOUN):
        first += 1
    entry = tokens.entry(first)
    if entry is not None and (
        entry.pay_noun or any(c.kind is not Kind.BASE for c in entry.cues)
    ):
        return entry.earn is None
    return "more" in tokens.roles(place)
