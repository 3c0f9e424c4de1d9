"""A language is a set of word lists: one that nobody speaks is read from files alone."""

from pathlib import Path

import pytest

from pipelines.parsing.engine import read, read_whole
from pipelines.parsing.lexicon import LexiconError, added_lists
from pipelines.parsing.notation import expected_readings, summarize

LISTS = {
    "grammar.xq.tsv": "vo\twall\nmu\tarticle,link\nesta\tplain\nnosi\tplain\n",
    "per.xq.tsv": "pel\tper\n",
    "units.xq.tsv": "orva\thour\nmesta\tmonth\nfrazol\tword\n",
    "periods.xq.tsv": "orvali\thour\tadjective\n",
    "bounds.xq.tsv": "osti\tfloor\nlimo\tceiling\n",
    "connectors.xq.tsv": "a\tto\tlocal\n",
    "statistics.xq.tsv": "mediona\tmedian\n",
    "kinds.xq.tsv": "salvo\tbase\npremo\tbonus\nkosta\tnot_pay\tprice\n",
    "money_words.xq.tsv": "eurol\tEUR\n",
}
TEXTS = [
    ("Nosi salvo esta 23,50 eurol pel orva", "23.50 EUR/hour point base"),
    ("Mu salvo: osti 2.400 € pel mesta", "2400.. EUR/month starting base"),
    ("Nosi salvo esta 20 a 30 € orvali", "20..30 EUR/hour range base"),
    ("Mediona salvo esta 19 € pel orva", "19 EUR/hour median base"),
    ("Nosi salvo esta 0,08 € pel frazol", "0.08 EUR/word point base"),
]


@pytest.fixture
def lists(tmp_path: Path) -> Path:
    for name, rows in LISTS.items():
        (tmp_path / name).write_text(rows, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(("text", "expected"), TEXTS)
def test_reads_a_language_from_added_files(lists: Path, text: str, expected: str) -> None:
    assert summarize(read(text)) != expected_readings(expected)[0]
    with added_lists(lists):
        assert summarize(read(text)) == expected_readings(expected)[0]
        assert read(text) == read_whole(text)


def test_an_added_language_refuses_what_its_lists_call_a_price(lists: Path) -> None:
    with added_lists(lists):
        assert read("Mu kosta esta 19 € pel mesta") == ()
        assert read("Nosi premo esta 500 €") == ()


def test_an_added_language_leaves_the_others_as_they_were(lists: Path) -> None:
    english = "We pay $20 to $30 an hour, and a $500 bonus"
    before = read(english, include_all=True)
    with added_lists(lists):
        assert read(english, include_all=True) == before
    assert read(english, include_all=True) == before


def test_a_faulty_list_is_named_and_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "units.xq.tsv").write_text("orva\tmoon\n", encoding="utf-8")
    with pytest.raises(LexiconError, match=r"units\.xq\.tsv line 1"), added_lists(tmp_path):
        pass
    assert summarize(read("Pay: $20 an hour")) == summarize(read_whole("Pay: $20 an hour"))
