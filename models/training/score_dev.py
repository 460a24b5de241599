"""Runs the whole pipeline over the development articles and prints every figure in one table.

usage: python -m models.training.score_dev --data DIR [--model DIR] [--only quotes,…] [--threads N] [--json]

DIR holds the corpora and their scorers, which are imported from there and not copied.
"""

from __future__ import annotations

import argparse
import gzip
import importlib.util
import json
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any, Final

import pipeline
from models.training import dev_forms, dev_names, dev_speakers
from models.training.own import HELD_OUT, marked_texts
from pipeline.articles import article_from_text
from pipeline.components.quotes.finder import Roles
from pipeline.extraction import make_doc
from pipeline.record import ArticleRecord, Claim

Row = dict[str, Any]
Figures = dict[str, float | None]

DATES: Final = ("timebank/train", "aquaint/train", "esc/train", "wikiwars/train", "gum/other")
# What is asked of the figures; "named speech unresolved" and "false sentences" are upper limits.
TARGETS: Final[dict[tuple[str, str], float]] = {
    ("polnear speech", "who said what"): 78, ("polnear speech", "content J80"): 82,
    ("polnear speech", "J80 direct"): 94, ("polnear speech", "J80 mixed"): 80,
    ("polnear speech", "J80 indirect"): 74, ("polnear", "source given content"): 95,
    ("cofenet", "source exact"): 83.2, ("cofenet", "cue exact"): 75.3, ("cofenet", "content exact"): 72.9,
    ("world merged speech", "who said what"): 72, ("world merged speech", "content J80"): 76,
    ("speakers_dev", "named, lenient"): 92, ("speakers_dev", "all, lenient"): 88,
    ("speakers_dev", "pronoun, lenient"): 82, ("speakers_dev", "status accuracy"): 90,
    ("speakers_dev", "role recall"): 85, ("speakers_dev", "named speech unresolved"): 4,
    ("speakers world", "named, lenient"): 90, ("speakers world", "all, lenient"): 86,
    ("ner worldwide", "all names"): 81, ("ner worldwide", "core four"): 84,
    ("ner worldwide", "rare five, macro"): 48, ("ner men", "five types"): 76,
    ("dates timebank", "strict"): 85.4, ("dates timebank", "relaxed"): 92, ("dates timebank", "value"): 80,
    ("dates aquaint", "strict"): 82, ("dates aquaint", "relaxed"): 92.6, ("dates aquaint", "value"): 74,
    ("dates esc", "strict"): 70, ("dates esc", "relaxed"): 87.5, ("dates esc", "value"): 64,
    ("dates wikiwars", "value"): 75, ("dates gum", "value"): 78,
    ("quantities news", "value"): 94, ("quantities news", "value+unit"): 89,
    ("quantities news", "value+modifier"): 89, ("quantities news", "of partial"): 82,
    ("quantities news", "of complete"): 65, ("quantities news", "false sentences"): 2,
    ("speed", "words per second"): 2000,
}  # fmt: skip
UPPER_LIMITS: Final = frozenset(("named speech unresolved", "false sentences"))


