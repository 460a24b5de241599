"""An article's tokens: spaCy's tokeniser, kept linear on text that no person wrote.

The tokeniser strips prefixes and suffixes from an unspaced run one at a time and looks at the whole rest
each time, so that a run of n quotation marks costs n² steps. Long runs are therefore cut first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from spacy.language import Language
from spacy.tokens import Doc

_TEXT = "onrecord_text"
# Longer than any word and than nearly every link: what is cut here is no text.
MAX_RUN = 500
# Marks are what gets stripped singly; a ruled line of dashes may as well be several tokens.
MAX_MARKS = 32
# The looks behind keep both linear: a run is tried at its start alone.
_LONG_RUN = re.compile(rf"(?<!\S)\S{{{MAX_RUN + 1},}}")
_LONG_MARKS = re.compile(rf"(?<![^\w\s])[^\w\s]{{{MAX_MARKS + 1},}}")


def text_of(doc: Doc) -> str:
    """The text of a Doc, joined from its tokens once; ``doc.text`` joins it anew each time it is asked."""
    text = doc.user_data.get(_TEXT)
    if not isinstance(text, str) or len(text) != _length(doc):  # a part of a Doc inherits its user data
        doc.user_data[_TEXT] = text = doc.text
    return text


def _length(doc: Doc) -> int:
    return doc[-1].idx + len(doc[-1].text_with_ws) if len(doc) else 0


def tokenized(nlp: Language, text: str) -> Doc:
    """The text as a Doc before any stage, in time proportional to its length whatever it holds."""
    cuts = sorted({*_cuts(_LONG_RUN, text, MAX_RUN), *_cuts(_LONG_MARKS, text, MAX_MARKS)})
    doc = _cut_and_made(nlp, text, cuts) if cuts else nlp.make_doc(text)
    doc.user_data[_TEXT] = text
    return doc


def _cut_and_made(nlp: Language, text: str, cuts: list[int]) -> Doc:
    words: list[str] = []
    spaces: list[bool] = []
    for start, end in pairwise((0, *cuts, len(text))):
        for token in nlp.make_doc(text[start:end]):
            words.append(token.text)
            spaces.append(bool(token.whitespace_))
    return Doc(nlp.vocab, words=words, spaces=spaces)


def _cuts(runs: re.Pattern[str], text: str, longest: int) -> Iterator[int]:
    """Where to cut so that no piece of a long run is longer; never beside white space."""
    for run in runs.finditer(text):
        yield from range(run.start() + longest, run.end(), longest)
