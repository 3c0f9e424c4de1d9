"""The bundled corpus as the tests see it: what every document declares about itself."""

import re
from pathlib import Path

import pytest
import yaml

from sources.bundled.make import BUNDLED

FRONT_MATTER = re.compile(r"\A---\n(.*?\n)---\n", re.DOTALL)


def _declared(path: Path) -> dict[str, object]:
    sidecar = path.with_name(f"{path.name}.yml")
    if sidecar.exists():
        return yaml.safe_load(sidecar.read_text(encoding="utf-8"))
    head = FRONT_MATTER.match(path.read_text(encoding="utf-8"))
    return yaml.safe_load(head[1]) if head else {}


def _folder(name: str) -> dict[Path, dict[str, object]]:
    paths = sorted(path for path in (BUNDLED / name).iterdir() if path.suffix != ".yml")
    return {path: _declared(path) for path in paths}


@pytest.fixture(scope="session")
def reports() -> dict[Path, dict[str, object]]:
    return _folder("reports")


@pytest.fixture(scope="session")
def postings() -> dict[Path, dict[str, object]]:
    return _folder("postings")
