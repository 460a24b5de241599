"""``onrecord export``: a run's claims in one file for other tools."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from pipeline.commands.reporting import counted, say


class ProfileChoice(StrEnum):
    """How much of a claim is written."""

    FLAT = "flat"
    FULL = "full"


def export(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The output folder of a run.")],
    to: Annotated[
        Path, typer.Option("--to", metavar="FILE", help="A .csv, .ndjson, .parquet or .jsonld file.")
    ],
    profile: Annotated[
        ProfileChoice, typer.Option(help="flat: what people filter on; full: whole records.")
    ] = ProfileChoice.FLAT,
) -> None:
    """Write the claims of a run to one file for spreadsheets, data frames and linked data.

    Example: onrecord export out --to claims.csv
    """
    from pipeline.outputs.export import export as export_run

    say(f"{counted(export_run(folder, to, profile.value), 'claim')} written: {to}")
