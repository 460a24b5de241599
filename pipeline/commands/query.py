"""``onrecord query``: the claims of a run that somebody asks for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from pipeline.commands.reporting import counted, printable, say
from pipeline.errors import ConfigurationError

if TYPE_CHECKING:
    from rich.table import Table

Json = dict[str, Any]

_TABLE_WIDTHS: Final = (10, 24, 9)  # day, speaker, kind; the words of the claim get the rest


class KindChoice(StrEnum):
    """Kinds of claims."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"
    STATEMENT = "statement"


class HasChoice(StrEnum):
    """What a claim may carry."""

    QUANTITY = "quantity"
    DATE = "date"
    MONEY = "money"
    PERCENT = "percent"
    PERCENTAGE_POINTS = "percentage_points"
    COUNT = "count"
    MEASURE = "measure"
    FRACTION = "fraction"
    RATIO = "ratio"
    MULTIPLE = "multiple"
    ORDINAL = "ordinal"
    AGE = "age"
    DURATION = "duration"


def query(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The output folder of a run.")],
    speaker: Annotated[str, typer.Option(help="Words of the speaker's name, accents or not.")] = "",
    since: Annotated[
        str | None,
        typer.Option(metavar="DAY", help="Said, else published, from 2024, 2024-01 or 2024-01-31 on."),
    ] = None,
    until: Annotated[str | None, typer.Option(metavar="DAY", help="And up to then, inclusive.")] = None,
    kind: Annotated[list[KindChoice] | None, typer.Option(help="Only this kind; repeatable.")] = None,
    has: Annotated[list[HasChoice] | None, typer.Option(help="What it must carry; repeatable.")] = None,
    text: Annotated[str, typer.Option(help="Words that the claim must hold.")] = "",
    min_confidence: Annotated[
        float | None,
        typer.Option(min=0, max=1, help="How sure the claim must be, and with --speaker its speaker."),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json/--table", help="Whole records as JSON lines, or a table to read.")
    ] = False,
    limit: Annotated[int | None, typer.Option(min=1, help="Stop after so many claims.")] = None,
) -> None:
    """Print the claims of a run that meet every condition, as they are found.

    Example: onrecord query out --speaker putin --since 2024-01 --kind direct --has money
    """
    from pipeline.outputs import selection

    first, last = since and selection.first_day(since), until and selection.last_day(until)
    if first and last and first > last:
        raise ConfigurationError(f"--since {since} comes after --until {until}")
    wanted = selection.Selection(
        speaker=selection.words(speaker),
        text=selection.words(text),
        since=first or None,
        until=last or None,
        kinds=frozenset(item.value for item in kind or ()),
        has=frozenset(item.value for item in has or ()),
        min_confidence=min_confidence,
    )
    found = islice(selection.selected(folder, wanted), limit)
    count = _print_json(found) if as_json else _print_table(found)
    say(counted(count, "claim"))


def _print_json(claims: Iterable[Json]) -> int:
    from pipeline.outputs.jsonl import encode

    count = 0
    for claim in claims:
        typer.echo(encode(claim))
        count += 1
    return count


def _print_table(claims: Iterable[Json]) -> int:
    """A row a claim, printed when it is found: the widths do not wait for the last one."""
    from rich.console import Console

    console = Console(highlight=False, emoji=False, markup=False)
    count = 0
    for claim in claims:
        console.print(_row(claim))
        count += 1
    return count


def _row(claim: Json) -> Table:
    from rich.table import Table
    from rich.text import Text

    row = Table.grid(padding=(0, 2, 0, 0), expand=True)
    for width in _TABLE_WIDTHS:
        row.add_column(width=width, overflow="fold")
    row.add_column(ratio=1, overflow="fold")
    row.add_row(*(Text(printable(cell)) for cell in _cells(claim)))
    return row


def _cells(claim: Json) -> Iterator[str]:
    from pipeline.outputs.selection import said_on

    speaker = claim["speaker"]
    yield said_on(claim) or "–"
    yield speaker["name"] or f"({speaker['status']})"
    yield claim["kind"]
    yield f"{' '.join(claim['text'].split())} [{claim['article']['source']}]"
