"""``onrecord validate``: do files keep the contract?"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.commands.reporting import EXIT_FAILED, printable, say


def validate(
    path: Annotated[Path, typer.Argument(help="A file of claims, articles or errors, or a run's folder.")],
    source: Annotated[
        Path | None, typer.Option(help="The folder of .txt articles, to check spans without --include-text.")
    ] = None,
    max_messages: Annotated[int, typer.Option(min=1, help="Stop after this many messages.")] = 50,
) -> None:
    """Check files against the schema, and spans, references and keys against each other.

    Example: onrecord validate out
    """
    from pipeline.contract.validation import Coverage, validate_path

    findings, coverage = 0, Coverage()
    for message in validate_path(path, source=source, coverage=coverage):
        findings += 1
        typer.echo(printable(message))
        if findings >= max_messages:
            say(f"onrecord: stopped after {findings} messages; --max-messages shows more")
            break
    if findings:
        raise typer.Exit(EXIT_FAILED)
    say(f"{path}: valid")
    if coverage.without_text:
        say(
            f"not checked: spans of {coverage.without_text:,} of {coverage.articles:,} articles, whose text "
            "is not at hand; --source reads .txt articles, a run with --include-text keeps every text"
        )
