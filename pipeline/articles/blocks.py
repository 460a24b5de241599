"""Marked-up content as paragraphs: one block a paragraph, with the zone that the markup tells."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from pipeline.articles.markup import tokens
from pipeline.articles.paragraphs import paragraphs
from pipeline.record import Zone

_BLOCKS = frozenset(
    (
        "p",
        "div",
        "section",
        "article",
        "block",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hl1",
        "hl2",
        "li",
        "dt",
        "dd",
    )
) | frozenset(
    ("tr", "blockquote", "bq", "pre", "figure", "figcaption", "media", "media-caption", "caption", "hr")
)
_CAPTIONS = frozenset(("figcaption", "media-caption"))
_SKIPPED = frozenset(
    ("script", "style", "head", "title", "noscript", "svg", "form", "button", "iframe", "template", "object")
) | frozenset(("media-reference", "media-metadata", "media-producer", "media-object", "nitf-table-metadata"))
_CELLS = frozenset(("td", "th"))
_VOID = frozenset(
    ("br", "hr", "img", "input", "link", "meta", "source", "wbr", "embed", "col", "area", "base")
)


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph in one line, and its zone where the markup tells it."""

    text: str
    zone: Zone | None = None


def block(text: str | None, zone: Zone | None = None) -> list[Block]:
    """The block for a text, none where it is blank."""
    line = " ".join((text or "").split())
    return [Block(line, zone)] if line else []


def joined(blocks: Iterable[Block]) -> tuple[str, tuple[Zone | None, ...]]:
    """The text of an article, a blank line between paragraphs, and the zone of each paragraph."""
    kept = list(blocks)
    return "\n\n".join(one.text for one in kept), tuple(one.zone for one in kept)


def blocks_of_text(text: str) -> list[Block]:
    """The paragraphs of plain text."""
    return [one for start, end in paragraphs(text) for one in block(text[start:end])]


def blocks_of_element(element: Element) -> list[Block]:
    """The paragraphs below an element of NITF or XHTML, in order."""
    builder = _BlockBuilder()
    _walk(element, builder)
    return builder.close()


def blocks_of_html(html: str) -> list[Block]:
    """The paragraphs of an HTML fragment, such as agencies put into JSON."""
    builder = _BlockBuilder()
    for token in tokens(html):
        if token.kind == "start":
            builder.start(token.value)
        elif token.kind == "end":
            builder.end(token.value)
        else:
            builder.data(token.value)
    return builder.close()


class _BlockBuilder:
    """Collects text between the borders of block elements."""

    def __init__(self) -> None:
        self._blocks: list[Block] = []
        self._words: list[str] = []
        self._open: list[str] = []
        self._skipped = 0
        self._captions = 0
        self._breaks = 0

    def start(self, tag: str) -> None:
        self._breaks = self._breaks + 1 if tag == "br" else 0
        if tag in _BLOCKS or self._breaks > 1:
            self._flush()
        elif tag == "br" or tag in _CELLS:
            self._words.append(" ")
        if tag in _VOID:
            return
        self._open.append(tag)
        self._skipped += tag in _SKIPPED
        self._captions += tag in _CAPTIONS

    def end(self, tag: str) -> None:
        """Close a tag and what was left open inside it; a stray end tag closes nothing."""
        if self._skipped and tag not in _SKIPPED:
            return
        if tag in _BLOCKS:
            self._flush()
        if tag not in self._open[-_MAX_UNCLOSED:]:
            return
        while self._open:
            closed = self._open.pop()
            self._skipped -= closed in _SKIPPED
            self._captions -= closed in _CAPTIONS
            if closed == tag:
                return

    def data(self, text: str | None) -> None:
        if text and not self._skipped:
            self._words.append(text)
            if not text.isspace():
                self._breaks = 0

    def close(self) -> list[Block]:
        self._flush()
        return self._blocks

    def _flush(self) -> None:
        self._blocks += block("".join(self._words), "caption" if self._captions else None)
        self._words.clear()


# How deep an end tag looks for its start: keeps hostile tag soup linear.
_MAX_UNCLOSED = 64


def _walk(element: Element, builder: _BlockBuilder) -> None:
    """Recursion is bounded: the XML parser refuses deep nesting."""
    builder.start(element.tag)
    builder.data(element.text)
    for child in element:
        _walk(child, builder)
        builder.data(child.tail)
    builder.end(element.tag)
