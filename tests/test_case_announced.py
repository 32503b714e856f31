"""A document that says that it tells several cases, and tells them one after the other."""

import pytest
from case_documents import case_index
from small_documents import Written

MILL = (
    "Il Lanificio Torrebruna, 60 dipendenti a Biella, buttava ogni anno 40 tonnellate di cimosse "
    "di lana, che nessuno ritirava più. L'azienda ha installato una sfilacciatrice e rifila le "
    "cimosse in casa. Alla messa a punto ha lavorato il Politecnico di Torino. Oggi il lanificio "
    "recupera il 75% degli scarti e gli acquisti di lana vergine sono scesi del 20%."
)
GLASS = (
    "Diverso è il caso della Vetreria Soldani, che costruisce lampade a Empoli dal 1952. Le "
    "lampade rotte tornavano in fabbrica e finivano in discarica, con un costo che cresceva. La "
    "Vetreria Soldani ha creato un servizio di ritiro e rifonde i vetri in un forno elettrico, "
    "insieme al consorzio Re.Vetro. In un anno sono tornate 1.300 lampade e il gas è diminuito "
    "del 18%."
)
OPENING = "Questa nota racconta due aziende che hanno smesso di buttare quello che avanza."
CLOSING = "Il Lanificio Torrebruna e la Vetreria Soldani si scambiano oggi i dati sui consumi."


def _cases(folder, written, encoder):
    return case_index(folder, [written], encoder)[1].cases


@pytest.mark.parametrize(
    "sections",
    [
        [("", f"{OPENING}\n\n{MILL}\n\n{GLASS}\n\n{CLOSING}")],
        [("Perché", OPENING), ("La lana", MILL), ("Il vetro", GLASS), ("Insieme", CLOSING)],
    ],
    ids=["paragraphs", "headings"],
)
def test_each_of_the_cases_that_are_announced_has_its_own_fields(tmp_path, encoder, sections):
    written = Written("nota.md", sections, "Quello che avanza", kind="case-history", year=2024)
    mill, glass = _cases(tmp_path, written, encoder)
    assert mill.organisation.value == "Lanificio Torrebruna"
    assert glass.organisation.value == "Vetreria Soldani"
    assert [(r.value, r.unit) for r in mill.results] == [(75, "%"), (20, "%")]
    assert [(r.value, r.unit) for r in glass.results] == [(1300, "lampade"), (18, "%")]
    assert [partner.value for partner in mill.partners] == ["Politecnico di Torino"]
    assert mill.id != glass.id
    assert "cimosse" in mill.challenge[0].value
    assert "discarica" in glass.challenge[0].value


def test_a_document_that_announces_none_or_another_number_tells_one_case(tmp_path, encoder):
    told = f"{MILL}\n\n{GLASS}"
    for number, opening in enumerate(("Una nota.", OPENING.replace("due", "cinque"))):
        written = Written(
            "nota.md", [("", f"{opening}\n\n{told}")], "Quello che avanza", kind="case-history"
        )
        assert len(_cases(tmp_path / str(number), written, encoder)) == 1


def test_a_case_whose_organisation_is_in_the_title_is_one_though_it_names_two(tmp_path, encoder):
    written = Written(
        "nota.md",
        [("", f"{OPENING}\n\n{MILL}\n\n{GLASS}")],
        "Lanificio Torrebruna, la lana che torna",
        kind="case-history",
    )
    (case,) = _cases(tmp_path, written, encoder)
    assert case.organisation.value == "Lanificio Torrebruna"


def test_a_label_without_a_name_does_not_say_whose_case_it_is(tmp_path, encoder):
    written = Written(
        "nota.md",
        [("", f"Cooperativa: sarte e modelliste\n\n{MILL}")],
        "La lana che torna",
        kind="case-history",
    )
    (case,) = _cases(tmp_path, written, encoder)
    assert case.organisation.value == "Lanificio Torrebruna"
