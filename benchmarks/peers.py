"""Compare this engine with other packages on the gold set, each on its own terms.

    python benchmarks/peers.py [--write] [FILE.tsv ...]

Every package runs as a process of its own in the virtual environment of the peers, which
`make peers` makes from `benchmarks/peers/requirements.txt`; this engine too, in its own. How a
package is called is said in `benchmarks/peers/adapters.py`, how its answers are counted in
`_HOW` below, which stands under the tables. `--write` writes `docs/comparison.md`. Takes a few
minutes.
"""

import argparse
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, Final, NamedTuple

import gold

FOLDER: Final = Path(__file__).with_name("peers")
PAGE: Final = Path(__file__).parents[1] / "docs" / "comparison.md"
README: Final = Path(__file__).parents[1] / "README.md"
_README_BLOCK: Final = re.compile(
    "(?<=<!-- comparison -->\n).*?(?=<!-- /comparison -->)", re.DOTALL
)
ENGINE: Final = "engine"
PEERS: Final = {
    "quantulum3": "quantulum3",
    "price-parser": "price-parser",
    "python-jobspy": "JobSpy `extract_salary`",
    "recognizers-text-suite": "Recognizers-Text",
}
_PEERS_PYTHON: Final = FOLDER / ".venv" / "bin" / "python"
_DASH: Final = "\u2013"


def _load_signs() -> dict[str, frozenset[str]]:
    """The currencies that a sign or a word leaves open; any of them counts as right."""
    signs: dict[str, frozenset[str]] = {}
    for line in (FOLDER / "signs.tsv").read_text("utf-8").splitlines()[1:]:
        codes, words = line.split("\t")
        for word in words.split():
            signs[word] = signs.get(word, frozenset()) | frozenset(codes.split())
    return signs


_SIGNS: Final = _load_signs()


class Money(NamedTuple):
    """An amount that is found or expected, reduced to its stated ends."""

    ends: frozenset[Decimal]
    currency: str | None = None
    period: str | None = None


class Aspect(NamedTuple):
    """How much of an amount has to agree."""

    has_currency: bool
    has_period: bool

    def reduce(self, money: Money) -> Money:
        return Money(
            money.ends,
            money.currency if self.has_currency else None,
            money.period if self.has_period else None,
        )


AMOUNTS: Final = Aspect(has_currency=False, has_period=False)
CURRENCY: Final = Aspect(has_currency=True, has_period=False)
PERIOD: Final = Aspect(has_currency=True, has_period=True)


@dataclass(frozen=True)
class Answers:
    """What one package answered: to every text, by its id."""

    name: str
    version: str
    found: dict[str, list[Money]]
    seconds: float
    errors: int

    def says(self, aspect: Aspect) -> bool:
        """Whether the package ever states what the aspect asks for."""
        every = [money for answer in self.found.values() for money in answer]
        return (not aspect.has_currency or any(one.currency for one in every)) and (
            not aspect.has_period or any(one.period for one in every)
        )


@dataclass(frozen=True)
class Share:
    """A count out of another."""

    part: int = 0
    whole: int = 0

    def __add__(self, other: "Share") -> "Share":
        return Share(self.part + other.part, self.whole + other.whole)

    def __str__(self) -> str:
        return gold.percent(self.part / self.whole if self.whole else None)


@dataclass(frozen=True)
class Marks:
    """Precision and recall in one aspect."""

    precision: Share = Share()
    recall: Share = Share()

    def __add__(self, other: "Marks") -> "Marks":
        return Marks(self.precision + other.precision, self.recall + other.recall)

    def __str__(self) -> str:
        return f"{self.precision} / {self.recall}"

    @property
    def f(self) -> str:
        if not self.precision.part or not self.recall.part:
            return gold.percent(0.0 if self.recall.whole else None)
        precision = self.precision.part / self.precision.whole
        recall = self.recall.part / self.recall.whole
        return gold.percent(2 * precision * recall / (precision + recall))


