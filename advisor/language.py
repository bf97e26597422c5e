"""Which language and variety a text is written in."""

from __future__ import annotations

import re
from collections.abc import Sequence

from advisor.normalisation import is_arabic, normalise
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


_DIGIT_LETTER = re.compile(r"(?=.*[a-z])(?=.*[235789])[a-z235789]+")
_LATIN_REFERENCE = re.compile(r"(?:eur|iso|ispm|en|s|b|g|co|h|c|e)\d+|\d+(?:h|m|e|eme|er|g|kg|cm|mm|ml|l|dh|mad|eur|usd|x\d*)")


def language_of_text(text: str) -> Language:
    """Arabic if most letters are Arabic, French otherwise; for documents, which are in one of the two."""
    arabic = sum("\u0600" <= char <= "\u06ff" for char in text)
    latin = sum(char.isascii() and char.isalpha() for char in text)
    return Language.AR if arabic > latin else Language.FR


def variety_of(question_words: Sequence[str]) -> Variety:
    """How a question is written, from its normalised words (see `normalisation.words`)."""
    arabic_script = [word for word in question_words if is_arabic(word)]
    latin = [word for word in question_words if word.isascii() and any(char.isalpha() for char in word)]
    if not arabic_script and not latin:
        return Variety.OTHER
    if arabic_script and len(latin) <= 2 * len(arabic_script):  # a Latin acronym or two does not make it mixed
        return _arabic_variety(arabic_script)
    counts = {
        Variety.ARABIZI: sum(_looks_arabizi(word) or word in _ARABIZI for word in latin),
        Variety.FR: sum(word in _FRENCH for word in latin),
        Variety.OTHER: sum(word in _ENGLISH for word in latin),
    }
    darija, french = counts[Variety.ARABIZI], counts[Variety.FR]
    if darija and french >= 3 * darija:  # a French sentence with a word that happens to look Moroccan
        return Variety.FR
    if darija:
        return Variety.MIXED if french > 1 and french >= darija else Variety.ARABIZI
    return Variety.OTHER if counts[Variety.OTHER] > counts[Variety.FR] + 1 else Variety.FR


def _arabic_variety(arabic_script: Sequence[str]) -> Variety:
    moroccan = sum(word in _DARIJA for word in arabic_script)
    standard = sum(word in _MSA and word not in _DARIJA for word in arabic_script)
    return Variety.ARY if moroccan and moroccan >= standard else Variety.MSA


def _looks_arabizi(word: str) -> bool:
    return bool(_DIGIT_LETTER.fullmatch(word)) and not _LATIN_REFERENCE.fullmatch(word)


def answer_language(variety: Variety) -> Language:
    """Darija and Arabizi are answered in plain Arabic; everything Latin that is not Arabizi in French."""
    return Language.AR if variety in (Variety.MSA, Variety.ARY, Variety.ARABIZI) else Language.FR


def asks_for_french(question: str) -> bool:
    """Whether the writer asks, in any variety, to be answered in French."""
    return bool(re.search(r"\b(?:en francais|b ?l?fran[sc]a?wi[ya]*|bl?fr)\b|بالفرنسيه|بالفرنساويه", normalise(question)))
