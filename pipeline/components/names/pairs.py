"""Two places or peoples that a hyphen joins ("Russia-Ukraine", "Sino-British") are two names."""

from __future__ import annotations

import re

from pipeline.components.names.countries import demonym_reading, place_reading
from pipeline.components.names.forms import NameMention
from pipeline.components.names.lexicon import word_class
from pipeline.record import EntityLabel

_JOINED = re.compile(r"(?P<first>[\w.]{2,30})[-‐‑–](?P<second>[\w.]{2,30})")


def parted_pair(name: NameMention) -> list[NameMention]:
    """The two names of a pair, each with its own label; any other name alone."""
    joined = _JOINED.fullmatch(name.exact)
    if joined is None or place_reading(name.exact) is not None:
        return [name]
    parts = [(joined.start(group), joined[group], _label(joined[group])) for group in ("first", "second")]
    pair = [
        NameMention(name.start + offset, name.start + offset + len(exact), exact, label)
        for offset, exact, label in parts
        if label is not None
    ]
    return pair if len(pair) == len(parts) else [name]


def _label(word: str) -> EntityLabel | None:
    if word in word_class("joined", "union"):
        return "ORG"
    if place_reading(word) is not None:
        return "GPE"
    if demonym_reading(word) is not None or word in word_class("joined", "people"):
        return "NORP"
    return None
