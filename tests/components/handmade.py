"""Articles, names, attributions and encodings written by hand, so that no test of a stage needs the model.

One notation serves all: ``<cue.1>said</>`` marks a role or a name in a text. Roles of one number belong
together (content to cue to source); names of one ref are one thing, called by its longest mention.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import spacy
from spacy.language import Language
from spacy.tokens import Doc

import pipeline.components.paragraphs  # noqa: F401 - registers the sentence component
from pipeline.components.encoder import Encoding
from pipeline.components.extensions import register_extensions
from pipeline.components.labels import ENTITY_TYPES, QUOTE_ROLES, RELATIONS, FloatArray
from pipeline.components.quotation_marks import line_paragraphs
from pipeline.components.quotes.attribution import Attribution, Offsets
from pipeline.record import Entity, ZoneSpan

_TAG = re.compile(r"<(?:(?P<label>[A-Za-z_]+)\.(?P<group>\w+)|/)>")
_UNIT = re.compile(r"[^\W_]+|[^\w\s]|_")
_SURE, _UNLIKELY = -0.01, -8.0
_LINK = 20.0


@dataclass(frozen=True, slots=True)
class Mark:
    """A marked stretch of a text: a role with its number, or a name with its ref."""

    label: str
    group: str
    start: int
    end: int

    @property
    def place(self) -> Offsets:
        """The half-open code points."""
        return self.start, self.end


@dataclass(frozen=True, slots=True)
class Marked:
    """A text and what is marked in it, in the order of the opening marks."""

    text: str
    marks: tuple[Mark, ...]

    def all(self, label: str) -> list[Offsets]:
        """The places of a label."""
        return [mark.place for mark in self.marks if mark.label == label]

    def place(self, label: str) -> Offsets:
        """The one place of a label."""
        (place,) = self.all(label)
        return place


def read_marks(marked: str) -> Marked:
    """The text without its marks, and the marks."""
    text, last = "", 0
    marks: list[Mark] = []
    opened: list[int] = []
    for tag in _TAG.finditer(marked):
        text += marked[last : tag.start()]
        last = tag.end()
        if tag["label"] is None:
            index = opened.pop()
            marks[index] = Mark(marks[index].label, marks[index].group, marks[index].start, len(text))
        else:
            opened.append(len(marks))
            marks.append(Mark(tag["label"], tag["group"], len(text), len(text)))
    assert not opened, f"a mark is not closed in {marked!r}"
    return Marked(text + marked[last:], tuple(marks))


@cache
def tokenizer_pipeline() -> Language:
    """spaCy's blank English with the sentences of the package."""
    nlp = spacy.blank("en")
    nlp.add_pipe("onrecord_sentences")
    return nlp


def make_doc(
    text: str, *, entities: Iterable[Entity] = (), tags: str = "", zones: Sequence[ZoneSpan] | None = None,
    date_published: str | None = None, paragraphs: Sequence[Offsets] | None = None,
) -> Doc:  # fmt: skip
    """A Doc with sentences; ``tags`` are "word/TAG" pairs, all other words are tagged "XX"."""
    register_extensions()
    nlp = tokenizer_pipeline()
    doc = nlp.make_doc(text)
    doc._.paragraphs, doc._.zones = paragraphs, zones
    doc._.date_published = date_published
    doc._.entities = tuple(entities)
    doc = nlp(doc)
    known = dict(pair.rsplit("/", 1) for pair in tags.split())
    for token in doc:
        token.tag_ = known.get(token.text, "XX")
    return doc


def marked_doc(marked: str, *, tags: str = "") -> tuple[Doc, Marked]:
    """The Doc of a marked text with its names, and the marks."""
    found = read_marks(marked)
    return make_doc(found.text, entities=entities_of(found), tags=tags), found


def entities_of(marked: Marked) -> tuple[Entity, ...]:
    """The marked names in text order; all mentions of a ref bear its longest mention as name."""
    names = [mark for mark in marked.marks if mark.label in ENTITY_TYPES]
    exact = {mark: marked.text[mark.start : mark.end] for mark in names}
    fullest = {
        ref: max((exact[mark] for mark in names if mark.group == ref), key=len)
        for ref in {mark.group for mark in names}
    }
    return tuple(
        Entity(mark.start, mark.end, exact[mark], mark.group, mark.label, fullest[mark.group], None)  # type: ignore[arg-type]
        for mark in sorted(names, key=lambda mark: mark.place)
    )


