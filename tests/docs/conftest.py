from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.docs.workspace import Workspace, make_workspace


@pytest.fixture(scope="session")
def after_make_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_workspace(tmp_path_factory.mktemp("docs") / "onrecord")


@pytest.fixture
def workspace(after_make_run: Path, tmp_path: Path) -> Workspace:
    return Workspace(shutil.copytree(after_make_run, tmp_path / "onrecord", symlinks=True))
