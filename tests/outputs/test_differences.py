from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner, Result

from pipeline.commands import app
from pipeline.outputs.differences import Difference, differences
from pipeline.record import Claim, Confidence, Span, claim_id, claim_key
from tests.outputs.finished import TEXT, article, claim, money, percent, speaker, write_run

LONG = "The harbour lost four million crowns, and the harbour master said that it would lose more next year."


def part(start: int, end: int, *, text: str = LONG, source: str = "a.txt", **changes: Any) -> Claim:
    """A claim that is a part of its article."""
    made = claim(source, text)
    segments = (Span(start, end, text[start:end]),)
    words = text[start:end]
    identifier = claim_id(made.article.text_sha256, segments)
    return replace(
        made, claim_id=identifier, claim_key=claim_key(words), text=words, segments=segments, **changes
    )


def runs(tmp_path: Path, before: list[Claim], after: list[Claim]) -> tuple[Path, Path]:
    folders = []
    for name, claims in (("before", before), ("after", after)):
        by_article: dict[str, list[Claim]] = {}
        for item in claims:
            by_article.setdefault(item.article.article_id, []).append(item)
        folders.append(write_run(tmp_path / name, claims, [article(some) for some in by_article.values()]))
    return folders[0], folders[1]


def compared(tmp_path: Path, before: list[Claim], after: list[Claim], **options: Any) -> list[Difference]:
    return list(differences(*runs(tmp_path, before, after), **options))


def told(found: list[Difference]) -> list[tuple[str, str]]:
    return [(item.change, item.claim["text"]) for item in found]


def test_equal_runs_do_not_differ(tmp_path: Path) -> None:
    claims = [part(0, 36), part(42, 99), claim("b.txt")]
    assert compared(tmp_path, claims, claims) == []


def test_new_and_gone_claims_are_told(tmp_path: Path) -> None:
    found = compared(tmp_path, [part(0, 36)], [part(42, 99)])
    assert told(found) == [("new", LONG[42:99]), ("gone", LONG[0:36])]


def test_articles_that_only_one_run_has_are_new_or_gone(tmp_path: Path) -> None:
    found = compared(tmp_path, [claim("a.txt", "One.")], [claim("b.txt", "Two.")])
    assert sorted(told(found)) == [("gone", "One."), ("new", "Two.")]


@pytest.mark.parametrize(("start", "end"), [(0, 36), (4, 36), (0, 40)])
def test_another_speaker_is_told_even_where_the_borders_moved(start: int, end: int, tmp_path: Path) -> None:
    after = part(start, end, speaker=speaker("Bo Li"))
    [found] = compared(tmp_path, [part(0, 36)], [after])
    assert found.change == "speaker"
    assert found.fields["speaker.name"] == ("Ada Moreno", "Bo Li")


def test_other_fields_are_told_with_both_values(tmp_path: Path) -> None:
    before, after = part(0, 36, quantities=(money(),)), part(0, 36, quantities=(percent(),), mode="belief")
    [found] = compared(tmp_path, [before], [after])
    assert (found.change, set(found.fields)) == ("changed", {"quantities", "mode"})
    assert found.fields["mode"] == ("speech", "belief")


@pytest.mark.parametrize("field", ["confidence", "confidence.claim"])
def test_fields_that_are_ignored_do_not_count(field: str, tmp_path: Path) -> None:
    after = part(0, 36, confidence=Confidence(0.1, None))
    assert compared(tmp_path, [part(0, 36)], [after], ignore=[field]) == []


def test_claims_that_share_little_are_two(tmp_path: Path) -> None:
    found = compared(tmp_path, [part(0, 36)], [part(30, 99)])
    assert [item.change for item in found] == ["new", "gone"]


def test_a_claim_has_one_partner_the_closest(tmp_path: Path) -> None:
    found = compared(tmp_path, [part(0, 60)], [part(0, 58), part(0, 50)])
    assert told(found) == [("changed", LONG[0:58]), ("new", LONG[0:50])]


