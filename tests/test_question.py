"""Which question is it: the kinds that are read, what spoke for them, and how often it is right."""

from pathlib import Path

import numpy as np
import pytest

from bench.questions import DEV, interval, read_labelled
from search.answers.cues import STRENGTHS, cues, subject
from search.answers.kinds import QuestionKind, Source
from search.answers.prototypes import SHIPPED, Prototypes, load_prototypes, read_prototypes
from search.answers.question import read_question
from search.encoder import Encoder, load_encoder

LOOKUP, TREND, CASE, PARTNER = QuestionKind


@pytest.fixture(scope="module")
def prototypes(encoder: Encoder) -> Prototypes:
    return load_prototypes(encoder)


@pytest.fixture(scope="module")
def read(encoder: Encoder, prototypes: Prototypes):
    def read(text: str):
        return read_question(text, encoder.encode_queries([text])[0], prototypes)

    return read


def said(reading, source: Source) -> list[str]:
    return [reason.words for reason in reading.reasons if reason.source is source]


def test_at_least_nine_in_ten_of_the_questions_it_was_fitted_on_are_read_right(encoder, prototypes):
    asked = read_labelled(DEV)
    vectors = encoder.encode_queries([question.text for question in asked])
    right = [
        read_question(question.text, vector, prototypes).kind in question.kinds
        for question, vector in zip(asked, vectors, strict=True)
    ]
    assert len(asked) >= 150
    assert np.mean(right) >= 0.95


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Come sta cambiando la nautica da diporto?", TREND),
        ("How has the marble trade evolved over the last ten years?", TREND),
        ("COME È CAMBIATA LA FILIERA DEL RISO DAL 2018", TREND),
        ("Chi ha già messo i pannelli solari in fonderia, e con che risultati?", CASE),
        ("Could you give me examples of orchards that share machinery?", CASE),
        ("casi di studio sulle serre idroponiche", CASE),
        ("Buongiorno, a chi potremmo rivolgerci per analizzare i nostri oli?", PARTNER),
        ("We are looking for a university lab on glass", PARTNER),
        ("con chi potrei provare un imballaggio di alghe", PARTNER),
        ("Che cos'è la pirolisi?", LOOKUP),
        ("When does the battery regulation come into force?", LOOKUP),
        ("Quanto costa certificare un vivaio?", LOOKUP),
    ],
)
def test_a_question_in_plain_words_is_read_as_what_it_asks(read, text: str, kind: QuestionKind):
    assert read(text).kind is kind


@pytest.mark.parametrize("text", ["pirolisi", "fonderie Brescia", "Mario Rossi", "ISO 14067"])
def test_a_name_or_a_few_keywords_are_looked_up(read, text: str):
    reading = read(text)
    assert reading.kinds == (LOOKUP,)
    assert said(reading, Source.FORM) == [text]


@pytest.mark.parametrize(
    "text",
    [
        '"vetro soffiato" -lampade murano',
        "gruppo:tracciabilita anno:2022-2024 vino e olio di oliva",
    ],
)
def test_the_query_language_is_looked_up(read, text: str):
    assert read(text).kinds == (LOOKUP,)


def test_a_typed_filter_does_not_hide_a_question(read):
    assert read("Come sta cambiando la concia? gruppo:economia-circolare").kind is TREND


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Come sta cambiando la concia e con chi potrei lavorarci?", {TREND, PARTNER}),
        ("Che cos'è il biochar e chi l'ha già usato?", {LOOKUP, CASE}),
    ],
)
def test_a_question_with_two_parts_is_of_two_kinds(read, text: str, kinds: set[QuestionKind]):
    reading = read(text)
    assert set(reading.kinds) == kinds
    assert reading.is_mixed


def test_the_words_that_spoke_are_told_as_they_stand(read):
    reading = read("Buongiorno!  Come  STA cambiando l’Edilizia?")
    assert said(reading, Source.CUE)[0] == "Come  STA cambiando"
    assert all(reason.kind in reading.kinds for reason in reading.reasons)


def test_the_sentence_that_spoke_is_one_of_its_kind(read):
    kind_of = {p.text: p.kind for p in read_prototypes(SHIPPED.read_text(encoding="utf-8"))}
    reading = read("Vorremmo un docente che sappia di smalti")
    assert reading.kind is PARTNER
    (sentence,) = said(reading, Source.PROTOTYPE)
    assert kind_of[sentence] is PARTNER


