"""An advisor that is being built in the background."""

from __future__ import annotations

import threading

import pytest
from small_corpus import empty_index

from advisor.answerability import Answerability
from advisor.answering import Advisor
from advisor.errors import ConfigurationError, IndexMismatch, IndexMissing, IndexUnusable
from advisor.ports import Embedder
from advisor.readiness import Readiness
from advisor.routing import Router
from advisor.types import Outcome
from advisor.understanding import Understanding

SECONDS = 30  # no test waits that long unless something hangs


def failing(error: Exception) -> Readiness:
    def build() -> Advisor:
        raise error

    readiness = Readiness(build)
    readiness.start()
    assert readiness.wait(SECONDS)
    return readiness


def test_there_is_an_advisor_once_it_is_built(advisor: Advisor) -> None:
    may_go_on = threading.Event()

    def build() -> Advisor:
        assert may_go_on.wait(SECONDS)
        return advisor

    readiness = Readiness(build)
    with pytest.raises(IndexUnusable, match="being prepared"):
        readiness.advisor()
    readiness.start()
    with pytest.raises(IndexUnusable, match="being prepared"):
        readiness.advisor()
    assert not readiness.wait(0)
    may_go_on.set()
    assert readiness.wait(SECONDS)
    assert readiness.advisor() is advisor


def test_starting_does_not_wait_for_the_building(advisor: Advisor) -> None:
    built_in: list[threading.Thread] = []

    def build() -> Advisor:
        built_in.append(threading.current_thread())
        return advisor

    readiness = Readiness(build)
    readiness.start()
    assert readiness.wait(SECONDS)
    assert built_in != [threading.current_thread()]
    assert built_in[0].daemon


@pytest.mark.parametrize("error", [IndexMismatch("built with another model"), ConfigurationError("MURSHID_CORPUS")])
def test_an_error_of_ours_is_raised_to_whoever_asks(error: Exception) -> None:
    with pytest.raises(type(error)) as caught:
        failing(error).advisor()
    assert caught.value is error


def test_another_error_is_named_but_not_shown() -> None:
    with pytest.raises(IndexUnusable, match="KeyError") as caught:
        failing(KeyError("/srv/secret/path")).advisor()
    assert "secret" not in str(caught.value)


def test_an_advisor_without_an_index_is_ready_for_the_first_ingest(
    embedder: Embedder, understanding: Understanding, router: Router, answerability: Answerability
) -> None:
    readiness = Readiness(lambda: Advisor(empty_index(embedder), understanding, router, answerability))
    readiness.start()
    assert readiness.wait(SECONDS)
    with pytest.raises(IndexMissing):
        readiness.advisor().answer("Combien de douane pour un colis ?")


def test_an_advisor_is_warm_when_it_is_ready(advisor: Advisor) -> None:
    readiness = Readiness(lambda: advisor)
    readiness.start()
    assert readiness.wait(SECONDS)
    snapshot = advisor.index.snapshot()
    assert readiness.advisor().answer("chrome VI dans le cuir").outcome is Outcome.ANSWERED
    assert advisor.index.snapshot() is snapshot


def test_an_index_of_another_model_shows_while_warming_up(advisor: Advisor) -> None:
    advisor.index.catalogue.replace([], [], {}, ("another model", 384))
    readiness = Readiness(lambda: advisor)
    readiness.start()
    assert readiness.wait(SECONDS)
    with pytest.raises(IndexMismatch):
        readiness.advisor()
