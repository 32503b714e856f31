"""Which organisations a text names, by what it says of them."""

import pytest

from search.organisations import (
    Organisation,
    OrganisationKind,
    find_organisations,
)


def names(text, known=()):
    return [text[named.start : named.end] for named in find_organisations(text, known)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nel 2019 Filati Verdi S.p.A. ha aperto un reparto a Prato.", ["Filati Verdi"]),
        ("Lo dice l’azienda Zornatti, che lavora il marmo.", ["Zornatti"]),
        ("Un’impresa pugliese, Zornatti, fa serramenti.", ["Zornatti"]),
        ("Ne parla Zornatti, storica azienda di Lecce.", ["Zornatti"]),
        ("Lo studia l’Università di Camerino.", ["Università di Camerino"]),
        (
            "Il Consorzio del Prosciutto di Sauris certifica.",
            ["Consorzio del Prosciutto di Sauris"],
        ),
        ("Azienda | Zornatti [1]\nSettore | Marmo", ["Zornatti"]),
    ],
)
def test_a_text_says_what_is_an_organisation(text, expected):
    assert names(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "La fiera si tiene a Bologna.",
        "Lo racconta Adriana Zornatti, imprenditrice.",
        "La piattaforma Zornatti segue ogni capo.",
        "Domani comincia un Quaderno nuovo.",
        "",
    ],
)
def test_a_capital_letter_makes_no_organisation(text):
    assert names(text) == []


def test_a_known_organisation_is_found_wherever_it_is_named():
    known = [Organisation("h-farm", "H-Farm", OrganisationKind.IMPRESA, ("H-FARM S.p.A.",))]
    text = "Con H-FARM e poi ancora con H Farm; mai con una farm."
    assert names(text, known) == ["H-FARM", "H Farm"]
