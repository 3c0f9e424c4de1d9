"""The asset of one published table: made by a run, described by its declaration."""

from collections.abc import Callable, Sequence

import dagster as dg
import pyarrow

from pipelines.runs.run import Run
from pipelines.workspace import workspace
from warehouse.render import sql_type
from warehouse.schema import Table

PREVIEW_COLUMNS = 8
PREVIEW_CHARACTERS = 40


def table_asset(
    table: Table,
    build: Callable[[Run], pyarrow.Table],
    group: str,
    deps: Sequence[str],
    before: Callable[[Run], int] | None = None,
) -> dg.AssetsDefinition:
    """Return the asset that makes one table.

    Args:
        table: The declaration; it gives the name, the description and the column schema.
        build: Makes the rows.
        group: The layer shown in the UI.
        deps: The assets it is made from.
        before: Work to do first, whose count is shown as `new_documents`.
    """

    @dg.asset(
        name=table.name,
        group_name=group,
        description=f"{table.description}\n\nOne row: {table.grain}.",
        kinds={"parquet"},
        deps=[dg.AssetKey(name) for name in deps],
        metadata={"dagster/column_schema": column_schema(table)},
    )
    def make() -> dg.MaterializeResult:  # type: ignore[type-arg]
        run = Run.open(workspace())
        new = before(run) if before else None
        was_current = run.tables.is_current(table)
        rows = run.tables.make(table, lambda: build(run))
        metadata: dict[str, dg.MetadataValue | int | bool] = {
            "dagster/row_count": rows,
            "made_anew": not was_current,
            "preview": dg.MetadataValue.md(preview(run.tables.head(table))),
        }
        if new is not None:
            metadata["new_documents"] = new
        return dg.MaterializeResult(
            data_version=dg.DataVersion(run.inputs_digest[:16]), metadata=metadata
        )

    return make


def column_schema(table: Table) -> dg.TableSchema:
    """Return the declared columns as the UI shows them."""
    return dg.TableSchema(
        columns=[
            dg.TableColumn(
                column.name,
                sql_type(column),
                description=column.description,
                constraints=dg.TableColumnConstraints(
                    nullable=column.nullable, unique=(column.name,) == table.primary_key
                ),
            )
            for column in table.columns
        ]
    )


def preview(rows: pyarrow.Table) -> str:
    """Return the first rows as a Markdown table, cut to what a screen holds."""
    names = rows.column_names[:PREVIEW_COLUMNS]
    lines = [names, ["---"] * len(names)]
    lines += [[_cell(row[name]) for name in names] for row in rows.to_pylist()]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)


def _cell(value: object) -> str:
    text = "" if value is None else str(value)
    return " ".join(text.replace("|", "/").split())[:PREVIEW_CHARACTERS]
