"""The examples of the rules and of the lexicon, each of them run."""

import pytest

from pipelines.parsing.engine import read
from pipelines.parsing.lexicon import Row, lexicon
from pipelines.parsing.notation import example_text, expected_readings, summarize
from pipelines.parsing.rulebook import all_rules
from pipelines.parsing.rules import rule
from pipelines.parsing.rules_page import rules_markdown

READS = [(one.id, *example) for one in all_rules() for example in one.reads]
REFUSES = [(one.id, text) for one in all_rules() for text in one.refuses]
ROWS = [row for row in lexicon().rows if row.example]


@pytest.mark.parametrize(("rule_id", "written", "expected"), READS)
def test_a_rule_reads_its_example(rule_id: str, written: str, expected: str) -> None:
    text, country = example_text(written)
    default, beyond = expected_readings(expected)
    assert summarize(read(text, country=country)) == default, rule_id
    everything = summarize(read(text, country=country, include_all=True))
    assert [one for one in beyond if one not in everything] == []


@pytest.mark.parametrize(("rule_id", "written"), REFUSES)
def test_a_rule_refuses_its_counter_example(rule_id: str, written: str) -> None:
    text, country = example_text(written)
    assert read(text, country=country) == (), rule_id


@pytest.mark.parametrize("file", sorted({row.file for row in ROWS}))
def test_every_row_of_a_lexicon_file_works(file: str) -> None:
    wrong = [row for row in ROWS if row.file == file and not _works(row)]
    assert wrong == []


def _works(row: Row) -> bool:
    text, country = example_text(row.example)
    default, beyond = expected_readings(row.expected)
    everything = summarize(read(text, country=country, include_all=True))
    return summarize(read(text, country=country)) == default and all(
        one in everything for one in beyond
    )


def test_a_word_list_has_an_example_for_every_row_except_in_the_tables() -> None:
    without = {row.concept for row in lexicon().rows if not row.example}
    assert without == {"bands", "countries", "families", "grammar"}


def test_refuses_a_second_rule_with_the_same_id() -> None:
    with pytest.raises(ValueError, match=r"amount\.marked"):
        rule("amount.marked", "again", reads=())


def test_the_rules_page_has_every_rule() -> None:
    page = rules_markdown()
    assert [one.id for one in all_rules() if f"## `{one.id}`" not in page] == []
