"""Which variety a question is written in, and which language answers it."""

from __future__ import annotations

import pytest

from advisor.language import VarietyDetector, answer_language, asks_for_french, is_function_word, language_of_text
from advisor.normalisation import words
from advisor.types import Language, Variety

QUESTIONS = {
    Variety.FR: [
        "Mon acheteur de Chicago veut un petit bout de tissu cousu derrière chaque tapis. Qu'est-ce que je dois y écrire ?",
        "la moitié des assiettes de safi est arrivée cassé chez la cliente a bruxelles, comment il faut les caler dans le colis",
        "Slt jexporte 4 ou 5 fois par an pas plus, portnet sa coute combien par an",
        "Un monsieur me demande 800 dh pour m'ouvrir un compte vendeur sur trade.ma. C'est deja en marche ce site ou pas encore ??",
        "combien ?",
        "tapis Allemagne",
        "EUR.1",
        "colis 2kg par DHL ?",
        "faut-il la norme ISO 9001 pour exporter 3 caftans",
    ],
    Variety.MSA: [
        "ما أقصى كمية من الرصاص يجوز أن تنتقل إلى الطعام من طاجين يوضع فوق النار إذا أردنا بيعه في إسبانيا؟",
        "إذا امتنع مشتر أجنبي عن دفع ثمن الطلبية وكنت مؤمّنا لدى SMAEX، فكم أسترد من المبلغ على أبعد تقدير؟",
        "بعت أغطية صوفية لمتجر في مدريد يوم ١٥ شتنبر، فكم لدي من الوقت حتى يصل ثمنها إلى حسابي بالمغرب؟",
        "كيف أصدر زربية إلى فرنسا؟",
        "كم؟",
    ],
    Variety.ARY: [
        "صيفطت لواحد الحانوت فلوندر السلعة ومعاها الورقة اللي كتقول بلي هي مغربية، شحال ديال الشهور وهي صالحة؟",
        "غادي نبيع البلاغي ديالي ففرنسا، شنو هوما المعلومات اللي خاصهم يكونو فالتيكيطة؟",
        "تسجلت فـ RNA وعندي النمرة، دابا فين نمشي ناخد لاكارط ديال الصنايعي اللي فيها الكود QR؟",
        "شنو لوراق ديال الفيزا باش نمشي نشوف ولدي ففرنسا شهر؟",
        "كيف نصيفط زربية لكندا؟",
        "شحال؟",
        "Portnet شنو هو",
    ],
    Variety.ARABIZI: [
        "ana kandir ttbassel dyal tin beldi bla vernis bla walo, wach 7ta ana lazem n3tihom l labo",
        "Ch7al mn chrome 6 msmou7 ykoun f jjeld dyal ssac ila bghit nsaifto l espagne ??",
        "wa7d lklyana mn berlin chrat mn site dyali w daba katgol ma3jbhach lmandil, 3ndha l7e9 tredo ?",
        "chhal katchd etsy f lmya mn kol bi3a",
        "kifach nsifet zrabi l fransa",
        "ch7al",
        "salam",
    ],
    Variety.MIXED: [
        "bghit nexporter les tapis l France, quels sont les documents nécessaires ?",
        "بغيت نصيفط zarbia l France",
        "j'ai une commande de poufs pour Lyon, walakin ma 3reftch kifach n3mer la facture",
        "je veux vendre ma zerbia f etsy, wach khassni une facture ?",
    ],
    Variety.OTHER: ["How can I export a rug to the US?", "What is the customs duty for leather?", "Привет", "???", "🙂", "2026", ""],
}


@pytest.mark.parametrize(("variety", "question"), [(variety, one) for variety, some in QUESTIONS.items() for one in some])
def test_a_question_is_of_its_variety(varieties: VarietyDetector, variety: Variety, question: str) -> None:
    assert varieties.variety_of(words(question)) is variety


def test_a_mixed_question_is_answered_in_the_script_of_most_of_its_words() -> None:
    assert answer_language(Variety.MIXED, words("واش خاصني شي ورقة pour la France")) is Language.AR
    assert answer_language(Variety.MIXED, words("je veux vendre, واش ممكن")) is Language.FR


@pytest.mark.parametrize(
    ("variety", "language"),
    [
        (Variety.MSA, Language.AR),
        (Variety.ARY, Language.AR),
        (Variety.ARABIZI, Language.AR),
        (Variety.FR, Language.FR),
        (Variety.MIXED, Language.FR),
        (Variety.OTHER, Language.FR),
    ],
)
def test_a_variety_is_answered_in_one_language(variety: Variety, language: Language) -> None:
    assert answer_language(variety) is language


@pytest.mark.parametrize(
    "question", ["جاوبني بالفرنسية عافاك", "jawbni b lfransawiya", "jawbni blfr", "شحال الديوانة؟ réponds en français"]
)
def test_an_answer_in_french_can_be_asked_for(question: str) -> None:
    assert asks_for_french(question)


@pytest.mark.parametrize(
    "question", ["كيف أصدر زربية إلى فرنسا؟", "kifach nsifet zrabi l fransa", "un acheteur français", "client français à Lyon"]
)
def test_naming_france_does_not_ask_for_french(question: str) -> None:
    assert not asks_for_french(question)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Un colis de moins de 150 euros.", Language.FR),
        ("يؤدي الطرد 3 أورو عن كل بند.", Language.AR),
        ("التسجيل في PORTNET ثم EUR.1 لدى إدارة الجمارك", Language.AR),
        ("2026", Language.FR),
        ("", Language.FR),
    ],
)
def test_a_document_is_in_the_language_of_most_of_its_letters(text: str, language: Language) -> None:
    assert language_of_text(text) is language


@pytest.mark.parametrize("word", words("le pour combien the باش ديال شنو من كيف dyal wach"))
def test_grammar_says_nothing_of_the_subject(word: str) -> None:
    assert is_function_word(word)


@pytest.mark.parametrize("word", words("tapis douane 150 زربية جمارك zerbia diwana portnet"))
def test_the_words_of_the_trade_are_no_grammar(word: str) -> None:
    assert not is_function_word(word)
