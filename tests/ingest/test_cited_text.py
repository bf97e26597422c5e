"""Sentences with their citation marks."""

from __future__ import annotations

import pytest

from ingest.cited_text import CitedSentence, cited_sentences


def test_marks_belong_to_the_sentence_before_them_and_leave_the_text() -> None:
    text = "Le seuil est de 6 000 euros. [@seuil-6000] [@pem] Au-delà, demandez un EUR.1. [@eur1]"
    assert cited_sentences(text) == [
        CitedSentence("Le seuil est de 6 000 euros.", ("seuil-6000", "pem")),
        CitedSentence("Au-delà, demandez un EUR.1.", ("eur1",)),
    ]


def test_a_mark_before_the_stop_leaves_the_stop() -> None:
    assert cited_sentences("Le droit est nul [@nul]. Voir TARIC.") == [
        CitedSentence("Le droit est nul.", ("nul",)),
        CitedSentence("Voir TARIC.", ()),
    ]


@pytest.mark.parametrize("question", ["Faut-il un EUR.1 [@eur1] ?", "هل يلزم EUR.1 [@eur1]؟"])
def test_a_question_mark_after_the_mark_stays_with_its_sentence(question: str) -> None:
    assert [sentence.fact_ids for sentence in cited_sentences(question)] == [("eur1",)]
    assert cited_sentences(question)[0].text[-1] in "?؟"


def test_a_mark_after_two_sentences_belongs_to_the_second() -> None:
    assert cited_sentences("التصريح إلزامي. يتم عبر PortNet. [@portnet]") == [
        CitedSentence("التصريح إلزامي.", ()),
        CitedSentence("يتم عبر PortNet.", ("portnet",)),
    ]


def test_an_abbreviation_does_not_end_a_sentence() -> None:
    assert cited_sentences("Selon l'art. 12 du règlement, c'est dû. [@art-12]") == [
        CitedSentence("Selon l'art. 12 du règlement, c'est dû.", ("art-12",))
    ]


def test_a_mark_with_no_sentence_before_it_is_dropped() -> None:
    assert cited_sentences("[@seul] Le tapis part.") == [CitedSentence("Le tapis part.", ())]


def test_no_text_gives_no_sentence() -> None:
    assert cited_sentences("  ") == []
