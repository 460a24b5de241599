"""Quantities: how many, how much, how far, how old, and of what.

The stage finds its own spans over the article's text (see ``lexemes``), reads them in exact decimals and
hands on frozen records. It runs after the dates stage: a number in a DATE or TIME is no quantity.
"""

from __future__ import annotations

from collections.abc import Callable

from spacy.language import Language
from spacy.tokens import Doc

from pipeline.components.extensions import register_extensions
from pipeline.components.quantities.finder import find_quantities

__all__ = ["find_quantities", "quantities_component", "set_quantities"]


def set_quantities(doc: Doc) -> Doc:
    """The document with ``doc._.quantities`` set."""
    doc._.quantities = find_quantities(doc)
    return doc


@Language.factory("onrecord_quantities", requires=["doc._.timexes"], assigns=["doc._.quantities"])
def quantities_component(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """The stage for a pipeline of the user's own."""
    register_extensions()
    return set_quantities
