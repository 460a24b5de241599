"""Inputs in stores that fsspec reaches: listed where they are, read from a copy on this machine.

Every reader can then jump, unpack and check in a file as it does in a local one.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from pipeline import storage
from pipeline.articles.article import InputFile
from pipeline.articles.stream import GZIP_SUFFIX
from pipeline.articles.text import SIDECAR_SUFFIX, sidecar_path
from pipeline.errors import ReadError

# The name of a copy tells nothing: readers are chosen by the file's source.
_COPY = "input.copy"


def remote_files(address: str) -> list[InputFile]:
    """The files below an address with what the store says of their versions, sidecars' included."""
    found = storage.files_below(address)
    versions = {file.name: file.version for file in found}
    alone = len(found) == 1 and address.endswith("/" + found[0].name)
    return [
        InputFile(
            path=address if alone else f"{address.rstrip('/')}/{file.name}",
            source=file.name,
            size=file.size,
            version=file.version + versions.get(sidecar_path(file.name), ""),
        )
        for file in found
    ]


class LocalCopies:
    """Copies of remote files in a folder of this machine; the last one is kept for who asks again."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._held: InputFile | None = None

    def holds(self, file: InputFile) -> bool:
        """Whether the file can be read without fetching it first."""
        return not storage.is_address(file.path) or file == self._held

    def local(self, file: InputFile) -> InputFile:
        """The file as one that readers can open; raises ``ReadError`` where it cannot be had."""
        if not storage.is_address(file.path):
            return file
        path = self._folder / (_COPY + (GZIP_SUFFIX if file.path.endswith(GZIP_SUFFIX) else ""))
        if file != self._held:
            self._held = None
            self._folder.mkdir(parents=True, exist_ok=True)
            with _fetching(file.path):
                storage.fetch(file.path, path)
            self._fetch_sidecar(file.path)
            self._held = file
        return replace(file, path=str(path))

    def _fetch_sidecar(self, path: str) -> None:
        target = self._folder / sidecar_path(_COPY)
        target.unlink(missing_ok=True)
        if path.endswith(SIDECAR_SUFFIX):
            return
        try:
            with _fetching(path):
                storage.fetch(sidecar_path(path), target)
        except ReadError as error:
            if error.code != "E_NOT_FOUND":
                raise


@contextmanager
def _fetching(path: str) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as error:
        message = "the file is gone; was it moved during the run?"
        raise ReadError("E_NOT_FOUND", message, retryable=True) from error
    except OSError as error:
        message = f"cannot be fetched from {path}: {error}; check permissions and network"
        raise ReadError("E_UNREADABLE", message, retryable=True) from error
