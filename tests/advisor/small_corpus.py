"""Four guides and a lexicon small enough to check by eye; sections of the same number in `.fr` and `.ar` are parallel."""

from __future__ import annotations

import re

import numpy as np

from advisor.adapters.bm25s import lexical_rankings
from advisor.adapters.memory import MemoryCatalogue, MemorySentenceVectors, MemoryVectorStore
from advisor.index import Index
from advisor.lexicon import Lexicon, Term
from advisor.ports import Embedder
from advisor.retrieval import Signals
from advisor.types import Document, Language, Passage, Sentence, Source
from ingest.synchronising import embed

FR, AR = Language.FR, Language.AR

_LINE = re.compile(r"(?:(?P<item>-|\d+\.) )?(?P<text>.+?)(?: \[@(?P<fact>[^\]]+)\])?")


def document(document_id: str, title: str, language: Language, **rest: object) -> Document:
    return Document(document_id, f"guides/{document_id}.md", title, language, **rest)  # type: ignore[arg-type]


def passage(document: Document, number: int, heading: str, *lines: str) -> Passage:
    """One section as one passage. A line is a sentence, maybe after "- " or "1. ", maybe with the fact it rests on: [@id]."""
    text = ""
    sentences = []
    for line in lines:
        parts = _LINE.fullmatch(line)
        assert parts, line
        text += ("\n" if text else "") + (f"{parts['item']} " if parts["item"] else "")
        start = len(text)
        text += parts["text"]
        sentences.append(Sentence(start, len(text), (parts["fact"],) if parts["fact"] else (), parts["item"] or ""))
    return Passage(
        id=f"{document.id}#{number}",
        document_id=document.id,
        section_id=f"{document.id.removesuffix(f'.{document.language}')}#{number}",
        language=document.language,
        title=document.title,
        section=heading,
        text=text,
        position=number - 1,
        sentences=tuple(sentences),
    )


PARCELS_FR = document("parcels.fr", "Envoyer un colis vers l'Europe", FR, markets=("EU",), products=("all",), review_by="2027-02-22")
PARCELS_AR = document("parcels.ar", "إرسال طرد إلى أوروبا", AR, markets=("EU",), products=("all",), review_by="2027-02-22")
RUGS_FR = document("rugs.fr", "Vendre un tapis aux États-Unis", FR, markets=("US",), products=("tapis",), verified_on="2026-11-22")
RUGS_AR = document("rugs.ar", "بيع زربية في الولايات المتحدة", AR, markets=("US",), products=("tapis",), verified_on="2026-11-22")
LEATHER_FR = document("leather.fr", "Vendre du cuir en Europe", FR, markets=("EU",), products=("babouche",))
LEATHER_AR = document("leather.ar", "بيع الجلد في أوروبا", AR, markets=("EU",), products=("babouche",))
MONEY_FR = document("money.fr", "Recevoir l'argent de l'étranger", FR, markets=("MA",), products=("all",))
MONEY_AR = document("money.ar", "استلام الأموال من الخارج", AR, markets=("MA",), products=("all",))

DOCUMENTS = [PARCELS_FR, PARCELS_AR, RUGS_FR, RUGS_AR, LEATHER_FR, LEATHER_AR, MONEY_FR, MONEY_AR]

