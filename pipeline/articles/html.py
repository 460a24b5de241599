"""Web pages: the article cut out by trafilatura, metadata from JSON-LD and meta tags."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from pipeline.articles.article import Article, InputFile, Metadata, ReadOptions
from pipeline.articles.build import build_article
from pipeline.articles.encoding import decode
from pipeline.articles.extras import optional
from pipeline.articles.html_metadata import page_metadata
from pipeline.articles.stream import read_all
from pipeline.articles.text import sidecar
from pipeline.errors import ReadError
from pipeline.record import DeadLetter

MIN_ARTICLE_WORDS = 20
# The largest real pages have a few thousand elements. Extraction is quadratic in their number:
# 20,000 take four seconds, 100,000 forty (trafilatura 2.3.1, 2026-11-22).
MAX_PAGE_ELEMENTS = 20_000
_CHARSET = re.compile(
    rb"""<meta[^>]{0,200}?charset\s{0,4}=\s{0,4}["']?\s{0,4}([\w.:-]{2,40})""", re.IGNORECASE
)
_HEAD_BYTES = 4096


class HtmlReader:
    """One article in one web page; the text is what trafilatura extracts."""

    name = "html"
    holds_one = True
    suffixes: tuple[str, ...] = (".html", ".htm", ".xhtml")

    def count(self, file: InputFile, options: ReadOptions) -> int:
        """Always one."""
        return 1

    def read(
        self, file: InputFile, options: ReadOptions, start: int, stop: int | None
    ) -> Iterator[Article | DeadLetter]:
        """The article of the page; ``E_NO_ARTICLE`` where there is none."""
        data = read_all(file.path, options.max_bytes)
        yield page_article(data, sidecar(file), file.source, options)


def page_article(data: bytes, given: Metadata, source: str, options: ReadOptions) -> Article:
    """The article of a page's bytes; what is given goes before what the page says."""
    page, warnings = decode(data, declared=declared_encoding(data))
    text, found = _extract(page)
    return build_article(
        text, merged(given, found), source=source, media_type="text/html", options=options, warnings=warnings
    )


def declared_encoding(data: bytes) -> str | None:
    """The encoding that the page's head names."""
    found = _CHARSET.search(data[:_HEAD_BYTES])
    return found[1].decode("ascii", "replace") if found else None


def merged(first: Metadata, second: Metadata) -> Metadata:
    """The first metadata, its gaps filled from the second."""
    if first.date_published is None:
        first = replace(first, date_published=second.date_published, date_source=second.date_source)
    return replace(
        first,
        title=first.title or second.title,
        url=first.url or second.url,
        publisher=first.publisher or second.publisher,
        authors=first.authors or second.authors,
        language=first.language or second.language,
    )


def _extract(page: str) -> tuple[str, Metadata]:
    trafilatura = optional("trafilatura", what="web pages", extra="html")
    tree: Any = trafilatura.load_html(page)
    if tree is None:
        raise ReadError("E_NO_ARTICLE", "the page cannot be parsed as HTML")
    elements = sum(1 for _ in tree.iter())
    if elements > MAX_PAGE_ELEMENTS:
        raise ReadError(
            "E_TOO_LARGE", f"the page has {elements} elements, more than {MAX_PAGE_ELEMENTS}; cut it down"
        )
    metadata = page_metadata(tree)
    document = trafilatura.bare_extraction(tree, include_comments=False, with_metadata=False)
    text: str = (document.text if document is not None else None) or ""
    if len(text.split()) < MIN_ARTICLE_WORDS:
        raise ReadError(
            "E_NO_ARTICLE", "no article was found on the page; an index, a form or a script page?"
        )
    return text, metadata
