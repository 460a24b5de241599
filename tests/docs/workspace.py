"""A copy of the repository's visible parts, as a reader has it after ``make run``, to run a page in."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from contextlib import chdir, redirect_stdout
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path
from typing import Any

from tests.docs.pages import ROOT, Step

BIN = Path(sys.executable).parent
SECONDS = 240
# What these targets do is tested elsewhere or takes hours; here make only tells what it would do.
DRY_TARGETS = ("setup", "test", "coverage", "lint", "type", "model", "bench", "evaluate", "clean")
# Installing needs a network; that the extras exist is tested apart.
NOT_RUN = ("pip install ", "python -m build")
# A terminal shows these lines only while a run goes on.
_PROGRESS = re.compile(r"^[\d,]+ of [\d,]+ articles, .* dead letters\n", re.MULTILINE)


class StepError(AssertionError):
    """A command that failed."""


def make_workspace(folder: Path) -> Path:
    """A folder with the corpus, the Makefile and the examples, and the sample run in ``out``.

    ``articles`` holds a few articles more: what pages call a folder of the reader's own. ``onrecord`` is
    the folder itself, as the repository stands beside a reader's articles.
    """
    folder.mkdir(parents=True)
    shutil.copytree(ROOT / "corpus", folder / "corpus")
    shutil.copytree(ROOT / "docs" / "examples", folder / "docs" / "examples")
    (folder / "articles").mkdir()
    for file in sorted((ROOT / "corpus" / "articles").glob("b*")):
        shutil.copy2(file, folder / "articles")
    for name in ("Makefile", "pyproject.toml"):
        shutil.copy2(ROOT / name, folder / name)
    (folder / ".venv").symlink_to(BIN.parent)
    (folder / "onrecord").symlink_to(".")
    run_command("onrecord run corpus/articles --out out --quiet", folder)
    return folder


@dataclass(slots=True)
class Workspace:
    """Runs the steps of one page, one after the other."""

    folder: Path
    names: dict[str, Any] = field(default_factory=dict)

    def run(self, step: Step) -> str:
        """What a step prints; raises ``StepError`` where it fails."""
        if step.language == "console":
            return run_command(step.code, self.folder)
        printed = StringIO()
        with chdir(self.folder), redirect_stdout(printed):
            exec(compile(step.code, f"block at line {step.line}", "exec"), self.names)
        return printed.getvalue()


def run_command(command: str, folder: Path) -> str:
    """What a command prints, in a shell that finds this interpreter's programs first."""
    if command.startswith(NOT_RUN):
        return ""
    environment = {
        **os.environ,
        "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}",
        "TERM": "dumb",
        "COLUMNS": "100",
        "NO_COLOR": "1",
        "PYTHONPATH": str(ROOT),
    }
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", _with_this_environment(command)],
        cwd=folder, env=environment, timeout=SECONDS, check=False, encoding="utf-8",
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    if done.returncode != 0:
        raise StepError(f"{command!r} exited with {done.returncode}:\n{done.stdout}")
    return _PROGRESS.sub("", done.stdout)


def _with_this_environment(command: str) -> str:
    """``make`` told that its environment is ready: the one that runs the tests."""
    if not command.startswith("make "):
        return command
    target = command.split()[1]
    dry = "-n " if target in DRY_TARGETS else ""
    return f"make --silent {dry}-o .venv/.ready BIN={BIN} " + command.removeprefix("make ")
