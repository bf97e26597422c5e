"""Checks that guides rest on the register of facts.

What it holds: both languages, same sections, same sentences resting on the same facts; every cited fact exists; every number of a
sentence stands in a fact it cites; a sentence resting on an unverified fact says that it has to be checked; each section has questions
expected of it in every variety.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from advisor.errors import ConfigurationError
from advisor.numbers import numbers
from advisor.questions_file import SUFFIX, read_questions_file
from advisor.types import Variety
from ingest.cited_text import CitedSentence, cited_sentences
from ingest.facts import Fact, fact_numbers
from ingest.markdown import sections, split_front_matter
from ingest.sections import Section

LANGUAGES = ("fr", "ar")
_FRONT_KEYS = ("id", "title", "topic", "markets", "products", "verified_on", "review_by")
HEDGES = {
    "fr": re.compile(r"vérifi|confirm|renseign|assurez-vous|selon les cas|demandez", re.IGNORECASE),
    "ar": re.compile(r"تحقق|التأكد|تأكد|للتأكيد|التثبت|يستفسر|استفسر|اسأل"),
}
_UNCITED_SHARE = 1 / 5
_ASKED_IN = (Variety.FR, Variety.MSA, Variety.ARY, Variety.ARABIZI)


@dataclass(frozen=True, slots=True)
class Guide:
    """One guide in one language."""

    path: Path
    language: str
    front: dict[str, Any]
    sections: list[Section]

    def sentences(self, section: Section) -> list[CitedSentence]:
        return [sentence for block in section.blocks for sentence in cited_sentences(block.text)]


def read_guide(path: Path) -> Guide:
    front, body = split_front_matter(path.read_text(encoding="utf-8"))
    return Guide(path, path.suffixes[-2].lstrip("."), front, sections(body))


def guide_stems(folder: Path) -> list[Path]:
    """The guides below `folder`, as paths without `.fr.md`/`.ar.md`."""
    return sorted({path.with_suffix("").with_suffix("") for path in folder.rglob("*.??.md")})


def problems_of_guide(stem: Path, facts: dict[str, Fact]) -> list[str]:
    """What is wrong with the two files of a guide; an empty list when nothing is."""
    missing = [f"{stem.name}: {language}.md is missing" for language in LANGUAGES if not language_file(stem, language).exists()]
    if missing:
        return missing
    guides = [read_guide(language_file(stem, language)) for language in LANGUAGES]
    problems = [problem for guide in guides for problem in _problems_in_one_language(guide, facts, stem)]
    return [*problems, *_problems_between(*guides), *_problems_of_questions(stem, guides[0])]


def language_file(stem: Path, language: str) -> Path:
    return stem.parent / f"{stem.name}.{language}.md"


def _problems_in_one_language(guide: Guide, facts: dict[str, Fact], stem: Path) -> Iterable[str]:
    where = guide.path.name
    for key in _FRONT_KEYS:
        if not guide.front.get(key):
            yield f"{where}: front matter lacks {key}"
    if guide.front.get("id") != stem.name:
        yield f"{where}: id is not {stem.name}"
    if guide.front.get("topic") != stem.parent.name:
        yield f"{where}: topic is not its folder {stem.parent.name}"
    for key in ("verified_on", "review_by"):
        if not isinstance(guide.front.get(key), datetime.date):
            yield f"{where}: {key} is not a date"
    for section in guide.sections:
        place = f"{where} § {section.heading[:50]}"
        if not section.heading:
            yield f"{place}: text before the first heading"
        sentences = guide.sentences(section)
        uncited = [sentence for sentence in sentences if not sentence.fact_ids]
        if len(uncited) > max(1, len(sentences) * _UNCITED_SHARE):
            yield f"{place}: {len(uncited)} of {len(sentences)} sentences cite nothing"
        for sentence in sentences:
            yield from (f"{place}: {problem}" for problem in _problems_of_sentence(sentence, guide.language, facts))


def _problems_of_sentence(sentence: CitedSentence, language: str, facts: dict[str, Fact]) -> Iterable[str]:
    shown = f"« {sentence.text[:70]}… »"
    unknown = [fact_id for fact_id in sentence.fact_ids if fact_id not in facts]
    if unknown:
        yield f"unknown fact {', '.join(unknown)} at {shown}"
    cited = [facts[fact_id] for fact_id in sentence.fact_ids if fact_id in facts]
    known = {number for fact in cited for number in fact_numbers(fact)}
    for number in numbers(sentence.text):
        if not ({number, number.replace(".", "")} & known):
            yield f"the number {number} is in no cited fact at {shown}"
    if any(not fact.verified for fact in cited) and not HEDGES[language].search(sentence.text):
        yield f"rests on an unverified fact without saying « à vérifier » / « يجب التحقق » at {shown}"
    if "[@" in sentence.text or "](" in sentence.text or "**" in sentence.text:
        yield f"stray markup at {shown}"


def _problems_between(french: Guide, arabic: Guide) -> Iterable[str]:
    where = french.path.name.removesuffix(".fr.md")
    if len(french.sections) != len(arabic.sections):
        yield f"{where}: {len(french.sections)} sections in French, {len(arabic.sections)} in Arabic"
    for key in ("topic", "markets", "products", "verified_on", "review_by"):
        if french.front.get(key) != arabic.front.get(key):
            yield f"{where}: {key} differs between the two files"
    for one, other in zip(french.sections, arabic.sections, strict=False):
        place = f"{where} § {one.heading[:50]}"
        sentences = (french.sentences(one), arabic.sentences(other))
        if len(sentences[0]) != len(sentences[1]):
            yield f"{place}: {len(sentences[0])} sentences in French, {len(sentences[1])} in Arabic"
            continue
        for pair in zip(*sentences, strict=True):
            yield from (f"{place}: {problem} at « {pair[0].text[:70]}… »" for problem in _differences(*pair))


def _problems_of_questions(stem: Path, french: Guide) -> Iterable[str]:
    path = stem.parent / f"{stem.name}{SUFFIX}"
    try:
        filed = read_questions_file(path)
    except ConfigurationError as error:
        yield str(error)
        return
    if [section.heading for section in filed] != [section.heading for section in french.sections]:
        yield f"{path.name}: its headings are not those of {french.path.name}, in order"
        return
    for questions, section in zip(filed, french.sections, strict=True):
        place = f"{path.name} § {section.heading[:50]}"
        if beyond := {one.line for one in questions.questions if one.line >= len(section.blocks)}:
            yield f"{place}: no line {', '.join(map(str, sorted(beyond)))}"
        if lacking := [variety.value for variety in _ASKED_IN if not any(one.variety is variety for one in questions.questions)]:
            yield f"{place}: no question in {', '.join(lacking)}"


def _differences(french: CitedSentence, arabic: CitedSentence) -> Iterable[str]:
    if only := set(french.fact_ids) ^ set(arabic.fact_ids):
        yield f"facts cited in one language only: {', '.join(sorted(only))}"
    # 1 and 2 are words in good Arabic and often in French
    if only := {number for number in set(numbers(french.text)) ^ set(numbers(arabic.text)) if number not in ("1", "2")}:
        yield f"numbers in one language only: {', '.join(sorted(only))}"