PASSAGES = [
    passage(
        PARCELS_FR,
        1,
        "Combien de douane paie un petit colis en Europe ?",
        "Un colis de moins de 150 euros paie 3 euros de douane par ligne en Europe. [@eu-3-euros]",
        "- Ces 3 euros s'ajoutent à la TVA du pays de l'acheteur. [@eu-vat]",
        "- Un cadeau de moins de 45 euros entre particuliers ne paie rien. [@eu-gift]",
    ),
    passage(
        PARCELS_AR,
        1,
        "كم يؤدي الطرد الصغير للجمارك في أوروبا؟",
        "يؤدي الطرد الذي تقل قيمته عن 150 أورو مبلغ 3 أورو للجمارك عن كل بند في أوروبا. [@eu-3-euros]",
        "- تضاف 3 أورو إلى الضريبة على القيمة المضافة في بلد المشتري. [@eu-vat]",
        "- لا تؤدى أي رسوم عن هدية تقل قيمتها عن 45 أورو بين الأفراد. [@eu-gift]",
    ),
    passage(
        PARCELS_FR,
        2,
        "Comment préparer les papiers du colis ?",
        "Préparez les papiers du colis avant d'aller à la poste.",
        "1. Remplissez la déclaration CN 23.",
        "2. Joignez trois exemplaires de la facture.",
        "3. Collez le tout sur le carton.",
    ),
    passage(
        PARCELS_AR,
        2,
        "كيف تعد أوراق الطرد؟",
        "أعد أوراق الطرد قبل الذهاب إلى البريد.",
        "1. املأ التصريح CN 23.",
        "2. أرفق ثلاث نسخ من الفاتورة.",
        "3. ألصق الكل على العلبة.",
    ),
    passage(
        RUGS_FR,
        1,
        "Quelle étiquette coudre sur un tapis vendu aux États-Unis ?",
        "Un tapis vendu aux États-Unis porte une étiquette en anglais avec ses fibres et son origine. [@us-label]",
        "- L'étiquette d'un tapis en laine dit « 100% wool, Made in Morocco ». [@us-wool]",
    ),
    passage(
        RUGS_AR,
        1,
        "ما البطاقة التي تخاط على زربية تباع في الولايات المتحدة؟",
        "تحمل الزربية المبيعة في الولايات المتحدة بطاقة بالإنجليزية تبين أليافها ومنشأها. [@us-label]",
        "- تكتب على بطاقة الزربية الصوفية عبارة 100% wool, Made in Morocco. [@us-wool]",
    ),
    passage(
        LEATHER_FR,
        1,
        "Combien de chrome le cuir peut-il contenir ?",
        "Le cuir vendu en Europe contient au plus 3 mg/kg de chrome VI.",
        "- Demandez au tanneur un essai selon la norme EN ISO 17075.",
    ),
    passage(
        LEATHER_AR,
        1,
        "كم من الكروم يجوز أن يحتويه الجلد؟",
        "لا يحتوي الجلد المبيع في أوروبا على أكثر من 3 ملغ/كلغ من الكروم السداسي.",
        "- اطلب من الدباغ تحليلا حسب المعيار EN ISO 17075.",
    ),
    passage(
        MONEY_FR,
        1,
        "Dans quel délai rapatrier le prix de la vente ?",
        "Le prix de la vente arrive sur votre compte au Maroc dans les 150 jours après l'exportation.",
    ),
    passage(
        MONEY_AR,
        1,
        "في أي أجل يجب استرجاع ثمن البيع؟",
        "يصل ثمن البيع إلى حسابك بالمغرب داخل أجل 150 يوما من تاريخ التصدير.",
    ),
]


def source(fact_id: str, as_of: str = "2026-11", verified: bool = True) -> Source:
    return Source(fact_id, f"Titre de {fact_id}", "Commission européenne", f"https://example.org/{fact_id}", "2026-07", as_of, verified)


SOURCES = {
    "eu-3-euros": source("eu-3-euros", as_of="2026-07"),
    "eu-vat": source("eu-vat"),
    "eu-gift": source("eu-gift"),
    "us-label": source("us-label", as_of="2026-03"),
    "us-wool": source("us-wool", verified=False),
}

FRANCE = Term("market", "FR", ("France",), ("فرنسا",), ("EU",))
EUROPE = Term("market", "EU", ("Europe", "Union européenne"), ("أوروبا",), ("WORLD",))
UNITED_STATES = Term("market", "US", ("États-Unis",), ("الولايات المتحدة",), ("WORLD",))
MOROCCO = Term("market", "MA", ("Maroc",), ("المغرب",), ("AFRICA",))
RUG = Term("product", "tapis", ("tapis",), ("زربية",))
SLIPPER = Term("product", "babouche", ("babouche",), ("بلغة",))
RUGS = Term("family", "rugs", ("tapis", "tapis tissés"), ("زرابي",), ("tapis", "kilim"))
PARCEL = Term("action", "parcel", ("colis",), ("طرد",))
CUSTOMS = Term("document", "customs", ("douane",), ("الجمارك",))
LABEL = Term("document", "label", ("étiquette",), ("بطاقة",))
LEATHER = Term("material", "leather", ("cuir",), ("الجلد",))
GIFT = Term("action", "gift", ("cadeau",), ("هدية",))
PRICE = Term("money", "price", ("prix",), ("ثمن",))
HOW_MUCH = Term("question", "how-much", ("combien",), ("كم",))
OF = Term("grammar", "of", ("de",), ("من",))

