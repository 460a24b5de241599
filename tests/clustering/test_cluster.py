from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from pipeline.clustering import cluster
from pipeline.commands import app
from pipeline.record import Claim, Entity
from tests.outputs.finished import article, claim, money, speaker, write_run

SENTENCE = "The port will close its northern gate for two weeks while the crane is mended"


def printed(source: str, day: str, text: str = SENTENCE, name: str = "Ada Moreno", **changes: Any) -> Claim:
    """A claim of an article of its own; the words of the source keep the articles' texts apart."""
    made = claim(source, f"{text} ({source})", text=text, speaker=speaker(name), **changes)
    key = claim(source, text).claim_key
    return replace(
        made, claim_key=key, article=replace(made.article, date_published=day, publisher=source[0].upper())
    )


@pytest.fixture
def run(tmp_path: Path) -> Path:
    """Three articles with one sentence, the last of them with fewer words of it, and one with other words."""
    claims = [
        printed("b.txt", "2024-05-02"),
        printed("a.txt", "2024-05-01"),
        printed("c.txt", "2024-05-03", SENTENCE.removesuffix(" is mended"), "Moreno"),
        printed("d.txt", "2024-05-04", "Nobody has seen the ferry since it sailed \x1b[2J", "Bo Li"),
    ]
    named = Entity(0, 5, "Eva Noor", "e2", "PERSON", "Eva Noor", None)
    articles = [replace(article([item]), entities=(named,)) for item in claims]
    return write_run(tmp_path / "out", claims, articles)


def lines(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_bytes().splitlines()]


def test_a_cluster_tells_where_its_claim_appeared_first(run: Path) -> None:
    cluster(run)
    [found] = lines(run / "clusters.jsonl")
    assert (found["claims"], found["articles"], found["publishers"]) == (3, 3, ["A", "B", "C"])
    assert (found["first"]["source"], found["first"]["certain"]) == ("a.txt", True)
    assert found["last_published"] == "2024-05-03"
    assert [member["link"] for member in found["members"]] == ["first", "verbatim", "near"]


def test_speakers_are_joined_over_articles_with_the_evidence(run: Path) -> None:
    cluster(run)
    found = {record["name"]: record for record in lines(run / "speakers.jsonl")}
    assert set(found) == {"Ada Moreno", "Bo Li"}
    moreno = found["Ada Moreno"]
    assert (moreno["articles"], moreno["names"][0]) == (3, {"name": "Ada Moreno", "articles": 2})
    assert {"quote", "role", "affiliation", "name"} <= {item["kind"] for item in moreno["evidence"]}
    assert {"kind": "affiliation", "value": "lagos", "articles": 3} in moreno["evidence"]


def test_those_who_share_a_name_and_are_two_point_to_each_other(tmp_path: Path) -> None:
    one, other = (printed(f"{name}.txt", "2024-05-01", f"Words of {name} alone") for name in "ab")
    other = replace(other, speaker=replace(other.speaker, roles=(), affiliation="Oslo"))
    one = replace(one, speaker=replace(one.speaker, roles=(), affiliation="Lagos"))
    cluster(write_run(tmp_path / "out", [one, other]))
    first, second = lines(tmp_path / "out" / "speakers.jsonl")
    assert (first["namesakes"], second["namesakes"]) == ([second["speaker_id"]], [first["speaker_id"]])


def test_those_who_speak_together_are_two_speakers(tmp_path: Path) -> None:
    item = printed("a.txt", "2024-05-01", name="Ada Moreno; Bo Li")
    cluster(write_run(tmp_path / "out", [item]))
    assert {record["name"] for record in lines(tmp_path / "out" / "speakers.jsonl")} == {
        "Ada Moreno",
        "Bo Li",
    }


def test_every_line_has_the_same_keys(run: Path) -> None:
    cluster(run)
    for name in ("clusters.jsonl", "speakers.jsonl"):
        assert len({tuple(record) for record in lines(run / name)}) == 1


def test_the_same_run_gives_the_same_bytes_and_stays_valid(run: Path, tmp_path: Path) -> None:
    before = {file.name: file.read_bytes() for file in run.iterdir()}
    cluster(run, tmp_path / "one")
    cluster(run, tmp_path / "two")
    written = [
        {file.name: file.read_bytes() for file in (tmp_path / name).iterdir()} for name in ("one", "two")
    ]
    assert written[0] == written[1]
    assert set(written[0]) == {"clusters.jsonl", "speakers.jsonl"}
    assert {file.name: file.read_bytes() for file in run.iterdir()} == before


def test_a_run_without_claims_has_no_clusters(tmp_path: Path) -> None:
    found = cluster(write_run(tmp_path / "out", []))
    assert (found.clusters, found.speakers) == ([], [])


def onrecord(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["cluster", *map(str, arguments)], env={"COLUMNS": "200"})


def test_the_verb_shows_the_most_repeated_claims(run: Path) -> None:
    result = onrecord(run)
    assert result.exit_code == 0
    assert SENTENCE in " ".join(result.stdout.split())
    assert "1 claim in more than one article, 3 times in all" in result.stderr
    assert "2 speakers, 1 of them in more than one article" in result.stderr


def test_a_claim_cannot_steer_the_terminal(tmp_path: Path) -> None:
    claims = [printed(f"{name}.txt", "2024-05-01", SENTENCE + " \x1b[2J") for name in "ab"]
    assert "\x1b" not in onrecord(write_run(tmp_path / "out", claims)).stdout


def test_a_folder_that_cannot_be_written_is_one_line(run: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    result = onrecord(run, "--out", tmp_path / "file" / "inside")
    assert result.exit_code == 1
    assert "[E_CLUSTER]" in result.stderr


def test_without_the_extra_the_way_to_install_it_is_told(run: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "datasketch", None)
    result = onrecord(run)
    assert result.exit_code == 2
    assert "pip install 'onrecord[cluster]'" in result.stderr


def hostile() -> Iterator[list[Claim]]:
    """Runs that would take long if anything were compared with everything."""
    template = "It was {} degrees in the town on the river at noon"
    yield [printed(f"{n}.txt", "2024-05-01", template.format(n), quantities=(money(n),)) for n in range(400)]
    yield [printed(f"{n}.txt", "2024-05-01", "a b c d e f g " * 20, "Smith") for n in range(400)]
    yield [printed("a.txt", "2024-05-01", "x " * 20_000, "J. " * 5_000 + "Smith")]


@pytest.mark.timeout(60)
@pytest.mark.parametrize("claims", list(hostile()), ids=["one template", "one sentence", "long names"])
def test_hostile_runs_end_soon(claims: list[Claim], tmp_path: Path) -> None:
    assert cluster(write_run(tmp_path / "out", claims)).speakers
