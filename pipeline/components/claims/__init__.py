"""Claims: attributions and the article's own statements, joined to what stands inside them."""

from __future__ import annotations

from pipeline.components.claims.joining import ClaimsComponent

__all__ = ["ClaimsComponent"]
