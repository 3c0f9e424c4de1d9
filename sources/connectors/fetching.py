"""Fetches a registered source by the connector that it names."""

from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path

from sources.archive import Archive
from sources.connectors.curated import fetch_curated
from sources.connectors.folder import fetch_folder
from sources.documents import FetchReport
from sources.errors import SourceUnreachable, unmet
from sources.registry import Source


def fetch(
    source: Source, archive: Archive, *, inbox: Path, others: Iterable[Source] = ()
) -> FetchReport:
    """Bring what a source holds now into the archive; return what was new, known, refused.

    Args:
        source: The source.
        archive: Where its documents go.
        inbox: The folder that people drop files into.
        others: The other sources; a folder of the inbox that is theirs is left to them.

    Raises:
        SourceUnreachable: The documents that come with the code are not there.
        SourceChanged: The source is in a form that its connector does not know.
    """
    if source.connector == "folder":
        theirs = {inbox / other.config.path for other in others if other.config.path}
        folder = inbox / (source.config.path or "")
        return fetch_folder(source, archive, folder, apart=theirs - {folder})
    place = _bundled(source)
    if source.connector == "curated":
        return fetch_curated(source, archive, place)
    return fetch_folder(source, archive, place, is_whole=True)


def _bundled(source: Source) -> Path:
    place = Path(str(files("sources"))) / "bundled" / (source.config.path or "")
    if not place.exists():
        expected = f"the documents that come with the code at {place}"
        message = unmet(source.id, expected, "nothing there", "Install the project again.")
        raise SourceUnreachable(message)
    return place
