"""Joins several rankings into one."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import TypeVar

K = TypeVar("K", bound=Hashable)


def reciprocal_rank_fusion(rankings: Sequence[tuple[float, Sequence[K]]], k: int = 60) -> list[tuple[K, float]]:
    """Keys of all rankings, best first, each scored by the sum of weight / (k + rank) over the rankings that hold it.

    Each ranking comes with its weight. Ranks start at 1, as in Cormack, Clarke & Büttcher (SIGIR 2009), where k = 60 comes from
    (and every weight is 1). Scores order keys and mean nothing else. Equal scores keep the order of first appearance.
    """
    scores: dict[K, float] = {}
    for weight, ranking in rankings:
        for rank, key in enumerate(dict.fromkeys(ranking), start=1):
            scores[key] = scores.get(key, 0.0) + weight / (k + rank)
    return sorted(scores.items(), key=lambda pair: -pair[1])
