"""Gold in the formats of annotation tools: read it, or write predictions to be corrected there."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

from pipeline.errors import ConfigurationError
from pipeline.evaluation.annotations import Labels
from pipeline.evaluation.standoff.marks import Marked, labels_of

FORMATS: Final = ("brat", "label-studio", "docbin")


def is_standoff(path: Path) -> bool:
    """Whether a path is a folder with ``.ann`` files, or a ``.spacy`` or ``.json`` file."""
    if path.is_dir():
        return next(path.rglob("*.ann"), None) is not None
    return path.suffix in (".spacy", ".json")


def read_standoff(path: Path) -> tuple[Labels, ...]:
    """The labels in brat standoff (a folder), a Label Studio export (.json) or a DocBin (.spacy)."""
    return labels_of(_reader(path)(path))


def _reader(path: Path) -> Callable[[Path], tuple[Marked, ...]]:
    if path.is_dir():
        from pipeline.evaluation.standoff.brat import read as read_brat

        return read_brat
    if path.suffix == ".spacy":
        from pipeline.evaluation.standoff.docbin import read as read_docbin

        return read_docbin
    from pipeline.evaluation.standoff.label_studio import read as read_label_studio

    return read_label_studio


def write_standoff(folder: Path, articles: Iterable[Marked], format_name: str) -> None:
    """Write articles and their marks in one of ``FORMATS``."""
    if format_name not in FORMATS:
        raise ConfigurationError(f"no format is called {format_name!r}; there are {', '.join(FORMATS)}")
    if format_name == "brat":
        from pipeline.evaluation.standoff.brat import write as write_brat

        write_brat(folder, articles)
    elif format_name == "docbin":
        from pipeline.evaluation.standoff.docbin import write as write_docbin

        write_docbin(folder, articles)
    else:
        from pipeline.evaluation.standoff.label_studio import write as write_label_studio

        write_label_studio(folder, articles)
