"""Every rule there is: for the tests, the published table and the page of rules."""

from collections.abc import Iterator

# Importing the stages is what registers their rules.
import pipelines.parsing.engine
import pipelines.parsing.structured  # noqa: F401
from pipelines.parsing.rules import REGISTERED, Rule


def all_rules() -> Iterator[Rule]:
    """Every registered rule, by id."""
    return iter([REGISTERED[rule_id] for rule_id in sorted(REGISTERED)])
