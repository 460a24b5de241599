"""Score the quantities stage with the shared scorer.

usage: python -m models.training.score_quantities --data DIR [--only SET] [--errors SET] [--live-dates]

DIR holds ``quantities/`` (``news``, ``rquant``, ``measeval`` and ``quant_eval.py``). News sentences are
scored with their gold dates; ``--live-dates`` runs the dates stage instead.
"""

from __future__ import annotations

import argparse
import gzip
import importlib.util
import json
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from pipeline.components.extensions import register_extensions
from pipeline.components.quantities import find_quantities
from pipeline.components.quantities.nouns import singular
from pipeline.record import Quantity, Timex

Row = dict[str, Any]
MODIFIER_SIGNS = {
    "exact": "=",
    "approximately": "~",
    "more_than": ">",
    "at_least": ">",
    "less_than": "<",
    "at_most": "<",
    "range": "=",
}
# What R-Quant calls the units that we name by ISO 4217 and in British spelling.
RQUANT_NAMES = {
    "US dollar": "dollar",
    "Indian rupee": "rupee",
    "Spanish peseta": "peseta",
    "Dutch guilder": "netherlands guilde",
    "tonne per": "metric ton per",
}
RQUANT = ("age", "currency", "dimension", "temperature")


def read_rows(path: Path) -> Iterator[Row]:
    """The objects of a JSON Lines file, gzipped or not."""
    with (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)


