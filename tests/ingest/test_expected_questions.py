"""Questions beside documents become part of their passages."""

from __future__ import annotations

from pathlib import Path

import pytest

from advisor.errors import UnreadableDocument
from advisor.types import Language, Passage
from ingest.chunking import passages_of
from ingest.reading import find_files, read_document

GUIDE = """# ignored

## Combien ?

Un tapis paie 8 %.

- Un kilim paie 6 %. Un pouf paie 3 %.
- Un caftan paie 12 %.

## Quand ?

Dans 150 jours.
"""
QUESTIONS = """
- heading: "ignored"
  lines: {}
- heading: "Combien ?"
  topics: [duty]
  lines:
    0: {fr: ["combien pour mon tapis"], ary: ["شحال فالزربية"]}
    1: {arabizi: ["ch7al f kilim"], fr: ["et un kilim"]}
    9: {fr: ["une ligne qui n'existe pas"]}
- heading: "Quand ?"
  topics: [money]
  lines: {0: {fr: ["j'ai combien de jours"]}}
- heading: "Une section qui n'existe pas"
  topics: [money]
  lines: {0: {fr: ["perdue"]}}
"""


def passages(folder: Path, name: str, longest: int = 900) -> list[Passage]:
    document, reading = read_document(folder / name, folder, 10_000)
    return passages_of(document, reading, longest)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("g.fr.md", "g.ar.md"):
        (tmp_path / name).write_text(GUIDE, encoding="utf-8")
    (tmp_path / "g.questions.yaml").write_text(QUESTIONS, encoding="utf-8")
    return tmp_path


def asked(some: list[Passage]) -> list[list[tuple[str, int]]]:
    return [[(one.text, one.line) for one in passage.expected] for passage in some]


def test_french_questions_go_with_the_french_guide(folder: Path) -> None:
    assert asked(passages(folder, "g.fr.md")) == [[("combien pour mon tapis", 0), ("et un kilim", 1)], [("j'ai combien de jours", 0)]]


def test_those_in_arabic_and_darija_go_with_the_arabic_one(folder: Path) -> None:
    assert asked(passages(folder, "g.ar.md")) == [[("شحال فالزربية", 0), ("ch7al f kilim", 1)], []]


def test_sentences_know_their_line(folder: Path) -> None:
    (first, _) = passages(folder, "g.fr.md")
    assert [sentence.line for sentence in first.sentences] == [0, 1, 1, 2]


def test_a_section_cut_in_two_keeps_each_question_once_with_its_line(folder: Path) -> None:
    cut = passages(folder, "g.fr.md", longest=40)
    assert len(cut) > 2
    assert [text for some in asked(cut) for text, _ in some] == ["combien pour mon tapis", "et un kilim", "j'ai combien de jours"]
    assert all(one.line in {sentence.line for sentence in passage.sentences} for passage in cut for one in passage.expected)


def test_a_changed_question_makes_another_passage_and_leaves_the_others(folder: Path) -> None:
    before = [one.id for one in passages(folder, "g.fr.md")]
    (folder / "g.questions.yaml").write_text(QUESTIONS.replace("et un kilim", "et un hanbel"), encoding="utf-8")
    after = [one.id for one in passages(folder, "g.fr.md")]
    assert before[0] != after[0]
    assert before[1] == after[1]


def test_the_file_of_questions_is_no_document(folder: Path) -> None:
    assert {path.name for path in find_files(folder)} == {"g.fr.md", "g.ar.md"}


def test_a_broken_file_of_questions_is_named(folder: Path) -> None:
    (folder / "g.questions.yaml").write_text("- heading", encoding="utf-8")
    with pytest.raises(UnreadableDocument, match=r"g\.questions\.yaml"):
        passages(folder, "g.fr.md")


def test_a_document_of_another_kind_may_have_questions_too(tmp_path: Path) -> None:
    (tmp_path / "circulaire.txt").write_text("La foire ouvre en mars à Bruxelles.", encoding="utf-8")
    (tmp_path / "circulaire.questions.yaml").write_text(
        '- heading: ""\n  topics: [fairs]\n  lines: {0: {fr: ["c quand la foire"]}}\n', encoding="utf-8"
    )
    document, reading = read_document(tmp_path / "circulaire.txt", tmp_path, 10_000)
    assert document.language is Language.FR
    assert [one.text for one in passages_of(document, reading, 900)[0].expected] == ["c quand la foire"]
