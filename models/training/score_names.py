"""Scores the clustering of gold name mentions: MUC, B-cubed, CEAF-e and their mean (CoNLL F1).

usage: python -m models.training.score_names --data DIR [--errors]   (DIR holds coref/ and ner/)

GUM: the names of ``ner/gum`` (open genres) joined to the clusters of ``coref/gum``. Re-DocRED: the
names of types PER, ORG, LOC and MISC with the clusters given. Left out: bare titles ("President", a
name by GUM's part-of-speech rule) and, in Re-DocRED, demonyms, which it clusters with the country.
Singletons count; the second figure leaves out mentions whose gold cluster is a singleton, as
CoNLL-2012 does.
"""

from __future__ import annotations

import argparse
import gzip
import importlib.util
import json
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from pipeline.components.names import TITLES, NameMention, cluster_names
from pipeline.components.names.countries import demonym_reading, place_reading
from pipeline.record import EntityLabel

Clusters = list[frozenset[Hashable]]
Article = dict[str, Any]
_LABELS: dict[str, EntityLabel] = {
    "person": "PERSON",
    "organization": "ORG",
    "event": "EVENT",
    "object": "PRODUCT",
    "PER": "PERSON",
    "ORG": "ORG",
}


@dataclass(frozen=True, slots=True)
class Counts:
    """Numerators and denominators of precision and recall; counts of articles add up."""

    hit_p: float = 0.0
    all_p: float = 0.0
    hit_r: float = 0.0
    all_r: float = 0.0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.hit_p + other.hit_p,
            self.all_p + other.all_p,
            self.hit_r + other.hit_r,
            self.all_r + other.all_r,
        )

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall, in percent."""
        precision = self.hit_p / self.all_p if self.all_p else 0.0
        recall = self.hit_r / self.all_r if self.all_r else 0.0
        return 200 * precision * recall / (precision + recall) if precision + recall else 0.0


def muc(gold: Clusters, answer: Clusters) -> Counts:
    """Links (Vilain et al. 1995): a cluster's size less the parts the other side cuts it into."""
    return Counts(*_links(answer, gold), *_links(gold, answer))


def _links(clusters: Clusters, others: Clusters) -> tuple[float, float]:
    place = {mention: number for number, cluster in enumerate(others) for mention in cluster}
    hit = 0
    for cluster in clusters:
        parts = {place[m] for m in cluster if m in place}
        hit += len(cluster) - len(parts) - sum(m not in place for m in cluster)
    return float(hit), float(sum(len(cluster) - 1 for cluster in clusters))


def b_cubed(gold: Clusters, answer: Clusters) -> Counts:
    """Mentions (Bagga and Baldwin 1998): the share of a mention's cluster that the other side has too."""
    gold_of = {mention: cluster for cluster in gold for mention in cluster}
    answer_of = {mention: cluster for cluster in answer for mention in cluster}
    shared = {m: len(gold_of[m] & answer_of[m]) for m in gold_of if m in answer_of}
    hit_p = sum(count / len(answer_of[m]) for m, count in shared.items())
    hit_r = sum(count / len(gold_of[m]) for m, count in shared.items())
    return Counts(hit_p, float(len(answer_of)), hit_r, float(len(gold_of)))


def ceaf_e(gold: Clusters, answer: Clusters) -> Counts:
    """Entities (Luo 2005): the best one-to-one alignment of clusters under the phi-4 similarity."""
    total = sum(_best_alignment(component) for component in _components(gold, answer))
    return Counts(total, float(len(answer)), total, float(len(gold)))


def _components(gold: Clusters, answer: Clusters) -> list[list[list[float]]]:
    """Similarity matrices of the groups of clusters that share mentions."""
    answer_of = {mention: number for number, cluster in enumerate(answer) for mention in cluster}
    group: dict[int, int] = {}
    rows: dict[int, list[int]] = {}
    for number, cluster in enumerate(gold):
        touched = {answer_of[m] for m in cluster if m in answer_of}
        merged = {group[t] for t in touched if t in group}
        rows[number] = [number, *(row for key in sorted(merged) for row in rows.pop(key))]
        columns = {c for c, key in group.items() if key in merged} | touched
        group.update(dict.fromkeys(columns, number))
    columns_of: dict[int, list[int]] = defaultdict(list)
    for column in sorted(group):
        columns_of[group[column]].append(column)
    return [
        [[_phi4(gold[row], answer[column]) for column in columns_of[key]] for row in members]
        for key, members in rows.items()
        if columns_of[key]
    ]


