"""Draws the terminal pictures of the README from the newest release.

python docs/pictures/draw.py
"""

import io
from pathlib import Path

from rich.console import Console
from rich.text import Text

from pipelines.commands.trace import trace_observation
from pipelines.workspace import workspace
from warehouse.query import run_sql

FIGURE = """
SELECT observation_id FROM rate_observations JOIN documents USING (document_id)
WHERE publisher = 'Mercy News' AND domain_code = 'medicine' ORDER BY char_start LIMIT 1
"""
WIDTH = 104


def main() -> None:
    """Draw the trace of one figure of a digest."""
    release = workspace().latest
    name = run_sql(release, FIGURE).rows[0][0]
    console = Console(record=True, width=WIDTH, file=io.StringIO())
    console.print(Text(f"$ compensation trace {name}\n", style="bold"))
    console.print(Text(trace_observation(release, name)))
    picture = console.export_svg(title="a figure, back to its words", unique_id="trace")
    Path(__file__).with_name("trace.svg").write_text(picture, "utf-8")


if __name__ == "__main__":
    main()
