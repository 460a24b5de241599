"""``onrecord diff``: what changed between two runs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from pipeline.commands.reporting import EXIT_FAILED, printable, say

if TYPE_CHECKING:
    from pipeline.outputs.differences import Difference

_SHOWN: Final = 60  # characters of a claim, and of a value


def diff(
    before: Annotated[Path, typer.Argument(metavar="RUN_A", help="The output folder of the earlier run.")],
    after: Annotated[Path, typer.Argument(metavar="RUN_B", help="The output folder of the later run.")],
    ignore: Annotated[
        list[str] | None,
        typer.Option(metavar="FIELD", help="A field that does not count, as confidence; repeatable."),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json/--table", help="JSON lines with both values, or lines to read.")
    ] = False,
    exit_code: Annotated[bool, typer.Option("--exit-code", help="Exit with 1 if anything differs.")] = False,
) -> None:
    """Tell which claims are new, gone, of another speaker or changed otherwise.

    Claims are paired by their place in the article. Example: onrecord diff before after --ignore confidence
    """
    from pipeline.outputs.differences import CHANGES, differences

    counts: Counter[str] = Counter()
    for difference in differences(before, after, ignore=ignore or ()):
        counts[difference.change] += 1
        _print(difference, as_json=as_json)
    say(", ".join(f"{counts[change]:,} {change}" for change in CHANGES))
    if exit_code and counts:
        raise typer.Exit(EXIT_FAILED)


def _print(difference: Difference, *, as_json: bool) -> None:
    if as_json:
        from pipeline.outputs.jsonl import encode

        typer.echo(encode(_record(difference)))
    else:
        typer.echo(printable("\n".join(_lines(difference))))


def _record(difference: Difference) -> dict[str, Any]:
    claim = difference.claim
    return {
        "change": difference.change,
        "source": claim["article"]["source"],
        "before_id": difference.before_id,
        "after_id": difference.after_id,
        "kind": claim["kind"],
        "speaker": claim["speaker"]["name"],
        "text": claim["text"],
        "fields": {name: {"before": was, "after": now} for name, (was, now) in difference.fields.items()},
    }


def _lines(difference: Difference) -> Iterator[str]:
    claim = difference.claim
    name = claim["speaker"]["name"] or claim["speaker"]["status"]
    yield f"{difference.change}  {claim['article']['source']}  {name}: {_short(claim['text'])}"
    for field, (was, now) in difference.fields.items():
        yield f"    {field}: {_shown(was)} → {_shown(now)}"


def _shown(value: Any) -> str:
    """A value in few words: spans by what is printed of them and where they stand."""
    if isinstance(value, dict):
        place = f" at {value['start']}–{value['end']}" if "start" in value else ""
        return _short(str(value.get("exact", value))) + place
    if isinstance(value, list):
        return "; ".join(_shown(item) for item in value) or "none"
    return "none" if value is None else _short(str(value))


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= _SHOWN else plain[: _SHOWN - 1] + "…"
