"""Scores the dates stage on the open date corpora with the shared TempEval-3 scorer.

usage: python models/training/score_dates.py --data DIR   (DIR holds dates/timex_eval.py and the corpora)

A corpus is scored whole and in two halves, so that rules tuned on one half are checked on the other.
"GUM's notation": decades and centuries written as GUM writes them (1980-01-01/1989-12-31), and times
cut to their day, for GUM marks no clock times.
"""

from __future__ import annotations

import argparse
import gzip
import importlib.util
import json
import re
import time
from datetime import date, datetime, timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

from spacy.tokens import Doc
from spacy.vocab import Vocab

from pipeline.components.dates import find_timexes, publication_day
from pipeline.record import Timex

CORPORA = ("timebank/train", "aquaint/train", "esc/train", "wikiwars/train", "gum/other")
Article = dict[str, Any]
_VOCAB = Vocab()
CLOCK_SECONDS = {"S": 1, "M": 60, "H": 3600}
DATE_SECONDS = {"D": 86_400, "W": 7 * 86_400, "M": 30 * 86_400, "Q": 90 * 86_400, "Y": 360 * 86_400}
UNIT_SECONDS = {
    "Second": 1, "Minute": 60, "Hour": 3600, "Day": 86_400, "Week": 7 * 86_400, "Month": 30 * 86_400,
    "Quarter": 90 * 86_400, "Year": 360 * 86_400,
}  # fmt: skip


def load_scorer(folder: Path) -> ModuleType:
    """The corpus folder's own scorer."""
    spec = importlib.util.spec_from_file_location("timex_eval", folder / "timex_eval.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(folder / "timex_eval.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def read_articles(path: Path) -> list[Article]:
    """The gold articles of a file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def doc_of(text: str) -> Doc:
    """The text as a Doc; the stage reads characters, so one token will do."""
    return Doc(_VOCAB, words=[text], spaces=[False])


def predict(article: Article, *, gum: bool = False) -> list[Article]:
    """The stage's answer in the scorer's form."""
    found = find_timexes(doc_of(article["text"]), published=publication_day(article.get("dct")))
    return [
        {"start": t.start, "end": t.end, "type": t.type, "value": gum_value(t) if gum else t.value}
        for t in found
    ]


def gum_value(timex: Timex) -> str | None:
    """A value in GUM's notation."""
    if timex.granularity in ("decade", "century"):
        return f"{timex.begin}/{timex.end_date}"
    return timex.value[:10] if timex.type == "TIME" and timex.value else timex.value


def score_corpora(folder: Path) -> None:
    """Print one line a corpus and half."""
    scorer = load_scorer(folder)
    for corpus in CORPORA:
        articles = read_articles(folder / f"{corpus}.jsonl.gz")
        gum = corpus.startswith("gum")
        answers = {article["id"]: predict(article) for article in articles}
        for name, part in (("", articles), (" even", articles[::2]), (" odd", articles[1::2])):
            print(scorer.line(corpus + name, scorer.score(part, answers, resolved_only=gum)))
        if gum:
            answers = {article["id"]: predict(article, gum=True) for article in articles}
            print(
                scorer.line(
                    corpus + " in GUM's notation", scorer.score(articles, answers, resolved_only=True)
                )
            )


def score_duckling(path: Path) -> None:
    """Print how many of duckling's cases get the right value and how many negatives stay silent."""
    cases = read_articles(path)
    negatives = [case for case in cases if case.get("negative")]
    silent = sum(not answer(case) for case in negatives)
    for dimension in ("Time", "Duration"):
        positive = [case for case in cases if case.get("dimension") == dimension and not case.get("negative")]
        print_share(dimension, positive)
        plain = [case for case in positive if "Holiday" not in (case["results"][0]["value"].get("fn") or "")]
        print_share(f"{dimension} without holidays", plain)
    print(f"duckling negatives silent: {silent} of {len(negatives)}")


def print_share(name: str, cases: list[Article]) -> None:
    """Print the share of cases read right."""
    right = sum(is_right(case, answer(case)) for case in cases)
    print(f"duckling {name}: {right} of {len(cases)} right ({100 * right / len(cases):.1f} %)")


def answer(case: Article) -> tuple[Timex, ...]:
    """The stage's answer to a case, clauses without tense read as duckling reads them: as future."""
    today = date.fromisoformat(case["reference"][:10])
    return find_timexes(doc_of(case["text"]), published=today, prefer="future")


def is_right(case: Article, found: tuple[Timex, ...]) -> bool:
    """Whether one expression was found and says what the case says."""
    gold = case["results"][0]["value"]
    if len(found) != 1:
        return False
    if "unit" in gold:
        return seconds_of(found[0].value or "") == gold["value"] * UNIT_SECONDS[gold["unit"]]
    if found[0].granularity == "daypart":
        return (found[0].begin or "") == gold["start"][:10] and gold["grain"] == "hour"
    return moment(found[0]) == gold_moment(gold)


def seconds_of(value: str) -> float:
    """The length of a TIMEX3 duration, months of 30 days, years of twelve of them."""
    date_part, _, clock_part = value.partition("T")
    total = 0.0
    for part, units in ((date_part, DATE_SECONDS), (clock_part, CLOCK_SECONDS)):
        total += sum(float(number) * units[unit] for number, unit in re.findall(r"([\d.]+)([A-Z])", part))
    return total


def moment(timex: Timex) -> tuple[str, str] | None:
    """First and last moment of an expression, to the day, or the minute where a clock time is printed."""
    if timex.value is None or timex.begin is None or timex.end_date is None:
        return None
    if timex.granularity in ("hour", "minute"):
        return timex.value[:16], timex.value[:16]
    return timex.begin, timex.end_date


def gold_moment(gold: Article) -> tuple[str, str]:
    """First and last moment of duckling's answer, in the same terms."""
    if gold["start"].startswith("-"):
        return gold["start"], gold["start"]  # before the common era: no day of ours
    start = datetime.fromisoformat(gold["start"])
    if gold["grain"] in ("hour", "minute", "second"):
        return start.isoformat()[:16], start.isoformat()[:16]
    end = datetime.fromisoformat(gold["end"]) if gold.get("end") else after(start, gold["grain"])
    return start.date().isoformat(), (end - timedelta(days=1)).date().isoformat()


def after(start: datetime, grain: str) -> datetime:
    """The moment at which a grain that begins at ``start`` is over."""
    months = {"month": 1, "quarter": 3, "year": 12}.get(grain)
    if months is None:
        return start + timedelta(days=7 if grain == "week" else 1)
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return start.replace(year=year, month=month + 1, day=1)


def measure_speed(path: Path) -> None:
    """Print milliseconds per 500 words over a corpus."""
    docs = [(doc_of(article["text"]), publication_day(article["dct"])) for article in read_articles(path)]
    begin = time.process_time()
    for doc, published in docs:
        find_timexes(doc, published=published)
    seconds = time.process_time() - begin
    words = sum(len(doc.text.split()) for doc, _ in docs)
    print(f"speed: {500_000 * seconds / words:.2f} ms per 500 words")


def main() -> None:
    """Print every figure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    folder = parser.parse_args().data / "dates"
    score_corpora(folder)
    score_duckling(folder / "duckling/time.jsonl.gz")
    measure_speed(folder / "timebank/train.jsonl.gz")


if __name__ == "__main__":
    main()
