"""File names for articles whose sources can be any text."""

from __future__ import annotations

import re
from typing import Final

_UNSAFE: Final = re.compile(r"[^\w.-]+")
_LENGTH: Final = 100


class FileNames:
    """Hands out file names that are safe, tell the source, and differ from each other."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def take(self, source: str) -> str:
        """A name for this source that was not taken before, without a suffix."""
        stem = source.removesuffix(".txt")
        plain = _UNSAFE.sub("_", stem.encode("utf-8", "replace").decode()).strip("._")[:_LENGTH] or "article"
        name, number = plain, 1
        while name.casefold() in self._taken:
            number += 1
            name = f"{plain}-{number}"
        self._taken.add(name.casefold())
        return name
