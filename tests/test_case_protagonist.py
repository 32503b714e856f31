"""Whose case a document tells, where its name is said once and others' names stand beside it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from case_documents import case_index, the_case
from small_documents import Written

ARTICLE = Written(
    "articolo.md",
    [
        (
            "",
            "Chi arriva dalla statale vede i camion. Il distretto vale 4,6 miliardi di euro e "
            "conta mille imprese, secondo l'associazione di categoria.\n\n"
            "In via Rossini lavora dal 1971 la Torneria Brandolese, 48 dipendenti e clienti in sei "
            "Paesi. Gli scarti di ottone finivano in discarica e la bolletta cresceva "
            "ogni anno.\n\n"
            "La svolta è arrivata nel 2020. Il Dipartimento di Chimica dell'Università di Parma ha "
            "messo a punto un bagno che separa l'olio dal metallo; un'officina di Sala, la "
            "Meccanica Dallaglio, ha costruito la centrifuga.\n\n"
            "Nel 2023 sono rimaste fuori dai camion 310 tonnellate di trucioli e la spesa per lo "
            "smaltimento è scesa da 90 mila a 22 mila euro.\n\n"
            "La concorrente Fratelli Gavazzi ha preferito vendere i trucioli a una fonderia e "
            "dichiara 2.000 tonnellate l'anno. L'impianto è costato 640 mila euro.",
        )
    ],
    title="Quello che resta sotto il tornio",
    group="economia-circolare",
    kind="case-history",
    year=2023,
)


@pytest.fixture(scope="module")
def case(tmp_path_factory, encoder):
    return the_case(tmp_path_factory.mktemp("article"), ARTICLE, encoder)


def test_it_is_not_the_rivals_nor_the_suppliers_though_they_act(case):
    assert case.organisation.value == "Torneria Brandolese"


def test_who_put_something_at_its_disposal_is_a_partner_and_a_rival_is_none(case):
    partners = " ".join(partner.value for partner in case.partners)
    assert "Università di Parma" in partners or "Dipartimento di Chimica" in partners
    assert "Dallaglio" in partners
    assert "Gavazzi" not in partners


def test_what_was_saved_is_a_result_and_what_it_cost_or_the_market_is_none(case):
    values = {(result.value, result.unit) for result in case.results}
    assert {(310, "t"), (22_000, "€")} <= values
    assert not {(640_000, "€"), (4.6e9, "€"), (2000, "t")} & values


def test_it_is_a_case_though_nothing_calls_it_one(tmp_path, encoder):
    untold = replace(ARTICLE, kind="altro")
    (found,) = case_index(tmp_path, [untold], encoder)[1].cases
    assert found.organisation.value == "Torneria Brandolese"