def test_a_slip_of_the_fingers_in_a_telling_word_is_forgiven(read):
    reading = read("esmepi di cantieri che riusano il legno")
    assert reading.kind is CASE
    assert "esmepi di" in said(reading, Source.CUE) or "esmepi" in said(reading, Source.CUE)


def test_a_word_that_exists_is_no_slip():
    assert [cue.words for cue in cues("rivolgerti")] == []  # rivolgersi is a cue


def test_all_kinds_share_one_the_greatest_first(read):
    shares = [share.share for share in read("Quali aziende del vetro sono cresciute?").shares]
    assert len(shares) == len(QuestionKind)
    assert sum(shares) == pytest.approx(1)
    assert shares == sorted(shares, reverse=True)


def test_the_member_may_choose_another_reading(read):
    changed = read("Come sta cambiando la concia?").instead(CASE, PARTNER, CASE)
    assert changed.kinds == (CASE, PARTNER)
    assert [(s.kind, s.share) for s in changed.shares] == [
        (CASE, 0.5), (PARTNER, 0.5), (LOOKUP, 0), (TREND, 0),
    ]  # fmt: skip
    assert {reason.source for reason in changed.reasons} == {Source.MEMBER}


def test_without_vectors_the_cues_decide_and_nothing_said_is_a_lookup():
    assert read_question("a chi rivolgersi per il vetro").kind is PARTNER
    assert read_question("il colore del vetro soffiato a bocca").kind is LOOKUP
    assert read_question("?").kind is LOOKUP


@pytest.mark.parametrize("text", ["per esempio il vetro colorato", "ad esempio il sale rosa"])
def test_an_example_in_passing_is_no_cue(text: str):
    assert not [cue for cue in cues(text) if cue.weight > STRENGTHS["hint"]]


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("Chi ha già recuperato la lana, e con quali risultati?", "recuperato la lana"),
        ("Who has already recovered wool, and with what results?", "recovered wool"),
        ("filati rigenerati", "filati rigenerati"),
        ("chi l'ha già fatto?", "chi l'ha già fatto?"),  # nothing else is said
        ("", ""),
    ],
)
def test_what_a_question_is_about_is_what_its_cues_leave(text: str, about: str):
    assert subject(text) == about


def test_cues_of_a_kind_do_not_overlap():
    found = [cue.words for cue in cues("come sta cambiando negli ultimi anni") if cue.kind is TREND]
    assert found == ["come sta cambiando", "negli ultimi anni"]


@pytest.mark.parametrize(
    "text",
    [
        "come " * 2000,
        "chi ha già " * 900,
        "a" * 10_000,
        "\u200fעברית\u200f come sta cambiando",
        "è" * 5000,
    ],
)
def test_odd_texts_are_read(read, text: str):
    assert sum(share.share for share in read(text).shares) == pytest.approx(1)


def test_with_a_model_that_cannot_tell_kinds_the_prototypes_hardly_speak(tiny_model, tmp_path):
    tiny = load_encoder(str(tiny_model), tmp_path)
    prototypes = load_prototypes(tiny, tmp_path)
    told = read_labelled(DEV)[::5]
    vectors = tiny.encode_queries([question.text for question in told])
    said = [list(prototypes.likeness(vector).scores.values()) for vector in vectors]
    assert np.abs(said).mean() < STRENGTHS["hint"]
    question = "Come sta cambiando la concia?"
    assert read_question(question, tiny.encode_queries([question])[0], prototypes).kind is TREND


def test_prototypes_say_the_same_when_they_are_read_back(encoder, prototypes, tmp_path: Path):
    prototypes.save(tmp_path)
    vector = encoder.encode_queries(["Chi ripara campane?"])[0]
    first, again = prototypes.likeness(vector), Prototypes.load(tmp_path).likeness(vector)
    assert again == first


def test_a_prototype_stands_for_several_topics():
    found = read_prototypes(
        "# a remark\n[topics]\nil | vetro\nl' | olio\nla | carta\ni | sali\n[topics en]\nglass\n"
        "[trend]\n{the} cambia?\nEppure si muove.\n[partner en]\nwho makes {}?\n"
    )
    assert [(p.kind, p.text, p.pattern) for p in found] == [
        (TREND, "L'olio cambia?", 1), (TREND, "I sali cambia?", 1), (TREND, "Eppure si muove.", 2),
        *[(PARTNER, "Who makes glass?", 3)] * 2,
    ]  # fmt: skip


def test_the_interval_of_a_share_is_wilsons():
    assert interval(9, 10) == pytest.approx((0.5958, 0.9821), abs=1e-4)
