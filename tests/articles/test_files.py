"""Which files a run has, and how they are opened."""

from __future__ import annotations

import gzip
import io
import os
import sys
from pathlib import Path

import pytest

from pipeline.articles import Article, InputFile, ReadOptions, count_articles, discover, read_file
from pipeline.articles import stream as stream_module
from pipeline.errors import ReadError

STORY = b"The town sold its lamp on Tuesday, the mayor said."


@pytest.fixture
def folder(tmp_path):
    root = tmp_path / "in"
    for name in ("b.txt", "a/z.txt", "a/b.jsonl", "a/c.txt.gz", "B.txt", ".hidden.txt", ".git/x.txt"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(STORY)
    return root


def code_of(file: InputFile) -> str:
    (found,) = read_file(file)
    return "ok" if isinstance(found, Article) else found.code


def test_a_folder_is_walked_in_sorted_order_without_hidden_files(folder):
    assert [file.source for file in discover([str(folder)])] == [
        "B.txt",
        "a/b.jsonl",
        "a/c.txt.gz",
        "a/z.txt",
        "b.txt",
    ]


def test_sizes_are_those_of_the_stored_files(folder):
    assert {file.size for file in discover([str(folder)])} == {len(STORY)}


def test_a_single_file_is_called_by_its_name(folder):
    assert [file.source for file in discover([str(folder / "a" / "z.txt")])] == ["z.txt"]


def test_sidecars_are_no_inputs_but_an_orphan_is_reported(folder):
    (folder / "b.meta.json").write_text("{}")
    (folder / "a" / "c.meta.json").write_text("{}")
    (folder / "alone.meta.json").write_text("{}")
    sources = [file.source for file in discover([str(folder)])]
    assert "b.meta.json" not in sources
    assert "a/c.meta.json" not in sources
    assert "alone.meta.json" in sources


def test_unknown_suffixes_are_reported(folder):
    (folder / "table.docx").write_bytes(b"x")
    found = {file.source: file for file in discover([str(folder)])}
    assert code_of(found["table.docx"]) == "E_UNKNOWN_FORMAT"


def test_equal_names_from_two_folders_are_told_apart(folder):
    sources = [file.source for file in discover([str(folder), str(folder / "a")])]
    assert len(sources) == len(set(sources))


def test_a_folder_given_twice_is_read_once(folder):
    assert len(discover([str(folder), str(folder)])) == 5


def test_missing_input_is_an_error_that_names_it(tmp_path):
    with pytest.raises(ReadError, match="nowhere") as caught:
        discover([str(tmp_path / "nowhere")])
    assert caught.value.code == "E_NOT_FOUND"


def test_link_to_a_file_in_the_same_folder_is_followed(folder):
    (folder / "link.txt").symlink_to(folder / "b.txt")
    found = {file.source: file for file in discover([str(folder)])}
    assert code_of(found["link.txt"]) == "ok"


def test_links_that_lead_out_or_round_in_circles_are_refused(folder, tmp_path):
    (tmp_path / "secret.txt").write_bytes(STORY)
    (folder / "out.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "loop").symlink_to(folder)
    (folder / "broken.txt").symlink_to(folder / "gone.txt")
    (folder / "self.txt").symlink_to(folder / "self.txt")
    found = {file.source: file for file in discover([str(folder)])}
    assert code_of(found["out.txt"]) == "E_LINK"
    assert code_of(found["broken.txt"]) == "E_LINK"
    assert code_of(found["self.txt"]) == "E_LINK"
    assert "loop" in found
    assert code_of(InputFile(found["loop"].path, "loop.txt", 0)) == "E_LINK"
    assert not any(source.startswith("loop/") for source in found)


def test_a_file_that_becomes_a_link_after_discovery_is_refused(folder, tmp_path):
    found = {file.source: file for file in discover([str(folder)])}
    (tmp_path / "secret.txt").write_bytes(STORY)
    (folder / "b.txt").unlink()
    (folder / "b.txt").symlink_to(tmp_path / "secret.txt")
    assert code_of(found["b.txt"]) == "E_LINK"


def test_a_link_given_by_name_is_followed(tmp_path):
    (tmp_path / "real.txt").write_bytes(STORY)
    (tmp_path / "link.txt").symlink_to(tmp_path / "real.txt")
    (file,) = discover([str(tmp_path / "link.txt")])
    assert file.source == "link.txt"
    assert code_of(file) == "ok"


def test_pipes_and_devices_are_refused_without_waiting(tmp_path):
    os.mkfifo(tmp_path / "pipe.txt")
    assert code_of(InputFile(str(tmp_path / "pipe.txt"), "pipe.txt", 0)) == "E_NOT_A_FILE"
    assert code_of(InputFile("/dev/zero", "zero.txt", 0)) == "E_NOT_A_FILE"
    assert code_of(InputFile(str(tmp_path), "folder.txt", 0)) == "E_NOT_A_FILE"


def test_a_file_that_is_gone_may_be_retried(tmp_path):
    (letter,) = read_file(InputFile(str(tmp_path / "gone.txt"), "gone.txt", 0))
    assert (letter.code, letter.retryable, letter.stage) == ("E_NOT_FOUND", True, "read")
    assert letter.exception == "FileNotFoundError"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_a_dead_letter(tmp_path):
    (tmp_path / "shut.txt").write_bytes(STORY)
    (tmp_path / "shut.txt").chmod(0)
    assert code_of(InputFile(str(tmp_path / "shut.txt"), "shut.txt", 0)) == "E_UNREADABLE"


def test_a_name_that_is_not_utf8_is_a_dead_letter(tmp_path):
    try:
        Path(os.fsdecode(bytes(tmp_path) + b"/lamp-\xff.txt")).write_bytes(STORY)
    except OSError:
        pytest.skip("this file system takes only UTF-8 names")
    (file,) = discover([str(tmp_path)])
    assert file.source == "lamp-\ufffd.txt"
    assert code_of(file) == "E_FILE_NAME"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may list everything")
def test_a_folder_that_cannot_be_listed_is_reported(folder):
    (folder / "a").chmod(0)
    found = {file.source: file for file in discover([str(folder)])}
    (folder / "a").chmod(0o755)
    assert "a" in found


def test_gzip_is_read_whatever_the_format(read_bytes):
    (article,) = read_bytes(gzip.compress(STORY), "story.txt.gz")
    assert article.text == STORY.decode()
    (article,) = read_bytes(gzip.compress(b'{"text": "The lamp."}'), "story.json.gz")
    assert article.text == "The lamp."


@pytest.mark.parametrize(
    "damage", [lambda d: d[:-9], lambda d: d[:30] + b"\x00\xff" * 10 + d[50:], lambda d: d[:12]]
)
def test_damaged_gzip_is_a_dead_letter(read_bytes, damage):
    packed = gzip.compress(bytes(range(256)) * 40)
    (letter,) = read_bytes(damage(packed), "story.txt.gz")
    assert letter.code == "E_GZIP"


def test_gzip_bomb_stops_at_the_limit_for_an_article(read_bytes):
    (letter,) = read_bytes(gzip.compress(b" " * 30_000_000), "story.txt.gz")
    assert letter.code == "E_TOO_LARGE"


def test_gzip_bomb_of_many_lines_stops(read_bytes, monkeypatch):
    monkeypatch.setattr(stream_module, "_MIN_GUARDED_BYTES", 100_000)
    letters = read_bytes(gzip.compress(b"\n" * 3_000_000), "story.jsonl.gz")
    assert [letter.code for letter in letters] == ["E_GZIP"]


def test_counting_an_unreadable_file_gives_its_one_dead_letter(tmp_path):
    (tmp_path / "bad.jsonl.gz").write_bytes(b"\x1f\x8b rest")
    assert count_articles(InputFile(str(tmp_path / "bad.jsonl.gz"), "bad.jsonl.gz", 8)) == 1
    assert count_articles(InputFile(str(tmp_path / "x.docx"), "x.docx", 8)) == 1


@pytest.fixture
def standard_input(monkeypatch):
    def put(data: bytes) -> InputFile:
        stream_module._standard_input.cache_clear()
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
        (file,) = discover(["-"])
        return file

    yield put
    stream_module._standard_input.cache_clear()


@pytest.mark.parametrize(
    ("data", "count", "media_type"),
    [
        (STORY, 1, "text/plain"),
        (b'{"text": "One."}\n{"text": "Two."}\n', 2, "application/x-ndjson"),
        (b'[{"text": "One."}, {"text": "Two."}]', 2, "application/json"),
        (b'{\n "text": "One."\n}', 1, "application/json"),
        (b'\xef\xbb\xbf{"text": "One."}', 1, "application/json"),
        (
            b"<?xml version='1.0'?><nitf><body><body.content><p>One.</p></body.content></body></nitf>",
            1,
            "application/nitf+xml",
        ),
        (gzip.compress(STORY), 1, "text/plain"),
    ],
)
def test_standard_input_is_recognised_by_its_content(standard_input, data, count, media_type):
    file = standard_input(data)
    assert count_articles(file) == count
    articles = list(read_file(file))
    assert [article.media_type for article in articles] == [media_type] * count


def test_web_page_on_standard_input(standard_input):
    pytest.importorskip("trafilatura")
    page = (
        b"<!DOCTYPE html><html><body><article><p>"
        + (STORY + b"</p><p>") * 8
        + b"</p></article></body></html>"
    )
    (article,) = read_file(standard_input(page))
    assert article.media_type == "text/html"


def test_format_option_goes_before_the_suffix(tmp_path):
    (tmp_path / "story.dat").write_bytes(STORY)
    file = InputFile(str(tmp_path / "story.dat"), "story.dat", 1)
    (article,) = read_file(file, ReadOptions(format="text"))
    assert article.text == STORY.decode()
    (letter,) = read_file(file, ReadOptions(format="klingon"))
    assert letter.code == "E_UNKNOWN_FORMAT"
