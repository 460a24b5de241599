"""Bring the documentation up to date with the code: python -m tests.docs.refresh

Rewrites the generated tables, and the output that the pages show for their commands. Read the
difference before committing it: what a page promises is a promise.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from tests.docs.pages import PAGES, corrected, fits, page_name, steps
from tests.docs.reference import CLI_PAGE, RECORD_PAGE, cli_page, record_page
from tests.docs.workspace import StepError, Workspace, make_workspace


def refreshed(text: str, workspace: Workspace, failures: list[str]) -> str:
    """A page with the output that its steps print now; what fails is listed and stays as it is."""
    changes = []
    for step in steps(text):
        try:
            printed = workspace.run(step)
        except StepError as error:
            failures.append(f"line {step.line}: {error}")
            continue
        if step.output is not None and not fits(printed, step.output):
            changes.append((step.start, step.end, corrected(printed, step.output)))
    for start, end, output in reversed(changes):
        text = text[:start] + output + text[end:]
    return text


def refresh(page: Path, workspace: Workspace) -> list[str]:
    """Rewrite a page where it is out of date, and say so; what failed in it."""
    failures: list[str] = []
    old = page.read_text(encoding="utf-8")
    new = refreshed(old, workspace, failures)
    if new != old:
        page.write_text(new, encoding="utf-8")
        print(f"{page_name(page)} brought up to date")
    return [f"{page_name(page)}, {failure}" for failure in failures]


def main() -> int:
    """Rewrite the generated tables and the shown outputs; 1 if a command fails."""
    CLI_PAGE.write_text(cli_page(), encoding="utf-8")
    RECORD_PAGE.write_text(record_page(RECORD_PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    failures = []
    with tempfile.TemporaryDirectory() as name:
        after_make_run = make_workspace(Path(name) / "made")
        for number, page in enumerate(PAGES):
            workspace = Workspace(shutil.copytree(after_make_run, Path(name) / str(number), symlinks=True))
            failures += refresh(page, workspace)
    print(*failures, sep="\n", end="")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
