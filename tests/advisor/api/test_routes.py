"""The API as its users meet it: a real server, real HTTP, the real corpus."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi.testclient import TestClient
from serving import ROOT, Server, serving

from advisor.answering import MOST_CHARACTERS
from advisor.api.routes import create_api
from advisor.language import language_of_text
from advisor.numbers import numbers
from advisor.readiness import Readiness
from advisor.settings import Settings
from advisor.types import Language
from tests.conftest import run_murshid

REPATRIATION_AR = "ما هو أجل استرجاع عائدات التصدير إلى المغرب؟"
CHROME_FR = "Mes sacs en cuir doivent-ils respecter une limite de chrome VI en Europe ?"
RUG_DARIJA = "شنو خاصني باش نصيفط زربية لمريكان؟"
ETSY_ARABIZI = "wach n9der nbi3 f Etsy mn lmaghrib?"
MOST_BYTES = Settings().max_body_bytes


@pytest.fixture(scope="module")
def client(server: Server) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=server.url, timeout=60) as client:
        yield client


def ask(client: httpx.Client, question: str, **fields: str) -> dict[str, Any]:
    response = client.post("/v1/ask", json={"question": question, **fields})
    assert response.status_code == 200, response.text
    return dict(response.json())


def expect_problem(response: httpx.Response, status: int) -> dict[str, Any]:
    """The problem document, after holding it to RFC 9457."""
    body = dict(response.json())
    assert (response.status_code, response.headers["content-type"]) == (status, "application/problem+json"), response.text
    assert body["status"] == status
    assert body["title"]
    return body


@pytest.mark.parametrize(
    ("question", "language", "variety", "said"),
    [
        (REPATRIATION_AR, "ar", "msa", "150"),
        (CHROME_FR, "fr", "fr", "3"),
        (RUG_DARIJA, "ar", "ary", None),
        (ETSY_ARABIZI, "ar", "arabizi", None),
    ],
)
def test_a_question_is_answered_in_its_language_from_its_sources(
    client: httpx.Client, question: str, language: str, variety: str, said: str | None
) -> None:
    answer = ask(client, question)
    assert (answer["outcome"], answer["language"], answer["variety"]) == ("answered", language, variety)
    assert language_of_text(answer["text"]) == language
    assert said is None or said in numbers(answer["text"])
    markers = {int(marker) for marker in re.findall(r"\[(\d+)\]", answer["text"])}
    assert markers == {citation["marker"] for citation in answer["citations"]}
    assert all(source["title"] for citation in answer["citations"] for source in citation["sources"])


@pytest.mark.parametrize("question", [REPATRIATION_AR, CHROME_FR, RUG_DARIJA, ETSY_ARABIZI])
def test_every_quote_is_its_passage_word_for_word(client: httpx.Client, question: str) -> None:
    found = client.post("/v1/search", json={"question": question, "limit": 50}).json()["passages"]
    passages = {passage["passage_id"]: passage["text"] for passage in found}
    citations = ask(client, question)["citations"]
    assert citations
    for citation in citations:
        assert passages[citation["passage_id"]][citation["start"] : citation["end"]] == citation["quote"]


@pytest.mark.parametrize(("question", "language"), [(CHROME_FR, Language.AR), (RUG_DARIJA, Language.FR)])
def test_the_language_of_the_answer_can_be_chosen(client: httpx.Client, question: str, language: Language) -> None:
    answer = ask(client, question, language=language)
    assert (answer["outcome"], answer["language"]) == ("answered", language)
    assert language_of_text(answer["text"]) is language


def test_a_question_outside_the_corpus_is_refused_without_citations(client: httpx.Client) -> None:
    answer = ask(client, "Combien coûte un billet d'avion pour Tokyo ?")
    assert answer["outcome"] in ("no_evidence", "out_of_scope")
    assert answer["citations"] == []
    assert answer["text"]


def test_a_conversation_keeps_its_id_and_each_answer_has_its_own(client: httpx.Client) -> None:
    first, second = (ask(client, CHROME_FR, conversation_id="atelier-Fes_1") for _ in range(2))
    assert first["conversation_id"] == second["conversation_id"] == "atelier-Fes_1"
    assert first["id"] != second["id"]
    assert ask(client, CHROME_FR)["conversation_id"] != ask(client, CHROME_FR)["conversation_id"]


def test_a_question_of_the_greatest_length_is_answered(client: httpx.Client) -> None:
    assert ask(client, (CHROME_FR + " ").ljust(MOST_CHARACTERS, "?"))["language"] == "fr"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"question": ""}, "question"),
        ({"question": "ز" * (MOST_CHARACTERS + 1)}, "question"),
        ({"question": 5701}, "question"),
        ({"question": None}, "question"),
        ({}, "question"),
        ({"question": CHROME_FR, "produit": "sac"}, "produit"),
        ({"question": CHROME_FR, "language": "en"}, "language"),
        ({"question": CHROME_FR, "conversation_id": "../../etc"}, "conversation_id"),
        ([CHROME_FR], ""),
    ],
)
def test_a_body_that_does_not_fit_is_refused_with_the_field(client: httpx.Client, body: object, field: str) -> None:
    problem = expect_problem(client.post("/v1/ask", json=body), 422)
    assert [error["field"] for error in problem["errors"]] == [field]


def test_a_blank_question_is_refused_in_both_languages(client: httpx.Client) -> None:
    detail = expect_problem(client.post("/v1/ask", json={"question": " \n\t "}), 422)["detail"]
    assert "Écrivez votre question" in detail
    assert "اكتب سؤالك" in detail


@pytest.mark.parametrize("limit", [0, 51, "beaucoup"])
def test_a_search_is_limited_to_fifty_passages(client: httpx.Client, limit: object) -> None:
    problem = expect_problem(client.post("/v1/search", json={"question": CHROME_FR, "limit": limit}), 422)
    assert [error["field"] for error in problem["errors"]] == ["limit"]


def test_a_search_gives_as_many_passages_as_asked_best_first(client: httpx.Client) -> None:
    passages = client.post("/v1/search", json={"question": CHROME_FR, "limit": 3}).json()["passages"]
    assert [passage["rank"] for passage in passages] == [1, 2, 3]
    assert sorted((passage["score"] for passage in passages), reverse=True) == [passage["score"] for passage in passages]
    assert all(passage["text"] and passage["title"] for passage in passages)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b'{"question": "Quelle preuve', 422),
        (b"question=tapis", 422),
        (b'{"question": "\\ud800"}', 422),  # half a character
        (b'{"question": "\xff"}', 400),  # not UTF-8
        (b"[" * 50_000, 400),  # deeper than any reader goes
    ],
)
def test_broken_json_is_a_problem_too(client: httpx.Client, body: bytes, status: int) -> None:
    expect_problem(client.post("/v1/ask", content=body, headers={"content-type": "application/json"}), status)


def test_a_body_that_is_too_large_is_refused(client: httpx.Client) -> None:
    body = b'{"question": "' + b"x" * MOST_BYTES + b'"}'
    assert str(MOST_BYTES) in expect_problem(client.post("/v1/ask", content=body), 413)["detail"]


def test_a_body_in_chunks_is_counted_as_it_comes(client: httpx.Client) -> None:
    response = client.post("/v1/ask", content=(b"x" * 8192 for _ in range(MOST_BYTES // 8192 + 1)))
    assert "content-length" not in response.request.headers
    expect_problem(response, 413)


@pytest.mark.parametrize("path", ["/v1/nothing", "/v1/documents/leather-reach", "/v1/"])
def test_an_unknown_address_of_the_api_is_a_problem(client: httpx.Client, path: str) -> None:
    expect_problem(client.get(path), 404)


@pytest.mark.parametrize(("method", "path", "allowed"), [("GET", "/v1/ask", "POST"), ("DELETE", "/v1/documents", "GET")])
def test_a_method_an_address_does_not_take_is_a_problem(client: httpx.Client, method: str, path: str, allowed: str) -> None:
    response = client.request(method, path)
    expect_problem(response, 405)
    assert response.headers["allow"] == allowed


def test_documents_are_listed_with_their_passages(client: httpx.Client) -> None:
    documents = client.get("/v1/documents").json()["documents"]
    ready = client.get("/readyz").json()
    assert len(documents) == ready["documents"]
    assert sum(document["passages"] for document in documents) == ready["passages"]
    assert {"leather-reach.ar", "leather-reach.fr"} <= {document["id"] for document in documents}
    assert all(document["title"] and document["passages"] for document in documents)


def test_the_server_says_that_it_lives_and_is_ready(client: httpx.Client) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}
    assert client.get("/readyz").json()["status"] == "ready"


def test_until_the_advisor_is_built_the_server_says_so() -> None:
    never_started = TestClient(create_api(Readiness(lambda: pytest.fail("nobody builds this")), MOST_BYTES))
    assert never_started.get("/healthz").status_code == 200
    ready = never_started.get("/readyz")
    assert ready.status_code == 503
    assert "being prepared" in ready.json()["reason"]
    response = never_started.post("/v1/ask", json={"question": CHROME_FR})
    assert "being prepared" in expect_problem(response, 503)["detail"]  # type: ignore[arg-type]
    assert int(response.headers["retry-after"]) > 0


def test_the_documentation_loads_nothing_from_another_host(client: httpx.Client) -> None:
    page = client.get("/docs")
    assert page.status_code == 200
    loaded = re.findall(r"""(?:src|href|url)\s*[=:]\s*["']([^"']+)["']""", page.text)
    assert any(address.endswith(".js") for address in loaded)
    for address in loaded:
        assert address.startswith("/") and not address.startswith("//"), address
        assert client.get(address).status_code == 200, address


def test_the_schema_lists_what_goes_in_and_out(client: httpx.Client) -> None:
    schema = client.get("/openapi.json").json()
    assert set(schema["paths"]) == {"/healthz", "/readyz", "/v1/ask", "/v1/search", "/v1/documents"}
    models = {"AskBody", "AnswerBody", "CitationBody", "SourceBody", "SearchBody", "SearchResultBody", "DocumentsBody", "ProblemBody"}
    assert models <= set(schema["components"]["schemas"])
    assert {"413", "422", "503"} <= set(schema["paths"]["/v1/ask"]["post"]["responses"])


def test_the_page_stores_no_files_and_takes_no_endless_bodies(client: httpx.Client) -> None:
    assert client.post("/gradio_api/upload", files={"files": ("facture.pdf", b"%PDF-1.7")}).status_code == 413
    assert client.post("/gradio_api/queue/join", content=b"x" * 4_000_001).status_code == 413


GUIDE = """---
id: {id}
title: {title}
topic: product
---

