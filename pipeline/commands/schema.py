"""``onrecord schema``: the JSON Schema of a file."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer


class File(StrEnum):
    """The files that have a schema."""

    CLAIMS = "claims"
    ARTICLES = "articles"
    ERRORS = "errors"


def schema(
    file: Annotated[File, typer.Option(help="Which file's lines to describe.")] = File.CLAIMS,
    markdown: Annotated[
        bool, typer.Option("--markdown", help="Tables for reading instead of the schema.")
    ] = False,
) -> None:
    """Print the JSON Schema (draft 2020-12) of a line of claims, articles or errors.

    Example: onrecord schema --file articles > articles.schema.json
    """
    import json

    from pipeline.contract.field_tables import markdown_tables
    from pipeline.contract.schema import schema as schema_of

    if markdown:
        typer.echo(markdown_tables(schema_of(file.value)))
        return
    typer.echo(json.dumps(schema_of(file.value), indent=2))
