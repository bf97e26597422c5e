"""Whether a question is of the kind that the guides answer, judged by its words alone."""

from __future__ import annotations

from collections.abc import Sequence

from advisor.ports import TextClassifier
from advisor.routing import route_features

ANSWERABLE, UNANSWERABLE = "answerable", "unanswerable"


class Answerability:
    """Judges with a classifier that learned from questions the guides answer and questions they do not."""

    def __init__(self, classifier: TextClassifier) -> None:
        self._classifier = classifier

    def of(self, question_words: Sequence[str]) -> float:
        """Above 0 for a question, given by its normalised words, that looks like one the guides answer, below it for another."""
        (margins,) = self._classifier.margins([route_features(question_words)])
        return margins[ANSWERABLE] - margins[UNANSWERABLE]
