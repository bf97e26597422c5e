"""The chat page in a real browser, over the real corpus."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, Request, expect, sync_playwright
from serving import Server

from advisor.types import Language
from advisor.ui.labels import EXAMPLES, LABELS

CHROMIUM = Path("/usr/bin/chromium")
RUG_DARIJA = "شنو خاصني باش نصيفط زربية لمريكان؟"
REPATRIATION_AR = "ما هو أجل استرجاع عائدات التصدير إلى المغرب؟"
CHROME_FR = "Mes sacs en cuir doivent-ils respecter une limite de chrome VI en Europe ?"
# The page takes no click while it is busy with the one before, and empties the box when it takes one: click until it has.
SEND = """() => {
    const box = document.querySelector("#question textarea");
    if (box.value) document.querySelector("#send").click();
    return !box.value;
}"""
DESKTOP = (1000, 900)
PHONE = (360, 740)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    assert CHROMIUM.exists(), f"the tests of the page need {CHROMIUM}: apt-get install chromium (see .ci/run)"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@dataclass
class Chat:
    """The page as a person uses it, with what the browser did on the side."""

    page: Page
    requested: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def ask(self, question: str) -> Locator:
        """The answer, once it is there."""
        before = self.answers.count()
        self.page.locator("#question textarea").fill(question)
        self.page.wait_for_function(SEND, polling=100)
        return self.wait_for_answer(before)

    def wait_for_answer(self, before: int) -> Locator:
        expect(self.answers).to_have_count(before + 1, timeout=60_000)
        return self.answers.last

    @property
    def answers(self) -> Locator:
        return self.page.locator("#chat .bot .answer")

    @property
    def questions(self) -> Locator:
        return self.page.locator("#chat .user .asked")

    def direction(self) -> tuple[str, str]:
        """Direction and language of the whole page."""
        return self.page.evaluate("() => [document.documentElement.dir, document.documentElement.lang]")  # type: ignore[no-any-return]


@pytest.fixture(params=[DESKTOP], ids=["desktop"])
def chat(request: pytest.FixtureRequest, browser: Browser, server: Server) -> Iterator[Chat]:
    width, height = request.param
    context = browser.new_context(viewport={"width": width, "height": height}, locale="fr-MA")
    page = context.new_page()
    page.set_default_timeout(30_000)
    chat = Chat(page)

    def note(request: Request) -> None:
        chat.requested.append(request.url)

    page.on("request", note)
    page.on("pageerror", lambda error: chat.errors.append(str(error)))
    page.on("dialog", lambda dialog: (chat.dialogs.append(dialog.message), dialog.dismiss()))
    page.goto(server.url)
    expect(page.locator("html")).to_have_attribute("dir", "rtl")  # set by the page's own script: it runs
    yield chat
    context.close()
    assert chat.errors == []


on_a_phone = pytest.mark.parametrize("chat", [PHONE], indirect=True, ids=["phone"])


def test_a_question_in_darija_is_answered_right_to_left(chat: Chat) -> None:
    answer = chat.ask(RUG_DARIJA)
    expect(chat.questions).to_have_text(RUG_DARIJA)
    expect(answer).to_have_class(re.compile(r"\banswered\b"))
    expect(answer).to_have_css("direction", "rtl")
    expect(answer.locator(".marker").first).to_have_css("direction", "ltr")
    expect(answer.locator("p").first).to_contain_text("[1]")
    expect(answer.locator("ul").first).to_have_css("padding-left", "0px")  # bullets stand on the right
    expect(answer.locator("ul").first).not_to_have_css("padding-right", "0px")


def test_a_question_in_french_is_answered_left_to_right(chat: Chat) -> None:
    chat.page.locator("#question textarea").fill(CHROME_FR)
    chat.page.locator("#send").click()
    answer = chat.wait_for_answer(0)
    expect(answer).to_have_class(re.compile(r"\banswered\b"))
    expect(answer).to_have_css("direction", "ltr")
    expect(answer).to_contain_text("3 mg/kg")


def test_the_box_is_empty_again_and_enter_sends_too(chat: Chat) -> None:
    box = chat.page.locator("#question textarea")
    box.fill(REPATRIATION_AR)
    box.press("Enter")
    expect(chat.wait_for_answer(0)).to_contain_text("150")
    expect(box).to_have_value("")


def test_sources_open_on_demand(chat: Chat) -> None:
    answer = chat.ask(CHROME_FR)
    sources = answer.locator("details.sources")
    expect(sources.locator("blockquote").first).to_be_hidden()
    sources.locator("summary").click()
    expect(sources.locator("blockquote").first).to_be_visible()
    link = sources.locator("a").first
    expect(link).to_have_attribute("target", "_blank")
    assert urlsplit(link.get_attribute("href") or "").scheme in ("http", "https")
    assert sources.locator("ol > li").count() == answer.locator(".marker").count()


def test_numbers_of_several_parts_stand_left_to_right_in_arabic(chat: Chat) -> None:
    chat.ask("واش 6 000 أورو هي الحد باش نكتب بوحدي الإقرار بالمنشأ؟ القانون 50-17")
    first, second = chat.questions.locator(".number").all()
    for number, parts in ((first, ("6", "000")), (second, ("50", "17"))):
        places = number.evaluate(
            """(element, parts) => parts.map(part => {
                const range = document.createRange(), text = element.firstChild, at = text.data.indexOf(part);
                range.setStart(text, at); range.setEnd(text, at + part.length);
                return range.getBoundingClientRect().x;
            })""",
            list(parts),
        )
        assert places == sorted(places)


def test_switching_the_language_changes_labels_and_direction(chat: Chat) -> None:
    page = chat.page
    assert chat.direction() == ["rtl", "ar"]
    for language, choice, direction in ((Language.FR, "Français", "ltr"), (Language.AR, "العربية", "rtl")):
        page.get_by_label(choice, exact=True).check()
        labels = LABELS[language]
        expect(page.locator("html")).to_have_attribute("dir", direction)
        expect(page.locator("html")).to_have_attribute("lang", str(language))
        expect(page.locator("h1")).to_have_text(labels.title)
        expect(page.locator("#send")).to_have_text(labels.send)
        expect(page.locator("#examples-title")).to_have_text(labels.examples)
        expect(page.locator("#notice")).to_have_text(labels.notice)
        expect(page.locator("#question textarea")).to_have_attribute("placeholder", labels.placeholder)
        expect(page.get_by_label(labels.question)).to_be_visible()


def test_the_language_of_the_page_does_not_choose_that_of_the_answer(chat: Chat) -> None:
    expect(chat.ask(CHROME_FR)).to_have_attribute("lang", "fr")
    chat.page.get_by_label("Français").check()
    expect(chat.ask(RUG_DARIJA)).to_have_attribute("lang", "ar")


@pytest.mark.parametrize("position", range(len(EXAMPLES)), ids=EXAMPLES)
def test_an_example_is_asked_by_its_button(chat: Chat, position: int) -> None:
    chat.page.locator(".example").nth(position).click()
    answer = chat.wait_for_answer(0)
    expect(chat.questions).to_have_text(EXAMPLES[position])
    expect(answer).to_have_class(re.compile(r"\banswered\b"))


def test_a_second_question_keeps_the_first(chat: Chat) -> None:
    first = chat.ask(CHROME_FR).inner_text()
    chat.ask(REPATRIATION_AR)
    expect(chat.questions).to_have_text([CHROME_FR, REPATRIATION_AR])
    assert chat.answers.first.inner_text() == first
    expect(chat.answers.first.locator("details.sources")).to_have_count(1)


def test_a_follow_up_is_answered_in_the_light_of_the_question_before(chat: Chat) -> None:
    chat.ask("Quelle étiquette pour un tapis vendu aux États-Unis ?")
    expect(chat.ask("et la douane ?")).to_contain_text("États-Unis")


def test_a_new_conversation_begins_empty(chat: Chat) -> None:
    expect(chat.page.locator("#new")).to_be_hidden()
    chat.ask(CHROME_FR)
    chat.page.locator("#new").click()
    expect(chat.questions).to_have_count(0)
    chat.ask(REPATRIATION_AR)
    expect(chat.questions).to_have_text([REPATRIATION_AR])


@pytest.mark.parametrize(
    "question",
    [
        "<img src=x onerror=alert(1)>",
        "<script>alert(1)</script> tapis",
        "tapis\n\n![x](http://example.org/x.png)\n\n# titre\n\n<img src=x onerror=alert(1)>",
        "[tapis](javascript:alert(1)) `code` **gras** $x^2$",
    ],
)
def test_what_is_typed_is_shown_as_text(chat: Chat, question: str, server: Server) -> None:
    chat.ask(question)
    shown = chat.questions.inner_text()
    assert shown.split() == question.split()
    assert chat.questions.locator("img, script, a, h1, code, strong, math").count() == 0
    assert chat.dialogs == []
    assert hosts(chat) == {urlsplit(server.url).netloc}


def test_an_empty_question_asks_nothing(chat: Chat) -> None:
    box = chat.page.locator("#question textarea")
    box.fill("  ")
    chat.page.locator("#send").click()
    expect(box).to_have_value("")
    chat.ask(CHROME_FR)  # later than the empty one, and the only one
    expect(chat.questions).to_have_text([CHROME_FR])


def test_an_overlong_question_is_refused_in_words(chat: Chat) -> None:
    expect(chat.ask("ز" * 2001)).to_contain_text("2000")


def hosts(chat: Chat) -> set[str]:
    return {parts.netloc for parts in map(urlsplit, chat.requested) if parts.scheme in ("http", "https", "ws", "wss")}


def test_nothing_is_loaded_from_another_host(chat: Chat, server: Server) -> None:
    chat.ask(RUG_DARIJA).locator("summary").click()
    chat.page.get_by_label("Français").check()
    expect(chat.page.locator("#send")).to_have_text(LABELS[Language.FR].send)
    chat.page.wait_for_timeout(2000)  # the network is never idle: Gradio keeps a line open while a page holds a state
    assert hosts(chat) == {urlsplit(server.url).netloc}


@on_a_phone
def test_on_a_phone_nothing_is_wider_than_the_screen(chat: Chat) -> None:
    page = chat.page
    for question in (RUG_DARIJA, CHROME_FR, "https://example.org/" + "x" * 200):
        chat.ask(question)
    for summary in page.locator("#chat summary").all():
        summary.click()
    for choice in ("العربية", "Français"):
        page.get_by_label(choice, exact=True).check()
        expect(page.locator("#send")).to_have_text(LABELS[Language.AR if choice == "العربية" else Language.FR].send)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
        wide = page.evaluate(
            """width => [...document.querySelectorAll("#chat *, #ask *, #examples *, #top *")]
                .filter(e => e.offsetParent && (e.getBoundingClientRect().right > width + 1 || e.getBoundingClientRect().left < -1))
                .map(e => e.outerHTML.slice(0, 120))""",
            PHONE[0],
        )
        assert wide == []


@on_a_phone
def test_on_a_phone_what_is_tapped_is_large_enough(chat: Chat) -> None:
    chat.ask(RUG_DARIJA)
    for target in ("#send", "#new", ".example", "#language label", "#chat summary", "#question textarea"):
        for element in chat.page.locator(target).all():
            box = element.bounding_box()
            assert box and box["height"] >= 44, target


@on_a_phone
def test_a_long_answer_is_shown_from_its_beginning_with_the_box_below(chat: Chat) -> None:
    chat.ask(CHROME_FR)
    chat.ask(RUG_DARIJA)
    expect(chat.questions.last).to_be_in_viewport(ratio=1)
    expect(chat.page.locator("#send")).to_be_in_viewport(ratio=1)
