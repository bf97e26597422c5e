"""What a message means after the one before it."""

from __future__ import annotations

import pytest

from advisor.conversation import Conversations, Turn, stand_alone
from advisor.types import Language, Understood, Variety
from advisor.understanding import Understanding


def resolved(understanding: Understanding, *messages: str, options: tuple[str, ...] = ()) -> Understood:
    """The last message as understood after the others."""
    before: Turn | None = None
    for message in messages:
        understood, _ = understanding.understand(stand_alone(message, before, understanding))
        before = Turn(understood, options)
    assert before
    return before.understood


@pytest.mark.parametrize(
    ("first", "second", "product", "markets", "topic"),
    [
        ("combien de droits de douane pour un caftan en France ?", "et pour le Canada ?", "caftan", ("CA",), "duty"),
        ("combien de droits de douane pour un caftan en France ?", "et pour les babouches ?", "footwear-babouches", ("FR",), "duty"),
        ("quelle étiquette pour un caftan aux États-Unis ?", "وشحال الديوانة؟", "caftan", ("US",), "duty"),
        ("ch7al diwana 3la lqeftan f fransa", "o l talyan?", "caftan", ("IT",), "duty"),
        ("combien de douane pour un caftan en France ?", "non, pas la France, la Belgique", "caftan", ("BE",), "duty"),
    ],
)
def test_a_follow_up_takes_over_what_it_does_not_say(
    real_understanding: Understanding, first: str, second: str, product: str, markets: tuple[str, ...], topic: str
) -> None:
    understood = resolved(real_understanding, first, second)
    assert product in understood.products
    assert understood.markets == markets
    assert understood.topics[0] == topic


@pytest.mark.parametrize(
    "second",
    ["autre question : comment avoir la carte d'artisan ?", "دابا سؤال آخر، كيفاش نديرو تعاونية", "comment avoir la carte d'artisan ?"],
)
def test_a_new_subject_takes_nothing_over(real_understanding: Understanding, second: str) -> None:
    understood = resolved(real_understanding, "combien de douane pour un caftan en France ?", second)
    assert (understood.products, understood.markets, understood.topics[0]) == ((), (), "status")


def test_a_question_that_says_everything_stands_alone(real_understanding: Understanding) -> None:
    question = "Quels papiers pour exporter un tapis en Suisse ?"
    before = Turn(real_understanding.understand("combien de douane pour un caftan en France ?")[0])
    assert stand_alone(question, before, real_understanding) == question
    assert stand_alone(question, None, real_understanding) == question


@pytest.mark.parametrize(("reply", "markets"), [("2", {"US"}), ("les deux", {"FR", "US"}), ("Canada", {"CA"})])
def test_a_choice_answers_the_question_that_was_asked_back(real_understanding: Understanding, reply: str, markets: set[str]) -> None:
    asked = real_understanding.understand("combien de douane pour un caftan ?")[0]
    text = stand_alone(reply, Turn(asked, ("France", "États-Unis")), real_understanding)
    understood, _ = real_understanding.understand(text)
    assert set(understood.markets) == markets
    assert "caftan" in understood.products
    assert understood.topics[0] == "duty"


def test_a_conversation_remembers_its_own_last_turn() -> None:
    conversations = Conversations()
    turn = Turn(Understood("Combien ?", Language.FR, Variety.FR))
    assert conversations.last("a") is None
    conversations.remember("a", turn)
    assert conversations.last("a") is turn
    assert conversations.last("b") is None
