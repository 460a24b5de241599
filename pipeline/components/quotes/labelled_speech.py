"""Speech without a reporting verb: interview turns, "From Name:", "…" — Name, Name: "…".

Here a label stands for cue and source in one; the claims have a surface but no cue.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from pipeline.components.lexicons import words_by_class
from pipeline.components.quotation_marks import Quotation
from pipeline.components.quotes.attribution import Attribution, Offsets
from pipeline.components.quotes.extents import quotations_in

# Fewer labelled paragraphs are lists, headings or recipes rather than a conversation.
FEWEST_TURNS = 3
LABEL_RULES = frozenset(("turn_label", "from_label", "dash_name", "colon_label"))
# Inside titles and bodies; the particles of names stand in the word list.
_JOINING = frozenset(("the", "of", "and"))
_WORD = r"[^\W\d_][\w.'’&-]*"
_LABEL = rf"(?P<label>{_WORD}(?:[ \u00a0]{_WORD}){{0,4}})"
_TURN = re.compile(rf"\s*{_LABEL}\s?:\s+(?=\S)")
# A transcript that is quoted opens each turn with a mark.
_OPENING_MARKS = frozenset('"“«„')
_QUOTED_TURN = re.compile(rf"\s*[\"“«„]?{_LABEL}\s?:\s+(?=\S)")
# A body's name is taken whole, a person's ends where the place begins.
_SENDER = rf"(?P<label>the(?:[ \u00a0]{_WORD}){{1,4}}|{_WORD}(?:[ \u00a0]{_WORD}){{0,4}}?)"
_FROM = re.compile(rf"\s*From[ \u00a0]{_SENDER}(?:(?:,| in| of| at)[ \u00a0][^:\n]{{1,40}})?:\s+(?=\S)")
_DASH_NAME = re.compile(r"[ \u00a0]*(?:--?|[—–―])[ \u00a0]*(?P<label>[^\W\d_][^\n“”\"—–―:;]{1,60})")
_SENTENCE_END = re.compile(r"[.!?](?:\s|$)")


def labelled_speech(
    text: str, paragraphs: Sequence[Offsets], quotations: Sequence[Quotation]
) -> list[Attribution]:
    """The attributions that labels make, in order of place."""
    found = [*_turns(text, paragraphs), *_letters(text, paragraphs), *_signed(text, paragraphs, quotations)]
    found += _headline_quotes(text, paragraphs, quotations)
    return sorted(_apart(found), key=lambda attribution: attribution.start)


def _apart(found: Sequence[Attribution]) -> Iterator[Attribution]:
    taken: set[Offsets] = set()
    for attribution in found:
        if attribution.segments[0] not in taken:
            taken.add(attribution.segments[0])
            yield attribution


def _labelled(label: Offsets, content: Offsets, rule: str) -> Attribution:
    return Attribution((content,), None, label, rule, 1.0, kind="direct")


def _turns(text: str, paragraphs: Sequence[Offsets]) -> list[Attribution]:
    """The paragraphs of a conversation: several labels, some of them more than once."""
    turns = [(_speaker_label(text, start, end), end) for start, end in paragraphs]
    labels = Counter(label["label"] for label, _ in turns if label)
    if labels.total() < FEWEST_TURNS or labels.total() == len(labels):
        return []
    return list(_turns_and_what_runs_on(text, paragraphs, [label for label, _ in turns]))


def _speaker_label(text: str, start: int, end: int) -> re.Match[str] | None:
    match = _QUOTED_TURN.match(text, start, end)
    return match if match and _is_speaker_label(match["label"]) else None


def _turns_and_what_runs_on(
    text: str, paragraphs: Sequence[Offsets], labels: Sequence[re.Match[str] | None]
) -> Iterator[Attribution]:
    """The labelled paragraphs; in a quoted transcript also those after them that only open with a mark."""
    speaker: Offsets | None = None
    for (start, end), label in zip(paragraphs, labels, strict=True):
        if label is not None:
            speaker = label.span("label") if _is_quoted(text, label) else None
            yield _labelled(label.span("label"), _turn_content(text, label, end), "turn_label")
        elif (
            speaker is not None
            and text[start : start + 1] in _OPENING_MARKS
            and text[start + 1 : start + 2] != "("
        ):
            yield _labelled(speaker, _without_final_stop(text, start, end), "turn_label")
        else:
            speaker = None


def _is_quoted(text: str, label: re.Match[str]) -> bool:
    return text[label.start("label") - 1] in _OPENING_MARKS and label.start("label") > label.start()


def _turn_content(text: str, label: re.Match[str], end: int) -> Offsets:
    """What follows the label; the mark that closes a quoted transcript with its last turn stays out."""
    if _is_quoted(text, label):
        end = label.end() + len(text[label.end() : end].rstrip().rstrip('"”»“'))
    return _without_final_stop(text, label.end(), end)


def _is_speaker_label(label: str) -> bool:
    """A name, initials, or Q and A: every word but small ones has a capital."""
    return all(word[0].isupper() or word in _small_words() for word in label.split())


@cache
def _small_words() -> frozenset[str]:
    return _JOINING | words_by_class("names_persons.tsv")["particle"]


def _letters(text: str, paragraphs: Sequence[Offsets]) -> Iterator[Attribution]:
    for start, end in paragraphs:
        match = _FROM.match(text, start, end)
        if match is not None and _is_speaker_label(match["label"]):
            yield _labelled(match.span("label"), _without_final_stop(text, match.end(), end), "from_label")


def _signed(
    text: str, paragraphs: Sequence[Offsets], quotations: Sequence[Quotation]
) -> Iterator[Attribution]:
    """A paragraph that is a quotation, a dash and a name."""
    for start, end in paragraphs:
        for quotation in quotations_in(quotations, start, end)[-1:]:
            marked = quotation.inner_start > quotation.start  # a dash that opens speech signs nothing
            opens = marked and not any(char.isalnum() for char in text[start : quotation.start])
            match = _DASH_NAME.match(text, quotation.end, end) if opens else None
            if match and match["label"][0].isupper() and not _SENTENCE_END.search(text, match.end(), end):
                label = _without_final_stop(text, *match.span("label"))
                yield _labelled(label, (quotation.start, quotation.end), "dash_name")


def _headline_quotes(
    text: str, paragraphs: Sequence[Offsets], quotations: Sequence[Quotation]
) -> Iterator[Attribution]:
    """``Name: “…”`` where the quotation is all that follows."""
    for start, end in paragraphs:
        match = _TURN.match(text, start, end)
        if match is None or not _is_speaker_label(match["label"]):
            continue
        for quotation in quotations_in(quotations, match.end(), end)[:1]:
            rest = text[match.end() : quotation.start] + text[quotation.end : end]
            if not any(char.isalnum() for char in rest):
                yield _labelled(match.span("label"), (quotation.start, quotation.end), "colon_label")


def _without_final_stop(text: str, start: int, end: int) -> Offsets:
    """The stretch without blanks and the stop at its end."""
    end = start + len(text[start:end].rstrip())
    return start, end - (text[end - 1 : end] == ".")


def merged(text: str, labelled: Sequence[Attribution], tagged: Sequence[Attribution]) -> list[Attribution]:
    """Both kinds in one list, labelled first.

    What the encoder tagged inside a labelled content is nested in it, if its source is another person;
    a labelled quotation that the encoder tied to a cue is left to the cue.
    """
    if labelled:  # the colons and dashes of labels are no cues of their own
        turns = [a.source[0] for a in labelled if a.source and a.rule == "turn_label"]
        tagged = _reindexed([_stands_beside_labels(text, a, turns) for a in tagged], tagged)
    cued = [(a.start, a.end) for a in tagged if a.cue is not None]
    kept = [a for a in labelled if _holder(cued, a) is None]
    places = [(a.start, a.end) for a in kept]
    out = list(kept)
    place_of: dict[int, int] = {}
    for index, attribution in enumerate(tagged):
        outer = _holder(places, attribution)
        if outer is not None and (attribution.cue is None or not _is_others(text, attribution.source)):
            continue
        head = place_of.get(attribution.continues) if attribution.continues is not None else None
        if attribution.continues is not None and head is None:
            continue
        place_of[index] = len(out)
        out.append(replace(attribution, continues=head, nested_in=outer))
    return out


def _is_others(text: str, source: Offsets | None) -> bool:
    """Whether a source in somebody's turn is somebody else: "I think" is part of what he says."""
    first_person = words_by_class("cues_naming.tsv")["first_person"]
    return source is not None and text[slice(*source)].lower() not in first_person


