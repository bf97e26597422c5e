"""From a question as typed to what it asks: language, products, markets, and the texts to search with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from advisor.arabizi import to_arabic_letters
from advisor.language import VarietyDetector, answer_language, asks_for_french, is_function_word
from advisor.lexicon import HOME, WORLD, Lexicon, Match, Term
from advisor.normalisation import is_arabic, stem, words
from advisor.topics import Topics
from advisor.types import Language, Understood, Variety

_EXPANSIONS = 3  # written words taken for one Darija word
_UNKNOWN_DARIJA = 0.3


@dataclass(frozen=True, slots=True)
class Concept:
    """One thing a question names. `names` are its names in either language, each as the stems of its words.

    `known` is False for a word no table holds. `weight` is how much it says of the subject: 0.0 for a question word.
    """

    names: frozenset[frozenset[str]]
    known: bool
    weight: float
    is_market: bool = False


_NOT = frozenset("pas non machi mchi mashi ماشي ليس ليست وليس وليست مش not".split())
_NEW_SUBJECT = "new-subject"  # the glossary's entry for "another question"


@dataclass(frozen=True, slots=True)
class Reading:
    """What a message says by itself. `new_subject` tells that it leaves what was spoken of before."""

    words: tuple[str, ...]
    variety: Variety
    matches: tuple[Match, ...]
    topics: tuple[str, ...]

    @property
    def new_subject(self) -> bool:
        return any(term.id == _NEW_SUBJECT for match in self.matches for term in match.terms)

    @property
    def at_home(self) -> bool:
        """Whether it names Morocco or a place there."""
        return any(term.id == HOME for match in self.matches for term in match.terms)

    def terms(self, *kinds: str) -> list[Term]:
        """The terms of some kinds, in order, each once; of markets, those abroad."""
        found = (term for match in self.matches for term in match.terms if term.kind in kinds)
        return list(dict.fromkeys(term for term in found if term.id not in (HOME, WORLD)))


class Understanding:
    """Reads questions with a lexicon, what tells their variety, and what tells their topics."""

    def __init__(self, lexicon: Lexicon, varieties: VarietyDetector, topics: Topics) -> None:
        self.lexicon = lexicon
        self.topics = topics
        self.varieties = varieties

    def read(self, message: str) -> Reading:
        """What `message` names, without "not France" where it names another market too."""
        message_words = words(message)
        variety = self.varieties.variety_of(message_words)
        matches = _affirmed(self.lexicon.find(message_words, variety), message_words)
        return Reading(tuple(message_words), variety, tuple(matches), self.topics.of(matches, message_words))

    def language_of(self, read: Reading) -> Language:
        """The language that answers a message: its own, written Arabic for Darija."""
        return answer_language(read.variety, read.words)

    def understand(self, question: str, language: Language | None = None) -> tuple[Understood, list[Concept]]:
        """What `question` asks, to be answered in `language` (by default the question's own), and the concepts it names."""
        read = self.read(question)
        if language is None:
            language = Language.FR if asks_for_french(question) else self.language_of(read)
        matches = list(read.matches)
        understood = Understood(
            question=question,
            language=language,
            variety=read.variety,
            products=_ids(matches, "product", "family"),
            markets=_ids(matches, "market"),
            topics=read.topics,
            market_scope=_scope(matches, "market"),
            product_scope=_scope(matches, "product") | _scope(matches, "family"),
            forms=_forms(question, list(read.words), matches, read.variety),
        )
        return understood, _concepts(list(read.words), matches, read.variety)


def _affirmed(matches: list[Match], message_words: Sequence[str]) -> list[Match]:
    """The matches without products and markets that are named only to say which are not meant."""

    def kind(match: Match) -> str:
        kinds = {term.kind for term in match.terms}
        return "market" if "market" in kinds else "product" if kinds & {"product", "family"} else ""

    denied = [match for match in matches if kind(match) and _NOT & set(message_words[max(0, match.start - 2) : match.start])]
    others = {kind(match) for match in matches if match not in denied}
    return [match for match in matches if match not in denied or kind(match) not in others]


def _ids(matches: list[Match], *kinds: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(term.id for match in matches for term in match.terms if term.kind in kinds))


def _scope(matches: list[Match], kind: str) -> frozenset[str]:
    """The ids of the terms of a kind and of what they stand in: a market's larger markets, a family's products."""
    terms = [term for match in matches for term in match.terms if term.kind == kind and term.id not in (HOME, WORLD)]
    return frozenset(one for term in terms for one in (term.id, *term.within))


def _forms(question: str, question_words: list[str], matches: list[Match], variety: Variety) -> tuple[str, ...]:
    """The question itself, and for Darija its rendering in written Arabic and in French key words."""
    if variety in (Variety.MSA, Variety.FR, Variety.OTHER):
        return (question,)
    arabic = _rendering(question_words, matches, Language.AR, variety)
    french = _rendering(question_words, matches, Language.FR, variety)
    renderings = [form for form in (arabic, french) if form]
    # No model reads Arabizi as it stands; it helps only through the Latin words in it ("etsy", "portnet").
    return tuple(dict.fromkeys([*renderings, question] if variety is Variety.ARABIZI else [question, *renderings]))


def _rendering(question_words: list[str], matches: list[Match], language: Language, variety: Variety) -> str:
    starts = {match.start: match for match in matches}
    covered = {position for match in matches for position in range(match.start, match.end)}
    parts: list[str] = []
    for position, word in enumerate(question_words):
        if position in starts:
            parts += _written(starts[position].terms, language)
        elif position not in covered:
            if any(char.isdigit() for char in word) and word[0].isdigit() and word.replace(".", "").replace(",", "").isdigit():
                parts.append(word)
            elif language is Language.AR and variety is Variety.ARABIZI and len(word) > 2:
                parts.append(to_arabic_letters(word))
            elif is_arabic(word) is (language is Language.AR):
                parts.append(word)
    return " ".join(dict.fromkeys(parts))


def _written(terms: tuple[Term, ...], language: Language) -> list[str]:
    """The written words for terms; one word for a connector or where several terms may be meant."""
    written: list[str] = []
    for term in terms:
        if not term.is_grammar:
            names = term.arabic if language is Language.AR else term.french
            written += names[: 1 if term.says_nothing or len(terms) > 1 else _EXPANSIONS]
    return written


def _concepts(question_words: list[str], matches: list[Match], variety: Variety) -> list[Concept]:
    found = []
    covered: set[int] = set()
    for match in matches:
        covered.update(range(match.start, match.end))
        names = [question_words[match.start : match.end]]
        names += [words(name) for term in match.terms for name in (*term.french, *term.arabic)]
        says_nothing = all(term.says_nothing for term in match.terms)
        is_market = any(term.kind == "market" for term in match.terms)
        found.append(Concept(_stemmed(names), True, 0.0 if says_nothing else 1.0, is_market))
    # In Darija most words that no table holds are inflected verbs, which say little.
    unknown = _UNKNOWN_DARIJA if variety in (Variety.ARY, Variety.ARABIZI) else 1.0
    for position, word in enumerate(question_words):
        if position not in covered and len(word) > 2 and not is_function_word(word):
            readings = [[word], [to_arabic_letters(word)]] if variety is Variety.ARABIZI else [[word]]
            found.append(Concept(_stemmed(readings), False, unknown))
    return [concept for concept in found if concept.names]


def _stemmed(names: list[list[str]]) -> frozenset[frozenset[str]]:
    """Each name as the stems of its words that mean something; names without any are left out."""
    content = (frozenset(stem(word) for word in name if not is_function_word(word)) for name in names)
    return frozenset(filter(None, content))
