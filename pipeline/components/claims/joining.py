"""Claims: attributions and the article's own statements, joined to what stands inside them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from typing import TypeVar

from spacy.language import Language
from spacy.tokens import Doc

from pipeline.components.claims.modality import read_modality
from pipeline.components.claims.reporting import find_addressee, find_said_on
from pipeline.components.claims.statements import own_assertions
from pipeline.components.confidence import Calibration, claim_group
from pipeline.components.cues import describe_cue
from pipeline.components.extensions import register_extensions
from pipeline.components.paragraphs import body_paragraphs, paragraph_number, paragraphs_of
from pipeline.components.quotation_marks import Quotation, find_quotations
from pipeline.components.quotes.attribution import Attribution, Offsets
from pipeline.components.quotes.extents import kind_of, quotations_in
from pipeline.components.speakers import Decision, statement_speaker
from pipeline.record import (
    SCHEMA_VERSION,
    ArticleInfo,
    Claim,
    ClaimKind,
    Confidence,
    Context,
    Cue,
    DecidedBy,
    Entity,
    Mode,
    ModelInfo,
    PipelineInfo,
    Quantity,
    Span,
    Timex,
    Zone,
    claim_id,
    claim_key,
    sha256_hex,
    span_of,
)
from pipeline.tokens import text_of

CONTEXT_CHARACTERS = 32
W_UNBALANCED = "W_UNBALANCED_QUOTES"
W_NO_DATE = "W_NO_PUBLICATION_DATE"
W_OPEN_DATE = "W_UNRESOLVED_DATE"

AnySpan = TypeVar("AnySpan", bound=Span)


@dataclass(frozen=True, slots=True)
class _Index:
    """Sorted spans with their starts, to look up those inside a segment."""

    starts: list[int]
    spans: Sequence[Span]

    @classmethod
    def of(cls, spans: Sequence[Span]) -> _Index:
        return cls([span.start for span in spans], spans)

    def inside(self, segments: Iterable[Offsets]) -> Iterator[Span]:
        for start, end in segments:
            for span in self.spans[bisect_left(self.starts, start) : bisect_left(self.starts, end)]:
                if span.end <= end:
                    yield span


class ClaimBuilder:
    """Builds the claims of one article."""

    def __init__(self, doc: Doc, pipeline: PipelineInfo, calibration: Calibration) -> None:
        self._doc = doc
        self._text = text_of(doc)
        self._article: ArticleInfo = doc._.article
        self._pipeline = pipeline
        self._calibration = calibration
        self._paragraphs = paragraphs_of(doc)
        self._body = body_paragraphs(doc)
        self._zones = [(zone.start, zone.zone) for zone in doc._.zones or ()]
        self._quotations = find_quotations(self._text, self._body)
        self._sentences = [(sent.start_char, sent.end_char) for sent in doc.sents]
        self._sentence_starts = [start for start, _ in self._sentences]
        self._timexes: Sequence[Timex] = doc._.timexes or ()
        self._quantities: Sequence[Quantity] = doc._.quantities or ()
        self._entity_index = _Index.of(doc._.entities or ())
        self._quantity_index = _Index.of(self._quantities)
        self._timex_index = _Index.of(self._timexes)

    def own_assertions(self, attributions: Sequence[Attribution]) -> Iterator[Offsets]:
        """The stretches that the article says itself and backs with figures."""
        return own_assertions(self._doc, attributions, self._quotations)

    def attributed(self, attribution: Attribution, decision: Decision, nested_in: str | None) -> Claim:
        """The claim of an attribution."""
        cue, mode = self._cue(attribution)
        sentence = self._sentence_at(attribution.cue[0]) if attribution.cue else (0, 0)
        return self._claim(
            attribution.segments,
            kind=attribution.kind or self.kind_of(attribution.segments),
            mode=mode,
            cue=cue,
            decision=decision,
            addressee=find_addressee(self._text, attribution, self._timexes),
            said_on=find_said_on(attribution, sentence, self._timexes),
            rule=attribution.rule,
            nested_in=nested_in,
            confidence=self._confidence(attribution, decision),
        )

    def statement(self, segment: Offsets) -> Claim:
        """The claim that the article makes itself in a sentence."""
        decision = Decision(statement_speaker(), "article_voice", 1.0)
        return self._claim(
            (segment,),
            kind="statement",
            mode=None,
            cue=None,
            decision=decision,
            addressee=None,
            said_on=None,
            rule="statement_with_number_or_date",
            nested_in=None,
            confidence=Confidence(None, None),
        )

    def _claim(
        self,
        segments: Sequence[Offsets],
        *,
        kind: ClaimKind,
        mode: Mode | None,
        cue: Cue | None,
        decision: Decision,
        addressee: Span | None,
        said_on: str | None,
        rule: str,
        nested_in: str | None,
        confidence: Confidence,
    ) -> Claim:
        spans = tuple(span_of(self._text, start, end) for start, end in segments)
        text = " ".join(self._without_outer_marks(segment) for segment in segments)
        dates = tuple(t for t in self._timex_index.inside(segments) if isinstance(t, Timex))
        return Claim(
            schema_version=SCHEMA_VERSION,
            claim_id=claim_id(self._article.text_sha256, spans),
            claim_key=claim_key(text),
            kind=kind,
            mode=mode,
            text=text,
            segments=spans,
            cue=cue,
            speaker=decision.speaker,
            addressee=addressee,
            said_on=said_on,
            modality=read_modality(self._text, segments),
            entities=tuple(e for e in self._entity_index.inside(segments) if isinstance(e, Entity)),
            quantities=tuple(q for q in self._quantity_index.inside(segments) if isinstance(q, Quantity)),
            dates=dates,
            context=self._context(segments, nested_in),
            confidence=confidence,
            decided_by=DecidedBy(rule, decision.rule),
            warnings=(*decision.warnings, *self._warnings(segments, dates)),
            article=self._article,
            pipeline=self._pipeline,
        )

    def _confidence(self, attribution: Attribution, decision: Decision) -> Confidence:
        group = claim_group(attribution.kind or self.kind_of(attribution.segments), attribution.rule)
        known = decision.speaker.name is not None
        return Confidence(
            self._calibration.claim(group, attribution.score),
            self._calibration.speaker(decision.rule, decision.score) if known else None,
        )

    def _cue(self, attribution: Attribution) -> tuple[Cue | None, Mode | None]:
        if attribution.cue is None:
            return None, "speech"
        reading = describe_cue(self._text, [attribution.cue])
        start, end = attribution.cue
        return Cue(start, end, self._text[start:end], reading.lemma, reading.cue_class), reading.mode

    def id_of(self, attribution: Attribution) -> str:
        """The id of an attribution's claim, which a nested claim refers to."""
        spans = [span_of(self._text, start, end) for start, end in attribution.segments]
        return claim_id(self._article.text_sha256, spans)

    def kind_of(self, segments: Sequence[Offsets]) -> ClaimKind:
        """direct where all letters and digits stand in quotation marks, indirect where none does."""
        return kind_of(self._text, segments, self._quotations)

    def _without_outer_marks(self, segment: Offsets) -> str:
        start, end = segment
        for quotation in quotations_in(self._quotations, start, end):
            if quotation.start == start and quotation.end >= end:
                return self._text[quotation.inner_start : min(quotation.inner_end, end)].strip()
        return self._text[start:end].strip()

    def _context(self, segments: Sequence[Offsets], nested_in: str | None) -> Context:
        start, end = segments[0][0], segments[-1][1]
        return Context(
            paragraph=paragraph_number(self._paragraphs, start),
            zone=self._zone_at(start),
            prefix=self._text[max(0, start - CONTEXT_CHARACTERS) : start],
            suffix=self._text[end : end + CONTEXT_CHARACTERS],
            nested_in=nested_in,
        )

    def _zone_at(self, position: int) -> Zone:
        index = bisect_right(self._zones, position, key=lambda zone: zone[0]) - 1
        return self._zones[index][1] if index >= 0 else "body"

    def _sentence_at(self, position: int) -> Offsets:
        index = max(0, bisect_right(self._sentence_starts, position) - 1)
        return self._sentences[index] if self._sentences else (0, len(self._text))

    def _warnings(self, segments: Sequence[Offsets], dates: Sequence[Timex]) -> Iterator[str]:
        if any(
            _is_unbalanced(q, self._text) for s, e in segments for q in quotations_in(self._quotations, s, e)
        ):
            yield W_UNBALANCED
        if any(t.relative and t.value is None for t in dates):
            yield W_NO_DATE if self._article.date_published is None else W_OPEN_DATE


