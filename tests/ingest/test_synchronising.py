"""The index follows the folder, over the stores in memory and over those on disk."""

from __future__ import annotations

import itertools
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from advisor.adapters.chroma import ChromaVectorStore
from advisor.adapters.memory import MemoryCatalogue, MemorySentenceVectors, MemoryVectorStore
from advisor.adapters.sql_catalogue import SqlCatalogue
from advisor.adapters.sql_sentence_vectors import SqlSentenceVectors
from advisor.errors import IndexMismatch, IngestError, IngestRunning, UnreadableDocument
from advisor.ports import Catalogue, SentenceVectors, VectorStore
from ingest.synchronising import Report, Skipped, synchronise
from tests.conftest import NgramEmbedder, vectors_of

GUIDE = """---
id: {id}
title: {title}
---

## Quel code SH ?

{title} : le code est {code}. [@code]

## Qui vise la déclaration ?

La douane vise la déclaration de « {title} ». [@adii]
"""
FACT = """- {{id: {id}, topic: classification, market: WORLD, statement: A statement., as_of: 2026-01, verified: {verified},
   source: {{title: Nomenclature, publisher: OMD, url: "https://wcoomd.org", date: 2022}}}}
"""


@dataclass(frozen=True)
class Bench:
    """A folder of guides, the stores it is brought into, and the embedder in use."""

    folder: Path
    lock: Path
    catalogue: Catalogue
    vectors: VectorStore
    sentence_vectors: SentenceVectors
    embedder: NgramEmbedder

    def write(self, name: str, title: str, code: str = "5701.10") -> Path:
        path = self.folder / f"{name}.fr.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(GUIDE.format(id=path.name.removesuffix(".fr.md"), title=title, code=code), encoding="utf-8")
        return path

    def ingest(self, **options: Any) -> Report:
        self.embedder.embedded.clear()
        return synchronise(self.folder, self.catalogue, self.vectors, self.sentence_vectors, self.embedder, lock=self.lock, **options)

    def texts(self) -> list[str]:
        return [passage.text for passage in self.catalogue.passages()]

    def check(self) -> None:
        """Every passage has its vector and one vector for its heading and for each sentence, and nothing else is held."""
        passages = self.catalogue.passages()
        ids = {passage.id for passage in passages}
        assert self.vectors.ids() == self.sentence_vectors.ids() == ids
        for passage in passages:
            vector, sentences = vectors_of(passage, self.embedder)
            assert self.vectors.search(vector, 1) == [(passage.id, pytest.approx(1.0, abs=1e-4))]
            assert self.sentence_vectors.get([passage.id])[passage.id] == pytest.approx(sentences, abs=1e-3)


def on_disk(folder: Path, home: Path, embedder: NgramEmbedder) -> Bench:
    return Bench(
        folder,
        home / "ingest.lock",
        SqlCatalogue(f"sqlite:///{home / 'catalogue.sqlite'}"),
        ChromaVectorStore(home / "chroma", embedder.name),
        SqlSentenceVectors(home / "sentences.sqlite", embedder.name, embedder.dimension),
        embedder,
    )


def close(bench: Bench) -> None:
    for store in (bench.catalogue, bench.vectors, bench.sentence_vectors):
        if isinstance(store, SqlCatalogue | ChromaVectorStore | SqlSentenceVectors):
            store.close()


@pytest.fixture(params=["memory", "disk"])
def bench(request: pytest.FixtureRequest, tmp_path: Path, embedder: NgramEmbedder) -> Iterator[Bench]:
    """Two guides of two sections each, not yet read."""
    folder = tmp_path / "corpus"
    if request.param == "memory":
        lock = tmp_path / "home" / "ingest.lock"
        made = Bench(folder, lock, MemoryCatalogue(), MemoryVectorStore(), MemorySentenceVectors(), embedder)
    else:
        made = on_disk(folder, tmp_path / "home", embedder)
    made.write("guides/tapis", "Tapis noué en laine")
    made.write("guides/poterie", "Poterie de Safi", "6912.00")
    yield made
    close(made)


def test_the_first_run_takes_everything_in(bench: Bench) -> None:
    report = bench.ingest()
    assert (report.documents, report.passages, report.added, report.removed, report.embedded) == (2, 4, 4, 0, 4)
    assert bench.texts() == [
        "Poterie de Safi : le code est 6912.00.",
        "La douane vise la déclaration de « Poterie de Safi ».",
        "Tapis noué en laine : le code est 5701.10.",
        "La douane vise la déclaration de « Tapis noué en laine ».",
    ]
    assert bench.catalogue.embedding() == ("ngrams", 256)
    bench.check()


def test_a_second_run_changes_and_embeds_nothing(bench: Bench) -> None:
    bench.ingest()
    generation = bench.catalogue.generation()
    report = bench.ingest()
    assert (report.added, report.removed, report.embedded) == (0, 0, 0)
    assert bench.embedder.embedded == []
    assert bench.catalogue.generation() == generation
    bench.check()


