"""What `compensation run` does: the job in this process, then what came of it in plain words."""

import json
import logging
import os
import sys
import warnings
from pathlib import Path
from typing import Any, TextIO

from pipelines.workspace import REPOSITORY, Workspace, workspace

# Dagster's own event log stays in its storage, for the UI; the terminal shows our lines only.
QUIET = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}

EXAMPLES = {
    "What do offers advertise per hour, by field?": (
        "SELECT domain_code, n_offers, n_employers, floor, ceiling, status FROM v_typical_pay "
        "WHERE expertise_tier = 'ALL' AND country_code = 'WORLD' ORDER BY n_offers DESC LIMIT 6"
    ),
    "What did others publish?": (
        "SELECT publisher, statistic, amount_min, amount_max, currency, pay_period "
        "FROM v_reported_pay WHERE origin_observation_id IS NULL AND published_date IS NOT NULL "
        "ORDER BY published_date DESC, publisher, amount_min LIMIT 6"
    ),
    "Who repeats whom?": (
        "SELECT repeats, origin, change, figures FROM v_who_repeats_whom "
        "ORDER BY figures DESC, repeats, change LIMIT 6"
    ),
}


def run_pipeline(out: TextIO) -> int:
    """Run the job, print where the release is and what is in it; return the exit code."""
    place = workspace()
    place.inbox.mkdir(parents=True, exist_ok=True)
    before = release_name(place)
    failure = execute(place)
    if failure is not None:
        stands = f" Release {before} still stands." if before else ""
        print(f"compensation: the run failed: {failure}.{stands}", file=sys.stderr)  # noqa: T201
        return 1
    out.writelines(line + "\n" for line in summary(place, before))
    return 0


def execute(place: Workspace) -> str | None:
    """Run the whole job in this process; return what failed, or None."""
    os.environ["DAGSTER_HOME"] = str(REPOSITORY)
    os.chdir(REPOSITORY)  # dagster.yaml keeps its state relative to the repository root
    logging.basicConfig(format="%(message)s", stream=sys.stderr)
    logging.getLogger("compensation").setLevel(logging.INFO)
    warnings.filterwarnings("ignore", module="dagster")
    import dagster as dg

    from pipelines.definitions import defs
    from pipelines.schedules import JOB_NAME

    logging.getLogger("compensation").info("running on %s", place.data)
    with dg.DagsterInstance.get() as instance:
        result = defs.resolve_job_def(JOB_NAME).execute_in_process(
            instance=instance, run_config=QUIET, raise_on_error=False
        )
    return None if result.success else _what_failed(result)


def _what_failed(result: Any) -> str:
    for event in result.all_events:
        if event.is_step_failure:
            error = event.step_failure_data.error
            cause = error.cause or error
            return f"{event.step_key}: {cause.message.strip()}"
    checks = [c for c in result.get_asset_check_evaluations() if not c.passed and c.blocking]
    return "; ".join(f"{c.asset_key.to_user_string()}: {c.check_name}" for c in checks)


def release_name(place: Workspace) -> str | None:
    """Return the version of the newest release, or None when there is none yet."""
    return place.latest.resolve().name if place.latest.exists() else None


def summary(place: Workspace, before: str | None) -> list[str]:
    """Return what to tell the person who ran it."""
    name = release_name(place)
    folder = place.releases / str(name)
    if name == before:
        return [f"Nothing new: release {name} stands, at {folder}"]
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    lines = [f"Release {name} is at {folder}", "", *_row_counts(manifest), ""]
    lines += [*_refused(folder), *_answers(folder)]
    return [*lines, 'Ask your own: .venv/bin/compensation sql "SELECT ..."']


def _row_counts(manifest: dict[str, Any]) -> list[str]:
    rows = {
        Path(f["path"]).stem: f["rows"] for f in manifest["files"] if "parquet/" in f["path"]
    }
    return [f"  {rows[table]:>8,} {table}" for table in rows]


def _refused(folder: Path) -> list[str]:
    from warehouse.query import run_sql

    set_aside = run_sql(
        folder,
        "SELECT file_name, coalesce(path, '') AS path, reason_code, message FROM quarantine "
        "WHERE source_id = 'inbox' ORDER BY ALL LIMIT 20",
    )
    if not set_aside.rows:
        return []
    lines = [f"  {name} {path}: {reason}: {why}" for name, path, reason, why in set_aside.rows]
    return ["Set aside from data/inbox/:", *lines, ""]


def _answers(folder: Path) -> list[str]:
    from warehouse.query import render, run_sql

    lines = []
    for question, query in EXAMPLES.items():
        lines += [question, f"  {query}", render(run_sql(folder, query), "table")]
    return lines
