"""What the documentation tells a reader to do works and prints what it says.

After a change that is meant: python -m tests.docs.refresh
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from tests.docs.pages import PAGES, ROOT, corrected, fits, page_name, steps
from tests.docs.workspace import Workspace, run_command

_LINK = re.compile(r"\]\((?!\w+:)(?P<path>[^)#\s]*)(?:#(?P<anchor>[^)\s]*))?\)")
_HEADING = re.compile(r"^#+ (.*)$", re.MULTILINE)
_MAKE = re.compile(r"`make (\w+)|^(?:\$ )?make (\w+)", re.MULTILINE)
_EXTRAS = re.compile(r"\[([a-z,]+)\]['\"]?$", re.MULTILINE)


@pytest.mark.model
@pytest.mark.parametrize("page", PAGES, ids=page_name)
def test_every_block_of_a_page_runs_and_prints_what_it_says(page: Path, workspace: Workspace) -> None:
    for step in steps(page.read_text(encoding="utf-8")):
        printed = workspace.run(step)
        assert step.output is None or fits(printed, step.output), (
            f"{page_name(page)}:{step.line} promises\n{step.output}\nbut this is printed:\n{printed}"
        )


@pytest.mark.model
@pytest.mark.parametrize("example", sorted((ROOT / "docs" / "examples").glob("*.yml")), ids=page_name)
def test_every_command_of_a_workflow_runs(example: Path, workspace: Workspace) -> None:
    commands = re.findall(r"^ +(?:- )?run: (.+)$", example.read_text(encoding="utf-8"), re.MULTILINE)
    assert commands
    for command in commands:
        run_command(command, workspace.folder)


@pytest.mark.parametrize("page", PAGES, ids=page_name)
def test_no_command_leaves_the_reader_in_another_folder(page: Path) -> None:
    commands = [step.code for step in steps(page.read_text(encoding="utf-8")) if step.language == "console"]
    assert [code for code in commands if re.search(r"(?:^|[;&|] *)cd ", code)] == []


@pytest.mark.parametrize("page", PAGES, ids=page_name)
def test_every_link_leads_somewhere(page: Path) -> None:
    for match in _LINK.finditer(page.read_text(encoding="utf-8")):
        target = (page.parent / match["path"]).resolve() if match["path"] else page
        assert target.exists(), match[0]
        if match["anchor"]:
            assert match["anchor"] in anchors(target), match[0]


def anchors(page: Path) -> set[str]:
    """The anchors that a renderer of Markdown makes of the headings."""
    headings = _HEADING.findall(page.read_text(encoding="utf-8"))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=page_name)
def test_every_make_target_that_a_page_names_exists(page: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = {first or second for first, second in _MAKE.findall(page.read_text(encoding="utf-8"))}
    assert named <= targets


@pytest.mark.parametrize("page", PAGES, ids=page_name)
def test_every_extra_that_a_page_installs_exists(page: Path) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    for step in steps(page.read_text(encoding="utf-8")):
        if step.code.startswith("pip install "):
            extras = {extra for group in _EXTRAS.findall(step.code) for extra in group.split(",")}
            assert extras <= project["optional-dependencies"].keys()


def test_every_make_target_is_documented() -> None:
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
    text = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
    assert [target for target in targets if f"make {target}" not in text] == []


@pytest.mark.parametrize(
    ("promised", "printed", "right"),
    [
        ("a\nb\n", "a\nb\n", True),
        ("a\n", "b\n", False),
        ("a\n…\n", "a\nb\nc\n", True),
        ("a\n…\n", "a\n", True),
        ("a\n…\nd\n", "a\nb\nc\n", False),
        ("a.\n", "ab\n", False),
    ],
)
def test_output_is_compared_line_by_line(promised: str, printed: str, right: bool) -> None:
    assert fits(printed, promised) is right


@pytest.mark.parametrize("promised", ["old\n", "old\n…\n", "…\nold\n", "a\n…\nb\n"])
def test_a_corrected_promise_fits(promised: str) -> None:
    printed = "one\ntwo\nthree\n"
    assert fits(printed, corrected(printed, promised))


def test_commands_of_several_lines_and_their_outputs_are_told_apart() -> None:
    text = "```console\n$ first \\\n    more\nprinted\n$ second\n```\n"
    first, second = steps(text)
    assert (first.code, first.output) == ("first \\\n    more", "printed\n")
    assert (second.code, second.output) == ("second", None)
    assert text[first.start : first.end] == "printed\n"