def load_scorer(path: Path) -> ModuleType:
    """A scorer that lies beside its corpus."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def read_rows(path: Path) -> list[Row]:
    """The lines of a JSON Lines file, which may be compressed."""
    with (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


@dataclass(slots=True)
class Runner:
    """The pipeline, which runs once over a text however many figures need it."""

    nlp: Any
    words: int = 0
    seconds: float = 0.0
    cpu_seconds: float = 0.0
    done: dict[tuple[str, str | None], tuple[ArticleRecord, tuple[Claim, ...]]] = field(default_factory=dict)

    def __call__(
        self, text: str, source: str, date: str | None = None
    ) -> tuple[ArticleRecord, tuple[Claim, ...]]:
        """The records of an article."""
        if (text, date) not in self.done:
            article = article_from_text(text, date_published=date, source=source)
            if article.text != text:
                raise ValueError(f"{source}: the reader changed the text, so that offsets would be wrong")
            start, cpu_start = time.perf_counter(), time.process_time()
            record, claims = pipeline.process(self.nlp, article, include_text=True)
            self.seconds += time.perf_counter() - start
            self.cpu_seconds += time.process_time() - cpu_start
            self.words += len(text.split())
            self.done[text, date] = (record, tuple(claims))
        return self.done[text, date]


@dataclass(frozen=True, slots=True)
class Bench:
    """Where the data lie and what runs over them."""

    data: Path
    run: Runner

    def scorer(self, name: str) -> ModuleType:
        """The scorer that lies with the data."""
        return load_scorer(self.data / name)

    def rows(self, name: str) -> list[Row]:
        """The rows of a data file."""
        return read_rows(self.data / name)

    def attributions(self, gold: list[Row], **how: bool) -> dict[str, list[Row]]:
        """Predicted attributions by article id."""
        answers = {}
        for row in gold:
            _, claims = self.run(row["text"], row["id"], row.get("date"))
            answers[row["id"]] = dev_forms.attributions(claims, row["text"], **how)
        return answers

    def spans(self, gold: list[Row]) -> list[Row]:
        """The role spans that the encoder's scores alone make best, nothing tied or sifted."""
        return [{"id": row["id"], "attributions": self._spans(row)} for row in gold]

    def _spans(self, row: Row) -> list[Row]:
        doc = make_doc(self.run.nlp, article_from_text(row["text"], source=row["id"]))
        roles = Roles.decode(self.run.nlp.get_pipe("onrecord_encoder")(doc)._.encoding)
        empty: Row = {"content": [], "cue": [], "source": []}
        kinds = {"content": roles.contents, "cue": roles.cues, "source": roles.sources}
        return [empty | {kind: [[span.start, span.end]]} for kind, spans in kinds.items() for span in spans]


Section = tuple[str, Figures]


def score_quotes(bench: Bench) -> Iterator[Section]:
    """PolNeAR dev: who said what, over all attributions and over speech.

    The protocol of CofeNet counts role spans, attitudes among them, whether they make a claim or not: it is
    given those of the encoder, and for comparison those of the claims.
    """
    scorer, gold = bench.scorer("quotes/score_quotes.py"), bench.rows("quotes/polnear/dev.jsonl")
    found = _attribution_rows(bench.attributions(gold, nested=False, folded=True, complementiser=True))
    speech = scorer.speech_only(gold)
    yield "polnear speech", _quote_figures(scorer.score(speech, found))
    yield "polnear speech, spoken claims", _quote_figures(scorer.score(speech, _spoken(found)))
    yield "polnear", _quote_figures(scorer.score(gold, found))
    protocol = bench.rows("quotes/polnear/cofenet_protocol/dev.jsonl.gz")
    for name, rows in (("cofenet", bench.spans(gold)), ("cofenet, claims", found)):
        figures = scorer.cofenet(protocol, rows)
        yield (
            name,
            {f"{role} {kind}": figures[role][kind][2] for role in figures for kind in ("exact", "begin")},
        )


def _spoken(found: list[Row]) -> list[Row]:
    """The claims that are no beliefs, as a user of speech asks for them."""
    return [
        row | {"attributions": [a for a in row["attributions"] if a["mode"] != "belief"]} for row in found
    ]


def score_world(bench: Bench) -> Iterator[Section]:
    """Attributions of articles from twenty countries, continuations folded and not."""
    scorer = bench.scorer("quotes/score_quotes.py")
    for name, file, folded in (("world merged", "dev_merged.jsonl", True), ("world", "dev.jsonl", False)):
        gold = bench.rows(f"quotes/world_dev/{file}")
        found = _attribution_rows(bench.attributions(gold, nested=True, folded=folded, complementiser=False))
        yield f"{name} speech", _quote_figures(scorer.score(scorer.speech_only(gold), found))
        yield name, _quote_figures(scorer.score(gold, found))


