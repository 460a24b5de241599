"""Which organisation names stand for one body: legal forms, acronyms, short forms.

Acronyms in parentheses are matched letter by letter from the right (Schwartz and Hearst 2003).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from pipeline.components.names.countries import is_country
from pipeline.components.names.forms import fold
from pipeline.components.names.lexicon import rows, word_class

_ACRONYM = re.compile(r"[A-Z][A-Za-z]{0,3}(?:[.&-]?[A-Z0-9]){1,8}\.?s?")
_PUNCTUATION = ",.;:'\"()[]"
_MAX_WORDS = 16
Shortens = Callable[["BodyName", "BodyName"], bool]
_CANDIDATES = 8  # long names looked at for a short one: keeps ten thousand of them linear


@dataclass(frozen=True, slots=True)
class BodyName:
    """An organisation's name, folded: its words without "the" and legal form; is it an acronym?"""

    words: tuple[str, ...]
    is_acronym: bool

    @property
    def key(self) -> str:
        """The words as one string: names with the same key are one body."""
        return " ".join(self.words)


@cache
def _known_bodies() -> dict[str, str]:
    known: dict[str, str] = {}
    for (line,) in rows("acronyms", 1):
        forms = [" ".join(_words(form)) for form in line.split("|")]
        for form in forms:
            known.setdefault(form, forms[0])
    return known


def known_body(key: str) -> str | None:
    """The key of the body that everyone knows under this key ("fbi"), or None."""
    return _known_bodies().get(key)


@lru_cache(maxsize=8192)
def body_name(name: str) -> BodyName:
    """The comparable form of a printed name."""
    is_acronym = bool(_ACRONYM.fullmatch(name))
    plural = is_acronym and name.endswith("s") and name[-2].isupper()
    return BodyName(_words(name[:-1] if plural else name), is_acronym)


def _words(name: str) -> tuple[str, ...]:
    folded = (_word(part) for part in fold(name).replace("/", " ").split()[:_MAX_WORDS])
    words = [word for word in folded if word]
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
    while len(words) > 1 and words[-1] in word_class("organizations", "company"):
        words = words[:-1]
    return tuple(words)


def _word(part: str) -> str:
    word = part.strip(_PUNCTUATION).removesuffix("'s")
    return word.replace(".", "") if "." in word else word


def initials(words: Sequence[str]) -> Iterator[str]:
    """The acronyms that a name may have: with its small words, without them, hyphens as word ends."""
    small = word_class("organizations", "small")
    parts = [part for word in words for part in word.split("-") if part]
    yield "".join(part[0] for part in parts)
    yield "".join(part[0] for part in parts if part not in small)
    yield "".join(word[0] for word in words if word not in small)


def abbreviates(short: str, long: str) -> bool:
    """Whether the short form's letters stand in the long one in order, the first of them in front."""
    letters = [char for char in fold(short) if char.isalnum()]
    folded = fold(long).removeprefix("the ")
    if len(letters) < 2 or len(folded) <= len(letters) or folded[0] != letters[0]:
        return False
    place = len(folded)
    for letter in reversed(letters[1:]):
        place = folded.rfind(letter, 1, place)
        if place < 0:
            return False
    return True


class _Bodies:
    """Union of keys, and the long names that a short one may stand for."""

    def __init__(self, names: Sequence[BodyName], shortens: Shortens) -> None:
        self._shortens = shortens
        self._parent = {name.key: name.key for name in names}
        self._longer: dict[tuple[str, ...], list[BodyName]] = {}
        self._expansions: dict[str, list[BodyName]] = {}

    def root(self, key: str) -> str:
        """The key that stands for the body."""
        while self._parent[key] != key:
            self._parent[key] = self._parent[self._parent[key]]
            key = self._parent[key]
        return key

    def join(self, short: str, long: str) -> None:
        """Make two keys one body, the long one standing for it."""
        self._parent[self.root(short)] = self.root(long)

    def register(self, name: BodyName) -> None:
        """Let the name be found under its beginnings, its ends and its initials."""
        for size in range(1, len(name.words)):
            self._put(self._longer.setdefault(name.words[:size], []), name)
            self._put(self._longer.setdefault(name.words[-size:], []), name)
        for letters in dict.fromkeys(initials(name.words) if len(name.words) > 1 else ()):
            self._put(self._expansions.setdefault(letters, []), name)

    @staticmethod
    def _put(shelf: list[BodyName], name: BodyName) -> None:
        if len(shelf) < _CANDIDATES:
            shelf.append(name)

    def long_form(self, name: BodyName) -> BodyName | None:
        """The one longer name that this one stands for, or None."""
        found = self._expansions.get(name.words[0], []) if name.is_acronym and len(name.words) == 1 else []
        candidates = found or [
            long for long in self._longer.get(name.words, ()) if self._shortens(name, long)
        ]
        roots = {self.root(long.key) for long in candidates}
        return candidates[0] if len(roots) == 1 else None


def body_shortens(short: BodyName, long: BodyName) -> bool:
    """Whether the long name is the short one and more of the same body, not a part or branch of it."""
    if short.is_acronym or known_body(short.key) or is_country(short.key):
        return False
    if long.words[: len(short.words)] != short.words:
        return True
    rest = long.words[len(short.words) :]
    if rest[0] in ("of", "for"):
        return True
    return not (
        short.words[-1] in word_class("organizations", "generic")
        or rest[-1] in word_class("organizations", "unit")
        or is_country(" ".join(rest))
    )


def site_shortens(short: BodyName, long: BodyName) -> bool:
    """Whether the long name only adds the kind of place: "Virunga" and "Virunga National Park"."""
    sites, size = word_class("organizations", "site"), len(short.words)
    more = long.words[size:] if long.words[:size] == short.words else long.words[:-size]
    return sites.isdisjoint(short.words) and not sites.isdisjoint((more[0], more[-1]))


def model_shortens(short: BodyName, long: BodyName) -> bool:
    """Whether the short name is the long one without its maker: "Camry" and "Toyota Camry"."""
    return long.words[-len(short.words) :] == short.words


def never_shortens(short: BodyName, long: BodyName) -> bool:
    """No: a title of a work that begins another title is another work."""
    return False


def cluster_bodies(
    names: Sequence[BodyName], pairs: Sequence[tuple[int, int]], *, shortens: Shortens = body_shortens
) -> list[str]:
    """The key of the body that each name stands for; ``pairs`` are printed as "Long Name (LN)".

    ``shortens`` says whether a name that begins or ends another one is a short form of it.
    """
    bodies = _Bodies(names, shortens)
    distinct = list({name.key: name for name in names}.values())
    for name in distinct:
        bodies.register(name)
    _join_known(bodies, distinct)
    for long, short in pairs:
        bodies.join(names[short].key, names[long].key)
    for name in sorted(distinct, key=lambda name: -len(name.words)):
        long_form = bodies.long_form(name) if name.words else None
        if long_form is not None:
            bodies.join(name.key, long_form.key)
    return [bodies.root(name.key) for name in names]


def _join_known(bodies: _Bodies, names: Sequence[BodyName]) -> None:
    first: dict[str, str] = {}
    for name in names:
        body = known_body(name.key)
        if body is not None:
            bodies.join(name.key, first.setdefault(body, name.key))
