"""Escaping and direction of what the page shows."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest

from advisor.types import Answer, Citation, Language, Outcome, Source, Understood, Variety
from advisor.ui.rendering import answer_html, message_html, question_html

EVIL = '<img src=x onerror="alert(1)">'
INVOICE = Source("invoice-6000", "Protocole sur l'origine", "Commission européenne", "https://example.org/protocole", "2024-06", "2026-01")


class Elements(HTMLParser):
    """The elements of a piece of HTML, as (tag, attributes), and whether all are closed."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.found if name == tag]


def citation(marker: int = 1, quote: str = "Jusqu'à 6 000 euros.", title: str = "Origine", source: Source = INVOICE) -> Citation:
    return Citation(marker, "p1", "d1", title, "Facture", None, quote, 0, len(quote), (source,), source.as_of)


def answer(text: str, *citations: Citation, language: Language = Language.FR, **fields: tuple[str, ...]) -> Answer:
    outcome = Outcome.ANSWERED if citations else Outcome.NO_EVIDENCE
    understood = Understood("?", language, Variety.FR)
    return Answer("a1", "c1", outcome, language, Variety.FR, text, "extractive", understood, citations=citations, **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(("language", "direction"), [(Language.AR, "rtl"), (Language.FR, "ltr")])
def test_an_answer_runs_in_the_direction_of_its_language(language: Language, direction: str) -> None:
    outer = Elements(answer_html(answer("نعم [1]", citation(), language=language))).found[0]
    assert outer == ("div", {"dir": direction, "lang": str(language), "class": "answer answered"})


def test_a_marker_stays_left_to_right_and_on_the_line_of_its_sentence() -> None:
    assert 'نعم.&nbsp;<sup class="marker" dir="ltr">[1]</sup>' in answer_html(answer("نعم. [1]", citation(), language=Language.AR))


@pytest.mark.parametrize(
    "number",
    ["6 000", "6\u00a0000", "1 250 000,50", "05 37 26 63 63", "+212\u00a05\u00a022\u00a098", "50-17", "2-21-437", "2026-11-22", "3,5-4,5"],
)
def test_a_number_of_several_parts_is_kept_left_to_right_in_arabic(number: str) -> None:
    assert question_html(f"القانون {number} دخل").endswith(f'القانون <bdi dir="ltr" class="number">{number}</bdi> دخل</p></div>')


@pytest.mark.parametrize(
    "text", ["قبل 150 يوما", "في سنة 2025 150 طلبا", "رمز 5701.10", "معيار ISO 6486-1", "شهادة EUR.1", "REACH 1907/2006"]
)
def test_what_right_to_left_text_leaves_in_order_is_left_alone(text: str) -> None:
    assert question_html(text) == f'<div class="asked"><p dir="auto">{text}</p></div>'


def test_each_line_of_a_question_has_its_own_direction() -> None:
    assert question_html("سؤال\n\nMerci") == '<div class="asked"><p dir="auto">سؤال</p><p dir="auto">Merci</p></div>'


@pytest.mark.parametrize("question", ["a\n\n![x](http://example.org/x.png)", "a\r\n\r\n# titre", "a\u2028\u2028b", "a\x0b\x0cb"])
def test_what_is_shown_is_one_line_so_that_nothing_of_it_is_markdown(question: str) -> None:
    shown = [
        question_html(question),
        message_html(question),
        answer_html(answer(f"{question} [1]", citation(quote=question, title=question), warnings=(question,), suggestions=(question,))),
    ]
    assert all(len(html.splitlines()) == 1 for html in shown)


def test_what_a_person_wrote_is_text() -> None:
    html = question_html(EVIL)
    assert "&lt;img src=x onerror=&quot;alert(1)&quot;&gt;" in html
    assert Elements(html).all("img") == []


def test_what_a_document_says_is_text_wherever_it_stands() -> None:
    source = Source(EVIL, EVIL, EVIL, f"https://example.org/{EVIL}", f"2026 {EVIL}", f"2026 {EVIL}", verified=False)
    shown = answer(f"{EVIL} [1]\n- {EVIL} [1]", citation(quote=EVIL, title=EVIL, source=source), warnings=(EVIL,), suggestions=(EVIL,))
    elements = Elements(answer_html(shown))
    assert elements.all("img") == []
    assert [set(link) for link in elements.all("a")] == [{"href", "target", "rel"}]
    assert elements.open == []


@pytest.mark.parametrize("url", ["javascript:alert(1)", "JavaScript:alert(1)", "data:text/html,x", "file:///etc/passwd", "http://[", ""])
def test_only_a_web_address_becomes_a_link(url: str) -> None:
    source = Source("s", "Guide", "", url, "", "")
    html = answer_html(answer("Oui [1]", citation(source=source)))
    assert Elements(html).all("a") == []
    assert "Guide" in html


def test_a_link_opens_apart_and_tells_the_other_site_nothing() -> None:
    (link,) = Elements(answer_html(answer("Oui [1]", citation()))).all("a")
    assert link == {"href": "https://example.org/protocole", "target": "_blank", "rel": "noopener noreferrer nofollow"}


def test_sources_open_under_the_answer_numbered_as_their_markers() -> None:
    elements = Elements(answer_html(answer("Un. [1]\n- Deux. [2]", citation(1), citation(2))))
    assert len(elements.all("details")) == 1
    assert "open" not in elements.all("details")[0]
    assert [item["value"] for item in elements.all("li") if "value" in item] == ["1", "2"]


def test_paragraphs_bullets_and_steps_become_lists() -> None:
    html = answer_html(answer("Oui. [1]\n\n- Un. [1]\n- Deux. [1]\n1. Trois. [1]\n2. Quatre. [1]", citation()))
    body = html.partition("<details")[0]
    assert body.count("<ul>") == body.count("</ul>") == body.count("<ol>") == body.count("</ol>") == 1
    assert body.count("<li>") == 4
    assert Elements(html).open == []


def test_a_refusal_shows_no_sources() -> None:
    html = answer_html(answer("Je n'ai pas trouvé.\n\nAdressez-vous à l'ADII.", suggestions=("Qui est le déclarant ?",)))
    assert "<details" not in html
    assert html.count("<p>") == 2
    assert "Qui est le déclarant ?" in html


def test_a_source_without_a_date_shows_none() -> None:
    source = Source("s", "Guide", "ADII", "", "undated", "2026-01", verified=False)
    html = answer_html(answer("Oui [1]", citation(source=source)))
    assert "undated" not in html
    assert "2026-01" in html
    assert "(à vérifier)" in html


def test_the_questions_of_a_message_stand_above_their_answers() -> None:
    html = answer_html(answer("**Combien <b>?**\n\n- 3 euros. [1]\n\n**Où ?**\n\nIci. [1]", citation()))
    assert "<p><strong>Combien &lt;b&gt;?</strong></p><ul><li>3 euros." in html
    assert "</ul><p><strong>Où ?</strong></p><p>Ici." in html
    Elements(html)
