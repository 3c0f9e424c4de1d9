"""The date a figure is said to hold for, from words only; never from the clock."""

import re
from datetime import date
from typing import NamedTuple

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("january", "jan", "enero", "janeiro", "janvier", "januar"),
            ("february", "feb", "febrero", "fevereiro", "février", "februar"),
            ("march", "mar", "marzo", "março", "mars", "märz"),
            ("april", "apr", "abril", "avril"),
            ("may", "mayo", "maio", "mai"),
            ("june", "jun", "junio", "junho", "juin", "juni"),
            ("july", "jul", "julio", "julho", "juillet", "juli"),
            ("august", "aug", "agosto", "août"),
            ("september", "sept", "sep", "septiembre", "setembro", "septembre"),
            ("october", "oct", "octubre", "outubro", "octobre", "oktober"),
            ("november", "nov", "noviembre", "novembro", "novembre"),
            ("december", "dec", "diciembre", "dezembro", "décembre", "dezember"),
        ),
        1,
    )
    for name in names
}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_OF = r"(?:of\s|de\s|del\s)?"
_IN = "(?:as of|as at|in|during|since|for|of|stand|en|em|im jahr|im)"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_REPORTS = (
    r"report|survey|study|data|figures|index|edition|census|guide|snapshot|results|numbers"
)
_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s{_OF}(?P<month>{_MONTH})\.?,?\s{_OF}{_YEAR}\b",
        rf"\b(?P<month>{_MONTH})\.?\s(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,\s{_YEAR}\b",
        rf"\b(?P<month>{_MONTH})\.?,?\s{_OF}{_YEAR}\b",
        rf"\b{_YEAR}-(?P<month>0[1-9]|1[0-2])(?:-(?P<day>[0-3]\d))?\b",
        rf"\b{_IN}\s(?:early\s|late\s|mid-?)?{_YEAR}\b(?!\s*(?:hours|hrs|dollars|%|-hour))",
        rf"\b{_YEAR}(?:\s[\w-]+){{0,4}}?\s(?:{_REPORTS})\b",
        rf"\({_YEAR}\)",
    )
)
_ANY_YEAR = re.compile(r"(?:19|20)\d\d")
_FUTURE = re.compile(r"\b(?:by|until|before|next|through)\s$", re.IGNORECASE)


class AsOf(NamedTuple):
    """A date, its first day where only month or year is said, and the words that say it."""

    date: date
    words: str


def _date_of(groups: dict[str, str | None]) -> date | None:
    month = groups.get("month") or "1"
    number = _MONTHS.get(month.lower()) or int(month)
    try:
        return date(int(groups["year"] or 0), number, int(groups.get("day") or 1))
    except ValueError:
        return None


def as_of(text: str) -> AsOf | None:
    """Return the date a text says its figure holds for ("as of May 2025"), or None."""
    if not _ANY_YEAR.search(text):
        return None
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            day = _date_of(match.groupdict())
            if day and not _FUTURE.search(text[: match.start()]):
                return AsOf(day, match.group().strip())
    return None
