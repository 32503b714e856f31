"""One case history: every field, the sentence that says it, and the page to open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import compress, groupby

import streamlit as st

from search.answers.cases import CaseCard
from search.cases.case import Result, Stated
from search.datatypes import Document
from search.dossier.gathering import entry_of_case
from search.engine import Engine

from . import case_words as said
from . import frame, words
from .case_address import CasesView
from .case_filters import go_to
from .case_gallery import show_tiles
from .case_parts import group_of, name_of, source
from .collecting import show_collect
from .lines import one_line
from .markup import as_quoted, plain
from .originals import original_address

_SIMILAR = 3
_SENTENCE = 400


def show_case(one: CaseCard, engine: Engine, state: CasesView) -> None:
    """The case, what is like it, and its document; a way back to the list it was opened from."""
    case, document = one.case, one.document
    frame.show_title(one_line(document.title, 200), name_of(case))
    back = replace(state, opened="")
    icon = ":material/arrow_back:"
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(said.ALL_CASES, icon=icon, type="tertiary", on_click=go_to, args=(back,))
        show_collect(entry_of_case(one), "case")
    st.html(
        f"{_told(said.CHALLENGE, case.challenge, document)}"
        f"{_told(said.SOLUTION, case.solution, document)}"
        f"{_results(case.results, document)}{_facts(one)}"
    )
    _show_document(document)
    similar = engine.similar_cases(case.id, _SIMILAR).cards
    if similar:
        st.html(f'<h2 class="kb-section">{plain(said.SIMILAR)}</h2>')
        show_tiles(similar, state)


def _told(label: str, sentences: Sequence[Stated], document: Document) -> str:
    """Sentences of the document, one after the other."""
    shown = "".join(
        f"<p>{plain(as_quoted(one.value))} {source(one.evidence, document)}</p>"
        for one in sentences
    )
    missing = f'<p class="kb-missing">{plain(said.MISSING)}</p>'
    return f'<h2 class="kb-section">{plain(label)}</h2>{shown or missing}'


def _results(results: Sequence[Result], document: Document) -> str:
    """A table, a row for each result."""
    title = f'<h2 class="kb-section">{plain(said.RESULTS)}</h2>'
    if not results:
        return f'{title}<p class="kb-missing">{plain(said.MISSING)}</p>'
    filled = [any(cells) for cells in zip(*map(_cells, results), strict=True)]
    names = [*compress((said.VALUE, said.UNIT, said.WHAT, said.WRITTEN), filled), said.SAID_IN]
    head = "".join(f'<th scope="col">{plain(name)}</th>' for name in names)
    rows = "".join(
        _result(one, document, filled, len(same) if place == 0 else 0)
        for same in (list(ones) for _, ones in groupby(results, lambda one: one.evidence))
        for place, one in enumerate(same)
    )
    return (
        f'{title}<div class="kb-scroll" tabindex="0" role="region" '
        f'aria-label="{plain(said.RESULTS)}">'
        f'<table class="kb-compared kb-results"><thead><tr>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )


_CELLS = ("value", "unit", "what", "written")
"""What the style sheet calls them."""


def _cells(one: Result) -> tuple[str, str, str, str]:
    """A number, its unit, what it measures, and how it is written; "" for what there is not."""
    return "" if one.value is None else said.value(one.value), one.unit, one.what, one.written


def _result(one: Result, document: Document, filled: Sequence[bool], rows: int) -> str:
    """A row; the sentence stands once beside all results that it states.

    Args:
        filled: which of the `_cells` some row has something in; the others are left out.
        rows: how many these are; 0 where it stands beside one above.
    """
    cells = compress(zip(_CELLS, _cells(one), strict=True), filled)
    shown = "".join(
        f'<td class="kb-{kind}"><bdi>{plain(as_quoted(cell)) or "–"}</bdi></td>'
        for kind, cell in cells
    )
    sentence = f'<td rowspan="{rows}">{_sentence(one, document)}</td>' if rows else ""
    return f"<tr>{shown}{sentence}</tr>"


def _facts(one: CaseCard) -> str:
    """The other fields, a row each; what is missing is said to be."""
    case, document = one.case, one.document
    groups = [replace(group, value=words.group_name(group.value)) for group in case.groups]
    fields: list[tuple[str, Sequence[Stated]]] = [
        (said.ORGANISATION, [case.organisation] if case.organisation else []),
        (said.GROUPS, groups),
        (said.SECTOR, [case.sector] if case.sector else []),
        (said.PLACE, [case.place] if case.place else []),
        (said.YEAR, [case.year] if case.year else []),
        (said.TECHNOLOGIES, case.technologies),
        (said.PARTNERS, case.partners),
    ]
    rows = "".join(
        f'<tr><th scope="row">{plain(label)}</th><td>{_values(values, document)}</td></tr>'
        for label, values in fields
    )
    return (
        f'<h2 class="kb-section"><i class="dot {plain(group_of(one))}"></i>{plain(said.FACTS)}</h2>'
        f'<table class="kb-compared kb-fields"><tbody>{rows}</tbody></table>'
    )


def _values(values: Sequence[Stated], document: Document) -> str:
    shown = "".join(
        f"<p><b><bdi>{plain(as_quoted(one.value))}</bdi></b> {_sentence(one, document)}</p>"
        for one in values
    )
    return shown or f'<span class="kb-missing">{plain(said.MISSING)}</span>'


def _sentence(one: Stated | Result, document: Document) -> str:
    """The sentence that says a field, and where."""
    link = source(one.evidence, document)
    if one.evidence is None or as_quoted(one.evidence.sentence) == as_quoted(_words_of(one)):
        return link
    return f"<q>{plain(one_line(as_quoted(one.evidence.sentence), _SENTENCE))}</q> {link}"


def _words_of(one: Stated | Result) -> str:
    return one.value if isinstance(one, Stated) else one.what


def _show_document(document: Document) -> None:
    about = [words.kind_name(document.kind), *([str(document.year)] if document.year else [])]
    facts = "".join(f"<span>{plain(fact)}</span>" for fact in about)
    st.html(
        f'<h2 class="kb-section">{plain(said.DOCUMENT)}</h2>'
        f"<p><bdi>{plain(one_line(document.title, 300))}</bdi></p>"
        f'<p class="kb-facts">{facts}</p>'
    )
    st.link_button(
        words.OPEN_ORIGINAL,
        original_address(document, 1),
        type="tertiary",
        icon=":material/open_in_new:",
    )
