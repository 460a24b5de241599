"""The speakers of gold labels: who they are in the whole article, how they are mentioned beside a cue."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from corpus.building.places import LabelError, span_record, split_number, word_pattern

Json = dict[str, Any]

_PRONOUNS = frozenset(("he", "she", "it", "they", "we", "you", "who", "his", "her", "one of them"))
_DETERMINER = re.compile(r"\A(?:the|a|an|its)\s+")


@dataclass(frozen=True, slots=True)
class Profile:
    """A speaker as the whole article knows him: one line of ``[speakers]``."""

    status: str
    entity_type: str | None
    name: str
    roles: tuple[Json, ...]
    affiliation: str | None


AUTHOR = Profile("author", None, "", (), None)


def read_profile(text: str, line: str) -> Profile:
    """The profile of a line ``status | entity type | name | role; role | affiliation``."""
    status, entity_type, name, roles, affiliation, *_ = (f.strip() for f in (line + "||").split("|"))
    found = tuple(_role(text, role.strip()) for role in roles.split(";") if role.strip())
    return Profile(status, entity_type or None, name, found, affiliation or None)


def _role(text: str, role: str) -> Json:
    found = word_pattern(role).search(text)
    if not found:
        raise LabelError(f"role {role!r} is not in the article")
    return span_record(text, found.span())


def speaker_record(profile: Profile, surface: Json | None, options: dict[str, str], *, has_cue: bool) -> Json:
    """The speaker of a claim; ``mt`` and ``res`` in ``options`` mend what the rules read wrongly."""
    mention = options.get("mt") or _mention_type(surface, profile)
    resolution = options.get("res") or _resolution(surface, mention, profile, has_cue)
    return {
        "status": profile.status,
        "name": profile.name or None,
        "surface": surface,
        "mention_type": mention,
        "entity_type": profile.entity_type,
        "roles": list(profile.roles),
        "affiliation": profile.affiliation,
        "resolution": resolution,
    }


def _mention_type(surface: Json | None, profile: Profile) -> str:
    if surface is None:
        return "none"
    words = split_number(surface["exact"])[0]
    if words.casefold() in _PRONOUNS:
        return "pronoun"
    if profile.status != "named":
        return "nominal"
    return "name" if words.isupper() or _shares_a_name(words, profile.name) else "nominal"


def _shares_a_name(words: str, name: str) -> bool:
    return any(word[0].isupper() for word in set(re.findall(r"\w+", words)) & set(re.findall(r"\w+", name)))


def _resolution(surface: Json | None, mention: str, profile: Profile, has_cue: bool) -> str:
    """How the name was had: it stands beside the cue, was looked for, or runs on from the claim before."""
    if surface is None:
        return "none" if has_cue or profile.status == "author" else "continuation"
    if mention == "name":
        return "direct"
    if mention == "pronoun" or profile.status == "named":
        return "none" if profile.status == "unresolved" else "coreference"
    spoken = " ".join(_DETERMINER.sub("", surface["exact"].casefold(), count=1).split())
    return "direct" if profile.name.casefold() in spoken else "coreference"
