"""Optional packages, imported where a format, a store or a verb needs them."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

from pipeline.errors import ConfigurationError


def optional(module: str, *, what: str, extra: str) -> ModuleType:
    """The module, or the command that installs it."""
    try:
        return import_module(module)
    except ImportError as error:
        package = module.partition(".")[0]
        raise ConfigurationError(
            f"{package} is missing, for {what}: pip install 'onrecord[{extra}]'"
        ) from error
