"""The sentences an answer is made of, and how they are arranged."""

from __future__ import annotations

import pytest
from small_corpus import FR, document, passage, signals

from advisor.composing import _CLOSE, _MOST_SENTENCES, _MOST_STEPS, Quoted, arrange, choose
from advisor.coverage import WeighedConcept
from advisor.retrieval import Candidate
from advisor.types import Passage

GUIDE = document("colis.fr", "Envoyer un colis", FR)
DUTY = passage(
    GUIDE,
    1,
    "Combien de douane ?",
    "Un colis de moins de 150 euros paie 3 euros de douane par ligne.",
    "- La TVA du pays s'ajoute.",
    "- Un cadeau de moins de 45 euros ne paie rien.",
    "- Le transporteur demande des frais de dossier.",
    "- Les marchandises interdites sont saisies.",
    "- Au-delà de 150 euros, le tarif complet s'applique.",
)
PAPERS = passage(
    GUIDE,
    2,
    "Quels papiers ?",
    "Préparez les papiers avant d'aller à la poste.",
    "1. Remplissez la déclaration CN 23.",
    "2. Joignez trois factures.",
    "3. Collez le tout sur le carton.",
)
RULES = passage(GUIDE, 8, "Que dit le règlement ?", "Voici le règlement.", *(f"- Règle numéro {number}." for number in range(1, 30)))
PAGE = passage(GUIDE, 3, "", "La poste ouvre à huit heures.", "Un colis pèse au plus 30 kg.", "La facture est en trois exemplaires.")


def candidate(one: Passage, *similarities: float, score: float = 10.0) -> Candidate:
    """Its score is put into `fused`, whose weight is 1."""
    return Candidate(one.section_id, (one,), signals(fused=score), score, {one.id: similarities})


def texts(quotes: list[Quoted]) -> list[str]:
    return [quote.text for quote in quotes]


def lines(one: Passage, *numbers: int) -> list[str]:
    return [one.text[one.sentences[number].start : one.sentences[number].end] for number in numbers]


def test_an_answer_opens_with_the_opening_and_adds_the_nearest_sentences_in_their_order() -> None:
    near = range(10, 10 + _MOST_SENTENCES - 1)
    rules = candidate(RULES, *(0.9 if number in near else 0.1 for number in range(30)))
    assert texts(choose([rules], [])) == lines(RULES, 0, *near)


def test_the_opening_comes_first_however_far_it_is_from_the_question() -> None:
    assert texts(choose([candidate(DUTY, 0.0, 0.9, 0.8, 0.1, 0.1, 0.1)], []))[0] == lines(DUTY, 0)[0]


def test_a_sentence_that_names_what_is_asked_for_goes_before_one_that_is_as_near() -> None:
    gift = WeighedConcept(frozenset({frozenset({"cadeau"})}), 1.0, True, False, 1)
    even = candidate(DUTY, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5)
    assert lines(DUTY, 2)[0] in texts(choose([even], [gift]))
    relevance = {quote.text: quote.relevance for quote in choose([even], [gift])}
    assert relevance[lines(DUTY, 2)[0]] > relevance[lines(DUTY, 0)[0]]


def test_a_list_of_steps_is_given_whole() -> None:
    assert texts(choose([candidate(PAPERS, 0.9, 0.1, 0.1, 0.9)], [])) == lines(PAPERS, 0, 1, 2, 3)


def test_a_very_long_list_of_steps_ends_somewhere() -> None:
    long = passage(GUIDE, 4, "Étapes", "Suivez ces étapes.", *(f"{number}. Étape du dossier {number}." for number in range(1, 30)))
    assert texts(choose([candidate(long, *[0.5] * 30)], [])) == lines(long, *range(_MOST_STEPS + 1))


def test_a_page_without_headings_gives_its_nearest_sentences_in_their_order() -> None:
    near = range(10, 10 + _MOST_SENTENCES)
    page = passage(GUIDE, 5, "", *(f"Phrase du règlement {number}." for number in range(30)))
    assert texts(choose([candidate(page, *(0.9 if number in near else 0.1 for number in range(30)))], [])) == lines(page, *near)
    assert texts(choose([candidate(PAGE, 0.1, 0.9, 0.8)], [])) == lines(PAGE, 0, 1, 2)


def test_a_passage_without_sentence_vectors_still_answers() -> None:
    bare = Candidate("colis#1", (DUTY,), signals(fused=10.0), 10.0, {})
    assert texts(choose([bare], []))[0] == lines(DUTY, 0)[0]


