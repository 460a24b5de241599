"""The encoder: one forward pass over an article, whose scores all later stages read.

A compact BERT-layout network (6 layers, 384 wide), run by onnxruntime in int8, one window a call: nothing
is spent on padding, and as quantisation scales depend on what shares a call, a window's scores depend on
nothing but the window.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc

from pipeline.components.confidence import Calibration
from pipeline.components.extensions import register_extensions
from pipeline.components.labels import RELATIONS, FloatArray
from pipeline.components.paragraphs import body_paragraphs
from pipeline.components.windows import IntArray, Window, load_tokenizer, make_windows
from pipeline.errors import ModelError
from pipeline.tokens import text_of

MODEL_FORMAT = 2
_INPUTS = ("ids", "shapes", "states")
_OUTPUTS = ("entities", "roles", "tags", "links")
# onnxruntime's kernel for a sum and its norm in one is several times slower than its two kernels in a row.
_SLOWER_FUSIONS = ("SkipLayerNormFusion",)


@dataclass(frozen=True, slots=True)
class Encoding:
    """What the model says of every unit of an article, units in text order.

    ``starts``, ``ends`` (code points), ``window`` (its number): one entry a unit. ``entities`` and
    ``roles`` are log probabilities (units, labels); ``tags`` the best tag's index; ``links`` two vectors
    a unit for each of ``RELATIONS``, as dependent and as head, side by side; ``roots`` those of each
    window's [CLS], the head of what has none.
    """

    starts: IntArray
    ends: IntArray
    window: IntArray
    entities: FloatArray
    roles: FloatArray
    tags: IntArray
    links: FloatArray
    roots: FloatArray
    tag_names: tuple[str, ...]

    def window_borders(self) -> list[tuple[int, int]]:
        """``(first unit, unit after the last)`` of each window."""
        cuts = np.flatnonzero(np.diff(self.window)) + 1
        edges = [0, *cuts.tolist(), len(self.window)]
        return list(pairwise(edges)) if len(self.window) else []

    def relation(self, number: int) -> tuple[FloatArray, FloatArray, FloatArray]:
        """One relation's vectors of the units as dependents and as heads, and of the roots as heads."""
        width = self.links.shape[1] // (2 * len(RELATIONS))
        dependents = slice(2 * number * width, (2 * number + 1) * width)
        heads = slice(dependents.stop, dependents.stop + width)
        return self.links[:, dependents], self.links[:, heads], self.roots[:, heads]

    def units(self, start: int, end: int) -> range:
        """The units that overlap ``text[start:end]``."""
        first = int(np.searchsorted(self.ends, start, side="right"))
        return range(first, max(first, int(np.searchsorted(self.starts, end, side="left"))))


@dataclass(frozen=True, slots=True)
class ModelMeta:
    """The contents of a model folder's meta.json that the pipeline uses."""

    name: str
    version: str
    window: int
    tags: tuple[str, ...]
    link_width: int
    weights_sha256: str
    calibration: Calibration

    @classmethod
    def read(cls, folder: Path) -> ModelMeta:
        """The meta data of a model folder; ``ModelError`` where it is missing or of another format."""
        path = folder / "meta.json"
        if not path.is_file():
            raise ModelError(f"no model in {folder}: run `make model` or reinstall onrecord")
        try:
            return cls._of(json.loads(path.read_text(encoding="utf-8")), folder)
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise ModelError(f"{path} is damaged: reinstall onrecord or run `make model`") from error

    @classmethod
    def _of(cls, stated: dict[str, Any], folder: Path) -> ModelMeta:
        if stated.get("format") != MODEL_FORMAT:
            raise ModelError(f"the model in {folder} has format {stated.get('format')}, not {MODEL_FORMAT}")
        return cls(
            stated["name"], stated["version"], stated["window"], tuple(stated["tags"]), stated["link_width"],
            stated["weights_sha256"], Calibration.read(stated.get("calibration")),
        )  # fmt: skip


def _check_weights(path: Path, sha256: str) -> None:
    """Refuse weights other than those that the meta data, and with them every fingerprint, name."""
    try:
        with path.open("rb") as stream:
            found = hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise ModelError(f"no weights at {path}: reinstall onrecord or run `make model`") from error
    if found != sha256:
        raise ModelError(f"{path} is not what meta.json names: reinstall onrecord or run `make model`")