def ask(name: str, python: Path, rows: Iterable[gold.Labelled]) -> Answers:
    """Have one package read the texts, in a process of its own."""
    questions = [
        json.dumps(
            {"id": row.id, "text": row.text, "language": row.language, "country": row.country}
        )
        for row in rows
    ]
    process = subprocess.run(
        [str(python), str(FOLDER / "adapters.py"), name],
        input="\n".join(questions),
        capture_output=True,
        encoding="utf-8",
        # Sets of strings have the same order in every run.
        env={**os.environ, "PYTHONHASHSEED": "0"},
        check=False,
    )
    if process.returncode:
        message = f"{name} did not answer:\n{process.stderr}"
        raise RuntimeError(message)
    head, *answers = map(json.loads, process.stdout.splitlines())
    return Answers(
        name,
        head["version"],
        {answer["id"]: [_found(one) for one in answer["found"]] for answer in answers},
        sum(answer["seconds"] for answer in answers),
        sum(answer["error"] is not None for answer in answers),
    )


def _found(one: dict[str, Any]) -> Money:
    ends = frozenset(Decimal(one[end]) for end in ("min", "max") if one[end] is not None)
    return Money(ends, one["currency"], one["period"])


def expected(readings: Iterable[gold.Expected]) -> list[Money]:
    """Labelled readings in the terms of the packages: stated ends, no counts of units."""
    return [
        Money(ends, *(None if word == "?" else word for word in unit.split("/", 1)))
        for one in readings
        if (ends := frozenset(end for end in (one.low, one.high) if end is not None))
        for unit in [one.unit.partition("*")[0]]
    ]


def mark(found: Iterable[Money], wanted: Iterable[Money], aspect: Aspect) -> Marks:
    """Count the answers to one text; what is said twice counts once."""
    has = {aspect.reduce(money) for money in found}
    needs = {aspect.reduce(money) for money in wanted}
    justified = sum(any(_is_part(one, whole) for whole in needs) for one in has)
    covered = sum(_is_covered(one, has) for one in needs)
    return Marks(Share(justified, len(has)), Share(covered, len(needs)))


def _is_part(found: Money, wanted: Money) -> bool:
    """Whether a found amount is the wanted one, or one end of it."""
    return found.ends <= wanted.ends and _same_unit(found, wanted)


def _is_covered(wanted: Money, found: Iterable[Money]) -> bool:
    """Whether the wanted amount is found as it is, or each end of it by itself."""
    agreeing = {one.ends for one in found if _same_unit(one, wanted)}
    return wanted.ends in agreeing or all(frozenset((end,)) in agreeing for end in wanted.ends)


def _same_unit(found: Money, wanted: Money) -> bool:
    """Whether currency and period agree; where none can be known, any answer is right."""
    return _same_currency(found.currency, wanted.currency) and wanted.period in (
        None,
        found.period,
    )


def _same_currency(found: str | None, wanted: str | None) -> bool:
    if wanted is None or found is None:
        return wanted is None
    if found.upper() == wanted:
        return True
    return any(wanted in _SIGNS.get(word, ()) for word in found.lower().split())


def marks(
    answers: Answers,
    rows: Iterable[gold.Labelled],
    aspect: Aspect,
    *,
    with_rest: bool = False,
) -> Marks:
    """Marks over some texts: against the amounts of pay, or against all labelled amounts."""
    return sum(
        (
            mark(
                answers.found[row.id],
                expected([*row.default, *row.rest] if with_rest else row.default),
                aspect,
            )
            for row in rows
        ),
        Marks(),
    )


def false_alarms(answers: Answers, rows: Iterable[gold.Labelled]) -> str:
    traps = [row for row in rows if row.is_trap]
    return f"{sum(bool(answers.found[row.id]) for row in traps)} of {len(traps)}"


def one_digit(ratio: float) -> str:
    """A ratio with one significant digit: clocks differ, orders of magnitude do not."""
    return f"{float(f'{ratio:.0e}'):g}"


