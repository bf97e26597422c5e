"""The chat page, in Gradio."""

from __future__ import annotations

import functools
import logging
from pathlib import Path
from typing import Any

import gradio as gr

from advisor.errors import IndexUnusable, InvalidQuestion
from advisor.language import language_of_text
from advisor.messages import say
from advisor.readiness import Readiness
from advisor.types import Language
from advisor.ui.labels import EXAMPLES, LABELS
from advisor.ui.rendering import answer_html, question_html

_log = logging.getLogger(__name__)
_SWITCH = {"العربية": Language.AR, "Français": Language.FR}
CSS = Path(__file__).with_name("page.css").read_text(encoding="utf-8")
# Fonts of the device: a named web font would be fetched from another host.
_FONTS = ["system-ui", "Noto Sans", "Noto Naskh Arabic", "Segoe UI", "Tahoma", "sans-serif"]
THEME = gr.themes.Soft(primary_hue="emerald", font=_FONTS, font_mono=["ui-monospace", "monospace"])
_SET_DIRECTION = """(choice) => {
    const arabic = choice === "العربية";
    document.documentElement.dir = arabic ? "rtl" : "ltr";
    document.documentElement.lang = arabic ? "ar" : "fr";
    return choice;
}"""
History = list[dict[str, Any]]


def build_page(readiness: Readiness) -> gr.Blocks:
    """The page as Gradio blocks, to be mounted on the API."""
    first = Language.AR
    labels = LABELS[first]
    with gr.Blocks(title="Murshid · مرشد", analytics_enabled=False) as page:
        with gr.Row(elem_id="top"):
            heading = gr.HTML(_heading(first))
            switch = gr.Radio(
                list(_SWITCH), value="العربية", label=labels.language, show_label=False, container=False, elem_id="language"
            )
        chat = gr.Chatbot(
            label=labels.conversation,
            show_label=False,
            elem_id="chat",
            height="60dvh",
            buttons=["copy"],
            layout="bubble",
            latex_delimiters=[],
            group_consecutive_messages=False,
            placeholder=" ",
        )
        with gr.Row(elem_id="ask"):
            question = gr.Textbox(
                label=labels.question,
                show_label=False,
                placeholder=labels.placeholder,
                elem_id="question",
                lines=1,
                max_lines=5,
                scale=5,
                text_align=None,
                autofocus=True,
            )
            send = gr.Button(labels.send, variant="primary", elem_id="send", scale=1, min_width=96)
        examples_title = gr.Markdown(labels.examples, elem_id="examples-title")
        with gr.Row(elem_id="examples"):
            examples = [gr.Button(example, size="sm", elem_classes="example") for example in EXAMPLES]
        with gr.Row():
            new = gr.Button(labels.new, size="sm", elem_id="new")
        notice = gr.HTML(_notice(first))

        answer = functools.partial(_answer, readiness)
        for trigger in (question.submit, send.click):
            trigger(_ask, [question, chat], [question, chat], show_progress="hidden").then(
                answer, [chat, switch], chat, api_visibility="private"
            )
        for button in examples:
            button.click(_ask, [button, chat], [question, chat], show_progress="hidden").then(
                answer, [chat, switch], chat, api_visibility="private"
            )
        new.click(lambda: [], None, chat)
        switch.change(
            _relabel,
            switch,
            [heading, switch, chat, question, send, examples_title, new, notice],
            js=_SET_DIRECTION,
            show_progress="hidden",
        )
        page.load(None, switch, switch, js=_SET_DIRECTION)
    return page


def _heading(language: Language) -> str:
    labels = LABELS[language]
    return f'<div dir="auto"><h1>{labels.title}</h1><p>{labels.introduction}</p></div>'


def _notice(language: Language) -> str:
    return f'<p dir="auto" class="notice">{LABELS[language].notice}</p>'


def _ask(question: str, history: History) -> tuple[str, History]:
    """Shows the question at once and empties the box."""
    if not question.strip():
        return "", history
    asked = {"role": "user", "content": question_html(question), "metadata": {"id": question}}
    return "", [*history, asked]


def _answer(readiness: Readiness, history: History, choice: str) -> History:
    """Answers the last question; whatever goes wrong is told in the person's language, and logged."""
    if not history or history[-1]["role"] != "user":
        return history
    question = history[-1]["metadata"]["id"]
    language = language_of_text(question) if question.strip() else _SWITCH[choice]
    try:
        html = answer_html(readiness.advisor().answer(question))
    except InvalidQuestion as error:
        html = _message(str(error))
    except IndexUnusable as error:
        _log.warning("asked before the index was ready: %s", error)
        html = _message(say("not_ready", language))
    except Exception:
        _log.exception("the question could not be answered")
        html = _message(say("failed", language))
    return [*history, {"role": "assistant", "content": html}]


def _message(text: str) -> str:
    return f'<div dir="auto" class="answer">{text}</div>'


def _relabel(choice: str) -> tuple[Any, ...]:
    language = _SWITCH[choice]
    labels = LABELS[language]
    return (
        _heading(language),
        gr.update(label=labels.language),
        gr.update(label=labels.conversation),
        gr.update(label=labels.question, placeholder=labels.placeholder),
        labels.send,
        labels.examples,
        labels.new,
        _notice(language),
    )
