"""Everything Murshid says in its own words, in Arabic and in French."""

from __future__ import annotations

from advisor.types import Language

_MESSAGES: dict[str, dict[Language, str]] = {
    "no_evidence": {
        Language.FR: (
            "Je n'ai pas trouvé de réponse sûre à cette question dans mes documents, et je préfère ne pas deviner.\n\n"
            "Adressez-vous à la chambre d'artisanat de votre région ou à la Maison de l'Artisan ; pour la douane, à l'ADII ou à un "
            "transitaire agréé ; pour l'argent reçu de l'étranger, à votre banque ou à l'Office des Changes."
        ),
        Language.AR: (
            "لم أجد في وثائقي جوابا موثوقا عن هذا السؤال، وأفضّل ألا أخمّن.\n\n"
            "اتصل بغرفة الصناعة التقليدية في جهتك أو بدار الصانع؛ وفي شؤون الجمارك بإدارة الجمارك والضرائب غير المباشرة أو بمعشّر معتمد؛ "
            "وفي شأن الأموال المستلمة من الخارج ببنكك أو بمكتب الصرف."
        ),
    },
    "out_of_scope": {
        Language.FR: (
            "Cette question sort de mon domaine : je réponds sur l'exportation des produits de l'artisanat marocain "
            "(papiers, douane, origine, paiement, vente en ligne, aides)."
        ),
        Language.AR: (
            "هذا السؤال خارج مجالي: أجيب عن تصدير منتجات الصناعة التقليدية المغربية "
            "(الوثائق، الجمارك، المنشأ، الأداء، البيع عبر الإنترنت، الدعم)."
        ),
    },
    "clarify": {
        Language.FR: "Bonjour ! Dites-moi quel produit vous voulez vendre, vers quel pays, et ce que vous voulez savoir.",
        Language.AR: "مرحبا! قل لي أي منتج تريد بيعه، وإلى أي بلد، وماذا تريد أن تعرف.",
    },
    "which_market": {
        Language.FR: "Vers quel pays voulez-vous vendre ? La réponse en dépend. Par exemple :",
        Language.AR: "إلى أي بلد تريد أن تبيع؟ الجواب يتوقف على ذلك. مثلا:",
    },
    "which_product": {
        Language.FR: "De quel produit s'agit-il ? La réponse en dépend. Par exemple :",
        Language.AR: "عن أي منتج تسأل؟ الجواب يتوقف على ذلك. مثلا:",
    },
    "greeting": {
        Language.FR: (
            "Bonjour ! Je suis Murshid, le guide de l'exportation des produits de l'artisanat marocain. "
            "Dites-moi quel produit vous voulez vendre, vers quel pays, et ce que vous voulez savoir."
        ),
        Language.AR: (
            "مرحبا! أنا مرشد، دليلك في تصدير منتجات الصناعة التقليدية المغربية. قل لي أي منتج تريد بيعه، وإلى أي بلد، وماذا تريد أن تعرف."
        ),
    },
    "thanks": {
        Language.FR: "Avec plaisir. Avez-vous une autre question sur l'exportation ?",
        Language.AR: "بكل سرور. هل لديك سؤال آخر عن التصدير؟",
    },
    "goodbye": {
        Language.FR: "Au revoir, et bonne vente ! Revenez quand vous voulez.",
        Language.AR: "مع السلامة، وبالتوفيق في تجارتك! عد متى شئت.",
    },
    "about": {
        Language.FR: (
            "Je suis Murshid, un programme qui répond aux questions sur l'exportation de l'artisanat marocain : papiers, code "
            "douanier, droits, origine, étiquettes, envoi, paiement, vente en ligne, aides. Je réponds en arabe et en français, "
            "je comprends la darija, et je montre mes sources. Quand mes documents ne disent rien, je le dis. Quelle est votre question ?"
        ),
        Language.AR: (
            "أنا مرشد، برنامج يجيب عن أسئلة تصدير منتجات الصناعة التقليدية المغربية: الوثائق، والرمز الجمركي، والرسوم، والمنشأ، والملصقات، "
            "والشحن، والأداء، والبيع عبر الإنترنت، والدعم. أجيب بالعربية والفرنسية، وأفهم الدارجة، وأبيّن مصادري. "
            "وإذا لم تذكر وثائقي شيئا قلت ذلك. ما سؤالك؟"
        ),
    },
    "harmful": {
        Language.FR: (
            "Je ne peux pas aider à cela : c'est interdit ou malhonnête. Je peux vous indiquer la voie légale : papiers à demander, "
            "droits à payer, exonérations prévues, organismes qui aident."
        ),
        Language.AR: (
            "لا يمكنني المساعدة في هذا الأمر، فهو ممنوع أو غير نزيه. يمكنني أن أدلك على الطريق القانوني: الوثائق المطلوبة، "
            "والرسوم الواجبة، والإعفاءات المقررة، والجهات التي تساعد."
        ),
    },
    "injection": {
        Language.FR: "Je ne suis que mes règles : je réponds sur l'exportation de l'artisanat marocain. Quelle est votre question ?",
        Language.AR: "لا أتبع إلا قواعدي: أجيب عن تصدير منتجات الصناعة التقليدية المغربية. ما سؤالك؟",
    },
    "personal": {
        Language.FR: (
            "N'écrivez pas ici de données personnelles (CIN, carte bancaire, mot de passe), et je n'en donne sur personne. "
            "Je réponds sur l'exportation de l'artisanat marocain."
        ),
        Language.AR: (
            "لا تكتب هنا معطيات شخصية (رقم البطاقة الوطنية أو البطاقة البنكية أو كلمة السر)، ولا أعطي معطيات عن أحد. "
            "أجيب عن تصدير منتجات الصناعة التقليدية المغربية."
        ),
    },
    "other_tongue": {
        Language.FR: "Je réponds en arabe et en français, et je comprends la darija. Posez votre question dans une de ces langues.",
        Language.AR: "أجيب بالعربية والفرنسية، وأفهم الدارجة. اطرح سؤالك بإحدى هذه اللغات.",
    },
    "failed": {
        Language.FR: "Une erreur est survenue et je n'ai pas pu répondre. Réessayez dans un instant.",
        Language.AR: "وقع خطأ ولم أتمكن من الجواب. أعد المحاولة بعد لحظة.",
    },
    "not_ready": {
        Language.FR: "Murshid se prépare encore. Réessayez dans un instant.",
        Language.AR: "مرشد لا يزال قيد الإعداد. أعد المحاولة بعد لحظة.",
    },
    "unsure": {
        Language.FR: ("Je ne suis pas sûr d'avoir la réponse exacte à votre question. Voici ce que mes documents disent de plus proche :"),
        Language.AR: "لست متأكدا من أن لدي الجواب الدقيق عن سؤالك. هذا أقرب ما ورد في وثائقي:",
    },
    "unverified": {
        Language.FR: "Une partie de cette réponse repose sur une source non vérifiée [{markers}] : faites-la confirmer avant d'agir.",
        Language.AR: "يستند جزء من هذا الجواب إلى مصدر لم يتم التحقق منه [{markers}]: اطلب تأكيده قبل أي خطوة.",
    },
    "disputed": {
        Language.FR: "Les sources ne sont pas d'accord sur un point de cette réponse [{markers}] : faites-le confirmer avant d'agir.",
        Language.AR: "المصادر غير متفقة على نقطة من هذا الجواب [{markers}]: اطلب تأكيدها قبل أي خطوة.",
    },
    "old": {
        Language.FR: "Une partie de cette réponse [{markers}] date de {year} ou d'avant : vérifiez qu'elle est toujours valable.",
        Language.AR: "جزء من هذا الجواب [{markers}] يعود إلى سنة {year} أو ما قبلها: تحقق من أنه لا يزال صالحا.",
    },
    "past_review": {
        Language.FR: "Le guide « {title} » devait être revu avant le {date} : vérifiez que la règle n'a pas changé.",
        Language.AR: "كان من المقرر مراجعة دليل «{title}» قبل {date}: تحقق من أن القاعدة لم تتغير.",
    },
    "other_language": {
        Language.FR: "Une partie de cette réponse n'existe qu'en arabe dans mes documents.",
        Language.AR: "جزء من هذا الجواب غير متوفر في وثائقي إلا بالفرنسية.",
    },
    "question_empty": {
        Language.FR: "Écrivez votre question.",
        Language.AR: "اكتب سؤالك.",
    },
    "question_long": {
        Language.FR: "La question est trop longue : {most} caractères au plus.",
        Language.AR: "السؤال طويل جدا: {most} حرف على الأكثر.",
    },
}


def say(name: str, language: Language, **values: object) -> str:
    """The message `name` in `language`, with its blanks filled."""
    return _MESSAGES[name][language].format(**values)
