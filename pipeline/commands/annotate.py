"""``onrecord annotate``: predictions in the formats of annotation tools, to be corrected there."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.commands.reporting import say

if TYPE_CHECKING:
    from pipeline.evaluation.standoff.marks import Marked


class FormatChoice(StrEnum):
    """Formats of annotation tools."""

    BRAT = "brat"
    LABEL_STUDIO = "label-studio"
    DOCBIN = "docbin"


def annotate(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The output folder of a run.")],
    out: Annotated[Path, typer.Option("--out", "-o", metavar="DIR", help="Where the output goes.")],
    format_name: Annotated[
        FormatChoice, typer.Option("--format", "-f", help="The annotation tool's format.")
    ] = FormatChoice.LABEL_STUDIO,
    source: Annotated[
        Path | None, typer.Option(help="The folder of .txt articles, for runs without --include-text.")
    ] = None,
) -> None:
    """Write what a run found for annotators to correct; evaluate takes the corrected files as GOLD.

    Example: onrecord annotate out --format brat --out to-correct
    """
    from pipeline.errors import ConfigurationError
    from pipeline.evaluation.standoff import write_standoff

    articles = tuple(_articles(folder, source))
    try:
        write_standoff(out, articles, format_name.value)
    except OSError as error:
        raise ConfigurationError(f"cannot write {out}: {error.strerror}; choose another --out") from error
    say(f"{len(articles)} articles written: {out}")


def _articles(folder: Path, source: Path | None) -> Iterator[Marked]:
    from pipeline.commands.lookup import text_of
    from pipeline.errors import ConfigurationError
    from pipeline.evaluation import read_labels
    from pipeline.evaluation.standoff.marks import marked
    from pipeline.outputs.jsonl import read_lines
    from pipeline.outputs.runs import record_files

    labels = {(item.source, item.text_sha256): item for item in read_labels(folder)}
    for file in record_files(folder, "articles"):
        for _, article in read_lines(file):
            text = text_of(article, source)
            if text is None:
                raise ConfigurationError(
                    f"{article['source']}: no text; run with --include-text, or name its folder with --source"
                )
            yield marked(text, labels[article["source"], article["text_sha256"]])
