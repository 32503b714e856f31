"""The section "Correggere": choose a document, say what it is, see what that changes, save."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b

import streamlit as st

from ingest.audit import Action
from ingest.declarations import Declaration
from ingest.folders import corpus_folder
from ingest.sidecar import FIELDS, Change, Sidecar, change, open_sidecar, save
from ingest.sources import names_in
from search.datatypes import Document
from search.errors import MinitError, SnapshotError
from search.snapshot import Snapshot
from search.views import frame, library, words
from search.views.markup import plain
from search.words import fold

from . import case_fields, job_parts, reason_words, run_parts, run_words
from . import correction_words as said
from .acting import Told, attempt, cut, show_told, tell
from .changed_parts import show_change
from .signing_in import Administrator, guarded

_SEARCH, _CHOICE = "kb-correct-search", "kb-correct-choice"
_MOST_OFFERED = 100
_LONGEST = 120


@dataclass(frozen=True, slots=True)
class _Choice:
    """A file of the corpus and what the index knows of it: a document, or why there is none."""

    name: str
    document: Document | None
    reason: str = ""

    @property
    def label(self) -> str:
        """Its title and where it lies, in a line."""
        title = " ".join(self.document.title.split()) if self.document else ""
        short = cut(title, _LONGEST)
        return f"{short} · {self.name}" if short else self.name


def show(_admin: Administrator) -> None:
    """The whole section."""
    st.html(f'<h2 class="kb-part">{plain(said.TITLE)}</h2><p>{plain(said.ABOUT)}</p>')
    show_told()
    snapshot = _snapshot()
    choices = _choices(snapshot)
    if not choices:
        frame.show_notice(*said.NO_DOCUMENTS)
        return
    chosen = _choose(choices)
    if chosen is not None:
        _show_document(chosen, snapshot)
    st.html(f"<p>{plain(said.NEXT_RUN)}</p>")
    is_busy = job_parts.show_job()
    st.button(run_words.START, disabled=is_busy, on_click=guarded(run_parts.start_run))


def _snapshot() -> Snapshot | None:
    try:
        return library.current_snapshot()
    except SnapshotError:  # before the first run; the documents are there already
        return None


def _choices(snapshot: Snapshot | None) -> dict[str, _Choice]:
    corpus = corpus_folder()
    if not corpus.is_dir():
        return {}
    documents = {d.path: d for d in snapshot.store.documents()} if snapshot else {}
    failed = {f.path: f.reason for f in snapshot.store.unreadable()} if snapshot else {}
    return {
        name: _Choice(name, documents.get(name), failed.get(name, "")) for name in names_in(corpus)
    }


def _choose(choices: Mapping[str, _Choice]) -> _Choice | None:
    """The document that the address names; a search finds it by its title or its name."""
    asked = st.query_params.get("documento", "")
    query = st.query_params.get("cerca", "")
    if st.session_state.get(_SEARCH) != query:
        st.session_state[_SEARCH] = query
    st.text_input(
        said.SEARCH, key=_SEARCH, placeholder=said.SEARCH_HINT, max_chars=200, on_change=_search
    )
    wanted = fold(query).split()
    found = [c.name for c in choices.values() if _has(fold(c.label), wanted)]
    offered = found[:_MOST_OFFERED]
    if asked in choices and asked not in offered:
        offered = [asked, *offered]
    frame.show_line(said.found(len(found), _MOST_OFFERED) if found else said.NONE_FOUND)
    st.session_state[_CHOICE] = asked if asked in choices else None
    st.selectbox(
        said.CHOOSE,
        offered,
        format_func=lambda name: choices[name].label,
        key=_CHOICE,
        placeholder=said.CHOOSE_HINT,
        on_change=_open,
    )
    return choices.get(asked)


def _has(label: str, wanted: list[str]) -> bool:
    return all(word in label for word in wanted)


def _search() -> None:
    _go("cerca", st.session_state[_SEARCH].strip())


def _open() -> None:
    _go("documento", st.session_state[_CHOICE] or "")


def _go(name: str, value: str) -> None:
    if value:
        st.query_params[name] = value
    else:
        st.query_params.pop(name, None)


def _show_document(chosen: _Choice, snapshot: Snapshot | None) -> None:
    st.html(f'<h3 class="kb-section"><bdi>{plain(cut(chosen.label))}</bdi></h3>')
    if chosen.document is None:
        reason = reason_words.reason(chosen.reason)
        frame.show_line(said.unreadable(reason) if chosen.reason else said.NOT_INDEXED)
    try:
        sidecar = open_sidecar(corpus_folder(), chosen.name)
    except MinitError as error:
        frame.show_notice(said.CANNOT_OPEN, reason_words.reason(str(error)))
        return
    if sidecar.problem:
        problem = f"{sidecar.path}: {reason_words.reason(sidecar.problem)}"
        frame.show_notice(said.CANNOT_CHANGE, cut(problem, 600))
        return
    if sidecar.is_shared:
        frame.show_line(said.SHARED)
    key = _key_of(sidecar)
    _show_fields(sidecar, chosen.document, key)
    read = case_fields.cases_of(snapshot, chosen.document)
    case_fields.show(sidecar, read, key)
    st.html(f'<h3 class="kb-section">{plain(said.DIFFERENCE)}</h3>')
    try:
        show_change(_typed(sidecar, chosen, snapshot))
    except MinitError as error:
        frame.show_notice(said.REFUSED, reason_words.reason(str(error)))
    with st.container(horizontal=True):
        st.button(said.SAVE, type="primary", on_click=guarded(_save), args=(chosen.name, key))
        if sidecar.fields or sidecar.cases or not sidecar.tells:
            with st.popover(said.REMOVE):
                st.html(f"<p>{plain(said.REMOVE_WARNING)}</p>")
                st.button(said.REMOVE_YES, on_click=guarded(_remove), args=(chosen.name,))


def _key_of(sidecar: Sidecar) -> str:
    """Another one once the file is another: then the widgets show what it says now."""
    known = f"{sidecar.name}\0{sidecar.text}".encode()
    return f"kb-c-{blake2b(known, digest_size=6).hexdigest()}"


def _show_fields(sidecar: Sidecar, document: Document | None, key: str) -> None:
    st.html(f'<h4>{plain(said.DOCUMENT)}</h4><p class="kb-count">{plain(said.LEFT_ALONE)}</p>')
    before = _understood(sidecar)
    for row in (("title",), ("group", "kind"), ("year", "language"), ("author",)):
        for field, column in zip(row, st.columns(len(row)), strict=True):
            with column:
                _show_field(field, sidecar, before, key)
                if document is not None:
                    has = cut(" ".join(_shown(field, getattr(document, field)).split()))
                    st.html(
                        f'<p class="kb-count kb-read"><bdi>{plain(said.in_index(has))}</bdi></p>'
                    )


def _show_field(field: str, sidecar: Sidecar, before: Declaration, key: str) -> None:
    label, widget, typed = said.FIELD_NAMES[field], f"{key}-{field}", sidecar.fields.get(field, "")
    match field:
        case "group":
            options = ["", *words.GROUP_NAMES]
            at = options.index(before.group or "")
            st.selectbox(label, options, at, said.group, key=widget, filter_mode=None)
        case "kind":
            options = ["", *words.KIND_NAMES]
            at = options.index(before.kind or "")
            st.selectbox(label, options, at, said.kind, key=widget, filter_mode=None)
        case "author":
            st.text_input(label, typed, key=widget, max_chars=1000, placeholder=said.AUTHOR_HELP)
        case _:
            st.text_input(label, typed, key=widget, max_chars=1000)


def _shown(field: str, value: object) -> str:
    match field:
        case "group":
            return words.group_name(str(value))
        case "kind":
            return words.kind_name(str(value))
        case "language":
            return words.language_name(str(value))
        case _:
            return str(value) if value is not None else ""


def _understood(sidecar: Sidecar) -> Declaration:
    return change(sidecar, sidecar.fields, sidecar.cases, tells=sidecar.tells).before


def _typed(sidecar: Sidecar, chosen: _Choice, snapshot: Snapshot | None) -> Change:
    """The sidecar with what the widgets say now.

    Raises:
        IngestError: it cannot be changed so.
    """
    key, state, before = _key_of(sidecar), st.session_state, _understood(sidecar)
    fields = {}
    for field in FIELDS:
        typed = sidecar.fields.get(field, "")
        value = str(state.get(f"{key}-{field}", typed) or "")
        if field in ("group", "kind") and value == (getattr(before, field) or ""):
            value = typed  # however it is spelled there
        fields[field] = value
    read = case_fields.cases_of(snapshot, chosen.document)
    cases, tells = case_fields.typed(sidecar, read, key)
    return change(sidecar, fields, cases, tells=tells)


def _save(admin: Administrator, name: str, key: str) -> None:
    """What the widgets say is read again: a last change comes together with the click."""
    try:
        sidecar = open_sidecar(corpus_folder(), name)
        if _key_of(sidecar) != key:
            tell(Told(said.NOT_SAVED, said.MEANWHILE))
            return
        snapshot = _snapshot()
        changed = _typed(sidecar, _choices(snapshot)[name], snapshot)
    except (MinitError, KeyError) as error:
        tell(Told(said.NOT_SAVED, reason_words.reason(str(error))))
        return
    if not changed:
        tell(Told(said.NO_DIFFERENCE))
    elif changed.refused:
        reasons = map(reason_words.reason, changed.refused)
        tell(Told(said.NOT_SAVED, reason_words.joined(reasons)))
    else:
        _write(admin, changed, Told(said.SAVED, said.SAVED_ADVICE))


def _remove(admin: Administrator, name: str) -> None:
    try:
        changed = change(open_sidecar(corpus_folder(), name), {}, ())
    except MinitError as error:
        tell(Told(said.NOT_SAVED, reason_words.reason(str(error))))
        return
    _write(admin, changed, Told(said.REMOVED, said.SAVED_ADVICE))


def _write(admin: Administrator, changed: Change, told: Told) -> None:
    def do() -> Told:
        save(corpus_folder(), changed)
        return told

    attempt(admin, Action.CORRECT, changed.sidecar.name, do, said.NOT_SAVED)
