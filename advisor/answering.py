"""The whole path from a question to a cited answer or an honest refusal."""

from __future__ import annotations

import datetime
import re
import time
import uuid
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from advisor import composing, grounding
from advisor.answerability import Answerability
from advisor.conversation import Conversations, Turn, stand_alone
from advisor.coverage import WeighedConcept, weigh_concepts
from advisor.errors import IndexMissing, InvalidQuestion
from advisor.evidence import Evidence, weigh_evidence
from advisor.index import Index, Snapshot
from advisor.messages import say
from advisor.normalisation import words
from advisor.retrieval import Candidate, Parts, Retriever, flatten
from advisor.routing import Route, Router
from advisor.types import Answer, Citation, Language, Outcome, Retrieved, Understood, Variety
from advisor.understanding import Concept, Understanding

MOST_CHARACTERS = 2000
ENGINE = "extractive"
_SUGGESTIONS = 3
_OUTCOMES = {
    Route.OUT_OF_SCOPE: Outcome.OUT_OF_SCOPE,
    Route.HARMFUL: Outcome.REFUSED,
    Route.INJECTION: Outcome.REFUSED,
    Route.PERSONAL: Outcome.REFUSED,
    Route.GREETING: Outcome.CLARIFY,
    Route.THANKS: Outcome.CLARIFY,
    Route.GOODBYE: Outcome.CLARIFY,
    Route.ABOUT: Outcome.CLARIFY,
}
_QUESTION_MARK = re.compile(r"[?؟]+")
_FEWEST_WORDS = 4  # of each question in a message that asks several
_MOST_PARTS = 3
_SHORT = 9  # words up to which a question is asked back for what it lacks: a longer one tells its case
_VAGUE = 5  # up to which one that names neither product nor market is asked back however sure the evidence looks
_USUAL = {  # offered as choices when a question does not name what its answer depends on
    "market": ("EU", "US", "GB", "CA", "GCC"),
    "product": ("rugs", "ceramics", "leather-goods", "clothing", "metalware", "wood", "argan-oil"),
}
_OLD = 5  # years after which an answer says how old what it rests on is


@dataclass(frozen=True, slots=True)
class LookedUp:
    """One question of a message, and what was found for it. `missing`: "market", "product" where its topic needs them."""

    part: str
    understood: Understood
    concepts: Sequence[WeighedConcept]
    candidates: Sequence[Candidate]
    evidence: Evidence | None
    missing: frozenset[str]
    outcome: Outcome = Outcome.NO_EVIDENCE


