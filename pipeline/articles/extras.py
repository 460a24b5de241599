"""Optional packages, imported where a format needs them."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

from pipeline.errors import ReadError


def optional(module: str, *, what: str, extra: str) -> ModuleType:
    """The module, or ``E_EXTRA_MISSING`` with the command that installs it."""
    try:
        return import_module(module)
    except ImportError as error:
        package = module.partition(".")[0]
        raise ReadError("E_EXTRA_MISSING", f"{what} need {package}: pip install onrecord[{extra}]") from error
