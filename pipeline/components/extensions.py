"""What the stages hand on: extension attributes of the Doc."""

from __future__ import annotations

from spacy.tokens import Doc

DOC_EXTENSIONS = (
    "article",
    "date_published",
    "paragraphs",
    "zones",
    "encoding",
    "timexes",
    "quantities",
    "entities",
    "attributions",
    "speakers",
    "claims",
)


def register_extensions() -> None:
    """Make the attributes that stages hand on known to spaCy; calling it again is harmless."""
    for name in DOC_EXTENSIONS:
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=None)


register_extensions()
