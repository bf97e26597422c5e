"""What a question is about."""

from __future__ import annotations

from pathlib import Path

import pytest

from advisor.errors import ConfigurationError
from advisor.topics import read_topics
from advisor.understanding import Understanding


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("Quel est le code SH d'un pouf ?", "code"),
        ("شحال الديوانة على الزربية فكندا؟", "duty"),
        ("wach khassni EUR.1 bach nsifet l fransa", "origin"),
        ("comment avoir la carte d'artisan ?", "status"),
        ("Faut-il une étiquette sur le caftan ?", "rules"),
        ("ça coûte combien de l'envoyer là-bas ?", "transport"),
        ("kifach nkhelles b paypal", "money"),
        ("combien d'artisans y a-t-il au Maroc ?", "figures"),
    ],
)
def test_a_question_has_the_topic_its_words_speak_for(real_understanding: Understanding, question: str, topic: str) -> None:
    assert real_understanding.read(question).topics[:1] == (topic,)


def test_a_bare_market_has_no_topic(real_understanding: Understanding) -> None:
    assert real_understanding.read("et pour le Canada ?").topics == ()


def test_a_duty_needs_product_and_market_and_a_code_only_the_product(real_understanding: Understanding) -> None:
    assert real_understanding.topics.needs(["duty"]) == {"product", "market"}
    assert real_understanding.topics.needs(["code"]) == {"product"}
    assert real_understanding.topics.needs([]) == frozenset()


def test_a_term_the_glossary_does_not_have_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "glossary.yaml").write_text("- {id: vat, kind: tax, fr: [TVA], ar: [ضريبة]}\n", encoding="utf-8")
    (tmp_path / "topics.yaml").write_text("- {id: duty, fr: droits, ar: رسوم, terms: [vat, tva]}\n", encoding="utf-8")
    with pytest.raises(ConfigurationError, match="tva"):
        read_topics(tmp_path)
