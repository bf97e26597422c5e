"""The checker of guides: every kind of problem is found, and the corpus itself has none."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.facts import Fact
from ingest.guide_checking import guide_stems, problems_of_guide

CORPUS = Path(__file__).parents[2] / "corpus"


def fact(fact_id: str, statement: str, *, verified: bool = True, note: str = "", as_of: str = "2026-01") -> Fact:
    return Fact(fact_id, "origin", "EU", statement, note, as_of, verified, "Décision 1/2025", "JO", "https://eur-lex.europa.eu", "2025")


FACTS = {
    one.id: one
    for one in (
        fact("seuil", "Any exporter may write the origin declaration up to 6,000 euros."),
        fact("eur1", "The EUR.1 certificate is stamped by customs."),
        fact("delai", "The certificate is issued within 3 days.", verified=False),
    )
}

FRONT = """---
id: preuves
title: {title}
topic: origin
markets: [EU]
products: [all]
verified_on: 2026-11-22
review_by: 2027-05-22
---

"""
FRENCH = (
    FRONT.format(title="Preuves d'origine")
    + """## Qui écrit la déclaration ?

Tout exportateur écrit la déclaration jusqu'à 6 000 euros. [@seuil] Le certificat est visé par la douane. [@eur1]

- Le certificat est délivré en 3 jours, à vérifier auprès de la douane. [@delai]
"""
)
ARABIC = (
    FRONT.format(title="إثبات المنشأ")
    + """## من يحرر التصريح؟

يحرر كل مصدر التصريح إلى حدود 6000 أورو. [@seuil] تختم الجمارك الشهادة. [@eur1]

- تسلم الشهادة في 3 أيام، ويجب التحقق من ذلك لدى الجمارك. [@delai]
"""
)

QUESTIONS = """
- heading: "Qui écrit la déclaration ?"
  topics: [origin]
  lines:
    0:
      fr: ["je peux ecrire le papier moi meme ?"]
      msa: ["من يكتب التصريح؟"]
      ary: ["شكون كيكتب هاد الورقة"]
      arabizi: ["chkoun kaykteb lwer9a"]
    1: {fr: ["c'est long a avoir ?"]}
"""

Check = Callable[..., list[str]]


@pytest.fixture
def check(tmp_path: Path) -> Check:
    """Writes the guide, changed as told, and gives its problems."""

    def problems(*changes: tuple[str, str], french: str = FRENCH, arabic: str = ARABIC, questions: str = QUESTIONS) -> list[str]:
        for before, after in changes:
            assert before in french + arabic + questions
            french, arabic, questions = (one.replace(before, after) for one in (french, arabic, questions))
        folder = tmp_path / "origin"
        folder.mkdir()
        (folder / "preuves.fr.md").write_text(french, encoding="utf-8")
        (folder / "preuves.ar.md").write_text(arabic, encoding="utf-8")
        (folder / "preuves.questions.yaml").write_text(questions, encoding="utf-8")
        return problems_of_guide(folder / "preuves", FACTS)

    return problems


def test_a_sound_guide_has_no_problem(check: Check) -> None:
    assert check() == []


@pytest.mark.parametrize(
    ("before", "after", "problem"),
    [
        ("title: Preuves d'origine\n", "", "preuves.fr.md: front matter lacks title"),
        ("products: [all]", "products: []", "front matter lacks products"),
        ("id: preuves", "id: origine", "id is not preuves"),
        ("topic: origin", "topic: money", "topic is not its folder origin"),
        ("2027-05-22", "mai 2027", "review_by is not a date"),
        ("## Qui écrit la déclaration ?", "", "text before the first heading"),
        ("\n- Le", "\n- Gardez une copie. Gardez-la longtemps.\n- Le", "2 of 5 sentences cite nothing"),
        ("visé par la douane. [@eur1]", "visé par la douane. [@eur1] [@inconnu]", "unknown fact inconnu"),
        ("6 000 euros", "7 000 euros", "the number 7000 is in no cited fact"),
        ("6 000 euros. [@seuil]", "6 000 euros. [@eur1]", "the number 6000 is in no cited fact"),
        (", à vérifier auprès de la douane", "", "rests on an unverified fact"),
        ("، ويجب التحقق من ذلك لدى الجمارك", "", "rests on an unverified fact"),
        ("visé par la douane. [@eur1]", "visé **par la douane. [@eur1]", "stray markup"),
        ("visé par la douane. [@eur1]", "visé par la douane. [@eur1]\n\n## Combien ?", "2 sections in French, 1 in Arabic"),
        ("title: إثبات المنشأ\ntopic: origin\nmarkets: [EU]", "title: إثبات المنشأ\ntopic: origin\nmarkets: [GB]", "markets differs"),
        ("الشهادة. [@eur1]", "الشهادة.", "facts cited in one language only: eur1"),
        (" تختم الجمارك الشهادة. [@eur1]", "", "3 sentences in French, 2 in Arabic"),
        ("6000 أورو", "أورو كثيرة", "numbers in one language only: 6000"),
        ('heading: "Qui', 'heading: "Comment', "its headings are not those of preuves.fr.md"),
        ("    1: {fr", "    2: {fr", "no line 2"),
        ('      ary: ["شكون كيكتب هاد الورقة"]\n', "", "no question in ary"),
        ("topics: [origin]\n", "", "preuves.questions.yaml is not a list of sections with questions"),
    ],
)
def test_each_kind_of_problem_is_reported(check: Check, before: str, after: str, problem: str) -> None:
    found = check((before, after))
    assert any(problem in line for line in found), found


def test_a_guide_in_one_language_only_is_reported(tmp_path: Path) -> None:
    (tmp_path / "preuves.fr.md").write_text(FRENCH, encoding="utf-8")
    assert problems_of_guide(tmp_path / "preuves", FACTS) == ["preuves: ar.md is missing"]


def test_one_and_two_may_be_words_in_one_language(check: Check) -> None:
    found = check(("visé par la douane", "visé en 2 exemplaires par la douane"))
    assert not any("one language only" in line for line in found)


def test_one_uncited_sentence_of_a_section_is_allowed(check: Check) -> None:
    advice = (("\n- Le", "\n- Gardez une copie.\n- Le"), ("\n- تسلم", "\n- احتفظ بنسخة.\n- تسلم"))
    assert check(*advice) == []


def test_a_guide_is_found_once_for_its_two_files(tmp_path: Path) -> None:
    for name in ("b/tapis.fr.md", "b/tapis.ar.md", "a/cuir.fr.md", "a/notes.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    assert guide_stems(tmp_path) == [tmp_path / "a" / "cuir", tmp_path / "b" / "tapis"]
