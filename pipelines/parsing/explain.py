"""Why the engine read what it read, as plain data: tokens, rules, weighed cues, refusals."""

from typing import Any, Final

from pipelines.parsing.context import Context
from pipelines.parsing.engine import answer, read_sentence
from pipelines.parsing.kinds import score
from pipelines.parsing.notation import write
from pipelines.parsing.readings import Reading
from pipelines.parsing.tagging import Tokens
from pipelines.parsing.windows import stretches
from pipelines.parsing.words import Entry
from warehouse.vocabulary import Kind

_CLASSES: Final = {1: "number", 2: "word", 3: "sign", 4: "dash", 5: "mark"}
_BOLD, _DIM, _GREEN, _RED, _PLAIN = "\033[1m", "\033[2m", "\033[32m", "\033[31m", "\033[0m"


def explain(
    text: str,
    *,
    country: str | None = None,
    language: str | None = None,
    currency: str | None = None,
) -> dict[str, Any]:
    """Every decision about a text, as dicts and lists that JSON can hold.

    `stretches` has, for each part of the text that was read, its tokens with the facets of the
    lexicon and the cues that were weighed; `readings` has every amount found, accepted or
    refused, with its rule and trace.
    """
    context = Context(text, country, language, currency)
    parts = list(stretches(text))
    found = answer(context, iter(parts), include_all=True)
    return {
        "stretches": [
            _stretch(context, part.start, part.end) for part in parts if not part.is_table
        ],
        "tables": [[part.start, part.end] for part in parts if part.is_table],
        "readings": [_reading(reading) for reading in found],
    }


def _stretch(context: Context, start: int, end: int) -> dict[str, Any]:
    tokens = context.tagged(context.text[start:end])
    found = read_sentence(tokens, context, start)
    return {
        "start": start,
        "end": end,
        "text": context.text[start:end],
        "tokens": [_token(tokens, place) for place in range(len(tokens))],
        "cues": [
            {
                "amount": tokens.text[tokens.starts[one.first] : tokens.ends[one.stop - 1]],
                **cues,
            }
            for one in found
            for cues in _cues(tokens, one)
        ],
    }


def _token(tokens: Tokens, place: int) -> dict[str, Any]:
    entry = tokens.entries[place]
    return {
        "text": tokens.word(place),
        "class": _CLASSES[tokens.kinds[place]],
        "means": {} if entry is None else _facets(entry),
    }


def _facets(entry: Entry) -> dict[str, str]:
    skipped = {"surface", "flags", "languages", "cues"}
    facets = {
        slot: str(getattr(entry, slot))
        for slot in Entry.__slots__
        if slot not in skipped and getattr(entry, slot) is not None
    }
    if entry.money is not None:
        facets["money"] = entry.money.code
    if entry.cues:
        facets["kind"] = " ".join(sorted({str(cue.kind) for cue in entry.cues}))
    return facets


def _cues(tokens: Tokens, one: Any) -> list[dict[str, Any]]:
    scores = score(tokens, one, 0, len(tokens))
    return [
        {"kind": str(cue.kind), "weight": cue.weight, "zone": cue.zone, "word": cue.word}
        for cue in scores.best.values()
    ]


def _reading(reading: Reading) -> dict[str, Any]:
    accepted = reading.kind in {Kind.BASE, Kind.TOTAL}
    return {
        "reads": write(reading),
        "text": reading.matched_text,
        "start": reading.char_start,
        "end": reading.char_end,
        "rule": reading.rule_id,
        "accepted": accepted,
        "refused_as": None if accepted else str(reading.kind),
        "currency_source": _plain(reading.currency_source),
        "period_source": _plain(reading.period_source),
        "equivalent_of": reading.equivalent_of,
        "trace": list(reading.trace),
        "warnings": list(reading.warnings),
    }


def _plain(code: str | None) -> str | None:
    return None if code is None else str(code)


def render(explanation: dict[str, Any], colour: bool) -> str:  # noqa: FBT001 - the command passes it by place
    """An explanation as lines for a person to read."""
    lines: list[str] = []
    for part in explanation["stretches"]:
        lines += _render_stretch(part, colour=colour)
    lines.append(_paint("Readings", _BOLD, colour=colour))
    for number, reading in enumerate(explanation["readings"]):
        lines += _render_reading(number, reading, colour=colour)
    if not explanation["readings"]:
        lines.append("  none: no amount with a currency, a unit or a scale was found")
    return "\n".join(lines) + "\n"


def _render_stretch(part: dict[str, Any], *, colour: bool) -> list[str]:
    lines = [
        _paint(f"[{part['start']}:{part['end']}] {part['text'].strip()}", _BOLD, colour=colour)
    ]
    for token in part["tokens"]:
        if token["means"]:
            meaning = ", ".join(f"{name}={value}" for name, value in token["means"].items())
            lines.append(f"  {token['text']:<22} {_paint(meaning, _DIM, colour=colour)}")
    lines.extend(
        f"  {cue['amount']:<22} {cue['kind']} {cue['weight']:g} ({cue['zone']}: {cue['word']})"
        for cue in part["cues"]
    )
    return lines


def _render_reading(number: int, reading: dict[str, Any], *, colour: bool) -> list[str]:
    tint = _GREEN if reading["accepted"] else _RED
    verdict = "accepted" if reading["accepted"] else f"refused as {reading['refused_as']}"
    lines = [
        f"  {number}. {_paint(reading['reads'], tint, colour=colour)}  {reading['text']!r}",
        f"     {verdict}; rule {reading['rule']}; at {reading['start']}:{reading['end']}",
    ]
    if reading["trace"]:
        lines.append("     " + _paint("; ".join(reading["trace"]), _DIM, colour=colour))
    if reading["warnings"]:
        lines.append("     warnings: " + ", ".join(reading["warnings"]))
    return lines


def _paint(text: str, code: str, *, colour: bool) -> str:
    return f"{code}{text}{_PLAIN}" if colour else text
