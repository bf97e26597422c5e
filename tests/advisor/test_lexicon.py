"""Finding products, markets and trade words in a question."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from small_corpus import EUROPE, FRANCE, LABEL, MOROCCO, OF, PARCEL, RUG, RUGS, SLIPPER, UNITED_STATES, small_lexicon

from advisor.errors import ConfigurationError
from advisor.lexicon import Lexicon, Match, Term, read_lexicon
from advisor.normalisation import words
from advisor.types import Variety

TABLES = Path(__file__).parents[2] / "corpus" / "tables"
FR, MSA, ARY, ARABIZI, MIXED = Variety.FR, Variety.MSA, Variety.ARY, Variety.ARABIZI, Variety.MIXED


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return small_lexicon()


@pytest.fixture(scope="module")
def real_lexicon() -> Lexicon:
    return read_lexicon(TABLES)


def found(lexicon: Lexicon, question: str, variety: Variety) -> list[str]:
    return [term.id for match in lexicon.find(words(question), variety) for term in match.terms]


def only_match(lexicon: Lexicon, question: str, variety: Variety) -> Match:
    (match,) = lexicon.find(words(question), variety)
    return match


@pytest.mark.parametrize(
    ("name", "variety", "term"),
    [
        ("étiquette", FR, LABEL),
        ("ETIQUETTE", FR, LABEL),
        ("étiquettes", FR, LABEL),
        ("étiqeutte", FR, LABEL),
        ("États-Unis", FR, UNITED_STATES),
        ("française", FR, FRANCE),
        ("طرد", MSA, PARCEL),
        ("الطرد", MSA, PARCEL),
        ("بالطرد", MSA, PARCEL),
        ("سجادة", MSA, RUG),
        ("وزربية", MSA, RUG),
        ("ففرانسا", ARY, FRANCE),
        ("لفرانسا", ARY, FRANCE),
        ("فالتيكيطة", ARY, LABEL),
        ("zerbia", ARABIZI, RUG),
        ("zrbya", ARABIZI, RUG),
        ("zzarbiya", ARABIZI, RUG),
        ("lzerbia", ARABIZI, RUG),
        ("fransa", ARABIZI, FRANCE),
        ("ffransa", ARABIZI, FRANCE),
        ("balgha", ARABIZI, SLIPPER),
        ("tikita", MIXED, LABEL),
        ("étiquettes", MIXED, LABEL),
    ],
)
def test_a_term_is_found_in_many_spellings(lexicon: Lexicon, name: str, variety: Variety, term: Term) -> None:
    assert term in only_match(lexicon, name, variety).terms


@pytest.mark.parametrize(
    ("word", "variety"),
    [("tapioca", FR), ("maire", FR), ("portnet", FR), ("طريق", MSA), ("بطاطس", MSA), ("zit", ARABIZI), ("bladi", ARABIZI), ("2026", FR)],
)
def test_another_word_is_not_taken_for_a_term(lexicon: Lexicon, word: str, variety: Variety) -> None:
    assert lexicon.find([word], variety) == []


def test_two_consonants_are_too_few_to_match_by_spelling() -> None:
    tea_glass = Lexicon([(Term("product", "verre-the", ("verre à thé",), ("كأس الشاي",)), [], ["atay"])])
    assert found(tea_glass, "atay", ARABIZI) == ["verre-the"]
    assert found(tea_glass, "ti", ARABIZI) == []


def test_arabizi_spellings_are_not_read_into_french(lexicon: Lexicon) -> None:
    assert found(lexicon, "zrbya", FR) == []


def test_the_surer_the_match_the_higher_its_certainty(lexicon: Lexicon) -> None:
    exact, prefixed, keyed, slipped = (
        only_match(lexicon, word, ARABIZI).certainty for word in ("zerbia", "lzerbia", "zarbeya", "etiquetta")
    )
    assert 1.0 == exact > prefixed > keyed > slipped > 0.7


def test_terms_come_from_left_to_right(lexicon: Lexicon) -> None:
    assert found(lexicon, "une étiquette pour un colis vers la France", FR) == ["label", "parcel", "FR"]


def test_the_longest_name_wins_and_no_word_is_used_twice(lexicon: Lexicon) -> None:
    matches = lexicon.find(words("شحال زربية ديال الصوف"), ARY)
    assert [(match.start, match.end, [term.id for term in match.terms]) for match in matches] == [(0, 1, ["how-much"]), (1, 4, ["tapis"])]


def test_a_name_of_nine_words_is_found() -> None:
    antique = Term("product", "antiquite", ("antiquité",), ("تحفة",))
    lexicon = Lexicon([(antique, ["Objet d'artisanat ancien de plus de 100 ans"], [])])
    assert found(lexicon, "puis-je vendre un objet d'artisanat ancien de plus de 100 ans ?", FR) == ["antiquite"]


def test_a_name_of_two_things_stands_for_both(lexicon: Lexicon) -> None:
    assert only_match(lexicon, "tapis", FR).terms == (RUG, RUGS)


def test_a_spelling_between_two_names_stands_for_both(lexicon: Lexicon) -> None:
    assert only_match(lexicon, "zrbya", ARABIZI).terms == (RUG, RUGS)  # zerbia or zrabi


def test_an_empty_question_names_nothing(lexicon: Lexicon) -> None:
    assert lexicon.find([], FR) == []


def test_a_lexicon_without_entries_finds_nothing() -> None:
    assert Lexicon([]).find(["tapis", "zerbia"], ARABIZI) == []


def test_only_grammar_and_questions_say_nothing() -> None:
    assert OF.is_grammar
    assert OF.says_nothing
    assert not MOROCCO.says_nothing
    assert Term("question", "who", ("qui",), ("من",)).says_nothing
    assert not EUROPE.is_grammar


# ---- the tables of the corpus


def product_names() -> Iterator[tuple[str, Variety, str]]:
    """(product id, variety, name) for every name of products.yaml."""
    for row in yaml.load((TABLES / "products.yaml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader):
        yield row["id"], FR, row["fr"]
        yield row["id"], MSA, row["ar"]
        yield row["id"], ARY, row["darija_ar"]
        yield row["id"], FR, row["en"]
        yield from ((row["id"], FR, name) for name in row.get("synonyms_fr", ()))
        yield from ((row["id"], MSA, name) for name in row.get("synonyms_ar", ()))
        yield from ((row["id"], ARABIZI, name) for name in row.get("arabizi", ()))


def test_every_product_is_found_by_each_of_its_names(real_lexicon: Lexicon) -> None:
    lost = [(product, name) for product, variety, name in product_names() if product not in found(real_lexicon, name, variety)]
    assert lost == []


def test_every_further_name_of_a_product_finds_it(real_lexicon: Lexicon) -> None:
    table = yaml.load((TABLES / "product_names.yaml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    varieties = {"fr": FR, "ar": MSA, "other": FR, "darija": ARY, "arabizi": ARABIZI}
    lost = [
        (product, name)
        for product, further in table.items()
        if product != "families"
        for key, names in further.items()
        for name in names
        if product not in found(real_lexicon, name, varieties[key])
    ]
    assert lost == []


def test_every_market_is_found_by_each_of_its_names(real_lexicon: Lexicon) -> None:
    table = yaml.load((TABLES / "markets.yaml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    varieties = {"fr": FR, "ar": MSA, "darija": ARY, "arabizi": ARABIZI}
    lost = [
        (row["id"], name)
        for row in table
        for key, variety in varieties.items()
        for name in row.get(key, ())
        if row["id"] not in found(real_lexicon, name, variety)
    ]
    assert lost == []


@pytest.mark.parametrize(
    ("question", "variety", "product"),
    [
        ("combien de douane pour un tapis Beni Ouarain", FR, "tapis-beni-ouarain"),
        ("عندي زربية بني وراين 2 على 3 ديال الصوف", ARY, "tapis-beni-ouarain"),
        ("bghit nsifet zrabi bni warain l mirikan", ARABIZI, "tapis-beni-ouarain"),
    ],
)
def test_a_real_question_names_its_product(real_lexicon: Lexicon, question: str, variety: Variety, product: str) -> None:
    assert product in found(real_lexicon, question, variety)


def test_a_table_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"glossary\.yaml"):
        read_lexicon(tmp_path)


def test_a_table_that_is_broken_is_named(tmp_path: Path) -> None:
    for table in TABLES.glob("*.yaml"):
        (tmp_path / table.name).write_bytes(table.read_bytes())
    (tmp_path / "markets.yaml").write_text("- id: FR\n  fr: [France", encoding="utf-8")
    with pytest.raises(ConfigurationError, match=r"markets\.yaml"):
        read_lexicon(tmp_path)
