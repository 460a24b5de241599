"""Claims as Parquet, through pyarrow: columns have their types whatever the values of a run.

The flat profile has the columns of the tables; the full one has the record as it is, objects as structs and
lists as lists, with types taken from the record's own.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields, is_dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any, Final, Literal, Union, get_args, get_origin, get_type_hints

from pipeline.errors import OnrecordError
from pipeline.extras import optional
from pipeline.outputs.runs import as_record
from pipeline.outputs.tables import FLAT, Row, number
from pipeline.record import Claim

Json = dict[str, Any]

_ROW_GROUP: Final = 10_000


class ExportError(OnrecordError):
    """A file that cannot be written."""

    code = "E_EXPORT"
    stage = "export"


def write_flat(rows: Iterable[Row], file: Path) -> int:
    """Write the rows of the flat table, days as dates; gives their number."""
    pyarrow = _pyarrow()
    schema = _flat_schema(pyarrow)
    return _write(file, schema, rows, lambda group: _columns(pyarrow, schema, group))


def write_full(claims: Iterable[Json], file: Path) -> int:
    """Write whole records; gives their number."""
    pyarrow = _pyarrow()
    record = _arrow_type(pyarrow, Claim)
    schema = pyarrow.schema(list(record))
    rows = (as_record(partial(_fitted, record), claim) for claim in claims)
    return _write(file, schema, rows, lambda group: pyarrow.Table.from_pylist(group, schema=schema))


def _pyarrow() -> Any:
    return optional("pyarrow", what="Parquet", extra="parquet")


def _write(file: Path, schema: Any, rows: Iterable[Any], table: Callable[[list[Any]], Any]) -> int:
    parquet: Any = optional("pyarrow.parquet", what="Parquet", extra="parquet")
    count = 0
    with parquet.ParquetWriter(file, schema, compression="zstd") as writer:
        for group in _groups(rows):
            writer.write_table(_fitting(table, group))
            count += len(group)
    return count


def _groups(rows: Iterable[Any]) -> Iterator[list[Any]]:
    iterator = iter(rows)
    while group := list(islice(iterator, _ROW_GROUP)):
        yield group


def _fitting(table: Callable[[list[Any]], Any], group: list[Any]) -> Any:
    try:
        return table(group)
    except (_pyarrow().ArrowException, OverflowError) as error:
        raise ExportError(f"a claim does not fit its column: {error}; see: onrecord validate DIR") from error


def _flat_schema(pyarrow: Any) -> Any:
    known = {
        "text": pyarrow.string(),
        "integer": pyarrow.int64(),
        "number": pyarrow.float64(),
        "boolean": pyarrow.bool_(),
        "date": pyarrow.date32(),
    }
    return pyarrow.schema([(name, known[kind]) for name, kind in FLAT.types.items()])


def _columns(pyarrow: Any, schema: Any, rows: list[Row]) -> Any:
    columns = zip(*rows, strict=True)
    arrays = [_array(pyarrow, kind, values) for kind, values in zip(schema.types, columns, strict=True)]
    return pyarrow.Table.from_arrays(arrays, schema=schema)


def _array(pyarrow: Any, kind: Any, values: Row) -> Any:
    """Days are written as text first; Arrow reads those quicker than Python does."""
    if kind == pyarrow.date32():
        return pyarrow.array(values, pyarrow.string()).cast(kind)
    return pyarrow.array(values, kind)


def _arrow_type(pyarrow: Any, hint: Any) -> Any:
    """The Arrow type of a type of the record; a value that is an integer or a float is a double."""
    if is_dataclass(hint):
        hints = get_type_hints(hint)
        return pyarrow.struct([
            (item.metadata.get("key", item.name), _arrow_type(pyarrow, hints[item.name]))
            for item in fields(hint)
        ])  # fmt: skip
    if get_origin(hint) is tuple:
        return pyarrow.list_(_arrow_type(pyarrow, get_args(hint)[0]))
    if get_origin(hint) in (Union, types.UnionType):
        return _arrow_type(pyarrow, _widest(get_args(hint)))
    if get_origin(hint) is Literal:
        return pyarrow.string()
    scalars = {str: pyarrow.string(), bool: pyarrow.bool_(), int: pyarrow.int64(), float: pyarrow.float64()}
    return scalars[hint]


def _widest(members: tuple[Any, ...]) -> Any:
    """The one type that holds the values of a union: null is no type of its own, integers are floats."""
    known = [member for member in members if member is not types.NoneType]
    return float if float in known else known[0]


def _fitted(kind: Any, value: Any) -> Any:
    """The value with numbers that its columns hold: beyond double precision they are null."""
    if value is None or kind.num_fields == 0:
        return number(value) if str(kind) == "double" else value
    if str(kind).startswith("list"):
        return [_fitted(kind.value_type, item) for item in value]
    return {field.name: _fitted(field.type, value[field.name]) for field in kind}
