"""From text and metadata to an Article: dates checked, zones found, language recognised, gaps noted."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.articles.article import Article, Metadata, ReadOptions
from pipeline.articles.encoding import scrub
from pipeline.articles.language import recognise
from pipeline.articles.metadata import publication_date
from pipeline.articles.zones import Known, find_zones, paragraphs, title_in
from pipeline.errors import ReadError
from pipeline.record import Zone

_HEAD_PARAGRAPHS = 10
_HEAD_CHARACTERS = 200


def build_article(
    text: str,
    metadata: Metadata,
    *,
    source: str,
    media_type: str,
    options: ReadOptions,
    warnings: tuple[str, ...] = (),
    given_zones: Sequence[Zone | None] = (),
    file_name: str | None = None,
    extra: tuple[tuple[str, str], ...] = (),
) -> Article:
    """The article; ``E_EMPTY`` where the text holds nothing but white space.

    ``given_zones`` are zones that markup tells, one a paragraph, None where it does not.
    ``file_name`` is where a date may stand if ``source`` is an id.
    """
    spans = paragraphs(text)
    if not spans:
        raise ReadError("E_EMPTY", "the article has no text")
    head = [text[start : min(end, start + _HEAD_CHARACTERS)] for start, end in spans[:_HEAD_PARAGRAPHS]]
    published = publication_date(metadata, head, file_name or source, options)
    known = Known(metadata.title, metadata.publisher, metadata.authors)
    zones = find_zones(text, spans, known=known, given=given_zones)
    language, language_warnings = recognise(text, metadata.language)
    return Article(
        source=source,
        text=text,
        media_type=media_type,
        url=metadata.url,
        publisher=metadata.publisher,
        title=metadata.title or title_in(text, zones),
        authors=metadata.authors,
        language=language,
        date_published=published.date,
        date_published_source=published.source,
        zones=zones,
        warnings=warnings + published.warnings + language_warnings,
        extra=extra,
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
        title=title,
        url=url,
        publisher=publisher,
        authors=authors,
        language=language,
        date_published=date_published,
        date_source="option" if date_published else "none",
    )
    return build_article(
        clean,
        metadata,
        source=source,
        media_type="text/plain",
        options=options or ReadOptions(),
        warnings=warnings,
    )
