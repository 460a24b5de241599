"""What a pronoun says of the thing it stands for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Literal, get_args

from pipeline.components.names.lexicon import rows

PronounNumber = Literal["singular", "plural", "any"]
PronounGender = Literal["male", "female", "neuter", "any"]
PronounKind = Literal[
    "personal", "possessive", "reflexive", "relative", "demonstrative", "indefinite", "reciprocal"
]
_NUMBERS: dict[str, PronounNumber] = {number: number for number in get_args(PronounNumber)}
_GENDERS: dict[str, PronounGender] = {gender: gender for gender in get_args(PronounGender)}
_KINDS: dict[str, PronounKind] = {kind: kind for kind in get_args(PronounKind)}


@dataclass(frozen=True, slots=True)
class Pronoun:
    """A pronoun's person (1 to 3), number, gender and kind."""

    person: int
    number: PronounNumber
    gender: PronounGender
    kind: PronounKind


@cache
def _load() -> MappingProxyType[str, Pronoun]:
    return MappingProxyType(
        {
            form: Pronoun(int(person), _NUMBERS[number], _GENDERS[gender], _KINDS[kind])
            for form, person, number, gender, kind in rows("pronouns", 5)
        }
    )


PRONOUNS = _load()
"""Lower-case form → its properties."""


def pronoun(form: str) -> Pronoun | None:
    """The properties of a pronoun in any case, or None for another word."""
    return PRONOUNS.get(form[:20].lower().replace("’", "'"))
