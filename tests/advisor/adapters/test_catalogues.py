"""One contract for every catalogue, and what only the SQL one has to keep."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.exc import IntegrityError

from advisor.adapters.memory import MemoryCatalogue
from advisor.adapters.sql_catalogue import FORMAT, SqlCatalogue
from advisor.errors import IndexMismatch, IndexUnusable
from advisor.ports import Catalogue
from advisor.types import Document, Language, Passage, Sentence, Source

E5 = ("e5", 384)
RUGS = Document(
    id="tapis.fr",
    path="guides/product/tapis.fr.md",
    title="Tapis",
    language=Language.FR,
    publisher="Murshid",
    url="https://example.ma/tapis",
    date="2026-07",
    topic="product",
    markets=("EU", "US"),
    products=("tapis",),
    verified_on="2026-11-22",
    review_by="2027-05-22",
)
LEATHER = Document(id="cuir.ar", path="guides/product/cuir.ar.md", title="الجلد", language=Language.AR)
CODE = Source("hs-5701", "Nomenclature", "OMD", "https://wcoomd.org", "2022", "2026-01", verified=False)


def passage(document: Document, position: int, text: str) -> Passage:
    return Passage(
        id=f"{document.id}-{position}",
        document_id=document.id,
        section_id=f"{document.id}#1",
        language=document.language,
        title=document.title,
        section="Quel code SH ?",
        text=text,
        position=position,
        start=12,
        page=3,
        sentences=(Sentence(0, len(text), ("hs-5701",), "1."),),
    )


KNOTTED, FLAT = passage(RUGS, 0, "Le tapis noué est classé en 5701."), passage(RUGS, 1, "Le kilim est classé en 5702.")
HIDE = passage(LEATHER, 0, "البلغة الجلدية مصنفة في 6403.")


@pytest.fixture(params=["memory", "sql"])
def catalogue(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Catalogue]:
    if request.param == "memory":
        yield MemoryCatalogue()
    else:
        opened = SqlCatalogue(f"sqlite:///{tmp_path / 'home' / 'catalogue.sqlite'}")
        yield opened
        opened.close()


def fill(
    catalogue: Catalogue, documents: Sequence[Document] = (RUGS, LEATHER), passages: Sequence[Passage] = (FLAT, KNOTTED, HIDE)
) -> None:
    catalogue.replace(documents, passages, {CODE.id: CODE}, E5)


def test_a_new_catalogue_is_empty_and_says_so(catalogue: Catalogue) -> None:
    assert catalogue.generation() == 0
    assert catalogue.embedding() is None
    assert (catalogue.documents(), catalogue.passages(), catalogue.sources()) == ([], [], {})
    assert catalogue.document_passage_counts() == {}


def test_everything_comes_back_as_it_was(catalogue: Catalogue) -> None:
    fill(catalogue)
    assert catalogue.documents() == [LEATHER, RUGS]
    assert catalogue.sources() == {"hs-5701": CODE}
    assert catalogue.embedding() == E5


def test_passages_come_by_document_and_position(catalogue: Catalogue) -> None:
    fill(catalogue)
    assert catalogue.passages() == [HIDE, KNOTTED, FLAT]


def test_passages_are_counted_for_each_document(catalogue: Catalogue) -> None:
    empty = replace(LEATHER, id="vide.fr")
    fill(catalogue, documents=(RUGS, LEATHER, empty))
    assert catalogue.document_passage_counts() == {"cuir.ar": 1, "tapis.fr": 2, "vide.fr": 0}


def test_replacing_leaves_nothing_of_what_was(catalogue: Catalogue) -> None:
    fill(catalogue)
    catalogue.replace([LEATHER], [HIDE], {}, ("other", 64))
    assert (catalogue.documents(), catalogue.passages(), catalogue.sources()) == ([LEATHER], [HIDE], {})
    assert catalogue.embedding() == ("other", 64)


@pytest.mark.parametrize(
    ("documents", "passages", "sources", "embedding"),
    [
        ([replace(RUGS, markets=("EU",)), LEATHER], [KNOTTED, FLAT, HIDE], {CODE.id: CODE}, E5),
        ([RUGS, LEATHER], [replace(KNOTTED, sentences=()), FLAT, HIDE], {CODE.id: CODE}, E5),
        ([RUGS, LEATHER], [KNOTTED, HIDE], {CODE.id: CODE}, E5),
        ([RUGS, LEATHER], [KNOTTED, FLAT, HIDE], {CODE.id: replace(CODE, verified=True)}, E5),
        ([RUGS, LEATHER], [KNOTTED, FLAT, HIDE], {CODE.id: CODE}, ("other", 384)),
    ],
    ids=["a document", "what a passage cites", "a passage gone", "a source", "the model"],
)
def test_the_generation_grows_with_every_change(
    catalogue: Catalogue, documents: list[Document], passages: list[Passage], sources: dict[str, Source], embedding: tuple[str, int]
) -> None:
    fill(catalogue)
    before = catalogue.generation()
    catalogue.replace(documents, passages, sources, embedding)
    assert catalogue.generation() > before > 0
    assert catalogue.documents() == sorted(documents, key=lambda document: document.id)
    assert set(catalogue.passages()) == set(passages)
    assert catalogue.sources() == sources


def test_replacing_by_the_same_is_no_change(catalogue: Catalogue) -> None:
    fill(catalogue)
    before = catalogue.generation()
    fill(catalogue)
    assert catalogue.generation() == before


def test_a_passage_may_move_to_another_document(catalogue: Catalogue) -> None:
    fill(catalogue)
    moved = replace(KNOTTED, document_id=LEATHER.id, position=1)
    fill(catalogue, documents=[LEATHER], passages=[HIDE, moved])
    assert catalogue.passages() == [HIDE, moved]


def test_more_rows_than_one_statement_holds(catalogue: Catalogue) -> None:
    many = [passage(RUGS, position, f"Le tapis numéro {position} est en laine.") for position in range(1300)]
    fill(catalogue, passages=many)
    assert catalogue.passages() == many
    fill(catalogue)
    assert len(catalogue.passages()) == 3


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "catalogue.sqlite"


def test_sql_keeps_everything_when_closed(path: Path) -> None:
    with closing(SqlCatalogue(f"sqlite:///{path}")) as first:
        fill(first)
        generation = first.generation()
    with closing(SqlCatalogue(f"sqlite:///{path}")) as second:
        assert second.generation() == generation
        assert second.documents() == [LEATHER, RUGS]
        assert second.passages() == [HIDE, KNOTTED, FLAT]


def test_sql_shows_a_reader_all_of_a_change_or_none(path: Path) -> None:
    """While one thread replaces back and forth between two corpora, another never sees a mixture."""
    small = [HIDE]
    large = [passage(RUGS, position, f"Le tapis numéro {position} est en laine.") for position in range(200)]
    with closing(SqlCatalogue(f"sqlite:///{path}")) as writer, closing(SqlCatalogue(f"sqlite:///{path}")) as reader:
        writer.replace([LEATHER], small, {}, E5)
        done = threading.Event()

        def write() -> None:
            for _ in range(10):
                writer.replace([RUGS], large, {}, E5)
                writer.replace([LEATHER], small, {}, E5)
            done.set()

        thread = threading.Thread(target=write)
        thread.start()
        seen = set()
        while not done.is_set():
            seen.add(frozenset(one.id for one in reader.passages()))
        thread.join()
    assert seen
    assert seen <= {frozenset(one.id for one in small), frozenset(one.id for one in large)}


def test_a_failed_replace_leaves_what_was(path: Path) -> None:
    with closing(SqlCatalogue(f"sqlite:///{path}")) as catalogue:
        fill(catalogue)
        generation = catalogue.generation()
        with pytest.raises(IntegrityError):  # at the model's name, which is written last
            catalogue.replace([LEATHER], [HIDE], {}, (None, 1))  # type: ignore[arg-type]
        assert catalogue.generation() == generation
        assert catalogue.passages() == [HIDE, KNOTTED, FLAT]


def test_a_document_may_change_where_the_database_enforces_its_references(path: Path) -> None:
    """SQLite does not by default; others do."""

    def enforce(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute("PRAGMA foreign_keys = ON")

    event.listen(Engine, "connect", enforce)
    try:
        with closing(SqlCatalogue(f"sqlite:///{path}")) as catalogue:
            fill(catalogue)
            changed = replace(RUGS, markets=("EU",))
            fill(catalogue, documents=[changed, LEATHER])
            assert catalogue.documents() == [LEATHER, changed]
            fill(catalogue, documents=[LEATHER], passages=[HIDE])
            assert catalogue.passages() == [HIDE]
    finally:
        event.remove(Engine, "connect", enforce)


def test_another_format_is_refused_with_what_to_do(path: Path) -> None:
    SqlCatalogue(f"sqlite:///{path}").close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE meta SET value = '0' WHERE key = 'format'")
        connection.commit()
    with pytest.raises(IndexMismatch, match=rf"format 0, this version needs {FORMAT}.*murshid ingest"):
        SqlCatalogue(f"sqlite:///{path}")


def test_a_damaged_file_is_refused_with_what_to_do(path: Path) -> None:
    path.write_text("ceci n'est pas une base de données\n" * 200, encoding="utf-8")
    with pytest.raises(IndexUnusable, match="murshid ingest"):
        SqlCatalogue(f"sqlite:///{path}")
