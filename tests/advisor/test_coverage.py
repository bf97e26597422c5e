"""How much of a question a text names."""

from __future__ import annotations

import pytest

from advisor.coverage import WeighedConcept, coverage, weigh_concepts
from advisor.index import Snapshot
from advisor.normalisation import normalise, stem
from advisor.understanding import Concept, Understanding


def name(*stems: str) -> frozenset[frozenset[str]]:
    return frozenset({frozenset(stems)})


def concept(*stems: str, weight: float = 1.0, known: bool = True) -> Concept:
    return Concept(name(*stems), known, weight)


def weighed(*stems: str, weight: float = 1.0) -> WeighedConcept:
    return WeighedConcept(name(*stems), weight, known=True, is_market=False, sections=1)


@pytest.mark.parametrize(
    ("text", "share"),
    [({"colis", "douan"}, 1.0), ({"colis"}, 0.75), ({"douan", "tapis"}, 0.25), ({"tapis"}, 0.0), (set(), 0.0)],
)
def test_the_share_is_weighted(text: set[str], share: float) -> None:
    assert coverage([weighed("colis", weight=3.0), weighed("douan")], frozenset(text)) == share


def test_a_question_that_names_nothing_is_not_covered() -> None:
    assert coverage([], frozenset({"colis"})) == 0.0


def test_all_the_words_of_one_name_must_stand_in_the_text() -> None:
    one = WeighedConcept(frozenset({frozenset({"etat", "uni"}), frozenset({"ميريكان"})}), 1.0, True, True, 1)
    assert one.named_in(frozenset({"etat", "uni", "tapis"}))
    assert one.named_in(frozenset({"ميريكان"}))
    assert not one.named_in(frozenset({"etat"}))


def test_the_fewer_sections_name_it_the_more_it_weighs(understanding: Understanding, snapshot: Snapshot) -> None:
    _, concepts = understanding.understand("colis cadeau")
    parcel, gift = weigh_concepts(concepts, snapshot)
    assert (parcel.sections, gift.sections) == (2, 1)
    assert 0 < parcel.weight < gift.weight


def test_a_section_counts_once_in_its_two_languages(understanding: Understanding, snapshot: Snapshot) -> None:
    _, concepts = understanding.understand("cuir")
    (leather,) = weigh_concepts(concepts, snapshot)
    assert leather.sections == 1


def test_question_words_are_left_out(snapshot: Snapshot) -> None:
    assert weigh_concepts([concept("combien", weight=0.0)], snapshot) == []


def test_the_same_concept_counts_once(snapshot: Snapshot) -> None:
    assert len(weigh_concepts([concept("colis"), concept("colis")], snapshot)) == 1


@pytest.mark.parametrize(("typed", "meant"), [("rapatreir", "rapatrier"), ("declartion", "déclaration"), ("استرجاغ", "استرجاع")])
def test_an_unknown_word_with_a_slip_is_taken_for_the_word_of_the_corpus(typed: str, meant: str, snapshot: Snapshot) -> None:
    (mended,) = weigh_concepts([concept(stem(typed), known=False)], snapshot)
    assert mended.names == name(stem(normalise(meant)))
    assert mended.sections == 1


def test_a_known_word_that_no_section_holds_is_not_mended(snapshot: Snapshot) -> None:
    (unheard,) = weigh_concepts([concept(stem("rapatreir"))], snapshot)
    assert (unheard.names, unheard.sections) == (name(stem("rapatreir")), 0)


@pytest.mark.parametrize("word", ["curi", "17076", "conteneur", "كونطينر"])
def test_a_short_word_a_number_and_another_word_are_not_mended(word: str, snapshot: Snapshot) -> None:
    (kept,) = weigh_concepts([concept(word, known=False)], snapshot)
    assert (kept.names, kept.sections) == (name(word), 0)
