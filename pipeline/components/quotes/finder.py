"""Attributions: contents tied to their cues and sources, quotations that run on, quotes in quotes.

The encoder tags sources, cues and contents over whole paragraphs and scores which cue a content and
which source a cue belongs to (a biaffine head in the manner of Dozat & Manning 2017). Quotation marks
settle the borders; sentences settle what is a continuation.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

from pipeline.components.decoding import LabelledSpan, SpanWeights, decode_segments
from pipeline.components.encoder import Encoding, NewsModel
from pipeline.components.extensions import register_extensions
from pipeline.components.labels import QUOTE_ROLES, RELATIONS, FloatArray
from pipeline.components.paragraphs import body_paragraphs
from pipeline.components.quotation_marks import Quotation, find_quotations
from pipeline.components.quotes.attribution import Attribution, Offsets
from pipeline.components.quotes.completion import Completion, Stretches
from pipeline.components.quotes.estimates import with_estimates
from pipeline.components.quotes.extents import (
    joined_segments,
    quotations_in,
    snap_to_marks,
    without_complementiser,
    without_dateline,
    without_outer_stops,
    wordless,
)
from pipeline.components.quotes.labelled_speech import labelled_speech, merged
from pipeline.components.quotes.nested import nested_attributions
from pipeline.components.quotes.sifting import sifted
from pipeline.components.quotes.subjects import with_subjects
from pipeline.tokens import text_of

# Chosen on PolNeAR dev and world_dev, 2026-11-22: what a role span must gain to be opened.
WEIGHTS = SpanWeights(span_cost=0.6, end_weight=1.0)
# A quotation without a cue of its own runs on from the one before it only if it is a sentence, not a phrase.
CONTINUATION_WORDS = 4
# An unquoted phrase beside a sentence quoted in full ("hardly clarified the matter: “…”") has few words.
ASIDE_WORDS = 4
# Where those words are counted; a quotation may be as long as the article, and is asked again and again.
_LONGEST_OPENING = 1_000
# The second half of a nested quotation stands no further behind it.
NESTED_REACH = 1_000

_SOURCE, _CUE, _CONTENT = range(len(QUOTE_ROLES))
CONTENT_TO_CUE, CUE_TO_SOURCE, FIRST_TO_LAST = range(len(RELATIONS))


@dataclass(frozen=True, slots=True)
class Roles:
    """The decoded role spans of an article, each kind in text order."""

    sources: list[LabelledSpan]
    cues: list[LabelledSpan]
    contents: list[LabelledSpan]

    @classmethod
    def decode(cls, encoding: Encoding) -> Roles:
        """The role spans that the encoder's scores make best."""
        spans = decode_segments(encoding, encoding.roles, FIRST_TO_LAST, WEIGHTS)
        return cls(*([span for span in spans if span.type == kind] for kind in range(len(QUOTE_ROLES))))


class Links:
    """Finds the heads of dependents by one relation, each among the heads in its own window."""

    def __init__(self, encoding: Encoding, relation: int, heads: Sequence[LabelledSpan]) -> None:
        """``relation`` is an index of ``RELATIONS``; ``heads`` are in text order."""
        self._dependents, self._keys, self._roots = encoding.relation(relation)
        self._heads = heads
        self._units = np.array([head.first_unit for head in heads], dtype=np.int64)
        self._window = encoding.window
        self._windows = encoding.window[self._units]
        self._near: tuple[int, int, FloatArray] | None = None

    def probabilities(self, dependent: LabelledSpan) -> tuple[Sequence[LabelledSpan], FloatArray]:
        """The heads in a dependent's window, and how likely each of them, or none (last), is its own."""
        first, candidates = self._candidates(int(self._window[dependent.first_unit]))
        query = self._dependents[dependent.first_unit]
        scores = candidates @ query / np.float32(len(query) ** 0.5)
        exps = np.exp(scores - scores.max())
        result: FloatArray = exps / exps.sum()
        return self._heads[first : first + len(candidates) - 1], result

    def head_of(self, dependent: LabelledSpan) -> tuple[LabelledSpan | None, float]:
        """The likeliest head of a dependent, or None, with the probability of that choice."""
        near, probabilities = self.probabilities(dependent)
        best = int(probabilities.argmax())
        return (near[best] if best < len(near) else None), float(probabilities[best])

    def _candidates(self, window: int) -> tuple[int, FloatArray]:
        """The number of a window's first head, and the vectors of its heads and its root.

        Dependents come in text order: what the last one was compared with mostly serves the next.
        """
        if self._near is None or self._near[0] != window:
            first, last = np.searchsorted(self._windows, (window, window + 1)).tolist()
            vectors = np.vstack([self._keys[self._units[first:last]], self._roots[window]])
            self._near = window, first, vectors
        return self._near[1:]


