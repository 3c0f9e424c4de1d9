"""What Dagster loads: the assembly and nothing else."""

import dagster as dg

from pipelines.assets.core import CORE_TABLES, core_assets
from pipelines.assets.raw import raw_asset
from pipelines.assets.release import STATISTIC_TABLES, release_asset, statistic_assets
from pipelines.checks import keeps_schema
from pipelines.schedules import daily, inbox_sensor, pipeline_job
from sources.registry import load_registry

enabled = [source for source in load_registry() if source.enabled]

defs = dg.Definitions(
    assets=[
        *map(raw_asset, enabled),
        *core_assets([source.id for source in enabled]),
        *statistic_assets(),
        release_asset,
    ],
    asset_checks=[keeps_schema(table) for table in (*CORE_TABLES, *STATISTIC_TABLES)],
    jobs=[pipeline_job],
    schedules=[daily],
    sensors=[inbox_sensor],
    executor=dg.in_process_executor,
)
