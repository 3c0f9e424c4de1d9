"""What an amount pays for: cues in zones around it, weighed and summed per kind."""

from typing import Final, NamedTuple

from pipelines.parsing.changes import CHANGE_RULE
from pipelines.parsing.context import Context
from pipelines.parsing.expression import Expression
from pipelines.parsing.inherit import amount_of, hour_ceiling, magnitude_period
from pipelines.parsing.lexer import DASH, NUM, WORD
from pipelines.parsing.periods import PIECES
from pipelines.parsing.rules import rule
from pipelines.parsing.tagging import Tokens
from pipelines.parsing.words import Cue, Entry
from warehouse.vocabulary import Kind, PayPeriod

SCORE: Final = rule(
    "kind.cues",
    "Cues touching the amount weigh 8 (a noun right behind it that says what it is 12), in its"
    " clause 4, in its label or heading 3, else 1; a stated unit adds 3 to base. The highest"
    " sum wins; ties go to the more cautious kind.",
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
        "Everyone gets a $75/month transit allowance",
        "A training stipend of $400 comes with the job",
        "Overtime is paid at $44/hr",
        "Agents take home $900/month in commission",
        "H100 capacity costs $2.40 per hour",
        "Refer a friend and earn $300",
        "The startup raised $35M and tops $6.2M ARR",
        "Clients are billed $120/hour",
        "The plus version is $20/month",
        "Business: $200/month",
        "It is \u00a310 a month or \u00a399 a year",
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
        "The minimum wage, though, is $15 an hour",
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

PAYER: Final = rule(
    "kind.payer",
    "What a customer pays is a price: a customer, or a person who could be one, before an"
    " active verb of paying.",
    reads=(
        ("We pay students $15 an hour", "15 USD/hour point base"),
        ("Students are paid $15 an hour", "15 USD/hour point base"),
        ("Students paid $15 an hour label the photos", "15 USD/hour point base"),
        ("The customers we pay get $15 an hour", "15 USD/hour point base"),
    ),
    refuses=(
        "Homeowners pay between $45 and $90 an hour",
        "A subscriber who pays $40 a month stays longer",
        "Households paid more than $300 a month",
        "A team of four pays $80 a month",
        "The firm has 10 users, paying $400 a month",
        "Such apps used to charge $350 a month",
    ),
)
TITLE: Final = rule(
    "kind.title",
    "A word of price or benefit inside the title of a job (Pricing Analyst) is no cue, and the"
    " title or the place of work (remote) in front of an amount is one of pay.",
    reads=(
        ("Pricing Analyst \u2013 $80/hr", "80 USD/hour point base"),
        ("Finance and Insurance Professionals \u2013 $90/hr", "90 USD/hour point base"),
        ("Hotel Desk Manager: $58k to $72k", "58000..72000 USD/year range base"),
        ("Acme | Robotics Engineer | Onsite | $140k", "140000 USD/year point base"),
    ),
    refuses=(
        "The city fined drivers $250 a day",
        "Retail price for engineers: $90",
        "Team Manager: $50k budget",
    ),
)

EXTRA: Final = rule(
    "kind.extra",
    "A bonus or benefit joined to an amount (plus equity) is on top of it: the amount is pay.",
    reads=(
        ("$140K\u2013$190K + bonus", "140000..190000 USD/year range base"),
        ("Remote | $95k plus equity", "95000 USD/year point base"),
    ),
    refuses=("A voucher of $500 and a gift card",),
)
SURROUNDINGS: Final = rule(
    "kind.surroundings",
    "An amount for which only its unit speaks is a price where the text around it speaks of"
    " prices and hardly of work.",
    reads=(
        ("Weekend shifts: \u20ac19 per hour", "19 EUR/hour point base"),
        ("Our hourly rate is $60. Apply for the job today.", "60 USD/hour point base"),
        (
            "Hiring a tutor at $40/hr. The course price for students stays as it is.",
            "40 USD/hour point base",
        ),
        (
            "Support agent\u23ce$18 an hour\u23ceExplain prices, refunds and discounts.",
            "18 USD/hour point base",
        ),
    ),
    refuses=(
        "Hot desk: \u20ac19 per day. Deposit: one month. All prices exclude 21% VAT.",
        "This GPU is $1.99/hour at one place. Another offers it at $5.00/hour.",
        "Parking: the hourly rate is $2. Monthly passes are available.",
    ),
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
_MOST_PAYER_WORDS: Final = 5
_PAYER_REACH: Final = 14
_IN_SUBJECT: Final = frozenset({WORD, NUM})
_WORKERS: Final = frozenset({"person", "work"})
_SELLER_REACH: Final = 6
# What a firm or a thing charges is a price.
_CHARGE: Final = (Cue(Kind.NOT_PAY, frozenset({"price"})),)
# "Fine Art and Music Professionals": so many words may follow a cue in the title of a job.
_LONGEST_TITLE: Final = 5
_TITLE_REACH: Final = 12
_TITLE_ENDS: Final = frozenset({":", "|", "(", ",", "/"})
_TITLE_WORDS: Final = frozenset({"person", "workplace"})
_NO_TITLE: Final = frozenset({"link", "break", "article"})
# The noun right after an amount says what it is ("receive a $60 internet stipend").
_HEAD_NOUN_WEIGHT: Final = 12.0
_HEAD_KINDS: Final = frozenset({Kind.BENEFIT, Kind.BONUS, Kind.REFERENCE})
# Words of no meaning between an amount and the noun that says what it is ("a $90 phone bonus").
_MOST_MODIFIERS: Final = 1
# A title of a job before an amount, where hardly anything in the text speaks of prices.
_TITLE: Final = Cue(Kind.BASE, frozenset({"vague"}))
_ON_TOP: Final = frozenset({Kind.BENEFIT, Kind.BONUS})
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
# What is paid on top of pay.
_EXTRAS: Final = frozenset({Kind.BENEFIT, Kind.BONUS})
_TITLE_KINDS: Final = frozenset({Kind.NOT_PAY, Kind.BENEFIT, Kind.BONUS})
_NO_ROLES: Final[frozenset[str]] = frozenset()
_PRICE_FLAGS: Final = frozenset({"price", "billing"})
# Flags of cues that do not count beside a stated unit: any unit, an hour, a piece of work.
_UNLESS_UNIT: Final = frozenset({"unless_unit"})
_UNLESS_HOUR: Final = frozenset({"unless_unit", "unless_rate"})
_UNLESS_PIECE: Final = frozenset({"unless_unit", "unless_rate", "unless_piece"})
_MONTHS_OF: Final = {PayPeriod.MONTH: 1, PayPeriod.YEAR: 12}
# A comparison governs what follows it, or in verb-final languages only what it stands behind.
_LOOKS_AHEAD: Final = frozenset({"compare", "behind"})
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
        "RUB",
        "KZT",
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
    is_vague: bool
    is_charge: bool


class Scores:
    """The sums per kind for one expression, and the cues behind them."""

    __slots__ = ("_unless", "best", "has_pay_cue", "has_unit", "is_hourly", "is_piece", "sums")

    def __init__(self, unit: PayPeriod | None = None) -> None:
        """No cue counted yet, for an amount with the given unit."""
        self.has_unit = unit is not None
        self.is_hourly = unit is PayPeriod.HOUR
        self.is_piece = unit in PIECES
        self._unless = _UNLESS_PIECE if self.is_piece else _UNLESS_UNIT
        if self.is_hourly:
            self._unless = _UNLESS_HOUR
        self.sums: dict[Kind, float] = {}
        self.best: dict[tuple[Kind, str], Weighed] = {}
        self.has_pay_cue = False

    def add(self, cue: Cue, weight: float, zone: str, word: str, place: int) -> None:
        """Counts a cue; in one zone the strongest cue of a kind counts once."""
        flags = cue.flags
        if "touching" in flags and zone != "attached":
            return
        # A heading or row may name the work ("Travel planning"); no benefit comes by the hour.
        if zone == "heading" and self.is_hourly and cue.kind is Kind.BENEFIT:
            return
        if self.has_unit and not flags.isdisjoint(self._unless):
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
            cue.kind,
            weight,
            zone,
            word,
            place,
            bool(flags & _PRICE_FLAGS),
            "vague" in flags,
            "charge" in flags,
        )
        self.sums[cue.kind] = (
            self.sums.get(cue.kind, 0) + weight - (known.weight if known else 0)
        )

    @property
    def is_silent(self) -> bool:
        """Whether nothing around the amount says what it is for."""
        if all(total < _LEAST_EVIDENCE for total in self.sums.values()):
            return True
        if not self.has_unit and self.winner()[0] is Kind.BASE and self._is_faint:
            return True
        return len(self.sums) > 1 and not self.winner()[1] and self._is_hearsay

    @property
    def has_own_pay_word(self) -> bool:
        """Whether any word of pay, a weak one too, stands in the amount's own stretch."""
        return any(
            cue.kind in (Kind.BASE, Kind.TOTAL) and cue.zone != "sentence"
            for cue in self.best.values()
        )

    @property
    def _is_faint(self) -> bool:
        """Whether no more than a word that is said of much else ("get") speaks for pay."""
        return self.sums[Kind.BASE] < LABEL and not self.has_pay_cue

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
    _weigh_payer(tokens, one, left_wall, scores)
    _weigh_step(tokens, one, scores)
    if names_place(tokens, one):
        scores.add(Cue(Kind.BASE, frozenset()), LABEL, "label", tokens.word(0), 0)
    if names_job(tokens, one):
        scores.add(_TITLE, LABEL, "label", tokens.word(0), 0)
    _weigh_unit(one, scores)
    _weigh_size(one, scores)
    return scores


def _look_back(tokens: Tokens, one: Expression, wall: int, scores: Scores) -> None:
    zone = _Zone()
    for back in range(one.core_first - 1, max(-1, one.first - _BACK), -1):
        entry = tokens.entries[back]
        word = tokens.word(back).lower()
        if back < wall or (entry is not None and "hard_wall" in entry.roles):
            zone.enter("sentence", SENTENCE)
        if entry is not None and entry.cues:
            for cue in _cues_of(tokens, back, entry, one):
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


def _cues_of(tokens: Tokens, place: int, entry: Entry, one: Expression) -> tuple[Cue, ...]:
    """The cues of a word; a verb of change says nothing else in a change ("raised from").

    Nor does a word of the title of a job say what is paid, nor the rate of an unknown thing
    what an unmarked number is ("clearance rate 60").
    """
    if place >= one.first:
        # A bound may name the pay ("the pay is no less than"); else it says how much, not what.
        return tuple(cue for cue in entry.cues if cue.kind is Kind.BASE)
    if entry.change == "verb" and one.rule_id == CHANGE_RULE:
        return ()
    if entry.cues[0].kind is Kind.BASE and _is_on_top(tokens, place - 1):
        return ()
    if one.is_bare and "rate" in entry.roles and _is_unknown(tokens, place - 1):
        return ()
    if _may_be_title(entry) and _is_in_title(tokens, place, entry):
        return ()
    if "seller" in entry.cues[0].flags and not _has_worker(tokens, place):
        return _CHARGE
    return entry.cues


def _is_on_top(tokens: Tokens, place: int) -> bool:
    """Whether a word makes the pay word behind it a bonus or benefit: "home office stipend"."""
    entry = tokens.entry(place)
    return entry is not None and bool(entry.cues) and entry.cues[0].kind in _ON_TOP


def _has_worker(tokens: Tokens, verb: int) -> bool:
    """Whether who charges an amount is a person at work, named shortly before the verb."""
    return any(
        not _WORKERS.isdisjoint(tokens.roles(back))
        for back in range(verb - 1, max(-1, verb - 1 - _SELLER_REACH), -1)
    )


def _is_unknown(tokens: Tokens, place: int) -> bool:
    entry = tokens.entry(place)
    return tokens.kind(place) == WORD and (entry is None or entry.stat is not None)


def _may_be_title(entry: Entry) -> bool:
    """Whether a word that speaks against pay may also name a field of work."""
    return entry.cues[0].kind in _TITLE_KINDS


def _is_in_title(tokens: Tokens, place: int, entry: Entry) -> bool:
    """Whether a word is part of the title of a job: "Pricing Analyst", "travel nurse".

    A word of price has a verb of the same form ("fined drivers"), so that the title must be
    written with a capital.
    """
    for ahead in range(place + 1, place + 1 + _LONGEST_TITLE):
        roles = tokens.roles(ahead)
        if "person" in roles:
            is_noun = entry.cues[0].kind is not Kind.NOT_PAY
            return is_noun or tokens.word(ahead)[:1].isupper()
        if tokens.kind(ahead) != WORD or not _NO_TITLE.isdisjoint(roles):
            return False
    return False


class _Zone:
    """The zone reached while walking away from an amount, and its weight."""

    __slots__ = ("crossed", "has_crossed", "is_extra", "is_near", "name", "weight")

    def __init__(self) -> None:
        self.name = "attached"
        self.weight: float = ATTACHED
        self.crossed: frozenset[str] = frozenset()
        self.has_crossed = False
        self.is_near = True
        self.is_extra = False
        """Whether what follows is joined to the amount ("plus", "and")."""

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
    is_alone = cue.kind is Kind.REFERENCE and not scores.best
    is_near = zone.name in {"attached", "clause"} and (zone.is_law_ahead or is_alone)
    if "law" in cue.flags and is_near:
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
    zone.is_extra = "wall" in tokens.roles(start)
    for ahead in range(start, min(len(tokens), one.stop + _AHEAD)):
        entry = tokens.entries[ahead]
        roles = _NO_ROLES if entry is None else entry.roles
        if ahead >= wall or "hard_wall" in roles:
            zone.name, zone.weight = "sentence", SENTENCE
        elif "wall" in roles or (tokens.word(ahead) == "/" and _parts(tokens, ahead)):
            zone.enter("sentence", SENTENCE * 1.5)
        if entry is not None and entry.cues:
            is_head = strangers <= _MOST_MODIFIERS
            _hear_ahead(tokens, one, ahead, zone, scores, is_head=is_head)
        elif not _is_link(entry):
            strangers += 1 if tokens.kinds[ahead] == WORD else _MOST_MODIFIERS + 1
            if strangers > 1 or "break" in roles:
                zone.leave_touch()


def _parts(tokens: Tokens, place: int) -> bool:
    """Whether a slash has a space on both sides, as between two statements."""
    return tokens.gap(place) > 0 and tokens.gap(place + 1) > 0


def _hear_ahead(
    tokens: Tokens, one: Expression, place: int, zone: _Zone, scores: Scores, *, is_head: bool
) -> None:
    """Counts the cues of a word behind an amount."""
    entry = tokens.entries[place]
    if entry is None or (_may_be_title(entry) and _is_in_title(tokens, place, entry)):
        return
    word = tokens.word(place).lower()
    if zone.is_extra and entry.cues[0].kind in _EXTRAS:
        _add_extra(scores, one, word, place)
    else:
        _add_ahead(scores, entry, zone, word, place, is_head=is_head)


def _add_extra(scores: Scores, one: Expression, word: str, place: int) -> None:
    """What comes on top of an amount ("plus bonus") shows that the amount is pay."""
    if _is_wage_size(one):
        scores.add(Cue(Kind.BASE, frozenset()), LABEL, "label", word, place)


def _add_ahead(
    scores: Scores, entry: Entry, zone: _Zone, word: str, place: int, *, is_head: bool
) -> None:
    for cue in entry.cues:
        if "behind" in cue.flags and zone.name == "attached":
            scores.add(cue, _COMPARE_WEIGHT * 2, zone.name, word, place)
        elif cue.flags.isdisjoint(_LOOKS_AHEAD):
            is_noun = is_head and cue.kind in _HEAD_KINDS and zone.name == "attached"
            weight = _HEAD_NOUN_WEIGHT if is_noun else zone.weight
            scores.add(cue, weight, zone.name, word, place)


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


def is_price(scores: Scores, context: Context, place: int) -> bool:
    """Whether hardly anything but the unit speaks for pay, in the midst of prices."""
    least = least_price_lead(scores)
    if least is None:
        return False
    if not scores.is_piece and any(cue.is_charge for cue in scores.best.values()):
        return not context.tells_work(place)
    return context.price_lead(place) >= least


def _weigh_payer(tokens: Tokens, one: Expression, wall: int, scores: Scores) -> None:
    """A customer as the subject of a verb of paying makes the amount a price."""
    for verb in range(one.first - 1, max(wall - 1, one.first - 1 - _PAYER_REACH), -1):
        roles = tokens.roles(verb)
        if "pays" in roles:
            if "payer" in roles or _has_payer(tokens, verb):
                cue = Cue(Kind.NOT_PAY, frozenset({"billing"}))
                scores.add(cue, _COMPARE_WEIGHT * 2, "attached", tokens.word(verb), verb)
            return


def _has_payer(tokens: Tokens, verb: int) -> bool:
    """Whether a customer stands before a verb of paying, with nobody else between."""
    is_participle = tokens.word(verb).lower() == "paid"
    verb -= tokens.word(verb - 1) == ","
    for back in range(verb - 1, verb - 1 - _MOST_PAYER_WORDS, -1):
        roles = tokens.roles(back)
        if "payer" in roles:
            return True
        if "patron" in roles:
            return not is_participle
        if "payor" in roles or tokens.kind(back) not in _IN_SUBJECT:
            return False
    return False


def names_job(tokens: Tokens, one: Expression) -> bool:
    """Whether a title or a place of work labels an amount that could be its pay."""
    before = one.first - 1
    if before < 0 or not (tokens.word(before) in _TITLE_ENDS or tokens.kind(before) == DASH):
        return False
    if not _is_wage_size(one):
        return False
    for back in range(before - 1, max(-1, before - 1 - _TITLE_REACH), -1):
        entry = tokens.entries[back]
        if entry is None:
            continue
        if not _TITLE_WORDS.isdisjoint(entry.roles):
            return True
        if entry.cues:
            return False
    return False


def _is_wage_size(one: Expression) -> bool:
    """Whether an amount states a unit of time, or is as large as a year's pay."""
    if one.is_bare:
        return False
    if one.unit is not None:
        return one.unit.period is not None and one.unit.period not in PIECES
    return magnitude_period(one) is PayPeriod.YEAR


def least_price_lead(scores: Scores) -> int | None:
    """How much the text around must speak of prices to make an amount a price.

    None when more than a stated unit makes it pay. "Rate" and "fee" are said of things as well
    as of work, so that they ask for more.
    """
    cues = [cue for cue in scores.best.values() if cue.kind in (Kind.BASE, Kind.TOTAL)]
    if sum(cue.weight for cue in cues if not cue.is_vague) > SENTENCE:
        return None
    return 2 if any(cue.is_vague for cue in cues) else 1


def _weigh_step(tokens: Tokens, one: Expression, scores: Scores) -> None:
    """A verb of change right behind an amount says by how much: "100円引き上げ"."""
    entry = tokens.entry(one.stop)
    if entry is None or entry.change != "verb" or "final" not in entry.flags:
        return
    if one.rule_id != CHANGE_RULE and one.low == one.high:
        cue = Cue(Kind.NOT_PAY, frozenset({"strong"}))
        scores.add(cue, _COMPARE_WEIGHT * 2, "attached", tokens.word(one.stop), one.stop)


def follows_price(first: Expression, second: Expression) -> bool:
    """Whether an amount goes on in a list of prices ("the hall is £32 an hour, then £48")."""
    if first.scores is None or second.scores is None or first.kind is not Kind.NOT_PAY:
        return False
    is_price = any(
        cue.is_price and cue.zone != "sentence" for cue in first.scores.best.values()
    )
    if first.unit is None or second.unit is None or first.currency != second.currency:
        return False
    is_alike = first.unit.period == second.unit.period
    return is_price and is_alike and not second.scores.has_own_pay_word


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
    if scores.sums.get(Kind.BASE, 0) <= ATTACHED / 4 and _is_subscription_size(one):
        return
    scores.sums[Kind.BASE] = scores.sums.get(Kind.BASE, 0) + _PERIOD_WEIGHT


def _is_subscription_size(one: Expression) -> bool:
    """Whether a month costs what an hour may be paid: with no pay word by, it is a price.

    So it is for a year that costs twelve times that.
    """
    months = _MONTHS_OF.get(one.unit.period) if one.unit and one.unit.period else None
    ceiling = hour_ceiling(one.currency)
    if months is None or ceiling is None:
        return False
    return amount_of(one) <= months * ceiling


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
        if entry is None or not entry.cues:
            continue
        if _may_be_title(entry) and _is_in_title(tokens, place, entry):
            continue
        for cue in entry.cues:
            if cue.flags.isdisjoint(_LOOKS_AHEAD):
                scores.add(cue, LABEL, "heading", tokens.word(place), place)


def add_title(tokens: Tokens, one: Expression, scores: Scores) -> None:
    """Counts the title or place of work that a table row gives for an amount of its size."""
    if names_title(tokens) and _is_wage_size(one):
        scores.add(_TITLE, LABEL, "label", tokens.word(0), 0)


def names_title(tokens: Tokens) -> bool:
    """Whether a stretch names a job, or where it is done."""
    return any(
        entry is not None and not _TITLE_WORDS.isdisjoint(entry.roles)
        for entry in tokens.entries
    )


def is_separator(roles: frozenset[str]) -> bool:
    """Whether a word may end the stretch of one expression and begin that of the next."""
    return "wall" in roles or "hard_wall" in roles
