"""What documents say of one organisation, how organisations are narrowed, where they are drawn."""

from __future__ import annotations

import pytest
from answer_corpus import answer_engine

from search.answers.listed import most_named
from search.answers.network import network
from search.answers.network_picture import main_groups, places_of, strongest
from search.answers.organisation_choices import organisation_choices
from search.answers.organisation_profile import organisation_profile
from search.answers.partner_tables import Edge, Network, Node, Role
from search.answers.potential_partners import potential_partners
from search.datatypes import Query
from search.errors import QueryError
from search.organisations import Organisation, OrganisationKind
from search.snapshot import open_snapshot

TRACING, CIRCULAR = "tracciabilita", "economia-circolare"
EVERYTHING = Query("a")
THEME = "passaporto digitale"


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory, encoder):
    return answer_engine(tmp_path_factory.mktemp("profile") / "index", encoder).snapshot


def test_a_profile_tells_cases_documents_groups_and_since_when(snapshot):
    found = organisation_profile(snapshot, "Cantina Morello")
    assert found.organisation.kind == OrganisationKind.IMPRESA
    assert [card.case.organisation.value for card in found.cases] == ["Cantina Morello"]
    assert found.helped == ()
    assert list(found.groups) == [CIRCULAR]
    assert sum(found.groups.values()) == len(found.documents)
    assert found.since == 2020
    for one in found.documents:
        assert "Morello" in one.citation.text
    assert found.documents[0].citation.document.title == "Cantina Morello: tappi che tornano"


def test_a_partner_of_cases_is_told_in_which(snapshot):
    found = organisation_profile(snapshot, "Università di Pisa")
    assert found.cases == ()
    names = {card.case.organisation.value for card in found.helped}
    assert names == {"Cantina Morello", "Tessitura Bellandi"}
    joined = {key for edge in found.network.edges for key in (edge.first, edge.second)}
    assert {"cantina-morello", "tessitura-bellandi", "universita-di-pisa"} <= joined


def test_the_themes_of_an_organisation_come_with_role_and_sentence(snapshot):
    (one,) = organisation_profile(snapshot, "consorzio-tracciafilo").themes
    assert one.theme.label == "passaporto digitale"
    assert one.involved.role == Role.STUDIES
    assert [reason.said for reason in one.involved.reasons] == ["laboratorio"]
    assert all("Tracciafilo" in citation.text for citation in one.involved.citations)


def test_a_case_on_something_else_gives_no_role_on_a_theme(snapshot):
    (one,) = organisation_profile(snapshot, "tessitura-bellandi").themes
    assert one.theme.label == "passaporto digitale"
    assert "case" not in {reason.because for reason in one.involved.reasons}


def test_an_organisation_that_nobody_names_has_no_profile(snapshot):
    with pytest.raises(QueryError, match="nessuna-impresa"):
        organisation_profile(snapshot, "nessuna-impresa")


def test_one_organisation_is_the_first_of_each_of_its_pairs(snapshot):
    found = potential_partners(snapshot, snapshot.themes, organisation="Tessitura Bellandi")
    assert {pair.first.name for pair in found.pairs} == {"Tessitura Bellandi"}
    others = [pair.second.name for pair in found.pairs]
    assert "Consorzio Tracciafilo" in others
    assert len(others) == len(set(others))
    assert {pair.second_group for pair in found.pairs} == {TRACING}
    with pytest.raises(QueryError):
        potential_partners(snapshot, snapshot.themes, organisation="nessuna")


def test_choices_count_the_organisations_that_are_then_listed(snapshot):
    choices = organisation_choices(snapshot, EVERYTHING)
    for group, count in choices.groups.items():
        listed = most_named(snapshot, Query("a", groups={group}), 1000).organisations
        assert len(listed) == count
    for kind, count in choices.kinds.items():
        listed = most_named(snapshot, EVERYTHING, 1000, [kind]).organisations
        assert len(listed) == count
        assert {one.organisation.kind for one in listed} == {kind}


