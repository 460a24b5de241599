"""Wire items in XML files: NITF documents, NewsML-G2 items and messages."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from pipeline.articles.article import Article, InputFile, ReadOptions, dead_letter
from pipeline.articles.stream import read_all
from pipeline.articles.wire.item import WireItem, article_of
from pipeline.articles.wire.newsml import news_items, read_newsml
from pipeline.articles.wire.nitf import read_nitf
from pipeline.articles.wire.xml_tree import parse_xml
from pipeline.errors import ReadError
from pipeline.record import DeadLetter

# A message of several items is one document: it must fit into memory at once.
MAX_XML_BYTES = 100_000_000


class WireXmlReader:
    """NITF and NewsML-G2; which of them, the document's root tells."""

    name = "wire"
    suffixes: tuple[str, ...] = (".xml", ".nitf")

    def count(self, file: InputFile, options: ReadOptions) -> int:
        """The number of news items in the document."""
        return max(1, len(_items(_root(file))))

    def read(
        self, file: InputFile, options: ReadOptions, start: int, stop: int | None
    ) -> Iterator[Article | DeadLetter]:
        """The articles of the document; an item without text is its own dead letter."""
        items = _items(_root(file))
        if not items:
            raise ReadError("E_NO_ARTICLE", "the news message holds no news item")
        for number, item in enumerate(items[start:stop], start + 1):
            source = file.source if len(items) == 1 else f"{file.source}#{number}"
            try:
                yield article_of(_wire_item(item), source, options)
            except ReadError as error:
                yield dead_letter(source, error)


def _root(file: InputFile) -> Element:
    return parse_xml(read_all(file.path, MAX_XML_BYTES))


def _items(root: Element) -> list[Element]:
    if root.tag == "nitf":
        return [root]
    if root.tag in ("newsItem", "newsMessage"):
        return news_items(root)
    raise ReadError(
        "E_UNKNOWN_FORMAT", f"the root is <{root.tag[:40]}>; read are nitf, newsItem and newsMessage"
    )


def _wire_item(element: Element) -> WireItem:
    return read_nitf(element) if element.tag == "nitf" else read_newsml(element)
