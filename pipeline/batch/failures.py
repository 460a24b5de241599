"""The one place where an exception becomes a dead letter, and a failed write an error of the run."""

from __future__ import annotations

import errno
from typing import Final

from pipeline.errors import OnrecordError, RunError
from pipeline.record import DeadLetter

# What a stage or a library may raise on an article it cannot handle. Listed one by one: what is not
# here (an exit, an interrupt, a type nobody has seen) ends the worker, and the supervisor then sets
# the article aside as a crash.
ARTICLE_FAILURES: Final = (
    OnrecordError, ArithmeticError, AssertionError, AttributeError, BufferError, EOFError, ImportError,
    LookupError, MemoryError, NameError, OSError, RuntimeError, TypeError, ValueError,
)  # fmt: skip
MESSAGE_LENGTH: Final = 300

_CODES: Final[tuple[tuple[type[BaseException], str], ...]] = (
    (MemoryError, "E_MEMORY"),
    (RecursionError, "E_RECURSION"),
    (OSError, "E_READ"),
)


def dead_letter(error: BaseException, *, source: str, stage: str) -> DeadLetter:
    """The dead letter for an article that raised ``error``."""
    if isinstance(error, OnrecordError):
        cause = type(error.__cause__).__name__ if error.__cause__ else None
        return DeadLetter(source, error.stage, error.code, _one_line(error), cause, error.retryable)
    code = next((code for kind, code in _CODES if isinstance(error, kind)), "E_INTERNAL")
    retryable = code in ("E_MEMORY", "E_READ")
    return DeadLetter(source, stage, code, _one_line(error), type(error).__name__, retryable)


def _one_line(error: BaseException) -> str:
    message = " ".join(str(error).split()) or type(error).__name__
    return message if len(message) <= MESSAGE_LENGTH else message[: MESSAGE_LENGTH - 1] + "…"


def output_error(error: OSError, path: object) -> RunError:
    """What to tell the user when an output cannot be written."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return RunError("E_DISK_FULL", f"no space left for {path}; free some and run the same command again")
    if error.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
        return RunError("E_OUTPUT", f"cannot write to {path}: {error.strerror}; choose another --out")
    return RunError("E_OUTPUT", f"cannot write {path}: {error.strerror or error}")
