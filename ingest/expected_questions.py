"""Gives a document's sections the questions that are expected of them."""

from __future__ import annotations

from pathlib import Path

from advisor.errors import ConfigurationError, UnreadableDocument
from advisor.language import answer_language
from advisor.questions_file import SUFFIX, read_questions_file
from advisor.types import ExpectedQuestion, Language


def expected_questions(document: Path, language: Language) -> list[tuple[ExpectedQuestion, ...]]:
    """The questions for each section of a document, in the order of its sections; [] without a file of them.

    French questions go with the French document, those in Arabic and Darija with the Arabic one. Raises UnreadableDocument if the file
    is not as it should be.
    """
    path = questions_file(document, language)
    if not path.is_file():
        return []
    try:
        sections = read_questions_file(path)
    except ConfigurationError as error:
        raise UnreadableDocument(str(error)) from error
    return [
        tuple(ExpectedQuestion(one.text, one.line) for one in section.questions if answer_language(one.variety) is language)
        for section in sections
    ]


def questions_file(document: Path, language: Language) -> Path:
    """Where the questions of a document are: `x.questions.yaml` for `x.fr.md`, `x.ar.md` and `x.pdf`."""
    return document.with_name(document.name.removesuffix(document.suffix).removesuffix(f".{language}") + SUFFIX)
