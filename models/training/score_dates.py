"""Scores the dates stage on the open date corpora with the shared TempEval-3 scorer.

usage: python models/training/score_dates.py --data DIR   (DIR holds dates/timex_eval.py and the corpora)
"""

from __future__ import annotations

import argparse
import gzip
import importlib.util
import json
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import spacy

from pipeline.components.dates import find_timexes, publication_day

CORPORA = ("timebank/train", "aquaint/train", "esc/train", "wikiwars/train", "gum/other")
Article = dict[str, Any]


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


def predict(nlp: spacy.language.Language, article: Article) -> list[Article]:
    """The stage's answer in the scorer's form."""
    published: date | None = publication_day(article.get("dct"))
    found = find_timexes(nlp.make_doc(article["text"]), published=published)
    return [{"start": t.start, "end": t.end, "type": t.type, "value": t.value} for t in found]


def main() -> None:
    """Print one line a corpus and half."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    folder = parser.parse_args().data / "dates"
    scorer, nlp = load_scorer(folder), spacy.blank("en")
    for corpus in CORPORA:
        articles = read_articles(folder / f"{corpus}.jsonl.gz")
        answers = {article["id"]: predict(nlp, article) for article in articles}
        for name, part in (("", articles), (" even", articles[::2]), (" odd", articles[1::2])):
            figures = scorer.score(part, answers, resolved_only=corpus.startswith("gum"))
            print(scorer.line(corpus + name, figures))


if __name__ == "__main__":
    main()
