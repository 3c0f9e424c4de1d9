"""The names of columns: case, spaces, dashes and underscores do not tell them apart."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sources.readers.values import words

NAME_PARTS = re.compile(r"[\s_\-]+")

# How far records are looked into: `jobPostingInfo.country.descriptor` is three deep.
DEEPEST = 3

# How many forms of records are kept in memory; records that use ids as names have one each.
MOST_FORMS = 1_000


def plain_name(name: str) -> str:
    """Return a name as it is compared."""
    return NAME_PARTS.sub(" ", name.strip()).casefold()


def plain_names(names: Iterable[str]) -> dict[str, str]:
    """Return the names by how they are compared; of two that are alike the first counts."""
    return {plain_name(name): name for name in reversed(list(names))}


def bound_all(names: Iterable[str], there: Mapping[str, str]) -> list[str]:
    """Return those of some names that are there, as they are written there."""
    return [there[plain_name(name)] for name in names if plain_name(name) in there]


def bound_first(
    lists: Iterable[tuple[str, Iterable[str]]], there: Mapping[str, str]
) -> dict[str, str]:
    """Return for each attribute the first of its names that is there."""
    return {name: found[0] for name, names in lists if (found := bound_all(names, there))}


def flattened(record: Mapping[str, Any]) -> dict[str, Any]:
    """Return a record with what is nested in it under names like `salary.min`.

    A list of texts is one text; a list of records stays what it is.
    """
    return dict(_members(record, "", DEEPEST))


def _members(record: Mapping[str, Any], within: str, depth: int) -> Iterator[tuple[str, Any]]:
    for name, value in record.items():
        where = f"{within}{name}"
        if isinstance(value, dict) and depth:
            yield from _members(value, f"{where}.", depth - 1)
        elif isinstance(value, list) and not any(isinstance(item, dict) for item in value):
            yield where, ", ".join(filter(None, map(words, value))) or None
        else:
            yield where, value
