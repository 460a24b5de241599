"""Where inputs and outputs lie: paths of this machine, and addresses of everything that fsspec reaches.

A local name is a ``pathlib.Path`` and keeps its atomic renames. An address such as ``s3://bucket/news`` is a
``UPath``, which has the same methods; what such a store lacks (renames, appending, reading in place) is done
on a local copy here.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Final, cast

from pipeline.errors import ConfigurationError
from pipeline.extras import optional

_ADDRESS: Final = re.compile(r"(?!file:)[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_FILE_SCHEME: Final = "file://"
# What stores call the hash of a file's content, and what they call its age, in the order of preference.
_CONTENT_KEYS: Final = ("ETag", "etag", "md5Hash", "md5", "crc32c")
_AGE_KEYS: Final = ("generation", "mtime", "LastModified", "last_modified", "updated", "created")


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file of a store: its name below the folder that was listed, its size, and what changes with it."""

    name: str
    size: int
    version: str


def is_address(name: str) -> bool:
    """Whether a name is for fsspec; ``file://`` and paths are not."""
    return _ADDRESS.match(name) is not None


def is_remote(path: Path) -> bool:
    """Whether a location is not a path of this machine."""
    return bool(getattr(path, "protocol", ""))


def location(name: str | Path) -> Path:
    """The path or address of that name; ``ConfigurationError`` where nothing installed knows the scheme."""
    text = str(name)
    if not is_address(text):
        return Path(text.removeprefix(_FILE_SCHEME))
    upath = optional("upath", what=f"addresses such as {text}", extra="remote")
    try:
        found = upath.UPath(text)
        _ = found.fs  # imports what the scheme needs
    except (ImportError, ValueError) as error:
        raise ConfigurationError(f"{text}: {error}; is the package for the scheme installed?") from error
    return cast(Path, found)  # it has the methods of one


def files_below(address: str) -> list[StoredFile]:
    """The files below an address, or the one at it, in the order of their names; hidden ones are left out."""
    fs, base = _store(address)
    with _fresh(fs):
        found: Mapping[str, Mapping[str, Any]] = fs.find(base, detail=True)
    files = [_stored(_below(base, path), info) for path, info in found.items()]
    return sorted((file for file in files if not _is_hidden(file.name)), key=lambda file: file.name)


def _stored(name: str, info: Mapping[str, Any]) -> StoredFile:
    return StoredFile(name, info["size"] or 0, _version(info))


def _below(base: str, path: str) -> str:
    return path.removeprefix(base).lstrip("/") or path.rpartition("/")[2]


def _is_hidden(name: str) -> bool:
    return any(part.startswith(".") for part in name.split("/"))


def _version(info: Mapping[str, Any]) -> str:
    """A hash of what the store says of the content, or of when it came to be."""
    told = [info[key] for key in _CONTENT_KEYS if info.get(key)]
    told = told or [info[key] for key in _AGE_KEYS if info.get(key)]
    return hashlib.sha256(repr((told, info["size"])).encode()).hexdigest()[:32]


def exists(address: str) -> bool:
    """Whether there is a file or a folder at the address."""
    fs, base = _store(address)
    return bool(fs.exists(base))


def fetch(address: str, target: Path) -> None:
    """Copy a file of a store to this machine; ``OSError`` where that fails."""
    fs, path = _store(address)
    fs.get_file(path, str(target))


def put(source: Path, target: Path) -> None:
    """Copy a local file to a store; object stores show it when all of it is there."""
    store = cast(Any, target)
    store.fs.put_file(str(source), store.path)


def listed(folder: Path) -> list[Path]:
    """What a folder holds; none where it is not there, as stores know no empty folders."""
    if not is_remote(folder):
        return list(folder.iterdir())
    store = cast(Any, folder)
    with _fresh(store.fs):
        try:
            found: list[str] = store.fs.ls(store.path, detail=False)
        except FileNotFoundError:
            return []
    return [folder / path.rstrip("/").rpartition("/")[2] for path in found]


@contextmanager
def _fresh(fs: Any) -> Iterator[None]:
    """No listing is taken from a cache or left in one: other processes write to the store."""
    fs.invalidate_cache()
    yield
    fs.invalidate_cache()


def make_folder(folder: Path) -> None:
    """Make a folder and those above it, in stores that have any."""
    if is_remote(folder):
        store = cast(Any, folder)
        store.fs.makedirs(store.path, exist_ok=True)
    else:
        folder.mkdir(parents=True, exist_ok=True)


def remove_below(folder: Path) -> None:
    """Remove a folder with all that is in it."""
    if not is_remote(folder):
        shutil.rmtree(folder)
        return
    store = cast(Any, folder)
    if store.fs.exists(store.path):
        store.fs.rm(store.path, recursive=True)
        store.fs.invalidate_cache()


@contextmanager
def uploading(target: Path) -> Iterator[BinaryIO]:
    """A binary stream whose content is put to a store at the end; nothing is put where the block fails."""
    with tempfile.NamedTemporaryFile(prefix="onrecord-") as stream:
        yield cast(BinaryIO, stream)
        stream.flush()
        put(Path(stream.name), target)


def _store(address: str) -> tuple[Any, str]:
    found = cast(Any, location(address))
    return found.fs, found.path
