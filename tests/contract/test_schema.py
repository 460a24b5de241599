"""The schema says what the contract says: the keys below are written by hand from the contract."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from pipeline.articles import article_from_text
from pipeline.batch.options import EngineOptions
from pipeline.contract.schema import FILES, schema
from pipeline.record import to_json
from tests.batch.fake_engine import FakeEngine

SPAN = ["start", "end", "exact"]
ARTICLE = [
    "article_id", "source", "text_sha256", "media_type", "url", "publisher", "title", "authors", "language",
    "date_published", "date_published_source",
]  # fmt: skip
KEYS = {
    "claims": [
        "schema_version", "claim_id", "claim_key", "kind", "mode", "text", "segments", "cue", "speaker",
        "addressee", "said_on", "modality", "entities", "quantities", "dates", "context", "confidence",
        "decided_by", "warnings", "article", "pipeline",
    ],
    "articles": [
        *ARTICLE, "text", "zones", "entities", "quantities", "dates", "claim_ids", "counts", "warnings",
        "pipeline",
    ],
    "errors": ["source", "stage", "code", "message", "exception", "retryable"],
}  # fmt: skip
DEFINITIONS = {
    "Span": SPAN,
    "Cue": [*SPAN, "lemma", "class"],
    "ModalityCue": [*SPAN, "type"],
    "Modality": ["negated", "hedged", "conditional", "question", "cues"],
    "Candidate": ["name", "score"],
    "Speaker": [
        "status", "name", "surface", "mention_type", "canonical_mention", "entity_type", "entity_ref",
        "roles", "affiliation", "resolution", "candidates",
    ],
    "Entity": [*SPAN, "ref", "label", "name", "country"],
    "Change": ["direction", "from", "to"],
    "Quantity": [
        *SPAN, "kind", "value", "low", "high", "modifier", "unit", "per", "unit_code", "unit_system",
        "base_value", "base_unit_code", "of", "change",
    ],
    "Context": ["paragraph", "zone", "prefix", "suffix", "nested_in"],
    "Confidence": ["claim", "speaker"],
    "DecidedBy": ["claim", "speaker"],
    "ArticleInfo": ARTICLE,
    "ModelInfo": ["name", "version"],
    "PipelineInfo": ["tool", "version", "model", "fingerprint"],
}  # fmt: skip
ENUMS = {
    ("claims", "kind"): ["direct", "indirect", "mixed", "statement"],
    ("claims", "mode"): ["speech", "belief", None],
    ("Cue", "class"): [
        "neutral", "assertive", "distancing", "emotive", "commissive", "question", "according_to",
    ],
    ("ModalityCue", "type"): ["hedge", "negation", "conditional", "shield"],
    ("Speaker", "status"): [
        "named", "described", "anonymous", "collective", "document", "generic", "unresolved", "author",
        "missing",
    ],
    ("Speaker", "mention_type"): ["name", "nominal", "pronoun", "none"],
    ("Speaker", "resolution"): ["direct", "coreference", "continuation", "none"],
    ("Entity", "label"): [
        "PERSON", "ORG", "GPE", "LOC", "NORP", "FAC", "EVENT", "PRODUCT", "WORK_OF_ART", "LAW",
    ],
    ("Quantity", "kind"): [
        "count", "money", "percent", "percentage_points", "measure", "fraction", "ratio", "multiple",
        "ordinal", "age", "duration",
    ],
    ("Quantity", "modifier"): [
        "exact", "approximately", "more_than", "less_than", "at_least", "at_most", "range",
    ],
    ("Quantity", "unit_system"): ["ISO4217", "UCUM", None],
    ("Change", "direction"): ["rise", "fall"],
    ("Timex", "type"): ["DATE", "TIME", "DURATION", "SET"],
    ("Timex", "mod"): [
        "APPROX", "START", "MID", "END", "BEFORE", "AFTER", "ON_OR_BEFORE", "ON_OR_AFTER", "LESS_THAN",
        "MORE_THAN", "EQUAL_OR_LESS", "EQUAL_OR_MORE", None,
    ],
    ("Context", "zone"): ["title", "deck", "caption", "body", "furniture"],
    ("ArticleInfo", "date_published_source"): [
        "sidecar", "jsonld", "meta", "byline", "filename", "url", "option", "none",
    ],
}  # fmt: skip


def objects(file: str) -> dict[str, dict[str, Any]]:
    return {file: schema(file), **schema(file)["$defs"]}


@pytest.mark.parametrize("file", FILES)
def test_a_schema_is_itself_valid(file: str) -> None:
    meta = Draft202012Validator(Draft202012Validator.META_SCHEMA)
    assert [error.message for error in meta.iter_errors(schema(file))] == []


@pytest.mark.parametrize("file", FILES)
def test_a_schema_can_be_written_as_json(file: str) -> None:
    assert json.loads(json.dumps(schema(file))) == schema(file)


@pytest.mark.parametrize("file", FILES)
def test_a_line_has_the_keys_of_the_contract_in_its_order(file: str) -> None:
    assert list(schema(file)["properties"]) == KEYS[file]


@pytest.mark.parametrize("name", DEFINITIONS)
def test_a_part_has_the_keys_of_the_contract_in_its_order(name: str) -> None:
    assert list(schema("claims")["$defs"][name]["properties"]) == DEFINITIONS[name]


@pytest.mark.parametrize("file", FILES)
def test_every_key_is_required_and_no_other_allowed(file: str) -> None:
    for part in objects(file).values():
        assert part["required"] == list(part["properties"])
        assert part["additionalProperties"] is False


@pytest.mark.parametrize(("place", "values"), ENUMS.items())
def test_closed_sets_hold_the_values_of_the_contract(
    place: tuple[str, str], values: list[str | None]
) -> None:
    part, key = place
    assert objects("claims")[part]["properties"][key]["enum"] == values


@pytest.mark.parametrize("file", FILES)
def test_every_object_is_described(file: str) -> None:
    assert all(part["description"] for part in objects(file).values())


@pytest.fixture
def claim() -> dict[str, Any]:
    article = article_from_text('The mayor said: "We will plant 300 trees." Nobody believed her at first.')
    _, claims = FakeEngine(EngineOptions()).process(article, include_text=True)
    return to_json(claims[0])


def problems(value: Any) -> list[str]:
    return [error.json_path for error in Draft202012Validator(schema("claims")).iter_errors(value)]


def test_a_claim_of_the_record_types_fits(claim: dict[str, Any]) -> None:
    assert problems(claim) == []


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("claim_id",), "clm_1"),
        (("kind",), "shouted"),
        (("segments",), []),
        (("segments",), None),
        (("cue",), {"start": 0, "end": 1, "exact": "x"}),
        (("context", "paragraph"), -1),
        (("context", "nested_in"), "somewhere"),
        (("said_on",), "yesterday"),
        (("article", "date_published_source"), None),
        (("speaker", "name"), 3),
        (("schema_version",), "9.0.0"),
    ],
)
def test_a_value_outside_the_contract_is_found(
    claim: dict[str, Any], path: tuple[str, ...], value: Any
) -> None:
    broken = copy.deepcopy(claim)
    *parents, key = path
    target = broken
    for parent in parents:
        target = target[parent]
    target[key] = value
    assert problems(broken)


@pytest.mark.parametrize("key", KEYS["claims"])
def test_a_missing_key_is_found(claim: dict[str, Any], key: str) -> None:
    del claim[key]
    assert problems(claim) == ["$"]


def test_a_key_too_many_is_found(claim: dict[str, Any]) -> None:
    claim["mood"] = "good"
    assert problems(claim) == ["$"]