def _phi4(one: frozenset[Hashable], other: frozenset[Hashable]) -> float:
    return 2 * len(one & other) / (len(one) + len(other))


def _best_alignment(similarity: list[list[float]]) -> float:
    """Largest sum of a one-to-one choice of cells (Kuhn-Munkres, by shortest augmenting paths)."""
    if len(similarity) > len(similarity[0]):
        similarity = [list(column) for column in zip(*similarity, strict=True)]
    height, width = len(similarity), len(similarity[0])
    row_price, column_price = [0.0] * (height + 1), [0.0] * (width + 1)
    owner, way = [0] * (width + 1), [0] * (width + 1)
    for row in range(1, height + 1):
        owner[0], column = row, 0
        least, used = [float("inf")] * (width + 1), [False] * (width + 1)
        while owner[column]:
            used[column] = True
            held, delta, following = owner[column], float("inf"), 0
            for other in range(1, width + 1):
                if used[other]:
                    continue
                cost = -similarity[held - 1][other - 1] - row_price[held] - column_price[other]
                if cost < least[other]:
                    least[other], way[other] = cost, column
                if least[other] < delta:
                    delta, following = least[other], other
            for other in range(width + 1):
                if used[other]:
                    row_price[owner[other]] += delta
                    column_price[other] -= delta
                else:
                    least[other] -= delta
            column = following
        while column:
            owner[column] = owner[way[column]]
            column = way[column]
    return sum(similarity[owner[column] - 1][column - 1] for column in range(1, width + 1) if owner[column])


METRICS = {"MUC": muc, "B3": b_cubed, "CEAFe": ceaf_e}


