"""How much of what a question names a text names too."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from advisor.index import Snapshot
from advisor.normalisation import is_arabic
from advisor.understanding import Concept

_SLIP_SCORE = 84.0  # of 100: how like a word of the corpus an unknown word must be to be taken for it


@dataclass(frozen=True, slots=True)
class WeighedConcept:
    """A concept as far as this corpus goes. `weight` grows with how few sections name it (inverse document frequency)."""

    names: frozenset[frozenset[str]]
    weight: float
    known: bool
    is_market: bool
    sections: int

    def named_in(self, stems: frozenset[str]) -> bool:
        """Whether a text with these stems holds all the words of one of its names."""
        return any(name <= stems for name in self.names)


def weigh_concepts(concepts: Sequence[Concept], snapshot: Snapshot) -> list[WeighedConcept]:
    """The concepts that say something of the subject, each once; slips of the pen are mended by the words of the corpus."""
    weighed: dict[frozenset[frozenset[str]], WeighedConcept] = {}
    for concept in concepts:
        if not concept.weight:
            continue
        names = concept.names
        held = snapshot.sections_naming(names)
        if not held and not concept.known and (nearest := _nearest_stem(names, snapshot)):
            names = frozenset({frozenset({nearest})})
            held = snapshot.sections_naming(names)
        weight = concept.weight * math.log((len(snapshot.section_stems) + 1) / (held + 0.5))
        if weight > 0:
            weighed[names] = WeighedConcept(names, weight, concept.known, concept.is_market, held)
    return list(weighed.values())


def _nearest_stem(names: Iterable[frozenset[str]], snapshot: Snapshot) -> str | None:
    for one in (stem for name in names for stem in name):
        if len(one) < 5 or one[0].isdigit():
            continue
        if best := process.extractOne(one, snapshot.stems_by_script[is_arabic(one)], scorer=fuzz.ratio, score_cutoff=_SLIP_SCORE):
            return str(best[0])
    return None


def coverage(concepts: Sequence[WeighedConcept], stems: frozenset[str]) -> float:
    """The weighted share of the concepts that a text with these stems names; 0.0 without concepts."""
    total = sum(concept.weight for concept in concepts)
    return sum(concept.weight for concept in concepts if concept.named_in(stems)) / total if total else 0.0
