"""The encoder's shell: units and windows of an encoding, model folders that are wrong."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.components.encoder import MODEL_FORMAT, ModelMeta, NewsModel, shipped_model_folder
from pipeline.errors import ModelError
from tests.components.handmade import make_encoding, read_marks

META = {
    "name": "toy", "version": "1.2.3", "format": MODEL_FORMAT, "window": 64, "tags": ["NN", "VB"],
    "link_width": 8, "weights_sha256": "00", "more": "is ignored",
}  # fmt: skip


@pytest.mark.parametrize(
    ("words", "units"),
    [("Ana", [0]), ("na", [0]), ("Ana Diaz", [0, 1]), (" ", []), ("z said", [1, 2]), (".", [3])],
)
def test_the_units_of_a_stretch_are_those_that_overlap_it(words: str, units: list[int]) -> None:
    text = "Ana Diaz said."
    encoding = make_encoding(read_marks(text))
    start = text.index(words)
    assert list(encoding.units(start, start + len(words))) == units


def test_window_borders_cover_every_unit_once() -> None:
    encoding = make_encoding(read_marks("One two.\nThree.\nFour five six."), window_each=True)
    assert encoding.window_borders() == [(0, 3), (3, 5), (5, 9)]


def test_an_article_without_words_has_no_windows() -> None:
    assert make_encoding(read_marks("")).window_borders() == []


def test_meta_data_are_read_from_the_model_folder(tmp_path: Path) -> None:
    (tmp_path / "meta.json").write_text(json.dumps(META), encoding="utf-8")
    meta = ModelMeta.read(tmp_path)
    assert (meta.name, meta.version, meta.window, meta.tags) == ("toy", "1.2.3", 64, ("NN", "VB"))


def test_a_folder_without_a_model_is_told_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="make model") as error:
        NewsModel(tmp_path)
    assert str(tmp_path) in str(error.value)


def _cut(file: Path) -> None:
    content = file.read_bytes()
    file.write_bytes(content[: len(content) // 2])


@pytest.mark.model
@pytest.mark.parametrize("harm", [Path.unlink, _cut])
@pytest.mark.parametrize("name", ["meta.json", "model.onnx", "tokenizer.json"])
def test_a_missing_or_damaged_file_of_a_model_is_told_with_what_to_do(
    tmp_path: Path, name: str, harm: Callable[[Path], None]
) -> None:
    folder = shutil.copytree(shipped_model_folder(), tmp_path / "model")
    harm(folder / name)
    with pytest.raises(ModelError, match="make model") as error:
        NewsModel(folder)
    assert str(folder) in str(error.value)


@pytest.mark.parametrize("content", ["[]", '{"format": 2}', "\xff", ""])
def test_meta_data_of_the_wrong_shape_are_damaged(tmp_path: Path, content: str) -> None:
    (tmp_path / "meta.json").write_text(content, encoding="latin-1")
    with pytest.raises(ModelError, match="damaged"):
        ModelMeta.read(tmp_path)


def test_a_model_of_another_format_is_refused(tmp_path: Path) -> None:
    (tmp_path / "meta.json").write_text(json.dumps({**META, "format": 99}), encoding="utf-8")
    with pytest.raises(ModelError, match="format 99"):
        ModelMeta.read(tmp_path)
