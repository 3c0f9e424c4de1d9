"""Score the engine against the hand-labelled texts of `benchmarks/gold/`.

    python benchmarks/gold.py [--wrong] [FILE.tsv ...]

A file holds one language and has the columns `id`, `class`, `text` and `expected`; text and
expected readings are in the notation of `pipelines/parsing/notation.py`. What is counted:

- rates: the records of the default answer, the same in amounts, open ends, currency, period and
  count, matched as multisets text by text. Precision is the share of the found records that are
  expected, recall the share of the expected ones that are found, F their harmonic mean.
- full records: the same with statistic, kind and tax treatment as well.
- kinds of the rest: of the expected amounts outside the default answer (in brackets), the share
  that `include_all=True` returns with the same amounts, open ends and kind.
- false alarms: of the texts of the class `trap` that expect nothing, those with an answer.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Final, Protocol

from pipelines.parsing.engine import read
from pipelines.parsing.notation import (
    Expected,
    example_text,
    expected_readings,
    summarize,
    write,
)
from pipelines.parsing.readings import Reading
from warehouse.vocabulary import Kind, PayPeriod, Statistic, TaxTreatment

FOLDER: Final = Path(__file__).with_name("gold")
TRAP: Final = "trap"
_COLUMNS: Final = ["id", "class", "text", "expected"]
_DEFAULT_KINDS: Final = ("base", "total")


class Reader(Protocol):
    """Anything called like the engine's `read`."""

    def __call__(
        self, text: str, /, *, country: str | None, include_all: bool
    ) -> Iterable[Reading]: ...


@dataclass(frozen=True)
class Labelled:
    """One text of the gold set, with what a careful reader finds in it."""

    id: str
    language: str
    group: str
    text: str
    country: str | None
    default: list[Expected]
    rest: list[Expected]
    written_text: str
    written_expected: str

    @property
    def is_trap(self) -> bool:
        return self.group == TRAP and not self.default


@dataclass
class Tally:
    """Records found, expected and in both."""

    right: int = 0
    found: int = 0
    wanted: int = 0

    @property
    def precision(self) -> float | None:
        return self.right / self.found if self.found else None

    @property
    def recall(self) -> float | None:
        return self.right / self.wanted if self.wanted else None

    @property
    def f(self) -> float | None:
        whole = self.found + self.wanted
        return 2 * self.right / whole if whole else None

    def count(self, found: Iterable[Hashable], wanted: Iterable[Hashable]) -> bool:
        """Count the records of one text; whether they are all right."""
        has, needs = Counter(found), Counter(wanted)
        self.right += (has & needs).total()
        self.found += has.total()
        self.wanted += needs.total()
        return has == needs

    def add(self, other: "Tally") -> None:
        self.right += other.right
        self.found += other.found
        self.wanted += other.wanted


@dataclass
class Score:
    """What a reader gets right in some texts; of `traps`, `found` counts the false alarms."""

    texts: int = 0
    rates: Tally = field(default_factory=Tally)
    full: Tally = field(default_factory=Tally)
    rest: Tally = field(default_factory=Tally)
    traps: Tally = field(default_factory=Tally)

    def add(self, other: "Score") -> None:
        self.texts += other.texts
        for one in fields(self)[1:]:
            getattr(self, one.name).add(getattr(other, one.name))


@dataclass(frozen=True)
class Outcome:
    """One scored text, and in which respects the reader is wrong."""

    labelled: Labelled
    readings: tuple[Reading, ...]
    score: Score
    faults: tuple[str, ...]


def load(files: Sequence[Path] = ()) -> list[Labelled]:
    """The gold set, or the given files of it; raises for a line that breaks the notation."""
    rows = [row for file in files or sorted(FOLDER.glob("*.tsv")) for row in _load_file(file)]
    repeated = [name for name, count in Counter(row.id for row in rows).items() if count > 1]
    if repeated:
        message = f"these ids are used twice: {', '.join(repeated)}"
        raise ValueError(message)
    return rows


def _load_file(file: Path) -> Iterator[Labelled]:
    header, *lines = file.read_text("utf-8").split("\n")
    if header.split("\t") != _COLUMNS:
        message = f"{file.name}: the columns have to be {', '.join(_COLUMNS)}"
        raise ValueError(message)
    for number, line in enumerate(lines, 2):
        if line.strip():
            try:
                yield _labelled(line, file.stem)
            except (ValueError, ArithmeticError) as error:
                message = f"{file.name}:{number}: {type(error).__name__} {error}: {line}"
                raise ValueError(message) from error


def _labelled(line: str, language: str) -> Labelled:
    name, group, written_text, written_expected = line.split("\t")
    text, country = example_text(written_text)
    default, rest = expected_readings(written_expected)
    _check(default, rest)
    return Labelled(
        name,
        language,
        group,
        text,
        country,
        default,
        rest,
        written_text,
        written_expected,
    )


