"""Worst cases through every stage at growing sizes: ``python -m tests.batch.hostile --megabytes 1 2 4 8``.

The network is left out unless ``--model`` is given: it takes the same time for every window, and would hide
what the other stages cost. Scores in its place depend on the wordpieces alone, so that there are names, cues,
sources and contents everywhere. A stage whose time grows much faster than the text is a finding. Workers of a
run compute with one thread: ``OPENBLAS_NUM_THREADS=1`` measures what they spend.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial

import numpy as np
from spacy.language import Language

from pipeline import load
from pipeline.articles import article_from_text
from pipeline.components.encoder import NewsModel, _WindowScores
from pipeline.components.labels import ENTITY_TYPES, QUOTE_ROLES, RELATIONS
from pipeline.components.windows import SHAPES, Window
from pipeline.extraction import article_record, make_doc, pipeline_info_of
from pipeline.outputs.jsonl import encode

# Twice the text may cost this many times as much before it counts as a finding.
GROWTH = 3.0
# Less than this, in seconds, is noise.
NOISE = 1.0
_SYLLABLES = tuple(consonant + vowel for consonant in "bdklmn" for vowel in "aeio")


def _word(number: int) -> str:
    """A word of its own for every number."""
    syllables = []
    while number >= 0:
        number, rest = divmod(number, len(_SYLLABLES))
        syllables.append(_SYLLABLES[rest])
        number -= 1
    return "".join(reversed(syllables))


def _name(number: int) -> str:
    return f"{_word(number).title()} {_word(number * 7 + 3).title()}son"


def _counted(make: Callable[[int], str], size: int) -> str:
    """What ``make`` gives for 0, 1, 2 …, until the text is long enough."""
    parts: list[str] = []
    length = number = 0
    while length < size:
        parts.append(make(number))
        length += len(parts[-1])
        number += 1
    return "".join(parts)


def _repeated(unit: str) -> Callable[[int], str]:
    return lambda size: unit * (size // len(unit))


def _of(make: Callable[[int], str]) -> Callable[[int], str]:
    return lambda size: _counted(make, size)


def _said(number: int) -> str:
    return f"The minister said {_name(number)} lost {number} boats. “No,” he told the company on Monday.\n"


def _bodies(number: int) -> str:
    name = _word(number).title()
    return f"{name} Council chairwoman {_name(number)} spoke. The council said it. The chairwoman agreed.\n"


def _kinds(number: int) -> str:
    name = _word(number).title()
    return f"{name} City grew. The city said it. The bank said so. They said no. “No,” he said of it.\n"


def _nested(size: int) -> str:
    depth = size // 12
    return "".join("“Ana said " if n % 2 else "‘Ben said " for n in range(depth)) + "no" + "”’" * depth


def _noise(size: int) -> str:
    rng = random.Random(size)
    alphabet = "\"“”‘’'.,:;!?()[]—–-$%0123456789 \n aeisonrtTAM"
    return "".join(rng.choices(alphabet, k=size))


CASES: dict[str, Callable[[int], str]] = {
    "digits": _repeated("7"),
    "grouped digits": _repeated("123,"),
    "numbers": _of(lambda n: f"{n} "),
    "number words": _repeated("one hundred and twenty two thousand "),
    "sums of money": _of(lambda n: f"${n}.5 million to $9 billion a year, "),
    "straight quotation marks": _repeated('"'),
    "curly quotation marks": _repeated("“”"),
    "opening marks and words": _repeated("“a "),
    "single marks and words": _repeated("‘a s’ "),
    "nested quotes": _nested,
    "names and commas": _of(lambda n: f"{_name(n)}, "),
    "one name": _repeated("Ana Diaz "),
    "capitalised words": _of(lambda n: f"{_word(n).title()} "),
    "surnames alone": _of(lambda n: f"Mr. {_word(n % 5000).title()} and "),
    "long paragraph without blanks": _of(_word),
    "paragraphs of a word": _of(lambda n: f"{_word(n)}\n"),
    "names and sources": _of(_said),
    "offices and bodies": _of(_bodies),
    "kinds of bodies": _of(_kinds),
    "interview turns": _of(lambda n: f"Q: Will {_name(n)} go?\nA: We will go on, and on.\n"),
    "estimates": _of(lambda n: f"they put the toll at {n} "),
    "he said": _repeated("he said "),
    "he said and said": _repeated("he said it and said that "),
    "offices in a row": lambda size: f"Ana Diaz is mayor{' and is now head of Porto' * (size // 24)}.",
    "names before who": lambda size: f"{_counted(lambda n: f'{_name(n)} ', size)}who said no.",
    "quotes that run on": _repeated("“We will go on and on and on. "),
    "one long quotation": lambda size: f"“{'We will go. The mayor said no. ' * (size // 31)}”",
    "speech behind a dash": lambda size: f"— We will go{' ' * size}on, she said.",
    "quoted sentences": _repeated("“We will go on and on and on.” "),
    "labelled speech": _of(lambda n: f"{_name(n % 300)}: We will go on, and on.\n"),
    "dates": _of(lambda n: f"on {1 + n % 28} March {1900 + n % 120}, "),
    "weekdays": _repeated("last Monday of the third week of last May "),
    "hyphens": _repeated("a-"),
    "stops": _repeated("."),
    "brackets": _repeated("(["),
    "commas and blanks": _repeated(", "),
    "blanks": lambda size: f"The{' ' * size}end.",
    "possessives": _repeated("Ana's firm's "),
    "prepositions": _repeated("the head of the "),
    "combining marks": _repeated("e\u0301"),
    "noise": _noise,
}


def stand_in_scores(model: NewsModel, window: Window) -> _WindowScores:
    """Scores for every unit, made from wordpieces and shapes alone."""
    links = 2 * len(RELATIONS) * model.meta.link_width
    at = window.first_piece
    unit = ((window.ids * 2_654_435_761) >> 7)[at]
    return _WindowScores(
        _one_hot(_entity_labels(unit, window.shapes[at]), 2 * len(ENTITY_TYPES) + 1),
        _one_hot(np.array([0, 1, 2, 3, 5, 6, 6, 6])[unit % 8], 2 * len(QUOTE_ROLES) + 1),
        unit % len(model.meta.tags),
        np.sin(np.outer(unit % 1013, np.arange(1, links + 1))).astype(np.float32),
        np.zeros((1, links), dtype=np.float32),
    )


def leave_out_network(model: NewsModel) -> None:
    """Put the stand-in scores in the network's place."""
    setattr(model, model._scores.__name__, partial(stand_in_scores, model))


