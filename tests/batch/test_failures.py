from __future__ import annotations

import errno
from pathlib import Path

import pytest

from pipeline.batch.checkpoint import replacing
from pipeline.batch.failures import MESSAGE_LENGTH, dead_letter, output_error
from pipeline.errors import ReadError, RunError


def letter(error: BaseException) -> tuple[str, str, str, str | None, bool]:
    found = dead_letter(error, source="a.txt", stage="process")
    return found.stage, found.code, found.message, found.exception, found.retryable


def caused(error: Exception, cause: Exception) -> Exception:
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (ReadError("E_EMPTY", "no text"), ("read", "E_EMPTY", "no text", None, False)),
        (
            caused(ReadError("E_UNREADABLE", "bad", retryable=True), KeyError("x")),
            ("read", "E_UNREADABLE", "bad", "KeyError", True),
        ),
        (ValueError("odd  value\nhere"), ("process", "E_INTERNAL", "odd value here", "ValueError", False)),
        (MemoryError(), ("process", "E_MEMORY", "MemoryError", "MemoryError", True)),
        (RecursionError("deep"), ("process", "E_RECURSION", "deep", "RecursionError", False)),
        (OSError("gone"), ("process", "E_READ", "gone", "OSError", True)),
    ],
)
def test_an_exception_becomes_a_dead_letter_with_a_code(
    error: BaseException, expected: tuple[str, str, str, str | None, bool]
) -> None:
    assert letter(error) == expected


def test_a_long_message_is_cut() -> None:
    assert len(letter(ValueError("x" * 10_000))[2]) == MESSAGE_LENGTH


@pytest.mark.parametrize(
    ("number", "code", "told"),
    [
        (errno.ENOSPC, "E_DISK_FULL", "no space left"),
        (errno.EROFS, "E_OUTPUT", "choose another --out"),
        (errno.EACCES, "E_OUTPUT", "choose another --out"),
        (errno.EIO, "E_OUTPUT", "cannot write"),
    ],
)
def test_an_output_that_cannot_be_written_is_told_with_a_hint(number: int, code: str, told: str) -> None:
    error = output_error(OSError(number, "strerror"), "/out/claims.jsonl")
    assert error.code == code
    assert told in str(error)
    assert "/out/claims.jsonl" in str(error)


def test_a_failed_write_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    target = tmp_path / "claims.jsonl"
    target.write_bytes(b"old")
    with pytest.raises(RunError, match="no space left"), replacing(target) as stream:
        stream.write(b"half of the n")
        raise OSError(errno.ENOSPC, "No space left on device")
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_finished_write_replaces_the_old_file(tmp_path: Path) -> None:
    target = tmp_path / "claims.jsonl"
    target.write_bytes(b"old")
    with replacing(target) as stream:
        stream.write(b"new")
        assert target.read_bytes() == b"old"
    assert target.read_bytes() == b"new"
