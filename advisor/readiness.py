"""Builds the advisor in the background, so that the server answers (if only "not yet") from the first second."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from advisor.answering import Advisor
from advisor.errors import IndexUnusable, MurshidError

_log = logging.getLogger(__name__)


class Readiness:
    """Holds an advisor that is being built, is built, or could not be."""

    def __init__(self, build: Callable[[], Advisor]) -> None:
        self._build = build
        self._advisor: Advisor | None = None
        self._error: MurshidError | None = None
        self._done = threading.Event()

    def start(self) -> None:
        """Begins to build, in a thread of its own."""
        threading.Thread(target=self._run, name="readiness", daemon=True).start()

    def _run(self) -> None:
        try:
            advisor = self._build()
            advisor.warm_up()
            self._advisor = advisor
            _log.info("ready to answer")
        except MurshidError as error:
            self._error = error
            _log.error("not ready: %s", error)
        except Exception as error:  # a thread has nobody to raise to: /readyz and the log tell
            self._error = IndexUnusable(f"The advisor could not be built ({type(error).__name__}); see the log.")
            _log.exception("not ready")
        finally:
            self._done.set()

    def wait(self, seconds: float | None = None) -> bool:
        """Whether building ended, well or not, within `seconds`."""
        return self._done.wait(seconds)

    def advisor(self) -> Advisor:
        """Raises IndexUnusable while there is none, or the error that prevented it."""
        if self._advisor:
            return self._advisor
        raise self._error or IndexUnusable("The advisor is being prepared · مرشد قيد الإعداد")