class Advisor:
    """Answers questions from an index, each in the light of the one before it in its conversation."""

    def __init__(
        self,
        index: Index,
        understanding: Understanding,
        router: Router,
        answerability: Answerability,
        parts: Parts = Parts(),  # noqa: B008 - it is frozen
    ) -> None:
        self.index = index
        self.understanding = understanding
        self.conversations = Conversations()
        self._router = router
        self._answerability = answerability
        self._retriever = Retriever(index, understanding.lexicon, parts)

    def answer(
        self,
        question: str,
        language: Language | None = None,
        conversation_id: str | None = None,
        today: datetime.date | None = None,
    ) -> Answer:
        """The answer in `language`, by default the question's own.

        Raises InvalidQuestion on an empty or overlong question, IndexUnusable if there is nothing to answer from.
        """
        check_question(question, language)
        clock = _Clock()
        snapshot = self.index.snapshot()
        conversation_id = conversation_id or uuid.uuid4().hex
        before = self.conversations.last(conversation_id)
        routed = self._router.route(words(question))
        route = routed.route
        looked_up: list[LookedUp] = []
        if route is Route.TRADE or not routed.certain:
            for part in split_questions(question):
                asked = stand_alone(part, before, self.understanding)
                understood, concepts = self.understanding.understand(asked, language)
                clock.lap("understand")
                found = self._look_up(snapshot, part, understood, concepts)
                clock.lap("retrieve")
                found = replace(found, outcome=judge(found, concepts, route, asked_back=bool(before and before.options)))
                looked_up.append(found)
                offered = before.options if before and found.missing else ()  # a choice may still be made one message later
                before = Turn(understood, self._options(found) if found.outcome is Outcome.CLARIFY else offered)
            if before:
                self.conversations.remember(conversation_id, before)
            first = looked_up[0].understood
        else:
            first, _ = self.understanding.understand(question, language)
            clock.lap("understand")
        answered = [one for one in looked_up if one.outcome is Outcome.ANSWERED]
        citations: tuple[Citation, ...] = ()
        options: tuple[str, ...] = ()
        warnings: list[str] = []
        if answered:
            outcome = Outcome.ANSWERED
            text, citations = self._write(looked_up, snapshot)
            warnings = _warnings(citations, snapshot, first.language, today or datetime.date.today())
        elif looked_up:
            outcome = looked_up[0].outcome
            options = before.options if before and outcome is Outcome.CLARIFY else ()
            text = self._say_otherwise(looked_up[0], options)
        else:
            outcome = _OUTCOMES[route]
            text = say(route.value, first.language)
        clock.lap("compose")
        return Answer(
            id=uuid.uuid4().hex,
            conversation_id=conversation_id,
            outcome=outcome,
            language=first.language,
            variety=first.variety,
            text=text,
            engine=ENGINE,
            understood=first,
            citations=citations,
            warnings=tuple(warnings),
            suggestions=options or _suggestions(looked_up[0].candidates if looked_up else (), citations, outcome),
            timings_ms=clock.times(),
        )

    def _look_up(self, snapshot: Snapshot, part: str, understood: Understood, concepts: Sequence[Concept], limit: int = 8) -> LookedUp:
        weighed = weigh_concepts(concepts, snapshot)
        candidates = self._retriever.candidates(snapshot, understood, weighed, limit)
        answerable = self._answerability.of(words(understood.question), understood.variety)
        evidence = weigh_evidence(candidates[0], weighed, answerable, snapshot) if candidates else None
        missing = frozenset(
            one
            for one in self.understanding.topics.needs(understood.topics[:1])
            if not (understood.products if one == "product" else understood.market_scope)
        )
        return LookedUp(part, understood, weighed, candidates, evidence, missing)

    def _write(self, looked_up: Sequence[LookedUp], snapshot: Snapshot) -> tuple[str, tuple[Citation, ...]]:
        """The answers to all parts of a question, one after the other, with markers that count on."""
        texts: list[str] = []
        citations: list[Citation] = []
        for one in looked_up:
            if one.outcome is Outcome.ANSWERED:
                text, some = compose(one.candidates, one.concepts, snapshot, first_marker=len(citations) + 1)
                citations += some
                if one.evidence and not one.evidence.sure:
                    text = f"{say('unsure', one.understood.language)}\n\n{text}"
            else:
                text = self._say_otherwise(one, ())
            texts.append(f"**{one.part.strip()}**\n\n{text}" if len(looked_up) > 1 else text)
        return "\n\n".join(texts), tuple(citations)

    def _options(self, found: LookedUp) -> tuple[str, ...]:
        """What to choose from when a question lacks its market or product: the usual ones."""
        terms = self.understanding.lexicon.terms(_USUAL["market" if "market" in found.missing else "product"])
        return tuple((term.french if found.understood.language is Language.FR else term.arabic)[0] for term in terms)

    def _say_otherwise(self, found: LookedUp, options: Sequence[str]) -> str:
        """What is said instead of an answer."""
        language = found.understood.language
        if found.outcome is Outcome.CLARIFY and found.missing:
            name = "which_market" if "market" in found.missing else "which_product"
            choices = "\n".join(f"{number}. {option}" for number, option in enumerate(options, start=1))
            return f"{say(name, language)}\n\n{choices}"
        if found.outcome is Outcome.REFUSED:  # only what may be harmful is looked up before it is refused
            return say(Route.HARMFUL.value, language)
        if found.outcome is Outcome.OUT_OF_SCOPE and found.understood.variety is Variety.OTHER:
            return say("other_tongue", language)
        return say(found.outcome.value, language)

    def with_parts(self, parts: Parts) -> Advisor:
        """The same advisor with parts of its retrieval switched off, to measure what they add."""
        return Advisor(self.index, self.understanding, self._router, self._answerability, parts)

    def warm_up(self) -> None:
        """Loads the index and answers once, so that the first person does not wait. Without an index there is nothing to warm."""
        with suppress(IndexMissing):
            self.answer("كيف أصدر زربية إلى فرنسا؟")

    def search(self, question: str, limit: int = 8) -> tuple[Understood, list[Retrieved]]:
        """The passages that would be looked at for `question`, best first."""
        check_question(question, None)
        found = self._found(question, limit)
        return found.understood, flatten(found.candidates, limit)

    def candidates(self, question: str, limit: int = 8) -> list[Candidate]:
        """The sections that may answer `question`, best first."""
        return list(self._found(question, limit).candidates)

    def evidence_for(self, question: str) -> tuple[str, Evidence] | None:
        """The best section for `question` and the evidence it gives; None if nothing was found."""
        found = self._found(question)
        return (found.candidates[0].section_id, found.evidence) if found.evidence else None

    def _found(self, question: str, limit: int = 8) -> LookedUp:
        understood, concepts = self.understanding.understand(question)
        return self._look_up(self.index.snapshot(), question, understood, concepts, limit)