@dataclass(frozen=True, slots=True)
class QuoteFinder:
    """Finds the attributions of one article."""

    text: str
    encoding: Encoding
    sentences: list[Offsets]
    quotations: list[Quotation]
    paragraphs: list[Offsets]

    def find(self) -> list[Attribution]:
        """The attributions in the order of their contents."""
        roles = Roles.decode(self.encoding)
        walls = sorted((span.start, span.end) for span in (*roles.cues, *roles.sources))
        sources = Links(self.encoding, CUE_TO_SOURCE, roles.sources)
        attributed = [a for group in self._groups(roles) for a in self._attributions(group, sources, walls)]
        quoted = Stretches.of((quotation.start, quotation.end) for quotation in self.quotations)
        completion = Completion(self.text, self.encoding, FIRST_TO_LAST, self.stretch_at, quoted)
        whole = completion.completed(ordered(attributed))
        return with_continuations(self, with_second_halves(self, whole))

    def _groups(self, roles: Roles) -> Iterator[tuple[LabelledSpan, list[LabelledSpan], float]]:
        """Each cue with its contents and the mean link probability."""
        contents: dict[LabelledSpan, list[tuple[LabelledSpan, float]]] = defaultdict(list)
        cues = Links(self.encoding, CONTENT_TO_CUE, roles.cues)
        for content in roles.contents:
            cue, probability = cues.head_of(content)
            if cue is None or not self._within_reach(content, cue):
                cue = self._own_cue(content, roles.cues) or cue
            if cue is not None:
                contents[cue].append((content, probability))
        for cue in roles.cues:
            if contents[cue]:
                spans, probabilities = zip(*contents[cue], strict=True)
                yield cue, list(spans), float(np.mean(probabilities))

    def _within_reach(self, content: LabelledSpan, cue: LabelledSpan) -> bool:
        """Whether a content may be a cue's: in its sentence or paragraph, or what it announces."""
        start, end = self.sentence_at(cue.start)
        overlaps = content.start < end and start < content.end
        same = self.paragraph_at(content.start) == self.paragraph_at(cue.start)
        return overlaps or same or self._announced(content.start, cue.start)

    def _own_cue(self, content: LabelledSpan, cues: Sequence[LabelledSpan]) -> LabelledSpan | None:
        """The cue right after a quotation in its last sentence, or the one that announces it."""
        if not self._is_quoted((content.start, content.end)):
            return None
        _, end = self.sentence_at(content.end - 1)
        index = bisect_left(cues, content.end, key=lambda cue: cue.start)
        after = [cue for cue in cues[index : index + 1] if cue.start < end]
        before = [cue for cue in cues[max(0, index - 1) : index] if self._announced(content.start, cue.start)]
        return next(iter([*after, *before]), None)

    def _announced(self, position: int, cue: int) -> bool:
        """Whether a paragraph is what the cue's sentence announces in the one before: "The mayor added:"."""
        number = self.paragraph_at(cue)
        _, end = self.paragraphs[number]
        last = self.sentence_at(cue) == self.sentence_at(end - 1)
        return last and self.text[end - 1] == ":" and self.paragraph_at(position) == number + 1

    def _attributions(
        self, group: tuple[LabelledSpan, list[LabelledSpan], float], sources: Links, walls: list[Offsets]
    ) -> Iterator[Attribution]:
        cue, contents, probability = group
        source, source_probability = sources.head_of(cue)
        segments = self._segments(contents, walls)
        segments = self._without_asides(segments)
        if self.text[cue.start : cue.end].endswith(":"):  # what a colon announces comes after it
            segments = [segment for segment in segments if segment[0] >= cue.end]
        here, later = self._split_at_sentence(segments, cue)
        if not here and len(later) == 1:
            here, later = later, []
        if not here:
            return
        certainty = float(np.exp(np.mean([span.score for span in contents]))) * probability
        first = Attribution(
            tuple(here),
            (cue.start, cue.end),
            (source.start, source.end) if source else None,
            "quote_roles",
            certainty * (source_probability if source else 1.0),
        )
        yield first
        for segment in later:
            yield replace(first, segments=(segment,), cue=None, source=None, rule="continuation_linked")

    def _segments(self, contents: Sequence[LabelledSpan], walls: list[Offsets]) -> list[Offsets]:
        snapped = [snap_to_marks((span.start, span.end), self.quotations, walls) for span in contents]
        whole = joined_segments(self.text, snapped)
        joined = [part for segment in whole for part in self._by_sentence(segment)]
        placed = [without_dateline(self.text, segment) for segment in joined]
        stripped = [without_outer_stops(self.text, segment, self.quotations) for segment in placed]
        bare = [without_complementiser(self.text, segment) for segment in stripped]
        return [(s, e) for s, e in bare if any(char.isalnum() for char in self.text[s:e])]

    def _without_asides(self, segments: list[Offsets]) -> list[Offsets]:
        """Beside a sentence quoted in full, an unquoted phrase is what was spoken about, not words said."""
        if not any(self._is_quoted(segment) for segment in segments):
            return segments
        return [
            (start, end)
            for start, end in segments
            if quotations_in(self.quotations, start, end) or len(self.text[start:end].split()) > ASIDE_WORDS
        ]

    def _by_sentence(self, segment: Offsets) -> Iterator[Offsets]:
        """The segment cut where a sentence ends outside quotation marks."""
        position, end = segment
        index = max(0, bisect_right(self.sentences, position, key=lambda s: s[0]))
        for number in range(index, len(self.sentences)):
            border, _ = self.sentences[number]
            if border >= end:
                break
            if not any(
                q.start < border < q.end for q in quotations_in(self.quotations, border - 1, border + 1)
            ):
                yield position, border
                position = border
        yield position, end

    def _split_at_sentence(
        self, segments: list[Offsets], cue: LabelledSpan
    ) -> tuple[list[Offsets], list[Offsets]]:
        """What belongs to the cue's own sentence, and the quoted sentences that run on after it.

        Other stretches in other sentences are slips of the tagger: nobody is quoted there.
        """
        start, end = self.sentence_at(cue.start)
        here = [s for s in segments if s[0] < end and (s[1] > start or self._leads_to(s, cue.start))]
        speaks = any(char.isalpha() for char in self.text[cue.start : cue.end])
        later = [s for s in segments if s[0] >= end and speaks and self._follows(s, cue.start, here)]
        return here, later

    def _follows(self, segment: Offsets, cue: int, here: Sequence[Offsets]) -> bool:
        """Whether what comes after the cue's sentence runs on: announced, or quoted speech not yet ended."""
        if self._announced(segment[0], cue):
            return True
        if not self._is_quoted(segment):
            return False
        same = self.paragraph_at(segment[0]) == self.paragraph_at(cue)
        return same or any(not q.closed for s in here for q in quotations_in(self.quotations, *s))

    def _leads_to(self, segment: Offsets, cue: int) -> bool:
        """Whether a quoted sentence before the cue's is of its speech: in its paragraph, or left open."""
        if not self._is_quoted(segment):
            return False
        same = self.paragraph_at(segment[0]) == self.paragraph_at(cue)
        return same or any(not q.closed for q in quotations_in(self.quotations, *segment))

    def _is_quoted(self, segment: Offsets) -> bool:
        """Whether the segment is a quotation that opens its sentence, not a quoted phrase."""
        found = quotations_in(self.quotations, *segment)
        return bool(found) and found[0].start <= segment[0] and opens_sentence(self, found[0])

    def sentence_at(self, position: int) -> Offsets:
        """The sentence that holds a code point."""
        index = max(0, bisect_right(self.sentences, position, key=lambda s: s[0]) - 1)
        return self.sentences[index] if self.sentences else (0, len(self.text))

    def stretch_at(self, position: int) -> Offsets:
        """The sentence that holds a code point, as far as its paragraph goes."""
        start, end = self.sentence_at(position)
        first, last = self.paragraphs[self.paragraph_at(position)]
        return max(start, first), min(end, last)

    def paragraph_at(self, position: int) -> int:
        """The number of the paragraph that holds a code point."""
        return max(0, bisect_right(self.paragraphs, position, key=lambda p: p[0]) - 1)


