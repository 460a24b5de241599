from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.outputs.report import write_report
from tests.outputs.report import samples
from tests.outputs.report.browser import chromium, program


@pytest.fixture(scope="session")
def ferry(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of a run of one article."""
    folder = tmp_path_factory.mktemp("ferry")
    write_report(samples.ferry_run(folder / "run"), folder / "report", samples.own_text)
    return folder / "report"


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    pytest.importorskip("playwright")
    if program() is None:
        pytest.skip("Chromium is not installed")
    with chromium() as running:
        yield running
