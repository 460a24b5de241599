"""onrecord: who said what, how many, and when.

>>> import pipeline
>>> nlp = pipeline.load()
>>> text = "“We sold 40 boats,” Ana Diaz said on Monday."
>>> claims = pipeline.extract(text, nlp=nlp, date_published="2024-10-16")
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipeline.extraction import extract, load, pipeline_info, process

__all__ = ["extract", "load", "pipeline_info", "process"]


def __getattr__(name: str) -> Any:
    """The stages are imported when they are first asked for: commands that need none start at once."""
    if name in __all__:
        return getattr(import_module("pipeline.extraction"), name)
    raise AttributeError(f"module 'pipeline' has no attribute {name!r}")
