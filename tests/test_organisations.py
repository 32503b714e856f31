"""Which organisations a text names, by what it says of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.errors import OrganisationsError
from search.organisations import (
    Listed,
    Organisation,
    OrganisationKind,
    find_organisations,
    key_of,
    kinds_named,
    learn_organisations,
    listed_for,
    read_organisations,
)


def names(text, known=()):
    return [text[named.start : named.end] for named in find_organisations(text, known)]


def learnt(*texts, listed=Listed(), titles=()):  # noqa: B008 - immutable
    found = learn_organisations(list(enumerate(texts)), listed, titles)
    return {organisation.name: organisation for organisation in found}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nel 2019 Filati Verdi S.p.A. ha aperto un reparto a Prato.", ["Filati Verdi"]),
        ("Lo dice l’azienda Zornatti, che lavora il marmo.", ["Zornatti"]),
        ("Un’impresa pugliese, Zornatti, fa serramenti.", ["Zornatti"]),
        ("Ne parla Zornatti, storica azienda di Lecce.", ["Zornatti"]),
        ("La trevigiana Zornatti ha lanciato un tag.", ["Zornatti"]),
        ("Zornatti è una startup che ricicla.", ["Zornatti"]),
        ("Lo studia l’Università di Camerino.", ["Università di Camerino"]),
        ("Il Consorzio del Miele di Sauris certifica.", ["Consorzio del Miele di Sauris"]),
        ("Vi lavora il Dipartimento di Scienze chimiche di Napoli.",
         ["Dipartimento di Scienze chimiche di Napoli"]),
        ("Ne scrive l’Istituto di Scienze e Tecnologie della Fibra.",
         ["Istituto di Scienze e Tecnologie della Fibra"]),
        ("Lo dicono l’Università di Camerino e il Politecnico di Lanciano.",
         ["Università di Camerino", "Politecnico di Lanciano"]),
        ("Azienda | Zornatti [1]\nSettore | Marmo", ["Zornatti"]),
        ("Impresa | Anno\nZornatti | 2020\nMobrica | 2021", ["Zornatti", "Mobrica"]),
        ("The Mobrica Foundation works with the company Zornatti.",
         ["Mobrica Foundation", "Zornatti"]),
        ("Zornatti nasce nel 2010. L’azienda, con sede a Como, tesse. Zornatti vende fili.",
         ["Zornatti", "Zornatti"]),
    ],
)  # fmt: skip
def test_a_text_says_what_is_an_organisation(text, expected):
    assert names(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "La fiera si tiene a Bologna.",
        "Lo racconta Adriana Zornatti, imprenditrice.",
        "La piattaforma Zornatti segue ogni capo.",
        "Il progetto Zornatti è finanziato dal bando Mobrica.",
        "Il regolamento Zornatti vale in tutta l’Emilia-Romagna.",
        "La sede è a Zornatti (VA), in provincia di Varese.",
        "Domani comincia un Quaderno nuovo.",
        "Gruppo di lavoro Economia circolare",
        "L'Università è antica e il Consorzio pure.",
        "La Banca Dati Nazionale dei Contratti è in linea.",
        "Arance DOP e formaggi Zornatti DOP.",
        "[3] Zornatti S.p.A., bilancio 2020. https://zornatti.example/bilancio",
        "",
    ],
)
def test_a_capital_letter_makes_no_organisation(text):
    assert names(text) == []


def test_a_known_organisation_is_found_wherever_it_is_named():
    known = [Organisation("h-farm", "H-Farm", OrganisationKind.IMPRESA, ("H-FARM S.p.A.",))]
    text = "Con H-FARM e poi ancora con H Farm; mai con una farm."
    assert names(text, known) == ["H-FARM", "H Farm"]


def test_a_name_does_not_go_over_a_comma_or_the_end_of_a_sentence():
    known = [Organisation("verdi-rossi", "Verdi Rossi", OrganisationKind.IMPRESA)]
    assert names("Verdi, Rossi. Verdi. Rossi\nVerdi\nRossi", known) == []


def test_an_acronym_is_found_only_as_it_is_written():
    known = [Organisation("ice", "ICE", OrganisationKind.ENTE_PUBBLICO)]
    assert names("ICE, Ice, ice", known) == ["ICE"]


def test_what_is_said_in_one_document_holds_in_all():
    found = learnt("Lo dice l’azienda Zornatti.", "Si va da Zornatti per il marmo.")
    assert [*found] == ["Zornatti"]
    assert names("Si va da Zornatti.", [*found.values()]) == ["Zornatti"]


def test_names_in_a_list_with_organisations_are_organisations():
    text = "Le aziende Zornatti, Mobrica e Telvina. Poi Zornatti, Orpesca e Mobrica."
    assert set(learnt(text)) == {"Zornatti", "Mobrica", "Telvina", "Orpesca"}


def test_a_person_listed_with_people_is_none():
    assert learnt("L’hanno fondata Adriana Zornatti, Enrica Mobrica e Luca Telvina.") == {}


def test_a_word_of_the_language_needs_more_than_a_capital():
    often = "La natura è bella, la natura è forte. " * 5
    assert learnt(often + "Con Natura si respira; Natura vende aria.") == {}


def test_the_legal_form_the_group_and_the_country_fold():
    found = learnt(
        "Zornatti S.p.A. vende fili. Il gruppo Zornatti cresce. Zornatti Group assume.",
        "Zornatti Italia ha sede a Como. Lo dice Zornatti.",
    )
    assert [*found] == ["Zornatti"]
    assert {"Zornatti Group", "Zornatti Italia"} <= set(found["Zornatti"].variants)


def test_a_consortium_folds_with_its_own_name_and_a_foundation_does_not():
    found = learnt(
        "Il Consorzio Zornatti raccoglie pneumatici. Zornatti raccoglie ancora, poi con Zornatti.",
        "L’azienda Telvina tesse. La Fondazione Telvina studia.",
    )
    assert set(found) == {"Zornatti", "Telvina", "Fondazione Telvina"}
    assert "Consorzio Zornatti" in found["Zornatti"].variants


def test_kinds_come_from_what_a_text_says():
    found = learnt(
        "L’acceleratore Zornatti e il consorzio Mobrica. L’Università di Camerino, la Fondazione "
        "Telvina, il Ministero della Fibra."
    )
    assert {name: one.kind.value for name, one in found.items()} == {
        "Zornatti": "polo",
        "Mobrica": "consorzio",
        "Università di Camerino": "universita",
        "Fondazione Telvina": "altro",
        "Ministero della Fibra": "ente-pubblico",
    }


@pytest.mark.parametrize(
    ("text", "full"),
    [
        ("L’Agenzia delle fibre e dei filati (AFF) controlla.", "Agenzia delle fibre e dei filati"),
        ("L’Agenzia Fibre Filati (AFF) controlla.", "Agenzia Fibre Filati"),
        ("L’AFF (Agenzia Fibre Filati) controlla.", "Agenzia Fibre Filati"),
    ],
)
def test_an_acronym_in_brackets_is_a_variant(text, full):
    (found,) = learnt(f"{text} Lo dice l’AFF.").values()
    assert {*found.names} == {"AFF", full}


def test_what_stands_in_brackets_and_has_other_initials_is_no_variant():
    found = learnt("L’Agenzia Fibre Filati (NFC) controlla. Lo dice la startup NFC.")
    assert all({"NFC", "Agenzia Fibre Filati"} - set(one.names) for one in found.values())


def test_the_product_of_an_organisation_is_none():
    assert set(learnt("L’azienda Zornatti vende. Zornatti Flex vende bene.")) == {"Zornatti"}


def test_a_list_adds_organisations_and_takes_away():
    listed = Listed((Organisation("cnr", "CNR", OrganisationKind.CENTRO_DI_RICERCA),), ("Telvina",))
    found = learnt("L’azienda Telvina e l’azienda Mobrica con il CNR.", listed=listed)
    assert set(found) == {"CNR", "Mobrica"}
    assert found["CNR"].kind is OrganisationKind.CENTRO_DI_RICERCA


def test_titles_of_case_histories_add_to_what_is_said():
    text = "Per questo Zornatti usa meno acqua."
    assert learnt(text) == {}
    titles = [(0, "Zornatti, tingere con poca acqua"), (0, "Il metodo Bianchi e Zornatti")]
    assert "Zornatti" in learnt(text, titles=titles)


def test_a_word_that_begins_a_sentence_is_no_part_of_a_name():
    found = learnt("Oggi Zornatti vende fili. Lo dice l’azienda Zornatti. Ieri Zornatti vendeva.")
    assert {name: one.variants for name, one in found.items()} == {"Zornatti": ()}


def test_an_organisation_inside_another_is_named_too():
    found = learnt("Lo dice l’Osservatorio Fibre del Politecnico di Camerino, ateneo antico.")
    assert set(found) == {"Osservatorio Fibre", "Politecnico di Camerino"}


def test_the_list_is_read_as_it_says(tmp_path):
    path = tmp_path / "organisations.txt"
    path.write_text(
        "# prova\nConsiglio Nazionale delle Ricerche, CNR | centro-di-ricerca  # noto\n\n"
        "Telvina\n- Salone del Mobile, Expo\n",
        encoding="utf-8",
    )
    assert read_organisations(path) == Listed(
        (
            Organisation(
                "consiglio-nazionale-delle-ricerche",
                "Consiglio Nazionale delle Ricerche",
                OrganisationKind.CENTRO_DI_RICERCA,
                ("CNR",),
            ),
            Organisation("telvina", "Telvina", OrganisationKind.ALTRO),
        ),
        ("Salone del Mobile", "Expo"),
    )
    assert listed_for(tmp_path) == read_organisations(path)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("A | azienda", "line 1: no kind is called 'azienda'"),
        ("\nA, | impresa", "line 2: a name has no letter"),
        ("Telvina\ntelvina", "line 2: 'telvina' is there twice"),
    ],
)
def test_a_wrong_line_of_the_list_is_named(tmp_path, text, message):
    path = tmp_path / "organisations.txt"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(OrganisationsError, match=message):
        read_organisations(path)


def test_a_list_that_is_no_text_is_said(tmp_path):
    path = tmp_path / "organisations.txt"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(OrganisationsError, match="is not UTF-8"):
        read_organisations(path)
    with pytest.raises(OrganisationsError, match="cannot be read"):
        read_organisations(tmp_path / "none.txt")


def test_the_shipped_list_names_each_organisation_once(tmp_path):
    listed = listed_for(tmp_path)
    written = [name for one in listed.organisations for name in one.names]
    assert len(written) == len(set(written))
    assert not {*written} & {*listed.others}
    assert len(listed.organisations) > 200


def test_keys_are_made_of_letters_and_digits():
    assert key_of("Università Ca’ Foscari (Venezia)") == "universita-ca-foscari-venezia"


def test_a_question_names_kinds():
    assert kinds_named("Quali università e consorzi ci lavorano?") == {
        OrganisationKind.UNIVERSITA,
        OrganisationKind.CONSORZIO,
    }
    assert kinds_named("Chi ricicla il nylon?") == frozenset()


@given(st.text(max_size=300))
def test_any_text_is_read_and_places_are_in_it_in_order(text):
    found = find_organisations(text)
    places = [place for named in found for place in (named.start, named.end)]
    assert places == sorted(places)
    assert all(0 <= place <= len(text) for place in places)


@pytest.mark.parametrize(
    "text",
    [
        "Gruppo Zornatti di " * 6_000,
        "A" * 200_000,
        "Università di " * 6_000,
        "Zornatti, " * 10_000,
        "| Zornatti " * 10_000,
        "Zornatti\u202e S.p.A. \u200f" * 4_000,
        "ZORNATTI E MOBRICA " * 6_000,
    ],
    ids=["headed", "letter", "heads", "list", "table", "bidi", "capitals"],
)
def test_long_and_odd_texts_are_read(text):
    learn_organisations([(0, text)], Listed())
