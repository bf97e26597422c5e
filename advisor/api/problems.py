"""Errors as `application/problem+json` (RFC 9457)."""

from __future__ import annotations

import http
import logging

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from advisor.api.schemas import ProblemBody
from advisor.errors import IndexUnusable, InvalidQuestion, MurshidError

_log = logging.getLogger(__name__)
MEDIA_TYPE = "application/problem+json"


def problem(status: int, detail: str = "", errors: list[dict[str, str]] | None = None) -> JSONResponse:
    body = ProblemBody(title=http.HTTPStatus(status).phrase, status=status, detail=detail, errors=errors or [])
    headers = {"Retry-After": "5"} if status == 503 else None
    return JSONResponse(body.model_dump(), status_code=status, media_type=MEDIA_TYPE, headers=headers)


def add_problem_handlers(app: FastAPI) -> None:
    """Answers every error of the API with a problem document; an unexpected one is logged and told without details."""

    @app.exception_handler(RequestValidationError)
    async def invalid(_request: Request, error: RequestValidationError) -> JSONResponse:
        errors = [
            {"field": ".".join(part for part in one["loc"] if isinstance(part, str) and part != "body"), "message": one["msg"]}
            for one in error.errors()
        ]
        return problem(422, "The request does not fit: see errors.", errors)

    @app.exception_handler(HTTPException)
    async def refused(_request: Request, error: HTTPException) -> JSONResponse:
        response = problem(error.status_code, str(error.detail))
        response.headers.update(error.headers or {})
        return response

    @app.exception_handler(MurshidError)
    async def expected(_request: Request, error: MurshidError) -> JSONResponse:
        status = 422 if isinstance(error, InvalidQuestion) else 503 if isinstance(error, IndexUnusable) else 500
        return problem(status, str(error))

    @app.exception_handler(Exception)
    async def unexpected(request: Request, error: Exception) -> JSONResponse:
        _log.error("unexpected error at %s", request.url.path, exc_info=error)
        return problem(500, "An unexpected error; it was logged.")
