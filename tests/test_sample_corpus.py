"""The sample corpus: built from its sources byte for byte, and nothing in it without a fact."""

from __future__ import annotations

import unicodedata
from collections import Counter
from pathlib import Path

import openpyxl
import pypdf
import pytest

pytest.importorskip("markdown_it", reason="building samples needs markdown-it-py")
pytest.importorskip("typst", reason="building samples needs the Typst compiler")

from corpus_files import ALL_FACTS, ALL_SOURCES, file_pages, pdf_pages

from samples.__main__ import CORPUS, main
from samples.build import build, is_ours, orphans
from samples.check import findings
from samples.references import number_references
from samples.source import load_sources, parse_source
from samples.statistics import count, tables
from samples.tree import Bullets, Citation, Paragraph, Run, Section, Source, Table
from samples.wording import ACROSS_GROUPS, AUTHOR, WORDINGS
from search.datatypes import Group, Kind
from search.errors import IngestError, UnreadableDocumentError

each_source = pytest.mark.parametrize("source", ALL_SOURCES, ids=lambda source: source.stem)

FRONT = """---
title: "Il nylon che torna"
group: economia-circolare
kind: case-history
year: 2023
layout: questions
---
"""


def source_saying(text: str) -> Source:
    return parse_source(FRONT + text, "prova")


def messages(text: str) -> list[str]:
    return [finding.message for finding in findings(source_saying(text), ALL_FACTS)]


def web_links(path: Path) -> set[str]:
    """Addresses that the PDF's links lead to."""
    annotations = [
        annotation.get_object()
        for page in pypdf.PdfReader(path).pages
        for annotation in page.get("/Annots", [])
    ]
    actions = [annotation["/A"] for annotation in annotations if "/A" in annotation]
    return {str(action["/URI"]) for action in actions if "/URI" in action}


@each_source
def test_building_again_gives_the_bytes_of_the_corpus(source: Source, tmp_path: Path) -> None:
    for built in build(source, ALL_FACTS, tmp_path):
        committed = CORPUS / built.relative_to(tmp_path)
        assert built.read_bytes() == committed.read_bytes(), "run: python -m samples build"


@each_source
def test_the_first_page_says_it_is_a_demonstration_document(source: Source) -> None:
    assert WORDINGS[source.language].notice in file_pages(source.files[0])[0]


@each_source
def test_a_document_ends_with_the_address_of_every_source_it_cites(source: Source) -> None:
    text = " ".join(file_pages(source.files[0]))
    heading = WORDINGS[source.language].sources
    listed = text[text.rindex(f"{heading} [1]") :] if source.format != "xlsx" else text
    addresses = {ALL_FACTS[fact_id].source_url for fact_id in source.cited()}
    # An address in print may be broken by a line's or a page's end; a PDF has links as well.
    printed = source.format in ("pdf", "scan")
    sought = {address.split("/")[2] if printed else address for address in addresses}
    listed = listed.replace(" ", "").replace("-", "")  # a hyphen that breaks a line is lost
    assert [address for address in sought if address.replace("-", "") not in listed] == []
    assert f"[{len(addresses)}]" in listed
    assert f"[{len(addresses) + 1}]" not in listed


@pytest.mark.parametrize(
    "source", [s for s in ALL_SOURCES if s.format == "pdf"], ids=lambda source: source.stem
)
def test_the_sources_of_a_pdf_can_be_followed(source: Source) -> None:
    addresses = {ALL_FACTS[fact_id].source_url for fact_id in source.cited()}
    assert web_links(CORPUS / source.files[0]) == addresses


@each_source
def test_the_text_of_a_document_comes_out_composed_and_in_reading_order(source: Source) -> None:
    text = " ".join(file_pages(source.files[0]))
    notice = WORDINGS[source.language].notice
    body = text[text.index(notice) + len(notice) :]
    titles = [block.title.replace("'", "’") for block in source.body if isinstance(block, Section)]
    if source.format == "xlsx":  # its headings are the names of its sheets
        names = openpyxl.load_workbook(CORPUS / source.files[0]).sheetnames
        assert names == ["Copertina", *titles, "Fonti"]
    else:
        places = []
        for title in titles:
            places.append(body.index(title, places[-1] if places else 0))
        assert places == sorted(places)
    assert text == unicodedata.normalize("NFC", text)


