"""What the types refuse, and what they say of themselves."""

from __future__ import annotations

import dataclasses

import pytest
from small_corpus import FR, PARCELS_FR, passage

from advisor.types import Answer, Citation, Language, Outcome, Passage, Understood, Variety

UNDERSTOOD = Understood("Combien de douane ?", Language.FR, Variety.FR)
CITATION = Citation(1, "p", "d", "Envoyer un colis", "Douane", None, "3 euros de douane.", 0, 18, (), "2026-07")


def answer(outcome: Outcome, *citations: Citation) -> Answer:
    return Answer("a", "c", outcome, Language.FR, Variety.FR, "3 euros de douane. [1]", "extractive", UNDERSTOOD, citations)


def test_an_answered_question_has_citations() -> None:
    assert answer(Outcome.ANSWERED, CITATION).citations == (CITATION,)
    with pytest.raises(ValueError, match="cites something"):
        answer(Outcome.ANSWERED)


@pytest.mark.parametrize("outcome", [one for one in Outcome if one is not Outcome.ANSWERED])
def test_only_an_answered_question_has_citations(outcome: Outcome) -> None:
    assert answer(outcome).citations == ()
    with pytest.raises(ValueError, match="cites something"):
        answer(outcome, CITATION)


@pytest.mark.parametrize("text", ["", "   ", "\n\t"])
def test_a_passage_without_text_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="needs text"):
        Passage("p", "d", "d#1", FR, "Titre", "Section", text, 0)


def test_a_passage_is_embedded_under_its_headings() -> None:
    one = passage(PARCELS_FR, 1, "Combien de douane ?", "3 euros par ligne.")
    assert one.embedded_text == "Envoyer un colis vers l'Europe\nCombien de douane ?\n3 euros par ligne."


def test_a_missing_heading_leaves_no_empty_line_in_the_embedded_text() -> None:
    assert passage(PARCELS_FR, 1, "", "3 euros par ligne.").embedded_text == "Envoyer un colis vers l'Europe\n3 euros par ligne."


def test_what_flows_through_cannot_be_changed() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        answer(Outcome.ANSWERED, CITATION).text = "autre chose"  # type: ignore[misc]
