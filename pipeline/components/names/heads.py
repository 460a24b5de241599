"""What a name names, by its head word ("Kelso Bridge") or by the words beside it ("typhoon Hana")."""

from __future__ import annotations

import re
from functools import cache
from typing import get_args

from pipeline.components.names.countries import is_country
from pipeline.components.names.forms import NameMention
from pipeline.components.names.lexicon import rows, word_class
from pipeline.record import EntityLabel

_BEFORE = re.compile(r"(\w+) \Z")
_AFTER = re.compile(r" (\w+)")
_REACH = 24


def label_by_head(text: str, name: NameMention) -> EntityLabel | None:
    """The type that a word in or beside the name tells, or ``None``."""
    if is_country(name.exact) and name.label != "PERSON":  # "Jordan" may be one
        return "GPE"
    words = name.exact.split()
    known = _labels()
    if len(words) > 1:
        told = known.get(("last", words[-1])) or known.get(("first", words[0]))
        if told is not None:
            return told
    before = _BEFORE.search(text[max(0, name.start - _REACH) : name.start])
    after = _AFTER.match(text[name.end : name.end + _REACH])
    return (before and known.get(("before", before[1]))) or (after and known.get(("after", after[1]))) or None


def is_no_person(text: str, name: NameMention) -> bool:
    """Whether the name stands as no person's does: "the Kaska are", "in Amethi."; not "the Roe inquiry"."""
    before = _BEFORE.search(text[max(0, name.start - _REACH) : name.start])
    if before is None or before[1].lower() not in word_class("beside", "before"):
        return False
    after = _AFTER.match(text[name.end : name.end + _REACH])
    return after is None or after[1] in word_class("beside", "after")


@cache
def _labels() -> dict[tuple[str, str], EntityLabel]:
    """Types by the place of the word (``last``, ``first``, ``before``, ``after``) and the word."""
    labels: dict[str, EntityLabel] = {label: label for label in get_args(EntityLabel)}
    return {
        (place, word): labels[label] for label, place, words in rows("heads", 3) for word in words.split()
    }
