"""The state of this package's code, which finished work depends on."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import Final

CODE_SUFFIXES: Final = frozenset({".py", ".tsv", ".txt", ".json"})


@cache
def code_digest() -> str:
    """A hash of this package's code and word lists.

    Versions change at releases, code changes whenever somebody edits it, and a run after an edit must
    not take up the work of the code before.
    """
    package = Path(__file__).parents[1]
    digest = hashlib.sha256()
    for path in sorted(package.rglob("*")):
        if path.suffix in CODE_SUFFIXES and path.is_file():
            digest.update(path.relative_to(package).as_posix().encode() + b"\0")
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()
