"""The verbs of the command line, one module each.

A verb parses, calls and prints; what it needs beyond that it imports when it is called, so that
``onrecord --help`` answers at once. Exit codes: 0 done, 1 failed, 2 wrong usage, 3 done with dead
letters, 130 stopped by Ctrl-C.
"""

from __future__ import annotations

from importlib.metadata import version
from typing import Annotated

import typer

from pipeline.commands.annotate import annotate
from pipeline.commands.cluster import cluster
from pipeline.commands.diff import diff
from pipeline.commands.doctor import doctor
from pipeline.commands.evaluate import evaluate
from pipeline.commands.explain import explain
from pipeline.commands.export import export
from pipeline.commands.load import load
from pipeline.commands.query import query
from pipeline.commands.report import report
from pipeline.commands.reporting import reported
from pipeline.commands.retry import retry
from pipeline.commands.run import run
from pipeline.commands.schema import schema
from pipeline.commands.show import show
from pipeline.commands.status import status
from pipeline.commands.validate import validate

app = typer.Typer(
    name="onrecord",
    help="Who said what, how many, and when: claim records from news articles.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
VERBS = (
    run, status, retry, validate, show, explain, query, diff, cluster, evaluate, annotate, load, export,
    report, schema, doctor,
)  # fmt: skip
for verb in VERBS:
    app.command()(reported(verb))


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"onrecord {version('onrecord')}")
        raise typer.Exit


@app.callback()
def main(
    show_version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Who said what, how many, and when: claim records from news articles."""
