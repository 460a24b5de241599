"""The seam for ways in: what a reader is, which reader takes which file."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.metadata import entry_points
from typing import Protocol

from pipeline.articles.article import Article, InputFile, ReadOptions
from pipeline.articles.html import HtmlReader
from pipeline.articles.json_lines import JsonLinesReader, JsonReader
from pipeline.articles.parquet import ParquetReader
from pipeline.articles.stream import GZIP_SUFFIX
from pipeline.articles.tables import TableReader
from pipeline.articles.text import TextReader
from pipeline.articles.warc import WarcReader
from pipeline.articles.wire.xml_reader import WireXmlReader
from pipeline.record import DeadLetter

ENTRY_POINT_GROUP = "onrecord.readers"


class Reader(Protocol):
    """One way in. ``name`` is what ``--format`` takes, ``suffixes`` the file names it answers to."""

    name: str
    suffixes: tuple[str, ...]

    def count(self, file: InputFile, options: ReadOptions) -> int:
        """How many articles the file holds, cheaply."""
        ...

    def read(
        self, file: InputFile, options: ReadOptions, start: int, stop: int | None
    ) -> Iterator[Article | DeadLetter]:
        """The articles ``start`` to ``stop`` of the file; ``ReadError`` where none can be had."""
        ...


def holds_one(reader: Reader) -> bool:
    """Whether the reader takes one article from any file, so that none has to be opened to count."""
    return bool(getattr(reader, "holds_one", False))


def suffix_of(name: str) -> str:
    """The last suffix in lower case, looking through ``.gz``; a dot file has none."""
    base = name.rpartition("/")[2].lower().removesuffix(GZIP_SUFFIX)
    stem, dot, suffix = base.rpartition(".")
    return dot + suffix if stem else ""


@cache
def readers() -> dict[str, Reader]:
    """All readers by name: ours and those that installed packages offer."""
    ours: tuple[Reader, ...] = (
        *(TextReader(), HtmlReader(), JsonReader(), JsonLinesReader()),
        *(WireXmlReader(), TableReader(), ParquetReader(), WarcReader()),
    )
    found = {reader.name: reader for reader in ours}
    for point in sorted(entry_points(group=ENTRY_POINT_GROUP), key=lambda point: point.name):
        found[point.name] = point.load()()
    return found


@cache
def readers_by_suffix() -> dict[str, Reader]:
    """The reader of each suffix; a user's reader wins over ours."""
    return {suffix: reader for reader in readers().values() for suffix in reader.suffixes}
