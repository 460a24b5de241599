"""Speed of the pipeline beside the obvious alternative on the same text.

usage: python -m pipeline.evaluation.bench [IN...]   (default: corpus/articles)

One process each; words are what white space parts. The alternative is a blank spaCy tokeniser, dateparser's
``search_dates`` and quantulum3: dates and numbers found without quotes, speakers, names or claims.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from pipeline.articles import Article, discover, read_file

_ARTICLE_WORDS: Final = 500
_FIRST_CLAIM: Final = (
    "import pipeline; "
    "pipeline.extract('“We sold 40 boats,” Ana Diaz said on Monday.', date_published='2024-10-16')"
)


@dataclass(frozen=True, slots=True)
class Timing:
    """What ran, and how long it took for how many words."""

    name: str
    words: int
    seconds: float
    cpu_seconds: float

    def line(self) -> str:
        """A line of the table: words a second, by the clock and by processor time."""
        return (
            f"{self.name:44s} {self.words / self.seconds:>12,.0f} {self.words / self.cpu_seconds:>14,.0f}"
            f" {1000 * self.seconds * _ARTICLE_WORDS / self.words:>14.2f}"
        )


def read_articles(paths: Sequence[str]) -> tuple[Article, ...]:
    """The articles below the paths; what cannot be read is left out."""
    read = (item for file in discover(paths) for item in read_file(file))
    return tuple(item for item in read if isinstance(item, Article))


def timed(name: str, articles: Sequence[Article], work: Callable[[Article], object]) -> Timing:
    """The time that some work takes on all articles, after one for warming up."""
    work(articles[0])
    start, cpu_start = time.perf_counter(), time.process_time()
    for article in articles:
        work(article)
    seconds, cpu_seconds = time.perf_counter() - start, time.process_time() - cpu_start
    return Timing(name, sum(len(article.text.split()) for article in articles), seconds, cpu_seconds)


def pipeline_timings(articles: Sequence[Article], threads: int) -> Iterator[Timing]:
    """The whole pipeline, then the time of each stage within one more pass."""
    import pipeline

    nlp = pipeline.load(threads=threads)
    yield timed(
        f"onrecord, {threads} {'thread' if threads == 1 else 'threads'}",
        articles,
        lambda article: pipeline.process(nlp, article),
    )
    yield from _stage_timings(nlp, articles)


def _stage_timings(nlp: Any, articles: Sequence[Article]) -> Iterator[Timing]:
    from pipeline.extraction import make_doc

    docs = [make_doc(nlp, article) for article in articles]
    words = sum(len(article.text.split()) for article in articles)
    for name, stage in nlp.pipeline:
        start, cpu_start = time.perf_counter(), time.process_time()
        docs = [stage(doc) for doc in docs]
        seconds, cpu_seconds = time.perf_counter() - start, time.process_time() - cpu_start
        yield Timing(f"  {name}", words, seconds, cpu_seconds)


def alternative_timings(articles: Sequence[Article]) -> Iterator[Timing]:
    """The tokeniser, the date search and the quantity parser, each and together."""
    import spacy

    tokeniser = spacy.blank("en")
    steps: dict[str, Callable[[Article], object]] = {
        "spaCy's blank tokeniser": lambda article: tokeniser(article.text),
        "dateparser search_dates": _dates_of,
        "quantulum3": _quantities_of,
    }
    timings = [timed(name, articles, work) for name, work in steps.items()]
    yield from timings
    yield together("the three together", timings)


def together(name: str, timings: Sequence[Timing]) -> Timing:
    """The time of steps that go over the same articles one after the other."""
    seconds = sum(timing.seconds for timing in timings)
    return Timing(name, timings[0].words, seconds, sum(timing.cpu_seconds for timing in timings))


def _dates_of(article: Article) -> object:
    from dateparser.search import search_dates

    return search_dates(article.text, languages=["en"])


def _quantities_of(article: Article) -> object:
    from quantulum3 import parser

    return parser.parse(article.text)


def first_claim_seconds() -> float:
    """How long a fresh interpreter takes from its start to its first claim."""
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", _FIRST_CLAIM], check=True)
    return time.perf_counter() - start


def report(articles: Sequence[Article]) -> Iterator[str]:
    """The table, line by line as it is measured."""
    words = sum(len(article.text.split()) for article in articles)
    yield f"{len(articles)} articles, {words:,} words; ms for {_ARTICLE_WORDS} words in the last column"
    yield f"{'':44s} {'words/s':>12s} {'words/s of CPU':>14s} {'ms':>14s}"
    for threads in (1, 2):
        yield from _lines(pipeline_timings(articles, threads))
    yield from _lines(alternative_timings(articles))
    yield f"start to first claim: {first_claim_seconds():.2f} s"


def _lines(timings: Iterable[Timing]) -> Iterator[str]:
    return (timing.line() for timing in timings)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; 1 where there is nothing to measure."""
    raw = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=raw)
    parser.add_argument("paths", metavar="IN", nargs="*", default=["corpus/articles"])
    articles = read_articles(parser.parse_args(arguments).paths)
    if not articles:
        sys.stderr.write("no article to measure with\n")
        return 1
    for line in report(articles):
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
