"""Cases told under questions and on slides: each field of invented ones, against what is true."""

from __future__ import annotations

from collections import defaultdict

import pytest
from case_documents import case_index, the_case
from case_interviews import ARTICLES, INTERVIEWS
from case_questions import QUESTIONED
from case_slides import SLIDES
from small_documents import Written

from bench.cases import Count, compare

LEAST = {
    "organisation": 0.95, "year": 0.95, "group": 0.95, "challenge": 0.9, "solution": 0.8,
    "results": 0.85, "technologies": 0.8, "partners": 0.85, "sector": 0.75,
}  # fmt: skip
LEAST_OF_PROSE = {
    "organisation": 0.95, "year": 0.95, "group": 0.95, "challenge": 0.8, "solution": 0.8,
    "results": 0.75, "technologies": 0.6, "partners": 0.8, "sector": 0.75,
}  # fmt: skip


@pytest.mark.parametrize(
    ("told", "least"),
    [(QUESTIONED, LEAST), (SLIDES, LEAST), ((*INTERVIEWS, *ARTICLES), LEAST_OF_PROSE)],
    ids=["questions", "slides", "interviews and articles"],
)
def test_the_fields_of_a_case_are_read_in_each_manner(tmp_path, encoder, told, least):
    index = case_index(tmp_path, [one.document for one in told], encoder)[1]
    read = {case.document_id: case for case in index.cases}
    counts = defaultdict(Count)
    for one in told:
        for field, numbers in compare(read.get(one.document.name), one.judged).items():
            counts[field].add(*numbers)
    missed = {f: str(counts[f]) for f, low in least.items() if counts[f].f1 < low}
    assert not missed


def test_a_table_of_questions_and_answers_is_read_by_its_questions(tmp_path, encoder):
    case = the_case(
        tmp_path,
        Written(
            "caso.md",
            [
                (
                    "",
                    "Chi è? | Vivaio Torre S.r.l. è un'azienda agricola di Pistoia\n"
                    "Qual era il problema? | I vasi di plastica nera non si riciclano\n"
                    "Che cosa ha fatto? | Vivaio Torre ha creato un vaso di lana che si interra\n"
                    "Con quali risultati? | Sono stati evitati 300.000 vasi di plastica\n"
                    "Quali limiti? | Non si sa quanto duri un vaso da 90 litri",
                )
            ],
            title="Vivaio Torre S.r.l.",
            kind="case-history",
        ),
        encoder,
    )
    assert case.challenge[0].value == "I vasi di plastica nera non si riciclano"
    assert case.solution[0].value == "Vivaio Torre ha creato un vaso di lana che si interra"
    assert [(result.value, result.unit) for result in case.results] == [(300000, "vasi")]


def test_one_question_in_a_text_is_no_heading(tmp_path, encoder):
    case = the_case(
        tmp_path,
        Written(
            "caso.md",
            [
                (
                    "",
                    "La Cartiera Olmo S.r.l. ha sviluppato una carta che nasce da alghe.\n"
                    "Ha funzionato?\n"
                    "La Cartiera Olmo è stata fondata nel 1920 e ha 80 macchine.",
                )
            ],
            title="Cartiera Olmo S.r.l.",
            kind="case-history",
        ),
        encoder,
    )
    assert case.results == ()
