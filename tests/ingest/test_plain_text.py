"""Plain text: paragraphs, bullets, encodings."""

from __future__ import annotations

import pytest

from advisor.errors import UnreadableDocument
from ingest.plain_text import decode, paragraphs, read_text
from ingest.sections import Block, Section

ARABIC = "يوقع المصدر شهادة المنشأ قبل الشحن."
FRENCH = "Le dossier coûte 50 dirhams à la chambre d'artisanat de Fès."


def test_blank_lines_divide_paragraphs_and_line_breaks_do_not() -> None:
    text = "Le tapis est\nclassé en 5701.\n\n\nLa poterie  en 6912.\n"
    assert paragraphs(text) == [Block("Le tapis est classé en 5701."), Block("La poterie en 6912.")]


def test_a_short_line_that_ends_a_sentence_closes_its_paragraph() -> None:
    text = (
        "L'exportateur dépose la déclaration unique de marchandises sur le portail\n"
        "PortNet avant le départ du colis.\n"
        "La douane la vise ensuite."
    )
    assert paragraphs(text) == [
        Block("L'exportateur dépose la déclaration unique de marchandises sur le portail PortNet avant le départ du colis."),
        Block("La douane la vise ensuite."),
    ]


@pytest.mark.parametrize(
    ("line", "mark"),
    [("- facture", "-"), ("• facture", "-"), ("  – facture", "-"), ("1. facture", "1."), ("2) facture", "2.")],
)
def test_a_bullet_or_a_number_opens_an_item(line: str, mark: str) -> None:
    assert paragraphs(f"Joindre :\n{line}\nen deux exemplaires") == [
        Block("Joindre :"),
        Block("facture en deux exemplaires", mark),
    ]


@pytest.mark.parametrize("line", ["2026. Depuis cette année", "-5 degrés au départ", "12,5 % de la valeur"])
def test_a_number_that_opens_a_sentence_is_no_item(line: str) -> None:
    assert paragraphs(line) == [Block(line)]


def test_a_text_is_one_section_without_a_heading() -> None:
    assert read_text(FRENCH).sections == (Section("", (Block(FRENCH),)),)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1256"])
def test_arabic_is_read_in_every_usual_encoding(encoding: str) -> None:
    assert decode(ARABIC.encode(encoding)) == ARABIC


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_french_is_read_in_every_usual_encoding(encoding: str) -> None:
    assert decode(FRENCH.encode(encoding)) == FRENCH


def test_utf_16_is_read_with_either_byte_order() -> None:
    assert decode(b"\xfe\xff" + ARABIC.encode("utf-16-be")) == ARABIC


@pytest.mark.parametrize(
    "data",
    [b"\x7fELF\x02\x01\x01\x00\xff\xfe\xfd", b"\x00\x01\x02\x03 abc", FRENCH.encode("utf-16-le")],
    ids=["a program", "bytes that happen to be UTF-8", "UTF-16 without its mark"],
)
def test_binary_data_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableDocument, match="binary"):
        decode(data)
