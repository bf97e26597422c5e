"""The linear classifier, and how it is kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from advisor.adapters.scikit_learn import Example, LinearClassifier, trained

EXAMPLES: list[Example] = [
    (["tapis", "laine"], "rug"),
    (["tapis", "noué"], "rug"),
    (["tapis", "kilim"], "rug"),
    (["caftan", "soie"], "dress"),
    (["caftan", "brodé"], "dress"),
    (["djellaba", "soie"], "dress"),
]


def learn(cache: Path, version: str = "1") -> LinearClassifier:
    return trained(lambda: EXAMPLES, version, cache, "things")


def never() -> list[Example]:
    raise AssertionError("it was learned again")


def test_a_text_is_surest_of_the_class_of_its_like(tmp_path: Path) -> None:
    rug, dress = learn(tmp_path).margins([["tapis", "soie", "tapis"], ["caftan"]])
    assert rug["rug"] > 0 > rug["dress"]
    assert dress["dress"] > 0 > dress["rug"]


def test_no_text_has_no_margins_and_an_unknown_one_still_has(tmp_path: Path) -> None:
    classifier = learn(tmp_path)
    assert classifier.margins([]) == []
    assert set(classifier.margins([[], ["zellige"]])[0]) == {"rug", "dress"}


def test_what_was_learned_is_kept(tmp_path: Path) -> None:
    first = learn(tmp_path).margins([["tapis"]])
    assert trained(never, "1", tmp_path, "things").margins([["tapis"]]) == first


def test_another_version_is_learned_anew_and_replaces_the_older(tmp_path: Path) -> None:
    learn(tmp_path)
    learn(tmp_path, "2")
    assert len(list(tmp_path.glob("things-*.npz"))) == 1
    with pytest.raises(AssertionError, match="learned again"):
        trained(never, "1", tmp_path, "things")


@pytest.mark.parametrize("left", [0, 100])
def test_a_file_cut_short_is_learned_anew(tmp_path: Path, left: int) -> None:
    learn(tmp_path)
    (path,) = tmp_path.glob("things-*.npz")
    path.write_bytes(path.read_bytes()[:left])
    assert learn(tmp_path).margins([["tapis"]])[0]["rug"] > 0
