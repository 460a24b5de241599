from __future__ import annotations

import gzip
import json
import os
from multiprocessing.context import ForkServerProcess
from pathlib import Path

import pytest

from pipeline.batch import run as batch_run
from pipeline.batch.checkpoint import Workspace
from pipeline.batch.executors import local
from pipeline.batch.lock import locked
from pipeline.batch.options import EngineOptions, Limits, RunOptions
from pipeline.batch.run import retry, run, stored_options, with_limits
from pipeline.contract.validation import validate_path
from pipeline.errors import ConfigurationError, RunError
from tests.batch.conftest import Go, article, output_bytes, write_articles
from tests.batch.fake_engine import SPEC


def lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_bytes().splitlines()]


def sources(path: Path) -> list[object]:
    return [line["source"] for line in lines(path)]


def test_any_number_of_workers_gives_the_same_bytes(tmp_path: Path, go: Go) -> None:
    write_articles(tmp_path / "in", 30, a03="value", a11="memory", a20="recursion")
    results = []
    for workers in (1, 2, 4):
        go(out=f"out{workers}", workers=workers, shard_size=3)
        results.append(output_bytes(tmp_path / f"out{workers}"))
    assert results[0] == results[1] == results[2]


@pytest.mark.parametrize("shard_size", [1, 7, 100])
def test_the_shard_size_does_not_show_in_the_output(tmp_path: Path, go: Go, shard_size: int) -> None:
    write_articles(tmp_path / "in", 12)
    go(out="plain")
    go(out="other", shard_size=shard_size)
    assert output_bytes(tmp_path / "plain") == output_bytes(tmp_path / "other")


def test_articles_come_in_input_order(tmp_path: Path, go: Go) -> None:
    write_articles(tmp_path / "in", 20)
    go(workers=3, shard_size=2)
    assert sources(tmp_path / "out" / "articles.jsonl") == [f"a{n:02d}.txt" for n in range(20)]


def test_the_output_is_valid(tmp_path: Path, go: Go) -> None:
    write_articles(tmp_path / "in", 5, a02="value")
    go(include_text=True)
    assert list(validate_path(tmp_path / "out")) == []


def test_the_same_run_again_works_on_nothing(tmp_path: Path, go: Go) -> None:
    write_articles(tmp_path / "in", 10)
    go()
    before = output_bytes(tmp_path / "out")
    assert go().measured.articles == 0
    assert output_bytes(tmp_path / "out") == before


def test_a_changed_file_alone_is_worked_on_again(tmp_path: Path, go: Go) -> None:
    folder = write_articles(tmp_path / "in", 10)
    go(shard_size=5)
    (folder / "a04.txt").write_text(article(99))
    assert go().measured.articles == 1
    go(out="straight")
    assert output_bytes(tmp_path / "out") == output_bytes(tmp_path / "straight")


def test_a_changed_sidecar_counts_as_a_change_of_its_text(tmp_path: Path, go: Go) -> None:
    folder = write_articles(tmp_path / "in", 3)
    go()
    (folder / "a01.meta.json").write_text('{"title": "A new hall"}')
    assert go().measured.articles == 1


def test_a_new_file_alone_is_worked_on(tmp_path: Path, go: Go) -> None:
    folder = write_articles(tmp_path / "in", 10)
    go(shard_size=5)
    (folder / "a003.txt").write_text(article(77))
    assert go().measured.articles == 1
    go(out="straight")
    assert output_bytes(tmp_path / "out") == output_bytes(tmp_path / "straight")


def test_the_rows_of_a_removed_file_go(tmp_path: Path, go: Go) -> None:
    folder = write_articles(tmp_path / "in", 4)
    go()
    (folder / "a02.txt").unlink()
    assert go().measured.articles == 0
    assert sources(tmp_path / "out" / "articles.jsonl") == ["a00.txt", "a01.txt", "a03.txt"]


def test_a_file_that_comes_back_is_there_again(tmp_path: Path, go: Go) -> None:
    folder = write_articles(tmp_path / "in", 4)
    go()
    before = output_bytes(tmp_path / "out")
    (folder / "a02.txt").rename(tmp_path / "a02.txt")
    go()
    (tmp_path / "a02.txt").rename(folder / "a02.txt")
    go()
    assert output_bytes(tmp_path / "out") == before


