"""What a question is about."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from advisor.errors import ConfigurationError
from advisor.lexicon import Match, Term
from advisor.topics import read_topics
from advisor.understanding import Understanding


class Certain:
    """A classifier of one mind."""

    def __init__(self, margins: dict[str, float]) -> None:
        self._margins = margins

    def margins(self, texts: Sequence[Sequence[str]]) -> list[dict[str, float]]:
        return [self._margins for _ in texts]


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


@pytest.mark.parametrize("message", ["et pour le Canada ?", "Canada", "وكندا؟", "o l canada", "un caftan", "تطوان والقفطان"])
def test_bare_names_have_no_topic(real_understanding: Understanding, message: str) -> None:
    assert real_understanding.read(message).topics == ()


def test_a_duty_needs_product_and_market_and_a_code_only_the_product(real_understanding: Understanding) -> None:
    assert real_understanding.topics.needs(["duty"]) == {"product", "market"}
    assert real_understanding.topics.needs(["code"]) == {"product"}
    assert real_understanding.topics.needs([]) == frozenset()


def test_a_term_the_glossary_does_not_have_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "glossary.yaml").write_text("- {id: vat, kind: tax, fr: [TVA], ar: [ضريبة]}\n", encoding="utf-8")
    (tmp_path / "topics.yaml").write_text("- {id: duty, fr: droits, ar: رسوم, terms: [vat, tva]}\n", encoding="utf-8")
    with pytest.raises(ConfigurationError, match="tva"):
        read_topics(tmp_path, Certain({}))


@pytest.fixture
def duty_or_money(tmp_path: Path) -> Path:
    glossary = "- {id: vat, kind: tax, fr: [TVA], ar: [ضريبة]}\n- {id: bank, kind: money, fr: [banque], ar: [بنك]}\n"
    (tmp_path / "glossary.yaml").write_text(glossary, encoding="utf-8")
    topics = "- {id: duty, fr: droits, ar: رسوم, terms: [vat]}\n- {id: money, fr: argent, ar: مال, terms: [bank]}\n"
    (tmp_path / "topics.yaml").write_text(topics, encoding="utf-8")
    return tmp_path


VAT, BANK = (Match(0, 1, (Term("tax", one, (), ()),), 1.0) for one in ("vat", "bank"))


@pytest.mark.parametrize(
    ("margins", "matches", "topics"),
    [
        ({"duty": 0.9, "money": -0.8}, [], ("duty",)),
        ({"duty": 0.1, "money": -0.1}, [], ("duty", "money")),
        ({"duty": -0.2, "money": -0.5}, [], ()),
        ({"duty": -0.2, "money": -0.3}, [BANK], ("money",)),
        ({"duty": 0.9, "money": -0.8}, [BANK], ("duty",)),
        ({"duty": 0.0, "money": 0.0}, [VAT, BANK], ("duty", "money")),
    ],
)
def test_terms_and_what_was_learned_speak_together(
    duty_or_money: Path, margins: dict[str, float], matches: list[Match], topics: tuple[str, ...]
) -> None:
    assert read_topics(duty_or_money, Certain(margins)).of(matches, ["mot"]) == topics
