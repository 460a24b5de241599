"""Web archives: the pages of a WARC file."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from pipeline.articles.article import Article, InputFile, Metadata, ReadOptions, dead_letter
from pipeline.articles.extras import optional
from pipeline.articles.html import page_article
from pipeline.articles.stream import open_regular, too_large
from pipeline.errors import ReadError
from pipeline.record import DeadLetter

_PAGE_TYPES = ("text/html", "application/xhtml+xml")


class WarcReader:
    """One article a page; images, scripts, redirects and failed requests are no pages."""

    name = "warc"
    suffixes: tuple[str, ...] = (".warc",)

    def count(self, file: InputFile, options: ReadOptions) -> int:
        """The number of pages in the archive; damage further on counts as one more."""
        number = 0
        try:
            for _ in _pages(file):
                number += 1
        except ReadError:
            return number + 1
        return max(1, number)

    def read(
        self, file: InputFile, options: ReadOptions, start: int, stop: int | None
    ) -> Iterator[Article | DeadLetter]:
        """The articles of the pages, each called by its address."""
        number = start
        for record in islice(_pages(file), start, stop):
            number += 1
            yield _record_article(record, options)
        if number == 0:
            raise ReadError("E_NO_ARTICLE", "the archive holds no web page")


def _pages(file: InputFile) -> Iterator[Any]:
    archive = optional("warcio.archiveiterator", what="web archives", extra="warc")
    broken = optional("warcio.exceptions", what="web archives", extra="warc").ArchiveLoadFailed
    with open_regular(file.path) as raw:
        try:
            yield from (record for record in archive.ArchiveIterator(raw) if _is_page(record))
        except (broken, OSError, EOFError, ValueError) as error:
            raise ReadError("E_WARC", f"the web archive is damaged: {error}") from error


def _is_page(record: Any) -> bool:
    if record.rec_type != "response" or record.http_headers is None:
        return False
    kind = record.http_headers.get_header("Content-Type") or ""
    return record.http_headers.get_statuscode() == "200" and kind.lower().startswith(_PAGE_TYPES)


def _record_article(record: Any, options: ReadOptions) -> Article | DeadLetter:
    address = record.rec_headers.get_header("WARC-Target-URI") or record.rec_headers.get_header(
        "WARC-Record-ID"
    )
    try:
        data = record.content_stream().read(options.max_bytes + 1)
        if len(data) > options.max_bytes:
            raise too_large(options.max_bytes)
        return page_article(data, Metadata(url=address), address or "page", options)
    except ReadError as error:
        return dead_letter(address or "page", error)
