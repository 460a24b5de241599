"""The name lists, read as the stage needs them."""

from __future__ import annotations

from functools import cache

from pipeline.components import lexicons


def rows(name: str, columns: int) -> tuple[tuple[str, ...], ...]:
    """The rows of ``names_<name>.tsv``."""
    return lexicons.rows(f"names_{name}.tsv", columns)


@cache
def word_class(name: str, kind: str) -> frozenset[str]:
    """The members of one class of ``names_<name>.tsv``, whose rows are a class and its words."""
    members = [words.split() for label, words in rows(name, 2) if label == kind]
    if not members:
        raise KeyError(f"names_{name}.tsv has no class {kind!r}")
    return frozenset(word for group in members for word in group)
