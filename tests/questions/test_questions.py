"""docs/questions.md asks the release of the bundled corpus and prints what it really answers.

`make questions` writes the answers anew; read the difference before committing it, because an
answer that moved is either new knowledge or a new fault.
"""

import os
import re
from pathlib import Path

import pytest

from warehouse.query import Answer, run_sql, shown

PAGE = Path(__file__).parents[2] / "docs" / "questions.md"
QUERY = re.compile(r"```sql\n(?P<sql>.*?)```\n\n(?P<answer>(?:\|[^\n]*\n)*)", re.DOTALL)
SECTION = re.compile(r"^## [^\n]+\?\n\n[^|]+?\n\n```sql\n", re.MULTILINE)
TEXT = PAGE.read_text("utf-8")
QUERIES = list(QUERY.finditer(TEXT))


def _table(answer: Answer) -> str:
    """The answer as a Markdown table that ends in a line feed."""
    rows = [answer.columns, tuple("---" for _ in answer.columns), *answer.rows]
    lines = (" | ".join(shown(cell).replace("|", "\\|") for cell in row) for row in rows)
    return "".join(f"| {line} |\n" for line in lines)


def _answered(release: Path) -> str:
    """The page with every table as `release` answers now."""

    def ask(query: re.Match[str]) -> str:
        return f"```sql\n{query['sql']}```\n\n{_table(run_sql(release, query['sql']))}"

    return QUERY.sub(ask, TEXT)


def test_every_answer_is_what_the_release_says(published: Path) -> None:
    now = _answered(published)
    if os.environ.get("QUESTIONS") == "write":
        PAGE.write_text(now, "utf-8")
        return
    assert now == TEXT, "the answers moved: look why, then run `make questions`"


def test_every_query_stands_below_a_question_and_how_to_read_it() -> None:
    assert len(SECTION.findall(TEXT)) == TEXT.count("\n## ") == len(QUERIES) >= 12


@pytest.mark.parametrize("query", QUERIES)
def test_every_line_counts_its_figures_or_is_one(query: re.Match[str]) -> None:
    header, _, *rows = query["answer"].splitlines()
    names = {name.strip() for name in header.strip("|").split("|")}
    assert rows
    assert names & {"n", "n_offers", "publisher", "origin"}


def test_the_offers_beside_a_median_are_the_offers_it_counts(published: Path) -> None:
    """The first question joins offers to a benchmark: both must speak of the same ones."""
    first = QUERIES[0]["sql"].replace(
        "b.n_offers,", "b.n_offers, count(DISTINCT o.offer_id),", 1
    )
    answer = run_sql(published, first)
    assert [row[1] for row in answer.rows] == [row[2] for row in answer.rows]


def test_a_figure_that_stands_on_its_own_is_nobodys_repetition(published: Path) -> None:
    """What the page counts as one figure is said first, in one unit, and not expected."""
    doubtful = run_sql(
        published,
        """
        SELECT observation_id FROM v_figures JOIN restatements USING (observation_id)
        UNION ALL
        SELECT observation_id FROM v_figures JOIN rate_observations AS o USING (observation_id)
        WHERE o.equivalent_of IS NOT NULL OR o.statistic IN ('projection', 'share')
            OR o.kind NOT IN ('base', 'total') OR o.period_source IN ('magnitude', 'country')
        """,
    )
    assert doubtful.rows == []
