"""The rooms are this checkout's own, and what is generated is current."""

import importlib
from pathlib import Path

import pytest

from pipelines.commands.docs import stale_pages
from sources.registry import load_registry

REPOSITORY = Path(__file__).resolve().parents[2]
# The one package with a front door of its own: `from pipelines.parsing import read`.
DOORS = {REPOSITORY / "pipelines" / "parsing" / "__init__.py"}


@pytest.mark.parametrize("room", ["pipelines", "sources", "warehouse"])
def test_the_room_imported_is_the_one_in_this_checkout(room):
    found = Path(importlib.import_module(room).__file__).resolve()
    assert found == REPOSITORY / room / "__init__.py"


@pytest.mark.parametrize("room", ["pipelines", "sources", "warehouse"])
def test_an_init_file_holds_a_docstring_and_nothing_else(room):
    for path in set((REPOSITORY / room).rglob("__init__.py")) - DOORS:
        body = path.read_text("utf-8").strip()
        assert body.startswith('"""'), path
        assert body.endswith('"""'), path
        assert body.count('"""') == 2, path


def test_generated_pages_are_current():
    assert stale_pages() == [], "run: make docs"


def test_every_source_says_on_which_terms_it_may_be_used():
    for source in load_registry():
        assert source.terms.checked_on, source.id
        assert source.terms.attribution or source.terms.licence, source.id