ENTRIES = [
    (FRANCE, [*FRANCE.french, "français", *FRANCE.arabic], ["فرانسا", "fransa", "lfransa"]),
    (EUROPE, [*EUROPE.french, *EUROPE.arabic], ["لوروب", "oroppa"]),
    (UNITED_STATES, [*UNITED_STATES.french, *UNITED_STATES.arabic], ["ميريكان", "mirikan", "usa"]),
    (MOROCCO, [*MOROCCO.french, *MOROCCO.arabic], ["lmaghrib"]),
    (RUG, [*RUG.french, *RUG.arabic, "سجادة"], ["زربية ديال الصوف", "zerbia", "zarbiya"]),
    (RUGS, [*RUGS.french, *RUGS.arabic], ["zrabi", "zrabi dyal souf"]),
    (SLIPPER, [*SLIPPER.french, *SLIPPER.arabic], ["belgha", "البلاغي"]),
    (PARCEL, [*PARCEL.french, *PARCEL.arabic], ["كوليات", "كولية", "koliya"]),
    (CUSTOMS, [*CUSTOMS.french, *CUSTOMS.arabic], ["ديوانة", "diwana"]),
    (LABEL, [*LABEL.french, *LABEL.arabic], ["تيكيطة", "tikita"]),
    (LEATHER, [*LEATHER.french, *LEATHER.arabic], ["jeld", "jjeld"]),
    (GIFT, [*GIFT.french, *GIFT.arabic], ["كادو", "kado"]),
    (PRICE, [*PRICE.french, *PRICE.arabic], ["taman"]),
    (HOW_MUCH, [*HOW_MUCH.french, *HOW_MUCH.arabic], ["شحال", "بشحال", "ch7al", "chhal"]),
    (OF, [*OF.french, *OF.arabic], ["ديال", "dyal"]),
]


def small_lexicon() -> Lexicon:
    return Lexicon(ENTRIES)


def signals(**some: float) -> Signals:
    """Signals that are 0.0 but for those given."""
    return Signals(**(dict.fromkeys(Signals.__slots__, 0.0) | some))


def fill(index: Index, documents: list[Document], passages: list[Passage], sources: dict[str, Source]) -> None:
    """What an ingest does, without files."""
    embed(passages, index.vectors, index.sentence_vectors, index.embedder)
    index.catalogue.replace(documents, passages, sources, (index.embedder.name, index.embedder.dimension))


def empty_index(embedder: Embedder) -> Index:
    return Index(MemoryCatalogue(), MemoryVectorStore(), MemorySentenceVectors(), embedder, lexical_rankings)


class CrowdedEmbedder:
    """Another embedder's vectors moved together: cosines lie between 0.75 and 1, as those of E5 do, for which the gate was calibrated."""

    def __init__(self, inner: Embedder) -> None:
        self._inner = inner
        self.name = f"crowded {inner.name}"
        self.dimension = inner.dimension + 1

    def embed_documents(self, texts: list[str]) -> np.ndarray:
        return self._crowd(self._inner.embed_documents(texts))

    def embed_questions(self, texts: list[str]) -> np.ndarray:
        return self._crowd(self._inner.embed_questions(texts))

    def _crowd(self, vectors: np.ndarray) -> np.ndarray:
        shared = np.full((len(vectors), 1), np.sqrt(0.75), dtype=np.float32)
        return np.hstack([shared, np.sqrt(0.25).astype(np.float32) * vectors])
