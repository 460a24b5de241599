"""The outputs, put together from finished shards: article by article, in input order.

Which worker did what, in which shard and in how many runs, leaves no trace: equal inputs under an
equal fingerprint give equal bytes.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from pathlib import Path
from typing import BinaryIO, Final

from pipeline.batch.checkpoint import STREAMS, Completion, Workspace, load_completion, replacing
from pipeline.batch.failures import output_error
from pipeline.batch.outcome import Outcome, Tally
from pipeline.batch.plan import FileKey, Plan, Shard
from pipeline.errors import RunError
from pipeline.outputs.jsonl import decode, encode
from pipeline.record import DeadLetter
from pipeline.storage import listed

W_DUPLICATE_TEXT: Final = "W_DUPLICATE_TEXT"
# Neighbouring articles mostly share a shard; an updated folder has a few small ones in between.
_OPEN_SHARDS: Final = 8
_OUTPUT_NAME: Final = re.compile(r"(claims|articles)(-\d{5}-of-\d{5})?\.jsonl")


@dataclass(frozen=True, slots=True)
class OutputFile:
    """A finished output with its size and hash, as the manifest lists it."""

    name: str
    lines: int
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Piece:
    """One article's outcome and its lines in the three streams."""

    outcome: Outcome
    lines: tuple[bytes, ...]


class _LoadedShard:
    """A finished shard in memory, its bytes checked against its completion record."""

    def __init__(self, workspace: Workspace, completion: Completion) -> None:
        self._outcomes = completion.outcomes
        self._streams = []
        for name, expected in zip(STREAMS, completion.output_hashes, strict=True):
            data = workspace.stream(completion.shard, name).read_bytes()
            if hashlib.sha256(data).hexdigest() != expected:
                workspace.completion(completion.shard).unlink(missing_ok=True)
                raise RunError(
                    "E_DAMAGED", f"shard {completion.shard} is damaged; run the same command again"
                )
            ends = list(accumulate(getattr(outcome.lengths, name) for outcome in self._outcomes))
            self._streams.append((data, [0, *ends]))

    def piece(self, position: int) -> Piece:
        """The article at a position of the shard."""
        lines = tuple(data[borders[position] : borders[position + 1]] for data, borders in self._streams)
        return Piece(self._outcomes[position], lines)


def pieces(workspace: Workspace, plan: Plan, fingerprint: str) -> Iterator[Piece]:
    """Every article of the run in input order, the latest work on each; all shards must be finished."""
    shards = {shard.number: shard for shard in plan.shards}
    owners = _owners(plan.shards)

    @lru_cache(maxsize=_OPEN_SHARDS)
    def loaded(number: int) -> _LoadedShard:
        completion = load_completion(workspace, shards[number], fingerprint)
        if completion is None:
            raise RunError("E_DAMAGED", f"shard {number} is gone; run the same command again")
        return _LoadedShard(workspace, completion)

    for file in plan.files:
        for number, position in _resolve(owners[file.key], file.articles):
            yield loaded(number).piece(position)


def _owners(shards: Iterable[Shard]) -> defaultdict[FileKey, list[tuple[int, int, int, int]]]:
    """For each file the stretches that shards cover: start, stop, shard, position of the start."""
    owners: defaultdict[FileKey, list[tuple[int, int, int, int]]] = defaultdict(list)
    for shard in shards:
        position = 0
        for piece in shard.slices:
            owners[piece.key].append((piece.start, piece.stop, shard.number, position))
            position += piece.stop - piece.start
    return owners


def _resolve(stretches: list[tuple[int, int, int, int]], articles: int) -> Iterator[tuple[int, int]]:
    """The shard and position of every article of a file; the shard with the highest number wins."""
    winner: list[tuple[int, int] | None] = [None] * articles
    for start, stop, number, position in sorted(stretches, key=lambda stretch: stretch[2]):
        for index in range(start, min(stop, articles)):
            winner[index] = (number, position + index - start)
    return (place for place in winner if place is not None)