def test_the_other_choices_hold_and_its_own_is_put_aside(snapshot):
    tracing = Query("a", groups={TRACING})
    consortium = OrganisationKind.CONSORZIO
    assert organisation_choices(snapshot, tracing, consortium).groups == {TRACING: 1}
    assert OrganisationKind.UNIVERSITA not in organisation_choices(snapshot, tracing).kinds
    passport = next(one.key for one in snapshot.themes.themes if one.label == THEME)
    assert organisation_choices(snapshot, EVERYTHING, consortium).themes == {passport: 1}
    assert organisation_choices(snapshot, EVERYTHING).themes == {passport: 3}
    on_it = organisation_choices(snapshot, EVERYTHING, theme=passport)
    assert on_it.groups == {CIRCULAR: 1, TRACING: 2}
    assert on_it.kinds == {OrganisationKind.IMPRESA: 2, consortium: 1}


def test_who_is_named_most_says_in_which_groups(snapshot):
    groups = {one.organisation.name: one.groups for one in most_named(snapshot).organisations}
    assert groups["Consorzio Tracciafilo"] == (TRACING,)
    assert groups["Cantina Morello"] == (CIRCULAR,)


def test_who_is_named_in_nearly_every_document_comes_last(sample_index):
    named = [
        one.organisation.key
        for one in most_named(open_snapshot(sample_index), most=5000).organisations
    ]
    assert named[0] != "cluster-minit"
    assert named[-1] == "cluster-minit"


def test_each_node_of_a_network_has_the_group_that_names_it_most(snapshot):
    joined = network(snapshot, (), None, snapshot.cases.cases)
    groups = main_groups(snapshot, joined)
    assert groups["cantina-morello"] == CIRCULAR
    assert set(groups) == {node.organisation.key for node in joined.nodes}


def _network(*pairs: tuple[str, str]) -> Network:
    keys = sorted({key for pair in pairs for key in pair})
    nodes = [Node(Organisation(key, key, OrganisationKind.IMPRESA), 1, 1) for key in keys]
    weights = range(len(pairs), 0, -1)
    edges = [
        Edge(*pair, weight=float(weight), documents=("d",), cases=0)
        for pair, weight in zip(pairs, weights, strict=True)
    ]
    return Network(tuple(nodes), tuple(edges))


def test_a_picture_keeps_the_heaviest_edges_that_find_room():
    drawn = strongest(_network(("a", "b"), ("c", "d"), ("a", "c"), ("a", "e")), 4)
    assert [node.organisation.key for node in drawn.nodes] == ["a", "b", "c", "d"]
    assert [(edge.first, edge.second) for edge in drawn.edges] == [
        ("a", "b"),
        ("c", "d"),
        ("a", "c"),
    ]


def test_names_in_a_picture_stay_inside_and_apart_and_the_picture_is_the_same_again():
    spokes = _network(*[("a", f"b{number:02}") for number in range(29)])
    sizes = {node.organisation.key: (120.0, 24.0) for node in spokes.nodes}
    places = places_of(spokes, sizes, 780, 540)
    assert places == places_of(spokes, sizes, 780, 540)
    assert len(places) == 30
    for x, y in places.values():
        assert 60 <= x <= 720
        assert 12 <= y <= 528
    overlapping = [
        (one, other)
        for one, (x, y) in places.items()
        for other, (u, v) in places.items()
        if one < other and abs(x - u) < 119 and abs(y - v) < 23
    ]
    assert overlapping == []


@pytest.mark.parametrize("pairs", [(), (("a", "b"),), (("a", "b"), ("c", "d"))])
def test_a_network_of_any_shape_has_its_places(pairs):
    found = _network(*pairs)
    sizes = {node.organisation.key: (50.0, 24.0) for node in found.nodes}
    places = places_of(found, sizes, 780, 540)
    assert set(places) == set(sizes)
    assert len(set(places.values())) == len(places)