@each_source
def test_a_source_says_nothing_its_facts_do_not(source: Source) -> None:
    assert findings(source, ALL_FACTS) == []


@each_source
def test_a_document_is_known_by_its_author(source: Source) -> None:
    assert all(is_ours(CORPUS / name) for name in source.files)


@pytest.mark.parametrize(
    "source", [s for s in ALL_SOURCES if s.format == "pdf"], ids=lambda source: source.stem
)
def test_a_pdf_names_its_title_language_and_headings_in_the_file(source: Source) -> None:
    pdf = pypdf.PdfReader(CORPUS / source.files[0])
    assert pdf.metadata is not None
    assert pdf.metadata.title == source.title.replace("'", "’")
    assert pdf.metadata.author == AUTHOR
    assert str(pdf.trailer["/Root"]["/Lang"]) == source.language
    outermost = [item.title for item in pdf.outline if not isinstance(item, list)]
    assert outermost[-1] == WORDINGS[source.language].sources
    assert len(outermost) == 1 + sum(isinstance(block, Section) for block in source.body)


@pytest.mark.parametrize(
    "source", [s for s in ALL_SOURCES if s.layout == "slides"], ids=lambda source: source.stem
)
def test_each_section_of_a_deck_is_one_slide(source: Source) -> None:
    pages = file_pages(source.files[0])
    for number, section in enumerate(source.body, start=2):
        assert isinstance(section, Section)
        assert section.title.replace("'", "’") in pages[number - 1]
    assert "Fonti" in pages[len(source.body) + 1]


@pytest.mark.parametrize(
    "source", [s for s in ALL_SOURCES if s.format == "scan"], ids=lambda source: source.stem
)
def test_a_scan_has_pictures_and_no_text(source: Source) -> None:
    for page in pypdf.PdfReader(CORPUS / source.files[0]).pages:
        assert page.extract_text() == ""
        assert len(page.images) == 1


def counted(*keys: str) -> Counter:
    """How many documents there are of each combination, copies left out."""
    return Counter(tuple(getattr(source, key) for key in keys) for source in ALL_SOURCES)


def test_the_reports_that_the_cluster_lists_are_there() -> None:
    reports = counted("group", "kind", "table")
    for group in Group:
        assert reports[group, Kind.RELAZIONE_INTRODUTTIVA, ""] == 1
    for table in ("primo", "secondo", "terzo"):
        assert reports[Group.OPEN_INNOVATION, Kind.DOCUMENTO_DI_OUTPUT, table] == 1
    assert reports[Group.ECONOMIA_CIRCOLARE, Kind.DOCUMENTO_DI_OUTPUT, ""] == 1


@pytest.mark.parametrize("group", Group)
def test_each_group_has_twelve_case_histories_in_four_styles_and_six_yearly_notes(group) -> None:
    assert counted("group", "kind")[group, Kind.CASE_HISTORY] == 12
    styles = {s.layout for s in ALL_SOURCES if (s.group, s.kind) == (group, Kind.CASE_HISTORY)}
    assert styles >= {"questions", "box", "prose", "slides"}
    notes = [s.year for s in ALL_SOURCES if (s.group, s.kind) == (group, Kind.QUADERNO)]
    assert sorted(notes) == [2020, 2021, 2022, 2023, 2024, 2025]


PARTS = ("ordine del giorno", "temi", "esigenze", "aperte", "prossimi passi")


@pytest.mark.parametrize(
    "source",
    [
        source
        for source in ALL_SOURCES
        if source.kind in (Kind.RELAZIONE_INTRODUTTIVA, Kind.DOCUMENTO_DI_OUTPUT)
    ],
    ids=lambda source: source.stem,
)
def test_a_report_has_agenda_themes_needs_open_questions_and_next_steps(source: Source) -> None:
    said = " ".join(" ".join(file_pages(source.files[0])).lower().split())
    assert [part for part in PARTS if part not in said] == []


@pytest.mark.parametrize(
    ("kind", "fewest", "most"),
    [
        (Kind.RELAZIONE_INTRODUTTIVA, 4, 10),
        (Kind.DOCUMENTO_DI_OUTPUT, 4, 10),
        (Kind.CASE_HISTORY, 1, 3),
        (Kind.QUADERNO, 2, 4),
    ],
)
def test_a_printed_document_is_as_long_as_its_kind(kind: Kind, fewest: int, most: int) -> None:
    rows = count(ALL_SOURCES, CORPUS)
    printed = [row for row in rows if row.format in ("pdf", "scan") and row.layout != "slides"]
    pages = {row.file: row.pages for row in printed if row.kind == kind}
    assert pages
    assert {file: n for file, n in pages.items() if not fewest <= n <= most} == {}


