"""Measures answers on gold questions (tests/quality/*.yaml): which are right, which wrong, which refused, by variety."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import yaml
from rich.console import Console
from rich.table import Table

from advisor.answering import Advisor
from advisor.normalisation import normalise
from advisor.numbers import western_digits
from advisor.types import Answer, Outcome


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one question. `verdict` is "right", "partly", "wrong", "refused" (wrongly) or "answered" (wrongly)."""

    id: str
    variety: str
    detected: str
    question: str
    answerable: bool
    verdict: str
    outcome: str
    expected: tuple[str, ...]
    ranked: tuple[str, ...]  # sections in the order of the retrieval
    cited: tuple[str, ...]
    missing: tuple[str, ...]  # what a right answer contains and this one does not
    text: str
    total_ms: float

    @property
    def recalled(self) -> bool:
        """Whether a section that answers is among the first five found."""
        return bool(set(self.expected) & set(self.ranked[:5]))

    def record(self) -> dict[str, Any]:
        return asdict(self)


def read_questions(path: Path) -> list[dict[str, Any]]:
    """Rows with `sections`, those a question was written from, and `also`, further ones that answer it (see label_also.py)."""
    rows: list[dict[str, Any]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return [{"also": [], **row} for row in rows]


def evaluate_file(path: Path, advisor: Advisor) -> list[Result]:
    return [evaluate(row, advisor) for row in read_questions(path)]


def evaluate(row: dict[str, Any], advisor: Advisor) -> Result:
    """Asks one gold question and judges the answer.

    Right: answered, holding every fact a right answer must contain (one form of each group) and citing a section that answers.
    Partly: one of the two. A question without an answer in the corpus is right when it is not answered.
    """
    answer = advisor.answer(row["question"])
    by_id = advisor.index.snapshot().by_id
    cited = tuple(dict.fromkeys(by_id[citation.passage_id].section_id for citation in answer.citations))
    _, retrieved = advisor.search(row["question"], 10)
    ranked = tuple(dict.fromkeys(one.passage.section_id for one in retrieved))
    expected = (*row["sections"], *row["also"])
    missing = tuple(group[0] for group in row["must"] if not any(_holds(answer, form) for form in group))
    return Result(
        id=row["id"],
        variety=row["variety"],
        detected=answer.variety.value,
        question=row["question"],
        answerable=bool(row["sections"]),
        verdict=_verdict(answer, expected, cited, missing),
        outcome=answer.outcome.value,
        expected=expected,
        ranked=ranked,
        cited=cited,
        missing=missing,
        text=answer.text,
        total_ms=answer.timings_ms["total"],
    )


def _verdict(answer: Answer, expected: tuple[str, ...], cited: tuple[str, ...], missing: tuple[str, ...]) -> str:
    answered = answer.outcome is Outcome.ANSWERED
    if not expected:
        return "answered" if answered else "right"
    if not answered:
        return "refused"
    found = (not missing) + bool(set(expected) & set(cited))
    return ("wrong", "partly", "right")[found]


def _holds(answer: Answer, form: str) -> bool:
    return plain(form) in plain(answer.text)


def plain(text: object) -> str:
    """`text` in the one spelling in which facts are compared, without spaces."""
    return normalise(western_digits(str(text))).replace("\u00a0", "").replace(" ", "")


def print_report(results: list[Result], console: Console, show: bool = False) -> None:
    """Prints a line for each variety, and with `show` the questions that went wrong."""
    groups: dict[str, list[Result]] = defaultdict(list)
    for result in results:
        groups[result.variety].append(result)
        groups["all"].append(result)
    table = Table("variety", "right", "partly", "wrong", "refused", "recall@5", "cited first", "unanswerable: refused", "variety found")
    for name, group in groups.items():
        asked = [result for result in group if result.answerable]
        unanswerable = [result for result in group if not result.answerable]
        counts = [f"{sum(result.verdict == verdict for result in asked)}" for verdict in ("right", "partly", "wrong", "refused")]
        table.add_row(
            name,
            f"{counts[0]}/{len(asked)}",
            *counts[1:],
            f"{sum(result.recalled for result in asked)}/{len(asked)}",
            f"{sum(result.cited[:1] != () and result.cited[0] in result.expected for result in asked)}/{len(asked)}",
            f"{sum(result.verdict == 'right' for result in unanswerable)}/{len(unanswerable)}",
            f"{sum(result.detected == result.variety for result in group)}/{len(group)}",
        )
    console.print(table)
    times = sorted(result.total_ms for result in results)
    console.print(f"ms per answer: median {times[len(times) // 2]:.0f}, p95 {times[int(len(times) * 0.95)]:.0f}")
    if show:
        for result in results:
            if result.verdict != "right":
                _show(result, console)


def _show(result: Result, console: Console) -> None:
    console.print(f"\n{result.id} [{result.verdict}] {result.question}", markup=False, highlight=False)
    console.print(
        f"  detected {result.detected}, {result.outcome}; expected {result.expected}; found {result.ranked[:4]}; missing {result.missing}",
        markup=False,
        highlight=False,
    )
    console.print("  " + result.text[:500].replace("\n", "\n  "), markup=False, highlight=False)
