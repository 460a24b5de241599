"""Metadata of web pages: JSON-LD of schema.org first, then meta tags, then the page itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pipeline.articles.article import Metadata
from pipeline.articles.encoding import scrub_surrogates
from pipeline.articles.json_text import parse_json
from pipeline.errors import ReadError
from pipeline.record import PublishedSource

_ARTICLE_TYPES = ("Article", "BlogPosting", "Report", "LiveBlogPosting")
_MAX_JSON_LD_DEPTH = 4
_TITLE = ("og:title", "twitter:title", "dc.title", "headline")
_SITE = ("og:site_name", "application-name", "dc.publisher")
_DATE = (
    *("article:published_time", "og:article:published_time", "datepublished", "parsely-pub-date"),
    *("sailthru.date", "publish-date", "publication_date", "pubdate"),
    *("dc.date.issued", "dcterms.issued", "dc.date", "date"),
)
_AUTHOR = ("author", "article:author", "parsely-author", "byl", "dc.creator", "dcterms.creator")
_URL = ("og:url",)
_LANGUAGE = ("og:locale", "dc.language", "language")
_ADDRESS = ("http:", "https:", "//")


def page_metadata(tree: Any) -> Metadata:
    """What an lxml tree of a page says of its article."""
    data = _json_ld(tree)
    meta = _meta_tags(tree)
    date, source = _date(tree, data, meta)
    return Metadata(
        title=_text(data.get("headline"))
        or _first(meta, _TITLE)
        or _element(tree, "//h1")
        or _element(tree, "//title"),
        url=_canonical(tree) or _first(meta, _URL) or _text(data.get("url")),
        publisher=next(_names(data.get("publisher")), None) or _first(meta, _SITE),
        authors=tuple(dict.fromkeys(_names(data.get("author")))) or _meta_authors(meta),
        language=_text(data.get("inLanguage")) or tree.get("lang") or _first(meta, _LANGUAGE),
        date_published=date,
        date_source=source,
    )


def _date(tree: Any, data: dict[str, Any], meta: dict[str, list[str]]) -> tuple[str | None, PublishedSource]:
    written = _text(data.get("datePublished"))
    if written:
        return written, "jsonld"
    tagged = _first(meta, _DATE) or _attribute(
        tree, "//time[@pubdate or @itemprop='datePublished']/@datetime"
    )
    return (tagged, "meta") if tagged else (None, "none")


def _json_ld(tree: Any) -> dict[str, Any]:
    """The first object of an article type in the page's JSON-LD; broken scripts are passed over."""
    for script in tree.xpath("//script[@type='application/ld+json']"):
        try:
            value = parse_json(scrub_surrogates(script.text or ""))
        except ReadError:
            continue
        for found in _objects(value, _MAX_JSON_LD_DEPTH):
            return found
    return {}


def _objects(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    """Article objects in lists, graphs and main entities."""
    if depth == 0:
        return
    if isinstance(value, list):
        for item in value:
            yield from _objects(item, depth - 1)
    elif isinstance(value, dict):
        if _is_article(value.get("@type")):
            yield value
        for key in ("@graph", "mainEntity"):
            yield from _objects(value.get(key), depth - 1)


def _is_article(kind: Any) -> bool:
    kinds = kind if isinstance(kind, list) else [kind]
    return any(isinstance(one, str) and one.endswith(_ARTICLE_TYPES) for one in kinds)


def _meta_tags(tree: Any) -> dict[str, list[str]]:
    tags: dict[str, list[str]] = {}
    for tag in tree.xpath("//meta[@content]"):
        name = tag.get("property") or tag.get("name") or tag.get("itemprop")
        content = _text(tag.get("content"))
        if name and content:
            tags.setdefault(name.casefold(), []).append(content)
    return tags


def _names(value: Any) -> Iterator[str]:
    """The names of people or organisations, given as strings or objects, one or many."""
    for item in value if isinstance(value, list) else [value]:
        name = _text(item.get("name")) if isinstance(item, dict) else _text(item)
        if name and not name.startswith(_ADDRESS):
            yield name


def _meta_authors(meta: dict[str, list[str]]) -> tuple[str, ...]:
    for key in _AUTHOR:
        names = [name for name in meta.get(key, []) if not name.startswith(_ADDRESS)]
        if names:
            return tuple(dict.fromkeys(name.removeprefix("By ").removeprefix("by ") for name in names))
    return ()


def _first(meta: dict[str, list[str]], keys: tuple[str, ...]) -> str | None:
    return next((meta[key][0] for key in keys if key in meta), None)


def _canonical(tree: Any) -> str | None:
    return _attribute(tree, "//link[@rel='canonical']/@href")


def _attribute(tree: Any, path: str) -> str | None:
    found = tree.xpath(path)
    return _text(str(found[0])) if found else None


def _element(tree: Any, path: str) -> str | None:
    found = tree.xpath(path)
    return _text(found[0].text_content()) if found else None


def _text(value: Any) -> str | None:
    return " ".join(scrub_surrogates(value).split()) or None if isinstance(value, str) else None
