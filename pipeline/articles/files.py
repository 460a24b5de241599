"""The files of a run: what the given paths hold, in an order that never changes."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from pipeline.articles.article import InputFile
from pipeline.articles.reader import GZIP_SUFFIX, readers_by_suffix
from pipeline.articles.stream import STDIN
from pipeline.articles.text import SIDECAR_SUFFIX
from pipeline.errors import ReadError


def discover(inputs: Sequence[str]) -> list[InputFile]:
    """The files that the given files and folders hold, folders walked in sorted order.

    Hidden files are left out, and sidecars that belong to a text. What no reader takes is listed all the
    same, so that reading it makes a dead letter. A link inside a folder is followed only to a file that
    lies in the same folder; any other stays a link, which ``read_file`` refuses.
    """
    found = [file for given in inputs for file in _files_of(given)]
    return _with_distinct_sources(found)


def _files_of(given: str) -> list[InputFile]:
    if given == STDIN:
        return [InputFile(STDIN, STDIN, 0)]
    path = Path(given)
    if path.is_dir():
        return _folder(given)
    if not path.exists():
        raise ReadError("E_NOT_FOUND", f"{given}: no such file or folder")
    return [_input_file(os.path.realpath(given), path.name)]


def _folder(root: str) -> list[InputFile]:
    real_root = os.path.realpath(root)
    names = sorted(_relative_paths(root))
    listed = set(names)
    return [
        _input_file(_followed(str(Path(root, name)), real_root), name)
        for name in names
        if not _is_sidecar(name, listed)
    ]


def _relative_paths(root: str) -> Iterator[str]:
    for folder, folders, files in os.walk(root):
        folders[:] = [name for name in folders if not name.startswith(".")]
        links = [name for name in folders if Path(folder, name).is_symlink()]
        for name in files + links:
            if not name.startswith("."):
                yield Path(folder, name).relative_to(root).as_posix()


def _followed(path: str, real_root: str) -> str:
    """The target of a link to a file inside the root; every other path as it is."""
    target = os.path.realpath(path) if Path(path).is_symlink() else path
    inside = target.startswith(real_root + os.sep)
    return target if inside and Path(target).is_file() else path


def _is_sidecar(name: str, listed: set[str]) -> bool:
    stem = name.removesuffix(SIDECAR_SUFFIX)
    if stem == name:
        return False
    suffixes = [suffix for suffix in readers_by_suffix() if suffix != ".json"]
    return any(stem + suffix + packed in listed for suffix in suffixes for packed in ("", GZIP_SUFFIX))


def _input_file(path: str, source: str) -> InputFile:
    return InputFile(path, source, os.lstat(path).st_size)


def _with_distinct_sources(files: list[InputFile]) -> list[InputFile]:
    """Files of several inputs that share a relative path are told apart by their whole path."""
    times = Counter(file.source for file in files)
    distinct: dict[str, InputFile] = {}
    for file in files:
        source = file.source if times[file.source] == 1 else Path(file.path).as_posix()
        distinct.setdefault(source, InputFile(file.path, source, file.size))
    return list(distinct.values())
