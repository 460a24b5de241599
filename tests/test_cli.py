from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from pipeline.batch import stages
from pipeline.commands import VERBS, app
from tests.batch.conftest import article, output_bytes, write_articles
from tests.batch.fake_engine import SPEC, load

ROOT = Path(__file__).parents[1]


@pytest.fixture(autouse=True)
def _fake_stages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stages, "STAGES", SPEC)
    monkeypatch.setattr(stages, "load_stages", load)


def onrecord(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.fixture
def done(tmp_path: Path) -> Path:
    """A finished run over three articles."""
    write_articles(tmp_path / "in", 3)
    result = onrecord("run", tmp_path / "in", "--out", tmp_path / "out", "--include-text", "--workers", 1)
    assert result.exit_code == 0, result.output
    return tmp_path / "out"


def test_a_run_without_dead_letters_exits_with_0(done: Path) -> None:
    assert all(
        (done / name).is_file()
        for name in ("claims.jsonl", "articles.jsonl", "errors.jsonl", "manifest.json")
    )


def test_a_run_with_dead_letters_exits_with_3(tmp_path: Path) -> None:
    write_articles(tmp_path / "in", 3, a01="value")
    assert onrecord("run", tmp_path / "in", "--out", tmp_path / "out").exit_code == 3


def test_a_failed_run_exits_with_1(tmp_path: Path) -> None:
    write_articles(tmp_path / "in", 3, a01="value")
    result = onrecord("run", tmp_path / "in", "--out", tmp_path / "out", "--max-errors", 0)
    assert result.exit_code == 1
    assert "more than 0 dead letters" in result.stderr
    assert "[E_TOO_MANY_ERRORS]" in result.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("run",),
        ("run", "in"),
        ("run", "in", "--out", "out", "--workers", "many"),
        ("run", "in", "--out", "out", "--workers", "0"),
        ("run", "in", "--out", "out", "--language", "de"),
        ("run", "in", "--out", "out", "--date", "yesterday"),
        ("run", "nowhere", "--out", "out"),
        ("run", "in", "--out", "in/a00.txt"),
        ("validate", "nowhere"),
        ("status", "nowhere"),
        ("retry", "nowhere"),
        ("show", "clm_0", "--in", "nowhere"),
        ("show", "nothing", "--in", "in"),
        ("explain", "clm_0", "--in", "in"),
        ("schema", "--file", "poems"),
        ("dance",),
    ],
)
def test_wrong_usage_exits_with_2_and_says_what_is_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    write_articles(tmp_path / "in", 1)
    result = onrecord(*arguments)
    assert result.exit_code == 2
    assert result.stderr.strip()
    assert "Traceback" not in result.stderr


def test_a_run_prints_nothing_on_stdout_and_its_summary_on_stderr(tmp_path: Path) -> None:
    write_articles(tmp_path / "in", 3, a01="value")
    result = onrecord("run", tmp_path / "in", "--out", tmp_path / "out")
    assert result.stdout == ""
    assert "2 articles, 2 claims (2 direct, 0 indirect, 0 mixed, 0 statement)" in result.stderr
    assert "set aside: 1 E_INTERNAL" in result.stderr


def test_quiet_says_nothing(tmp_path: Path) -> None:
    write_articles(tmp_path / "in", 1)
    assert onrecord("run", tmp_path / "in", "--out", tmp_path / "out", "--quiet").output == ""


def test_log_json_says_it_in_json(tmp_path: Path) -> None:
    write_articles(tmp_path / "in", 2)
    result = onrecord("run", tmp_path / "in", "--out", tmp_path / "out", "--log-json")
    events = [json.loads(line) for line in result.stderr.splitlines()]
    assert events[0] == {"event": "planned", "articles": 2, "done_before": 0}
    assert events[-1]["event"] == "summary"
    assert (events[-1]["articles"], events[-1]["claims"]) == (2, 2)


def test_log_json_names_dead_letters(tmp_path: Path) -> None:
    write_articles(tmp_path / "in", 2, a01="value")
    told = onrecord("run", tmp_path / "in", "--out", tmp_path / "out", "--log-json").stderr
    assert json.loads(told.splitlines()[1]) == {
        "event": "dead_letter",
        "source": "a01.txt",
        "code": "E_INTERNAL",
    }


def test_standard_input_is_read_and_can_be_resumed(tmp_path: Path) -> None:
    text = article(1)
    arguments = ["run", "-", "--out", str(tmp_path / "out"), "--quiet"]
    result = CliRunner().invoke(app, arguments, input=text)
    assert result.exit_code == 0, result.output
    row = json.loads((tmp_path / "out" / "articles.jsonl").read_bytes())
    assert row["source"] == "-"
    before = output_bytes(tmp_path / "out")
    assert onrecord("retry", tmp_path / "out").exit_code == 0
    assert output_bytes(tmp_path / "out") == before


def test_validate_accepts_what_run_writes(done: Path) -> None:
    result = onrecord("validate", done)
    assert (result.exit_code, result.stdout) == (0, "")


def test_validate_exits_with_1_and_names_the_line(done: Path) -> None:
    with (done / "claims.jsonl").open("a") as stream:
        stream.write("{}\n")
    result = onrecord("validate", done, "--max-messages", 1)
    assert result.exit_code == 1
    assert result.stdout.startswith(f"{done / 'claims.jsonl'}:4: ")
    assert "stopped after 1 messages" in result.stderr


@pytest.mark.parametrize("file", ["claims", "articles", "errors"])
def test_schema_prints_a_json_schema(file: str) -> None:
    printed = json.loads(onrecord("schema", "--file", file).stdout)
    assert printed["title"] == f"{file}.jsonl"