def ordered(attributions: list[Attribution]) -> list[Attribution]:
    """The attributions by the place of their contents, no content taken twice."""
    kept: list[Attribution] = []
    taken: set[tuple[Offsets, ...]] = set()
    for attribution in sorted(attributions, key=lambda a: (a.start, a.end, a.cue is None)):
        if attribution.segments not in taken:
            taken.add(attribution.segments)
            kept.append(attribution)
    return kept


def with_second_halves(finder: QuoteFinder, attributions: list[Attribution]) -> list[Attribution]:
    """The attributions, split quotations completed: “…,” said X, “…” where the encoder saw one half."""
    covered = [segment for attribution in attributions for segment in attribution.segments]
    free = _uncovered(finder.quotations, covered)
    return [_completed(finder, attribution, free) for attribution in attributions]


def _completed(finder: QuoteFinder, attribution: Attribution, free: Sequence[Quotation]) -> Attribution:
    cue = attribution.cue
    if cue is None or not quotations_in(finder.quotations, attribution.start, attribution.end):
        return attribution
    _, sentence_end = finder.sentence_at(cue[0])
    reach = max(cue[1], attribution.source[1] if attribution.source else 0, attribution.end)
    half = _second_half(finder.text, free, reach, sentence_end)
    return replace(attribution, segments=(*attribution.segments, half)) if half else attribution