@pytest.mark.parametrize(
    "changes", [{"include_text": True}, {"engine": EngineOptions(statements=False)}, {"language": "any"}]
)
def test_an_option_that_changes_records_redoes_them(
    tmp_path: Path, go: Go, changes: dict[str, object]
) -> None:
    write_articles(tmp_path / "in", 4)
    go()
    assert go(**changes).measured.articles == 4


@pytest.mark.parametrize("changes", [{"workers": 3}, {"shard_size": 1}, {"seconds": 77.0}, {"files": 2}])
def test_an_option_that_changes_no_record_redoes_nothing(
    tmp_path: Path, go: Go, changes: dict[str, object]
) -> None:
    write_articles(tmp_path / "in", 4)
    go()
    assert go(**changes).measured.articles == 0


def test_edited_code_redoes_everything(tmp_path: Path, go: Go, monkeypatch: pytest.MonkeyPatch) -> None:
    write_articles(tmp_path / "in", 4)
    go()
    monkeypatch.setattr(batch_run, "code_digest", lambda: "another")
    assert go().measured.articles == 4


def test_a_fresh_run_forgets_earlier_work(tmp_path: Path, go: Go) -> None:
    write_articles(tmp_path / "in", 4)
    go()
    assert go(fresh=True).measured.articles == 4


@pytest.mark.parametrize("lost", ["000000.claims.jsonl", "000000.done.json", "000000.errors.jsonl"])
def test_a_shard_with_a_lost_file_is_done_again(tmp_path: Path, go: Go, lost: str) -> None:
    write_articles(tmp_path / "in", 2)
    go(shard_size=2)
    before = output_bytes(tmp_path / "out")
    (tmp_path / "out" / ".onrecord" / "shards" / lost).unlink()
    assert go().measured.articles == 2
    assert output_bytes(tmp_path / "out") == before


def test_a_damaged_shard_is_told_and_done_again_next_time(tmp_path: Path, go: Go) -> None:
    write_articles(tmp_path / "in", 2)
    go(shard_size=2)
    before = output_bytes(tmp_path / "out")
    damaged = tmp_path / "out" / ".onrecord" / "shards" / "000000.claims.jsonl"
    damaged.write_bytes(damaged.read_bytes().replace(b"houses", b"HOUSES"))
    with pytest.raises(RunError, match="damaged"):
        go()
    go()
    assert output_bytes(tmp_path / "out") == before


def test_an_article_over_the_time_limit_is_set_aside_and_the_rest_goes_on(tmp_path: Path, go: Go) -> None:
    write_articles(tmp_path / "in", 6, a02="hang")
    go(seconds=2.0)
    (letter,) = lines(tmp_path / "out" / "errors.jsonl")
    assert (letter["source"], letter["code"], letter["retryable"]) == ("a02.txt", "E_TIMEOUT", True)
    assert len(sources(tmp_path / "out" / "articles.jsonl")) == 5


@pytest.mark.parametrize(("poison", "told"), [("segfault", "SIGSEGV"), ("exit", "exit code 7")])
def test_an_article_that_kills_its_worker_is_set_aside(
    tmp_path: Path, go: Go, poison: str, told: str
) -> None:
    write_articles(tmp_path / "in", 6, a02=poison)
    go(workers=2, shard_size=3)
    (letter,) = lines(tmp_path / "out" / "errors.jsonl")
    assert (letter["source"], letter["code"]) == ("a02.txt", "E_CRASH")
    assert told in str(letter["message"])
    assert len(sources(tmp_path / "out" / "articles.jsonl")) == 5


def test_neighbours_of_two_poisoned_articles_survive(tmp_path: Path, go: Go) -> None:
    write_articles(tmp_path / "in", 6, a02="segfault", a03="exit")
    go(shard_size=6)
    assert sources(tmp_path / "out" / "errors.jsonl") == ["a02.txt", "a03.txt"]
    assert len(sources(tmp_path / "out" / "articles.jsonl")) == 4


@pytest.mark.parametrize(
    ("poison", "code"), [("value", "E_INTERNAL"), ("memory", "E_MEMORY"), ("recursion", "E_RECURSION")]
)
def test_an_exception_in_a_stage_becomes_a_dead_letter(
    tmp_path: Path, go: Go, poison: str, code: str
) -> None:
    write_articles(tmp_path / "in", 3, a01=poison)
    go()
    (letter,) = lines(tmp_path / "out" / "errors.jsonl")
    assert (letter["source"], letter["stage"], letter["code"]) == ("a01.txt", "process", code)


