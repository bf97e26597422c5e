"""The web application: settings → advisor → API and chat page."""

from __future__ import annotations

import logging
import os

os.environ.setdefault("HF_HUB_OFFLINE", "1")  # models come from packages or a folder, never from a hub at run time
os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")

import gradio as gr
import uvicorn
from fastapi import FastAPI

from advisor.answering import Advisor
from advisor.api.body_limit import BodyLimit
from advisor.api.routes import create_api
from advisor.readiness import Readiness
from advisor.settings import Settings
from advisor.ui.page import CSS, THEME, build_page

_MOST_PAGE_BYTES = 4_000_000  # the page sends its whole conversation with each question, some 10 kB a turn


def create_app(settings: Settings) -> FastAPI:
    """API and page; the advisor is built in the background from the moment this returns."""

    def build() -> Advisor:
        from advisor.bootstrap import build_advisor  # torch and Chroma take seconds to import: not before the port is open

        return build_advisor(settings)

    readiness = Readiness(build)
    api = create_api(readiness, settings.max_body_bytes)
    api.add_middleware(BodyLimit, most=_MOST_PAGE_BYTES, prefix="/gradio_api")
    app: FastAPI = gr.mount_gradio_app(
        api,
        build_page(readiness),
        path="/",
        css=CSS,
        theme=THEME,
        footer_links=[],
        run_history=False,
        ssr_mode=False,
        max_file_size=1,  # byte: the page takes no files, but Gradio always opens an address that stores them
    )
    readiness.start()
    return app


def run(settings: Settings) -> None:
    """Serves until interrupted."""
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    logging.getLogger("advisor").setLevel(logging.INFO)
    uvicorn.run(create_app(settings), host=settings.host, port=settings.port, log_level="warning")


if __name__ == "__main__":
    run(Settings.from_environment(os.environ))
