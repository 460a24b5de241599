"""``onrecord evaluate``: how good are claims, measured against gold?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.commands.reporting import EXIT_FAILED, say

if TYPE_CHECKING:
    from pipeline.evaluation import Evaluation


def evaluate(
    predicted: Annotated[Path, typer.Argument(metavar="PRED", help="A run's folder, or a claims file.")],
    gold: Annotated[
        Path, typer.Argument(metavar="GOLD", help="A folder of gold, or files in the format of a run.")
    ],
    as_json: Annotated[bool, typer.Option("--json", help="The figures as one JSON object.")] = False,
    html: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write a page with gold beside prediction.")
    ] = None,
    articles: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Score only the articles listed, one a line.")
    ] = None,
    without: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Score all but the articles listed.")
    ] = None,
    floors: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Fail where a figure is under its floor.")
    ] = None,
    raise_floors: Annotated[
        bool, typer.Option("--raise-floors", help="Pin the floors that are exceeded higher.")
    ] = False,
    lower_floors: Annotated[
        bool, typer.Option("--lower-floors", help="Pin the floors that are not met lower.")
    ] = False,
) -> None:
    """Score claims, speakers, quantities, dates and entities against gold.

    Exit code 1 where a figure is under its floor. Example: onrecord evaluate out corpus/gold
    """
    import json

    from pipeline.errors import ConfigurationError
    from pipeline.evaluation.browser import error_page
    from pipeline.evaluation.report import as_json as report_json
    from pipeline.evaluation.report import table_lines

    if floors is None and (raise_floors or lower_floors):
        raise ConfigurationError("--raise-floors and --lower-floors need --floors FILE")
    result = _evaluate(predicted, gold, articles, without)
    typer.echo(json.dumps(report_json(result), indent=2) if as_json else "\n".join(table_lines(result)))
    if html is not None:
        _write(html, error_page(result))
        say(f"gold and prediction side by side: {html}")
    if floors is not None:
        _hold(result, floors, up=raise_floors, down=lower_floors)


def _evaluate(predicted: Path, gold: Path, articles: Path | None, without: Path | None) -> Evaluation:
    from pipeline.evaluation import evaluate as compare
    from pipeline.evaluation import read_labels, select

    labels = read_labels(gold)
    if articles is not None:
        labels = select(labels, _listed(articles))
    if without is not None:
        labels = select(labels, _listed(without), leave_out=True)
    return compare(read_labels(predicted), labels)


def _listed(path: Path) -> frozenset[str]:
    """The articles listed in a file, by source or its stem; # begins a comment."""
    from pipeline.errors import ConfigurationError

    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise ConfigurationError(f"{path}: {error.strerror}; name a file with an article a line") from error
    except UnicodeDecodeError as error:
        raise ConfigurationError(f"{path}: not UTF-8; name a file with an article a line") from error
    return frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))


def _write(path: Path, text: str) -> None:
    from pipeline.errors import ConfigurationError

    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise ConfigurationError(f"{path}: {error.strerror}; is its folder there?") from error


def _hold(result: Evaluation, path: Path, *, up: bool, down: bool) -> None:
    """Move the floors where that was asked for, then fail where a figure is under its floor."""
    from pipeline.evaluation.floors import floors_text, moved, read_floors, shortfalls

    pinned = {} if up and not path.exists() else read_floors(path)
    floors = moved(result.scores, pinned, up=up, down=down) if up or down else pinned
    if floors != pinned:
        _write(path, floors_text(floors))
        say(f"floors written: {path}")
    low = shortfalls(result.scores, floors)
    for item in low:
        value = "not measured" if item.value is None else f"{item.value:.2f}"
        say(f"under its floor: {item.name} {value}, floor {item.floor:g}")
    if low:
        raise typer.Exit(EXIT_FAILED)
    say(f"{len(floors)} floors kept")
