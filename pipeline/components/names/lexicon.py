"""The rows of the name lists, data files that ship with the package."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files


def rows(name: str, columns: int) -> Iterator[tuple[str, ...]]:
    """The rows of ``names_<name>.tsv``; lines that begin with ``#`` are its origin and legend."""
    path = files("pipeline.components").joinpath("lexicons", f"names_{name}.tsv")
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line and not line.startswith("#"):
            row = tuple(line.split("\t"))
            if len(row) != columns:
                raise ValueError(f"names_{name}.tsv: {line!r} has {len(row)} columns, not {columns}")
            yield row


@cache
def word_class(name: str, kind: str) -> frozenset[str]:
    """The members of one class of ``names_<name>.tsv``, whose rows are a class and its words."""
    members = [words.split() for label, words in rows(name, 2) if label == kind]
    if not members:
        raise KeyError(f"names_{name}.tsv has no class {kind!r}")
    return frozenset(word for group in members for word in group)
