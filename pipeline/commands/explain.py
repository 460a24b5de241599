"""``onrecord explain``: why a claim is as it is."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.commands.show import Folder


def explain(
    claim_id: Annotated[str, typer.Argument(help="The id of a claim, clm_ and 32 digits.")],
    folder: Folder = Path("out"),
) -> None:
    """Tell which rules decided a claim and its speaker, and what else was considered.

    Example: onrecord explain clm_0123… --in out
    """
    from pipeline.commands import display, lookup

    display.print_view(display.explanation(lookup.find_claim(folder, claim_id)))
