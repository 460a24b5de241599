"""How firmly a content is put: negated, hedged, conditional, asked, or shielded by someone else's word.

Cue phrases come from a data file; a shallow reading of clauses keeps those of the main clauses and
of what these contain ("it is clear that it will not"), and leaves out those of relative and
adverbial clauses. The cue inventories follow the CoNLL-2010 shared task on hedges (Farkas et al.
2010), *SEM 2012 on negation (Morante and Blanco 2012) and Prince, Frader and Bosk (1982) on shields.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import NamedTuple, get_args

from pipeline.components.cues import lemmatise, reporting_lemmas
from pipeline.components.lexicons import rows
from pipeline.record import Modality, ModalityCue, ModalityType

_TOKEN = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*|[.!?…]+|[,;:()—–]+|(?<=\s)-+(?=\s)")
_CLITICS = ("n't", "'s", "'re", "'ve", "'ll", "'d", "'m")
_TYPES: Mapping[str, ModalityType] = {name: name for name in get_args(ModalityType)}
_MASK = "none"
_END = "#"
_OPTIONAL_ADVERBS = "~"
_SENTENCE_ENDS = frozenset(".!?…")

# A clause is rarely longer; the bound keeps hostile input linear.
_MAX_GAP = 14
_MAX_ADVERBS = 3
_CONTEXT_CHARS = 80
_CONTEXT_WORDS = 6


class _Token(NamedTuple):
    """A word, clitic or run of punctuation of the content; a long text holds many."""

    form: str
    start: int
    end: int
    segment: int
    is_word: bool
    is_capital: bool


@dataclass(frozen=True, slots=True)
class _Rule:
    """A line of the cue file: what it means, its slots, and the conditions on its neighbours."""

    type: str
    slots: tuple[frozenset[str], ...]
    conditions: tuple[tuple[str, frozenset[str]], ...]


@dataclass(frozen=True, slots=True)
class _Sentence:
    """The tokens of one sentence, and the words that stand before the content in its own sentence."""

    tokens: Sequence[_Token]
    forms: Sequence[str]
    context: tuple[str, ...]

    def form(self, index: int) -> str:
        """The word at ``index``; ``#`` beyond the sentence and for punctuation."""
        return self.forms[index] if 0 <= index < len(self.forms) else _END


def read_modality(text: str, segments: Sequence[tuple[int, int]]) -> Modality:
    """How firmly the content in ``segments`` of ``text`` is put, with the words that say so.

    ``negated``, ``conditional`` and ``hedged`` hold where a cue of that type stands in a main clause
    of any of its sentences; a shield ("reportedly") hedges too. ``question`` holds where a sentence
    ends in a question mark, and for an embedded question after *ask* or *wonder*.
    """
    context = _words_before(text, segments[0][0]) if segments else ()
    question = False
    cues: list[ModalityCue] = []
    for sentence in _sentences(_tokens(text, segments), context):
        question = question or _is_question(sentence)
        cues.extend(_cues(text, sentence))
    types = {cue.type for cue in cues}
    return Modality(
        negated="negation" in types,
        hedged=bool(types & {"hedge", "shield"}),
        conditional="conditional" in types,
        question=question,
        cues=tuple(cues),
    )


# Lexicon


@cache
def _words(word_class: str) -> frozenset[str]:
    return {row[0]: frozenset(row[1].split(" ")) for row in rows("modality_words.tsv", 2)}[word_class]


@cache
def _rules() -> Mapping[str, tuple[_Rule, ...]]:
    """The rules by each word that may open them, longest first, in the file's order within a length."""
    table: dict[str, list[_Rule]] = {}
    rules = [_rule(*row) for row in rows("modality_cues.tsv", 2, 3)]
    for rule in sorted(rules, key=lambda rule: -len(rule.slots)):
        for word in sorted(rule.slots[0]):
            table.setdefault(word, []).append(rule)
    return MappingProxyType({word: tuple(found) for word, found in table.items()})


def _rule(cue_type: str, phrase: str, conditions: str = "") -> _Rule:
    pairs = (condition.partition("=") for condition in conditions.split(" ") if condition)
    return _Rule(
        cue_type,
        tuple(frozenset(slot.split("|")) for slot in phrase.split(" ")),
        tuple((name, frozenset(words.split("|"))) for name, _, words in pairs),
    )


# Tokens and sentences


