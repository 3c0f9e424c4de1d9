"""How much reading a column saves: ratios to reading its texts one by one, in this process."""

import time
from collections.abc import Callable
from typing import Final

import duckdb
import pyarrow
import pyarrow.compute as pc
from corpus import postings

from pipelines.parsing.engine import read
from pipelines.parsing.windows import column_scan, stretches
from pipelines.transforms.columns import read_column

_TEXTS: Final = 300
_ROUNDS: Final = 5
_MANY: Final = 6000


def _seconds(work: Callable[[], object]) -> float:
    """The least CPU time of several rounds."""
    best = float("inf")
    for _ in range(_ROUNDS):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return best


def ratios(paid_share: float) -> dict[str, float]:
    """How many times faster than the engine's own scan, or its reading, a column goes."""
    texts = postings(_TEXTS, paid_share)
    column = pyarrow.array(texts)
    table = pyarrow.table({"text": column})
    sign = column_scan()
    database = duckdb.connect()
    database.execute("SET threads = 1")
    database.register("texts", table)
    query = "SELECT count(*) FILTER (regexp_matches(text, ?)) FROM texts"
    scan = _seconds(lambda: [next(stretches(text), None) for text in texts])
    reading = _seconds(lambda: [read(text) for text in texts])
    arrow = _seconds(lambda: pc.match_substring_regex(column, sign))
    duck = _seconds(lambda: database.execute(query, [sign]).fetchall())
    return {
        "scan_in_arrow": scan / arrow,
        "scan_in_duckdb": scan / duck,
        "column": reading / _seconds(lambda: read_column(column)),
    }


def two_processes() -> float:
    """How many times faster two processes read a long column than one, by the clock.

    Starting a process costs about a second, most of it for the word lists.
    """
    column = pyarrow.array(postings(_MANY, 0.6))
    times = []
    for processes in (1, 2):
        start = time.perf_counter()
        read_column(column, processes=processes)
        times.append(time.perf_counter() - start)
    return times[0] / times[1]


if __name__ == "__main__":
    for share in (0.0, 0.1, 0.6):
        print(f"{share:.0%} of the texts with pay")
        for name, ratio in ratios(share).items():
            print(f"  {name:<28} {ratio:.2f}")
