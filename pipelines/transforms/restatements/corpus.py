"""All figures of a run in the order of origin, with what links are looked up by."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from pipelines.transforms.restatements.attribution import (
    WEB_ADDRESS,
    credits_in,
    declared_credits,
    document_credits,
    document_name,
    stands_for,
    with_agencies,
)
from pipelines.transforms.restatements.listings import is_advert, read_address
from pipelines.transforms.restatements.names import (
    TITLE_WORDS,
    TOKEN,
    NameBook,
    add_publishers,
    organisation_of,
    publisher_names,
    shipped_book,
)
from pipelines.transforms.restatements.order import nearest_first
from pipelines.transforms.restatements.records import CitedDocument, ObservedFigure
from pipelines.transforms.restatements.subjects import common_stems, stems
from pipelines.transforms.restatements.values import Value, ends, rounded, value_of

Place = tuple[int, int, int, str]
Key = tuple[str, Value]


@dataclass(slots=True)
class Corpus:
    """The figures of a run, the nearest to the origin first, and their indexes.

    A report figure stands in a text or a curated row, not in a posting of a list; only those
    restate by attribution or by matching figures. `published` finds figures by the organisation
    whose publication they stand in, `credited` by the sources their document names.
    """

    documents: Mapping[str, CitedDocument]
    figures: list[ObservedFigure]
    values: dict[str, Value]
    places: dict[str, int]
    credits: dict[str, Mapping[str, str]]
    declared: dict[str, frozenset[str]]
    figure_credits: dict[str, Mapping[str, str]]
    reports: list[ObservedFigure] = field(default_factory=list)
    published: dict[Key, list[ObservedFigure]] = field(default_factory=dict)
    credited: dict[Key, list[ObservedFigure]] = field(default_factory=dict)
    loosely: dict[Key, list[ObservedFigure]] = field(default_factory=dict)
    by_value: dict[Value, dict[str, list[ObservedFigure]]] = field(default_factory=dict)
    common: frozenset[str] = frozenset()

    def document_of(self, figure: ObservedFigure) -> CitedDocument:
        """Return the document of a figure; one that was not given has nothing but its id."""
        return self.documents.get(figure.document_id) or CitedDocument(figure.document_id)

    def place_of(self, figure: ObservedFigure) -> Place:
        """Return where a figure stands in the order of origin; links only go to a lower one."""
        return (
            self.places[figure.document_id],
            figure.page_number or 0,
            -1 if figure.char_start is None else figure.char_start,
            figure.observation_id,
        )

    def is_advert(self, figure: ObservedFigure) -> bool:
        """Return whether a figure is the rate of a posting."""
        return is_advert(figure, self.documents.get(figure.document_id))

    def shared_words(self, one: ObservedFigure, other: ObservedFigure) -> frozenset[str]:
        """Return the rare words that name the people of one figure and stand near the other."""
        shared = (_named(one) & _around(other)) | (_named(other) & _around(one))
        return shared - self.common


def _named(figure: ObservedFigure) -> frozenset[str]:
    return _stems(figure.subject_text or figure.nearby_text)


def _around(figure: ObservedFigure) -> frozenset[str]:
    return _stems(figure.subject_text) | _stems(figure.nearby_text)


@lru_cache(maxsize=65536)
def _stems(text: str | None) -> frozenset[str]:
    return stems(text)


def survey(
    observations: Iterable[ObservedFigure], documents: Mapping[str, CitedDocument]
) -> Corpus:
    """Return the corpus of a run: who names whom, the order of origin, and the indexes."""
    values = {
        figure.observation_id: value
        for figure in observations
        if (value := value_of(figure)) is not None
    }
    figures = [figure for figure in observations if figure.observation_id in values]
    used = dict.fromkeys(figure.document_id for figure in figures)
    known = {name: documents.get(name) or CitedDocument(name) for name in used}
    reports = [figure for figure in figures if figure.posting_id is None or figure.attribution]
    told = [known[name] for name in dict.fromkeys(figure.document_id for figure in reports)]
    book = _book(known, told)
    corpus = Corpus(
        documents=known,
        figures=figures,
        values=values,
        places={},
        credits={one.document_id: _credits_of(one, book) for one in told},
        declared={doc.document_id: _declared(doc) for doc in told},
        figure_credits={f.observation_id: _figure_credits(f, book) for f in reports},
        reports=reports,
    )
    corpus.places = _order(corpus)
    corpus.figures.sort(key=corpus.place_of)
    corpus.reports.sort(key=corpus.place_of)
    _index(corpus)
    return corpus


def _book(known: Mapping[str, CitedDocument], told: Sequence[CitedDocument]) -> NameBook:
    book = shipped_book()
    publishers = dict.fromkeys(document.publisher for document in known.values())
    names = dict.fromkeys(name for line in publishers for name in publisher_names(line))
    add_publishers(book, sorted(names))
    held: dict[str, list[str]] = {}
    for document in told:
        held.setdefault(title_key(document.title), []).append(document.document_id)
    for title, holders in held.items():
        # Copies share a title; none of them cites the other by bearing it.
        if len(holders) == 1:
            book.add_title(title, document_name(holders[0]))
    return book


def title_key(title: str | None) -> str:
    """Return the words of a title in small letters."""
    return " ".join(word.lower() for word in TOKEN.findall(title or ""))


def _credits_of(document: CitedDocument, book: NameBook) -> Mapping[str, str]:
    found = dict(document_credits(document, book))
    for match in WEB_ADDRESS.finditer(document.text or ""):
        name = _address_name(match.group())
        if name and name != _address_name(document.url):
            found.setdefault(name, match.group())
    return found


def _declared(document: CitedDocument) -> frozenset[str]:
    found = {credit.org_id: credit.words for credit in declared_credits(document)}
    return frozenset(with_agencies(found))


def _figure_credits(figure: ObservedFigure, book: NameBook) -> Mapping[str, str]:
    """Return the sources named for one figure, by its curated row or by the words nearby."""
    found: dict[str, str] = {}
    if figure.attribution:
        named = [mention.org_id for mention in book.mentions(figure.attribution)]
        for name in named or [organisation_of(figure.attribution)]:
            found.setdefault(name, figure.attribution)
    for org_id, words in credits_in(figure.nearby_text or "", book):
        found.setdefault(org_id, words)
    return with_agencies(found)


@lru_cache(maxsize=4096)
def _address_name(url: str | None) -> str | None:
    address = read_address(url) if url else None
    return None if address is None else f"address {address.host}{address.path}"


def names_of(document: CitedDocument) -> tuple[str, ...]:
    """Return all names a document may be cited by: publisher, title and address."""
    names = [*stands_for(document), document_name(document.document_id)]
    address = _address_name(document.url)
    return (*names, address) if address else tuple(names)


def copy_names(document: CitedDocument) -> tuple[str, ...]:
    """Return what two copies of one publication have in common: its address, its title."""
    title = title_key(document.title)
    named = f"title {title}" if title.count(" ") >= TITLE_WORDS - 1 else None
    return tuple(name for name in (_address_name(document.url), named) if name)


def _order(corpus: Corpus) -> dict[str, int]:
    wanted = _credited_names(corpus)
    holders: dict[Key, set[str]] = {}
    for figure in corpus.reports:
        for name in names_of(corpus.document_of(figure)):
            if name in wanted:
                key = (name, corpus.values[figure.observation_id])
                holders.setdefault(key, set()).add(figure.document_id)
    cited: dict[str, set[str]] = {}
    for figure in corpus.reports:
        value = corpus.values[figure.observation_id]
        own = stands_for(corpus.document_of(figure))
        for name in credits_of(corpus, figure):
            if name not in own:
                cited.setdefault(figure.document_id, set()).update(
                    holders.get((name, value), ())
                )
    for citing, sources in cited.items():
        sources.discard(citing)
    naming = frozenset(name for name, found in corpus.credits.items() if found)
    return nearest_first(corpus.documents.values(), cited, naming)


def credits_of(corpus: Corpus, figure: ObservedFigure) -> dict[str, str]:
    """Return the sources named for a figure, its own words first, then its document's."""
    near = corpus.figure_credits.get(figure.observation_id, {})
    return {
        **near,
        **{k: v for k, v in corpus.credits[figure.document_id].items() if k not in near},
    }


