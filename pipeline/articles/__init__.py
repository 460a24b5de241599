"""Reading: files of many formats in, articles with zones and metadata out."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.articles.article import Article, DateOrder, InputFile, Metadata, ReadOptions, dead_letter
from pipeline.articles.build import article_from_text, build_article
from pipeline.articles.files import discover
from pipeline.articles.reader import Reader, holds_one, readers, readers_by_suffix, suffix_of
from pipeline.articles.sniff import sniffed_reader
from pipeline.articles.stream import STDIN
from pipeline.articles.zones import paragraphs
from pipeline.errors import ConfigurationError, ReadError
from pipeline.record import DeadLetter

__all__ = [
    "Article",
    "DateOrder",
    "InputFile",
    "Metadata",
    "ReadOptions",
    "Reader",
    "article_from_text",
    "build_article",
    "check_reading",
    "count_articles",
    "dead_letter",
    "discover",
    "is_single",
    "paragraphs",
    "read_file",
]


def check_reading(options: ReadOptions) -> None:
    """Refuse options that would set every input aside; raises ``ConfigurationError``."""
    if options.format and options.format not in readers():
        raise ConfigurationError(f"--format {options.format}: there are {', '.join(readers())}")
    if not options.text_column:
        raise ConfigurationError("--text-column must name a key")


def count_articles(file: InputFile, options: ReadOptions | None = None) -> int:
    """How many articles a file holds; one for a file that cannot be read, which is one dead letter."""
    options = options or ReadOptions()
    try:
        return _reader_of(file, options).count(file, options)
    except ReadError:
        return 1


def is_single(file: InputFile, options: ReadOptions | None = None) -> bool:
    """Whether the name of a file tells that it is one article, or one dead letter."""
    try:
        return holds_one(_reader_of(file, options or ReadOptions()))
    except ReadError:
        return True


def read_file(
    file: InputFile, options: ReadOptions | None = None, *, start: int = 0, stop: int | None = None
) -> Iterator[Article | DeadLetter]:
    """The articles ``start`` to ``stop`` of a file; what cannot be read is a dead letter."""
    options = options or ReadOptions()
    try:
        yield from _reader_of(file, options).read(file, options, start, stop)
    except ReadError as error:
        yield dead_letter(file.source, error)


def _reader_of(file: InputFile, options: ReadOptions) -> Reader:
    if options.format:
        return _named(options.format)
    if file.path == STDIN:
        return _named(sniffed_reader(file.path))
    reader = readers_by_suffix().get(suffix_of(file.source))
    if reader is None:
        known = " ".join(sorted(readers_by_suffix()))
        raise ReadError("E_UNKNOWN_FORMAT", f"no reader for this suffix; read are {known}, each also as .gz")
    return reader


def _named(name: str) -> Reader:
    if name not in readers():
        raise ReadError("E_UNKNOWN_FORMAT", f"no reader is called {name!r}; there are {', '.join(readers())}")
    return readers()[name]
