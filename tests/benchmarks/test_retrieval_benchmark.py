"""The measures of retrieval, and collections as they are read."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.retrieval import Query, measure, read_collection


def query(alternatives: bool = False, **relevant: float) -> Query:
    return Query("?", "all", relevant, alternatives)


def test_a_perfect_ranking_measures_one() -> None:
    figures = measure(["a", "b", "x"], query(a=2, b=1))
    assert (figures.ndcg, figures.recall, figures.mrr) == (1, 1, 1)


def test_a_ranking_that_misses_measures_nothing() -> None:
    figures = measure(["x", "y"], query(a=1))
    assert (figures.ndcg, figures.recall, figures.mrr) == (0, 0, 0)


def test_the_second_place_is_worth_less_than_the_first() -> None:
    figures = measure(["x", "a"], query(a=1))
    assert figures.ndcg == pytest.approx(0.6309, abs=1e-4)  # 1 / log2(3)
    assert (figures.recall, figures.mrr) == (1, 0.5)


def test_what_comes_after_the_fifth_place_is_not_recalled_and_after_the_tenth_not_counted() -> None:
    sixth = measure(["1", "2", "3", "4", "5", "a"], query(a=1))
    assert sixth.recall == 0
    assert sixth.ndcg > 0
    assert measure([str(number) for number in range(10)] + ["a"], query(a=1)).ndcg == 0


def test_a_document_found_twice_counts_once() -> None:
    assert measure(["a", "a", "b"], query(a=1, b=1)).ndcg == 1


def test_of_more_relevant_documents_than_places_five_are_all() -> None:
    many = {str(number): 1.0 for number in range(8)}
    assert measure(list(many)[:5], Query("?", "all", many)).recall == 1


def test_one_of_several_alternatives_is_enough() -> None:
    figures = measure(["x", "b"], query(alternatives=True, a=1, b=1))
    assert (figures.recall, figures.mrr) == (1, 0.5)


def collection(folder: Path, qrels: str) -> Path:
    (folder / "corpus.jsonl").write_text(
        '{"_id": "d1", "title": "Colis", "text": "Un colis."}\n{"_id": "d2", "text": "زربية"}\n', encoding="utf-8"
    )
    (folder / "queries.jsonl").write_text(
        '{"_id": "q1", "text": "colis ?", "lang": "fr"}\n\n{"_id": "q2", "text": "زربية؟"}\n{"_id": "q3", "text": "?"}\n', encoding="utf-8"
    )
    (folder / "qrels.tsv").write_text(qrels, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    "qrels",
    [
        "query-id\tcorpus-id\tscore\nq1\td1\t2\nq2\td2\t1\nq3\td1\t0\n",
        "q1\td1\t2\nq2\td2\t1\n",
        "q1\t0\td1\t2\nq2\t0\td2\t1\n",
    ],
)
def test_a_collection_is_read_with_or_without_a_header_as_beir_and_as_trec(tmp_path: Path, qrels: str) -> None:
    found = read_collection(collection(tmp_path, qrels))
    assert found.documents == {"d1": ("Colis", "Un colis."), "d2": ("", "زربية")}
    assert [(one.text, one.group, one.relevant) for one in found.queries] == [("colis ?", "fr", {"d1": 2}), ("زربية؟", "all", {"d2": 1})]


def test_a_broken_line_is_named(tmp_path: Path) -> None:
    folder = collection(tmp_path, "q1\td1\t1\n")
    (folder / "corpus.jsonl").write_text('{"_id": "d1", "text": "x"}\n{"_id": \n', encoding="utf-8")
    with pytest.raises(ValueError, match=r"corpus\.jsonl, line 2"):
        read_collection(folder)


def test_a_collection_without_answers_is_none(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no query"):
        read_collection(collection(tmp_path, "query-id\tcorpus-id\tscore\n"))
