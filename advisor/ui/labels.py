"""The page's own words in both languages, and its example questions."""

from __future__ import annotations

from dataclasses import dataclass

from advisor.types import Language


@dataclass(frozen=True, slots=True)
class Labels:
    title: str
    introduction: str
    question: str
    placeholder: str
    send: str
    new: str
    examples: str
    sources: str
    source_of: str
    as_of: str
    page: str
    next_questions: str
    language: str
    conversation: str
    notice: str
    unverified: str


LABELS = {
    Language.FR: Labels(
        title="Murshid, le guide de l'export artisanal",
        introduction=(
            "Papiers, douane, origine, vente en ligne, paiement, aides : posez votre question en français, en arabe ou en darija. "
            "Chaque phrase de la réponse montre sa source."
        ),
        question="Votre question",
        placeholder="Écrivez votre question ici…",
        send="Demander",
        new="Nouvelle conversation",
        examples="Exemples de questions",
        sources="Sources",
        source_of="Source :",
        as_of="situation",
        page="page",
        next_questions="À lire aussi",
        language="Langue de la page",
        conversation="Conversation",
        notice="Murshid cite des documents ; il ne remplace ni la douane, ni votre banque, ni un conseil juridique.",
        unverified="à vérifier",
    ),
    Language.AR: Labels(
        title="مرشد، دليل تصدير الصناعة التقليدية",
        introduction=(
            "الوثائق، الجمارك، المنشأ، البيع عبر الإنترنت، الأداء، الدعم: اطرح سؤالك بالعربية أو بالدارجة أو بالفرنسية. "
            "كل جملة في الجواب تُظهر مصدرها."
        ),
        question="سؤالك",
        placeholder="اكتب سؤالك هنا…",
        send="اسأل",
        new="محادثة جديدة",
        examples="أمثلة على الأسئلة",
        sources="المصادر",
        source_of="المصدر:",
        as_of="الوضع في",
        page="الصفحة",
        next_questions="اقرأ أيضا",
        language="لغة الصفحة",
        conversation="المحادثة",
        notice="يستشهد مرشد بالوثائق، ولا يقوم مقام الجمارك ولا البنك ولا الاستشارة القانونية.",
        unverified="يجب التحقق منه",
    ),
}

EXAMPLES = (
    "شنو خاصني باش نصيفط زربية لمريكان؟",
    "ما هو أجل استرجاع عائدات التصدير إلى المغرب؟",
    "wach n9der nbi3 f Etsy mn lmaghrib?",
    "Jusqu'à quel montant puis-je écrire moi-même la déclaration d'origine sur la facture ?",
    "Mes sacs en cuir doivent-ils respecter une limite de chrome VI en Europe ?",
    "Qui paie les 3 euros de douane sur un colis envoyé en France ?",
)
