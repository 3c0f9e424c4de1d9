"""Blocking checks made from the table declarations: a table keeps its schema and its rules."""

import dagster as dg

from pipelines.runs.run import Run
from pipelines.workspace import workspace
from warehouse.schema import Table
from warehouse.validate import split_valid


def keeps_schema(table: Table) -> dg.AssetChecksDefinition:
    """Return the blocking check that every row obeys the table's declaration."""

    @dg.asset_check(
        asset=table.name,
        name="keeps_schema",
        blocking=True,
        description="Columns, types, codes and row rules are as declared.",
    )
    def check() -> dg.AssetCheckResult:
        tables = Run.open(workspace()).tables
        if tables.is_checked(table):
            return dg.AssetCheckResult(passed=True, metadata={"checked": "in an earlier run"})
        _, rejected = split_valid(table, tables.read(table))
        if rejected.num_rows == 0:
            tables.mark_checked(table)
        return dg.AssetCheckResult(
            passed=rejected.num_rows == 0,
            severity=dg.AssetCheckSeverity.ERROR,
            metadata={
                "rejected": rejected.num_rows,
                "first_reasons": "; ".join(rejected["reasons"].slice(0, 3).to_pylist())
                or "none",
            },
        )

    return check
