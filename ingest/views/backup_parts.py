"""Backups: make one, fetch it, restore it, delete it, bring one along.

They lie in a folder of the server. Making and restoring one is a job: both read every file.
"""

from __future__ import annotations

import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

import streamlit as st

from ingest.audit import Action
from ingest.job import Order, Task
from ingest.jobs import current_or_none
from ingest.state import private_folder
from search.errors import IngestError
from search.state import state_folder
from search.views import frame
from search.views.library import index_folder
from search.views.markup import plain

from . import admin_words
from . import snapshot_words as said
from .acting import Told, attempt, tell
from .downloads import download_address
from .job_parts import local
from .signing_in import Administrator, guarded
from .workplace import backups_folder, jobs

_MOST_SHOWN = 50
_UPLOAD, _LINK = "kb-backup-upload", "kb-backup-link"


def show_backups(is_busy: bool, has_index: bool) -> None:
    """The list of backups, each with what can be done with it, and how to make one."""
    st.html(f'<h3 class="kb-section">{plain(said.BACKUPS)}</h3><p>{plain(said.BACKUPS_ABOUT)}</p>')
    st.button(said.BACK_UP, disabled=is_busy or not has_index, on_click=guarded(_back_up))
    files = _files()
    if not files:
        frame.show_line(said.NO_BACKUPS)
    for file in files[:_MOST_SHOWN]:
        _show_file(file, is_busy)
    with st.expander(said.UPLOAD):
        # Streamlit says these in English: see "the uploader" in the style sheet.
        st.html(
            "<style>.st-key-kb-uploader { "
            f'--kb-browse: "{admin_words.BROWSE}"; --kb-drop: "{admin_words.DROP}"; }}</style>'
        )
        with st.container(key="kb-uploader"):
            uploaded = st.file_uploader(said.UPLOAD_LABEL, type=["tar"], key=_UPLOAD)
        st.button(said.UPLOAD_USE, disabled=uploaded is None, on_click=guarded(_take_in))
        most = int(st.get_option("server.maxUploadSize")) * 2**20  # Streamlit holds it in memory
        st.html(f'<p class="kb-count">{plain(said.too_large(most))}</p>')
        folder = plain(said.folder(str(backups_folder().absolute())))
        st.html(f'<p class="kb-count">{folder}</p>')


def _files() -> list[Path]:
    """The backups, the newest first."""
    found = []
    for path in backups_folder().glob("*.tar"):
        try:
            if path.is_file() and not path.is_symlink():
                found.append((path.stat().st_mtime, path))
        except OSError:  # deleted since
            continue
    return [path for _, path in sorted(found, reverse=True)]


def _show_file(file: Path, is_busy: bool) -> None:
    try:
        facts = file.stat()
    except OSError:
        return
    created = said.day(local(datetime.fromtimestamp(facts.st_mtime, UTC)))
    name = file.name
    st.html(
        f'<p class="kb-version"><bdi>{plain(name)}</bdi></p><p class="kb-facts">'
        f"<span>{plain(created)}</span><span>{plain(said.megabytes(facts.st_size))}</span></p>"
    )
    with st.container(horizontal=True):
        _show_link(file)
        with st.popover(said.RESTORE, disabled=is_busy):
            st.html(f"<p>{plain(said.RESTORE_WARNING)}</p>")
            key = f"kb-restore-{name}"
            st.button(said.RESTORE_YES, key=key, on_click=guarded(_restore), args=(name,))
        with st.popover(said.DELETE, disabled=is_busy):
            st.html(f"<p>{plain(said.DELETE_WARNING)}</p>")
            key = f"kb-delete-{name}"
            st.button(said.DELETE_YES, key=key, on_click=guarded(_delete), args=(name,))


def _show_link(file: Path) -> None:
    with st.popover(said.DOWNLOAD):
        held = st.session_state.get(_LINK)
        if isinstance(held, tuple) and held[0] == file.name:
            st.link_button(said.DOWNLOAD, held[1])
            st.html(f'<p class="kb-count">{plain(said.DOWNLOAD_LIMIT)}</p>')
        else:
            key = f"kb-link-{file.name}"
            st.button(said.MAKE_LINK, key=key, on_click=guarded(_link), args=(file.name,))


def _link(admin: Administrator, name: str) -> None:
    file = _known(name)
    if file is None:
        tell(Told(said.NOT_LINKED, said.GONE))
    else:
        st.session_state[_LINK] = (name, download_address(file, admin.name))


def _known(name: str) -> Path | None:
    return next((file for file in _files() if file.name == name), None)


def _back_up(admin: Administrator) -> None:
    index, folder = index_folder(), backups_folder()
    moment = datetime.now(UTC).strftime("%Y%m%dT%H%M%S")
    file = folder / f"minit-{current_or_none(index)}-{moment}.tar"

    def do() -> Told:
        private_folder(folder)
        jobs().start(_order(Task.BACK_UP, file), admin.name)
        return Told(said.BACK_UP_STARTED)

    attempt(admin, Action.BACK_UP, file.name, do, said.NOT_BACKED_UP)


def _restore(admin: Administrator, name: str) -> None:
    def do() -> Told:
        file = _known(name)
        if file is None:
            return Told(said.NOT_RESTORED, said.GONE)
        jobs().start(_order(Task.RESTORE, file), admin.name)
        return Told(said.RESTORE_STARTED)

    attempt(admin, Action.RESTORE, name, do, said.NOT_RESTORED)


def _order(task: Task, file: Path) -> Order:
    index = index_folder()
    log = str(state_folder(index).absolute())
    return Order(task, str(index.absolute()), log, file=str(file.absolute()))


def _delete(admin: Administrator, name: str) -> None:
    def do() -> Told:
        file = _known(name)
        if file is None:
            return Told(said.NOT_DELETED, said.GONE)
        try:
            file.unlink()
        except OSError as error:
            raise IngestError(f"{file} cannot be removed ({error.strerror})") from error
        return Told(said.DELETED)

    attempt(admin, Action.PRUNE, name, do, said.NOT_DELETED)


def _take_in(admin: Administrator) -> None:
    """Write what was uploaded among the backups; it is verified when it is restored."""
    uploaded = st.session_state.get(_UPLOAD)
    if uploaded is None:
        tell(Told(said.NOT_UPLOADED, said.NO_FILE))
        return
    folder = backups_folder()
    moment = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
    file = folder / f"caricata-{moment}.tar"
    beside = folder / f".{file.name}.part"

    def do() -> Told:
        private_folder(folder)
        try:
            uploaded.seek(0)
            with os.fdopen(
                os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb"
            ) as out:
                shutil.copyfileobj(uploaded, out)
            beside.replace(file)
        except OSError as error:
            raise IngestError(f"{file} cannot be written ({error.strerror})") from error
        finally:
            beside.unlink(missing_ok=True)
        return Told(said.UPLOADED, file.name)

    attempt(admin, Action.UPLOAD, file.name, do, said.NOT_UPLOADED)
