"""Reads the questions people are expected to ask of a document: `<name>.questions.yaml` beside `<name>.fr.md` and `<name>.ar.md`.

    - heading: "the French heading of the first section"
      lines:
        0: {fr: ["…"], msa: ["…"], ary: ["…"], arabizi: ["…"]}

A line is a paragraph, list item or table row of the section, counted from 0. French questions go with the French document, those in
Arabic and Darija with the Arabic one.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from advisor.errors import UnreadableDocument
from advisor.language import answer_language
from advisor.types import ExpectedQuestion, Language, Variety

SUFFIX = ".questions.yaml"


def expected_questions(document: Path, language: Language) -> list[tuple[ExpectedQuestion, ...]]:
    """The questions for each section of a document, in the order of its sections; [] without a file of them.

    Raises UnreadableDocument if the file is not as described above.
    """
    path = questions_file(document, language)
    if not path.is_file():
        return []
    try:
        return [
            tuple(
                ExpectedQuestion(text, line) for line, variety, text in questions_of_section(section) if answer_language(variety) is language
            )
            for section in load_sections(path)
        ]
    except (TypeError, KeyError, AttributeError, ValueError, yaml.YAMLError) as error:
        raise UnreadableDocument(f"{path.name} is not a list of sections with questions ({error})") from error


def questions_file(document: Path, language: Language) -> Path:
    """Where the questions of a document are: `x.questions.yaml` for `x.fr.md`, `x.ar.md` and `x.pdf`."""
    return document.with_name(document.name.removesuffix(document.suffix).removesuffix(f".{language}") + SUFFIX)


def load_sections(path: Path) -> list[dict[str, Any]]:
    sections: list[dict[str, Any]] = yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return sections


def questions_of_section(section: dict[str, Any]) -> Iterator[tuple[int, Variety, str]]:
    """Line, variety and text of each question of a section."""
    for line, varieties in section["lines"].items():
        for variety, texts in varieties.items():
            yield from ((int(line), Variety(variety), str(text)) for text in texts)
