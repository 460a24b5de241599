"""The JSON Schemas of the files, made from the record's types so that the two cannot disagree."""

from __future__ import annotations

import types
from dataclasses import fields, is_dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final, Literal, Union, get_args, get_origin, get_type_hints

from pipeline.record import SCHEMA_VERSION, ArticleRecord, Claim, DeadLetter

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
FILES: Final[dict[str, type]] = {"claims": Claim, "articles": ArticleRecord, "errors": DeadLetter}

_HASH: Final = "[0-9a-f]"
_ISO_DATE: Final = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
_SCALARS: Final[dict[type, str]] = {
    str: "string", bool: "boolean", int: "integer", float: "number", types.NoneType: "null",
}  # fmt: skip
# What the types cannot say: the form of ids, hashes and dates, and the range of offsets and scores.
_FORMS: Final[dict[str, dict[str, Any]]] = {
    "schema_version": {"const": SCHEMA_VERSION},
    "claim_id": {"pattern": f"^clm_{_HASH}{{32}}$"},
    "nested_in": {"pattern": f"^clm_{_HASH}{{32}}$"},
    "claim_key": {"pattern": f"^{_HASH}{{32}}$"},
    "article_id": {"pattern": f"^art_{_HASH}{{32}}$"},
    "text_sha256": {"pattern": f"^{_HASH}{{64}}$"},
    "code": {"pattern": "^[EW]_[A-Z0-9_]+$"},
    "ref": {"pattern": "^e[1-9][0-9]*$"},
    "entity_ref": {"pattern": "^e[1-9][0-9]*$"},
    "country": {"pattern": "^[A-Z]{2}$"},
    "said_on": {"pattern": _ISO_DATE},
    "start": {"minimum": 0},
    "end": {"minimum": 0},
    "paragraph": {"minimum": 0},
    "segments": {"minItems": 1},
    "candidates": {"maxItems": 3},
}


@cache
def schema(file: str) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a line of ``claims``, ``articles`` or ``errors``."""
    record_type = FILES[file]
    definitions: dict[str, Any] = {}
    root = _object(record_type, definitions)
    head = {"$schema": DIALECT, "$id": f"urn:onrecord:{file}:{SCHEMA_VERSION}", "title": f"{file}.jsonl"}
    return {**head, **root, "$defs": dict(sorted(definitions.items()))}


def _meaning(record_type: type, key: str) -> str:
    """What a field means; those of a span mean the same in everything that is one."""
    names = (base.__name__ for base in record_type.__mro__)
    return next(meanings()[name, key] for name in names if (name, key) in meanings())


@cache
def meanings() -> dict[tuple[str, str], str]:
    """What each field means, by record type and JSON key."""
    lines = files(__package__).joinpath("meanings.tsv").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if not line.startswith("#"))
    return {(record_type, key): meaning for record_type, key, meaning in rows}


def _object(record_type: type, definitions: dict[str, Any]) -> dict[str, Any]:
    hints = get_type_hints(record_type)
    properties = {
        item.metadata.get("key", item.name): _property(item.name, hints[item.name], definitions)
        for item in fields(record_type)
    }
    for key, described in properties.items():
        described["description"] = _meaning(record_type, key)
    return {
        "description": (record_type.__doc__ or "").strip().split("\n\n")[0].replace("\n    ", " "),
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _property(name: str, hint: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    return {**_type(hint, definitions), **_FORMS.get(name, {})}


def _type(hint: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    origin = get_origin(hint)
    if origin is Literal:
        return {"type": "string", "enum": list(get_args(hint))}
    if origin in (Union, types.UnionType):
        return _union(get_args(hint), definitions)
    if origin is tuple:
        return {"type": "array", "items": _type(get_args(hint)[0], definitions)}
    if is_dataclass(hint):
        return _reference(hint, definitions)
    return {"type": _SCALARS[hint]}


def _reference(record_type: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    name = record_type.__name__
    if name not in definitions:
        definitions[name] = {}  # breaks the cycle if a type ever holds itself
        definitions[name] = _object(record_type, definitions)
    return {"$ref": f"#/$defs/{name}"}


def _union(members: tuple[Any, ...], definitions: dict[str, Any]) -> dict[str, Any]:
    schemas = [_type(member, definitions) for member in members]
    if any("$ref" in item for item in schemas):
        return {"anyOf": schemas}
    merged: dict[str, Any] = {"type": _merge_types([item["type"] for item in schemas])}
    choices = [choice for item in schemas for choice in item.get("enum", ())]
    if choices:
        merged["enum"] = [*choices, *([None] if types.NoneType in members else [])]
    return merged


def _merge_types(names: list[str]) -> list[str]:
    """``integer`` beside ``number`` says nothing more."""
    return [name for name in names if not (name == "integer" and "number" in names)]
