"""Whether two figures are about the same people, by their attributes and their words."""

import re
from collections import Counter
from collections.abc import Collection, Iterable
from enum import IntEnum
from functools import cache
from importlib.resources import files

from pipelines.transforms.restatements.records import ObservedFigure
from pipelines.transforms.restatements.values import ROUND_SINGLE
from warehouse.vocabulary import DomainCode

UNSPECIFIC_DOMAINS = frozenset({DomainCode.GENERALIST, DomainCode.ALL, DomainCode.COMPARISON})
# Six letters tell "engineer" from "engagement" and join "engineers" with "engineering".
STEM_LENGTH = 6
WORD = re.compile(r"[^\W_]+")

# A word in more documents than this says nothing about whom a figure is about.
COMMON_SHARE = 0.1
COMMON_AT_LEAST = 5


class Relation(IntEnum):
    """How the subjects of two figures stand to each other."""

    OTHER = 0
    """Two different groups of people: never one figure."""
    SWAPPED = 1
    """The platform differs, or one is about generalists: one figure on strong evidence."""
    OPEN = 2
    """Nothing speaks against it, nothing for it; "all fields" may narrow to one."""
    ALIKE = 3
    """The country is the same, or both are about generalists, or about all fields."""
    SAME = 4
    """The platform, the field, or rare words are the same."""


@cache
def generic_words() -> frozenset[str]:
    """Return the stems of words that any text about this work uses."""
    lines = files(__package__).joinpath("generic_words.txt").read_text("utf-8").splitlines()
    kept = (line for line in lines if not line.startswith("#"))
    return frozenset(word[:STEM_LENGTH] for line in kept for word in line.split())


def stems(text: str | None) -> frozenset[str]:
    """Return the telling words of a text, cut to their stems."""
    if not text:
        return frozenset()
    found = (word.lower()[:STEM_LENGTH] for word in WORD.findall(text))
    return frozenset(word for word in found if len(word) > 2) - generic_words()


def common_stems(texts: Iterable[frozenset[str]], documents: int) -> frozenset[str]:
    """Return the stems that too many of the documents use, given one set per document."""
    counts = Counter(stem for words in texts for stem in words)
    limit = max(COMMON_AT_LEAST, int(documents * COMMON_SHARE))
    return frozenset(stem for stem, count in counts.items() if count > limit)


def differ(one: str | None, other: str | None) -> bool:
    """Return whether both are stated and not the same."""
    return one is not None and other is not None and one != other


def differ_in_date(one: ObservedFigure, other: ObservedFigure) -> bool:
    """Return whether the two held at different times, as stated."""
    return len({one.as_of_date, other.as_of_date} - {None}) > 1


def is_stated_alike(one: str | None, other: str | None) -> bool:
    """Return whether both are stated and the same."""
    return one is not None and one == other


def is_same_subject_here(one: ObservedFigure, other: ObservedFigure, weight: float) -> bool:
    """Return whether two equal figures of one document are about the same people.

    Nothing stated may differ. One with fewer attributes may repeat one with more, but a round
    amount, which says little by itself, needs the same country, and words or all else alike.
    """
    if differ_in_date(one, other) or differ(one.expertise_tier, other.expertise_tier):
        return False
    stated = (
        (one.domain_code, other.domain_code),
        (one.country_code, other.country_code),
        (one.platform_id, other.platform_id),
    )
    if any(differ(*pair) for pair in stated) or not _words_agree(one, other):
        return False
    if weight > ROUND_SINGLE or all(before == after for before, after in stated):
        return True
    return one.country_code == other.country_code and is_worded_alike(one, other)


def _words_agree(one: ObservedFigure, other: ObservedFigure) -> bool:
    words = stems(one.subject_text), stems(other.subject_text)
    return not all(words) or 2 * len(words[0] & words[1]) >= min(map(len, words))


def is_worded_alike(one: ObservedFigure, other: ObservedFigure) -> bool:
    """Return whether two subjects share telling words, or are the same words throughout."""
    words = [
        frozenset(WORD.findall((each.subject_text or "").lower())) for each in (one, other)
    ]
    is_same = bool(words[0]) and words[0] == words[1]
    return is_same or bool(stems(one.subject_text) & stems(other.subject_text))


def relate(
    one: ObservedFigure, other: ObservedFigure, shared_words: Collection[str]
) -> Relation:
    """Return how the subjects of figures of two documents stand to each other."""
    if differ(one.country_code, other.country_code) or _tiers_apart(one, other):
        return Relation.OTHER
    domains = _relate_domains(one.domain_code, other.domain_code)
    if domains is Relation.OTHER:
        return domains
    if domains is Relation.SWAPPED or differ(one.platform_id, other.platform_id):
        return Relation.SWAPPED
    if shared_words or is_stated_alike(one.platform_id, other.platform_id):
        return Relation.SAME
    if is_stated_alike(one.country_code, other.country_code):
        return max(domains, Relation.ALIKE)
    return domains


def _tiers_apart(one: ObservedFigure, other: ObservedFigure) -> bool:
    tiers = one.expertise_tier, other.expertise_tier
    if tiers[0] is None or tiers[1] is None:
        return False
    # Neighbouring tiers are told apart by single words, which rewriting changes.
    return abs(int(tiers[0][1:]) - int(tiers[1][1:])) > 1


def _relate_domains(one: str | None, other: str | None) -> Relation:
    if one is None or other is None:
        return Relation.OPEN
    if one == other:
        return Relation.ALIKE if one in UNSPECIFIC_DOMAINS else Relation.SAME
    if DomainCode.COMPARISON in {one, other}:
        return Relation.OTHER
    if DomainCode.GENERALIST in {one, other}:
        return Relation.SWAPPED
    return Relation.OPEN if DomainCode.ALL in {one, other} else Relation.OTHER