def test_the_same_place_wins_over_an_overlap(tmp_path: Path) -> None:
    before = [part(0, 60), part(0, 50)]
    found = compared(tmp_path, before, [part(0, 50)])
    assert told(found) == [("gone", LONG[0:60])]


def test_where_the_text_has_changed_claims_of_the_same_words_are_one(tmp_path: Path) -> None:
    edited = "Corrected. " + LONG
    after = [part(11, 47, text=edited), part(53, 110, text=edited, speaker=speaker("Bo Li"))]
    found = compared(tmp_path, [part(0, 36), part(42, 99)], after)
    assert [(item.change, item.claim["text"]) for item in found] == [("speaker", LONG[42:99])]


def test_metadata_and_versions_are_no_difference(tmp_path: Path) -> None:
    before = claim("a.txt")
    pipeline = replace(before.pipeline, version="9", fingerprint="e" * 16)
    after = replace(before, pipeline=pipeline, article=replace(before.article, title="Other"))
    assert compared(tmp_path, [before], [after]) == []


spans = st.tuples(st.integers(0, 40), st.integers(1, 50)).map(lambda pair: (pair[0], pair[0] + pair[1]))


@settings(max_examples=40)
@given(before=st.lists(spans, unique=True, max_size=8), after=st.lists(spans, unique=True, max_size=8))
def test_each_claim_is_paired_new_or_gone_exactly_once(
    before: list[tuple[int, int]], after: list[tuple[int, int]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    old, new = [part(*span) for span in before], [part(*span) for span in after]
    found = compared(tmp_path_factory.mktemp("runs"), old, new)
    counts = {change: sum(item.change == change for item in found) for change in ("new", "gone")}
    assert len(new) - counts["new"] == len(old) - counts["gone"]
    for ids in ([item.before_id for item in found], [item.after_id for item in found]):
        known = [identifier for identifier in ids if identifier]
        assert len(known) == len(set(known))


def onrecord(tmp_path: Path, *options: str) -> Result:
    before, after = runs(tmp_path, [claim("a.txt")], [claim("a.txt", speaker=speaker("Bo \x07Li"))])
    return CliRunner().invoke(app, ["diff", str(before), str(after), *options])


def test_a_difference_is_no_failure_unless_it_is_asked_for(tmp_path: Path) -> None:
    assert onrecord(tmp_path).exit_code == 0


def test_with_the_flag_a_difference_exits_with_1(tmp_path: Path) -> None:
    result = onrecord(tmp_path, "--exit-code")
    assert result.exit_code == 1
    assert "0 new, 0 gone, 1 speaker, 0 changed" in result.stderr


def test_with_the_flag_equal_runs_exit_with_0(tmp_path: Path) -> None:
    before, _ = runs(tmp_path, [claim("a.txt")], [claim("a.txt")])
    result = CliRunner().invoke(app, ["diff", str(before), str(before), "--exit-code"])
    assert (result.exit_code, result.stdout) == (0, "")


def test_lines_name_the_claim_and_both_values(tmp_path: Path) -> None:
    shown = onrecord(tmp_path).stdout
    assert shown.startswith(f"speaker  a.txt  Bo \ufffdLi: {TEXT}")
    assert "    speaker.name: Ada Moreno → Bo \ufffdLi\n" in shown


def test_json_lines_hold_both_values(tmp_path: Path) -> None:
    record = json.loads(onrecord(tmp_path, "--json").stdout)
    assert (record["change"], record["source"]) == ("speaker", "a.txt")
    assert record["fields"]["speaker.name"] == {"before": "Ada Moreno", "after": "Bo \x07Li"}


def test_a_run_that_is_not_there_is_wrong_usage(tmp_path: Path) -> None:
    assert CliRunner().invoke(app, ["diff", str(tmp_path), str(tmp_path)]).exit_code == 2
