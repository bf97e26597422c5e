"""Cutting sections into passages."""

from __future__ import annotations

from dataclasses import replace

import pytest

from advisor.types import Document, Language, Passage
from ingest.chunking import passages_of
from ingest.sections import Block, Reading, Section

GUIDE = Document("preuves.fr", "guides/origin/preuves.fr.md", "Preuves d'origine", Language.FR)
BLOCKS = (
    Block("Le certificat EUR.1 est visé par la douane. [@eur1] [@adii] Il accompagne la facture jusqu'au client. [@facture]"),
    Block("Remplissez la case 7 du certificat. [@case-7]", "1."),
    Block("Signez la déclaration. Gardez une copie trois ans. [@copie]", "2."),
    Block("الشهادة إلزامية إلى حدود 6000 أورو."),
)
READING = Reading((Section("Qui vise le certificat ?", BLOCKS),))
PLAIN = (
    "Le certificat EUR.1 est visé par la douane. Il accompagne la facture jusqu'au client.\n"
    "1. Remplissez la case 7 du certificat.\n2. Signez la déclaration. Gardez une copie trois ans.\n"
    "الشهادة إلزامية إلى حدود 6000 أورو."
)
SENTENCES = [
    "Le certificat EUR.1 est visé par la douane.",
    "Il accompagne la facture jusqu'au client.",
    "Remplissez la case 7 du certificat.",
    "Signez la déclaration.",
    "Gardez une copie trois ans.",
    "الشهادة إلزامية إلى حدود 6000 أورو.",
]


def sentences(passage: Passage) -> list[str]:
    return [passage.text[sentence.start : sentence.end] for sentence in passage.sentences]


def test_a_short_section_is_one_passage_without_citation_marks() -> None:
    (passage,) = passages_of(GUIDE, READING, 900)
    assert passage.text == PLAIN
    assert (passage.title, passage.section, passage.position, passage.start) == (GUIDE.title, "Qui vise le certificat ?", 0, 0)


@pytest.mark.parametrize("longest", [20, 60, 90, 130, 900])
def test_offsets_point_at_whole_sentences_at_any_length(longest: int) -> None:
    assert [text for passage in passages_of(GUIDE, READING, longest) for text in sentences(passage)] == SENTENCES


@pytest.mark.parametrize("longest", [20, 60, 90, 130, 900])
def test_a_passage_is_longer_than_allowed_only_for_a_single_sentence(longest: int) -> None:
    for passage in passages_of(GUIDE, READING, longest):
        assert len(passage.text) <= longest or len(passage.sentences) == 1


@pytest.mark.parametrize("longest", [20, 60, 90, 130, 900])
def test_each_passage_stands_at_its_start_in_the_section(longest: int) -> None:
    for passage in passages_of(GUIDE, READING, longest):
        assert PLAIN[passage.start :].startswith(passage.text)


def test_facts_and_item_marks_go_with_their_sentences() -> None:
    (passage,) = passages_of(GUIDE, READING, 900)
    assert [sentence.fact_ids for sentence in passage.sentences] == [("eur1", "adii"), ("facture",), ("case-7",), (), ("copie",), ()]
    assert [sentence.item for sentence in passage.sentences] == ["", "", "1.", "2.", "", ""]


def test_a_long_section_is_cut_into_parts_of_about_equal_size() -> None:
    block = Block(" ".join(f"Le tapis numéro {number} part pour la France." for number in range(10, 40)))
    sizes = [len(passage.text) for passage in passages_of(GUIDE, Reading((Section("", (block,)),)), 900)]
    assert len(sizes) == 2
    assert max(sizes) - min(sizes) < 100


def test_sections_and_pages_are_never_mixed() -> None:
    reading = Reading((Section("", (Block("Page une."),), 1), Section("", (Block("Page trois."),), 3)))
    passages = passages_of(GUIDE, reading, 900)
    assert [(passage.text, passage.page, passage.position) for passage in passages] == [("Page une.", 1, 0), ("Page trois.", 3, 1)]


def test_the_two_languages_of_a_guide_share_their_section_ids() -> None:
    arabic = replace(GUIDE, id="preuves.ar", language=Language.AR)
    (one,), (other,) = passages_of(GUIDE, READING, 900), passages_of(arabic, READING, 900)
    assert one.section_id == other.section_id == "preuves#1"
    assert one.id != other.id


def test_ids_come_from_the_content_alone() -> None:
    (passage,) = passages_of(GUIDE, READING, 900)
    moved = replace(GUIDE, path="guides/other/preuves.fr.md", markets=("EU",))
    # Written out, because an id that changes makes every index embed everything anew.
    assert passages_of(moved, READING, 900)[0].id == passage.id == "87986cf37465e636fbab98a9ae8ddd86"


@pytest.mark.parametrize(
    ("document", "section"),
    [
        (GUIDE, Section("Qui vise le certificat ?", (*BLOCKS, Block("Nouveau.")))),
        (GUIDE, Section("Qui signe le certificat ?", BLOCKS)),
        (replace(GUIDE, title="Origine"), Section("Qui vise le certificat ?", BLOCKS)),
        (replace(GUIDE, id="origine.fr"), Section("Qui vise le certificat ?", BLOCKS)),
    ],
    ids=["text", "heading", "title", "document"],
)
def test_an_id_changes_with_what_is_embedded(document: Document, section: Section) -> None:
    (passage,) = passages_of(GUIDE, READING, 900)
    assert passages_of(document, Reading((section,)), 900)[0].id != passage.id


def test_changing_only_what_is_cited_keeps_the_id() -> None:
    (passage,) = passages_of(GUIDE, READING, 900)
    recited = (Block(BLOCKS[0].text.replace("[@adii]", "[@douane]")), *BLOCKS[1:])
    (other,) = passages_of(GUIDE, Reading((Section("Qui vise le certificat ?", recited),)), 900)
    assert other.id == passage.id
    assert other.sentences != passage.sentences


def test_text_that_stands_twice_has_two_ids() -> None:
    twice = Reading((Section("", (Block("Voir TARIC."), Block("Voir TARIC."))),))
    ids = [passage.id for passage in passages_of(GUIDE, twice, 11)]
    assert len(ids) == len(set(ids)) == 2


def test_a_section_that_holds_only_marks_gives_no_passage() -> None:
    assert passages_of(GUIDE, Reading((Section("Vide", (Block("[@eur1]"),)),)), 900) == []
