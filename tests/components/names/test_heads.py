"""Types that a head word or a neighbouring word tells, and hyphenated pairs."""

from __future__ import annotations

import pytest

from pipeline.components.names import NameMention, is_no_person, label_by_head, parted_pair


def mention(marked: str) -> tuple[str, NameMention]:
    start, end = marked.index("<"), marked.index(">") - 1
    text = marked.replace("<", "").replace(">", "")
    return text, NameMention(start, end, text[start:end], "ORG")


@pytest.mark.parametrize(
    ("marked", "label"),
    [
        ("over the <Kelso Bridge> today", "FAC"),
        ("the <Haldane Accords> hold", "LAW"),
        ("won the <Tor Prize>", "WORK_OF_ART"),
        ("during <Operation Heron> in May", "EVENT"),
        ("when typhoon <Hana> came", "EVENT"),
        ("on the <Pido> app", "PRODUCT"),
        ("the <Democratic Republic of Congo> holds", "GPE"),
        ("the <Bridge> said", None),
        ("the <Lumen Group> said", None),
        ("<Hana> came before the typhoon", None),
    ],
)
def test_a_telling_word_gives_the_type(marked: str, label: str | None) -> None:
    assert label_by_head(*mention(marked)) == label


@pytest.mark.parametrize(
    ("exact", "parts"),
    [
        ("Russia-Ukraine", [("Russia", "GPE"), ("Ukraine", "GPE")]),
        ("Sino–British", [("Sino", "NORP"), ("British", "NORP")]),
        ("EU-Nigeria", [("EU", "ORG"), ("Nigeria", "GPE")]),
        ("Guinea-Bissau", [("Guinea-Bissau", "ORG")]),
        ("Rolls-Royce", [("Rolls-Royce", "ORG")]),
        ("France", [("France", "ORG")]),
    ],
)
def test_a_hyphenated_pair_is_two_names(exact: str, parts: list[tuple[str, str]]) -> None:
    found = parted_pair(NameMention(7, 7 + len(exact), exact, "ORG"))
    assert [(part.exact, part.label) for part in found] == parts


def test_the_parts_of_a_pair_lie_in_the_text() -> None:
    text = "on the Russia-Ukraine border"
    first, second = parted_pair(NameMention(7, 21, "Russia-Ukraine", "ORG"))
    assert (text[first.start : first.end], text[second.start : second.end]) == ("Russia", "Ukraine")


@pytest.mark.parametrize(
    ("marked", "told"),
    [
        ("when the <Kaska> were asked", True),
        ("for the <Pipiolos>, who", True),
        ("votes in <Amethi>.", True),
        ("since the <Roe> inquiry began", False),
        ("when <Roe> was asked", False),
        ("in <Ana Diaz> country", False),
    ],
)
def test_a_place_in_the_sentence_may_rule_a_person_out(marked: str, told: bool) -> None:
    assert is_no_person(*mention(marked)) is told
