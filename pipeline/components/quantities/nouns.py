"""Singular forms of English nouns."""

from __future__ import annotations

_IRREGULAR = {
    "people": "person", "men": "man", "women": "woman", "children": "child", "feet": "foot", "teeth": "tooth",
    "geese": "goose", "mice": "mouse", "lives": "life", "wives": "wife", "halves": "half", "media": "medium",
    "servicemen": "serviceman", "policemen": "policeman", "crises": "crisis", "series": "series",
    "species": "species",
}  # fmt: skip
_ES_ENDINGS = ("sses", "shes", "ches", "xes", "zes")


def singular(noun: str) -> str:
    """The singular of a plural noun in lower case; anything else as it is."""
    if noun in _IRREGULAR:
        return _IRREGULAR[noun]
    if noun.endswith("ies") and len(noun) > 4:
        return noun[:-3] + "y"
    if noun.endswith(_ES_ENDINGS):
        return noun[:-2]
    if noun.endswith("s") and not noun.endswith(("ss", "us", "is")) and len(noun) > 3:
        return noun[:-1]
    return noun
