"""The job that goes on, as it goes on; when it has ended, how."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import streamlit as st

from ingest.audit import Action
from ingest.job import Job, State
from search.views import frame
from search.views.library import index_folder
from search.views.markup import plain
from search.writing import is_being_written

from . import run_words as said
from .acting import Told, attempt, beside, cut
from .signing_in import Administrator, guarded
from .workplace import jobs

_SECONDS_BUSY, _SECONDS_IDLE = 1.0, 5.0
_LAST = "kb-admin-job"


def show_job(nothing: str = "") -> bool:
    """The job that goes on, renewed each second; else how the last one ended.

    Args:
        nothing: what is said before the first.

    Returns:
        Whether the index is being worked on.
    """
    job, is_busy = jobs().last(), is_working()
    st.session_state[_LAST] = _stand(job, is_busy)
    every = _SECONDS_BUSY if is_busy else _SECONDS_IDLE
    st.fragment(_show_now, run_every=every)(nothing)
    with st.container():
        if job is not None and job.state is State.RUNNING:
            _show_cancel(job)
    return is_busy


def is_working() -> bool:
    """Whether a job goes on, or a run that was started from the shell."""
    return jobs().is_running() or is_being_written(index_folder())


def _stand(job: Job | None, is_busy: bool) -> tuple[object, ...]:
    """What, when it changes, changes the rest of the page."""
    return (is_busy, job and (job.id, job.state, job.cancelled is not None))


def _show_now(nothing: str) -> None:
    job, is_busy = jobs().last(), is_working()
    if _stand(job, is_busy) != st.session_state.get(_LAST):
        st.rerun()
    if job is not None and job.state is State.RUNNING:
        st.html(_going_on(job))
    elif is_busy:
        frame.show_line(said.FROM_SHELL)
    elif job is not None:
        _show_end(job)
    elif nothing:
        frame.show_line(nothing)


def _going_on(job: Job) -> str:
    elapsed = time.time() - datetime.fromisoformat(job.started).timestamp()
    share = job.share()
    bar = ""
    if share is not None:
        percent = min(100, int(100 * share))
        bar = (
            f'<div class="kb-progress" role="progressbar" aria-label="{plain(said.PROGRESS)}" '
            f'aria-valuemin="0" aria-valuemax="100" aria-valuenow="{percent}">'
            f'<div style="width: {percent}%"></div></div>'
        )
    return (
        f'<section class="kb-notice"><h3>{plain(said.going_on(job))}</h3>'
        f"<p>{plain(said.phase(job))}</p>{bar}"
        f'<p class="kb-count">{plain(said.timing(elapsed, job.seconds_left()))}. '
        f"{plain(said.started_by(job))}.</p></section>"
    )


def _show_end(job: Job) -> None:
    title, text = said.ended(job, local(datetime.fromisoformat(job.started)))
    if job.state is State.FAILED:
        text = f"{said.trouble(job)} {text}"
    text = cut(text, 2000)
    frame.show_notice(cut(title), text, beside(text, cut(job.trouble, 2000)))
    log = jobs().log() if job.state in (State.FAILED, State.KILLED) else ""
    if log.strip():
        with st.expander(said.LOG):
            st.html(f'<pre class="kb-text" tabindex="0">{plain(log)}</pre>')


def _show_cancel(job: Job) -> None:
    label, warning = (
        (said.KILL, said.KILL_WARNING) if job.cancelled else (said.CANCEL, said.CANCEL_WARNING)
    )
    with st.popover(label):
        st.html(f"<p>{plain(warning)}</p>")
        yes = said.KILL if job.cancelled else said.CANCEL_YES
        st.button(yes, key="kb-cancel", on_click=guarded(_cancel), args=(job.id,))


def _cancel(admin: Administrator, job_id: str) -> None:
    def do() -> Told:
        job = jobs().last()
        if job is not None and job.id == job_id:  # not the one that was started since
            jobs().cancel(admin.name)
        return Told(said.CANCELLED)

    attempt(admin, Action.CANCEL, job_id, do, said.NOT_CANCELLED)


def local(moment: datetime) -> datetime:
    """In the reader's time zone, where the browser says which it is."""
    try:
        return moment.astimezone(ZoneInfo(st.context.timezone or "Europe/Rome"))
    except (KeyError, ValueError, OSError):
        return moment.astimezone(UTC)
