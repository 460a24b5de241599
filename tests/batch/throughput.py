"""Runs of many articles, measured: ``python -m tests.batch.throughput [IN...] --words 2000000``.

The articles are repeated, each copy another text by the blanks behind it, until they have enough words.
They are run with one worker on one core and with two workers on two; words per second are from the start of
the command to its last byte. With ``--articles 10000 100000 --light`` an engine without a model takes part,
so that what the run itself needs shows: memory of a worker, memory of the supervisor, time. Use a quiet
machine.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count, islice
from pathlib import Path

from pipeline.articles import Article
from pipeline.evaluation.bench import first_claim_seconds, read_articles

COMMANDS = {False: "pipeline.cli", True: "tests.batch.driver"}


@dataclass(frozen=True, slots=True)
class Measured:
    """What one run cost; memory in megabytes."""

    workers: int
    articles: int
    words: int
    seconds: float
    worker_memory: float
    supervisor_memory: float

    @property
    def rate(self) -> float:
        """Words a second."""
        return self.words / self.seconds

    def line(self) -> str:
        """A line of the table."""
        return (
            f"{self.workers:7d} {self.articles:9,d} {self.words:11,d} {self.seconds:9.1f} {self.rate:9,.0f}"
            f" {self.worker_memory:10,.0f} {self.supervisor_memory:14,.0f}"
        )


HEAD = (
    f"{'workers':>7s} {'articles':>9s} {'words':>11s} {'seconds':>9s} {'words/s':>9s} {'worker MB':>10s} "
    + (f"{'supervisor MB':>14s}")
)


def copies(articles: Sequence[Article]) -> Iterator[tuple[str, Article, str]]:
    """The articles again and again: id, article, text; no text twice."""
    for number in count():
        for index, article in enumerate(articles):
            yield f"{number}-{index}", article, article.text + _blanks(number)


def _blanks(number: int) -> str:
    """White space of its own for every number."""
    return "\n" + f"{number:b}".translate({ord("0"): " ", ord("1"): "\n"})


def write_news(path: Path, articles: Sequence[Article], *, words: int | None, number: int | None) -> None:
    """A JSON Lines file of so many words, or so many articles."""
    found = islice(copies(articles), number)
    with path.open("w", encoding="utf-8") as stream:
        for identifier, article, text in found:
            row = {"id": identifier, "text": text, "date_published": article.date_published}
            stream.write(json.dumps(row) + "\n")
            if words is not None:
                words -= len(text.split())
                if words <= 0:
                    break


def measured(news: Path, out: Path, *, workers: int, light: bool) -> Measured:
    """A run of the command line on as many cores as workers."""
    command = [sys.executable, "-m", COMMANDS[light], "run", str(news), "--out", str(out), "--quiet"]
    cores = sorted(os.sched_getaffinity(0))[:workers]
    began = time.perf_counter()
    process = subprocess.Popen(
        [*command, "--workers", str(workers)], preexec_fn=lambda: os.sched_setaffinity(0, cores)
    )
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - began
    if status:
        raise SystemExit(f"the run failed with {os.waitstatus_to_exitcode(status)}")
    manifest = json.loads((out / "manifest.json").read_text())
    counts = manifest["counts"]
    return Measured(
        workers,
        counts["articles"],
        counts["words"],
        seconds,
        manifest["this_run"]["peak_memory_mb"],
        usage.ru_maxrss * 1024 / 1e6,
    )


def gain(runs: Sequence[Measured]) -> float:
    """How many times as fast the last run was as the first."""
    return runs[-1].rate / runs[0].rate


def report(articles: Sequence[Article], options: argparse.Namespace) -> Iterator[str]:
    """The tables, line by line as they are measured."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        yield HEAD
        for number in options.articles or [None]:
            write_news(
                folder / "news.jsonl", articles, words=None if number else options.words, number=number
            )
            runs = []
            for workers in options.workers:
                out = folder / f"{number}-{workers}"
                runs.append(measured(folder / "news.jsonl", out, workers=workers, light=options.light))
                yield runs[-1].line()
            if len(runs) > 1:
                yield f"{options.workers[-1]} workers against {options.workers[0]}: {gain(runs):.2f} ×"
    if not options.light:
        yield f"start to first claim: {first_claim_seconds():.2f} s"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the tables; 1 where there is nothing to measure."""
    raw = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=raw)
    parser.add_argument("paths", metavar="IN", nargs="*", default=["corpus/articles"])
    parser.add_argument("--words", type=int, default=200_000, help="how many words to run")
    parser.add_argument("--articles", type=int, nargs="+", help="how many articles to run, in place of words")
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--light", action="store_true", help="with an engine that only looks for marks")
    options = parser.parse_args(arguments)
    articles = read_articles(options.paths)
    if not articles:
        sys.stderr.write("no article to measure with\n")
        return 1
    for line in report(articles, options):
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