def test_too_many_errors_end_the_run_and_keep_what_is_done(tmp_path: Path, go: Go) -> None:
    write_articles(tmp_path / "in", 6, a01="value", a02="value", a05="value")
    with pytest.raises(RunError, match="more than 1 dead letters"):
        go(max_errors=1, shard_size=1)
    assert go(max_errors=3).measured.articles < 6


def test_errors_of_an_earlier_run_count_for_the_limit(tmp_path: Path, go: Go) -> None:
    write_articles(tmp_path / "in", 4, a01="value", a02="value")
    go()
    with pytest.raises(RunError, match="more than 1 dead letters"):
        go(max_errors=1)


def test_retry_works_on_dead_letters_alone(tmp_path: Path, go: Go) -> None:
    write_articles(tmp_path / "in", 6, a02=f"once={tmp_path}/marker")
    go(shard_size=6)
    assert sources(tmp_path / "out" / "errors.jsonl") == ["a02.txt"]
    record = retry(stored_options(str(tmp_path / "out")), SPEC)
    assert record.measured.articles == 1
    assert sources(tmp_path / "out" / "errors.jsonl") == []
    assert sources(tmp_path / "out" / "articles.jsonl") == [f"a{n:02d}.txt" for n in range(6)]


def test_a_run_after_a_retry_keeps_what_the_retry_mended(tmp_path: Path, go: Go) -> None:
    write_articles(tmp_path / "in", 3, a02=f"once={tmp_path}/marker")
    go()
    retry(stored_options(str(tmp_path / "out")), SPEC)
    before = output_bytes(tmp_path / "out")
    assert go().measured.articles == 0
    assert output_bytes(tmp_path / "out") == before


def test_retry_can_be_narrowed_to_a_code(tmp_path: Path, go: Go) -> None:
    write_articles(tmp_path / "in", 4, a01="value", a02=f"once={tmp_path}/marker")
    go()
    record = retry(stored_options(str(tmp_path / "out")), SPEC, codes=frozenset({"E_TIMEOUT"}))
    assert record.measured.articles == 0


def test_retry_takes_another_time_limit(tmp_path: Path, go: Go) -> None:
    write_articles(tmp_path / "in", 2)
    go()
    stored = stored_options(str(tmp_path / "out"))
    changed = with_limits(stored, seconds=5.0, memory_mb=None, workers=2)
    assert (changed.limits.seconds, changed.limits.memory_mb, changed.workers) == (5.0, 4096, 2)


def test_a_repeated_text_is_noted_and_its_rows_stay_unique(tmp_path: Path, go: Go) -> None:
    folder = write_articles(tmp_path / "in", 3)
    (folder / "b.txt").write_text((folder / "a01.txt").read_text())
    record = go()
    (letter,) = lines(tmp_path / "out" / "errors.jsonl")
    assert (letter["source"], letter["code"]) == ("b.txt", "W_DUPLICATE_TEXT")
    assert "a01.txt" in str(letter["message"])
    assert record.tally.dead_letters == 0
    assert list(validate_path(tmp_path / "out")) == []


def test_articles_of_a_json_lines_file_are_split_over_shards(tmp_path: Path, go: Go) -> None:
    (tmp_path / "in").mkdir()
    rows = [json.dumps({"id": f"n{n}", "text": article(n)}) for n in range(10)]
    rows[4] = "{broken"
    (tmp_path / "in" / "news.jsonl").write_text("\n".join(rows) + "\n")
    go(workers=2, shard_size=3)
    assert sources(tmp_path / "out" / "articles.jsonl") == [f"n{n}" for n in range(10) if n != 4]
    assert sources(tmp_path / "out" / "errors.jsonl") == ["news.jsonl#5"]


def test_a_crash_in_a_json_lines_file_names_the_article(tmp_path: Path, go: Go) -> None:
    (tmp_path / "in").mkdir()
    rows = [json.dumps({"id": f"n{n}", "text": article(n, "exit" if n == 2 else "")}) for n in range(4)]
    (tmp_path / "in" / "news.jsonl.gz").write_bytes(gzip.compress("\n".join(rows).encode()))
    go()
    assert sources(tmp_path / "out" / "errors.jsonl") == ["n2"]
    assert sources(tmp_path / "out" / "articles.jsonl") == ["n0", "n1", "n3"]