class NewsModel:
    """The shipped network and tokeniser, loaded from a model folder."""

    def __init__(self, folder: Path, *, threads: int = 1) -> None:
        self.meta = ModelMeta.read(folder)
        _check_weights(folder / "model.onnx", self.meta.weights_sha256)
        self._folder = folder
        self._threads = threads
        self.tokenizer = load_tokenizer(str(folder / "tokenizer.json"))

    @cached_property
    def _session(self) -> Any:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = self._threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        path = str(self._folder / "model.onnx")
        return onnxruntime.InferenceSession(
            path, options, providers=["CPUExecutionProvider"], disabled_optimizers=list(_SLOWER_FUSIONS)
        )

    def encode(self, text: str, paragraphs: Sequence[tuple[int, int]]) -> Encoding:
        """The scores of every unit of the given paragraphs of a text."""
        windows = make_windows(self.tokenizer, text, paragraphs, limit=self.meta.window)
        return self._encoding(windows, map(self._scores, windows))

    def _scores(self, window: Window) -> _WindowScores:
        feed = {name: getattr(window, name)[np.newaxis] for name in _INPUTS}
        entities, roles, tags, links = (scores[0] for scores in self._session.run(_OUTPUTS, feed))
        at = window.first_piece
        return _WindowScores(
            _log_softmax(entities[at]), _log_softmax(roles[at]), tags[at].argmax(-1), links[at], links[:1]
        )

    def _encoding(self, windows: list[Window], scores: Iterable[_WindowScores]) -> Encoding:
        if not windows:
            return self._empty()
        units = [len(window.starts) for window in windows]
        joined = _joined(scores, units=sum(units), windows=len(windows))
        return Encoding(
            starts=np.concatenate([window.starts for window in windows]),
            ends=np.concatenate([window.ends for window in windows]),
            window=np.repeat(np.arange(len(windows)), units),
            **joined._asdict(),
            tag_names=self.meta.tags,
        )

    def _empty(self) -> Encoding:
        none = np.zeros(0, dtype=np.int64)
        scores = np.zeros((0, 1), dtype=np.float32)
        return Encoding(none, none, none, scores, scores, none, scores, scores, self.meta.tags)


class _WindowScores(NamedTuple):
    entities: FloatArray
    roles: FloatArray
    tags: IntArray
    links: FloatArray
    roots: FloatArray  # the one of the window


def _joined(scores: Iterable[_WindowScores], *, units: int, windows: int) -> _WindowScores:
    """The scores of all windows in one.

    Each window's go to their place as they come: what is a gigabyte for a megabyte of text is not held twice.
    """
    arrays: list[NDArray[Any]] = []
    places = [0] * len(_WindowScores._fields)
    for window in scores:
        parts: tuple[NDArray[Any], ...] = window
        if not arrays:
            sizes = (units, units, units, units, windows)
            arrays = [
                np.empty((n, *part.shape[1:]), part.dtype) for n, part in zip(sizes, parts, strict=True)
            ]
        for kind, part in enumerate(parts):
            arrays[kind][places[kind] : places[kind] + len(part)] = part
            places[kind] += len(part)
    return _WindowScores(*arrays)


def _log_softmax(scores: FloatArray) -> FloatArray:
    shifted = scores - scores.max(axis=-1, keepdims=True)
    result: FloatArray = shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
    return result


def shipped_model_folder() -> Path:
    """Where the weights stand: inside an installed wheel, or in ``models/`` of a checkout."""
    package = Path(__file__).resolve().parent.parent
    installed = package / "en_news"
    return installed if installed.is_dir() else package.parent / "models" / "en_news"


class EncoderComponent:
    """Sets ``doc._.encoding`` and the tokens' PTB tags."""

    def __init__(self, model: NewsModel) -> None:
        self.model = model

    def __call__(self, doc: Doc) -> Doc:
        """The Doc with the model's scores for all paragraphs but page furniture."""
        encoding = self.model.encode(text_of(doc), body_paragraphs(doc))
        doc._.encoding = encoding
        if len(doc) and len(encoding.starts):
            _set_tags(doc, encoding)
        return doc


def _set_tags(doc: Doc, encoding: Encoding) -> None:
    lengths = doc.to_array(["LENGTH", "SPACY"]).astype(np.int64).sum(axis=1)  # what follows a word included
    starts = np.cumsum(lengths) - lengths
    units = np.searchsorted(encoding.ends, starts, side="right").clip(max=len(encoding.tags) - 1)
    values = np.array([doc.vocab.strings.add(name) for name in encoding.tag_names], dtype=np.uint64)
    tags: NDArray[np.uint64] = values[encoding.tags[units]]
    doc.from_array(["TAG"], tags.reshape(-1, 1))  # type: ignore[arg-type]  # spaCy reads uint64


@Language.factory(
    "onrecord_encoder",
    assigns=["doc._.encoding", "token.tag"],
    default_config={"model": None, "threads": 1},
)
def make_encoder(nlp: Language, name: str, model: str | None, threads: int) -> EncoderComponent:
    """The encoder with the shipped weights, or with those of the folder ``model``."""
    register_extensions()
    return EncoderComponent(NewsModel(Path(model) if model else shipped_model_folder(), threads=threads))
