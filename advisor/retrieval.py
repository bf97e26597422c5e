"""Finds the sections that may answer a question: dense and lexical rankings, fused, then weighed sentence by sentence."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

import numpy as np

from advisor.coverage import WeighedConcept, coverage
from advisor.expected import NOTHING_ASKED
from advisor.fusion import reciprocal_rank_fusion
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
    "similarity": 1.5,
    "sentence_similarity": 5.3,
    "sentences_similarity": 1.5,
    "heading_similarity": 0.5,
    "coverage": 1.1,
    "heading_coverage": 1.0,
    "market_conflict": -1.4,
    "market_unasked": -1.0,
    "market_in_heading": -0.3,
    "product_conflict": -0.3,
    "votes": 0.1,
    "asked": 2.5,
    "projected_sentence": 0.9,
    "projected_sentences": 1.9,
    "projected_heading": 2.1,
}
# The same without a projection, for documents that come with too few expected questions to learn one from.
PLAIN_WEIGHTS = {
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
}
_SENTENCES = 3
_READ = 3  # sections whose sentences an answer may be made of
_REMEMBERED = 50_000  # headings and sentences whose markets are kept in mind


@dataclass(frozen=True, slots=True)
class Parts:
    """Which parts of the retrieval are on: to measure what each adds.

    `expansions`: the renderings of a Darija question in written Arabic and French; `weighing`: looking at the sections' sentences,
    headings and subjects after the rankings are fused; `expected`: the questions that sections are expected to answer, and
    the projection learned from them.
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
    passages, of its sentences, of its three best sentences on average, of its heading; those called projected are of the projected
    vectors, 0.0 where there is no projection. `coverage` is the share of what the question
    names that the section names too; `heading_coverage` the same for the heading, markets left aside: these are compared by what the
    section is about (see `Subject`), in the signals that are 1.0 or 0.0. `votes` is the share of the rankings that put the section
    among their first five. `asked` is the best cosine to a question that the section is expected to answer (projected).
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
    projected_sentence: float
    projected_sentences: float
    projected_heading: float

    def weighed(self, weights: Mapping[str, float]) -> float:
        return sum(weight * float(getattr(self, name)) for name, weight in weights.items())


@dataclass(frozen=True, slots=True)
class Candidate:
    """A section that may answer: its passages in the answer's language (else in the other one), and what spoke for it.

    `score` orders the sections of one question and means nothing else. `sentences` gives, by passage id, the cosine of each sentence to
    the question; `elsewhere`, whether it names markets but none that the question is about (for the first sections, and empty where the
    question names none); `asked`, by line, the cosine of the nearest question that it is expected to answer.
    """

    section_id: str
    passages: tuple[Passage, ...]
    signals: Signals
    score: float
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
        projection = snapshot.projection if self._parts.expected else None
        turned = projection.questions(forms) if projection else None
        asked = snapshot.expected.near(texts, forms if turned is None else turned, _DEPTH) if self._parts.expected else NOTHING_ASKED
        rankings += [(1.0, [one for one in ranking if one not in snapshot.copies]) for ranking in asked.rankings]
        fused = dict(reciprocal_rank_fusion(rankings, _K)[:_RERANKED])
        highest = max(fused.values(), default=1.0)
        first_five = [set(list(dict.fromkeys(ranking))[:5]) for _, ranking in rankings if ranking]
        farthest = min(similarity.values(), default=0.0)
        vectors = self._index.sentence_vectors.get([passage.id for section_id in fused for passage in snapshot.by_section[section_id]])
        said = {one: some[: 1 + len(snapshot.by_id[one].sentences)] for one, some in vectors.items()}
        plain = _cosines(said, forms)
        projected = _cosines(said, turned, projection.answers) if projection and turned is not None else {}
        topic = [concept for concept in concepts if not concept.is_market]
        found = []
        for section_id, score in fused.items():
            passages = snapshot.by_section[section_id]
            subject = subject_of(passages, snapshot.documents[passages[0].document_id], self._markets_named)
            near, nearer = _nearness(passages, plain, farthest), _nearness(passages, projected, 0.0)
            lines = asked.lines(section_id)
            signals = Signals(
                fused=score / highest,
                similarity=similarity.get(section_id, farthest),
                sentence_similarity=near.sentence,
                sentences_similarity=near.sentences,
                heading_similarity=near.heading,
                coverage=coverage(concepts, snapshot.section_stems[section_id]),
                heading_coverage=coverage(topic, snapshot.heading_stems[section_id]),
                market_conflict=float(subject.market_conflict(understood)),
                market_unasked=float(subject.market_unasked(understood)),
                market_in_heading=float(bool(subject.heading_markets & set(understood.markets))),
                product_conflict=float(subject.product_conflict(understood)),
                votes=sum(section_id in first for first in first_five) / max(1, len(first_five)),
                # A section nobody wrote questions for is not worse for it.
                asked=max(lines.values(), default=max(nearer.heading, nearer.sentence)),
                projected_sentence=nearer.sentence,
                projected_sentences=nearer.sentences,
                projected_heading=nearer.heading,
            )
            weights = WEIGHTS if projected else PLAIN_WEIGHTS
            shown = snapshot.in_language(section_id, understood.language) or passages
            cosines = projected or plain
            sentences = {one.id: cosines[one.id][1:].tolist() for one in shown if one.id in cosines}
            found.append(Candidate(section_id, tuple(shown), signals, signals.weighed(weights), sentences, asked=lines))
        weighed = sorted(found, key=lambda candidate: -candidate.score) if self._parts.weighing else found
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


def _cosines(
    said: Mapping[str, np.ndarray], forms: np.ndarray, projected: Callable[[np.ndarray], np.ndarray] = lambda vectors: vectors
) -> dict[str, np.ndarray]:
    """By passage, the cosine of its heading and of each of its sentences to the form of the question it is nearest to."""
    if not said:
        return {}
    nearest = (projected(np.concatenate(list(said.values()))) @ forms.T).max(axis=1)
    return dict(zip(said, np.split(nearest, np.cumsum([len(some) for some in said.values()])[:-1]), strict=True))


@dataclass(frozen=True, slots=True)
class _Nearness:
    """Best cosines of a section: of its heading, of its best sentence, of its three best sentences on average."""

    heading: float
    sentence: float
    sentences: float


def _nearness(passages: Sequence[Passage], cosines: Mapping[str, np.ndarray], farthest: float) -> _Nearness:
    """From the cosines of each passage's heading and sentences; `farthest` where there are none."""
    held = [(cosines[one.id][0], cosines[one.id][1:]) for one in passages if one.id in cosines]
    nearest = sorted((float(one) for _, some in held for one in some), reverse=True)[:_SENTENCES] or [farthest]
    return _Nearness(max((float(heading) for heading, _ in held), default=farthest), nearest[0], sum(nearest) / len(nearest))


def flatten(candidates: Sequence[Candidate], limit: int) -> list[Retrieved]:
    """The passages of the candidates as one ranking."""
    found = [(passage, candidate.score) for candidate in candidates for passage in candidate.passages]
    return [Retrieved(passage, score, rank, "fused") for rank, (passage, score) in enumerate(found[:limit], start=1)]