## {heading}

{text}
"""


def write_guide(folder: Path, name: str, title: str, heading: str, text: str) -> None:
    (folder / f"{name}.fr.md").write_text(GUIDE.format(id=name, title=title, heading=heading, text=text), encoding="utf-8")


@pytest.fixture
def small_folder(tmp_path: Path) -> Path:
    """A corpus of one guide, with the project's own tables."""
    folder = tmp_path / "corpus"
    folder.mkdir()
    shutil.copytree(ROOT / "corpus" / "tables", folder / "tables")
    write_guide(
        folder,
        "babouches",
        "Exporter des babouches en cuir vers la France",
        "Quelle limite de chrome VI pour les babouches en cuir vendues en France ?",
        "En France, une babouche en cuir ne peut pas être vendue si son cuir contient 3 mg/kg ou plus de chrome VI.",
    )
    return folder


def test_a_server_without_an_index_names_the_command_and_works_once_it_was_run(small_folder: Path, tmp_path: Path, real_home: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "models").symlink_to(real_home / "models")  # the model was rebuilt there already
    environment = {"MURSHID_CORPUS": str(small_folder)}
    question = {"question": "Quelle limite de chrome VI pour mes babouches en cuir en France ?"}
    with serving(home, tmp_path / "log.txt", **environment) as server, httpx.Client(base_url=server.url, timeout=60) as client:
        first = server.first_answer("/readyz")
        assert first.status_code == 503
        assert first.json()["reason"]
        server.wait_for("/readyz", lambda response: "murshid ingest" in response.json().get("reason", ""))
        response = client.post("/v1/ask", json=question)
        assert "murshid ingest" in expect_problem(response, 503)["detail"]

        assert run_murshid("ingest", home=home, **environment).returncode == 0
        answer = ask(client, **question)
        assert answer["outcome"] == "answered"
        assert "3 mg/kg" in answer["citations"][0]["quote"]

        write_guide(small_folder, "plateaux", "Plateaux en cuivre", "Quel code pour un plateau ?", "Un plateau en cuivre relève du 7418.")
        assert run_murshid("ingest", home=home, **environment).returncode == 0
        assert [document["id"] for document in client.get("/v1/documents").json()["documents"]] == ["babouches.fr", "plateaux.fr"]
        found = client.post("/v1/search", json={"question": "Quel code pour un plateau en cuivre ?"}).json()["passages"]
        assert found[0]["document_id"] == "plateaux.fr"
