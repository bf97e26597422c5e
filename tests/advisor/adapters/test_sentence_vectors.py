"""One contract for every store of sentence vectors, and what only the one on disk has to keep."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from advisor.adapters.memory import MemorySentenceVectors
from advisor.adapters.sql_sentence_vectors import SqlSentenceVectors
from advisor.errors import IndexUnusable
from advisor.ports import SentenceVectors

TWO = np.array([[1.0, 0.0, 0.0], [0.6, 0.8, 0.0]], dtype=np.float32)
ONE = np.array([[0.0, 0.0, 1.0]], dtype=np.float32)


@pytest.fixture(params=["memory", "sql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SentenceVectors]:
    if request.param == "memory":
        yield MemorySentenceVectors()
    else:
        opened = SqlSentenceVectors(tmp_path / "home" / "sentences.sqlite", "e5", 3)
        yield opened
        opened.close()


def test_a_new_store_holds_nothing(store: SentenceVectors) -> None:
    assert store.ids() == set()
    assert store.get(["tapis"]) == {}


def test_each_passage_gives_back_one_row_for_each_sentence(store: SentenceVectors) -> None:
    store.add({"tapis": TWO, "cuir": ONE})
    found = store.get(["cuir", "tapis"])
    assert set(found) == {"cuir", "tapis"}
    assert found["tapis"].dtype == np.float32
    assert found["tapis"] == pytest.approx(TWO, abs=1e-3)
    assert found["cuir"] == pytest.approx(ONE, abs=1e-3)


def test_only_what_is_asked_for_and_held_comes_back(store: SentenceVectors) -> None:
    store.add({"tapis": TWO, "cuir": ONE})
    assert set(store.get(["tapis", "poterie"])) == {"tapis"}
    assert store.get([]) == {}


def test_adding_a_passage_again_replaces_its_sentences(store: SentenceVectors) -> None:
    store.add({"tapis": TWO})
    store.add({"tapis": ONE})
    assert store.get(["tapis"])["tapis"] == pytest.approx(ONE, abs=1e-3)


def test_what_is_removed_is_gone_and_the_rest_stays(store: SentenceVectors) -> None:
    store.add({"tapis": TWO, "cuir": ONE})
    store.remove(["tapis", "poterie"])
    store.remove([])
    assert store.ids() == {"cuir"}


def test_adding_nothing_is_no_error(store: SentenceVectors) -> None:
    store.add({})
    assert store.ids() == set()


def test_a_passage_without_sentences_is_held(store: SentenceVectors) -> None:
    store.add({"vide": np.zeros((0, 3), dtype=np.float32)})
    assert store.get(["vide"])["vide"].shape == (0, 3)


def test_more_passages_than_one_statement_holds_are_kept_and_removed(store: SentenceVectors) -> None:
    many = {f"p{number}": ONE * number / 1200 for number in range(1201)}
    store.add(many)
    store.add(many)
    assert set(store.get(list(many))) == set(many)
    assert store.get(["p600"])["p600"] == pytest.approx(ONE / 2, abs=1e-3)
    store.remove(list(many)[1:])
    assert store.ids() == {"p0"}


def test_forgetting_other_models_keeps_its_own(store: SentenceVectors) -> None:
    store.add({"cuir": ONE})
    store.forget_other_models()
    assert store.ids() == {"cuir"}


def test_sql_keeps_the_sentences_when_closed(tmp_path: Path) -> None:
    path = tmp_path / "sentences.sqlite"
    first = SqlSentenceVectors(path, "e5", 3)
    first.add({"tapis": TWO})
    first.close()
    second = SqlSentenceVectors(path, "e5", 3)
    assert second.get(["tapis"])["tapis"] == pytest.approx(TWO, abs=1e-3)
    second.close()


def test_sql_sees_what_another_connection_wrote(tmp_path: Path) -> None:
    reader, writer = (SqlSentenceVectors(tmp_path / "sentences.sqlite", "e5", 3) for _ in range(2))
    assert reader.ids() == set()
    writer.add({"tapis": TWO})
    assert reader.ids() == {"tapis"}
    reader.close()
    writer.close()


def test_sql_keeps_models_apart_and_forgets_the_others_when_told(tmp_path: Path) -> None:
    path = tmp_path / "sentences.sqlite"
    e5, other = SqlSentenceVectors(path, "e5", 3), SqlSentenceVectors(path, "other", 1)
    e5.add({"tapis": TWO})
    other.add({"cuir": np.ones((1, 1), dtype=np.float32)})
    assert (e5.ids(), other.ids()) == ({"tapis"}, {"cuir"})
    other.forget_other_models()
    assert other.ids() == {"cuir"}
    e5.close()
    other.close()
    reopened = SqlSentenceVectors(path, "e5", 3)
    assert reopened.ids() == set()
    reopened.close()


def test_a_damaged_file_says_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "sentences.sqlite"
    path.write_text("ceci n'est pas une base de données\n" * 200, encoding="utf-8")
    with pytest.raises(IndexUnusable, match="murshid ingest"):
        SqlSentenceVectors(path, "e5", 3)
