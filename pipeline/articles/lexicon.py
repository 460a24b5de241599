"""Word lists of the reading stage, data files that ship with the package."""

from __future__ import annotations

from importlib.resources import files


def rows(name: str, columns: int) -> list[tuple[str, ...]]:
    """The rows of a tab-separated list; lines that begin with ``#`` are its origin and legend."""
    text = files("pipeline.components").joinpath("lexicons", name).read_text(encoding="utf-8")
    lines = (line for line in text.split("\n") if line and not line.startswith("#"))
    return [_row(line, columns, name) for line in lines]


def _row(line: str, columns: int, name: str) -> tuple[str, ...]:
    row = tuple(line.split("\t"))
    if len(row) != columns:
        raise ValueError(f"{name}: {line!r} has {len(row)} columns, not {columns}")
    return row
