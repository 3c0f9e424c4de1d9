"""The door: which figure repeats which, followed back to the origin."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from pipelines.transforms.restatements.attributed import attributed
from pipelines.transforms.restatements.carried import carried
from pipelines.transforms.restatements.changes import change_between
from pipelines.transforms.restatements.corpus import Corpus, survey
from pipelines.transforms.restatements.listings import read_advert, sightings
from pipelines.transforms.restatements.matched import matched
from pipelines.transforms.restatements.order import is_unsigned
from pipelines.transforms.restatements.records import CitedDocument, Link, ObservedFigure
from pipelines.transforms.restatements.repeated import repeated
from pipelines.transforms.restatements.steps import Step
from warehouse.vocabulary import Kind, LinkEvidence

Finder = Callable[[Corpus], Iterator[Step]]


def link_restatements(
    observations: Sequence[ObservedFigure], documents: Mapping[str, CitedDocument]
) -> list[Link]:
    """Return one link per figure that repeats another, each to the origin of its chain.

    Equal amounts alone never link: a text names its source, two documents share several
    figures about the same people, a listing has the same id, or one document says it again.
    The links are in the order of the restating ids and do not depend on the order given.
    """
    pay = [figure for figure in observations if figure.kind != Kind.NOT_PAY]
    corpus = survey(sorted(pay, key=lambda figure: figure.observation_id), documents)
    steps = _steps(corpus)
    links = (_link(steps, step) for step in steps.values())
    return sorted(links, key=lambda link: link.restating_observation_id)


def _steps(corpus: Corpus) -> dict[str, Step]:
    """Return at most one step per figure, by the surest of the ways to find one."""
    steps: dict[str, Step] = {}
    _add(steps, _relisted(corpus))
    # An unsigned text that names an organisation may be its own: there the figures speak first.
    by_figures = list(matched(corpus))
    _add(steps, (one for one in by_figures if is_unsigned(corpus.document_of(one.figure))))
    _add(steps, attributed(corpus))
    _add(steps, by_figures)
    _add(steps, carried(corpus, dict(steps)))
    _add(steps, repeated(corpus))
    _add(steps, _converted(corpus, steps))
    return steps


def _add(steps: dict[str, Step], found: Iterable[Step]) -> None:
    for step in found:
        steps.setdefault(step.figure.observation_id, step)


def _relisted(corpus: Corpus) -> Iterator[Step]:
    adverts = [
        read_advert(figure, corpus.values[figure.observation_id], corpus.document_of(figure))
        for figure in corpus.figures
        if corpus.is_advert(figure)
    ]
    for advert, first, words in sightings(adverts):
        yield Step(advert.figure, first.figure, LinkEvidence.SAME_LISTING, words)


def _converted(corpus: Corpus, steps: Mapping[str, Step]) -> list[Step]:
    """Return steps for conversions of figures that come from another document.

    The publisher's own conversion of a repeated figure is no figure of its own, whichever of
    the two the text gives first.
    """
    by_id = {figure.observation_id: figure for figure in corpus.reports}
    found = []
    for one in corpus.reports:
        other = by_id.get(one.equivalent_of or "")
        for figure, twin in ((one, other), (other, one)):
            step = steps.get(twin.observation_id) if figure and twin else None
            if figure and step and origin_of(steps, step).document_id != figure.document_id:
                found.append(step._replace(figure=figure))
    return found


def origin_of(steps: Mapping[str, Step], step: Step) -> ObservedFigure:
    """Return the figure at the end of a chain, which repeats none."""
    following: Step | None = step
    while following is not None:
        step = following
        following = steps.get(step.origin.observation_id)
    return step.origin


def _link(steps: Mapping[str, Step], step: Step) -> Link:
    origin = origin_of(steps, step)
    is_within = step.figure.document_id == origin.document_id
    told = step if is_within else _first_abroad(steps, step)
    change, was, now = change_between(origin, step.figure)
    return Link(
        restating_observation_id=step.figure.observation_id,
        origin_observation_id=origin.observation_id,
        is_within_document=is_within,
        evidence=told.evidence,
        evidence_text=told.words + _through(steps, step),
        change=change,
        changed_from=was,
        changed_to=now,
    )


def _first_abroad(steps: Mapping[str, Step], step: Step) -> Step:
    """Return the first step of a chain that leaves the document."""
    while step.figure.document_id == step.origin.document_id:
        step = steps[step.origin.observation_id]
    return step


def _through(steps: Mapping[str, Step], step: Step) -> str:
    middle = []
    while (following := steps.get(step.origin.observation_id)) is not None:
        middle.append(step.origin.observation_id)
        step = following
    return f" | through {', '.join(middle)}" if middle else ""
