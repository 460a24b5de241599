"""The record field by field, as Markdown tables made from its JSON Schemas."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

Json = dict[str, Any]

_REFERENCE: Final = "#/$defs/"


def markdown_tables(schema: Json) -> str:
    """A table of the fields of a file's lines, then one for each part that they are made of."""
    tables = [table(schema)]
    for name, part in schema["$defs"].items():
        tables.append(f"### {name}\n\n{_prose(part['description'])}\n\n{table(part)}")
    return "\n\n".join(tables)


def table(part: Json) -> str:
    """The fields of one object: name, type, meaning."""
    rows = [f"| `{key}` | {type_name(item)} | {_cell(item)} |" for key, item in part["properties"].items()]
    return "\n".join(("| field | type | meaning |", "|---|---|---|", *rows))


def type_name(item: Json) -> str:
    """The type of a field in words: "list of [Span](#span)", "string or null"."""
    if "$ref" in item:
        name = item["$ref"].removeprefix(_REFERENCE)
        return f"[{name}](#{name.lower()})"
    if "anyOf" in item:
        return " or ".join(map(type_name, item["anyOf"]))
    if item["type"] == "array":
        return f"list of {type_name(item['items'])}"
    return item["type"] if isinstance(item["type"], str) else " or ".join(item["type"])


def _prose(docstring: str) -> str:
    return docstring.replace("``", "`")


def _cell(item: Json) -> str:
    return " ".join((item["description"], *_choices(item))).replace("|", "\\|")


def _choices(item: Json) -> Iterator[str]:
    choices = [choice for choice in item.get("enum", ()) if choice is not None]
    if choices:
        yield "One of " + ", ".join(f"`{choice}`" for choice in choices) + "."
    if "const" in item:
        yield f"Now `{item['const']}`."
