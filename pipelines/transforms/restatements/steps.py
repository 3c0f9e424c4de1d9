"""One step from a figure to a figure nearer the origin, and what any step must satisfy."""

from typing import NamedTuple

from pipelines.transforms.restatements.records import ObservedFigure
from pipelines.transforms.restatements.values import may_lose_share
from warehouse.vocabulary import Kind, LinkEvidence


class Step(NamedTuple):
    """A figure, the one it repeats, and why."""

    figure: ObservedFigure
    origin: ObservedFigure
    evidence: LinkEvidence
    words: str


def is_kindred(figure: ObservedFigure, origin: ObservedFigure) -> bool:
    """Return whether a figure is the same kind of money as its origin, and no conversion.

    Nor may it state a share of people that the origin does not state.
    """
    kinds = {figure.kind, origin.kind} - {None, Kind.REFERENCE}
    converted = (
        figure.equivalent_of == origin.observation_id
        or origin.equivalent_of == figure.observation_id
    )
    return len(kinds) < 2 and not converted and may_lose_share(figure, origin)


def is_one_statement(one: ObservedFigure, other: ObservedFigure) -> bool:
    """Return whether two figures are the same words, told apart by the subjects they name."""
    return (
        one.char_start is not None
        and one.char_start == other.char_start
        and one.page_number == other.page_number
        and one.document_id == other.document_id
    )
