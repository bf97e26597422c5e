"""The index as one moment saw it."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest
from small_corpus import AR, DOCUMENTS, FR, LEATHER_FR, PARCELS_FR, PASSAGES, SOURCES, document, empty_index, fill, passage

from advisor.adapters.bm25s import LexicalIndex, lexical_rankings
from advisor.adapters.memory import MemoryCatalogue, MemorySentenceVectors, MemoryVectorStore
from advisor.errors import IndexMismatch, IndexMissing
from advisor.index import Index, Snapshot
from advisor.ports import Embedder
from advisor.types import Document, Passage


def names(*stems: str) -> list[frozenset[str]]:
    return [frozenset(stems)]


def test_a_snapshot_holds_what_the_catalogue_holds(snapshot: Snapshot) -> None:
    assert set(snapshot.documents) == {one.id for one in DOCUMENTS}
    assert set(snapshot.by_id) == {one.id for one in PASSAGES}
    assert snapshot.sources == SOURCES


def test_parallel_passages_are_one_section(snapshot: Snapshot) -> None:
    assert [one.id for one in snapshot.by_section["parcels#1"]] == ["parcels.ar#1", "parcels.fr#1"]


def test_a_section_is_shown_in_one_language(snapshot: Snapshot) -> None:
    assert [one.id for one in snapshot.in_language("parcels#1", FR)] == ["parcels.fr#1"]
    assert [one.id for one in snapshot.in_language("parcels#1", AR)] == ["parcels.ar#1"]


def test_a_section_has_the_stems_of_both_languages(snapshot: Snapshot) -> None:
    assert snapshot.section_stems["leather#1"] >= {"tanneur", "دباغ"}


def test_the_stems_of_a_heading_are_not_those_of_the_text(snapshot: Snapshot) -> None:
    assert "chrom" in snapshot.heading_stems["leather#1"]
    assert "tanneur" not in snapshot.heading_stems["leather#1"]


def test_sections_are_counted_by_what_they_name(snapshot: Snapshot) -> None:
    assert snapshot.sections_naming(names("colis")) == 2
    assert snapshot.sections_naming(names("colis", "cadeau")) == 1
    assert snapshot.sections_naming([*names("tanneur"), *names("cadeau")]) == 2
    assert snapshot.sections_naming(names("conteneur")) == 0
    assert snapshot.sections_naming([]) == 0


def test_a_section_that_repeats_sourced_sentences_without_sources_is_a_copy(embedder: Embedder) -> None:
    printed = document("papers/parcels.pdf", "parcels", FR)
    page = passage(printed, 1, "", *(text for text, _ in _sourced_lines()), "Imprimé le 22 novembre 2026.")
    index = empty_index(embedder)
    fill(index, [*DOCUMENTS, printed], [*PASSAGES, page], SOURCES)
    assert index.snapshot().copies == {page.section_id}


def _sourced_lines() -> list[tuple[str, tuple[str, ...]]]:
    guide = next(one for one in PASSAGES if one.id == "parcels.fr#1")
    return [(guide.text[one.start : one.end], one.fact_ids) for one in guide.sentences]


def test_the_guides_themselves_are_no_copies(snapshot: Snapshot) -> None:
    assert snapshot.copies == frozenset()


def test_an_index_without_an_ingest_is_missing(embedder: Embedder) -> None:
    with pytest.raises(IndexMissing, match="murshid ingest"):
        empty_index(embedder).snapshot()


@pytest.mark.parametrize("built_with", [("another model", 256), ("ngrams", 384)])
def test_an_index_of_another_model_does_not_match(embedder: Embedder, built_with: tuple[str, int]) -> None:
    index = empty_index(embedder)
    index.catalogue.replace(DOCUMENTS, PASSAGES, SOURCES, built_with)
    with pytest.raises(IndexMismatch, match="--rebuild"):
        index.snapshot()


def test_an_index_is_there_as_soon_as_it_is_filled(embedder: Embedder) -> None:
    index = empty_index(embedder)
    with pytest.raises(IndexMissing):
        index.snapshot()
    fill(index, DOCUMENTS, PASSAGES, SOURCES)
    assert len(index.snapshot().passages) == len(PASSAGES)


def test_the_same_snapshot_serves_until_something_changes(index: Index) -> None:
    assert index.snapshot() is index.snapshot()


def test_an_ingest_makes_a_new_snapshot_and_leaves_the_old_one_alone(index: Index) -> None:
    old = index.snapshot()
    fill(index, [LEATHER_FR], [one for one in PASSAGES if one.document_id == LEATHER_FR.id], {})
    new = index.snapshot()
    assert set(new.documents) == {"leather.fr"}
    assert new.generation > old.generation
    assert set(old.documents) == {one.id for one in DOCUMENTS}


def test_a_new_snapshot_finds_new_words(index: Index) -> None:
    assert index.snapshot().lexical["stems"].search("caftan", 5) == []
    caftans = document("caftans.fr", "Exporter un caftan", FR)
    added = passage(caftans, 1, "Quel code pour un caftan ?", "Le caftan de femme relève du chapitre 62.")
    fill(index, [*DOCUMENTS, caftans], [*PASSAGES, added], SOURCES)
    ((position, _),) = index.snapshot().lexical["stems"].search("caftan", 5)
    assert index.snapshot().passages[position] == added


class BusyCatalogue(MemoryCatalogue):
    """A catalogue that another process changes while it is read for the first time."""

    def documents(self) -> list[Document]:
        documents = super().documents()
        if self.generation() == 1:
            self.replace([PARCELS_FR], [one for one in PASSAGES if one.document_id == PARCELS_FR.id], {}, self.embedding() or ("", 0))
        return documents


def test_documents_and_passages_are_of_one_moment(embedder: Embedder) -> None:
    index = Index(BusyCatalogue(), MemoryVectorStore(), MemorySentenceVectors(), embedder, lexical_rankings)
    fill(index, [LEATHER_FR], [one for one in PASSAGES if one.document_id == LEATHER_FR.id], {})
    snapshot = index.snapshot()
    assert snapshot.generation == 2
    assert {one.document_id for one in snapshot.passages} == set(snapshot.documents) == {"parcels.fr"}


def test_many_questions_at_once_build_one_snapshot(embedder: Embedder) -> None:
    built: list[Sequence[Sequence[str]]] = []

    def counted(texts: Sequence[Sequence[str]]) -> dict[str, LexicalIndex]:
        built.append(texts)
        return lexical_rankings(texts)

    index = Index(MemoryCatalogue(), MemoryVectorStore(), MemorySentenceVectors(), embedder, counted)
    fill(index, DOCUMENTS, PASSAGES, SOURCES)
    with ThreadPoolExecutor(8) as pool:
        snapshots = list(pool.map(lambda _: index.snapshot(), range(16)))
    assert all(one is snapshots[0] for one in snapshots)
    assert len(built) == 1


def test_an_index_of_an_empty_folder_is_empty_but_there(embedder: Embedder) -> None:
    index = empty_index(embedder)
    passages: list[Passage] = []
    index.catalogue.replace([], passages, {}, (embedder.name, embedder.dimension))
    assert index.snapshot().passages == passages
