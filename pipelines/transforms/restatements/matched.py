"""Figures of documents that share so many equal ones that they must have one origin."""

from collections.abc import Iterator
from math import log2
from typing import NamedTuple

from pipelines.transforms.restatements.changes import figure_in_words
from pipelines.transforms.restatements.corpus import Corpus
from pipelines.transforms.restatements.records import ObservedFigure
from pipelines.transforms.restatements.steps import Step, is_kindred
from pipelines.transforms.restatements.subjects import Relation, relate, stems
from pipelines.transforms.restatements.values import (
    ENOUGH_ALONE,
    ENOUGH_WITH_SUBJECT,
    PRECISE_SINGLE,
    Value,
    is_same_unit,
    may_be_one,
    weight_of,
)
from warehouse.vocabulary import LinkEvidence

FEWEST_EQUAL = 2
# Two long lists of rates share some by chance; of a retold document much is retold.
SMALLEST_SHARE = 0.3
# So many equal figures need no common subject: twice what is enough with one.
ENOUGH_WITHOUT_SUBJECT = 2 * ENOUGH_ALONE
# "$250 for dermatologists, $150 for poets" twice is more than "$250, $150" twice.
SHARED_WORDS_BONUS = 1.0
# Only the documents nearest the origin are asked, so that a viral figure stays cheap.
MOST_ORIGINS = 8
# And of a document that says one amount of many people, only so many.
MOST_HELD = 20
# A round figure in more documents than this counts less, the more of them there are; a
# precise one does not get there by chance.
OFTEN = 8


class Match(NamedTuple):
    """A figure, its equal in a document nearer the origin, and how much that tells."""

    figure: ObservedFigure
    origin: ObservedFigure
    relation: Relation
    weight: float
    has_words: bool


def matched(corpus: Corpus) -> Iterator[Step]:
    """Yield a step for every figure of a document that shares enough with another."""
    by_document: dict[str, dict[Value, list[ObservedFigure]]] = {}
    for figure in corpus.reports:
        if not corpus.is_advert(figure):
            values = by_document.setdefault(figure.document_id, {})
            values.setdefault(corpus.values[figure.observation_id], []).append(figure)
    sizes = {name: len(values) for name, values in by_document.items()}
    for name, values in by_document.items():
        shared = _shared(corpus, name, values, sizes)
        enough = {
            origin: list(matches)
            for origin, matches in shared.items()
            if _is_enough(corpus, matches, min(len(values), sizes[origin]))
        }
        yield from _steps(corpus, enough)


def _shared(
    corpus: Corpus,
    name: str,
    values: dict[Value, list[ObservedFigure]],
    sizes: dict[str, int],
) -> dict[str, list[Match]]:
    """Return the equal figures of a document, by the document that holds them too."""
    shared: dict[str, list[Match]] = {}
    for value, figures in values.items():
        holders = corpus.by_value[value]
        asked = 0
        for origin, held in holders.items():
            if asked == MOST_ORIGINS or corpus.places[origin] >= corpus.places[name]:
                break
            if origin in sizes:
                asked += 1
                shared.setdefault(origin, []).extend(
                    _equal(corpus, figures, held, len(holders))
                )
    return shared


def _equal(
    corpus: Corpus,
    figures: list[ObservedFigure],
    held: list[ObservedFigure],
    holders: int,
) -> Iterator[Match]:
    for figure in figures:
        found = [
            Match(
                figure,
                origin,
                relation,
                _weight(corpus, figure, origin, holders),
                bool(_words_for_people(corpus, figure, origin)),
            )
            for origin in held[:MOST_HELD]
            if (relation := _relation(corpus, figure, origin)) >= Relation.OPEN
        ]
        if found:
            yield max(found, key=lambda match: match.relation)


def _relation(corpus: Corpus, figure: ObservedFigure, origin: ObservedFigure) -> Relation:
    is_equal = (
        is_kindred(figure, origin)
        and is_same_unit(figure, origin)
        and may_be_one(figure.statistic, origin.statistic)
        and figure.share_percent == origin.share_percent
    )
    if not is_equal:
        return Relation.OTHER
    return relate(figure, origin, corpus.shared_words(figure, origin))


def _weight(
    corpus: Corpus, figure: ObservedFigure, origin: ObservedFigure, holders: int
) -> float:
    value = corpus.values[figure.observation_id]
    weight = weight_of(value, is_open=figure.is_max_open and origin.is_max_open)
    if weight >= PRECISE_SINGLE:
        return weight
    return weight / (1 + log2(max(holders, OFTEN) / OFTEN))


def _words_for_people(
    corpus: Corpus, figure: ObservedFigure, origin: ObservedFigure
) -> frozenset[str]:
    """Return the shared words other than the name of the platform, which many texts share."""
    named = (figure.platform_id or "", origin.platform_id or "")
    return corpus.shared_words(figure, origin) - stems(" ".join(named).replace("_", " "))


def _is_enough(corpus: Corpus, matches: list[Match], smaller: int) -> bool:
    by_value: dict[Value, Match] = {}
    for match in sorted(matches, key=lambda match: -match.relation):
        by_value.setdefault(corpus.values[match.figure.observation_id], match)
    equal = len(by_value)
    if equal < FEWEST_EQUAL or equal < SMALLEST_SHARE * smaller:
        return False
    same = sum(match.relation is Relation.SAME for match in by_value.values())
    needed = {0: ENOUGH_WITHOUT_SUBJECT, 1: ENOUGH_ALONE}.get(same, ENOUGH_WITH_SUBJECT)
    worded = sum(match.has_words for match in by_value.values())
    bonus = worded * SHARED_WORDS_BONUS if worded >= FEWEST_EQUAL else 0
    return sum(match.weight for match in by_value.values()) + bonus >= needed


def _steps(corpus: Corpus, enough: dict[str, list[Match]]) -> Iterator[Step]:
    nearest: dict[str, Match] = {}
    for origin in sorted(enough, key=corpus.places.__getitem__):
        for match in enough[origin]:
            nearest.setdefault(match.figure.observation_id, match)
    for match in nearest.values():
        together = enough[match.origin.document_id]
        yield Step(match.figure, match.origin, LinkEvidence.MATCHING_FIGURES, _words(together))


def _words(matches: list[Match]) -> str:
    figures = dict.fromkeys(figure_in_words(match.figure) for match in matches)
    return f"{len(figures)} equal figures: {'; '.join(figures)}"
