"""Quotes: attributions, the content, cue and source of everything that is said in an article."""

from __future__ import annotations

from pipeline.components.quotes.finder import QuotesComponent, find_attributions

__all__ = ["QuotesComponent", "find_attributions"]
