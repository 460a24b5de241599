"""Runs that are killed, stopped or terminated, and what the same command makes of them afterwards."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.batch.conftest import article, output_bytes, write_articles
from tests.batch.kills import PATIENCE, comes_true, descendants, group_is_gone, main

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="finds worker processes through /proc"),
    pytest.mark.timeout(600),
]
ROOT = Path(__file__).parents[2]
ARTICLES = 16
SLOW = {f"a{index:02d}": "slow" for index in range(ARTICLES)}


@pytest.fixture(scope="module")
def straight(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, ...]:
    """The output of an undisturbed run."""
    folder = tmp_path_factory.mktemp("straight")
    write_articles(folder / "in", ARTICLES, **SLOW)
    assert start(folder, "out").wait() == 0
    return output_bytes(folder / "out")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Articles that take a while."""
    write_articles(tmp_path / "in", ARTICLES, **SLOW)
    return tmp_path


def start(folder: Path, out: str, *more: str) -> subprocess.Popen[bytes]:
    command = [
        sys.executable,
        "-m",
        "tests.batch.driver",
        "run",
        str(folder / "in"),
        "--out",
        str(folder / out),
    ]
    return subprocess.Popen(
        [*command, "--workers", "2", "--shard-size", "5", *more],
        cwd=ROOT,
        start_new_session=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def wait_until(condition: Callable[[], bool]) -> None:
    assert comes_true(condition), "waited in vain"


def has_begun(folder: Path, out: str) -> bool:
    parts = folder / out / ".onrecord" / "parts"
    return parts.is_dir() and any(path.stat().st_size for path in parts.iterdir())


def manifest_of(folder: Path) -> dict[str, Any]:
    return json.loads((folder / "out" / "manifest.json").read_text())


def finished(folder: Path, out: str) -> tuple[bytes, ...]:
    """The output after the same command has run to its end."""
    run = start(folder, out)
    _, told = run.communicate(timeout=PATIENCE)
    assert run.returncode == 0, told.decode()
    return output_bytes(folder / out)


@pytest.mark.parametrize("seed", range(3))
def test_a_killed_run_is_finished_by_the_same_command(
    folder: Path, straight: tuple[bytes, ...], seed: int
) -> None:
    run = start(folder, "out")
    time.sleep(random.Random(seed).uniform(0.1, 2.5))
    os.kill(run.pid, signal.SIGKILL)
    run.communicate()
    wait_until(lambda: group_is_gone(run.pid))
    assert finished(folder, "out") == straight


@pytest.mark.parametrize("seed", range(3))
def test_a_killed_worker_costs_no_article(folder: Path, straight: tuple[bytes, ...], seed: int) -> None:
    run = start(folder, "out")
    wait_until(lambda: has_begun(folder, "out"))
    time.sleep(random.Random(seed).uniform(0, 0.5))
    os.kill(list(descendants(run.pid))[-1], signal.SIGKILL)
    run.communicate(timeout=PATIENCE)
    assert run.returncode == 0
    assert output_bytes(folder / "out") == straight


def fork_servers(pid: int) -> list[int]:
    """The processes below this one from which workers come."""
    return [
        child for child in descendants(pid) if b"forkserver" in Path(f"/proc/{child}/cmdline").read_bytes()
    ][:1]


@pytest.mark.parametrize("at_work", [False, True], ids=["while it loads", "while workers work"])
def test_a_killed_fork_server_costs_nothing(folder: Path, straight: tuple[bytes, ...], at_work: bool) -> None:
    run = start(folder, "out")
    manifest = folder / "out" / "manifest.json"
    wait_until(lambda: has_begun(folder, "out") if at_work else manifest.exists())
    os.kill(fork_servers(run.pid)[0], signal.SIGKILL)
    _, told = run.communicate(timeout=PATIENCE)
    assert run.returncode == 0, told.decode()
    assert output_bytes(folder / "out") == straight


@pytest.mark.parametrize(("stop", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_stopped_run_says_so_and_leaves_a_clean_state(
    folder: Path, straight: tuple[bytes, ...], stop: signal.Signals, code: int
) -> None:
    run = start(folder, "out")
    wait_until(lambda: has_begun(folder, "out"))
    os.killpg(run.pid, stop) if stop == signal.SIGINT else os.kill(run.pid, stop)
    _, told = run.communicate(timeout=PATIENCE)
    assert run.returncode == code
    assert b"Traceback" not in told
    assert told.decode().strip().splitlines()[-1].startswith("onrecord: stopped; run the same command again")
    assert json.loads((folder / "out" / "manifest.json").read_text())["state"] == "interrupted"
    assert not (folder / "out" / "claims.jsonl").exists()
    wait_until(lambda: group_is_gone(run.pid))
    assert finished(folder, "out") == straight


def test_ctrl_c_while_workers_load_shows_no_traceback(folder: Path) -> None:
    run = start(folder, "out")
    wait_until(lambda: (folder / "out" / "manifest.json").exists())
    os.killpg(run.pid, signal.SIGINT)
    _, told = run.communicate(timeout=PATIENCE)
    assert run.returncode == 130
    assert b"Traceback" not in told


def test_kills_at_random_moments_cost_no_byte(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    texts = write_articles(tmp_path / "in", 6)
    assert main([str(texts), "--light", "--kills", "2", "--articles", "6"]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "2 of 2 equal"


def test_a_killed_run_is_reported_as_killed(folder: Path) -> None:
    run = start(folder, "out")
    wait_until(lambda: has_begun(folder, "out"))
    os.kill(run.pid, signal.SIGKILL)
    run.communicate()
    wait_until(lambda: group_is_gone(run.pid))
    command = [sys.executable, "-m", "tests.batch.driver", "status", str(folder / "out"), "--json"]
    state = json.loads(subprocess.check_output(command, cwd=ROOT))
    assert state["state"] == "killed"
    assert state["articles_done"] < state["articles"] == ARTICLES


@pytest.mark.slow
def test_an_orphan_that_hangs_ends_itself(tmp_path: Path) -> None:
    marker = tmp_path / "hangs"
    write_articles(tmp_path / "in", 1, a00=f"hang={marker}")
    run = start(tmp_path, "out", "--time-limit", "2")
    wait_until(marker.exists)
    os.kill(run.pid, signal.SIGKILL)
    run.communicate()
    assert comes_true(lambda: group_is_gone(run.pid))


def test_a_run_that_was_suspended_blames_no_article(folder: Path) -> None:
    run = start(folder, "out", "--time-limit", "3")
    wait_until(lambda: has_begun(folder, "out"))
    os.killpg(run.pid, signal.SIGSTOP)
    time.sleep(5)
    os.killpg(run.pid, signal.SIGCONT)
    run.communicate(timeout=PATIENCE)
    assert run.returncode == 0


def test_a_watched_folder_is_kept_up_to_date(folder: Path) -> None:
    run = start(folder, "out", "--watch")
    wait_until(lambda: (folder / "out" / "articles.jsonl").exists())
    (folder / "in" / "b.txt").write_text(article(50))
    wait_until(lambda: manifest_of(folder)["counts"]["articles"] == ARTICLES + 1)
    os.killpg(run.pid, signal.SIGINT)
    _, told = run.communicate(timeout=PATIENCE)
    assert run.returncode == 130
    assert manifest_of(folder)["this_run"]["articles"] == 1
    assert b"Traceback" not in told
