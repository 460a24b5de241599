"""HTML fragments as tags and text, in one pass: no hostile markup takes more than linear time.

The standard library's parser is quadratic on unclosed comments and attributes (CVE-2025-6069).
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

# Possessive, and stopped by the next "<": no character is looked at twice.
_TAG = re.compile(r"""<(/?)([a-zA-Z][\w.:-]{0,40}+)(?:[^<>"']++|"[^"<]*+"|'[^'<]*+')*+>""")
_CDATA = "<![CDATA["
_HUGE_REFERENCE = re.compile(r"&#(?:\d{8,}|[xX][0-9a-fA-F]{7,});?")


class Token(NamedTuple):
    """A tag by its lower-case name, or a text with its character references resolved."""

    kind: Literal["start", "end", "text"]
    value: str


def tokens(markup: str) -> Iterator[Token]:
    """Tags and texts in order; comments, declarations and processing instructions are left out."""
    place = 0
    while (opening := markup.find("<", place)) >= 0:
        if opening > place:
            yield _text(markup[place:opening])
        tag = _TAG.match(markup, opening)
        if tag:
            yield Token("end" if tag[1] else "start", tag[2].lower())
            place = tag.end()
        elif markup.startswith(("<!", "<?"), opening):
            content, place = _skipped(markup, opening)
            yield Token("text", content)
        else:
            yield Token("text", "<")
            place = opening + 1
    yield _text(markup[place:])


def _skipped(markup: str, opening: int) -> tuple[str, int]:
    """The text inside a CDATA section, nothing for other declarations, and where it goes on."""
    if markup.startswith("<!--", opening):
        return "", _after(markup, "-->", opening + len("<!--"))
    if markup.startswith(_CDATA, opening):
        place = _after(markup, "]]>", opening + len(_CDATA))
        return markup[opening + len(_CDATA) : place].removesuffix("]]>"), place
    return "", _after(markup, ">", opening)


def _after(markup: str, closing: str, start: int) -> int:
    """Where it goes on after a closing mark; without one, nothing goes on."""
    place = markup.find(closing, start)
    return len(markup) if place < 0 else place + len(closing)


def _text(raw: str) -> Token:
    """References to numbers beyond Unicode are no characters, however many digits they have."""
    return Token("text", html.unescape(_HUGE_REFERENCE.sub("\ufffd", raw)))