def check_question(question: str, language: Language | None) -> None:
    """Raises InvalidQuestion, in `language` or in both, unless the question has 1 to 2,000 characters that say something."""
    name = "question_empty" if not question.strip() else "question_long" if len(question) > MOST_CHARACTERS else ""
    if name:
        languages = [language] if language else [Language.FR, Language.AR]
        raise InvalidQuestion(" · ".join(say(name, one, most=MOST_CHARACTERS) for one in languages))


def split_questions(text: str) -> list[str]:
    """The questions of a message that asks several, at most three; `text` alone if they do not each say something."""
    parts = [part.strip() for part in _QUESTION_MARK.split(text) if part.strip()]
    long_enough = [part for part in parts if len(words(part)) >= _FEWEST_WORDS]
    if len(long_enough) < 2 or len(long_enough) < len(parts):
        return [text]
    return [f"{part} ?" for part in long_enough[:_MOST_PARTS]]


def judge(found: LookedUp, concepts: Sequence[Concept], route: Route, asked_back: bool) -> Outcome:
    """Whether to answer. A question that names nothing, or lacks what its answer depends on, is asked back, but only once."""
    sure = bool(found.evidence and found.evidence.sure)
    if not any(concept.weight for concept in concepts):
        return Outcome.CLARIFY
    if route is not Route.TRADE and not sure:
        return _OUTCOMES[route]
    vague = len(found.missing) == 2 and len(words(found.part)) <= _VAGUE
    if found.missing and not asked_back and (vague or (not sure and len(words(found.part)) <= _SHORT)):
        return Outcome.CLARIFY
    if found.evidence and found.evidence.enough:
        return Outcome.ANSWERED
    in_domain = any(concept.known and concept.weight for concept in concepts)
    return Outcome.NO_EVIDENCE if in_domain else Outcome.OUT_OF_SCOPE


def compose(
    candidates: Sequence[Candidate], concepts: Sequence[WeighedConcept], snapshot: Snapshot, first_marker: int = 1
) -> tuple[str, tuple[Citation, ...]]:
    """The extractive answer with its citations; what does not hold against its passage is an error of ours and stops here."""
    quotes = composing.choose(candidates, concepts)
    text = composing.arrange(quotes, first_marker)
    citations = tuple(
        grounding.cite(marker, quote.passage, quote.sentence, snapshot.sources, snapshot.documents)
        for marker, quote in enumerate(quotes, start=first_marker)
    )
    if problems := grounding.problems(text, citations, snapshot.by_id):
        raise AssertionError(f"the composer wrote what its passages do not say: {problems}")
    return text, citations


def _warnings(citations: Sequence[Citation], snapshot: Snapshot, language: Language, today: datetime.date) -> list[str]:
    warnings = []
    marked = {
        "unverified": [c.marker for c in citations if not all(source.verified for source in c.sources)],
        "disputed": [c.marker for c in citations if any(source.disputed for source in c.sources)],
    }
    warnings += [say(name, language, markers=", ".join(map(str, markers))) for name, markers in marked.items() if markers]
    years = {c.marker: max((source.year or 0 for source in c.sources), default=0) for c in citations}
    if old := {marker: year for marker, year in years.items() if 0 < year <= today.year - _OLD}:
        warnings.append(say("old", language, markers=", ".join(map(str, old)), year=max(old.values())))
    documents = [snapshot.documents[one] for one in dict.fromkeys(citation.document_id for citation in citations)]
    warnings += [
        say("past_review", language, title=document.title, date=document.review_by)
        for document in documents
        if document.review_by and document.review_by < today.isoformat()
    ]
    if any(document.language is not language for document in documents):
        warnings.append(say("other_language", language))
    return warnings


def _suggestions(candidates: Sequence[Candidate], citations: Sequence[Citation], outcome: Outcome) -> tuple[str, ...]:
    """Headings of sections that came close, as next questions."""
    if outcome not in (Outcome.ANSWERED, Outcome.NO_EVIDENCE):
        return ()
    used = {citation.section for citation in citations}
    headings = (candidate.passages[0].section for candidate in candidates)
    return tuple(dict.fromkeys(heading for heading in headings if heading and heading not in used))[:_SUGGESTIONS]


class _Clock:
    """Laps in milliseconds."""

    def __init__(self) -> None:
        self._start = self._last = time.perf_counter()
        self._laps: dict[str, float] = {}

    def lap(self, name: str) -> None:
        now = time.perf_counter()
        self._laps[name] = round(self._laps.get(name, 0.0) + (now - self._last) * 1000, 1)  # each question of a message adds to it
        self._last = now

    def times(self) -> dict[str, float]:
        return {**self._laps, "total": round((self._last - self._start) * 1000, 1)}
