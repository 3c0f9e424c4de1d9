"""What an amount pays for: cues in zones around it, weighed and summed per kind."""

from typing import Final, NamedTuple

from pipelines.parsing.changes import CHANGE_RULE
from pipelines.parsing.expression import Expression
from pipelines.parsing.inherit import amount_of, hour_ceiling
from pipelines.parsing.lexer import WORD
from pipelines.parsing.periods import PIECES
from pipelines.parsing.rules import rule
from pipelines.parsing.tagging import Tokens
from pipelines.parsing.words import Cue, Entry
from warehouse.vocabulary import Kind, PayPeriod

SCORE: Final = rule(
    "kind.cues",
    "Cues touching the amount weigh 8, in its clause 4, in its label or heading 3, else 1; a"
    " stated unit adds 3 to base. The highest sum wins; ties go to the more cautious kind.",
    reads=(
        ("OTE $150k, base $95k", "150000 USD/year point total ; 95000 USD/year point base"),
        (
            "Base $92,000 plus an $8,000 annual bonus",
            "92000 USD/year point base (8000 USD/year point bonus)",
        ),
        (
            "$26/hr + $2/hr night differential",
            "26 USD/hour point base (2 USD/hour point bonus)",
        ),
        (
            "Package up to £68,000 including a £54,500 base salary",
            "..68000 GBP/year max total ; 54500 GBP/year point base",
        ),
    ),
    refuses=(
        "Gym membership worth €45/month",
        "H100 capacity costs $2.40 per hour",
        "Refer a friend and earn $300",
        "The startup raised $35M and tops $6.2M ARR",
        "Clients are billed $120/hour",
        "The plus version is $20/month",
        "The fees are 2.9% and $0.30 per transaction",
        "It pays out more than $1.5 million a day to contractors",
    ),
)
COMPARISON: Final = rule(
    "kind.comparison",
    "An amount of other professions, or a legal minimum, is reference.",
    reads=(("Unlike bots, raters earn $31 an hour", "31 USD/hour point base"),),
    refuses=(
        "That is on par with paralegals, who earn about $31 an hour",
        "The federal minimum wage is $7.25 an hour",
        "They get less than the minimum wage, which ranges from $6 to $10 a day",
    ),
)

PAYEE: Final = rule(
    "kind.payee",
    "What a company is paid for a worker's time is a bill rate and no pay of the worker.",
    reads=(
        (
            "The lab paid the vendor about $28 an hour; raters got $14 an hour",
            "14 USD/hour point base",
        ),
        ("The company pays its raters $16 an hour", "16 USD/hour point base"),
        ("The agency paid her $20 an hour", "20 USD/hour point base"),
        ("They paid agency workers $17 an hour", "17 USD/hour point base"),
    ),
    refuses=("The lab pays Sama $12.50 an hour for each worker",),
)

ATTACHED, CLAUSE, LABEL, SENTENCE = 8.0, 4.0, 3.0, 1.0
_PERIOD_WEIGHT: Final = 3.0
_COMPARE_WEIGHT: Final = 10.0
_MILLIONS_WEIGHT: Final = 9.0
# Nobody is paid millions by the day; what costs that much is a budget.
_MILLIONS_A_TIME_WEIGHT: Final = 20.0
_SHORT: Final = frozenset({PayPeriod.HOUR, PayPeriod.DAY, PayPeriod.WEEK})
# A mere mention of people far from an amount does not make it their pay.
_LEAST_EVIDENCE: Final = 0.75
_MOST_PAYEE_WORDS: Final = 3
_BACK: Final = 26
_AHEAD: Final = 16
_ORDER: Final = (
    Kind.BONUS,
    Kind.BENEFIT,
    Kind.NOT_PAY,
    Kind.REFERENCE,
    Kind.TOTAL,
    Kind.BASE,
)
_NO_ROLES: Final[frozenset[str]] = frozenset()
_PRICE_FLAGS: Final = frozenset({"price", "billing"})
# A comparison governs what follows it, or in verb-final languages only what it stands behind.
_LOOKS_AHEAD: Final = frozenset({"compare", "behind"})
_PRICE_FACTOR: Final = 3
_LARGE: Final = 1_000_000
_SMALL_UNIT_CURRENCIES: Final = frozenset(
    {
        "JPY",
        "KRW",
        "VND",
        "IDR",
        "INR",
        "COP",
        "CLP",
        "HUF",
        "PKR",
        "LKR",
        "MGA",
        "ARS",
        "PYG",
        "NGN",
        "UGX",
        "TZS",
        "IRR",
        "MMK",
        "KHR",
        "TWD",
        "THB",
        "CNY",
        "HKD",
    }
)


