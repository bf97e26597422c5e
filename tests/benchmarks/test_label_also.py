"""Further sections that answer a gold question, and how they are written into its file."""

from __future__ import annotations

from pathlib import Path

from benchmarks.label_also import write_also
from benchmarks.quality import read_questions

QUESTIONS = """# Questions written from the guides.
- id: fr-01
  question: "Combien ?"
  sections: ["colis#1"]
  must:
    - ["3 euros"]
- id: "ar-01"
  question: "كم؟"
  sections: ["colis#2"]
  also: ["vieux#9"]
  must: []
"""


def test_the_lists_are_written_after_the_sections_and_replace_older_ones(tmp_path: Path) -> None:
    path = tmp_path / "gold.yaml"
    path.write_text(QUESTIONS, encoding="utf-8")
    write_also(path, {"fr-01": ["france#2", "italy#4"], "ar-01": []})
    assert [row["also"] for row in read_questions(path)] == [["france#2", "italy#4"], []]
    assert [row["sections"] for row in read_questions(path)] == [["colis#1"], ["colis#2"]]
    kept = [line for line in path.read_text(encoding="utf-8").splitlines() if "also:" not in line]
    assert kept == [line for line in QUESTIONS.splitlines() if "also:" not in line]


def test_writing_the_same_lists_again_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "gold.yaml"
    path.write_text(QUESTIONS, encoding="utf-8")
    write_also(path, {"fr-01": ["france#2"]})
    first = path.read_text(encoding="utf-8")
    write_also(path, {"fr-01": ["france#2"]})
    assert path.read_text(encoding="utf-8") == first
