"""The registered sources: what is true about each, from one YAML file per source.

Code says how to fetch; these files say what, from whom, on which terms. They are checked by
name and by type when they load.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from sources.errors import RegistryError, unmet

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
CountryCode = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
LanguageCode = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")]
CurrencyCode = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]


class Declaration(BaseModel):
    """A part of a registry file: no unknown key, no silent conversion, never changed."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Publisher(Declaration):
    """Who publishes what the source delivers."""

    name: str
    url: str | None = None


class Config(Declaration):
    """Where the connector finds the documents, below the folder it looks in."""

    path: str | None = None


class Terms(Declaration):
    """On which terms the documents may be used, and who must be named."""

    url: str | None = None
    checked_on: date
    licence: str | None = None
    attribution: str | None = None
    redistribution: Literal["full_text", "derived_facts"]

    @property
    def may_show_text(self) -> bool:
        """Return whether the texts themselves may be published."""
        return self.redistribution == "full_text"


class Defaults(Declaration):
    """What holds for a document of this source unless the document says otherwise."""

    country: CountryCode | None = None
    currency: CurrencyCode | None = None
    language: LanguageCode | None = None
    evidence_kind: str | None = None
    text_origin: Literal["verbatim", "restated_by_us"] = "verbatim"
    platform: str | None = None


class Span(Declaration):
    """The least and the most that is expected; a missing end is open."""

    min: float | None = None
    max: float | None = None


class SaidPay(Declaration):
    """What the contract of a board says of its pay fields, where its records do not."""

    currency: CurrencyCode | None = None
    unit: str | None = None


class PayColumns(Declaration):
    """The columns that hold pay: text that people read, or numbers with their unit beside them.

    `point` is a lone amount. `each` names lists of records, each with pay of its own in the
    other columns. `unit_codes` has what the board's own codes stand for. `estimate_when` and
    `default_currency_when` name a column and the value that means: nobody who pays states the
    amount; the currency was filled in by the exporting program.
    """

    text: tuple[str, ...] = ()
    min: tuple[str, ...] = ()
    max: tuple[str, ...] = ()
    point: tuple[str, ...] = ()
    currency: tuple[str, ...] = ()
    unit: tuple[str, ...] = ()
    title: tuple[str, ...] = ()
    pays_for: tuple[str, ...] = ()
    each: tuple[str, ...] = ()
    says: SaidPay = SaidPay()
    unit_codes: dict[str, str] = Field(default_factory=dict)
    estimate_when: dict[str, str] = Field(default_factory=dict)
    default_currency_when: dict[str, str] = Field(default_factory=dict)


class Constants(Declaration):
    """What holds for every row of files of this form."""

    platform: str | None = None
    employer: str | None = None
    country_code: CountryCode | None = None
    language_code: LanguageCode | None = None


class Columns(Declaration):
    """The columns of a posting's attributes; of several names the first there counts."""

    title: tuple[str, ...] = ()
    employer: tuple[str, ...] = ()
    platform: tuple[str, ...] = ()
    location: tuple[str, ...] = ()
    department: tuple[str, ...] = ()
    engagement: tuple[str, ...] = ()
    requirements: tuple[str, ...] = ()
    description: tuple[str, ...] = ()
    url: tuple[str, ...] = ()
    requisition_id: tuple[str, ...] = ()
    is_remote: tuple[str, ...] = ()
    posted_date: tuple[str, ...] = ()
    first_seen_at: tuple[str, ...] = ()
    last_seen_at: tuple[str, ...] = ()
    country_code: tuple[str, ...] = ()
    language_code: tuple[str, ...] = ()


class ColumnMap(Declaration):
    """How one form of posting table is read.

    A file has this form when, of each group in `identified_by`, one column is there. In JSON
    `salary.min` is the `min` of the object `salary`. `kept` are columns handed on as they are;
    all others are left alone.
    """

    name: Slug
    identified_by: tuple[tuple[str, ...], ...] = Field(min_length=1)
    columns: Columns
    pay: PayColumns = PayColumns()
    constants: Constants = Constants()
    kept: tuple[str, ...] = ()


