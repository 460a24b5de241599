from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline.articles import article_from_text
from pipeline.batch.options import EngineOptions
from pipeline.contract.validation import validate_path
from pipeline.errors import ConfigurationError
from pipeline.outputs.jsonl import write_records
from pipeline.record import to_json
from tests.batch.fake_engine import FakeEngine

TEXT = 'The mayor said: "We will plant 300 trees." The gardener said: "We have no water for them."'


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """A valid folder: one article, two claims, no errors."""
    folder = tmp_path / "out"
    folder.mkdir()
    engine = FakeEngine(EngineOptions())
    article, claims = engine.process(article_from_text(TEXT, source="a.txt"), include_text=True)
    for name, records in (("claims", claims), ("articles", (article,)), ("errors", ())):
        with (folder / f"{name}.jsonl").open("wb") as stream:
            write_records(stream, records)
    return folder


def change(file: Path, line: int, edit: Callable[[dict[str, Any]], object]) -> None:
    rows = [json.loads(row) for row in file.read_bytes().splitlines()]
    edit(rows[line - 1])
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def messages(path: Path, **options: Path) -> list[str]:
    return [message.removeprefix(str(path) + "/") for message in validate_path(path, **options)]


def test_a_valid_folder_gives_no_message(out: Path) -> None:
    assert messages(out) == []


def test_a_valid_file_alone_gives_no_message(out: Path) -> None:
    assert list(validate_path(out / "claims.jsonl")) == []


@pytest.mark.parametrize(
    ("edit", "told"),
    [
        (lambda c: c.pop("mode"), "'mode' is a required property"),
        (lambda c: c.update(kind="rumour"), "$.kind: 'rumour' is not one of"),
        (lambda c: c["segments"][0].update(exact="W"), "claims.jsonl:2: $.segments[0]: the text has"),
        (lambda c: c.update(addressee={"start": 3, "end": 999, "exact": "x"}), "does not lie in a text"),
        (lambda c: c["segments"][0].update(end=80), "claim_id does not come from"),
        (lambda c: c["context"].update(nested_in="clm_" + "0" * 32), "is no claim of the same article"),
        (lambda c: c["speaker"].update(entity_ref="e7"), "entity reference e7 is no entity"),
        (lambda c: c["article"].update(article_id="art_" + "0" * 32), "is not among the articles"),
    ],
)
def test_a_breach_in_a_claim_is_told_with_its_line(
    out: Path, edit: Callable[[dict[str, Any]], object], told: str
) -> None:
    change(out / "claims.jsonl", 2, edit)
    found = messages(out)
    assert any(
        message.startswith("claims.jsonl:2: ") and told.removeprefix("claims.jsonl:2: ") in message
        for message in found
    )


@pytest.mark.parametrize(
    ("edit", "told"),
    [
        (lambda a: a.update(text=a["text"] + " "), "text_sha256 is not the hash of the text"),
        (lambda a: a.update(article_id="art_" + "0" * 32), "article_id does not come from text_sha256"),
        (lambda a: a["claim_ids"].append(a["claim_ids"][0]), "claim_ids holds an id twice"),
        (lambda a: a["claim_ids"].append("clm_" + "1" * 32), "which is not among the claims"),
        (lambda a: a["claim_ids"].pop(), "claim_id is not among the claim_ids"),
        (lambda a: a["zones"][0].update(end=10_000), "does not lie in a text"),
    ],
)
def test_a_breach_in_an_article_is_told(
    out: Path, edit: Callable[[dict[str, Any]], object], told: str
) -> None:
    change(out / "articles.jsonl", 1, edit)
    assert any(told in message for message in messages(out))


def test_a_repeated_key_is_told(out: Path) -> None:
    file = out / "claims.jsonl"
    file.write_bytes(file.read_bytes() * 2)
    assert [message for message in messages(out) if "stand in an earlier line too" in message] != []


def test_a_line_that_is_not_json_is_told_and_the_rest_checked(out: Path) -> None:
    file = out / "claims.jsonl"
    first, second = file.read_bytes().splitlines(keepends=True)
    file.write_bytes(first + b'{"claim_id": NaN}\n' + second)
    (message,) = messages(out)
    assert message.startswith("claims.jsonl:2: not JSON")


def test_spans_are_checked_against_the_input_where_articles_carry_no_text(out: Path, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(TEXT, encoding="utf-8")
    change(out / "articles.jsonl", 1, lambda article: article.update(text=None))
    change(out / "claims.jsonl", 1, lambda claim: claim["segments"][0].update(exact="W"))
    assert messages(out) == []
    assert any("the text has" in message for message in messages(out, source=tmp_path / "in"))


def test_files_of_a_split_run_are_checked_together(out: Path) -> None:
    first, second = (out / "claims.jsonl").read_bytes().splitlines(keepends=True)
    (out / "claims.jsonl").unlink()
    (out / "claims-00000-of-00002.jsonl").write_bytes(first)
    (out / "claims-00001-of-00002.jsonl").write_bytes(second)
    (out / "articles.jsonl").rename(out / "articles-00000-of-00001.jsonl")
    assert messages(out) == []


@pytest.mark.parametrize("value", [[], 3, "text", None])
def test_a_line_that_is_no_object_is_told(out: Path, value: object) -> None:
    (out / "errors.jsonl").write_text(json.dumps(value) + "\n")
    assert any("is not of type 'object'" in message for message in messages(out))


def test_a_path_without_records_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="nothing to check"):
        validate_path(tmp_path)


def test_a_missing_path_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="no such file"):
        validate_path(tmp_path / "nowhere")


def test_a_record_type_and_its_schema_agree_on_every_field(out: Path) -> None:
    engine = FakeEngine(EngineOptions())
    article, _ = engine.process(article_from_text(TEXT), include_text=True)
    assert list(to_json(article)) == list(json.loads((out / "articles.jsonl").read_bytes()))
