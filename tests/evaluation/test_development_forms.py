from __future__ import annotations

from typing import Any

import pytest

from models.training import dev_forms, dev_names, dev_speakers
from pipeline.record import (
    ArticleInfo,
    Claim,
    Confidence,
    Context,
    Cue,
    DecidedBy,
    Modality,
    ModelInfo,
    PipelineInfo,
    Quantity,
    Span,
    Speaker,
)

TEXT = 'Ada Brook said that the bridge is safe. "It will stand," she added. "For years."'
ARTICLE = ArticleInfo("art_0", "a.txt", "0", "text/plain", None, None, None, (), None, None, "none")
INFO = PipelineInfo("onrecord", "0", ModelInfo("none", "0"), "0")


def span(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words), words)


def claim(kind: Any, words: str, cue: str | None, source: str | None, **other: Any) -> Claim:
    """A claim of Ada Brook, or of whoever is named."""
    resolution = other.get("resolution", "direct")
    surface = span(source) if source else None
    speaker = Speaker(
        "named", other.get("name", "Ada Brook"), surface, "name", None, None, None, (), None, resolution, ()
    )
    segment = span(words)
    place = span(cue) if cue else None
    return Claim(
        "1.0.0", f"clm_{segment.start}", "0", kind, "speech", words, (segment,),
        Cue(place.start, place.end, place.exact, "say", "neutral") if place else None, speaker, None, None,
        Modality(False, False, False, False, ()), (), (), (),
        Context(0, "body", "", "", other.get("nested_in")), Confidence(None, None), DecidedBy("x", "y"), (),
        ARTICLE, INFO,
    )  # fmt: skip


SAFE = claim("indirect", "the bridge is safe", "said", "Ada Brook")
STAND = claim("direct", '"It will stand,"', "added", "she")
YEARS = claim("direct", '"For years."', None, None, resolution="continuation")
POLNEAR = {"nested": False, "folded": True, "complementiser": True}


def contents(*claims: Claim, **how: bool) -> list[list[str]]:
    rows = dev_forms.attributions(claims, TEXT, **(POLNEAR | how))
    return [[TEXT[start:end] for start, end in row["content"]] for row in rows]


def test_the_complementiser_is_put_back() -> None:
    assert contents(SAFE) == [["that the bridge is safe"]]


def test_the_complementiser_stays_out_where_gold_leaves_it_out() -> None:
    assert contents(SAFE, complementiser=False) == [["the bridge is safe"]]


def test_a_that_which_belongs_to_the_cue_is_not_put_back() -> None:
    assert contents(claim("indirect", "the bridge is safe", "said that", "Ada Brook")) == [
        ["the bridge is safe"]
    ]


def test_a_continuation_is_folded_into_the_claim_before_it() -> None:
    assert contents(SAFE, STAND, YEARS)[1] == ['"It will stand,"', '"For years."']


def test_a_continuation_follows_its_own_speaker() -> None:
    later = claim("direct", '"It will stand,"', "added", "she", name="Ben Cole")
    assert contents(SAFE, later, YEARS)[0] == ["that the bridge is safe", '"For years."']


def test_a_quotation_folded_into_indirect_speech_makes_it_mixed() -> None:
    (row,) = dev_forms.attributions([SAFE, YEARS], TEXT, nested=False, folded=True, complementiser=True)
    assert row["type"] == "mixed"


def test_continuations_stay_apart_where_gold_has_them_apart() -> None:
    assert len(contents(SAFE, STAND, YEARS, folded=False)) == 3


def test_statements_are_no_attributions() -> None:
    assert contents(claim("statement", "the bridge is safe", None, None)) == []


@pytest.mark.parametrize(("nested", "number"), [(True, 2), (False, 1)])
def test_inner_claims_are_dropped_where_gold_has_none(nested: bool, number: int) -> None:
    inner = claim("indirect", "the bridge", None, None, nested_in=SAFE.claim_id)
    assert len(contents(SAFE, inner, nested=nested)) == number


@pytest.mark.parametrize(
    ("value", "low", "high", "form"),
    [
        (40, 40, 40, {"value": 40}),
        (None, 12, 120, {"low": 12, "high": 120}),
        (None, None, 3, {"value": None}),
    ],
)
def test_a_quantity_has_a_value_or_a_range_and_never_both(
    value: int | None, low: int | None, high: int | None, form: dict[str, Any]
) -> None:
    found = Quantity(
        0, 2, "40", "count", value, low, high, "exact", "", None, None, None, None, None, None, None
    )
    (row,) = dev_forms.quantities([found])
    assert {key: row[key] for key in ("value", "low", "high") if key in row} == form


def test_names_are_counted_by_extent_and_type() -> None:
    tally = dev_names.count({"a": [(0, 3, "PERSON")]}, {"a": [(0, 3, "ORG")]}, {}, dev_names.ALL)
    assert (tally.missed["PERSON"], tally.spurious["ORG"], tally.right.total()) == (1, 1, 0)


def test_countries_and_other_places_are_one_type() -> None:
    tally = dev_names.count({"a": [(0, 3, "GPE")]}, {"a": [(0, 3, "LOC")]}, {}, dev_names.ALL)
    assert tally.f1(["GPE+LOC"]) == 100.0


@pytest.mark.parametrize("masked", [{"a": [(2, 5)]}, {}])
def test_predictions_on_open_or_masked_names_count_neither_way(masked: dict[str, Any]) -> None:
    gold = {"a": [] if masked else [(2, 5, "OTHER")]}
    tally = dev_names.count(gold, {"a": [(0, 3, "ORG")]}, masked, dev_names.ALL)
    assert tally.spurious.total() == 0


def test_the_macro_average_is_the_mean_of_the_types() -> None:
    gold = {"a": [(0, 1, "FAC"), (2, 3, "LAW")]}
    tally = dev_names.count(gold, {"a": [(0, 1, "FAC")]}, {}, dev_names.RARE)
    assert tally.macro(["FAC", "LAW"]) == 50.0


def pair(speaker: str, right: bool, **gold: Any) -> dev_speakers.Pair:
    row = {"speaker": speaker, "status": "named", "mention_type": "name", "roles": [], "type": "direct"}
    return dev_speakers.Pair(row | gold, {"status": "named", "roles": ["Mayor"]}, right, right)


def test_the_macro_average_weighs_every_speaker_the_same() -> None:
    pairs = [pair("Ada Brook", True)] * 3 + [pair("Ben Cole", False)]
    figures = dev_speakers.figures(pairs)
    assert (figures["named, lenient"], figures["named, macro by speaker"]) == (75.0, 50.0)


def test_a_role_counts_when_a_content_word_is_shared() -> None:
    pairs = [pair("Ada Brook", True, roles=["Mayor of Kell"]), pair("Ada Brook", True, roles=["the clerk"])]
    assert dev_speakers.figures(pairs)["role recall"] == 50.0


def test_a_figure_without_a_case_is_none() -> None:
    assert dev_speakers.figures([pair("Ada Brook", True)])["pronoun, lenient"] is None
