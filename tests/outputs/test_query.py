from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from pipeline.commands import app
from pipeline.commands.query import HasChoice, KindChoice
from pipeline.contract.schema import schema
from pipeline.errors import ConfigurationError
from pipeline.outputs.selection import Selection, first_day, last_day, words
from pipeline.record import Claim, Confidence, to_json
from tests.outputs.finished import claim, money, percent, speaker, write_run


def found(wanted: Selection, item: Claim) -> bool:
    return wanted.takes(to_json(item))


def published(date: str | None) -> Claim:
    """A claim of which nothing but the day of publication is known."""
    made = claim("a.txt", said_on=None)
    return replace(made, article=replace(made.article, date_published=date))


@pytest.mark.parametrize("asked", ["moreno", "ADA", "Móreno", "moreno ada", "ada-moreno"])
def test_a_speaker_is_found_by_words_of_the_name(asked: str) -> None:
    assert found(Selection(speaker=words(asked)), claim("a.txt", speaker=speaker("Ada Moreno")))


@pytest.mark.parametrize("name", ["Lech Wałęsa", "LECH WALESA", "Wale\u0328sa"])
def test_accents_and_strokes_do_not_matter(name: str) -> None:
    assert found(Selection(speaker=words("Walesa")), claim("a.txt", speaker=speaker(name)))


@pytest.mark.parametrize("asked", ["more", "moreno silva", "Lagos"])
def test_other_words_find_nobody(asked: str) -> None:
    assert not found(Selection(speaker=words(asked)), claim("a.txt", speaker=speaker("Ada Moreno")))


def test_nobody_is_not_found_by_a_name() -> None:
    assert not found(Selection(speaker=words("missing")), claim("a.txt", speaker=speaker(None)))


@pytest.mark.parametrize(
    ("since", "until", "is_found"),
    [("2024", None, True), ("2024-05-04", None, False), (None, "2024-05", True), (None, "2024-05-02", False),
     ("2024-05-03", "2024-05-03", True)],
)  # fmt: skip
def test_days_are_inclusive(since: str | None, until: str | None, is_found: bool) -> None:
    wanted = Selection(since=since and first_day(since), until=until and last_day(until))
    assert found(wanted, published("2024-05-03T23:59:00Z")) is is_found


def test_the_day_on_which_it_was_said_comes_before_that_of_publication() -> None:
    item = replace(published("2024-05-03"), said_on="2010-01-01")
    assert not found(Selection(since="2024-01-01"), item)


def test_what_has_no_day_is_not_found_by_one() -> None:
    assert not found(Selection(since="0001-01-01"), published(None))


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [("2024", "2024-01-01", "2024-12-31"), ("2024-02", "2024-02-01", "2024-02-29"),
     ("2023-02-03", "2023-02-03", "2023-02-03")],
)  # fmt: skip
def test_years_and_months_stand_for_their_days(written: str, first: str, last: str) -> None:
    assert (first_day(written), last_day(written)) == (first, last)


@pytest.mark.parametrize(
    "written", ["", "24", "2024-13", "2024-00", "2024-02-30", "0000", "2024-1", "٢٠٢٤", "now"]
)
@pytest.mark.parametrize("read", [first_day, last_day])
def test_what_is_no_day_is_refused(written: str, read: object) -> None:
    with pytest.raises(ConfigurationError, match="is no day"):
        read(written)  # type: ignore[operator]


@pytest.mark.parametrize(
    ("has", "is_found"),
    [({"money"}, True), ({"money", "percent"}, True), ({"quantity", "date"}, True), ({"age"}, False),
     ({"money", "age"}, False)],
)  # fmt: skip
def test_everything_asked_for_must_be_there(has: set[str], is_found: bool) -> None:
    item = claim("a.txt", quantities=(money(), percent()))
    assert found(Selection(has=frozenset(has)), item) is is_found


def test_a_claim_without_figures_has_none() -> None:
    item = claim("a.txt", quantities=(), dates=())
    assert not any(found(Selection(has=frozenset({has})), item) for has in HasChoice)


