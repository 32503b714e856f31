"""Who works on what, with which role, with whom, and who could."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pytest
from numpy.typing import NDArray
from small_documents import Written, engine_over

from search.answer_export.partner_records import partners_record
from search.answer_export.partner_text import partners_text
from search.answers.network import network
from search.answers.partner_tables import Network, Partners, PotentialPartners, Role
from search.answers.partners import partners, partners_on_theme
from search.answers.potential_partners import potential_partners
from search.datatypes import Query
from search.engine import Engine
from search.errors import QueryError
from search.export import NOT_SURE
from search.text import terms

OPEN, CIRCULAR, MODELS, TRACING = (
    "open-innovation",
    "economia-circolare",
    "nuovi-modelli-di-business",
    "tracciabilita",
)
DOCUMENTS = [
    Written("reti", [
        ("", "Azienda | Zornatti\nSettore | Nylon"),
        ("Che cosa fa", "L’azienda Zornatti rigenera il nylon delle reti da pesca. Zornatti "
         "raccoglie le reti con la piattaforma della startup Telvina, che fornisce il software."),
        ("Chi studia", "L’Università di Camerino studia il nylon delle reti e ne misura la resa."),
    ], title="Zornatti e le reti da pesca", group=CIRCULAR, kind="case-history", year=2021),
    Written("nylon", [
        ("", "Il nylon rigenerato ha un mercato. L’azienda Zornatti ne vende, l’azienda Mobrica lo "
         "tinge. Il Ministero della Fibra ha imposto un obbligo sul nylon con un decreto."),
    ], title="Il mercato del nylon", group=CIRCULAR, kind="quaderno", year=2023),
    Written("sfide", [
        ("", "Una sfida aperta cerca idee per il nylon usato. L’azienda Orpesca ha lanciato la "
         "sfida a chi sa riciclare il nylon."),
    ], title="Le sfide aperte", group=OPEN, kind="quaderno", year=2024),
    Written("vino", [
        ("", "Il vino si traccia con un codice. La cantina Dessena traccia ogni bottiglia."),
    ], title="Il vino tracciato", group=TRACING, kind="quaderno", year=2020),
    Written("canone", [
        ("", "La lavatrice si paga a canone. La società Bundrel affitta la lavatrice e la ripara."),
    ], title="La lavatrice a canone", group=MODELS, kind="quaderno", year=None),
]  # fmt: skip


@dataclass(frozen=True)
class Said:
    value: str


@dataclass(frozen=True)
class Told:
    """A case history, as far as these answers ask of it."""

    document_id: str
    organisation: Said | None
    partners: tuple[Said, ...] = ()


CASES = [Told("reti", Said("Zornatti"), (Said("Telvina"), Said("Università di Camerino")))]


@dataclass(frozen=True)
class Theme:
    key: str
    label: str


class Words:
    """Themes of one word each: a passage speaks of it that has the word in any form."""

    def __init__(self, engine: Engine, *labels: str) -> None:
        self.themes = [Theme(f"t-{label}", label) for label in labels]
        texts = list(engine.snapshot.store.plain_texts())
        self._rows = [
            [row for row, text in enumerate(texts) if {*terms(label)} & {*terms(text)}]
            for label in labels
        ]

    def passages(self, theme: int) -> NDArray[np.int64]:
        return np.array(self._rows[theme], dtype=np.int64)

    def find(self, text: str) -> Sequence[int]:
        words = {*terms(text)}
        return [row for row, one in enumerate(self.themes) if {*terms(one.label)} & words]


@pytest.fixture(scope="module")
def engine(tmp_path_factory, encoder) -> Engine:
    return engine_over(tmp_path_factory.mktemp("partners") / "index", DOCUMENTS, encoder)


def asked(engine: Engine, text: str, cases=(), **filters) -> Partners:
    query = Query(text, **filters)
    (vector,) = engine.encode([query])
    ranking = engine._ranked(query, vector)
    return partners(engine.snapshot, query, ranking, cases)


def by_name(answer: Partners):
    return {one.organisation.name: one for one in answer.involved}


def test_who_works_on_it_is_first_and_who_is_named_elsewhere_is_not(engine):
    names = list(by_name(asked(engine, "Chi rigenera il nylon delle reti da pesca?")))
    assert names[0] == "Zornatti"
    assert {"Telvina", "Università di Camerino", "Mobrica", "Orpesca"} <= {*names}
    for far in ("Dessena", "Bundrel"):
        assert far not in names or names.index(far) > names.index("Mobrica")


def test_roles_come_from_kinds_and_words(engine):
    found = by_name(asked(engine, "Chi lavora sul nylon rigenerato delle reti?"))
    assert {name: found[name].role for name in found if name not in ("Dessena", "Bundrel")} == {
        "Zornatti": Role.DID_IT,
        "Telvina": Role.SUPPLIES,
        "Università di Camerino": Role.STUDIES,
        "Ministero della Fibra": Role.REGULATES,
        "Mobrica": Role.NAMED,
        "Orpesca": Role.DID_IT,
    }
    reasons = [(reason.because, reason.said) for reason in found["Telvina"].reasons]
    assert ("words", "fornisce") in reasons
    assert found["Università di Camerino"].reasons[0].because == "kind"


def test_a_case_history_says_who_did_it(engine):
    found = by_name(asked(engine, "Chi lavora sul nylon rigenerato delle reti?", CASES))
    first = found["Zornatti"].reasons[0]
    assert (first.because, first.said, first.points) == ("case", "Zornatti e le reti da pesca", 3.0)
    assert found["Telvina"].reasons[0].because == "case"
    assert found["Telvina"].role is Role.SUPPLIES


def test_groups_and_the_first_year_are_those_of_the_documents(engine):
    found = by_name(asked(engine, "Chi rigenera il nylon delle reti da pesca?"))
    assert found["Zornatti"].groups == (CIRCULAR,)
    assert (found["Zornatti"].since, found["Zornatti"].documents) == (2021, 2)
    assert found["Orpesca"].groups == (OPEN,)
    assert by_name(asked(engine, "Chi affitta la lavatrice a canone?"))["Bundrel"].since is None


def test_each_citation_is_a_sentence_that_names_the_organisation(engine):
    for one in asked(engine, "Chi rigenera il nylon delle reti da pesca?").involved:
        assert one.citations
        assert len({cited.document.id for cited in one.citations}) == len(one.citations)
        for cited in one.citations:
            assert any(name in cited.text for name in one.organisation.names)
            row = engine.snapshot.store.passage_row(cited.passage_id)
            passage, _ = engine.snapshot.store.passage(row)
            assert cited.sentence.of(passage.text) == cited.text
            assert cited.page == 1


def test_filters_hold(engine):
    answer = asked(engine, "Chi lavora sul nylon?", groups=OPEN)
    assert [one.organisation.name for one in answer.involved] == ["Orpesca"]


def test_a_kind_that_is_asked_for_comes_first(engine):
    assert next(iter(by_name(asked(engine, "Quali università lavorano sul nylon?")))) == (
        "Università di Camerino"
    )


def test_a_question_that_nothing_passes_has_no_partners(engine):
    answer = asked(engine, "Chi lavora sul nylon?", first_year=1990, last_year=1991)
    assert answer == Partners("Chi lavora sul nylon?", (), 0.0)
    assert answer.is_sure is False
    assert list(answer.to_dataframe().columns)[:2] == ["organisation", "key"]


def test_who_works_on_a_theme(engine):
    themes = Words(engine, "nylon", "vino")
    answer = partners_on_theme(engine.snapshot, themes, "Nylon")
    assert answer.subject == "nylon"
    assert by_name(answer).keys() == {
        "Zornatti", "Mobrica", "Orpesca", "Telvina", "Università di Camerino",
        "Ministero della Fibra",
    }  # fmt: skip
    only = partners_on_theme(engine.snapshot, themes, "nylon", Query("a", groups=OPEN))
    assert list(by_name(only)) == ["Orpesca"]
    assert list(by_name(partners_on_theme(engine.snapshot, themes, "t-vino"))) == ["Dessena"]


@pytest.mark.parametrize("theme", ["", "  ", "fisica quantistica"])
def test_an_unknown_theme_is_said(engine, theme):
    with pytest.raises(QueryError, match="no theme of the corpus is called"):
        partners_on_theme(engine.snapshot, Words(engine, "nylon"), theme)


def test_organisations_of_one_passage_or_case_are_joined(engine):
    found = network(engine.snapshot, cases=CASES)
    edges = {
        (edge.first, edge.second): (edge.weight, edge.documents, edge.cases) for edge in found.edges
    }
    assert edges["mobrica", "zornatti"] == (1.0, ("nylon",), 0)
    assert edges["telvina", "zornatti"] == (2.0, ("reti",), 1)
    assert ("orpesca", "zornatti") not in edges
    assert found.edges[0].weight == 2.0
    nodes = {node.organisation.key: (node.documents, node.edges) for node in found.nodes}
    assert nodes["zornatti"][0] == 2
    assert nodes["zornatti"][1] == sum("zornatti" in pair for pair in edges)
    assert "dessena" not in nodes


def test_a_network_of_some(engine):
    found = network(engine.snapshot, ["Mobrica", "Zornatti"])
    assert [(edge.first, edge.second) for edge in found.edges] == [("mobrica", "zornatti")]
    assert network(engine.snapshot, ["Dessena"]) == Network((), ())
    with pytest.raises(QueryError, match="no document names an organisation 'Nessuna'"):
        network(engine.snapshot, ["Nessuna"])


def test_a_network_within_filters(engine):
    found = network(engine.snapshot, query=Query("a", first_year=2023))
    pairs = {(edge.first, edge.second) for edge in found.edges}
    assert ("mobrica", "zornatti") in pairs
    assert ("telvina", "zornatti") not in pairs
    assert found.to_dataframe().loc[0, "documents"] == "nylon"
    assert set(found.nodes_to_dataframe()["key"]) >= {"mobrica", "zornatti"}


def test_potential_partners_share_a_theme_and_no_document(engine):
    found = potential_partners(engine.snapshot, Words(engine, "nylon", "vino", "lavatrice"))
    pairs = {frozenset((pair.first.name, pair.second.name)) for pair in found.pairs}
    assert frozenset(("Zornatti", "Orpesca")) in pairs
    assert frozenset(("Zornatti", "Mobrica")) not in pairs, "of one document"
    assert not any("Ministero della Fibra" in pair for pair in pairs), "an authority"
    assert not any({"Dessena", "Bundrel"} & pair for pair in pairs), "no theme together"
    for pair in found.pairs:
        assert pair.themes == ("nylon",)
        assert pair.first_group != pair.second_group
        assert [cited.document.id == "sfide" for cited in pair.citations].count(True) == 1


def test_potential_partners_between_groups_and_on_themes(engine):
    themes = Words(engine, "nylon", "vino")
    between = potential_partners(engine.snapshot, themes, groups=[OPEN, CIRCULAR], most=1)
    assert len(between.pairs) == 1
    assert potential_partners(engine.snapshot, themes, ["vino"]) == PotentialPartners(())
    assert potential_partners(engine.snapshot, themes, groups=[OPEN, TRACING]).pairs == ()
    assert list(between.to_dataframe()["themes"]) == ["nylon"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"wanted": ["fisica"]}, "no theme"),
        ({"groups": ["moda"]}, "no group is called 'moda'"),
        ({"groups": [OPEN]}, "one group only"),
        ({"groups": OPEN}, "one group only"),
        ({"most": 0}, "ask for at least one pair"),
    ],
)
def test_a_wrong_question_about_pairs_is_said(engine, arguments, message):
    with pytest.raises(QueryError, match=message):
        potential_partners(engine.snapshot, Words(engine, "nylon"), **arguments)


def test_a_corpus_that_names_nobody_has_answers_too(tmp_path, encoder):
    nobody = engine_over(tmp_path / "index", [Written("a", [("", "Si parla di nylon.")])], encoder)
    assert asked(nobody, "Chi lavora sul nylon?").involved == ()
    assert network(nobody.snapshot) == Network((), ())
    assert potential_partners(nobody.snapshot, Words(nobody, "nylon")) == PotentialPartners(())
    assert partners_on_theme(nobody.snapshot, Words(nobody, "nylon"), "nylon").involved == ()


def test_the_answer_as_a_table(engine):
    answer = asked(engine, "Chi rigenera il nylon delle reti da pesca?")
    table = answer.to_dataframe().set_index("organisation")
    assert len(table) == len(answer.involved)
    assert table.loc["Zornatti", "role"] == "did-it"
    assert table.loc["Zornatti", "groups"] == CIRCULAR
    assert table.loc["Università di Camerino", "because"].startswith("kind: universita")


def test_a_kind_alone_gives_no_role(tmp_path, encoder):
    """No sentence says what any of them has to do with it; of the last one says."""
    said = (
        "Alla giornata sul nylon c'era l'Università di Camerino. Alla giornata sul nylon c'era "
        "il Ministero della Fibra. L’azienda Zornatti ha rigenerato il nylon di mille reti: lo "
        "dice il suo rapporto."
    )
    far = Written("b", [("", "Il vino si traccia.")])
    engine = engine_over(tmp_path / "index", [Written("a", [("", said)]), far], encoder)
    found = by_name(asked(engine, "Chi lavora sul nylon?"))
    for name in ("Università di Camerino", "Ministero della Fibra"):
        assert (found[name].role, found[name].reasons) == (Role.NAMED, ())
    assert found["Zornatti"].role is not Role.NAMED
    for one in found.values():
        assert bool({"words", "case"} & {r.because for r in one.reasons}) is bool(one.reasons)


def test_in_a_corpus_of_one_document_somebody_works_on_it(tmp_path, encoder):
    """Whom every document names counts least, but counts."""
    said = "L’azienda Zornatti rigenera il nylon delle reti da pesca."
    engine = engine_over(tmp_path / "index", [Written("a", [("", said)])], encoder)
    assert list(by_name(asked(engine, "Chi rigenera il nylon?"))) == ["Zornatti"]
    assert list(by_name(partners_on_theme(engine.snapshot, Words(engine, "nylon"), "nylon"))) == [
        "Zornatti"
    ]


def test_both_ends_of_an_edge_are_asked_for_unless_one_alone_is(engine):
    def pairs(*names):
        return {(e.first, e.second) for e in network(engine.snapshot, names, cases=CASES).edges}

    assert pairs("Zornatti", "Orpesca") == set()
    assert pairs("Zornatti", "Telvina") == {("telvina", "zornatti")}
    everybody = {(e.first, e.second) for e in network(engine.snapshot, cases=CASES).edges}
    alone = pairs("Zornatti")
    assert {("telvina", "zornatti"), ("mobrica", "zornatti")} <= alone
    assert alone == {pair for pair in everybody if "zornatti" in pair}


def test_partners_say_how_sure_it_is_that_the_corpus_answers(engine):
    near = asked(engine, "Chi rigenera il nylon delle reti da pesca?")
    far = asked(engine, "chi ha vinto il campionato di calcio in Brasile?")
    assert 0 <= far.probability < near.probability <= 1
    assert (far.is_sure, partners_record(far)["sure"]) == (False, False)
    assert partners_text(far).startswith(NOT_SURE)
    theme = partners_on_theme(engine.snapshot, Words(engine, "nylon"), "nylon")
    assert (theme.probability, theme.is_sure) == (None, None)
