"""NewsML-G2 news items and news messages (IPTC, versions 2.x)."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from pipeline.articles.article import Metadata
from pipeline.articles.blocks import Block, blocks_of_element, blocks_of_html, blocks_of_text
from pipeline.articles.wire.item import WireItem, authors_of, kept, require_usable
from pipeline.articles.wire.nitf import nitf_blocks
from pipeline.articles.wire.xml_tree import first, text_of

MEDIA_TYPE = "application/vnd.iptc.g2.newsitem+xml"


def news_items(root: Element) -> list[Element]:
    """The news items of a message, or the one that the document is."""
    return [root] if root.tag == "newsItem" else root.findall(".//newsItem")


def read_newsml(item: Element) -> WireItem:
    """The item that a ``newsItem`` element holds; ``E_NOT_USABLE`` where it is withheld or cancelled."""
    status = item.find("itemMeta/pubStatus")
    require_usable(status.get("qcode") if status is not None else None)
    return WireItem(
        id=item.get("guid"),
        media_type=MEDIA_TYPE,
        blocks=_content(item),
        metadata=_metadata(item),
        extra=_extra(item),
    )


def _content(item: Element) -> tuple[Block, ...]:
    inline = item.find("contentSet/inlineXML")
    if inline is not None:
        nitf = first(inline, "nitf", ".//nitf")
        return nitf_blocks(nitf) if nitf is not None else tuple(blocks_of_element(inline))
    data = item.find("contentSet/inlineData")
    if data is None:
        return ()
    text = "".join(data.itertext())
    is_html = "html" in (data.get("contenttype") or "")
    return tuple(blocks_of_html(text) if is_html else blocks_of_text(text))


def _metadata(item: Element) -> Metadata:
    language = item.find("contentMeta/language")
    return Metadata(
        title=text_of(first(item, "contentMeta/headline", "itemMeta/title", ".//hedline/hl1")),
        url=_url(item),
        publisher=_publisher(item),
        authors=_authors(item),
        language=(language.get("tag") if language is not None else None) or item.get("lang"),
        date_published=text_of(
            first(
                item, "itemMeta/versionCreated", "contentMeta/contentModified", "contentMeta/contentCreated"
            )
        ),
    )


def _url(item: Element) -> str | None:
    links = [
        link.get("href") for link in item.findall("itemMeta/link") if "canonical" in (link.get("rel") or "")
    ]
    return links[0] if links else None


def _publisher(item: Element) -> str | None:
    provider = item.find("itemMeta/provider")
    if provider is None:
        return None
    code = provider.get("literal") or (provider.get("qcode") or "").rpartition(":")[2]
    return text_of(provider.find("name")) or code or None


def _authors(item: Element) -> tuple[str, ...]:
    bylines = authors_of(text_of(line) for line in item.findall("contentMeta/by"))
    return bylines or authors_of(
        text_of(creator.find("name")) for creator in item.findall("contentMeta/creator")
    )


def _extra(item: Element) -> tuple[tuple[str, str], ...]:
    return kept(
        (
            ("slug", text_of(item.find("contentMeta/slugline"))),
            ("version", item.get("version")),
            ("embargo", text_of(item.find("itemMeta/embargoed"))),
            ("urgency", text_of(item.find("contentMeta/urgency"))),
            ("dateline", text_of(item.find("contentMeta/dateline"))),
        )
    )
