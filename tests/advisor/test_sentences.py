"""Where French and Arabic sentences end."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest

from advisor.sentences import sentence_spans


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Remplissez le CN 23. Joignez la facture.", ["Remplissez le CN 23.", "Joignez la facture."]),
        ("الفاتورة لازمة. هل تكفي؟ نعم!", ["الفاتورة لازمة.", "هل تكفي؟", "نعم!"]),
        ("Combien ?  Trois euros…  Pas plus", ["Combien ?", "Trois euros…", "Pas plus"]),
        ("Titre sans point\nPuis le texte.\n\nEt la fin.", ["Titre sans point", "Puis le texte.", "Et la fin."]),
        ("Il a dit « oui. » Puis il a signé.", ["Il a dit « oui. »", "Puis il a signé."]),
        ("قال «نعم.» ثم وقّع.", ["قال «نعم.»", "ثم وقّع."]),
        ("(Voir la liste.) Payez.", ["(Voir la liste.)", "Payez."]),
    ],
)
def test_a_sentence_ends_at_its_mark_or_its_line(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Le code 5701.10 coûte 6.000 dh.",
        "Voir art. 12 du code.",
        "Selon l’art. 12, payez.",
        "Selon l'art. 12, payez.",
        "Ce papier (cf. annexe) suffit.",
        "M. Alami exporte des tapis.",
        "Écrivez à Mme. B. Alami.",
        "انظر ص. 4 من الدليل.",
        "1. Remplissez la déclaration.",
    ],
)
def test_a_stop_inside_a_sentence_does_not_end_it(text: str) -> None:
    assert sentences(text) == [text]


@pytest.mark.parametrize("text", ["", "  ", "\n\n \n"])
def test_nothing_has_no_sentences(text: str) -> None:
    assert sentence_spans(text) == []


def test_the_spans_are_trimmed_ordered_and_lose_nothing_but_space() -> None:
    chance = random.Random(5)
    for _ in range(500):
        text = "".join(chance.choices(["tapis", "زربية", " ", "  ", "\n", ".", "؟", "…", "»", "art", "M", "3", "(", ")", "’"], k=15))
        spans = sentence_spans(text)
        assert [one.strip() for one in sentences(text)] == sentences(text) != [""]
        assert all(end <= start for (_, end), (start, _) in pairwise(spans))
        assert "".join("".join(sentences(text)).split()) == "".join(text.split())
