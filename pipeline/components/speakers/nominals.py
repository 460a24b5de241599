"""Noun phrases as sources: "the senator", "the company", "both men", "a spokeswoman for Lumen"."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from dataclasses import replace

from pipeline.components.lexicons import words_by_class
from pipeline.components.speakers.antecedents import Scored
from pipeline.components.speakers.decisions import Decision, SpeakerMaker
from pipeline.components.speakers.phrases import (
    SourcePhrase,
    is_body_noun,
    is_person_noun,
    looks_like_name,
    modifiers,
    named_body,
    nominal_status,
    noun_gender,
    role_noun,
    told_anonymous,
)
from pipeline.components.speakers.roles import nominal_role
from pipeline.components.speakers.scene import RoleQuery, Scene
from pipeline.record import EntityLabel, Speaker, SpeakerStatus, span_of

_WORDS = words_by_class("speakers_words.tsv")
_DEFINITE = ("the ", "that ", "this ")
_SURE_OF_LATER = 0.8
_AGED = re.compile(r"the [\w-]{1,20}[- ]year[- ]old\b", re.IGNORECASE)
_POSSESSIVE_END = re.compile(r"['’]s?$")


class Nominals:
    """Resolves the noun phrases among the sources of one article."""

    def __init__(self, scene: Scene, maker: SpeakerMaker) -> None:
        self._scene, self._maker = scene, maker
        self._unnamed: dict[str, Speaker] = {}
        self._anonymous: Speaker | None = None
        self._document: Speaker | None = None

    def decide(self, phrase: SourcePhrase) -> Decision:
        """The speaker that a noun phrase beside a cue is."""
        if self._is_anonymous(phrase):
            return self._again(phrase) or self.described(phrase)
        found = self._named_body(phrase) or self._named_place(phrase) or self.pair(phrase)
        found = found or self._of_an_age(phrase)
        found = found or self._missed_name(phrase) or self._spoke_last(phrase) or self._known_thing(phrase)
        found = found or self._again(phrase) or self._body_in_focus(phrase)
        return found or self._named_later(phrase) or self.described(phrase)

    def _is_anonymous(self, phrase: SourcePhrase) -> bool:
        return nominal_status(phrase) == "anonymous" or (
            phrase.noun is not None and told_anonymous(self._scene.text, phrase.end)
        )

    def _again(self, phrase: SourcePhrase) -> Decision | None:
        """ "the report" behind "a report by the auditors": the unnamed source that spoke before."""
        before = self._before(phrase) if _is_bare(phrase) else None
        if before is None:
            return None
        surface = span_of(self._scene.text, phrase.start, phrase.end)
        again = replace(before, surface=surface, resolution="coreference")
        return Decision(again, f"nominal_{before.status}", 0.8)

    def _spoke_last(self, phrase: SourcePhrase) -> Decision | None:
        """ "the bank" behind "the central bank said", where no bank was named since: the one that spoke."""
        again = self._again(phrase)
        before = self._before(phrase)
        if again is None or before is None or before.surface is None:
            return None
        since = before.surface.end, phrase.start
        if is_body_noun(phrase.noun):
            return None if self._scene.called_between(phrase.noun or "", *since) else again
        return again if before.status == "anonymous" and not self._scene.person_between(*since) else None

    def _before(self, phrase: SourcePhrase) -> Speaker | None:
        """The unnamed source of the noun that spoke before; for "the person", the last one kept unnamed."""
        known = self._unnamed.get(phrase.noun or "")
        if phrase.noun in _WORDS["any_document"]:
            return known or self._document
        return known or (self._anonymous if phrase.noun in _WORDS["unnamed_noun"] else None)

    def _named_body(self, phrase: SourcePhrase) -> Decision | None:
        """ "the Diaz campaign": a body as named as its name."""
        owner = named_body(phrase)
        if owner is None:
            return None
        body = self._scene.by_ref.get(f"{owner.ref}.{phrase.noun}")
        if body is not None:
            return Decision(self._maker.of_entity(phrase, body, "direct"), "named_body", 0.9)
        end = phrase.exact.lower().find(phrase.noun or "", owner.end - phrase.start)
        name = phrase.exact[owner.start - phrase.start : end + len(phrase.noun or "")]
        speaker = replace(
            self._maker.of_entity(phrase, owner, "direct", name=name),
            entity_type="ORG", roles=(), canonical_mention=None, affiliation=owner.name, entity_ref=None,
        )  # fmt: skip
        return Decision(speaker, "named_body", 0.9)

    def _named_place(self, phrase: SourcePhrase) -> Decision | None:
        """ "the city of Porto": the place itself."""
        place = phrase.inside[0] if len(phrase.inside) == 1 and phrase.noun in _WORDS["place_noun"] else None
        if place is None or place.label != "GPE":
            return None
        if not self._scene.text[phrase.start : place.start].lower().endswith(f"{phrase.noun} of "):
            return None
        return Decision(self._maker.of_entity(phrase, place, "direct"), "named_body", 0.9)

    def pair(self, phrase: SourcePhrase) -> Decision | None:
        """ "the two leaders", "both men": the two persons, or states, in focus."""
        words = phrase.exact.lower().split()
        if not _WORDS["pair"] & set(words[:2]) or words[0] not in ("the", "both"):
            return None
        if role_noun(phrase.noun or "") is not None or phrase.noun in _WORDS["pair_person"]:
            return self.two_of(phrase, ("PERSON",))
        if phrase.noun in _WORDS["pair_body"]:
            return self.two_of(phrase, ("ORG",))
        return self.two_of(phrase, ("GPE",)) if phrase.noun in _WORDS["pair_state"] else None

    def _of_an_age(self, phrase: SourcePhrase) -> Decision | None:
        """ "the 19-year-old": the person in focus."""
        if _AGED.match(phrase.exact) is None or (phrase.noun or "s").endswith("s"):
            return None
        place, gender = self._scene.place(phrase.start), noun_gender(phrase.noun or "")
        ranked = self._scene.discourse.candidates(place, ("PERSON",), gender=gender)
        return self._maker.from_ranked(phrase, ranked, "role_noun") if ranked else None

    def two_of(self, phrase: SourcePhrase, labels: tuple[str, ...]) -> Decision | None:
        """The two things of these labels that are in focus, as joint speakers."""
        ranked = self._scene.discourse.candidates(self._scene.place(phrase.start), labels)[:2]
        if len(ranked) < 2:
            return None
        first, second = sorted((self._scene.by_ref[c.ref] for c in ranked), key=lambda e: e.start)
        name = f"{first.name}; {second.name}"
        speaker = self._maker.of_entity(phrase, first, "coreference", name=name, ranked=ranked)
        return Decision(speaker, "pair", 0.7)

    def _missed_name(self, phrase: SourcePhrase) -> Decision | None:
        """A capitalised phrase that the encoder took for no name."""
        if not looks_like_name(self._scene.text, phrase):
            return None
        speaker = self._maker.unnamed(phrase, "named", "capitalised").speaker
        name = _POSSESSIVE_END.sub("", phrase.label)
        return Decision(replace(speaker, name=name, mention_type="name"), "capitalised", 0.6)

    def _known_thing(self, phrase: SourcePhrase) -> Decision | None:
        """A definite phrase whose noun the article ties to a name."""
        if not phrase.exact.lower().startswith(_DEFINITE) or phrase.noun is None:
            return None
        if is_person_noun(phrase.noun):
            return self.holder(phrase, phrase.noun)
        called = self._of_the_kind(phrase, self._scene.called.get(phrase.noun, frozenset()))
        return self._body(phrase, ("ORG", "GPE", "FAC", "WORK_OF_ART"), called)

    def _of_the_kind(self, phrase: SourcePhrase, refs: AbstractSet[str]) -> AbstractSet[str]:
        """Those of some bodies that are of the phrase's kind: "the central bank" is no Bank of Porto."""
        asked = modifiers(phrase.exact, phrase.noun or "") & _WORDS["kind_modifier"]
        if not asked:
            return refs
        return {ref for ref in refs if asked <= set(self._scene.by_ref[ref].name.lower().split())}

    def _body_in_focus(self, phrase: SourcePhrase) -> Decision | None:
        """ "the company", "the city": where the article says of nobody that it is one, the nearest."""
        if phrase.noun in _WORDS["company_noun"] and _is_bare_but_for_place(phrase):
            return self._body(replace(phrase, inside=()), ("ORG",), self._scene.firms)
        if phrase.noun is None or not _is_bare(phrase):
            return None
        if phrase.noun in _WORDS["place_noun"]:
            return self._body(phrase, ("GPE",), self._scene.places_of_kind(phrase.noun))
        return self._body(phrase, ("ORG", "WORK_OF_ART"), self._scene.bodies_of_kind(phrase.noun))

    def _body(
        self, phrase: SourcePhrase, labels: tuple[EntityLabel, ...], only: AbstractSet[str]
    ) -> Decision | None:
        if phrase.inside:
            return None
        ranked = self._scene.discourse.candidates(self._scene.place(phrase.start), labels, only=only)
        if not ranked:
            return None
        self._scene.learn(ranked[0].ref, nominal_role(self._scene.text, phrase))
        return self._maker.from_ranked(phrase, ranked, "body_noun")

    def _named_later(self, phrase: SourcePhrase) -> Decision | None:
        """ "a city judge": the one judge whom the article names and introduces soon after."""
        if not is_person_noun(phrase.noun):
            return None
        query = RoleQuery(phrase.start, phrase.exact, phrase.noun or "", phrase.inside)
        opens = phrase.exact.lower().startswith(("a ", "an ")) or self._is_headline_noun(phrase)
        ref = self._scene.introduced_later(query) if opens else None
        if ref is None and not _is_bare(phrase):
            ref = self._scene.named_next(query)
        if ref is None:
            return None
        self._scene.learn(ref, nominal_role(self._scene.text, phrase))
        return self._maker.from_ranked(phrase, [Scored(ref, _SURE_OF_LATER)], "named_later")

    def _is_headline_noun(self, phrase: SourcePhrase) -> bool:
        """A noun without article, as headlines leave them out: "Engineer tells inquiry …"."""
        first = self._scene.place(phrase.start).sentence <= 1
        return first and phrase.noun is not None and phrase.exact.lower().rstrip().endswith(phrase.noun)

    def holder(self, phrase: SourcePhrase, noun: str) -> Decision | None:
        """The person to whom the article gives the role that a definite phrase tells."""
        words = phrase.exact.split(" ", 1)[-1]
        ranked = self._scene.holders(RoleQuery(phrase.start, words, noun, phrase.inside))
        if not ranked:
            return None
        self._scene.learn(ranked[0].ref, nominal_role(self._scene.text, phrase))
        return self._maker.from_ranked(phrase, ranked, "role_noun")

    def described(self, phrase: SourcePhrase) -> Decision:
        """A source that is nobody whom the article names."""
        status: SpeakerStatus = "anonymous" if self._is_anonymous(phrase) else nominal_status(phrase)
        decision = self._maker.unnamed(
            phrase, status, f"nominal_{status}", entity_type=_type_of(phrase, status)
        )
        decision = self._in_full(phrase, decision)
        if decision.speaker.entity_type == "PERSON":
            role = nominal_role(self._scene.text, phrase)
            decision = replace(decision, speaker=replace(decision.speaker, roles=(role.span,)))
        if status == "anonymous":
            self._anonymous = decision.speaker
        if status == "document":
            self._document = decision.speaker
        if phrase.noun is not None and not (
            phrase.noun in self._unnamed and phrase.exact.lower().startswith(_DEFINITE)
        ):
            self._unnamed[phrase.noun] = decision.speaker
        return decision

    def _in_full(self, phrase: SourcePhrase, decision: Decision) -> Decision:
        """A body of which only the last words stand here, by its full description elsewhere."""
        words = phrase.exact.lower().split(",", 1)[0].split()
        words = words[words[0] == "the" :] if words else words
        if phrase.noun is None or not is_body_noun(phrase.noun) or words[-1:] != [phrase.noun]:
            return decision
        name = self._scene.full_mentions.name_of(words, phrase.noun, phrase.start)
        return decision if name is None else replace(decision, speaker=replace(decision.speaker, name=name))


def _is_bare(phrase: SourcePhrase) -> bool:
    """Whether the phrase is "the" and its noun, with no more than a clause behind a comma."""
    return phrase.exact.lower().split(",", 1)[0].split() == ["the", phrase.noun]


def _is_bare_but_for_place(phrase: SourcePhrase) -> bool:
    """Whether only a place or people stands between "the" and the noun: "the Porto-based bank"."""
    words = phrase.exact.split(",", 1)[0]
    for entity in phrase.inside[:1]:
        if entity.label in ("GPE", "NORP"):
            words = words.replace(f"{entity.exact}-based", "", 1).replace(entity.exact, "", 1)
    return words.lower().split() == ["the", phrase.noun]


def _type_of(phrase: SourcePhrase, status: SpeakerStatus) -> EntityLabel | None:
    if status == "described":
        return "ORG" if is_body_noun(phrase.noun) else "PERSON" if is_person_noun(phrase.noun) else None
    return "PERSON" if status == "anonymous" and not phrase.exact.lower().rstrip().endswith("s") else None
