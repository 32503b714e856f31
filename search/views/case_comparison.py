"""Case histories side by side: a field a row, results together that can be compared."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

import streamlit as st

from search.answers.case_results import ResultTable, compare_results
from search.answers.cases import CaseCard
from search.cases.case import CaseHistory, Result, Stated
from search.datatypes import Document

from . import case_words as said
from . import frame, words
from .case_address import CasesView
from .case_filters import go_to
from .case_parts import case_address, group_of, name_of, source
from .lines import one_line
from .markup import plain

_CELL = 300


def show_compared(cards: Sequence[CaseCard], state: CasesView) -> None:
    """``cards`` as the columns of a table, in a box of its own that scrolls."""
    with st.container(key="kb-wide"):
        frame.show_title(said.COMPARE_HELP, said.COMPARE_TITLE)
    picked = tuple(one.case.id for one in cards)
    with st.container(horizontal=True):
        back = replace(state, compared=(), picked=())
        change = replace(state, compared=(), picked=picked)
        icon = ":material/arrow_back:"
        st.button(said.ALL_CASES, icon=icon, type="tertiary", on_click=go_to, args=(back,))
        st.button(said.CHANGE_PICKED, type="tertiary", on_click=go_to, args=(change,))
    st.html(_table(cards))


def _table(cards: Sequence[CaseCard]) -> str:
    head = "".join(
        f'<th scope="col"><i class="dot {plain(group_of(one))}"></i>'
        f'<a class="kb-source" href="{plain(case_address(one.case.id))}" target="_self">'
        f"<bdi>{plain(name_of(one.case))}</bdi></a>"
        f"<small>{plain(one_line(one.document.title, 70))}</small></th>"
        for one in cards
    )
    tables = compare_results(one.case for one in cards)
    rows = [
        _row(said.GROUPS, cards, lambda one: plain(words.group_name(group_of(one)))),
        *(_field(label, cards, values) for label, values in _fields()),
        *(_aligned(table, cards) for table in tables),
        _row(said.OTHER_RESULTS if tables else said.RESULTS, cards, _others(tables)),
    ]
    return (
        f'<div class="kb-scroll" tabindex="0" role="region" '
        f'aria-label="{plain(said.COMPARE_TITLE)}">'
        f'<table class="kb-compared kb-beside of-{len(cards)}">'
        f"<thead><tr><td></td>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table></div>"
    )


_Values = Callable[[CaseHistory], Sequence[Stated]]


def _fields() -> list[tuple[str, _Values]]:
    return [
        (said.YEAR, lambda case: [case.year] if case.year else []),
        (said.PLACE, lambda case: [case.place] if case.place else []),
        (said.SECTOR, lambda case: [case.sector] if case.sector else []),
        (said.CHALLENGE, lambda case: case.challenge[:1]),
        (said.SOLUTION, lambda case: case.solution[:1]),
        (said.TECHNOLOGIES, lambda case: case.technologies),
        (said.PARTNERS, lambda case: case.partners),
    ]


def _field(label: str, cards: Sequence[CaseCard], values: _Values) -> str:
    return _row(
        label,
        cards,
        lambda one: "".join(
            f"<p><bdi>{plain(one_line(value.value, _CELL))}</bdi> "
            f"{source(value.evidence, one.document)}</p>"
            for value in values(one.case)
        ),
    )


def _row(label: str, cards: Sequence[CaseCard], cell: Callable[[CaseCard], str]) -> str:
    missing = f'<span class="kb-missing">{plain(said.MISSING)}</span>'
    cells = "".join(f"<td>{cell(one) or missing}</td>" for one in cards)
    return f'<tr><th scope="row">{plain(label)}</th>{cells}</tr>'


def _aligned(table: ResultTable, cards: Sequence[CaseCard]) -> str:
    """A row of results that measure the same in the same unit."""

    def cell(one: CaseCard) -> str:
        own = [row.result for row in table.rows if row.case.id == one.case.id]
        return "".join(_figure(result, one.document) for result in own)

    return _row(said.compared(table.kind, table.unit), cards, cell)


def _figure(result: Result, document: Document) -> str:
    amount = said.amount(result.value or 0, result.unit)
    return (
        f'<p><b class="kb-amount"><bdi>{plain(one_line(amount))}</bdi></b> '
        f"{plain(one_line(result.what, _CELL))} {source(result.evidence, document)}</p>"
    )


def _others(tables: Iterable[ResultTable]) -> Callable[[CaseCard], str]:
    """The results that stand in none of ``tables``."""
    told = {(row.case.id, row.result) for table in tables for row in table.rows}

    def cell(one: CaseCard) -> str:
        return "".join(
            f"<p><bdi>{plain(one_line(said.result(result), _CELL))}</bdi> "
            f"{source(result.evidence, one.document)}</p>"
            for result in one.case.results
            if (one.case.id, result) not in told
        )

    return cell


def show_measured(cards: Iterable[CaseCard]) -> None:
    """Of a list of cases a table for each thing that two or more measure in the same unit."""
    tables = compare_results(one.case for one in cards)
    if not tables:
        return
    with st.expander(said.SIDE_BY_SIDE):
        for table in tables:
            rows = "".join(
                f'<tr><th scope="row"><bdi>{plain(name_of(row.case))}</bdi></th>'
                f"<td>{row.case.year_number or ''}</td>"
                f"<td>{plain(one_line(said.amount(row.result.value or 0, row.result.unit)))}</td>"
                f"<td>{plain(one_line(row.result.what, _CELL))}</td></tr>"
                for row in table.rows
            )
            st.html(
                f'<table class="kb-compared"><caption>{plain(one_line(table.kind))}</caption>'
                f"<tbody>{rows}</tbody></table>"
            )
