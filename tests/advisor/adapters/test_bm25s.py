"""The lexical rankings over Arabic and French."""

from __future__ import annotations

from pathlib import Path

import pytest

from advisor.adapters import bm25s
from advisor.adapters.bm25s import KeptLexicalRankings, LexicalIndex, lexical_rankings, stems
from advisor.normalisation import words

TEXTS = [
    "Les étiquettes des tapis vendus aux États-Unis",
    "La déclaration en douane d'un colis",
    "بطاقة الزربية في الولايات المتحدة",
    "التصريح للجمارك عن طرد",
    "Le code 5701.10 des tapis noués",
]


@pytest.fixture(scope="module")
def rankings() -> dict[str, LexicalIndex]:
    return lexical_rankings([words(text) for text in TEXTS])


def positions(index: LexicalIndex, question: str, limit: int = 5) -> list[int]:
    return [position for position, _ in index.search(question, limit)]


@pytest.mark.parametrize(
    ("question", "best"),
    [("étiquette", 0), ("déclarer un colis", 1), ("التصريح", 3), ("تصريح", 3), ("code 5701.10", 4), ("DÉCLARATIONS", 1)],
)
def test_stems_reach_inflected_words(rankings: dict[str, LexicalIndex], question: str, best: int) -> None:
    assert positions(rankings["stems"], question)[0] == best


@pytest.mark.parametrize(("question", "best"), [("etiqettes", 0), ("declarasion", 1), ("والزربية", 2), ("بالطرد", 3), ("جمارك", 3)])
def test_ngrams_reach_misspelt_words_and_arabic_prefixes(rankings: dict[str, LexicalIndex], question: str, best: int) -> None:
    assert positions(rankings["ngrams"], question)[0] == best


def test_stems_do_not_reach_a_misspelt_word(rankings: dict[str, LexicalIndex]) -> None:
    assert positions(rankings["stems"], "etiqettes") == []


def test_a_number_matches_whole_or_not_at_all(rankings: dict[str, LexicalIndex]) -> None:
    assert positions(rankings["ngrams"], "5701") == []
    assert positions(rankings["ngrams"], "5701.10") == [4]


@pytest.mark.parametrize("ranking", ["stems", "ngrams"])
def test_the_best_come_first_and_scores_are_positive(rankings: dict[str, LexicalIndex], ranking: str) -> None:
    scores = [score for _, score in rankings[ranking].search("étiquette des tapis", 5)]
    assert len(scores) >= 2
    assert scores == sorted(scores, reverse=True)
    assert scores[-1] > 0


@pytest.mark.parametrize("ranking", ["stems", "ngrams"])
def test_no_more_than_the_limit_is_found(rankings: dict[str, LexicalIndex], ranking: str) -> None:
    assert len(rankings[ranking].search("tapis", 1)) == 1


@pytest.mark.parametrize("ranking", ["stems", "ngrams"])
@pytest.mark.parametrize("question", ["", "?!", "🙂", "xyzzy"])
def test_a_question_without_a_common_word_finds_nothing(rankings: dict[str, LexicalIndex], ranking: str, question: str) -> None:
    assert rankings[ranking].search(question, 5) == []


@pytest.mark.parametrize("ranking", ["stems", "ngrams"])
def test_an_empty_corpus_is_searched_in_vain(ranking: str) -> None:
    assert lexical_rankings([])[ranking].search("tapis", 5) == []


def test_a_word_is_looked_up_by_its_stem() -> None:
    assert [stems(word) for word in words("Les tapis noués")] == [["le"], ["tapis"], ["nou"]]


def rankings_of(index: dict[str, LexicalIndex]) -> list[list[tuple[int, float]]]:
    return [one.search(question, 5) for one in index.values() for question in ("tapis aux États-Unis", "والزربية", "5701.10", "xyzzy")]


def test_kept_rankings_are_those_built_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [words(text) for text in TEXTS]
    built = rankings_of(KeptLexicalRankings(tmp_path)(texts))
    assert built == rankings_of(lexical_rankings(texts))
    monkeypatch.setattr(bm25s, "_build", lambda texts, terms: pytest.fail("it was built again"))
    assert rankings_of(KeptLexicalRankings(tmp_path)(texts)) == built


def test_other_texts_are_indexed_for_themselves(tmp_path: Path) -> None:
    keep = KeptLexicalRankings(tmp_path)
    keep([words(text) for text in TEXTS])
    assert positions(keep([["colis"]])["stems"], "colis") == [0]


def test_a_damaged_index_is_built_anew(tmp_path: Path) -> None:
    texts = [words(text) for text in TEXTS]
    KeptLexicalRankings(tmp_path)(texts)
    for path in tmp_path.glob("*/data.csc.index.npy"):
        path.write_bytes(b"")
    for path in tmp_path.glob("stems-*/vocab.index.json"):
        path.unlink()
    found = KeptLexicalRankings(tmp_path)(texts)
    assert positions(found["stems"], "étiquette")[0] == 0


def test_what_is_no_longer_needed_is_deleted(tmp_path: Path) -> None:
    keep = KeptLexicalRankings(tmp_path)
    for number in range(12):
        keep([["colis", str(number)]])
    assert 4 <= len(list(tmp_path.iterdir())) <= 8


def test_nothing_is_kept_of_no_texts(tmp_path: Path) -> None:
    assert KeptLexicalRankings(tmp_path)([])["stems"].search("tapis", 5) == []
    assert list(tmp_path.iterdir()) == []
