"""Runs over addresses: the same bytes as over paths.

``local://`` goes through fsspec as ``s3://`` does, and can be seen by worker processes.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.batch.manifest import RunRecord
from pipeline.batch.options import RunOptions
from pipeline.batch.run import retry, run, stored_options
from pipeline.batch.status import status_of
from pipeline.errors import ConfigurationError, RunError
from pipeline.storage import location
from tests.batch.conftest import article, output_bytes, write_articles
from tests.batch.fake_engine import SPEC

pytest.importorskip("upath", reason="needs the extra remote")
Go = Callable[..., RunRecord]


def address(path: Path) -> str:
    return f"local://{path}"


def remote_run(tmp_path: Path, **changes: object) -> RunRecord:
    options = RunOptions((address(tmp_path / "in"),), address(tmp_path / "remote"))
    return run(replace(options, **changes), SPEC)  # type: ignore[arg-type]


def test_a_remote_run_writes_the_bytes_of_a_local_one(tmp_path: Path, go: Go) -> None:
    write_articles(tmp_path / "in", 6, a03="value")
    rows = [json.dumps({"id": f"n{number}", "text": article(50 + number)}) for number in range(5)]
    (tmp_path / "in" / "news.jsonl").write_text("\n".join(rows))
    go()
    remote_run(tmp_path, workers=2, shard_size=3)
    assert output_bytes(tmp_path / "remote") == output_bytes(tmp_path / "out")


def test_the_same_remote_run_again_does_nothing(tmp_path: Path) -> None:
    write_articles(tmp_path / "in", 4)
    remote_run(tmp_path)
    assert remote_run(tmp_path).measured.articles == 0


def test_only_a_new_remote_file_costs_work(tmp_path: Path) -> None:
    write_articles(tmp_path / "in", 4)
    remote_run(tmp_path)
    (tmp_path / "in" / "b.txt").write_text(article(77))
    assert remote_run(tmp_path).measured.articles == 1


def test_a_crash_on_remote_input_costs_that_article_alone(tmp_path: Path) -> None:
    write_articles(tmp_path / "in", 5, a02="exit")
    record = remote_run(tmp_path, shard_size=5)
    assert dict(record.tally.errors) == {"E_CRASH": 1}
    assert record.tally.articles == 4


def test_dead_letters_of_a_remote_run_can_be_tried_again(tmp_path: Path) -> None:
    write_articles(tmp_path / "in", 3, a01=f"once={tmp_path}/marker")
    remote_run(tmp_path)
    record = retry(stored_options(address(tmp_path / "remote")), SPEC)
    assert (record.measured.articles, record.tally.articles) == (1, 3)


def test_the_state_of_a_remote_run_can_be_asked(tmp_path: Path) -> None:
    write_articles(tmp_path / "in", 3)
    remote_run(tmp_path)
    state = status_of(location(address(tmp_path / "remote")))
    assert (state["state"], state["articles_done"]) == ("complete", 3)


def test_a_fresh_remote_run_forgets_earlier_work(tmp_path: Path) -> None:
    write_articles(tmp_path / "in", 3)
    remote_run(tmp_path)
    options = RunOptions((address(tmp_path / "in"),), address(tmp_path / "remote"))
    assert run(options, SPEC, fresh=True).measured.articles == 3


def test_the_output_of_a_remote_run_is_no_input_of_it(tmp_path: Path) -> None:
    write_articles(tmp_path / "in", 2)
    for _ in range(2):
        record = remote_run(tmp_path, out=address(tmp_path / "in" / "out"))
    assert record.files == 2


def test_copies_of_remote_inputs_are_gone_after_the_run(tmp_path: Path, go: Go) -> None:
    write_articles(tmp_path / "in", 2)
    go(inputs=(address(tmp_path / "in"),))
    assert list((tmp_path / "out" / ".onrecord" / "parts").iterdir()) == []


def test_a_remote_input_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="no such file or folder"):
        remote_run(tmp_path, inputs=(address(tmp_path / "nowhere"),))


def test_a_lost_remote_shard_is_told_and_done_again(tmp_path: Path) -> None:
    write_articles(tmp_path / "in", 4)
    remote_run(tmp_path, shard_size=2)
    before = output_bytes(tmp_path / "remote")
    (tmp_path / "remote" / ".onrecord" / "shards" / "000001.claims.jsonl").unlink()
    assert remote_run(tmp_path).measured.articles == 2
    assert output_bytes(tmp_path / "remote") == before


def test_a_damaged_remote_shard_is_told(tmp_path: Path) -> None:
    write_articles(tmp_path / "in", 2)
    remote_run(tmp_path)
    damaged = tmp_path / "remote" / ".onrecord" / "shards" / "000000.claims.jsonl"
    damaged.write_bytes(damaged.read_bytes().replace(b"houses", b"HOUSES"))
    with pytest.raises(RunError, match="damaged"):
        remote_run(tmp_path)
