"""Figures that a named source holds too, or that another document has from the same source."""

from collections.abc import Iterator, Mapping
from enum import IntEnum
from typing import NamedTuple

from pipelines.transforms.restatements.attribution import stands_for
from pipelines.transforms.restatements.corpus import Corpus, copy_names, credits_of
from pipelines.transforms.restatements.records import ObservedFigure
from pipelines.transforms.restatements.steps import Step, is_kindred
from pipelines.transforms.restatements.subjects import (
    Relation,
    differ_in_date,
    is_stated_alike,
    relate,
)
from pipelines.transforms.restatements.values import (
    DISTINCTIVE,
    LOW_ROUND_RANGE,
    PLAIN_SINGLE,
    Value,
    ends,
    is_same_unit,
    may_be_one,
    rounded,
    weight_of,
)
from warehouse.vocabulary import LinkEvidence

# Looking further down a list of equal figures of one source finds nothing nearer the origin.
MOST_CANDIDATES = 20


class Strength(IntEnum):
    """How surely a figure comes from where a candidate stands, the surest first."""

    COPY = 0
    SOURCE_OF_FIGURE = 1
    SOURCE_OF_DOCUMENT = 2
    SAME_SOURCE = 3
    SAME_PUBLISHER = 4
    SECOND_HAND = 5
    ROUNDING_OF_FIGURE = 6
    ROUNDING_OR_BOUND = 7


# What the subjects must have in common where no words name this very source, or the amounts
# are not quite equal.
NEEDED_RELATION = {
    Strength.SAME_PUBLISHER: Relation.SAME,
    Strength.SECOND_HAND: Relation.SAME,
    Strength.ROUNDING_OF_FIGURE: Relation.ALIKE,
    Strength.ROUNDING_OR_BOUND: Relation.SAME,
}


class Candidate(NamedTuple):
    """A figure that may be the origin of another, how sure that is, and the words for it."""

    strength: Strength
    origin: ObservedFigure
    words: str


def attributed(corpus: Corpus) -> Iterator[Step]:
    """Yield a step for every figure whose text names where it comes from.

    Figures that a source holds as they are come first; then those that round one of its
    figures or keep one bound of it, where no other figure of the document repeats that one.
    """
    copies = _copies(corpus)
    taken: set[tuple[str, str]] = set()
    left: list[ObservedFigure] = []
    for figure in corpus.reports:
        best = _best(corpus, figure, _candidates(corpus, figure, copies))
        if best is None:
            left.append(figure)
            continue
        taken.add((figure.document_id, best.origin.observation_id))
        yield _step(figure, best)
    for figure in left:
        changed = (
            one
            for one in _changed(corpus, figure)
            if (figure.document_id, one.origin.observation_id) not in taken
        )
        if (best := _best(corpus, figure, changed)) is not None:
            yield _step(figure, best)


def _step(figure: ObservedFigure, best: Candidate) -> Step:
    is_copy = best.strength is Strength.COPY
    evidence = LinkEvidence.COPY if is_copy else LinkEvidence.ATTRIBUTION
    return Step(figure, best.origin, evidence, best.words)


def _copies(corpus: Corpus) -> Mapping[tuple[str, Value], list[ObservedFigure]]:
    found: dict[tuple[str, Value], list[ObservedFigure]] = {}
    for figure in corpus.reports:
        if corpus.is_advert(figure):
            continue
        for name in copy_names(corpus.document_of(figure)):
            key = (name, corpus.values[figure.observation_id])
            found.setdefault(key, []).append(figure)
    return found


def _candidates(
    corpus: Corpus,
    figure: ObservedFigure,
    copies: Mapping[tuple[str, Value], list[ObservedFigure]],
) -> Iterator[Candidate]:
    value = corpus.values[figure.observation_id]
    document = corpus.document_of(figure)
    for name in () if corpus.is_advert(figure) else copy_names(document):
        for origin in copies.get((name, value), ())[:MOST_CANDIDATES]:
            yield Candidate(Strength.COPY, origin, f"same publication: {name}")
    yield from _from_sources(corpus, figure, value)
    for name in () if corpus.is_advert(figure) else stands_for(document):
        for origin in corpus.published.get((name, value), ())[:MOST_CANDIDATES]:
            yield Candidate(Strength.SAME_PUBLISHER, origin, f"both published by {name}")
    yield from _from_anyone(corpus, figure, value)


def _from_sources(corpus: Corpus, figure: ObservedFigure, value: Value) -> Iterator[Candidate]:
    """Yield the figures that a named source published, and those others have from it."""
    near = corpus.figure_credits[figure.observation_id]
    for name, words in credits_of(corpus, figure).items():
        strength = Strength.SOURCE_OF_FIGURE if name in near else Strength.SOURCE_OF_DOCUMENT
        for origin in corpus.published.get((name, value), ())[:MOST_CANDIDATES]:
            yield Candidate(strength, origin, words)
        for origin in corpus.credited.get((name, value), ())[:MOST_CANDIDATES]:
            yield Candidate(Strength.SAME_SOURCE, origin, words)


