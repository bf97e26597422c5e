"""Whether what was found is enough to answer: a calibrated probability, outside any prompt."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from advisor.coverage import WeighedConcept
from advisor.index import Snapshot
from advisor.retrieval import Candidate

# Logistic regression on the development questions: benchmarks/calibrate_gate.py prints these and how well they do.
COEFFICIENTS = {
    "intercept": -31.01,
    "score": 0.88,
    "heading_coverage": -1.13,
    "sentence_similarity": 3.74,
    "sentences_similarity": -6.61,
    "heading_similarity": 25.69,
    "votes": 1.55,
    "named": 4.24,
    "rarest_named": -2.3,
    "market_conflict": -3.91,
    "asked": 3.22,
    "projected_sentence": -2.82,
    "projected_heading": -4.51,
    "answerable": 0.86,
}
# For a section that no questions are expected of, and of whose kind of document therefore nothing was learned.
PLAIN_COEFFICIENTS = {
    "intercept": -34.7,
    "score": -0.03,
    "heading_coverage": 1.88,
    "sentence_similarity": 10.26,
    "sentences_similarity": 8.32,
    "heading_similarity": 19.94,
    "votes": 1.79,
    "named": 3.27,
    "rarest_named": -0.84,
    "market_conflict": -6.25,
}
THRESHOLD = 0.2  # below it, no answer
SURE = 0.6  # below it, the answer begins by saying that it may not be the one asked for
_MOST_NAMED = 3.0  # names so rare that one section holds them: more add nothing


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for the answer standing in a section.

    `named` is how much of what the question names the section names too, in units of a name that a single section holds,
    `rarest_named` the rarest of these. `answerable` is what the words of the question say (see
    `Answerability`). The others are the retrieval's score and signals. `learned` tells that questions are expected of the section.
    """

    score: float
    heading_coverage: float
    sentence_similarity: float
    sentences_similarity: float
    heading_similarity: float
    votes: float
    named: float
    rarest_named: float
    market_conflict: float
    asked: float
    projected_sentence: float
    projected_heading: float
    answerable: float
    learned: bool

    @property
    def features(self) -> dict[str, float]:
        return {name: getattr(self, name) for name in self.coefficients if name != "intercept"}

    @property
    def coefficients(self) -> Mapping[str, float]:
        return COEFFICIENTS if self.learned else PLAIN_COEFFICIENTS

    @property
    def probability(self) -> float:
        """That the section answers the question, as calibrated."""
        score = self.coefficients["intercept"] + sum(self.coefficients[name] * value for name, value in self.features.items())
        return 1 / (1 + math.exp(-score))

    @property
    def enough(self) -> bool:
        return self.probability >= THRESHOLD

    @property
    def sure(self) -> bool:
        return self.probability >= SURE


def weigh_evidence(candidate: Candidate, concepts: Sequence[WeighedConcept], answerable: float, snapshot: Snapshot) -> Evidence:
    """The evidence that one section gives for a question as `answerable` as its words say."""
    stems = snapshot.section_stems[candidate.section_id]
    rarest = math.log((len(snapshot.section_stems) + 1) / 1.5)  # the weight of a name that one section holds
    named = [concept.weight / rarest for concept in concepts if concept.named_in(stems)]
    signals = candidate.signals
    return Evidence(
        score=candidate.score,
        heading_coverage=signals.heading_coverage,
        sentence_similarity=signals.sentence_similarity,
        sentences_similarity=signals.sentences_similarity,
        heading_similarity=signals.heading_similarity,
        votes=signals.votes,
        named=min(_MOST_NAMED, sum(named)) / _MOST_NAMED,
        rarest_named=min(1.0, max(named, default=0.0)),
        market_conflict=signals.market_conflict,
        asked=signals.asked,
        projected_sentence=signals.projected_sentence,
        projected_heading=signals.projected_heading,
        answerable=answerable,
        learned=bool(snapshot.projection and candidate.asked),
    )