@pytest.mark.parametrize(
    ("confidence", "asked", "is_found"),
    [((0.9, 0.2), "", True), ((0.9, 0.2), "moreno", False), ((0.9, 0.8), "moreno", True),
     ((0.7, 0.9), "", False), ((None, 0.9), "", False), ((0.9, None), "moreno", False)],
)  # fmt: skip
def test_confidence_is_of_the_claim_and_of_a_speaker_who_is_asked_for(
    confidence: tuple[float | None, float | None], asked: str, is_found: bool
) -> None:
    item = claim("a.txt", confidence=Confidence(*confidence))
    assert found(Selection(min_confidence=0.8, speaker=words(asked)), item) is is_found


@pytest.mark.parametrize(
    ("asked", "is_found"), [("tariffs ROSE", True), ("rose tariffs", True), ("tariff", False)]
)
def test_words_of_the_claim_are_whole_words_in_any_order(asked: str, is_found: bool) -> None:
    assert found(Selection(text=words(asked)), claim("a.txt", text="“Tariffs rose”")) is is_found


def test_the_choices_are_those_of_the_record() -> None:
    described = schema("claims")
    assert [item.value for item in KindChoice] == described["properties"]["kind"]["enum"]
    kinds = described["$defs"]["Quantity"]["properties"]["kind"]["enum"]
    assert {item.value for item in HasChoice} == {*kinds, "quantity", "date"}


def ask(tmp_path: Path, *options: str) -> Result:
    claims = [
        claim("a.txt", "One thing.", speaker=speaker("Ada Moreno")),
        claim("b.txt", "Another\nthing.", speaker=speaker("Bo \x1b[2J Moreno"), kind="indirect"),
        claim("c.txt", "A third thing.", speaker=speaker(None), kind="statement"),
    ]
    run = write_run(tmp_path / "out", claims)
    return CliRunner().invoke(app, ["query", str(run), *options], env={"COLUMNS": "120"})


def test_json_lines_are_whole_records(tmp_path: Path) -> None:
    result = ask(tmp_path, "--json", "--kind", "indirect", "--kind", "statement")
    records = [json.loads(line) for line in result.stdout.splitlines()]
    assert [record["article"]["source"] for record in records] == ["b.txt", "c.txt"]
    assert records[1] == to_json(claim("c.txt", "A third thing.", speaker=speaker(None), kind="statement"))
    assert "2 claims" in result.stderr


def test_a_table_has_a_row_a_claim(tmp_path: Path) -> None:
    rows = [line.split(maxsplit=4) for line in ask(tmp_path, "--kind", "direct").stdout.splitlines()]
    assert rows == [["2024-05-02", "Ada", "Moreno", "direct", rows[0][4]]]
    assert rows[0][4].rstrip() == "One thing. [a.txt]"


def test_a_claim_cannot_steer_the_terminal(tmp_path: Path) -> None:
    shown = ask(tmp_path, "--speaker", "moreno").stdout
    assert "\x1b" not in shown
    assert "Another thing. [b.txt]" in shown


def test_a_limit_ends_the_search(tmp_path: Path) -> None:
    result = ask(tmp_path, "--json", "--limit", "1")
    assert len(result.stdout.splitlines()) == 1


def test_nothing_found_is_no_failure(tmp_path: Path) -> None:
    result = ask(tmp_path, "--speaker", "nobody")
    assert (result.exit_code, result.stdout) == (0, "")


@pytest.mark.parametrize("options", [("--since", "soon"), ("--has", "luck"), ("--limit", "0")])
def test_wrong_conditions_are_wrong_usage(options: tuple[str, ...], tmp_path: Path) -> None:
    assert ask(tmp_path, *options).exit_code == 2


def test_a_line_that_is_no_record_is_named(tmp_path: Path) -> None:
    run = write_run(tmp_path / "out", [claim("a.txt")])
    (run / "claims.jsonl").write_text("[]\n")
    result = CliRunner().invoke(app, ["query", str(run), "--kind", "direct"])
    assert result.exit_code == 1
    assert "[E_RECORD]" in result.stderr
