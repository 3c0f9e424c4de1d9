"""Whole runs, each in a process of its own: time by the wall, memory over all its processes."""

import csv
import os
import random
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from corpus import posting

POSTINGS = 100_000
SEED = 20261122
PAID_SHARE = 0.6
FILES = 4
TITLES = ("Biology Evaluator", "Code Reviewer", "Legal Annotator", "Generalist Rater")
PLACES = ("Remote", "Toronto", "Berlin", "Bangalore", "Austin, TX", "London", "Nairobi")
REPOSITORY = Path(__file__).resolve().parents[1]
COMPENSATION = Path(sys.executable).with_name("compensation")
SAMPLE_EVERY = 0.2


@dataclass(frozen=True)
class Measured:
    """Seconds by the wall and the largest memory of all processes together, in megabytes."""

    seconds: float
    megabytes: float

    def __str__(self) -> str:
        return f"{self.seconds:.1f} s, {self.megabytes:.0f} MB"


def run_pipeline(data: Path) -> Measured:
    """Run the whole pipeline over a data folder, with a Dagster instance of its own."""
    environment = os.environ | {"COMPENSATION_DATA": str(data)}
    begin = time.perf_counter()
    process = subprocess.Popen(
        [COMPENSATION, "run"],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    peak = [0.0]
    watcher = threading.Thread(target=watch, args=(process, peak), daemon=True)
    watcher.start()
    _, errors = process.communicate()
    seconds = time.perf_counter() - begin
    watcher.join()
    if process.returncode:
        sys.exit(f"the run failed:\n{errors}")
    return Measured(seconds, peak[0])


def watch(process: subprocess.Popen[str], peak: list[float]) -> None:
    while process.poll() is None:
        peak[0] = max(peak[0], session_megabytes(process.pid))
        time.sleep(SAMPLE_EVERY)


def session_megabytes(session: int) -> float:
    """Return the resident memory of a session."""
    total = 0
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rsplit(")", 1)[1].split()
            if int(fields[3]) == session:
                total += int(fields[21]) * os.sysconf("SC_PAGE_SIZE")
        except (OSError, IndexError):
            continue
    return total / 1e6


def write_postings(inbox: Path, number: int) -> float:
    """Write generated postings, six in ten with pay, as boards do; return megabytes."""
    chance = random.Random(SEED)
    size = 0
    for part in range(FILES):
        path = inbox / f"generated-{part}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            rows = csv.writer(file)
            rows.writerow(["title", "company", "location", "url", "description"])
            rows.writerows(posting_row(chance, f"{part}/{n}") for n in range(number // FILES))
        size += path.stat().st_size
    return size / 1e6


def posting_row(chance: random.Random, name: str) -> list[str]:
    return [
        f"{chance.choice(TITLES)} {chance.randrange(2000)}",
        f"Board {chance.randrange(60)}",
        chance.choice(PLACES),
        f"https://jobs.example/{name}",
        posting(chance, has_pay=chance.random() < PAID_SHARE),
    ]


def measure(number: int = POSTINGS) -> list[str]:
    """Return what whole runs took, as lines of a report."""
    data = Path(tempfile.mkdtemp(prefix="compensation-bench-"))
    try:
        first = run_pipeline(data)
        again = run_pipeline(data)
        start_up = start_up_seconds()
        (data / "inbox").mkdir(exist_ok=True)
        size = write_postings(data / "inbox", number)
        large = run_pipeline(data)
        after = run_pipeline(data)
    finally:
        shutil.rmtree(data)
    bars = "bars: 60 s, 2,000 MB on two cores"
    ratio = f"{after.seconds / again.seconds:.2f} x the run with nothing new before"
    return [
        f"bundled corpus, first run: {first}",
        f"nothing new: {again}, of which start-up {start_up:.1f} s (bar: start-up + 2 s)",
        f"{number:,} new postings ({size:.0f} MB), file to release: {large} ({bars})",
        f"nothing new after that: {after}; {ratio}",
    ]


START_UP = "import dagster, pipelines.definitions; dagster.DagsterInstance.get().dispose()"


def start_up_seconds() -> float:
    """Return what starting Python, importing the definitions and opening Dagster takes."""
    begin = time.perf_counter()
    environment = os.environ | {"DAGSTER_HOME": str(REPOSITORY)}
    subprocess.run(
        [sys.executable, "-c", START_UP], check=True, env=environment, cwd=REPOSITORY
    )
    return time.perf_counter() - begin
