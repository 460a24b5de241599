"""Person names: their parts, and whether two of them can name one person."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from pipeline.components.names.forms import fold, is_shouted
from pipeline.components.names.genders import given_name_gender, is_given_name
from pipeline.components.names.lexicon import rows, word_class
from pipeline.components.names.titles import Gender

_NICKNAME = re.compile(
    r"[\"“”„«»]([^\"“”„«»]{1,40})[\"“”„«»]|\(([^()]{1,40})\)|(?<= )['‘]([^'‘’ ]{1,40})['’](?= )"
)
_GLUED_INITIAL = re.compile(r"(?<![^\W\d_])([^\W\d_]\.)(?=[^\W\d_]{2})")
_MAX_WORDS = 12


@dataclass(frozen=True, slots=True)
class PersonName:
    """The parts of a name, folded. An initial keeps its full stop ("j."), so that it shows.

    ``words`` are all parts but nicknames and suffixes, hyphens taken out; ``core`` leaves particles
    out. ``pieces`` are the halves of hyphenated parts.
    """

    words: tuple[str, ...]
    core: tuple[str, ...]
    nicknames: tuple[str, ...]
    pieces: tuple[str, ...]
    generation: str | None

    @property
    def given(self) -> str:
        """The first core word, short forms under the name they stand for."""
        return full_given_name(self.core[0])

    @property
    def surname(self) -> str:
        """The last core word."""
        return self.core[-1]

    @property
    def is_full(self) -> bool:
        """Whether given name and surname both stand there."""
        return len(self.core) > 1

    @property
    def family_first(self) -> bool:
        """Whether the name looks printed family name first: "Kim Jong-un", but not "Kim Novak"."""
        if not 1 < len(self.core) < 4 or self.core[0] not in word_class("persons", "family_first"):
            return False
        return bool(self.pieces) or len(self.core) == 3 or not is_given_name(self.core[0])

    @property
    def told_gender(self) -> Gender | None:
        """The gender that the given name tells, or the surname's ending; a single name tells nothing."""
        if not self.is_full:
            return None
        given = self.core[1] if self.family_first else self.core[0]
        first_piece = self.pieces[0] if self.pieces and given.startswith(self.pieces[0]) else given
        told = given_name_gender(given) or given_name_gender(first_piece)
        if told is None and self.surname.endswith(tuple(sorted(word_class("persons", "female_ending")))):
            return "female"
        return told


@cache
def _nicknames() -> dict[str, str]:
    known: dict[str, str] = {}
    for (line,) in rows("nicknames", 1):
        forms = [fold(form) for form in line.split("|")]
        for form in forms:
            known.setdefault(form, forms[0])
    return known


def full_given_name(word: str) -> str:
    """The given name that a short form stands for ("bill" → "william"), or the word itself."""
    return _nicknames().get(word, word)


@lru_cache(maxsize=8192)
def person_name(name: str) -> PersonName:
    """The parts of a printed name without titles."""
    nicknames = tuple(fold(word) for groups in _NICKNAME.findall(name) for word in groups if word)
    raw = _GLUED_INITIAL.sub(r"\1 ", _NICKNAME.sub(" ", name)).split()[:_MAX_WORDS]
    generation, raw = _split_suffixes(raw)
    shouted = is_shouted(name)
    words = tuple(word for word in (_word(part, shouted) for part in raw) if word)
    words = words or (fold(name),)
    return PersonName(words, _core(words) or words, nicknames, _pieces(raw), generation)


def _pieces(raw: list[str]) -> tuple[str, ...]:
    halves = [fold(half) for part in raw if "-" in part for half in part.split("-")]
    return tuple(half for half in halves if len(half) > 2)


def _split_suffixes(raw: list[str]) -> tuple[str | None, list[str]]:
    generation = None
    while len(raw) > 1 and (suffix := fold(raw[-1]).replace(".", "").strip(",")) in word_class(
        "persons", "suffix"
    ):
        if suffix in word_class("persons", "generation"):
            generation = suffix[:1] + "r" if suffix.endswith("r") else suffix
        raw = raw[:-1]
    return generation, raw


def without_distinctions(name: str) -> str:
    """The printed name without degrees, honours and offices behind it ("QC", "MP"); "Jr." is kept."""
    while True:
        rest, _, last = name.rstrip(" ,").rpartition(" ")
        mark = fold(last).replace(".", "")
        is_distinction = last.isupper() or last in ("PhD", "Esq", "Esq.")
        told = word_class("persons", "suffix") - word_class("persons", "generation")
        if " " not in rest or not is_distinction or mark not in told:
            return name
        name = rest.rstrip(" ,")


def _word(raw: str, shouted: bool) -> str:
    """A folded part: hyphens and the Arabic article gone, an initial marked by a full stop."""
    word = fold(raw).strip(",;:'\"()")
    article, hyphen, rest = word.partition("-")
    if hyphen and rest and article in word_class("persons", "article"):
        word = rest
    bare = word.replace("-", "").replace(".", "").replace("'", "")
    is_initial = (
        len(bare) == 1
        or ("." in word[1:-1] and len(bare) < 4)
        or (len(bare) == 2 and is_shouted(raw) and not shouted)
    )
    return bare + "." if bare and is_initial else bare


def _core(words: tuple[str, ...]) -> tuple[str, ...]:
    particles = word_class("persons", "particle")
    core = tuple(word for word in words[1:] if word not in particles)
    leads = words and (words[0] not in particles or len(words) > 2 or is_given_name(words[0]))
    return (words[0], *core) if leads else core


def is_initial(word: str) -> bool:
    """Whether the part is one or more initials."""
    return word.endswith(".")


def agree(one: str, other: str) -> bool:
    """Whether two given or middle names can be one: equal, a short form, or an initial of it."""
    if one == other or full_given_name(one) == full_given_name(other):
        return True
    return one[0] == other[0] and (is_initial(one) or is_initial(other))


def can_be_one(one: PersonName, other: PersonName) -> bool:
    """Whether two full names can name one person: same surname, no contradiction anywhere else."""
    if one.generation != other.generation or one.surname != other.surname:
        return False
    shorter, longer = sorted((one.core[:-1], other.core[:-1]), key=len)
    if not agree(shorter[0], longer[0]):
        return False
    middles = iter(longer[1:])
    return all(any(agree(middle, candidate) for candidate in middles) for middle in shorter[1:])
