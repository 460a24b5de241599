from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from pipeline.articles import article_from_text
from pipeline.batch.options import EngineOptions
from pipeline.contract.quick_checks import fits
from pipeline.contract.schema import FILES, schema
from pipeline.record import to_json
from tests.batch.fake_engine import FakeEngine

KNOWN_KEYWORDS = {
    "$schema", "$id", "$ref", "$defs", "title", "description", "type", "properties", "required",
    "additionalProperties", "items", "anyOf", "enum", "const", "pattern", "minimum", "minItems", "maxItems",
}  # fmt: skip
ARTICLE, CLAIMS = FakeEngine(EngineOptions()).process(
    article_from_text('The mayor said: "We will plant 300 trees." Nobody believed her at first.'),
    include_text=True,
)
RECORDS: dict[str, Any] = {"claims": to_json(CLAIMS[0]), "articles": to_json(ARTICLE)}
VALIDATORS = {file: Draft202012Validator(schema(file)) for file in FILES}
values = st.one_of(
    st.none(), st.booleans(), st.integers(-2, 2), st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from(["", "direct", "speech", "e1", "clm_1", "1.0.0", "2024-01-31"]), st.just([]), st.just({}),
)  # fmt: skip


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        yield (*path, key)
        yield from places(item, (*path, key))


def keywords(part: Any) -> Iterator[str]:
    for key, value in part.items():
        yield key
        inner = value.values() if key in ("properties", "$defs") else value if key == "anyOf" else [value]
        for item in inner:
            if isinstance(item, dict):
                yield from keywords(item)


@pytest.mark.parametrize("file", RECORDS)
def test_a_record_of_our_own_types_fits(file: str) -> None:
    assert fits(file)(RECORDS[file])


@pytest.mark.parametrize("file", FILES)
def test_the_schemas_use_no_keyword_that_the_quick_check_does_not_know(file: str) -> None:
    assert set(keywords(schema(file))) <= KNOWN_KEYWORDS


@pytest.mark.parametrize("file", RECORDS)
@given(data=st.data())
def test_the_quick_check_never_accepts_what_the_validator_refuses(file: str, data: st.DataObject) -> None:
    record = copy.deepcopy(RECORDS[file])
    *parents, key = data.draw(st.sampled_from(list(places(record))))
    target = record
    for parent in parents:
        target = target[parent]
    target[key] = data.draw(values)
    assert VALIDATORS[file].is_valid(record) or not fits(file)(record)


@pytest.mark.parametrize("file", RECORDS)
@given(data=st.data())
def test_a_lost_key_is_noticed_wherever_it_is(file: str, data: st.DataObject) -> None:
    record = copy.deepcopy(RECORDS[file])
    keyed = [path for path in places(record) if isinstance(path[-1], str)]
    *parents, key = data.draw(st.sampled_from(keyed))
    target = record
    for parent in parents:
        target = target[parent]
    del target[key]
    assert not fits(file)(record)


@pytest.mark.parametrize("value", [None, [], "text", 3])
def test_what_is_no_object_does_not_fit(value: Any) -> None:
    assert not fits("errors")(value)
