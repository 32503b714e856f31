"""The page "Dossier": what was collected, in order, with notes; out as a paper, or as a file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

import streamlit as st

from search.dossier.dossier import MOST_ENTRIES, Dossier
from search.dossier.entries import MOST_NAME, MOST_NOTE, ChartEntry, Entry, HeadingEntry
from search.dossier.file import MOST_BYTES, read_dossier, write_dossier
from search.dossier.markdown import write_markdown
from search.dossier.paper import Paper, lay_out
from search.dossier.pdf import write_pdf
from search.dossier.word import write_docx
from search.errors import DossierError
from search.keys import slug_of
from search.views import dossier_words as said
from search.views import frame
from search.views.collecting import can_undo, change_dossier, current_dossier, undo
from search.views.dossier_parts import entry_html, paper_html

_TITLE, _INTRODUCTION, _SECTION = "dossier-title", "dossier-introduction", "dossier-section"
_UPLOADS, _TROUBLE, _PREVIEW = "dossier-uploads", "dossier-trouble", "dossier-preview"
# The address of the page as it will be printed is ?vista=anteprima.
_VIEW, _PRINTED = "vista", "anteprima"
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def _show_empty() -> None:
    frame.show_notice(*said.EMPTY)
    links = ((said.GO_SEARCH, "/"), (said.GO_TRENDS, "/tendenze"), (said.GO_CASES, "/case-history"))
    shown = "".join(
        f'<a class="kb-source" href="{address}" target="_self">{label}</a>'
        for label, address in links
    )
    st.html(f'<p class="kb-links">{shown}</p>')


def _show_head(dossier: Dossier) -> None:
    _set(_TITLE, dossier.title)
    st.text_input(
        said.TITLE_LABEL,
        key=_TITLE,
        placeholder=said.TITLE_HINT,
        max_chars=MOST_NAME,
        on_change=_retitle,
    )
    _set(_INTRODUCTION, dossier.introduction)
    st.text_area(
        said.INTRODUCTION_LABEL,
        key=_INTRODUCTION,
        placeholder=said.INTRODUCTION_HINT,
        max_chars=MOST_NOTE,
        on_change=_introduce,
    )


def _show_entry(entry: Entry, number: int, of: int) -> None:
    is_section = isinstance(entry, HeadingEntry)
    with st.container(key=f"kb-dossier-{'section' if is_section else 'entry'}-{number}"):
        held = "" if is_section else f'<div class="kb-collected">{entry_html(entry)}</div>'
        st.html(
            f'<p class="kb-count">{said.sort_of(entry)} · {said.position(number, of)}</p>{held}'
        )
        if isinstance(entry, HeadingEntry | ChartEntry):
            _show_title(entry)
        key = f"note-{entry.id}"
        _set(key, entry.note)
        st.text_area(
            said.NOTE,
            key=key,
            placeholder=said.SECTION_NOTE_HINT if is_section else said.NOTE_HINT,
            height=68,
            max_chars=MOST_NOTE,
            on_change=_note,
            args=(entry.id,),
            label_visibility="collapsed",
        )
        buttons: tuple[tuple[str, str, Callable[..., None], tuple[object, ...], bool], ...] = (
            (said.UP, "arrow_upward", _move, (entry.id, -1), number == 1),
            (said.DOWN, "arrow_downward", _move, (entry.id, 1), number == of),
            (said.REMOVE, "close", _remove, (entry.id,), False),
        )
        with st.container(horizontal=True, gap="medium"):
            for label, icon, act, args, is_idle in buttons:
                st.button(
                    label,
                    key=f"{icon}-{entry.id}",
                    type="tertiary",
                    icon=f":material/{icon}:",
                    help=said.named(label, f"{said.sort_of(entry).lower()} {number}"),
                    disabled=is_idle,
                    on_click=act,
                    args=args,
                )


def _show_title(entry: HeadingEntry | ChartEntry) -> None:
    key = f"title-{entry.id}"
    _set(key, entry.title)
    label = said.SECTION_TITLE if isinstance(entry, HeadingEntry) else said.CHART_TITLE
    st.text_input(
        label,
        key=key,
        max_chars=MOST_NAME,
        on_change=_rename,
        args=(entry.id,),
        label_visibility="collapsed",
    )


def _show_section_form(dossier: Dossier) -> None:
    with (
        st.form("dossier-section-form", clear_on_submit=True, border=False),
        st.container(horizontal=True, vertical_alignment="bottom"),
    ):
        st.text_input(
            said.SECTION_LABEL, key=_SECTION, placeholder=said.SECTION_HINT, max_chars=MOST_NAME
        )
        st.form_submit_button(
            said.ADD_SECTION, on_click=_add_section, disabled=len(dossier) >= MOST_ENTRIES
        )


def _show_exports(dossier: Dossier) -> Paper:
    """The paper, and a button for each file of it, which is made only when the button is used."""
    now = datetime.now(ZoneInfo("Europe/Rome"))
    paper = lay_out(dossier, said.PRINTED, now.date())
    name = slug_of(dossier.title)[:60] or said.FILE_NAME
    with st.container(horizontal=True, vertical_alignment="center"):
        st.html(f'<p class="kb-count">{said.EXPORTS}</p>', width="content")
        for label, suffix, kind, make in (
            (said.WORD, "docx", _DOCX, partial(write_docx, paper, now.replace(tzinfo=None))),
            (said.PDF, "pdf", "application/pdf", partial(write_pdf, paper)),
            (said.MARKDOWN, "md", "text/markdown", partial(write_markdown, paper)),
        ):
            st.download_button(
                label,
                make,
                file_name=f"{name}.{suffix}",
                mime=kind,
                key=f"dossier-{suffix}",
                on_click="ignore",
            )
        st.session_state[_PREVIEW] = st.query_params.get(_VIEW) == _PRINTED
        st.toggle(said.PREVIEW, key=_PREVIEW, on_change=_preview)
    return paper


def _show_files(dossier: Dossier) -> None:
    with st.container(horizontal=True):
        if dossier:
            st.download_button(
                said.SAVE_FILE,
                partial(write_dossier, dossier),
                file_name=f"{slug_of(dossier.title)[:60] or said.FILE_NAME}.json",
                mime="application/json",
                type="tertiary",
                icon=":material/save:",
                on_click="ignore",
            )
        with st.popover(said.OPEN_FILE, type="tertiary"):
            uploads = st.session_state.setdefault(_UPLOADS, 0)
            key = f"dossier-file-{uploads}"
            st.file_uploader(
                said.OPEN_HELP,
                type="json",
                key=key,
                max_upload_size=MOST_BYTES // 1_000_000,
                on_change=_open,
                args=(key,),
            )
            if dossier:
                st.html(f'<p class="kb-count">{said.REPLACES}</p>')
        if dossier:
            with st.popover(said.CLEAR, type="tertiary"):
                st.html(f"<p>{said.CLEAR_ASKED}</p>")
                st.button(said.CLEAR_SURE, on_click=_clear)
        if can_undo():
            st.button(said.UNDO, type="tertiary", icon=":material/undo:", on_click=undo)


def _set(key: str, value: str) -> None:
    """Only a value that differs: what is being typed must not be overwritten."""
    if st.session_state.get(key) != value:
        st.session_state[key] = value


def _preview() -> None:
    """The address says which of the two is shown."""
    if st.session_state[_PREVIEW]:
        st.query_params[_VIEW] = _PRINTED
    else:
        st.query_params.pop(_VIEW, None)


def _retitle() -> None:
    change_dossier(current_dossier().with_title(st.session_state[_TITLE]))


def _introduce() -> None:
    change_dossier(current_dossier().with_introduction(st.session_state[_INTRODUCTION]))


def _note(entry_id: str) -> None:
    change_dossier(current_dossier().noting(entry_id, st.session_state[f"note-{entry_id}"]))


def _rename(entry_id: str) -> None:
    change_dossier(current_dossier().renaming(entry_id, st.session_state[f"title-{entry_id}"]))


def _move(entry_id: str, by: int) -> None:
    change_dossier(current_dossier().moving(entry_id, by))


def _remove(entry_id: str) -> None:
    change_dossier(current_dossier().without(entry_id))


def _add_section() -> None:
    dossier = current_dossier()
    if st.session_state[_SECTION].strip() and len(dossier) < MOST_ENTRIES:
        change_dossier(dossier.adding_heading(st.session_state[_SECTION]))


def _clear() -> None:
    change_dossier(Dossier())


def _open(key: str) -> None:
    """In place of what is there, once all of the file was understood."""
    file = st.session_state[key]
    if file is None:
        return
    try:
        change_dossier(read_dossier(file.getvalue()))
    except DossierError as error:
        st.session_state[_TROUBLE] = str(error)
    st.session_state[_UPLOADS] += 1  # a fresh field, in which no file lies


frame.show_title(said.SUBTITLE, said.PAGE)
collected = current_dossier()
trouble = st.session_state.pop(_TROUBLE, "")
if trouble:
    frame.show_notice(said.NO_FILE_TITLE, said.NO_FILE, technical=trouble)
if not collected:
    _show_empty()
    _show_files(collected)
    st.stop()
printed = _show_exports(collected)
_show_files(collected)
frame.show_line(said.KEPT)
if st.query_params.get(_VIEW) == _PRINTED:
    st.html(paper_html(printed))
    st.stop()
_show_head(collected)
for place, one in enumerate(collected.entries, start=1):
    _show_entry(one, place, len(collected))
_show_section_form(collected)