def attributions_of(marked: Marked) -> list[Attribution]:
    """One attribution for each number of a content, in text order, with cue and source of that number."""
    groups = dict.fromkeys(mark.group for mark in marked.marks if mark.label == "content")
    return [
        Attribution(
            tuple(mark.place for mark in marked.marks if (mark.label, mark.group) == ("content", group)),
            _first(marked, "cue", group),
            _first(marked, "source", group),
            "quote_roles",
            0.9,
        )
        for group in groups
    ]


def _first(marked: Marked, label: str, group: str) -> Offsets | None:
    return next((mark.place for mark in marked.marks if (mark.label, mark.group) == (label, group)), None)


def make_encoding(
    marked: Marked, paragraphs: Sequence[Offsets] | None = None, *, window_each: bool = False
) -> Encoding:
    """The encoding of a model that is sure of the marked roles, links and names.

    All paragraphs stand in one window, or each in its own.
    """
    borders = line_paragraphs(marked.text) if paragraphs is None else list(paragraphs)
    places = [
        (m.start(), m.end(), n) for n, (s, e) in enumerate(borders) for m in _UNIT.finditer(marked.text, s, e)
    ]
    starts, ends, windows = (
        (np.array(column, dtype=np.int64) for column in zip(*places, strict=True))
        if places
        else [np.zeros(0, dtype=np.int64)] * 3
    )
    window = windows if window_each else np.zeros_like(windows)
    links, roots = _links(marked, starts, int(window.max(initial=-1)) + 1)
    return Encoding(
        starts=starts,
        ends=ends,
        window=window,
        entities=_bio_scores(marked, starts, ENTITY_TYPES),
        roles=_bio_scores(marked, starts, QUOTE_ROLES),
        tags=np.zeros(len(starts), dtype=np.int64),
        links=links,
        roots=roots,
        tag_names=("XX",),
    )


def _bio_scores(marked: Marked, starts: np.ndarray, types: Sequence[str]) -> FloatArray:
    scores = np.full((len(starts), 2 * len(types) + 1), _UNLIKELY, dtype=np.float32)
    scores[:, 0] = _SURE
    for mark in marked.marks:
        if mark.label in types:
            kind = types.index(mark.label)
            inside = np.flatnonzero((starts >= mark.start) & (starts < mark.end))
            scores[inside, 0] = _UNLIKELY
            scores[inside, 2 * kind + 2] = _SURE
            scores[inside[:1], 2 * kind + 2] = _UNLIKELY
            scores[inside[:1], 2 * kind + 1] = _SURE
    return scores


def _links(marked: Marked, starts: np.ndarray, windows: int) -> tuple[FloatArray, FloatArray]:
    """Link vectors: a head's key and its dependents' queries share one direction, "no head" the first.

    The first and the last unit of a mark share one likewise.

    Marks outside the encoded paragraphs are not seen.
    """
    seen = frozenset(starts.tolist())
    roles = [mark for mark in marked.marks if mark.label in QUOTE_ROLES and mark.start in seen]
    width = len(roles) + 1
    links = np.zeros((len(starts), 2 * len(RELATIONS) * width), dtype=np.float32)
    roots = np.zeros((windows, 2 * len(RELATIONS) * width), dtype=np.float32)
    unit = {mark: int(np.searchsorted(starts, mark.start)) for mark in roles}
    for relation, (dependent, head) in enumerate((("content", "cue"), ("cue", "source"))):
        query, key = 2 * relation * width, (2 * relation + 1) * width
        links[:, query] = roots[:, key] = _LINK
        heads = {mark.group: number for number, mark in enumerate(roles, 1) if mark.label == head}
        for number, mark in enumerate(roles, 1):
            if mark.label == head:
                links[unit[mark], key + number] = _LINK
            if mark.label == dependent and mark.group in heads:
                links[unit[mark], query] = 0
                links[unit[mark], query + heads[mark.group]] = _LINK
    for number, mark in enumerate(roles, 1):
        last = int(np.searchsorted(starts, mark.end)) - 1
        links[unit[mark], 4 * width + number] = links[last, 5 * width + number] = _LINK
    return links, roots
