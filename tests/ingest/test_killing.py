"""Ingest killed at twenty random moments: a reader always finds one corpus, whole, and the next run carries on."""

from __future__ import annotations

import multiprocessing
import random
import shutil
import signal
from contextlib import suppress
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext
from pathlib import Path

import numpy as np
import pytest

from advisor.types import Passage
from ingest.chunking import passages_of
from ingest.reading import find_files, read_document
from tests.conftest import NgramEmbedder, vectors_of
from tests.ingest.slow_ingest import Opened, ingest

KILLS = 20
SEED = 2026
SECONDS_INTO_A_STEP = 0.06
CRAFTS = "Tapis Poterie Babouche Lanterne Zellige Broderie Coffret Plateau Caftan Couverture Théière Tabouret".split()
TOWNS = "Fès Safi Rabat Marrakech Tétouan Chefchaouen Ouarzazate Essaouira Meknès Taroudant Tiznit Zagora".split()
RULES = (
    "La facture suit l'envoi jusqu'au client.",
    "Le certificat EUR.1 est visé par la douane.",
    "La déclaration passe par PortNet.",
    "Le code SH se vérifie dans TARIC.",
    "L'emballage en bois porte la marque NIMP 15.",
)


class Corpus:
    """A folder of a dozen guides; each version takes one away, brings one back and rewrites two sections in three of the others."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.version = -1

    def advance(self) -> None:
        self.version += 1
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        for number, craft in enumerate(CRAFTS):
            if number != self.version % len(CRAFTS):
                text = "".join(self._section(number, craft, town, place) for place, town in enumerate(TOWNS))
                (self.folder / f"{craft.lower()}.fr.md").write_text(f"---\ntitle: {craft}\n---\n\n{text}", encoding="utf-8")

    def _section(self, number: int, craft: str, town: str, place: int) -> str:
        written = self.version - (number + place + self.version) % 3 // 2  # one section in three is as the version before left it
        rule = RULES[(written + place) % len(RULES)]
        return f"## {craft} de {town}\n\n{craft} de {town}, édition {written}. {rule}\n\n"

    def passages(self) -> frozenset[Passage]:
        read = (read_document(path, self.folder, 1_000_000) for path in find_files(self.folder))
        return frozenset(passage for document, reading in read for passage in passages_of(document, reading, 900))


def await_step(steps: Connection, wanted: int) -> None:
    """Returns when the process has told of so many steps, or has ended."""
    with suppress(EOFError):
        while steps.recv() < wanted:
            pass


def check(home: Path, allowed: list[frozenset[Passage]]) -> tuple[frozenset[Passage], bool]:
    """What a reader finds, which must be one of `allowed` with all its vectors; and whether vectors of an unfinished run lie about."""
    stores = Opened.at(home)
    try:
        passages = stores.catalogue.passages()
        found = frozenset(passages)
        assert found in allowed
        assert stores.catalogue.document_passage_counts() == {
            document.id: sum(passage.document_id == document.id for passage in passages) for document in stores.catalogue.documents()
        }
        ids = {passage.id for passage in passages}
        held, sentences_held = stores.vectors.ids(), stores.sentence_vectors.ids()
        assert ids <= held
        assert ids <= sentences_held
        embedder = NgramEmbedder()
        sentence_vectors = stores.sentence_vectors.get([passage.id for passage in passages])
        for passage in passages:
            _, sentences = vectors_of(passage, embedder)
            assert np.allclose(sentence_vectors[passage.id], sentences, atol=1e-3)
        for passage in passages[:: len(passages) // 5 or 1]:
            answers = dict(stores.vectors.search(vectors_of(passage, embedder)[0], 20))
            assert answers[passage.id] == pytest.approx(1.0, abs=1e-4)
        return found, bool((held | sentences_held) - ids)
    finally:
        stores.close()


@pytest.fixture(scope="module")
def processes() -> ForkServerContext:
    """Starts processes from a server that has imported the libraries already: Chroma takes a second to import."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.ingest.slow_ingest"])
    return context


def test_an_ingest_killed_at_random_moments_never_harms_the_index(tmp_path: Path, processes: ForkServerContext) -> None:
    chance = random.Random(SEED)
    home = tmp_path / "home"
    corpus = Corpus(tmp_path / "corpus")
    corpus.advance()
    ingest(corpus.folder, tmp_path / "undisturbed")
    corpus.advance()
    steps = ingest(corpus.folder, tmp_path / "undisturbed")
    moments = [(kill + chance.random()) / KILLS * steps for kill in range(KILLS)]  # in steps, so that a busy machine changes nothing
    chance.shuffle(moments)

    held: frozenset[Passage] = frozenset()
    kills = committed = unfinished = 0
    for _ in range(3 * KILLS):
        if kills == KILLS:
            break
        receiving, sending = processes.Pipe(duplex=False)
        process = processes.Process(target=ingest, args=(corpus.folder, home, sending))
        process.start()
        sending.close()
        await_step(receiving, int(moments[kills]))
        process.join(chance.random() * SECONDS_INTO_A_STEP)
        process.kill()
        process.join()
        before, (held, leftovers) = held, check(home, [held, corpus.passages()])
        if process.exitcode == -signal.SIGKILL:
            kills += 1
            committed += held != before
            unfinished += leftovers
        else:
            assert process.exitcode == 0
            assert held == corpus.passages()
            moments[kills] *= 0.8  # it had less to do
        if held == corpus.passages() or chance.random() < 0.5:  # otherwise the next run resumes this one
            corpus.advance()
    assert kills == KILLS
    assert unfinished > KILLS / 4, "the kills missed the writing"
    assert committed, "no kill fell behind the change of the catalogue"

    ingest(corpus.folder, home)
    undisturbed = tmp_path / "anew"
    ingest(corpus.folder, undisturbed)
    assert check(home, [corpus.passages()]) == check(undisturbed, [corpus.passages()]) == (corpus.passages(), False)
    killed, clean = Opened.at(home), Opened.at(undisturbed)
    for name in ("documents", "passages", "sources", "embedding"):
        assert getattr(killed.catalogue, name)() == getattr(clean.catalogue, name)()
    assert killed.vectors.ids() == clean.vectors.ids()
    assert killed.sentence_vectors.ids() == clean.sentence_vectors.ids()
    killed.close()
    clean.close()
