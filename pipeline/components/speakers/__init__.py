"""Speakers: who said it, resolved from what stands beside the cue."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from pipeline.components.extensions import register_extensions
from pipeline.components.speakers.decisions import Decision, statement_speaker
from pipeline.components.speakers.resolver import SpeakerResolver

__all__ = ["Decision", "SpeakerResolver", "SpeakersComponent", "statement_speaker"]


@Language.factory(
    "onrecord_speakers",
    requires=["doc._.attributions", "doc._.entities"],
    assigns=["doc._.speakers"],
)
class SpeakersComponent:
    """Sets ``doc._.speakers``: a decision for every attribution, in the same order."""

    def __init__(self, nlp: Language, name: str) -> None:
        register_extensions()

    def __call__(self, doc: Doc) -> Doc:
        """The Doc with the speaker of every attribution."""
        doc._.speakers = tuple(SpeakerResolver(doc).resolve_all(doc._.attributions or ()))
        return doc