def _second_half(text: str, free: Sequence[Quotation], reach: int, sentence_end: int) -> Offsets | None:
    """The first quotation in the sentence that only a comma or colon parts from what it completes."""
    for number in range(bisect_left(free, reach, key=lambda q: q.start), len(free)):
        start = free[number].start
        if start >= sentence_end or not wordless(text, reach, start):
            break
        if text[reach:start].rstrip()[-1:] in (",", ":", ";"):
            return start, free[number].end
    return None


def with_continuations(finder: QuoteFinder, attributions: list[Attribution]) -> list[Attribution]:
    """The attributions and the quotations that run on after one of them, linked by ``continues``."""
    covered = [segment for attribution in attributions for segment in attribution.segments]
    spoken = sorted(attributions, key=_reach)
    running: list[Attribution] = []
    for quotation in _uncovered(finder.quotations, covered):
        index = bisect_right(spoken, quotation.start, key=_reach)
        before = [*spoken[max(0, index - 1) : index], *running[-1:]]
        if before and _runs_on(finder, quotation, max(before, key=_reach)):
            place = (quotation.start, quotation.end)
            running.append(Attribution((place,), None, None, "continuation_marks", 1.0))
    return _linked_continuations(ordered([*attributions, *running]))


def _reach(attribution: Attribution) -> int:
    """Where the last part of an attribution ends."""
    cue, source = attribution.cue, attribution.source
    return max(attribution.end, cue[1] if cue else 0, source[1] if source else 0)


