"""Case histories as cards, and their results side by side. As HTML; all text is escaped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import streamlit as st

from search.answers.case_results import compare_results
from search.answers.cases import CaseCard
from search.cases.case import CaseHistory, Evidence, Result, Stated
from search.datatypes import Document

from . import case_words as said
from . import words
from .markup import plain
from .sources import evidence_link

_LONGEST = 240
"""A longer sentence states more than one result."""


def card(one: CaseCard) -> str:
    """A case: who, where, when; the challenge, what was done, what came of it."""
    case, document = one.case, one.document
    name = _name(case)
    group = document.group
    about = [
        words.group_name(group),
        *(field.value for field in (case.sector, case.place, case.year) if field),
    ]
    facts = "".join(f"<span>{plain(fact)}</span>" for fact in about)
    return (
        f'<article class="kb-case"><h3>{plain(name)}</h3>'
        f'<p class="kb-facts"><i class="dot {plain(group)}"></i>{facts}</p>'
        f"{_told(said.CHALLENGE, case.challenge, document)}"
        f"{_told(said.SOLUTION, case.solution, document)}"
        f"{_results(case, document)}"
        f"{_listed(said.TECHNOLOGIES, case.technologies, document)}"
        f"{_listed(said.PARTNERS, case.partners, document)}"
        f'<p class="kb-path">{plain(document.title)}</p></article>'
    )


def _name(case: CaseHistory) -> str:
    return case.organisation.value if case.organisation else said.NOBODY


def _told(label: str, sentences: Sequence[Stated], document: Document) -> str:
    if not sentences:
        return ""
    shown = " ".join(
        f"{plain(_one_line(sentence.value))} {_source(sentence.evidence, document)}"
        for sentence in sentences
    )
    return f"<p><b>{label}.</b> {shown}</p>"


def _results(case: CaseHistory, document: Document) -> str:
    """Each sentence that states results once, their figures in bold."""
    if not case.results:
        return ""
    stated: dict[object, list[Result]] = {}
    for one in case.results:
        stated.setdefault(one.evidence or one, []).append(one)
    items = "".join(
        f"<li>{_stated(ones)} {_source(ones[0].evidence, document)}</li>"
        for ones in stated.values()
    )
    return f"<p><b>{said.RESULTS}.</b></p><ul>{items}</ul>"


def _stated(results: Sequence[Result]) -> str:
    """The sentence that states some results; without one, or in a long one, what they are."""
    evidence = results[0].evidence
    sentence = _one_line(evidence.sentence) if evidence else ""
    if not sentence or len(sentence) > _LONGEST:
        return "; ".join(plain(_one_line(said.result(one))) for one in results)
    figures = {_one_line(one.written) for one in results} - {""}
    longest_first = sorted(map(re.escape, figures), key=len, reverse=True)
    pieces = re.split(f"({'|'.join(longest_first)})", sentence) if figures else [sentence]
    return "".join(
        f"<b>{plain(piece)}</b>" if piece in figures else plain(piece) for piece in pieces
    )


def _listed(label: str, values: Sequence[Stated], document: Document) -> str:
    if not values:
        return ""
    shown = "; ".join(
        f"{plain(_one_line(value.value))} {_source(value.evidence, document)}" for value in values
    )
    return f"<p><b>{label}.</b> {shown}</p>"


def _source(evidence: Evidence | None, document: Document) -> str:
    if evidence is None:
        return f"<small>({said.BY_ADMIN})</small>"
    return f"<small>({evidence_link(document, evidence)})</small>"


def _one_line(text: str) -> str:
    return " ".join(text.split())


def show_comparison(cards: Iterable[CaseCard]) -> None:
    """A table for each kind of result that two cases or more measure in the same unit."""
    tables = compare_results(one.case for one in cards)
    if not tables:
        return
    with st.expander(said.SIDE_BY_SIDE):
        for table in tables:
            rows = "".join(
                f"<tr><td>{plain(_name(row.case))}</td>"
                f"<td>{row.case.year_number or ''}</td>"
                f"<td>{plain(said.amount(row.result.value or 0, row.result.unit))}</td>"
                f"<td>{plain(row.result.what)}</td></tr>"
                for row in table.rows
            )
            st.html(
                f'<table class="kb-compared"><caption>{plain(table.kind)}</caption>'
                f"<tbody>{rows}</tbody></table>"
            )
