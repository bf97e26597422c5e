"""What a question is taken to ask."""

from __future__ import annotations

import pytest

from advisor.types import Language, Variety
from advisor.understanding import Concept, Understanding


def named(concepts: list[Concept]) -> list[set[str]]:
    """The names of concepts, words of a name joined."""
    return [{" ".join(sorted(name)) for name in concept.names} for concept in concepts]


@pytest.mark.parametrize(
    ("question", "variety"),
    [
        ("Combien de douane pour une babouche en France ?", Variety.FR),
        ("كم رسوم الجمارك عن بلغة في فرنسا؟", Variety.MSA),
        ("شحال ديال الديوانة على البلاغي ففرانسا؟", Variety.ARY),
        ("ch7al dyal diwana 3la belgha f fransa ?", Variety.ARABIZI),
    ],
)
def test_the_same_question_names_the_same_in_every_variety(understanding: Understanding, question: str, variety: Variety) -> None:
    understood, _ = understanding.understand(question)
    assert (understood.variety, understood.products, understood.markets) == (variety, ("babouche",), ("FR",))


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("Combien de douane en France ?", Language.FR),
        ("شحال ديال الديوانة ففرانسا؟", Language.AR),
        ("شحال ديال الديوانة ففرانسا؟ جاوبني بالفرنسية", Language.FR),
        ("ch7al dyal diwana f fransa ?", Language.AR),
    ],
)
def test_the_answer_is_in_the_language_of_the_question_unless_it_asks_otherwise(
    understanding: Understanding, question: str, language: Language
) -> None:
    assert understanding.understand(question)[0].language is language


def test_the_language_that_is_chosen_outweighs_the_question(understanding: Understanding) -> None:
    assert understanding.understand("Combien de douane en France ?", Language.AR)[0].language is Language.AR


def test_the_question_is_kept_as_it_was_typed(understanding: Understanding) -> None:
    assert understanding.understand(" Combien\u00a0? ")[0].question == " Combien\u00a0? "


def test_france_is_also_europe(understanding: Understanding) -> None:
    assert understanding.understand("vendre en France")[0].market_scope == {"FR", "EU"}


@pytest.mark.parametrize("question", ["comment exporter du Maroc", "combien de douane ?"])
def test_morocco_and_no_market_leave_the_scope_open(understanding: Understanding, question: str) -> None:
    assert understanding.understand(question)[0].market_scope == frozenset()


def test_a_family_is_each_of_its_products(understanding: Understanding) -> None:
    understood, _ = understanding.understand("نبيع زرابي ديالي شحال")
    assert understood.products == ("rugs",)
    assert understood.product_scope == {"rugs", "tapis", "kilim"}


@pytest.mark.parametrize("question", ["Combien de douane en France ?", "كم رسوم الجمارك في فرنسا؟", "How much customs duty for the rug?"])
def test_a_written_language_is_searched_as_it_stands(understanding: Understanding, question: str) -> None:
    assert understanding.understand(question)[0].forms == (question,)


def test_darija_is_searched_as_it_stands_then_in_written_arabic_and_french(understanding: Understanding) -> None:
    question = "شحال ديال الديوانة على كولية ففرانسا"
    assert understanding.understand(question)[0].forms == (question, "كم الجمارك علي طرد فرنسا", "combien douane colis France")


def test_arabizi_is_searched_in_written_arabic_and_french_first(understanding: Understanding) -> None:
    question = "ch7al diwana dyal blgha b 150 dirham"
    forms = understanding.understand(question)[0].forms
    assert forms == ("كم الجمارك بلغة 150 ديرهام", "combien douane babouche b 150 dirham", question)


def test_a_question_of_emojis_has_a_form_and_names_nothing(understanding: Understanding) -> None:
    understood, concepts = understanding.understand("🙂🙂")
    assert (understood.variety, understood.forms, concepts) == (Variety.OTHER, ("🙂🙂",), [])


def test_a_concept_is_named_in_both_languages(understanding: Understanding) -> None:
    _, concepts = understanding.understand("un colis")
    assert named(concepts) == [{"colis", "طرد"}]


def test_question_words_weigh_nothing(understanding: Understanding) -> None:
    _, concepts = understanding.understand("combien de douane")
    assert [(concept.weight, concept.known) for concept in concepts if concept.weight] == [(1.0, True)]


def test_a_market_is_known_for_one(understanding: Understanding) -> None:
    _, concepts = understanding.understand("cadeau France")
    assert [concept.is_market for concept in concepts] == [False, True]


@pytest.mark.parametrize(("question", "weight"), [("un conteneur", 1.0), ("واش الكونطينر", 0.3), ("wach konteneur", 0.3)])
def test_a_word_no_table_holds_counts_for_less_in_darija(understanding: Understanding, question: str, weight: float) -> None:
    _, (*_, concept) = understanding.understand(question)
    assert (concept.known, concept.weight) == (False, weight)


def test_an_unknown_arabizi_word_is_also_read_in_arabic_letters(understanding: Understanding) -> None:
    _, (concept,) = understanding.understand("wach 7rir")
    assert concept.names == {frozenset({"7rir"}), frozenset({"حرير"})}


@pytest.mark.parametrize("question", ["bonjour", "salam", "شكرا واش", "?", "est-ce que vous êtes là"])
def test_a_greeting_names_little_or_nothing(understanding: Understanding, question: str) -> None:
    _, concepts = understanding.understand(question)
    assert not any(concept.known and concept.weight for concept in concepts)
