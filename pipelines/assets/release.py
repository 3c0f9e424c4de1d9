"""The statistics and the release: built beside the old one, verified, swapped in."""

import dagster as dg

from pipelines.assets.core import CORE_TABLES
from pipelines.assets.tables import table_asset
from pipelines.runs.publishing import publish_release
from pipelines.runs.run import Run
from pipelines.workspace import workspace
from warehouse.tables.statistics import BENCHMARK_AGREEMENT, PAY_BENCHMARKS

GROUP = "release"
STATISTIC_TABLES = (PAY_BENCHMARKS, BENCHMARK_AGREEMENT)


def statistic_assets() -> list[dg.AssetsDefinition]:
    """Return the assets of the statistics over the core tables."""
    inputs = ["rates", "restatements"]
    return [
        table_asset(PAY_BENCHMARKS, Run.benchmarks, GROUP, inputs),
        table_asset(BENCHMARK_AGREEMENT, Run.agreement, GROUP, inputs),
    ]


@dg.asset(
    name="release",
    group_name=GROUP,
    description="One immutable set of files: DuckDB, Parquet, CSV, manifest, dictionary.",
    kinds={"duckdb", "parquet"},
    deps=[table.name for table in (*CORE_TABLES, *STATISTIC_TABLES)],
)
def release_asset(context: dg.AssetExecutionContext) -> dg.MaterializeResult:  # type: ignore[type-arg]
    """Publish what the tables say, or answer that nothing changed."""
    published = publish_release(Run.open(workspace()), scheduled_at(context))
    return dg.MaterializeResult(
        metadata={
            "release": published.version,
            "is_new": published.is_new,
            "folder": dg.MetadataValue.path(str(published.folder)),
            "dagster/row_count": sum(published.rows.values()),
            "rows": dg.MetadataValue.json(dict(published.rows)),
        }
    )


def scheduled_at(context: dg.AssetExecutionContext) -> str | None:
    """Return the moment the schedule meant, which then dates the release; None by hand."""
    return context.run.tags.get("dagster/scheduled_execution_time")
