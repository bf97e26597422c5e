"""Finding sections in the small corpus, with n-gram vectors."""

from __future__ import annotations

import numpy as np
import pytest
from small_corpus import AR, DOCUMENTS, FR, PARCELS_FR, PASSAGES, SOURCES, document, empty_index, fill, passage, signals

from advisor.coverage import weigh_concepts
from advisor.index import Index
from advisor.ports import Embedder
from advisor.retrieval import PLAIN_WEIGHTS, WEIGHTS, Candidate, Retriever, flatten
from advisor.types import Language
from advisor.understanding import Understanding


def search(index: Index, understanding: Understanding, question: str, language: Language | None = None, limit: int = 8) -> list[Candidate]:
    snapshot = index.snapshot()
    understood, concepts = understanding.understand(question, language)
    return Retriever(index, understanding.lexicon).candidates(snapshot, understood, weigh_concepts(concepts, snapshot), limit)


@pytest.mark.parametrize(
    ("question", "section"),
    [
        ("Combien de douane pour un colis de 100 euros en Europe ?", "parcels#1"),
        ("Quels papiers mettre avec le colis à la poste ?", "parcels#2"),
        ("كم من الكروم يسمح به في الجلد؟", "leather#1"),
        ("متى يجب أن يصل ثمن البيع إلى المغرب؟", "money#1"),
        ("شنو هي التيكيطة اللي خاصها تكون فزربية ديال ميريكان؟", "rugs#1"),
        ("شحال د الديوانة على كولية صغيرة لفرانسا", "parcels#1"),
        ("ach mn tikita f zerbia l mirikan", "rugs#1"),
        ("ch7al dyal diwana 3la koliya f oroppa", "parcels#1"),
        ("je veux savoir ch7al dyal diwana pour un cadeau f Europe", "parcels#1"),
    ],
)
def test_a_question_finds_its_section_in_every_variety(index: Index, understanding: Understanding, question: str, section: str) -> None:
    assert search(index, understanding, question)[0].section_id == section


def test_a_darija_question_is_shown_the_arabic_section(index: Index, understanding: Understanding) -> None:
    best = search(index, understanding, "شنو هي التيكيطة اللي خاصها تكون فزربية ديال ميريكان؟")[0]
    assert [one.id for one in best.passages] == ["rugs.ar#1"]


@pytest.mark.parametrize("language", [FR, AR])
def test_the_parallel_section_is_shown_in_the_language_of_the_answer(
    index: Index, understanding: Understanding, language: Language
) -> None:
    for question in ("Combien de chrome dans le cuir ?", "كم من الكروم في الجلد؟"):
        best = search(index, understanding, question, language)[0]
        assert (best.section_id, [one.language for one in best.passages]) == ("leather#1", [language])


def test_a_section_in_one_language_only_is_shown_in_that_one(embedder: Embedder, understanding: Understanding) -> None:
    index = empty_index(embedder)
    fill(index, [PARCELS_FR], [one for one in PASSAGES if one.document_id == "parcels.fr"], SOURCES)
    best = search(index, understanding, "شحال د الديوانة على كولية صغيرة لفرانسا")[0]
    assert [one.id for one in best.passages] == ["parcels.fr#1"]


def test_a_section_comes_once_and_the_best_comes_first(index: Index, understanding: Understanding) -> None:
    found = search(index, understanding, "Combien de douane pour un colis en Europe ?")
    assert len({one.section_id for one in found}) == len(found)
    scores = [one.score for one in found]
    assert scores == sorted(scores, reverse=True)


def test_no_more_sections_than_the_limit(index: Index, understanding: Understanding) -> None:
    assert len(search(index, understanding, "colis", limit=2)) == 2


def test_a_vector_without_a_passage_is_ignored(index: Index, understanding: Understanding) -> None:
    question = "Combien de chrome le cuir peut-il contenir ?"
    before = search(index, understanding, question)
    index.vectors.add(["gone.fr#1"], index.embedder.embed_documents([question]))
    assert index.vectors.search(index.embedder.embed_questions([question])[0], 1)[0][0] == "gone.fr#1"
    assert search(index, understanding, question) == before


def test_a_passage_without_vectors_is_still_found_by_its_words(index: Index, understanding: Understanding) -> None:
    index.vectors.remove(["leather.fr#1", "leather.ar#1"])
    index.sentence_vectors.remove(["leather.fr#1", "leather.ar#1"])
    assert "leather#1" in [one.section_id for one in search(index, understanding, "essai du tanneur selon EN ISO 17075")]


def test_a_copy_gives_way_to_its_original(embedder: Embedder, understanding: Understanding) -> None:
    printed = document("papers/parcels.pdf", "Envoyer un colis vers l'Europe", FR)
    guide = next(one for one in PASSAGES if one.id == "parcels.fr#1")
    page = passage(printed, 1, guide.section, *(guide.text[one.start : one.end] for one in guide.sentences))
    index = empty_index(embedder)
    fill(index, [*DOCUMENTS, printed], [*PASSAGES, page], SOURCES)
    found = search(index, understanding, guide.section)
    assert found[0].section_id == "parcels#1"
    assert page.section_id not in [one.section_id for one in found]