def _reindexed(keep: Sequence[bool], attributions: Sequence[Attribution]) -> list[Attribution]:
    """The kept attributions, ``continues`` following them; what continued a dropped one goes with it."""
    out: list[Attribution] = []
    place_of: dict[int, int] = {}
    for index, attribution in enumerate(attributions):
        head = place_of.get(attribution.continues) if attribution.continues is not None else None
        if keep[index] and (attribution.continues is None or head is not None):
            place_of[index] = len(out)
            out.append(replace(attribution, continues=head))
    return out


def _stands_beside_labels(text: str, attribution: Attribution, turns: Sequence[int]) -> bool:
    """Whether the cue is a word, and no turn of a transcript begins within the content."""
    if attribution.cue is not None and not _is_word(text, attribution.cue):
        return False
    return not any(bisect_left(turns, start) < bisect_left(turns, end) for start, end in attribution.segments)


def _is_word(text: str, cue: Offsets) -> bool:
    return any(char.isalpha() for char in text[cue[0] : cue[1]])


def _holder(places: Sequence[Offsets], attribution: Attribution) -> int | None:
    """The last of some sorted places that begins before a content, if it reaches over its begin."""
    index = bisect_right(places, attribution.start, key=lambda place: place[0]) - 1
    return index if index >= 0 and places[index][1] > attribution.start else None
