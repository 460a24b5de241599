"""Paths and addresses: what is local stays a path, what is not is reached through fsspec."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import ConfigurationError
from pipeline.storage import (
    exists,
    fetch,
    files_below,
    is_address,
    is_remote,
    listed,
    location,
    remove_below,
    uploading,
)

upath = pytest.importorskip("upath", reason="needs the extra remote")


@pytest.fixture
def store() -> Any:
    """An empty store in memory."""
    root = upath.UPath("memory://news")
    if root.fs.exists(root.path):
        root.fs.rm(root.path, recursive=True)
    return root


def fill(store: Any, *names: str) -> None:
    for name in names:
        (store / name).write_bytes(name.encode())


@pytest.mark.parametrize("name", ["s3://bucket/key", "memory://a", "gs://b/c", "abfs+x://y"])
def test_a_name_with_a_scheme_is_an_address(name: str) -> None:
    assert is_address(name)


@pytest.mark.parametrize("name", ["articles", "/articles", "file:///articles", "a:b", "-", "C://x"[2:]])
def test_everything_else_is_a_path(name: str) -> None:
    assert not is_address(name)


def test_a_path_stays_a_path() -> None:
    assert location("/articles/a.txt") == Path("/articles/a.txt")
    assert not is_remote(location("articles"))


def test_a_file_address_is_the_path_in_it() -> None:
    assert location("file:///articles/a.txt") == Path("/articles/a.txt")


def test_other_addresses_are_remote() -> None:
    assert is_remote(location("memory://news"))


def test_a_scheme_that_nobody_knows_is_a_wrong_option() -> None:
    with pytest.raises(ConfigurationError, match="nobody://knows"):
        location("nobody://knows")


def test_files_come_in_the_order_of_their_names_without_hidden_ones(store: Any) -> None:
    fill(store, "b.txt", "a/c.txt", ".onrecord/plan.jsonl", "a/.hidden")
    assert [(file.name, file.size) for file in files_below(str(store))] == [("a/c.txt", 7), ("b.txt", 5)]


def test_a_file_is_listed_by_its_own_name(store: Any) -> None:
    fill(store, "a/c.txt")
    assert [file.name for file in files_below(str(store / "a/c.txt"))] == ["c.txt"]


def test_the_version_changes_with_the_file(store: Any) -> None:
    fill(store, "a.txt", "b.txt")
    before = {file.name: file.version for file in files_below(str(store))}
    (store / "a.txt").write_bytes(b"other")
    after = {file.name: file.version for file in files_below(str(store))}
    assert before["a.txt"] != after["a.txt"]
    assert before["b.txt"] == after["b.txt"]


def test_a_fetched_file_has_the_bytes_of_the_store(store: Any, tmp_path: Path) -> None:
    fill(store, "a.txt")
    fetch(str(store / "a.txt"), tmp_path / "copy")
    assert (tmp_path / "copy").read_bytes() == b"a.txt"


def test_a_missing_file_cannot_be_fetched(store: Any, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        fetch(str(store / "gone.txt"), tmp_path / "copy")


def test_an_upload_is_there_when_all_of_it_is_written(store: Any) -> None:
    with uploading(store / "out.jsonl") as stream:
        stream.write(b"{}\n")
        assert not exists(str(store / "out.jsonl"))
    assert (store / "out.jsonl").read_bytes() == b"{}\n"


def test_a_failed_upload_leaves_what_was_there(store: Any) -> None:
    fill(store, "out.jsonl")
    with pytest.raises(RuntimeError), uploading(store / "out.jsonl") as stream:
        stream.write(b"half")
        raise RuntimeError
    assert (store / "out.jsonl").read_bytes() == b"out.jsonl"


def test_a_folder_is_listed_one_level_deep(store: Any) -> None:
    fill(store, "shards/1.json", "shards/old/2.json")
    assert sorted(path.name for path in listed(store / "shards")) == ["1.json", "old"]


def test_a_folder_that_no_file_made_is_empty(store: Any) -> None:
    assert listed(store / "shards") == []


def test_a_folder_goes_with_all_that_is_in_it(store: Any) -> None:
    fill(store, "shards/1.json", "plan.jsonl")
    remove_below(store / "shards")
    assert [file.name for file in files_below(str(store))] == ["plan.jsonl"]


def test_a_folder_that_is_not_there_can_be_removed(store: Any) -> None:
    remove_below(store / "shards")
    assert not exists(str(store / "shards"))
