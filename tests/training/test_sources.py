"""What the recipe reads goes along with the sources, and nowhere into the wheel."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from models.training.own import CORPUS, HELD_OUT, NAMES, QUOTES

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
TARGETS = PROJECT["tool"]["hatch"]["build"]["targets"]


@pytest.mark.parametrize("read", [CORPUS, HELD_OUT, NAMES, QUOTES], ids=lambda path: path.name)
def test_what_the_recipe_reads_is_in_the_source_distribution(read: Path) -> None:
    assert read.relative_to(ROOT).parts[0] in TARGETS["sdist"]["include"]


@pytest.mark.parametrize("read", [CORPUS, HELD_OUT, NAMES, QUOTES], ids=lambda path: path.name)
def test_what_the_recipe_reads_is_not_in_the_wheel(read: Path) -> None:
    taken = [ROOT / folder for folder in (*TARGETS["wheel"]["packages"], *TARGETS["wheel"]["force-include"])]
    assert not any(read.is_relative_to(folder) for folder in taken)
