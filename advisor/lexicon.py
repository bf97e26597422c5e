"""The words artisans use for products, markets and trade matters, in four spellings, and what they mean in written French and Arabic."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml
from rapidfuzz import fuzz, process

from advisor.arabizi import spelling_key
from advisor.errors import ConfigurationError
from advisor.normalisation import is_arabic, stem, words
from advisor.types import Variety

# What a document for everybody carries as its markets and products.
HOME, WORLD, ALL_PRODUCTS = "MA", "WORLD", "all"
_FUZZY_SCORE = 86.0  # of 100, by rapidfuzz: lets one slip through in a word of seven letters
_FUZZY_LETTERS = 5
_ARABIC_PREFIXES = ("وال", "بال", "فال", "كال", "دال", "عال", "لل", "ال", "و", "ف", "ب", "ل", "ك", "د", "م", "ع")
_LATIN_PREFIXES = ("lel", "del", "fel", "bel", "mel", "wel", "bl", "fl", "dl", "ml", "el", "al", "l", "d", "b", "f", "w", "m")


@dataclass(frozen=True, slots=True)
class Term:
    """One thing that can be meant. `kind` is "product", "family", "market" or the glossary's own kind (action, document, …)."""

    kind: str
    id: str
    french: tuple[str, ...]
    arabic: tuple[str, ...]
    within: tuple[str, ...] = ()  # the larger market a market belongs to, the products of a family

    @property
    def is_grammar(self) -> bool:
        """Articles and prepositions, which are not worth a word of another language."""
        return self.kind == "grammar"

    @property
    def says_nothing(self) -> bool:
        """Whether it says nothing of the subject: how much, without, always."""
        return self.kind in ("grammar", "connector", "question")


@dataclass(frozen=True, slots=True)
class Match:
    """Words [start:end] of a question and the terms they may stand for (several when ambiguous). `certainty` is in (0, 1]."""

    start: int
    end: int
    terms: tuple[Term, ...]
    certainty: float


_EXPRESSION = Term("connector", "expression", (), ())


class Lexicon:
    """Finds terms in the words of a question: as written, by stem, by Arabizi spelling, with attached prefixes, or nearly so."""

    def __init__(
        self,
        entries: Iterable[tuple[Term, Sequence[str], Sequence[str]]],
        false_friends: Iterable[str] = (),
        expressions: Iterable[str] = (),
    ) -> None:
        """Each entry is a term, its names in written French or Arabic, and its names in Darija (either script).

        `false_friends` are ordinary words that look like a name: they are taken for one only when written exactly so.
        `expressions` are fixed ones whose words are names elsewhere ("tableau de bord"): they stand for nothing.
        """
        self._false_friends = frozenset(false_friends)
        self._exact: dict[tuple[str, ...], list[Term]] = defaultdict(list)
        self._stems: dict[tuple[str, ...], list[Term]] = defaultdict(list)
        self._keys: dict[tuple[str, ...], list[Term]] = defaultdict(list)
        self._terms: dict[str, Term] = {}
        self._longest_from: dict[str, int] = {}  # words of the longest name that starts with a word, its stem or its spelling key
        for term, written, spoken in entries:
            self._terms[term.id] = term
            for name in written:
                self._add(term, tuple(words(name)), latin_darija=False)
            for name in spoken:
                self._add(term, tuple(words(name)), latin_darija=True)

        for fixed in (tuple(words(expression)) for expression in expressions):
            if fixed not in self._exact:
                self._exact[fixed] = [_EXPRESSION]
                self._longest_from[fixed[0]] = max(len(fixed), self._longest_from.get(fixed[0], 0))

    def _add(self, term: Term, name: tuple[str, ...], latin_darija: bool) -> None:
        if not name:
            return
        tables = [(self._exact, name), (self._stems, tuple(map(stem, name)))]
        if latin_darija and not any(map(is_arabic, name)):
            tables = [(self._exact, name), (self._keys, tuple(map(spelling_key, name)))]
        for table, key in tables:
            self._longest_from[key[0]] = max(len(key), self._longest_from.get(key[0], 0))
            if term not in table[key]:
                table[key].append(term)

    def terms(self, ids: Iterable[str]) -> list[Term]:
        """The terms with these ids, those it has."""
        return [self._terms[one] for one in ids if one in self._terms]

    @cached_property
    def _fuzzy_names(self) -> dict[bool, list[str]]:
        """Single-word names long enough to be matched with a slip, by script (True: Arabic); Latin ones as spelling keys too."""
        single = [key[0] for table in (self._exact, self._keys) for key in table if len(key) == 1 and len(key[0]) >= _FUZZY_LETTERS]
        return {script: sorted({name for name in single if is_arabic(name) is script}) for script in (True, False)}

    def find(self, question_words: Sequence[str], variety: Variety, slips: bool = True) -> list[Match]:
        """The terms of a question from left to right, longest names first; no word is used twice. `slips`: also names nearly so spelled."""
        found: list[Match] = []
        position = 0
        while position < len(question_words):
            match = self._longest_at(question_words, position, variety, slips)
            if match:
                found.append(match)
            position = match.end if match else position + 1
        return found

    def _longest_at(self, question_words: Sequence[str], start: int, variety: Variety, slips: bool) -> Match | None:
        for size in range(min(self._longest_at_most(question_words[start], variety), len(question_words) - start), 0, -1):
            name = tuple(question_words[start : start + size])
            terms, certainty = self._look_up(name, variety, slips)
            if terms:
                return Match(start, start + size, tuple(terms), certainty)
        return None

    def _longest_at_most(self, word: str, variety: Variety) -> int:
        """How many words a name can have that starts with `word`, however it is read."""
        latin_darija = _is_latin_darija(word, variety)
        firsts = {reading for (reading,), _ in _readings((word,), latin_darija)}
        keys = {*firsts, *map(stem, firsts), *(map(spelling_key, firsts) if latin_darija else ())}
        return max((self._longest_from.get(key, 1) for key in keys), default=1)

    def _look_up(self, name: tuple[str, ...], variety: Variety, slips: bool) -> tuple[list[Term], float]:
        latin_darija = _is_latin_darija(" ".join(name), variety)
        if name[0] in self._false_friends:
            return (list(self._exact.get(name, ())), 1.0)
        for candidate, certainty in _readings(name, latin_darija):
            if terms := self._exact.get(candidate):
                return terms, certainty
        for candidate, certainty in _readings(name, latin_darija):
            table, key = (self._keys, spelling_key) if latin_darija else (self._stems, stem)
            keyed = tuple(map(key, candidate))
            if (terms := table.get(keyed)) and (not latin_darija or len("".join(keyed)) > 2):
                return terms, certainty * 0.95
        if latin_darija and (terms := self._stems.get(tuple(map(stem, name)))):
            return terms, 0.9
        return self._nearly(name[0], latin_darija) if slips and len(name) == 1 else ([], 0.0)

    def _nearly(self, word: str, latin_darija: bool) -> tuple[list[Term], float]:
        if len(word) < _FUZZY_LETTERS or word[0].isdigit():
            return [], 0.0
        names = self._fuzzy_names[is_arabic(word)]
        for spelled in (word, spelling_key(word)) if latin_darija else (word,):
            if len(spelled) < _FUZZY_LETTERS:
                continue
            best = process.extractOne(spelled, names, scorer=fuzz.ratio, score_cutoff=_FUZZY_SCORE)
            if best:
                terms = self._exact.get((best[0],)) or self._keys.get((best[0],)) or []
                return list(terms), best[1] / 100 * 0.9
        return [], 0.0


