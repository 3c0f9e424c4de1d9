"""Pay as a text states it: text in, readings out; pure, standard library only.

    >>> from pipelines.parsing import read
    >>> [one.matched_text for one in read("The rate is $30-$45/hr; a laptop costs $900.")]
    ['$30-$45/hr']

`read` gives every amount of pay in a text as a `Reading`: bounds, currency, period, statistic,
kind, place and the reasons. `dedupe` merges what a text says more than once into `Merged`.
Nothing is loaded before one of these names is used.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from pipelines.parsing.engine import read
    from pipelines.parsing.readings import Merged, Reading, dedupe

__all__ = ["Merged", "Reading", "dedupe", "read"]

_HOMES: Final = {
    "Merged": "pipelines.parsing.readings",
    "Reading": "pipelines.parsing.readings",
    "dedupe": "pipelines.parsing.readings",
    "read": "pipelines.parsing.engine",
}


def __getattr__(name: str) -> Any:
    """The public name, loaded on first use. Raises AttributeError for any other."""
    if name not in _HOMES:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    return getattr(import_module(_HOMES[name]), name)
