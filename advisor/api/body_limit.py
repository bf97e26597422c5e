"""Refuses request bodies that are too large before anything reads them."""

from __future__ import annotations

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from advisor.api.problems import problem


class BodyLimit:
    """Counts the bytes of a body under `prefix` as they come in, whatever its Content-Length says, and answers 413 above `most`."""

    def __init__(self, app: ASGIApp, most: int, prefix: str = "/v1") -> None:
        self._app = app
        self._most = most
        self._prefix = prefix

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].startswith(self._prefix):
            await self._app(scope, receive, send)
            return
        messages: list[Message] = []
        size = 0
        while True:
            message = await receive()
            messages.append(message)
            size += len(message.get("body", b""))
            if size > self._most:
                await problem(413, f"The body may have at most {self._most} bytes.")(scope, receive, send)
                return
            if message["type"] != "http.request" or not message.get("more_body"):
                break

        async def replay() -> Message:
            return messages.pop(0) if messages else await receive()

        await self._app(scope, replay, send)
