"""The chat page, in Gradio."""

from __future__ import annotations

import functools
import logging
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import gradio as gr

from advisor.errors import IndexUnusable, InvalidQuestion
from advisor.messages import say
from advisor.readiness import Readiness
from advisor.types import Language
from advisor.ui.labels import EXAMPLES, LABELS
from advisor.ui.rendering import answer_html, message_html, question_html

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
# A long answer is read from its beginning: brings the question to the top, once the page has drawn the answer.
_SHOW_ANSWER = """() => requestAnimationFrame(() => requestAnimationFrame(() =>
    [...document.querySelectorAll("#chat .asked")].at(-1)?.scrollIntoView({block: "start", behavior: "smooth"})))"""
History = list[dict[str, Any]]


def build_page(readiness: Readiness) -> gr.Blocks:
    """The page as Gradio blocks, to be mounted on the API."""
    first = Language.AR
    labels = LABELS[first]
    with gr.Blocks(title="Murshid · مرشد", analytics_enabled=False) as page:
        with gr.Row(elem_id="top"):
            heading = gr.HTML(_heading(first))
            switch = gr.Radio(list(_SWITCH), value="العربية", label=labels.language, show_label=False, container=False, elem_id="language")
        chat = gr.Chatbot(
            label=labels.conversation,
            show_label=False,
            elem_id="chat",
            height="auto",
            autoscroll=False,
            buttons=[],  # Gradio's own would copy the HTML
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
        examples_title = gr.HTML(_line(labels.examples), elem_id="examples-title")
        with gr.Row(elem_id="examples"):
            examples = [gr.Button(example, size="sm", elem_classes="example") for example in EXAMPLES]
        with gr.Row():
            new = gr.Button(labels.new, size="sm", elem_id="new")
        notice = gr.HTML(_line(labels.notice), elem_id="notice")

        conversation = gr.State("")  # its id, once something was asked
        converse = functools.partial(_converse, readiness)
        asked = [(question.submit, question), (send.click, question), *((button.click, button) for button in examples)]
        for trigger, words in asked:
            trigger(
                converse,
                [words, chat, switch, conversation],
                [question, chat, conversation],
                show_progress="hidden",
                api_visibility="private",
            ).then(None, js=_SHOW_ANSWER)
        new.click(lambda: ([], ""), None, [chat, conversation], api_visibility="private")
        switch.change(
            _relabel,
            switch,
            [heading, switch, chat, question, send, examples_title, new, notice],
            js=_SET_DIRECTION,
            show_progress="hidden",
            api_visibility="private",
        )
        page.load(None, switch, switch, js=_SET_DIRECTION)
    return page


def _heading(language: Language) -> str:
    labels = LABELS[language]
    return f'<div dir="auto"><h1>{labels.title}</h1><p>{labels.introduction}</p></div>'


def _line(text: str) -> str:
    return f'<p dir="auto">{text}</p>'


def _converse(readiness: Readiness, question: str, history: History, choice: str, conversation: str) -> Iterator[tuple[Any, Any, Any]]:
    """Shows the question at once and empties the box, then adds the answer."""
    if not question.strip():
        yield "", gr.skip(), gr.skip()
        return
    conversation = conversation or uuid.uuid4().hex
    history = [*history, {"role": "user", "content": question_html(question)}]
    yield "", history, conversation
    reply = _reply(readiness, question, _SWITCH[choice], conversation)
    yield gr.skip(), [*history, {"role": "assistant", "content": reply}], gr.skip()


def _reply(readiness: Readiness, question: str, page_language: Language, conversation: str) -> str:
    """The answer; whatever goes wrong is told in the page's language, and logged."""
    try:
        return answer_html(readiness.advisor().answer(question, conversation_id=conversation))
    except InvalidQuestion as error:
        return message_html(str(error))
    except IndexUnusable as error:
        _log.warning("asked before the index was ready: %s", error)
        return message_html(say("not_ready", page_language))
    except Exception:  # a person gets a sentence, the log the rest
        _log.exception("the question could not be answered")
        return message_html(say("failed", page_language))


def _relabel(choice: str) -> tuple[Any, ...]:
    language = _SWITCH[choice]
    labels = LABELS[language]
    return (
        _heading(language),
        gr.update(label=labels.language),
        gr.update(label=labels.conversation),
        gr.update(label=labels.question, placeholder=labels.placeholder),
        labels.send,
        _line(labels.examples),
        labels.new,
        _line(labels.notice),
    )
