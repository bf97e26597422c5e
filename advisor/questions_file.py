"""Files of the questions people are expected to ask of a guide: `<name>.questions.yaml` beside `<name>.fr.md` and `<name>.ar.md`.

    - heading: "the French heading of the first section"
      topics: [duty]                # of its questions (corpus/tables/topics.yaml)
      lines:
        0: {fr: ["…"], msa: ["…"], ary: ["…"], arabizi: ["…"]}
        1: {topics: [origin], fr: ["…"]}

A line is a paragraph, list item or table row of the section, counted from 0.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from advisor.errors import ConfigurationError
from advisor.types import Variety

SUFFIX = ".questions.yaml"


@dataclass(frozen=True, slots=True)
class FiledQuestion:
    """A question as its file gives it."""

    text: str
    line: int
    variety: Variety
    topics: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FiledSection:
    """The questions of a section, which its French heading names."""

    heading: str
    questions: tuple[FiledQuestion, ...]


def read_questions_file(path: Path) -> list[FiledSection]:
    """The sections in order. Raises ConfigurationError if the file is not as described above."""
    try:
        rows = yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        return [FiledSection(str(row["heading"]), _questions(row)) for row in rows]
    except (OSError, TypeError, KeyError, AttributeError, ValueError, yaml.YAMLError) as error:
        raise ConfigurationError(f"{path.name} is not a list of sections with questions: {error}") from error


def _questions(row: dict[str, Any]) -> tuple[FiledQuestion, ...]:
    return tuple(
        FiledQuestion(str(text), int(line), Variety(name), tuple(some.get("topics") or row["topics"]))
        for line, some in row["lines"].items()
        for name, texts in some.items()
        if name != "topics"
        for text in texts
    )
