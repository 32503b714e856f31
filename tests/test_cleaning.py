"""Repairs of extracted text keep every character's place."""

from __future__ import annotations

import unicodedata

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.addresses import LinkedAddresses
from ingest.cleaning import clean_characters, mend_accents
from ingest.line_ends import join_lines, vocabulary
from ingest.positioned import PositionedText, union
from ingest.running_heads import PlacedLine, running_lines


def placed(text: str, left: int = 0, top: int = 0) -> PositionedText:
    """``text`` in boxes 10 wide and 20 high, side by side from ``left``."""
    boxes = [(left + 10 * i, top, left + 10 * i + 10, top + 20) for i in range(len(text))]
    return PositionedText(text, np.array(boxes, dtype=np.uint16).reshape(-1, 4))


def boxes_of(text: PositionedText) -> list[list[int]]:
    return text.boxes.tolist()


def joined(*lines: str, known_words: frozenset[str] = frozenset()) -> str:
    return join_lines([placed(line) for line in lines], known_words).text


def test_a_text_wants_one_box_for_each_character():
    with pytest.raises(ValueError, match="2 characters"):
        PositionedText("ab", np.zeros((1, 4), dtype=np.uint16))


def test_a_ligature_becomes_letters_that_share_its_box_from_left_to_right():
    clean = clean_characters(placed("ﬁne", left=100))
    assert clean.text == "fine"
    assert boxes_of(clean)[:3] == [[100, 0, 105, 20], [105, 0, 110, 20], [110, 0, 120, 20]]


def test_a_letter_and_its_accent_are_composed_in_one_box_around_both():
    clean = clean_characters(placed("citta\u0300"))
    assert clean.text == "città"
    assert boxes_of(clean)[-1] == [40, 0, 60, 20]


def test_invisible_characters_are_dropped_and_the_others_stay_in_place():
    clean = clean_characters(placed("eco\u00adno\u200bmia\x07"))
    assert clean.text == "economia"
    assert [box[0] for box in boxes_of(clean)] == [0, 10, 20, 40, 50, 70, 80, 90]


def test_odd_spaces_become_one_ordinary_space():
    assert clean_characters(placed("un\u00a0\u2009 \tdue\u3000")).text == "un due"


def test_a_soft_hyphen_at_the_end_of_a_line_is_a_hyphen():
    assert clean_characters(placed("comprensi\u00ad")).text == "comprensi-"


@pytest.mark.parametrize(
    ("broken", "mended"),
    [
        ("si pu`o dire", "si può dire"),
        ("il prodotto `e quello", "il prodotto è quello"),
        ("dell’Holder all’area. `E vero", "dell’Holder all’area. È vero"),
        ("la validit`a e la qualit`a", "la validità e la qualità"),
        ("le potr`a gestire pi`u volte", "le potrà gestire più volte"),
        ("perche' si", "perché si"),
        ("cos`ı come", "così come"),
        ("puo' e piu', citta'.", "può e più, città."),
        ("c'e' chi", "c'è chi"),
        ("B¨arenreiter", "Bärenreiter"),
        ("piu` di una volta", "più di una volta"),
        ("la qualita´", "la qualità"),
        ("E` vero", "È vero"),
        ("le universit `a", "le università"),
        ("perch ´e", "perché"),
        ("pi `u alto", "più alto"),
        ("lunedi' sera", "lunedì sera"),
    ],
)
def test_detached_accents_are_mended(broken: str, mended: str):
    assert mend_accents(placed(broken)).text == mended


@pytest.mark.parametrize(
    "text",
    [
        "un po' di tempo",
        "l'economia dell'azienda",
        "la parola 'perche' tra apici",
        "i punti ‘caffe’ del testo",
        "di' la verità, va' via",
        "il comando `ls` elenca",
        "il comando `mi` e il file `a`",
        "gli anni '90 e l'87",
        "rock 'n' roll",
    ],
)
def test_apostrophes_and_quotation_marks_are_left_alone(text: str):
    assert mend_accents(placed(text)).text == text