def test_editing_one_section_embeds_only_its_passage_heading_and_sentences(bench: Bench) -> None:
    bench.ingest()
    bench.write("guides/tapis", "Tapis noué en laine", "5701.90")
    report = bench.ingest()
    assert (report.added, report.removed, report.embedded) == (1, 1, 1)
    assert bench.embedder.embedded == [
        "Quel code SH ?",
        "Tapis noué en laine : le code est 5701.90.",
    ]
    assert "Tapis noué en laine : le code est 5701.10." not in bench.texts()
    bench.check()


def test_a_new_guide_is_added_beside_the_others(bench: Bench) -> None:
    bench.ingest()
    bench.write("guides/cuir", "Babouche en cuir", "6403.51")
    report = bench.ingest()
    assert (report.documents, report.added, report.removed, report.embedded) == (3, 2, 0, 2)
    bench.check()


def test_a_deleted_guide_leaves_nothing_behind(bench: Bench) -> None:
    path = bench.write("guides/cuir", "Babouche en cuir", "6403.51")
    bench.ingest()
    path.unlink()
    report = bench.ingest()
    assert (report.documents, report.removed, report.embedded) == (2, 2, 0)
    assert [document.id for document in bench.catalogue.documents()] == ["poterie.fr", "tapis.fr"]
    bench.check()


def test_moving_a_guide_embeds_nothing(bench: Bench) -> None:
    path = bench.write("guides/tapis", "Tapis noué en laine")
    bench.ingest()
    path.rename(bench.folder / "tapis.fr.md")
    assert bench.ingest().embedded == 0
    assert {document.path for document in bench.catalogue.documents()} == {"tapis.fr.md", "guides/poterie.fr.md"}
    bench.check()


def test_a_file_that_cannot_be_read_is_reported_and_the_others_go_on(bench: Bench) -> None:
    (bench.folder / "notice.pdf").write_bytes(b"%PDF-1.7 coup")
    (bench.folder / "photo.jpg").write_bytes(b"\xff\xd8\xff")
    (bench.folder / "date.fr.md").write_text("---\nverified_on: 2026-02-30\n---\nTexte.", encoding="utf-8")
    report = bench.ingest()
    assert {skipped.path for skipped in report.skipped} == {"notice.pdf", "photo.jpg", "date.fr.md"}
    assert all(skipped.reason for skipped in report.skipped)
    assert report.documents == 2
    bench.check()


def test_a_file_above_the_size_limit_is_reported(bench: Bench) -> None:
    (bench.folder / "long.txt").write_text("Le tapis part. " * 1000, encoding="utf-8")
    report = bench.ingest(max_bytes=5000)
    assert [skipped.path for skipped in report.skipped] == ["long.txt"]


def test_of_two_guides_with_one_id_the_first_is_kept_and_the_second_reported(bench: Bench) -> None:
    bench.write("other/tapis", "Kilim")
    report = bench.ingest()
    assert report.skipped == (Skipped("other/tapis.fr.md", "its id tapis.fr is already taken by guides/tapis.fr.md"),)
    assert not any("Kilim" in text for text in bench.texts())
    bench.check()


def test_the_sources_of_cited_facts_are_kept_and_followed(bench: Bench) -> None:
    facts = bench.folder / "facts"
    facts.mkdir()
    register = facts / "codes.yaml"
    register.write_text("".join(FACT.format(id=one, verified="true") for one in ("code", "adii", "autre")), encoding="utf-8")
    bench.ingest()
    assert set(bench.catalogue.sources()) == {"code", "adii"}
    generation = bench.catalogue.generation()
    register.write_text(FACT.format(id="code", verified="false"), encoding="utf-8")
    assert bench.ingest().embedded == 0
    assert {one.id: one.verified for one in bench.catalogue.sources().values()} == {"code": False}
    assert bench.catalogue.generation() > generation


def test_a_broken_register_of_facts_stops_the_run_and_leaves_the_index(bench: Bench) -> None:
    bench.ingest()
    before = bench.texts()
    (bench.folder / "facts").mkdir()
    (bench.folder / "facts" / "codes.yaml").write_text("- {id: code}", encoding="utf-8")
    bench.write("guides/tapis", "Kilim")
    with pytest.raises(UnreadableDocument, match=r"codes\.yaml"):
        bench.ingest()
    assert bench.texts() == before


def test_an_empty_folder_does_not_empty_an_index(bench: Bench) -> None:
    bench.ingest()
    for path in bench.folder.rglob("*.md"):
        path.unlink()
    with pytest.raises(IngestError, match="Nothing readable"):
        bench.ingest()
    assert len(bench.texts()) == 4
    bench.check()


def test_an_empty_folder_over_an_empty_index_is_no_error(bench: Bench) -> None:
    for path in bench.folder.rglob("*.md"):
        path.unlink()
    assert bench.ingest().passages == 0


def test_a_folder_that_is_not_there_is_an_error(bench: Bench) -> None:
    with pytest.raises(IngestError, match="no folder"):
        replace(bench, folder=bench.folder / "absent").ingest()


