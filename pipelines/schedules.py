"""When the pipeline runs: every day, and when a file is dropped into the inbox."""

from hashlib import sha256

import dagster as dg

from pipelines.workspace import workspace

JOB_NAME = "compensation"

pipeline_job = dg.define_asset_job(
    JOB_NAME,
    selection=dg.AssetSelection.all(),
    description="Fetch every enabled source, read what is new, publish a release.",
)

daily = dg.ScheduleDefinition(
    name="daily_compensation",
    job=pipeline_job,
    cron_schedule="0 6 * * *",
    execution_timezone="UTC",
    default_status=dg.DefaultScheduleStatus.RUNNING,
    description="Every day at 06:00 UTC.",
)


@dg.sensor(
    job=pipeline_job,
    minimum_interval_seconds=30,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Runs the pipeline when the files in data/inbox/ have changed.",
)
def inbox_sensor(context: dg.SensorEvaluationContext) -> dg.SensorResult | dg.SkipReason:
    """Return a run request when the inbox differs from the last time it was looked at."""
    inbox = workspace().inbox
    files = sorted(
        path for path in inbox.rglob("*") if path.is_file() and not path.name.startswith(".")
    )
    seen = "\n".join(f"{p}:{p.stat().st_size}:{p.stat().st_mtime_ns}" for p in files)
    state = sha256(seen.encode()).hexdigest()
    if not files or state == context.cursor:
        return dg.SkipReason("no new files in the inbox")
    return dg.SensorResult(run_requests=[dg.RunRequest(run_key=state)], cursor=state)
