"""Ask one package for the money in each text: `python adapters.py NAME < texts > answers`.

Runs in the virtual environment of that package and imports nothing of this repository, except
for the engine's own two adapters. A line of the input is `{id, text, language, country}`. The
first line of the output is `{version}`, every further one
`{id, found: [{min, max, currency, period}], seconds, error}`: amounts are strings or null, a
currency is an ISO code or the sign the package leaves undecided, and `seconds` is the processor
time of the best of several warm rounds.

An adapter calls its package the way its own documentation does, and takes from the answer all
that it says:

- quantulum3: without its classifier. It answers a range with its middle and half its width, so
  both ends are taken back from that. Amounts without a currency (years, counts) are left out.
  A time of 1 that follows an amount at once ("a year") is taken for its period.
- price-parser: one call for a text. A number it finds no currency for is left out: that costs
  a little recall and spares it many false alarms.
- JobSpy: `extract_salary` of the last release that has it, on the whole text.
- Recognizers-Text: the model of currencies in the culture of the text's language if there is
  one, else in English.
"""

import contextlib
import json
import sys
import time
from collections.abc import Callable, Iterable
from decimal import Decimal
from importlib.metadata import version
from itertools import pairwise
from typing import Any, Final, NamedTuple

_ROUNDS: Final = 3
_CENTS: Final = {"cent": "$", "penny": "\u00a3"}
_CENT_UNITS: Final = ("Cent", "Centime", "Centavo", "C\u00e9ntimo", "Penny", "Pence")
_TIMES: Final = ("minute", "hour", "day", "week", "month", "year")
_JOBSPY_PERIODS: Final = {
    "hourly": "hour",
    "daily": "day",
    "weekly": "week",
    "monthly": "month",
    "yearly": "year",
}
_CULTURES: Final = {
    "en": "en-us",
    "es": "es-es",
    "fr": "fr-fr",
    "pt": "pt-br",
    "zh": "zh-cn",
}


class Found(NamedTuple):
    """One amount, as a package states it."""

    min: Decimal | None
    max: Decimal | None
    currency: str | None
    period: str | None


class Query(NamedTuple):
    """A text, and what is known of it beforehand."""

    text: str
    language: str
    country: str | None


Adapter = Callable[[Query], Iterable[Found]]


def quantulum3() -> Adapter:
    from quantulum3 import load, parser

    codes = {
        name: unit.currency_code
        for name, unit in load.units("en_US").names.items()
        if unit.entity.name == "currency"
    }

    def find(query: Query) -> Iterable[Found]:
        for one, following in pairwise([*parser.parse(query.text), None]):
            money = _quantulum_money(one, codes)
            # A unit without a code that is no cent is a misreading ("5 pm CT" as centavos).
            if money and money[1]:
                name, sign = money
                period = _quantulum_period(one) or _quantulum_next(one, following)
                divisor = 100 if name in _CENTS else 1
                half = one.uncertainty or 0
                low, high = one.value - half, one.value + half
                yield Found(_decimal(low / divisor), _decimal(high / divisor), sign, period)

    return find


def _quantulum_money(
    quantity: Any, codes: dict[str, str | None]
) -> tuple[str, str | None] | None:
    """The currency among the dimensions of a quantity: its name, and its sign or code."""
    for dimension in quantity.unit.dimensions:
        name = dimension["base"]
        if name in codes and dimension["power"] == 1:
            surface = dimension.get("surface") or quantity.surface
            # These signs have several currencies, of which the package names one at random.
            shared = next((sign for sign in ("$", "\u00a5") if sign in surface), None)
            shared = "$" if name == "dollar" else shared
            return name, shared or codes[name] or _CENTS.get(name)
    return None


def _quantulum_period(quantity: Any) -> str | None:
    """The time by which a quantity is divided."""
    divisors = [one["base"] for one in quantity.unit.dimensions if one["power"] == -1]
    return next((name for name in divisors if name in _TIMES), None)


def _quantulum_next(quantity: Any, following: Any) -> str | None:
    """The time in the quantity that follows at once, as in "$68k a year"."""
    is_period = (
        following is not None
        and following.value == 1
        and following.unit.name in _TIMES
        and following.span[0] - quantity.span[1] <= 1
    )
    return str(following.unit.name) if is_period else None


