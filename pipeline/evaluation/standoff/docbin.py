"""spaCy DocBin: names as ``doc.ents``, all other marks as the span group ``onrecord``.

Fields and links stand in ``doc.user_data["onrecord"]`` by the id of the span; pieces of one mark share its
id. Tokens are cut where a mark begins or ends inside one, so that no offset is lost. A DocBin from elsewhere
is gold for its ``doc.ents``.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin, Span
from spacy.util import filter_spans

from pipeline.errors import ReadError
from pipeline.evaluation.standoff.marks import ENTITY_LABELS, Link, Mark, Marked, Place

DOCS: Final = "docs.spacy"
GROUP: Final = "onrecord"


def write(folder: Path, articles: Iterable[Marked]) -> None:
    """Write one DocBin with all articles."""
    folder.mkdir(parents=True, exist_ok=True)
    nlp = spacy.blank("en")
    docs = DocBin(store_user_data=True)
    for article in articles:
        docs.add(make_doc(nlp, article))
    docs.to_disk(folder / DOCS)


def make_doc(nlp: Language, article: Marked) -> Doc:
    """The article as a Doc with names, span group, fields and links."""
    doc = _doc_with_borders(nlp, article)
    names = [mark for mark in article.marks if mark.label in ENTITY_LABELS]
    others = [mark for mark in article.marks if mark.label not in ENTITY_LABELS]
    doc.ents = tuple(filter_spans([span for mark in names for span in _spans(doc, mark)]))
    doc.spans[GROUP] = [span for mark in others for span in _spans(doc, mark)]
    doc.user_data[GROUP] = {
        "source": article.source,
        "fields": {mark.id: mark.fields for mark in others if mark.fields},
        "links": [[link.label, link.first, link.second] for link in article.links],
    }
    return doc


def _doc_with_borders(nlp: Language, article: Marked) -> Doc:
    borders = {border for mark in article.marks for place in mark.places for border in place}
    words: list[str] = []
    spaces: list[bool] = []
    for token in nlp.make_doc(article.text):
        pieces = list(_cut(token.text, token.idx, borders))
        words += pieces
        spaces += [False] * (len(pieces) - 1) + [bool(token.whitespace_)]
    return Doc(nlp.vocab, words=words, spaces=spaces)


def _cut(word: str, start: int, borders: set[int]) -> Iterator[str]:
    cuts = [0, *(at for at in range(1, len(word)) if start + at in borders), len(word)]
    for left, right in pairwise(cuts):
        yield word[left:right]


def _spans(doc: Doc, mark: Mark) -> Iterator[Span]:
    for start, end in mark.places:
        span = doc.char_span(start, end, label=mark.label, span_id=mark.id, alignment_mode="contract")
        if span is not None:
            yield span


def read(path: Path) -> tuple[Marked, ...]:
    """The articles of a DocBin."""
    try:
        docs = list(DocBin().from_disk(path).get_docs(spacy.blank("en").vocab))
    except (ValueError, KeyError, TypeError, EOFError, zlib.error) as error:
        raise ReadError("E_GOLD", f"{path}: not a spaCy DocBin: {error!r}") from error
    return tuple(_marked(doc, f"doc-{number}") for number, doc in enumerate(docs, 1))


def _marked(doc: Doc, fallback: str) -> Marked:
    known: dict[str, Any] = doc.user_data.get(GROUP) or {}
    fields = known.get("fields", {})
    labels: dict[str, str] = {}
    places: dict[str, list[Place]] = {}
    for number, span in enumerate(doc.spans.get(GROUP, ())):
        identifier = span.id_ or f"s{number}"
        labels.setdefault(identifier, span.label_)
        places.setdefault(identifier, []).append((span.start_char, span.end_char))
    marks = [Mark(i, labels[i], tuple(found), dict(fields.get(i, {}))) for i, found in places.items()]
    marks += [Mark(f"e{n}", e.label_, ((e.start_char, e.end_char),)) for n, e in enumerate(doc.ents)]
    links = [Link(*link) for link in known.get("links", ())]
    kept = tuple(link for link in links if {link.first, link.second} <= set(labels))
    return Marked(known.get("source", fallback), doc.text, tuple(marks), kept)
