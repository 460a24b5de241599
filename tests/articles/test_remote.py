"""Inputs in a store: listed there, read from copies."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.articles import Article, discover, is_single, read_file
from pipeline.articles.article import InputFile
from pipeline.articles.remote import LocalCopies
from pipeline.errors import ReadError

upath = pytest.importorskip("upath", reason="needs the extra remote")
TEXT = b"The harbour was closed on Monday.\n"


@pytest.fixture
def store() -> Any:
    """An empty store in memory."""
    root = upath.UPath("memory://inputs")
    if root.fs.exists(root.path):
        root.fs.rm(root.path, recursive=True)
    return root


def put(store: Any, name: str, data: bytes = TEXT) -> None:
    (store / name).write_bytes(data)


def read(store: Any, tmp_path: Path) -> list[Any]:
    copies = LocalCopies(tmp_path / "copies")
    return [item for file in discover([str(store)]) for item in read_file(copies.local(file))]


def test_sources_are_relative_to_the_address(store: Any) -> None:
    put(store, "b.txt")
    put(store, "a/c.html")
    assert [file.source for file in discover([str(store)])] == ["a/c.html", "b.txt"]


def test_a_single_file_can_be_named(store: Any, tmp_path: Path) -> None:
    put(store, "a/c.txt")
    (file,) = discover([str(store / "a/c.txt")])
    (article,) = read_file(LocalCopies(tmp_path).local(file))
    assert isinstance(article, Article)
    assert (article.source, article.text) == ("c.txt", TEXT.decode())


def test_a_sidecar_is_read_with_its_text_and_is_no_article(store: Any, tmp_path: Path) -> None:
    put(store, "a.txt")
    put(store, "a.meta.json", json.dumps({"date_published": "2024-05-06"}).encode())
    (article,) = read(store, tmp_path)
    assert article.date_published == "2024-05-06"


def test_the_sidecar_of_one_text_is_not_the_next_ones(store: Any, tmp_path: Path) -> None:
    put(store, "a.txt")
    put(store, "a.meta.json", json.dumps({"date_published": "2024-05-06"}).encode())
    put(store, "b.txt", TEXT + b"It opened again.\n")
    assert [article.date_published for article in read(store, tmp_path)] == ["2024-05-06", None]


def test_a_changed_sidecar_changes_the_version(store: Any) -> None:
    put(store, "a.txt")
    (before,) = discover([str(store)])
    put(store, "a.meta.json", b"{}")
    (after,) = discover([str(store)])
    assert before.version != after.version


def test_packed_files_are_unpacked(store: Any, tmp_path: Path) -> None:
    put(store, "a.txt.gz", gzip.compress(TEXT))
    (article,) = read(store, tmp_path)
    assert article.text == TEXT.decode()


def test_lines_of_a_remote_file_are_articles(store: Any, tmp_path: Path) -> None:
    rows = [json.dumps({"id": f"n{number}", "text": "A boat sank."}) for number in range(3)]
    put(store, "news.jsonl", "\n".join(rows).encode())
    assert [article.source for article in read(store, tmp_path)] == ["n0", "n1", "n2"]


def test_two_addresses_with_the_same_names_are_told_apart(store: Any) -> None:
    put(store, "monday/a.txt")
    put(store, "tuesday/a.txt")
    found = discover([str(store / "monday"), str(store / "tuesday")])
    assert [file.source for file in found] == [f"{store}/monday/a.txt", f"{store}/tuesday/a.txt"]


def test_a_file_that_is_asked_for_again_is_not_fetched_again(store: Any, tmp_path: Path) -> None:
    put(store, "a.txt")
    (file,) = discover([str(store)])
    copies = LocalCopies(tmp_path)
    copies.local(file)
    assert copies.holds(file)
    (store / "a.txt").unlink()
    assert copies.local(file).path != file.path


def test_a_file_that_is_gone_says_so(store: Any, tmp_path: Path) -> None:
    put(store, "a.txt")
    (file,) = discover([str(store)])
    (store / "a.txt").unlink()
    with pytest.raises(ReadError) as caught:
        LocalCopies(tmp_path).local(file)
    assert (caught.value.code, caught.value.retryable) == ("E_NOT_FOUND", True)


def test_local_files_are_not_copied(tmp_path: Path) -> None:
    file = InputFile(str(tmp_path / "a.txt"), "a.txt", 1)
    assert LocalCopies(tmp_path).holds(file)
    assert LocalCopies(tmp_path).local(file) == file


@pytest.mark.parametrize(("name", "single"), [("a.txt", True), ("a.html.gz", True), ("a.jsonl", False)])
def test_some_names_tell_that_a_file_is_one_article(name: str, single: bool) -> None:
    assert is_single(InputFile(name, name, 1)) is single
