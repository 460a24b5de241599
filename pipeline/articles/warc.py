"""Web archives: the pages of a WARC file."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from contextlib import redirect_stderr
from itertools import islice
from typing import Any

from pipeline.articles.article import Article, InputFile, Metadata, ReadOptions, dead_letter
from pipeline.articles.extras import optional
from pipeline.articles.html import page_article
from pipeline.articles.stream import open_regular, too_large
from pipeline.errors import ReadError
from pipeline.record import DeadLetter

_PAGE_TYPES = ("text/html", "application/xhtml+xml")
# What warcio 1.8 lets through on damaged archives, besides its own exception.
_DAMAGE = (OSError, EOFError, ValueError, OverflowError, AttributeError, TypeError, zlib.error)

Page = tuple[str, bytes | ReadError]


class WarcReader:
    """One article a page; images, scripts, redirects and failed requests are no pages."""

    name = "warc"
    suffixes: tuple[str, ...] = (".warc",)

    def count(self, file: InputFile, options: ReadOptions) -> int:
        """The number of pages in the archive; damage further on counts as one more."""
        number = 0
        try:
            for _ in _pages(file, options):
                number += 1
        except ReadError:
            return number + 1
        return max(1, number)

    def read(
        self, file: InputFile, options: ReadOptions, start: int, stop: int | None
    ) -> Iterator[Article | DeadLetter]:
        """The articles of the pages, each called by its address."""
        number = start
        for address, data in islice(_pages(file, options), start, stop):
            number += 1
            yield _article(address, data, options)
        if number == 0:
            raise ReadError("E_NO_ARTICLE", "the archive holds no web page")


def _article(address: str, data: bytes | ReadError, options: ReadOptions) -> Article | DeadLetter:
    try:
        if isinstance(data, ReadError):
            raise data
        return page_article(data, Metadata(url=address), address, options)
    except ReadError as error:
        return dead_letter(address, error)


def _pages(file: InputFile, options: ReadOptions) -> Iterator[Page]:
    """The address and content of every page in the archive."""
    archive = optional("warcio.archiveiterator", what="web archives", extra="warc")
    damage = (optional("warcio.exceptions", what="web archives", extra="warc").ArchiveLoadFailed, *_DAMAGE)
    with open_regular(file.path) as raw:
        records = archive.ArchiveIterator(raw)
        while True:
            try:
                page = _next_page(records, options.max_bytes)
            except damage as error:
                raise ReadError(
                    "E_WARC", f"the web archive is damaged: {error or type(error).__name__}"
                ) from error
            if page is None:
                return
            yield page


def _next_page(records: Iterator[Any], limit: int) -> Page | None:
    """warcio writes what it thinks of an archive, and pieces of it, to standard error: keep it quiet."""
    with redirect_stderr(io.StringIO()):
        for record in records:
            if _is_page(record):
                data = record.content_stream().read(limit + 1)
                address = record.rec_headers.get_header("WARC-Target-URI") or "page without address"
                return address, too_large(limit) if len(data) > limit else data
    return None


def _is_page(record: Any) -> bool:
    if record.rec_type != "response" or record.http_headers is None:
        return False
    kind = record.http_headers.get_header("Content-Type") or ""
    return record.http_headers.get_statuscode() == "200" and kind.lower().startswith(_PAGE_TYPES)