def test_a_mended_letter_has_a_box_around_the_letter_and_its_mark():
    mended = mend_accents(placed("pu`o"))
    assert boxes_of(mended) == [[0, 0, 10, 20], [10, 0, 20, 20], [20, 0, 40, 20]]


def test_a_word_cut_at_the_end_of_a_line_is_rejoined_in_the_boxes_of_both_lines():
    whole = join_lines([placed("econo-", left=500, top=100), placed("mia circolare", top=130)])
    assert whole.text == "economia circolare"
    assert boxes_of(whole)[4] == [540, 100, 550, 120]
    assert boxes_of(whole)[5] == [0, 130, 10, 150]
    assert union(whole.boxes[:8]).tolist() == [[0, 100, 550, 150]]


def test_a_word_that_only_the_document_knows_is_rejoined():
    known_words = vocabulary(["La bioplastificazione cresce.", "Di bioplasti-", "ficazione"])
    assert joined("bioplasti-", "ficazione", known_words=known_words) == "bioplastificazione"


def test_the_halves_of_a_cut_word_are_not_in_the_vocabulary():
    assert vocabulary(["la filie-", "ra corta"]) == {"la", "corta"}


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("impatto socio-", "economico", "impatto socio-economico"),
        ("plastica post-", "consumo", "plastica post-consumo"),
        ("in Emilia-", "Romagna", "in Emilia-Romagna"),
        ("il COVID-", "19", "il COVID-19"),
        ("dell’eco-", "nomia", "dell’economia"),
        ("ECONO-", "MIA", "ECONOMIA"),
        ("rapida-", "mente", "rapidamente"),
        ("https://a.it/gruppi-", "di-lavoro", "https://a.it/gruppi-di-lavoro"),
        ("dpkg-get-", "selections", "dpkg-get-selections"),
        ("socio-eco-", "nomica", "socio-economica"),
        ("l’e-", "commerce", "l’e-commerce"),
        ("una pausa -", "poi si va", "una pausa - poi si va"),
        ("due", "parole", "due parole"),
        ("lavori co-", "progettati", "lavori co-progettati"),
        (
            "vedi https://a.it/",
            "economia/carta.html (2020)",
            "vedi https://a.it/economia/carta.html (2020)",
        ),
        ("https://", "www.a.it/x (2020)", "https://www.a.it/x (2020)"),
        ("https://a.it/x?uuid=", "AEQbUfHF (2018)", "https://a.it/x?uuid=AEQbUfHF (2018)"),
        ("https://www.", "italia.it", "https://www.italia.it"),
        ("https://a.it/-", "gruppi/x", "https://a.it/gruppi/x"),
        ("https://www.italia.it/", "per sapere", "https://www.italia.it/ per sapere"),
        ("https://a.it/x", "https://b.it/y", "https://a.it/x https://b.it/y"),
        ("2009/125/", "CE", "2009/125/CE"),
        ("www.le-", "nuove.it/x", "www.le-nuove.it/x"),
        ("https://a.it/x/?", "rss (2020)", "https://a.it/x/?rss (2020)"),
        ("https://www.quotidiano.", "net/economia", "https://www.quotidiano.net/economia"),
        ("https://gazze", "tta.it/atti", "https://gazzetta.it/atti"),
        ("o ”http://deb.", "nell’esempio", "o ”http://deb. nell’esempio"),
        ("https://a.it/x-d1d", "2a0 (2019)", "https://a.it/x-d1d2a0 (2019)"),
        ("https://a.it/x-d1d", "2020 e dopo", "https://a.it/x-d1d 2020 e dopo"),
        ("https://a.it/un-nome", "lungo.shtml (2021)", "https://a.it/un-nomelungo.shtml (2021)"),
        (
            "https://a.it/",
            "marchettilascialacaricadiamministratore",
            "https://a.it/marchettilascialacaricadiamministratore",
        ),
        ("high-", "quality leather", "high-quality leather"),
        ("trace-", "ability", "traceability"),
        ("anzi-", "tutto", "anzitutto"),
        ("Hyper-", "ledger", "Hyperledger"),
        ("micro-trans-", "ponder", "micro-transponder"),
        ("pay-per-", "use", "pay-per-use"),
        ("una pausa /", "poi si va", "una pausa / poi si va"),
    ],
)
def test_a_hyphen_stays_only_where_it_belongs(first: str, second: str, expected: str):
    assert joined(first, second) == expected


