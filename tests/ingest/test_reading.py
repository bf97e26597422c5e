"""From a folder to documents."""

from __future__ import annotations

from pathlib import Path

import pytest

from advisor.errors import UnreadableDocument
from advisor.types import Document, Language
from ingest.reading import find_files, read_document

ARABIC = "يوقع المصدر شهادة المنشأ قبل الشحن."
FRENCH = "Le certificat est visé par la douane."


def put(folder: Path, name: str, content: str | bytes = FRENCH) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def read(path: Path, folder: Path, max_bytes: int = 1_000_000) -> Document:
    return read_document(path, folder, max_bytes)[0]


def test_files_are_found_in_a_stable_order_at_any_depth(tmp_path: Path) -> None:
    for name in ("guides/b.fr.md", "guides/a/z.txt", "notice.pdf", "image.png"):
        put(tmp_path, name)
    found = [path.relative_to(tmp_path).as_posix() for path in find_files(tmp_path)]
    assert found == ["guides/a/z.txt", "guides/b.fr.md", "image.png", "notice.pdf"]


@pytest.mark.parametrize(
    "name", ["facts/origin.yaml", "facts/notes.md", "tables/products.yaml", "notice.pdf.yaml", ".cache/a.md", "guides/.a.md.swp"]
)
def test_registers_tables_sidecars_and_hidden_files_are_no_documents(name: str, tmp_path: Path) -> None:
    put(tmp_path, name)
    assert list(find_files(tmp_path)) == []


def test_a_folder_below_may_be_called_tables(tmp_path: Path) -> None:
    path = put(tmp_path, "guides/tables/a.md")
    assert list(find_files(tmp_path)) == [path]


def test_links_are_not_followed(tmp_path: Path) -> None:
    outside = put(tmp_path, "outside/secret.md")
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "lien.md").symlink_to(outside)
    (corpus / "dossier").symlink_to(outside.parent)
    (corpus / "boucle").symlink_to(corpus)
    assert list(find_files(corpus)) == []


def test_a_guide_is_named_by_its_id_and_language(tmp_path: Path) -> None:
    front = "---\nid: preuves\ntitle: إثبات المنشأ\ntopic: origin\nmarkets: [EU, GB]\nproducts: [all]\nverified_on: 2026-11-22\n---\n"
    path = put(tmp_path, "guides/origin/preuves.ar.md", front + ARABIC)
    assert read(path, tmp_path) == Document(
        id="preuves.ar",
        path="guides/origin/preuves.ar.md",
        title="إثبات المنشأ",
        language=Language.AR,
        topic="origin",
        markets=("EU", "GB"),
        products=("all",),
        verified_on="2026-11-22",
    )


def test_a_file_that_says_nothing_of_itself_is_named_by_its_path(tmp_path: Path) -> None:
    document = read(put(tmp_path, "notices/certificat_EUR-1.txt"), tmp_path)
    assert (document.id, document.title) == ("notices/certificat_EUR-1.txt", "certificat EUR 1")


def test_a_sidecar_says_what_the_file_does_not_and_wins(tmp_path: Path) -> None:
    path = put(tmp_path, "notice.html", f"<html lang='fr'><title>Sans titre</title><p>{FRENCH}</p></html>")
    put(
        tmp_path,
        "notice.html.yaml",
        "title: Notice d'origine\npublisher: Chambre d'artisanat de Fès\nurl: https://example.ma\ndate: 2026-07-01\nmarkets: [EU]\n",
    )
    document = read(path, tmp_path)
    assert (document.title, document.publisher, document.url) == ("Notice d'origine", "Chambre d'artisanat de Fès", "https://example.ma")
    assert (document.date, document.markets) == ("2026-07-01", ("EU",))


@pytest.mark.parametrize(
    "content",
    [b"title: [Notice", b"- une liste", b"date: 2026-02-30", "title: Notice d'été".encode("cp1252")],
    ids=["broken", "a list", "an impossible date", "another encoding"],
)
def test_a_sidecar_that_cannot_be_read_is_named(content: bytes, tmp_path: Path) -> None:
    path = put(tmp_path, "notice.txt")
    put(tmp_path, "notice.txt.yaml", content)
    with pytest.raises(UnreadableDocument, match=r"notice\.txt\.yaml"):
        read(path, tmp_path)


@pytest.mark.parametrize(
    ("name", "content", "sidecar", "language"),
    [
        ("a.ar.txt", FRENCH, "", Language.AR),
        ("a.fr.txt", ARABIC, "", Language.FR),
        ("a.fr.txt", FRENCH, "language: ar", Language.AR),
        ("a.txt", ARABIC, "", Language.AR),
        ("a.txt", FRENCH, "", Language.FR),
        ("a.txt", f"{ARABIC} EUR.1", "", Language.AR),
        ("a.en.txt", FRENCH, "", Language.FR),
        ("a.txt", FRENCH, "language: en", Language.FR),
        ("a.html", f'<html lang="ar"><p>{FRENCH}</p></html>', "", Language.AR),
    ],
)
def test_the_language_comes_from_the_sidecar_then_the_name_then_the_letters(
    name: str, content: str, sidecar: str, language: Language, tmp_path: Path
) -> None:
    path = put(tmp_path, name, content)
    if sidecar:
        put(tmp_path, f"{name}.yaml", sidecar)
    assert read(path, tmp_path).language is language


@pytest.mark.parametrize("name", ["notice.md", "notice.markdown", "notice.txt", "notice.html", "notice.HTM"])
def test_each_text_format_is_read(name: str, tmp_path: Path) -> None:
    _, reading = read_document(put(tmp_path, name), tmp_path, 1000)
    assert [block.text for section in reading.sections for block in section.blocks] == [FRENCH]


@pytest.mark.parametrize(("name", "shown"), [("photo.png", r"\.png"), ("LISEZMOI", r"\(none\)"), ("notice.docx", r"\.docx")])
def test_an_unknown_type_is_refused_with_what_to_do(name: str, shown: str, tmp_path: Path) -> None:
    with pytest.raises(UnreadableDocument, match=f"type {shown} cannot be read; save it as PDF"):
        read(put(tmp_path, name), tmp_path)


def test_a_file_above_the_limit_is_refused_and_one_at_the_limit_read(tmp_path: Path) -> None:
    path = put(tmp_path, "notice.txt", FRENCH)
    size = path.stat().st_size
    assert read(path, tmp_path, max_bytes=size)
    with pytest.raises(UnreadableDocument, match="the limit is"):
        read(path, tmp_path, max_bytes=size - 1)


def test_a_file_without_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableDocument, match="holds no text"):
        read(put(tmp_path, "vide.md", "---\nid: vide\n---\n\n<!-- à écrire -->\n"), tmp_path)


def test_a_file_that_is_gone_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableDocument, match="cannot be opened"):
        read(tmp_path / "parti.txt", tmp_path)
