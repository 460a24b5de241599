"""A finished run's folder as a source of records for stores and files."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeVar

from pipeline.errors import ConfigurationError, ReadError
from pipeline.outputs.jsonl import decode
from pipeline.record import SCHEMA_VERSION

Json = dict[str, Any]
T = TypeVar("T")

# What a tables function raises on a value that is no record.
_NO_RECORD: Final = (KeyError, TypeError, IndexError, AttributeError, ValueError)
_BUFFER: Final = 1_048_576  # the default holds three claims
_REPLACEMENT: Final = "\ufffd"


@dataclass(frozen=True, slots=True)
class FinishedRun:
    """A folder whose run ended well, with its manifest."""

    folder: Path
    manifest: Json

    @property
    def run_id(self) -> str:
        """The id of what the run made: equal outputs of equal pipelines have equal ids."""
        files = sorted((item["name"], item["sha256"]) for item in self.manifest["outputs"])
        named = repr((self.manifest["fingerprint"], files))
        return "run_" + hashlib.sha256(named.encode("utf-8", "backslashreplace")).hexdigest()[:32]

    def records(self, kind: str) -> Iterator[Json]:
        """The lines of ``claims`` or ``articles``, shard after shard."""
        for file in record_files(self.folder, kind):
            yield from read_records(file)


def finished_run(folder: Path) -> FinishedRun:
    """The run in a folder; refuses runs that have not ended, or whose files have changed since."""
    manifest = _manifest(folder)
    version = manifest.get("schema_version")
    if version != SCHEMA_VERSION:
        raise ConfigurationError(f"{folder}: records of version {version}, not {SCHEMA_VERSION}; run again")
    if manifest.get("state") != "complete":
        raise ConfigurationError(f"{folder}: the run is {manifest.get('state')}; let onrecord run finish it")
    run = FinishedRun(folder, manifest)
    try:
        _check_sizes(run)
    except _NO_RECORD as error:
        raise ReadError("E_MANIFEST", f"{folder / 'manifest.json'}: not a manifest; run again") from error
    return run


def _manifest(folder: Path) -> Json:
    file = folder / "manifest.json"
    try:
        manifest = decode(file.read_bytes())
    except OSError as error:
        raise ConfigurationError(
            f"{folder} holds no finished run; run first: onrecord run IN --out {folder}"
        ) from error
    except ValueError as error:
        raise ReadError("E_JSON", f"{file}: not JSON: {error}") from error
    if not isinstance(manifest, dict):
        raise ReadError("E_MANIFEST", f"{file}: not a manifest; run again")
    return manifest


def _check_sizes(run: FinishedRun) -> None:
    """A file that was cut or edited since would load a part and remove the rest."""
    sizes = {item["name"]: item["bytes"] for item in run.manifest["outputs"]}
    for kind in ("articles", "claims"):
        for file in record_files(run.folder, kind):
            if file.stat().st_size != sizes.get(file.name):
                raise ReadError("E_RUN_CHANGED", f"{file}: not as the run wrote it; run again to restore it")


def record_files(folder: Path, kind: str) -> list[Path]:
    """The files of claims or articles in a run's folder, in order."""
    files = sorted([*folder.glob(f"{kind}.jsonl"), *folder.glob(f"{kind}-*-of-*.jsonl")])
    if not files:
        raise ConfigurationError(f"{folder} holds no {kind}; run first: onrecord run IN --out {folder}")
    return files


def read_records(file: Path) -> Iterator[Json]:
    """The records of a file, free of the characters that tables refuse: NUL and lone surrogates.

    Both are one code point and become one, so offsets stay. In JSON they are always written as an
    escape: lines without one are taken as they are.
    """
    with file.open("rb", buffering=_BUFFER) as stream:
        for place, line in enumerate(stream, start=1):
            try:
                value = decode(line)
            except ValueError as error:
                raise ReadError("E_JSON", f"{file}:{place}: not JSON: {error}") from error
            yield storable(value) if b"\\u" in line else value


def storable(value: Any) -> Any:
    """The value with U+FFFD for NUL and for lone surrogates, in all its strings."""
    if isinstance(value, str):
        clean = value.replace("\x00", _REPLACEMENT)
        return clean if clean.isprintable() else _without_surrogates(clean)
    if isinstance(value, list):
        return [storable(item) for item in value]
    if isinstance(value, dict):
        return {key: storable(item) for key, item in value.items()}
    return value


def _without_surrogates(text: str) -> str:
    return "".join(_REPLACEMENT if "\ud800" <= char <= "\udfff" else char for char in text)


def as_record(make: Callable[[Json], T], value: Json) -> T:
    """What ``make`` makes of a record; ``E_RECORD`` if the value is none."""
    try:
        return make(value)
    except _NO_RECORD as error:
        name = value.get("claim_id") or value.get("article_id") if isinstance(value, dict) else None
        raise ReadError(
            "E_RECORD", f"{name or 'a line'} does not keep the contract; see: onrecord validate DIR"
        ) from error
