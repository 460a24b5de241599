from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.clustering import cluster
from pipeline.errors import ReadError
from pipeline.outputs.report import write_report
from pipeline.record import Claim, Span
from tests.outputs.finished import claim, speaker, write_run
from tests.outputs.report import samples
from tests.outputs.report.test_report import Page, test_every_link_leads_to_a_page_and_a_place_in_it


def said(number: int, name: str, *, affiliation: str = "Lagos") -> Claim:
    """A claim of an article of its own."""
    made = claim(f"a{number}.txt", f"It is number {number}.", speaker=speaker(name))
    roles = made.speaker.roles if affiliation == "Lagos" else ()
    return replace(made, speaker=replace(made.speaker, affiliation=affiliation, roles=roles))


def report(folder: Path, claims: list[Claim], *, clustered: bool = True) -> dict[str, str]:
    """The words of the speakers' pages, by their headings and places."""
    run = write_run(folder / "run", claims)
    if clustered:
        cluster(run)
    write_report(run, folder / "report", samples.own_text)
    test_every_link_leads_to_a_page_and_a_place_in_it(folder / "report")
    return {file.stem: Page(file).text for file in sorted((folder / "report" / "speakers").glob("*.html"))}


def moreno() -> list[Claim]:
    """One person under two names, by what the articles tell."""
    return [said(1, "Ada Moreno"), said(2, "Moreno"), said(3, "Ada Moreno")]


def test_names_of_one_speaker_share_a_page(tmp_path: Path) -> None:
    [(place, words)] = report(tmp_path, moreno()).items()
    assert place.startswith("ada-moreno-")
    assert "3 claims in 3 articles" in words
    assert "In the articles: Ada Moreno (2), Moreno (1)." in words


def test_a_page_tells_why_its_articles_speak_of_one(tmp_path: Path) -> None:
    [words] = report(tmp_path, moreno()).values()
    assert "affiliation lagos 3" in words


def test_single_words_of_a_role_are_no_evidence_of_their_own(tmp_path: Path) -> None:
    titled = [
        replace(item, speaker=replace(item.speaker, roles=(Span(0, 14, "Prime Minister"),)))
        for item in moreno()
    ]
    [words] = report(tmp_path, titled).values()
    assert "role prime minister 3" in words
    assert "role prime 3" not in words


def test_without_clusters_each_name_has_a_page(tmp_path: Path) -> None:
    assert len(report(tmp_path, moreno(), clustered=False)) == 2


def test_two_people_of_one_name_have_two_pages_that_name_each_other(tmp_path: Path) -> None:
    pages = report(tmp_path, [said(1, "Ada Moreno"), said(2, "Ada Moreno", affiliation="Oslo")])
    assert len(pages) == 2
    assert all("Of the same name, and kept apart: Ada Moreno" in words for words in pages.values())
    assert sum("(Oslo)" in words for words in pages.values()) == 1


@pytest.mark.parametrize("clustered", [True, False])
def test_who_speaks_together_has_the_claim_on_each_page(clustered: bool, tmp_path: Path) -> None:
    pages = report(tmp_path, [said(1, "Ada Moreno; Bo Li")], clustered=clustered)
    assert [place.rpartition("-")[0] for place in pages] == ["ada-moreno", "bo-li"]
    assert all("1 claim in 1 article" in words for words in pages.values())
    assert ["minister" in words for words in pages.values()] == [True, False]


def test_the_overview_counts_joined_speakers_once(tmp_path: Path) -> None:
    report(tmp_path, moreno())
    assert "speakers with a name 1" in Page(tmp_path / "report" / "index.html").text


def test_a_claim_is_found_by_the_fuller_name_of_its_speaker(tmp_path: Path) -> None:
    report(tmp_path, moreno())
    terms = (tmp_path / "report" / "search" / "terms-0.js").read_text(encoding="utf-8")
    assert '"@ada":[0,1,1]' in terms


def test_speakers_of_another_state_of_the_run_are_refused(tmp_path: Path) -> None:
    cluster(write_run(tmp_path / "run", moreno()))
    changed = write_run(tmp_path / "run", moreno()[:2])
    with pytest.raises(ReadError, match="onrecord cluster"):
        write_report(changed, tmp_path / "report", samples.own_text)