def test_a_second_process_is_told_that_one_is_running(bench: Bench) -> None:
    bench.lock.parent.mkdir(parents=True, exist_ok=True)
    holding = "import sys, filelock\nwith filelock.FileLock(sys.argv[1]):\n    print('held', flush=True)\n    sys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", holding, str(bench.lock)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(IngestRunning):
            bench.ingest()
        assert bench.catalogue.generation() == 0
        holder.communicate()
    assert bench.ingest().added == 4


def test_the_lock_is_free_again_after_a_failure(bench: Bench) -> None:
    bench.ingest()
    kept = {path: path.read_text(encoding="utf-8") for path in bench.folder.rglob("*.md")}
    for path in kept:
        path.unlink()
    with pytest.raises(IngestError):
        bench.ingest()
    for path, content in kept.items():
        path.write_text(content, encoding="utf-8")
    assert bench.ingest().embedded == 0


@pytest.mark.parametrize("other", [NgramEmbedder("other", 256), NgramEmbedder("ngrams", 128)], ids=["another model", "another dimension"])
def test_an_index_of_another_model_is_not_mixed(bench: Bench, other: NgramEmbedder) -> None:
    bench.ingest()
    bench.write("guides/cuir", "Babouche en cuir")
    with pytest.raises(IndexMismatch, match="--rebuild"):
        replace(bench, embedder=other).ingest()
    assert len(bench.texts()) == 4
    bench.check()


def test_a_rebuild_takes_the_other_model_and_forgets_the_first(bench: Bench, tmp_path: Path) -> None:
    bench.ingest()
    other = NgramEmbedder("other", 64)
    on_file = isinstance(bench.vectors, ChromaVectorStore)
    rebuilt = on_disk(bench.folder, tmp_path / "home", other) if on_file else replace(bench, embedder=other)
    report = rebuilt.ingest(rebuild=True)
    assert (report.added, report.removed, report.embedded) == (0, 0, 4)
    assert rebuilt.catalogue.embedding() == ("other", 64)
    rebuilt.check()
    if on_file:
        close(bench)
        close(rebuilt)
        first = on_disk(bench.folder, tmp_path / "home", bench.embedder)
        assert first.vectors.ids() == first.sentence_vectors.ids() == set()
        close(first)


def test_a_rebuild_with_the_same_model_embeds_everything_anew(bench: Bench) -> None:
    bench.ingest()
    assert bench.ingest(rebuild=True).embedded == 4
    bench.check()


def test_vectors_without_sentence_vectors_are_embedded_again(bench: Bench) -> None:
    bench.ingest()
    some = [passage.id for passage in bench.catalogue.passages()][:2]
    bench.sentence_vectors.remove(some)
    assert bench.ingest().embedded == 2
    bench.check()


def test_what_was_embedded_before_a_stop_is_not_embedded_again(bench: Bench) -> None:
    crafts = "Tapis Jarre Babouche Lanterne Zellige Broderie Coffret Plateau Caftan Couverture".split()
    for craft, town in itertools.product(crafts, "Fès Safi Rabat Marrakech Tétouan Chefchaouen Ouarzazate".split()):
        bench.write(f"guides/{craft}-{town}".lower(), f"{craft} de {town}")

    class Stopped(Exception):
        pass

    def stop(stage: str, done: int, total: int) -> None:
        if stage == "embed":
            raise Stopped

    with pytest.raises(Stopped):
        bench.ingest(progress=stop)
    held = len(bench.vectors.ids())
    assert 0 < held < 144
    assert bench.texts() == []
    assert bench.ingest().embedded == 144 - held
    bench.check()


def test_vectors_nobody_needs_are_removed_by_the_next_run(bench: Bench) -> None:
    bench.ingest()
    bench.vectors.add(["orphan"], np.ones((1, 256), dtype=np.float32))
    bench.sentence_vectors.add({"orphan": np.ones((1, 256), dtype=np.float32)})
    bench.ingest()
    bench.check()


def test_progress_tells_every_file_and_every_passage(bench: Bench) -> None:
    told: list[tuple[str, int, int]] = []
    bench.ingest(progress=lambda stage, done, total: told.append((stage, done, total)))
    assert told == [("read", 1, 2), ("read", 2, 2), ("embed", 4, 4)]


def test_passages_are_as_long_as_told(bench: Bench) -> None:
    (bench.folder / "long.fr.txt").write_text("Le tapis part pour Paris. " * 40, encoding="utf-8")
    bench.ingest(passage_chars=200)
    assert max(map(len, bench.texts())) <= 200


def test_remarks_of_readers_are_reported_with_their_file(bench: Bench) -> None:
    from pypdf import PdfWriter

    source = Path(__file__).parents[2] / "corpus" / "documents" / "proofs-of-origin-eu-uk.fr.pdf"
    writer = PdfWriter(clone_from=source)
    writer.add_blank_page()
    writer.write(bench.folder / "scan.fr.pdf")
    report = bench.ingest()
    assert [remark.path for remark in report.remarks] == ["scan.fr.pdf"]
    assert "no text on page" in report.remarks[0].reason