def score_own(bench: Bench) -> Iterator[Section]:
    """Our own texts of many forms of news that no weights were trained on, labelled as PolNeAR is."""
    scorer, marks = bench.scorer("quotes/score_quotes.py"), bench.scorer("quotes/quote_marks.py")
    gold = [
        dev_forms.own_row(number, example, marks) for number, example in enumerate(marked_texts(HELD_OUT))
    ]
    found = _attribution_rows(bench.attributions(gold, nested=False, folded=True, complementiser=True))
    yield "own texts", _quote_figures(scorer.score(gold, found))


def score_speakers(bench: Bench) -> Iterator[Section]:
    """Canonical speakers where the claim was found, in US and world news."""
    scorer = bench.scorer("quotes/score_quotes.py")
    gold = bench.rows("quotes/speakers_dev/dev.jsonl")
    found = bench.attributions(gold, nested=False, folded=True, complementiser=True)
    yield "speakers_dev", dev_speakers.figures(dev_speakers.matched(scorer, gold, found))
    gold = bench.rows("quotes/world_dev/dev.jsonl")
    found = bench.attributions(gold, nested=True, folded=False, complementiser=False)
    yield "speakers world", dev_speakers.figures(dev_speakers.matched(scorer, gold, found))


def _attribution_rows(found: dict[str, list[Row]]) -> list[Row]:
    return [{"id": key, "attributions": rows} for key, rows in found.items()]


def _quote_figures(scores: Row) -> Figures:
    at = scores["j80"]
    figures: Figures = {
        "who said what": at["content+source P R F1"][2],
        "content J80": at["content P R F1"][2],
    }
    for kind in ("direct", "mixed", "indirect"):
        figures[f"J80 {kind}"] = at.get(f"type {kind}", {"P R F1": (0, 0, 0.0)})["P R F1"][2]
    figures["content J80 precision"], figures["content J80 recall"], _ = at["content P R F1"]
    figures["content exact"] = scores["exact"]["content P R F1"][2]
    figures["source given content"] = at.get("src_overlap")
    figures["cue given content"] = at.get("cue_overlap")
    figures["type given content"] = at.get("type_ok")
    figures["token content"] = scores["token content"][2]
    return figures


def score_ner(bench: Bench) -> Iterator[Section]:
    """Names in world news and, from another newsroom, in Malaysian news."""
    gold = {row["id"]: row for row in bench.rows("ner/worldwide_fine/dev.jsonl.gz")}
    tally = _names(bench, gold, dev_names.ALL)
    yield (
        "ner worldwide",
        {
            "all names": tally.f1(dev_names.ALL),
            "core four": tally.f1(dev_names.CORE),
            "rare five, macro": tally.macro(dev_names.RARE),
            **{label: tally.f1([label]) for label in dev_names.ALL},
        },
    )
    convert = bench.scorer("ner/to_project.py").convert
    gold = {row["id"]: convert(row, "men") for row in bench.rows("ner/men/dev.jsonl")}
    tally = _names(bench, gold, dev_names.MEN)
    yield (
        "ner men",
        {
            "five types": tally.f1(dev_names.MEN),
            **{label: tally.f1([label]) for label in dev_names.MEN},
        },
    )


def _names(bench: Bench, gold: dict[str, Row], labels: tuple[str, ...]) -> dev_names.Tally:
    found = {
        key: [(e.start, e.end, str(e.label)) for e in bench.run(row["text"], key)[0].entities]
        for key, row in gold.items()
    }
    wanted = {key: [(s, e, label) for s, e, label in row["ents"]] for key, row in gold.items()}
    masked = {key: [(s, e) for s, e, _ in row.get("missing", ())] for key, row in gold.items()}
    return dev_names.count(wanted, found, masked, labels)


