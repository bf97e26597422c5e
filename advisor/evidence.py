"""Whether what was found is enough to answer: a calibrated probability, outside any prompt."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from advisor.index import Snapshot
from advisor.normalisation import is_arabic
from advisor.retrieval import Candidate
from advisor.understanding import Concept

# Logistic regression on the development questions: benchmarks/calibrate_gate.py prints these and how they do.
COEFFICIENTS = {"intercept": -20.0, "similarity": 20.0, "coverage": 5.0, "votes": 2.0, "missing_market": -3.0}
THRESHOLD = 0.5
_SLIP_SCORE = 84.0  # of 100: how like a word of the corpus an unknown word must be to be taken for it


@dataclass(frozen=True, slots=True)
class WeighedConcept:
    """A concept as far as this corpus goes: the stems to look for and how much it tells sections apart (inverse document frequency)."""

    stems: frozenset[str]
    weight: float
    is_market: bool


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for a section answering the question. All features lie in [0, 1]."""

    similarity: float
    coverage: float
    votes: float
    missing_market: float

    @property
    def features(self) -> dict[str, float]:
        return {
            "similarity": self.similarity,
            "coverage": self.coverage,
            "votes": self.votes,
            "missing_market": self.missing_market,
        }

    @property
    def probability(self) -> float:
        """That the section answers the question, as calibrated."""
        score = COEFFICIENTS["intercept"] + sum(COEFFICIENTS[name] * value for name, value in self.features.items())
        return 1 / (1 + math.exp(-score))

    @property
    def enough(self) -> bool:
        return self.probability >= THRESHOLD


def weigh_concepts(concepts: Sequence[Concept], snapshot: Snapshot) -> list[WeighedConcept]:
    """The concepts that say something of the subject, weighted by how few sections name them; slips of the pen are mended."""
    sections = len(snapshot.section_stems)
    weighed = []
    for concept in concepts:
        if not concept.weight:
            continue
        stems = concept.stems
        held = max((snapshot.stem_sections.get(one, 0) for one in stems), default=0)
        if not held and not concept.known and (nearest := _nearest_stem(stems, snapshot)):
            stems = frozenset({nearest})
            held = snapshot.stem_sections[nearest]
        weight = concept.weight * math.log((sections + 1) / (held + 0.5))
        if weight > 0:
            weighed.append(WeighedConcept(stems, weight, concept.is_market))
    return weighed


def _nearest_stem(stems: frozenset[str], snapshot: Snapshot) -> str | None:
    for one in stems:
        if len(one) < 5 or one[0].isdigit():
            continue
        same_script = [other for other in snapshot.stem_sections if is_arabic(other) is is_arabic(one)]
        if best := process.extractOne(one, same_script, scorer=fuzz.ratio, score_cutoff=_SLIP_SCORE):
            return str(best[0])
    return None


def coverage(concepts: Sequence[WeighedConcept], stems: frozenset[str]) -> float:
    """The weighted share of the concepts that a text with these stems names; 0.0 without concepts."""
    total = sum(concept.weight for concept in concepts)
    return sum(concept.weight for concept in concepts if concept.stems & stems) / total if total else 0.0


def weigh_evidence(candidate: Candidate, concepts: Sequence[WeighedConcept], snapshot: Snapshot) -> Evidence:
    """The evidence that one section gives for the question."""
    stems = snapshot.section_stems[candidate.section_id]
    markets = [concept for concept in concepts if concept.is_market]
    return Evidence(
        similarity=max(0.0, candidate.similarity),
        coverage=coverage(concepts, stems),
        votes=candidate.votes,
        missing_market=sum(not concept.stems & stems for concept in markets) / len(markets) if markets else 0.0,
    )
