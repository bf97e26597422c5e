"""Rankings joined by rank."""

from __future__ import annotations

import pytest

from advisor.fusion import reciprocal_rank_fusion


def keys(*rankings: tuple[float, list[str]], k: int = 60) -> list[str]:
    return [key for key, _ in reciprocal_rank_fusion(rankings, k)]


def test_one_ranking_keeps_its_order() -> None:
    assert keys((1.0, ["douane", "facture", "poste"])) == ["douane", "facture", "poste"]


def test_the_score_is_the_sum_of_one_over_k_and_rank() -> None:
    fused = dict(reciprocal_rank_fusion([(1.0, ["douane", "facture"]), (1.0, ["facture"])]))
    assert fused == pytest.approx({"douane": 1 / 61, "facture": 1 / 62 + 1 / 61})


def test_what_two_rankings_hold_comes_before_what_one_puts_first() -> None:
    assert keys((1.0, ["tapis", "facture"]), (1.0, ["douane", "facture"]))[0] == "facture"


def test_a_heavier_ranking_counts_for_more() -> None:
    assert keys((1.0, ["tapis"]), (2.0, ["douane"])) == ["douane", "tapis"]


def test_a_key_that_comes_again_counts_once_at_its_best_rank() -> None:
    assert reciprocal_rank_fusion([(1.0, ["a", "b", "a"])]) == reciprocal_rank_fusion([(1.0, ["a", "b"])])


def test_a_repeated_key_leaves_no_gap_in_the_ranks() -> None:
    assert dict(reciprocal_rank_fusion([(1.0, ["a", "a", "b"])]))["b"] == pytest.approx(1 / 62)


def test_equal_scores_keep_the_order_of_first_appearance() -> None:
    assert keys((1.0, ["poste"]), (1.0, ["douane"])) == ["poste", "douane"]


def test_a_small_k_lets_the_first_rank_count_for_more() -> None:
    rankings = ((1.0, ["a", "b"]), (1.0, ["c", "b"]), (1.0, ["a", "d"]))
    assert keys(*rankings, k=1)[0] == "a"
    assert dict(reciprocal_rank_fusion(rankings, 1))["a"] == pytest.approx(1.0)


@pytest.mark.parametrize("rankings", [[], [(1.0, [])], [(1.0, []), (1.0, [])]])
def test_nothing_fuses_to_nothing(rankings: list[tuple[float, list[str]]]) -> None:
    assert reciprocal_rank_fusion(rankings) == []