class Weighed(NamedTuple):
    """One cue that counted: the kind, its weight, the zone and the word."""

    kind: Kind
    weight: float
    zone: str
    word: str
    place: int
    is_price: bool


class Scores:
    """The sums per kind for one expression, and the cues behind them."""

    __slots__ = ("best", "has_pay_cue", "has_unit", "is_piece", "sums")

    def __init__(self, unit: PayPeriod | None = None) -> None:
        """No cue counted yet, for an amount with the given unit."""
        self.has_unit = unit is not None
        self.is_piece = unit in PIECES
        self.sums: dict[Kind, float] = {}
        self.best: dict[tuple[Kind, str], Weighed] = {}
        self.has_pay_cue = False

    def add(self, cue: Cue, weight: float, zone: str, word: str, place: int) -> None:
        """Counts a cue; in one zone the strongest cue of a kind counts once."""
        flags = cue.flags
        if "touching" in flags and zone != "attached":
            return
        if self.has_unit and (
            "unless_unit" in flags or (self.is_piece and "unless_piece" in flags)
        ):
            return
        if "weak" in flags:
            weight = weight / 4
        elif "verb" in flags and zone != "attached":
            weight = weight / 2
        if cue.kind in (Kind.BASE, Kind.TOTAL) and "weak" not in flags:
            self.has_pay_cue = self.has_pay_cue or zone != "sentence" or "anywhere" in flags
        key = (cue.kind, zone)
        known = self.best.get(key)
        if known is not None and known.weight >= weight:
            return
        self.best[key] = Weighed(
            cue.kind, weight, zone, word, place, bool(flags & _PRICE_FLAGS)
        )
        self.sums[cue.kind] = (
            self.sums.get(cue.kind, 0) + weight - (known.weight if known else 0)
        )

    @property
    def is_silent(self) -> bool:
        """Whether nothing around the amount says what it is for."""
        if all(total < _LEAST_EVIDENCE for total in self.sums.values()):
            return True
        return len(self.sums) > 1 and not self.winner()[1] and self._is_hearsay

    @property
    def _is_hearsay(self) -> bool:
        """Whether every cue stands beyond the walls of the amount's own stretch."""
        return all(cue.zone == "sentence" for cue in self.best.values())

    def winner(self) -> tuple[Kind | None, float]:
        """The kind with the highest sum, and its lead over the next."""
        if not self.sums:
            return None, 0
        top = max(self.sums.values())
        if top <= 0:
            return None, 0
        kind = next(kind for kind in _ORDER if self.sums.get(kind, 0) == top)
        others = [total for other, total in self.sums.items() if other is not kind]
        return kind, top - max(others, default=0)


def score(tokens: Tokens, one: Expression, left_wall: int, right_wall: int) -> Scores:
    """The sums per kind from the words around an expression.

    The walls are where its own stretch of the sentence begins and ends: the first separator
    after the expression before it, and after itself.
    """
    scores = Scores(one.unit.period if one.unit else None)
    _look_back(tokens, one, left_wall, scores)
    _look_ahead(tokens, one, right_wall, scores)
    _weigh_payments(tokens, one, scores)
    _weigh_payee(tokens, one, left_wall, scores)
    _weigh_step(tokens, one, scores)
    if names_place(tokens, one):
        scores.add(Cue(Kind.BASE, frozenset()), LABEL, "label", tokens.word(0), 0)
    _weigh_unit(one, scores)
    _weigh_size(one, scores)
    return scores


