"""quantulum3 behind one door: it resolves a number with a rare unit word, it never searches a text.

It reads "a U.S. official" as an atomic mass unit and "5bn" as barn newtons, settles ambiguous units by
the words of the whole sentence, and builds units out of letters. So it sees "1 WORD" alone, a word from
the white list, and its answer counts only if it took up the whole string, found one unit, and that unit
is the one the white list expects. Loading costs about two seconds, so it is loaded for such words only.
"""

from __future__ import annotations

import logging
import warnings
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cache
from types import MappingProxyType
from typing import Any

from pipeline.components.quantities import lexicon
from pipeline.components.quantities.lexicon import Unit

logger = logging.getLogger(__name__)

Parser = Callable[[str], list[Any]]


@cache
def _white_list() -> Mapping[str, str]:
    return MappingProxyType(
        {word: name for name, words in lexicon.rows("rare_units") for word in words.split("|")}
    )


def unit_named(word: str) -> Unit | None:
    """The unit of a white-listed word as quantulum3 resolves it, or None."""
    return _resolve(word) if word in _white_list() else None


@cache
def _resolve(word: str) -> Unit | None:
    name = resolved_name(f"1 {word}")
    return Unit(name, "measure", None) if name is not None and name == _white_list()[word] else None


def resolved_name(surface: str, *, value: Decimal = Decimal(1)) -> str | None:
    """The one unit quantulum3 finds in a string of number and unit, None if any guard refuses it."""
    try:
        found = _parser()(surface)
    except (ArithmeticError, AttributeError, IndexError, KeyError, TypeError, ValueError) as error:
        logger.debug("quantulum3 failed on %r: %s", surface, error)
        return None
    if len(found) != 1:
        return None
    quantity = found[0]
    covers = quantity.surface == surface and Decimal(str(quantity.value)) == value
    single = len(quantity.unit.dimensions) == 1 and quantity.unit.dimensions[0].get("power") == 1
    named = quantity.unit.name != "dimensionless"
    return str(quantity.unit.name) if covers and single and named else None


@cache
def _parser() -> Parser:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from quantulum3 import classifier, parser
    # It switches its classifier on where scikit-learn is installed, and its pickle fails on current versions.
    classifier.USE_CLF = False
    parse: Parser = parser.parse
    return parse
