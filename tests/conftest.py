"""Fixtures only; nothing is imported from here."""

import os

import pytest


@pytest.fixture(scope="session")
def published(tmp_path_factory):
    """The release of the bundled corpus alone, made by the real job, once for all tests.

    With pytest-xdist every worker would make its own; the suite runs in one process.
    """
    import dagster as dg

    from pipelines.definitions import defs
    from pipelines.schedules import JOB_NAME
    from pipelines.workspace import workspace

    before = os.environ.get("COMPENSATION_DATA")
    os.environ["COMPENSATION_DATA"] = str(tmp_path_factory.mktemp("published"))
    try:
        with dg.DagsterInstance.ephemeral() as instance:
            result = defs.resolve_job_def(JOB_NAME).execute_in_process(instance=instance)
        assert result.success
        yield workspace().latest.resolve()
    finally:
        if before is None:
            del os.environ["COMPENSATION_DATA"]
        else:
            os.environ["COMPENSATION_DATA"] = before
