"""What changed between two runs over the same articles: for upgrades, and for builds that watch them.

Claims of an article are paired by their place: the same segments, else those that share most of their
characters. Where the text of a source has changed no place means the same in both, and claims of the same
words are paired.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

from pipeline.errors import ConfigurationError, ReadError
from pipeline.outputs.jsonl import decode
from pipeline.outputs.runs import as_record, record_files
from pipeline.record import Claim

Json = dict[str, Any]
ChangeKind = Literal["new", "gone", "speaker", "changed"]
Place = tuple[int, int]

CHANGES: Final[tuple[ChangeKind, ...]] = ("new", "gone", "speaker", "changed")
_SHARED: Final = 0.5  # of the characters that either has: less, and they are two claims that touch
# What follows from the rest, or differs between any two versions.
_NOT_COMPARED: Final = frozenset({"schema_version", "claim_id", "claim_key", "article", "pipeline"})
_STRETCH: Final = 512  # characters
_OFFSETS: Final = frozenset({"start", "end", "paragraph"})
_IDENTITY: Final = ("status", "name")


@dataclass(frozen=True, slots=True)
class Difference:
    """A claim that differs: as the later run has it, or the earlier one where the later has none.

    ``fields`` has both values of what differs, by name (``speaker.name``).
    """

    change: ChangeKind
    claim: Json
    before_id: str | None
    after_id: str | None
    fields: dict[str, tuple[Any, Any]]


def differences(before: Path, after: Path, *, ignore: Iterable[str] = ()) -> Iterator[Difference]:
    """What the second run has otherwise than the first, article by article.

    ``ignore`` names fields of the claim that do not count: ``confidence``, ``decided_by``.
    """
    ignored = _NOT_COMPARED | _known(ignore)
    with _Shelf(before) as old, _Shelf(after) as new:
        for earlier, later in _articles(old, new):
            yield from _compare(old.claims(earlier), new.claims(later), ignored)


def _known(names: Iterable[str]) -> frozenset[str]:
    """The names, if claims have fields that begin so."""
    wanted = frozenset(names)
    unknown = sorted(name for name in wanted if name.partition(".")[0] not in Claim.__slots__)
    if unknown:
        raise ConfigurationError(
            f"--ignore {unknown[0]}: no such field; there are {', '.join(Claim.__slots__)}"
        )
    return wanted


class _Shelf:
    """The claims of a run by article, read when they are asked for: a run may be larger than memory."""

    def __init__(self, folder: Path) -> None:
        self._files = [file.open("rb") for file in record_files(folder, "claims")]
        self.places: dict[str, list[tuple[int, int]]] = defaultdict(list)
        self.sources: dict[str, str] = {}
        for number in range(len(self._files)):
            self._index(number)

    def _index(self, number: int) -> None:
        stream = self._files[number]
        while True:
            start = stream.tell()
            line = stream.readline()
            if not line:
                return
            article, source = as_record(_article, _claim(line, stream.name, start))
            self.places[article].append((number, start))
            self.sources.setdefault(source, article)

    def claims(self, article: str | None) -> list[Json]:
        """The claims of an article, in their order."""
        found = []
        for number, start in self.places.get(article, ()) if article else ():
            stream = self._files[number]
            stream.seek(start)
            found.append(_claim(stream.readline(), stream.name, start))
        return found

    def __enter__(self) -> _Shelf:
        return self

    def __exit__(self, *_: object) -> None:
        for stream in self._files:
            stream.close()


def _claim(line: bytes, file: str, place: int) -> Json:
    try:
        claim: Json = decode(line)
    except ValueError as error:
        raise ReadError("E_JSON", f"{file}, byte {place}: not JSON: {error}") from error
    return claim


def _article(claim: Json) -> tuple[str, str]:
    return claim["article"]["article_id"], claim["article"]["source"]


def _articles(old: _Shelf, new: _Shelf) -> Iterator[tuple[str | None, str | None]]:
    """Articles of the same text; else of the same source; then those that only one run has."""
    taken = set()
    for source, article in old.sources.items():
        partner = article if article in new.places else new.sources.get(source)
        if partner is not None and partner != article and partner in old.places:
            partner = None  # the source has taken over a text that the earlier run knows elsewhere
        taken.add(partner)
        yield article, partner
    yield from ((None, article) for article in new.places if article not in taken)


def _compare(old: Sequence[Json], new: Sequence[Json], ignored: frozenset[str]) -> Iterator[Difference]:
    pairs = dict(as_record(lambda _: list(_pairs(old, new)), (old or new)[0]))
    partners = {after: before for before, after in pairs.items()}
    for index, claim in enumerate(new):
        if index not in partners:
            yield Difference("new", claim, None, claim["claim_id"], {})
            continue
        earlier = old[partners[index]]
        fields = _changed(*_comparable(earlier, claim), ignored)
        if fields:
            change: ChangeKind = "speaker" if _names_other(fields) else "changed"
            yield Difference(change, claim, earlier["claim_id"], claim["claim_id"], fields)
    for index, claim in enumerate(old):
        if index not in pairs:
            yield Difference("gone", claim, claim["claim_id"], None, {})


def _names_other(fields: Mapping[str, Any]) -> bool:
    return any(f"speaker.{name}" in fields for name in _IDENTITY)


def _pairs(old: Sequence[Json], new: Sequence[Json]) -> Iterator[tuple[int, int]]:
    """Indices of claims that are one claim: at most one partner for each."""
    if not old or not new:
        return
    same_text = old[0]["article"]["text_sha256"] == new[0]["article"]["text_sha256"]
    ranked = sorted(_by_place(old, new)) if same_text else _by_words(old, new)
    used_old, used_new = set(), set()
    for _, before, after in ranked:
        if before not in used_old and after not in used_new:
            used_old.add(before)
            used_new.add(after)
            yield before, after


def _by_words(old: Sequence[Json], new: Sequence[Json]) -> Iterator[tuple[float, int, int]]:
    """Claims of equal words, the first with the first, the second with the second."""
    waiting = defaultdict(list)
    for index, claim in enumerate(new):
        waiting[claim["claim_key"]].append(index)
    for index, claim in enumerate(old):
        if waiting[claim["claim_key"]]:
            yield 0.0, index, waiting[claim["claim_key"]].pop(0)


def _by_place(old: Sequence[Json], new: Sequence[Json]) -> Iterator[tuple[float, int, int]]:
    """Claims that share most of their characters, with how much they do not share."""
    shelves = defaultdict(list)
    for index, claim in enumerate(new):
        for shelf in _shelves(claim):
            shelves[shelf].append(index)
    for index, claim in enumerate(old):
        candidates = {candidate for shelf in _shelves(claim) for candidate in shelves.get(shelf, ())}
        for candidate in sorted(candidates):
            shared = _shared(_places(claim), _places(new[candidate]))
            if shared >= _SHARED:
                yield 1 - shared, index, candidate


def _places(claim: Json) -> list[Place]:
    return [(segment["start"], segment["end"]) for segment in claim["segments"]]


def _shelves(claim: Json) -> set[int]:
    """The stretches of the text that the claim stands in: only claims of one stretch are compared."""
    return {
        stretch for start, end in _places(claim) for stretch in range(start // _STRETCH, end // _STRETCH + 1)
    }


def _shared(one: Sequence[Place], other: Sequence[Place]) -> float:
    """The characters in both, out of those in either."""
    both = sum(
        max(0, min(end, other_end) - max(start, other_start))
        for start, end in one
        for other_start, other_end in other
    )
    either = sum(end - start for start, end in (*one, *other)) - both
    return both / either if either else 1.0


def _comparable(before: Json, after: Json) -> tuple[Json, Json]:
    """The claims as they are; without offsets where these are of two texts."""
    if before["article"]["text_sha256"] == after["article"]["text_sha256"]:
        return before, after
    return _without_places(before), _without_places(after)


def _without_places(value: Any) -> Any:
    if isinstance(value, list):
        return [_without_places(item) for item in value]
    if isinstance(value, dict):
        return {key: _without_places(item) for key, item in value.items() if key not in _OFFSETS}
    return value


def _changed(before: Json, after: Json, ignored: frozenset[str]) -> dict[str, tuple[Any, Any]]:
    """Both values of what differs, objects taken apart once."""
    found: dict[str, tuple[Any, Any]] = {}
    for name, value in after.items():
        earlier = before.get(name)
        if name in ignored or value == earlier:
            continue
        if isinstance(value, dict) and isinstance(earlier, dict):
            inner = ((f"{name}.{key}", earlier.get(key), item) for key, item in value.items())
            found |= {path: (was, now) for path, was, now in inner if was != now and path not in ignored}
        else:
            found[name] = (earlier, value)
    return found
