"""What every way in yields: one immutable text and what is known about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pipeline.errors import ReadError
from pipeline.record import DeadLetter, PublishedSource, ZoneSpan

DateOrder = Literal["DMY", "MDY"]

# The longest article of the development sets has 50 kB; books and dumps are told apart well below this.
MAX_ARTICLE_BYTES = 20_000_000


@dataclass(frozen=True, slots=True)
class Article:
    """One article as read: text, metadata, zones; nothing in it has been judged yet.

    ``source`` is the path relative to the input folder with ``/``, or the ``id`` of a JSON article.
    ``zones`` cover the text without gaps, their borders are paragraph borders. ``extra`` keeps what wire
    formats know beyond the record: slug, version, embargo, dateline.
    """

    source: str
    text: str
    media_type: str
    url: str | None
    publisher: str | None
    title: str | None
    authors: tuple[str, ...]
    language: str | None
    date_published: str | None
    date_published_source: PublishedSource
    zones: tuple[ZoneSpan, ...]
    warnings: tuple[str, ...]
    extra: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class InputFile:
    """One file of a run: what to open, how the records call it, its size in bytes as stored.

    ``path`` ``-`` is standard input. ``version`` changes with the content of a file in a remote store; a
    local file has none, its content tells.
    """

    path: str
    source: str
    size: int
    version: str | None = None


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What a user can ask of the readers.

    ``date`` is the publication date of articles that give none. ``date_order`` reads 10/11/2024;
    without it such a date is reported, not guessed. ``max_bytes`` bounds one article. ``text_column``
    is the key or column that holds the text. ``format`` names a reader for files whose suffix tells nothing.
    """

    date: str | None = None
    date_order: DateOrder | None = None
    max_bytes: int = MAX_ARTICLE_BYTES
    text_column: str = "text"
    format: str | None = None


@dataclass(frozen=True, slots=True)
class Metadata:
    """What an input says of its article, before dates and languages are checked."""

    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    authors: tuple[str, ...] = ()
    language: str | None = None
    date_published: str | None = None
    date_source: PublishedSource = "none"


def dead_letter(source: str, error: ReadError) -> DeadLetter:
    """The dead letter that stands for an input that could not be read."""
    cause = type(error.__cause__).__name__ if error.__cause__ else None
    return DeadLetter(source, error.stage, error.code, str(error), cause, error.retryable)
