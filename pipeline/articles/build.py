"""From text and metadata to an Article: dates checked, zones found, gaps noted."""

from __future__ import annotations

from dataclasses import replace

from pipeline.articles.article import Article, Metadata, ReadOptions
from pipeline.articles.encoding import scrub
from pipeline.articles.metadata import publication_date
from pipeline.articles.zones import find_zones
from pipeline.errors import ReadError


def build_article(
    text: str,
    metadata: Metadata,
    *,
    source: str,
    media_type: str,
    options: ReadOptions,
    warnings: tuple[str, ...] = (),
) -> Article:
    """The article; ``E_EMPTY`` where the text holds nothing but white space."""
    if not text or text.isspace():
        raise ReadError("E_EMPTY", "the article has no text")
    date, date_source, date_warnings = publication_date(metadata, text, source, options)
    return Article(
        source=source,
        text=text,
        media_type=media_type,
        url=metadata.url,
        publisher=metadata.publisher,
        title=metadata.title,
        authors=metadata.authors,
        language=metadata.language,
        date_published=date,
        date_published_source=date_source,
        zones=find_zones(text, title=metadata.title, publisher=metadata.publisher),
        warnings=warnings + date_warnings,
    )


def article_from_text(
    text: str,
    *,
    source: str = "text",
    title: str | None = None,
    url: str | None = None,
    publisher: str | None = None,
    authors: tuple[str, ...] = (),
    language: str | None = None,
    date_published: str | None = None,
    options: ReadOptions | None = None,
) -> Article:
    """The article for a text in hand; ``date_published`` is an ISO date or date-time."""
    clean, warnings = scrub(text)
    metadata = Metadata(
        title, url, publisher, authors, language, date_published, "option" if date_published else "none"
    )
    return build_article(
        clean,
        metadata,
        source=source,
        media_type="text/plain",
        options=replace(options or ReadOptions()),
        warnings=warnings,
    )