def test_two_thirds_are_pdf_three_of_them_scans_and_the_rest_comes_in_five_formats() -> None:
    formats = counted("format")
    assert formats["scan",] == 3
    pdf = formats["pdf",] + formats["scan",]
    assert 0.6 <= pdf / len(ALL_SOURCES) <= 0.72
    assert min(formats[name,] for name in ("docx", "pptx", "xlsx", "html", "md")) >= 3


def test_two_documents_lie_there_twice_one_has_two_versions_and_one_is_english() -> None:
    assert sum(len(source.copies) for source in ALL_SOURCES) == 2
    versions = {source.version: source.title for source in ALL_SOURCES if source.version}
    assert versions["bozza"] == versions["definitiva"]
    assert counted("language")["en",] == 1


def test_what_cuts_across_the_groups_is_a_position_paper_and_two_workshops() -> None:
    kinds = counted("group", "kind")
    assert kinds[ACROSS_GROUPS, Kind.POSITION_PAPER] == 2  # a draft and the final version
    assert kinds[ACROSS_GROUPS, Kind.WORKSHOP] == 2


def test_no_document_is_left_without_its_source() -> None:
    assert orphans(ALL_SOURCES, CORPUS) == []


def test_two_sources_that_build_the_same_file_are_refused(tmp_path: Path) -> None:
    folder = tmp_path / "economia-circolare"
    folder.mkdir()
    (folder / "uno.md").write_text(FRONT + "Testo [ec-001].", encoding="utf-8")
    copying = FRONT.replace("year: 2023", 'year: 2023\ncopies: ["2023-case-history-uno.pdf"]')
    (folder / "due.md").write_text(copying + "Testo [ec-001].", encoding="utf-8")
    with pytest.raises(IngestError, match=r"due\.md writes .*2023-case-history-uno\.pdf as well"):
        load_sources(tmp_path)


def test_a_figure_of_the_fact_passes_the_check() -> None:
    assert (
        messages("Impianto da 15 milioni, 11mila tonnellate di rifiuti, dal 2011 [ec-002].") == []
    )


@pytest.mark.parametrize(
    ("claim", "at_fault"),
    [
        ("Impianto da 16 milioni di euro [ec-002].", "16 milioni"),
        ("Impianto da 15 miliardi di euro [ec-002].", "15 miliardi"),
        ("Tratta 11.500 tonnellate [ec-002].", "11.500"),
        ("Dal 2012 si rigenera nylon [ec-001].", "2012"),
        ("- nylon [ec-001]\n- 12,5% in meno [ec-002]", "12,5"),
        ("| a | b |\n|---|---|\n| Aquafil [ec-001] | 77 impianti |", "77"),
        ("## I 99 impianti\n\nDal 2011 [ec-001].", "99"),
    ],
)
def test_a_figure_that_is_in_no_fact_is_found(claim: str, at_fault: str) -> None:
    (message,) = messages(claim)
    assert message.startswith(f"'{at_fault}' stands in none of the cited facts")


def test_a_figure_of_a_fact_cited_elsewhere_is_found() -> None:
    (message,) = messages("Costa 15 milioni [ec-002].\n\nSi rigenera nylon: 15 milioni [ec-001].")
    assert message.endswith("«Si rigenera nylon: 15 milioni .»")


def test_a_digit_inside_a_name_is_not_a_figure() -> None:
    assert messages("Meno CO2, vendita B2B, stampa 3D [ec-001].") == []


def test_a_fact_that_does_not_exist_is_found() -> None:
    assert messages("Si rigenera nylon [ec-999].") == ["no fact is called ec-999"]


def test_a_citation_with_a_slip_in_it_is_found() -> None:
    (message,) = messages("Si rigenera [ec-001]. Si raccoglie [ec-002; ec-003].")
    assert message.startswith("'[ec-002; ec-003]' is not a citation")


def test_a_document_that_cites_nothing_is_found() -> None:
    assert messages("Si rigenera nylon.") == ["it cites no fact"]