@dataclass(frozen=True)
class Contest:
    """The gold set, and what everybody answered to it."""

    rows: list[gold.Labelled]
    engine: Answers
    engine_with_all: Answers
    peers: list[Answers]

    @property
    def everybody(self) -> list[Answers]:
        return [self.engine, *self.peers]


def hold(rows: list[gold.Labelled]) -> Contest:
    """Ask everybody, one after the other, so that nobody waits for a core."""
    project = Path(sys.executable)
    return Contest(
        rows,
        ask(ENGINE, project, rows),
        ask(f"{ENGINE}-with-all", project, rows),
        [ask(name, _PEERS_PYTHON, rows) for name in PEERS],
    )


_HOW: Final = """\
## How it is counted

- *Amounts of pay*: the labelled base and total amounts are the expected ones. Open ends are
  left out, and so are counts of units ("per 1,000 words"). An expected range is found when a
  package returns it, or returns both of its ends by themselves. A returned amount is right when
  it is an expected amount or one end of it, so that a package with single values loses no
  precision on ranges. An amount returned twice for one text counts once.
- *With currency*, *with currency and period*: the same, and these have to agree. A sign or a
  word that a package leaves undecided ("$", "kr", "Peso") is right for every currency it can
  stand for (`benchmarks/peers/signs.tsv`). Where the labels say that nobody can know, every
  answer is right. A dash says that the package never states it.
- *Money of any kind, recall*: the expected amounts are all labelled ones, bonuses, prices and
  funding too; of this engine, the answer with `include_all=True`. Most packages are made to
  find money and not to tell pay from it, so this is the column of what they are made for; the
  others show what is still to do before they can be used on pay.
- *False alarms*: texts of the class `trap` that state no pay, and get an answer.
- *Texts a second*: of processor time, as a multiple of this engine, with one significant digit;
  all texts, the best of three warm rounds, each package in a process of its own. Doing less
  takes less time.

## How the packages are called

- quantulum3 without its optional classifier. It answers a range with its middle and half its
  width; both ends are taken back from that. Numbers without a currency are left out, and "a
  year" right after an amount is taken for its period.
- price-parser gets the whole text; it is made for texts that hold one price. Numbers without a
  currency are left out: that costs a little recall and spares it many false alarms.
- JobSpy: `extract_salary` gets the whole text. 1.3.0 is the last release that has it.
- Recognizers-Text: the model of currencies, in the language of the text where the package has
  one (English, Spanish, French, Portuguese, Chinese), else in English.

Not in the tables: money-parser 0.0.1, which reads strings that are nothing but one price and
refuses a text with two numbers; Duckling (Haskell) and priceR (R), which are not written in
Python.
"""


def page(contest: Contest) -> Iterator[str]:
    """The lines of `docs/comparison.md`."""
    languages = {row.language for row in contest.rows}
    yield "# Comparison with other packages"
    yield ""
    yield "<!-- Generated by `make peers`. -->"
    yield ""
    yield (
        f"{len(contest.rows)} texts, labelled by hand, in `benchmarks/gold/`. Figures are "
        "percentages; a pair is precision / recall."
    )
    yield ""
    yield from _peers_table("All texts", contest, contest.rows)
    english = [row for row in contest.rows if row.language == "en"]
    if english and len(languages) > 1:
        yield from _peers_table("English texts only", contest, english)
    yield from _languages_table(contest)
    yield from _strict_tables(contest.rows)
    yield from _HOW.splitlines()
    yield from _errors(contest)


def _table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(headings)} |"
    yield f"| --- |{' ---: |' * (len(headings) - 1)}"
    for row in rows:
        yield f"| {' | '.join(row)} |"
    yield ""


def _title(answers: Answers) -> str:
    title = PEERS.get(answers.name, "**this engine**")
    return f"{title} {answers.version}"


def _peers_table(title: str, contest: Contest, rows: list[gold.Labelled]) -> Iterator[str]:
    yield f"## {title}"
    yield ""
    headings = (
        "package",
        "amounts of pay",
        "with currency",
        "with currency and period",
        "money of any kind, recall",
        "false alarms",
        "texts a second",
    )
    yield from _table(headings, (_peer_cells(one, contest, rows) for one in contest.everybody))


