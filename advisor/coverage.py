"""How much of what a question names a text names too."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from advisor.index import Snapshot
from advisor.normalisation import is_arabic
from advisor.understanding import Concept

_SLIP_SCORE = 84.0  # of 100: how like a word of the corpus an unknown word must be to be taken for it


@dataclass(frozen=True, slots=True)
class WeighedConcept:
    """A concept as far as this corpus goes: the stems to look for and how much it tells sections apart (inverse document frequency)."""

    stems: frozenset[str]
    weight: float
    is_market: bool


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
