"""The files of a run: what the given paths hold, in an order that never changes."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from pipeline.articles.article import InputFile
from pipeline.articles.reader import readers_by_suffix
from pipeline.articles.remote import remote_files
from pipeline.articles.stream import GZIP_SUFFIX, STDIN
from pipeline.articles.text import SIDECAR_SUFFIX
from pipeline.errors import ReadError
from pipeline.storage import is_address, location


def discover(inputs: Sequence[str]) -> list[InputFile]:
    """The files that the given files and folders hold, folders walked in sorted order.

    Hidden files are left out, and sidecars that belong to a text. What no reader takes is listed all the
    same, so that reading it makes a dead letter. A link inside a folder is followed only to a file that
    lies in the same folder; any other stays a link, which ``read_file`` refuses. Addresses such as
    ``s3://bucket/news`` are listed by fsspec.
    """
    found = [file for given in inputs for file in _files_of(given)]
    return _with_distinct_sources(found)


def _files_of(given: str) -> list[InputFile]:
    if given == STDIN:
        return [InputFile(STDIN, STDIN, 0)]
    if is_address(given):
        return _without_sidecars(remote_files(given))
    path = location(given)
    if path.is_dir():
        return _without_sidecars(sorted(_walk(str(path)), key=lambda file: file.source))
    if not path.exists():
        raise ReadError("E_NOT_FOUND", f"{given}: no such file or folder")
    return [InputFile(os.path.realpath(path), _printable(path.name), path.stat().st_size)]


def _without_sidecars(files: list[InputFile]) -> list[InputFile]:
    listed = {file.source for file in files}
    return [file for file in files if not _is_sidecar(file.source, listed)]


def _walk(root: str) -> Iterator[InputFile]:
    """Every file below a folder, links to folders included; a folder that cannot be listed as itself."""
    real_root = os.path.realpath(root)
    waiting = [(root, "")]
    while waiting:
        folder, prefix = waiting.pop()
        try:
            with os.scandir(folder) as found:
                entries = [entry for entry in found if not entry.name.startswith(".")]
        except OSError:
            yield InputFile(_printable(folder), _printable(prefix.rstrip("/")), 0)
            continue
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                waiting.append((entry.path, f"{prefix}{entry.name}/"))
            else:
                yield _entry_file(entry, prefix, real_root)


def _entry_file(entry: os.DirEntry[str], prefix: str, real_root: str) -> InputFile:
    path = _followed(entry.path, real_root) if entry.is_symlink() else entry.path
    return InputFile(_printable(path), _printable(prefix + entry.name), _size(entry))


def _size(entry: os.DirEntry[str]) -> int:
    """The stored size; none for a file that is gone again, which reading it will tell."""
    try:
        return entry.stat(follow_symlinks=False).st_size
    except OSError:
        return 0


def _followed(link: str, real_root: str) -> str:
    """The target of a link to a file inside the root; every other link as it is."""
    target = os.path.realpath(link)
    inside = target.startswith(real_root + os.sep)
    return target if inside and Path(target).is_file() else link


def _printable(name: str) -> str:
    """A name that JSON can hold: bytes that are not UTF-8 become U+FFFD, and opening it says so."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _is_sidecar(name: str, listed: set[str]) -> bool:
    stem = name.removesuffix(SIDECAR_SUFFIX)
    if stem == name:
        return False
    suffixes = [suffix for suffix in readers_by_suffix() if suffix != ".json"]
    return any(stem + suffix + packed in listed for suffix in suffixes for packed in ("", GZIP_SUFFIX))


def _with_distinct_sources(files: list[InputFile]) -> list[InputFile]:
    """Files of several inputs that share a relative path are told apart by their whole path."""
    times = Counter(file.source for file in files)
    distinct: dict[str, InputFile] = {}
    for file in files:
        whole = file.path if is_address(file.path) else Path(file.path).as_posix()
        source = file.source if times[file.source] == 1 else whole
        distinct.setdefault(source, replace(file, source=source))
    return list(distinct.values())
