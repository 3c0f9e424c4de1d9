"""The documentation page of the rules, made from the rules themselves."""

from typing import Final

from pipelines.parsing.rulebook import all_rules
from pipelines.parsing.rules import Rule
from pipelines.parsing.version import PARSER_VERSION

_INTRODUCTION: Final = (
    "Every reading names the rule that made it. A rule's name is permanent. The examples below"
    " are run by the tests: a text under *reads* gives exactly what stands beside it, a text"
    " under *refuses* gives no pay.\n\n"
    "The notation: `50` is a point, `50..75` a range, `50..` at least, `..50` at most,"
    " `35..125+` an open top, `?` not known; then currency and unit, what kind of figure it is,"
    " and what it pays for. What stands in brackets is found, but is not pay for the work."
    " `[CA]` before a text is the country given with it, `\u23ce` a line break, `\u21e5` a tab."
)


def rules_markdown() -> str:
    """The page of all rules in Markdown: what each says, reads and refuses."""
    sections = "\n".join(_section(rule) for rule in all_rules())
    head = f"# The parsing rules\n\nParser version {PARSER_VERSION}. {_INTRODUCTION}\n"
    return f"{head}\n{sections}"


def _section(rule: Rule) -> str:
    lines = [f"## `{rule.id}`", "", rule.says, ""]
    if rule.reads:
        lines += ["| reads | as |", "| --- | --- |"]
        lines += [f"| {_cell(text)} | {_cell(expected)} |" for text, expected in rule.reads]
        lines.append("")
    if rule.refuses:
        lines += ["| refuses |", "| --- |"]
        lines += [f"| {_cell(text)} |" for text in rule.refuses]
        lines.append("")
    return "\n".join(lines)


def _cell(text: str) -> str:
    """A text inside a table cell, as code, so that nothing in it is markup."""
    escaped = text.replace("|", "\\|")
    mark = "``" if "`" in text else "`"
    space = " " if "`" in text else ""
    return f"{mark}{space}{escaped}{space}{mark}"
