"""The named rules: what each says, texts it reads and texts it refuses.

A rule's id is published on every reading it makes and is permanent. The examples are run by the
tests and printed in the documentation. They use the notation of `pipelines.parsing.notation`.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """One named rule: its permanent id, what it says, and examples for and against."""

    id: str
    says: str
    reads: tuple[tuple[str, str], ...]
    refuses: tuple[str, ...]


REGISTERED: dict[str, Rule] = {}


def rule(
    rule_id: str,
    says: str,
    *,
    reads: tuple[tuple[str, str], ...],
    refuses: tuple[str, ...] = (),
) -> str:
    """The id, after the rule was entered in the registry. Raises ValueError for a taken id."""
    if rule_id in REGISTERED:
        message = f"two rules are called {rule_id!r}; ids are permanent and used once"
        raise ValueError(message)
    REGISTERED[rule_id] = Rule(rule_id, says, reads, refuses)
    return rule_id