def test_an_empty_index_finds_nothing(embedder: Embedder, understanding: Understanding) -> None:
    index = empty_index(embedder)
    fill(index, [], [], {})
    assert search(index, understanding, "Combien de douane ?") == []


def test_each_sentence_has_its_similarity(index: Index, understanding: Understanding) -> None:
    best = search(index, understanding, "Un cadeau de moins de 45 euros entre particuliers ne paie rien.")[0]
    similarities = best.sentences["parcels.fr#1"]
    assert len(similarities) == 3
    assert similarities[2] == pytest.approx(1.0, abs=1e-5)
    assert best.signals.sentence_similarity == pytest.approx(max(similarities))


def test_the_signals_of_the_section_that_is_asked_for(index: Index, understanding: Understanding) -> None:
    best = search(index, understanding, "Quelle étiquette coudre sur un tapis vendu aux États-Unis ?")[0].signals
    assert (best.fused, best.coverage, best.heading_coverage, best.votes) == (1.0, 1.0, 1.0, 1.0)
    assert (best.market_conflict, best.product_conflict) == (0.0, 0.0)


@pytest.mark.parametrize(
    ("question", "section", "market", "product"),
    [
        ("étiquette d'un tapis aux États-Unis", "rugs#1", 0.0, 0.0),
        ("étiquette d'un tapis en France", "rugs#1", 1.0, 0.0),
        ("étiquette d'une babouche aux États-Unis", "rugs#1", 0.0, 1.0),
        ("étiquette", "rugs#1", 0.0, 0.0),
        ("étiquette d'un tapis du Maroc", "rugs#1", 0.0, 0.0),
        ("douane d'un tapis en France", "parcels#1", 0.0, 0.0),  # parcels: all products, and France is in the EU
        ("prix d'un tapis en France", "money#1", 0.0, 0.0),  # money: for Morocco alone concerns all
        ("cuir pour un tapis kilim en Europe", "leather#1", 0.0, 1.0),
    ],
)
def test_a_guide_about_another_market_or_product_conflicts(
    index: Index, understanding: Understanding, question: str, section: str, market: float, product: float
) -> None:
    signals = {one.section_id: one.signals for one in search(index, understanding, question)}[section]
    assert (signals.market_conflict, signals.product_conflict) == (market, product)


def test_a_guide_for_the_whole_world_conflicts_with_no_market(embedder: Embedder, understanding: Understanding) -> None:
    guide = document("wood.fr", "Emballer dans une caisse en bois", FR, markets=("WORLD",), products=("all",))
    index = empty_index(embedder)
    fill(index, [guide], [passage(guide, 1, "Quelle norme pour la caisse ?", "La caisse suit la norme NIMP 15.")], {})
    (found,) = search(index, understanding, "la caisse pour un tapis en France")
    assert (found.signals.market_conflict, found.signals.product_conflict) == (0.0, 0.0)


@pytest.mark.parametrize("weights", [WEIGHTS, PLAIN_WEIGHTS])
def test_the_score_is_the_weighted_sum_of_the_signals(weights: dict[str, float]) -> None:
    assert signals().weighed(weights) == 0.0
    assert signals(**dict.fromkeys(weights, 1.0)).weighed(weights) == pytest.approx(sum(weights.values()))


@pytest.mark.parametrize("weights", [WEIGHTS, PLAIN_WEIGHTS])
@pytest.mark.parametrize("conflict", ["market_conflict", "market_unasked", "product_conflict"])
def test_a_conflict_speaks_against_a_section(conflict: str, weights: dict[str, float]) -> None:
    assert signals(fused=1.0, **{conflict: 1.0}).weighed(weights) < signals(fused=1.0).weighed(weights)


def test_the_candidates_make_one_ranking_of_passages(index: Index, understanding: Understanding) -> None:
    found = search(index, understanding, "Combien de douane pour un colis en Europe ?")
    ranking = flatten(found, 3)
    assert [one.rank for one in ranking] == [1, 2, 3]
    assert [one.passage.section_id for one in ranking] == [one.section_id for one in found[:3]]
    assert ranking[0].score == found[0].score


def test_searching_leaves_the_index_as_it_was(index: Index, understanding: Understanding) -> None:
    before = index.sentence_vectors.get(["parcels.fr#1"])["parcels.fr#1"].copy()
    first = search(index, understanding, "Combien de douane pour un colis ?")
    assert search(index, understanding, "Combien de douane pour un colis ?") == first
    assert np.array_equal(index.sentence_vectors.get(["parcels.fr#1"])["parcels.fr#1"], before)


def test_sentences_about_other_markets_than_the_question_are_marked(embedder: Embedder, understanding: Understanding) -> None:
    guide = document("wool.fr", "Vendre un tapis", FR, markets=("WORLD",), products=("tapis",))
    index = empty_index(embedder)
    sentences = ("Aux États-Unis, le tapis paie 4 %.", "En Europe, le tapis paie 8 %.", "Le tapis part avec une facture.")
    fill(index, [guide], [passage(guide, 1, "Combien de douane paie un tapis ?", *sentences)], {})
    (france,) = search(index, understanding, "Combien de douane paie un tapis en France ?")
    assert france.elsewhere == {"wool.fr#1": [True, False, False]}
    (anywhere,) = search(index, understanding, "Combien de douane paie un tapis ?")
    assert anywhere.elsewhere == {}
