"""Folding, the Bosnian alphabet and Cyrillic."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grants.i18n.script import fold, sort_key, to_cyrillic, to_latin

BOSNIAN = "abcčćdđefghijklmnoprsštuvzžABCČĆDĐEFGHIJKLMNOPRSŠTUVZŽ 0123456789.,-"


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đerdan", "djerdan"),
        ("Djerdan", "djerdan"),
        ("Ђердан", "djerdan"),
        ("ЂЕРДАН", "djerdan"),
        ("Udruženje „Žičara“ Bihać", "udruzenje „zicara“ bihac"),
        ("Удружење „Жичара“ Бихаћ", "udruzenje „zicara“ bihac"),
        ("Džep, Ljubav, Njiva", "dzep, ljubav, njiva"),
        ("Џеп, Љубав, Њива", "dzep, ljubav, njiva"),
        ("Z\u030cupanja", "zupanja"),
        ("ǅep", "dzep"),
        ("  dva\u00a0\n razmaka ", "dva razmaka"),
        ("Café Škoda", "cafe skoda"),
    ],
)
def test_fold_forgets_case_diacritics_and_script(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_fold_changes_nothing_when_folded_twice(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_sort_key_follows_the_bosnian_alphabet_when_words_are_sorted() -> None:
    wanted = [
        "1. maj", "112", "2. april", "Ada", "Amra", "Azra", "Bihać", "Brčko", "Centar", "Cvijet",
        "Čapljina", "Čelić", "Ćamil", "Ćuprija", "Doboj", "Duga", "Dvor", "Džamija", "Džez",
        "Đerdan", "Đurđa", "Eko", "Foča", "Gacko", "Hadžići", "Ilidža", "Jajce", "Kakanj",
        "Lopare", "Lukavac", "Luž", "Ljubija", "Ljubuški", "Maglaj", "Nadživjeti", "Nova nada",
        "Novi Grad", "Novo Sarajevo", "Nužno", "Njegoš", "Olovo", "Pale", "Quo", "Ruža", "Sapna",
        "Sunce", "Šamac", "Tuzla", "Usora", "Vareš", "Vogošća", "World", "Xenia", "Ypsilon",
        "Zavidovići", "Zvornik", "Žepče", "Ωmega",
    ]  # fmt: skip
    backwards = wanted[::-1]
    assert sorted(backwards, key=sort_key) == wanted
    assert sorted(backwards, key=lambda text: sort_key(text).encode()) == wanted


def test_sort_key_keeps_digraphs_apart_when_they_are_two_letters() -> None:
    assert sorted(["inđija", "injekcija", "inkluzija"], key=sort_key) == [
        "inđija",
        "injekcija",
        "inkluzija",
    ]
    assert sort_key("konjunktura") < sort_key("konkurs") < sort_key("konj")


def test_sort_key_puts_both_scripts_side_by_side() -> None:
    mixed = ["Љубав", "Lopare", "Ljubav", "Марш", "Њива", "Novo", "Njiva"]
    assert sorted(mixed, key=sort_key) == [
        "Lopare",
        "Ljubav",
        "Љубав",
        "Марш",
        "Novo",
        "Njiva",
        "Њива",
    ]


def test_sort_key_puts_a_word_before_its_continuation_when_one_begins_the_other() -> None:
    assert sort_key("Nova") < sort_key("Nova nada") < sort_key("Novak")


@given(st.text(), st.text())
def test_sort_key_orders_bytes_as_it_orders_code_points(one: str, other: str) -> None:
    one, other = sort_key(one), sort_key(other)
    assert (one < other) == (one.encode() < other.encode())


@given(st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0")))
def test_sort_key_tells_texts_apart(text: str) -> None:
    assert sort_key(text).endswith(text)


@pytest.mark.parametrize(
    ("latin", "cyrillic"),
    [
        ("Ljubav, njiva, džep, đak", "Љубав, њива, џеп, ђак"),
        ("LJUBAV NJIVA DŽEP ĐAK", "ЉУБАВ ЊИВА ЏЕП ЂАК"),
        ("Njegoš i Ǆemal", "Његош и Џемал"),
        ("injekcija, konjunkcija, Konjunktura", "инјекција, конјункција, Конјунктура"),
        ("nadživjeti, podžanr, Tanjug", "надживјети, поджанр, Танјуг"),
        ("INJEKCIJA NADŽIVJETI", "ИНЈЕКЦИЈА НАДЖИВЈЕТИ"),
        ("konj, budžet, Odžak", "коњ, буџет, Оџак"),
        ("općina, općine, Općini, OPĆINOM", "општина, општине, Општини, ОПШТИНОМ"),
        ("općinski, Općinskog, međuopćinska", "општински, Општинског, међуопштинска"),
        ("opći, opća, općeg; uopće, općenito", "општи, општа, општег; уопште, уопштено"),
        ("saopćenje i priopćenje", "саопштење и саопштење"),
        ("također, historija", "такође, историја"),
        ("Gradsko vijeće, rješenje, obavijest", "Градско вијеће, рјешење, обавијест"),
        ("1.234,56 KM, PDV, JIB, FBiH", "1.234,56 КМ, ПДВ, ЈИБ, ФБиХ"),
        ("PDF-a, XLSX, CSV, JSON, QR kod, SHA-256", "PDF-а, XLSX, CSV, JSON, QR код, SHA-256"),
        ("Program ReLOaD2 i UNDP", "Програм ReLOaD2 и UNDP"),
        ("Faza II, član IV, XXI vijek", "Фаза II, члан IV, XXI вијек"),
        ("Faza I je završena.", "Фаза I је завршена."),
        ("I tada. I poslije.", "И тада. И послије."),
        ("PRAVA I OBAVEZE", "ПРАВА И ОБАВЕЗЕ"),
        ("dio I.", "дио I."),
        ("Još %(count)s dana do %(day)s", "Још %(count)s дана до %(day)s"),
        ("%s od %d, 20 % sredstava, 5%%", "%s од %d, 20 % средстава, 5%%"),
        ("{ime} i {{ prezime|upper }} {% if da %}", "{ime} и {{ prezime|upper }} {% if da %}"),
        ('<a href="/pozivi">Svi&nbsp;pozivi</a>', '<a href="/pozivi">Сви&nbsp;позиви</a>'),
        ("Tipka <kbd>j</kbd> dolje", "Типка <kbd>j</kbd> доље"),
        ("Pišite na ured@opcina.ba.", "Пишите на ured@opcina.ba."),
        ("Vidi https://opcina.ba/poziv?x=1.", "Види https://opcina.ba/poziv?x=1."),
        ("Na www.poziv.ba ili poziv.ba/javno", "На www.poziv.ba или poziv.ba/javno"),
        ("Otvorite obrazac-2.xlsx danas", "Отворите obrazac-2.xlsx данас"),
        ("a < b, da & ne", "а < б, да & не"),
        ("Kod je 7K3M-Q9XD-42TF, oznaka BA-VOGOSCA", "Код је 7K3M-Q9XD-42TF, ознака BA-VOGOSCA"),
        ("%(amount)s\u00a0KM", "%(amount)s\u00a0КМ"),
        ("OpenDocument u 200 dpi", "OpenDocument у 200 dpi"),
        ("Facebook, WhatsApp i e-pošta", "Facebook, WhatsApp и е-пошта"),
        ("Već ћирилица", "Већ ћирилица"),
        ("", ""),
    ],
)
def test_to_cyrillic_writes_the_catalogue_as_it_is_read(latin: str, cyrillic: str) -> None:
    assert to_cyrillic(latin) == cyrillic


@given(st.text(alphabet=BOSNIAN))
def test_to_cyrillic_is_found_by_the_same_search_as_the_latin_text(text: str) -> None:
    if not any(stem in text.lower() for stem in ("opć", "histori", "također")):
        assert fold(to_cyrillic(text)) == fold(text)


@given(st.text(alphabet=BOSNIAN))
def test_to_cyrillic_changes_nothing_when_done_twice(text: str) -> None:
    once = to_cyrillic(text)
    assert to_cyrillic(once) == once


@pytest.mark.parametrize(
    ("cyrillic", "latin"),
    [("Љиља и ЊЕГОШ, Џ.", "Ljilja i NJEGOŠ, Dž."), ("Ђурђа Ћосић", "Đurđa Ćosić")],
)
def test_to_latin_keeps_capitals_when_a_letter_becomes_two(cyrillic: str, latin: str) -> None:
    assert to_latin(cyrillic) == latin
