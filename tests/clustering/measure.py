"""Seconds to cluster many claims, and how many planted repeats are found.

``python -m tests.clustering.measure 100000`` makes a run of so many claims, one in ten a verbatim repeat of
an earlier one and one in ten a near repeat (one word changed), clusters it, and prints seconds by the clock
and of the processor. Words are drawn with the frequencies of running text (Zipf).
"""

from __future__ import annotations

import random
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import accumulate
from pathlib import Path

from pipeline.clustering import clustered
from pipeline.outputs.jsonl import encode
from pipeline.outputs.runs import finished_run
from pipeline.record import Claim, claim_key
from tests.outputs.finished import article, claim, speaker, write_lines

_WORDS = [f"word{number}" for number in range(20_000)]
_FREQUENCIES = list(accumulate(1 / (rank + 1) for rank in range(len(_WORDS))))


def made(count: int) -> Iterator[tuple[Claim, bool]]:
    """Claims, one an article, and whether each is a planted repeat."""
    chance = random.Random(1)
    texts: list[list[str]] = []
    for number in range(count):
        draw = chance.random()
        planted = draw < 0.2 and number > 0
        words = list(chance.choice(texts)) if planted else _words(chance)
        if planted and draw < 0.1:
            words[chance.randrange(len(words))] = "changed"
        elif not planted:
            texts.append(words)
        yield _claim(number, " ".join(words)), planted


def _words(chance: random.Random) -> list[str]:
    return chance.choices(_WORDS, cum_weights=_FREQUENCIES, k=chance.randint(14, 40))


def _claim(number: int, text: str) -> Claim:
    base = claim(
        f"{number:06}.txt", f"{text} {number}", text=text, speaker=speaker(f"Ada {number % 5000}son")
    )
    published = f"2024-{number % 12 + 1:02}-{number % 28 + 1:02}"
    return replace(base, claim_key=claim_key(text), article=replace(base.article, date_published=published))


def main(count: int) -> None:
    """Make a run, cluster it and print what it took."""
    claims, planted = zip(*made(count), strict=True)
    with tempfile.TemporaryDirectory() as name:
        articles = (encode(article([item])) for item in claims)
        run = finished_run(write_lines(Path(name), articles, (encode(item) for item in claims)))
        del claims
        clock, processor = time.perf_counter(), time.process_time()
        found = clustered(run)
        seconds, own = time.perf_counter() - clock, time.process_time() - processor
    linked = sum(record["claims"] - 1 for record in found.clusters)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{count:,} claims: {seconds:.1f} s, own processor {own:.1f} s, {memory:,} MB")
    print(f"{linked:,} repeats linked, {sum(planted):,} planted; {len(found.speakers):,} speakers")


if __name__ == "__main__":
    main(int(sys.argv[1]))