def score_dates(bench: Bench) -> Iterator[Section]:
    """Time expressions on the five open corpora."""
    scorer = bench.scorer("dates/timex_eval.py")
    for corpus in DATES:
        gold = bench.rows(f"dates/{corpus}.jsonl.gz")
        found = {
            r["id"]: dev_forms.timexes(bench.run(r["text"], r["id"], r.get("dct"))[0].dates) for r in gold
        }
        result = scorer.score(gold, found, resolved_only=corpus.startswith("gum"))
        yield (
            f"dates {corpus.split('/')[0]}",
            {what: result[what]["F1"] for what in ("strict", "relaxed", "type", "value")},
        )


def score_quantities(bench: Bench) -> Iterator[Section]:
    """Quantities of news sentences, with and without numbers that count."""
    scorer, rows = bench.scorer("quantities/quant_eval.py"), bench.rows("quantities/news/dev.jsonl")
    gold = [dev_forms.gold_quantities(row) for row in rows]
    found = {r["id"]: dev_forms.quantities(bench.run(r["text"], r["id"])[0].quantities) for r in rows}
    result = scorer.score(gold, found)
    names = {
        "value": "value",
        "value+unit": "value+unit",
        "value+modifier": "value+modifier",
        "of partial": "value+noun_partial",
        "of complete": "value+noun_complete",
    }
    figures: Figures = {name: result[key]["F1"] for name, key in names.items()}
    figures["false sentences"] = float(sum(not r["quantities"] and bool(found[r["id"]]) for r in gold))
    yield "quantities news", figures


SECTIONS: Final[dict[str, Callable[[Bench], Iterator[Section]]]] = {
    "quotes": score_quotes,
    "world": score_world,
    "own": score_own,
    "speakers": score_speakers,
    "ner": score_ner,
    "dates": score_dates,
    "quantities": score_quantities,
}


def line(section: str, name: str, value: float | None) -> str:
    """A line of the table, with what is asked and whether it is reached."""
    shown = "–" if value is None else f"{value:.1f}"
    target = TARGETS.get((section, name))
    if target is None:
        return f"{section:20s} {name:26s} {shown:>8s}"
    reached = value is not None and (value <= target if name in UPPER_LIMITS else value >= target)
    return f"{section:20s} {name:26s} {shown:>8s} {target:8g}  {'ok' if reached else 'short'}"


def run_sections(bench: Bench, only: list[str], report: Callable[[str, Figures], None]) -> None:
    """Score section by section, telling each as soon as it is known; speed last."""
    for key in only:
        for section, figures in SECTIONS[key](bench):
            report(section, figures)
    if bench.run.seconds:
        run = bench.run
        per_cpu = run.words / run.cpu_seconds
        report("speed", {"words per second": run.words / run.seconds, "words per CPU second": per_cpu})


def _report(results: dict[str, Figures], as_json: bool, section: str, figures: Figures) -> None:
    results[section] = figures
    if not as_json:
        sys.stdout.write("".join(f"{line(section, name, value)}\n" for name, value in figures.items()))
        sys.stdout.flush()


def main() -> None:
    """Print the table, or the same as JSON."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--model", help="weights to use instead of the shipped ones")
    parser.add_argument("--only", default=",".join(SECTIONS), help="sections, separated by commas")
    parser.add_argument("--threads", type=int, default=2, help="threads of a forward pass")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    only = [name for name in options.only.split(",") if name]
    unknown = sorted(set(only) - set(SECTIONS))
    if unknown:
        parser.error(f"no section {', '.join(unknown)}; there are {', '.join(SECTIONS)}")
    nlp = pipeline.load(model=options.model, threads=options.threads)
    results: dict[str, Figures] = {}
    run_sections(Bench(options.data, Runner(nlp)), only, partial(_report, results, options.json))
    if options.json:
        sys.stdout.write(json.dumps(results, indent=1) + "\n")


if __name__ == "__main__":
    main()
