"""The pages under docs/ that are rendered from declarations, and whether they are current."""

from collections.abc import Callable, Mapping
from pathlib import Path

from pipelines.parsing.rules_page import rules_markdown
from pipelines.workspace import REPOSITORY
from warehouse.dictionary import dictionary_markdown

PAGES: Mapping[str, Callable[[], str]] = {
    "docs/data-dictionary.md": dictionary_markdown,
    "docs/rules.md": rules_markdown,
}


def write_pages(root: Path = REPOSITORY) -> list[Path]:
    """Write every generated page; return their paths."""
    written = []
    for name, render in PAGES.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(render(), "utf-8")
        written.append(path)
    return written


def stale_pages(root: Path = REPOSITORY) -> list[Path]:
    """Return the generated pages that are missing or differ from their declarations."""
    return [
        Path(name)
        for name, render in PAGES.items()
        if not (root / name).exists() or (root / name).read_text("utf-8") != render()
    ]
