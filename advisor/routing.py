"""Where a message goes: to an answer, or to one of the things said without looking anything up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from advisor.arabizi import to_arabic_letters
from advisor.normalisation import character_ngrams, is_arabic, stem
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


@dataclass(frozen=True, slots=True)
class Routed:
    """A route, and whether it is `certain` enough to go there without looking anything up."""

    route: Route
    certain: bool


# How much clearer than "trade" another route must be to be likely, and to be certain. Chosen on the development cases
# (benchmarks/README.md): refusing a good question is the worse mistake, so what is only likely is looked up all the same.
_LIKELY = {Route.HARMFUL: 0.22, Route.INJECTION: 0.2, Route.PERSONAL: 0.25, Route.OUT_OF_SCOPE: 0.05}
_LIKELY_BY_DEFAULT = 0.15
_CERTAIN = {Route.HARMFUL: 0.45, Route.OUT_OF_SCOPE: 10.0}  # what seems out of scope is always looked up: the documents may know better
_NEAR = 5  # words within which two make a pair


def route_features(question_words: Sequence[str]) -> list[str]:
    """What tells the route of a text by its normalised words: pieces of words, stems, pairs of stems in a row or nearly so.

    Words in Latin letters count in Arabic letters too: Darija is written in both.
    """
    stems = [stem(word) for word in question_words]
    letters = [to_arabic_letters(word) for word in question_words if not is_arabic(word)]
    return [
        *(f"c:{piece}" for word in (*question_words, *filter(None, letters)) for piece in character_ngrams(word)),
        *(f"w:{one}" for one in (*stems, *map(stem, filter(None, letters)))),
        *(f"b:{one} {next_one}" for one, next_one in pairwise(stems)),
        *(f"k:{one} {other}" for place, one in enumerate(stems) for other in stems[place + 2 : place + _NEAR]),
    ]


class Router:
    """Routes messages with a classifier that learned from `route_features` of examples."""

    def __init__(self, classifier: TextClassifier) -> None:
        self._classifier = classifier

    def route(self, question_words: Sequence[str]) -> Routed:
        """Where a message with these normalised words goes."""
        if not any(char.isalpha() for word in question_words for char in word):
            return Routed(Route.TRADE, True)
        (margins,) = self._classifier.margins([route_features(question_words)])
        clearer = {route: margins[route] - margins[Route.TRADE] for route in Route if route is not Route.TRADE}
        best = max(clearer, key=lambda route: clearer[route] - _LIKELY.get(route, _LIKELY_BY_DEFAULT))
        likely = _LIKELY.get(best, _LIKELY_BY_DEFAULT)
        if clearer[best] <= likely:
            return Routed(Route.TRADE, True)
        return Routed(best, clearer[best] > _CERTAIN.get(best, likely))
