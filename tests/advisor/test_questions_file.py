"""Files of expected questions."""

from __future__ import annotations

from pathlib import Path

import pytest

from advisor.errors import ConfigurationError
from advisor.questions_file import FiledQuestion, read_questions_file
from advisor.types import Variety

TEXT = """
- heading: "Combien de douane ?"
  topics: [duty]
  lines:
    0:
      fr:
      - "combien je paie"
      arabizi:
      - "ch7al nkhelles"
    2:
      topics: [origin, duty]
      msa:
      - "كم أؤدي؟"
- heading: "Sans question"
  lines: {}
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "x.questions.yaml"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_each_question_has_its_line_variety_and_topics(path: Path) -> None:
    first, second = read_questions_file(path)
    assert first.heading == "Combien de douane ?"
    assert first.questions == (
        FiledQuestion("combien je paie", 0, Variety.FR, ("duty",)),
        FiledQuestion("ch7al nkhelles", 0, Variety.ARABIZI, ("duty",)),
        FiledQuestion("كم أؤدي؟", 2, Variety.MSA, ("origin", "duty")),
    )
    assert second.questions == ()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "just words",
        "- heading: x",
        "- heading: x\n  topics: [duty]\n  lines: {0: [no variety]}",
        "- heading: x\n  topics: [duty]\n  lines: {first: {fr: [y]}}",
        "- heading: x\n  topics: [duty]\n  lines: {0: {klingon: [y]}}",
        "- heading: x\n  lines: {0: {fr: [a question without topics]}}",
        "- [unclosed",
    ],
)
def test_another_shape_is_an_error_that_names_the_file(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigurationError, match=r"x\.questions\.yaml"):
        read_questions_file(path)


def test_a_missing_file_is_an_error_too(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="none"):
        read_questions_file(tmp_path / "none.questions.yaml")
