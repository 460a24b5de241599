"""Metadata keys of JSON articles and sidecars, checked by type."""

from __future__ import annotations

from typing import Any

from pipeline.articles.article import Metadata
from pipeline.articles.encoding import scrub_surrogates
from pipeline.errors import ReadError
from pipeline.record import PublishedSource


def metadata_of(fields: dict[str, Any], date_source: PublishedSource) -> Metadata:
    """The metadata that an object gives; unknown keys are ignored, null means absent."""
    date = optional_string(fields, "date_published")
    return Metadata(
        title=optional_string(fields, "title"),
        url=optional_string(fields, "url"),
        publisher=optional_string(fields, "publisher"),
        authors=strings(fields, "authors"),
        language=optional_string(fields, "language"),
        date_published=date,
        date_source=date_source if date else "none",
    )


def optional_string(fields: dict[str, Any], key: str) -> str | None:
    """The string under a key, None where it is absent, null or blank."""
    value = fields.get(key)
    if value is None:
        return None
    if not isinstance(value, str):
        raise wrong_type(key, value, "a string")
    return scrub_surrogates(value).strip() or None


def required_string(fields: dict[str, Any], key: str) -> str:
    """The string under a key, kept as it is."""
    if key not in fields:
        known = ", ".join(sorted(map(str, fields))[:8])
        raise ReadError(
            "E_JSON_SHAPE",
            f"no key {key!r}, this has: {known[:200] or 'none'}; name that of the text with --text-column",
        )
    value = fields[key]
    if not isinstance(value, str):
        raise wrong_type(key, value, "a string")
    return value


def strings(fields: dict[str, Any], key: str) -> tuple[str, ...]:
    """The strings under a key; a single string is a list of one."""
    value = fields.get(key)
    if value is None:
        return ()
    items = [value] if isinstance(value, str) else value
    if not isinstance(items, list) or not all(isinstance(item, str) for item in items):
        raise wrong_type(key, value, "a list of strings")
    cleaned = (scrub_surrogates(item).strip() for item in items)
    return tuple(item for item in cleaned if item)


def identifier(fields: dict[str, Any]) -> str | None:
    """The article's own id; numbers are taken as they are printed."""
    value = fields.get("id")
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return optional_string(fields, "id")


def wrong_type(key: str, value: object, needed: str) -> ReadError:
    """The error for a key whose value has another type."""
    names = {dict: "an object", list: "a list", str: "a string", bool: "true or false", int: "a number"}
    got = names.get(type(value), "a number" if isinstance(value, float) else "null")
    return ReadError("E_JSON_SHAPE", f"{key!r} is {got}, it must be {needed}")
