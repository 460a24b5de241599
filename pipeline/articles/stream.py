"""Bytes of an input file, plain or gzip, under limits: no link, no device, no bomb."""

from __future__ import annotations

import codecs
import gzip
import io
import os
import stat
import sys
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import BinaryIO

from pipeline.errors import ReadError

STDIN = "-"
GZIP_SUFFIX = ".gz"
_GZIP_MAGIC = b"\x1f\x8b"
# News compresses three- to tenfold, a bomb a thousandfold.
_MAX_GZIP_RATIO = 200
_MIN_GUARDED_BYTES = 64_000_000
_CHUNK = 1 << 20
_UTF32_MARKS = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
_WIDE_MARKS = (*_UTF32_MARKS, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_MAX_RECODED_BYTES = 500_000_000


class ByteStream:
    """Bytes of one input; every failure to read them is a ``ReadError``."""

    def __init__(self, raw: BinaryIO, stored: int, identity: str | None = None) -> None:
        self._packed = raw.read(2) == _GZIP_MAGIC
        raw.seek(0)
        self._raw: BinaryIO | gzip.GzipFile = gzip.GzipFile(fileobj=raw) if self._packed else raw
        self._allowed = max(_MIN_GUARDED_BYTES, stored * _MAX_GZIP_RATIO)
        self.identity = None if self._packed else identity
        """Names this state of this file, where jumping in it costs nothing; gzip must be unpacked."""

    def read(self, size: int) -> bytes:
        """At most ``size`` bytes, none at the end."""
        return self._guard(self._raw.read, size)

    def readline(self, size: int) -> bytes:
        """The next line with its newline, cut at ``size`` bytes."""
        return self._guard(self._raw.readline, size)

    def tell(self) -> int:
        """The number of unpacked bytes before the next one."""
        return self._raw.tell()

    def seek(self, position: int) -> None:
        """Jump to a position that ``tell`` gave."""
        self._raw.seek(position)

    def _guard(self, read: Callable[[int], bytes], size: int) -> bytes:
        if not self._packed:
            return read(size)
        try:
            data = read(size)
        except (OSError, EOFError, zlib.error) as error:
            raise ReadError("E_GZIP", f"the gzip data are damaged ({error}); pack the file again") from error
        if self.tell() > self._allowed:
            raise ReadError(
                "E_GZIP", f"the gzip data unpack to more than {self._allowed} bytes; unpack by hand"
            )
        return data


@contextmanager
def open_stream(path: str) -> Iterator[ByteStream]:
    """The unpacked bytes of a regular file, or of standard input for ``-``."""
    if path == STDIN:
        data = _standard_input()
        yield ByteStream(io.BytesIO(data), len(data))
        return
    with open_regular(path) as raw:
        status = os.fstat(raw.fileno())
        yield ByteStream(
            raw, status.st_size, f"{status.st_dev}:{status.st_ino}:{status.st_size}:{status.st_mtime_ns}"
        )


@contextmanager
def open_lines(path: str) -> Iterator[ByteStream]:
    """The bytes of a file of lines in UTF-8; UTF-16 and UTF-32, told by their mark, are recoded."""
    with open_stream(path) as stream:
        mark = stream.read(4)
        stream.seek(0)
        if not mark.startswith(_WIDE_MARKS):
            yield stream
            return
        text = read_upto(stream, _MAX_RECODED_BYTES).decode(
            "utf-32" if mark in _UTF32_MARKS else "utf-16", "replace"
        )
        data = text.encode("utf-8", "replace")
        yield ByteStream(io.BytesIO(data), len(data))


def read_all(path: str, limit: int) -> bytes:
    """All bytes of a file; ``E_TOO_LARGE`` beyond ``limit``, ``E_EMPTY`` where there are none."""
    with open_stream(path) as stream:
        data = read_upto(stream, limit)
    if not data:
        raise ReadError("E_EMPTY", "the file has no content")
    return data


def read_upto(stream: ByteStream, limit: int) -> bytes:
    """The rest of a stream, or ``E_TOO_LARGE``."""
    data = stream.read(limit + 1)
    if len(data) > limit:
        raise too_large(limit)
    return data


def iter_lines(stream: ByteStream, limit: int) -> Iterator[bytes | ReadError]:
    """The lines that are not blank, split at ``\\n`` alone; a line over the limit is its error."""
    while line := stream.readline(limit + 1):
        if len(line) > limit and not line.endswith(b"\n"):
            _skip_line(stream)
            yield too_large(limit)
        elif not line.isspace():
            yield line


def too_large(limit: int) -> ReadError:
    """The error for an article or file over a limit."""
    return ReadError("E_TOO_LARGE", f"larger than {limit} bytes; split it or raise --max-bytes")


def _skip_line(stream: ByteStream) -> None:
    while (part := stream.readline(_CHUNK)) and not part.endswith(b"\n"):
        pass


@cache
def _standard_input() -> bytes:
    """Standard input can be read once, but is counted and then read: keep it."""
    return sys.stdin.buffer.read()


def open_regular(path: str) -> BinaryIO:
    """The stored bytes of a regular file; ``ReadError`` for links, folders, pipes and devices."""
    try:
        # O_NONBLOCK: opening a named pipe must not wait for a writer; O_NOFOLLOW: see `files.discover`.
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        raise _open_error(path, error) from error
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise ReadError(
            "E_NOT_A_FILE", "a folder, pipe or device, not a regular file; give its content as a file"
        )
    return os.fdopen(descriptor, "rb")


def _open_error(path: str, error: OSError) -> ReadError:
    if Path(path).is_symlink():
        return ReadError(
            "E_LINK", "a link that is not followed: it leads to a folder, nowhere or out of the input"
        )
    if isinstance(error, FileNotFoundError) and "\ufffd" in path:
        return ReadError("E_FILE_NAME", "the name of the file is not valid UTF-8; rename it")
    if isinstance(error, FileNotFoundError):
        return ReadError("E_NOT_FOUND", "the file is gone; was it moved during the run?", retryable=True)
    return ReadError(
        "E_UNREADABLE", f"cannot be opened: {error.strerror}; check its permissions", retryable=True
    )