def _tokens(text: str, segments: Sequence[tuple[int, int]]) -> list[_Token]:
    tokens: list[_Token] = []
    for number, (start, end) in enumerate(segments):
        # The comma inside American marks before "he said" belongs to the page, not to the clause.
        if tokens and tokens[-1].form == ",":
            tokens.pop()
        for match in _TOKEN.finditer(text, max(start, 0), max(end, 0)):
            tokens.extend(_split(match, number))
    return tokens


def _split(match: re.Match[str], segment: int) -> Iterator[_Token]:
    """The token, or word and clitic, or "can" and "not"."""
    printed, start, end = match.group(), match.start(), match.end()
    form = printed.lower().replace("’", "'")
    is_word = printed[0].isalnum()
    if not is_word:
        yield _Token("?" if "?" in printed else printed[0], start, end, segment, False, False)
        return
    # Lower-casing a few letters changes the length; such words hold no clitic of ours.
    may_end_in_one = "'" in form and len(form) == len(printed)
    tail = _clitic(form) if may_end_in_one else 3 * (form == "cannot")
    if tail:
        yield _Token(form[:-tail], start, end - tail, segment, True, printed[0].isupper())
        yield _Token(form[-tail:], end - tail, end, segment, True, False)
    else:
        yield _Token(form, start, end, segment, True, printed[0].isupper())


def _clitic(form: str) -> int:
    """The length of the clitic that ends a word, 0 for none."""
    return next((len(clitic) for clitic in _CLITICS if form.endswith(clitic)), 0)


def _sentences(tokens: Sequence[_Token], context: tuple[str, ...]) -> Iterator[_Sentence]:
    first = 0
    for index in range(len(tokens)):
        if index + 1 == len(tokens) or _ends_sentence(tokens, index):
            own = tokens[first : index + 1]
            forms = [token.form if token.is_word else _END for token in own]
            yield _Sentence(own, forms, context if first == 0 else ())
            first = index + 1


def _ends_sentence(tokens: Sequence[_Token], index: int) -> bool:
    """Whether a sentence ends at ``index``: not within "U.S.A" or "example.com", not after "Mr"."""
    token, after = tokens[index], tokens[index + 1]
    if after.segment != token.segment and after.is_capital and after.form != "i":
        return True
    if token.form not in _SENTENCE_ENDS or (after.start == token.end and after.is_word):
        return False
    before = tokens[index - 1].form if index else ""
    is_abbreviation = token.form == "." and (len(before) == 1 or before in _words("abbreviation"))
    return not (is_abbreviation and after.is_word)


def _words_before(text: str, start: int) -> tuple[str, ...]:
    """The last few words before the content in its own sentence, in lower case."""
    before = text[max(0, start - _CONTEXT_CHARS) : max(0, start)]
    same_sentence = re.split(r"[.!?\n]", before)[-1]
    words = [match.group().lower() for match in _TOKEN.finditer(same_sentence) if match.group()[0].isalnum()]
    return tuple(words[-_CONTEXT_WORDS:])


def _is_question(sentence: _Sentence) -> bool:
    if any(token.form == "?" for token in sentence.tokens[-2:]):
        return True
    asked = any(word in _words("question_cue") for word in sentence.context)
    is_topic = sentence.context[-1:] and sentence.context[-1] in _words("topic")
    return asked and not is_topic and sentence.form(0) in _words("interrogative")


# Cues


def _cues(text: str, sentence: _Sentence) -> Iterator[ModalityCue]:
    openers = _clause_openers(sentence)
    index = 0
    while index < len(sentence.tokens):
        rule, end = _longest_match(sentence, index)
        if rule is not None and rule.type != _MASK and _counts(rule, sentence, index, openers[index]):
            first, last = sentence.tokens[index], sentence.tokens[end - 1]
            yield ModalityCue(first.start, last.end, text[first.start : last.end], _TYPES[rule.type])
        elif rule is None and _is_inverted_condition(sentence, index):
            token = sentence.tokens[index]
            yield ModalityCue(token.start, token.end, text[token.start : token.end], "conditional")
        index = end


def _longest_match(sentence: _Sentence, index: int) -> tuple[_Rule | None, int]:
    """The longest rule that holds at ``index``, and where it ends."""
    for rule in _rules().get(sentence.form(index), ()):
        end = _match_end(rule, sentence, index)
        if end is not None and all(
            _holds(name, words, sentence, index, end) for name, words in rule.conditions
        ):
            return rule, end
    return None, index + 1


