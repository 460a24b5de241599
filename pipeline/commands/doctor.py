"""``onrecord doctor``: is everything there that a run needs?"""

from __future__ import annotations

import platform
import sys
import time
from collections.abc import Callable, Iterator
from importlib.metadata import PackageNotFoundError, version
from typing import Final, TypeVar

import typer

from pipeline.commands.reporting import EXIT_FAILED
from pipeline.errors import OnrecordError

CORE: Final = (
    "spacy", "onnxruntime", "tokenizers", "dateparser", "quantulum3", "numpy", "jsonlines", "orjson", "rich",
)  # fmt: skip
EXTRAS: Final = {
    "html": "trafilatura", "warc": "warcio", "duckdb": "duckdb", "postgres": "psycopg", "parquet": "pyarrow",
    "cluster": "datasketch", "remote": "universal-pathlib", "ray": "ray",
}  # fmt: skip
SENTENCE: Final = "“We planted 300 trees in 2021,” said Mara Lind, the head gardener."

Finding = tuple[bool, str]
T = TypeVar("T")


def doctor() -> None:
    """Check the installation: packages, model, one sentence from end to end.

    Example: onrecord doctor
    """
    well = True
    for check in (_system, _packages, _extras, _model):
        for passed, line in check():
            well = well and passed
            typer.echo(f"{'ok  ' if passed else 'FAIL'} {line}")
    if not well:
        raise typer.Exit(EXIT_FAILED)


def _system() -> Iterator[Finding]:
    from pipeline.commands.run import available_cores

    yield sys.version_info >= (3, 11), f"Python {platform.python_version()} on {platform.platform()}"
    yield True, f"{available_cores()} cores, so as many workers unless --workers says otherwise"


def _packages() -> Iterator[Finding]:
    for name in CORE:
        found = _installed(name)
        yield found is not None, f"{name} {found or 'is missing: pip install onrecord'}"


def _extras() -> Iterator[Finding]:
    for extra, name in EXTRAS.items():
        found = _installed(name)
        yield True, f"{name} {found}" if found else f"{name} is not installed (optional: onrecord[{extra}])"


def _installed(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _model() -> Iterator[Finding]:
    from pipeline.articles import article_from_text
    from pipeline.batch.options import EngineOptions
    from pipeline.batch.stages import load_stages

    try:
        seconds, stages = _timed(lambda: load_stages(EngineOptions()))
        info = stages.info
        yield True, f"model {info.model.name} {info.model.version} loaded in {seconds:.1f} s"
        article = article_from_text(SENTENCE)
        seconds, (_, claims) = _timed(lambda: stages.process(article, include_text=False))
    except (OnrecordError, ImportError, OSError, ValueError, RuntimeError) as error:
        yield False, f"the model does not work: {error}"
        return
    speakers = [claim.speaker.name for claim in claims if claim.speaker.name]
    yield (
        bool(claims),
        f"one sentence gave {len(claims)} claims ({', '.join(speakers)}) in {seconds * 1000:.0f} ms",
    )


def _timed(work: Callable[[], T]) -> tuple[float, T]:
    began = time.perf_counter()
    result = work()
    return time.perf_counter() - began, result
