"""Damaged articles through every stage: ``python -m tests.batch.fuzz --inputs 20000 --seed 1``.

Each input is a sample of ``corpus/articles`` (or of ``--samples``) after a few random mutations, in one of
the formats that readers take. A finding is an exception, records that break the schema, a span that is no
slice of its text, or an input that takes too long. Equal seeds give equal inputs.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from pipeline import load, process
from pipeline.articles import Article, InputFile, ReadOptions, read_file
from pipeline.contract.quick_checks import fits
from pipeline.outputs.jsonl import decode, encode
from pipeline.record import DeadLetter

Mutation = Callable[[random.Random, str], str]

MARKS = "\"“”‘’'«»‹›„‚()[]{}—–-…$%€£#@&*/\\|<>"
TOKENS = (
    "said", "according to", "\n", "\n\n", "Q: ", "A: ", "“", "”", '"', "‘", "’", "one million", "$5bn",
    "50 cents", "last Monday", "Oct. 1, 2016", "1990s", "at least", "between 3 and", "per cent", "percent",
    "he", "she", "they", "the ministry", "Mr.", "St.", "\u0000", "\u200d", "\ufeff", "\u202e", "\u0301",
    "\U0001f600", "99999999999999999999", "1e999", "-0", "½", "٣", "²", "Ⅳ", "February 30", "0000-00-00",
    "24:61", "12/13/0001", "the year 99999", "million million",
)  # fmt: skip


def _place(rng: random.Random, text: str) -> int:
    return rng.randrange(len(text) + 1)


def _stretch(rng: random.Random, text: str) -> tuple[int, int]:
    first, second = sorted((_place(rng, text), _place(rng, text)))
    return first, min(second, first + 300)


def _cut(rng: random.Random, text: str) -> str:
    start, end = _stretch(rng, text)
    return text[:start] + text[end:]


def _doubled(rng: random.Random, text: str) -> str:
    start, end = _stretch(rng, text)
    return text[:end] + text[start:end] * rng.randrange(1, 4) + text[end:]


def _swapped(rng: random.Random, text: str) -> str:
    start, end = _stretch(rng, text)
    return text[end:] + text[start:end] + text[:start]


def _quoted(rng: random.Random, text: str) -> str:
    start, end = _stretch(rng, text)
    depth = rng.randrange(1, 12)
    opening, closing = rng.choice(("“”", "‘’", '""', "''", "«»", "“‘", "()"))
    return text[:start] + opening * depth + text[start:end] + closing * rng.randrange(depth + 1) + text[end:]


def _with_token(rng: random.Random, text: str) -> str:
    place = _place(rng, text)
    return text[:place] + rng.choice(("", " ")) + rng.choice(TOKENS) + rng.choice(("", " ")) + text[place:]


def _with_marks(rng: random.Random, text: str) -> str:
    place = _place(rng, text)
    return text[:place] + "".join(rng.choices(MARKS, k=rng.randrange(1, 30))) + text[place:]


def _with_unicode(rng: random.Random, text: str) -> str:
    place = _place(rng, text)
    highest = rng.choice((0x7F, 0x3FF, 0xFFFF, 0x10FFFF))
    return (
        text[:place]
        + "".join(chr(rng.randrange(highest)) for _ in range(rng.randrange(1, 30)))
        + text[place:]
    )


def _replaced(rng: random.Random, text: str) -> str:
    old = rng.choice(text) if text else "x"
    return text.replace(old, rng.choice((*TOKENS, *MARKS)))


def _recased(rng: random.Random, text: str) -> str:
    return rng.choice((str.upper, str.lower, str.title, str.swapcase))(text)


def _with_run(rng: random.Random, text: str) -> str:
    place = _place(rng, text)
    return (
        text[:place]
        + rng.choice((*MARKS, *TOKENS, "1", "a", " ", "1-", "1,")) * rng.choice((50, 3000))
        + text[place:]
    )


def _with_many_marks(rng: random.Random, text: str) -> str:
    return text + rng.choice(MARKS) * 100_000


MUTATIONS: tuple[Mutation, ...] = (
    _cut, _doubled, _swapped, _quoted, _with_token, _with_token, _with_marks, _with_unicode, _replaced,
    _recased,
)  # fmt: skip
RARE: tuple[tuple[float, Mutation], ...] = ((0.03, _with_run), (0.0005, _with_many_marks))


def mutated(rng: random.Random, sample: str) -> str:
    """A stretch of the sample after one to eight mutations."""
    start = _place(rng, sample)
    text = sample[start : start + rng.randrange(50, 1500)]
    for _ in range(rng.randrange(1, 9)):
        text = rng.choice(MUTATIONS)(rng, text)
    for share, mutation in RARE:
        if rng.random() < share:
            text = mutation(rng, text)
    return text


def _bytes_of(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _paragraphs_html(text: str) -> str:
    return (
        "<html><body><article><h1>News</h1>"
        + "".join(f"<p>{p}</p>" for p in text.split("\n"))
        + "</article></body>"
    )


def _json_article(text: str) -> dict[str, Any]:
    return {"id": "a", "text": text, "title": text[:40], "date_published": "2024-03-05"}


def packed(rng: random.Random, text: str) -> tuple[str, bytes]:
    """A file name and content: the text in one of the formats, sometimes damaged as bytes."""
    kind = rng.choices(("txt", "html", "json", "jsonl"), (6, 1, 1, 1))[0]
    if kind == "html":
        data = _bytes_of(_paragraphs_html(text))
    elif kind == "json":
        data = json.dumps(_json_article(text)).encode()
    elif kind == "jsonl":
        data = b"\n".join([json.dumps(_json_article(text)).encode()] * 2)
    else:
        data = text.encode("utf-16", "surrogatepass") if rng.random() < 0.02 else _bytes_of(text)
    zipped = rng.random() < 0.1
    if rng.random() < 0.3:
        data = damaged(rng, data)
    if zipped:
        data = gzip.compress(data, 1, mtime=0)
        data = damaged(rng, data) if rng.random() < 0.5 else data
    return f"a.{kind}" + (".gz" if zipped else ""), data


def damaged(rng: random.Random, data: bytes) -> bytes:
    """The bytes with a few flipped, or without their end, or with a stretch twice."""
    changed = bytearray(data)
    for _ in range(rng.randrange(1, 8)):
        if changed:
            changed[rng.randrange(len(changed))] = rng.randrange(256)
    choice = rng.randrange(4)
    if choice == 0:
        return bytes(changed[: rng.randrange(len(changed) + 1)])
    if choice == 1:
        place = rng.randrange(len(changed) + 1)
        return bytes(changed[:place] + changed[max(0, place - 200) :])
    return bytes(changed)


def spans(value: Any) -> Iterator[dict[str, Any]]:
    """Every span inside a record."""
    if isinstance(value, dict):
        if value.keys() >= {"start", "end", "exact"}:
            yield value
        for inner in value.values():
            yield from spans(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from spans(inner)


class Fuzzer:
    """The loaded stages, and what became of the inputs so far."""

    def __init__(self, folder: Path, seconds: float) -> None:
        self._nlp = load()
        self._folder = folder
        self._seconds = seconds
        self.counts: Counter[str] = Counter()

    def problem(self, name: str, data: bytes) -> str | None:
        """What went wrong with an input, or None."""
        path = self._folder / name
        path.write_bytes(data)
        signal.setitimer(signal.ITIMER_PROF, self._seconds)
        try:
            return self._problem_of(InputFile(str(path), name, len(data)))
        except Exception:
            return traceback.format_exc()
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
            path.unlink()

    def _problem_of(self, file: InputFile) -> str | None:
        for item in read_file(file, ReadOptions()):
            if isinstance(item, DeadLetter):
                self.counts[item.code] += 1
                if item.code == "E_INTERNAL" or not fits("errors")(decode(encode(item))):
                    return f"dead letter {item}"
            elif problem := self._article_problem(item):
                return problem
        return None

    def _article_problem(self, article: Article) -> str | None:
        record, claims = process(self._nlp, article, include_text=True)
        self.counts["articles"] += 1
        self.counts["claims"] += len(claims)
        lines = [
            ("articles", decode(encode(record))),
            *(("claims", decode(encode(claim))) for claim in claims),
        ]
        for file, line in lines:
            if not fits(file)(line):
                return f"{file} breaks the schema: {line}"
            wrong = next((s for s in spans(line) if article.text[s["start"] : s["end"]] != s["exact"]), None)
            if wrong:
                return f"{file}: no slice: {wrong}"
        return None


def inputs(samples: list[str], seed: int, number: int) -> Iterator[tuple[int, str, bytes]]:
    """The inputs of a seed with their numbers."""
    for index in range(number):
        rng = random.Random(f"{seed}:{index}")
        yield index, *packed(rng, mutated(rng, rng.choice(samples)))


def samples_in(folder: Path) -> list[str]:
    """The texts of a folder, but for those that a ``gate.txt`` beside it keeps for the gate."""
    listed = folder.parent / "gate.txt"
    kept_back = listed.read_text(encoding="utf-8").split("\n") if listed.exists() else []
    paths = sorted(folder.glob("*.txt"))
    return [path.read_text(encoding="utf-8") for path in paths if path.stem not in kept_back]


def _out_of_time(_signal: int, _frame: object) -> None:
    raise TimeoutError


def main() -> int:
    """Run, tell the findings and keep the inputs that led to them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inputs", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=60.0, help="processor time an input may take")
    parser.add_argument("--stop-after", type=float, default=float("inf"), help="seconds after which to stop")
    parser.add_argument("--samples", type=Path, default=Path("corpus/articles"))
    parser.add_argument("--keep", type=Path, default=Path("out/fuzz"), help="where failing inputs go")
    parser.add_argument("--every", type=int, default=500, help="inputs after which to tell how far it is")
    options = parser.parse_args()
    samples = samples_in(options.samples)
    signal.signal(signal.SIGPROF, _out_of_time)
    began, tried, findings = time.monotonic(), 0, 0
    with tempfile.TemporaryDirectory() as folder:
        fuzzer = Fuzzer(Path(folder), options.seconds)
        for index, name, data in inputs(samples, options.seed, options.inputs):
            if time.monotonic() - began > options.stop_after:
                break
            tried += 1
            if problem := fuzzer.problem(name, data):
                findings += 1
                options.keep.mkdir(parents=True, exist_ok=True)
                (options.keep / f"{options.seed}-{index}-{name}").write_bytes(data)
                print(f"--- input {index} of seed {options.seed} ({name})\n{problem[-3000:]}", flush=True)
            if tried % options.every == 0:
                print(f"{tried} inputs, {findings} findings, {time.process_time():.0f} s", flush=True)
    print(f"{tried} inputs, {findings} findings; {dict(fuzzer.counts)}")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
