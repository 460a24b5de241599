from __future__ import annotations

import pytest

from pipeline.clustering.speakers import Appearance, joined, rare_companions, role_words
from pipeline.clustering.utterances import Printed


def person(
    article: str,
    name: str,
    *roles: str,
    affiliation: str | None = None,
    quotes: tuple[str, ...] = (),
    companions: frozenset[str] = frozenset(),
    entity_type: str | None = "PERSON",
) -> Appearance:
    """A speaker in an article."""
    printed = Printed(f"art_{article}", f"{article}.txt", None, None, None)
    return Appearance(printed, "e1", name, entity_type, roles, affiliation, ("clm_1",), quotes, companions)


def groups(*appearances: Appearance, rare: frozenset[str] = frozenset({"bo li"})) -> list[str]:
    """The articles of each speaker, as words."""
    found = joined(appearances, rare)
    return [" ".join(item.printed.source.removesuffix(".txt") for item in group) for group in found]


def test_the_same_name_with_the_same_role_is_one() -> None:
    assert groups(
        person("a", "John Smith", "mayor"), person("b", "John Smith", "the former mayor of Hull")
    ) == ["a b"]


def test_the_same_name_with_other_roles_stays_two() -> None:
    assert groups(person("a", "John Smith", "mayor"), person("b", "John Smith", "midfielder")) == ["a", "b"]


def test_evidence_may_come_from_a_third_article() -> None:
    both = person("c", "John Smith", "mayor and midfielder")
    found = groups(person("a", "John Smith", "mayor"), person("b", "John Smith", "midfielder"), both)
    assert found == ["a b c"]


@pytest.mark.parametrize(
    "shared",
    [{"affiliation": "Hull United"}, {"quotes": ("clu_1",)}, {"companions": frozenset({"bo li"})}],
    ids=["affiliation", "quotation", "person named in both"],
)
def test_other_evidence_joins_the_same_name_too(shared: dict[str, object]) -> None:
    one = person("a", "John Smith", "mayor", **shared)  # type: ignore[arg-type]
    other = person("b", "John Smith", "midfielder", **shared)  # type: ignore[arg-type]
    assert groups(one, other) == ["a b"]


def test_a_person_named_in_many_articles_is_no_evidence() -> None:
    shared = frozenset({"ann president"})
    one, other = (
        person(a, "John Smith", role, companions=shared) for a, role in (("a", "mayor"), ("b", "cook"))
    )
    assert groups(one, other) == ["a", "b"]


def test_a_bare_name_joins_the_only_one_of_that_name() -> None:
    assert groups(person("a", "John Smith", "mayor"), person("b", "John Smith")) == ["a b"]


def test_bare_names_without_namesakes_are_one() -> None:
    assert groups(person("a", "John Smith"), person("b", "John Smith")) == ["a b"]


def test_a_bare_name_joins_nobody_where_there_are_namesakes() -> None:
    found = groups(
        person("a", "John Smith", "mayor"), person("b", "John Smith", "cook"), person("c", "John Smith")
    )
    assert found == ["a", "b", "c"]


def test_a_bare_name_means_the_one_whom_articles_mostly_mean() -> None:
    known = [person(article, "John Smith", "mayor") for article in "abcd"]
    assert groups(*known, person("e", "John Smith", "cook"), person("f", "John Smith")) == ["a b c d f", "e"]


@pytest.mark.parametrize("name", ["Jane Smith", "John Smith Jr.", "James Smith"])
def test_another_full_name_is_another_person_whatever_they_share(name: str) -> None:
    one = person("a", "John Smith", "finance minister", affiliation="Hull", quotes=("clu_1",))
    other = person("b", name, "finance minister", affiliation="Hull", quotes=("clu_1",))
    assert groups(one, other) == ["a", "b"]


@pytest.mark.parametrize("name", ["J. Smith", "John A. Smith", "JOHN SMITH", "Johnny Smith", "Jóhn Smith"])
def test_forms_of_a_name_are_one_with_evidence(name: str) -> None:
    assert groups(person("a", "John Smith", "finance minister"), person("b", name, "minister")) == ["a b"]


@pytest.mark.parametrize("name", ["J. Smith", "John A. Smith"])
def test_forms_of_a_name_stay_two_without_evidence(name: str) -> None:
    assert groups(person("a", "John Smith", "minister"), person("b", name, "cook")) == ["a", "b"]


def test_initials_that_fit_two_persons_join_neither() -> None:
    found = groups(
        person("a", "John Smith", "minister"),
        person("b", "James Smith", "minister"),
        person("c", "J. Smith", "minister"),
    )
    assert found == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("role", "other_role", "found"),
    [
        ("finance minister", "Finance Minister", ["a b"]),
        ("minister", "minister", ["a", "b"]),
        ("cook", "", ["a", "b"]),
    ],
)
def test_a_surname_alone_needs_a_role_of_several_words(role: str, other_role: str, found: list[str]) -> None:
    assert groups(person("a", "John Smith", role), person("b", "Smith", other_role)) == found


def test_a_surname_alone_is_joined_by_an_affiliation() -> None:
    assert groups(
        person("a", "John Smith", affiliation="Hull"), person("b", "Smith", affiliation="HULL")
    ) == ["a b"]


def test_a_surname_that_fits_two_persons_joins_neither() -> None:
    found = groups(
        person("a", "John Smith", "finance minister"),
        person("b", "Jane Smith", "finance minister"),
        person("c", "Smith", "finance minister"),
    )
    assert found == ["a", "b", "c"]


def test_surnames_alone_without_evidence_stay_apart() -> None:
    assert groups(person("a", "Smith"), person("b", "Smith")) == ["a", "b"]


@pytest.mark.parametrize("entity_type", ["ORG", "GPE", None])
def test_bodies_of_one_name_and_type_are_one(entity_type: str | None) -> None:
    one, other = (
        person(a, name, entity_type=entity_type) for a, name in (("a", "Met Éireann"), ("b", "MET EIREANN"))
    )
    assert groups(one, other) == ["a b"]


def test_a_person_and_a_body_of_one_name_are_two() -> None:
    assert groups(person("a", "Ford"), person("b", "Ford", entity_type="ORG")) == ["a", "b"]


def test_only_persons_named_in_a_few_articles_are_evidence() -> None:
    articles = [frozenset({"always", "twice"}), frozenset({"always", "twice"}), *[frozenset({"always"})] * 3]
    assert rare_companions([*articles, frozenset({"once"})]) == {"twice"}


@pytest.mark.parametrize(
    ("role", "found"),
    [
        ("the former Minister of Trade", ("minister", "trade")),
        ("Dr.", ()),
        ("EU's chief", ("eu", "chief")),
        ("", ()),
    ],
)
def test_words_that_tell_nobody_apart_are_left_out(role: str, found: tuple[str, ...]) -> None:
    assert role_words(role) == found
