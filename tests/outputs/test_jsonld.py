from __future__ import annotations

import json
import socket
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Never

import pytest

from pipeline.outputs.export import export
from pipeline.record import Claim, Modality, ModalityCue, Span
from tests.outputs.finished import claim, claims_of, money, speaker, write_run

pyld = pytest.importorskip("pyld.jsonld")
SCHEMA, OA, OWN = "https://schema.org/", "http://www.w3.org/ns/oa#", "urn:onrecord:term:"


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> Never:
        raise OSError("a JSON-LD file needs no network")

    monkeypatch.setattr(socket, "create_connection", refuse)


def document(tmp_path: Path, claims: list[Claim], profile: str = "full") -> dict[str, Any]:
    export(write_run(tmp_path / "out", claims), tmp_path / "c.jsonld", profile)  # type: ignore[arg-type]
    found: dict[str, Any] = json.loads((tmp_path / "c.jsonld").read_bytes())
    return found


def expanded(document: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The nodes of the document by the type that is told first."""
    return {node["@type"][0]: node for node in pyld.expand(document)}


def two_segments() -> Claim:
    """A claim that its reporting clause cuts in two, with everything that a claim can hold."""
    parts = (Span(0, 12, "Tariffs rose"), Span(20, 30, "by $12 now"))
    cues = (ModalityCue(0, 3, "may", "hedge"),)
    return claim(
        "a.txt", segments=parts, modality=Modality(False, True, False, True, cues), quantities=(money(),)
    )


def values(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        for key, value in node.items():
            if key not in ("@context", "@type", "type"):
                yield from values(value)
    elif isinstance(node, list):
        for item in node:
            yield from values(item)
    else:
        yield repr(node).replace("oa:", OA)


@pytest.mark.parametrize("profile", ["flat", "full"])
def test_a_processor_expands_the_file_without_loss(profile: str, tmp_path: Path) -> None:
    made = document(tmp_path, [two_segments(), *claims_of(2)], profile)
    assert Counter(values(made)) == Counter(values(pyld.expand(made)))


def test_what_is_expanded_is_compacted_to_the_file_again(tmp_path: Path) -> None:
    made = document(tmp_path, [two_segments(), *claims_of(2)])
    assert pyld.compact(pyld.expand(made), made["@context"], {"graph": True}) == made


def test_every_property_is_of_a_known_vocabulary(tmp_path: Path) -> None:
    def keys(node: Any) -> Iterator[str]:
        if isinstance(node, list):
            for item in node:
                yield from keys(item)
        elif isinstance(node, dict):
            yield from node
            for value in node.values():
                yield from keys(value)

    found = {
        key for key in keys(pyld.expand(document(tmp_path, [two_segments()]))) if not key.startswith("@")
    }
    assert {key for key in found if not key.startswith((SCHEMA, OA, OWN))} == set()
    assert {OA + "hasSelector", SCHEMA + "text", OWN + "claimKey"} <= found


def test_a_claim_has_its_speaker_and_its_article(tmp_path: Path) -> None:
    found = expanded(document(tmp_path, [two_segments()]))[SCHEMA + "Claim"]
    [author] = found[SCHEMA + "author"]
    assert author["@type"] == [SCHEMA + "Person"]
    assert [item["@value"] for item in author[SCHEMA + "jobTitle"]] == ["minister", "mother"]
    assert found[SCHEMA + "appearance"] == [{"@id": f"urn:onrecord:{two_segments().article.article_id}"}]


@pytest.mark.parametrize(
    ("kind", "types"),
    [("direct", {"Claim", "Quotation"}), ("mixed", {"Claim", "Quotation"}), ("indirect", {"Claim"}),
     ("statement", {"Claim"})],
)  # fmt: skip
def test_only_what_stands_in_quotation_marks_is_a_quotation(
    kind: str, types: set[str], tmp_path: Path
) -> None:
    found = expanded(document(tmp_path, [claim("a.txt", kind=kind)]))[SCHEMA + "Claim"]
    assert set(found["@type"]) == {SCHEMA + name for name in types}


def test_each_segment_has_a_position_and_a_quote_selector(tmp_path: Path) -> None:
    targets = expanded(document(tmp_path, [two_segments()]))[OA + "Annotation"][OA + "hasTarget"]
    places = []
    for target in targets:
        position, quote = target[OA + "hasSelector"]
        assert position["@type"] == [OA + "TextPositionSelector"]
        assert quote["@type"] == [OA + "TextQuoteSelector"]
        places.append((position[OA + "start"][0]["@value"], position[OA + "end"][0]["@value"],
                       quote[OA + "exact"][0]["@value"]))  # fmt: skip
    assert places == [(0, 12, "Tariffs rose"), (20, 30, "by $12 now")]


def test_the_words_around_stand_at_the_outer_ends(tmp_path: Path) -> None:
    first, last = expanded(document(tmp_path, [two_segments()]))[OA + "Annotation"][OA + "hasTarget"]
    ends = [[key.removeprefix(OA) for key in target[OA + "hasSelector"][1]] for target in (first, last)]
    assert ("prefix" in ends[0], "suffix" in ends[0]) == (True, False)
    assert ("prefix" in ends[1], "suffix" in ends[1]) == (False, True)


def test_a_claim_without_a_speaker_has_no_author(tmp_path: Path) -> None:
    found = expanded(document(tmp_path, [claim("a.txt", speaker=speaker(None))]))[SCHEMA + "Claim"]
    assert SCHEMA + "author" not in found
    assert found[OWN + "speakerStatus"] == [{"@value": "missing"}]


def test_money_has_its_currency_and_numbers_their_values(tmp_path: Path) -> None:
    [node] = [node for node in document(tmp_path, [claim("a.txt")])["@graph"] if "kind" in node]
    mentioned = {item["type"]: item for item in node["mentions"]}
    assert (mentioned["MonetaryAmount"]["currency"], mentioned["MonetaryAmount"]["value"]) == ("USD", 12.5)
    assert (mentioned["QuantitativeValue"]["unitCode"], mentioned["QuantitativeValue"]["value"]) == ("%", 4)
    assert node["temporalCoverage"] == ["2024-05-03/2024-05-03", "2024-05-01/2024-05-01"]


def test_the_flat_profile_leaves_out_what_a_claim_mentions(tmp_path: Path) -> None:
    made = document(tmp_path, [claim("a.txt")], "flat")
    assert all("mentions" not in node for node in made["@graph"])


@pytest.mark.parametrize(
    "text", ["</script><script>alert(1)</script>", "<!--", "]]>", '"}]}', "\u2028\u202e\\"]
)
def test_hostile_text_neither_ends_a_script_element_nor_changes(text: str, tmp_path: Path) -> None:
    item = replace(claim("a.txt"), text=text)
    made = document(tmp_path, [item])
    assert [node["text"] for node in made["@graph"] if "kind" in node] == [text]
    assert b"<" not in (tmp_path / "c.jsonld").read_bytes()


def test_a_run_without_claims_is_a_document_all_the_same(tmp_path: Path) -> None:
    assert document(tmp_path, [])["@graph"] == []
