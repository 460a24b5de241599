from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pipeline.clustering import cluster
from pipeline.errors import ReadError
from pipeline.outputs.sql import load
from pipeline.outputs.tables import CLUSTER_TABLES, SPEAKER_TABLES
from pipeline.record import Claim, claim_key
from tests.outputs.conftest import Database, contents
from tests.outputs.finished import claim, speaker, write_run

SENTENCE = "The port will close its northern gate for two weeks while the crane is mended"


def printed(source: str, day: str, text: str = SENTENCE, name: str = "Ada Moreno") -> Claim:
    """A claim of an article of its own; the words of the source keep the articles' texts apart."""
    made = claim(source, f"{text} ({source})", text=text, claim_key=claim_key(text), speaker=speaker(name))
    return replace(made, article=replace(made.article, date_published=day, publisher=source))


def three() -> list[Claim]:
    """One sentence in three articles, once by a speaker of a shorter name."""
    return [
        printed("a", "2024-05-01"),
        printed("b", "2024-05-02", name="Moreno"),
        printed("c", "2024-05-03"),
    ]


def clustered(folder: Path, claims: list[Claim]) -> Path:
    """A run that has been clustered."""
    run = write_run(folder, claims)
    cluster(run)
    return run


def across(database: Database) -> dict[str, list[tuple[Any, ...]]]:
    """The rows of the tables that clustering fills, where there are any."""
    known = {table.name for table in (*CLUSTER_TABLES, *SPEAKER_TABLES)}
    return {name: rows for name, rows in contents(database).items() if rows and name in known}


def test_a_repeated_claim_is_a_row_that_tells_how_far_it_went(tmp_path: Path, database: Database) -> None:
    load(clustered(tmp_path / "out", three()), database.url)
    columns = "text, first_published, last_published, first_certain, claims, articles, publishers, speakers"
    [(text, *days, certain, claims, articles, publishers, speakers)] = database.query(
        f"SELECT {columns} FROM repeats"
    )
    assert (text, [str(day) for day in days], bool(certain)) == (SENTENCE, ["2024-05-01", "2024-05-03"], True)
    assert (claims, articles, publishers, speakers) == (3, 3, 3, 2)


def test_claims_know_their_cluster(tmp_path: Path, database: Database) -> None:
    load(clustered(tmp_path / "out", three()), database.url)
    found = database.query(
        "SELECT publisher, link, number, similarity FROM claim_clusters "
        "JOIN claims ON claims.claim_id = claim_clusters.claim_id "
        "JOIN articles ON articles.article_id = claims.article_id ORDER BY number"
    )
    assert found == [("a", "first", 0, 1.0), ("b", "verbatim", 1, 1.0), ("c", "verbatim", 2, 1.0)]


def test_names_of_one_speaker_are_one_row_of_the_speakers_view(tmp_path: Path, database: Database) -> None:
    load(write_run(tmp_path / "plain", three()), database.url)
    assert sorted(database.query("SELECT name, claims, speaker_id FROM speakers")) == [
        ("Ada Moreno", 2, None),
        ("Moreno", 1, None),
    ]
    load(clustered(tmp_path / "out", three()), database.url)
    [(name, claims, articles, speaker_id)] = database.query(
        "SELECT name, claims, articles, speaker_id FROM speakers"
    )
    assert (name, claims, articles) == ("Ada Moreno", 3, 3)
    assert database.query("SELECT name FROM joined_speakers WHERE speaker_id = ?", speaker_id) == [(name,)]


def test_a_joined_speaker_has_the_names_and_the_evidence(tmp_path: Path, database: Database) -> None:
    load(clustered(tmp_path / "out", three()), database.url)
    names = database.query("SELECT name, count(*) FROM claim_speakers GROUP BY name ORDER BY name")
    assert names == [("Ada Moreno", 2), ("Moreno", 1)]
    evidence = database.query("SELECT kind, value, articles FROM speaker_evidence ORDER BY number")
    assert ("affiliation", "lagos", 3) in evidence


def test_who_speaks_together_counts_for_each(tmp_path: Path, database: Database) -> None:
    together = printed("a", "2024-05-01", name="Ada Moreno; Bo Li; Bo Li")
    load(clustered(tmp_path / "out", [together]), database.url)
    assert database.query("SELECT name, claims FROM speakers ORDER BY name") == [
        ("Ada Moreno", 1),
        ("Bo Li", 1),
    ]


def test_loading_clusters_twice_changes_no_row(tmp_path: Path, database: Database) -> None:
    run = clustered(tmp_path / "out", three())
    load(run, database.url)
    once = contents(database)
    load(run, database.url)
    assert contents(database) == once


def test_a_cluster_and_a_joined_speaker_go_with_what_they_began_with(
    tmp_path: Path, database: Database
) -> None:
    load(clustered(tmp_path / "out", three()), database.url)
    load(write_run(tmp_path / "again", three()[:1]), database.url)
    assert across(database) == {}


def test_a_claim_that_goes_leaves_its_cluster_and_its_speaker(tmp_path: Path, database: Database) -> None:
    load(clustered(tmp_path / "out", three()), database.url)
    load(write_run(tmp_path / "again", three()[2:]), database.url)
    assert database.query("SELECT claims, articles FROM repeats") == [(2, 2)]
    assert database.query("SELECT claims FROM speakers WHERE speaker_id IS NOT NULL") == [(2,)]


def test_a_newer_clustered_run_leaves_exactly_its_own_clusters(tmp_path: Path, database: Database) -> None:
    load(clustered(tmp_path / "old", three()), database.url)
    newer = clustered(tmp_path / "new", [replace(item, speaker=speaker("Bo Li")) for item in three()])
    load(newer, database.url)
    names = database.query("SELECT DISTINCT name FROM claim_speakers")
    assert (names, len(database.query("SELECT * FROM repeats"))) == ([("Bo Li",)], 1)


def test_clusters_of_another_state_of_the_run_are_refused(tmp_path: Path, database: Database) -> None:
    clustered(tmp_path / "out", three())
    changed = write_run(tmp_path / "out", [replace(item, speaker=speaker("Bo Li")) for item in three()])
    with pytest.raises(ReadError, match="onrecord cluster") as refused:
        load(changed, database.url)
    assert refused.value.code == "E_RUN_CHANGED"
    assert not any(contents(database).values())


@pytest.mark.parametrize("line", ["[]", '{"run_id": "run_0"}', "7"])
def test_lines_that_are_no_clusters_are_refused(line: str, tmp_path: Path) -> None:
    run = write_run(tmp_path / "out", three())
    (run / "clusters.jsonl").write_text(line + "\n")
    with pytest.raises(ReadError):
        load(run, f"sqlite:///{tmp_path / 'claims.db'}")