def _check(default: list[Expected], rest: list[Expected]) -> None:
    """Raise for a word the vocabulary does not know, or a kind on the wrong side."""
    for one in [*default, *rest]:
        Statistic(one.statistic)
        Kind(one.kind)
        period = one.unit.partition("/")[2].partition("*")[0]
        if period != "?":
            PayPeriod(period)
        if one.tax:
            TaxTreatment(one.tax)
    misplaced = [one.kind for one in default if one.kind not in _DEFAULT_KINDS]
    misplaced += [one.kind for one in rest if one.kind in _DEFAULT_KINDS]
    if misplaced:
        message = f"on the wrong side of the bracket: {', '.join(misplaced)}"
        raise ValueError(message)


def bounds(one: Expected) -> tuple[Hashable, ...]:
    return (one.low, one.high, one.is_min_open, one.is_max_open)


def rate(one: Expected) -> tuple[Hashable, ...]:
    return (*bounds(one), one.unit)


def bounds_and_kind(one: Expected) -> tuple[Hashable, ...]:
    return (*bounds(one), one.kind)


def judge(labelled: Labelled, reader: Reader = read) -> Outcome:
    """Read one text and compare."""
    everything = tuple(reader(labelled.text, country=labelled.country, include_all=True))
    default = reader(labelled.text, country=labelled.country, include_all=False)
    found, beyond = summarize(default), summarize(everything)
    score = Score(texts=1)
    is_right = {
        "rate": score.rates.count(map(rate, found), map(rate, labelled.default)),
        "record": score.full.count(found, labelled.default),
    }
    # The brackets may leave amounts out, so what else is found there is no mistake.
    score.rest.count(map(bounds_and_kind, beyond), map(bounds_and_kind, labelled.rest))
    is_right["rest"] = score.rest.right == score.rest.wanted
    if labelled.is_trap:
        score.traps = Tally(found=int(bool(found)), wanted=1)
    faults = tuple(name for name, right in is_right.items() if not right)
    return Outcome(labelled, everything, score, faults)


def total(outcomes: Iterable[Outcome]) -> Score:
    score = Score()
    for outcome in outcomes:
        score.add(outcome.score)
    return score


def grouped(
    outcomes: Iterable[Outcome], key: Callable[[Outcome], str]
) -> dict[str, list[Outcome]]:
    """The outcomes by language or class, in the order of the names."""
    groups: dict[str, list[Outcome]] = {}
    for outcome in sorted(outcomes, key=key):
        groups.setdefault(key(outcome), []).append(outcome)
    return groups


def by_language(outcome: Outcome) -> str:
    return outcome.labelled.language


def by_group(outcome: Outcome) -> str:
    return outcome.labelled.group


def percent(share: float | None) -> str:
    """A share for a table, with a dash where there is nothing to divide by."""
    return "\u2013" if share is None else f"{100 * share:.1f}"


HEADINGS: Final = (
    "texts",
    "records",
    "found",
    "precision",
    "recall",
    "F",
    "full P",
    "full R",
    "full F",
    "rest",
    "alarms",
)


def cells(score: Score) -> list[str]:
    """The figures of one line, under `HEADINGS`."""
    shares = [getattr(one, name) for one in (score.rates, score.full) for name in _SHARES]
    return [
        str(score.texts),
        str(score.rates.wanted),
        str(score.rates.found),
        *map(percent, shares),
        percent(score.rest.recall),
        f"{score.traps.found}/{score.traps.wanted}" if score.traps.wanted else "\u2013",
    ]


_SHARES: Final = ("precision", "recall", "f")


def lines(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """The table for people: by language, by class, and all."""
    for title, key in (("language", by_language), ("class", by_group)):
        yield _line(title, HEADINGS)
        for name, members in grouped(outcomes, key).items():
            yield _line(name, cells(total(members)))
        yield ""
    yield _line("all", cells(total(outcomes)))


def _line(name: str, words: Iterable[str]) -> str:
    return f"{name:<16}" + "".join(f"{word:>10}" for word in words)


def report(outcome: Outcome) -> str:
    """A wrong text, with what is expected of it and what is found."""
    one = outcome.labelled
    default = [write(reading) for reading in outcome.readings if _is_default(reading)]
    rest = [write(reading) for reading in outcome.readings if not _is_default(reading)]
    found = " ; ".join(default) or "\u2205"
    found += f" ({' ; '.join(rest)})" if rest else ""
    return "\n".join(
        (
            f"{one.id} {one.group} wrong: {', '.join(outcome.faults)}",
            f"  text     {one.written_text}",
            f"  expected {one.written_expected}",
            f"  found    {found}",
        )
    )


def _is_default(reading: Reading) -> bool:
    return reading.kind in _DEFAULT_KINDS


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description="Score the engine against the gold set.")
    parser.add_argument("files", nargs="*", type=Path, help="only these files of the gold set")
    parser.add_argument("--wrong", action="store_true", help="print every wrong text as well")
    options = parser.parse_args(arguments)
    outcomes = [judge(row) for row in load(options.files)]
    if not outcomes:
        print(f"there is no gold set in {FOLDER.name}/")
        return 1
    for outcome in outcomes:
        if options.wrong and outcome.faults:
            print(report(outcome), end="\n\n")
    print(*lines(outcomes), sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
