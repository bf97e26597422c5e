"""The routes of the API."""

from __future__ import annotations

from fastapi import APIRouter, FastAPI, HTTPException, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi_offline import FastAPIOffline
from starlette.routing import Match, Route

from advisor.answering import Advisor
from advisor.api.body_limit import BodyLimit
from advisor.api.problems import add_problem_handlers
from advisor.api.schemas import (
    AnswerBody,
    AskBody,
    DocumentBody,
    DocumentsBody,
    PassageBody,
    ProblemBody,
    SearchBody,
    SearchResultBody,
    UnderstoodBody,
)
from advisor.errors import MurshidError
from advisor.readiness import Readiness

_PROBLEMS: dict[int | str, dict[str, object]] = {status: {"model": ProblemBody} for status in (413, 422, 503)}


def create_api(readiness: Readiness, max_body_bytes: int) -> FastAPI:
    """The API. `readiness` gives the advisor once it is built; until then `/v1` answers 503."""
    # FastAPI's own /docs loads its scripts from another host; this one carries them.
    api: FastAPI = FastAPIOffline(
        title="Murshid",
        summary="Export advisor for Moroccan crafts: cited answers in Arabic and French",
        version="0.4.0",
        redoc_url=None,
    )
    add_problem_handlers(api)
    api.add_middleware(BodyLimit, most=max_body_bytes)
    api.include_router(_health(readiness))
    api.include_router(_v1(readiness))
    return api


def _health(readiness: Readiness) -> APIRouter:
    router = APIRouter(tags=["health"])

    @router.get("/healthz")
    async def healthz() -> dict[str, str]:
        """The process is alive."""
        return {"status": "ok"}

    @router.get("/readyz", responses={503: {"description": "Not ready; the reason is in the body"}})
    async def readyz(response: Response) -> dict[str, str | int]:
        """The index is loaded and questions are answered."""
        try:
            snapshot = await run_in_threadpool(lambda: readiness.advisor().index.snapshot())
        except MurshidError as error:
            response.status_code = 503
            return {"status": "not ready", "reason": str(error)}
        return {"status": "ready", "documents": len(snapshot.documents), "passages": len(snapshot.passages)}

    return router


def _v1(readiness: Readiness) -> APIRouter:
    router = APIRouter(prefix="/v1", tags=["v1"], responses=_PROBLEMS)

    def advisor() -> Advisor:
        return readiness.advisor()

    # Answering computes: these run in the thread pool, so that the event loop stays free.
    @router.post("/ask")
    def ask(body: AskBody) -> AnswerBody:
        """Answer a question, with citations or an honest refusal."""
        return AnswerBody.of(advisor().answer(body.question, body.answer_language(), body.conversation_id))

    @router.post("/search")
    def search(body: SearchBody) -> SearchResultBody:
        """The passages that would be looked at for a question."""
        understood, retrieved = advisor().search(body.question, body.limit)
        return SearchResultBody(
            language=understood.language,
            variety=understood.variety,
            understood=UnderstoodBody.of(understood),
            passages=[PassageBody.of(one) for one in retrieved],
        )

    @router.get("/documents")
    def documents() -> DocumentsBody:
        """What the index holds."""
        catalogue = advisor().index.catalogue
        counts = catalogue.document_passage_counts()
        return DocumentsBody(documents=[DocumentBody.of(one, counts.get(one.id, 0)) for one in catalogue.documents()])

    # The chat page is mounted at "/" and would answer at every address, and with every method, that is not above.
    @router.api_route("/{path:path}", methods=["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"], include_in_schema=False)
    def elsewhere(request: Request) -> None:
        known = [route for route in router.routes if route.matches(request.scope)[0] is Match.PARTIAL]
        if not known:
            raise HTTPException(404, "There is nothing at this address.")
        allowed = ", ".join(sorted(method for route in known if isinstance(route, Route) for method in route.methods or ()))
        raise HTTPException(405, f"This address takes {allowed} only.", {"Allow": allowed})

    return router
