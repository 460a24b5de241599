"""The steps that bring a database's tables from any earlier version to the newest.

A version is the number that its file in ``migrations/DIALECT`` begins with. Steps are never edited
once they are released: a change of the tables is a further step.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from pipeline.outputs.sql.store import StoreError


@dataclass(frozen=True, slots=True)
class Migration:
    """One step: the version that it leads to, and its statements."""

    version: int
    name: str
    script: str


@cache
def migrations(dialect: str) -> tuple[Migration, ...]:
    """The steps for a kind of database, in order."""
    folder = files("pipeline.outputs.sql") / "migrations" / dialect
    found = [
        Migration(int(file.name[:4]), file.name, file.read_text(encoding="utf-8"))
        for file in folder.iterdir()
        if file.name.endswith(".sql")
    ]
    return tuple(sorted(found, key=lambda step: step.version))


def pending(steps: Sequence[Migration], version: int) -> tuple[Migration, ...]:
    """The steps that a database of this version still needs; refuses databases newer than all steps."""
    newest = max((step.version for step in steps), default=0)
    if version > newest:
        raise StoreError(
            f"the tables are of version {version}, this onrecord knows up to {newest}; update onrecord"
        )
    return tuple(step for step in steps if step.version > version)


def statements(script: str) -> Iterator[str]:
    """The statements of a script one by one, triggers whole."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
