"""Whether a question is of the kind that the guides answer, judged by its words alone."""

from __future__ import annotations

from collections.abc import Sequence

from advisor.lexicon import Lexicon
from advisor.ports import TextClassifier
from advisor.routing import route_features
from advisor.types import Variety

ANSWERABLE, UNANSWERABLE = "answerable", "unanswerable"
_AMBIGUOUS = 2  # terms a word may stand for: one of more says little


def answerability_features(question_words: Sequence[str], variety: Variety, lexicon: Lexicon) -> list[str]:
    """The words, and what they name in whatever language: the US and nickel are the same in all."""
    matches = lexicon.find(question_words, variety, slips=False)
    named = {term.id for match in matches if len(match.terms) <= _AMBIGUOUS for term in match.terms if term.kind not in _SAYS_NOTHING}
    return [*route_features(question_words), *(f"t:{one}" for one in sorted(named) for _ in range(2))]


_SAYS_NOTHING = ("grammar", "connector")


class Answerability:
    """Judges with a classifier that learned from questions the guides answer and questions they do not."""

    def __init__(self, classifier: TextClassifier | None, lexicon: Lexicon) -> None:
        """Without a classifier, for documents that no questions are expected of, nothing is said of any question."""
        self._classifier = classifier
        self._lexicon = lexicon

    def of(self, question_words: Sequence[str], variety: Variety) -> float:
        """Above 0 for a question, given by its normalised words, that looks like one the guides answer, below it for another."""
        if self._classifier is None:
            return 0.0
        (margins,) = self._classifier.margins([answerability_features(question_words, variety, self._lexicon)])
        return margins[ANSWERABLE] - margins[UNANSWERABLE]
