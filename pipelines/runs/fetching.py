"""Fetches a source into the archive and remembers how that went."""

import json
import logging
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from pipelines.workspace import Workspace
from sources.archive import Archive
from sources.connectors.fetching import fetch
from sources.errors import SourceError
from sources.registry import Source, load_registry

log = logging.getLogger("compensation")


class NothingFetchedError(Exception):
    """No source could be fetched; there is nothing that a release could speak of."""


@dataclass(frozen=True, slots=True)
class FetchState:
    """How the last fetch of a source went; `failure` says why it failed, if it did."""

    documents: int = 0
    new: int = 0
    unchanged: int = 0
    refused: int = 0
    byte_count: int = 0
    failure: str | None = None


def fetch_into_archive(source: Source, place: Workspace) -> FetchState:
    """Fetch one source; return and keep how it went. A source's failure is an answer here."""
    archive = Archive(place.archive)
    try:
        report = fetch(source, archive, inbox=place.inbox, others=load_registry())
    except (SourceError, OSError) as problem:
        failure = str(problem).removeprefix(f"{source.id}: ")
        log.warning("%s: %s", source.id, failure)
        state = FetchState(failure=failure)
    else:
        state = FetchState(
            documents=report.new + report.unchanged + report.refused,
            new=report.new,
            unchanged=report.unchanged,
            refused=report.refused,
            byte_count=report.byte_count,
        )
    _keep(state, _path(place, source.id))
    return state


def fetch_state(place: Workspace, source_id: str) -> FetchState | None:
    """Return how the last fetch of a source went, or None when it was never fetched."""
    path = _path(place, source_id)
    return FetchState(**json.loads(path.read_text("utf-8"))) if path.exists() else None


def refuse_if_all_failed(place: Workspace, source_ids: Iterable[str]) -> None:
    """Go on when the last fetch of any source succeeded, or no source was ever fetched.

    Raises:
        NothingFetchedError: Every source failed; says why each did.
    """
    states = {name: fetch_state(place, name) for name in source_ids}
    known = {name: state.failure for name, state in states.items() if state is not None}
    if known and all(known.values()):
        reasons = "".join(f"\n- {name}: {failure}" for name, failure in known.items())
        message = (
            f"expected at least one source to be fetched; all {len(known)} failed:{reasons}"
        )
        raise NothingFetchedError(message)


def _path(place: Workspace, source_id: str) -> Path:
    return place.data / "work" / "fetched" / f"{source_id}.json"


def _keep(state: FetchState, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(".partial")
    partial.write_text(json.dumps(asdict(state)), "utf-8")
    partial.replace(path)
