"""What the tests of the readers share: sample files and short cuts to read from them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

from pipeline.articles import Article, InputFile, ReadOptions, read_file
from pipeline.record import DeadLetter

# Time limits stand in the tests that measure; a busy machine must not fail the others.
settings.register_profile("articles", deadline=None)
settings.load_profile("articles")

SAMPLES = Path(__file__).parent / "samples"

ReadBytes = Callable[..., list[Article | DeadLetter]]


@pytest.fixture
def read_bytes(tmp_path: Path) -> ReadBytes:
    """Read bytes as if they were a file of the given name."""

    def read(data: bytes, name: str = "story.txt", **options: object) -> list[Article | DeadLetter]:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        file = InputFile(str(path), name, len(data))
        return list(read_file(file, ReadOptions(**options)))  # type: ignore[arg-type]

    return read


@pytest.fixture
def read_sample() -> Callable[[str], list[Article | DeadLetter]]:
    """Read a sample file by its name."""

    def read(name: str) -> list[Article | DeadLetter]:
        path = SAMPLES / name
        return list(read_file(InputFile(str(path), name, path.stat().st_size)))

    return read
