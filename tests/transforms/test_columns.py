"""Reading a column gives what reading each of its texts gives."""

import re
import runpy
from dataclasses import asdict, fields
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pyarrow
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.parsing.engine import read
from pipelines.parsing.lexicon import lexicon
from pipelines.parsing.notation import example_text
from pipelines.parsing.readings import Reading
from pipelines.parsing.rulebook import all_rules
from pipelines.parsing.windows import stretches
from pipelines.transforms.columns import read_column, readings_schema, worth_reading
from warehouse.render import ARROW_TYPES
from warehouse.schema import ColumnType

REPOSITORY = Path(__file__).resolve().parents[2]
CATALOGUE = (REPOSITORY / "tests" / "parsing" / "catalogue.txt").read_text("utf-8")
POSTINGS = runpy.run_path(str(REPOSITORY / "benchmarks" / "corpus.py"))["postings"](120, 0.6)
WRITTEN = [
    *(text for one in all_rules() for text, _ in one.reads),
    *(text for one in all_rules() for text in one.refuses),
    *(row.example for row in lexicon().rows if row.example),
    *(line.partition(" \u21d2 ")[0] for line in CATALOGUE.splitlines()),
]
EXAMPLES = [example_text(written)[0] for written in WRITTEN]
SURFACES = sorted({row.surface for row in lexicon().rows})
SPACES = [*" \t\n\x0b\x0c\x1c\x1f\x85\xa0\u2003\u202f\u3000"]
PIECES = st.sampled_from(
    [
        *SURFACES,
        *SPACES,
        *["$", "\u20ac", "\uff04", "\uffe5", "5", "20", "1,200", "25.50", "\uff11\uff15", "k"],
        *["\u0664\u0665", "\u096b\u0966", "\u0e55\u0e50", "-", "\u2013", "/", "(", ")", "."],
        *[",", "'", ":", ";", "#", "*", "]", "|", "---", "===", "\n\n", "\x00", "\u00ad"],
        *["five", "twenty", "hundred", "dollars", "six figures", "\u0130", "\u0131", "\u017f"],
        *["\u212a", "\u6642\u7d66", "\u5186", "\uc2dc\uae09", "\u0930\u0941\u092a\u092f\u0947"],
        *["Rs", "USD", "per hour", "Pay: ", "of trainers earn", "**", "\U0001f4b0"],
    ]
)
CHARACTERS = st.characters(exclude_categories=["Cs"])
TEXTS = st.one_of(
    st.none(),
    st.lists(PIECES, max_size=8).map("".join),
    st.lists(PIECES, max_size=8).map(" ".join),
    st.text(CHARACTERS, max_size=60),
    st.sampled_from(EXAMPLES),
    st.sampled_from(POSTINGS).map(lambda text: text[:400]),
)


def one_by_one(texts, **hints):
    """The rows that reading the texts one after the other gives."""
    return [
        {"row": row} | asdict(reading) | {"trace": list(reading.trace)}
        | {"warnings": list(reading.warnings)}
        for row, text in enumerate(texts)
        if text is not None
        for reading in read(text, **hints)
    ]  # fmt: skip


def left_out(texts):
    """The texts that the scan of the column leaves out."""
    column = pyarrow.chunked_array([pyarrow.array(texts, pyarrow.string())])
    kept = set(worth_reading(column).to_pylist())
    return [text for row, text in enumerate(texts) if row not in kept and text is not None]


def wrongly_left_out(texts):
    return [text for text in left_out(texts) if next(stretches(text), None) is not None]


def assert_alike(table, expected):
    """Row by row the same, with the amounts that only a warning could hold."""
    found = table.to_pylist()
    assert len(found) == len(expected)
    for one, other in zip(found, expected, strict=True):
        unfit = [note for note in one["warnings"] if note.startswith("unfit:")]
        for note in unfit:
            name, _, value = note.removeprefix("unfit:").partition("=")
            one[name] = Decimal(value)
            one["warnings"].remove(note)
        assert one == other


@given(st.lists(TEXTS, max_size=12))
@settings(max_examples=200, deadline=None)
def test_a_column_reads_as_its_texts_do(texts):
    column = pyarrow.array(texts, pyarrow.string())
    assert_alike(read_column(column, include_all=True), one_by_one(texts, include_all=True))


@pytest.mark.parametrize("include_all", [False, True])
def test_generated_postings_and_all_examples_read_as_one_by_one(include_all):
    texts = [*POSTINGS, *EXAMPLES[include_all::6]]
    found = read_column(texts, include_all=include_all)
    assert_alike(found, one_by_one(texts, include_all=include_all))


@given(st.lists(TEXTS, max_size=200))
@settings(max_examples=200, deadline=None)
def test_a_text_that_the_scan_leaves_out_has_no_sign_of_an_amount(texts):
    assert wrongly_left_out(texts) == []