def _from_anyone(corpus: Corpus, figure: ObservedFigure, value: Value) -> Iterator[Candidate]:
    """Yield all equal figures for one that is said to be second-hand, whoever had it first."""
    near = corpus.figure_credits[figure.observation_id]
    words = next(iter(credits_of(corpus, figure).values()), None)
    if words is not None and (near or corpus.declared[figure.document_id]):
        for held in list(corpus.by_value[value].values())[:MOST_CANDIDATES]:
            yield from (
                Candidate(Strength.SECOND_HAND, origin, words)
                for origin in held[:MOST_CANDIDATES]
            )


def _best(
    corpus: Corpus, figure: ObservedFigure, candidates: Iterator[Candidate]
) -> Candidate | None:
    fitting = [
        (relation < Relation.OPEN, one.strength, corpus.place_of(one.origin), one.words, one)
        for one in candidates
        if (relation := _relation(corpus, figure, one)) is not None
    ]
    return min(fitting, key=lambda entry: entry[:4])[4] if fitting else None


def _relation(corpus: Corpus, figure: ObservedFigure, one: Candidate) -> Relation | None:
    """Return how the subjects stand, or nothing where the candidate cannot be the origin."""
    origin = one.origin
    if origin.document_id == figure.document_id or not is_kindred(figure, origin):
        return None
    if corpus.place_of(origin) >= corpus.place_of(figure):
        return None
    words = corpus.shared_words(figure, origin)
    if corpus.is_advert(origin) and not words and not _is_quoted_listing(corpus, figure, one):
        return None
    relation = relate(figure, origin, words)
    return relation if _is_enough(corpus, figure, one, relation) else None


def _is_quoted_listing(corpus: Corpus, figure: ObservedFigure, one: Candidate) -> bool:
    """Return whether the words around a telling figure name whose listing it is from."""
    weight = weight_of(corpus.values[figure.observation_id], is_open=False)
    return one.strength is Strength.SOURCE_OF_FIGURE and weight >= DISTINCTIVE


def _is_enough(
    corpus: Corpus, figure: ObservedFigure, one: Candidate, relation: Relation
) -> bool:
    """Return whether subject, unit and amount bear out what the words about sources suggest."""
    needed = NEEDED_RELATION.get(one.strength)
    if needed is None:
        return _is_borne_out(corpus, figure, one, relation)
    if relation < needed or not is_same_unit(figure, one.origin):
        return False
    if one.strength >= Strength.ROUNDING_OF_FIGURE:
        return True
    if not may_be_one(figure.statistic, one.origin.statistic):
        return False
    if one.strength is Strength.SAME_PUBLISHER:
        return not differ_in_date(figure, one.origin)
    return _weight(corpus, figure, one.origin) >= DISTINCTIVE


def _is_borne_out(
    corpus: Corpus, figure: ObservedFigure, one: Candidate, relation: Relation
) -> bool:
    """Return whether a figure is the one a named source has.

    The same subject is enough. A retelling may say the same of another company; otherwise the
    amount must tell more, the less the subjects have in common.
    """
    if relation in {Relation.SAME, Relation.OTHER}:
        return relation is Relation.SAME
    origin = one.origin
    is_retelling = bool(figure.attribution or corpus.declared[figure.document_id])
    is_alike = is_same_unit(figure, origin) and may_be_one(figure.statistic, origin.statistic)
    if is_retelling and is_alike and _opens_alike(figure, origin):
        return True
    if relation is Relation.SWAPPED:
        is_near = one.strength is Strength.SOURCE_OF_FIGURE
        return is_near and is_stated_alike(figure.platform_id, origin.platform_id)
    needed = LOW_ROUND_RANGE if relation is Relation.ALIKE or is_retelling else DISTINCTIVE
    return is_same_unit(figure, origin) and _weight(corpus, figure, origin) >= needed


def _weight(corpus: Corpus, figure: ObservedFigure, origin: ObservedFigure) -> float:
    is_open = figure.is_max_open and origin.is_max_open
    return weight_of(corpus.values[figure.observation_id], is_open=is_open)


def _opens_alike(one: ObservedFigure, other: ObservedFigure) -> bool:
    return (one.is_min_open, one.is_max_open) == (other.is_min_open, other.is_max_open)


def _changed(corpus: Corpus, figure: ObservedFigure) -> Iterator[Candidate]:
    """Yield the figures of named sources that this one rounds, or shares one bound with."""
    value = corpus.values[figure.observation_id]
    nearby = corpus.figure_credits[figure.observation_id]
    for name, words in credits_of(corpus, figure).items():
        for near in dict.fromkeys((value, *rounded(value), *ends(value))):
            for origin in corpus.loosely.get((name, near), ())[:MOST_CANDIDATES]:
                strength = _changed_strength(value, corpus.values[origin.observation_id])
                if strength is not None:
                    is_far = name not in nearby
                    yield Candidate(
                        Strength.ROUNDING_OR_BOUND if is_far else strength, origin, words
                    )


def _changed_strength(value: Value, held: Value) -> Strength | None:
    if value == held:
        return None
    if _is_rounding(value, held):
        return Strength.ROUNDING_OF_FIGURE
    return Strength.ROUNDING_OR_BOUND if _is_end(value, held) else None


def _is_rounding(one: Value, other: Value) -> bool:
    return any(
        short in rounded(full) and weight_of(full, is_open=False) >= PLAIN_SINGLE
        for short, full in ((one, other), (other, one))
    )


def _is_end(one: Value, other: Value) -> bool:
    return one in ends(other) or other in ends(one)
