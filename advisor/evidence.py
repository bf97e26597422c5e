"""Whether what was found is enough to answer: a calibrated probability, outside any prompt."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from advisor.coverage import WeighedConcept
from advisor.index import Snapshot
from advisor.retrieval import Candidate

# Logistic regression on the development questions: benchmarks/calibrate_gate.py prints these and how well they do.
COEFFICIENTS = {"intercept": -20.0, "similarity": 10.0, "sentence_similarity": 10.0, "coverage": 5.0, "votes": 2.0, "missing_market": -3.0}
THRESHOLD = 0.5


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for the answer standing in a section. All features lie in [0, 1]."""

    similarity: float
    sentence_similarity: float
    coverage: float
    votes: float
    missing_market: float

    @property
    def features(self) -> dict[str, float]:
        return {name: getattr(self, name) for name in COEFFICIENTS if name != "intercept"}

    @property
    def probability(self) -> float:
        """That the section answers the question, as calibrated."""
        score = COEFFICIENTS["intercept"] + sum(COEFFICIENTS[name] * value for name, value in self.features.items())
        return 1 / (1 + math.exp(-score))

    @property
    def enough(self) -> bool:
        return self.probability >= THRESHOLD


def weigh_evidence(candidate: Candidate, concepts: Sequence[WeighedConcept], snapshot: Snapshot) -> Evidence:
    """The evidence that one section gives for the question."""
    stems = snapshot.section_stems[candidate.section_id]
    markets = [concept for concept in concepts if concept.is_market]
    return Evidence(
        similarity=max(0.0, candidate.similarity),
        sentence_similarity=max(0.0, candidate.sentence_similarity),
        coverage=candidate.coverage,
        votes=candidate.votes,
        missing_market=sum(not concept.named_in(stems) for concept in markets) / len(markets) if markets else 0.0,
    )
