"""XML without its dangers: no entity is declared, nothing outside the document is fetched."""

from __future__ import annotations

from html.entities import html5
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from pipeline.errors import ReadError

MAX_DEPTH = 200


def parse_xml(data: bytes) -> Element:
    """The tree of a document, names without their namespace prefix; ``E_XML`` where it is not well formed.

    A document type may be named, as NITF does, but is not read; one that declares entities is refused,
    since expanding them can fill the memory or reveal files (CWE-776, CWE-611).
    """
    reader = _Reader()
    try:
        reader.parser.Parse(data, True)
        return reader.builder.close()
    except expat.ExpatError as error:
        raise ReadError("E_XML", f"not well-formed XML: {error}") from error
    except (ValueError, LookupError) as error:
        raise ReadError("E_XML", f"the encoding of the XML cannot be read: {error}") from error


def text_of(element: Element | None) -> str | None:
    """All text in an element in one line, None where there is none."""
    if element is None:
        return None
    return " ".join("".join(element.itertext()).split()) or None


def first(element: Element, *paths: str) -> Element | None:
    """The element at the first of the paths that leads to one."""
    return next((found for path in paths if (found := element.find(path)) is not None), None)


class _Reader:
    """Feeds an ElementTree builder from expat, whose handlers can refuse what the C reader cannot."""

    def __init__(self) -> None:
        self.builder = TreeBuilder()
        self.parser = expat.ParserCreate()
        self._depth = 0
        self.parser.buffer_text = True
        self.parser.UseForeignDTD(True)
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self.builder.data
        self.parser.EntityDeclHandler = self._refuse_entity
        self.parser.SkippedEntityHandler = self._skipped_entity

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise ReadError("E_XML", f"elements nested more than {MAX_DEPTH} deep; not a news item")
        self.builder.start(_local(name), {_local(key): value for key, value in attributes.items()})

    def _end(self, name: str) -> None:
        self._depth -= 1
        self.builder.end(_local(name))

    def _refuse_entity(self, name: str, *_: object) -> None:
        raise ReadError("E_XML", f"the document declares the entity {name[:40]!r}; replace it by its text")

    def _skipped_entity(self, name: str, is_parameter_entity: bool) -> None:
        """Named characters of HTML, such as ``&nbsp;``, need no declaration."""
        if not is_parameter_entity:
            self.builder.data(html5.get(f"{name};", "\ufffd"))


def _local(name: str) -> str:
    return name.rpartition(":")[2]
