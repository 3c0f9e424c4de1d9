"""The core assets: documents read, figures as stated, figures made comparable."""

import dagster as dg

from pipelines.assets.tables import table_asset
from pipelines.runs.fetching import refuse_if_all_failed
from pipelines.runs.run import Run
from warehouse.tables.documents import DOCUMENTS, PAGES
from warehouse.tables.postings import POSTINGS
from warehouse.tables.quarantine import QUARANTINE
from warehouse.tables.rate_observations import RATE_OBSERVATIONS
from warehouse.tables.rates import RATES, RESTATEMENTS

GROUP = "core"
CORE_TABLES = (DOCUMENTS, PAGES, QUARANTINE, RATE_OBSERVATIONS, POSTINGS, RATES, RESTATEMENTS)


def core_assets(source_ids: list[str]) -> list[dg.AssetsDefinition]:
    """Return the core assets; `documents` reads whatever the sources brought, if any did."""

    def read_new_documents(run: Run) -> int:
        refuse_if_all_failed(run.workspace, source_ids)
        return run.read_new_documents()

    return [
        table_asset(DOCUMENTS, Run.documents, GROUP, source_ids, read_new_documents),
        table_asset(PAGES, Run.pages, GROUP, ["documents"]),
        table_asset(QUARANTINE, Run.quarantine, GROUP, ["documents"]),
        table_asset(RATE_OBSERVATIONS, Run.observations, GROUP, ["documents"]),
        table_asset(POSTINGS, Run.postings, GROUP, ["rate_observations"]),
        table_asset(RATES, Run.rates, GROUP, ["rate_observations", "postings"]),
        table_asset(RESTATEMENTS, Run.restatements, GROUP, ["rate_observations", "postings"]),
    ]
