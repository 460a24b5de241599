"""The stages, each a spaCy component that also works inside a user's own pipeline.

What a stage learns stands in extension attributes of the Doc; offsets in them are code points of
``doc.text``, as in the record.
"""

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