class Source(Declaration):
    """One registered source; its id is permanent and part of every published row."""

    id: Slug
    title: str
    publisher: Publisher | None = None
    connector: Literal["folder", "bundled", "curated"]
    enabled: bool = True
    config: Config = Config()
    terms: Terms
    cadence: Literal["on_demand", "daily", "weekly", "monthly"]
    defaults: Defaults = Defaults()
    expect: dict[str, Span] = Field(default_factory=dict)
    notes: str | None = None
    column_maps: tuple[ColumnMap, ...] = ()
    column_maps_from: Slug | None = None


def load_registry(folder: Path | None = None) -> tuple[Source, ...]:
    """Return every registered source, by id.

    Args:
        folder: Where the YAML files are; the ones that come with the code if not given.

    Raises:
        RegistryError: A file has a wrong key or value; says which, what it may be, what it is.
    """
    return _own_registry() if folder is None else _load_all(folder)


@cache
def _own_registry() -> tuple[Source, ...]:
    """Return the sources that come with the code; the files are read once in a process."""
    return _load_all(files("sources").joinpath("registered"))


def _load_all(place: Traversable) -> tuple[Source, ...]:
    found: dict[str, Source] = {}
    for file in sorted(place.iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(".yml"):
            source = _load(file)
            found[source.id] = source
    return tuple(_with_maps(found[name], found) for name in sorted(found))


def _with_maps(source: Source, found: dict[str, Source]) -> Source:
    """Return a source with the column maps that it borrows from another."""
    if source.column_maps_from is None:
        return source
    lender = found.get(source.column_maps_from)
    if lender is None:
        where, got = f"{source.id}.yml: column_maps_from", repr(source.column_maps_from)
        raise RegistryError(unmet(where, f"one of {', '.join(found)}", got))
    return source.model_copy(update={"column_maps": source.column_maps + lender.column_maps})


def _load(file: Traversable) -> Source:
    try:
        content = yaml.safe_load(file.read_text("utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as problem:
        message = unmet(file.name, "YAML", " ".join(str(problem).split()))
        raise RegistryError(message) from None
    if not isinstance(content, dict):
        raise RegistryError(unmet(file.name, "keys and values", type(content).__name__))
    try:
        source = Source.model_validate(_frozen(content))
    except ValidationError as problem:
        raise RegistryError("\n".join(_complaints(file.name, problem))) from None
    if file.name != f"{source.id}.yml":
        called = repr(file.name.removesuffix(".yml"))
        raise RegistryError(unmet(f"{file.name}: id", f"{called}, its name", repr(source.id)))
    return source


def _frozen(value: Any) -> Any:
    """Return lists as tuples, which is what the declarations hold."""
    if isinstance(value, list):
        return tuple(_frozen(item) for item in value)
    if isinstance(value, dict):
        return {key: _frozen(item) for key, item in value.items()}
    return value


def _complaints(file_name: str, problem: ValidationError) -> Iterator[str]:
    for error in problem.errors():
        where = f"{file_name}: {'.'.join(str(part) for part in error['loc'])}"
        if error["type"] == "extra_forbidden":
            yield unmet(where, f"one of {_siblings(error['loc'])}", "an unknown key")
        elif error["type"] == "missing":
            yield unmet(where, "a value", "nothing")
        else:
            yield unmet(
                where, error["msg"].removeprefix("Input should be "), repr(error["input"])
            )


def _siblings(place: Iterable[int | str]) -> str:
    """Return the keys that are allowed where an unknown one stands."""
    model: Any = Source
    for part in list(place)[:-1]:
        if isinstance(part, str):
            model = _model_of(model.model_fields[part].annotation)
    return ", ".join(model.model_fields)


def _model_of(annotation: Any) -> Any:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    inner = (_model_of(part) for part in getattr(annotation, "__args__", ()))
    return next((model for model in inner if model is not None), None)