def _is_latin_darija(text: str, variety: Variety) -> bool:
    return variety in (Variety.ARABIZI, Variety.MIXED) and not is_arabic(text)


def _readings(name: tuple[str, ...], latin_darija: bool) -> list[tuple[tuple[str, ...], float]]:
    """The name as written, then without an article or preposition stuck to its first word."""
    first, rest = name[0], name[1:]
    readings = [(name, 1.0)]
    prefixes: tuple[str, ...] = ()
    if is_arabic(first):
        prefixes = _ARABIC_PREFIXES
    elif latin_darija:
        prefixes = _LATIN_PREFIXES
    readings += [((first[len(prefix) :], *rest), 0.97) for prefix in prefixes if first.startswith(prefix) and len(first) >= len(prefix) + 3]
    if is_arabic(first):
        readings += [((f"ال{first}", *rest), 0.97)]
    return readings


def read_lexicon(folder: Path) -> Lexicon:
    """The lexicon of `corpus/tables`: glossary, products with their further names, markets. Raises ConfigurationError if one is broken."""
    glossary, products, names, markets = (load_table(folder, name) for name in ("glossary", "products", "product_names", "markets"))
    further = names.get("products", names)
    entries = [
        *(_glossary_entry(row) for row in glossary),
        *(_product_entry(row, further.get(row["id"], {})) for row in products),
        *(_family_entry(row) for row in names.get("families", [])),
        *(_market_entry(row) for row in markets),
    ]
    friends = load_table(folder, "false_friends")
    return Lexicon(entries, [*friends["arabic"], *friends["latin"]], friends["expressions"])


def load_table(folder: Path, name: str) -> Any:
    """The content of `corpus/tables/<name>.yaml`. Raises ConfigurationError if it cannot be read."""
    path = folder / f"{name}.yaml"
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except (OSError, yaml.YAMLError) as error:
        raise ConfigurationError(f"The table {path} cannot be read: {error}") from error


_Entry = tuple[Term, list[str], list[str]]


def _glossary_entry(row: dict[str, Any]) -> _Entry:
    term = Term(row["kind"], row["id"], tuple(row.get("fr", ())), tuple(row.get("ar", ())))
    return term, [*term.french, *term.arabic], [*row.get("darija", ()), *row.get("arabizi", ())]


def _product_entry(row: dict[str, Any], further: dict[str, list[str]]) -> _Entry:
    term = Term("product", row["id"], (row["fr"],), (row["ar"],))
    written = [row["fr"], row["ar"], row["en"], *row.get("synonyms_fr", ()), *row.get("synonyms_ar", ())]
    written += [name for key in ("fr", "ar", "other") for name in further.get(key, ())]
    spoken = [row["darija_ar"], *row.get("arabizi", ()), *further.get("darija", ()), *further.get("arabizi", ())]
    return term, written, spoken


def _family_entry(row: dict[str, Any]) -> _Entry:
    term = Term("family", row["id"], tuple(row["fr"]), tuple(row["ar"]), tuple(row["products"]))
    written = [*term.french, *term.arabic, *row.get("other", ())]
    return term, written, [*row.get("darija", ()), *row.get("arabizi", ())]


def _market_entry(row: dict[str, Any]) -> _Entry:
    term = Term("market", row["id"], tuple(row["fr"]), tuple(row["ar"]), tuple(row.get("within", ())))
    return term, [*term.french, *term.arabic], [*row.get("darija", ()), *row.get("arabizi", ())]
