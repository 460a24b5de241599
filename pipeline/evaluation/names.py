"""Are two names of a speaker the same? One rule for claims, candidates and gold."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_ARTICLE: Final = re.compile(r"(?:the|an?) ")
_JOINT: Final = "; "
_APOSTROPHES: Final = str.maketrans({"’": "'", "‘": "'", "ʼ": "'"})


def plain_name(name: str | None) -> str:
    """The name as it is compared: NFKC, casefolded, straight apostrophes, no article in front."""
    folded = unicodedata.normalize("NFKC", name or "").translate(_APOSTROPHES).casefold()
    spaced = " ".join(folded.split())
    return _ARTICLE.sub("", spaced, count=1) if _ARTICLE.match(spaced) else spaced


def same_name(first: str | None, second: str | None) -> bool:
    """Whether the names are equal; joint speakers in any order; no name equals no name."""
    return _parts(first) == _parts(second)


def similar_name(first: str | None, second: str | None) -> bool:
    """Whether they are equal or all words of the shorter stand in the longer.

    As the lenient rule for PolNeAR speakers has it: within a family a surname fits two people.
    """
    one, other = _words(first), _words(second)
    return same_name(first, second) or bool(one and other and (one <= other or other <= one))


def _parts(name: str | None) -> frozenset[str]:
    return frozenset(plain_name(part) for part in (name or "").split(_JOINT) if part.strip())


def _words(name: str | None) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", plain_name(name)))