def test_an_address_goes_on_over_three_lines():
    address = joined(
        "in https://a.it/notizie?x=rss&utm_", "campaign=barilla-", "good-food-2024 (2024)"
    )
    assert address == "in https://a.it/notizie?x=rss&utm_campaign=barilla-good-food-2024 (2024)"


def test_what_had_room_on_the_line_before_is_no_part_of_its_address():
    lines = [placed("vedi https://a.it/x/"), placed("b_c/d_e.html")]
    assert join_lines(lines, full=[True]).text == "vedi https://a.it/x/b_c/d_e.html"
    assert join_lines(lines, full=[False]).text == "vedi https://a.it/x/ b_c/d_e.html"


def test_an_address_that_cannot_end_there_goes_on_whatever_room_was_left():
    lines = [placed("https://"), placed("a.it/x?id="), placed("7")]
    assert join_lines(lines, full=[False, False]).text == "https://a.it/x?id=7"


LINKED = LinkedAddresses.of(
    ["https://a.it/label/Ecologia", "https://a.it/start--up/6", "https://b.it/", "mailto:x@a.it"]
)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["https://a.it/label/", "Ecologia (2016)"], "https://a.it/label/Ecologia (2016)"),
        (["https://a.it/la", "bel/", "Ecologia."], "https://a.it/label/Ecologia."),
        (["https://a.it/label/", "Ecologiamente"], "https://a.it/label/ Ecologiamente"),
        (["https://a.it/start- up/6 (2012)"], "https://a.it/start--up/6 (2012)"),
        (["https://a.it/start-", "up/6 (2012)"], "https://a.it/start--up/6 (2012)"),
        (["(https://b.it/)", "a_b/c_d e poi"], "(https://b.it/) a_b/c_d e poi"),
        (["https://b.it/", "a_b/c_d e poi"], "https://b.it/ a_b/c_d e poi"),
        (["https://b.it", "per sapere"], "https://b.it per sapere"),
        (["https://c.it/label/", "Ecologia (2016)"], "https://c.it/label/ Ecologia (2016)"),
    ],
)
def test_an_address_is_spelled_like_the_link_to_it(lines: list[str], expected: str):
    assert join_lines([placed(line) for line in lines], linked=LINKED).text == expected


def test_a_hyphen_that_only_the_link_has_shares_the_box_of_the_printed_one():
    spelled = LINKED.spelled(placed("https://a.it/start-up/6"))
    assert spelled.text == "https://a.it/start--up/6"
    assert boxes_of(spelled)[18:20] == [[180, 0, 185, 20], [185, 0, 190, 20]]


@given(st.text("ahtps:/.-w 6", max_size=40), st.lists(st.text("a/.-w6", max_size=8), max_size=4))
def test_spelling_addresses_changes_spaces_and_hyphens_only(text: str, links: list[str]):
    spelled = LinkedAddresses.of(f"https://{link}" for link in links).spelled(placed(text))
    assert spelled.boxes.shape == (len(spelled.text), 4)
    bare = spelled.text.replace(" ", "").replace("-", "")
    assert bare == text.replace(" ", "").replace("-", "")


def test_typographic_hyphens_are_hyphens_and_a_dotless_i_has_its_dot_back():
    assert (
        clean_characters(placed("e\u2010commerce, co\u2011design")).text == "e-commerce, co-design"
    )
    assert clean_characters(placed("cos\u0131\u0300")).text == "così"


def test_a_name_with_a_capital_inside_is_whole_where_the_document_has_it_whole():
    known_words = vocabulary(["Lo dice EssilorLuxottica."])
    assert joined("Essilor-", "Luxottica", known_words=known_words) == "EssilorLuxottica"
    known_words = vocabulary(["www.emiliaromagna.it"])
    assert joined("Emilia-", "Romagna", known_words=known_words) == "Emilia-Romagna"


