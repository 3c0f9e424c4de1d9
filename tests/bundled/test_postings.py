"""The bundled postings: 152 opportunities, each once, in every form, each with its rate."""

import csv
import html
import json
import re
from collections import Counter
from pathlib import Path

import pytest

from sources.bundled.make import BUNDLED

POSTINGS = BUNDLED / "postings"
ADDRESS = "https://joinhandshake.com/ai/opportunities/"
HOURLY = re.compile(
    r"\$\d+(/hr|\s(per|an)\shour)|\d+\sUSD\sper\shour|Hourly\srate:\s\$\d+", re.IGNORECASE
)
JSON_LD = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


def _table() -> list[dict[str, str]]:
    with (POSTINGS / "handshake_programme.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _board() -> list[dict]:
    board = json.loads((POSTINGS / "handshake_board.json").read_text(encoding="utf-8"))
    assert board["meta"]["total"] == len(board["jobs"])
    return board["jobs"]


def _linked_data(page: Path) -> list[dict]:
    """The JobPosting of a page: alone, in a list, or in a graph."""
    found = []
    for text in JSON_LD.findall(page.read_text(encoding="utf-8")):
        data = json.loads(text)
        nodes = data if isinstance(data, list) else data.get("@graph", [data])
        found += [node for node in nodes if node["@type"] == "JobPosting"]
    return found


@pytest.fixture
def single(postings) -> dict[Path, dict[str, object]]:
    return {path: facts for path, facts in postings.items() if path.suffix in {".html", ".txt"}}


def test_each_of_the_152_opportunities_is_there_exactly_once(single):
    addresses = [
        *(row["url"] for row in _table()),
        *(job["absolute_url"] for job in _board()),
        *(str(facts["url"]) for facts in single.values()),
    ]

    assert Counter(addresses).most_common(1)[0][1] == 1
    assert len(addresses) == 152
    assert all(address.startswith(ADDRESS) for address in addresses)


def test_every_row_of_the_table_states_an_hourly_rate():
    assert [
        row["url"] for row in _table() if not HOURLY.fullmatch(row["rate_as_written"])
    ] == []


def test_every_job_of_the_board_states_its_rate_in_one_place():
    for job in _board():
        in_text = bool(HOURLY.search(html.unescape(html.unescape(job["content"]))))
        in_field = bool(job["pay_input_ranges"])
        assert in_text != in_field, job["title"]


def test_every_page_and_text_states_an_hourly_rate(single):
    silent = [
        path.name
        for path in single
        if not HOURLY.search(html.unescape(path.read_text(encoding="utf-8")))
        and not _linked_data(path)
    ]

    assert silent == []


def test_linked_data_agrees_with_what_the_page_declares(single):
    jobs = [(job, facts) for path, facts in single.items() for job in _linked_data(path)]

    assert len(jobs) == 12
    for job, facts in jobs:
        value = job["baseSalary"]["value"]
        assert (job["url"], job["title"]) == (facts["url"], facts["title"])
        assert (job["baseSalary"]["currency"], value["unitText"]) == ("USD", "HOUR")
        assert float(value.get("value", value.get("maxValue"))) > 0


def test_a_page_that_shows_its_rate_shows_the_one_of_its_linked_data(single):
    for path in single:
        for job in _linked_data(path):
            shown = re.findall(r'class="pay">\D*(\d+)', path.read_text(encoding="utf-8"))
            value = job["baseSalary"]["value"]
            assert {float(amount) for amount in shown} <= {
                float(value.get("value", value.get("maxValue")))
            }, path.name
