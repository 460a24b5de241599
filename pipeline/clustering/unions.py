"""Things by number that are found to be one, pair by pair (union–find, Tarjan 1975)."""

from __future__ import annotations

from collections.abc import Sequence


class Unions:
    """So many things, each apart at first; the smallest number stands for its group."""

    def __init__(self, size: int) -> None:
        self._parents = list(range(size))

    def root(self, number: int) -> int:
        """The number that stands for the group."""
        parents = self._parents
        while parents[number] != number:
            parents[number] = parents[parents[number]]
            number = parents[number]
        return number

    def join(self, one: int, other: int) -> None:
        """Make two groups one."""
        first, second = sorted((self.root(one), self.root(other)))
        self._parents[second] = first

    def join_all(self, numbers: Sequence[int]) -> None:
        """Make the groups of all these numbers one."""
        for number in numbers[1:]:
            self.join(numbers[0], number)

    def groups(self) -> list[list[int]]:
        """The groups in the order of their smallest numbers, each in ascending order."""
        found: dict[int, list[int]] = {}
        for number in range(len(self._parents)):
            found.setdefault(self.root(number), []).append(number)
        return list(found.values())