FORMS = ["5 {}", "{} 5", "5{}", "{}5", "x {}. 5", "five {}", "5, ({} a"]


@pytest.mark.parametrize("place", range(len(FORMS)))
def test_no_word_of_the_lists_beside_a_number_is_left_out(place):
    # Every word in one of the forms, so that the lists may grow.
    cases = (str, str.upper, str.title, str.lower, lambda word: word.replace("i", "\u0131"))
    words = SURFACES[place :: len(FORMS)]
    texts = [FORMS[place].format(case(word)) for word in words for case in cases]
    assert wrongly_left_out(texts) == []
    assert left_out(["people", *texts])[0] == "people"


def test_every_space_that_the_engine_knows_is_known_to_the_scan():
    spaces = [chr(code) for code in range(0x11_0000) if re.match(r"\s", chr(code))]
    assert wrongly_left_out([f"5{space}per hour" for space in spaces]) == []
    assert wrongly_left_out([f"five{space}dollars" for space in spaces]) == []


def test_every_letter_that_is_an_ascii_letter_without_regard_to_case_is_known_to_the_scan():
    everything = "".join(map(chr, range(0x80, 0xD800)))
    alike = re.findall("(?i)[a-z]", everything)
    words = [
        word.replace(letter, other)
        for word in ("kilodollars", "six figures", "dollars")
        for letter in "iks"
        for other in alike
    ]
    assert len(alike) == 4
    assert (
        wrongly_left_out([f"{space}{word}" for word in words for space in ("five ", "")]) == []
    )


def test_texts_without_a_digit_or_a_word_for_money_are_left_out():
    texts = ["Remote work, flexible hours.", "It pays $20 an hour", "Ten dollars an hour", None]
    assert left_out(texts) == texts[:1]


def test_the_columns_are_the_row_and_the_fields_of_a_reading():
    schema = readings_schema()
    assert schema.names == ["row", *(field.name for field in fields(Reading))]
    assert schema.field("amount_min").type == ARROW_TYPES[ColumnType.AMOUNT]
    assert read_column([]).schema == schema
    assert read_column(["no pay", None]).schema == schema


def test_hints_are_one_value_or_a_column():
    texts = ["Pay: $20 per hour", None, "Pay: $20 per hour", "The bonus is $500"]
    one = read_column(texts, country="CA", include_all=True)
    assert one["currency"].to_pylist() == ["CAD", "CAD", "CAD"]
    each = read_column(
        texts,
        country=pyarrow.array(["AU", "AU", None, None]),
        kind_of_text=pd.Series(["posting", None, None, None]),
        include_all=[True, True, True, None],
    )
    assert each["row"].to_pylist() == [0, 2]
    assert each["currency"].to_pylist() == ["AUD", "USD"]


@pytest.mark.parametrize(
    "column",
    [
        pd.Series(["It pays $20 an hour", None]),
        pd.Series(["It pays $20 an hour", None], dtype=object, index=[7, 9]),
        pd.Series(["It pays $20 an hour", None], dtype="category"),
        pd.Series(["It pays $20 an hour"], dtype=pd.ArrowDtype(pyarrow.large_string())),
        pyarrow.chunked_array([["It pays $20 an hour"], [], [None]]),
        pyarrow.array(["x", "It pays $20 an hour"]).slice(1),
        pyarrow.array(["It pays $20 an hour"]).dictionary_encode(),
    ],
)
def test_takes_the_columns_that_people_have(column):
    found = read_column(column)
    assert found["row"].to_pylist() == [0]
    assert found["amount_min"].to_pylist() == [Decimal(20)]


def test_processes_give_the_same_rows_in_the_same_order():
    texts = [f"It pays ${n % 90 + 10} an hour, row {n}." for n in range(1200)]
    alone = read_column(texts)
    assert read_column(texts, processes=2) == alone
    assert alone["row"].to_pylist() == list(range(1200))


def test_an_amount_that_no_published_column_holds_is_kept_in_a_warning():
    (found,) = read_column(["It pays $0.00000012 to $3 per word"]).to_pylist()
    assert (found["amount_min"], found["amount_max"]) == (None, Decimal(3))
    assert found["warnings"][-1] == "unfit:amount_min=0.00000012"


def test_refuses_what_is_no_column_of_text():
    with pytest.raises(TypeError, match="got int64"):
        read_column([1, 2])
    with pytest.raises(TypeError, match="one text"):
        read_column("It pays $20 an hour")


def test_refuses_hints_of_another_length():
    with pytest.raises(ValueError, match="country: expected a column of 2 values, got 1"):
        read_column(["a", "b"], country=["US"])
