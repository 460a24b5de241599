"""``onrecord cluster``: claims that articles repeat, and speakers that are one over articles."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipeline.commands.reporting import counted, printable, say

if TYPE_CHECKING:
    from rich.table import Table


def cluster(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The output folder of a run.")],
    out: Annotated[
        Path | None, typer.Option("--out", "-o", metavar="DIR", help="Where the files go; default: DIR.")
    ] = None,
    limit: Annotated[int, typer.Option(min=0, help="Show so many of the most repeated claims.")] = 10,
) -> None:
    """Link repeats of a claim over articles, and speakers who are one, in clusters.jsonl and speakers.jsonl.

    The run itself stays as it is. Example: onrecord cluster out
    """
    from pipeline.clustering import cluster as cluster_run
    from pipeline.commands.display import print_view

    found = cluster_run(folder, out)
    if found.clusters and limit:
        print_view(_table(islice(found.clusters, limit)))
    repeated = sum(record["claims"] for record in found.clusters)
    say(f"{counted(len(found.clusters), 'claim')} in more than one article, {repeated:,} times in all")
    several = sum(record["articles"] > 1 for record in found.speakers)
    say(f"{counted(len(found.speakers), 'speaker')}, {several:,} of them in more than one article")


def _table(clusters: Iterable[dict[str, Any]]) -> Table:
    from rich.table import Table
    from rich.text import Text

    table = Table("articles", "first published", "first in", "said by", "claim")
    for record in clusters:
        first = record["first"]
        cells = (
            str(record["articles"]),
            (first["date_published"] or "–") + ("" if first["certain"] else " ?"),
            first["publisher"] or first["source"],
            "; ".join(record["speakers"]) or "–",
            " ".join(record["text"].split()),
        )
        table.add_row(*(Text(printable(cell)) for cell in cells))
    return table
