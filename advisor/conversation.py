"""What was said before, and what a message means after it."""

from __future__ import annotations

import re
import threading
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from advisor.lexicon import Term
from advisor.normalisation import words
from advisor.types import Language, Understood
from advisor.understanding import Understanding

_REMEMBERED = 10_000  # conversations
_ENOUGH = 5  # words from which a message with product and market of its own stands alone
_ORDINALS = {
    "1": 0, "premier": 0, "premiere": 0, "الاول": 0, "الاولي": 0, "lwel": 0, "lwla": 0, "lawla": 0, "اللول": 0, "اللولي": 0,
    "2": 1, "deuxieme": 1, "second": 1, "seconde": 1, "الثاني": 1, "الثانيه": 1, "tani": 1, "tanya": 1, "التاني": 1, "التانيه": 1,
    "3": 2, "troisieme": 2, "الثالث": 2, "الثالثه": 2, "talet": 2, "talta": 2, "التالت": 2, "التالته": 2, "4": 3, "5": 4, "6": 5,
}  # fmt: skip
_ALL = re.compile(r"\b(?:les deux|tous|toutes|bjouj|b ?jouj|bjoj|kolchi|kamlin)\b|بجوج|كلاهما|كلها|كلشي|الاثنان|الاثنين|جميعها")


@dataclass(frozen=True, slots=True)
class Turn:
    """What the last message was taken to ask; `options` are the choices it was answered with, if it was asked back."""

    understood: Understood
    options: tuple[str, ...] = ()


class Conversations:
    """The last turn of each conversation, the longest unused forgotten first. It lives as long as the process."""

    def __init__(self) -> None:
        self._turns: OrderedDict[str, Turn] = OrderedDict()
        self._lock = threading.Lock()

    def last(self, conversation_id: str) -> Turn | None:
        with self._lock:
            if conversation_id in self._turns:
                self._turns.move_to_end(conversation_id)
            return self._turns.get(conversation_id)

    def remember(self, conversation_id: str, turn: Turn) -> None:
        with self._lock:
            self._turns[conversation_id] = turn
            self._turns.move_to_end(conversation_id)
            while len(self._turns) > _REMEMBERED:
                self._turns.popitem(last=False)


def stand_alone(message: str, before: Turn | None, understanding: Understanding) -> str:
    """`message` as it would have been asked without the turn before it; itself when it needs none.

    A message that names a product or a market but no topic asks the question before again for these. One that names a topic takes
    over what its answer depends on. A correction ("not France, Belgium") replaces what it corrects.
    """
    if before is None:
        return message
    message = _chosen(message, before.options) or message
    read, asked = understanding.read(message), understanding.read(before.understood.question)
    if read.new_subject or not asked.matches:
        return message
    products, markets = read.terms("product", "family"), read.terms("market")
    if not read.topics:
        if products and markets and len(read.words) >= _ENOUGH:
            return message
        if not products and not markets and len(read.words) > 2 * _ENOUGH:
            return message
        replaced = [(kinds, some) for kinds, some in ((("product", "family"), products), (("market",), markets)) if some]
        language = before.understood.language
        question = before.understood.question
        for kinds, some in replaced:
            question = _replace(question, understanding, kinds, _names(some, language))
        return question if replaced else f"{message} ({question})"
    concerns = understanding.topics.concerns(read.topics)
    missing: list[Term] = []
    if "product" in concerns and not products:
        missing += asked.terms("product", "family")[:1]
    if "market" in concerns and not markets and not read.at_home:
        missing += asked.terms("market")
    names = _names(missing, understanding.language_of(read))
    return f"{message} ({', '.join(names)})" if names else message


def _chosen(message: str, options: Sequence[str]) -> str:
    """The option that a message such as "2" or "both" stands for."""
    if not options:
        return ""
    said = words(message)
    if _ALL.search(" ".join(said)):
        return ", ".join(options)
    for word in said[:3]:
        if (place := _ORDINALS.get(word)) is not None and place < len(options):
            return options[place]
    return ""


def _names(terms: Iterable[Term], language: Language) -> list[str]:
    return [(term.french if language is Language.FR else term.arabic)[0] for term in terms]


def _replace(question: str, understanding: Understanding, kinds: tuple[str, ...], names: list[str]) -> str:
    """`question` with what it says of these kinds replaced by `names`; they are added where it says nothing of them."""
    chunks = question.split()
    owners = [position for position, chunk in enumerate(chunks) for _ in words(chunk)]
    read = understanding.read(question)
    named = [match for match in read.matches if any(term.kind in kinds for term in match.terms)]
    if not named or len(owners) != len(read.words):
        return f"{question.rstrip(' ?؟')} ({', '.join(names)}) ?"
    gone = {owners[position] for match in named for position in range(match.start, match.end)}
    kept = [
        ", ".join(names) if position == min(gone) else chunk for position, chunk in enumerate(chunks) if position not in gone - {min(gone)}
    ]
    return " ".join(kept)
