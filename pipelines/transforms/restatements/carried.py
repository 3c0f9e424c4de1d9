"""Figures that came along from a document of which others are repeated."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from pipelines.transforms.restatements.changes import figure_in_words
from pipelines.transforms.restatements.corpus import Corpus
from pipelines.transforms.restatements.records import ObservedFigure
from pipelines.transforms.restatements.steps import Step, is_kindred
from pipelines.transforms.restatements.subjects import Relation, differ, relate
from pipelines.transforms.restatements.values import (
    PLAIN_SINGLE,
    is_same_unit,
    may_be_one,
    weight_of,
)

# Of a document that says one amount of many people, only so many are compared.
MOST_HELD = 20


class Ties(NamedTuple):
    """The steps between pairs of documents, and the origins each document repeats already."""

    between: dict[str, dict[str, list[Step]]]
    taken: set[tuple[str, str]]


def carried(corpus: Corpus, steps: Mapping[str, Step]) -> Iterator[Step]:
    """Yield steps for equal amounts with another unit or company in two linked documents.

    Another amount links the two documents already, and no figure that fits better takes the
    one in the origin. One thing changes at a time; another country or another field of
    knowledge never changes on the way.
    """
    ties = _ties(corpus, steps.values())
    for figure in corpus.reports:
        if figure.observation_id not in steps and not corpus.is_advert(figure):
            found = _come_along(corpus, figure, ties)
            if found is not None:
                yield found


def _ties(corpus: Corpus, steps: Iterable[Step]) -> Ties:
    ties = Ties({}, set())
    for step in steps:
        if step.figure.document_id != step.origin.document_id and not _is_same_house(
            corpus, step
        ):
            origins = ties.between.setdefault(step.figure.document_id, {})
            origins.setdefault(step.origin.document_id, []).append(step)
            ties.taken.add((step.figure.document_id, step.origin.observation_id))
    return ties


def _is_same_house(corpus: Corpus, step: Step) -> bool:
    """Return whether one publisher issued both: its tables share amounts by chance."""
    publishers = {corpus.document_of(one).publisher for one in (step.figure, step.origin)}
    return len(publishers) == 1 and None not in publishers


def _come_along(corpus: Corpus, figure: ObservedFigure, ties: Ties) -> Step | None:
    value = corpus.values[figure.observation_id]
    for document_id, steps in ties.between.get(figure.document_id, {}).items():
        others = [one for one in steps if corpus.values[one.figure.observation_id] != value]
        for origin in corpus.by_value[value].get(document_id, ())[:MOST_HELD] if others else ():
            is_free = (figure.document_id, origin.observation_id) not in ties.taken
            if is_free and _may_change(corpus, figure, origin):
                words = f"with {figure_in_words(others[0].figure)}: {others[0].words}"
                return Step(figure, origin, others[0].evidence, words)
    return None


def _may_change(corpus: Corpus, figure: ObservedFigure, origin: ObservedFigure) -> bool:
    if not is_kindred(figure, origin) or figure.share_percent != origin.share_percent:
        return False
    relation = relate(figure, origin, corpus.shared_words(figure, origin))
    if not is_same_unit(figure, origin):
        return relation is Relation.SAME
    is_other_group = relation is Relation.SWAPPED and differ(
        figure.domain_code, origin.domain_code
    )
    if is_other_group or not may_be_one(figure.statistic, origin.statistic):
        return False
    weight = weight_of(corpus.values[figure.observation_id], is_open=figure.is_max_open)
    return relation >= Relation.ALIKE or (relation > Relation.OTHER and weight >= PLAIN_SINGLE)
