"""What documents leave open: which sentences say so, and which only look like it."""

import pytest
from small_documents import Written, engine_over

from search.answers.open_questions import open_questions
from search.datatypes import OlderVersion

GROUP = "open-innovation"


@pytest.fixture
def left_open(tmp_path, encoder):
    """The sentences that the documents written down leave open."""

    def found(*written: Written, older=(), **arguments) -> list[str]:
        snapshot = engine_over(tmp_path / "index", written, encoder, older).snapshot
        return [one.text for one in open_questions(snapshot, GROUP, **arguments)]

    return found


def note(*sections: tuple[str, str], name="nota", year=2024, **fields) -> Written:
    return Written(name=name, sections=sections, group=GROUP, year=year, **fields)


OPEN_ISSUES = [
    "Resta aperta la questione dei costi per le officine più piccole.",
    "Il tema della manutenzione rimane ancora aperto dopo tre incontri.",
    "Rimane da capire se il magazzino comune convenga ai terzisti.",
    "Occorre capire quanto tempo serva per formare un operatore.",
    "Andrà verificato se la colla regge al gelo.",
    "Manca ancora un metodo condiviso per pesare i ritagli.",
    "Non c’è ancora una norma che dica chi paga il trasporto.",
    "Non è chiaro chi debba aggiornare la scheda dopo la vendita.",
    "Il costo della raccolta è ancora tutto da dimostrare.",
    "È un problema tuttora irrisolto per chi vende su misura.",
    "It remains unclear who pays for the second inspection.",
    "Further research is needed on the life of the coating.",
    "Whether small workshops can afford the tests is an open question.",
]
SETTLED = [
    "Il negozio resta aperto fino alle otto di sera.",
    "La mostra rimane aperta al pubblico per tutto il mese.",
    "Restano aperte le iscrizioni al secondo laboratorio di maggio.",
    "La questione dei costi non è più aperta dal mese scorso.",
    "Non resta nessuna questione aperta dopo la riunione.",
    "Due anni fa restava da capire se il forno bastasse.",
    "Occorre definire un piano di lavoro entro giugno.",
    "Il cliente manca da due anni e nessuno lo ha cercato.",
    "The shop remains open to visitors on Sundays.",
    "The question has been settled by the new rule.",
    "La porta del reparto è sempre aperta ai tecnici.",
    "Questioni aperte, bisogni e prossimi passi.",
]


@pytest.mark.parametrize("sentence", OPEN_ISSUES)
def test_what_is_named_as_open_is_found_as_it_stands(left_open, sentence):
    assert left_open(note(("Note", f"Il reparto ha due forni. {sentence}"))) == [sentence]


@pytest.mark.parametrize("sentence", SETTLED)
def test_what_only_sounds_open_is_left_out(left_open, sentence):
    assert left_open(note(("Note", f"Il reparto ha due forni. {sentence}"))) == []


def test_what_another_sentence_denies_does_not_hide_what_is_open(left_open):
    said = "Non resta nessuna questione aperta sui forni. Non è chiaro chi pagherà lo scarico."
    assert left_open(note(("Note", said))) == ["Non è chiaro chi pagherà lo scarico."]


def test_questions_under_a_heading_that_promises_them_are_found(left_open):
    text = (
        "Il gruppo ne ha parlato a lungo. Chi paga la seconda prova di tintura? "
        "Su questo si torna a marzo."
    )
    found = left_open(note(("Questioni aperte", text), ("Il contesto", text)))
    assert found == ["Chi paga la seconda prova di tintura?"]


def test_several_questions_at_the_end_of_a_paragraph_are_nobodys_answer(left_open):
    asked = ["Chi paga la seconda prova di tintura?", "Quanto dura davvero il rivestimento?"]
    found = left_open(note(("Conclusioni", f"Il forno lavora di notte. {' '.join(asked)}")))
    assert found == asked


