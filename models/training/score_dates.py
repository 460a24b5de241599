"""Scores the dates stage on the open date corpora with the shared TempEval-3 scorer.

usage: python -m models.training.score_dates --data DIR   (DIR holds dates/timex_eval.py and the corpora)

A corpus is scored whole and in two halves, so that rules tuned on one half are checked on the other.
"by days covered": GUM writes one stretch in many ways (1980/1989, 1980-01-01/1989-12-31, 2012-06/2012-08 for
a summer), so values count as equal where they cover the same days; and our clock times are left out, for GUM
marks none.
"""

from __future__ import annotations

import argparse
import gzip
import importlib.util
import json
import re
import time
from datetime import datetime, timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

from spacy.tokens import Doc
from spacy.vocab import Vocab

from pipeline.components.dates import find_timexes, publication_day
from pipeline.components.dates.arithmetic import bounds
from pipeline.record import Timex

CORPORA = ("timebank/train", "aquaint/train", "esc/train", "wikiwars/train", "gum/other")
Article = dict[str, Any]
_VOCAB = Vocab()
MONTH_FIRST = ("EN", "EN_US", "EN_CA", "EN_PH", "EN_ZA")
DUCKLING_ZONE = -2  # hours from universal time at duckling's reference
OFFSET = re.compile(r"\b(?:ago|back|hence|in|from now|later)\b")
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


def predict(article: Article) -> list[Article]:
    """The stage's answer in the scorer's form."""
    found = find_timexes(doc_of(article["text"]), published=publication_day(article.get("dct")))
    return [
        {"start": t.start, "end": t.end, "type": t.type, "value": t.value, "days": (t.begin, t.end_date)}
        for t in found
    ]


def gum_year(value: str | None) -> str | None:
    """A year before the common era as GUM writes it: BC0508 is -0508."""
    return "-" + value[2:] if value and value.startswith("BC") else value


def same_days(gold: Article, found: Article) -> bool:
    """Whether two expressions have the same value or cover the same days."""
    if gold["value"].isdigit() and found["value"].isdigit() and len(found["value"]) == 4:
        return int(gold["value"]) == int(found["value"])
    return bool(gold["value"] == found["value"] or days_of(gold["value"]) == found["days"] != (None, None))


def days_of(value: str) -> tuple[str, str] | None:
    """First and last day of a value in GUM's notation, FROM/TO or one calendar value."""
    first, _, last = value.partition("/")
    covered = bounds(first), bounds(last or first)
    if covered[0] is None or covered[1] is None or value.endswith("/"):
        return None
    return covered[0][0].isoformat(), covered[1][1].isoformat()


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
            score_by_days(scorer, articles, answers)


def score_by_days(scorer: ModuleType, articles: list[Article], answers: dict[str, list[Article]]) -> None:
    """Print GUM's lines by days covered."""
    dates = {
        name: [{**t, "value": gum_year(t["value"])} for t in found if t["type"] != "TIME"]
        for name, found in answers.items()
    }
    for name, part in (("", articles), (" even", articles[::2]), (" odd", articles[1::2])):
        line = scorer.score(part, dates, resolved_only=True, valeq=same_days)
        print(scorer.line("gum/other by days covered" + name, line))


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
    """Print the share of cases read right, to the moment and in TIMEX3's terms."""
    for terms, judge in (("to the moment", is_right), ("in TIMEX3's terms", is_right_in_timex3)):
        right = sum(judge(case, answer(case)) for case in cases)
        print(f"duckling {name}, {terms}: {right} of {len(cases)} right ({100 * right / len(cases):.1f} %)")


def answer(case: Article) -> tuple[Timex, ...]:
    """The stage's answer to a case, read as duckling reads: clauses without tense as future, notes' dates."""
    now = datetime.fromisoformat(case["reference"]).replace(tzinfo=None)
    order = "MDY" if case.get("locale", "EN") in MONTH_FIRST else "DMY"
    text = doc_of(case["text"])
    return find_timexes(text, published=now, prefer="future", date_order=order, short_dates=True)


