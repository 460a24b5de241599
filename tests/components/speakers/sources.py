"""Articles with marked names and attributions, and the speakers that the resolver gives their sources."""

from __future__ import annotations

from pipeline.components.speakers import Decision, SpeakerResolver
from pipeline.record import Speaker
from tests.components.handmade import attributions_of, marked_doc

TAGS = (
    "Mayor/NNP mayor/NN the/DT The/DT a/DT A/DT spokeswoman/NN nurse/NN of/IN for/IN Lumen/NNP Porto/NNP "
    "company/NN treaty/NN helped/VBD It/PRP Ana/NNP Diaz/NNP Tom/NNP Roe/NNP said/VBD told/VBD met/VBD "
    "fled/VBD in/IN guards/NNS rained/VBD came/VBD deckhand/NN space/NN agency/NN"
)
SAID = "<cue.1>said</> <content.1>the well is dry</>"


def decide(marked: str) -> list[Decision]:
    """The decisions on all sources of a marked article."""
    doc, found = marked_doc(marked, tags=TAGS)
    return SpeakerResolver(doc).resolve_all(attributions_of(found))


def speaker(marked: str) -> Speaker:
    """The last speaker of a marked article."""
    return decide(marked)[-1].speaker
