"""Words per second of every stage and of the whole, beside the obvious alternative on the same text.

    python -m pipeline.evaluation.bench [--in FOLDER] [--threads N] [--words N]

The alternative is what one would write in an afternoon: spaCy's blank English pipeline with a
sentencizer, ``dateparser.search.search_dates`` and ``quantulum3.parser.parse`` on each article. It finds
no speaker.
"""

from __future__ import annotations

import argparse
import logging
import sys
import time
import warnings
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import spacy
from spacy.language import Language

from pipeline.articles import Article, discover, read_file
from pipeline.extraction import load, make_doc, process

Clock = Callable[[], float]


def articles_in(path: str) -> list[Article]:
    """The readable articles of a folder or file."""
    read = (item for file in discover([path]) for item in read_file(file))
    return [item for item in read if isinstance(item, Article)]


def repeated(articles: Sequence[Article], words: int) -> list[Article]:
    """The articles over and over until they hold so many words."""
    chosen: list[Article] = []
    total = 0
    while total < words:
        article = articles[len(chosen) % len(articles)]
        chosen.append(article)
        total += len(article.text.split())
    return chosen


def stage_seconds(nlp: Language, articles: Sequence[Article], clock: Clock) -> dict[str, float]:
    """Seconds that each stage took over all articles."""
    spent: dict[str, float] = defaultdict(float)
    for article in articles:
        with nlp.memory_zone():
            started = clock()
            doc = make_doc(nlp, article)
            spent["tokens"] += clock() - started
            for name, stage in nlp.pipeline:
                started = clock()
                doc = stage(doc)
                spent[name.removeprefix("onrecord_")] += clock() - started
    return dict(spent)


def alternative_seconds(articles: Sequence[Article], clock: Clock) -> dict[str, float]:
    """Seconds that the blank tokeniser, the date search and quantulum3 took."""
    from dateparser.search import search_dates
    from quantulum3 import classifier, parser

    classifier.USE_CLF = False
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    steps: dict[str, Callable[[str], object]] = {
        "blank spaCy": nlp,
        "search_dates": lambda text: search_dates(text, languages=["en"]),
        "quantulum3": parser.parse,
    }
    parser.parse("4 miles")  # its tables load with the first call
    spent: dict[str, float] = {}
    for name, step in steps.items():
        started = clock()
        for article in articles:
            step(article.text)
        spent[name] = clock() - started
    return spent


def report(words: int, spent: dict[str, float]) -> Iterator[str]:
    """One line a step and one for all, in words per second."""
    for name, seconds in spent.items():
        yield f"  {name:<14}{words / seconds:>12,.0f} words/s{100 * seconds / sum(spent.values()):>7.1f} %"
    yield f"  {'all':<14}{words / sum(spent.values()):>12,.0f} words/s"


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    options = _options().parse_args(arguments)
    articles = repeated(articles_in(options.path), options.words)
    words = sum(len(article.text.split()) for article in articles)
    started = time.perf_counter()
    nlp = load(threads=options.threads)
    process(nlp, articles[0])
    write = sys.stdout.write
    write(f"load to first claim {time.perf_counter() - started:.2f} s\n")
    write(f"onrecord, {options.threads} thread(s), {words:,} words\n")
    write("\n".join(report(words, stage_seconds(nlp, articles, time.perf_counter))) + "\n")
    few = articles[: max(1, len(articles) // 10)]
    few_words = sum(len(article.text.split()) for article in few)
    write(f"the obvious alternative, {few_words:,} words\n")
    warnings.simplefilter("ignore")
    logging.disable(logging.WARNING)
    write("\n".join(report(few_words, alternative_seconds(few, time.perf_counter))) + "\n")


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--in", dest="path", default=str(Path("corpus/articles")))
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--words", type=int, default=50_000)
    return parser


if __name__ == "__main__":
    main()
