"""The inputs of a run: every file with a hash of its content and the number of its articles."""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from pipeline.articles import InputFile, ReadOptions, count_articles, discover, is_single
from pipeline.articles.remote import LocalCopies
from pipeline.articles.sniff import sniffed_reader
from pipeline.articles.text import sidecar_path
from pipeline.batch.checkpoint import Workspace, replacing
from pipeline.batch.failures import ARTICLE_FAILURES
from pipeline.batch.plan import PlannedFile
from pipeline.errors import ReadError
from pipeline.storage import is_address, is_remote

STDIN = "-"
UNREADABLE = "unreadable"

Signature = tuple[tuple[str, int, int], ...]


def survey(
    inputs: Sequence[str], reading: ReadOptions, workspace: Workspace, *, again: bool = False
) -> Iterator[PlannedFile]:
    """The files of the run in input order; the output folder is never an input of its own run.

    With ``again`` standard input is what an earlier run was given.
    """
    copies = LocalCopies(workspace.parts / "survey")
    for file in discover(inputs):
        if file.path == STDIN:
            file = spool(workspace, again=again)
        elif is_within(file.path, workspace.out):
            continue
        # Workers may stand in another folder.
        path = file.path if is_address(file.path) else str(Path(file.path).absolute())
        yield PlannedFile(path, file.source, file.size, content_digest(file), _count(file, reading, copies))


def is_within(path: str, folder: Path) -> bool:
    """Whether a path or address is that folder, or lies below it, whatever links lead there."""
    return f"{_whole(path)}/".startswith(_whole(str(folder)).rstrip("/") + "/")


def _whole(path: str) -> str:
    return path if is_address(path) else os.path.realpath(path)


def _count(file: InputFile, reading: ReadOptions, copies: LocalCopies) -> int:
    """The number of articles; one for what cannot be counted, so that a worker makes its dead letter."""
    if is_address(file.path) and is_single(file, reading):
        return 1  # nothing need be fetched
    try:
        local = copies.local(file)
        return count_articles(local, reading_of(local, reading))
    except ARTICLE_FAILURES:
        return 1


def reading_of(file: InputFile, reading: ReadOptions) -> ReadOptions:
    """The options for one file: what came from standard input has no suffix and is recognised by content."""
    if file.source != STDIN or reading.format:
        return reading
    try:
        return replace(reading, format=sniffed_reader(file.path))
    except ReadError:
        return reading  # reading it fails in the same way and makes the dead letter


def spool(workspace: Workspace, *, again: bool) -> InputFile:
    """Standard input as a file that workers, and later runs, can read."""
    path = workspace.root / "standard-input"
    if not again or not path.exists():
        with replacing(path) as stream:
            shutil.copyfileobj(sys.stdin.buffer, stream)
    version = hashlib.sha256(path.read_bytes()).hexdigest()[:32] if is_remote(path) else None
    return InputFile(str(path), STDIN, path.stat().st_size, version)


def signature(inputs: Sequence[str]) -> Signature:
    """What changes when an input changes, told without reading it."""
    return tuple(state for file in discover(inputs) for state in _states(file))


def _states(file: InputFile) -> Iterator[tuple[str, int, int]]:
    if file.version is not None:
        yield file.path, file.size, int(file.version, 16)
        return
    for path in (file.path, sidecar_path(file.path)):
        yield path, *_size_and_time(path)


def _size_and_time(path: str) -> tuple[int, int]:
    try:
        found = os.lstat(path)
    except OSError:
        return -1, 0
    return found.st_size, found.st_mtime_ns


def content_digest(file: InputFile) -> str:
    """A hash over the file and the sidecar that belongs to it; unreadable files share a fixed one.

    Of a file in a remote store it is what the store says of its version, so that nothing need be fetched.
    """
    if file.version is not None:
        return file.version
    own = _file_digest(file.path)
    sidecar = sidecar_path(file.path)
    return own + _file_digest(sidecar) if Path(sidecar).is_file() else own


def _file_digest(path: str) -> str:
    """Never waits for a pipe, follows a link or reads a device: such paths are no content."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    try:
        descriptor = os.open(path, flags | getattr(os, "O_BINARY", 0))
    except OSError:
        return UNREADABLE
    with os.fdopen(descriptor, "rb") as stream:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            return UNREADABLE
        return hashlib.file_digest(stream, "sha256").hexdigest()[:32]
