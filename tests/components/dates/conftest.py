from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from spacy.tokens import Doc
from spacy.vocab import Vocab

from pipeline.components.dates import find_timexes
from pipeline.record import Timex

Finder = Callable[..., list[Timex]]


@pytest.fixture(scope="session")
def find() -> Finder:
    """Time expressions of a text; the day of publication is Wednesday, 16 October 2024 unless given."""
    vocab = Vocab()

    def found(text: str, published: str | None = "2024-10-16", *, date_order: str = "MDY") -> list[Timex]:
        doc = Doc(vocab, words=[text], spaces=[False]) if text else Doc(vocab)
        day = date.fromisoformat(published) if published else None
        return list(find_timexes(doc, published=day, date_order=date_order))

    return found