def test_unreadable_inputs_are_dead_letters(tmp_path: Path, go: Go) -> None:
    folder = write_articles(tmp_path / "in", 1)
    (folder / "empty.txt").write_bytes(b"")
    (folder / "image.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    (folder / "loop").symlink_to(folder)
    os.mkfifo(folder / "pipe.txt")
    go()
    codes = {line["source"]: line["code"] for line in lines(tmp_path / "out" / "errors.jsonl")}
    assert codes["empty.txt"] == "E_EMPTY"
    assert codes["image.txt"] == "E_BINARY"
    assert codes["pipe.txt"] == "E_NOT_A_FILE"
    assert "loop" in codes
    assert sources(tmp_path / "out" / "articles.jsonl") == ["a00.txt"]


GERMAN = (
    "Der Bürgermeister der kleinen Stadt sagte am Montag vor dem Rathaus, dass die neue Schule in diesem "
    "Jahr nicht mehr fertig werde, weil das Geld dafür fehle und die Arbeiter auf einer anderen Baustelle "
    "gebraucht würden. Die Eltern wollen das nicht hinnehmen und haben einen Brief an den Rat geschrieben."
)


def test_a_file_whose_name_is_not_utf_8_is_a_dead_letter(tmp_path: Path, go: Go) -> None:
    folder = write_articles(tmp_path / "in", 1)
    Path(os.fsdecode(os.fsencode(folder) + b"/caf\xe9.txt")).write_text(article(3))
    go()
    (letter,) = lines(tmp_path / "out" / "errors.jsonl")
    assert (letter["source"], letter["code"]) == ("caf\ufffd.txt", "E_FILE_NAME")
    assert list(validate_path(tmp_path / "out")) == []


def test_dead_letters_of_articles_with_the_same_id_are_told_apart(tmp_path: Path, go: Go) -> None:
    (tmp_path / "in").mkdir()
    rows = [json.dumps({"id": "same", "text": article(n, "value")}) for n in range(3)]
    (tmp_path / "in" / "news.jsonl").write_text("\n".join(rows) + "\n")
    go()
    assert sources(tmp_path / "out" / "errors.jsonl") == ["same", "same (2)", "same (3)"]
    assert list(validate_path(tmp_path / "out")) == []


def test_a_run_with_relative_paths_works_wherever_the_process_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_articles(tmp_path / "in", 2)
    monkeypatch.chdir(tmp_path)
    run(RunOptions(("in",), "out"), SPEC)
    assert sources(tmp_path / "out" / "articles.jsonl") == ["a00.txt", "a01.txt"]


def test_an_article_in_another_language_is_set_aside(tmp_path: Path, go: Go) -> None:
    folder = write_articles(tmp_path / "in", 1)
    (folder / "german.txt").write_text(GERMAN, encoding="utf-8")
    go()
    (letter,) = lines(tmp_path / "out" / "errors.jsonl")
    assert (letter["source"], letter["code"]) == ("german.txt", "E_NOT_ENGLISH")


def test_any_language_is_taken_when_asked(tmp_path: Path, go: Go) -> None:
    folder = write_articles(tmp_path / "in", 1)
    (folder / "german.txt").write_text(GERMAN, encoding="utf-8")
    go(language="any")
    assert sources(tmp_path / "out" / "articles.jsonl") == ["a00.txt", "german.txt"]


def test_the_output_folder_is_no_input_of_its_own_run(tmp_path: Path, go: Go) -> None:
    write_articles(tmp_path / "in", 2)
    for _ in range(2):
        record = go(out="in/out")
    assert record.files == 2


def test_an_empty_folder_gives_empty_files(tmp_path: Path, go: Go) -> None:
    (tmp_path / "in").mkdir()
    go()
    assert output_bytes(tmp_path / "out") == (b"", b"", b"")


def test_split_output_concatenates_to_the_single_file(tmp_path: Path, go: Go) -> None:
    write_articles(tmp_path / "in", 10)
    go(out="single")
    go(out="split", files=3)
    parts = [tmp_path / "split" / f"claims-{n:05d}-of-00003.jsonl" for n in range(3)]
    assert b"".join(part.read_bytes() for part in parts) == (tmp_path / "single/claims.jsonl").read_bytes()
    assert list(validate_path(tmp_path / "split")) == []


def test_files_of_another_split_are_removed(tmp_path: Path, go: Go) -> None:
    write_articles(tmp_path / "in", 4)
    go(files=3)
    go()
    assert sorted(path.name for path in (tmp_path / "out").iterdir() if path.suffix == ".jsonl") == [
        "articles.jsonl",
        "claims.jsonl",
        "errors.jsonl",
    ]


def test_a_second_run_in_the_same_folder_is_refused_while_the_first_is_on(tmp_path: Path, go: Go) -> None:
    write_articles(tmp_path / "in", 1)
    workspace = Workspace(tmp_path / "out")
    workspace.create()
    with locked(workspace), pytest.raises(RunError, match="another run"):
        go()


@pytest.mark.parametrize("changes", [{"workers": 0}, {"seconds": 0.0}, {"shard_size": 0}, {"files": -1}])
def test_options_that_cannot_work_are_refused(tmp_path: Path, go: Go, changes: dict[str, object]) -> None:
    with pytest.raises(ConfigurationError, match="must be more than 0"):
        go(**changes)
    assert not (tmp_path / "out").exists()


def test_a_file_in_the_place_of_the_output_folder_is_refused(tmp_path: Path, go: Go) -> None:
    write_articles(tmp_path / "in", 1)
    (tmp_path / "out").write_text("mine")
    with pytest.raises(ConfigurationError, match="must name a folder"):
        go()


def test_an_engine_that_cannot_load_fails_the_run_with_its_own_words(tmp_path: Path) -> None:
    write_articles(tmp_path / "in", 1)
    options = RunOptions(
        (str(tmp_path / "in"),), str(tmp_path / "out"), engine=EngineOptions(ner="missing"), limits=Limits()
    )
    with pytest.raises(RunError, match="no pipeline called missing"):
        run(options, SPEC)


def test_workers_that_die_while_loading_fail_the_run(go: Go, tmp_path: Path) -> None:
    write_articles(tmp_path / "in", 1)
    with pytest.raises(RunError, match=r"workers die while loading \(exit code 3\)"):
        go(engine=EngineOptions(ner="dies"))


def test_a_worker_is_replaced_after_its_share_of_shards(
    tmp_path: Path, go: Go, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_articles(tmp_path / "in", 6)
    go(out="plain")
    monkeypatch.setattr(local, "SHARDS_PER_WORKER", 1)
    go(shard_size=2, workers=2)
    assert output_bytes(tmp_path / "out") == output_bytes(tmp_path / "plain")


def test_the_manifest_tells_what_was_done(tmp_path: Path, go: Go) -> None:
    write_articles(tmp_path / "in", 4, a01="value")
    go(shard_size=2)
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text())
    assert manifest["state"] == "complete"
    assert manifest["plan"] == {"files": 4, "articles": 4, "shards": 2, "shards_kept": 0}
    assert manifest["counts"]["errors"] == {"E_INTERNAL": 1}
    assert manifest["counts"]["kinds"]["direct"] == 3
    assert manifest["this_run"]["peak_memory_mb"] > 0
    assert set(manifest["this_run"]["stage_seconds"]) >= {"read", "process", "write"}
    assert [output["name"] for output in manifest["outputs"]] == [
        "claims.jsonl",
        "articles.jsonl",
        "errors.jsonl",
    ]


def test_the_manifest_tells_why_a_run_failed(tmp_path: Path, go: Go) -> None:
    write_articles(tmp_path / "in", 2, a00="value")
    with pytest.raises(RunError):
        go(max_errors=0)
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text())
    assert manifest["state"] == "failed"
    assert manifest["problem"].startswith("E_TOO_MANY_ERRORS")


def losing_fork_servers(monkeypatch: pytest.MonkeyPatch, losses: int) -> None:
    """The fork server dies so many times while a worker is asked of it."""
    start, lost = ForkServerProcess.start, iter(range(losses))

    def start_or_lose(process: ForkServerProcess) -> None:
        if next(lost, None) is not None:
            raise EOFError
        start(process)

    monkeypatch.setattr(ForkServerProcess, "start", start_or_lose)


@pytest.mark.parametrize("losses", [1, 2])
def test_a_worker_that_a_dying_fork_server_did_not_give_is_asked_for_again(
    tmp_path: Path, go: Go, monkeypatch: pytest.MonkeyPatch, losses: int
) -> None:
    write_articles(tmp_path / "in", 2)
    losing_fork_servers(monkeypatch, losses)
    assert go(workers=1).measured.articles == 2


def test_fork_servers_that_die_again_and_again_end_the_run(
    tmp_path: Path, go: Go, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_articles(tmp_path / "in", 2)
    losing_fork_servers(monkeypatch, 100)
    with pytest.raises(RunError, match="dies again and again"):
        go(workers=1)
