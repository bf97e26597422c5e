"""Checks that guides rest on the register of facts: `python -m ingest.checking corpus` or `… corpus/guides/<topic>/<slug>`.

What it holds: both languages, same sections and same facts; every cited fact exists; every number of a sentence stands in a fact
it cites and is the same in both languages; a sentence resting on an unverified fact says that it has to be checked.
"""

from __future__ import annotations

import datetime
import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from advisor.errors import MurshidError
from advisor.numbers import numbers
from ingest.cited_text import CitedSentence, cited_sentences
from ingest.facts import Fact, read_facts
from ingest.markdown import sections, split_front_matter
from ingest.sections import Section

LANGUAGES = ("fr", "ar")
_FRONT_KEYS = ("id", "title", "topic", "markets", "products", "verified_on", "review_by")
_HEDGES = {
    "fr": re.compile(r"vérifi|confirm|renseign|assurez-vous|selon les cas|demandez", re.IGNORECASE),
    "ar": re.compile(r"تحقق|التأكد|تأكد|للتأكيد|التثبت|يستفسر|استفسر|اسأل"),
}
_ENGLISH_NUMBERS = {
    word: str(value)
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen".split()
    )
} | {
    "twenty": "20",
    "thirty": "30",
    "forty": "40",
    "fifty": "50",
    "sixty": "60",
    "ninety": "90",
    "hundred": "100",
    "half": "50",
    "first": "1",
    "second": "2",
    "third": "3",
    "fourth": "4",
    "fifth": "5",
}
_MONTHS = "january february march april may june july august september october november december".split()
_UNCITED_SHARE = 1 / 5


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
    missing = [f"{stem.name}: {language}.md is missing" for language in LANGUAGES if not _file(stem, language).exists()]
    if missing:
        return missing
    guides = [read_guide(_file(stem, language)) for language in LANGUAGES]
    problems = [problem for guide in guides for problem in _problems_in_one_language(guide, facts, stem)]
    return problems + list(_problems_between(*guides))


def _file(stem: Path, language: str) -> Path:
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
    if any(not fact.verified for fact in cited) and not _HEDGES[language].search(sentence.text):
        yield f"rests on an unverified fact without saying « à vérifier » / « يجب التحقق » at {shown}"
    if "[@" in sentence.text or "](" in sentence.text or "**" in sentence.text:
        yield f"stray markup at {shown}"


def fact_numbers(fact: Fact) -> set[str]:
    """The numbers a fact holds, written in figures or in English words, with codes both dotted and plain."""
    text = f"{fact.statement} {fact.note} {fact.as_of} {fact.source_date}"
    found = set(numbers(text))
    found |= {part for number in found for part in (number.replace(".", ""), number.rstrip("0").rstrip(".") if "." in number else number)}
    found |= {part.lstrip("0") for date in re.findall(r"\d{4}-\d{2}(?:-\d{2})?", text) for part in date.split("-")}
    words = re.findall(r"[a-z]+", text.lower())
    found |= {_ENGLISH_NUMBERS[word] for word in words if word in _ENGLISH_NUMBERS}
    return found | {str(_MONTHS.index(word) + 1) for word in words if word in _MONTHS}


def _problems_between(french: Guide, arabic: Guide) -> Iterable[str]:
    where = french.path.name.removesuffix(".fr.md")
    if len(french.sections) != len(arabic.sections):
        yield f"{where}: {len(french.sections)} sections in French, {len(arabic.sections)} in Arabic"
    for key in ("topic", "markets", "products", "verified_on", "review_by"):
        if french.front.get(key) != arabic.front.get(key):
            yield f"{where}: {key} differs between the two files"
    for one, other in zip(french.sections, arabic.sections, strict=False):
        place = f"{where} § {one.heading[:50]}"
        pairs = [(guide.sentences(section)) for guide, section in ((french, one), (arabic, other))]
        cited = [{fact_id for sentence in sentences for fact_id in sentence.fact_ids} for sentences in pairs]
        if cited[0] != cited[1]:
            yield f"{place}: facts cited in one language only: {', '.join(sorted(cited[0] ^ cited[1]))}"
        figures = [{number for sentence in sentences for number in numbers(sentence.text)} for sentences in pairs]
        # 1 and 2 are words in good Arabic and often in French
        different = {number for number in figures[0] ^ figures[1] if number not in ("1", "2")}
        if different:
            yield f"{place}: numbers in one language only: {', '.join(sorted(different))}"


def main(argument: str) -> int:
    """Prints the problems of a guide, or of all guides of a corpus; returns the exit status."""
    path = Path(argument)
    corpus = next((parent for parent in (path, *path.parents) if (parent / "facts").is_dir()), None)
    if corpus is None:
        print(f"No facts/ folder at or above {path}", file=sys.stderr)
        return 2
    facts = read_facts(corpus / "facts")
    stems = guide_stems(path) if path.is_dir() else [path]
    found = [problem for stem in stems for problem in problems_of_guide(stem, facts)]
    for problem in found:
        print(problem)
    print(f"{len(stems)} guides checked, {len(found)} problems")
    return 1 if found else 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "corpus"))
    except MurshidError as error:
        sys.exit(str(error))
