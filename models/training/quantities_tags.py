"""Make the word-to-tag list by which the quantities stage reads noun phrases without a tagger.

usage: python -m models.training.quantities_tags --data DIR > pipeline/components/lexicons/quantities_tags.tsv

DIR holds ``ud/ewt`` and ``ud/gum_open`` (UD English, CC BY-SA 4.0 annotation). Only counts of word and
tag are kept, no running text.
"""

from __future__ import annotations

import argparse
import gzip
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

MIN_WORD_COUNT = 3
MIN_TAG_SHARE = 0.07
HEADER = """\
# Words with their Penn Treebank tags, commonest first, of at least 7 percent; no names or rare words.
# Origin: counted in the training parts of UD English EWT and of the open genres of UD English GUM
# (models/training/quantities_tags.py). Licence: CC BY-SA 4.0 (Universal Dependencies English EWT, GUM).
# word	tags
"""


def tagged_words(path: Path) -> Iterator[tuple[str, str]]:
    """Word and tag of every token of a gzipped CoNLL-U file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            columns = line.rstrip("\n").split("\t")
            if len(columns) > 4 and columns[0].isdigit():
                yield columns[1], columns[4]


def count_tags(paths: list[Path]) -> dict[str, Counter[str]]:
    """How often each lower-cased word, names left out, carries each tag."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for path in paths:
        for word, tag in tagged_words(path):
            plain = word.replace("-", "").replace("'", "")
            if plain.isalpha() and plain.isascii() and not tag.startswith("NNP"):
                counts[word.lower()][tag] += 1
    return counts


def usual_tags(tags: Counter[str]) -> list[str]:
    """The tags of one word that are common enough, commonest first."""
    total = sum(tags.values())
    ranked = sorted(tags.items(), key=lambda item: (-item[1], item[0]))
    return [tag for tag, n in ranked if n / total >= MIN_TAG_SHARE]


def main() -> None:
    """Write the list to standard output."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    folder = parser.parse_args().data / "ud"
    counts = count_tags([folder / name / "train.conllu.gz" for name in ("ewt", "gum_open")])
    sys.stdout.write(HEADER)
    for word in sorted(counts):
        if sum(counts[word].values()) >= MIN_WORD_COUNT:
            sys.stdout.write(f"{word}\t{' '.join(usual_tags(counts[word]))}\n")


if __name__ == "__main__":
    main()
