"""Runs on a Ray cluster of three nodes on this machine: the same bytes, also when a node is lost."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pipeline.batch.executors.ray_cluster import RayExecutor
from pipeline.batch.manifest import RunRecord
from pipeline.batch.options import EngineOptions, Limits, RunOptions
from pipeline.batch.run import Silent, run, run_once, session
from pipeline.errors import RunError
from tests.batch.conftest import output_bytes, write_articles
from tests.batch.fake_engine import SPEC
from tests.batch.kills import comes_true

ray = pytest.importorskip("ray", reason="needs the extra ray")
pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]
ROOT = Path(__file__).parents[2]
ARTICLES = 12
Go = Callable[..., RunRecord]


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """A head and two further nodes of one core each, this process connected; a test takes one away."""
    from ray.cluster_utils import Cluster

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(ROOT))  # nodes find the tests' engine there
        started = Cluster(initialize_head=True, head_node_args={"num_cpus": 1, "include_dashboard": False})
        for _ in range(2):
            started.add_node(num_cpus=1)
        started.wait_for_nodes()
        ray.init(address=started.address, log_to_driver=False, logging_level="warning")
        yield started
        ray.shutdown()
        started.shutdown()


def options_of(tmp_path: Path, **changes: object) -> RunOptions:
    options = RunOptions((str(tmp_path / "in"),), str(tmp_path / "ray"), workers=3, executor="ray")
    return replace(options, **changes)  # type: ignore[arg-type]


class Saboteur(threading.Thread):
    """Takes a node away as soon as it has work in hand; lets all work go on when the loss is noticed."""

    def __init__(self, cluster: Any, executor: RayExecutor, marker: Path) -> None:
        super().__init__(daemon=True)
        self._cluster, self._executor, self._marker = cluster, executor, marker
        self.killed = ""

    def run(self) -> None:
        """Wait, kill, and tell."""
        while not self.killed:
            time.sleep(0.05)
            at_work = self._executor.nodes_at_work()
            for node in self._cluster.worker_nodes:
                if node.node_id in at_work:
                    self.killed = node.node_id
        (victim,) = (node for node in self._cluster.worker_nodes if node.node_id == self.killed)
        self._cluster.remove_node(victim, allow_graceful=False)
        # Processes outlive their node for a moment, in which they must not finish.
        if comes_true(lambda: self.killed not in self._executor.nodes_at_work()):
            self._marker.touch()


def test_a_lost_node_changes_no_byte(
    tmp_path: Path, go: Go, cluster: Any, caplog: pytest.LogCaptureFixture
) -> None:
    marker = tmp_path / "marker"
    waiting = {f"a{index:02d}": f"until={marker}" for index in range(ARTICLES)}
    write_articles(tmp_path / "in", ARTICLES, **waiting)
    options = options_of(tmp_path, shard_size=2, limits=Limits(seconds=600))
    with session(options, SPEC) as (workspace, executor):
        assert isinstance(executor, RayExecutor)
        saboteur = Saboteur(cluster, executor, marker)
        saboteur.start()
        record = run_once(options, workspace, executor, Silent())
    assert f"the worker on node {saboteur.killed} was lost" in caplog.text
    assert record.measured.articles == ARTICLES
    go()
    assert output_bytes(tmp_path / "ray") == output_bytes(tmp_path / "out")


def test_articles_that_hang_or_crash_cost_no_other(tmp_path: Path, go: Go, cluster: Any) -> None:
    write_articles(tmp_path / "in", 6, a01="value", a02="exit")
    go()
    run(options_of(tmp_path, shard_size=2), SPEC)
    assert output_bytes(tmp_path / "ray") == output_bytes(tmp_path / "out")


def test_an_engine_that_cannot_load_fails_the_run_with_its_own_words(tmp_path: Path, cluster: Any) -> None:
    write_articles(tmp_path / "in", 1)
    with pytest.raises(RunError, match="no pipeline called missing"):
        run(options_of(tmp_path, engine=EngineOptions(ner="missing")), SPEC)


def test_remote_inputs_and_outputs_give_the_same_bytes(tmp_path: Path, go: Go, cluster: Any) -> None:
    pytest.importorskip("upath", reason="needs the extra remote")
    write_articles(tmp_path / "in", 6)
    go()
    inputs, out = (f"local://{tmp_path / name}" for name in ("in", "ray"))
    run(options_of(tmp_path, inputs=(inputs,), out=out, shard_size=2, workers=None), SPEC)
    assert output_bytes(tmp_path / "ray") == output_bytes(tmp_path / "out")


def test_executors_on_a_cluster_that_is_there_leave_it_running(tmp_path: Path, cluster: Any) -> None:
    write_articles(tmp_path / "in", 2)
    run(options_of(tmp_path), SPEC)
    assert ray.is_initialized()
