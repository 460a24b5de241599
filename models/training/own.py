"""Examples of our own: paragraphs with marked names, texts with marked attributions, the open articles."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from corpus.building.build_gold import gold_name, read_articles
from models.training.examples import Attribution, Example, Offsets
from pipeline.components.labels import ENTITY_TYPES

Json = dict[str, Any]

NAMES = Path(__file__).with_name("names")
QUOTES = Path(__file__).with_name("quotes")
HELD_OUT = QUOTES / "held_out"
CORPUS = Path(__file__).parents[2] / "corpus"
MARK = re.compile(r"\[(?P<text>[^\[\]|]+)\|(?P<label>[A-Z_]+)(?P<number>\d*)\]")
TEXT_BORDER = "\n----\n"
ROLES = {"Q": "content", "C": "cue", "S": "source"}
# The first paragraphs drew facilities wider than news corpora, which have hospitals, stadiums and museums
# as organisations or places where they act as such.
WIDE_FACILITIES = ("first", "second")


def own_names(_data: Path) -> Iterator[Example]:
    """Paragraphs rich in the types that corpora hardly have; some leave it open what a facility is."""
    for path in sorted(NAMES.glob("*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip() and not line.startswith("#"):
                example = marked_names(line)
                wide = path.stem in WIDE_FACILITIES
                yield with_open_type(example, "FAC", ("FAC", "ORG", "GPE", "LOC")) if wide else example


def with_open_type(example: Example, label: str, allowed: tuple[str, ...]) -> Example:
    """The example with its names of one type unsettled: any of ``allowed``, or no name."""
    held = tuple(name for name in example.names or () if name[2] != label)
    opened = tuple((start, end, allowed) for start, end, own in example.names or () if own == label)
    return replace(example, names=held, open_names=example.open_names + opened)


def marked_names(line: str) -> Example:
    """A paragraph whose names are marked as ``[text|LABEL]``, every name of every type."""
    text, marks = _unmarked(line)
    names = tuple((start, end, label) for start, end, label, _ in marks)
    return Example(text, names=names, covers=frozenset(ENTITY_TYPES))


def own_quotes(_data: Path) -> Iterator[Example]:
    """Texts of many forms of news with every attribution, labelled as PolNeAR labels."""
    return marked_texts(QUOTES)


def marked_texts(folder: Path) -> Iterator[Example]:
    """The texts of a folder's files with their marked attributions."""
    for path in sorted(folder.glob("*.txt")):
        lines = path.read_text(encoding="utf-8").splitlines()
        kept = "\n".join(line for line in lines if not line.startswith("#"))
        for block in kept.split(TEXT_BORDER):
            if block.strip():
                yield marked_attributions(block.strip())


def marked_attributions(block: str) -> Example:
    """A text whose attributions are marked as ``[text|Q1]``, ``[text|C1]``, ``[text|S1]``, tied by number."""
    text, marks = _unmarked(block)
    spans: dict[str, dict[str, list[Offsets]]] = defaultdict(lambda: defaultdict(list))
    for start, end, label, number in marks:
        spans[number][ROLES[label]].append((start, end))
    found = (Attribution(*(tuple(parts[role]) for role in ROLES.values())) for parts in spans.values())
    return Example(text, attributions=tuple(found))


def _unmarked(marked: str) -> tuple[str, list[tuple[int, int, str, str]]]:
    """The text without its marks, and ``(start, end, label, number)`` of each."""
    text, marks, end = "", [], 0
    for mark in MARK.finditer(marked):
        text += marked[end : mark.start()]
        marks.append((len(text), len(text) + len(mark["text"]), mark["label"], mark["number"]))
        text += mark["text"]
        end = mark.end()
    return text + marked[end:], marks


def own_articles(_data: Path) -> Iterator[Example]:
    """The articles of ``corpus/`` that are not the gate's, with the names and attributions of their gold."""
    listed = (CORPUS / "gate.txt").read_text(encoding="utf-8").splitlines()
    gate = {line.strip() for line in listed if not line.startswith("#")}
    for article in read_articles(CORPUS / "articles"):
        name = gold_name(article)
        if name not in gate:
            yield _article_example(article.text, CORPUS / "gold" / name)


def _article_example(text: str, gold: Path) -> Example:
    labels = json.loads(gold.with_name(f"{gold.name}.article.json").read_text(encoding="utf-8"))
    claims = gold.with_name(f"{gold.name}.jsonl").read_text(encoding="utf-8").splitlines()
    furniture = [(zone["start"], zone["end"]) for zone in labels["zones"] if zone["zone"] == "furniture"]
    return Example(
        text,
        names=tuple((name["start"], name["end"], name["label"]) for name in labels["entities"]),
        open_names=tuple((start, end, ()) for start, end in furniture),
        covers=frozenset(ENTITY_TYPES),
        attributions=tuple(_attributions(text, [json.loads(line) for line in claims])),
        open_roles=tuple((start, end, "") for start, end in furniture),
    )


def _attributions(text: str, claims: list[Json]) -> Iterator[Attribution]:
    """The outer attributions in PolNeAR's form: a leading "that" is content, continuations are one with
    the claim that they continue."""
    folded: list[tuple[Json, list[Offsets]]] = []
    for claim in claims:
        if claim["kind"] == "statement" or claim["nested"] is not None:
            continue
        content = _content(text, claim)
        if claim["speaker"]["resolution"] == "continuation" and claim["cue"] is None and folded:
            folded[-1][1].extend(content)
        else:
            folded.append((claim, content))
    for claim, content in folded:
        yield Attribution(tuple(content), _span(claim["cue"]), _span(claim["speaker"]["surface"]))


def _content(text: str, claim: Json) -> list[Offsets]:
    first, *others = [(segment["start"], segment["end"]) for segment in claim["segments"]]
    said_that = re.search(r"\bthat\s\Z", text[max(0, first[0] - 6) : first[0]])
    start = first[0] - 5 if said_that else first[0]
    return [(start, first[1]), *others]


def _span(record: Json | None) -> tuple[Offsets, ...]:
    return ((record["start"], record["end"]),) if record else ()
