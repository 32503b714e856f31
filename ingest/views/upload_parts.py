"""The section "Caricare": files come into quarantine, are looked at, and go into the corpus."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import streamlit as st

from ingest.audit import Action, Result
from ingest.examiner import Examiner
from ingest.folders import corpus_folder
from ingest.foreseen import copies_of, sizes_in
from ingest.quarantine import MOST_FILES, Held, Quarantine, Refusal
from ingest.uploads import accept, destination
from search.datatypes import Group, Kind
from search.errors import MinitError, SnapshotError
from search.snapshot import Snapshot
from search.state import state_folder
from search.views import frame, library
from search.views.markup import plain

from . import admin_words as words
from . import held_parts, reason_words
from .signing_in import Administrator, guarded, log

_SAID, _ROUND = "kb-upload-said", "kb-upload-round"
_GROUP, _KIND = "kb-all-group", "kb-all-kind"
_AT_FIRST = 10
_SHOWN = "mostra"


@dataclass(frozen=True, slots=True)
class _Said:
    """What the last action did, as lines of HTML; it stays until the next."""

    lines: tuple[str, ...] = ()
    has_accepted: bool = False


def show(_admin: Administrator) -> None:
    """What can be uploaded, and what waits to be accepted."""
    st.html(f'<h2 class="kb-part">{words.UPLOAD_TITLE}</h2>')
    if not corpus_folder().is_dir():
        frame.show_notice(*words.no_corpus(str(corpus_folder())))
        return
    _show_uploader()
    _show_said()
    quarantine = _quarantine()
    files = quarantine.files()
    if not files:
        st.html(f'<p class="kb-count">{words.NOTHING_HELD}</p>')
        return
    waiting = [held.id for held in files if not held.is_examined]
    _examiner(str(state_folder(library.index_folder()))).examine(waiting)
    st.html(f'<h3 class="kb-section">{plain(words.held(len(files)))}</h3>')
    if waiting:
        st.fragment(_show_progress, run_every=1.0)(tuple(waiting))
    sizes = sizes_in(corpus_folder())
    _show_for_all(len(files), sum(_is_plain(held, sizes) for held in files))
    cards = held_parts.Cards(quarantine, corpus_folder(), sizes, _snapshot())
    shown = _shown()
    for held in files[:shown]:
        cards.show(held, guarded(_accept), guarded(_reject), guarded(_change))
    if len(files) > shown:
        st.button(words.MORE_FILES, on_click=_show_more, args=(shown + _AT_FIRST,))


def _show_uploader() -> None:
    st.html(f'<p class="kb-count">{words.UPLOAD_ADVICE}</p>')
    # Streamlit says these in English: see "the uploader" in the style sheet.
    st.html(
        "<style>.st-key-kb-uploader { "
        f'--kb-browse: "{words.BROWSE}"; --kb-drop: "{words.DROP}"; }}</style>'
    )
    key = f"kb-files-{st.session_state.get(_ROUND, 0)}"
    with st.container(key="kb-uploader"):
        st.file_uploader(
            words.UPLOADER, accept_multiple_files=True, key=key, on_change=guarded(_receive),
            args=(key,),
        )  # fmt: skip


def _show_said() -> None:
    """What the last action did, and what it did not."""
    said: _Said = st.session_state.get(_SAID, _Said())
    if said.lines:
        lines = "".join(f"<li>{line}</li>" for line in said.lines)
        st.html(f'<ul class="kb-said" role="status">{lines}</ul>')
    if said.has_accepted:
        st.button(words.GO_TO_RUN, on_click=_go_to_run)


def _show_for_all(count: int, ready: int) -> None:
    if count > 1:
        with st.container(horizontal=True, vertical_alignment="bottom", key="kb-for-all"):
            st.selectbox(
                words.GROUP_FOR_ALL, list(Group), index=None, key=_GROUP,
                format_func=held_parts.group_name, placeholder=words.CHOOSE,
                on_change=guarded(_for_all), args=(_GROUP, "group"),
            )  # fmt: skip
            st.selectbox(
                words.KIND_FOR_ALL, list(Kind), index=None, key=_KIND,
                format_func=held_parts.kind_name, placeholder=words.CHOOSE,
                on_change=guarded(_for_all), args=(_KIND, "kind"),
            )  # fmt: skip
    if ready > 1:
        st.button(words.accept_all(ready), on_click=guarded(_accept_all))


def _show_progress(waiting: tuple[str, ...]) -> None:
    """Runs again by itself each second; the whole page, once something was read."""
    quarantine = _quarantine()
    left = [i for i in waiting if (held := quarantine.file(i)) and not held.is_examined]
    if len(left) < len(waiting):
        st.rerun()
    st.html(f'<p class="kb-count" role="status">{plain(words.reading(len(left)))}</p>')


def _is_plain(held: Held, sizes: Mapping[int, Sequence[str]]) -> bool:
    """Whether nothing about it needs a second look: it can be read, and is not there already."""
    corpus = corpus_folder()
    if held.found is None or held.found.warnings or destination(corpus, held).taken:
        return False
    return not any(copies_of(held, corpus, sizes))


def _receive(admin: Administrator, key: str) -> None:
    uploaded = st.session_state.get(key) or []
    quarantine, said = _quarantine(), []
    for file in uploaded[:MOST_FILES]:
        taken = quarantine.receive(file.name, file.getbuffer(), admin.name)
        if isinstance(taken, Refusal):
            log().write(admin.name, Action.UPLOAD, f"{file.name} ({taken.value})", Result.REFUSED)
            said.append(words.not_taken(plain(words.short_name(file.name)), taken))
        else:
            log().write(admin.name, Action.UPLOAD, f"{taken.given} ({_sum(taken)})")
    if len(uploaded) > MOST_FILES:
        said.append(words.not_taken("…", Refusal.TOO_MANY))
    # Another key is another, empty uploader: what was sent is in quarantine and leaves the memory.
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1
    st.session_state[_SAID] = _Said(tuple(said))


def _accept(admin: Administrator, held_id: str) -> None:
    held = _with_wishes(held_id)
    if held is not None:
        insists, replaces = held_parts.confirmed(held_id)
        said = _accepted(admin, held, insists=insists, replaces=replaces)
        st.session_state[_SAID] = _Said((said,), has_accepted=True)


def _accept_all(admin: Administrator) -> None:
    quarantine = _quarantine()
    sizes = sizes_in(corpus_folder())
    ready = [held for held in quarantine.files() if _is_plain(held, sizes)]
    lines = tuple(_accepted(admin, held) for held in ready)
    st.session_state[_SAID] = _Said(lines, has_accepted=True)


def _accepted(
    admin: Administrator, held: Held, *, insists: bool = False, replaces: bool = False
) -> str:
    """Accept one file; what came of it, as HTML."""
    try:
        goal = accept(_quarantine(), held, corpus_folder(), insists=insists, replaces=replaces)
    except MinitError as error:
        log().write(admin.name, Action.ACCEPT, f"{held.given}: {error}", Result.FAILED)
        why = plain(reason_words.reason(str(error)))
        return words.not_accepted(plain(words.short_name(held.given)), why)
    how = f"{_sum(held)}, replaced" if goal.taken else _sum(held)
    log().write(admin.name, Action.ACCEPT, f"{goal.path} ({how})")
    return words.accepted(plain(goal.path), replaced=bool(goal.taken))


def _sum(held: Held) -> str:
    """Tells in the log which bytes they were."""
    return f"sha256 {held.sha256[:16]}"


def _reject(admin: Administrator, held_id: str) -> None:
    held = _quarantine().file(held_id)
    if held is not None:
        _quarantine().discard(held_id)
        log().write(admin.name, Action.REJECT, f"{held.given} ({_sum(held)})")
        st.session_state[_SAID] = _Said((words.rejected(plain(words.short_name(held.given))),))


def _change(_: Administrator, held_id: str) -> None:
    _with_wishes(held_id)


def _for_all(_: Administrator, key: str, field: str) -> None:
    chosen = st.session_state.get(key)
    for held in _quarantine().files() if chosen else ():
        wishes = held.wishes
        _quarantine().wish(
            held.id,
            replace(wishes, group=str(chosen))
            if field == "group"
            else replace(wishes, kind=str(chosen)),
        )
    st.session_state[key] = None


def _with_wishes(held_id: str) -> Held | None:
    """The file, with what was typed into its card; it is kept, also for a page loaded anew."""
    held = _quarantine().file(held_id)
    if held is None:
        return None
    wishes = held_parts.typed(held, corpus_folder())
    if wishes == held.wishes:
        return held
    if wishes.password != held.wishes.password:
        _quarantine().forget_reason(held_id)
    return _quarantine().wish(held_id, wishes)


def _shown() -> int:
    asked = st.query_params.get(_SHOWN, "")
    is_number = asked.isascii() and asked.isdecimal() and len(asked) < 4
    return max(int(asked), _AT_FIRST) if is_number else _AT_FIRST


def _show_more(shown: int) -> None:
    st.query_params[_SHOWN] = str(shown)


def _go_to_run() -> None:
    st.query_params.from_dict({"sezione": "indicizzare"})


def _quarantine() -> Quarantine:
    return _quarantine_in(str(state_folder(library.index_folder())))


@st.cache_resource(max_entries=4, show_spinner=False)
def _quarantine_in(state: str) -> Quarantine:
    return Quarantine(Path(state) / "quarantine")


@st.cache_resource(max_entries=4, show_spinner=False)
def _examiner(state: str) -> Examiner:
    return Examiner(_quarantine_in(state))


def _snapshot() -> Snapshot | None:
    try:
        return library.current_snapshot()
    except SnapshotError:
        return None