def _match_end(rule: _Rule, sentence: _Sentence, index: int) -> int | None:
    place = index + 1
    for slot in rule.slots[1:]:
        if _OPTIONAL_ADVERBS in slot:
            limit = place + _MAX_ADVERBS - 1
            while place < limit and _is_adverb(sentence.form(place)):
                place += 1
        elif (
            sentence.form(place) in slot and sentence.tokens[place].segment == sentence.tokens[index].segment
        ):
            place += 1
        else:
            return None
    return place


def _holds(name: str, words: frozenset[str], sentence: _Sentence, start: int, end: int) -> bool:
    if name in ("before", "not_before"):
        return (sentence.form(end) in words) is (name == "before")
    if name == "subject":
        return _subject_form(sentence, start) in words
    return (_form_before(sentence, start) in words) is (name == "after")


def _is_adverb(form: str) -> bool:
    return form in _words("adverb") or (len(form) > 4 and form.endswith("ly"))


def _form_before(sentence: _Sentence, index: int) -> str:
    """The word before ``index``, adverbs passed over unless a negator."""
    for place in range(index - 1, index - 2 - _MAX_ADVERBS, -1):
        form = sentence.form(place)
        if form in _words("negator") or not _is_adverb(form):
            return form
    return _END


def _subject_form(sentence: _Sentence, index: int) -> str:
    """The word before the auxiliaries, negators and adverbs that stand before the verb at ``index``."""
    for place in range(index - 1, index - 6, -1):
        form = sentence.form(place)
        if not (_is_adverb(form) or form in _words("auxiliary")):
            return form
    return _END


def _counts(rule: _Rule, sentence: _Sentence, index: int, opener: int) -> bool:
    """Whether a matched cue is one in its place."""
    form = sentence.form(index)
    if rule.type == "conditional":
        return form != "if" or not _means_whether(sentence, index)
    if _is_subordinate(sentence, index, opener):
        return False
    check = _CHECKS.get(form) if len(rule.slots) == 1 else None
    return check is None or check(sentence, index)


# Checks of single words


def _negates_clause(sentence: _Sentence, index: int) -> bool:
    """Whether "not" negates the clause rather than sets a phrase apart ("jobs, **not** slogans")."""
    before, after = _form_before(sentence, index), sentence.form(index + 1)
    if before in _words("auxiliary") or after in ("to", _END):
        return True
    if sentence.form(index - 1) == _END:
        return _starts_sentence(sentence, index) or _resumes_clause(sentence, index)
    return before not in ("and", "but", "or", "yet") and not after.endswith(("ing", "ed"))


def _resumes_clause(sentence: _Sentence, index: int) -> bool:
    """Whether an auxiliary stands before the aside that ends here: "It **is**, he said, not …"."""
    marks = (
        place for place in range(index - 2, max(index - 2 - _MAX_GAP, 0), -1) if sentence.form(place) == _END
    )
    return any(sentence.form(place - 1) in _words("auxiliary") for place in marks)


def _negates_auxiliary(sentence: _Sentence, index: int) -> bool:
    """False for "n't" in a tag ("…, isn't it?")."""
    is_tag = sentence.form(index - 2) == _END and index > 2 and sentence.form(index + 2) == _END
    return not (is_tag and sentence.form(index + 1) in _words("pronoun"))


def _is_modal_may(sentence: _Sentence, index: int) -> bool:
    """False for the month, the name and the wish ("May you live long")."""
    return not sentence.tokens[index].is_capital


def _is_determiner_no(sentence: _Sentence, index: int) -> bool:
    """False for "No 10" and for the interjection ("No, …"), which is a content only by itself."""
    after = sentence.form(index + 1)
    if after == _END:
        return sum(token.is_word for token in sentence.tokens[:2]) == 1 and len(sentence.tokens) <= 2
    return not after[:1].isdigit()


_CHECKS: Mapping[str, Callable[[_Sentence, int], bool]] = MappingProxyType(
    {"not": _negates_clause, "n't": _negates_auxiliary, "may": _is_modal_may, "no": _is_determiner_no}
)


def _starts_sentence(sentence: _Sentence, index: int) -> bool:
    return not any(token.is_word for token in sentence.tokens[max(0, index - 2) : index])


