"""Whether what was found is enough to answer."""

from __future__ import annotations

from dataclasses import replace

import pytest
import small_corpus
from small_corpus import PASSAGES

from advisor.coverage import WeighedConcept, weigh_concepts
from advisor.evidence import COEFFICIENTS, PLAIN_COEFFICIENTS, SURE, THRESHOLD, Evidence, weigh_evidence
from advisor.index import Snapshot
from advisor.retrieval import Candidate
from advisor.understanding import Understanding

STRONG = Evidence(
    score=50.0,
    heading_coverage=1.0,
    sentence_similarity=0.93,
    sentences_similarity=0.92,
    heading_similarity=0.94,
    votes=1.0,
    named=0.8,
    rarest_named=1.0,
    market_conflict=0.0,
    asked=0.8,
    projected_sentence=0.7,
    projected_heading=0.7,
    answerable=2.0,
    learned=False,
)
WEAK = replace(
    STRONG,
    score=40.0,
    heading_coverage=0.0,
    sentence_similarity=0.8,
    sentences_similarity=0.8,
    heading_similarity=0.8,
    votes=0.2,
    named=0.1,
)


def candidate(section_id: str, **signals: float) -> Candidate:
    usual = dict.fromkeys(("fused", "coverage", "heading_coverage", "votes"), 1.0)
    usual |= dict.fromkeys(("similarity", "sentence_similarity", "sentences_similarity", "heading_similarity"), 0.9)
    passages = tuple(one for one in PASSAGES if one.section_id == section_id)
    return Candidate(section_id, passages, small_corpus.signals(**(usual | signals)), 50.0, {})


def concepts(understanding: Understanding, snapshot: Snapshot, question: str) -> list[WeighedConcept]:
    return weigh_concepts(understanding.understand(question)[1], snapshot)


def test_strong_evidence_is_enough_and_sure() -> None:
    assert STRONG.enough
    assert STRONG.sure


def test_weak_evidence_is_neither() -> None:
    assert not WEAK.enough
    assert not WEAK.sure


def test_sure_asks_for_more_than_enough() -> None:
    assert 0 < THRESHOLD < SURE < 1


@pytest.mark.parametrize("evidence", [STRONG, WEAK, replace(STRONG, sentence_similarity=1.0, score=60.0), Evidence(*[0.0] * 13, False)])
def test_a_probability_lies_between_0_and_1(evidence: Evidence) -> None:
    assert 0 < evidence.probability < 1


@pytest.mark.parametrize(
    ("learned", "feature"),
    [(learned, name) for learned, some in ((True, COEFFICIENTS), (False, PLAIN_COEFFICIENTS)) for name in some if name != "intercept"],
)
def test_a_feature_moves_the_probability_the_way_of_its_coefficient(learned: bool, feature: str) -> None:
    middling = replace(STRONG, heading_similarity=0.87, named=0.3, heading_coverage=0.3, score=9.0, answerable=0.0, learned=learned)
    more = replace(middling, **{feature: getattr(middling, feature) + 0.1})
    assert (more.probability > middling.probability) is (middling.coefficients[feature] > 0)


@pytest.mark.parametrize("coefficients", [COEFFICIENTS, PLAIN_COEFFICIENTS])
def test_another_market_than_the_question_s_lowers_the_probability(coefficients: dict[str, float]) -> None:
    assert coefficients["market_conflict"] < 0


def test_a_question_like_those_the_guides_answer_raises_it() -> None:
    assert COEFFICIENTS["answerable"] > 0


def test_what_was_learned_from_the_guides_does_not_judge_other_documents() -> None:
    assert "answerable" not in PLAIN_COEFFICIENTS
    assert replace(STRONG, answerable=-5.0).probability == STRONG.probability


@pytest.mark.parametrize("learned", [True, False])
def test_every_feature_has_its_coefficient(learned: bool) -> None:
    evidence = replace(STRONG, learned=learned)
    assert set(evidence.features) == set(evidence.coefficients) - {"intercept"} <= set(Evidence.__slots__) - {"learned"}


def test_the_signals_of_the_retrieval_are_taken_over(snapshot: Snapshot) -> None:
    evidence = weigh_evidence(candidate("rugs#1", heading_coverage=0.5, votes=0.25, market_conflict=1.0), [], 0.5, snapshot)
    assert (evidence.heading_coverage, evidence.votes, evidence.market_conflict) == (0.5, 0.25, 1.0)
    assert (evidence.named, evidence.rarest_named) == (0.0, 0.0)


def test_a_name_that_one_section_holds_is_one_unit(understanding: Understanding, snapshot: Snapshot) -> None:
    evidence = weigh_evidence(candidate("leather#1"), concepts(understanding, snapshot, "cuir"), 0.5, snapshot)
    assert evidence.rarest_named == pytest.approx(1.0)
    assert evidence.named == pytest.approx(1 / 3)


def test_what_many_sections_name_is_worth_less(understanding: Understanding, snapshot: Snapshot) -> None:
    common = weigh_evidence(candidate("parcels#1"), concepts(understanding, snapshot, "colis"), 0.5, snapshot)
    rare = weigh_evidence(candidate("parcels#1"), concepts(understanding, snapshot, "cadeau"), 0.5, snapshot)
    assert 0 < common.named < rare.named


def test_what_the_section_does_not_name_adds_nothing(understanding: Understanding, snapshot: Snapshot) -> None:
    assert weigh_evidence(candidate("money#1"), concepts(understanding, snapshot, "cuir"), 0.5, snapshot).named == 0.0


def test_many_names_are_worth_no_more_than_three(understanding: Understanding, snapshot: Snapshot) -> None:
    many = concepts(understanding, snapshot, "tanneur essai norme ISO 17075 chrome contenir cuir")
    assert weigh_evidence(candidate("leather#1"), many, 0.5, snapshot).named == 1.0
