"""What the words of a question say of whether the guides answer it."""

from __future__ import annotations

import pytest

from advisor.answerability import Answerability, answerability_features
from advisor.normalisation import words
from advisor.types import Variety
from advisor.understanding import Understanding

PAIRS = [
    (Variety.FR, "quels papiers pour envoyer des tapis en france", "quel est le numéro de téléphone du directeur de la douane de Séoul"),
    (Variety.MSA, "ما الوثائق اللازمة لتصدير الزرابي إلى فرنسا؟", "ما رقم هاتف مدير الجمارك في سيول؟"),
    (Variety.ARY, "شنو الوراق باش نصيفط زربية لفرانسا", "شحال كتخلص الممثلة ديال هاد المسلسل"),
    (Variety.ARABIZI, "chno lwra9 bach nsifet zerbia l fransa", "chkoun ghadi yrbe7 lmatch dyal lyoum"),
]


@pytest.mark.parametrize(("variety", "answered", "unanswered"), PAIRS)
def test_a_question_the_guides_answer_stands_above_one_they_do_not(
    answerability: Answerability, variety: Variety, answered: str, unanswered: str
) -> None:
    assert answerability.of(words(answered), variety) > 0 > answerability.of(words(unanswered), variety)


@pytest.mark.parametrize("text", ["", "؟", "🙂"])
def test_a_message_without_words_is_judged_too(answerability: Answerability, text: str) -> None:
    assert isinstance(answerability.of(words(text), Variety.OTHER), float)


def test_where_nothing_was_learned_nothing_is_said(understanding: Understanding) -> None:
    assert Answerability(None, understanding.lexicon).of(words("tapis en France"), Variety.FR) == 0.0


def test_what_is_named_counts_in_whatever_language(understanding: Understanding) -> None:
    french = answerability_features(words("tapis en France"), Variety.FR, understanding.lexicon)
    darija = answerability_features(words("zerbia l fransa"), Variety.ARABIZI, understanding.lexicon)
    assert {"t:tapis", "t:FR"} <= set(french) & set(darija)


def test_grammar_counts_as_words_only(understanding: Understanding) -> None:
    assert "t:of" not in answerability_features(words("tapis de France"), Variety.FR, understanding.lexicon)
