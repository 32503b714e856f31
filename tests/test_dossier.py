"""A dossier: collecting, order, notes, its file; damaged and hostile files."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.answers.cases import CaseCard
from search.answers.citation import Citation
from search.answers.theme_trends import ThemeTrend
from search.cases.case import CaseHistory, Evidence, Result, Stated
from search.datatypes import Document, Hit, Passage, Span
from search.dossier.dossier import MOST_ENTRIES, Dossier
from search.dossier.entries import FactName, HeadingEntry
from search.dossier.file import MOST_BYTES, read_dossier, write_dossier
from search.dossier.gathering import entry_of_case, entry_of_citation, entry_of_hit, entry_of_themes
from search.errors import DossierError
from search.themes.course import Call, Confidence, Course
from search.themes.theme import Theme
from search.themes.yearly import YearShare

TEXT = "La seta torna. Il filo di seta si rigenera a Como. Fine."
SENTENCE = Span(15, 50)


def document(title: str = "Seta e filo", name: str = "seta", sha256: str = "a" * 64) -> Document:
    return Document(
        id=f"doc-{name}",
        path=f"economia-circolare/{name}.pdf",
        sha256=sha256,
        source_key=name,
        media_type="application/pdf",
        title=title,
        group="economia-circolare",
        kind="case-history",
        year=2023,
        language="it",
        page_count=9,
        author="Rossi, Anna",
    )


def hit(about: Document, page: int = 3) -> Hit:
    passage = Passage(
        "p1", about.id, ("Il caso", "Il filo"), 3, 4, Span(100, 156), TEXT, (SENTENCE,)
    )
    return Hit(1, 0.9, passage, about, SENTENCE, page)


def case(about: Document) -> CaseCard:
    said = Evidence("p2", 4, Span(300, 340), "L'acqua è calata del 40% e l'energia del 20%.")
    history = CaseHistory(
        id="doc-seta-1",
        document_id=about.id,
        organisation=Stated("Tessitura Lario", said),
        year=Stated("2023", None),
        groups=(Stated("economia-circolare", None),),
        challenge=(Stated("Gli scarti di seta bruciavano.", said),),
        results=(
            Result(40, "%", "acqua", "40%", said),
            Result(20, "%", "energia", "20%", said),
        ),
        partners=(Stated("Politecnico di Milano", said),),
    )
    return CaseCard(1, 0.8, history, about)


def theme(about: Document, label: str = "seta rigenerata") -> ThemeTrend:
    years = (YearShare(2022, 1, 4, 0.25, 2, 40), YearShare(2023, 3, 4, 0.75, 9, 40))
    course = Course(
        Call.IN_CRESCITA, Confidence.MEDIA, "documents", 0.25, 0.75, 0.5, 0.03, 0.08, 1.0, 4, years
    )
    return ThemeTrend(
        theme=Theme("t1", label, (label,), 0),
        course=course,
        groups={"economia-circolare": course},
        evidence=(Citation(about, "p1", 3, SENTENCE, SENTENCE.of(TEXT)),),
        passages=0,
        position=(0.0, 0.0),
    )


@pytest.fixture
def dossier() -> Dossier:
    about = document()
    collected = Dossier().with_title("La seta").with_introduction("Perché.\n\nPer chi.")
    collected = collected.adding_heading("Fatti").adding(entry_of_hit(hit(about)))
    collected = collected.adding(entry_of_case(case(about)))
    return collected.adding(entry_of_themes([theme(about)], {"p1": 100}))


def ids(collected: Dossier) -> list[str]:
    return [entry.id for entry in collected.entries]


def test_a_passage_keeps_its_words_its_place_in_the_document_and_its_source():
    entry = entry_of_hit(hit(document()))
    assert entry.quote.text == "Il filo di seta si rigenera a Como."
    assert entry.quote.span == Span(115, 150)
    assert (entry.quote.page, entry.headings) == (3, "Il caso › Il filo")
    source = entry.quote.source
    assert (source.title, source.author, source.year) == ("Seta e filo", "Rossi, Anna", 2023)


def test_the_same_sentence_is_the_same_entry_however_it_was_found():
    about = document()
    citation = Citation(about, "p1", 3, SENTENCE, SENTENCE.of(TEXT))
    assert entry_of_citation(citation, 100).id == entry_of_hit(hit(about)).id


def test_results_that_one_sentence_states_are_one_fact_of_a_case():
    entry = entry_of_case(case(document()))
    assert entry.organisation == "Tessitura Lario"
    assert [fact.name for fact in entry.facts] == [
        FactName.YEAR,
        FactName.CHALLENGE,
        FactName.RESULT,
        FactName.PARTNER,
    ]
    assert entry.facts[0].quote is None
    assert entry.facts[2].quote is not None
    assert entry.facts[2].value == "L'acqua è calata del 40% e l'energia del 20%."


def test_a_chart_keeps_the_yearly_shares_and_the_evidence():
    (course,) = entry_of_themes([theme(document())], {"p1": 100}).courses
    assert [(y.year, y.share, y.documents, y.of_documents) for y in course.years] == [
        (2022, 0.25, 1, 4),
        (2023, 0.75, 3, 4),
    ]
    assert course.call == "in crescita"
    assert course.evidence[0].span == Span(115, 150)


def test_a_chart_of_a_group_shows_the_course_among_its_documents():
    one = theme(document())
    falling = replace(one.course, call=Call.IN_CALO, documents=1)
    trend = replace(one, groups={"": falling, "economia-circolare": one.course})
    for group in ("", "economia-circolare"):
        (course,) = entry_of_themes([trend], {"p1": 100}, group).courses
        assert (course.group, course.call) == ("economia-circolare", "in crescita")


def test_a_title_of_ten_megabytes_is_cut_where_it_is_collected():
    entry = entry_of_hit(hit(document("<script>\u202e" * 1_000_000)))
    assert entry.quote.source.title.startswith("<script>")
    assert len(entry.quote.source.title) == 300
    assert len(write_dossier(Dossier().adding(entry))) < 5000


def test_what_is_collected_twice_stands_once(dossier):
    assert dossier.adding(entry_of_hit(hit(document()))) == dossier


def test_entries_are_moved_as_far_as_there_are_any(dossier):
    first, second, third, fourth = ids(dossier)
    assert ids(dossier.moving(first, 1)) == [second, first, third, fourth]
    assert ids(dossier.moving(fourth, -1)) == [first, second, fourth, third]
    assert ids(dossier.moving(third, 99)) == [first, second, fourth, third]
    assert ids(dossier.moving(third, -99)) == [third, first, second, fourth]
    assert dossier.moving("no such entry", 1) == dossier


def test_a_note_belongs_to_its_entry_and_goes_with_it(dossier):
    second = ids(dossier)[1]
    noted = dossier.noting(second, "  Da verificare.\x00 ").moving(second, 2)
    assert [entry.note for entry in noted.entries] == ["", "", "", "Da verificare."]
    assert [entry.note for entry in noted.without(second).entries] == ["", "", ""]


def test_sections_and_charts_are_renamed_and_a_passage_has_no_name(dossier):
    renamed = dossier
    for entry_id in ids(dossier):
        renamed = renamed.renaming(entry_id, "Nuovo")
    titles = [getattr(entry, "title", None) for entry in renamed.entries]
    assert titles == ["Nuovo", None, None, "Nuovo"]


def test_a_full_dossier_says_so():
    full = Dossier()
    for number in range(MOST_ENTRIES):
        full = full.adding(HeadingEntry(str(number), "Sezione"))
    with pytest.raises(DossierError, match="300 entries"):
        full.adding_heading("Una di troppo")


def test_a_file_gives_the_same_dossier_back(dossier):
    noted = dossier.noting(ids(dossier)[2], "Riga uno.\nRiga due, con 'apici' e \\ e ü.")
    assert read_dossier(write_dossier(noted)) == noted
    assert read_dossier(write_dossier(Dossier())) == Dossier()


def changed(dossier: Dossier, change) -> bytes:
    value = json.loads(write_dossier(dossier))
    change(value)
    return json.dumps(value).encode()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda v: v.update(format="altro"), "no dossier"),
        (lambda v: v.update(version=2), "version 2"),
        (lambda v: v.update(version="1"), "damaged"),
        (lambda v: v.pop("entries"), "damaged"),
        (lambda v: v.update(title="T" * 301), "damaged"),
        (lambda v: v.update(script="x"), "damaged"),
        (lambda v: v["entries"].append({}), "no sort"),
        (lambda v: v["entries"].append(v["entries"][1]), "twice"),
        (lambda v: v["entries"][0].update(v["entries"][1]), "no sort"),
        (lambda v: v["entries"][1]["passage"]["quote"].update(page=0), "damaged"),
        (lambda v: v["entries"][1]["passage"]["quote"].update(span={"start": 9, "end": 1}), "from"),
        (lambda v: v["entries"][1]["passage"]["quote"].update(text="x" * 4001), "damaged"),
        (lambda v: v["entries"][3]["chart"]["courses"][0].update(before=1.5), "damaged"),
        (lambda v: v["entries"][3]["chart"].update(courses=[]), "damaged"),
        (lambda v: v.update(entries=[{"heading": {"id": str(n), "title": ""}}
                                     for n in range(301)]), "301 entries"),
    ],
)  # fmt: skip
def test_a_file_that_is_not_exactly_a_dossier_is_refused_with_the_reason(dossier, change, said):
    with pytest.raises(DossierError, match=said):
        read_dossier(changed(dossier, change))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"null",
        b"[]",
        b"\xff\xfe{}",
        b'{"format": "minit-dossier"',
        b"[" * 100_000,
        b'{"x":' * 100_000,
        b'{"format":"minit-dossier","version":1,"title":"\\ud800","introduction":"","entries":[]}',
        b'{"format":"minit-dossier","version":1e400}',
        b" " * (MOST_BYTES + 1),
        Path(__file__).read_bytes(),
    ],
    ids=range(11),
)
def test_a_file_of_another_sort_is_refused_with_the_reason(data):
    with pytest.raises(DossierError):
        read_dossier(data)


@given(st.data())
def test_a_damaged_file_is_refused_or_read_as_what_it_then_says(data):
    about = document()
    whole = write_dossier(Dossier("T").adding(entry_of_hit(hit(about))))
    start = data.draw(st.integers(0, len(whole) - 1))
    end = data.draw(st.integers(start, min(start + 20, len(whole))))
    damaged = whole[:start] + data.draw(st.binary(max_size=20)) + whole[end:]
    try:
        read = read_dossier(damaged)
    except DossierError:
        return
    assert read_dossier(write_dossier(read)) == read
