"""The pages of the documentation, and the blocks in them that can be run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGES = (
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    ROOT / "corpus" / "README.md",
    *sorted((ROOT / "docs").glob("*.md")),
)
RUNNABLE = ("console", "python")
# A line that stands for any number of lines of output.
ELLIPSIS = "…"

_BLOCK = re.compile(r"^```(?P<language>\w*)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
_PROMPT = "$ "


@dataclass(frozen=True, slots=True)
class Step:
    """A command or a piece of Python with the output that its page promises (None: it promises nothing).

    ``start`` and ``end`` are where that output stands in the page.
    """

    language: str
    line: int
    code: str
    output: str | None
    start: int
    end: int


def page_name(page: Path) -> str:
    """The path of a page inside the repository."""
    return page.relative_to(ROOT).as_posix()


def steps(text: str) -> Iterator[Step]:
    """What a page tells its reader to do, in its order."""
    blocks = list(_BLOCK.finditer(text))
    for number, block in enumerate(blocks):
        if block["language"] == "console":
            yield from _commands(text, block)
        elif block["language"] == "python":
            after = blocks[number + 1] if number + 1 < len(blocks) else None
            yield _python(text, block, after)


def _python(text: str, block: re.Match[str], after: re.Match[str] | None) -> Step:
    """A block of Python; a block of plain text right behind it is its output."""
    told = after is not None and after["language"] == "text" and not text[block.end() : after.start()].strip()
    output = after if told else None
    line = _line(text, block.start("body"))
    if output is None:
        return Step("python", line, block["body"], None, 0, 0)
    return Step("python", line, block["body"], output["body"], *output.span("body"))


def _commands(text: str, block: re.Match[str]) -> Iterator[Step]:
    """The commands of a block; where none has a prompt, every line is one."""
    has_prompts = _PROMPT in "\n" + block["body"]
    lines = list(_lines(text, block))
    index = 0
    while index < len(lines):
        begin, code = lines[index]
        while code.endswith("\\\n"):
            index += 1
            code += lines[index][1]
        index += 1
        start = end = begin + len(code) if "\\\n" not in code else _end_of(lines, index)
        while has_prompts and index < len(lines) and not lines[index][1].startswith(_PROMPT):
            end = _end_of(lines, index + 1)
            index += 1
        command = code.removeprefix(_PROMPT).strip()
        yield Step("console", _line(text, begin), command, text[start:end] or None, start, end)


def _lines(text: str, block: re.Match[str]) -> Iterator[tuple[int, str]]:
    position = block.start("body")
    for line in block["body"].splitlines(keepends=True):
        yield position, line
        position += len(line)


def _end_of(lines: list[tuple[int, str]], index: int) -> int:
    """Where the line before ``index`` ends."""
    begin, line = lines[index - 1]
    return begin + len(line)


def _line(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1


def fits(printed: str, promised: str) -> bool:
    """Whether the output is what the page promises; a line of one ellipsis stands for any lines."""
    parts = [re.escape(line.rstrip()) + "\n" for line in promised.splitlines()]
    wild = re.escape(ELLIPSIS) + "\n"
    pattern = "".join("(?:.*\n)*" if part == wild else part for part in parts)
    return re.fullmatch(pattern, _lined(printed.splitlines())) is not None


def corrected(printed: str, promised: str) -> str:
    """The output as the page should promise it, shortened where it was shortened before."""
    old, new = promised.splitlines(), printed.splitlines()
    if ELLIPSIS in old:
        head = old.index(ELLIPSIS)
        tail = len(old) - head - 1
        new = [*new[:head], ELLIPSIS, *(new[-tail:] if tail else [])]
    return _lined(new)


def _lined(lines: list[str]) -> str:
    """The lines without the blanks with which terminal tables are padded."""
    return "".join(line.rstrip() + "\n" for line in lines)
