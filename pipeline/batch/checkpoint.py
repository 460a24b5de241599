"""The work folder ``.onrecord`` of a run, and files that are either whole or absent."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, BinaryIO

import orjson

from pipeline.batch.failures import output_error
from pipeline.batch.outcome import Outcome, outcome_from_json, outcome_to_json
from pipeline.batch.plan import Plan, PlannedFile, Shard, Slice
from pipeline.errors import RunError
from pipeline.outputs.jsonl import decode
from pipeline.storage import is_remote, make_folder, put, uploading

FORMAT = 1
STREAMS = ("claims", "articles", "errors")


@dataclass(frozen=True, slots=True)
class Completion:
    """The proof that a shard is done: what went in, what made it, what came out."""

    shard: int
    input_hash: str
    fingerprint: str
    output_hashes: tuple[str, ...]
    outcomes: tuple[Outcome, ...]


@dataclass(frozen=True, slots=True)
class Workspace:
    """The paths of a run's work files.

    ``scratch`` is where this machine keeps unfinished shards of an output that lies in a remote store.
    """

    out: Path
    scratch: Path | None = None

    @property
    def root(self) -> Path:
        """The folder that holds them all."""
        return self.out / ".onrecord"

    @property
    def parts(self) -> Path:
        """Unfinished shards; nothing here outlives the run that wrote it."""
        return self.scratch or self.root / "parts"

    @property
    def shards(self) -> Path:
        """Finished shards with their completion records."""
        return self.root / "shards"

    @property
    def plan(self) -> Path:
        """The frozen plan."""
        return self.root / "plan.jsonl"

    @property
    def options(self) -> Path:
        """The options of the latest run."""
        return self.root / "run.json"

    @property
    def manifest(self) -> Path:
        """The manifest, beside the output."""
        return self.out / "manifest.json"

    def stream(self, shard: int, name: str) -> Path:
        """A finished shard's claims, articles or errors."""
        return self.shards / f"{shard:06d}.{name}.jsonl"

    def completion(self, shard: int) -> Path:
        """A finished shard's completion record."""
        return self.shards / f"{shard:06d}.done.json"

    def create(self) -> None:
        """Make the folders; raises ``RunError`` where that is not allowed."""
        try:
            for folder in (self.parts, self.shards):
                make_folder(folder)
        except OSError as error:
            raise output_error(error, self.out) from error


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """A binary stream whose content takes the place of ``path`` at once, when all of it is on disk."""
    if is_remote(path):
        with _told(path), uploading(path) as upload:
            yield upload
        return
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with temporary.open("wb") as stream:
            yield stream
            settle(stream)
        temporary.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        raise output_error(error, path) from error
    finally:
        temporary.unlink(missing_ok=True)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise output_error(error, path) from error


def take(part: Path, target: Path) -> None:
    """Move a finished part file to its place."""
    if is_remote(target):
        put(part, target)
        part.unlink()
    else:
        part.replace(target)


def settle(stream: IO[Any]) -> None:
    """Force what was written to disk."""
    stream.flush()
    os.fsync(stream.fileno())


