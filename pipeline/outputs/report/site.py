"""The folder of a report: written beside its place and moved there whole."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import orjson
from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from pipeline.errors import ConfigurationError, OnrecordError
from pipeline.outputs.report import wording

_FOLDERS: Final = ("articles", "speakers", "timeline", "search", "assets")
_ASSETS: Final = ("report.css", "report.js", "article.js", "search.js", "icon.svg")
# By this file a folder is known as a report, which a later one may replace.
_STAMP: Final = "assets/report.css"


class ReportError(OnrecordError):
    """A report that cannot be written."""

    code = "E_REPORT"
    stage = "report"


class Site:
    """Writes pages and data files below a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._environment = _environment()
        for name in _FOLDERS:
            (folder / name).mkdir(parents=True)
        for name in _ASSETS:
            asset = files(__package__) / "assets" / name
            (folder / "assets" / name).write_bytes(asset.read_bytes())

    def page(self, path: str, template: str, **values: Any) -> None:
        """Write a page; ``root`` leads from it to the top of the report."""
        root = "../" * path.count("/")
        text = self._environment.get_template(template).render(root=root, path=path, **values)
        (self._folder / path).write_text(text, encoding="utf-8", newline="\n")

    def data(self, name: str, value: Any) -> None:
        """Write data as a script: a page opened from disk may load scripts and nothing else."""
        words = orjson.dumps(value).replace(b"<", b"\\u003c")
        content = b"onrecordData(" + orjson.dumps(name) + b"," + words + b");\n"
        (self._folder / "search" / f"{name}.js").write_bytes(content)


def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader(str(__package__)),
        autoescape=select_autoescape(default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_printable,
    )
    environment.filters["day"] = wording.day_words
    environment.filters["number"] = wording.number_words
    return environment


def _printable(value: Any) -> Any:
    """What a template prints: no control characters, nothing for None."""
    if type(value) is str:  # markup that a template made itself is of another type
        return wording.clean(value)
    return "" if value is None else value


@contextmanager
def replaced_folder(out: Path) -> Iterator[Path]:
    """A draft folder that takes the place of ``out`` at the end; on an error all stays as it was."""
    _check(out)
    draft = out.with_name(f".{out.name}.{os.getpid()}.part")
    old = out.with_name(f".{out.name}.{os.getpid()}.old")
    try:
        draft.mkdir(parents=True)
        yield draft
        if out.exists():
            out.replace(old)
        draft.replace(out)
    except OSError as error:
        raise ReportError(f"{out}: {error.strerror or error}") from error
    finally:
        for folder in (draft, old):
            shutil.rmtree(folder, ignore_errors=True)


def _check(out: Path) -> None:
    """Refuse to replace what is no report."""
    if not out.name:
        raise ConfigurationError(f"--out {out}: name a folder of its own for the report")
    taken = out.exists() and not (out.is_dir() and ((out / _STAMP).is_file() or not any(out.iterdir())))
    if taken:
        raise ConfigurationError(f"{out} holds something that is no report; name another folder with --out")
