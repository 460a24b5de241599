"""Word lists as data files, each with its origin and licence on top, and the one way to read them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files


@cache
def rows(name: str, *widths: int) -> tuple[tuple[str, ...], ...]:
    """The rows of a tab-separated list; lines that begin with ``# `` are its origin and legend.

    Raises ``ValueError`` for a row whose number of columns is none of ``widths``.
    """
    text = files(__name__).joinpath(name).read_text(encoding="utf-8")
    return tuple(_row(line, widths, name) for line in text.split("\n") if line and not line.startswith("# "))


@cache
def words_by_class(name: str) -> dict[str, frozenset[str]]:
    """The words of a ``class<TAB>word word …`` list, class by class."""
    listed: dict[str, frozenset[str]] = {}
    for kind, words in rows(name, 2):
        listed[kind] = listed.get(kind, frozenset()) | frozenset(_phrases(words))
    return listed


def _phrases(words: str) -> Iterator[str]:
    return (word.replace("_", " ") for word in words.split())


def _row(line: str, widths: tuple[int, ...], name: str) -> tuple[str, ...]:
    row = tuple(line.split("\t"))
    if len(row) not in widths:
        raise ValueError(f"{name}: {line!r} has {len(row)} columns, not {' or '.join(map(str, widths))}")
    return row
