"""What `compensation run` does: the job in this process, then what came of it."""

import logging
import os
import signal
import sys
import warnings
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from multiprocessing import active_children
from pathlib import Path
from typing import Any, TextIO
from uuid import uuid4

from pipelines.workspace import REPOSITORY, Workspace, workspace

# Dagster's own event log stays in its storage, for the UI; the terminal shows our lines only.
QUIET = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}

# Errors of these packages say in their message what went wrong and what to do.
OURS = ("pipelines.", "sources.", "warehouse.")

# What Dagster raises when a blocking check fails; the check itself says more.
CHECK_FAILED = "DagsterAssetCheckFailedError"

INTERRUPTED = 130


def run_pipeline(out: TextIO) -> int:
    """Run the job, print where the release is and what is in it; return the exit code."""
    place = workspace()
    try:
        place.inbox.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        reason = problem.strerror
        _complain(f"{place.inbox}: expected a folder to write in; got: {reason}. It is below "
                  "data/ unless COMPENSATION_DATA names another folder.")  # fmt: skip
        return 1
    os.environ["COMPENSATION_DATA"] = str(place.data)  # the next line moves what is relative
    os.chdir(REPOSITORY)  # dagster.yaml keeps its state relative to the repository root
    os.environ["DAGSTER_HOME"] = str(REPOSITORY)
    before = newest_release(place)
    stands = [f"Release {before.name} still stands."] if before else []
    try:
        failures = list(dict.fromkeys(_interruptible(place)))
    except KeyboardInterrupt:
        _complain(" ".join(["interrupted.", *stands]))
        sys.stderr.flush()
        os._exit(INTERRUPTED)
    if failures:
        _complain("the run failed at " + "\n".join([*failures, *stands]))
        return 1
    from pipelines.commands.run_report import report

    out.writelines(line + "\n" for line in report(place, before))
    return 0


def _interruptible(place: Workspace) -> list[str]:
    """Return what `execute` returns; Ctrl-C reaches this thread alone, and at once.

    Dagster would look at it between two steps only, and each process it started would print a
    traceback of its own. What the job writes is whole or not there, so it may stop anywhere.
    """
    run_id = str(uuid4())
    held_back = partial(signal.pthread_sigmask, signal.SIG_BLOCK, {signal.SIGINT})
    job = ThreadPoolExecutor(1, initializer=held_back).submit(execute, place, run_id)
    try:
        return job.result()
    except KeyboardInterrupt:
        for child in active_children():
            child.kill()
        _cancel(run_id)
        raise


def _cancel(run_id: str) -> None:
    """Tell Dagster that the run has ended; it would wait for it before the next one."""
    import dagster as dg

    with dg.DagsterInstance.get() as instance:
        run = instance.get_run_by_id(run_id)
        if run is not None:
            instance.report_run_canceled(run)


def _complain(message: str) -> None:
    print(f"compensation: {message}", file=sys.stderr)  # noqa: T201


def newest_release(place: Workspace) -> Path | None:
    """Return the folder of the newest release, or None when there is none yet."""
    return place.latest.resolve() if place.latest.exists() else None


def execute(place: Workspace, run_id: str) -> list[str]:
    """Run the whole job in this process; return what failed and why, step by step."""
    logging.basicConfig(format="%(message)s", stream=sys.stderr)
    logging.getLogger("compensation").setLevel(logging.INFO)
    warnings.filterwarnings("ignore", module="dagster")
    import dagster as dg

    from pipelines.definitions import defs
    from pipelines.schedules import JOB_NAME

    logging.getLogger("compensation").info("running on %s", place.data)
    with dg.DagsterInstance.get() as instance:
        result = defs.resolve_job_def(JOB_NAME).execute_in_process(
            instance=instance, run_config=QUIET, raise_on_error=False, run_id=run_id
        )
    return [] if result.success else list(_failures(result))


def _failures(result: Any) -> Iterator[str]:
    is_ours = True
    for event in result.all_events:
        if event.is_step_failure:
            error = event.step_failure_data.error
            message = (error.cause or error).message.strip()
            name, _, said = message.partition(": ")
            if name.endswith(CHECK_FAILED):
                continue
            yield f"{event.step_key}: {said if name.startswith(OURS) else message}"
            is_ours = is_ours and name.startswith(OURS)
    for check in result.get_asset_check_evaluations():
        if check.blocking and not check.passed:
            facts = "; ".join(f"{name}: {fact.value}" for name, fact in check.metadata.items())
            yield f"{check.asset_key.to_user_string()}: {check.check_name} failed ({facts})"
    if not is_ours:
        yield "This is a fault in the program. See all of it in the run's log with: make dev"
