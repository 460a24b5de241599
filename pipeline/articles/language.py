"""Which language a text is written in, told offline from its script and its function words.

Function words carry a third to a half of running text in any language that has them and differ between
languages (Grefenstette 1995, "Comparing two language identification schemes"); for telling English from the
rest, over twenty words or more, they are as good as trained models and cost no download.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import Final

from pipeline.components.lexicons import rows

W_LANGUAGE_MISMATCH: Final = "W_LANGUAGE_MISMATCH"

# ISO 639-2: running text, not English, in no language of the list.
UNDETERMINED: Final = "und"
MIN_WORDS = 20
_MIN_FOREIGN_WORDS = 50
_MAX_FOREIGN_SHARE = 0.06
# Share of function words in 928 English news articles (PolNeAR dev, Worldwide train and dev, 2026-11-22):
# 0.20 to 0.55, the low end in lists and tables.
_MIN_ENGLISH_SHARE = 0.12
_MIN_OTHER_SHARE = 0.08
# No text in another language of the list comes near this share of English function words.
_SURE_ENGLISH_SHARE = 0.22
_SAMPLE = 1_500
_SCRIPT_SHARE = 0.5

_NOT_LATIN = re.compile(r"[^\W\d_\u0000-\u024f\u1e00-\u1eff]")
_WORD = re.compile(r"[^\W\d_]{1,40}")
# Scripts with one main language; those of several languages are told apart by words.
_SCRIPTS = (
    ("ja", re.compile("[\u3040-\u30ff]")),
    ("ko", re.compile("[\uac00-\ud7a3]")),
    ("zh", re.compile("[\u4e00-\u9fff]")),
    ("th", re.compile("[\u0e01-\u0e5b]")),
    ("el", re.compile("[\u0370-\u03ff]")),
    ("he", re.compile("[\u0590-\u05ff]")),
    ("hy", re.compile("[\u0530-\u058f]")),
    ("ka", re.compile("[\u10a0-\u10ff]")),
    ("am", re.compile("[\u1200-\u137f]")),
    ("bn", re.compile("[\u0980-\u09ff]")),
    ("pa", re.compile("[\u0a00-\u0a7f]")),
    ("gu", re.compile("[\u0a80-\u0aff]")),
    ("ta", re.compile("[\u0b80-\u0bff]")),
    ("te", re.compile("[\u0c00-\u0c7f]")),
    ("kn", re.compile("[\u0c80-\u0cff]")),
    ("ml", re.compile("[\u0d00-\u0d7f]")),
    ("si", re.compile("[\u0d80-\u0dff]")),
    ("my", re.compile("[\u1000-\u109f]")),
    ("km", re.compile("[\u1780-\u17ff]")),
    ("hi", re.compile("[\u0900-\u097f]")),
    ("ar", re.compile("[\u0600-\u06ff]")),
    ("ru", re.compile("[\u0400-\u04ff]")),
)
_SCRIPTS_OF_SEVERAL = {
    "hi": ("hi",),
    "ar": ("ar", "fa", "ur"),
    "ru": ("ru", "uk", "bg", "sr"),
}
# Japanese news mixes kana into Chinese characters: a tenth of kana settles it.
_KANA_SHARE = 0.1


def recognise(text: str, declared: str | None) -> tuple[str | None, tuple[str, ...]]:
    """The ISO 639-1 code of the language, and a warning where the metadata say otherwise.

    What the text shows goes before what pages declare: templates are often left at "en".
    """
    shown = language_of(text)
    said = declared.casefold().replace("_", "-").split("-")[0] if declared else None
    if shown is None:
        return said, ()
    return shown, (W_LANGUAGE_MISMATCH,) if said and said != shown else ()


def language_of(text: str) -> str | None:
    """The ISO 639-1 code of the language, None for a text too short or of no kind known."""
    sample = _sample(text)
    script = _script(sample)
    words = Counter(_WORD.findall(sample.casefold()))
    if script:
        return _closest(words, _SCRIPTS_OF_SEVERAL.get(script, ()), 0.0) or script
    return _latin_language(words) if words.total() >= MIN_WORDS else None


def _latin_language(words: Counter[str]) -> str | None:
    english = _share(words, "en")
    if english >= _SURE_ENGLISH_SHARE:
        return "en"
    other = _closest(words, _latin_codes(), _MIN_OTHER_SHARE)
    if other and _share(words, other) > english:
        return other
    if english >= _MIN_ENGLISH_SHARE:
        return "en"
    return UNDETERMINED if words.total() >= _MIN_FOREIGN_WORDS and english < _MAX_FOREIGN_SHARE else None


def _closest(words: Counter[str], codes: tuple[str, ...], floor: float) -> str | None:
    shares = {code: _share(words, code) for code in codes}
    best = max(shares, key=lambda code: shares[code], default=None)
    return best if best and shares[best] > floor else None


def _share(words: Counter[str], code: str) -> float:
    return sum(words[word] for word in _profiles()[code] & words.keys()) / max(1, words.total())


def _script(sample: str) -> str | None:
    """The language of the script that most letters belong to, None for Latin."""
    foreign = len(_NOT_LATIN.findall(sample))
    if foreign < MIN_WORDS:
        return None
    letters = sum(map(str.isalpha, sample))
    for code, pattern in _SCRIPTS:
        found = len(pattern.findall(sample))
        if found > (_KANA_SHARE if code == "ja" else _SCRIPT_SHARE) * letters and found >= MIN_WORDS:
            return code
    return None


def _sample(text: str) -> str:
    """Head, middle and end: a foreign quotation at the top does not decide."""
    if len(text) <= 3 * _SAMPLE:
        return text
    middle = len(text) // 2
    return " ".join((text[:_SAMPLE], text[middle : middle + _SAMPLE], text[-_SAMPLE:]))


@cache
def _latin_codes() -> tuple[str, ...]:
    others = {"en"}.union(*_SCRIPTS_OF_SEVERAL.values())
    return tuple(code for code in _profiles() if code not in others)


@cache
def _profiles() -> dict[str, frozenset[str]]:
    return {code: frozenset(words.split()) for code, words in rows("zones_languages.tsv", 2)}
