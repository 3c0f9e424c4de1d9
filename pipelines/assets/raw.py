"""One raw asset per enabled source: fetch, archive, count."""

import dagster as dg

from pipelines.runs.fetching import FetchState, fetch_into_archive
from pipelines.workspace import workspace
from sources.registry import Source

CHECK = "fetched"


def raw_asset(source: Source) -> dg.AssetsDefinition:
    """Return the asset that fetches one source; a failure shows here and stops nothing."""

    @dg.asset(
        name=source.id,
        group_name="raw",
        description=f"{source.title}. {source.notes or ''}",
        kinds={source.connector.split("_")[0]},
        tags={"cadence": source.cadence},
        check_specs=[
            dg.AssetCheckSpec(
                CHECK,
                asset=source.id,
                description="The source was reached; if not, its rows are marked as stale.",
            )
        ],
    )
    def fetch() -> dg.MaterializeResult:  # type: ignore[type-arg]
        state = fetch_into_archive(source, workspace())
        return dg.MaterializeResult(
            metadata=fetch_metadata(source, state),
            check_results=[
                dg.AssetCheckResult(
                    check_name=CHECK,
                    passed=state.failure is None,
                    severity=dg.AssetCheckSeverity.WARN,
                    metadata={"failure": state.failure or "none"},
                )
            ],
        )

    return fetch


def fetch_metadata(
    source: Source, state: FetchState
) -> dict[str, dg.MetadataValue | int | str]:
    """Return what the UI shows of one fetch."""
    return {
        "dagster/row_count": state.documents,
        "new": state.new,
        "unchanged": state.unchanged,
        "refused": state.refused,
        "bytes": state.byte_count,
        "licence": source.terms.licence or "not stated",
    }
