from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import ConfigurationError, OnrecordError, ReadError
from pipeline.evaluation import read_labels, select
from pipeline.evaluation.annotations import SpeakerLabel
from pipeline.record import Span
from tests.evaluation.labels import GOLD

SEGMENT = {"start": 0, "end": 2, "exact": "We"}
CLAIM: dict[str, Any] = {"kind": "direct", "segments": [SEGMENT]}
ARTICLE: dict[str, Any] = {
    "source": "a.txt",
    "text_sha256": "c" * 64,
    "entities": [{"start": 3, "end": 6, "exact": "Ada", "label": "PERSON"}],
    "quantities": [{"start": 7, "end": 8, "exact": "4", "kind": "count", "value": 4, "of": SEGMENT}],
    "dates": [],
}


def write_lines(path: Path, *values: Any) -> Path:
    path.write_text("".join(json.dumps(value) + "\n" for value in values), encoding="utf-8")
    return path


def in_article(claim: dict[str, Any]) -> dict[str, Any]:
    return {**claim, "article": {"source": "a.txt", "text_sha256": "c" * 64}}


def test_a_gold_folder_gives_claims_and_article_layers(tmp_path: Path) -> None:
    write_lines(tmp_path / "a.article.json", ARTICLE)
    write_lines(tmp_path / "a.jsonl", CLAIM)
    (labels,) = read_labels(tmp_path)
    assert labels.layers == {"claims", "entities", "quantities", "dates"}
    assert labels.claims[0].segments == (Span(0, 2, "We"),)
    assert labels.quantities[0].of == Span(0, 2, "We")


def test_gold_without_a_claims_file_has_no_claims_layer(tmp_path: Path) -> None:
    write_lines(tmp_path / "a.article.json", ARTICLE)
    assert "claims" not in read_labels(tmp_path)[0].layers


def test_a_run_folder_joins_claims_with_their_articles(tmp_path: Path) -> None:
    write_lines(tmp_path / "claims.jsonl", in_article(CLAIM))
    write_lines(tmp_path / "articles.jsonl", ARTICLE, {**ARTICLE, "source": "b.txt", "text_sha256": "d" * 64})
    first, second = read_labels(tmp_path)
    assert (len(first.claims), len(second.claims)) == (1, 0)
    assert "claims" in second.layers


def test_sharded_files_are_read_too(tmp_path: Path) -> None:
    write_lines(tmp_path / "claims-00000-of-00002.jsonl", in_article(CLAIM))
    write_lines(tmp_path / "claims-00001-of-00002.jsonl", in_article(CLAIM))
    assert len(read_labels(tmp_path)[0].claims) == 2


def test_a_single_claims_file_has_claims_only(tmp_path: Path) -> None:
    path = write_lines(tmp_path / "mine.jsonl", in_article(CLAIM))
    assert read_labels(path)[0].layers == {"claims"}


def test_a_single_articles_file_has_the_other_layers(tmp_path: Path) -> None:
    path = write_lines(tmp_path / "mine.jsonl", {**ARTICLE, "claim_ids": []})
    assert read_labels(path)[0].layers == {"entities", "quantities", "dates"}


def test_several_spans_of_a_cue_are_kept(tmp_path: Path) -> None:
    claim = in_article({**CLAIM, "cue": [SEGMENT, {"start": 9, "end": 10, "exact": "x"}]})
    assert len(read_labels(write_lines(tmp_path / "c.jsonl", claim))[0].claims[0].cue) == 2


def test_a_claim_without_speaker_says_that_it_gives_none(tmp_path: Path) -> None:
    claim = read_labels(write_lines(tmp_path / "c.jsonl", in_article(CLAIM)))[0].claims[0]
    assert claim.speaker == SpeakerLabel("missing")
    assert "speaker" not in claim.given


@pytest.mark.parametrize(
    "line",
    [
        [],
        {"kind": "direct"},
        {**CLAIM, "segments": []},
        {**CLAIM, "segments": [{"start": 0}]},
        {**CLAIM, "segments": 7},
        {**CLAIM, "segments": [7]},
        {**CLAIM, "segments": [{"start": None, "end": 2, "exact": "We"}]},
        {**CLAIM, "segments": [{"start": "x", "end": 2, "exact": "We"}]},
        {**CLAIM, "speaker": "Ada"},
        {**CLAIM, "kind": []},
        {**CLAIM, "speaker": {"name": 3}},
        {**CLAIM, "modality": "never"},
        {"segments": [SEGMENT]},
    ],
)
def test_a_line_that_is_no_claim_is_told_with_its_place(tmp_path: Path, line: Any) -> None:
    value = in_article(line) if isinstance(line, dict) else line
    with pytest.raises(ReadError, match=r"c\.jsonl:1"):
        read_labels(write_lines(tmp_path / "c.jsonl", value))


@pytest.mark.parametrize(
    "article",
    [
        {**ARTICLE, "dates": 3},
        {**ARTICLE, "dates": [{"start": 1}]},
        {**ARTICLE, "dates": [[]]},
        {**ARTICLE, "quantities": [{**SEGMENT, "kind": "count", "value": "4"}]},
        {**ARTICLE, "source": None},
        {**ARTICLE, "text_sha256": 5},
        {},
        ["a"],
    ],
)
def test_an_article_of_the_wrong_shape_is_told_with_its_file(tmp_path: Path, article: Any) -> None:
    with pytest.raises(ReadError, match="articles"):
        read_labels(write_lines(tmp_path / "a.article.json", article).rename(tmp_path / "articles.jsonl"))


def test_a_broken_line_is_told_with_its_number(tmp_path: Path) -> None:
    (tmp_path / "c.jsonl").write_text("{]\n", encoding="utf-8")
    with pytest.raises(ReadError, match=r"c\.jsonl:1: not JSON"):
        read_labels(tmp_path / "c.jsonl")


def test_a_broken_gold_file_is_told_by_name(tmp_path: Path) -> None:
    (tmp_path / "a.article.json").write_text("{]", encoding="utf-8")
    with pytest.raises(ReadError, match=r"a\.article\.json: not JSON"):
        read_labels(tmp_path)


@pytest.mark.parametrize("name", ["nowhere", "."])
def test_a_path_without_claims_or_gold_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(ConfigurationError):
        read_labels(tmp_path / name)


def test_furniture_is_read_from_the_zones(tmp_path: Path) -> None:
    zones = [{"start": 0, "end": 9, "zone": "body"}, {"start": 9, "end": 12, "zone": "furniture"}]
    write_lines(tmp_path / "a.article.json", {**ARTICLE, "zones": zones})
    assert read_labels(tmp_path)[0].furniture == ((9, 12),)


@pytest.mark.parametrize("name", ["bridge.txt", "bridge"])
def test_an_article_is_selected_by_source_or_stem(name: str) -> None:
    assert select([GOLD], frozenset((name,))) == (GOLD,)


def test_listed_articles_can_be_left_out() -> None:
    other = replace(GOLD, source="news/harbour.html.gz")
    assert select([GOLD, other], frozenset(("harbour",)), leave_out=True) == (GOLD,)


def test_a_listed_article_without_gold_is_an_error() -> None:
    with pytest.raises(OnrecordError, match="nowhere"):
        select([GOLD], frozenset(("nowhere",)))
