"""Finds the sections that may answer a question: dense and lexical rankings, fused, then weighed sentence by sentence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from advisor.coverage import WeighedConcept, coverage
from advisor.fusion import reciprocal_rank_fusion
from advisor.index import Index, Snapshot
from advisor.lexicon import ALL_PRODUCTS, HOME, WORLD
from advisor.types import Document, Passage, Retrieved, Understood

# Chosen on the development questions: benchmarks/README.md has the tables.
_DEPTH = 60  # passages taken from each ranking
_RERANKED = 20  # sections looked at more closely
_K = 10  # of the reciprocal rank fusion: a small corpus wants the first ranks to count for more than 60 makes them
# What speaks for a section, the fused rank counting 1. Pairwise logistic regression; benchmarks/fit_ranking.py refits and compares.
WEIGHTS = {
    "fused": 1.0,
    "similarity": 10.5,
    "sentence_similarity": 8.0,
    "coverage": 0.75,
    "heading_coverage": 1.3,
    "market_conflict": -0.44,
    "product_conflict": -0.23,
}


@dataclass(frozen=True, slots=True)
class Signals:
    """What speaks for a section answering a question.

    `fused` is the fused score, 1.0 for the best section. The similarities are the best cosines of its passages and of its sentences to a
    form of the question. The coverages are the shares of what the question names that the section, or its heading, names too. A
    conflict is 1.0 if its document is about other markets or other products than the question, else 0.0. `votes` is the share of
    the rankings that put the section among their first five.
    """

    fused: float
    similarity: float
    sentence_similarity: float
    coverage: float
    heading_coverage: float
    market_conflict: float
    product_conflict: float
    votes: float

    @property
    def score(self) -> float:
        """Orders the sections of one question and means nothing else."""
        return sum(weight * float(getattr(self, name)) for name, weight in WEIGHTS.items())


@dataclass(frozen=True, slots=True)
class Candidate:
    """A section that may answer: its passages in the answer's language (else in the other one), and what spoke for it.

    `sentences` gives, by passage id, the cosine of each sentence to the question.
    """

    section_id: str
    passages: tuple[Passage, ...]
    signals: Signals
    sentences: Mapping[str, Sequence[float]]


class Retriever:
    def __init__(self, index: Index) -> None:
        self._index = index

    def candidates(self, snapshot: Snapshot, understood: Understood, concepts: Sequence[WeighedConcept], limit: int = 8) -> list[Candidate]:
        """At most `limit` sections, best first."""
        if not snapshot.passages:
            return []
        forms = self._index.embedder.embed_questions(understood.forms)
        rankings: list[tuple[float, list[str]]] = []
        similarity: dict[str, float] = {}
        for form, vector in zip(understood.forms, forms, strict=True):
            dense: list[str] = []
            for passage_id, cosine in self._index.vectors.search(vector, _DEPTH):
                passage = snapshot.by_id.get(passage_id)
                if passage and passage.section_id not in snapshot.copies:  # a vector whose passage is gone does not count
                    dense.append(passage.section_id)
                    similarity[passage.section_id] = max(cosine, similarity.get(passage.section_id, 0.0))
            rankings.append((1.0, dense))
            for lexical in snapshot.lexical.values():
                found_sections = (snapshot.passages[position].section_id for position, _ in lexical.search(form, _DEPTH))
                rankings.append((1.0, [one for one in found_sections if one not in snapshot.copies]))
        fused = dict(reciprocal_rank_fusion(rankings, _K)[:_RERANKED])
        highest = max(fused.values(), default=1.0)
        first_five = [set(list(dict.fromkeys(ranking))[:5]) for _, ranking in rankings if ranking]
        sentences = self._sentence_similarities(snapshot, fused, forms)
        farthest = min(similarity.values(), default=0.0)
        found = []
        for section_id, score in fused.items():
            passages = snapshot.by_section[section_id]
            document = snapshot.documents[passages[0].document_id]
            signals = Signals(
                fused=score / highest,
                similarity=similarity.get(section_id, farthest),
                sentence_similarity=max((one for passage in passages for one in sentences[passage.id]), default=farthest),
                coverage=coverage(concepts, snapshot.section_stems[section_id]),
                heading_coverage=coverage(concepts, snapshot.heading_stems[section_id]),
                market_conflict=float(_market_conflict(understood.market_scope, document)),
                product_conflict=float(_product_conflict(understood.product_scope, document)),
                votes=sum(section_id in first for first in first_five) / max(1, len(first_five)),
            )
            shown = snapshot.in_language(section_id, understood.language) or passages
            found.append(Candidate(section_id, tuple(shown), signals, sentences))
        return sorted(found, key=lambda candidate: -candidate.signals.score)[:limit]

    def _sentence_similarities(self, snapshot: Snapshot, sections: Iterable[str], forms: np.ndarray) -> dict[str, list[float]]:
        """By passage, the cosine of each sentence to the form of the question it is nearest to."""
        passages = [passage for section_id in sections for passage in snapshot.by_section[section_id]]
        vectors = self._index.sentence_vectors.get([passage.id for passage in passages])
        return {
            passage.id: [float(one) for one in (vectors[passage.id] @ forms.T).max(axis=1)] if passage.id in vectors else []
            for passage in passages
        }


def flatten(candidates: Sequence[Candidate], limit: int) -> list[Retrieved]:
    """The passages of the candidates as one ranking."""
    found = [(passage, candidate.signals.score) for candidate in candidates for passage in candidate.passages]
    return [Retrieved(passage, score, rank, "fused") for rank, (passage, score) in enumerate(found[:limit], start=1)]


def _market_conflict(asked: frozenset[str], document: Document) -> bool:
    """Whether the question names markets and the document is about others; one for the whole world, or for Morocco alone, concerns all."""
    about = set(document.markets)
    return bool(asked) and WORLD not in about and bool(about - {HOME}) and not asked & about


def _product_conflict(asked: frozenset[str], document: Document) -> bool:
    """Whether the question names products and the document is about others."""
    about = set(document.products)
    return bool(asked and about) and ALL_PRODUCTS not in about and not asked & about
