"""What a question is about: its topics, by the glossary's terms it uses and by what was learned from example questions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from advisor.errors import ConfigurationError
from advisor.language import is_function_word
from advisor.lexicon import Match, load_table
from advisor.ports import TextClassifier
from advisor.routing import route_features

_TOGETHER = 1.5  # what terms used together weigh, against 1.0 for one term
_TERMS = 0.5  # what the strongest terms add to the margin that was learned
_NAMES = ("product", "family", "market")
_NEARLY = 0.35  # below the strongest topic: a second one this near is one too


@dataclass(frozen=True, slots=True)
class Topic:
    """`terms` are ids of the glossary; `together` are terms that speak for it when all are used; `needs` is "product", "market"."""

    id: str
    french: str
    arabic: str
    terms: frozenset[str]
    together: tuple[frozenset[str], ...]
    needs: frozenset[str]
    concerns: frozenset[str]


class Topics:
    """Tells the topics of a question."""

    def __init__(self, topics: Sequence[Topic], classifier: TextClassifier) -> None:
        """`classifier` learned from `route_features` of questions with their topics."""
        self._classifier = classifier
        self.by_id = {topic.id: topic for topic in topics}
        self._of_term: dict[str, list[str]] = defaultdict(list)
        for topic in topics:
            for term in topic.terms:
                self._of_term[term].append(topic.id)

    def of(self, matches: Sequence[Match], question_words: Sequence[str]) -> tuple[str, ...]:
        """Ids, strongest first; none where neither a term nor what was learned speaks for any."""
        weights = self._by_terms(matches)
        strongest = max(weights.values(), default=0.0)
        (margins,) = self._classifier.margins([route_features(question_words)])
        if not strongest and (max(margins.values()) < 0 or _only_names(matches, question_words)):
            return ()
        scores = {one: margins.get(one, -1.0) + (_TERMS * weights[one] / strongest if strongest else 0.0) for one in self.by_id}
        best = max(scores.values())
        return tuple(sorted((one for one in scores if scores[one] >= best - _NEARLY), key=lambda one: -scores[one]))

    def _by_terms(self, matches: Iterable[Match]) -> dict[str, float]:
        """A weight for each topic; a longer name speaks louder, and terms used together louder than alone."""
        weights: dict[str, float] = defaultdict(float)
        used: set[str] = set()
        for match in matches:
            ids = {topic for term in match.terms for topic in self._of_term.get(term.id, ())}
            used.update(term.id for term in match.terms)
            for one in ids:
                weights[one] += match.certainty * (match.end - match.start) ** 0.5 / len(ids)
        for topic in self.by_id.values():
            weights[topic.id] += _TOGETHER * sum(some <= used for some in topic.together)
        return weights

    def needs(self, topics: Iterable[str]) -> frozenset[str]:
        """What a question about these topics cannot do without: "product", "market"."""
        return frozenset().union(*(self.by_id[topic].needs for topic in topics))

    def concerns(self, topics: Iterable[str]) -> frozenset[str]:
        """What the answer may depend on, and a follow-up therefore takes over: "product", "market"."""
        return frozenset().union(*(self.by_id[topic].concerns for topic in topics))


def _only_names(matches: Iterable[Match], question_words: Sequence[str]) -> bool:
    """Whether the words name products and markets and nothing else: "et le Canada ?"."""
    names = {
        position for match in matches if any(term.kind in _NAMES for term in match.terms) for position in range(match.start, match.end)
    }
    return all(position in names or is_function_word(word) for position, word in enumerate(question_words))


def read_topics(tables: Path, classifier: TextClassifier) -> Topics:
    """Raises ConfigurationError if the table cannot be read or names a term twice or unknown to the glossary."""
    known = {row["id"] for row in load_table(tables, "glossary")}
    topics = [
        Topic(
            row["id"],
            row["fr"],
            row["ar"],
            frozenset(row["terms"]),
            tuple(frozenset(some) for some in row.get("together", ())),
            frozenset(row.get("needs", ())),
            frozenset(row.get("concerns", ())),
        )
        for row in load_table(tables, "topics")
    ]
    if unknown := sorted({term for topic in topics for term in topic.terms.union(*topic.together)} - known):
        raise ConfigurationError(f"topics.yaml names terms that glossary.yaml does not have: {', '.join(unknown)}")
    return Topics(topics, classifier)