@pytest.mark.parametrize(
    ("heading", "text"),
    [
        (
            "Il contesto",
            "Perché tingere di notte con due forni? Perché costa meno e si sente meno.",
        ),
        (
            "Domande frequenti",
            "Chi paga la prova di tintura?\n\nIl cliente.\n\nQuanto dura la tinta?",
        ),
        ("Questionario", "Chi paga la prova di tintura? Quanto dura il suo rivestimento in mesi?"),
        ("Domande aperte", "Sapevi che il forno lavora anche di notte?"),
        ("Domande aperte", "Chi non vorrebbe un forno che lavora di notte?"),
        ("Domande aperte", "E poi?"),
        ("Domande aperte", "Prova | Chi paga la prova di tintura? | il cliente"),
        ("Glossario", "Che cosa è un mordente? Che cosa è una tinta al tino? Che cosa è un bagno?"),
        ("Che cosa è?", "Che cosa è un mordente? Che cosa è una tinta? Che cosa è un bagno?"),
    ],
)
def test_a_question_that_is_answered_or_none_is_left_out(left_open, heading, text):
    assert left_open(note((heading, text))) == []


def test_the_mark_of_a_list_is_no_part_of_the_question(left_open):
    listed = "• Chi paga la seconda prova di tintura?\n\n• Quanto dura davvero il rivestimento?"
    found = left_open(note(("Domande per il gruppo", listed)))
    assert found == [
        "Chi paga la seconda prova di tintura?",
        "Quanto dura davvero il rivestimento?",
    ]


def test_the_newest_documents_come_first_and_none_says_everything(left_open):
    def about(thing: str) -> str:
        return (
            f"Chi paga {thing} in officina? Quanto costa {thing} al mese? "
            f"Chi misura {thing} a fine anno?"
        )

    found = left_open(
        note(("Domande aperte", about("la tinta")), name="a", year=2020),
        note(("Domande aperte", about("il forno")), name="b", year=2023),
        note(("Domande aperte", about("la colla")), name="c", year=None),
    )
    assert found == [
        "Chi paga il forno in officina?",
        "Quanto costa il forno al mese?",
        "Chi paga la tinta in officina?",
        "Quanto costa la tinta al mese?",
        "Chi paga la colla in officina?",
        "Quanto costa la colla al mese?",
    ]


def test_nothing_is_said_twice_and_an_older_version_is_silent(left_open):
    asked = ("Domande aperte", "Chi paga la seconda prova di tintura?")
    own = ("Domande aperte", "Chi paga il primo stampo di prova?")
    found = left_open(
        note(asked, name="nuovo", year=2024),
        note(asked, name="altro", year=2023),
        note(own, name="bozza", year=2022),
        older=[OlderVersion("bozza", "nuovo", 0.8)],
    )
    assert found == ["Chi paga la seconda prova di tintura?"]


def test_other_groups_and_the_number_asked_for_are_kept_to(left_open):
    listed = " ".join(f"Chi paga la prova numero {n} di tintura?" for n in range(5))
    other = Written(name="altro", sections=[("Domande aperte", listed)], group="tracciabilita")
    notes = [
        note(("Domande aperte", listed.replace("prova", f"{n} prova")), name=str(n))
        for n in range(4)
    ]
    assert len(left_open(*notes, other, most=3)) == 3


def test_each_is_cited_where_it_stands(tmp_path, encoder):
    text = "Il reparto ha due forni. Manca ancora un metodo condiviso per pesare i ritagli."
    snapshot = engine_over(tmp_path / "index", [note(("Note", text))], encoder).snapshot
    (cited,) = open_questions(snapshot, GROUP)
    passage, _ = snapshot.store.passage(snapshot.store.passage_row(cited.passage_id))
    assert cited.sentence.of(passage.text) == cited.text
    assert (cited.document.id, cited.page) == ("nota", 1)


def test_a_group_without_documents_leaves_nothing_open(left_open):
    assert left_open(Written(name="x", sections=[("", "Un testo qualunque.")], group="")) == []
