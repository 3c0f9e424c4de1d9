import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
READY_WITHIN = 120


@pytest.fixture(scope="session")
def chromium() -> str:
    """Path of the browser; on Debian as root it is installed when missing."""
    found = shutil.which("chromium")
    if found is None and os.geteuid() == 0 and shutil.which("apt-get"):
        for command in (["update"], ["install", "-y", "--no-install-recommends", "chromium"]):
            subprocess.run(["apt-get", "-qq", *command], check=False, capture_output=True)
        found = shutil.which("chromium")
    if found is None:
        pytest.skip("needs Chromium: apt-get install chromium (this could not do it itself)")
    return found


@pytest.fixture(scope="session")
def dagster_ui(tmp_path_factory):
    """Address of the project's own UI, on an instance and a data folder of its own."""
    home = tmp_path_factory.mktemp("dagster")
    (home / "dagster.yaml").write_text("telemetry: {enabled: false}\nnux: {enabled: false}\n")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = os.environ | {
        "DAGSTER_HOME": str(home),
        "COMPENSATION_DATA": str(tmp_path_factory.mktemp("data")),
    }
    log = (home / "ui.log").open("w")
    server = subprocess.Popen(
        [Path(sys.executable).with_name("dagster"), "dev", "-h", "127.0.0.1", "-p", str(port)],
        cwd=REPOSITORY,
        env=environment,
        stdout=log,
        stderr=log,
        start_new_session=True,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        wait_until_ready(address, server, home / "ui.log")
        yield address
    finally:
        server.terminate()
        server.wait(30)
        log.close()


def wait_until_ready(address, server, log):
    end = time.monotonic() + READY_WITHIN
    while time.monotonic() < end:
        assert server.poll() is None, log.read_text()
        try:
            urllib.request.urlopen(f"{address}/server_info", timeout=5).close()
        except (urllib.error.URLError, OSError):
            time.sleep(0.5)
        else:
            return
    pytest.fail(f"the UI was not ready within {READY_WITHIN} s:\n{log.read_text()}")
