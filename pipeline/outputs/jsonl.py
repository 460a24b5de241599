"""Records as JSON Lines: UTF-8, one object a line, keys in contract order, no NaN or Infinity."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

import jsonlines
import orjson

from pipeline.errors import ReadError
from pipeline.record import ArticleRecord, Claim, DeadLetter, to_json

Record = Claim | ArticleRecord | DeadLetter


def encode(value: Any) -> bytes:
    """One line of JSON without its line end.

    orjson refuses lone surrogates and integers beyond 64 bits; both are legal JSON and are written
    by the slower encoder of the standard library. Raises ``ValueError`` for NaN and infinities.
    """
    plain = to_json(value)
    try:
        return orjson.dumps(plain)
    except orjson.JSONEncodeError:
        return json.dumps(plain, separators=(",", ":"), allow_nan=False).encode("ascii")


_ALL_ZEROS = bytes.maketrans(b"123456789", b"000000000")
_LONG_NUMBER = b"0" * 19


def decode(line: bytes) -> Any:
    """The value of one line; raises ``ValueError`` if it is no JSON."""
    # orjson makes a float of an integer beyond 64 bits; a pattern would take longer to find one than
    # orjson takes to read the line
    if _LONG_NUMBER in line.translate(_ALL_ZEROS):
        return json.loads(line, parse_constant=_refuse_constant)
    try:
        return orjson.loads(line)
    except orjson.JSONDecodeError:
        return json.loads(line, parse_constant=_refuse_constant)


def _refuse_constant(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")


def writer(stream: BinaryIO) -> jsonlines.Writer:
    """A writer of records to a binary stream; its ``write`` gives the number of bytes written."""
    return jsonlines.Writer(stream, dumps=encode)


def write_records(stream: BinaryIO, records: Iterable[Record]) -> int:
    """Write the records as lines and give the number of bytes written."""
    return writer(stream).write_all(records)


def read_lines(path: Path) -> Iterator[tuple[int, Any]]:
    """The values of a JSON Lines file with their line numbers, from 1; blank lines are skipped."""
    with path.open("rb") as stream:
        for number, line in enumerate(stream, start=1):
            if line.strip():
                yield number, _decode_line(path, number, line)


def _decode_line(path: Path, number: int, line: bytes) -> Any:
    try:
        return decode(line)
    except ValueError as error:
        raise ReadError("E_JSON", f"{path}:{number}: not JSON: {error}") from error
