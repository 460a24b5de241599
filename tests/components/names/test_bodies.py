"""Which names of organisations, places, peoples and other things stand for one."""

from __future__ import annotations

import pytest

from pipeline.components.names.organizations import abbreviates
from tests.components.names.marked import entities, refs

ONE_THING = [
    "[O:Baltic Institute for Ocean Research] said. [O:BIOR] added.",
    "[O:BIOR] warns. The [O:Baltic Institute for Ocean Research] said.",
    "the [O:Landelijke Organisatie Water] ([O:LOW])",
    "[O:LOW] (the [O:Landelijke Organisatie Water])",
    "[O:Acme Holdings Ltd.] rose. [O:Acme] fell.",
    "[O:Acme Corp.] and [O:Acme, Inc.]",
    "[O:The Acme Company] and [O:Acme]'s shares",
    "[O:FBI] and the [O:Federal Bureau of Investigation]",
    "[O:U.N.] and [O:UN]",
    "[O:Tallinn Herald] and the [O:Herald]",
    "[O:Ministry of Fisheries] and the [O:Ministry]",
    "[O:Northgate University] and [O:Northgate]",
    "the [G:U.S.] and the [G:United States]",
    "[G:America] and the [G:USA]",
    "[G:Britain] and the [G:UK]",
    "[G:Kyiv] or [G:Kiev]",
    "[G:Calif.] and [G:California]",
    "[N:Dutch] and [N:Dutchmen]",
    "[N:Poles] and [N:Polish]",
    "[N:Republican] and [N:Republicans]",
    "[L:Tarn National Park] and [L:Tarn]",
    "[D:Zephyr Comet 4] and the [D:Comet 4]",
    "[A:Clean Rivers Act] ([A:CRA])",
]


@pytest.mark.parametrize("marked", ONE_THING)
def test_names_of_one_thing_share_an_id(marked: str) -> None:
    assert refs(marked) == "aa"


TWO_THINGS = [
    "[O:BBC] and [O:BBC News]",
    "[O:Acme] and [O:Acme Foundation]",
    "[O:Acme] and [O:Acme Brazil]",
    "[O:White House] and [O:House]",
    "[O:Supreme Court] and [O:Supreme Court Museum]",
    "[G:Guinea] and [G:Guinea-Bissau]",
    "[G:Mexico] and [G:New Mexico]",
    "[G:Mexico] and [G:Mexico City]",
    "[G:Russia] and [N:Russians]",
    "[N:English] and [N:British]",
    "[L:Tarn River] and [F:Tarn River Dam]",
    "[W:The Orchard] and [W:The Orchard Keeper]",
    "[P:Jordan] and [G:Jordan]",
]


@pytest.mark.parametrize("marked", TWO_THINGS)
def test_names_of_two_things_are_kept_apart(marked: str) -> None:
    assert refs(marked) == "ab"


def test_an_ambiguous_short_form_joins_neither_body() -> None:
    assert refs("[O:Northgate Foods], [O:Northgate Motors] and [O:Northgate]") == "abc"


def test_the_expansion_is_the_name_of_an_acronym() -> None:
    names = {entity.name for entity in entities("[O:BIOR], the [O:Baltic Institute for Ocean Research]")}
    assert names == {"Baltic Institute for Ocean Research"}


def test_an_acronym_inside_the_tagged_name_is_left_out_of_it() -> None:
    assert entities("[O:European Union (EU)]")[0].name == "European Union"


@pytest.mark.parametrize(
    ("short", "long", "expected"),
    [
        ("BIOR", "Baltic Institute for Ocean Research", True),
        ("KSrelief", "Kedar Sands Relief", True),
        ("BIOR", "Institute for Ocean Research", False),
        ("X", "Xylo", False),
        ("ABCDEFG", "ABC", False),
    ],
)
def test_an_acronyms_letters_stand_in_order(short: str, long: str, expected: bool) -> None:
    assert abbreviates(short, long) is expected


def test_a_strings_odd_label_gives_way_to_its_usual_one() -> None:
    found = entities("[G:Tarnia], [G:Tarnia] and [L:Tarnia]")
    assert [entity.label for entity in found] == ["GPE", "GPE", "GPE"]


def test_a_person_with_a_title_keeps_the_label_that_a_place_outvotes() -> None:
    found = entities("[G:Lincoln], [G:Lincoln], [G:Lincoln] and Mayor [P:Lincoln]")
    assert [entity.label for entity in found] == ["GPE", "GPE", "GPE", "PERSON"]


@pytest.mark.parametrize(
    ("marked", "label"),
    [
        ("[P:Velora] grew. [O:Velora Systems] is old.", "ORG"),
        ("[P:Velora] grew. [O:Velora Systems] is old. [P:Ana Velora] left.", "PERSON"),
    ],
)
def test_the_first_word_of_a_body_is_the_body_where_nobody_is_called_so(marked: str, label: str) -> None:
    assert entities(marked)[0].label == label
