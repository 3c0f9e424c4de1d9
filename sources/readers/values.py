"""What a cell or a field of a posting says: nothing, a number, a moment, yes or no.

Values are taken as they are or not at all; nothing is guessed from half a number.
"""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from sources.decoding import repaired, tidy

# What programs write where there is nothing.
ABSENT = frozenset({"", "nan", "none", "null", "<na>", "nat"})
LONGEST_ABSENT = max(map(len, ABSENT))

YES = frozenset({"true", "1", "1.0", "yes", "y"})
NO = frozenset({"false", "0", "0.0", "no", "n"})

NUMBER = re.compile(r"\d{1,15}(?:\.\d{1,9})?")
DIGIT_ABOVE_ZERO = re.compile("[1-9]")
SECONDS = re.compile(r"(\d{10})(\d{3})?(?:\.0*)?")


def words(value: object) -> str | None:
    """Return a value as clean text, or None where it says nothing."""
    if value is None or isinstance(value, (dict, list)):
        return None
    text = str(value)
    if not (text.isascii() and text.isprintable()):
        text = tidy(repaired(text))
    text = text.strip()
    return None if len(text) <= LONGEST_ABSENT and text.casefold() in ABSENT else text


def number(text: str | None) -> Decimal | None:
    """Return a plain number; None for text, nothing, or zero, which boards send for nothing."""
    if text is None or not NUMBER.fullmatch(text):
        return None
    return Decimal(text) or None


def amount(value: Any) -> Decimal | None:
    """Return a number or a plain number in text; None for zero, for less, for anything else."""
    if isinstance(value, (int, Decimal)) and not isinstance(value, bool):
        return Decimal(value) if value > 0 else None
    return number(words(value)) if isinstance(value, str) else None


def pay_in_words(value: Any) -> str | None:
    """Return a text that has an amount and is no plain number; None for anything else."""
    said = words(value) if isinstance(value, str) else None
    is_pay = said is not None and number(said) is None and DIGIT_ABOVE_ZERO.search(said)
    return said if is_pay else None


def truth(text: str | None) -> bool | None:
    """Return yes or no, or None for any other word."""
    said = (text or "").casefold()
    return said in YES if said in YES | NO else None


def moment(text: str | None) -> datetime | None:
    """Return a moment in UTC from ISO 8601 or seconds or milliseconds since 1970.

    A time without a zone is taken as UTC.
    """
    if text is None:
        return None
    counted = SECONDS.fullmatch(text)
    if counted:
        return datetime.fromtimestamp(int(counted[1]), UTC)
    try:
        found = datetime.fromisoformat(text)
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def day(text: str | None) -> date | None:
    """Return a day as its publisher's calendar has it, from the forms that `moment` reads."""
    if text is None:
        return None
    try:
        return datetime.fromisoformat(text).date()
    except ValueError:
        found = moment(text)
        return found.date() if found else None


def matching(pattern: str) -> Callable[[str | None], str | None]:
    """Return a reader that takes words of one form and no others."""
    form = re.compile(pattern)
    return lambda text: text if text and form.fullmatch(text) else None
