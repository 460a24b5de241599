"""How long each component of a spaCy pipeline takes: marks between the components look at the clock."""

from __future__ import annotations

import time
from typing import cast

from spacy.language import Language
from spacy.tokens import Doc

FACTORY = "onrecord_time_mark"


class TimeMark:
    """A component that leaves the Doc alone and notes when it passed."""

    def __init__(self) -> None:
        self.before: TimeMark | None = None
        self.passed = 0.0
        self.seconds = 0.0

    def __call__(self, doc: Doc) -> Doc:
        """The same Doc."""
        self.passed = time.perf_counter()
        if self.before is not None:
            self.seconds += self.passed - self.before.passed
        return doc


@Language.factory(FACTORY)
def make_time_mark(nlp: Language, name: str) -> TimeMark:
    """A mark for ``nlp.add_pipe``."""
    return TimeMark()


class Stopwatch:
    """Marks around all components that a pipeline has now."""

    def __init__(self, nlp: Language) -> None:
        self._marks: dict[str, TimeMark] = {}
        stages = list(nlp.pipe_names)
        before = cast(TimeMark, nlp.add_pipe(FACTORY, name="time_mark", first=True))
        for stage in stages:
            mark = cast(TimeMark, nlp.add_pipe(FACTORY, name=f"time_mark_{stage}", after=stage))
            mark.before, before = before, mark
            self._marks[stage] = mark

    def seconds(self) -> dict[str, float]:
        """Seconds spent in each component so far."""
        return {stage: mark.seconds for stage, mark in self._marks.items()}
