"""How fast the engine reads: ratios to a plain search over the same generated postings."""

import random
import re
import time
from collections.abc import Callable
from typing import Final

from pipelines.parsing.engine import read, read_whole

_TEXTS: Final = 400
_LENGTH: Final = 3000
_PAID_SHARE: Final = 0.6
_SEED: Final = 20_260_101
_LEAST_SECONDS: Final = 0.01
_SYMBOLS: Final = re.compile("[$\u20ac£¥\u20b9]")

_OPENINGS: Final = (
    "We are looking for people who know {field} to help train AI models.",
    "Join a team that checks the answers of language models in {field}.",
    "Our partners build assistants that need careful reviewers with a background in {field}.",
)
_FIELDS: Final = (
    "biology",
    "contract law",
    "statistics",
    "nursing",
    "Spanish",
    "chemistry",
    "Python",
)
_SENTENCES: Final = (
    "You will compare two answers and explain which one is better.",
    "The work is remote and you decide when you do it.",
    "Most people spend between 10 and 20 hours a week on the project.",
    "Applicants need at least 3 years of experience and a degree in {field}.",
    "Every task comes with written guidelines and a short example.",
    "You will write prompts that a model finds hard to answer.",
    "After a test of about 45 minutes you hear from us within 5 days.",
    "We value clear writing, patience and attention to detail.",
    "Reviewers look at each submission and send comments back.",
    "The project started in 2024 and is planned to run for 6 months.",
    "You need a laptop, a stable connection and a quiet place to work.",
    "Nobody has to install special software; everything runs in the browser.",
    "Experts from more than 40 countries work with us today.",
    "You may be asked to record short explanations of your reasoning.",
    "Feedback is given in writing and usually within one day.",
    "Please apply with a short note about your work in {field}.",
)
_PAY: Final = (
    "Pay: ${low} - ${high} per hour, depending on experience.",
    "Compensation: ${low}-${high}/hr, paid weekly.",
    "The hourly rate is ${low}.",
    "You earn up to ${high} per hour.",
    "Salary range: ${low},000 - ${high},000 per year plus bonus.",
    "We pay ${low} per accepted task.",
    "Rates start at ${low} an hour and reach ${high} an hour for experts.",
)
_HEADINGS: Final = (
    "About the role",
    "What you do",
    "What you bring",
    "What we offer",
    "How to apply",
)


def postings(paid_share: float = _PAID_SHARE) -> list[str]:
    """Generated postings of about 3 KB, the given share of them with pay; always the same."""
    dice = random.Random(_SEED)
    return [posting(dice, has_pay=dice.random() < paid_share) for _ in range(_TEXTS)]


def posting(dice: random.Random, *, has_pay: bool) -> str:
    """One generated posting of about 3 KB, in English, with or without a line of pay."""
    field = dice.choice(_FIELDS)
    parts = [dice.choice(_OPENINGS).format(field=field)]
    size = 0
    while size < _LENGTH:
        chosen = dice.sample(_SENTENCES, dice.randint(3, 6))
        paragraph = " ".join(sentence.format(field=field) for sentence in chosen)
        parts.append(f"{dice.choice(_HEADINGS)}\n{paragraph}")
        size += len(paragraph) + 20
    if has_pay:
        low = dice.randint(15, 60)
        line = dice.choice(_PAY).format(low=low, high=low + dice.randint(5, 60))
        parts.insert(dice.randrange(1, len(parts)), line)
    return "\n\n".join(parts)


def _seconds(work: Callable[[str], object], texts: list[str]) -> float:
    """The best of several rounds over the texts, in seconds."""
    best = float("inf")
    for _ in range(3):
        start = time.perf_counter()
        for text in texts:
            work(text)
        best = min(best, time.perf_counter() - start)
    return best


def ratios() -> dict[str, float]:
    """Speed ratios: to a plain search on the mix and without pay, and to reading everything.

    `against_search` and `against_search_without_pay` are texts per second divided by those of
    `re.findall` for five currency signs; `against_whole` divides by the same rules without
    windows; `doubling` is the worst growth of time when a hostile text doubles.
    """
    mixed, unpaid = postings(), postings(0.0)
    read(mixed[0])
    whole = _seconds(read_whole, mixed[:60])
    return {
        "against_search": _seconds(_SYMBOLS.findall, mixed) / _seconds(read, mixed),
        "against_search_without_pay": _seconds(_SYMBOLS.findall, unpaid)
        / _seconds(read, unpaid),
        "against_whole": whole / _seconds(read, mixed[:60]),
        "doubling": max(_growth(text) for text in hostile_texts(32_768)),
    }


def hostile_texts(size: int) -> list[str]:
    """Texts made to be slow to read, each of a given size."""
    seeds = (
        "7",
        "$",
        "1,",
        "((",
        "- $",
        "a",
        "$5 ",
        "$5-",
        "5 to ",
        "bonus $5 ",
        "| $5 ",
        "per ",
    )
    return [(seed * (size // len(seed) + 1))[:size] for seed in seeds]


def _growth(text: str) -> float:
    return _seconds(read, [text + text]) / max(_seconds(read, [text]), _LEAST_SECONDS)


if __name__ == "__main__":
    for name, ratio in ratios().items():
        print(f"{name:32} {ratio:6.2f}")
