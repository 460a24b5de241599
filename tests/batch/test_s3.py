"""A run over an object store that speaks the protocol of S3, where one can be started here."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.batch.conftest import OUTPUTS, article, output_bytes, write_articles

pytest.importorskip("upath", reason="needs the extra remote")
s3fs = pytest.importorskip("s3fs", reason="needs s3fs")
server = pytest.importorskip("moto.server", reason="needs moto[server]")
ROOT = Path(__file__).parents[2]


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A store with the buckets news and claims; the environment says where it is."""
    started = server.ThreadedMotoServer(port=0)
    started.start()
    host, port = started.get_host_and_port()
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://{host}:{port}")
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "test")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    store = s3fs.S3FileSystem(skip_instance_cache=True, use_listings_cache=False)
    for bucket in ("news", "claims"):
        store.mkdir(bucket)
    yield store
    started.stop()


def onrecord(*arguments: str) -> int:
    """The exit code of the command line with the engine that needs no model."""
    command = [sys.executable, "-m", "tests.batch.driver", *arguments, "--quiet"]
    return subprocess.run(command, cwd=ROOT, env=os.environ, check=False).returncode


def test_a_run_in_a_store_has_the_bytes_of_a_local_one(tmp_path: Path, store: Any) -> None:
    folder = write_articles(tmp_path / "in", 4, a03="value")
    (folder / "a01.meta.json").write_text(json.dumps({"title": "Houses"}))
    (folder / "sub").mkdir()
    rows = [json.dumps({"id": f"n{number}", "text": article(60 + number)}) for number in range(3)]
    (folder / "sub" / "news.jsonl").write_text("\n".join(rows))
    store.put(f"{folder}/", "news/2024/", recursive=True)
    codes = [onrecord("run", str(folder), "--out", str(tmp_path / "out"))]
    codes += [
        onrecord("run", "s3://news/2024", "--out", "s3://claims/2024", "--shard-size", "2") for _ in range(2)
    ]
    codes += [onrecord("retry", "s3://claims/2024")]
    assert codes == [3, 3, 3, 3]
    stored = tuple(store.cat_file(f"claims/2024/{name}") for name in OUTPUTS)
    assert stored == output_bytes(tmp_path / "out")
