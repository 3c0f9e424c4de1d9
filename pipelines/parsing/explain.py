"""Why the engine read what it read, as plain data: tokens, rules, weighed cues, refusals."""

from typing import Any, Final

from pipelines.parsing.context import Context
from pipelines.parsing.engine import linked, read_stretch
from pipelines.parsing.expression import Expression
from pipelines.parsing.lexer import NUM
from pipelines.parsing.notation import write
from pipelines.parsing.readings import Reading
from pipelines.parsing.rules import REGISTERED
from pipelines.parsing.tagging import Tokens
from pipelines.parsing.windows import Stretch, stretches
from pipelines.parsing.words import FACETS, Entry
from warehouse.vocabulary import Kind

Pair = tuple[Expression, Reading]

_CLASSES: Final = {1: "number", 2: "word", 3: "sign", 4: "dash", 5: "mark"}
_BOLD, _DIM, _GREEN, _RED, _PLAIN = "\033[1m", "\033[2m", "\033[32m", "\033[31m", "\033[0m"
_NO_MARK: Final = (
    "no currency mark beside it, and no unit of pay right after it beside a pay word"
)


def explain(
    text: str,
    *,
    country: str | None = None,
    language: str | None = None,
    currency: str | None = None,
) -> dict[str, Any]:
    """Every decision about a text, as dicts and lists that JSON can hold.

    `stretches` has, for each sentence or table that the scan chose, its tokens with what the
    lexicon says of them and the numbers passed over; `unread` counts the characters in which
    the scan saw no sign of an amount. `readings` has every amount found, accepted or refused,
    with its rule, the cues weighed for and against it, the sum for each kind, and its trace.
    """
    context = Context(text, country, language, currency)
    parts = list(stretches(text))
    pairs = [read_stretch(context, part) for part in parts]
    made = [pair for group in pairs for pair in group]
    readings = linked(made, include_all=True)
    return {
        "stretches": [
            _stretch(context, part, group) for part, group in zip(parts, pairs, strict=True)
        ],
        "unread": len(text) - sum(part.end - part.start for part in parts),
        "readings": [
            _reading(one, reading) for (one, _), reading in zip(made, readings, strict=True)
        ],
    }


def _stretch(context: Context, part: Stretch, pairs: list[Pair]) -> dict[str, Any]:
    raw = context.text[part.start : part.end]
    tokens = context.tagged(raw)
    taken = " ".join(reading.matched_text for _, reading in pairs)
    return {
        "start": part.start,
        "end": part.end,
        "text": raw,
        "is_table": part.is_table,
        "language": context.language(tokens),
        "tokens": [_token(tokens, place) for place in range(len(tokens))],
        "passed_over": [
            {"text": tokens.word(place), "because": _why_not(tokens, place)}
            for place, kind in enumerate(tokens.kinds)
            if kind == NUM and tokens.word(place) not in taken
        ],
    }


def _why_not(tokens: Tokens, place: int) -> str:
    """Why a number is no amount, in words."""
    before = tokens.entry(place - 1)
    if "percent" in tokens.roles(place + 1):
        return "a percentage"
    if before is not None and before.label is not None:
        return f"the label {tokens.word(place - 1)!r} numbers something"
    return _NO_MARK


def _token(tokens: Tokens, place: int) -> dict[str, Any]:
    entry = tokens.entries[place]
    return {
        "text": tokens.word(place),
        "class": _CLASSES[tokens.kinds[place]],
        "means": {} if entry is None else _facets(entry),
    }


def _facets(entry: Entry) -> dict[str, str]:
    facets = {
        name: str(getattr(entry, name)) for name in FACETS if getattr(entry, name) is not None
    }
    if entry.money is not None:
        facets["money"] = entry.money.code
    if entry.cues:
        facets["kind"] = " ".join(sorted({str(cue.kind) for cue in entry.cues}))
    if entry.roles:
        facets["grammar"] = " ".join(sorted(entry.roles))
    return facets


def _cues(one: Expression) -> list[dict[str, Any]]:
    """The cues that counted, the heaviest first."""
    if one.scores is None:
        return []
    weighed = sorted(one.scores.best.values(), key=lambda cue: (-cue.weight, cue.place))
    return [
        {"kind": str(cue.kind), "weight": cue.weight, "zone": cue.zone, "word": cue.word}
        for cue in weighed
    ]


def _sums(one: Expression) -> dict[str, float]:
    if one.scores is None:
        return {}
    return {str(kind): total for kind, total in sorted(one.scores.sums.items())}


def _reading(one: Expression, reading: Reading) -> dict[str, Any]:
    accepted = reading.kind in {Kind.BASE, Kind.TOTAL}
    rule = REGISTERED.get(reading.rule_id)
    return {
        "reads": write(reading),
        "text": reading.matched_text,
        "start": reading.char_start,
        "end": reading.char_end,
        "rule": reading.rule_id,
        "rule_says": rule.says if rule is not None else "",
        "accepted": accepted,
        "refused_as": None if accepted else str(reading.kind),
        "cues": _cues(one),
        "sums": _sums(one),
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
        lines.append(
            "  none: no amount of money stands beside a currency mark or a unit of pay"
        )
    if explanation["unread"]:
        note = f"{explanation['unread']} characters show no sign of an amount and were not read"
        lines.append(_paint(note, _DIM, colour=colour))
    return "\n".join(lines)


def _render_stretch(part: dict[str, Any], *, colour: bool) -> list[str]:
    name = "table" if part["is_table"] else part["language"]
    lines = [_paint(f"[{part['start']}:{part['end']}] {name}", _DIM, colour=colour)]
    lines.append(_paint(part["text"].strip(), _BOLD, colour=colour))
    for token in part["tokens"]:
        if token["means"]:
            meaning = ", ".join(f"{name}={value}" for name, value in token["means"].items())
            lines.append(f"  {token['text']:<22} {_paint(meaning, _DIM, colour=colour)}")
    for number in part["passed_over"]:
        reason = f"passed over: {number['because']}"
        lines.append(f"  {number['text']:<22} {_paint(reason, _DIM, colour=colour)}")
    return lines


def _render_reading(number: int, reading: dict[str, Any], *, colour: bool) -> list[str]:
    tint = _GREEN if reading["accepted"] else _RED
    verdict = "accepted" if reading["accepted"] else f"refused as {reading['refused_as']}"
    lines = [
        f"  {number}. {_paint(reading['reads'], tint, colour=colour)}  {reading['text']!r}",
        f"     {verdict}; at {reading['start']}:{reading['end']}",
        f"     rule {reading['rule']}: {reading['rule_says']}",
    ]
    lines.extend(
        f"     {cue['weight']:>4g} for {cue['kind']}: {cue['word']!r} ({cue['zone']})"
        for cue in reading["cues"]
    )
    if reading["sums"]:
        sums = ", ".join(f"{kind} {total:g}" for kind, total in reading["sums"].items())
        lines.append(f"     in all: {sums}")
    if reading["trace"]:
        lines.append("     " + _paint("; ".join(reading["trace"]), _DIM, colour=colour))
    if reading["equivalent_of"] is not None:
        lines.append(f"     the same pay as {reading['equivalent_of']}, said again")
    if reading["warnings"]:
        lines.append("     warnings: " + ", ".join(reading["warnings"]))
    return lines


def _paint(text: str, code: str, *, colour: bool) -> str:
    return f"{code}{text}{_PLAIN}" if colour else text
