"""Which language and variety a text is written in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from advisor.normalisation import character_ngrams as pieces
from advisor.normalisation import is_arabic, normalise
from advisor.ports import TextClassifier
from advisor.types import Language, Variety

# Function words that give a language away, normalised as `words` gives them.
_FRENCH = frozenset(
    """a ai ainsi apres as au aucun aussi aux avant avec avez avoir avons c ca ce ces cet cette chez combien comme comment d dans de
    dehors depuis des dois doit du elle elles en entre est et etre eu faire fait faut il ils j je jusqu l la le les leur leurs lui m
    ma mais me mes moi mon n ne nos notre nous on ont ou par pas peut peux plus pour pourquoi puis quand quel quelle quelles quels
    qu que quelqu qui quoi s sa sans se sera ses si son sont sous suis sur t ta te tes toi ton tous tout toute tres tu un une va
    vais vers veux vos votre vous y alors aura avait beaucoup bien bonjour car cas cela celui ceux chaque chose ci comment dire disent
    dit dont encore etait eux fais faites font fois ici jamais juste lorsque maintenant merci moins non oui ont parce peu personne
    plait plutot pouvez puisque quelle rien salut savoir sera seront seul seulement si soit sommes souvent sous svp tjrs toujours trop vrai
    vraiment voudrais voulez vaut""".split()
)
_ENGLISH = frozenset(
    """am an and any are be but can could do does for from get has have how i if in is it my need not of or our shall should that
    the their them there they this to was we what when where which who will with without would you your""".split()
)
_ARABIZI = frozenset(
    """3afak 3la 3lach 3la9bal 3end 3endi 3ndi 3andi achno ach ana bach bech bezaf bghit bghina bghiti bla bzaf chhal ch7al chkoun
    chmen chno chnou chnahiya chnahoma daba dial dialha dialhom dialna dialo dyal dyali dyalha dyalhom dyalna dyalo dyalek fach
    fin fhad gha ghadi had hada hadak hadchi hadi had lli hna imta ila kan kanbi3 kayn kayen kaynin khas khasna khasni khassni
    khssni kifach kifash ki kidayr l7a9 lli li bghiti ma3endi ma3ndi mabghitch machi mazal mezyan mli mn mnin momkin mumkin
    n9der nkoun ntoma salam shno shnou smiyto tayb walakin walo walou wach wash weld wla wlla ya3ni yak yallah zwin""".split()
)
_DARIJA = frozenset(
    """امتي بشحال وشحال لشحال وواش وكيفاش وفين ومنين اش اشنو اشمن باش بزاف بغيت بغينا بغا بغاو بغيتي تاع حيت خاص خاصك خاصنا
    خاصني خصني خصنا خاصو دابا ديال ديالو ديالي ديالنا ديالها ديالهم دياول راه راني شحال شكون شمن شنو شنهو شناهي شنهي شي
    عافاك عفاك عندي علاش غادي فاش فين فوقاش فوقتاش كاين كاينه كاينين كيفاش كندير كنصاوب كنبيع ماشي ماعنديش مابغيتش مزيان
    منين نقدر نقدرو نصيفط نبيع هاد هادشي هادي هادو هدا واش والو واخا ولا ليا كنخدم شنا واحد معايا ليها لي اللي فهاد كيدار""".split()
)
_MSA = frozenset(
    """اريد اين الذي التي الذين ان انا او اي ايه بدون تم ثم حتي حول دون ذلك سوف عبر عن عندما قد كم كيف لان لدي لكن للحصول لم لماذا لن ليس
    ماذا ماهي ماهو متي مثل منذ نحن نريد نعم هذا هذه هل هناك ومتي وهل يتم يجب يجوز يمكن يمكنني ينبغي الي كيفيه استطيع""".split()
)
_SHARED_ARABIC = frozenset(
    """من في مع علي الي عن بعد قبل بين كل او ان لا ما لي لك له لها هو هي هم هنا عند غير تم وما كان كانت يكون تحت فوق خارج ولا اذا لو
    حين""".split()
)
_FUNCTION_WORDS = _FRENCH | _ENGLISH | _ARABIZI | _DARIJA | _MSA | _SHARED_ARABIC


def is_function_word(word: str) -> bool:
    """Whether a normalised word serves grammar in any of the varieties: it says nothing of the subject."""
    return word in _FUNCTION_WORDS


_LISTS = {"french": _FRENCH, "english": _ENGLISH, "arabizi": _ARABIZI, "darija": _DARIJA, "msa": _MSA}
_PAIRS = (
    ("french", "arabizi"),
    ("french", "darija"),
    ("french", "msa"),
    ("english", "arabizi"),
    ("english", "darija"),
    ("arabizi", "darija"),
)
_LATIN = re.compile("[a-z]")
_SEVERAL = 3  # function words of a list: more say nothing more

# A message in which some words in a row are clearly of one language and others of another is mixed. On the development messages,
# fewer words in a row, or a smaller margin, take Darija with French loan words for mixed (benchmarks/README.md).
_STRETCH = 4
_CLEARLY = 0.5
_MOROCCAN = (Variety.ARABIZI, Variety.ARY, Variety.MSA)


def language_of_text(text: str) -> Language:
    """Arabic if most letters are Arabic, French otherwise; for documents, which are in one of the two."""
    arabic = sum("\u0600" <= char <= "\u06ff" for char in text)
    latin = sum(char.isascii() and char.isalpha() for char in text)
    return Language.AR if arabic > latin else Language.FR


def variety_features(question_words: Sequence[str]) -> list[str]:
    """What tells the variety of a text by its normalised words: pieces of words, words, pairs of words, scripts, function words."""
    arabic = sum(map(is_arabic, question_words))
    latin = sum(word.isascii() and any(char.isalpha() for char in word) for word in question_words)
    counts = {name: sum(word in some for word in question_words) for name, some in _LISTS.items()}
    return [
        *(f"c:{piece}" for word in question_words for piece in pieces(word, 1, 5)),
        *(f"w:{word}" for word in question_words),
        *(f"b:{one} {next_one}" for one, next_one in pairwise(question_words)),
        "arabic letters" if arabic else "no arabic letters",
        "latin letters" if latin else "no latin letters",
        f"both {min(arabic, latin, 2)}",
        *(f"{name} {min(count, _SEVERAL)}" for name, count in counts.items()),
        *(f"{one}+{other} {min(counts[one], counts[other], 2)}" for one, other in _PAIRS if counts[one] and counts[other]),
    ]


class VarietyDetector:
    """Tells varieties with a classifier that learned from `variety_features` of examples."""

    def __init__(self, classifier: TextClassifier) -> None:
        self._classifier = classifier

    def variety_of(self, question_words: Sequence[str]) -> Variety:
        """How a question is written, from its normalised words (see `normalisation.words`)."""
        if not any(is_arabic(word) or _LATIN.search(word) for word in question_words):
            return Variety.OTHER
        (margins,) = self._classifier.margins([variety_features(question_words)])
        best = Variety(max(margins, key=lambda one: margins[one]))
        return Variety.MIXED if best is not Variety.MIXED and self._switches(question_words) else best

    def _switches(self, question_words: Sequence[str]) -> bool:
        if len(question_words) <= _STRETCH:
            return False
        stretches = [question_words[start : start + _STRETCH] for start in range(len(question_words) - _STRETCH + 1)]
        found = self._classifier.margins([variety_features(one) for one in stretches])
        clearest = {variety: max(one[variety] for one in found) for variety in Variety}
        foreign = max(clearest[Variety.FR], clearest[Variety.OTHER])
        return min(foreign, max(clearest[one] for one in _MOROCCAN)) > _CLEARLY


def answer_language(variety: Variety, question_words: Sequence[str] = ()) -> Language:
    """Darija and Arabizi are answered in plain Arabic; a mixed question, and another language, by the script of most of its words."""
    if variety in (Variety.MIXED, Variety.OTHER):
        return Language.AR if 2 * sum(map(is_arabic, question_words)) > len(question_words) else Language.FR
    return Language.FR if variety is Variety.FR else Language.AR


def asks_for_french(question: str) -> bool:
    """Whether the writer asks, in any variety, to be answered in French."""
    return bool(re.search(r"\b(?:en francais|b ?l?fran[sc]a?wi[ya]*|bl?fr)\b|بالفرنسيه|بالفرنساويه", normalise(question)))
