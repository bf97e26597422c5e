"""What a section is about: the markets its heading names, beside the markets and products its document is for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from advisor.language import language_of_text
from advisor.lexicon import ALL_PRODUCTS, HOME, WORLD, Lexicon
from advisor.normalisation import words
from advisor.types import Document, Language, Passage, Understood, Variety


@dataclass(frozen=True, slots=True)
class Subject:
    """Ids of markets and products; Morocco, the world and "all" name none."""

    heading_markets: frozenset[str]
    markets: frozenset[str]
    products: frozenset[str]

    def market_conflict(self, asked: Understood) -> bool:
        """Whether the question names markets and the section is about others. France is also the EU, but the EU is not Canada."""
        about = self.heading_markets or self.markets
        return bool(asked.market_scope and about) and not asked.market_scope & about

    def product_conflict(self, asked: Understood) -> bool:
        """Whether the question names products and the document is for others."""
        return bool(asked.product_scope and self.products) and not asked.product_scope & self.products

    def market_unasked(self, asked: Understood) -> bool:
        """Whether the heading names a market and the question none."""
        return bool(self.heading_markets) and not asked.market_scope


def markets_named(text: str, language: Language, lexicon: Lexicon) -> frozenset[str]:
    """The ids of the markets that a text names, besides Morocco and the world."""
    variety = Variety.FR if language is Language.FR else Variety.MSA
    terms = (term for match in lexicon.find(words(text), variety, slips=False) for term in match.terms)
    return frozenset(term.id for term in terms if term.kind == "market" and term.id not in (HOME, WORLD))


def subject_of(passages: Sequence[Passage], document: Document, named: Callable[[str, Language], frozenset[str]]) -> Subject:
    """The subject of a section, from its heading (read in French where it has both languages) and its document.

    `named` gives the markets that a text in a language names (see `markets_named`).
    """
    passage = next((one for one in passages if one.language is Language.FR), passages[0])
    return Subject(
        heading_markets=named(passage.section, language_of_text(passage.section)),
        markets=frozenset() if WORLD in document.markets else frozenset(document.markets) - {HOME},
        products=frozenset() if ALL_PRODUCTS in document.products else frozenset(document.products),
    )
