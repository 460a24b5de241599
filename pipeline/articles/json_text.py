"""JSON parsing that survives what JSON allows: lone surrogates, deep nesting, huge numbers."""

from __future__ import annotations

import json
from typing import Any

import orjson

from pipeline.errors import ReadError


def parse_json(text: str | bytes) -> Any:
    """The parsed value, or ``ReadError`` ``E_JSON`` with the place of the mistake."""
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        return _parse_lenient(text)


def _parse_lenient(text: str | bytes) -> Any:
    """What the fast parser refuses may still be legal: a lone surrogate, a number of 400 digits."""
    try:
        return json.loads(text)
    except RecursionError as error:
        raise ReadError("E_JSON", "nested too deeply for an article") from error
    except ValueError as error:
        raise ReadError("E_JSON", f"not valid JSON: {error}") from error
