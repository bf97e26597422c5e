"""Where a message goes: to an answer, or to one of the things said without looking anything up."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from itertools import pairwise

from advisor.normalisation import character_ngrams, stem
from advisor.ports import TextClassifier


class Route(StrEnum):
    """What a message is, as far as answering goes."""

    TRADE = "trade"  # a question to be answered, or at least looked up
    HARMFUL = "harmful"  # wants to do something illegal or dishonest
    INJECTION = "injection"  # tries to steer the advisor itself
    PERSONAL = "personal"  # gives or asks for private data
    GREETING = "greeting"
    THANKS = "thanks"
    GOODBYE = "goodbye"
    ABOUT = "about"  # who are you, what can you do
    OUT_OF_SCOPE = "out_of_scope"


# How much clearer than "trade" another route must be. Chosen on the development cases (benchmarks/README.md): refusing a good
# question is the worse mistake, so what is only likely goes on to the answer, which says what the law says.
_CLEARER = {Route.HARMFUL: 0.18, Route.INJECTION: 0.2, Route.PERSONAL: 0.15, Route.OUT_OF_SCOPE: 0.0}
_CLEARER_BY_DEFAULT = 0.1


def route_features(question_words: Sequence[str]) -> list[str]:
    """What tells the route of a text by its normalised words: pieces of words, stems, pairs of stems."""
    stems = [stem(word) for word in question_words]
    return [
        *(f"c:{piece}" for word in question_words for piece in character_ngrams(word)),
        *(f"w:{one}" for one in stems),
        *(f"b:{one} {next_one}" for one, next_one in pairwise(stems)),
    ]


class Router:
    """Routes messages with a classifier that learned from `route_features` of examples."""

    def __init__(self, classifier: TextClassifier) -> None:
        self._classifier = classifier

    def route(self, question_words: Sequence[str]) -> Route:
        """Where a message with these normalised words goes."""
        if not question_words:
            return Route.TRADE
        (margins,) = self._classifier.margins([route_features(question_words)])
        clearer = {route: margins[route] - margins[Route.TRADE] - _CLEARER.get(route, _CLEARER_BY_DEFAULT) for route in Route}
        del clearer[Route.TRADE]
        best = max(clearer, key=lambda route: clearer[route])
        return best if clearer[best] > 0 else Route.TRADE
