"""The whole path from a question to a cited answer or an honest refusal."""

from __future__ import annotations

import datetime
import time
import uuid
from collections.abc import Sequence
from contextlib import suppress

from advisor import composing, grounding
from advisor.coverage import WeighedConcept, weigh_concepts
from advisor.errors import IndexMissing, InvalidQuestion
from advisor.evidence import Evidence, weigh_evidence
from advisor.index import Index, Snapshot
from advisor.messages import say
from advisor.retrieval import Candidate, Retriever, flatten
from advisor.types import Answer, Citation, Language, Outcome, Retrieved, Understood
from advisor.understanding import Concept, Understanding

MOST_CHARACTERS = 2000
ENGINE = "extractive"
_SUGGESTIONS = 3
_OLD = 5  # years after which an answer says how old what it rests on is


class Advisor:
    """Answers questions from an index."""

    def __init__(self, index: Index, understanding: Understanding) -> None:
        self.index = index
        self.understanding = understanding
        self._retriever = Retriever(index, understanding.lexicon)

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
        understood, concepts = self.understanding.understand(question, language)
        clock.lap("understand")
        weighed = weigh_concepts(concepts, snapshot)
        candidates = self._retriever.candidates(snapshot, understood, weighed)
        clock.lap("retrieve")
        evidence = weigh_evidence(candidates[0], weighed, snapshot) if candidates else None
        outcome = judge(concepts, evidence)
        citations: tuple[Citation, ...] = ()
        warnings: list[str] = []
        if outcome is Outcome.ANSWERED:
            text, citations = compose(candidates, weighed, snapshot)
            if evidence and not evidence.sure:
                text = f"{say('unsure', understood.language)}\n\n{text}"
            warnings = _warnings(citations, snapshot, understood.language, today or datetime.date.today())
        else:
            text = say(outcome.value, understood.language)
        clock.lap("compose")
        return Answer(
            id=uuid.uuid4().hex,
            conversation_id=conversation_id or uuid.uuid4().hex,
            outcome=outcome,
            language=understood.language,
            variety=understood.variety,
            text=text,
            engine=ENGINE,
            understood=understood,
            citations=citations,
            warnings=tuple(warnings),
            suggestions=_suggestions(candidates, citations, outcome),
            timings_ms=clock.times(),
        )

    def warm_up(self) -> None:
        """Loads the index and answers once, so that the first person does not wait. Without an index there is nothing to warm."""
        with suppress(IndexMissing):
            self.answer("كيف أصدر زربية إلى فرنسا؟")

    def search(self, question: str, limit: int = 8) -> tuple[Understood, list[Retrieved]]:
        """The passages that would be looked at for `question`, best first."""
        check_question(question, None)
        _, understood, _, candidates = self._look_up(question, None, limit)
        return understood, flatten(candidates, limit)

    def candidates(self, question: str, limit: int = 8) -> list[Candidate]:
        """The sections that may answer `question`, best first."""
        return self._look_up(question, None, limit)[3]

    def evidence_for(self, question: str) -> tuple[str, Evidence] | None:
        """The best section for `question` and the evidence it gives; None if nothing was found."""
        snapshot, _, weighed, candidates = self._look_up(question, None)
        return (candidates[0].section_id, weigh_evidence(candidates[0], weighed, snapshot)) if candidates else None

    def _look_up(
        self, question: str, language: Language | None, limit: int = 8
    ) -> tuple[Snapshot, Understood, list[WeighedConcept], list[Candidate]]:
        snapshot = self.index.snapshot()
        understood, concepts = self.understanding.understand(question, language)
        weighed = weigh_concepts(concepts, snapshot)
        return snapshot, understood, weighed, self._retriever.candidates(snapshot, understood, weighed, limit)


def check_question(question: str, language: Language | None) -> None:
    """Raises InvalidQuestion, in `language` or in both, unless the question has 1 to 2,000 characters that say something."""
    name = "question_empty" if not question.strip() else "question_long" if len(question) > MOST_CHARACTERS else ""
    if name:
        languages = [language] if language else [Language.FR, Language.AR]
        raise InvalidQuestion(" · ".join(say(name, one, most=MOST_CHARACTERS) for one in languages))


def judge(concepts: Sequence[Concept], evidence: Evidence | None) -> Outcome:
    """Whether to answer. A question that names nothing is asked back; one that names nothing of the trade is out of scope."""
    if not any(concept.weight for concept in concepts):
        return Outcome.CLARIFY
    if evidence and evidence.enough:
        return Outcome.ANSWERED
    in_domain = any(concept.known and concept.weight for concept in concepts)
    return Outcome.NO_EVIDENCE if in_domain else Outcome.OUT_OF_SCOPE


def compose(candidates: Sequence[Candidate], concepts: Sequence[WeighedConcept], snapshot: Snapshot) -> tuple[str, tuple[Citation, ...]]:
    """The extractive answer with its citations; what does not hold against its passage is an error of ours and stops here."""
    quotes = composing.choose(candidates, concepts)
    text = composing.arrange(quotes)
    citations = tuple(
        grounding.cite(marker, quote.passage, quote.sentence, snapshot.sources, snapshot.documents)
        for marker, quote in enumerate(quotes, start=1)
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
        self._laps[name] = round((now - self._last) * 1000, 1)
        self._last = now

    def times(self) -> dict[str, float]:
        return {**self._laps, "total": round((self._last - self._start) * 1000, 1)}
