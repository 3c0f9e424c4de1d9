import pytest

from pipelines.runs.fetching import fetch_into_archive
from pipelines.runs.run import Run
from pipelines.workspace import Workspace
from sources.registry import load_registry
from warehouse.tables.documents import DOCUMENTS
from warehouse.tables.postings import POSTINGS
from warehouse.tables.quarantine import QUARANTINE
from warehouse.tables.rate_observations import RATE_OBSERVATIONS
from warehouse.tables.rates import RATES, RESTATEMENTS

BUILDERS = {
    DOCUMENTS: Run.documents,
    QUARANTINE: Run.quarantine,
    RATE_OBSERVATIONS: Run.observations,
    POSTINGS: Run.postings,
    RATES: Run.rates,
    RESTATEMENTS: Run.restatements,
}


class Desk:
    """A workspace of its own, and what comes of the files dropped into its inbox."""

    def __init__(self, place):
        self.place = place
        place.inbox.mkdir(parents=True)

    def drop(self, name, content):
        path = self.place.inbox / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def run(self, *source_ids):
        """Fetch the sources (the inbox alone unless others are named) and make the tables."""
        for source in load_registry():
            if source.id in (source_ids or ("inbox",)):
                fetch_into_archive(source, self.place)
        run = Run.open(self.place)
        self.newly_read = run.read_new_documents()
        tables = {}
        for table, build in BUILDERS.items():
            run.tables.make(table, lambda build=build: build(run))
            tables[table.name] = run.tables.read(table).to_pylist()
        return tables


@pytest.fixture
def desk(tmp_path):
    return Desk(Workspace(tmp_path / "data"))