def _look_back(tokens: Tokens, one: Expression, wall: int, scores: Scores) -> None:
    zone = _Zone()
    for back in range(one.first - 1, max(-1, one.first - _BACK), -1):
        entry = tokens.entries[back]
        word = tokens.word(back).lower()
        if back < wall or (entry is not None and "hard_wall" in entry.roles):
            zone.enter("sentence", SENTENCE)
        if entry is not None and entry.cues:
            for cue in _cues_of(entry, one):
                _add_back(scores, cue, zone, word, back)
            zone.leave_touch()
        elif word == ":" and zone.name == "clause":
            zone.enter("label", LABEL)
        elif word == ",":
            zone.is_near = not zone.has_crossed
            zone.crossed = tokens.roles(back + 1)
            zone.has_crossed = True
            zone.enter("clause", CLAUSE / 2)
        elif not _is_link(entry):
            zone.leave_touch()


def _cues_of(entry: Entry, one: Expression) -> tuple[Cue, ...]:
    """The cues of a word; a verb of change says nothing else in a change ("raised from")."""
    return () if entry.change == "verb" and one.rule_id == CHANGE_RULE else entry.cues


class _Zone:
    """The zone reached while walking away from an amount, and its weight."""

    __slots__ = ("crossed", "has_crossed", "is_near", "name", "weight")

    def __init__(self) -> None:
        self.name = "attached"
        self.weight: float = ATTACHED
        self.crossed: frozenset[str] = frozenset()
        self.has_crossed = False
        self.is_near = True

    @property
    def is_law_ahead(self) -> bool:
        """Whether no more than a ", which" parts a word of law from the amount."""
        return not self.has_crossed or (self.is_near and "which" in self.crossed)

    @property
    def is_compared(self) -> bool:
        """Whether a comparison further on still governs the amount ("who earn")."""
        return not self.has_crossed or "relative" in self.crossed

    def enter(self, name: str, weight: float) -> None:
        """Moves on to a zone; nothing leads back from the rest of the sentence."""
        if self.name != "sentence":
            self.name, self.weight = name, weight

    def leave_touch(self) -> None:
        """The words beyond this one no longer touch the amount."""
        if self.name == "attached":
            self.name, self.weight = "clause", CLAUSE


def _add_back(scores: Scores, cue: Cue, zone: _Zone, word: str, place: int) -> None:
    weight = zone.weight
    if "behind" in cue.flags:
        return
    if "compare" in cue.flags:
        if zone.is_compared and zone.name != "sentence":
            scores.add(cue, _COMPARE_WEIGHT + _PERIOD_WEIGHT, "clause", word, place)
        return
    if "strong" in cue.flags and zone.name != "sentence":
        weight = _COMPARE_WEIGHT
    if "law" in cue.flags and zone.name in {"attached", "clause"} and zone.is_law_ahead:
        weight = _COMPARE_WEIGHT + _PERIOD_WEIGHT
    scores.add(cue, weight, zone.name, word, place)


def _is_link(entry: Entry | None) -> bool:
    """Whether a word may stand between a cue and the amount it touches."""
    return entry is not None and bool(
        "link" in entry.roles
        or entry.approx
        or entry.stat
        or entry.per
        or entry.bound
        or entry.period
        or entry.tax
    )


def _look_ahead(tokens: Tokens, one: Expression, wall: int, scores: Scores) -> None:
    zone = _Zone()
    strangers = 0
    is_odd = one.unit is not None and one.unit.period is None
    start = one.core_stop if is_odd else one.stop
    for ahead in range(start, min(len(tokens), one.stop + _AHEAD)):
        entry = tokens.entries[ahead]
        word = tokens.word(ahead).lower()
        roles = _NO_ROLES if entry is None else entry.roles
        if ahead >= wall or "hard_wall" in roles:
            zone.name, zone.weight = "sentence", SENTENCE
        elif "wall" in roles or (word == "/" and _parts(tokens, ahead)):
            zone.enter("sentence", SENTENCE * 1.5)
        if entry is not None and entry.cues:
            _add_ahead(scores, entry, zone, word, ahead)
        elif not _is_link(entry):
            strangers += 1
            if strangers > 1 or "break" in roles:
                zone.leave_touch()


def _parts(tokens: Tokens, place: int) -> bool:
    """Whether a slash has a space on both sides, as between two statements."""
    return tokens.gap(place) > 0 and tokens.gap(place + 1) > 0


def _add_ahead(scores: Scores, entry: Entry, zone: _Zone, word: str, place: int) -> None:
    for cue in entry.cues:
        if "behind" in cue.flags and zone.name == "attached":
            scores.add(cue, _COMPARE_WEIGHT * 2, zone.name, word, place)
        elif cue.flags.isdisjoint(_LOOKS_AHEAD):
            scores.add(cue, zone.weight, zone.name, word, place)