def test_a_source_becomes_a_tree_of_sections_with_citations_apart_from_text() -> None:
    source = source_saying(
        "Premessa.\n\n## Materiale\n\nDal **2011** [ec-001,\nec-002].\n\n### Uso\n\n- *reti*\n\n"
        "| a | b |\n|---|---|\n| c | d [ec-001] |\n"
    )
    cited = Citation(("ec-001", "ec-002"))
    uso = Section(
        "Uso",
        (
            Bullets(((Run("reti", italic=True),),)),
            Table(
                ((Run("a"),), (Run("b"),)),
                (((Run("c"),), (Run("d"), Citation(("ec-001",)))),),
            ),
        ),
    )
    dated = Paragraph((Run("Dal "), Run("2011", bold=True), cited, Run(".")))
    assert source.body == (Paragraph((Run("Premessa."),)), Section("Materiale", (dated, uso)))


def test_facts_read_on_one_page_share_a_number_and_years_are_joined() -> None:
    source = source_saying("Quota [ec-014]. Mele [ec-012]. Carta [ec-013]. PMI [ec-015].")
    references = number_references(source, ALL_FACTS)
    assert [references.numbers[id_] for id_ in ("ec-014", "ec-012", "ec-013", "ec-015")] == [
        1, 2, 2, 1,
    ]  # fmt: skip
    assert [entry.years for entry in references.entries] == ["2024", "2019"]
    assert references.of(("ec-012", "ec-014", "ec-013")) == (1, 2)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("## Titolo\n\n> citazione [ec-001]", "blockquote"),
        ("#### Troppo in basso", "h4"),
        ("- uno\n  - due", "make the list flat"),
        ("## Titolo [ec-001]", "a heading cites"),
        ("Si veda [qui](https://example.org).", "link is not in the format"),
    ],
)
def test_what_the_format_does_not_have_is_refused(text: str, reason: str) -> None:
    with pytest.raises(UnreadableDocumentError, match=reason):
        source_saying(text)


@pytest.mark.parametrize(
    ("right", "wrong", "reason"),
    [
        ("economia-circolare", "economia", "group is 'economia'"),
        ("year: 2023", "year: presto", "year is 'presto'"),
        ("year: 2023", "year: true", "year is True"),
        ("year: 2023", "year: 2023\ncopies: [../altro.pdf]", "copies names '../altro.pdf'"),
        ("year: 2023", "year: 2023\ncopies: [altro.docx]", "plain file names that end in .pdf"),
        ("year: 2023", "year: 2023\ncopies: ''", "copies names ''"),
        ("layout: questions", "layout: slides", "layout slides: begin with a ## heading"),
        ("layout: questions", "layout: sheets", "sheets goes with format: xlsx"),
        (
            "year: 2023",
            "year: 2023\nsums: [{figure: abc, terms: ['1'], facts: [ec-001]}]",
            "figure and terms are one figure each",
        ),
        (
            "layout: questions",
            "layout: box\nbox: [{label: a, value: b, facts: ec-001}]",
            "'ec-001' is not a list",
        ),
        ("layout: questions", "layout: box", "a box goes with layout: box"),
        ("kind: case-history\n", "", "lacks kind"),
        ("year: 2023", "year: 2023\nauthor: noi", "unknown key 'author'"),
    ],
)
def test_front_matter_that_is_wrong_is_refused(right: str, wrong: str, reason: str) -> None:
    with pytest.raises(UnreadableDocumentError, match=reason):
        parse_source(FRONT.replace(right, wrong) + "Testo [ec-001].", "prova")


def test_characters_that_typst_reads_as_markup_are_printed_as_they_are(tmp_path: Path) -> None:
    said = r"Prezzi in $ e @casa, #uno, \<due>, \_tre\_, \*quattro\*, C:\\cartella, \[sic\], 5~6"
    (path,) = build(source_saying(said + " [ec-001]."), ALL_FACTS, tmp_path)
    printed = "Prezzi in $ e @casa, #uno, <due>, _tre_, *quattro*, C:\\cartella, [sic], 5~6 [1]."
    assert printed in " ".join(pdf_pages(path.read_bytes())[0].split())


