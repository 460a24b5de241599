"""Optional packages where a format needs them; without one its articles become dead letters."""

from __future__ import annotations

from types import ModuleType

from pipeline import extras
from pipeline.errors import ConfigurationError, ReadError


def optional(module: str, *, what: str, extra: str) -> ModuleType:
    """The module, or ``E_EXTRA_MISSING`` with the command that installs it."""
    try:
        return extras.optional(module, what=what, extra=extra)
    except ConfigurationError as error:
        raise ReadError("E_EXTRA_MISSING", str(error)) from error
