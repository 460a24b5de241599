"""The shard plan: which articles are worked on together, frozen when they are first seen.

A slice is a stretch of articles of one input file, named by the file's content and not by its place
on disk. A later run keeps every shard whose inputs are unchanged and appends shards for what is new
or changed, so that only those cost work. The plan never shows in the output: results are put
together article by article, in input order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

MAX_SHARD_ARTICLES = 200
# Enough shards to keep many workers busy to the end, large enough that their fixed cost, a few waits
# for the disk, vanishes.
TARGET_SHARDS = 64
MIN_SHARD_ARTICLES = 4
# The last shards hold this share of what is then left: a worker that has the last one in hand keeps the
# others waiting, with equal shards for half a shard's time.
TAPER = 8

FileKey = tuple[str, str]


@dataclass(frozen=True, slots=True)
class PlannedFile:
    """An input file with the hash of its content and the number of articles it holds."""

    path: str
    source: str
    size: int
    digest: str
    articles: int

    @property
    def key(self) -> FileKey:
        """What the records of this file depend on."""
        return self.source, self.digest


@dataclass(frozen=True, slots=True)
class Slice:
    """Articles ``start`` to ``stop`` of a file."""

    path: str
    source: str
    size: int
    digest: str
    start: int
    stop: int

    @property
    def key(self) -> FileKey:
        """The file this is a slice of."""
        return self.source, self.digest


@dataclass(frozen=True, slots=True)
class Shard:
    """Slices that one worker does in one go, with one completion record."""

    number: int
    slices: tuple[Slice, ...]

    @property
    def articles(self) -> int:
        """How many articles the shard has places for."""
        return sum(piece.stop - piece.start for piece in self.slices)

    def places(self) -> Iterator[tuple[FileKey, int]]:
        """The file and index of every article, in order."""
        for piece in self.slices:
            for index in range(piece.start, piece.stop):
                yield piece.key, index


@dataclass(frozen=True, slots=True)
class Plan:
    """All files of the run in input order, and the shards that cover them."""

    files: tuple[PlannedFile, ...]
    shards: tuple[Shard, ...]


def make_plan(
    files: Sequence[PlannedFile],
    *,
    done: Iterable[Shard] = (),
    pending: Iterable[Shard] = (),
    redo: frozenset[tuple[FileKey, int]] = frozenset(),
    shard_size: int | None = None,
) -> Plan:
    """A plan that keeps the shards of an earlier one where it can.

    ``done`` shards stay if any of their files is still wanted, ``pending`` ones if all are. Articles
    in ``redo`` are planned again; the shard with the higher number wins when results are put together.
    """
    wanted = {file.key: file for file in files}
    kept = [shard for shard in done if any(piece.key in wanted for piece in shard.slices)]
    kept += [shard for shard in pending if all(piece.key in wanted for piece in shard.slices)]
    kept = sorted((_moved(shard, wanted) for shard in kept), key=lambda shard: shard.number)
    covered = _coverage(kept)
    missing = [piece for file in wanted.values() for piece in _missing(file, covered[file.key])]
    missing += [piece for file in wanted.values() for piece in _again(file, redo)]
    first = kept[-1].number + 1 if kept else 0
    return Plan(tuple(files), (*kept, *_group(missing, first, shard_size)))


def _moved(shard: Shard, wanted: dict[FileKey, PlannedFile]) -> Shard:
    """The shard with the paths that its files have today."""
    slices = tuple(_at(wanted[p.key].path, p) if p.key in wanted else p for p in shard.slices)
    return Shard(shard.number, slices)


def _at(path: str, piece: Slice) -> Slice:
    return Slice(path, piece.source, piece.size, piece.digest, piece.start, piece.stop)


def _coverage(shards: Iterable[Shard]) -> defaultdict[FileKey, list[tuple[int, int]]]:
    covered: defaultdict[FileKey, list[tuple[int, int]]] = defaultdict(list)
    for shard in shards:
        for piece in shard.slices:
            covered[piece.key].append((piece.start, piece.stop))
    return covered


def _missing(file: PlannedFile, covered: list[tuple[int, int]]) -> Iterator[Slice]:
    """The gaps that the covered stretches leave in the file."""
    reached = 0
    for start, stop in sorted(covered):
        if start > reached:
            yield _slice(file, reached, start)
        reached = max(reached, stop)
    if reached < file.articles:
        yield _slice(file, reached, file.articles)


def _again(file: PlannedFile, redo: frozenset[tuple[FileKey, int]]) -> Iterator[Slice]:
    if not redo:
        return
    for index in range(file.articles):
        if (file.key, index) in redo:
            yield _slice(file, index, index + 1)


def _slice(file: PlannedFile, start: int, stop: int) -> Slice:
    return Slice(file.path, file.source, file.size, file.digest, start, stop)


def _group(slices: Sequence[Slice], first: int, shard_size: int | None) -> Iterator[Shard]:
    sizes = _sizes(sum(piece.stop - piece.start for piece in slices), shard_size)
    number, group, room = first, [], next(sizes)
    for piece in slices:
        start = piece.start
        while start < piece.stop:
            stop = min(piece.stop, start + room)
            group.append(Slice(piece.path, piece.source, piece.size, piece.digest, start, stop))
            room -= stop - start
            start = stop
            if room == 0:
                yield Shard(number, tuple(group))
                number, group, room = number + 1, [], next(sizes)
    if group:
        yield Shard(number, tuple(group))


def _sizes(articles: int, shard_size: int | None) -> Iterator[int]:
    """Sizes of the shards in turn: as asked, else a share of what is left (Polychronopoulos & Kuck 1987)."""
    largest = min(MAX_SHARD_ARTICLES, max(MIN_SHARD_ARTICLES, -(-articles // TARGET_SHARDS)))
    while True:
        size = shard_size or max(1, min(largest, articles // TAPER))
        yield size
        articles -= size
