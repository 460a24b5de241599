"""Small folders of articles, and runs over them with an engine that needs no model."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.batch.manifest import RunRecord
from pipeline.batch.options import Limits, RunOptions
from pipeline.batch.run import run
from tests.batch.fake_engine import SPEC

Go = Callable[..., RunRecord]
OUTPUTS = ("claims.jsonl", "articles.jsonl", "errors.jsonl")


def article(number: int, poison: str = "") -> str:
    """A text in which the fake engine finds one claim."""
    marker = f"POISON:{poison}" if poison else ""
    return f'The mayor of town {number} told all who came: "We will build {number} houses." {marker}\n'


def write_articles(folder: Path, number: int, **poisons: str) -> Path:
    """A folder of texts; ``poisons`` maps a01 and so on to what that text does to the engine."""
    folder.mkdir(parents=True, exist_ok=True)
    for index in range(number):
        name = f"a{index:02d}"
        (folder / f"{name}.txt").write_text(article(index, poisons.get(name, "")), encoding="utf-8")
    return folder


def output_bytes(out: Path) -> tuple[bytes, ...]:
    """The three files of a run."""
    return tuple((out / name).read_bytes() for name in OUTPUTS)


@pytest.fixture
def go(tmp_path: Path) -> Go:
    """Run over ``tmp_path/in`` into ``tmp_path/out``, with options by name."""

    def start(
        *, out: str = "out", fresh: bool = False, seconds: float = 30.0, **changes: object
    ) -> RunRecord:
        limits = Limits(seconds=seconds, max_errors=changes.pop("max_errors", None))  # type: ignore[arg-type]
        options = RunOptions((str(tmp_path / "in"),), str(tmp_path / out), limits=limits)
        return run(replace(options, **changes), SPEC, fresh=fresh)  # type: ignore[arg-type]

    return start