def load_scorer(folder: Path) -> ModuleType:
    """The shared scorer as a module."""
    spec = importlib.util.spec_from_file_location("quant_eval", folder / "quant_eval.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(folder / "quant_eval.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def gold_timexes(row: Row) -> tuple[Timex, ...]:
    """The hand-made dates of a news sentence as the dates stage would hand them on."""
    return tuple(
        Timex(d["start"], d["end"], d["text"], d["type"], None, None, None, None, None, False, None)
        for d in row.get("dates", ())
    )


def prepare(nlp: Language, row: Row, *, live_dates: bool) -> Doc:
    """The document of one sentence, with its dates."""
    doc = nlp.make_doc(row["text"])
    for token in doc:
        token.is_sent_start = token.i == 0
    if live_dates or "dates" not in row:
        from pipeline.components.dates import find_timexes

        doc._.timexes = find_timexes(doc, published=None)
    else:
        doc._.timexes = gold_timexes(row)
    return doc


def comparable(quantity: Quantity) -> Row:
    """A found quantity in the scorer's terms."""
    row: Row = {
        "start": quantity.start,
        "end": quantity.end,
        "text": quantity.exact,
        "kind": quantity.kind,
        "unit": quantity.unit,
        "modifier": MODIFIER_SIGNS[quantity.modifier],
        "noun": quantity.of.exact if quantity.of is not None else None,
    }
    if quantity.value is None:
        row["low"], row["high"] = quantity.low, quantity.high
    else:
        row["value"] = quantity.value
    return row


def comparable_gold(gold: Row) -> Row:
    """A labelled news quantity in the scorer's terms."""
    row = {key: gold[key] for key in ("start", "end", "text", "unit", "kind")}
    row["modifier"] = MODIFIER_SIGNS[gold["modifier"]]
    row["noun"] = gold["of"]["text"] if gold["of"] else None
    if gold["value"] is None:
        row["low"], row["high"] = gold["low"], gold["high"]
    else:
        row["value"] = gold["value"]
    return row


def rquant_unit(row: Row, quantity: Quantity) -> Row:
    """R-Quant names the counted noun as a unit, keeps cents as printed, and joins rates to the unit."""
    minor = quantity.kind == "money" and any(
        word in quantity.exact.lower().split()[-1] for word in ("cent", "penny", "pence")
    )
    if (
        minor
        and quantity.value is not None
        and not any(sign in quantity.exact.lower() for sign in ("$", "dollar"))
    ):
        row["value"], row["unit"] = (
            quantity.value * 100,
            "penny" if "pen" in quantity.exact.lower() else "cent",
        )
    if quantity.kind == "age":
        row["unit"] = f"{quantity.unit} of age"
    if quantity.kind in ("count", "multiple") and quantity.of is not None:
        row["unit"] = " ".join(_lemmas(quantity.of.exact.lower().split()))
    if quantity.kind == "multiple":
        row["unit"] = "count"
    if quantity.per and quantity.per != "each":
        row["unit"] = f"{'percentage' if row['unit'] == 'percent' else row['unit']} per {quantity.per}"
    if quantity.unit == "pound":
        row["unit"] = row["unit"].replace("pound", "pound-mass")
    for ours, theirs in RQUANT_NAMES.items():
        row["unit"] = row["unit"].replace(ours, theirs)
    return row


def _lemmas(words: list[str]) -> list[str]:
    plain = [word for word in words if word not in ("most", "more")]
    return [*plain[:-1], "people" if plain[-1] == "people" else singular(plain[-1])] if plain else []


def score_news(scorer: ModuleType, nlp: Language, folder: Path, *, live_dates: bool, show: bool) -> Row:
    """The scorer's figures on the news sentences, with the time a sentence takes."""
    rows = list(read_rows(folder / "news" / "dev.jsonl"))
    docs = [prepare(nlp, row, live_dates=live_dates) for row in rows]
    began = time.perf_counter()
    found = [[comparable(quantity) for quantity in find_quantities(doc)] for doc in docs]
    spent = time.perf_counter() - began
    gold = [{**row, "quantities": [comparable_gold(q) for q in row["quantities"]]} for row in rows]
    if show:
        print_errors(scorer, gold, found)
    result: Row = scorer.score(
        gold, {row["id"]: quantities for row, quantities in zip(gold, found, strict=True)}
    )
    result["free_sentences_with_a_false_span"] = sum(
        1 for row, each in zip(gold, found, strict=True) if each and not row["quantities"]
    )
    result["milliseconds_per_sentence"] = round(1000 * spent / len(rows), 2)
    return result


def score_rquant(scorer: ModuleType, nlp: Language, folder: Path, name: str, *, show: bool) -> Row:
    """The scorer's figures on one part of R-Quant."""
    rows = [{"id": str(i), **row} for i, row in enumerate(read_rows(folder / "rquant" / f"{name}.jsonl.gz"))]
    found = []
    for row in rows:
        doc = prepare(nlp, row, live_dates=True)
        found.append([rquant_unit(comparable(quantity), quantity) for quantity in find_quantities(doc)])
    if show:
        print_errors(scorer, rows, found)
    result: Row = scorer.score(
        rows, {row["id"]: quantities for row, quantities in zip(rows, found, strict=True)}
    )
    return result


def score_measeval(nlp: Language, folder: Path) -> Row:
    """How often the quantity is found in science text, and its measured entity overlaps ``of``."""
    gold_count = hits = nouns = overlaps = 0
    for row in read_rows(folder / "measeval" / "train.jsonl.gz"):
        found = find_quantities(prepare(nlp, row, live_dates=True))
        for gold in row["quantities"]:
            gold_count += 1
            match = next((q for q in found if q.start < gold["end"] and gold["start"] < q.end), None)
            hits += match is not None
            noun = gold.get("noun_span")
            if match is not None and noun:
                nouns += 1
                overlaps += match.of is not None and match.of.start < noun[1] and noun[0] < match.of.end
    return {
        "gold": gold_count,
        "span_recall": round(100 * hits / gold_count, 1),
        "of_overlaps": round(100 * overlaps / nouns, 1),
    }


def print_errors(scorer: ModuleType, rows: Iterable[Row], found: Iterable[list[Row]]) -> None:
    """Gold and found quantities of every sentence where they differ in the scorer's eyes."""
    keys: tuple[Callable[[Row], Any], ...] = (
        lambda q: q.get("value", (q.get("low"), q.get("high"))),
        lambda q: scorer.norm_unit(q.get("unit")),
        lambda q: q.get("modifier"),
        lambda q: q.get("noun"),
    )
    for row, quantities in zip(rows, found, strict=True):
        has_nouns = all("noun" in q for q in row["quantities"])
        used = keys if has_nouns else keys[:2]
        wanted = [tuple(key(q) for key in used) for q in row["quantities"]]
        given = [tuple(key(q) for key in used) for q in quantities]
        missing = [w for w in wanted if w not in given]
        extra = [g for g in given if g not in wanted]
        if missing or extra:
            sys.stdout.write(
                f"{row['id']} {row['text']}\n"
                + "".join(f"   - {m}\n" for m in missing)
                + "".join(f"   + {e}\n" for e in extra)
            )


def main() -> None:
    """Print the figures of every set as one JSON object."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument(
        "--errors", metavar="SET", help="print the differences on news or one part of R-Quant"
    )
    parser.add_argument(
        "--live-dates", action="store_true", help="news: run the dates stage instead of the gold dates"
    )
    parser.add_argument("--only", choices=("news", *RQUANT, "measeval"), help="score this set alone")
    options = parser.parse_args()
    folder = options.data / "quantities"
    register_extensions()
    scorer, nlp = load_scorer(folder), spacy.blank("en")
    result: dict[str, Row] = {}
    if options.only in (None, "news"):
        result["news"] = score_news(
            scorer, nlp, folder, live_dates=options.live_dates, show=options.errors == "news"
        )
    for name in RQUANT:
        if options.only in (None, name):
            result[name] = score_rquant(scorer, nlp, folder, name, show=options.errors == name)
    if options.only in (None, "measeval"):
        result["measeval"] = score_measeval(nlp, folder)
    sys.stdout.write(json.dumps(result, indent=1) + "\n")


if __name__ == "__main__":
    main()
