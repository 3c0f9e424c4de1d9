"""Figures that one document says again."""

from collections.abc import Iterator

from pipelines.transforms.restatements.changes import figure_in_words
from pipelines.transforms.restatements.corpus import Corpus
from pipelines.transforms.restatements.records import ObservedFigure
from pipelines.transforms.restatements.steps import Step, is_kindred, is_one_statement
from pipelines.transforms.restatements.subjects import is_same_subject_here, is_worded_alike
from pipelines.transforms.restatements.values import Value, family_of, is_same_unit, weight_of
from warehouse.vocabulary import LinkEvidence

# A figure said with more subjects than this in one document is a column of a table.
MOST_SUBJECTS = 50


def repeated(corpus: Corpus) -> Iterator[Step]:
    """Yield a step from every figure to the first place that says it of the same people.

    A posting is a document of its own here: two postings of one file never repeat each other.
    """
    first_said: dict[tuple[object, ...], ObservedFigure] = {}
    also_said: dict[tuple[object, ...], list[ObservedFigure]] = {}
    for figure in corpus.figures:
        value = corpus.values[figure.observation_id]
        key = (figure.document_id, figure.posting_id, value)
        first = first_said.setdefault(key, figure)
        if first is figure:
            continue
        others = also_said.setdefault(key, [])
        said = next((one for one in (first, *others) if _says_again(figure, one, value)), None)
        if said is not None:
            words = f"{figure_in_words(said)}, said again"
            yield Step(figure, said, LinkEvidence.SAME_DOCUMENT, words)
        elif len(others) < MOST_SUBJECTS:
            others.append(figure)


def _says_again(figure: ObservedFigure, first: ObservedFigure, value: Value) -> bool:
    is_same_kind = (
        is_kindred(figure, first)
        and not is_one_statement(figure, first)
        and is_same_unit(figure, first)
        and family_of(figure.statistic) == family_of(first.statistic)
        and figure.share_percent == first.share_percent
    )
    weight = weight_of(value, is_open=figure.is_max_open)
    if not is_same_kind or not is_same_subject_here(figure, first, weight):
        return False
    opens = (figure.is_min_open, figure.is_max_open), (first.is_min_open, first.is_max_open)
    return opens[0] == opens[1] or is_worded_alike(figure, first)
