"""NITF, the News Industry Text Format (IPTC, versions 3.x)."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from pipeline.articles.article import Metadata
from pipeline.articles.blocks import Block, block, blocks_of_element
from pipeline.articles.wire.item import WireItem, authors_of, kept
from pipeline.articles.wire.xml_tree import first, text_of

MEDIA_TYPE = "application/nitf+xml"


def read_nitf(root: Element) -> WireItem:
    """The item that an ``nitf`` element holds."""
    return WireItem(
        id=_attribute(root, "id-string", "head/docdata/doc-id"),
        media_type=MEDIA_TYPE,
        blocks=nitf_blocks(root),
        metadata=_metadata(root),
        extra=_extra(root),
    )


def nitf_blocks(root: Element) -> tuple[Block, ...]:
    """Headline, deck, body, end notes in the order of the page."""
    blocks: list[Block] = block(text_of(root.find(".//hedline/hl1")), "title")
    for line in root.findall(".//hedline/hl2"):
        blocks += block(text_of(line), "deck")
    content = root.find(".//body.content")
    if content is not None:
        blocks += blocks_of_element(content)
    for note in root.findall(".//body.end/*"):
        blocks += block(text_of(note), "furniture")
    return tuple(blocks) if content is not None else ()


def _metadata(root: Element) -> Metadata:
    return Metadata(
        title=text_of(first(root, ".//hedline/hl1", "head/title")),
        publisher=_attribute(root, "name", "head/pubdata") or text_of(root.find(".//body.head/distributor")),
        authors=authors_of(_byline(line) for line in root.findall(".//body.head/byline")),
        language=root.get("lang"),
        date_published=(
            _attribute(root, "norm", "head/docdata/date.issue")
            or _attribute(root, "date.publication", "head/pubdata")
            or _attribute(root, "norm", "head/docdata/date.release", ".//dateline/story.date")
        ),
    )


def _byline(line: Element) -> str | None:
    """The person where the byline marks one: the rest is title and place."""
    people = [name for person in line.findall("person") if (name := text_of(person))]
    return "; ".join(people) or text_of(line)


def _extra(root: Element) -> tuple[tuple[str, str], ...]:
    return kept(
        (
            (
                "slug",
                _attribute(root, "content", "head/meta[@name='slug']")
                or _attribute(root, "key", ".//keyword"),
            ),
            ("version", _attribute(root, "version", "head/docdata/du-key")),
            ("embargo", _attribute(root, "norm", "head/docdata/date.release")),
            ("expires", _attribute(root, "norm", "head/docdata/date.expire")),
            ("urgency", _attribute(root, "ed-urg", "head/docdata/urgency")),
            ("dateline", text_of(root.find(".//body.head/dateline/location"))),
        )
    )


def _attribute(root: Element, name: str, *paths: str) -> str | None:
    found = first(root, *paths)
    return (found.get(name) or None) if found is not None else None
