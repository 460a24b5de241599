"""A wire item before it becomes an Article."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from pipeline.articles.article import Article, Metadata, ReadOptions
from pipeline.articles.blocks import Block, block, joined
from pipeline.articles.build import build_article
from pipeline.articles.encoding import scrub
from pipeline.errors import ReadError

W_EMBARGO: Final = "W_EMBARGO"

_BY = re.compile(r"by\s+", re.IGNORECASE)
_BETWEEN_AUTHORS = re.compile(r"\s*;\s*|,?\s+and\s+")
_USABLE = frozenset(("usable", ""))


@dataclass(frozen=True, slots=True)
class WireItem:
    """What a wire format says: content as blocks, metadata, and what only wires know."""

    id: str | None
    media_type: str
    blocks: tuple[Block, ...]
    metadata: Metadata
    extra: tuple[tuple[str, str], ...] = ()


def article_of(item: WireItem, source: str, options: ReadOptions) -> Article:
    """The article of a wire item; its headline is the first paragraph."""
    if not item.blocks:
        raise ReadError("E_NO_ARTICLE", "the item has no text: a picture, a package or a reference")
    title = item.metadata.title
    opens_with_title = title is not None and item.blocks[0].text.casefold() == title.casefold()
    blocks = item.blocks if opens_with_title else (*block(title, "title"), *item.blocks)
    text, zones = joined(blocks)
    clean, warnings = scrub(text)
    embargo = (W_EMBARGO,) if "embargo" in dict(item.extra) else ()
    return build_article(
        clean,
        replace(item.metadata, date_source="meta" if item.metadata.date_published else "none"),
        source=item.id or source,
        media_type=item.media_type,
        options=options,
        warnings=warnings + embargo,
        given_zones=zones,
        file_name=source,
        extra=item.extra,
    )


def require_usable(status: str | None) -> None:
    """Raise ``E_NOT_USABLE`` for an item that the agency has withheld or cancelled."""
    name = (status or "").casefold().rpartition(":")[2]
    if name not in _USABLE:
        raise ReadError("E_NOT_USABLE", f"the agency has marked this item {name!r}; it must not be used")


def authors_of(bylines: Iterable[str | None]) -> tuple[str, ...]:
    """The names in bylines such as "By Jane Doe and John Roe"."""
    names: list[str] = []
    for byline in bylines:
        text = _BY.sub("", byline.strip(), count=1) if byline and _BY.match(byline.strip()) else byline or ""
        names += (name.strip() for name in _BETWEEN_AUTHORS.split(text[:500]))
    return tuple(dict.fromkeys(name for name in names if name))


def kept(pairs: Sequence[tuple[str, str | None]]) -> tuple[tuple[str, str], ...]:
    """The pairs that have a value."""
    return tuple((key, value) for key, value in pairs if value)
