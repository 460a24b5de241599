"""Texts with their names marked: ``[P:Ada Byron] met [O:Acme Ltd.]``."""

from __future__ import annotations

import re

from pipeline.components.names import NameMention, cluster_names
from pipeline.record import Entity, EntityLabel

_LABELS: dict[str, EntityLabel] = {
    "P": "PERSON", "O": "ORG", "G": "GPE", "L": "LOC", "N": "NORP",
    "F": "FAC", "E": "EVENT", "D": "PRODUCT", "W": "WORK_OF_ART", "A": "LAW",
}  # fmt: skip
_MARK = re.compile(r"\[([A-Z]):([^\]]*)\]")


def read(marked: str) -> tuple[str, list[NameMention]]:
    """The text without marks, and the marked names."""
    text, mentions, place = "", [], 0
    for mark in _MARK.finditer(marked):
        text += marked[place : mark.start()]
        start, place = len(text), mark.end()
        text += mark[2]
        mentions.append(NameMention(start, len(text), mark[2], _LABELS[mark[1]]))
    return text + marked[place:], mentions


def entities(marked: str) -> tuple[Entity, ...]:
    """The clustered names of a marked text."""
    return cluster_names(*read(marked))


def refs(marked: str) -> str:
    """The clusters as letters in reading order: "aab" for two of one thing and another."""
    return "".join(chr(ord("a") + int(entity.ref[1:]) - 1) for entity in entities(marked))
