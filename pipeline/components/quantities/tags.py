"""Penn Treebank tags: the tagger's where one ran, else the usual tag of the word."""

from __future__ import annotations

from collections.abc import Mapping

from spacy.tokens import Doc

from pipeline.components.quantities import lexicon

_SUFFIXES = (
    ("ly", "RB"),
    ("ing", "VBG"),
    ("ed", "VBN"),
    ("ous", "JJ"),
    ("ful", "JJ"),
    ("ive", "JJ"),
    ("able", "JJ"),
    ("ible", "JJ"),
    ("al", "JJ"),
    ("ic", "JJ"),
    ("ary", "JJ"),
    ("less", "JJ"),
    ("iest", "JJS"),
    ("ss", "NN"),
    ("us", "NN"),
    ("is", "NN"),
)


def tags_of(doc: Doc) -> Mapping[int, str]:
    """Tags by the offset of the token, empty where no tagger ran."""
    if not doc.has_annotation("TAG"):
        return {}
    return {token.idx: token.tag_ for token in doc if token.tag_}


def guess(text: str, kind: str) -> str:
    """The tag a word most often has; capitals make an unknown word a name."""
    if kind == "number":
        return "CD"
    if kind == "mark":
        return text
    lower = text.lower()
    if "'" in lower or "’" in lower:
        return "POS" if lower[1:] == "s" else "PRP"
    known = lexicon.usual_tags().get(lower)
    if known and (text.islower() or known[0] in _CLOSED):
        return known[0]
    if text[0].isupper():
        if text[-1] == "s" and text[:-1].isupper() and len(text) > 2:
            return "NNS"
        return "NNPS" if known and known[0] == "NNS" else "NNP"
    return known[0] if known else _by_suffix(lower)


def is_known(lower: str) -> bool:
    """Whether the word is in the list of common words."""
    return lower in lexicon.usual_tags()


def possible(text: str) -> tuple[str, ...]:
    """Every usual tag of a word, commonest first; its guessed one where it is unknown."""
    known = lexicon.usual_tags().get(text.lower())
    if known:
        return known
    suffix = _by_suffix(text.lower())
    return ("VBZ", "NNS") if suffix == "VBZ" else (suffix,)


_CLOSED = frozenset(
    (
        "DT",
        "PDT",
        "IN",
        "TO",
        "CC",
        "MD",
        "PRP",
        "PRP$",
        "WDT",
        "WP",
        "WP$",
        "WRB",
        "EX",
        "VBD",
        "VBZ",
        "VBP",
        "RB",
    )
)


def _by_suffix(lower: str) -> str:
    if lower.endswith("s") and not lower.endswith(("ss", "us", "is")):
        return "VBZ" if _is_verb(lower) else "NNS"
    for suffix, tag in _SUFFIXES:
        if lower.endswith(suffix) and len(lower) > len(suffix) + 2:
            return tag
    return "NN"


def _is_verb(lower: str) -> bool:
    """Whether the word without its "s" is a verb more often than a noun."""
    for stem in (
        lower[:-1],
        lower[:-2] if lower.endswith("es") else "",
        lower[:-3] + "y" if lower.endswith("ies") else "",
    ):
        known = lexicon.usual_tags().get(stem)
        if known:
            return known[0] in ("VB", "VBP")
    return False