def test_a_document_that_was_not_built_here_is_never_overwritten(tmp_path: Path) -> None:
    source = source_saying("Si rigenera nylon [ec-001].")
    path = tmp_path / source.files[0]
    path.parent.mkdir()
    writer = pypdf.PdfWriter()
    writer.add_blank_page(595, 842)
    writer.add_metadata({"/Author": "Segreteria"})
    writer.write(path)
    before = path.read_bytes()
    with pytest.raises(IngestError, match="not a demonstration document"):
        build(source, ALL_FACTS, tmp_path)
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("slug", "name"),
    [
        ("aquafil", "economia-circolare/2023-case-history-aquafil"),
        ("case-history-aquafil", "economia-circolare/2023-case-history-aquafil"),
        ("case-history", "economia-circolare/2023-case-history"),
    ],
)
def test_a_file_name_says_year_kind_and_slug_once(slug: str, name: str) -> None:
    assert parse_source(FRONT + "Testo [ec-001].", slug).stem == name


@pytest.mark.parametrize(
    ("headings", "reason"),
    [
        (["Dati/anni"], "cannot name a sheet"),
        (["x" * 32], "at most 31 characters"),
        (["Dati", "Dati"], "a second sheet called 'Dati'"),
        (["Fonti"], "a second sheet called 'Fonti'"),
    ],
)
def test_headings_that_cannot_name_sheets_are_refused(headings: list[str], reason: str) -> None:
    front = FRONT.replace("layout: questions", "layout: sheets\nformat: xlsx")
    body = "".join(f"## {heading}\n\nTesto [ec-001].\n\n" for heading in headings)
    with pytest.raises(UnreadableDocumentError, match=reason):
        parse_source(front + body, "prova")


def test_a_sum_of_figures_of_a_fact_passes_the_check() -> None:
    front = FRONT.replace(
        "year: 2023",
        'year: 2023\nsums: [{figure: "160", terms: ["67", "70", "23"], facts: [ec-032]}]',
    )
    source = parse_source(front + "I progetti sono 160 [ec-032].", "prova")
    assert findings(source, ALL_FACTS) == []


@pytest.mark.parametrize(
    ("figure", "terms", "message"),
    [
        ("161", '["67", "70", "23"]', "67 + 70 + 23 is not 161"),
        ("161", '["67", "71", "23"]', "the term '71' of a sum stands in none of its facts"),
    ],
)
def test_a_sum_that_does_not_hold_is_found(figure: str, terms: str, message: str) -> None:
    front = FRONT.replace(
        "year: 2023",
        f'year: 2023\nsums: [{{figure: "{figure}", terms: {terms}, facts: [ec-032]}}]',
    )
    source = parse_source(front + f"I progetti sono {figure} [ec-032].", "prova")
    assert message in [finding.message for finding in findings(source, ALL_FACTS)]


def test_a_fact_younger_than_its_document_is_found() -> None:
    (message,) = messages("Il piano è del 16 aprile 2025 [ec-092].")
    assert message == "ec-092 speaks of 2025, after the document's year"


def test_the_statistics_count_each_document_once() -> None:
    rows = count(ALL_SOURCES, CORPUS)
    assert len(rows) == len(ALL_SOURCES) == 88
    by_kind = Counter(row.kind for row in rows)
    assert by_kind["case-history"] == 4 * 12
    deck = next(row for row in rows if row.file.endswith("lucart-fiberpack.pptx"))
    source = next(source for source in ALL_SOURCES if source.slug == "lucart-fiberpack")
    assert deck.pages == 1 + len(source.body) + 1  # title, one a heading, sources
    printed = list(tables(rows))
    assert printed[0].split() == ["group", "documents", "pages", "words"]
    assert printed[-1].split() == [
        "all", "88", str(sum(row.pages for row in rows)), str(sum(row.words for row in rows))
    ]  # fmt: skip


def test_the_commands_say_what_is_wrong_and_end_with_status_1(capsys, tmp_path) -> None:
    assert main(["check", "--only", "aquafil"]) == 0
    said = capsys.readouterr().out
    assert "1 sources, " in said
    assert "cited nowhere" not in said
    assert main(["stats", "--only", "nessuno"]) == 1
    assert "no source is called like 'nessuno'" in capsys.readouterr().err
    in_the_way = tmp_path / "file"
    in_the_way.write_text("")
    assert main(["build", "--only", "aquafil", "--out", str(in_the_way)]) == 1
    assert "file" in capsys.readouterr().err
