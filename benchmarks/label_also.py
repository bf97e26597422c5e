"""Adds to gold questions the further sections that answer them: python -m benchmarks.label_also [FILE …]

Questions are written with the sections their author read. When guides are added, others come to say the same: for each decisive fact
of a question (a `must` group), in a sentence that holds it and rests on a fact that the author's sections rest on too, and without
being about another market or product than the question. They are written to `also`, which is replaced each time.
"""

from __future__ import annotations

import os
import re
import sys
from collections import defaultdict
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from advisor.answering import Advisor
from advisor.bootstrap import build_advisor
from advisor.settings import Settings
from advisor.subject import Subject, markets_named, subject_of
from benchmarks.quality import plain, read_questions

Sentences = Mapping[str, list[tuple[str, frozenset[str]]]]
"""By section, its sentences in both languages (plain text) with the facts they rest on."""


def sentences_by_section(advisor: Advisor) -> Sentences:
    found: dict[str, list[tuple[str, frozenset[str]]]] = defaultdict(list)
    for passage in advisor.index.snapshot().passages:
        for one in passage.sentences:
            found[passage.section_id].append((plain(passage.text[one.start : one.end]), frozenset(one.fact_ids)))
    return found


def also_answering(row: dict[str, Any], sentences: Sentences, about: Mapping[str, Subject], advisor: Advisor) -> list[str]:
    """The sections, besides those named, that hold every decisive fact of the question."""
    facts = [_facts_behind(group, row["sections"], sentences) for group in row["must"]]
    if not row["sections"] or not facts or not all(facts):
        return []
    understood, _ = advisor.understanding.understand(row["question"])
    return sorted(
        section
        for section, some in sentences.items()
        if section not in row["sections"]
        and not about[section].market_conflict(understood)
        and not about[section].product_conflict(understood)
        and all(
            any(behind & rests_on and _holds(text, group) for text, rests_on in some)
            for group, behind in zip(row["must"], facts, strict=True)
        )
    )


def _facts_behind(group: list[str], sections: list[str], sentences: Sentences) -> frozenset[str]:
    return frozenset().union(*(facts for one in sections for text, facts in sentences.get(one, []) if _holds(text, group)))


def _holds(text: str, group: list[str]) -> bool:
    return any(plain(form) in text for form in group)


def write_also(path: Path, also: Mapping[str, list[str]]) -> None:
    """Writes the lists into the file, a line after each question's `sections`, and leaves every other line as it is."""
    lines: list[str] = []
    current = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if match := re.match(r"- id:\s*\"?([^\s\"]+)", line):
            current = match.group(1)
        if re.match(r"\s+also:", line):
            continue
        lines.append(line)
        if re.match(r"\s+sections:.*\]", line) and also.get(current):
            lines.append("  also: [" + ", ".join(f'"{one}"' for one in also[current]) + "]")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main(paths: list[Path]) -> None:
    advisor = build_advisor(Settings.from_environment(os.environ))
    sentences = sentences_by_section(advisor)
    snapshot = advisor.index.snapshot()
    named = partial(markets_named, lexicon=advisor.understanding.lexicon)
    about = {one: subject_of(some, snapshot.documents[some[0].document_id], named) for one, some in snapshot.by_section.items()}
    for path in paths:
        also = {row["id"]: also_answering(row, sentences, about, advisor) for row in read_questions(path)}
        write_also(path, also)
        print(f"{path}: {sum(map(len, also.values()))} further sections for {sum(map(bool, also.values()))} questions")


if __name__ == "__main__":
    main([Path(argument) for argument in sys.argv[1:]] or sorted(Path("tests/quality").glob("*.yaml")))
