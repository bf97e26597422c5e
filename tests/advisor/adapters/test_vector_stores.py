"""One contract for every store of vectors, and what only Chroma has to keep."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from advisor.adapters.chroma import ChromaVectorStore
from advisor.adapters.memory import MemoryVectorStore
from advisor.errors import IndexUnusable
from advisor.ports import VectorStore

ROOT = Path(__file__).parents[3]
EAST, NORTH = np.eye(2, dtype=np.float32)
NORTH_EAST = np.array([0.6, 0.8], dtype=np.float32)


@pytest.fixture(params=["memory", "chroma"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[VectorStore]:
    if request.param == "memory":
        yield MemoryVectorStore()
    else:
        opened = ChromaVectorStore(tmp_path / "chroma", "e5")
        yield opened
        opened.close()


def test_a_new_store_holds_and_finds_nothing(store: VectorStore) -> None:
    assert store.ids() == set()
    assert store.search(EAST, 10) == []


def test_the_nearest_come_first_with_their_cosine(store: VectorStore) -> None:
    store.add(["nord", "est", "nord-est"], np.array([NORTH, EAST, NORTH_EAST]))
    found = store.search(NORTH, 10)
    assert [one for one, _ in found] == ["nord", "nord-est", "est"]
    assert [similarity for _, similarity in found] == pytest.approx([1.0, 0.8, 0.0], abs=1e-6)


def test_the_length_of_a_vector_does_not_count(store: VectorStore) -> None:
    store.add(["est", "nord-est"], np.array([EAST * 0.1, NORTH_EAST * 9], dtype=np.float32))
    assert [one for one, _ in store.search(EAST * 5, 2)] == ["est", "nord-est"]
    assert store.search(EAST * 5, 1)[0][1] == pytest.approx(1.0, abs=1e-6)


def test_opposite_directions_are_minus_one(store: VectorStore) -> None:
    store.add(["ouest"], np.array([-EAST]))
    assert store.search(EAST, 1) == [("ouest", pytest.approx(-1.0, abs=1e-6))]


def test_no_more_than_the_limit_is_found(store: VectorStore) -> None:
    store.add(["nord", "est"], np.array([NORTH, EAST]))
    assert [one for one, _ in store.search(EAST, 1)] == ["est"]


def test_adding_an_id_again_replaces_its_vector(store: VectorStore) -> None:
    store.add(["tapis"], np.array([NORTH]))
    store.add(["tapis"], np.array([EAST]))
    assert store.ids() == {"tapis"}
    assert store.search(EAST, 5) == [("tapis", pytest.approx(1.0, abs=1e-6))]


def test_what_is_removed_is_no_longer_found(store: VectorStore) -> None:
    store.add(["nord", "est"], np.array([NORTH, EAST]))
    store.remove(["est"])
    assert store.ids() == {"nord"}
    assert [one for one, _ in store.search(EAST, 5)] == ["nord"]
    store.remove(["nord"])
    assert store.search(EAST, 5) == []


def test_removing_what_is_not_there_is_no_error(store: VectorStore) -> None:
    store.add(["est"], np.array([EAST]))
    store.remove(["nord"])
    store.remove([])
    assert store.ids() == {"est"}


def test_adding_nothing_is_no_error(store: VectorStore) -> None:
    store.add([], np.zeros((0, 2), dtype=np.float32))
    assert store.ids() == set()


def test_more_vectors_than_one_batch_are_added_and_removed(store: VectorStore) -> None:
    ids = [f"p{number}" for number in range(2001)]
    vectors = np.random.default_rng(7).normal(size=(2001, 8)).astype(np.float32)
    store.add(ids, vectors)
    assert store.ids() == set(ids)
    assert store.search(vectors[2000], 1)[0][0] == "p2000"
    store.remove(ids[1:])
    assert store.ids() == {"p0"}


def test_refreshing_and_forgetting_others_keep_what_is_held(store: VectorStore) -> None:
    store.add(["est"], np.array([EAST]))
    store.forget_other_models()
    store.refresh()
    assert store.search(EAST, 1) == [("est", pytest.approx(1.0, abs=1e-6))]


Open = Callable[[str], ChromaVectorStore]


@pytest.fixture
def open_chroma(tmp_path: Path) -> Iterator[Open]:
    opened: list[ChromaVectorStore] = []

    def open_store(model: str) -> ChromaVectorStore:
        opened.append(ChromaVectorStore(tmp_path / "chroma", model))
        return opened[-1]

    yield open_store
    for store in opened:
        store.close()


def test_chroma_keeps_its_vectors_when_closed(open_chroma: Open) -> None:
    store = open_chroma("e5")
    store.add(["est"], np.array([EAST]))
    store.close()
    assert open_chroma("e5").search(EAST, 1) == [("est", pytest.approx(1.0, abs=1e-6))]


def test_chroma_finds_a_vector_among_many_that_are_nearly_the_same(open_chroma: Open) -> None:
    random = np.random.default_rng(0)
    vectors = np.repeat(random.normal(size=(40, 64)), 100, axis=0) + 0.001 * random.normal(size=(4000, 64))
    store = open_chroma("e5")
    store.add([str(number) for number in range(4000)], vectors.astype(np.float32))
    for number in range(0, 4000, 7):
        assert store.search(vectors[number].astype(np.float32), 1)[0][0] == str(number)


def test_chroma_never_mixes_the_vectors_of_two_models(open_chroma: Open) -> None:
    e5, other = open_chroma("e5"), open_chroma("other")
    e5.add(["est"], np.array([EAST]))
    other.add(["cube"], np.ones((1, 3), dtype=np.float32))
    assert (e5.ids(), other.ids()) == ({"est"}, {"cube"})
    assert [one for one, _ in e5.search(EAST, 5)] == ["est"]


def test_chroma_forgets_the_vectors_of_every_other_model(open_chroma: Open) -> None:
    e5, other = open_chroma("e5"), open_chroma("other")
    e5.add(["est"], np.array([EAST]))
    other.add(["nord"], np.array([NORTH]))
    other.forget_other_models()
    assert other.ids() == {"nord"}
    e5.close()
    assert open_chroma("e5").ids() == set()


WRITE = """
import sys, numpy
from pathlib import Path
from advisor.adapters.chroma import ChromaVectorStore
store = ChromaVectorStore(Path(sys.argv[1]), "e5")
store.add(["nord"], numpy.array([[0.0, 1.0]]))
store.remove(["est"])
store.close()
"""


def test_a_refreshed_chroma_sees_what_another_process_wrote(open_chroma: Open, tmp_path: Path) -> None:
    store = open_chroma("e5")
    store.add(["est", "nord-est"], np.array([EAST, NORTH_EAST]))
    assert [one for one, _ in store.search(NORTH, 1)] == ["nord-est"]
    subprocess.run([sys.executable, "-c", WRITE, str(tmp_path / "chroma")], cwd=ROOT, check=True, timeout=60)
    store.refresh()
    assert store.ids() == {"nord", "nord-est"}
    assert [one for one, _ in store.search(NORTH, 5)] == ["nord", "nord-est"]


def test_a_damaged_chroma_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "chroma.sqlite3").write_text("ceci n'est pas une base de données\n" * 200, encoding="utf-8")
    with pytest.raises(IndexUnusable, match="murshid ingest"):
        ChromaVectorStore(tmp_path, "e5")
