"""The command that checks a corpus, and the corpus itself."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from advisor.trade.tables import read_tables
from ingest.checking import main, uncited_facts
from ingest.facts import read_facts
from ingest.guide_checking import guide_stems, problems_of_guide
from ingest.table_checking import problems_of_tables

CORPUS = Path(__file__).parents[2] / "corpus"
GUIDE = Path("guides/origin/proofs-of-origin-eu-uk")


def test_without_a_register_the_checker_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(str(tmp_path)) == 2
    assert "facts" in capsys.readouterr().err


def test_the_problems_of_a_guide_are_printed_and_end_in_a_status_of_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "facts").mkdir()
    (tmp_path / "preuves.fr.md").write_text("## Qui ?\n\nTout exportateur.\n", encoding="utf-8")
    assert main(str(tmp_path / "preuves")) == 1
    assert capsys.readouterr().out.splitlines() == ["preuves: ar.md is missing", "1 guides checked, 1 problems"]


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """The register, the tables and one guide of the corpus, to be spoilt."""
    for name in ("facts", "tables"):
        shutil.copytree(CORPUS / name, tmp_path / name)
    (tmp_path / GUIDE).parent.mkdir(parents=True)
    for ending in ("fr.md", "ar.md", "questions.yaml"):
        shutil.copy(CORPUS / f"{GUIDE}.{ending}", tmp_path / f"{GUIDE}.{ending}")
    return tmp_path


def spoil(path: Path, before: str, after: str) -> None:
    content = path.read_text(encoding="utf-8")
    assert before in content
    path.write_text(content.replace(before, after, 1), encoding="utf-8")


def test_a_copy_of_the_corpus_has_no_problem_and_tells_the_share_of_facts_in_use(copied: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(str(copied)) == 0
    assert "verified facts are cited" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("language", "before", "after"),
    [
        ("fr", "6\u00a0000", "7\u00a0000"),
        ("ar", "EUR.1", "EUR.7"),
        ("fr", "[@", "[@invented-"),
    ],
)
def test_an_error_planted_in_a_guide_is_found(language: str, before: str, after: str, copied: Path) -> None:
    spoil(copied / f"{GUIDE}.{language}.md", before, after)
    assert main(str(copied)) == 1


def test_a_sentence_missing_in_arabic_is_found(copied: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = copied / f"{GUIDE}.ar.md"
    lines = path.read_text(encoding="utf-8").splitlines()
    item = next(number for number, line in enumerate(lines) if line.startswith("- ") and "[@" in line)
    path.write_text("\n".join(lines[:item] + lines[item + 1 :]), encoding="utf-8")
    assert main(str(copied)) == 1
    assert "sentences in French" in capsys.readouterr().out


def test_the_corpus_has_80_guides_or_more_and_no_problem() -> None:
    facts = read_facts(CORPUS / "facts")
    stems = guide_stems(CORPUS / "guides")
    assert len(stems) >= 80
    assert [problem for stem in stems for problem in problems_of_guide(stem, facts)] == []
    assert problems_of_tables(read_tables(CORPUS / "tables"), facts) == []


def test_nearly_every_verified_fact_is_cited_by_a_guide_or_a_table() -> None:
    facts = read_facts(CORPUS / "facts")
    verified = sum(fact.verified for fact in facts.values())
    assert len(uncited_facts(CORPUS, read_tables(CORPUS / "tables"), facts)) <= 0.05 * verified