def _is_unbalanced(quotation: Quotation, text: str) -> bool:
    """Left open, though the next paragraph does not take the speech up again."""
    if quotation.closed:
        return False
    following = text[quotation.end : quotation.end + 12].lstrip()
    return following[:1] != text[quotation.start : quotation.inner_start]


def build_claims(
    doc: Doc, pipeline: PipelineInfo, calibration: Calibration, *, statements: bool = True
) -> tuple[Claim, ...]:
    """The claims of a Doc by the place of their first segment, its own statements included if asked for."""
    builder = ClaimBuilder(doc, pipeline, calibration)
    attributions: Sequence[Attribution] = doc._.attributions or ()
    decisions: Sequence[Decision] = doc._.speakers or ()
    ids = [builder.id_of(attribution) for attribution in attributions]
    claims = [
        builder.attributed(a, decision, ids[a.nested_in] if a.nested_in is not None else None)
        for a, decision in zip(attributions, decisions, strict=True)
    ]
    if statements:
        claims += [builder.statement(segment) for segment in builder.own_assertions(attributions)]
    return tuple(sorted(claims, key=lambda claim: (claim.segments[0].start, claim.segments[-1].end)))


def bare_article(text: str, date_published: str | None) -> ArticleInfo:
    """What is known of an article that came as a string into a user's own spaCy pipeline."""
    digest = sha256_hex(text)
    return ArticleInfo(
        "art_" + digest[:32], "", digest, "text/plain", None, None, None, (), "en", date_published,
        "option" if date_published else "none",
    )  # fmt: skip


@Language.factory(
    "onrecord_claims",
    requires=["doc._.attributions", "doc._.speakers", "token.is_sent_start"],
    assigns=["doc._.claims"],
    default_config={"statements": True},
)
class ClaimsComponent:
    """Sets ``doc._.claims``: the claim records."""

    def __init__(self, nlp: Language, name: str, statements: bool) -> None:
        register_extensions()
        self.statements = statements
        self._nlp = nlp
        self.pipeline = PipelineInfo("onrecord", version("onrecord"), ModelInfo("custom", ""), "")

    def __call__(self, doc: Doc) -> Doc:
        """The Doc with its claims; without statements if so configured."""
        if doc._.article is None:
            doc._.article = bare_article(text_of(doc), doc._.date_published)
        doc._.claims = build_claims(doc, self.pipeline, self._calibration(), statements=self.statements)
        return doc

    def _calibration(self) -> Calibration:
        encoder = self._nlp.get_pipe("onrecord_encoder")
        calibration: Calibration = encoder.model.meta.calibration  # type: ignore[attr-defined]
        return calibration
