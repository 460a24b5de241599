"""The errors of the pipeline: a code, what is wrong, what to do.

Codes are a contract: databases and build scripts filter on them. ``E_`` ends the article (a dead
letter) or the run, ``W_`` is noted in the record; ``docs/errors.md`` explains every one.
"""

from __future__ import annotations


class OnrecordError(Exception):
    """An error that a person can act on.

    ``code`` is stable; ``str(error)`` is one line with the offending value and what to do next.
    ``retryable`` says whether the same input may succeed later without being changed.
    """

    code = "E_INTERNAL"
    stage = "run"
    retryable = False


class ReadError(OnrecordError):
    """An input that is not an article."""

    stage = "read"

    def __init__(self, code: str, message: str, *, retryable: bool = False) -> None:
        super().__init__(message)
        self.code = code
        self.retryable = retryable


class ConfigurationError(OnrecordError):
    """An option or combination that cannot work; raised before any article is read."""

    code = "E_CONFIG"
    stage = "start"


class ModelError(OnrecordError):
    """Weights that are missing, damaged or of another format."""

    code = "E_MODEL"
    stage = "start"


class RunError(OnrecordError):
    """A run that cannot go on; what was finished stays finished."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class RunInterruptedError(RunError):
    """A run that somebody stopped, by Ctrl-C or a signal."""

    def __init__(self, signal_number: int) -> None:
        super().__init__("E_INTERRUPTED", "stopped; run the same command again to go on where it ended")
        self.signal_number = signal_number
