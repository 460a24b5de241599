"""Texts that are nearly the same: word trigrams, MinHash to find candidates, Jaccard to be sure.

MinHash with banding (Broder 1997; Leskovec, Rajaraman and Ullman 2014, chapter 3) comes from datasketch.
Most claims never reach it: one whose trigrams are mostly found nowhere else can have no near repeat.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any, Final
from zlib import crc32

import numpy as np

from pipeline.extras import optional

SIMILAR: Final = 0.5  # Jaccard of trigrams: of fifteen words one may differ, or a quarter be cut off
FEWEST_WORDS: Final = 6  # shorter texts are alike by chance
_SHINGLE: Final = 3
_BANDS, _ROWS = 20, 3  # finds 93 of 100 pairs at similarity 0.5, and 99 at 0.6
_MOST_COMPARED: Final = 200  # texts made from one template are alike in thousands
_WORD: Final = re.compile(r"\w+")

Shingles = frozenset[bytes]


def words(text: str) -> list[str]:
    """The words of a text without case and punctuation."""
    return _WORD.findall(unicodedata.normalize("NFKC", text).casefold())


def shingles(text: str) -> Shingles:
    """Every three words in a row, as UTF-8."""
    found = words(text)
    rows = (found[index : index + _SHINGLE] for index in range(len(found) - _SHINGLE + 1))
    return frozenset(" ".join(row).encode("utf-8", "surrogatepass") for row in rows)


def jaccard(one: Shingles, other: Shingles) -> float:
    """What both have, out of what either has."""
    both = len(one & other)
    return both / (len(one) + len(other) - both) if both else 0.0


def with_possible_repeat(texts: Mapping[str, str]) -> dict[str, Shingles]:
    """The shingles of the texts that may have a near repeat among the others, by key.

    Two texts share at most the shingles of either that are not found there alone; hashes that collide
    by chance let a few more through.
    """
    known = {key: shingles(text) for key, text in texts.items() if len(words(text)) >= FEWEST_WORDS}
    if not known:
        return {}
    sizes = [len(some) for some in known.values()]
    hashes = np.fromiter((crc32(item) for some in known.values() for item in some), np.uint32, sum(sizes))
    _, place, counts = np.unique(hashes, return_inverse=True, return_counts=True)
    shared = np.add.reduceat((counts[place.reshape(-1)] > 1).astype(np.int64), np.cumsum([0, *sizes[:-1]]))
    enough = shared >= SIMILAR * np.array(sizes)
    return {key: some for (key, some), kept in zip(known.items(), enough, strict=True) if kept}


class NearIndex:
    """Texts by number, found again by what resembles them."""

    def __init__(self) -> None:
        datasketch: Any = optional("datasketch", what="near repeats", extra="cluster")
        self._make = datasketch.MinHash
        self._seeds = datasketch.MinHash(num_perm=_BANDS * _ROWS, hashfunc=crc32)
        self._bands = datasketch.MinHashLSH(num_perm=_BANDS * _ROWS, params=(_BANDS, _ROWS))
        self._known: dict[int, Shingles] = {}

    def add(self, number: int, text: Shingles) -> None:
        """Let a text be found."""
        self._known[number] = text
        self._bands.insert(number, self._signature(text))

    def similar(self, text: Shingles) -> list[tuple[float, int]]:
        """Similarity and number of the texts that are alike, the most similar first, then the oldest."""
        candidates: Iterable[int] = sorted(self._bands.query(self._signature(text)))
        compared = ((jaccard(text, self._known[each]), each) for each in islice(candidates, _MOST_COMPARED))
        return sorted((pair for pair in compared if pair[0] >= SIMILAR), key=lambda pair: (-pair[0], pair[1]))

    def _signature(self, text: Shingles) -> Any:
        signature = self._seeds.copy()
        signature.update_batch(sorted(text))
        return signature
