"""Claims, quantities, dates and names as labelled spans with fields and links: what annotation tools know.

A claim is a Content span, linked to its Cue, Source, Role and Addressee spans; a quantity is linked to what
it counts. Kind, speaker and values are fields of the span.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, get_args

from pipeline.errors import ReadError
from pipeline.evaluation.annotations import (
    ClaimLabel,
    DateLabelled,
    EntityLabelled,
    Labels,
    QuantityLabelled,
    SpeakerLabel,
)
from pipeline.record import (
    ClaimKind,
    EntityLabel,
    Mode,
    QuantityKind,
    QuantityModifier,
    Span,
    SpeakerStatus,
    TimexMod,
    TimexType,
    sha256_hex,
)

CONTENT: Final = "Content"
QUANTITY: Final = "Quantity"
ENTITY_LABELS: Final[tuple[str, ...]] = get_args(EntityLabel)
TIMEX_LABELS: Final[tuple[str, ...]] = get_args(TimexType)
PART_LABELS: Final = ("Cue", "Source", "Role", "Addressee", "Counted")
LABELS: Final = (CONTENT, *PART_LABELS, QUANTITY, *TIMEX_LABELS, *ENTITY_LABELS)
# Links are named for the part, in lower case: the Content or Quantity comes first.
LINKS: Final = {
    "cue": (CONTENT, "Cue"), "source": (CONTENT, "Source"), "role": (CONTENT, "Role"),
    "addressee": (CONTENT, "Addressee"), "counted": (QUANTITY, "Counted"),
}  # fmt: skip
# Fields with a closed list of values, and the labels that have them.
CHOICES: Final[dict[str, tuple[tuple[str, ...], tuple[str, ...]]]] = {
    "kind": ((CONTENT,), get_args(ClaimKind)),
    "mode": ((CONTENT,), get_args(Mode)),
    "status": ((CONTENT,), get_args(SpeakerStatus)),
    "measures": ((QUANTITY,), get_args(QuantityKind)),
    "modifier": ((QUANTITY,), get_args(QuantityModifier)),
    "mod": (TIMEX_LABELS, get_args(TimexMod)),
}
FREE_FIELDS: Final[dict[str, tuple[str, ...]]] = {
    "speaker": (CONTENT,),
    "said_on": (CONTENT,),
    "modality": (CONTENT,),
    "value": (QUANTITY, *TIMEX_LABELS),
    "low": (QUANTITY,),
    "high": (QUANTITY,),
    "unit": (QUANTITY,),
}
_MODALITY: Final = ("negated", "hedged", "conditional", "question")

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Mark:
    """A labelled span, of several pieces if need be; unknown fields are left out."""

    id: str
    label: str
    places: tuple[Place, ...]
    fields: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Link:
    """A named link from one mark to another."""

    label: str
    first: str
    second: str


@dataclass(frozen=True, slots=True)
class Marked:
    """An article as annotation tools hold it."""

    source: str
    text: str
    marks: tuple[Mark, ...]
    links: tuple[Link, ...]


def marked(text: str, labels: Labels) -> Marked:
    """The labels of an article as marks and links; parts that several claims share are one mark."""
    drafts = _Drafts()
    for claim in labels.claims:
        drafts.add_claim(claim)
    for quantity in labels.quantities:
        drafts.add_quantity(quantity)
    for date in labels.dates:
        fields = _known({"value": date.value, "mod": date.mod})
        drafts.add(date.type, ((date.start, date.end),), fields)
    for entity in labels.entities:
        drafts.add(entity.label, ((entity.start, entity.end),), {})
    return Marked(labels.source, text, tuple(drafts.marks), tuple(drafts.links))


@dataclass(slots=True)
class _Drafts:
    """Marks and links while they are gathered."""

    marks: list[Mark] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    parts: dict[tuple[str, tuple[Place, ...]], str] = field(default_factory=dict)

    def add(self, label: str, places: tuple[Place, ...], fields: dict[str, str]) -> str:
        mark = Mark(f"m{len(self.marks) + 1}", label, places, fields)
        self.marks.append(mark)
        return mark.id

    def add_claim(self, claim: ClaimLabel) -> None:
        speaker = claim.speaker
        flags = [name for name, flag in zip(_MODALITY, claim.modality, strict=True) if flag]
        fields = {
            "kind": claim.kind,
            "mode": claim.mode,
            "speaker": speaker.name,
            "status": speaker.status,
            "said_on": claim.said_on,
            "modality": " ".join(flags) or None,
        }
        identifier = self.add(CONTENT, _places(claim.segments), _known(fields))
        self.link("cue", identifier, claim.cue)
        self.link("source", identifier, speaker.surface)
        self.link("addressee", identifier, claim.addressee)
        for role in speaker.roles:  # a role is a span of its own, where cue and source may be in pieces
            self.link("role", identifier, (role,))

    def add_quantity(self, quantity: QuantityLabelled) -> None:
        fields = {
            "measures": quantity.kind,
            "value": _number_text(quantity.value),
            "low": _number_text(quantity.low),
            "high": _number_text(quantity.high),
            "modifier": quantity.modifier,
            "unit": quantity.unit or None,
        }
        identifier = self.add(QUANTITY, ((quantity.start, quantity.end),), _known(fields))
        if quantity.of is not None:
            self.link("counted", identifier, (quantity.of,))

    def link(self, label: str, first: str, spans: Sequence[Span]) -> None:
        """Link a mark with a part, which is marked at its first use."""
        if not spans:
            return
        key = (LINKS[label][1], _places(spans))
        if key not in self.parts:
            self.parts[key] = self.add(key[0], key[1], {})
        self.links.append(Link(label, first, self.parts[key]))


def _places(spans: Iterable[Span]) -> tuple[Place, ...]:
    return tuple((span.start, span.end) for span in spans)


def _known(fields: dict[str, str | None]) -> dict[str, str]:
    return {name: value for name, value in fields.items() if value is not None}


def _number_text(value: float | None) -> str | None:
    return None if value is None else repr(value)


def labels_of(articles: Sequence[Marked]) -> tuple[Labels, ...]:
    """The labels of a collection of marked articles.

    A layer counts as labelled where the collection has a mark of it anywhere, and a field of a claim where
    any claim has it: gold with names alone is gold for names alone.
    """
    found = {_layer(mark.label) for article in articles for mark in article.marks}
    layers = frozenset(layer for layer in found if layer is not None)
    given = frozenset(name for article in articles for name in _given(article))
    return tuple(_labels(article, layers, given) for article in articles)


def _layer(label: str) -> str | None:
    if label == CONTENT:
        return "claims"
    if label == QUANTITY:
        return "quantities"
    if label in TIMEX_LABELS:
        return "dates"
    return "entities" if label in ENTITY_LABELS else None


def _given(article: Marked) -> Iterator[str]:
    yield "segments"
    for mark in article.marks:
        if mark.label == CONTENT:
            names = {"speaker": "speaker", "status": "speaker"}
            yield from (names.get(name, name) for name in mark.fields)
    for link in article.links:
        yield "speaker" if link.label in ("source", "role") else link.label


Parts = dict[tuple[str, str], tuple[Span, ...]]


def _labels(article: Marked, layers: frozenset[str], given: frozenset[str]) -> Labels:
    parts = _parts(article)
    by_layer: dict[str | None, list[Mark]] = {}
    for mark in article.marks:
        by_layer.setdefault(_layer(mark.label), []).append(mark)
    return Labels(
        article.source,
        sha256_hex(article.text),
        claims=tuple(_claim(article, mark, parts, given) for mark in by_layer.get("claims", ())),
        quantities=tuple(_quantity(article, mark, parts) for mark in by_layer.get("quantities", ())),
        dates=tuple(_date(article, mark) for mark in by_layer.get("dates", ())),
        entities=tuple(_entity(article, mark) for mark in by_layer.get("entities", ())),
        layers=layers,
    )


def _parts(article: Marked) -> Parts:
    """The spans that are linked to each mark, by the name of the link."""
    marks = {mark.id: mark for mark in article.marks}
    parts: Parts = {}
    for link in article.links:
        key = (link.label, link.first)
        parts[key] = parts.get(key, ()) + _spans(article, marks[link.second])
    return parts


def _claim(article: Marked, mark: Mark, parts: Parts, given: frozenset[str]) -> ClaimLabel:
    fields = mark.fields
    words = fields.get("modality", "").split()
    negated, hedged, conditional, question = (name in words for name in _MODALITY)
    return ClaimLabel(
        kind=fields.get("kind", "unknown"),
        segments=_spans(article, mark),
        cue=parts.get(("cue", mark.id), ()),
        speaker=SpeakerLabel(
            status=fields.get("status", "named" if "speaker" in fields else "missing"),
            name=fields.get("speaker"),
            surface=parts.get(("source", mark.id), ()),
            roles=parts.get(("role", mark.id), ()),
        ),
        mode=fields.get("mode"),
        said_on=fields.get("said_on"),
        addressee=parts.get(("addressee", mark.id), ()),
        modality=(negated, hedged, conditional, question),
        given=given,
    )


def _spans(article: Marked, mark: Mark) -> tuple[Span, ...]:
    return tuple(Span(start, end, article.text[start:end]) for start, end in mark.places)


def _whole(article: Marked, mark: Mark) -> Span:
    """The mark as one span, from its first piece to its last."""
    start, end = mark.places[0][0], mark.places[-1][1]
    return Span(start, end, article.text[start:end])


def _quantity(article: Marked, mark: Mark, parts: Parts) -> QuantityLabelled:
    span, fields = _whole(article, mark), mark.fields
    counted = parts.get(("counted", mark.id))
    return QuantityLabelled(
        span.start,
        span.end,
        span.exact,
        kind=fields.get("measures", "count"),
        value=_number(article, mark, "value"),
        low=_number(article, mark, "low"),
        high=_number(article, mark, "high"),
        modifier=fields.get("modifier", "exact"),
        unit=fields.get("unit", ""),
        of=counted[0] if counted else None,
    )


def _number(article: Marked, mark: Mark, name: str) -> float | None:
    if name not in mark.fields:
        return None
    try:
        return float(mark.fields[name])
    except ValueError as error:
        where = f"{article.source}: {_whole(article, mark).exact!r}"
        raise ReadError("E_GOLD", f"{where}: {name} is no number: {mark.fields[name]!r}") from error


def _date(article: Marked, mark: Mark) -> DateLabelled:
    span = _whole(article, mark)
    value, mod = mark.fields.get("value"), mark.fields.get("mod")
    return DateLabelled(span.start, span.end, span.exact, type=mark.label, value=value, mod=mod)


def _entity(article: Marked, mark: Mark) -> EntityLabelled:
    span = _whole(article, mark)
    return EntityLabelled(span.start, span.end, span.exact, label=mark.label)