def sync_folder(folder: Path) -> None:
    """Force a rename to disk; systems that cannot open a folder do without."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def dumps(value: Any) -> bytes:
    """JSON of lists and strings, names of files that are not UTF-8 included."""
    try:
        return orjson.dumps(value)
    except orjson.JSONEncodeError:
        return json.dumps(value, separators=(",", ":")).encode()


def write_json(path: Path, value: Any) -> None:
    """Write a small JSON file at once."""
    with replacing(path) as stream:
        stream.write(json.dumps(value, indent=2).encode() + b"\n")


def read_json(path: Path) -> Any:
    """The content of a JSON file, or None where it is absent or damaged."""
    try:
        return decode(path.read_bytes())
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return None


def input_hash(shard: Shard) -> str:
    """A hash over what a shard is made from."""
    named = [(piece.source, piece.digest, piece.start, piece.stop) for piece in shard.slices]
    return hashlib.sha256(dumps(named)).hexdigest()


def save_completion(workspace: Workspace, completion: Completion) -> None:
    """Write the completion record: after this the shard counts as done."""
    stored = {
        "format": FORMAT,
        "shard": completion.shard,
        "input_hash": completion.input_hash,
        "fingerprint": completion.fingerprint,
        "output_hashes": dict(zip(STREAMS, completion.output_hashes, strict=True)),
        "outcomes": [outcome_to_json(outcome) for outcome in completion.outcomes],
    }
    with replacing(workspace.completion(completion.shard)) as stream:
        stream.write(dumps(stored))


def load_completion(workspace: Workspace, shard: Shard, fingerprint: str | None) -> Completion | None:
    """The completion record of a shard, or None if the shard must be (re)done.

    With ``fingerprint`` None any pipeline's work is taken.
    """
    stored = read_json(workspace.completion(shard.number))
    if not isinstance(stored, dict) or stored.get("format") != FORMAT:
        return None
    if stored["input_hash"] != input_hash(shard) or fingerprint not in (None, stored["fingerprint"]):
        return None
    outcomes = tuple(outcome_from_json(item) for item in stored["outcomes"])
    hashes = tuple(stored["output_hashes"][name] for name in STREAMS)
    completion = Completion(shard.number, stored["input_hash"], stored["fingerprint"], hashes, outcomes)
    return completion if _streams_fit(workspace, completion) else None


def _streams_fit(workspace: Workspace, completion: Completion) -> bool:
    for name in STREAMS:
        expected = sum(getattr(outcome.lengths, name) for outcome in completion.outcomes)
        try:
            if workspace.stream(completion.shard, name).stat().st_size != expected:
                return False
        except FileNotFoundError:
            return False
    return True


def save_plan(workspace: Workspace, plan: Plan) -> None:
    """Freeze the plan: a header, the files, the shards, one JSON array a line."""
    places = {file.key: number for number, file in reversed(list(enumerate(plan.files)))}
    with replacing(workspace.plan) as stream:
        stream.write(dumps({"format": FORMAT, "files": len(plan.files)}) + b"\n")
        for file in plan.files:
            stream.write(dumps([file.path, file.source, file.size, file.digest, file.articles]) + b"\n")
        for shard in plan.shards:
            stream.write(dumps([shard.number, [_brief(p, places) for p in shard.slices]]) + b"\n")


def _brief(piece: Slice, places: dict[tuple[str, str], int]) -> list[Any]:
    """A slice by the number of its file, or in full where the file is no longer in the run."""
    if piece.key in places:
        return [places[piece.key], piece.start, piece.stop]
    return [[piece.path, piece.source, piece.size, piece.digest], piece.start, piece.stop]


def load_plan(workspace: Workspace) -> Plan | None:
    """The frozen plan, or None if there is none that can be used."""
    try:
        with workspace.plan.open("rb") as stream:
            return _parse_plan([decode(line) for line in stream])
    except FileNotFoundError:
        return None
    except (ValueError, LookupError, TypeError) as error:
        message = f"{workspace.plan} is damaged; run again with --fresh to start over"
        raise RunError("E_PLAN", message) from error


def _parse_plan(lines: list[Any]) -> Plan | None:
    if not lines or lines[0].get("format") != FORMAT:
        return None
    count = lines[0]["files"]
    files = tuple(PlannedFile(*line) for line in lines[1 : count + 1])
    shards = tuple(
        Shard(number, tuple(_full(piece, files) for piece in slices)) for number, slices in lines[count + 1 :]
    )
    return Plan(files, shards)


def _full(stored: list[Any], files: tuple[PlannedFile, ...]) -> Slice:
    place, start, stop = stored
    if isinstance(place, int):
        file = files[place]
        return Slice(file.path, file.source, file.size, file.digest, start, stop)
    path, source, size, digest = place
    return Slice(path, source, size, digest, start, stop)
