"""Finds the sections that may answer a question: dense and lexical rankings, fused."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from advisor.fusion import reciprocal_rank_fusion
from advisor.index import Index, Snapshot
from advisor.types import Language, Passage, Retrieved, Understood

_DEPTH = 60  # passages taken from each ranking
# Weights of the rankings in the fusion; chosen on the development questions (benchmarks/README.md).
WEIGHTS = {"dense": 1.0, "stems": 1.0, "ngrams": 1.0}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A section that may answer: its passages in the answer's language (else in the other one), and what spoke for it.

    `score` is the fused score; `similarity` the best cosine of its passages to a form of the question (0.0 if the dense ranking
    did not hold it); `votes` the share of rankings that put it among their first five.
    """

    section_id: str
    passages: tuple[Passage, ...]
    score: float
    similarity: float
    votes: float


class Retriever:
    def __init__(self, index: Index) -> None:
        self._index = index

    def candidates(self, snapshot: Snapshot, understood: Understood, limit: int = 8) -> list[Candidate]:
        """At most `limit` sections, best first."""
        if not snapshot.passages:
            return []
        rankings: list[tuple[float, list[str]]] = []
        similarity: dict[str, float] = {}
        vectors = self._index.embedder.embed_questions(understood.forms)
        for form, vector in zip(understood.forms, vectors, strict=True):
            dense: list[str] = []
            for passage_id, cosine in self._index.vectors.search(vector, _DEPTH):
                if passage := snapshot.by_id.get(passage_id):
                    dense.append(passage.section_id)
                    similarity[passage.section_id] = max(cosine, similarity.get(passage.section_id, 0.0))
            rankings.append((WEIGHTS["dense"], dense))
            for name, lexical in snapshot.lexical.items():
                found = [snapshot.passages[position].section_id for position, _ in lexical.search(form, _DEPTH)]
                rankings.append((WEIGHTS[name], found))
        voting = [set(list(dict.fromkeys(ranking))[:5]) for _, ranking in rankings if ranking]
        return [
            Candidate(
                section_id=section_id,
                passages=tuple(_shown(snapshot, section_id, understood.language)),
                score=score,
                similarity=similarity.get(section_id, 0.0),
                votes=sum(section_id in first for first in voting) / max(1, len(voting)),
            )
            for section_id, score in reciprocal_rank_fusion(rankings)[:limit]
        ]

    def retrieve(self, understood: Understood, limit: int = 8) -> list[Retrieved]:
        """The passages of the best sections, as a flat ranking."""
        snapshot = self._index.snapshot()
        found = [
            (passage, candidate.score)
            for candidate in self.candidates(snapshot, understood, limit)
            for passage in candidate.passages
        ]
        return [Retrieved(passage, score, rank, "fused") for rank, (passage, score) in enumerate(found[:limit], start=1)]


def _shown(snapshot: Snapshot, section_id: str, language: Language) -> Sequence[Passage]:
    return snapshot.in_language(section_id, language) or snapshot.by_section[section_id]
