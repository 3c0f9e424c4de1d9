"""One import, one function: the parsing package as a library."""

import doctest
import pickle
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from dataclasses import FrozenInstanceError, replace
from decimal import Decimal
from importlib import import_module
from multiprocessing import get_context
from pathlib import Path

import pytest

import pipelines.parsing
from pipelines.parsing import Merged, Reading, dedupe, read

REPOSITORY = Path(__file__).resolve().parents[2]
TEXT = "Tutor: $31/hr (about $64,000 a year).\n\nWe pay $31.00 per hour, with a $500 bonus."


def run_alone(code):
    """What code prints in an interpreter that has the standard library and this checkout."""
    start = f"import sys; sys.path.insert(0, {str(REPOSITORY)!r}); "
    command = [sys.executable, "-I", "-S", "-c", start + code]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def test_reading_needs_nothing_beyond_the_standard_library():
    code = f"from pipelines.parsing import read; print(len(read({TEXT!r}, include_all=True)))"
    assert run_alone(code) == "4"


def test_importing_the_package_loads_nothing_until_a_name_is_used():
    code = (
        "before = set(sys.modules); import pipelines.parsing; "
        "print(sorted(name for name in set(sys.modules) - before if 'pipelines.' in name))"
    )
    assert run_alone(code) == "['pipelines.parsing']"


def test_every_public_name_is_there_and_no_other():
    for name in pipelines.parsing.__all__:
        assert getattr(pipelines.parsing, name).__name__ == name
    with pytest.raises(AttributeError, match="write"):
        _ = pipelines.parsing.write


@pytest.mark.parametrize("module", ["", ".engine", ".readings"])
def test_the_examples_of_the_docstrings_are_true(module):
    outcome = doctest.testmod(import_module(f"pipelines.parsing{module}"))
    assert outcome.attempted > 0
    assert outcome.failed == 0


def test_a_first_reading_in_many_threads_at_once_is_the_same_in_each():
    code = f"""
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
together = Barrier(8)
def first(text):
    together.wait()
    from pipelines.parsing import read
    return read(text, include_all=True)
with ThreadPoolExecutor(8) as pool:
    print(len(set(pool.map(first, [{TEXT!r}] * 8))))
"""
    assert run_alone("\n" + code) == "1"


def test_processes_read_the_same_and_send_readings_back():
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        assert pool.submit(read, TEXT).result() == read(TEXT)
    assert pickle.loads(pickle.dumps(read(TEXT))) == read(TEXT)


def test_readings_cannot_be_changed():
    with pytest.raises(FrozenInstanceError):
        read(TEXT)[0].currency = "EUR"


@pytest.mark.parametrize("hint", ["", "x", "zz", "\u00df", "USD", "\ud800"])
def test_no_hint_makes_it_raise(hint):
    hints = dict.fromkeys(("country", "language", "currency", "kind_of_text"), hint)
    assert read(TEXT, **hints)


def test_dedupe_merges_what_is_said_twice_and_keeps_every_place():
    merged = dedupe(read(TEXT))
    assert [one.reading.amount_min for one in merged] == [Decimal(31), Decimal(64_000)]
    assert [TEXT[slice(*span)] for span in merged[0].spans] == ["$31/hr", "$31.00 per hour"]
    assert len(merged[1].spans) == 1


def test_dedupe_points_an_equivalent_at_the_merged_reading_it_repeats():
    first, second = read("It is $31/hr.")[0], read("It is $31/hr, or \u20ac29 per hour.")[1]
    readings = [first, first, replace(second, equivalent_of=1)]
    assert [one.reading.equivalent_of for one in dedupe(readings)] == [None, 0]


@pytest.mark.parametrize(
    ("field", "other"),
    [
        ("amount_max", Decimal(32)), ("currency", "CAD"), ("pay_period", None),
        ("kind", "bonus"), ("is_max_open", True), ("per_count", 2), ("unit_text", "page"),
        ("tax_treatment", "net"), ("is_approximate", True),
    ],
)  # fmt: skip
def test_dedupe_keeps_apart_what_differs_in_a_value(field, other):
    one = read("It is $31/hr.")[0]
    assert len(dedupe([one, replace(one, **{field: other})])) == 2


def test_dedupe_of_nothing_is_nothing():
    assert dedupe(()) == ()


def test_the_types_are_those_of_the_modules():
    (one,) = dedupe(read("It is $31/hr."))
    assert isinstance(one, Merged)
    assert isinstance(one.reading, Reading)