def test_status_tells_what_is_done(done: Path) -> None:
    result = onrecord("status", done)
    assert "complete" in result.stdout
    assert "3 of 3 articles" in result.stdout


def test_status_names_dead_letters_and_the_way_on(tmp_path: Path) -> None:
    write_articles(tmp_path / "in", 2, a01="value")
    onrecord("run", tmp_path / "in", "--out", tmp_path / "out")
    told = onrecord("status", tmp_path / "out").stdout
    assert "set aside: 1 E_INTERNAL" in told
    assert f"onrecord retry {tmp_path / 'out'}" in told


def test_retry_mends_what_can_be_mended(tmp_path: Path) -> None:
    write_articles(tmp_path / "in", 2, a01=f"once={tmp_path}/marker")
    assert onrecord("run", tmp_path / "in", "--out", tmp_path / "out").exit_code == 3
    assert onrecord("retry", tmp_path / "out").exit_code == 0


def test_retry_finds_relative_inputs_from_anywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_articles(tmp_path / "work" / "in", 2, a01=f"once={tmp_path}/marker")
    monkeypatch.chdir(tmp_path / "work")
    assert onrecord("run", "in", "--out", "out").exit_code == 3
    monkeypatch.chdir(tmp_path)
    assert onrecord("retry", "work/out").exit_code == 0


def first_claim(done: Path) -> dict[str, object]:
    found = json.loads((done / "claims.jsonl").read_bytes().splitlines()[0])
    assert isinstance(found, dict)
    return found


def test_show_finds_a_claim_by_its_id(done: Path) -> None:
    claim = first_claim(done)
    shown = onrecord("show", claim["claim_id"], "--in", done).stdout
    assert "We will build 0 houses." in shown
    assert "claim: fake, speaker: fake" in shown


def test_show_finds_an_article_by_its_source(done: Path) -> None:
    shown = onrecord("show", "a02.txt", "--in", done).stdout
    assert "The mayor of town 2 told all who came" in shown
    assert shown.count("clm_") == 1


def test_show_reads_a_file_that_was_never_run(tmp_path: Path) -> None:
    (tmp_path / "fresh.txt").write_text(article(8))
    shown = onrecord("show", tmp_path / "fresh.txt").stdout
    assert "The mayor of town 8" in shown
    assert "direct speech" in shown


def test_show_takes_the_text_from_the_input_where_the_run_has_none(tmp_path: Path) -> None:
    write_articles(tmp_path / "in", 1)
    onrecord("run", tmp_path / "in", "--out", tmp_path / "out")
    without = onrecord("show", "a00.txt", "--in", tmp_path / "out").stdout
    shown = onrecord("show", "a00.txt", "--in", tmp_path / "out", "--source", tmp_path / "in").stdout
    assert "no text" in without
    assert "told all who came" in shown


def test_an_article_cannot_steer_the_terminal(tmp_path: Path) -> None:
    (tmp_path / "evil.txt").write_text(
        'He said: "Look \x1b[2J\x07 [red]here[/red]\u202e." ' + "And so on. " * 30
    )
    shown = onrecord("show", tmp_path / "evil.txt").stdout
    assert not set("\x1b\x07\u202e") & set(shown)
    assert "[red]here[/red]" in shown


def test_explain_tells_place_and_origin(done: Path) -> None:
    told = onrecord("explain", first_claim(done)["claim_id"], "--in", done).stdout
    assert "place: paragraph 0, body" in told
    assert "article: a00.txt" in told


def test_doctor_reports_a_working_installation() -> None:
    result = onrecord("doctor")
    assert result.exit_code == 0, result.output
    assert "one sentence gave" not in [line for line in result.stdout.splitlines() if line.startswith("FAIL")]


@pytest.mark.parametrize("verb", [verb.__name__ for verb in VERBS])
def test_every_verb_explains_itself_with_an_example(verb: str) -> None:
    result = onrecord(verb, "--help")
    assert result.exit_code == 0
    assert f"onrecord {verb}" in " ".join(result.output.split())


def test_no_arguments_show_the_help() -> None:
    assert "Usage" in onrecord().output


def test_the_command_line_starts_without_heavy_imports() -> None:
    code = (
        "import sys, pipeline.commands\n"
        "heavy = {'spacy', 'onnxruntime', 'numpy', 'jsonschema', 'dateparser', 'orjson'} & set(sys.modules)\n"
        "sys.exit(', '.join(heavy) or None)"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stderr


def test_help_answers_at_once() -> None:
    def seconds() -> float:
        """Of the processor, which a busy machine does not change."""
        before = os.times()
        subprocess.run(
            [sys.executable, "-m", "pipeline.cli", "--help"], cwd=ROOT, check=True, capture_output=True
        )
        after = os.times()
        return sum(after[2:4]) - sum(before[2:4])

    assert min(seconds() for _ in range(3)) < 2.0


def test_output_into_a_closed_pipe_ends_quietly(done: Path) -> None:
    command = f"{sys.executable} -m pipeline.cli schema | true"
    result = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert "Traceback" not in result.stderr
    assert "Exception" not in result.stderr


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="permissions do not bind this user")
def test_a_read_only_output_is_told_in_one_line(tmp_path: Path) -> None:
    write_articles(tmp_path / "in", 1)
    (tmp_path / "fixed").mkdir(mode=0o500)
    result = onrecord("run", tmp_path / "in", "--out", tmp_path / "fixed" / "out")
    assert result.exit_code == 1
    assert "cannot write to" in result.stderr
