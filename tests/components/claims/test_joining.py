"""Claims: attributions and statements joined to what stands inside them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.components.claims.joining import bare_article, build_claims
from pipeline.components.confidence import Calibration
from pipeline.components.quotes.attribution import Attribution
from pipeline.components.speakers import SpeakerResolver
from pipeline.contract.quick_checks import fits
from pipeline.record import (
    ArticleInfo,
    Claim,
    Entity,
    ModelInfo,
    PipelineInfo,
    Quantity,
    Timex,
    ZoneSpan,
    article_id,
    claim_id,
    claim_key,
    sha256_hex,
    to_json,
)
from tests.components.handmade import attributions_of, entities_of, make_doc, read_marks

INFO = PipelineInfo("onrecord", "0", ModelInfo("none", "0"), "f")
UNCALIBRATED = Calibration.read(None)
WHO = "<source.1><PERSON.a>Ana Diaz</></> <cue.1>said</>"
TAGS = "was/VBD were/VBD said/VBD fell/VBD has/VBZ"


def quantity(text: str, exact: str) -> Quantity:
    start = text.index(exact)
    unknown = (None,) * 7
    return Quantity(start, start + len(exact), exact, "count", 40, 40, 40, "exact", "", *unknown)


def timex(text: str, exact: str, value: str | None, *, relative: bool = True) -> Timex:
    start = text.index(exact)
    return Timex(start, start + len(exact), exact, "DATE", value, None, value, value, "day", relative, None)


def claims(
    marked: str,
    *,
    quantities: Sequence[str] = (),
    dates: dict[str, str | None] | None = None,
    date_published: str | None = "2024-10-16",
    zones: Sequence[ZoneSpan] | None = None,
    statements: bool = True,
    calibration: Calibration = UNCALIBRATED,
    attributions: Sequence[Attribution] | None = None,
    entities: Sequence[Entity] | None = None,
) -> tuple[Claim, ...]:
    """The claims of a marked text with the given figures in it."""
    found = read_marks(marked)
    names = entities_of(found) if entities is None else entities
    doc = make_doc(found.text, entities=names, tags=TAGS, zones=zones, date_published=date_published)
    doc._.article = bare_article(found.text, date_published)
    doc._.quantities = tuple(quantity(found.text, exact) for exact in quantities)
    doc._.timexes = tuple(timex(found.text, exact, value) for exact, value in (dates or {}).items())
    doc._.attributions = tuple(attributions_of(found) if attributions is None else attributions)
    doc._.speakers = tuple(SpeakerResolver(doc).resolve_all(doc._.attributions))
    return build_claims(doc, INFO, calibration, statements=statements)


@pytest.mark.parametrize(
    ("marked", "kind"),
    [
        (f"<content.1>“We lost 40 boats,”</> {WHO}.", "direct"),
        (f"{WHO} <content.1>they lost 40 boats</>.", "indirect"),
        (f"{WHO} <content.1>they lost “nearly all”</>.", "mixed"),
        (f"<content.1>“We lost it,”</> {WHO}, <content.1>“and wept.”</>", "direct"),
        (f"<content.1>“We lost it,”</> {WHO}, <content.1>and they wept</>.", "mixed"),
        (f"<content.1>‘We lost it,’</> {WHO}.", "direct"),
        (f"{WHO} <content.1>“we lost it</>.", "direct"),
        (f"{WHO} <content.1>“— we lost it” …</>", "direct"),
    ],
)
def test_the_kind_tells_what_stands_in_quotation_marks(marked: str, kind: str) -> None:
    assert claims(marked)[0].kind == kind


@pytest.mark.parametrize(
    ("marked", "text"),
    [
        (f"<content.1>“We lost it,”</> {WHO}.", "We lost it,"),
        (f"<content.1>“We lost it,”</> {WHO}, <content.1>“and wept.”</>", "We lost it, and wept."),
        (f"{WHO} <content.1>they lost “nearly all”</>.", "they lost “nearly all”"),
        (f"{WHO} <content.1>they lost it</>.", "they lost it"),
        (f"{WHO} <content.1>“we lost it</>.", "we lost it"),
    ],
)
def test_the_text_is_the_segments_without_outer_marks(marked: str, text: str) -> None:
    assert claims(marked)[0].text == text


def test_segments_slice_back() -> None:
    marked = f"<content.1>“We lost it,”</> {WHO}, <content.1>“and wept.”</>"
    text = read_marks(marked).text
    (claim,) = claims(marked)
    assert [segment.exact for segment in claim.segments] == ["“We lost it,”", "“and wept.”"]
    assert all(text[segment.start : segment.end] == segment.exact for segment in claim.segments)


def test_ids_are_hashes_of_text_and_place() -> None:
    marked = f"{WHO} <content.1>they lost it</>."
    text = read_marks(marked).text
    (claim,) = claims(marked)
    assert claim.claim_id == claim_id(sha256_hex(text), claim.segments)
    assert claim.claim_key == claim_key("they lost it")
    assert claim.article.article_id == article_id(sha256_hex(text))


def test_a_mended_speaker_keeps_the_id() -> None:
    marked = read_marks(f"{WHO} <content.1>they lost it</>.")
    known = attributions_of(marked)
    unknown = [Attribution(known[0].segments, known[0].cue, None, "quote_roles", 0.5)]
    marked_text = f"{WHO} <content.1>they lost it</>."
    (one,), (other,) = claims(marked_text), claims(marked_text, attributions=unknown)
    assert one.speaker.status != other.speaker.status
    assert one.claim_id == other.claim_id


@pytest.mark.parametrize(
    ("cue", "lemma", "cue_class", "mode"),
    [
        ("said", "say", "neutral", "speech"),
        ("has denied", "deny", "assertive", "speech"),
        ("believes", "believe", "neutral", "belief"),
        ("according to", "according to", "according_to", "speech"),
    ],
)
def test_the_cue_is_read(cue: str, lemma: str, cue_class: str, mode: str) -> None:
    (claim,) = claims(f"<source.1>Diaz</> <cue.1>{cue}</> <content.1>they lost it</>.")
    assert claim.cue is not None
    assert (claim.cue.exact, claim.cue.lemma, claim.cue.cue_class) == (cue, lemma, cue_class)
    assert claim.mode == mode


def test_a_continuation_is_speech_without_a_cue() -> None:
    marked = f"<content.1>“We lost it,”</> {WHO}. <content.2>“And then we wept all night.”</>"
    head, tail = attributions_of(read_marks(marked))
    tail = Attribution(tail.segments, None, None, "continuation_marks", 1.0, continues=0)
    _, claim = claims(marked, attributions=[head, tail])
    assert (claim.cue, claim.mode, claim.speaker.resolution) == (None, "speech", "continuation")
    assert claim.speaker.name == "Ana Diaz"
    assert claim.addressee is None and claim.said_on is None


def test_what_stands_inside_the_content_belongs_to_the_claim() -> None:
    marked = f"In <GPE.p>Porto</> {WHO} on Monday <content.1>40 boats left <GPE.f>Faro</> on Sunday</>."
    (claim,) = claims(
        marked, quantities=["40"], dates={"Monday": "2024-10-14", "Sunday": "2024-10-13"}
    )  # fmt: skip
    assert [entity.exact for entity in claim.entities] == ["Faro"]
    assert [quantity.exact for quantity in claim.quantities] == ["40"]
    assert [date.exact for date in claim.dates] == ["Sunday"]


def test_what_the_content_only_cuts_does_not_belong_to_the_claim() -> None:
    marked = f"{WHO} <content.1>she likes the <ORG.b>Harbour</></><ORG.b> Post</>."
    found = read_marks(marked)
    name = replace(entities_of(found)[1], end=found.text.index(" Post") + 5, exact="Harbour Post")
    (claim,) = claims(marked, entities=[name])
    assert claim.entities == ()


def test_the_reporting_clause_gives_addressee_and_day() -> None:
    marked = "<content.1>“We lost it,”</> <source.1>Diaz</> <cue.1>told</> reporters on Monday."
    (claim,) = claims(marked, dates={"Monday": "2024-10-14"})
    assert claim.addressee is not None and claim.addressee.exact == "reporters"
    assert claim.said_on == "2024-10-14"


def test_the_modality_is_that_of_the_content() -> None:
    (claim,) = claims(f"{WHO} <content.1>they may not come</>.")
    assert (claim.modality.hedged, claim.modality.negated) == (True, True)


def test_a_sentence_with_a_figure_is_a_statement_of_the_article() -> None:
    (claim,) = claims("The fleet lost 40 boats.", quantities=["40"])
    assert (claim.kind, claim.mode, claim.cue, claim.text) == (
        "statement",
        None,
        None,
        "The fleet lost 40 boats",
    )
    assert (claim.speaker.status, claim.speaker.name) == ("author", None)
    assert claim.confidence.claim is None


def test_a_sentence_with_a_date_is_a_statement() -> None:
    (claim,) = claims("The well ran dry in 2019.", dates={"2019": "2019"})
    assert [date.exact for date in claim.dates] == ["2019"]


@pytest.mark.parametrize(
    ("text", "dates"),
    [("The well is dry.", {}), ("The well is dry now.", {"now": "PRESENT_REF"})],
    ids=["no figure", "a mere now"],
)
def test_a_sentence_without_figures_states_nothing(text: str, dates: dict[str, str | None]) -> None:
    assert claims(text, dates=dates) == ()


def test_statements_can_be_left_out() -> None:
    assert claims("The fleet lost 40 boats.", quantities=["40"], statements=False) == ()


def test_a_figure_inside_a_quote_is_no_statement() -> None:
    found = claims(f"{WHO} <content.1>they lost 40 boats</>.", quantities=["40"])
    assert [claim.kind for claim in found] == ["indirect"]


@pytest.mark.parametrize("zone", ["title", "deck", "caption", "furniture"])
def test_only_the_body_states_facts(zone: str) -> None:
    text = "The fleet lost 40 boats."
    zones = [ZoneSpan(0, len(text), zone)]  # type: ignore[arg-type]
    assert claims(text, quantities=["40"], zones=zones) == ()


def test_claims_stand_in_the_order_of_the_text() -> None:
    found = claims(
        f"The fleet lost 40 boats. {WHO} <content.1>they wept</>. Some 12 men came.", quantities=["40", "12"]
    )
    assert [claim.kind for claim in found] == ["statement", "indirect", "statement"]


def test_the_context_tells_place_zone_and_surroundings() -> None:
    marked = f"A title.\nIn the long rain {WHO} <content.1>they lost it</> in the cold of the last harvest."
    text = read_marks(marked).text
    border = text.index("\n")
    zones = [ZoneSpan(0, border, "title"), ZoneSpan(border + 1, len(text), "body")]
    (claim,) = claims(marked, zones=zones)
    context = claim.context
    assert (context.paragraph, context.zone, context.nested_in) == (1, "body", None)
    start, end = claim.segments[0].start, claim.segments[-1].end
    assert context.prefix == text[:start][-32:]
    assert context.suffix == text[end:][:32]


def test_a_nested_claim_names_the_outer_one() -> None:
    marked = f"{WHO} <content.1><source.2>Tom Roe</> <cue.2>told</> her <content.2>it was dry</></>."
    outer, inner = attributions_of(read_marks(marked))
    inner = Attribution(inner.segments, inner.cue, inner.source, "nested_quote_roles", 0.9, None, 0)
    first, second = claims(marked, attributions=[outer, inner])
    assert first.context.nested_in is None
    assert second.context.nested_in == first.claim_id


def test_rules_are_named() -> None:
    claim, statement = claims(f"{WHO} <content.1>they wept</>. Some 12 men came.", quantities=["12"])
    assert (claim.decided_by.claim, claim.decided_by.speaker) == ("quote_roles", "name_in_source")
    assert statement.decided_by.claim and statement.decided_by.speaker


def test_an_open_quotation_is_warned_of() -> None:
    (claim,) = claims(f"{WHO}: <content.1>“we lost it.</>\nIt rained.")
    assert claim.warnings == ("W_UNBALANCED_QUOTES",)


def test_speech_over_paragraphs_is_not_unbalanced() -> None:
    (claim,) = claims(f"{WHO}: <content.1>“we lost it.</>\n\n“It rained,” he said.")
    assert claim.warnings == ()


@pytest.mark.parametrize(
    ("published", "value", "warnings"),
    [
        (None, None, ("W_NO_PUBLICATION_DATE",)),
        (None, "2024-10-13", ()),
        ("2024-10-16", None, ("W_UNRESOLVED_DATE",)),
    ],
    ids=["unresolved for want of a date", "resolved all the same", "unresolved for another reason"],
)
def test_a_date_that_wants_a_publication_date_is_warned_of(
    published: str | None, value: str | None, warnings: tuple[str, ...]
) -> None:
    marked = f"{WHO} <content.1>they left yesterday</>."
    (claim,) = claims(marked, dates={"yesterday": value}, date_published=published)
    assert claim.warnings == warnings


def test_without_calibration_confidence_is_unknown() -> None:
    (claim,) = claims(f"{WHO} <content.1>they wept</>.")
    assert (claim.confidence.claim, claim.confidence.speaker) == (None, None)


def test_confidence_is_read_from_the_models_curves() -> None:
    curves = {"claims": {"indirect": [[0, 1], [0, 1]]}, "speakers": {"other": [[0, 1], [0.5, 0.5]]}}
    (claim,) = claims(f"{WHO} <content.1>they wept</>.", calibration=Calibration.read(curves))
    assert (claim.confidence.claim, claim.confidence.speaker) == (0.9, 0.5)


def test_an_article_given_as_a_string_has_its_hash_as_id() -> None:
    info = bare_article("The well.", "2024-10-16")
    assert info.article_id == article_id(sha256_hex("The well."))
    assert (info.date_published, info.date_published_source) == ("2024-10-16", "option")
    assert bare_article("The well.", None).date_published_source == "none"
    assert isinstance(info, ArticleInfo)


PIECES = st.lists(
    st.sampled_from(["“", "”", "‘", "’", '"', "we lost 40", "men", ".", ",", "\n", " ", "—", "É", "7"]),
    min_size=1, max_size=20,
)  # fmt: skip


@settings(max_examples=80)
@given(PIECES, st.data())
def test_any_attribution_becomes_a_valid_record_that_slices_back(
    pieces: list[str], data: st.DataObject
) -> None:
    text = " ".join(pieces)
    edges = sorted(set(data.draw(st.lists(st.integers(0, len(text)), min_size=2, max_size=6))))
    pairs = list(zip(edges[::2], edges[1::2], strict=False))
    segments = tuple((s, e) for s, e in pairs if any(char.isalnum() for char in text[s:e]))
    attributions = [Attribution(segments, None, None, "quote_roles", 0.5)] if segments else []
    for claim in claims(text, attributions=attributions):
        spans = [*claim.segments, *claim.modality.cues, *claim.quantities]
        assert all(text[span.start : span.end] == span.exact for span in spans)
        assert claim.context.suffix == text[claim.segments[-1].end :][:32]
        assert fits("claims")(json.loads(json.dumps(to_json(claim))))
