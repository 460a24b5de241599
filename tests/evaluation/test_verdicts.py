from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.evaluation.annotations import SpeakerLabel
from pipeline.evaluation.verdicts import (
    judge_claim,
    judge_date,
    judge_entity,
    judge_quantity,
    same_speaker,
)
from tests.evaluation.labels import CARS, COST, OPENING, claim, date, entity, named, quantity, span


def test_a_claim_judged_against_itself_is_right_in_everything() -> None:
    pair = judge_claim(COST, COST)
    assert pair.right
    assert all(pair.verdicts.values())


def test_a_wrong_kind_spoils_the_claim() -> None:
    assert not judge_claim(COST, replace(COST, kind="mixed")).right


def test_a_wrong_speaker_spoils_the_claim() -> None:
    assert not judge_claim(COST, replace(COST, speaker=named("Ben Cole"))).right


def test_a_wrong_cue_does_not_spoil_the_claim() -> None:
    pair = judge_claim(COST, replace(COST, cue=()))
    assert pair.right
    assert not pair.verdicts["cue overlap"]


def test_fields_that_gold_leaves_out_are_not_judged() -> None:
    bare = replace(COST, given=frozenset(("kind", "segments")))
    assert set(judge_claim(bare, COST).verdicts) == {"exact", "kind"}


def test_a_role_is_found_when_it_shares_a_content_word() -> None:
    gold = replace(COST, speaker=named("Ada Brook", None, "Mayor of Kell"))
    assert judge_claim(gold, COST).verdicts["role"]


def test_a_role_is_not_found_by_a_function_word() -> None:
    gold = replace(COST, speaker=named("Ada Brook", None, "head of the port"))
    found = replace(COST, speaker=named("Ada Brook", None, "mother of the bride"))
    assert not judge_claim(gold, found).verdicts["role"]


def test_a_speaker_without_roles_gives_no_verdict_on_roles() -> None:
    gold = replace(COST, speaker=named("Ada Brook"))
    assert "role" not in judge_claim(gold, COST).verdicts


def test_a_missed_addressee_is_an_error() -> None:
    assert not judge_claim(OPENING, replace(OPENING, addressee=())).verdicts["addressee"]


def test_an_addressee_that_neither_has_is_not_judged() -> None:
    assert "addressee" not in judge_claim(COST, COST).verdicts


def test_an_invented_date_of_speaking_is_an_error() -> None:
    assert not judge_claim(COST, replace(COST, said_on="2031-05-01")).verdicts["said_on"]


@pytest.mark.parametrize(
    ("gold", "found", "same"),
    [
        (named("Ada Brook"), named("Brook"), False),
        (named("senior officials", status="anonymous"), named("officials", status="collective"), True),
        (named("an engineer", status="described"), named("a clerk", status="described"), False),
        (SpeakerLabel("author"), SpeakerLabel("author", "whoever"), True),
        (SpeakerLabel("author"), SpeakerLabel("missing"), False),
        (SpeakerLabel("missing"), SpeakerLabel("unresolved", None), True),
        (SpeakerLabel("missing"), named("Ada Brook"), False),
        (named("Ada Brook"), SpeakerLabel("missing"), False),
    ],
)
def test_speakers_are_compared_by_what_kind_of_source_gold_has(
    gold: SpeakerLabel, found: SpeakerLabel, same: bool
) -> None:
    assert same_speaker(gold, found) is same


def test_a_statement_read_as_somebodys_words_is_wrong() -> None:
    found = claim("indirect", CARS.text, speaker=named("Ada Brook"))
    assert not judge_claim(CARS, found).right


def test_a_quantity_may_be_off_by_rounding_only() -> None:
    assert judge_quantity(quantity("900", 900), quantity("900", 900.001))["value"]
    assert not judge_quantity(quantity("900", 900), quantity("900", 901))["value"]


def test_a_range_needs_both_ends() -> None:
    gold = quantity("900", None, low=100, high=900, modifier="range")
    assert not judge_quantity(gold, quantity("900", None, low=100, high=1000, modifier="range"))["value"]


def test_a_number_in_place_of_a_range_is_wrong() -> None:
    gold = quantity("900", None, low=100, high=900, modifier="range")
    assert not judge_quantity(gold, quantity("900", 500, low=100, high=900))["value"]


def test_a_right_unit_with_a_wrong_value_counts_for_nothing() -> None:
    assert not judge_quantity(quantity("900", 900, "car"), quantity("900", 9, "car"))["value+unit"]


def test_a_longer_counted_noun_is_partly_right() -> None:
    gold = quantity("900", 900, of=span("cars"))
    verdicts = judge_quantity(gold, quantity("900", 900, of=span("cars a day")))
    assert verdicts["value+of partial"]
    assert not verdicts["value+of complete"]


def test_a_counted_noun_that_neither_has_is_right() -> None:
    assert judge_quantity(quantity("900", 900), quantity("900", 900))["value+of complete"]


def test_the_same_noun_elsewhere_in_the_text_is_wrong() -> None:
    gold = quantity("900", 900, of=span("the bridge"))
    found = quantity("900", 900, of=span("The old bridge"))
    assert not judge_quantity(gold, found)["value+of partial"]


def test_a_date_without_a_value_is_right_only_without_a_value() -> None:
    assert judge_date(date("May", None), date("May", None))["value"]
    assert not judge_date(date("May", None), date("May", "2031-05"))["value"]


def test_places_may_be_merged_but_are_told_apart_first() -> None:
    verdicts = judge_entity(entity("Ada Brook", "GPE"), entity("Ada Brook", "LOC"))
    assert verdicts == {"span": True, "strict": False, "strict, GPE = LOC": True}
