"""The training corpora as examples, and the rewriting of their quotation marks."""

from __future__ import annotations

import gzip
import importlib.util
import json
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

from models.training.examples import Attribution, Example
from models.training.own import own_articles, own_names, own_quotes

SENTENCE_CORPORA = ("gmb", "uner_ewt", "wnut17")


def read_json_lines(path: Path) -> Iterator[dict[str, Any]]:
    """Records of a .jsonl or .jsonl.gz file, whichever of the two is there."""
    packed = path.with_name(path.name + ".gz")
    opened, found = (gzip.open, packed) if packed.exists() else (open, path)
    with opened(found, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def load_corpus(data: Path, name: str) -> list[Example]:
    """All training examples of a corpus named in config.toml."""
    return list(_READERS[name](data))


def polnear(data: Path, split: str = "train") -> Iterator[Example]:
    """PolNeAR articles with their attributions."""
    for record in read_json_lines(data / "quotes/polnear" / f"{split}.jsonl"):
        spans = [
            Attribution(*(tuple((s, e) for s, e in item[role]) for role in ("content", "cue", "source")))
            for item in record["attributions"]
        ]
        yield Example(record["text"], attributions=tuple(spans))


def named(corpus: str, *splits: str) -> Callable[[Path], Iterator[Example]]:
    """A reader of a name corpus, its labels mapped by the data folder's own ``to_project.py``."""

    def read(data: Path) -> Iterator[Example]:
        project = _label_mapping(data)
        for split in splits:
            records = list(project.read(corpus, split))
            for group in _documents(records, corpus):
                yield _joined([project.convert(record, corpus) for record in group])

    return read


def tagged(corpus: str) -> Callable[[Path], Iterator[Example]]:
    """A reader of a Universal Dependencies treebank: PTB tags, sentences joined into paragraphs."""

    def read(data: Path) -> Iterator[Example]:
        with gzip.open(data / "ud" / corpus / "train.conllu.gz", "rt", encoding="utf-8") as lines:
            sentences = list(_conllu_sentences(lines))
        for start in range(0, len(sentences), 8):
            yield _tagged_paragraph(sentences[start : start + 8])

    return read


_READERS: dict[str, Callable[[Path], Iterator[Example]]] = {
    "polnear": polnear,
    "worldwide_fine": named("worldwide_fine", "train"),
    "men": named("men", "train"),
    "gmb": named("gmb", "train"),
    "uner_ewt": named("uner_ewt", "train"),
    "wnut17": named("wnut17", "train"),
    "own_names": own_names,
    "own_quotes": own_quotes,
    "own_articles": own_articles,
    "redocred": named("redocred", "test"),
    "crossner_politics": named("crossner_politics", "train", "test"),
    "crossner_literature": named("crossner_literature", "train", "test"),
    "crossner_music": named("crossner_music", "train", "test"),
    "crossner_science": named("crossner_science", "train", "test"),
    "ewt": tagged("ewt"),
    "gum_open": tagged("gum_open"),
}


def _label_mapping(data: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("to_project", data / "ner/to_project.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _documents(records: list[dict[str, Any]], corpus: str) -> Iterator[list[dict[str, Any]]]:
    """Sentence corpora are grouped, so that windows are as full as those of articles."""
    size = 6 if corpus in SENTENCE_CORPORA else 1
    for start in range(0, len(records), size):
        yield records[start : start + size]


def _joined(records: list[dict[str, Any]]) -> Example:
    texts, names, open_names, offset = [], [], [], 0
    for record in records:
        texts.append(record["text"])
        names += [(s + offset, e + offset, label) for s, e, label in record["ents"]]
        open_names += [(s + offset, e + offset, tuple(allowed)) for s, e, allowed in record["missing"]]
        offset += len(record["text"]) + 1
    return Example(
        "\n".join(texts),
        names=tuple(names),
        open_names=tuple(open_names),
        covers=frozenset(records[0]["covers"]),
    )


def _conllu_sentences(lines: Iterator[str]) -> Iterator[list[tuple[str, str, bool]]]:
    """Sentences as ``(word, tag, space after)``; range lines of multiword tokens are dropped."""
    words: list[tuple[str, str, bool]] = []
    glued_until = 0
    for line in lines:
        columns = line.rstrip("\n").split("\t")
        if len(columns) < 10:
            if words and not line.strip():
                yield words
                words, glued_until = [], 0
        elif "-" in columns[0]:
            glued_until = int(columns[0].split("-")[1])
        elif columns[0].isdigit():
            glued = int(columns[0]) < glued_until or "SpaceAfter=No" in columns[9]
            words.append((columns[1], columns[4], not glued))
    if words:
        yield words


def _tagged_paragraph(sentences: list[list[tuple[str, str, bool]]]) -> Example:
    text, tags = "", []
    for sentence in sentences:
        text = text.rstrip() + " " if text else ""
        for word, tag, space in sentence:
            tags.append((len(text), len(text) + len(word), tag))
            text += word + (" " if space else "")
    return Example(text.rstrip(), tags=tuple(tags))


_MARK_STYLES = ("“”", '""', "‘’", "''", "«»", "„“")


def rewrite_marks(text: str, rng: random.Random) -> str:
    """The text with its double quotation marks in another convention, length unchanged."""
    opening, closing = rng.choice(_MARK_STYLES)
    inside, out = False, []
    for char in text:
        if char in '“”"':
            inside = char == "“" or (char == '"' and not inside)
            out.append(opening if inside else closing)
        else:
            inside = inside and char != "\n"
            out.append(char)
    return "".join(out)
