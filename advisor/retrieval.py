"""Finds the sections that may answer a question: dense and lexical rankings, fused, then weighed sentence by sentence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from advisor.coverage import WeighedConcept, coverage
from advisor.fusion import reciprocal_rank_fusion
from advisor.index import Index, Snapshot
from advisor.types import Passage, Retrieved, Understood

# Chosen on the development questions (benchmarks/README.md has the table).
_DEPTH = 60  # passages taken from each ranking
_RERANKED = 20  # sections whose sentences are compared with the question
_K = 10  # of the reciprocal rank fusion: a small corpus wants the first ranks to count for more than 60 makes them
_SENTENCE_WEIGHT = 1.0  # of the ranking by best sentence, against 1.0 for each of the others
_COVERAGE_BOOST = 0.3  # of naming all that the question names, against 1.0 for the best fused score


@dataclass(frozen=True, slots=True)
class Candidate:
    """A section that may answer: its passages in the answer's language (else in the other one), and what spoke for it.

    `score` orders candidates and means nothing else. `similarity` and `sentence_similarity` are the best cosines of its passages and
    of its sentences to a form of the question (0.0 where the dense ranking did not hold it); `coverage` is the share of what the
    question names that it names too; `votes` the share of rankings that put it among their first five. `sentences` gives, by passage,
    the cosine of each sentence.
    """

    section_id: str
    passages: tuple[Passage, ...]
    score: float
    similarity: float
    sentence_similarity: float
    coverage: float
    votes: float
    sentences: Mapping[str, Sequence[float]]


class Retriever:
    def __init__(self, index: Index) -> None:
        self._index = index

    def candidates(
        self, snapshot: Snapshot, understood: Understood, concepts: Sequence[WeighedConcept], limit: int = 8
    ) -> list[Candidate]:
        """At most `limit` sections, best first."""
        if not snapshot.passages:
            return []
        forms = self._index.embedder.embed_questions(understood.forms)
        rankings: list[tuple[float, list[str]]] = []
        similarity: dict[str, float] = {}
        for form, vector in zip(understood.forms, forms, strict=True):
            dense: list[str] = []
            for passage_id, cosine in self._index.vectors.search(vector, _DEPTH):
                if passage := snapshot.by_id.get(passage_id):  # a vector whose passage is gone, or not yet there, does not count
                    dense.append(passage.section_id)
                    similarity[passage.section_id] = max(cosine, similarity.get(passage.section_id, 0.0))
            rankings.append((1.0, dense))
            for lexical in snapshot.lexical.values():
                rankings.append((1.0, [snapshot.passages[position].section_id for position, _ in lexical.search(form, _DEPTH)]))
        sections = [section_id for section_id, _ in reciprocal_rank_fusion(rankings, _K)[:_RERANKED]]
        sentences = self._sentence_similarities(snapshot, sections, forms)
        best_sentence = {
            section_id: max((max(sentences[passage.id], default=0.0) for passage in snapshot.by_section[section_id]), default=0.0)
            for section_id in sections
        }
        by_sentence = sorted(sections, key=lambda section_id: -best_sentence[section_id])
        fused = dict(reciprocal_rank_fusion([*rankings, (_SENTENCE_WEIGHT * len(forms), by_sentence)], _K))
        highest = max((fused[section_id] for section_id in sections), default=1.0)
        first_five = [set(list(dict.fromkeys(ranking))[:5]) for _, ranking in rankings if ranking]
        found = []
        for section_id in sections:
            named = coverage(concepts, snapshot.section_stems[section_id])
            found.append(
                Candidate(
                    section_id=section_id,
                    passages=tuple(snapshot.in_language(section_id, understood.language) or snapshot.by_section[section_id]),
                    score=fused[section_id] / highest + _COVERAGE_BOOST * named,
                    similarity=similarity.get(section_id, 0.0),
                    sentence_similarity=best_sentence[section_id],
                    coverage=named,
                    votes=sum(section_id in first for first in first_five) / max(1, len(first_five)),
                    sentences=sentences,
                )
            )
        return sorted(found, key=lambda candidate: -candidate.score)[:limit]

    def _sentence_similarities(
        self, snapshot: Snapshot, sections: Iterable[str], forms: np.ndarray
    ) -> dict[str, list[float]]:
        """By passage, the cosine of each sentence to the form of the question it is nearest to."""
        passages = [passage for section_id in sections for passage in snapshot.by_section[section_id]]
        vectors = self._index.sentence_vectors.get([passage.id for passage in passages])
        return {
            passage.id: [float(one) for one in (vectors[passage.id] @ forms.T).max(axis=1)] if passage.id in vectors else []
            for passage in passages
        }


def flatten(candidates: Sequence[Candidate], limit: int) -> list[Retrieved]:
    """The passages of the candidates as one ranking."""
    found = [(passage, candidate.score) for candidate in candidates for passage in candidate.passages]
    return [Retrieved(passage, score, rank, "fused") for rank, (passage, score) in enumerate(found[:limit], start=1)]
