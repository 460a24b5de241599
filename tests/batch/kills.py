"""Runs killed at random moments and finished by the same command: ``python -m tests.batch.kills --kills 30``.

Short articles are run undisturbed once. Then, as often as asked, a fresh run of them gets ``kill -9`` for one
of its processes (supervisor, fork server or worker) at a random moment, the same command is given again, and
the bytes are compared. Equal seeds kill at equal shares of the undisturbed run's time.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.evaluation.bench import read_articles
from tests.batch.conftest import output_bytes

# A machine that is busy with other things is slow, not wrong.
PATIENCE = 240.0
ROOT = Path(__file__).parents[2]
COMMANDS = {False: "pipeline.cli", True: "tests.batch.driver"}
_SHORT = 600


def descendants(pid: int) -> Iterator[int]:
    """The processes below this one, parents first."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except (FileNotFoundError, ProcessLookupError):
        return
    for child in map(int, children):
        yield child
        yield from descendants(child)


def comes_true(condition: Callable[[], bool], seconds: float = PATIENCE) -> bool:
    """Whether a condition holds before the time is up; it is asked again and again."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def group_is_gone(group: int) -> bool:
    """Whether no process of a group is left."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return True
    return False


@dataclass(frozen=True, slots=True)
class Killed:
    """What became of a run: the process that was killed, when, and whether the bytes were equal."""

    victim: str
    moment: float
    equal: bool


@dataclass(frozen=True, slots=True)
class Range:
    """A folder of articles and runs over them; ``light`` runs have an engine without a model."""

    folder: Path
    light: bool

    def start(self, out: str) -> subprocess.Popen[bytes]:
        """A run of two workers in a process group of its own."""
        command = [sys.executable, "-m", COMMANDS[self.light], "run", "in", "--out", out, "--quiet"]
        environment = os.environ | {"PYTHONPATH": str(ROOT)}
        return subprocess.Popen(
            [*command, "--workers", "2", "--shard-size", "3"],
            cwd=self.folder,
            env=environment,
            start_new_session=True,
        )

    def finished(self, out: str) -> tuple[bytes, ...]:
        """The output after a run to its end."""
        code = self.start(out).wait()
        if code:
            raise SystemExit(f"a run that nobody killed ended with {code}")
        return output_bytes(self.folder / out)

    def killed(self, straight: tuple[bytes, ...], moment: float, rng: random.Random) -> Killed:
        """A run that loses a process at a moment, then the same command."""
        run = self.start("out")
        time.sleep(moment)
        victim, pid = rng.choice([("the supervisor", run.pid), *_one_below(run.pid, rng)])
        os.kill(pid, signal.SIGKILL)
        run.wait()
        if not comes_true(lambda: group_is_gone(run.pid)):
            raise SystemExit("processes of a killed run stay")
        equal = self.finished("out") == straight
        shutil.rmtree(self.folder / "out")
        return Killed(victim, moment, equal)


def _one_below(pid: int, rng: random.Random) -> list[tuple[str, int]]:
    """One of the processes that a run has started, if there is any."""
    found = list(descendants(pid))
    return [("another process", rng.choice(found))] if found else []


def write_short(folder: Path, paths: Sequence[str], number: int) -> None:
    """The openings of so many articles, as texts."""
    folder.mkdir(parents=True)
    for index, article in enumerate(read_articles(paths)[:number]):
        (folder / f"{index:03d}.txt").write_text(article.text[:_SHORT], encoding="utf-8")


def kills(shots: Range, number: int, seed: int) -> Iterator[Killed]:
    """What became of each of so many killed runs."""
    began = time.monotonic()
    straight = shots.finished("straight")
    duration = time.monotonic() - began
    for index in range(number):
        rng = random.Random(f"{seed}:{index}")
        yield shots.killed(straight, rng.uniform(0, duration), rng)


def main(arguments: Sequence[str] | None = None) -> int:
    """Kill, and tell how many runs came to the same bytes; 1 where one did not."""
    raw = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=raw)
    parser.add_argument("paths", metavar="IN", nargs="*", default=["corpus/articles"])
    parser.add_argument("--kills", type=int, default=30)
    parser.add_argument("--articles", type=int, default=24)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--light", action="store_true", help="with an engine that only looks for marks")
    options = parser.parse_args(arguments)
    equal = 0
    with tempfile.TemporaryDirectory() as name:
        write_short(Path(name) / "in", options.paths, options.articles)
        for index, killed in enumerate(kills(Range(Path(name), options.light), options.kills, options.seed)):
            equal += killed.equal
            told = "equal" if killed.equal else "DIFFERENT"
            print(f"{index:3d} {killed.victim} at {killed.moment:.1f} s: {told}", flush=True)
    print(f"{equal} of {options.kills} equal")
    return 0 if equal == options.kills else 1


if __name__ == "__main__":
    sys.exit(main())
