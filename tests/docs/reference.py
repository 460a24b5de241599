"""The parts of the documentation that are made from the code."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any, get_args, get_type_hints

from typer.models import ArgumentInfo, OptionInfo

from pipeline.commands import VERBS
from pipeline.contract.field_tables import markdown_tables
from pipeline.contract.schema import FILES, schema
from tests.docs.pages import ROOT

RECORD_PAGE = ROOT / "docs" / "record.md"
CLI_PAGE = ROOT / "docs" / "cli.md"
_CLI_HEAD = """\
# The command line

Made from the commands' own help. `onrecord --help` lists the verbs, `onrecord VERB --help` tells of one,
`onrecord --version` which version it is. Data go to standard output, words for people to standard error:
what went wrong in one line, with what to do and [a code](errors.md).

| exit code | meaning |
|---|---|
| 0 | done |
| 1 | failed: the run, the check, or a figure under its floor |
| 2 | wrong usage; nothing was done |
| 3 | done, and some inputs were set aside as dead letters (`errors.jsonl`) |
| 130, 143 | stopped by Ctrl-C or a polite kill; the same command goes on where it ended |
"""


def marked_section(text: str, name: str) -> tuple[int, int]:
    """Where the generated part of a page stands: between its two comments."""
    match = re.search(rf"<!-- {name}: generated -->\n(.*?)<!-- end -->", text, re.DOTALL)
    if match is None:
        raise ValueError(f"the page has no section {name}")
    return match.span(1)


def record_page(text: str) -> str:
    """docs/record.md with its tables made anew; parts that stand in one section are not repeated."""
    seen: set[str] = set()
    for file in FILES:
        described = schema(file)
        parts = {name: part for name, part in described["$defs"].items() if name not in seen}
        seen |= parts.keys()
        start, end = marked_section(text, file)
        text = f"{text[:start]}{markdown_tables({**described, '$defs': parts})}\n{text[end:]}"
    return text


def cli_page() -> str:
    """docs/cli.md."""
    return _CLI_HEAD + "".join(_section(verb) for verb in VERBS)


@dataclass(frozen=True, slots=True)
class Parameter:
    """An argument or option of a verb, read from its signature: so every version of typer gives the same."""

    name: str
    info: ArgumentInfo | OptionInfo
    value_type: Any
    default: Any

    @property
    def is_option(self) -> bool:
        """Whether it is written with dashes."""
        return isinstance(self.info, OptionInfo)

    @property
    def names(self) -> list[str]:
        """What is written on the command line: ``--out``, ``-o``."""
        # Inside Annotated, typer keeps the first of the names as the default.
        stated = (self.info.default, *(self.info.param_decls or ()))
        names = [part for name in stated if isinstance(name, str) for part in name.split("/")]
        return names or ["--" + self.name.replace("_", "-")]

    @property
    def metavar(self) -> str:
        """What stands for its value."""
        if self.info.metavar:
            return self.info.metavar
        if not self.is_option:
            return self.name.upper()
        if issubclass(self.value_type, Enum):
            return "|".join(item.value for item in self.value_type)
        return {int: "NUMBER", float: "NUMBER", Path: "PATH"}.get(self.value_type, "TEXT")

    @property
    def remarks(self) -> Iterator[str]:
        """Its help and its default."""
        yield self.info.help or ""
        if self.default is inspect.Parameter.empty and self.is_option:
            yield "Required."
        elif self.default not in (None, "", inspect.Parameter.empty) and self.value_type is not bool:
            yield f"Default: {getattr(self.default, 'value', self.default)}."


def parameters(verb: Callable[..., Any]) -> list[Parameter]:
    """The arguments and options of a verb, in the order of its help."""
    hints = get_type_hints(verb, include_extras=True)
    return [
        Parameter(name, get_args(hints[name])[1], _plain(get_args(hints[name])[0]), signed.default)
        for name, signed in inspect.signature(verb).parameters.items()
    ]


def _plain(hint: Any) -> type:
    """``X`` of ``X``, ``X | None``, ``list[X]`` and ``list[X] | None``."""
    while get_args(hint):
        hint = get_args(hint)[0]
    found: type = hint
    return found


def _section(verb: Callable[..., Any]) -> str:
    known = parameters(verb)
    arguments = [item for item in known if not item.is_option]
    options = [item for item in known if item.is_option]
    usage = " ".join(("onrecord", verb.__name__, *(item.metavar for item in arguments)))
    rows = [_row(item.metavar, item) for item in arguments] + [_row(_option(item), item) for item in options]
    table = "\n| | |\n|---|---|\n" + "".join(rows) if rows else ""
    return f"\n## {verb.__name__}\n\n`{usage}`\n\n{_help(inspect.getdoc(verb) or '')}{table}"


def _option(option: Parameter) -> str:
    names = ", ".join(option.names)
    return names if option.value_type is bool else f"{names} {option.metavar}"


def _row(head: str, parameter: Parameter) -> str:
    cells = f"`{head}`", " ".join(parameter.remarks)
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |\n"


def _help(text: str) -> str:
    """The help, its example as code."""
    before, found, example = " ".join(text.split()).partition("Example: ")
    return f"{before}Example: `{example}`\n" if found else f"{before}\n"
