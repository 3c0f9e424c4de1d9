"""The data dictionary as one page: every table, column, view and code."""

from collections.abc import Iterator
from itertools import chain

from warehouse.render import dictionary_markdown as table_markdown
from warehouse.tables.all import ALL_TABLES
from warehouse.views import VIEWS
from warehouse.vocabulary import Code, ReadingWarning

HEAD = """# Data dictionary

Made from the declarations; the same words are comments inside `compensation.duckdb`. Amounts
are exact decimals. Times are UTC. In the CSV files an empty cell is a null, and a text that a
spreadsheet would run as a formula begins with a tab; read them with `keep_default_na=False` in
pandas, or Namibia (`NA`) is lost.
"""


def dictionary_markdown() -> str:
    """The data dictionary, in Markdown."""
    tables = [table_markdown(table) for table in ALL_TABLES]
    return "\n".join([HEAD, *tables, *_views(), *_codes()])


def _views() -> Iterator[str]:
    yield "## Views\n\nOnly in `compensation.duckdb`. Each answers a question.\n"
    for view in VIEWS:
        yield f"### {view.name}\n\n{view.question}\n\n```sql\n{view.example}\n```\n"


def _codes() -> Iterator[str]:
    yield "## Codes\n"
    closed = chain.from_iterable(c.codes for table in ALL_TABLES for c in table.columns)
    # A column of warnings may hold several, so it is not closed.
    used = chain(closed, ReadingWarning)
    lists: dict[type[Code], None] = dict.fromkeys(type(code) for code in used)
    for codes in lists:
        meanings = "".join(f"| `{code}` | {code.says} |\n" for code in codes)
        head = f"### {codes.__name__}\n\n{codes.__doc__}\n\n"
        yield f"{head}| code | means |\n| --- | --- |\n{meanings}"
