"""Where things lie: the inbox, the archive, the work tables and the releases."""

import os
from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, slots=True)
class Workspace:
    """The folders of one installation, all under one data folder."""

    data: Path

    @property
    def inbox(self) -> Path:
        """Return the folder that people drop files into."""
        return self.data / "inbox"

    @property
    def archive(self) -> Path:
        """Return the folder that keeps every document as published."""
        return self.data / "archive"

    @property
    def readings(self) -> Path:
        """Return the folder of parsed documents, kept per version of the reading code."""
        return self.data / "work" / "readings"

    @property
    def tables(self) -> Path:
        """Return the folder of the tables of the run, before they are published."""
        return self.data / "work" / "tables"

    @property
    def releases(self) -> Path:
        """Return the folder of published releases."""
        return self.data / "releases"

    @property
    def latest(self) -> Path:
        """Return the link to the newest release; it need not exist yet."""
        return self.releases / "latest"


def workspace() -> Workspace:
    """Return the workspace: `data/` of this checkout, or the folder in COMPENSATION_DATA."""
    return Workspace(Path(os.environ.get("COMPENSATION_DATA") or REPOSITORY / "data").resolve())