def price_parser() -> Adapter:
    from price_parser import Price

    def find(query: Query) -> Iterable[Found]:
        price = Price.fromstring(query.text)
        if price.amount is not None and price.currency:
            yield Found(price.amount, price.amount, price.currency, None)

    return find


def jobspy() -> Adapter:
    from jobspy.util import extract_salary

    def find(query: Query) -> Iterable[Found]:
        interval, low, high, currency = extract_salary(query.text)
        if low is not None:
            period = _JOBSPY_PERIODS.get(interval)
            yield Found(_decimal(low), _decimal(high), currency, period)

    return find


def recognizers_text() -> Adapter:
    from recognizers_number_with_unit import NumberWithUnitRecognizer

    models = {
        culture: NumberWithUnitRecognizer(culture).get_currency_model(culture)
        for culture in _CULTURES.values()
    }

    def find(query: Query) -> Iterable[Found]:
        for result in models[_CULTURES.get(query.language, "en-us")].parse(query.text):
            answer = result.resolution
            if answer and answer.get("value"):
                unit = answer["unit"]
                # Written as the culture writes it: a decimal comma in Spanish.
                value = Decimal(answer["value"].replace(",", "."))
                amount = value / (100 if unit in _CENT_UNITS else 1)
                yield Found(amount, amount, answer.get("isoCurrency") or unit, None)

    return find


def engine(*, include_all: bool = False) -> Adapter:
    from pipelines.parsing.engine import read

    def find(query: Query) -> Iterable[Found]:
        for one in read(query.text, country=query.country, include_all=include_all):
            if one.amount_min is not None or one.amount_max is not None:
                yield Found(one.amount_min, one.amount_max, one.currency, one.pay_period)

    return find


def engine_with_all() -> Adapter:
    return engine(include_all=True)


ADAPTERS: Final[dict[str, Callable[[], Adapter]]] = {
    "engine": engine,
    "engine-with-all": engine_with_all,
    "quantulum3": quantulum3,
    "price-parser": price_parser,
    "python-jobspy": jobspy,
    "recognizers-text-suite": recognizers_text,
}


def _decimal(number: float) -> Decimal:
    """A float as the decimal that was meant; halves of ranges leave noise in the last place."""
    return Decimal(repr(round(number, 6)))


def _answer(adapter: Adapter, query: Query) -> tuple[list[Found], str | None]:
    """What a package finds; an error it raises is an empty answer, and is counted."""
    try:
        return list(adapter(query)), None
    except Exception as error:  # noqa: BLE001 - whatever a package raises
        return [], f"{type(error).__name__}: {error}"


def _seconds(adapter: Adapter, query: Query) -> float:
    """Processor time, which other work on the machine disturbs less than the clock."""
    start = time.process_time()
    _answer(adapter, query)
    return time.process_time() - start


def _written(found: Found) -> dict[str, str | None]:
    return {
        name: None if value is None else str(value) for name, value in found._asdict().items()
    }


def _version(name: str) -> str:
    if name.startswith("engine"):
        from pipelines.parsing.version import PARSER_VERSION

        return PARSER_VERSION
    return version(name)


def main(name: str) -> None:
    rows = [json.loads(line) for line in sys.stdin]
    queries = [Query(row["text"], row["language"], row["country"]) for row in rows]
    # What a package prints must not get between the answers.
    with contextlib.redirect_stdout(sys.stderr):
        adapter = ADAPTERS[name]()
        answers = [_answer(adapter, query) for query in queries]
        rounds = [[_seconds(adapter, query) for query in queries] for _ in range(_ROUNDS)]
    best = min(rounds, key=sum) if queries else []
    print(json.dumps({"version": _version(name)}))
    for row, (found, error), seconds in zip(rows, answers, best, strict=True):
        written = [_written(one) for one in found]
        print(
            json.dumps({"id": row["id"], "found": written, "seconds": seconds, "error": error})
        )


if __name__ == "__main__":
    main(sys.argv[1])