def read_lines(path: Path) -> list[Article]:
    """The records of a gzipped JSON Lines file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def load_mapper(folder: Path) -> ModuleType:
    """The corpus folder's own mapping of source labels to project labels."""
    spec = importlib.util.spec_from_file_location("to_project", folder / "to_project.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(folder / "to_project.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def label_of(mapper: ModuleType, name: str, source_label: str) -> EntityLabel:
    """The project label of a source label; places by the corpus folder's word rule."""
    if source_label in ("place", "LOC"):
        label: EntityLabel = mapper.place(name, "GPE", {}, 0, 0)
        return label
    return _LABELS.get(source_label, "WORK_OF_ART")


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """A text, its gold names in reading order, and the gold cluster of each."""

    text: str
    mentions: list[NameMention]
    clusters: list[Hashable]


def gum_articles(data: Path, split: str, mapper: ModuleType) -> list[GoldArticle]:
    """GUM's names of open genres, each with the cluster of the smallest mention around it."""
    sentences: dict[str, list[Article]] = defaultdict(list)
    for sentence in read_lines(data / f"ner/gum/{split}.jsonl.gz"):
        sentences[sentence["id"].rpartition("-")[0]].append(sentence)
    documents = read_lines(data / f"coref/gum/{split}.jsonl.gz")
    return [_gum_article(doc, sentences[doc["id"]], mapper) for doc in documents if doc["id"] in sentences]


def _gum_article(document: Article, sentences: Sequence[Article], mapper: ModuleType) -> GoldArticle:
    text, position, found = document["text"], 0, []
    for sentence in sentences:
        at = text.find(sentence["text"], position)
        if at < 0:
            continue
        position = at
        for start, end, label in sentence["ents"]:
            cluster = _smallest_around(document["mentions"], at + start, at + end, label)
            if cluster is not None:
                found.append((at + start, at + end, label, cluster))
    return _gold(text, found, mapper)


def _smallest_around(mentions: list[list[Any]], start: int, end: int, label: str) -> int | None:
    around = [m for m in mentions if m[0] <= start and end <= m[1] and m[2] == label]
    smallest = min(around, key=lambda m: int(m[1] - m[0]), default=None)
    return int(smallest[3]) if smallest else None


def _gold(text: str, found: Iterable[tuple[int, int, str, Hashable]], mapper: ModuleType) -> GoldArticle:
    names = {name for name in found if text[name[0] : name[1]].casefold() not in TITLES}
    ordered = sorted(names, key=lambda f: f[:2])
    mentions = [
        NameMention(start, end, text[start:end], label_of(mapper, text[start:end], label))
        for start, end, label, _ in ordered
    ]
    return GoldArticle(text, mentions, [cluster for *_, cluster in ordered])


def redocred_articles(data: Path, split: str, mapper: ModuleType) -> list[GoldArticle]:
    """Re-DocRED's names with the clusters given; a name in none is a cluster of its own."""
    return [_redocred_article(line, mapper) for line in read_lines(data / f"ner/redocred/{split}.jsonl.gz")]


def _is_demonym(name: str) -> bool:
    return place_reading(name) is None and demonym_reading(name) is not None


def _redocred_article(line: Article, mapper: ModuleType) -> GoldArticle:
    cluster_of: dict[tuple[int, int], Hashable] = {
        (start, end): number for number, cluster in enumerate(line["clusters"]) for start, end in cluster
    }
    found = [
        (start, end, label, cluster_of.get((start, end), (start, end)))
        for start, end, label in line["ents"]
        if label not in ("TIME", "NUM") and not _is_demonym(line["text"][start:end])
    ]
    return _gold(line["text"], found, mapper)


def group(keys: Iterable[Hashable]) -> Clusters:
    """Positions with the same key as clusters."""
    clusters: dict[Hashable, set[int]] = defaultdict(set)
    for position, key in enumerate(keys):
        clusters[key].add(position)
    return [frozenset(cluster) for cluster in clusters.values()]


def score(articles: Sequence[GoldArticle], *, singletons: bool) -> dict[str, float]:
    """F1 by metric, and their mean under "CoNLL"."""
    totals = dict.fromkeys(METRICS, Counts())
    for article in articles:
        size = Counter(article.clusters)
        kept = [i for i, key in enumerate(article.clusters) if singletons or size[key] > 1]
        answer = [entity.ref for entity in cluster_names(article.text, article.mentions)]
        pair = group(article.clusters[i] for i in kept), group(answer[i] for i in kept)
        for name, metric in METRICS.items():
            totals[name] += metric(*pair)
    figures = {name: counts.f1 for name, counts in totals.items()}
    return figures | {"CoNLL": sum(figures.values()) / len(figures)}


def errors(article: GoldArticle) -> list[str]:
    """What was wrongly cut and wrongly joined, as lines to read."""
    entities = cluster_names(article.text, article.mentions)
    shown = [f"{entity.exact} [{entity.label}]" for entity in entities]
    refs = [entity.ref for entity in entities]
    cut = _mixed("CUT ", article.clusters, refs, shown)
    return cut + _mixed("JOIN", refs, article.clusters, shown)


def _mixed(sort: str, keys: Sequence[Hashable], parts: Sequence[Hashable], shown: list[str]) -> list[str]:
    members: dict[Hashable, Counter[str]] = defaultdict(Counter)
    for key, part, name in zip(keys, parts, shown, strict=True):
        members[key][f"{name} {part}"] += 1
    all_parts: dict[Hashable, set[Hashable]] = defaultdict(set)
    for key, part in zip(keys, parts, strict=True):
        all_parts[key].add(part)
    return [f"{sort} {dict(forms)}" for key, forms in members.items() if len(all_parts[key]) > 1]


def main() -> None:
    """Print one line a corpus, then its errors where asked."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--corpora", nargs="*", default=["gum/train", "gum/dev", "redocred/dev"])
    options = parser.parse_args()
    mapper = load_mapper(options.data / "ner")
    for corpus in options.corpora:
        name, _, split = corpus.partition("/")
        articles = (gum_articles if name == "gum" else redocred_articles)(options.data, split, mapper)
        mentions = sum(len(article.mentions) for article in articles)
        for singletons in (True, False):
            figures = "  ".join(f"{k} {v:5.1f}" for k, v in score(articles, singletons=singletons).items())
            print(f"{corpus:13} {mentions:6} names, {'all      ' if singletons else 'repeated '} {figures}")
        for line in (line for article in articles if options.errors for line in errors(article)):
            print("  ", line)


if __name__ == "__main__":
    main()