def test_a_second_section_that_is_nearly_as_good_adds_its_opening_and_its_nearest_sentence() -> None:
    first, second = candidate(PAPERS, 0.9, 0.1, 0.1, 0.1), candidate(DUTY, 0.5, 0.1, 0.9, 0.1, 0.1, 0.1, score=10.0 - _CLOSE / 2)
    assert texts(choose([first, second], [])) == lines(PAPERS, 0, 1, 2, 3) + lines(DUTY, 0, 2)


def test_a_second_section_that_is_farther_adds_nothing() -> None:
    first, second = candidate(PAPERS, 0.9, 0.1, 0.1, 0.1), candidate(DUTY, *[0.5] * 6, score=10.0 - _CLOSE * 2)
    assert texts(choose([first, second], [])) == lines(PAPERS, 0, 1, 2, 3)


def test_a_section_beyond_the_third_adds_nothing() -> None:
    some = [candidate(one, *[0.5] * len(one.sentences)) for one in (PAPERS, DUTY, DUTY, PAGE)]
    assert not set(texts(choose(some, []))) & set(lines(PAGE, 0, 1, 2))


def test_what_was_said_is_not_said_again() -> None:
    again = passage(GUIDE, 6, "Douane", "Un colis de moins de 150 euros paie 3 euros de douane.", "- Gardez le reçu de la poste.")
    chosen = texts(choose([candidate(DUTY, 0.9, *[0.1] * 5), candidate(again, 0.9, 0.5)], []))
    assert chosen[-1] == "Gardez le reçu de la poste."
    assert lines(again, 0)[0] not in chosen


def quotes(one: Passage) -> list[Quoted]:
    return [Quoted(one, sentence, 0.5) for sentence in one.sentences]


def test_steps_are_numbered_and_each_line_has_its_marker() -> None:
    assert arrange(quotes(PAPERS)) == (
        "Préparez les papiers avant d'aller à la poste. [1]\n"
        "\n"
        "1. Remplissez la déclaration CN 23. [2]\n"
        "2. Joignez trois factures. [3]\n"
        "3. Collez le tout sur le carton. [4]"
    )


def test_other_sentences_are_bullets() -> None:
    assert arrange(quotes(DUTY)[:2]) == (
        "Un colis de moins de 150 euros paie 3 euros de douane par ligne. [1]\n\n- La TVA du pays s'ajoute. [2]"
    )


def test_steps_are_counted_anew() -> None:
    assert arrange([quotes(PAPERS)[0], quotes(PAPERS)[3]]).endswith("\n1. Collez le tout sur le carton. [2]")


def test_one_sentence_is_a_paragraph() -> None:
    assert arrange(quotes(PAPERS)[:1]) == "Préparez les papiers avant d'aller à la poste. [1]"


@pytest.mark.parametrize(
    ("written", "shown"), [("Voir la note [3].", "Voir la note (3). [1]"), ("انظر الهامش [٣].", "انظر الهامش (٣). [1]")]
)
def test_a_note_mark_of_the_document_does_not_look_like_a_marker(written: str, shown: str) -> None:
    assert arrange(quotes(passage(GUIDE, 7, "Notes", written))) == shown


def test_a_sentence_about_another_market_is_left_out() -> None:
    elsewhere = [True, False, False, True, False, False]
    some = Candidate("colis#1", (DUTY,), signals(fused=10.0), 10.0, {DUTY.id: [0.9] * 6}, {DUTY.id: elsewhere})
    assert texts(choose([some], [])) == lines(DUTY, 1, 2, 4, 5)


def test_a_section_only_about_another_market_is_quoted_all_the_same() -> None:
    some = Candidate("colis#1", (DUTY,), signals(fused=10.0), 10.0, {DUTY.id: [0.9] * 6}, {DUTY.id: [True] * 6})
    assert texts(choose([some], []))[0] == lines(DUTY, 0)[0]


def test_a_further_section_only_about_another_market_adds_nothing() -> None:
    first = candidate(PAPERS, 0.9, 0.1, 0.1, 0.1)
    second = Candidate("colis#1", (DUTY,), signals(fused=10.0), 10.0, {DUTY.id: [0.9] * 6}, {DUTY.id: [True] * 6})
    assert texts(choose([first, second], [])) == lines(PAPERS, 0, 1, 2, 3)
