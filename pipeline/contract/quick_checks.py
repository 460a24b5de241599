"""A quick yes or no to "does this value fit the schema", for files of millions of lines.

It knows the keywords that our own schemas use and no others; what does not fit is then looked at by a
full validator, which can say why.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Any, Final

from pipeline.contract.schema import schema

Check = Callable[[Any], bool]

_TYPES: Final[dict[str, tuple[type, ...]]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "boolean": (bool,),
    "integer": (int,),
    "number": (int, float),
    "null": (type(None),),
}


@cache
def fits(file: str) -> Check:
    """A function that tells whether a line of ``claims``, ``articles`` or ``errors`` fits its schema."""
    root = schema(file)
    known: dict[str, Check] = {}

    def reference(name: str) -> Check:
        if name not in known:
            known[name] = _compile(root["$defs"][name], reference)
        return known[name]

    return _compile(root, reference)


def _compile(part: dict[str, Any], reference: Callable[[str], Check]) -> Check:
    if "$ref" in part:
        return reference(part["$ref"].removeprefix("#/$defs/"))
    if "anyOf" in part:
        choices = [_compile(choice, reference) for choice in part["anyOf"]]
        return lambda value: any(fitting(value) for fitting in choices)
    if "properties" in part:
        return _object(part, reference)
    if "items" in part:
        return _array(part, reference)
    return _scalar(part)


def _object(part: dict[str, Any], reference: Callable[[str], Check]) -> Check:
    checks = [(key, _compile(value, reference)) for key, value in part["properties"].items()]
    keys = part["properties"].keys()

    def fitting(value: Any) -> bool:
        return (
            type(value) is dict and value.keys() == keys and all(check(value[key]) for key, check in checks)
        )

    return fitting


def _array(part: dict[str, Any], reference: Callable[[str], Check]) -> Check:
    check = _compile(part["items"], reference)
    least, most = part.get("minItems", 0), part.get("maxItems", float("inf"))

    def fitting(value: Any) -> bool:
        return type(value) is list and least <= len(value) <= most and all(map(check, value))

    return fitting


def _scalar(part: dict[str, Any]) -> Check:
    names = part["type"] if isinstance(part["type"], list) else [part["type"]]
    types = frozenset(kind for name in names for kind in _TYPES[name])
    checks = list(_limits(part))

    def fitting(value: Any) -> bool:
        return type(value) in types and all(check(value) for check in checks)

    return fitting


def _limits(part: dict[str, Any]) -> list[Check]:
    """The checks beyond the type; like their keywords, each minds only values of the type it is about."""
    checks: list[Check] = []
    if "enum" in part:
        allowed = frozenset(part["enum"])
        checks.append(lambda value: value in allowed)
    if "const" in part:
        constant = part["const"]
        checks.append(lambda value: bool(value == constant))
    if "pattern" in part:
        search = re.compile(part["pattern"]).search
        checks.append(lambda value: not isinstance(value, str) or search(value) is not None)
    if "minimum" in part:
        least = part["minimum"]
        checks.append(lambda value: not isinstance(value, int | float) or value >= least)
    return checks
