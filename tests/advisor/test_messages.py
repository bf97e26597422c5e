"""Everything Murshid says in its own words, it says in both languages."""

from __future__ import annotations

import re
from string import Formatter

import pytest

from advisor.language import language_of_text
from advisor.messages import _MESSAGES, say
from advisor.types import Language, Outcome

NAMES = sorted(_MESSAGES)
VALUES = {"year": 2021, "markers": "1, 2", "title": "Envoyer un colis", "date": "2026-11-22", "most": 2000}


def blanks(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("name", NAMES)
def test_a_message_is_in_each_language_in_the_letters_of_that_language(name: str) -> None:
    assert set(_MESSAGES[name]) == set(Language)
    assert {language: language_of_text(text) for language, text in _MESSAGES[name].items()} == {one: one for one in Language}


@pytest.mark.parametrize("name", NAMES)
def test_a_message_has_the_same_blanks_in_each_language(name: str) -> None:
    french, arabic = (blanks(_MESSAGES[name][language]) for language in (Language.FR, Language.AR))
    assert french == arabic <= VALUES.keys()


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("name", NAMES)
def test_a_filled_message_has_no_blank_left_and_holds_its_values(name: str, language: Language) -> None:
    values = {blank: VALUES[blank] for blank in blanks(_MESSAGES[name][language])}
    said = say(name, language, **values)
    assert not re.search(r"[{}]", said)
    assert all(str(value) in said for value in values.values())


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("outcome", [Outcome.CLARIFY, Outcome.NO_EVIDENCE, Outcome.OUT_OF_SCOPE, Outcome.FAILED])
def test_an_outcome_without_an_answer_has_its_message(outcome: Outcome, language: Language) -> None:
    assert say(outcome.value, language)


def test_a_refusal_tells_where_to_ask() -> None:
    assert "chambre d'artisanat" in say("no_evidence", Language.FR)
    assert "غرفة الصناعة التقليدية" in say("no_evidence", Language.AR)
