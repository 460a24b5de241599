"""Claims in one file for other tools: CSV for spreadsheets, NDJSON, Parquet, JSON-LD.

The profile ``flat`` has one row a claim with the columns of the databases and those of the article;
``full`` is the whole record: nested in NDJSON and Parquet, a column for each field in CSV.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields, is_dataclass
from functools import partial
from pathlib import Path
from types import UnionType
from typing import Any, Final, Literal, get_args, get_origin, get_type_hints

from pipeline.errors import ConfigurationError
from pipeline.outputs import jsonld, parquet
from pipeline.outputs.jsonl import encode
from pipeline.outputs.parquet import ExportError
from pipeline.outputs.runs import FinishedRun, Json, as_record, finished_run
from pipeline.outputs.tables import FLAT, Row, flat_row
from pipeline.record import Claim

__all__ = ["PROFILES", "ExportError", "Profile", "cell", "export"]

Profile = Literal["flat", "full"]
PROFILES: Final = ("flat", "full")

# What spreadsheets take for the begin of a formula (OWASP, CSV injection), full-width forms included.
_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def export(folder: Path, to: Path, profile: Profile = "flat") -> int:
    """Write the claims of a finished run to a file, whole or not at all; gives their number."""
    write = _writer(to, profile)
    run = finished_run(folder)
    draft = to.with_name(f".{to.name}.{os.getpid()}.part")
    try:
        count = write(run, draft)
        draft.replace(to)
    except OSError as error:
        raise ExportError(f"cannot write {to}: {error.strerror or error}; write to another place") from error
    finally:
        draft.unlink(missing_ok=True)
    return count


def _writer(to: Path, profile: str) -> _Writer:
    """The function for a file's suffix and a profile."""
    if profile not in PROFILES:
        raise ConfigurationError(f"--profile {profile}: write flat or full")
    suffix = to.suffix.lower()
    if suffix not in _WRITERS:
        raise ConfigurationError(f"{to}: write a name that ends in {', '.join(_WRITERS)}")
    return _WRITERS[suffix][PROFILES.index(profile)]


def _flat_rows(run: FinishedRun) -> Iterator[Row]:
    return (as_record(flat_row, claim) for claim in run.records("claims"))


def _write_flat_csv(run: FinishedRun, file: Path) -> int:
    return _write_table(file, FLAT.columns, _flat_rows(run))


def _write_full_csv(run: FinishedRun, file: Path) -> int:
    """A column for each field of the record, named by its path; lists are JSON in their cell."""
    paths = list(_paths(Claim))
    rows = (as_record(partial(_row, paths), claim) for claim in run.records("claims"))
    return _write_table(file, [".".join(path) for path in paths], rows)


def _paths(record_type: type) -> Iterator[tuple[str, ...]]:
    """The way to every value of a record that is no object, in the record's order."""
    hints = get_type_hints(record_type)
    for item in fields(record_type):
        key = item.metadata.get("key", item.name)
        inner = _object_type(hints[item.name])
        below = _paths(inner) if inner else [()]
        yield from ((key, *path) for path in below)


def _object_type(hint: Any) -> type | None:
    """The record type of ``X`` and of ``X | None``; None for lists and plain values."""
    members = get_args(hint) if get_origin(hint) is UnionType else (hint,)
    return next((each for each in members if isinstance(each, type) and is_dataclass(each)), None)


def _row(paths: Iterable[tuple[str, ...]], claim: Json) -> Row:
    return tuple(_at(claim, path) for path in paths)


def _at(value: Any, path: tuple[str, ...]) -> Any:
    for key in path:
        if value is None:
            return None
        value = value[key]
    return encode(value).decode("utf-8") if isinstance(value, list) else value


def _write_table(file: Path, columns: Iterable[str], rows: Iterable[Row]) -> int:
    """CSV as RFC 4180 has it, with the mark by which spreadsheets know UTF-8."""
    count = 0
    with file.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(columns)
        for row in rows:
            writer.writerow([cell(value) for value in row])
            count += 1
    return count


def cell(value: Any) -> Any:
    """The value as a spreadsheet may see it: text that reads as a formula gets an apostrophe in front."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str) and value.lstrip(" ").startswith(_FORMULA_STARTS):
        return "'" + value
    return value


def _write_flat_ndjson(run: FinishedRun, file: Path) -> int:
    return _write_lines(file, (dict(zip(FLAT.columns, row, strict=True)) for row in _flat_rows(run)))


def _write_full_ndjson(run: FinishedRun, file: Path) -> int:
    return _write_lines(file, run.records("claims"))


def _write_lines(file: Path, records: Iterable[Json]) -> int:
    count = 0
    with file.open("wb") as stream:
        for record in records:
            stream.write(encode(record) + b"\n")
            count += 1
    return count


def _write_flat_parquet(run: FinishedRun, file: Path) -> int:
    return parquet.write_flat(_flat_rows(run), file)


def _write_full_parquet(run: FinishedRun, file: Path) -> int:
    return parquet.write_full(run.records("claims"), file)


def _write_jsonld(run: FinishedRun, file: Path, *, full: bool) -> int:
    """One document, a node a line. ``<`` is escaped, so that it may stand in a page's script element."""
    count = 0
    with file.open("wb") as stream:
        stream.write(b'{"@context":' + encode(jsonld.context()) + b',"@graph":[')
        separator = b"\n"
        for article in run.records("articles"):
            stream.write(separator + _embeddable(as_record(jsonld.article_node, article)))
            separator = b",\n"
        for claim in run.records("claims"):
            for node in as_record(partial(_claim_nodes, full=full), claim):
                stream.write(b",\n" + _embeddable(node))
            count += 1
        stream.write(b"\n]}\n")
    return count


def _claim_nodes(claim: Json, *, full: bool) -> list[Json]:
    return list(jsonld.claim_nodes(claim, full=full))


def _embeddable(node: Json) -> bytes:
    return encode(node).replace(b"<", b"\\u003c")


_Writer = Callable[[FinishedRun, Path], int]
_WRITERS: Final[dict[str, tuple[_Writer, _Writer]]] = {
    ".csv": (_write_flat_csv, _write_full_csv),
    ".ndjson": (_write_flat_ndjson, _write_full_ndjson),
    ".parquet": (_write_flat_parquet, _write_full_parquet),
    ".jsonld": (partial(_write_jsonld, full=False), partial(_write_jsonld, full=True)),
}