def _means_whether(sentence: _Sentence, index: int) -> bool:
    """Whether "if" follows a verb of asking or knowing, with or without a person asked between."""
    before = [*sentence.context, *(sentence.form(place) for place in range(max(0, index - 4), index))][-4:]
    if not before or before[-1] == _END:
        return False
    return before[-1] in _words("whether") or any(word in _words("addressable") for word in before)


def _is_inverted_condition(sentence: _Sentence, index: int) -> bool:
    """Whether an auxiliary opens a condition without "if": "Should the talks fail, …"."""
    form, after = sentence.form(index), sentence.form(index + 1)
    if form not in _words("inverted") or sentence.form(index - 1) != _END or sentence.tokens[-1].form == "?":
        return False
    if after not in _words("pronoun") | _words("determiner") and not sentence.tokens[index + 1 : index + 2]:
        return False
    rest = sentence.tokens[index + 1 : index + 1 + 4 * _MAX_GAP]
    return form == "should" or any(token.form in _words("consequence") for token in rest)


# Clauses


def _clause_openers(sentence: _Sentence) -> list[int]:
    """For each token, where the subordinate clause around it opened, or -1 in a main clause."""
    openers: list[int] = []
    current = -1
    for index, token in enumerate(sentence.tokens):
        if not token.is_word and index - 1 != current:
            current = -1
        elif token.is_word and _opens_clause(sentence, index):
            current = index
        openers.append(current)
    return openers


def _opens_clause(sentence: _Sentence, index: int) -> bool:
    form, after = sentence.form(index), sentence.form(index + 1)
    if form in _words("subordinator"):
        return True
    if form in _words("relative"):
        return not (_starts_sentence(sentence, index) and after in _words("auxiliary"))
    if form in _words("temporal"):
        is_prepositional = after in _words("temporal_phrase") or after[:1].isdigit() or after.endswith("ing")
        return not is_prepositional and after != _END
    return form == "that" and _is_relative_that(sentence, index)


def _is_relative_that(sentence: _Sentence, index: int) -> bool:
    """Whether "that" relates to a noun before it; else it opens a content clause or points."""
    before = sentence.form(index - 1)
    if before in _words("resultative") or before in _words("antecedent"):
        return True
    if not any(sentence.form(place) in _words("determiner") for place in range(max(0, index - 4), index - 1)):
        return False
    if _is_past_form(before):
        return False
    lacks_subject = sentence.form(index + 1) in _words("auxiliary")
    return lacks_subject or not (before in _words("content_noun") or _is_reporting(before))


def _is_past_form(form: str) -> bool:
    return not form.endswith("s") and lemmatise(form) != form and _is_reporting(form)


@cache
def _reporting_words() -> frozenset[str]:
    return reporting_lemmas("verb") | reporting_lemmas("noun") | reporting_lemmas("adjective")


def _is_reporting(form: str) -> bool:
    return form in _reporting_words() or lemmatise(form) in _reporting_words()


def _is_subordinate(sentence: _Sentence, index: int, opener: int) -> bool:
    """Whether the word at ``index`` belongs to the subordinate clause that opened at ``opener``.

    A relative clause has one verb group; a second one ("people who live here **do not** …") is the
    main clause's again, unless a pronoun before it opens a content clause of its own.
    """
    if opener < 0 or index - opener > _MAX_GAP:
        return False
    gap = [sentence.form(place) for place in range(opener + 1, index)]
    verb_group = 0
    while gap and (_is_adverb(gap[-1]) or gap[-1] in _words("auxiliary")):
        verb_group += gap.pop() in _words("auxiliary")
    if not gap:
        return True
    if sentence.form(opener) in _words("relative") or sentence.form(opener) == "that":
        is_embedded = gap[-1] in _words("pronoun")
        return is_embedded or not verb_group or len(gap) <= _subject_length(sentence, opener)
    is_fronted = opener <= 1
    return not (is_fronted and any(word in _words("auxiliary") for word in gap))


def _subject_length(sentence: _Sentence, opener: int) -> int:
    """How many words the subject of an object relative may have; 0 where the pronoun is the subject."""
    token = sentence.tokens[opener + 1]
    if token.form in _words("pronoun"):
        return 1
    has_own_subject = (
        token.is_capital or token.form in _words("determiner") or sentence.form(opener) == "whose"
    )
    return 3 if has_own_subject else 0