def test_a_hyphenated_word_of_the_document_keeps_its_hyphen():
    known_words = vocabulary(["il know-how conta"])
    assert joined("il know-", "how", known_words=known_words) == "il know-how"


TROUBLE = st.sampled_from("aeiouAEch lp ''’‘`´¨-\u00ad\x02\u0300\u0301\u00a0\u200bﬁﬀ\n\x07\ue000")


@given(st.text(st.one_of(TROUBLE, TROUBLE, st.characters()), max_size=60))
def test_cleaning_keeps_a_box_for_each_character_and_changes_clean_text_no_more(text: str):
    once = mend_accents(clean_characters(placed(text)))
    assert once.boxes.shape == (len(once.text), 4)
    assert unicodedata.is_normalized("NFC", once.text)
    again = mend_accents(clean_characters(once))
    assert again.text == once.text
    assert np.array_equal(again.boxes, once.boxes)


@given(st.lists(st.text("abc -'’àù", max_size=12), max_size=5))
def test_joining_lines_drops_nothing_but_hyphens_and_adds_nothing_but_spaces(lines: list[str]):
    clean = [clean_characters(placed(line)) for line in lines]
    whole = join_lines(clean)
    assert whole.boxes.shape == (len(whole.text), 4)
    letters = "".join(line.text for line in clean).replace(" ", "").replace("-", "")
    assert whole.text.replace(" ", "").replace("-", "") == letters


def report(
    number: int, head: str = "Relazione annuale", foot: str = "Pagina {}"
) -> list[PlacedLine]:
    """A page: running head at 5 %, three lines of text that differ, footer at 95 %."""
    body = [f"{word} {number}" for word in ("alfa", "beta", "gamma")]
    return [
        PlacedLine(head, 0.05, 0.9),
        *(PlacedLine(text, 0.3 + 0.1 * i, 1.0) for i, text in enumerate(body)),
        PlacedLine(foot.format(number), 0.95, 0.9),
    ]


def test_heads_and_page_numbers_that_repeat_are_running_lines():
    assert running_lines([report(n) for n in range(1, 5)]) == [frozenset({0, 4})] * 4


def test_a_line_at_the_edge_of_one_page_only_is_kept():
    heads = ["Uno", "Due", "Tre", "Quattro"]
    pages = [report(n, head=head) for n, head in enumerate(heads, start=1)]
    assert running_lines(pages) == [frozenset({4})] * 4


def test_repeated_text_at_different_heights_is_kept():
    pages = [[PlacedLine("Obiettivi", 0.02 + 0.03 * n, 1.0)] for n in range(4)]
    assert running_lines(pages) == [frozenset()] * 4


def test_a_large_title_that_opens_some_chapters_is_kept():
    pages = [report(n) for n in range(1, 11)]
    for n in (1, 4, 7):
        pages[n].append(PlacedLine("Esercizi", 0.1, 1.8))
    assert all(5 not in indexes for indexes in running_lines(pages))


def test_a_two_page_document_has_no_running_lines():
    assert running_lines([report(1), report(2)]) == [frozenset(), frozenset()]


def test_a_line_marked_as_artifact_runs_at_the_edge_of_any_document():
    head = PlacedLine("Relazione annuale", 0.05, 0.9, artifact=True)
    amid = PlacedLine("Figura", 0.5, 0.9, artifact=True)
    assert running_lines([[head, amid], [amid]]) == [frozenset({0}), frozenset()]


def test_a_section_name_beside_the_page_number_runs_with_its_neighbours():
    pages = [report(n, foot="Materiali {}") for n in range(1, 7)]
    pages[3] = report(4, foot="{} Glossario")
    assert running_lines(pages)[3] == frozenset({0, 4})


@pytest.mark.parametrize("text", ["/" * 50_000, "a" * 50_000, "`a" * 20_000, "e' " * 20_000 + "a-"])
def test_long_lines_of_one_sign_cost_no_more_than_their_length(text: str):
    line = mend_accents(clean_characters(placed(text[:6000])))
    whole = PositionedText.unplaced(text)
    mend_accents(clean_characters(whole))
    join_lines([whole, whole, line])
    vocabulary([text, text])
