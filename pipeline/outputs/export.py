"""Claims in one file for other tools: CSV for spreadsheets, NDJSON, Parquet.

The profile ``flat`` has one row a claim with the columns of the databases and those of the article;
``full`` is the whole record, lists and all, and is for NDJSON.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any, Final, Literal

from pipeline.errors import ConfigurationError, OnrecordError
from pipeline.outputs.extras import optional
from pipeline.outputs.jsonl import encode
from pipeline.outputs.runs import FinishedRun, Json, as_record, finished_run
from pipeline.outputs.tables import FLAT, Row, flat_row

Profile = Literal["flat", "full"]
PROFILES: Final = ("flat", "full")

# What spreadsheets take for the begin of a formula (OWASP, CSV injection), full-width forms included.
_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_ROW_GROUP: Final = 10_000


class ExportError(OnrecordError):
    """A file that cannot be written."""

    code = "E_EXPORT"
    stage = "export"


def export(folder: Path, to: Path, profile: Profile = "flat") -> int:
    """Write the claims of a finished run to a file, whole or not at all; gives their number."""
    write = _writer(to, profile)
    run = finished_run(folder)
    draft = to.with_name(f".{to.name}.{os.getpid()}.part")
    try:
        count = write(run, draft)
        draft.replace(to)
    except OSError as error:
        raise ExportError(f"{to}: {error.strerror or error}") from error
    finally:
        draft.unlink(missing_ok=True)
    return count


def _writer(to: Path, profile: str) -> Callable[[FinishedRun, Path], int]:
    """The function for a file's suffix; refuses what it cannot hold."""
    suffix = to.suffix.lower()
    if profile not in PROFILES:
        raise ConfigurationError(f"--profile {profile}: write flat or full")
    if suffix not in _FLAT_WRITERS:
        raise ConfigurationError(f"{to}: write a name that ends in {', '.join(_FLAT_WRITERS)}")
    if profile == "flat":
        return _FLAT_WRITERS[suffix]
    if suffix != ".ndjson":
        raise ConfigurationError(f"{to}: the full profile is for .ndjson; {suffix} takes --profile flat")
    return _write_full_ndjson


def _flat_rows(run: FinishedRun) -> Iterator[Row]:
    return (as_record(flat_row, claim) for claim in run.records("claims"))


def _write_csv(run: FinishedRun, file: Path) -> int:
    """CSV as RFC 4180 has it, with the mark by which spreadsheets know UTF-8."""
    count = 0
    with file.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(FLAT.columns)
        for row in _flat_rows(run):
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


def _write_parquet(run: FinishedRun, file: Path) -> int:
    """Parquet with a type for each column whatever its values, days as dates."""
    pyarrow: Any = optional("pyarrow", what="Parquet", extra="parquet")
    parquet: Any = optional("pyarrow.parquet", what="Parquet", extra="parquet")
    schema = _arrow_schema(pyarrow)
    rows, count = _flat_rows(run), 0
    with parquet.ParquetWriter(file, schema, compression="zstd") as writer:
        while group := list(islice(rows, _ROW_GROUP)):
            writer.write_table(_arrow_table(pyarrow, schema, group))
            count += len(group)
    return count


def _arrow_schema(pyarrow: Any) -> Any:
    types = {
        "text": pyarrow.string(),
        "integer": pyarrow.int64(),
        "number": pyarrow.float64(),
        "boolean": pyarrow.bool_(),
        "date": pyarrow.date32(),
    }
    return pyarrow.schema([(name, types[kind]) for name, kind in FLAT.types.items()])


def _arrow_table(pyarrow: Any, schema: Any, rows: list[Row]) -> Any:
    columns = zip(*rows, strict=True)
    try:
        arrays = [
            _arrow_array(pyarrow, kind, values) for kind, values in zip(schema.types, columns, strict=True)
        ]
    except (pyarrow.ArrowException, OverflowError) as error:
        raise ExportError(f"a claim does not fit its column: {error}; see: onrecord validate DIR") from error
    return pyarrow.Table.from_arrays(arrays, schema=schema)


def _arrow_array(pyarrow: Any, kind: Any, values: Row) -> Any:
    """Days are written as text first; Arrow reads those quicker than Python does."""
    if kind == pyarrow.date32():
        return pyarrow.array(values, pyarrow.string()).cast(kind)
    return pyarrow.array(values, kind)


_FLAT_WRITERS: Final = {".csv": _write_csv, ".ndjson": _write_flat_ndjson, ".parquet": _write_parquet}