def _entity_labels(units: np.ndarray, shapes: np.ndarray) -> np.ndarray:
    """A name for what has a capital, of a type that the word decides; persons are every second."""
    kinds = np.where(units % 2, 0, units % len(ENTITY_TYPES))
    capital = (shapes == SHAPES.index("Title")) | (shapes == SHAPES.index("UPPER"))
    goes_on = np.concatenate([[False], capital[1:] & capital[:-1] & (kinds[1:] == kinds[:-1])])
    return np.where(capital, 2 * kinds + 1 + goes_on, 0)


def _one_hot(labels: np.ndarray, number: int) -> np.ndarray:
    scores = np.full((len(labels), number), -8.0, dtype=np.float32)
    scores[np.arange(len(labels)), labels] = -0.01
    return scores


def stage_seconds(nlp: Language, text: str) -> dict[str, float]:
    """Processor seconds of every stage on one text, reading and writing included."""
    seconds: dict[str, float] = {}
    began = time.process_time()

    def passed(stage: str) -> None:
        nonlocal began
        now = time.process_time()
        seconds[stage], began = now - began, now

    with nlp.memory_zone():
        article = article_from_text(text, date_published="2024-10-16")
        passed("read")
        doc = make_doc(nlp, article)
        passed("tokens")
        for name, stage in nlp.pipeline:
            doc = stage(doc)
            passed(name.removeprefix("onrecord_"))
        record = article_record(doc, article, pipeline_info_of(nlp), include_text=True)
        sum(len(encode(item)) for item in (record, *doc._.claims))
        passed("write")
    return seconds


def findings(smaller: dict[str, float], larger: dict[str, float], factor: float) -> list[str]:
    """The stages whose time grew much faster than the text, which is ``factor`` times as long."""
    allowed = GROWTH * factor / 2
    return [
        f"{stage} {smaller[stage]:.1f} → {seconds:.1f} s"
        for stage, seconds in larger.items()
        if seconds > NOISE and seconds > allowed * max(smaller[stage], NOISE / GROWTH)
    ]


def measured(nlp: Language, case: str, sizes: Sequence[float], patience: float) -> Iterator[tuple[str, bool]]:
    """A line for each size of a case, and whether it tells of a finding; stops where patience ends."""
    before: tuple[float, dict[str, float]] | None = None
    for size in sizes:
        seconds = stage_seconds(nlp, CASES[case](int(size * 1_000_000)))
        total = sum(seconds.values())
        slow = findings(before[1], seconds, size / before[0]) if before else []
        worst = sorted(seconds.items(), key=lambda item: -item[1])[:3]
        shares = ", ".join(f"{stage} {spent:.1f}" for stage, spent in worst)
        told = f"  GROWS: {'; '.join(slow)}" if slow else ""
        yield f"{case:30s} {size:5g} MB {total:8.1f} s  ({shares}){told}", bool(slow)
        if total > patience:
            return
        before = size, seconds


def main() -> int:
    """Measure, and tell what grows too fast."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--megabytes", type=float, nargs="+", default=[1, 2, 4, 8])
    parser.add_argument("--patience", type=float, default=300.0, help="seconds after which a case ends")
    parser.add_argument("--cases", nargs="+", choices=list(CASES), default=list(CASES))
    parser.add_argument("--model", action="store_true", help="with the network: minutes a megabyte")
    options = parser.parse_args()
    nlp = load()
    if not options.model:
        leave_out_network(nlp.get_pipe("onrecord_encoder").model)  # type: ignore[attr-defined]
    found = 0
    for case in options.cases:
        for line, slow in measured(nlp, case, options.megabytes, options.patience):
            found += slow
            print(line, flush=True)
    print(f"{found} findings")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
