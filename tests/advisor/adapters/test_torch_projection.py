"""Learning a projection from expected questions."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from advisor.adapters import torch_projection
from advisor.adapters.memory import MemorySentenceVectors
from advisor.adapters.torch_projection import LearnedProjections
from advisor.projection import Projection
from advisor.types import ExpectedQuestion, Language, Passage, Sentence

SECTIONS, QUESTIONS, DIMENSION = 40, 30, 64


def corpus() -> tuple[list[Passage], MemorySentenceVectors]:
    """Sections that eight places of 64 tell apart, under noise five times as strong in the others."""
    chance = np.random.default_rng(0)
    subjects = chance.normal(size=(SECTIONS, 8))

    def vectors(section: int, count: int) -> np.ndarray:
        noise = 5 * chance.normal(size=(count, DIMENSION - 8))
        some = np.hstack([subjects[section] + 0.1 * chance.normal(size=(count, 8)), noise])
        return (some / np.linalg.norm(some, axis=1, keepdims=True)).astype(np.float32)

    passages, held = [], MemorySentenceVectors()
    for number in range(SECTIONS):
        questions = tuple(ExpectedQuestion(f"question {number} {one}", one % 2) for one in range(QUESTIONS))
        sentences = (Sentence(0, 4, line=0), Sentence(5, 9, line=1))
        name = f"g#{number}"
        passages.append(Passage(name, "g.fr", name, Language.FR, "titre", "section", "Oui. Non.", number, 0, None, sentences, questions))
        held.add({name: vectors(number, 3 + QUESTIONS)})
    return passages, held


@pytest.fixture(scope="module")
def learned(tmp_path_factory: pytest.TempPathFactory) -> tuple[Projection, list[Passage], MemorySentenceVectors, Path]:
    passages, held = corpus()
    cache = tmp_path_factory.mktemp("models")
    projection = LearnedProjections(cache, "a model")(passages, held)
    assert projection
    return projection, passages, held, cache


def right(questions: np.ndarray, answers: np.ndarray, owners: Sequence[int]) -> float:
    return float(np.mean((questions @ answers.T).argmax(axis=1) == np.array(owners)))


def test_questions_come_nearer_to_what_answers_them(
    learned: tuple[Projection, list[Passage], MemorySentenceVectors, Path],
) -> None:
    projection, passages, held, _ = learned
    rows = held.get([one.id for one in passages])
    questions = np.concatenate([rows[one.id][3:] for one in passages])
    answers = np.array([rows[one.id][1] for one in passages])
    owners = [number for number in range(SECTIONS) for _ in range(QUESTIONS)]
    before = right(questions, answers, owners)
    after = right(projection.questions(questions), projection.answers(answers), owners)
    assert before < 0.3
    assert after > 0.9


def test_what_was_learned_is_kept_and_taken_up_again(
    learned: tuple[Projection, list[Passage], MemorySentenceVectors, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    projection, passages, held, cache = learned
    monkeypatch.setattr(torch_projection, "_learn", lambda examples: pytest.fail("it was learned again"))
    again = LearnedProjections(cache, "a model")(passages, held)
    assert again
    assert np.array_equal(again.questions.matrix, projection.questions.matrix)
    assert np.array_equal(again.answers.mean, projection.answers.mean)


@pytest.mark.parametrize("damage", [b"", b"PK\x03\x04 cut short"])
def test_a_damaged_file_is_learned_anew(
    learned: tuple[Projection, list[Passage], MemorySentenceVectors, Path], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, damage: bytes
) -> None:
    projection, passages, held, cache = learned
    (kept,) = cache.glob("projection-*.npz")
    (tmp_path / kept.name).write_bytes(damage)
    monkeypatch.setattr(torch_projection, "_learn", lambda examples: projection)
    again = LearnedProjections(tmp_path, "a model")(passages, held)
    assert again
    assert (tmp_path / kept.name).stat().st_size > 1000


def test_another_model_or_other_questions_learn_anew_and_leave_one_file(
    learned: tuple[Projection, list[Passage], MemorySentenceVectors, Path], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    projection, passages, held, _ = learned
    times: list[int] = []

    def learn(examples: object) -> Projection:
        times.append(1)
        return projection

    monkeypatch.setattr(torch_projection, "_learn", learn)
    LearnedProjections(tmp_path, "a model")(passages, held)
    LearnedProjections(tmp_path, "another model")(passages, held)
    LearnedProjections(tmp_path, "another model")(passages[:-1], held)
    assert len(times) == 3
    assert len(list(tmp_path.iterdir())) == 1


def test_few_questions_teach_nothing(tmp_path: Path) -> None:
    passages, held = corpus()
    assert LearnedProjections(tmp_path, "a model")(passages[:10], held) is None
    assert LearnedProjections(tmp_path, "a model")([], held) is None