def unique(found: Iterable[Piece]) -> Iterator[Piece]:
    """The pieces, where a text that was there before is replaced by a note of that.

    Ids are hashes of the text, so that its records would be the same rows again.
    """
    seen: dict[str, str] = {}
    letters: Counter[tuple[str, str]] = Counter()
    for piece in found:
        identifier = piece.outcome.article_id
        if identifier is None:
            yield _numbered(piece, letters)
        elif identifier in seen:
            yield _numbered(_duplicate(piece.outcome, seen[identifier]), letters)
        else:
            seen[identifier] = piece.outcome.source
            yield piece


def _numbered(piece: Piece, letters: Counter[tuple[str, str]]) -> Piece:
    """The dead letter with a source of its own where several articles go by the same id."""
    if not piece.outcome.error:
        return piece
    letter = decode(piece.lines[2])
    key = letter["source"], letter["stage"]
    letters[key] += 1
    if letters[key] == 1:
        return piece
    renamed = {**letter, "source": f"{letter['source']} ({letters[key]})"}
    return Piece(piece.outcome, (b"", b"", encode(renamed) + b"\n"))


def _duplicate(outcome: Outcome, first: str) -> Piece:
    message = f"the same text as {first}, whose records are kept"
    letter = DeadLetter(outcome.source, "assemble", W_DUPLICATE_TEXT, message, None, False)
    return Piece(Outcome(source=outcome.source, error=W_DUPLICATE_TEXT), (b"", b"", encode(letter) + b"\n"))


class _HashedFile:
    """An output file that is hashed and counted while it is written."""

    def __init__(self, name: str, stream: BinaryIO) -> None:
        self._name, self._stream = name, stream
        self._hash = hashlib.sha256()
        self._bytes = self._lines = 0

    def write(self, data: bytes) -> None:
        """Append whole lines."""
        self._stream.write(data)
        self._hash.update(data)
        self._bytes += len(data)
        self._lines += data.count(b"\n")

    def summary(self) -> OutputFile:
        """What the manifest says of the file."""
        return OutputFile(self._name, self._lines, self._bytes, self._hash.hexdigest())


def assemble(
    workspace: Workspace, plan: Plan, fingerprint: str, *, files: int | None
) -> tuple[tuple[OutputFile, ...], Tally]:
    """Write the outputs and count what is in them. Each file is replaced at once or not at all."""
    tally = Tally()
    share = -(-sum(file.articles for file in plan.files) // (files or 1)) or 1
    found = unique(pieces(workspace, plan, fingerprint))
    outputs: list[OutputFile] = []
    with ExitStack() as errors_stack:
        errors = _open(errors_stack, workspace.out, "errors.jsonl")
        for number in range(files or 1):
            outputs += _write_group(workspace.out, _names(number, files), found, share, errors, tally)
        outputs.append(errors.summary())
    _remove_stale(workspace.out, {output.name for output in outputs})
    return tuple(outputs), tally


def _write_group(
    out: Path, names: tuple[str, str], found: Iterator[Piece], share: int, errors: _HashedFile, tally: Tally
) -> list[OutputFile]:
    """One file of claims and one of articles, with the next ``share`` articles of the run."""
    with ExitStack() as stack:
        claims, articles = (_open(stack, out, name) for name in names)
        for _, piece in zip(range(share), found, strict=False):
            tally.add(piece.outcome)
            tally.add_speakers(piece.outcome)
            for target, data in zip((claims, articles, errors), piece.lines, strict=True):
                target.write(data)
        return [claims.summary(), articles.summary()]


def _names(number: int, files: int | None) -> tuple[str, str]:
    suffix = "" if files is None else f"-{number:05d}-of-{files:05d}"
    return f"claims{suffix}.jsonl", f"articles{suffix}.jsonl"


def _open(stack: ExitStack, out: Path, name: str) -> _HashedFile:
    return _HashedFile(name, stack.enter_context(replacing(out / name)))


def _remove_stale(out: Path, current: set[str]) -> None:
    """Files of an earlier run that was split differently must not be read as this run's."""
    for path in listed(out):
        if path.name not in current and _OUTPUT_NAME.fullmatch(path.name):
            try:
                path.unlink()
            except OSError as error:
                raise output_error(error, path) from error