def _peer_cells(answers: Answers, contest: Contest, rows: list[gold.Labelled]) -> list[str]:
    aspects = [
        str(marks(answers, rows, aspect)) if answers.says(aspect) else _DASH
        for aspect in (AMOUNTS, CURRENCY, PERIOD)
    ]
    is_engine = answers is contest.engine
    finder = contest.engine_with_all if is_engine else answers
    return [
        _title(answers),
        *aspects,
        str(marks(finder, rows, AMOUNTS, with_rest=True).recall),
        false_alarms(answers, rows),
        one_digit(contest.engine.seconds / answers.seconds),
    ]


def _languages_table(contest: Contest) -> Iterator[str]:
    yield "## Amounts of pay by language, F"
    yield ""
    languages = sorted({row.language for row in contest.rows})
    headings = ("language", *map(_title, contest.everybody))
    yield from _table(
        headings,
        (
            [language, *(marks(one, members, AMOUNTS).f for one in contest.everybody)]
            for language in languages
            for members in [[row for row in contest.rows if row.language == language]]
        ),
    )


def _errors(contest: Contest) -> Iterator[str]:
    raised = [one for one in contest.everybody if one.errors]
    for one in raised:
        yield ""
        yield f"{_title(one)} raised an error on {one.errors} texts, counted as empty answers."


_STRICT: Final = """\
The engine by the full labels. *Rates*: low, high, open ends, currency, period and count all
agree, matched as multisets text by text. *Full records*: statistic, kind and tax treatment
agree as well. *Kinds of the rest*: the share of the labelled amounts that are not pay which
`include_all=True` returns with the same amounts and the same kind.
"""


def _strict_tables(rows: list[gold.Labelled]) -> Iterator[str]:
    """The strict figures of this engine, by language and by class."""
    outcomes = [gold.judge(row) for row in rows]
    yield "## This engine, strictly"
    yield ""
    yield from _STRICT.splitlines()
    yield ""
    for title, key in (("language", gold.by_language), ("class", gold.by_group)):
        yield from _strict_table(title, outcomes, key)


def _strict_table(
    title: str, outcomes: list[gold.Outcome], key: Callable[[gold.Outcome], str]
) -> Iterator[str]:
    headings = (
        title,
        "texts",
        "records",
        "rates",
        "full records",
        "kinds of the rest",
        "false alarms",
    )
    groups = {**gold.grouped(outcomes, key), "**all**": outcomes}
    yield from _table(
        headings,
        (_strict_cells(name, gold.total(members)) for name, members in groups.items()),
    )


def _strict_cells(name: str, score: gold.Score) -> list[str]:
    rates, full = (
        f"{gold.percent(one.precision)} / {gold.percent(one.recall)}"
        for one in (score.rates, score.full)
    )
    traps = score.traps
    return [
        name,
        str(score.texts),
        str(score.rates.wanted),
        rates,
        full,
        gold.percent(score.rest.recall),
        f"{traps.found} of {traps.wanted}" if traps.wanted else _DASH,
    ]


def _show_in_readme(text: str) -> None:
    """Put the table of all texts where the README shows it."""
    _, _, rest = text.partition("## All texts\n\n")
    table = rest.partition("\n\n")[0] + "\n"
    shown = _README_BLOCK.sub(lambda _: table, README.read_text(encoding="utf-8"))
    README.write_text(shown, encoding="utf-8")


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description="Compare this engine with other packages.")
    parser.add_argument("files", nargs="*", type=Path, help="only these files of the gold set")
    parser.add_argument("--write", action="store_true", help=f"write docs/{PAGE.name}")
    options = parser.parse_args(arguments)
    if not _PEERS_PYTHON.exists():
        print("the packages to compare with are not installed; run: make peers")
        return 1
    text = "\n".join(page(hold(gold.load(options.files)))).rstrip() + "\n"
    if options.write:
        PAGE.write_text(text, encoding="utf-8")
        _show_in_readme(text)
    print(text, end="")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
