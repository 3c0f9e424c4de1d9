"""How fast the engine reads: ratios to a plain search over the same generated postings."""

import re
import time
from collections.abc import Callable
from typing import Final

from corpus import postings

from pipelines.parsing.engine import read, read_whole

_TEXTS: Final = 400
_PAID_SHARE: Final = 0.6
_LEAST_SECONDS: Final = 0.01
_SYMBOLS: Final = re.compile("[$\u20ac£¥\u20b9]")


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
    mixed, unpaid = postings(_TEXTS, _PAID_SHARE), postings(_TEXTS, 0.0)
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
        "1,,",
        "1\u00a0\u00a0",
        "$5 Canada ",
    )
    return [(seed * (size // len(seed) + 1))[:size] for seed in seeds]


def _growth(text: str) -> float:
    return _seconds(read, [text + text]) / max(_seconds(read, [text]), _LEAST_SECONDS)


if __name__ == "__main__":
    for name, ratio in ratios().items():
        print(f"{name:32} {ratio:6.2f}")
