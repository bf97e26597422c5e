"""What every embedder promises, held by the real model and by the one the tests use; then what is the real one's own."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
import torch

from advisor.adapters.bundled_e5 import bundled_e5
from advisor.adapters.sentence_transformers import SentenceTransformerEmbedder
from advisor.errors import ConfigurationError
from advisor.ports import Embedder
from advisor.settings import BUNDLED
from tests.conftest import NgramEmbedder

ROOT = Path(__file__).parents[3]
RUG = "La cliente américaine reçoit le tapis avec un certificat de conformité."
RUG_AR = "تتسلم الزبونة الأمريكية الزربية مع شهادة مطابقة."
MONEY = "Le prix de vente doit être rapatrié au Maroc dans un délai de 150 jours."
MONEY_AR = "يجب استرجاع ثمن البيع إلى المغرب داخل أجل 150 يوما."


@pytest.fixture(scope="module")
def bundled(model_cache: Path) -> SentenceTransformerEmbedder:
    return SentenceTransformerEmbedder(BUNDLED, model_cache)


@pytest.fixture(params=["ngrams", "bundled"])
def any_embedder(request: pytest.FixtureRequest) -> Embedder:
    embedder: Embedder = NgramEmbedder() if request.param == "ngrams" else request.getfixturevalue("bundled")
    return embedder


def test_there_is_a_unit_vector_for_each_text(any_embedder: Embedder) -> None:
    for vectors in (any_embedder.embed_documents([RUG, MONEY_AR, "12"]), any_embedder.embed_questions([RUG, MONEY_AR, "12"])):
        assert (vectors.dtype, vectors.shape) == (np.float32, (3, any_embedder.dimension))
        assert np.allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)


def test_no_text_gives_no_vector_of_the_right_width(any_embedder: Embedder) -> None:
    assert any_embedder.embed_documents([]).shape == (0, any_embedder.dimension)
    assert any_embedder.embed_questions([]).shape == (0, any_embedder.dimension)


def test_vectors_come_in_the_order_of_the_texts(any_embedder: Embedder) -> None:
    texts = [RUG * 5, "12", MONEY_AR, RUG]
    together = any_embedder.embed_documents(texts)
    for text, vector in zip(texts, together, strict=True):
        assert float(any_embedder.embed_documents([text])[0] @ vector) > 0.9999


def test_a_question_is_nearest_to_the_text_that_shares_its_words(any_embedder: Embedder) -> None:
    (question,) = any_embedder.embed_questions(["Dans quel délai rapatrier le prix de vente au Maroc ?"])
    rug, money = any_embedder.embed_documents([RUG, MONEY])
    assert question @ money > question @ rug


def test_a_question_finds_its_answer_in_the_other_language(bundled: SentenceTransformerEmbedder) -> None:
    questions = bundled.embed_questions(["Dans quel délai rapatrier le prix de vente ?", "ما الوثيقة التي ترافق الزربية إلى أمريكا؟"])
    money_ar, rug = bundled.embed_documents([MONEY_AR, RUG])
    rug_ar, money = bundled.embed_documents([RUG_AR, MONEY])
    assert questions[0] @ money_ar > questions[0] @ rug_ar
    assert questions[1] @ rug > questions[1] @ money


def test_questions_and_passages_are_embedded_differently(bundled: SentenceTransformerEmbedder) -> None:
    assert float(bundled.embed_questions([RUG])[0] @ bundled.embed_documents([RUG])[0]) < 0.999


def test_the_batch_does_not_change_the_vectors(bundled: SentenceTransformerEmbedder, model_cache: Path) -> None:
    texts = [RUG, MONEY * 4, RUG_AR, "12"]
    one_by_one = SentenceTransformerEmbedder(BUNDLED, model_cache, batch=1).embed_documents(texts)
    assert np.sum(bundled.embed_documents(texts) * one_by_one, axis=1).min() > 0.9999


def test_the_processors_number_format_does_not_change_what_is_near(model_cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [RUG, RUG_AR, MONEY, MONEY_AR]
    vectors = {}
    for able in (True, False):
        monkeypatch.setattr(torch.cpu, "get_capabilities", lambda able=able: {"avx512_bf16": able})
        vectors[able] = SentenceTransformerEmbedder(BUNDLED, model_cache).embed_documents(texts)
    assert not np.array_equal(vectors[True], vectors[False])
    assert np.sum(vectors[True] * vectors[False], axis=1).min() > 0.999


def test_what_lies_beyond_the_models_reach_does_not_change_the_vector(bundled: SentenceTransformerEmbedder) -> None:
    long = (MONEY + " ") * 200
    assert np.allclose(bundled.embed_documents([long]), bundled.embed_documents([long + RUG]), atol=1e-6)


def test_threads_may_share_an_embedder(model_cache: Path) -> None:
    fresh = SentenceTransformerEmbedder(BUNDLED, model_cache)
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: fresh.embed_questions([RUG_AR])[0], range(8)))
    assert all(np.allclose(found[0], other, atol=1e-5) for other in found)


def test_a_model_may_be_named_by_its_folder(bundled: SentenceTransformerEmbedder, model_cache: Path) -> None:
    folder = str(bundled_e5(model_cache))
    by_path = SentenceTransformerEmbedder(folder, model_cache)
    assert (by_path.name, by_path.dimension) == (folder, bundled.dimension)
    assert float(by_path.embed_documents([MONEY_AR])[0] @ bundled.embed_documents([MONEY_AR])[0]) > 0.9999


def test_a_model_that_is_not_there_is_an_error_of_the_settings(tmp_path: Path) -> None:
    missing = SentenceTransformerEmbedder(str(tmp_path / "no-model"), tmp_path)
    with pytest.raises(ConfigurationError, match="no-model"):
        missing.embed_questions([RUG])


def test_name_and_dimension_of_the_bundled_model_need_no_torch(model_cache: Path) -> None:
    code = (
        "import sys\nfrom pathlib import Path\nfrom advisor.adapters.sentence_transformers import SentenceTransformerEmbedder\n"
        f"embedder = SentenceTransformerEmbedder('bundled', Path({str(model_cache)!r}))\n"
        "print(embedder.name, embedder.dimension, 'torch' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=120, check=True)
    assert done.stdout.split() == ["multilingual-e5-small/1", "384", "False"]