def _uncovered(quotations: Sequence[Quotation], covered: list[Offsets]) -> list[Quotation]:
    covered = sorted(covered)
    free = []
    for quotation in quotations:
        index = bisect_right(covered, quotation.end, key=lambda c: c[0])
        if not any(end > quotation.start for _, end in covered[max(0, index - 3) : index]):
            free.append(quotation)
    return free


def _runs_on(finder: QuoteFinder, quotation: Quotation, last: Attribution) -> bool:
    """A whole quoted sentence right after quoted speech in its paragraph, or opening the next paragraph."""
    if quotation.single or not is_quoted_sentence(finder, quotation):
        return False
    _, ended = finder.sentence_at(max(last.start, _reach(last) - 1))
    follows = wordless(finder.text, ended, quotation.start)
    quoted = bool(quotations_in(finder.quotations, last.start, last.end))
    same = finder.paragraph_at(last.start) == finder.paragraph_at(quotation.start)
    return quoted and follows and (same or _left_open(finder, last))


def is_quoted_sentence(finder: QuoteFinder, quotation: Quotation) -> bool:
    """Whether a quotation of some words opens its sentence, and so is more than a quoted phrase."""
    opening = min(quotation.inner_end, quotation.inner_start + _LONGEST_OPENING)
    words = finder.text[quotation.inner_start : opening].split()
    return len(words) >= CONTINUATION_WORDS and opens_sentence(finder, quotation)


def opens_sentence(finder: QuoteFinder, quotation: Quotation) -> bool:
    """Whether no word of its sentence stands before a quotation."""
    start, _ = finder.sentence_at(quotation.inner_start)
    return wordless(finder.text, start, quotation.start)


def _left_open(finder: QuoteFinder, last: Attribution) -> bool:
    """Speech over paragraphs: the mark that opened before was not closed."""
    return any(not q.closed for q in quotations_in(finder.quotations, last.start, last.end))


def _linked_continuations(attributions: list[Attribution]) -> list[Attribution]:
    out: list[Attribution] = []
    head: int | None = None
    for attribution in attributions:
        if attribution.cue is not None:
            head = len(out)
            out.append(attribution)
        elif head is not None:
            out.append(replace(attribution, continues=head))
    return out


def find_attributions(doc: Doc, model: NewsModel) -> list[Attribution]:
    """The attributions of a Doc that the encoder has seen: labelled, tagged, then those nested in them."""
    text = text_of(doc)
    paragraphs = body_paragraphs(doc)
    sentences = [(sent.start_char, sent.end_char) for sent in doc.sents]
    quotations = find_quotations(text, paragraphs)
    tagged = QuoteFinder(text, doc._.encoding, sentences, quotations, paragraphs).find()
    told = with_subjects(doc, tagged)
    reported = with_estimates(doc, sifted(text, told, quotations, doc._.timexes or ()), quotations)
    outer = merged(text, labelled_speech(text, paragraphs, quotations), reported)

    def read_alone(segment: Offsets) -> list[Attribution]:
        after = quotations_in(quotations, segment[1], segment[1] + NESTED_REACH)
        near = [*find_quotations(text, [segment]), *(q for q in after if q.start >= segment[1])]
        found = QuoteFinder(text, model.encode(text, [segment]), sentences, near, [segment]).find()
        return sifted(text, found, quotations, doc._.timexes or ())

    return [*outer, *nested_attributions(doc, outer, read_alone)]


@Language.factory(
    "onrecord_quotes",
    requires=["doc._.encoding", "token.is_sent_start"],
    assigns=["doc._.attributions"],
)
class QuotesComponent:
    """Sets ``doc._.attributions``; it shares the encoder of the pipeline that it stands in."""

    def __init__(self, nlp: Language, name: str) -> None:
        register_extensions()
        self._nlp = nlp

    def __call__(self, doc: Doc) -> Doc:
        """The Doc with what is said in it, and by which words."""
        encoder = self._nlp.get_pipe("onrecord_encoder")
        doc._.attributions = tuple(find_attributions(doc, encoder.model))  # type: ignore[attr-defined]
        return doc
