"""Countries by name, official part or demonym, as ISO 3166-1 alpha-2 codes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from pipeline.components.names.forms import MAX_NAME, fold
from pipeline.components.names.lexicon import rows

_KINDS_BEFORE = ("province of ", "state of ", "republic of ", "kingdom of ", "city of ", "region of ")
_KINDS_AFTER = frozenset({"province", "region", "oblast", "governorate", "prefecture", "state", "city"})


@dataclass(frozen=True, slots=True)
class Reading:
    """What a place name or demonym stands for: one key per thing, and its country."""

    key: str
    country: str


@dataclass(frozen=True, slots=True)
class _Atlas:
    names: dict[str, Reading]
    demonyms: dict[str, Reading]
    spellings: dict[str, str]
    ambiguous: dict[str, tuple[Reading, ...]]
    hints: dict[str, frozenset[str]]  # reading key → names that speak for it
    own_names: dict[str, frozenset[str]]  # country → its names and demonyms


def place_key(name: str) -> str:
    """The form under which place names are looked up: folded, no full stops or leading "the"."""
    folded = fold(name.strip()).replace(".", "").replace("-", " ").replace(" & ", " and ")
    return " ".join(folded.removeprefix("the ").split())


def usual_spelling(key: str) -> str:
    """The place key that stands for all spellings of a place ("philly" → "philadelphia")."""
    return _atlas().spellings.get(key, key)


def place_reading(name: str) -> Reading | None:
    """The country, official part of one, or well-known city that the name means without context."""
    return _known_place(name) if len(name) <= MAX_NAME else None


@lru_cache(maxsize=8192)
def _known_place(name: str) -> Reading | None:
    names, key = _atlas().names, usual_spelling(place_key(name))
    return names.get(key) or _reading_without_kind(names, key)


def is_country(name: str) -> bool:
    """Whether the name is a country's, not that of a part or city of one."""
    reading = place_reading(name)
    return reading is not None and reading.key == reading.country


def _reading_without_kind(names: dict[str, Reading], key: str) -> Reading | None:
    """ "Hubei Province" is Hubei; "Kursk region" is no city, but lies in the same country."""
    base = key
    for kind in _KINDS_BEFORE:
        base = base.removeprefix(kind)
    if base != key:
        return names.get(base)
    base, _, kind = key.rpartition(" ")
    reading = names.get(base) if kind in _KINDS_AFTER else None
    if reading is None or kind == "province":
        return reading
    return Reading(f"{reading.country}/{key}", reading.country)


def demonym_reading(name: str) -> Reading | None:
    """The people that an adjective or noun stands for ("Dutch", "Texans") without any context."""
    return _known_people(name) if len(name) <= MAX_NAME else None


@lru_cache(maxsize=8192)
def _known_people(name: str) -> Reading | None:
    demonyms, key = _atlas().demonyms, place_key(name)
    return demonyms.get(key) or (demonyms.get(key[:-1]) if key.endswith("s") else None)


def country_of(name_or_demonym: str) -> str | None:
    """The alpha-2 code of a country, a part or well-known city of one, or a demonym; None if not certain.

    "Kosovo" gives XK, a code element that ISO 3166 leaves to its users.
    """
    reading = place_reading(name_or_demonym) or demonym_reading(name_or_demonym)
    return reading.country if reading else None


def is_shared(name: str) -> bool:
    """Whether several countries share the name, so that only the article can tell ("Georgia")."""
    return len(name) <= MAX_NAME and _shared_readings(place_key(name)) != ()


def reading_among(name: str, article_names: Collection[str]) -> Reading | None:
    """The one reading of a shared name that the article's other names (as place keys) speak for.

    Listed hints speak first: the United States stand in articles about Tbilisi too.
    """
    readings = _shared_readings(place_key(name))
    listed = [reading for reading in readings if not _atlas().hints[reading.key].isdisjoint(article_names)]
    own = [
        reading for reading in readings if not _atlas().own_names[reading.country].isdisjoint(article_names)
    ]
    fitting = listed or own
    return fitting[0] if len(fitting) == 1 else None