def _weigh_payments(tokens: Tokens, one: Expression, scores: Scores) -> None:
    """A number of salaries a year ("14 payments") is said of pay only."""
    for ahead in range(one.stop, min(len(tokens), one.stop + 4)):
        entry = tokens.entries[ahead]
        if entry is not None and entry.payments is not None:
            scores.add(Cue(Kind.BASE, frozenset()), CLAUSE, "clause", tokens.word(ahead), ahead)


def _weigh_payee(tokens: Tokens, one: Expression, wall: int, scores: Scores) -> None:
    """A company named between a verb of paying and the amount is the payee."""
    back = one.first - 1
    while back > wall and _is_link(tokens.entry(back)):
        back -= 1
    entry = tokens.entry(back)
    if entry is None or entry.vendor is None:
        return
    for verb in range(back - 1, max(wall - 1, back - 2 - _MOST_PAYEE_WORDS), -1):
        before = tokens.entry(verb)
        if before is not None and "pays" in before.roles:
            cue = Cue(Kind.NOT_PAY, frozenset({"billing"}))
            scores.add(cue, _COMPARE_WEIGHT * 2, "attached", tokens.word(back), back)
            return
        if tokens.kind(verb) != WORD or (before is not None and bool(before.cues)):
            return


def _weigh_step(tokens: Tokens, one: Expression, scores: Scores) -> None:
    """A verb of change right behind an amount says by how much: "100円引き上げ"."""
    entry = tokens.entry(one.stop)
    if entry is None or entry.change != "verb" or "final" not in entry.flags:
        return
    if one.rule_id != CHANGE_RULE and one.low == one.high:
        cue = Cue(Kind.NOT_PAY, frozenset({"strong"}))
        scores.add(cue, _COMPARE_WEIGHT * 2, "attached", tokens.word(one.stop), one.stop)


def names_place(tokens: Tokens, one: Expression) -> bool:
    """Whether a range directly follows a place label ("Canada: $84k-$99k"), as in pay lists."""
    if one.low is None or one.high is None or one.low == one.high or one.first < 2:
        return False
    entry = tokens.entry(one.first - 2)
    is_label = tokens.word(one.first - 1) == ":" and one.first == 2
    return is_label and entry is not None and entry.country is not None


def _weigh_unit(one: Expression, scores: Scores) -> None:
    if one.unit is None or one.unit.period is None:
        return
    if any(cue.is_price and cue.zone != "sentence" for cue in scores.best.values()):
        return
    if not scores.sums.get(Kind.BASE) and _is_subscription_size(one):
        return
    scores.sums[Kind.BASE] = scores.sums.get(Kind.BASE, 0) + _PERIOD_WEIGHT


def _is_subscription_size(one: Expression) -> bool:
    """Whether a month costs what an hour may be paid: with no pay word by, it is a price."""
    if one.unit is None or one.unit.period is not PayPeriod.MONTH:
        return False
    ceiling = hour_ceiling(one.currency)
    return ceiling is not None and amount_of(one) * _PRICE_FACTOR <= ceiling


def _weigh_size(one: Expression, scores: Scores) -> None:
    amount = one.high if one.high is not None else one.low
    if amount is None or amount < _LARGE or one.currency in _SMALL_UNIT_CURRENCIES:
        return
    is_short = one.unit is not None and one.unit.period in _SHORT
    weight = _MILLIONS_A_TIME_WEIGHT if is_short else _MILLIONS_WEIGHT
    scores.sums[Kind.NOT_PAY] = scores.sums.get(Kind.NOT_PAY, 0) + weight


def add_heading(tokens: Tokens, scores: Scores) -> None:
    """Counts the cues of the heading that governs the line."""
    for place, entry in enumerate(tokens.entries):
        if entry is not None:
            for cue in entry.cues:
                if cue.flags.isdisjoint(_LOOKS_AHEAD):
                    scores.add(cue, LABEL, "heading", tokens.word(place), place)


def is_separator(roles: frozenset[str]) -> bool:
    """Whether a word may end the stretch of one expression and begin that of the next."""
    return "wall" in roles or "hard_wall" in roles
