"""``onrecord report``: a run as pages to read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipeline.commands.reporting import counted, say

if TYPE_CHECKING:
    from pipeline.articles import ReadOptions
    from pipeline.outputs.report import ShownText

Json = dict[str, Any]


def report(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The output folder of a run.")],
    out: Annotated[Path, typer.Option("--out", "-o", metavar="DIR", help="Where the pages go.")],
    source: Annotated[
        Path | None, typer.Option(help="The input folder, where the run has no --include-text.")
    ] = None,
) -> None:
    """Write pages to read a run in a browser, from disk and without a network.

    An overview, the articles with their claims in colour, a page for each speaker, a timeline, and a search.
    An earlier report in the same place is replaced whole. Example: onrecord report out --out report
    """
    from pipeline.outputs.report import write_report

    counts = write_report(folder, out, _text_of(folder, source))
    articles, claims = counted(counts.articles, "article"), counted(counts.claims, "claim")
    say(f"{articles}, {claims}, {counted(counts.speakers, 'named speaker')}: {out / 'index.html'}")
    if counts.without_text:
        say(
            f"without text there: {counted(counts.without_text, 'article')}; "
            "name the run's input with --source, or run with --include-text"
        )


def _text_of(folder: Path, source: Path | None) -> Callable[[Json], ShownText | None]:
    """The texts of a run's articles: their own, or what is read from the source and fits by its hash."""
    from pipeline.articles import paragraphs
    from pipeline.outputs.report import ShownText

    read = dict(_source_texts(folder, source)) if source else {}

    def text_of(article: Json) -> ShownText | None:
        text = article.get("text")
        if not isinstance(text, str):
            text = read.pop(str(article.get("text_sha256")), None)
        return None if text is None else ShownText(text, tuple(paragraphs(text)))

    return text_of


def _source_texts(folder: Path, source: Path) -> Iterator[tuple[str, str]]:
    """The texts below a path by their hash, read as the run read them."""
    from pipeline.articles import Article, discover, read_file
    from pipeline.record import sha256_hex

    options = _reading(folder)
    for file in discover([str(source)]):
        for item in read_file(file, options):
            if isinstance(item, Article):
                yield sha256_hex(item.text), item.text


def _reading(folder: Path) -> ReadOptions:
    """How the run read its inputs, as far as it changes their text."""
    from pipeline.articles import ReadOptions
    from pipeline.outputs.runs import finished_run

    known = finished_run(folder).manifest.get("options", {}).get("reading", {})
    default = ReadOptions()
    return ReadOptions(
        max_bytes=known.get("max_bytes", default.max_bytes),
        text_column=known.get("text_column", default.text_column),
        format=known.get("format", default.format),
    )
