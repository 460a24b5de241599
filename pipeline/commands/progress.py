"""Progress and summary on stderr: a bar at a terminal, plain lines in CI, JSON on request."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from pipeline.batch.manifest import RunRecord, top_speakers
from pipeline.batch.outcome import Outcome, Tally
from pipeline.batch.run import Observer, Silent
from pipeline.commands.reporting import say

if TYPE_CHECKING:
    from rich.progress import Progress

SECONDS_BETWEEN_LINES: Final = 5.0
SPEAKERS_SHOWN: Final = 5


class _Counting:
    """What all displays know: how far the run is and how fast."""

    def __init__(self) -> None:
        self.total = 0
        self.kept = 0
        self.tally = Tally()
        self.done = 0
        self._began = time.monotonic()

    def planned(self, articles: int, kept: int) -> None:
        """Start the clock."""
        self.total, self.kept = articles, kept
        self._began = time.monotonic()

    def article(self, outcome: Outcome) -> None:
        """Count an article."""
        self.done += 1
        self.tally.add(outcome)

    def figures(self) -> dict[str, Any]:
        """The state of the run in numbers."""
        spent = max(time.monotonic() - self._began, 1e-6)
        left = max(0, self.total - self.kept - self.done)
        return {
            "articles": self.kept + self.done,
            "of": self.total,
            "words_per_second": round(self.tally.words / spent),
            "articles_per_second": round(self.done / spent, 1),
            "seconds_left": round(left * spent / self.done) if self.done else None,
            "dead_letters": self.tally.dead_letters,
        }


class _Lines(_Counting):
    """A line every few seconds."""

    def __init__(self, *, as_json: bool) -> None:
        super().__init__()
        self._as_json = as_json
        self._next = time.monotonic() + SECONDS_BETWEEN_LINES

    def planned(self, articles: int, kept: int) -> None:
        """Start the clock."""
        super().planned(articles, kept)
        if self._as_json:
            say(json.dumps({"event": "planned", "articles": articles, "done_before": kept}))

    def article(self, outcome: Outcome) -> None:
        """Count an article and say so now and then; in JSON, name every dead letter."""
        super().article(outcome)
        if outcome.error and self._as_json:
            say(json.dumps({"event": "dead_letter", "source": outcome.source, "code": outcome.error}))
        if time.monotonic() >= self._next:
            self._next = time.monotonic() + SECONDS_BETWEEN_LINES
            say(self._line())

    def _line(self) -> str:
        figures = self.figures()
        if self._as_json:
            return json.dumps({"event": "progress", **figures})
        left = figures["seconds_left"]
        return (
            f"{figures['articles']:,} of {figures['of']:,} articles, "
            f"{figures['words_per_second']:,} words/s, {left if left is not None else '?'} s left, "
            f"{figures['dead_letters']} dead letters"
        )


class _Bar(_Counting):
    """A bar at a terminal."""

    def __init__(self, progress: Progress) -> None:
        super().__init__()
        self._progress = progress
        self._task = progress.add_task("starting", total=None, rate="")

    def planned(self, articles: int, kept: int) -> None:
        """Show how much there is to do."""
        super().planned(articles, kept)
        self._progress.update(self._task, total=articles, completed=kept, description="articles")

    def article(self, outcome: Outcome) -> None:
        """Move the bar."""
        super().article(outcome)
        figures = self.figures()
        rate = f"{figures['words_per_second']:,} words/s"
        if figures["dead_letters"]:
            rate += f", {figures['dead_letters']} dead letters"
        self._progress.update(self._task, completed=figures["articles"], rate=rate)


@contextmanager
def observing(*, log_json: bool, quiet: bool) -> Iterator[Observer]:
    """The observer that fits the place the command runs in."""
    if quiet:
        yield Silent()
    elif log_json or not sys.stderr.isatty() or os.environ.get("CI"):
        yield _Lines(as_json=log_json)
    else:
        with _progress() as progress:
            yield _Bar(progress)


def _progress() -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    return Progress(*columns, console=Console(stderr=True), transient=True)


def summarise(record: RunRecord, *, log_json: bool) -> None:
    """Tell what the run found and what it cost."""
    say(json.dumps({"event": "summary", **_figures(record)}) if log_json else "\n".join(_summary(record)))


def _figures(record: RunRecord) -> dict[str, Any]:
    tally, measured = record.tally, record.measured
    return {
        "articles": tally.articles,
        "articles_done_now": measured.articles,
        "claims": tally.claims,
        "kinds": dict(tally.kinds),
        "errors": dict(sorted(tally.errors.items())),
        "seconds": round(record.seconds, 2),
        "words_per_second": round(measured.words / record.seconds) if record.seconds else 0,
        "top_speakers": top_speakers(tally, SPEAKERS_SHOWN),
    }


def _summary(record: RunRecord) -> Iterator[str]:
    figures = _figures(record)
    kinds = ", ".join(f"{count:,} {kind}" for kind, count in figures["kinds"].items())
    found = f"{figures['claims']:,} claims" + (f" ({kinds})" if kinds else "")
    yield f"{figures['articles']:,} articles, {found} in {record.options.out}"
    if not record.files:
        yield f"nothing to read: no files in {' '.join(record.options.inputs)}"
    if figures["errors"]:
        yield "set aside: " + ", ".join(f"{count:,} {code}" for code, count in figures["errors"].items())
    now, rate = figures["articles_done_now"], figures["words_per_second"]
    yield f"{now:,} articles done now in {figures['seconds']:.1f} s, {rate:,} words/s from start to end"
    if figures["top_speakers"]:
        speakers = ", ".join(f"{name} {count:,}" for name, count in figures["top_speakers"].items())
        yield f"most quoted: {speakers}"
