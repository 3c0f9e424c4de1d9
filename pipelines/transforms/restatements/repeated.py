"""Figures that one document says again."""

from collections.abc import Iterator

from pipelines.transforms.restatements.changes import figure_in_words
from pipelines.transforms.restatements.corpus import Corpus
from pipelines.transforms.restatements.records import ObservedFigure
from pipelines.transforms.restatements.steps import Step, is_kindred
from pipelines.transforms.restatements.subjects import is_same_subject_here, stems
from pipelines.transforms.restatements.values import family_of, is_same_unit
from warehouse.vocabulary import LinkEvidence

# A figure said with more subjects than this in one document is a column of a table.
MOST_SUBJECTS = 50


def repeated(corpus: Corpus) -> Iterator[Step]:
    """Yield a step from every figure to the first place that says it of the same people.

    A posting is a document of its own here: two postings of one file never repeat each other.
    """
    said: dict[tuple[object, ...], list[ObservedFigure]] = {}
    for figure in corpus.figures:
        value = corpus.values[figure.observation_id]
        earlier = said.setdefault((figure.document_id, figure.posting_id, value), [])
        for first in earlier:
            if is_kindred(figure, first) and _says_again(figure, first):
                words = f"{figure_in_words(first)}, said again"
                yield Step(figure, first, LinkEvidence.SAME_DOCUMENT, words)
                break
        else:
            if len(earlier) < MOST_SUBJECTS:
                earlier.append(figure)


def _says_again(figure: ObservedFigure, first: ObservedFigure) -> bool:
    is_same_kind = (
        is_same_unit(figure, first)
        and family_of(figure.statistic) == family_of(first.statistic)
        and figure.share_percent == first.share_percent
    )
    if not is_same_kind or not is_same_subject_here(figure, first):
        return False
    opens = (figure.is_min_open, figure.is_max_open), (first.is_min_open, first.is_max_open)
    return opens[0] == opens[1] or bool(stems(figure.subject_text) & stems(first.subject_text))
