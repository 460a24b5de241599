"""Long lists on several pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Leaf(Generic[T]):
    """A part of a list, and the paths of all its pages."""

    items: Sequence[T]
    number: int
    pages: tuple[str, ...]

    @property
    def path(self) -> str:
        """The path of this page."""
        return self.pages[self.number - 1]

    @property
    def near(self) -> list[tuple[int, str]]:
        """The pages that this one links to: the first, the last and its neighbours."""
        total = len(self.pages)
        wanted = {1, total, *range(max(1, self.number - 2), min(total, self.number + 2) + 1)}
        return [(number, self.pages[number - 1]) for number in sorted(wanted)]


def leaves(path: str, items: Sequence[T], size: int) -> Iterator[Leaf[T]]:
    """The pages of a list, the first at ``path``; an empty list has one."""
    count = max(1, -(-len(items) // size))
    stem = path.removesuffix(".html")
    pages = (path, *(f"{stem}-{number}.html" for number in range(2, count + 1)))
    for number in range(count):
        yield Leaf(items[number * size : (number + 1) * size], number + 1, pages)