def _index(corpus: Corpus) -> None:
    """Fill the indexes; figures come in order, so every list starts nearest the origin."""
    credited = _credited_names(corpus)
    told = dict.fromkeys(figure.document_id for figure in corpus.reports)
    wanted = credited.union(*(stands_for(corpus.documents[name]) for name in told))
    names = {
        document_id: [name for name in names_of(document) if name in wanted]
        for document_id, document in corpus.documents.items()
    }
    for figure in corpus.figures:
        for name in names[figure.document_id]:
            key = (name, corpus.values[figure.observation_id])
            corpus.published.setdefault(key, []).append(figure)
    for figure in corpus.reports:
        _index_report(corpus, figure, credited)
    words: dict[str, frozenset[str]] = {}
    for figure in corpus.reports:
        words[figure.document_id] = words.get(figure.document_id, frozenset()) | _around(figure)
    corpus.common = common_stems(words.values(), len(words))


def _index_report(corpus: Corpus, figure: ObservedFigure, credited: Collection[str]) -> None:
    value = corpus.values[figure.observation_id]
    for name in credits_of(corpus, figure):
        corpus.credited.setdefault((name, value), []).append(figure)
    for name in names_of(corpus.document_of(figure)):
        if name in credited:
            for near in dict.fromkeys((value, *rounded(value), *ends(value))):
                corpus.loosely.setdefault((name, near), []).append(figure)
    holders = corpus.by_value.setdefault(value, {})
    holders.setdefault(figure.document_id, []).append(figure)


def _credited_names(corpus: Corpus) -> set[str]:
    found = (*corpus.credits.values(), *corpus.figure_credits.values())
    return {name for named in found for name in named}
