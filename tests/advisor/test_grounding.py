"""An answer says what its passages say, and shows where."""

from __future__ import annotations

from dataclasses import replace

import pytest
from small_corpus import DOCUMENTS, FR, PARCELS_FR, PASSAGES, SOURCES, document, passage, source

from advisor.grounding import cite, problems
from advisor.types import Citation, Passage, Source

BY_ID = {one.id: one for one in PASSAGES}
DOCUMENTS_BY_ID = {one.id: one for one in DOCUMENTS}
GUIDE = BY_ID["parcels.fr#1"]
DUTY, VAT, GIFT = (cite(number, GUIDE, GUIDE.sentences[number - 1], SOURCES, DOCUMENTS_BY_ID) for number in (1, 2, 3))
SAID = "Un colis de moins de 150 euros paie 3 euros de douane par ligne en Europe. [1]"


@pytest.mark.parametrize("one", PASSAGES, ids=lambda one: one.id)
def test_every_quote_is_its_passage_word_for_word_at_its_offsets(one: Passage) -> None:
    for number, sentence in enumerate(one.sentences, start=1):
        citation = cite(number, one, sentence, SOURCES, DOCUMENTS_BY_ID)
        assert citation.quote == one.text[citation.start : citation.end] != ""
        assert citation.quote == citation.quote.strip()
        assert problems(f"{citation.quote} [{number}]", [citation], BY_ID) == []


def test_a_citation_leads_to_the_sources_of_its_facts() -> None:
    assert DUTY.sources == (SOURCES["eu-3-euros"],)
    assert (DUTY.passage_id, DUTY.document_id, DUTY.title) == ("parcels.fr#1", "parcels.fr", "Envoyer un colis vers l'Europe")
    assert (DUTY.section, DUTY.as_of) == ("Combien de douane paie un petit colis en Europe ?", "2026-07")


def test_a_sentence_without_facts_leads_to_its_document() -> None:
    plain = document("note.fr", "Note du transitaire", FR, publisher="Transit Atlas", url="https://example.org/note", date="2026-05")
    one = passage(plain, 1, "Frais", "Le dossier coûte 400 dirhams.")
    (found,) = cite(1, one, one.sentences[0], {}, {"note.fr": plain}).sources
    assert found == Source("note.fr", "Note du transitaire", "Transit Atlas", "https://example.org/note", "2026-05", "2026-05")


def test_a_document_without_a_date_counts_from_its_verification() -> None:
    one = BY_ID["rugs.fr#1"]
    assert cite(1, one, replace(one.sentences[0], fact_ids=()), {}, DOCUMENTS_BY_ID).as_of == "2026-11-22"


def test_a_fact_that_is_in_no_register_leads_to_the_document() -> None:
    citation = cite(1, GUIDE, GUIDE.sentences[0], {}, DOCUMENTS_BY_ID)
    assert [one.id for one in citation.sources] == [PARCELS_FR.id]


def test_a_sentence_is_as_old_as_its_oldest_source() -> None:
    sources = {"new": source("new", as_of="2026-11"), "old": source("old", as_of="2024-03")}
    sentence = replace(GUIDE.sentences[0], fact_ids=("new", "old"))
    assert cite(1, GUIDE, sentence, sources, DOCUMENTS_BY_ID).as_of == "2024-03"


def test_a_source_without_a_date_says_nothing_of_the_age_of_a_sentence() -> None:
    sentence = replace(GUIDE.sentences[0], fact_ids=("none", "old"))
    sources = {"none": source("none", as_of="n.d."), "old": source("old", as_of="2024-03")}
    assert cite(1, GUIDE, sentence, sources, DOCUMENTS_BY_ID).as_of == "2024-03"
    assert cite(1, GUIDE, replace(sentence, fact_ids=("none",)), sources, DOCUMENTS_BY_ID).as_of == "n.d."


def found(text: str, *citations: Citation) -> list[str]:
    return problems(text, citations, BY_ID)


def test_a_grounded_answer_has_no_problems() -> None:
    assert found(f"{SAID}\n\n- Ces 3 euros s'ajoutent à la TVA. [2]\n1. Rien sous 45 euros. [3]", DUTY, VAT, GIFT) == []


def test_an_empty_answer_has_no_problems() -> None:
    assert found("") == []


@pytest.mark.parametrize(
    "text",
    [
        "Un colis paie 4 euros de douane. [1]",
        "Un colis de 1 500 euros paie 3 euros. [1]",
        "يؤدي الطرد ٤ أورو. [1]",
        "Depuis 2026, un colis paie 3 euros. [1]",
    ],
)
def test_an_invented_number_is_found(text: str) -> None:
    (problem,) = found(text, DUTY)
    assert "is in no quote" in problem


def test_a_number_may_be_written_another_way_than_in_its_quote() -> None:
    assert found("يؤدي الطرد الذي تقل قيمته عن ١٥٠ أورو مبلغ ٣ أورو. [1]", DUTY) == []


def test_the_number_of_a_step_is_not_a_number_of_the_answer() -> None:
    assert found("7. Un colis paie 3 euros. [1]", DUTY) == []


def test_a_number_must_stand_in_the_quote_of_its_own_line() -> None:
    (problem,) = found("Un colis paie 3 euros. [1]\nUn cadeau de moins de 150 euros ne paie rien. [3]", DUTY, GIFT)
    assert "150" in problem


def test_a_line_may_rest_on_two_quotes() -> None:
    assert found("Sous 150 euros 3 euros, sous 45 euros rien. [1][3]", DUTY, GIFT) == []


def test_a_foreign_marker_is_found() -> None:
    assert found("Un colis paie des droits. [1][9]", DUTY) == ["nobody issued [9]"]


def test_a_missing_marker_is_found() -> None:
    (problem,) = found(f"{SAID}\nVoilà tout ce qu'il faut savoir.", DUTY)
    assert problem.startswith("no marker at « Voilà")


def test_a_quote_that_is_not_in_its_passage_is_found() -> None:
    assert found(SAID, replace(DUTY, quote=DUTY.quote.replace("3 euros", "3 Euros"))) == ["the quote of [1] is not in its passage"]


def test_a_quote_at_other_offsets_is_found() -> None:
    assert found(SAID, replace(DUTY, start=DUTY.start + 1)) == ["the quote of [1] is not in its passage"]


def test_every_problem_is_named() -> None:
    assert len(found("Un colis paie 4 euros. [8]\nEt 5 dirhams.", replace(DUTY, quote="autre chose"))) == 5
