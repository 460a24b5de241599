"""Countries by name, official part or demonym, as ISO 3166-1 alpha-2 codes."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache

from pipeline.components.names.forms import MAX_NAME, fold
from pipeline.components.names.lexicon import rows


@dataclass(frozen=True, slots=True)
class Reading:
    """What a place name or demonym stands for: one key per thing, and its country."""

    key: str
    country: str


@dataclass(frozen=True, slots=True)
class _Atlas:
    names: dict[str, Reading]
    demonyms: dict[str, Reading]
    ambiguous: dict[str, tuple[Reading, ...]]
    hints: dict[str, frozenset[str]]  # reading key → names that speak for it
    own_names: dict[str, frozenset[str]]  # country → its names and demonyms


def place_key(name: str) -> str:
    """The form under which place names are looked up: folded, no full stops or leading "the"."""
    folded = fold(name.strip()).replace(".", "").replace("-", " ").replace(" & ", " and ")
    return " ".join(folded.removeprefix("the ").split())


def place_reading(name: str) -> Reading | None:
    """The country or official part of a country that the name stands for without any context."""
    return _atlas().names.get(place_key(name)) if len(name) <= MAX_NAME else None


def demonym_reading(name: str) -> Reading | None:
    """The people that an adjective or noun stands for ("Dutch", "Texans") without any context."""
    if len(name) > MAX_NAME:
        return None
    demonyms, key = _atlas().demonyms, place_key(name)
    return demonyms.get(key) or (demonyms.get(key[:-1]) if key.endswith("s") else None)


def country_of(name_or_demonym: str) -> str | None:
    """The alpha-2 code of a country, an official part of one, or a demonym; None where not certain.

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
    names = dict(_country_names()) | dict(_part_names())
    demonyms = dict(_country_demonyms()) | dict(_part_demonyms())
    own_names = _own_names(names | demonyms)
    ambiguous, hints = _load_ambiguous()
    for key in ambiguous:
        names.pop(key, None)
        demonyms.pop(key, None)
    return _Atlas(names, demonyms, ambiguous, hints, own_names)


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


def _part_names() -> Iterator[tuple[str, Reading]]:
    for code, parts in rows("regions", 2):
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


def _own_names(readings: dict[str, Reading]) -> dict[str, frozenset[str]]:
    own: dict[str, set[str]] = {}
    for name, reading in readings.items():
        if "/" not in reading.key:
            own.setdefault(reading.country, set()).add(name)
    return {code: frozenset(names) for code, names in own.items()}
