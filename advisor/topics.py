"""What a question is about: its topics, read off the glossary's terms it uses."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from advisor.errors import ConfigurationError
from advisor.lexicon import Match, load_table

_TOGETHER = 1.5  # what terms used together weigh, against 1.0 for one term
_NEARLY = 0.75  # of the strongest topic's weight: a second topic this strong is one too


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

    def __init__(self, topics: Sequence[Topic]) -> None:
        self.by_id = {topic.id: topic for topic in topics}
        self._of_term: dict[str, list[str]] = defaultdict(list)
        for topic in topics:
            for term in topic.terms:
                self._of_term[term].append(topic.id)

    def of(self, matches: Iterable[Match]) -> tuple[str, ...]:
        """Ids, strongest first; a longer name speaks louder, and terms used together louder than alone."""
        weights: dict[str, float] = defaultdict(float)
        used: set[str] = set()
        for match in matches:
            ids = {topic for term in match.terms for topic in self._of_term.get(term.id, ())}
            used.update(term.id for term in match.terms)
            for one in ids:
                weights[one] += match.certainty * (match.end - match.start) ** 0.5 / len(ids)
        for topic in self.by_id.values():
            weights[topic.id] += _TOGETHER * sum(some <= used for some in topic.together)
        strongest = max(weights.values(), default=0.0)
        named = [one for one, weight in weights.items() if weight and weight >= _NEARLY * strongest]
        return tuple(sorted(named, key=lambda one: -weights[one]))

    def needs(self, topics: Iterable[str]) -> frozenset[str]:
        """What a question about these topics cannot do without: "product", "market"."""
        return frozenset().union(*(self.by_id[topic].needs for topic in topics))

    def concerns(self, topics: Iterable[str]) -> frozenset[str]:
        """What the answer may depend on, and a follow-up therefore takes over: "product", "market"."""
        return frozenset().union(*(self.by_id[topic].concerns for topic in topics))


def read_topics(tables: Path) -> Topics:
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
    return Topics(topics)
