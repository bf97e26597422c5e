"""PDF: small files made here with pypdf, as printers write them, and the printed guides of the corpus."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, NameObject, NumberObject, PdfObject, TextStringObject

from advisor.errors import UnreadableDocument
from ingest.pdf import read_pdf
from ingest.sections import Block, Section

ROOT = Path(__file__).parents[2]
PRINTED = sorted((ROOT / "corpus" / "documents").glob("*.pdf"))


def dictionary(**entries: PdfObject) -> DictionaryObject:
    return DictionaryObject({NameObject(f"/{key}"): value for key, value in entries.items()})


def stream(data: bytes) -> DecodedStreamObject:
    made = DecodedStreamObject()
    made.set_data(data)
    return made


def latin_font(writer: PdfWriter) -> PdfObject:
    name = NameObject
    return writer._add_object(
        dictionary(Type=name("/Font"), Subtype=name("/Type1"), BaseFont=name("/Helvetica"), Encoding=name("/WinAnsiEncoding"))
    )


def unicode_font(writer: PdfWriter) -> PdfObject:
    """A font whose glyph numbers are UTF-16 code units and which says so, as printers do for Arabic."""
    to_unicode = b"""/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Naskh def /CMapType 2 def
1 begincodespacerange <0000> <FFFF> endcodespacerange 1 beginbfrange <0000> <FFFF> <0000> endbfrange endcmap end end"""
    name, number = NameObject, NumberObject
    descriptor = dictionary(
        Type=name("/FontDescriptor"), FontName=name("/Naskh"), Flags=number(4), ItalicAngle=number(0), Ascent=number(800),
        Descent=number(-200), CapHeight=number(700), StemV=number(80),
        FontBBox=ArrayObject([number(0), number(0), number(1000), number(1000)]),
    )  # fmt: skip
    system = dictionary(Registry=TextStringObject("Adobe"), Ordering=TextStringObject("Identity"), Supplement=number(0))
    glyphs = dictionary(
        Type=name("/Font"), Subtype=name("/CIDFontType2"), BaseFont=name("/Naskh"), CIDSystemInfo=system, DW=number(500),
        FontDescriptor=writer._add_object(descriptor),
    )  # fmt: skip
    return writer._add_object(
        dictionary(
            Type=name("/Font"),
            Subtype=name("/Type0"),
            BaseFont=name("/Naskh"),
            Encoding=name("/Identity-H"),
            DescendantFonts=ArrayObject([writer._add_object(glyphs)]),
            ToUnicode=writer._add_object(stream(to_unicode)),
        )
    )


def add_page(writer: PdfWriter, font: Callable[[PdfWriter], PdfObject], lines: list[bytes]) -> None:
    page = writer.add_blank_page(595, 842)
    shown = b" 0 -14 Td ".join(line + b" Tj" for line in lines)
    page[NameObject("/Contents")] = writer._add_object(stream(b"BT /F1 12 Tf 50 700 Td " + shown + b" ET"))
    page[NameObject("/Resources")] = dictionary(Font=dictionary(F1=font(writer)))


def french(*lines: str) -> list[bytes]:
    return [b"(" + line.encode("cp1252") + b")" for line in lines]


def arabic(*runs: str) -> list[bytes]:
    """One line, its runs placed from right to left as a printer places them: Arabic runs mirrored, Latin ones not."""
    placed = [run if run.isascii() else run[::-1] for run in reversed(runs)]
    return [b"<" + "".join(placed).encode("utf-16-be").hex().encode() + b">"]


@pytest.fixture
def notice() -> PdfWriter:
    """A notice of two pages: French, then Arabic with a Latin reference inside."""
    writer = PdfWriter()
    add_page(writer, latin_font, french("Le certificat EUR.1 est visé par la douane", "marocaine avant le départ."))
    add_page(writer, unicode_font, arabic("يوقع المصدر على شهادة", " EUR.1 ", "قبل الشحن إلى فرنسا."))
    writer.add_metadata({"/Title": "Notice d'origine"})
    return writer


def written(writer: PdfWriter, folder: Path) -> Path:
    path = folder / "notice.pdf"
    writer.write(path)
    return path


def test_each_page_is_a_section_with_its_number(notice: PdfWriter, tmp_path: Path) -> None:
    reading = read_pdf(written(notice, tmp_path))
    assert reading.sections[0] == Section("", (Block("Le certificat EUR.1 est visé par la douane marocaine avant le départ."),), 1)
    assert [section.page for section in reading.sections] == [1, 2]
    assert reading.remarks == ()


def test_the_title_comes_from_the_file(notice: PdfWriter, tmp_path: Path) -> None:
    assert read_pdf(written(notice, tmp_path)).properties == {"title": "Notice d'origine"}


def test_arabic_comes_in_the_order_it_is_read_with_its_latin_reference_in_place(notice: PdfWriter, tmp_path: Path) -> None:
    page = read_pdf(written(notice, tmp_path)).sections[1]
    assert [block.text for block in page.blocks] == ["يوقع المصدر على شهادة EUR.1 قبل الشحن إلى فرنسا."]


def test_a_page_without_text_is_named_and_the_others_keep_their_numbers(tmp_path: Path) -> None:
    writer = PdfWriter()
    writer.add_blank_page(595, 842)
    add_page(writer, latin_font, french("Le tapis est classé en 5701."))
    writer.add_blank_page(595, 842)
    reading = read_pdf(written(writer, tmp_path))
    assert [section.page for section in reading.sections] == [2]
    assert "page(s) 1, 3" in reading.remarks[0]


def test_a_pdf_with_a_password_is_refused(notice: PdfWriter, tmp_path: Path) -> None:
    notice.encrypt("secret", algorithm="RC4-128")
    with pytest.raises(UnreadableDocument, match="password"):
        read_pdf(written(notice, tmp_path))


def test_a_pdf_that_is_only_protected_against_changes_is_read(notice: PdfWriter, tmp_path: Path) -> None:
    expected = read_pdf(written(notice, tmp_path))
    notice.encrypt("", "owner", algorithm="RC4-128")
    assert read_pdf(written(notice, tmp_path)) == expected


def test_an_encryption_that_cannot_be_undone_here_is_refused(notice: PdfWriter, tmp_path: Path) -> None:
    # pypdf needs another library to write AES too, so the file is made to claim it
    notice.encrypt("", "owner", algorithm="RC4-128")
    path = written(notice, tmp_path)
    aes = b"/V 4\n/R 4\n/CF << /StdCF << /CFM /AESV2 /Length 16 >> >>\n/StmF /StdCF\n/StrF /StdCF\n"
    data = path.read_bytes().replace(b"/V 2\n/R 3\n", aes)
    path.write_bytes(re.sub(rb"startxref\n\d+", b"startxref\n%d" % data.rindex(b"xref\n0 "), data))
    with pytest.raises(UnreadableDocument, match="encrypted"):
        read_pdf(path)


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n", b"Ceci n'est pas un PDF."], ids=["empty", "only its first line", "text"])
def test_what_is_no_pdf_is_refused(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "notice.pdf"
    path.write_bytes(data)
    with pytest.raises(UnreadableDocument, match="damaged"):
        read_pdf(path)


def test_a_damaged_pdf_is_read_or_refused_and_never_breaks_the_run(notice: PdfWriter, tmp_path: Path) -> None:
    buffer = BytesIO()
    notice.write(buffer)
    whole = buffer.getvalue()
    chance = random.Random(2026)
    path = tmp_path / "notice.pdf"
    outcomes: Counter[str] = Counter()
    for attempt in range(100):
        if attempt % 2:
            damaged = whole[: chance.randrange(len(whole))]
        else:
            changed = bytearray(whole)
            for _ in range(chance.randrange(1, 40)):
                changed[chance.randrange(len(whole))] = chance.randrange(256)
            damaged = bytes(changed)
        path.write_bytes(damaged)
        try:
            read_pdf(path)
            outcomes["read"] += 1
        except UnreadableDocument:
            outcomes["refused"] += 1
    assert outcomes["read"] and outcomes["refused"]


@pytest.mark.parametrize("path", PRINTED, ids=lambda path: path.stem)
def test_a_printed_guide_gives_back_the_words_of_its_source(path: Path) -> None:
    source = next((ROOT / "corpus" / "guides").rglob(f"{path.stem}.md")).read_text(encoding="utf-8")
    letters = re.compile(r"[a-zà-ÿœ]{4,}" if path.stem.endswith(".fr") else r"[\u0620-\u064a]{4,}")
    body = re.sub(r"\[@[^\]]+\]", "", source.split("---\n", 2)[2]).lower()
    wanted = Counter(letters.findall(body))
    printed = " ".join(block.text for section in read_pdf(path).sections for block in section.blocks).lower()
    missing = wanted - Counter(letters.findall(printed))
    # the guides go on being edited after they were printed
    assert missing.total() < 0.1 * wanted.total(), missing.most_common(20)
