"""The gender that a given name tells."""

from __future__ import annotations

from functools import cache

from pipeline.components.names.forms import fold
from pipeline.components.names.lexicon import rows
from pipeline.components.names.titles import Gender


@cache
def _load() -> dict[str, Gender | None]:
    kinds: dict[str, Gender | None] = {"male": "male", "female": "female", "any": None}
    genders: dict[str, Gender | None] = {}
    for kind, names in rows("given", 2):
        for name in map(fold, names.split()):
            for form in {name, name.replace("-", "")}:
                known = genders.setdefault(form, kinds[kind])
                if known != kinds[kind]:
                    genders[form] = None
    return genders


def is_given_name(word: str) -> bool:
    """Whether the folded word is a given name of the lexicon, whatever its gender."""
    return word in _load()


def given_name_gender(name: str) -> Gender | None:
    """The gender that the name's first given name tells; None where it is unknown or borne by both.

    A hyphenated name is looked up whole, then by its first part ("Anne-Sophie").
    """
    first = fold(name.strip()[:100]).partition(" ")[0].strip(".,'\"")
    genders = _load()
    return genders[first] if first in genders else genders.get(first.partition("-")[0])
