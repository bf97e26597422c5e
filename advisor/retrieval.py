"""Finds the sections that may answer a question: dense and lexical rankings, fused, then weighed sentence by sentence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

import numpy as np

from advisor.coverage import WeighedConcept, coverage
from advisor.fusion import reciprocal_rank_fusion
from advisor.expected import NOTHING_ASKED
from advisor.index import Index, Snapshot
from advisor.lexicon import Lexicon
from advisor.subject import markets_named, subject_of
from advisor.types import Language, Passage, Retrieved, Understood

# Chosen on the development questions: benchmarks/README.md has the tables.
_DEPTH = 80  # passages taken from each ranking
_RERANKED = 40  # sections looked at more closely
_K = 10  # of the reciprocal rank fusion: a small corpus wants the first ranks to count for more than 60 makes them
# What speaks for a section, the fused rank counting 1. Pairwise logistic regression; benchmarks/fit_ranking.py refits and compares.
WEIGHTS = {
    "fused": 1.0,
    "similarity": 2.6,
    "sentence_similarity": 0.8,
    "sentences_similarity": 30.9,
    "heading_similarity": 16.4,
    "coverage": 2.3,
    "heading_coverage": 1.9,
    "market_conflict": -1.6,
    "market_unasked": -1.4,
    "market_in_heading": -0.3,
    "product_conflict": -0.7,
    "votes": 0.3,
    "asked": 10.0,
}
_SENTENCES = 3
_READ = 3  # sections whose sentences an answer may be made of
_REMEMBERED = 50_000  # headings and sentences whose markets are kept in mind


@dataclass(frozen=True, slots=True)
class Parts:
    """Which parts of the retrieval are on: to measure what each adds.

    `expansions`: the renderings of a Darija question in written Arabic and French; `weighing`: looking at the sections' sentences,
    headings and subjects after the rankings are fused; `expected`: the questions that sections are expected to answer.
    """

    dense: bool = True
    lexical: bool = True
    expansions: bool = True
    weighing: bool = True
    expected: bool = True


@dataclass(frozen=True, slots=True)
class Signals:
    """What speaks for a section answering a question.

    `fused` is the fused score, 1.0 for the best section. The similarities are the best cosines to a form of the question: of its
    passages, of its sentences, of its three best sentences on average, of its heading. `coverage` is the share of what the question
    names that the section names too; `heading_coverage` the same for the heading, markets left aside: these are compared by what the
    section is about (see `Subject`), in the signals that are 1.0 or 0.0. `votes` is the share of the rankings that put the section
    among their first five. `asked` is the best cosine to a question the section is expected to answer.
    """

    fused: float
    similarity: float
    sentence_similarity: float
    sentences_similarity: float
    heading_similarity: float
    coverage: float
    heading_coverage: float
    market_conflict: float
    market_unasked: float
    market_in_heading: float
    product_conflict: float
    votes: float
    asked: float

    @property
    def score(self) -> float:
        """Orders the sections of one question and means nothing else."""
        return sum(weight * float(getattr(self, name)) for name, weight in WEIGHTS.items())


@dataclass(frozen=True, slots=True)
class Candidate:
    """A section that may answer: its passages in the answer's language (else in the other one), and what spoke for it.

    `sentences` gives, by passage id, the cosine of each sentence to the question; `elsewhere`, whether it names markets but none that
    the question is about (for the first sections, and empty where the question names none); `asked`, by line, the cosine of the nearest
    question that it is expected to answer.
    """

    section_id: str
    passages: tuple[Passage, ...]
    signals: Signals
    sentences: Mapping[str, Sequence[float]]
    elsewhere: Mapping[str, Sequence[bool]] = field(default_factory=dict)
    asked: Mapping[int, float] = field(default_factory=dict)


class Retriever:
    """Searches an index; a lexicon tells which markets headings and sentences name."""

    def __init__(self, index: Index, lexicon: Lexicon, parts: Parts = Parts()) -> None:
        self._index = index
        self._parts = parts
        self._markets_named = lru_cache(_REMEMBERED)(lambda text, language: markets_named(text, language, lexicon))

    def candidates(self, snapshot: Snapshot, understood: Understood, concepts: Sequence[WeighedConcept], limit: int = 8) -> list[Candidate]:
        """At most `limit` sections, best first."""
        if not snapshot.passages:
            return []
        texts = understood.forms if self._parts.expansions else (understood.question,)
        forms = self._index.embedder.embed_questions(texts)
        rankings: list[tuple[float, list[str]]] = []
        similarity: dict[str, float] = {}
        for form, vector in zip(texts, forms, strict=True):
            dense: list[str] = []
            for passage_id, cosine in self._index.vectors.search(vector, _DEPTH):
                passage = snapshot.by_id.get(passage_id)
                if passage and passage.section_id not in snapshot.copies:  # a vector whose passage is gone does not count
                    dense.append(passage.section_id)
                    similarity[passage.section_id] = max(cosine, similarity.get(passage.section_id, 0.0))
            if self._parts.dense:
                rankings.append((1.0, dense))
            for lexical in snapshot.lexical.values() if self._parts.lexical else ():
                found_sections = (snapshot.passages[position].section_id for position, _ in lexical.search(form, _DEPTH))
                rankings.append((1.0, [one for one in found_sections if one not in snapshot.copies]))
        asked = snapshot.expected.near(texts, forms, _DEPTH) if self._parts.expected else NOTHING_ASKED
        rankings += [(1.0, [one for one in ranking if one not in snapshot.copies]) for ranking in asked.rankings]
        fused = dict(reciprocal_rank_fusion(rankings, _K)[:_RERANKED])
        highest = max(fused.values(), default=1.0)
        first_five = [set(list(dict.fromkeys(ranking))[:5]) for _, ranking in rankings if ranking]
        headings, sentences = self._sentence_similarities(snapshot, fused, forms)
        farthest = min(similarity.values(), default=0.0)
        least_asked = float(asked.cosines.min(initial=1.0))
        topic = [concept for concept in concepts if not concept.is_market]
        found = []
        for section_id, score in fused.items():
            passages = snapshot.by_section[section_id]
            subject = subject_of(passages, snapshot.documents[passages[0].document_id], self._markets_named)
            nearest = sorted((one for passage in passages for one in sentences[passage.id]), reverse=True) or [farthest]
            lines = asked.lines(section_id)
            signals = Signals(
                fused=score / highest,
                similarity=similarity.get(section_id, farthest),
                sentence_similarity=nearest[0],
                sentences_similarity=sum(nearest[:_SENTENCES]) / len(nearest[:_SENTENCES]),
                heading_similarity=max((headings[passage.id] for passage in passages if passage.id in headings), default=farthest),
                coverage=coverage(concepts, snapshot.section_stems[section_id]),
                heading_coverage=coverage(topic, snapshot.heading_stems[section_id]),
                market_conflict=float(subject.market_conflict(understood)),
                market_unasked=float(subject.market_unasked(understood)),
                market_in_heading=float(bool(subject.heading_markets & set(understood.markets))),
                product_conflict=float(subject.product_conflict(understood)),
                votes=sum(section_id in first for first in first_five) / max(1, len(first_five)),
                asked=max(lines.values(), default=least_asked),
            )
            shown = snapshot.in_language(section_id, understood.language) or passages
            found.append(Candidate(section_id, tuple(shown), signals, sentences, asked=lines))
        weighed = sorted(found, key=lambda candidate: -candidate.signals.score) if self._parts.weighing else found
        best = weighed[:limit]
        if understood.market_scope:
            best[:_READ] = [replace(one, elsewhere=self._elsewhere(one, understood)) for one in best[:_READ]]
        return best

    def _elsewhere(self, candidate: Candidate, understood: Understood) -> dict[str, list[bool]]:
        def is_elsewhere(text: str, language: Language) -> bool:
            named = self._markets_named(text, language)
            return bool(named) and not named & understood.market_scope

        return {
            passage.id: [is_elsewhere(passage.text[one.start : one.end], passage.language) for one in passage.sentences]
            for passage in candidate.passages
        }

    def _sentence_similarities(
        self, snapshot: Snapshot, sections: Iterable[str], forms: np.ndarray
    ) -> tuple[dict[str, float], dict[str, list[float]]]:
        """By passage, the cosine of its heading, and of each of its sentences, to the form of the question it is nearest to."""
        passages = [passage for section_id in sections for passage in snapshot.by_section[section_id]]
        vectors = self._index.sentence_vectors.get([passage.id for passage in passages])
        nearest = {one: [float(cosine) for cosine in (some @ forms.T).max(axis=1)] for one, some in vectors.items()}
        headings = {one: cosines[0] for one, cosines in nearest.items()}
        return headings, {one.id: nearest.get(one.id, [])[1 : 1 + len(one.sentences)] for one in passages}


def flatten(candidates: Sequence[Candidate], limit: int) -> list[Retrieved]:
    """The passages of the candidates as one ranking."""
    found = [(passage, candidate.signals.score) for candidate in candidates for passage in candidate.passages]
    return [Retrieved(passage, score, rank, "fused") for rank, (passage, score) in enumerate(found[:limit], start=1)]