def _shared_readings(key: str) -> tuple[Reading, ...]:
    ambiguous = _atlas().ambiguous
    return ambiguous.get(key) or ambiguous.get(key.removesuffix("s"), ())


@cache
def _atlas() -> _Atlas:
    names = dict(_part_names("cities")) | dict(_part_names("regions")) | dict(_country_names())
    demonyms = dict(_country_demonyms()) | dict(_part_demonyms())
    own_names = _own_names([*names.items(), *demonyms.items()])
    ambiguous, hints = _load_ambiguous()
    for key in ambiguous:
        names.pop(key, None)
        demonyms.pop(key, None)
    return _Atlas(names, demonyms, dict(_spellings()), ambiguous, hints, own_names)


def _members(cell: str) -> list[str]:
    return [member for member in cell.split("|") if member]


def _country_names() -> Iterator[tuple[str, Reading]]:
    for code, names, _ in rows("countries", 3):
        for name in _members(names):
            yield place_key(name), Reading(code, code)


def _country_demonyms() -> Iterator[tuple[str, Reading]]:
    for code, _, demonyms in rows("countries", 3):
        for demonym in _members(demonyms):
            yield place_key(demonym), Reading(_people_key(code, demonym), code)


def _people_key(code: str, demonym: str) -> str:
    # "North Vietnamese" and "African American" are peoples of their own; "Pole" and "Polish" are one.
    return (
        f"{code}:{place_key(demonym)}" if " " in demonym and " " not in _first_demonym(code) else f"{code}:"
    )


@cache
def _first_demonyms() -> dict[str, str]:
    return {code: demonyms.partition("|")[0] for code, _, demonyms in rows("countries", 3)}


def _first_demonym(code: str) -> str:
    return _first_demonyms()[code]


def _part_names(listing: str) -> Iterator[tuple[str, Reading]]:
    for code, parts in rows(listing, 2):
        for part in [] if code.endswith(":people") else _members(parts):
            forms = part.split("=")
            for form in forms:
                yield place_key(form), Reading(f"{code}/{place_key(forms[0])}", code)


def _part_demonyms() -> Iterator[tuple[str, Reading]]:
    for code, people in rows("regions", 2):
        if code.endswith(":people"):
            country = code.removesuffix(":people")
            for demonym in _members(people):
                yield place_key(demonym), Reading(f"{country}/{_stem(place_key(demonym))}", country)


def _spellings() -> Iterator[tuple[str, str]]:
    for (line,) in rows("places", 1):
        first, *others = [place_key(form) for form in line.split("|")]
        yield from ((other, first) for other in others)


def _stem(demonym: str) -> str:
    """One key for "English" and "Englishmen", "Scot" and "Scotsmen"."""
    for ending in ("swomen", "swoman", "smen", "sman", "women", "woman", "men", "man", "tish"):
        if demonym.endswith(ending) and len(demonym) > len(ending) + 2:
            return demonym.removesuffix(ending) + ("t" if ending == "tish" else "")
    return demonym


def _load_ambiguous() -> tuple[dict[str, tuple[Reading, ...]], dict[str, frozenset[str]]]:
    ambiguous: dict[str, tuple[Reading, ...]] = {}
    hints: dict[str, frozenset[str]] = {}
    for code, shared, hint_cell in rows("ambiguous", 3):
        spoken_for = frozenset(place_key(hint) for hint in _members(hint_cell))
        for name in (place_key(form) for member in _members(shared) for form in member.split("=")):
            ambiguous[name] = (*ambiguous.get(name, ()), Reading(f"{code}/{name}", code))
            hints[f"{code}/{name}"] = spoken_for
    return ambiguous, hints


def _own_names(readings: Iterable[tuple[str, Reading]]) -> dict[str, frozenset[str]]:
    own: dict[str, set[str]] = {}
    for name, reading in readings:
        if "/" not in reading.key:
            own.setdefault(reading.country, set()).add(name)
    return {code: frozenset(names) for code, names in own.items()}
