"""Hand-built documents for the tests of this stage: no model, dates given where a test needs them."""

from __future__ import annotations

from functools import cache

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from pipeline.components.extensions import register_extensions
from pipeline.record import Timex, TimexType


@cache
def english() -> Language:
    register_extensions()
    return spacy.blank("en")


def document(text: str, *dates: tuple[str, TimexType]) -> Doc:
    """One sentence as a Doc, with time expressions at the first place of their words."""
    doc = english()(text)
    for token in doc:
        token.is_sent_start = token.i == 0
    doc._.timexes = tuple(timex(text, words, kind) for words, kind in dates)
    return doc


def timex(text: str, words: str, kind: TimexType) -> Timex:
    start = text.index(words)
    return Timex(start, start + len(words), words, kind, None, None, None, None, None, False, None)
