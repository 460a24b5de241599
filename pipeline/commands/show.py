"""``onrecord show``: an article or a claim in the terminal."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from pipeline.commands.run import checked_date
from pipeline.errors import ConfigurationError, ReadError

Folder = Annotated[Path, typer.Option("--in", metavar="DIR", help="The output folder of a run.")]
Source = Annotated[Path | None, typer.Option(help="The input folder, where the run has no --include-text.")]


def show(
    what: Annotated[str, typer.Argument(metavar="PATH|ID", help="A file to read, or an id in DIR.")],
    folder: Folder = Path("out"),
    source: Source = None,
    date: Annotated[str | None, typer.Option(help="Publication date of a file that gives none.")] = None,
) -> None:
    """Show an article or a claim with its spans in colour and the rules that decided.

    A PATH is read and processed now; an article id, a source or a claim id is looked up in DIR.
    Example: onrecord show article.txt
    """
    from pipeline.commands import display, lookup

    day = checked_date(date)
    if what.startswith("clm_"):
        display.print_view(display.claim_view(lookup.find_claim(folder, what)))
    elif Path(what).is_file():
        for article, claims in _processed(what, day):
            display.print_view(display.article_view(article, claims, article["text"]))
    else:
        article = lookup.find_article(folder, what)
        claims = lookup.claims_of(folder, article)
        display.print_view(display.article_view(article, claims, lookup.text_of(article, source)))


def _processed(path: str, date: str | None) -> list[tuple[dict[str, Any], list[dict[str, Any]]]]:
    from pipeline.articles import ReadOptions, discover, read_file
    from pipeline.batch.options import EngineOptions
    from pipeline.batch.stages import load_stages
    from pipeline.record import DeadLetter, to_json

    stages = load_stages(EngineOptions())
    shown = []
    for file in discover([path]):
        for item in read_file(file, ReadOptions(date=date)):
            if isinstance(item, DeadLetter):
                raise ReadError(item.code, f"{item.source}: {item.message}")
            article, claims = stages.process(item, include_text=True)
            shown.append((to_json(article), [to_json(claim) for claim in claims]))
    if not shown:
        raise ConfigurationError(f"{path} holds no article")
    return shown
