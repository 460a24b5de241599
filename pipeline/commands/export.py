"""``onrecord export``: a run's claims in one file for other tools."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from pipeline.commands.reporting import say


class ProfileChoice(StrEnum):
    """How much of a claim is written."""

    FLAT = "flat"
    FULL = "full"


def export(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The output folder of a run.")],
    to: Annotated[Path, typer.Option("--to", metavar="FILE", help="A .csv, .ndjson or .parquet file.")],
    profile: Annotated[
        ProfileChoice, typer.Option(help="flat: one table; full: whole records, .ndjson only.")
    ] = ProfileChoice.FLAT,
) -> None:
    """Write the claims of a run to one file for spreadsheets and data frames.

    Example: onrecord export out --to claims.csv
    """
    from pipeline.outputs.export import export as export_run

    say(f"{export_run(folder, to, profile.value):,} claims written: {to}")
