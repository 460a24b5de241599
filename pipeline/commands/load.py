"""``onrecord load``: a run's claims into a database."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.commands.reporting import counted, say


def load(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The output folder of a run.")],
    to: Annotated[
        str, typer.Option("--to", metavar="URL", help="sqlite:///FILE, duckdb:///FILE or postgresql://…")
    ] = "sqlite:///claims.db",
) -> None:
    """Put a run into a database, in the place of earlier runs over the same articles.

    All or nothing: a load that fails leaves the database as it was. Tables are made where they are
    missing. Example: onrecord load out --to sqlite:///claims.db
    """
    from pipeline.outputs.sql import load as load_run

    loaded = load_run(folder, to)
    claims, articles = counted(loaded.claims, "claim"), counted(loaded.articles, "article")
    say(f"{claims} of {articles} loaded, {loaded.replaced:,} replaced")
