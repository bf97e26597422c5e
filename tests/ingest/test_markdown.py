"""Markdown: front matter, headings, lists, tables, and what is dropped."""

from __future__ import annotations

import datetime

import pytest

from advisor.errors import UnreadableDocument
from ingest.cited_text import cited_sentences
from ingest.markdown import read_markdown, sections, split_front_matter
from ingest.sections import Block, Section

GUIDE = """---
id: proofs-of-origin
title: Preuves d'origine
markets: [EU, GB]
verified_on: 2026-11-22
---

## Faut-il un certificat EUR.1 ?

Oui, le certificat EUR.1 est visé par la douane. [@eur1]
"""


def test_front_matter_becomes_properties_and_the_rest_sections() -> None:
    reading = read_markdown(GUIDE)
    assert reading.properties == {
        "id": "proofs-of-origin",
        "title": "Preuves d'origine",
        "markets": ["EU", "GB"],
        "verified_on": datetime.date(2026, 11, 22),
    }
    assert reading.sections == (
        Section("Faut-il un certificat EUR.1 ?", (Block("Oui, le certificat EUR.1 est visé par la douane. [@eur1]"),)),
    )


def test_a_guide_saved_on_windows_reads_the_same() -> None:
    assert read_markdown(GUIDE.replace("\n", "\r\n")) == read_markdown(GUIDE)


def test_text_without_front_matter_has_no_properties() -> None:
    assert split_front_matter("Le dossier de l'exportateur") == ({}, "Le dossier de l'exportateur")


@pytest.mark.parametrize(
    "front", ["title: [EU, GB", "- EU\n- GB", "verified_on: 2026-02-30"], ids=["broken", "a list", "an impossible date"]
)
def test_front_matter_that_cannot_be_read_is_reported(front: str) -> None:
    with pytest.raises(UnreadableDocument, match="front matter"):
        split_front_matter(f"---\n{front}\n---\nTexte.")


def test_each_heading_of_any_level_opens_a_section() -> None:
    found = sections("Avant.\n\n# الجمارك\n\nأولا.\n\n### Douane **belge**\n\nEnsuite.\n\n## Fin\n")
    assert found == [
        Section("", (Block("Avant."),)),
        Section("الجمارك", (Block("أولا."),)),
        Section("Douane belge", (Block("Ensuite."),)),
        Section("Fin", ()),
    ]


def test_nested_lists_give_one_block_for_each_item_with_its_mark() -> None:
    text = """
1. Rassemblez les pièces :
   - la facture
   - le certificat EUR.1
2. Déposez la déclaration sur PortNet.

   Gardez l'accusé de réception.
"""
    assert sections(text)[0].blocks == (
        Block("Rassemblez les pièces :", "1."),
        Block("la facture", "-"),
        Block("le certificat EUR.1", "-"),
        Block("Déposez la déclaration sur PortNet.", "2."),
        Block("Gardez l'accusé de réception."),
    )


def test_a_numbered_list_keeps_its_own_numbers() -> None:
    assert [block.item for block in sections("3. Emballer\n4. Expédier\n")[0].blocks] == ["3.", "4."]


def test_a_table_gives_one_block_for_each_row() -> None:
    text = "| المنتج | Code SH |\n|---|---|\n| زربية معقودة | 5701.10 |\n| كليم | **5702.10** |\n"
    assert sections(text)[0].blocks == (
        Block("المنتج | Code SH"),
        Block("زربية معقودة | 5701.10"),
        Block("كليم | 5702.10"),
    )


def test_comments_and_images_leave_nothing() -> None:
    text = "Le tapis <!-- relire --> part en colis. ![photo](tapis.jpg)\n\n<!-- note\n\ninterne -->\n\nLa facture suit."
    assert sections(text)[0].blocks == (Block("Le tapis part en colis."), Block("La facture suit."))


def test_inline_markup_is_dropped_and_its_text_kept() -> None:
    text = "Voir **PortNet** sur [le site](https://www.portnet.ma), champ `NGP`,\nà 5\\* et 6&nbsp;000 <b>MAD</b>."
    assert sections(text)[0].blocks == (Block("Voir PortNet sur le site, champ NGP, à 5* et 6 000 MAD."),)


def test_citation_marks_pass_through_to_the_sentences() -> None:
    block = sections("Le seuil est de 6 000 euros. [@origin-declaration-6000] [@pem]")[0].blocks[0]
    assert cited_sentences(block.text)[0].fact_ids == ("origin-declaration-6000", "pem")


def test_code_is_one_block_as_it_stands() -> None:
    assert sections("```\nREVISED RULES\n```\n")[0].blocks == (Block("REVISED RULES"),)


def test_an_empty_text_has_no_section() -> None:
    assert sections("") == []
