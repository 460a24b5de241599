"""ninjs, news in JSON (IPTC, versions 1.x with ``body_text`` and 2.x/3.x with ``bodies``)."""

from __future__ import annotations

from typing import Any

from pipeline.articles.article import Metadata
from pipeline.articles.blocks import Block, blocks_of_html, blocks_of_text
from pipeline.articles.fields import optional_string, wrong_type
from pipeline.articles.wire.item import WireItem, authors_of, kept, require_usable

MEDIA_TYPE = "application/ninjs+json"

_BODIES = ("body_text", "body_xhtml", "body_html", "bodies")
_MARKS = ("versioncreated", "versionCreated", "firstcreated", "firstCreated", "pubstatus", "pubStatus", "uri")


def is_ninjs(fields: dict[str, Any]) -> bool:
    """Whether an object is a ninjs item and not an article of our own form."""
    return "text" not in fields and any(k in fields for k in _BODIES) and any(k in fields for k in _MARKS)


def read_ninjs(fields: dict[str, Any]) -> WireItem:
    """The item that a ninjs object holds; ``E_NOT_USABLE`` where it is withheld or cancelled."""
    require_usable(_string(fields, "pubstatus", "pubStatus"))
    return WireItem(
        id=_string(fields, "uri"),
        media_type=MEDIA_TYPE,
        blocks=tuple(_content(fields)),
        metadata=_metadata(fields),
        extra=_extra(fields),
    )


def _content(fields: dict[str, Any]) -> list[Block]:
    plain = optional_string(fields, "body_text")
    if plain:
        return blocks_of_text(plain)
    marked_up = _string(fields, "body_xhtml", "body_html")
    return blocks_of_html(marked_up) if marked_up else _main_body(_objects(fields, "bodies"))


def _main_body(bodies: list[dict[str, Any]]) -> list[Block]:
    """The body whose role is main, or the first; plain text before HTML."""
    ranked = sorted(bodies, key=lambda body: (body.get("role") not in ("main", None), _is_html(body)))
    if not ranked:
        return []
    value = optional_string(ranked[0], "value") or ""
    return blocks_of_html(value) if _is_html(ranked[0]) else blocks_of_text(value)


def _is_html(body: dict[str, Any]) -> bool:
    return "html" in str(body.get("contentType") or body.get("contenttype") or "")


def _metadata(fields: dict[str, Any]) -> Metadata:
    headlines = _objects(fields, "headlines")
    return Metadata(
        title=_string(fields, "headline") or (optional_string(headlines[0], "value") if headlines else None),
        url=_string(fields, "canonicalurl", "url"),
        publisher=_publisher(fields),
        authors=_authors(fields),
        language=_string(fields, "language"),
        date_published=_string(
            fields,
            "versioncreated",
            "versionCreated",
            "contentcreated",
            "contentCreated",
            "firstcreated",
            "firstCreated",
        ),
    )


def _publisher(fields: dict[str, Any]) -> str | None:
    for organisation in _objects(fields, "infosources") or _objects(fields, "infosource"):
        return optional_string(organisation, "name")
    return _string(fields, "copyrightholder", "copyrightHolder")


def _authors(fields: dict[str, Any]) -> tuple[str, ...]:
    people = [optional_string(person, "name") for person in _objects(fields, "people") if _wrote(person)]
    bylines = [
        optional_string(line, "byline") or optional_string(line, "value")
        for line in _objects(fields, "bylines")
    ]
    return authors_of([_string(fields, "byline", "by"), *bylines]) or authors_of(people)


def _wrote(person: dict[str, Any]) -> bool:
    return str(person.get("rel") or "").casefold() in ("author", "creator")


def _extra(fields: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    return kept(
        (
            ("slug", _string(fields, "slugline")),
            ("version", _printed(fields.get("version"))),
            ("embargo", _string(fields, "embargoed")),
            ("urgency", _printed(fields.get("urgency"))),
            ("dateline", _string(fields, "located")),
        )
    )


def _string(fields: dict[str, Any], *keys: str) -> str | None:
    return next((value for key in keys if (value := optional_string(fields, key))), None)


def _printed(value: object) -> str | None:
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else None


def _objects(fields: dict[str, Any], key: str) -> list[dict[str, Any]]:
    value = fields.get(key) or []
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise wrong_type(key, value, "a list of objects")
    return value