def is_right(case: Article, found: tuple[Timex, ...]) -> bool:
    """Whether the expression found, or the two ends found, say what the case says."""
    gold = case["results"][0]["value"]
    if "unit" in gold:
        return (
            len(found) == 1 and seconds_of(found[0].value or "") == gold["value"] * UNIT_SECONDS[gold["unit"]]
        )
    if len(found) == 2 and gold.get("end"):
        ends = moment(found[0]), moment(found[1])
        return ends[0] is not None and ends[1] is not None and (ends[0][0], ends[1][1]) == gold_ends(gold)
    if len(found) != 1:
        return False
    if found[0].granularity == "daypart":
        return bool(found[0].begin == gold["start"][:10] and gold["grain"] == "hour")
    return moment(found[0]) == gold_moment(gold)


def is_right_in_timex3(case: Article, found: tuple[Timex, ...]) -> bool:
    """As ``is_right``, where TIMEX3 can only name more: the unit of "two years ago", a part as its mod.

    "End of May" is May with mod END, "a week ago" the week, "now" PRESENT_REF, a season its months, and
    "by Friday" Friday, for prepositions stay outside.
    """
    gold = case["results"][0]["value"]
    if is_right(case, found):
        return True
    if len(found) != 1 or "unit" in gold or gold["start"].startswith("-"):
        return False
    timex, start = found[0], gold["start"][:10]
    if timex.value == "PRESENT_REF":
        return bool(gold["start"] == case["reference"][:19])
    if gold.get("end") and gold["start"] == case["reference"][:19]:
        return ends_with(timex, gold)
    if timex.granularity == "weekend":  # duckling's begins on the Friday evening
        return bool(gold.get("end")) and gold_moment(gold)[1] == timex.end_date
    if timex.begin is None or timex.end_date is None or not timex.begin <= start <= timex.end_date:
        return False
    if timex.mod in ("START", "MID", "END"):
        return bool(gold.get("end")) and gold_moment(gold)[1] <= timex.end_date
    if timex.granularity == "season":
        return True
    return OFFSET.search(case["text"]) is not None and timex.granularity in ("day", "week", "month", "year")


def ends_with(timex: Timex, gold: Article) -> bool:
    """Whether an interval from now on ends with the expression."""
    said, end = moment(timex), datetime.fromisoformat(gold["end"])
    if said is None:
        return False
    return said[1] in (end.isoformat()[:16], (end - timedelta(days=1)).date().isoformat())


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
    if timex.granularity in ("hour", "minute", "second"):
        clock = minute_of(timex.value)
        return clock, clock
    return timex.begin, timex.end_date


def minute_of(value: str) -> str:
    """The minute of a TIMEX3 time, in duckling's zone where the value is universal time."""
    day, _, clock = value.partition("T")
    hours = int(clock[:2]) + (DUCKLING_ZONE if value.endswith("Z") else 0)
    start = datetime.fromisoformat(day) + timedelta(hours=hours, minutes=int(clock[3:5]))
    return start.isoformat()[:16]


def gold_moment(gold: Article) -> tuple[str, str]:
    """First and last moment of duckling's answer, in the same terms."""
    if gold["start"].startswith("-"):
        return gold["start"], gold["start"]  # before the common era: no day of ours
    start = datetime.fromisoformat(gold["start"])
    if gold["grain"] in ("hour", "minute", "second"):
        return start.isoformat()[:16], start.isoformat()[:16]
    end = datetime.fromisoformat(gold["end"]) if gold.get("end") else after(start, gold["grain"])
    return start.date().isoformat(), (end - timedelta(days=1)).date().isoformat()


def gold_ends(gold: Article) -> tuple[str, str]:
    """Both ends of duckling's interval as printed; its own end is one grain later."""
    start, end = datetime.fromisoformat(gold["start"]), datetime.fromisoformat(gold["end"])
    grain = {"hour": timedelta(hours=1), "minute": timedelta(minutes=1), "second": timedelta(seconds=1)}
    if gold["grain"] in grain:
        return start.isoformat()[:16], (end - grain[gold["grain"]]).isoformat()[:16]
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
