"""Labels from files: the output of a run, a folder of gold records, or single files of either."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any, Final, cast

from pipeline.errors import ConfigurationError, ReadError
from pipeline.evaluation.annotations import (
    ClaimLabel,
    DateLabelled,
    EntityLabelled,
    Labels,
    QuantityLabelled,
    SpeakerLabel,
)
from pipeline.evaluation.standoff import is_standoff, read_standoff
from pipeline.outputs.jsonl import decode, read_lines
from pipeline.record import Span

Json = dict[str, Any]

_GOLD_SUFFIX: Final = ".article.json"
_MODALITY: Final = ("negated", "hedged", "conditional", "question")
_ITEM_LAYERS: Final = ("quantities", "dates", "entities")


@dataclass(slots=True)
class _Draft:
    """An article while its files are read."""

    source: str
    text_sha256: str | None
    claims: list[ClaimLabel] = field(default_factory=list)
    items: dict[str, tuple[Any, ...]] = field(default_factory=dict)
    furniture: tuple[tuple[int, int], ...] = ()

    def finish(self, claim_layer: bool) -> Labels:
        layers = set(self.items) | ({"claims"} if claim_layer else set())
        return Labels(
            self.source,
            self.text_sha256,
            claims=tuple(self.claims),
            quantities=self.items.get("quantities", ()),
            dates=self.items.get("dates", ()),
            entities=self.items.get("entities", ()),
            layers=frozenset(layers),
            furniture=self.furniture,
        )


def read_labels(path: Path) -> tuple[Labels, ...]:
    """The labels of all articles below a path, in the order of their sources.

    The path is a folder of gold (``NAME.jsonl`` beside ``NAME.article.json``), a run's folder, a single file
    of claims or articles in the format of the record, or what an annotation tool wrote.
    """
    if not path.exists():
        raise ConfigurationError(f"{path}: no such file or folder")
    if is_standoff(path):
        labels = read_standoff(path)
    elif path.is_dir() and any(path.glob(f"*{_GOLD_SUFFIX}")):
        labels = tuple(_gold_article(file) for file in sorted(path.glob(f"*{_GOLD_SUFFIX}")))
    else:
        labels = _record_files(path)
    return tuple(sorted(labels, key=lambda item: (item.source, item.text_sha256 or "")))


def _gold_article(file: Path) -> Labels:
    article = _object(_decode_file(file), str(file))
    draft = _Draft(*_identity(article, str(file)))
    _add_items(draft, article, str(file))
    claims = file.with_name(file.name.removesuffix(_GOLD_SUFFIX) + ".jsonl")
    if claims.exists():
        draft.claims += [claim_label(value, place) for place, value in _lines(claims)]
    return draft.finish(claims.exists())


def _decode_file(file: Path) -> Any:
    try:
        return decode(file.read_bytes())
    except ValueError as error:
        raise ReadError("E_JSON", f"{file}: not JSON: {error}") from error


def _record_files(path: Path) -> tuple[Labels, ...]:
    claim_files, article_files = _named_files(path)
    drafts: dict[tuple[str, str | None], _Draft] = {}
    for place, value in chain.from_iterable(map(_lines, article_files)):
        _add_items(_draft_of(drafts, _object(value, place), place), value, place)
    for place, value in chain.from_iterable(map(_lines, claim_files)):
        info = _object(_object(value, place).get("article"), f"{place}: article")
        _draft_of(drafts, info, place).claims.append(claim_label(value, place))
    return tuple(draft.finish(bool(claim_files)) for draft in drafts.values())


def _named_files(path: Path) -> tuple[list[Path], list[Path]]:
    """The files of claims and of articles: those of a folder, or the one file that was named."""
    if path.is_dir():
        claims, articles = (
            sorted([*path.glob(f"{kind}.jsonl"), *path.glob(f"{kind}-*-of-*.jsonl")])
            for kind in ("claims", "articles")
        )
        if not claims and not articles:
            raise ConfigurationError(
                f"{path} holds neither claims.jsonl nor gold (NAME.jsonl with NAME.article.json)"
            )
        return claims, articles
    first = next((_object(value, place) for place, value in _lines(path)), {})
    return ([], [path]) if "segments" not in first and "claim_ids" in first else ([path], [])


def _lines(file: Path) -> Iterator[tuple[str, Any]]:
    for number, value in read_lines(file):
        yield f"{file}:{number}", value


def _draft_of(drafts: dict[tuple[str, str | None], _Draft], info: Json, place: str) -> _Draft:
    identity = _identity(info, place)
    return drafts.setdefault(identity, _Draft(*identity))


def _add_items(draft: _Draft, article: Json, place: str) -> None:
    makers = {"quantities": _quantity, "dates": _date, "entities": _entity}
    for layer in _ITEM_LAYERS:
        if layer in article:
            values = _list(article[layer], f"{place}: {layer}")
            draft.items[layer] = tuple(_made(makers[layer], value, f"{place}: {layer}") for value in values)
    zones = [_made(_zone, value, f"{place}: zones") for value in _list(article.get("zones", []), place)]
    draft.furniture = tuple((start, end) for start, end, zone in zones if zone == "furniture")


def _made(maker: Any, value: Any, place: str) -> Any:
    try:
        return maker(_object(value, place))
    except (KeyError, TypeError) as error:
        raise ReadError("E_GOLD", f"{place}: {error} is missing or of the wrong type") from error


def claim_label(value: Any, place: str) -> ClaimLabel:
    """The label in a line of claims, be it a full record or gold with fewer fields.

    ``place`` is named where the line is not a claim: ``ReadError`` with code ``E_GOLD``.
    """
    claim = _object(value, place)
    label = cast(ClaimLabel, _made(_claim, claim, place))
    if not label.segments:
        raise ReadError("E_GOLD", f"{place}: a claim needs at least one segment")
    return label


def _claim(claim: Json) -> ClaimLabel:
    modality = _inner(claim, "modality")
    flags = tuple(bool(modality.get(name, False)) for name in _MODALITY)
    return ClaimLabel(
        kind=_string(claim, "kind"),
        segments=_spans(claim["segments"]),
        cue=_spans(claim.get("cue")),
        speaker=_speaker(_inner(claim, "speaker")),
        mode=_optional(claim, "mode"),
        said_on=_optional(claim, "said_on"),
        addressee=_spans(claim.get("addressee")),
        modality=cast(tuple[bool, bool, bool, bool], flags),
        given=frozenset(claim),
    )


def _speaker(speaker: Json) -> SpeakerLabel:
    return SpeakerLabel(
        status=_optional(speaker, "status") or "missing",
        name=_optional(speaker, "name"),
        surface=_spans(speaker.get("surface")),
        roles=_spans(speaker.get("roles")),
        resolution=_optional(speaker, "resolution") or "none",
    )


def _spans(value: Any) -> tuple[Span, ...]:
    """One span, several, or none."""
    if value is None:
        return ()
    return tuple(_span(item) for item in (value if isinstance(value, list) else [value]))


def _span(value: Json) -> Span:
    return Span(*_offsets(value), _string(value, "exact"))


def _offsets(value: Json) -> tuple[int, int]:
    start, end = value["start"], value["end"]
    if not (isinstance(start, int) and isinstance(end, int)):
        raise TypeError("start or end, which must be integers,")
    return start, end


def _quantity(value: Json) -> QuantityLabelled:
    span = _span(value)
    return QuantityLabelled(
        span.start,
        span.end,
        span.exact,
        kind=_string(value, "kind"),
        value=_number(value, "value"),
        low=_number(value, "low"),
        high=_number(value, "high"),
        modifier=_optional(value, "modifier") or "exact",
        unit=_optional(value, "unit") or "",
        of=_span(value["of"]) if value.get("of") else None,
    )


def _date(value: Json) -> DateLabelled:
    span = _span(value)
    return DateLabelled(
        span.start,
        span.end,
        span.exact,
        type=_string(value, "type"),
        value=_optional(value, "value"),
        mod=_optional(value, "mod"),
    )


def _entity(value: Json) -> EntityLabelled:
    span = _span(value)
    return EntityLabelled(span.start, span.end, span.exact, label=_string(value, "label"))


def _zone(value: Json) -> tuple[int, int, str]:
    start, end = _offsets(value)
    return start, end, _string(value, "zone")


def _string(value: Json, key: str) -> str:
    text = value[key]
    if not isinstance(text, str):
        raise TypeError(key)
    return text


def _optional(value: Json, key: str) -> str | None:
    return None if value.get(key) is None else _string(value, key)


def _number(value: Json, key: str) -> float | None:
    number = value.get(key)
    if number is not None and (isinstance(number, bool) or not isinstance(number, int | float)):
        raise TypeError(key)
    return number


def _inner(value: Json, key: str) -> Json:
    inner = value.get(key)
    if inner is not None and not isinstance(inner, dict):
        raise TypeError(key)
    return inner or {}


def _object(value: Any, place: str) -> Json:
    if not isinstance(value, dict):
        raise ReadError("E_GOLD", f"{place}: expected an object, found {type(value).__name__}")
    return value


def _list(value: Any, place: str) -> list[Any]:
    if not isinstance(value, list):
        raise ReadError("E_GOLD", f"{place}: expected a list, found {type(value).__name__}")
    return value


def _identity(article: Json, place: str) -> tuple[str, str | None]:
    """Source and hash of the text; gold may leave the hash out."""
    try:
        return _string(article, "source"), _optional(article, "text_sha256")
    except (KeyError, TypeError) as error:
        raise ReadError("E_GOLD", f"{place}: {error} is missing or of the wrong type") from error


def select(labels: Iterable[Labels], names: frozenset[str], *, leave_out: bool = False) -> tuple[Labels, ...]:
    """The labels of the articles that are named by source or by its stem, or all others.

    A name that no article has is an error: a misspelt list would score something else.
    """
    kept = tuple(labels)
    unknown = sorted(names - {name for item in kept for name in (item.source, item.name)})
    if unknown:
        raise ConfigurationError(f"no gold for {', '.join(unknown)}")
    return tuple(item for item in kept if (item.source in names or item.name in names) is not leave_out)


def pair_articles(
    predicted: Iterable[Labels], gold: Iterable[Labels]
) -> tuple[tuple[Labels, Labels | None], ...]:
    """Each gold article with its prediction, or None where there is none: then all of it is missed.

    Articles are the same where their texts are. One whose source is the same and whose text is not was
    changed after it was labelled: its offsets mean nothing, and that is an error.
    """
    by_source: dict[str, Labels] = {}
    by_text: dict[str, dict[str, Labels]] = {}
    for item in predicted:
        by_source[item.source] = item
        if item.text_sha256:
            by_text.setdefault(item.text_sha256, {})[item.source] = item
    return tuple((item, _partner(item, by_source, by_text)) for item in gold)


def _partner(
    gold: Labels, by_source: dict[str, Labels], by_text: dict[str, dict[str, Labels]]
) -> Labels | None:
    same_source = by_source.get(gold.source)
    same_text = by_text.get(gold.text_sha256 or "", {})
    if same_text:
        return same_text.get(gold.source) or next(iter(same_text.values()))
    if same_source and gold.text_sha256 and same_source.text_sha256:
        raise ConfigurationError(
            f"{gold.source}: its text has hash {same_source.text_sha256[:12]}…, the text that was labelled "
            f"{gold.text_sha256[:12]}…; restore the text or label it again"
        )
    return same_source
