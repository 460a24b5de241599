"""The gold records fit their articles, their labels and the contract."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import Any, get_args

import pytest

from pipeline import record
from pipeline.articles import discover, paragraphs, read_file
from pipeline.articles.article import Article

CORPUS = Path(__file__).parents[2] / "corpus"
GOLD = CORPUS / "gold"
NAMES = sorted(path.stem for path in (GOLD / "labels").glob("*.toml"))
QUANTITY_KEYS = [
    "start", "end", "exact", "kind", "value", "low", "high", "modifier", "unit", "per", "unit_code",
    "unit_system", "base_value", "base_unit_code", "of", "change",
]  # fmt: skip

Json = dict[str, Any]


@pytest.fixture(scope="module")
def articles() -> dict[str, Article]:
    pytest.importorskip("trafilatura")
    read = [article for file in discover([str(CORPUS / "articles")]) for article in read_file(file)]
    return {article.source.partition(".")[0]: article for article in read if isinstance(article, Article)}


def claims_of(name: str) -> list[Json]:
    return [json.loads(line) for line in (GOLD / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def article_of(name: str) -> Json:
    found: Json = json.loads((GOLD / f"{name}.article.json").read_text(encoding="utf-8"))
    return found


def spans_in(value: Any) -> list[Json]:
    if isinstance(value, list):
        return [span for item in value for span in spans_in(item)]
    if not isinstance(value, dict):
        return []
    inner = [span for item in value.values() for span in spans_in(item)]
    return [value, *inner] if "exact" in value else inner


def place(span: Json) -> tuple[int, int]:
    return span["start"], span["end"]


def test_every_article_has_gold(articles: dict[str, Article]) -> None:
    assert sorted(articles) == NAMES


def test_the_corpus_has_twenty_five_thousand_words(articles: dict[str, Article]) -> None:
    assert sum(len(article.text.split()) for article in articles.values()) >= 25000


def test_the_gate_is_a_sorted_third_of_the_articles() -> None:
    lines = (CORPUS / "gate.txt").read_text(encoding="utf-8").splitlines()
    gate = [line for line in lines if not line.startswith("#")]
    assert gate == sorted(set(gate) & set(NAMES))
    assert len(gate) == pytest.approx(len(NAMES) / 3, abs=1)


@pytest.mark.parametrize("name", NAMES)
def test_every_span_slices_back(name: str, articles: dict[str, Article]) -> None:
    text = articles[name].text
    for span in spans_in([claims_of(name), article_of(name)]):
        assert text[span["start"] : span["end"]] == span["exact"]


@pytest.mark.parametrize("name", NAMES)
def test_the_gold_is_of_this_text(name: str, articles: dict[str, Article]) -> None:
    assert article_of(name)["text_sha256"] == record.sha256_hex(articles[name].text)


@pytest.mark.parametrize("name", NAMES)
def test_zones_cover_the_text_without_gaps(name: str, articles: dict[str, Article]) -> None:
    zones = article_of(name)["zones"]
    assert zones[0]["start"] == 0
    assert zones[-1]["end"] == len(articles[name].text)
    assert all(left["end"] == right["start"] for left, right in pairwise(zones))
    assert {zone["zone"] for zone in zones} <= set(get_args(record.Zone))


@pytest.mark.parametrize("name", NAMES)
def test_paragraph_numbers_are_those_of_the_reader(name: str, articles: dict[str, Article]) -> None:
    spans = paragraphs(articles[name].text)
    for claim in claims_of(name):
        start, end = spans[claim["paragraph"]]
        assert all(start <= segment["start"] < segment["end"] <= end for segment in claim["segments"])


@pytest.mark.parametrize("name", NAMES)
def test_values_are_those_of_the_contract(name: str) -> None:
    for claim in claims_of(name):
        assert claim["kind"] in get_args(record.ClaimKind)
        assert claim["mode"] in (*get_args(record.Mode), None)
        assert claim["speaker"]["status"] in get_args(record.SpeakerStatus)
        assert claim["speaker"]["mention_type"] in get_args(record.MentionType)
        assert claim["speaker"]["resolution"] in get_args(record.Resolution)
        assert claim["speaker"]["entity_type"] in (*get_args(record.EntityLabel), None)
        assert claim["cue"] is None or claim["cue"]["class"] in get_args(record.CueClass)


@pytest.mark.parametrize("name", NAMES)
def test_quantities_have_the_fields_of_the_contract(name: str) -> None:
    for quantity in article_of(name)["quantities"]:
        assert list(quantity) == QUANTITY_KEYS
        assert quantity["kind"] in get_args(record.QuantityKind)
        assert quantity["modifier"] in get_args(record.QuantityModifier)
        if quantity["modifier"] == "exact":
            assert quantity["value"] == quantity["low"] == quantity["high"]


@pytest.mark.parametrize("name", NAMES)
def test_dates_and_names_have_types_of_the_contract(name: str) -> None:
    article = article_of(name)
    assert {date["type"] for date in article["dates"]} <= set(get_args(record.TimexType))
    assert {date["mod"] for date in article["dates"]} <= {*get_args(record.TimexMod), None}
    assert {entity["label"] for entity in article["entities"]} <= set(get_args(record.EntityLabel))


@pytest.mark.parametrize("name", NAMES)
def test_no_two_claims_have_the_same_segments(name: str) -> None:
    places = [tuple(map(place, claim["segments"])) for claim in claims_of(name)]
    assert len(places) == len(set(places))


@pytest.mark.parametrize("name", NAMES)
def test_a_nested_claim_lies_in_its_outer_claim(name: str) -> None:
    claims = claims_of(name)
    for claim in claims:
        if claim["nested"] is not None:
            outer = claims[claim["nested"]]["segments"]
            for segment in claim["segments"]:
                assert any(o["start"] <= segment["start"] and segment["end"] <= o["end"] for o in outer)


@pytest.mark.parametrize("name", NAMES)
def test_source_and_cue_stand_outside_the_content(name: str) -> None:
    for claim in claims_of(name):
        for span in (claim["cue"], claim["speaker"]["surface"]):
            for segment in claim["segments"] if span else []:
                assert span["end"] <= segment["start"] or segment["end"] <= span["start"]


@pytest.mark.parametrize("name", NAMES)
def test_a_statement_carries_a_quantity_or_a_date(name: str) -> None:
    article = article_of(name)
    carried = [place(item) for item in article["quantities"] + article["dates"]]
    for claim in claims_of(name):
        if claim["kind"] == "statement":
            segments = [place(segment) for segment in claim["segments"]]
            assert any(s <= start and end <= e for s, e in segments for start, end in carried), claim


@pytest.mark.parametrize("name", NAMES)
def test_page_furniture_holds_no_gold(name: str) -> None:
    article = article_of(name)
    furniture = [place(zone) for zone in article["zones"] if zone["zone"] == "furniture"]
    labelled = article["quantities"] + article["dates"] + article["entities"]
    spans = [segment for claim in claims_of(name) for segment in claim["segments"]] + labelled
    assert not [span for span in spans if any(s <= span["start"] < e for s, e in furniture)]
