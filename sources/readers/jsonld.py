"""The schema.org JobPosting blocks of a page, as pages really send them, to postings.

The contract is https://schema.org/JobPosting; what deviates from it without doubt is accepted.
`baseSalary` is what the employer offers. `estimatedSalary` is nobody's offer: it is handed on
as an estimate, each figure of a distribution under its name.
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from sources.documents import PayField, RawPosting
from sources.readers.markup import text_of_fragment
from sources.readers.values import amount, day, pay_in_words, truth, words

Node = dict[str, Any]

# Where other nodes stand within a node.
WITHIN = ("@graph", "mainEntity", "itemListElement", "item")
DEEPEST = 20

WRAPPINGS = re.compile(r"^\s*(?://\s*)?(?:<!--|<!\[CDATA\[)|(?://\s*)?(?:-->|\]\]>)\s*$|;\s*$")
COMMENTS_AND_STRINGS = re.compile(r'("(?:[^"\\]|\\.)*")|/\*.*?\*/|//[^\n]*', re.DOTALL)
COMMAS_AND_STRINGS = re.compile(r'("(?:[^"\\]|\\.)*")|,(?=\s*[}\]])', re.DOTALL)
COUNTRY_CODE = re.compile("[A-Z]{2}")


@dataclass(frozen=True, slots=True)
class FoundPosting:
    """A posting, and the text of its own description."""

    posting: RawPosting
    description: str


def load_lenient(text: str) -> Any:
    """Return the value of JSON that may have comments, wrappings or a comma too many.

    Raises:
        ValueError: Nothing helps.
    """
    for repair in REPAIRS:
        text = repair(text)
        try:
            return json.loads(text, strict=False, parse_float=Decimal)
        except RecursionError:
            break
        except ValueError:
            continue
    message = "expected JSON; got something else"
    raise ValueError(message)


def _unwrapped(text: str) -> str:
    while (shorter := WRAPPINGS.sub("", text)) != text:
        text = shorter
    return COMMENTS_AND_STRINGS.sub(lambda found: found[1] or "", text)


REPAIRS = (
    str.strip,
    _unwrapped,
    lambda text: COMMAS_AND_STRINGS.sub(lambda found: found[1] or "", text),
    lambda text: text.replace("\\'", "'"),
)


def nodes_of(value: Any, path: str = "$", depth: int = 0) -> Iterator[tuple[str, Node]]:
    """Yield every node of a value with its path, the outer before the inner."""
    if isinstance(value, list):
        for place, item in enumerate(value):
            yield from nodes_of(item, f"{path}[{place}]", depth + 1)
    if isinstance(value, dict) and depth < DEEPEST:
        yield path, value
        for name in WITHIN:
            if name in value:
                yield from nodes_of(value[name], f"{path}.{name}", depth + 1)


def is_a(node: Node, kind: str) -> bool:
    """Return whether a node is of a kind, whatever prefix and case its type is written in."""
    kinds = _listed(node.get("@type"))
    return any(re.split("[/:#]", str(one))[-1].lower() == kind.lower() for one in kinds)


def postings_in(blocks: Iterable[tuple[str, Any]], page_number: int) -> list[FoundPosting]:
    """Return the postings of the blocks of a page, given with the path of each."""
    return [
        posting_of(node, path, page_number)
        for root, block in blocks
        for path, node in nodes_of(block, root)
        if is_a(node, "JobPosting")
    ]


def posting_of(node: Node, path: str, page_number: int) -> FoundPosting:
    """Return a JobPosting node as a posting."""
    organisation = _first(node.get("hiringOrganization"))
    posting = RawPosting(
        page_number=page_number,
        path=path,
        url=words(node.get("url")),
        requisition_id=_named(_first(node.get("identifier")), "value"),
        title=words(node.get("title")),
        employer=_named(organisation, "name"),
        location=_joined(_places(node)),
        department=_joined(_texts(node, "occupationalCategory", "industry")),
        engagement=_joined(_texts(node, "employmentType")),
        requirements=_joined(_texts(node, *REQUIREMENTS)),
        is_remote=truth("yes" if "TELECOMMUTE" in _texts(node, "jobLocationType") else None),
        posted_date=day(words(node.get("datePosted"))),
        country_code=_country(node),
        pay_fields=tuple(_pay_of(node, path)),
    )
    description = text_of_fragment(words(node.get("description")) or "")
    return FoundPosting(posting, description)


REQUIREMENTS = ("educationRequirements", "experienceRequirements", "qualifications", "skills")


def published_on(blocks: Iterable[tuple[str, Any]]) -> date | None:
    """Return the day on which a page says that it was published."""
    for root, block in blocks:
        for _, node in nodes_of(block, root):
            found = day(words(node.get("datePublished"))) or day(words(node.get("datePosted")))
            if found:
                return found
    return None


# The names of amounts: of a salary, and of a price, which schema.org allows in its place.
LOWEST = ("minValue", "minPrice")
HIGHEST = ("maxValue", "maxPrice")
ALONE = ("value", "price")
UNITS = ("unitText", "unitCode", "duration")
FIGURES = re.compile(r"median|percentile\d{1,2}")


def _pay_of(node: Node, path: str) -> Iterator[PayField]:
    """Yield the pay that a posting states, and then what somebody estimates."""
    for name in ("baseSalary", "estimatedSalary"):
        is_estimate = name == "estimatedSalary"
        for where, salary in _placed(node.get(name), f"{path}.{name}"):
            outer = salary if isinstance(salary, dict) else {"value": salary}
            for field in _amounts(outer, node, where):
                yield replace(field, is_estimate=is_estimate)


def _placed(value: Any, path: str) -> Iterator[tuple[str, Any]]:
    """Yield a value with its path, or each of a list of values."""
    if isinstance(value, list):
        yield from ((f"{path}[{place}]", item) for place, item in enumerate(value))
    elif value is not None:
        yield path, value


def _amounts(outer: Node, node: Node, path: str) -> Iterator[PayField]:
    """Yield the amounts of a salary; they stand in `value` as they should, or in itself."""
    inner = list(_placed(outer.get("value"), f"{path}.value"))
    things = [(where, value) for where, value in inner if isinstance(value, dict)]
    if len(inner) > 1 and not things:
        things = [(where, {"value": value}) for where, value in inner]
    for where, value in things or [(path, {})]:
        held = outer | value
        currency = next(filter(None, map(words, _currencies(outer, value, node))), None)
        unit = next(filter(None, (words(held.get(name)) for name in UNITS)), None)
        named = PayField(where, None, None, currency, unit, words(held.get("name")))
        yield from _figures(held, named)
        said = [_value(held, names) for names in (LOWEST, HIGHEST, ALONE)]
        yield from _stated(said, named)


def _value(held: Node, names: Sequence[str]) -> Any:
    """Return the value under the first name there; a list of one is that one."""
    found = next((held[name] for name in names if held.get(name) is not None), None)
    return _first(found) if isinstance(found, list) else found


def _stated(said: Sequence[Any], named: PayField) -> Iterator[PayField]:
    """Yield lower, upper and lone amount as one field: in numbers, or as they are worded."""
    low, high, point = map(amount, said)
    if any(map(pay_in_words, said)):
        spoken = [words(value) for value in said if amount(value) or pay_in_words(value)]
        yield replace(named, text=" - ".join(filter(None, spoken)))
    elif low or high or point:
        yield replace(named, amount_min=low or point, amount_max=high or point)


def _figures(held: Node, named: PayField) -> Iterator[PayField]:
    """Yield the figures of a distribution (schema.org/QuantitativeValueDistribution)."""
    for name, value in held.items():
        figure = amount(value) if FIGURES.fullmatch(name) else None
        if figure:
            where = f"{named.path}.{name}"
            yield replace(
                named, path=where, amount_min=figure, amount_max=figure, statistic=name
            )


def _currencies(outer: Node, inner: Node, node: Node) -> Iterator[Any]:
    yield inner.get("currency")
    yield outer.get("currency")
    yield node.get("salaryCurrency")
    yield outer.get("priceCurrency")


def _places(node: Node) -> Iterator[str | None]:
    for place in [*_listed(node.get("jobLocation")), *_listed(_applicants(node))]:
        address = place.get("address") if isinstance(place, dict) else place
        if isinstance(address, dict):
            parts = ("addressLocality", "addressRegion", "addressCountry")
            yield _joined(_named(address.get(part), "name") for part in parts)
        else:
            yield words(address) or _named(place, "name")


def _applicants(node: Node) -> Any:
    return node.get("applicantLocationRequirements")


def _country(node: Node) -> str | None:
    """Return the country of the work, when one code is given and no other."""
    found = set()
    for place in [*_listed(node.get("jobLocation")), *_listed(_applicants(node))]:
        address = place.get("address") if isinstance(place, dict) else None
        country = address.get("addressCountry") if isinstance(address, dict) else place
        found.add(_named(country, "name") or "")
    code = found.pop() if len(found) == 1 else ""
    return code if COUNTRY_CODE.fullmatch(code) else None


def _texts(node: Node, *names: str) -> list[str]:
    """Return the texts of some properties, each a text, a named thing or a list of either."""
    values = [value for name in names for value in _listed(node.get(name))]
    found = [_named(value, "name") or _named(value, "credentialCategory") for value in values]
    return [text_of_fragment(text) for text in found if text]


def _named(value: Any, name: str) -> str | None:
    """Return a value that is a text, or the named text of one that is a thing."""
    return words(value.get(name)) if isinstance(value, dict) else words(value)


def _first(value: Any) -> Any:
    return next(iter(_listed(value)), None)


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _joined(parts: Iterable[str | None]) -> str | None:
    return ", ".join(dict.fromkeys(part for part in parts if part)) or None
